"""The results of a query of Wikidata: CSV, TSV or JSON, as its query service writes them.

The columns are `state` (the address of an entity), `stateLabel`, `start`, `startPrecision`,
`end` and `endPrecision`, and where there are several organisations `org` and `orgLabel`. A value
that is unknown is a blank node or `somevalue`, one that does not exist `novalue`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cstocli.core.days import Known
from cstocli.errors import Problem, Refused
from cstocli.escape import quoted
from cstocli.reading.cells import MEMBER
from cstocli.reading.dates import named
from cstocli.reading.shapes.columns import known_in
from cstocli.reading.shapes.documents import document, text_in
from cstocli.reading.shapes.rows import opened, rows
from cstocli.reading.shapes.said import Memberships, Said, Wanted, whole
from cstocli.reading.spell_file import own_name

_NEEDED = ("state", "start", "end")
_COLUMNS = (*_NEEDED, "stateLabel", "startPrecision", "endPrecision", "org", "orgLabel")
_YEAR, _MONTH, _DAY = 9, 10, 11
"""How Wikidata says how far a time is known."""
_UNKNOWN = re.compile(r"somevalue|_:.*|t[0-9]+|.*/\.well-known/genid/.*")
_TERM = re.compile(r'<(?P<address>[^>]*)>|"(?P<text>.*)"(?:@[A-Za-z-]+|\^\^<[^>]*>)?')
"""How TSV writes addresses, texts and values of a type."""
Row = Mapping[str, str]


def read(wanted: Wanted) -> Memberships:
    """The memberships in a file; raises Refused and BrokenDataset."""
    memberships = Memberships(wanted, "auto")
    path = wanted.path
    raw = document(path)
    terms = text_in(path, "?") if raw is None else None
    if raw is not None:
        found = _of_json(raw, memberships)
    elif terms is not None:
        found = _of_terms(terms, memberships)
    else:
        found = _of_table(wanted, memberships)
    called: dict[str, str] = {}
    for place, row in found:
        try:
            organisation = _organisation(row, called) or own_name(path)
            if not memberships.asks(organisation):
                continue
            state = _label(row, "state")
            if not state:
                memberships.tell("Left out for want of a state", place)
                continue
            _take(memberships, organisation, state, row, place)
        except ValueError as error:
            memberships.note_problem(place, error)
    return memberships


def _take(memberships: Memberships, organisation: str, state: str, row: Row, place: str) -> None:
    """Take the membership of a row."""
    first, _ = _time(row, "start")
    last, is_ended = _time(row, "end")
    if first is None:
        memberships.tell("Not known from the first day of the organisation on", place)
    if is_ended and last is None:
        memberships.tell("Not known after the first day", place)
    elif not is_ended and row.get("end") != "novalue":
        memberships.tell("Taken to last for want of a last day", place)
    memberships.add(organisation, state, Said(place, MEMBER, first, last, lasts=not is_ended))


def _time(row: Row, name: str) -> tuple[Known | None, bool]:
    """A day, month or year, as far as it is known; and whether there is any at all."""
    text = row.get(name, "").strip()
    if text in ("", "novalue"):
        return None, False
    if _UNKNOWN.fullmatch(text):
        return None, True
    found = re.fullmatch(r"\+?([0-9]{4})-([0-9]{2})-([0-9]{2})(T00:00:00Z)?", text)
    if not found:
        raise ValueError(f"{quoted(text)} is no time of Wikidata")
    precision = row.get(f"{name}Precision", "").strip()
    if not precision:
        raise ValueError(f"{name} has no {name}Precision, which says how far it is known")
    known = whole(precision)
    if known < _YEAR:
        return None, True
    parts = [int(part) for part in found.groups()[: min(known, _DAY) - _YEAR + 1]]
    return known_in(named(text, *parts)), True


def _organisation(row: Row, called: dict[str, str]) -> str:
    """The name of a row's organisation, with its id where another one is called the same."""
    name, id = _label(row, "org"), _id(row.get("org", ""))
    return name if called.setdefault(name, id) == id else f"{name} ({id})"


def _label(row: Row, name: str) -> str:
    """The label of an entity, or its id."""
    return row.get(f"{name}Label", "").strip() or _id(row.get(name, ""))


def _id(address: str) -> str:
    """The id of an entity, by its address."""
    return address.strip().rpartition("/")[2]


def _of_table(wanted: Wanted, memberships: Memberships) -> Iterator[tuple[str, Row]]:
    """The rows of CSV or TSV."""
    with opened(wanted, _NEEDED) as table:
        header = [name.strip() for name in table.header]
        _check(header, table.name)
        for place, cells in rows(table, memberships):
            yield place, dict(zip(header, cells, strict=True))


def _of_terms(text: str, memberships: Memberships) -> Iterator[tuple[str, Row]]:
    """The rows of TSV whose cells are terms of SPARQL, in which no tab and no line end stands."""
    first, *lines = text.splitlines()
    header = [name.strip().removeprefix("?") for name in first.split("\t")]
    _check(header, memberships.wanted.path)
    for number, line in enumerate(lines, 2):
        memberships.rows += 1
        cells = [_plain(term) for term in line.split("\t")]
        if len(cells) == len(header):
            yield f"line {number}", dict(zip(header, cells, strict=True))
        else:
            reason = f"{len(cells)} cells in place of {len(header)}"
            memberships.problems.append(Problem(f"line {number}", reason))


def _plain(term: str) -> str:
    """The value that a term of TSV stands for."""
    found = _TERM.fullmatch(term)
    return (found["address"] or found["text"] or "") if found else term


def _of_json(raw: Any, memberships: Memberships) -> Iterator[tuple[str, Row]]:
    """The rows of JSON: with their types, or without."""
    if isinstance(raw, dict):
        results = raw.get("results")
        bindings = results.get("bindings") if isinstance(results, dict) else None
        before = "results.bindings"
    else:
        bindings, before = raw, ""
    path = memberships.wanted.path
    if not isinstance(bindings, list):
        raise Refused(f"{quoted(path)} has no results: it is not what the query service writes")
    _check(sorted({name for row in bindings if isinstance(row, dict) for name in row}), path)
    for number, row in enumerate(bindings):
        memberships.rows += 1
        place = f"{before}[{number}]"
        if isinstance(row, dict):
            yield place, {name: _value(value) for name, value in row.items()}
        else:
            memberships.problems.append(Problem(place, "it is no object"))


def _value(value: Any) -> str:
    """The text of a value, which may stand with its type."""
    if isinstance(value, dict):
        return "somevalue" if value.get("type") == "bnode" else str(value.get("value", ""))
    return "" if value is None else str(value)


def _check(names: list[str], path: str) -> None:
    """Raise Refused where a column is not there that must be."""
    for name in _NEEDED:
        if name not in names and f"{name}Label" not in names:
            raise Refused(
                f"{quoted(path)} has no column {name}: the query has the columns "
                f"{', '.join(_COLUMNS)}"
            )
