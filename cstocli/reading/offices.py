"""From the file of offices to records."""

from __future__ import annotations

import datetime as dt
import json

from cstocli.core.days import Bound, Known, known
from cstocli.core.model import (
    Basis,
    Dispute,
    Kind,
    Organisation,
    Remark,
    Source,
    Spell,
    State,
    Status,
)
from cstocli.core.offices import Observer, Office, Offices, Term, held_by
from cstocli.core.records import Records
from cstocli.reading.document import act_in, day_in, question_in, with_tuples
from cstocli.reading.files import Raw, bundled


def load() -> Offices:
    """The bundled offices, terms and observers."""
    raw: Raw = json.loads(bundled("offices.json"))
    offices = [Office(**with_tuples(record, "aliases", "sources")) for record in raw["offices"]]
    terms = {record["id"]: _term(record) for record in raw["terms"]}
    labels = dict.fromkeys(held_by(term.holder, acting=term.acting) for term in terms.values())
    records = Records(
        release=raw["release"],
        verified_through=day_in(raw["verified_through"]),
        licence=raw["licence"],
        organisation=Organisation(**with_tuples(raw["organisation"], "aliases")),
        statuses=[Status(label, label, "held it", "holds it") for label in labels],
        bases=[Basis("held", True, frozenset(labels), "whoever held it", None, None, None)],
        kinds=[Kind(**record) for record in raw["kinds"]],
        states=[_state(office) for office in offices],
        acts=[act_in(record) for record in raw["acts"]],
        spells=[_spell(record, terms[record["id"]]) for record in raw["terms"]],
        disputes=[_dispute(record) for record in raw["disputes"]],
        remarks=[_remark(record) for record in raw["remarks"]],
        open_questions=[question_in(record) for record in raw["open_questions"]],
        sources=[Source(**record) for record in raw["sources"]],
    )
    by_name = {office.office: office for office in offices}
    return Offices(records, by_name, terms, tuple(map(_observer, raw["observers"])))


def _state(office: Office) -> State:
    """An office as what has a status."""
    name = office.name
    return State(office.office, None, None, None, None, name, name, office.russian, name,
                 office.aliases, ())  # fmt: skip


def _term(record: Raw) -> Term:
    """The term of a record."""
    return Term(**{field: with_tuples(record, "sources")[field] for field in Term._fields})


def _spell(record: Raw, term: Term) -> Spell:
    """The days of a term."""
    return Spell(
        record["id"],
        record["office"],
        held_by(term.holder, acting=term.acting),
        dt.date.fromisoformat(record["first_day"]),
        day_in(record["last_day"]),
        record["opened_by"],
        record["closed_by"],
        "left" if record["last_day"] else None,
        term.certainty,
    )


def _dispute(record: Raw) -> Dispute:
    """A dispute about an office: whom a source has on its days."""
    holder = record["holder"]
    return Dispute(
        record["id"],
        record["about"],
        record["value"],
        day_in(record["from"]),
        day_in(record["to"]),
        held_by(holder, acting=bool(record["acting"])) if holder else None,
        record["verdict"],
        record["reason"],
        tuple(record["sources"]),
    )


def _remark(record: Raw) -> Remark:
    """A remark; of a month or a year, it holds from its first day."""
    first, last = known(record["from"]), record["to"] and known(record["to"])
    return Remark(
        record["id"],
        record["state"],
        first.earliest if isinstance(first, Bound) else first,
        last.latest if isinstance(last, Bound) else last,
        record["text"],
        tuple(record["sources"]),
    )


def _observer(record: Raw) -> Observer:
    """An observer."""
    first: Known = known(record["from"])
    last = known(record["to"]) if record["to"] else None
    rest = {k: v for k, v in with_tuples(record, "sources").items() if k not in ("from", "to")}
    return Observer(**rest, first_day=first, last_day=last)
