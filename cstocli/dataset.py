"""From a dataset file to records."""

from __future__ import annotations

import datetime as dt
import json

from cstocli.bounds import first_bound, last_bound
from cstocli.escape import printable
from cstocli.files import BrokenDataset, Raw, data_file, read, read_bytes
from cstocli.model import (
    Act,
    Basis,
    Dispute,
    Kind,
    OpenQuestion,
    Organisation,
    Records,
    Remark,
    Source,
    Spell,
    State,
    Status,
)


def load(path: str | None = None, organisation: str | None = None) -> Records:
    """The bundled dataset, or the one in a file, which is checked whole first.

    A file is a JSON document, or a table of spells, of which one organisation is chosen.
    Raises BrokenDataset when the file cannot be read or breaks a rule, and Refused when it
    does not have the organisation.
    """
    if path is None:
        records = build(json.loads(read_bytes(data_file("membership.json"))))
        return records if organisation is None else _chosen(records, organisation, "csto")
    from cstocli import csvdata  # brings what checks a file, which few questions need

    data = read_bytes(path)
    if csvdata.is_table(path, data):
        return csvdata.load(path, data, organisation, bundled_states())
    records = _load(path, data)
    return records if organisation is None else _chosen(records, organisation, path)


def bundled_states() -> list[State]:
    """The states of the bundled dataset, which are known by more names than other countries."""
    return _states(json.loads(read_bytes(data_file("membership.json"))))


def _chosen(records: Records, organisation: str, path: str) -> Records:
    """The records, if they are those of the organisation asked about."""
    from cstocli.csvdata import pick

    names = records.organisation
    known = (names.id, names.name, *names.aliases)
    if organisation.strip().casefold() not in map(str.casefold, known):
        pick([names.id], organisation, path)
    return records


def _load(path: str, data: bytes) -> Records:
    """The dataset in a JSON file."""
    from cstocli.rules import problems

    raw = read(path, data)
    found = problems(raw)
    if found:
        more = f" ({len(found)} problems in all)" if len(found) > 1 else ""
        raise BrokenDataset(f"{printable(path)}: {found[0]}{more}")
    return build(raw)


def checksum(path: str | None = None) -> str:
    """The SHA-256 of the bundled dataset file, or of the one in a file, in hexadecimal."""
    from hashlib import sha256

    return sha256(read_bytes(path or data_file("membership.json"))).hexdigest()


def build(raw: Raw) -> Records:
    """Records from a document that keeps the rules."""
    return Records(
        release=raw["release"],
        verified_through=_day(raw["verified_through"]),
        licence=raw["licence"],
        organisation=Organisation(**_tuples(raw["organisation"], "aliases")),
        statuses=[Status(**record) for record in raw["statuses"]],
        bases=[
            Basis(**{**record, "counts": frozenset(record["counts"])}) for record in raw["bases"]
        ],
        kinds=[Kind(**record) for record in raw["kinds"]],
        states=_states(raw),
        acts=[
            Act(**{**_tuples(record, "states", "sources"), "effective": _day(record["effective"])})
            for record in raw["acts"]
        ],
        spells=[
            Spell(
                **{
                    **record,
                    "first_day": first_bound(record["first_day"]),
                    "last_day": record["last_day"] and last_bound(record["last_day"]),
                }
            )
            for record in raw["spells"]
        ],
        disputes=[Dispute(**_from_to(record)) for record in raw["disputes"]],
        remarks=[Remark(**_from_to(record)) for record in raw["remarks"]],
        open_questions=[OpenQuestion(**_days(r, "as_of")) for r in raw["open_questions"]],
        sources=[Source(**record) for record in raw["sources"]],
    )


def _states(raw: Raw) -> list[State]:
    """The states of a document."""
    return [State(**_tuples(record, "aliases", "adjectives")) for record in raw["states"]]


def _day(text: str | None) -> dt.date | None:
    """The day that a file writes as YYYY-MM-DD."""
    return dt.date.fromisoformat(text) if text else None


def _days(record: Raw, *keys: str) -> Raw:
    """The record with days in place of their text."""
    return {**record, **{key: _day(record[key]) for key in keys}}


def _tuples(record: Raw, *keys: str) -> Raw:
    """The record with tuples in place of lists."""
    return {**record, **{key: tuple(record[key]) for key in keys}}


def _from_to(record: Raw) -> Raw:
    """The record of a dispute or remark, its days under the names they have in the model."""
    rest = {key: value for key, value in record.items() if key not in ("from", "to")}
    days = {"first_day": _day(record["from"]), "last_day": _day(record["to"])}
    return {**_tuples(rest, "sources"), **days}
