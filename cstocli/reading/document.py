"""From a dataset file to records."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from cstocli.core.days import Bound, Known, known
from cstocli.core.model import (
    Act,
    Basis,
    Dispute,
    Kind,
    OpenQuestion,
    Organisation,
    Remark,
    Source,
    Spell,
    State,
    Status,
)
from cstocli.core.records import Records
from cstocli.errors import BrokenDataset, Problem, Refused
from cstocli.reading.files import Raw, bundled, read, read_bytes

_SPELL = itemgetter(*Spell._fields[:9])
"""The values of the record of a spell, in the order of its fields."""


def load(
    path: str | None = None, organisation: str | None = None, state_code: str = "auto"
) -> Records:
    """The bundled dataset, or the one in a file, which is checked whole first.

    A file is a JSON document, or a table of spells, of which one organisation is chosen.
    `state_code` is the scheme of the states of a table. Raises BrokenDataset when the file cannot
    be read or breaks a rule, and Refused when it does not have the organisation.
    """
    if path is None:
        refuse_scheme(state_code)
        records = build(json.loads(bundled("membership.json")))
        return records if organisation is None else _chosen(records, organisation, "csto")
    from cstocli.reading import spell_table  # brings what checks a file, which few questions need

    data = read_bytes(path)
    if spell_table.is_table(path, data):
        return spell_table.load(path, data, organisation, bundled_states(), state_code)
    refuse_scheme(state_code)
    records = _load(path, data)
    return records if organisation is None else _chosen(records, organisation, path)


class Validated(NamedTuple):
    """What there is to say about a dataset file."""

    problems: list[Problem]
    counts: dict[str, int]
    """How many records of each sort it has."""
    rules: list[str]
    """What it keeps, and what is worth a look, as sentences."""
    dataset: dict[str, str | None]
    """Its `release` and `verified_through`."""


def validated(path: str, organisation: str | None, state_code: str = "auto") -> Validated:
    """Every problem of a dataset file; raises BrokenDataset where it cannot be read at all."""
    from cstocli.reading import checks, spell_table

    data = read_bytes(path)
    dataset: dict[str, str | None] = {"release": None, "verified_through": None}
    if spell_table.is_table(path, data):
        counts, problems, look = spell_table.validate(
            path, data, organisation, bundled_states(), state_code
        )
        return Validated(problems, counts, [*look, *spell_table.RULES], dataset)
    refuse_scheme(state_code)
    try:
        raw = read(path, data)
    except BrokenDataset as error:
        return Validated(list(error.problems), {}, [], dataset)
    found = checks.problems(raw)
    if not found:
        dataset = {key: raw[key] for key in dataset}
    counts = {} if found else {name.replace("_", " "): len(raw[name]) for name in checks.LISTS}
    return Validated(found, counts, checks.kept(), dataset)


def refuse_scheme(state_code: str) -> None:
    """Raise Refused for a scheme where the states need none."""
    if state_code != "auto":
        raise Refused(
            "--state-code before the command says how the states of a table of spells are read; "
            "those of a JSON document have their codes"
        )


def bundled_states() -> list[State]:
    """The states of the bundled dataset, which are known by more names than other countries."""
    return _states(json.loads(bundled("membership.json")))


def _chosen(records: Records, organisation: str, path: str) -> Records:
    """The records, if they are those of the organisation asked about."""
    from cstocli.reading.spell_file import pick

    names = records.organisation
    known = (names.id, names.name, *names.aliases)
    if organisation.strip().casefold() not in map(str.casefold, known):
        pick([names.id], organisation, path)
    return records


def _load(path: str, data: bytes) -> Records:
    """The dataset in a JSON file."""
    from cstocli.reading.checks import problems

    raw = read(path, data)
    found = problems(raw)
    if found:
        raise BrokenDataset(path, found)
    return build(raw)


def checksum(path: str | None = None) -> str:
    """The SHA-256 of the bundled dataset file, or of the one in a file, in hexadecimal."""
    from hashlib import sha256

    return sha256(read_bytes(path) if path else bundled("membership.json")).hexdigest()


def build(raw: Raw) -> Records:
    """Records from a document that keeps the rules."""
    return Records(
        release=raw["release"],
        verified_through=day_in(raw["verified_through"]),
        licence=raw["licence"],
        organisation=Organisation(**with_tuples(raw["organisation"], "aliases")),
        statuses=[Status(**record) for record in raw["statuses"]],
        bases=[
            Basis(**{**record, "counts": frozenset(record["counts"])}) for record in raw["bases"]
        ],
        kinds=[Kind(**record) for record in raw["kinds"]],
        states=_states(raw),
        acts=[act_in(record) for record in raw["acts"]],
        spells=_spells(raw["spells"]),
        disputes=[Dispute(**_from_to(record)) for record in raw["disputes"]],
        remarks=[Remark(**_from_to(record)) for record in raw["remarks"]],
        open_questions=[question_in(record) for record in raw["open_questions"]],
        sources=[Source(**record) for record in raw["sources"]],
    )


def _spells(records: Iterable[Raw]) -> Iterator[Spell]:
    """The spells of records; each text is read as a day once."""
    days: dict[str | None, Known | None] = {None: None}
    for record in records:
        id, state, status, first_text, last_text, *acts = _SPELL(record)
        for text in (first_text, last_text):
            if text not in days:
                days[text] = known(text)
        first, last = days[first_text], days[last_text]
        first_bound = first if isinstance(first, Bound) else None
        last_bound = last if isinstance(last, Bound) else None
        first_day = first_bound.earliest if first_bound else first
        last_day = last_bound.latest if last_bound else last
        fields = (id, state, status, first_day, last_day, *acts, first_bound, last_bound)
        yield tuple.__new__(Spell, fields)  # in half the time, and there are many


def _states(raw: Raw) -> list[State]:
    """The states of a document."""
    return [State(**with_tuples(record, "aliases", "adjectives")) for record in raw["states"]]


def day_in(text: str | None) -> dt.date | None:
    """The day that a file writes as YYYY-MM-DD."""
    return dt.date.fromisoformat(text) if text else None


def act_in(record: Raw) -> Act:
    """The act of a record."""
    effective = day_in(record["effective"])
    return Act(**{**with_tuples(record, "states", "sources"), "effective": effective})


def question_in(record: Raw) -> OpenQuestion:
    """The open question of a record."""
    return OpenQuestion(**{**record, "as_of": day_in(record["as_of"])})


def with_tuples(record: Raw, *keys: str) -> Raw:
    """The record with tuples in place of lists."""
    return {**record, **{key: tuple(record[key]) for key in keys}}


def _from_to(record: Raw) -> Raw:
    """The record of a dispute or remark, its days under the names they have in the model."""
    rest = {key: value for key, value in record.items() if key not in ("from", "to")}
    days = {"first_day": day_in(record["from"]), "last_day": day_in(record["to"])}
    return {**with_tuples(rest, "sources"), **days}
