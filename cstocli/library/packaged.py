"""The tables of a Data Package of a dataset."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cstocli.errors import BrokenDataset
from cstocli.questions.acts import acts
from cstocli.reading.codes import uses
from cstocli.reading.files import bundled, read_bytes
from cstocli.writing.package import DESCRIPTOR, Resource

if TYPE_CHECKING:
    from cstocli.core.offices import Offices
    from cstocli.library import Dataset
    from cstocli.questions.answer import Answer, Value

_MARK = "csto"
"""The property of a descriptor by which a package of ours is known."""
_CODES = ("cown", "gwn")
_CC0 = "CC0-1.0"
_TEXT, _PERHAPS = "str", "str | None"


def about(dataset: Dataset) -> dict[str, Any]:
    """What the descriptor of a package says of the whole."""
    records = dataset.records
    called = records.organisation
    through = records.verified_through
    checked = f", as checked through {through}" if through else ""
    licence = {"name": records.licence}
    if records.licence == _CC0:
        licence["path"] = "https://creativecommons.org/publicdomain/zero/1.0/"
        licence["title"] = "Creative Commons Zero 1.0 Universal"
    said: dict[str, Any] = {
        "name": re.sub(r"[^a-z0-9]+", "-", called.id.casefold()).strip("-") or "membership",
        "title": f"Membership of the {called.name}",
        "description": f"Who belonged to the {called.name} on any day{checked}. The first and the "
        "last day of a spell are both in it; bases.csv says which statuses count. Lists are joined "
        "by a space.",
        "version": records.release,
        "licenses": [licence] if records.licence else [],
        "sources": [
            {"title": f"{one.publisher}, {one.title}"} | ({"path": one.address} if web else {})
            for one in dataset.all_sources.values()
            for web in [(one.address or "").startswith(("https://", "http://"))]
        ],
        _MARK: {"release": records.release, "verified_through": through and str(through)},
    }
    return {key: value for key, value in said.items() if value}


def resources(dataset: Dataset) -> Iterator[Resource]:
    """The tables of a package."""
    records, through = dataset.records, dataset.records.verified_through
    yield _own(
        "statuses",
        "The statuses that a state can have.",
        {"status": _TEXT, "text": _TEXT},
        [(one.status, one.text) for one in records.statuses.values()],
        ["status"],
    )
    yield _own(
        "bases",
        "Which statuses count, under each basis.",
        {"basis": _TEXT, "counts": "tuple[str, ...]", "default": "bool", "text": _TEXT},
        [(one.basis, sorted(one.counts), one.default, one.text) for one in records.bases.values()],
        ["basis"],
    )
    yield _own(
        "kinds",
        "The kinds of acts and of meetings.",
        {"kind": _TEXT, "text": _TEXT},
        [*dataset.kinds.items()],
        ["kind"],
    )
    yield _table("states", dataset.states(aliases=True), ["state"], without=["status"])
    opened = {"opened_by": "acts", "closed_by": "acts"}
    spells = {"state": "states", "status": "statuses", **opened}
    yield _table("spells", dataset.spells(), ["spell"], spells)
    yield _table("acts", dataset.acts(), ["act"], {"kind": "kinds"})
    yield _own(
        "act-states",
        "The states that an act is about.",
        {"act": _TEXT, "state": _TEXT},
        [(act.id, code) for act in records.acts.values() for code in act.states],
        ["act", "state"],
        {"act": "acts", "state": "states"},
    )
    yield _table("disputes", dataset.disputes(), ["dispute"], {"state": "states"})
    yield _own(
        "remarks",
        "Dated facts about states that change no status.",
        {
            "remark": _TEXT,
            "state": _TEXT,
            "first_day": "dt.date",
            "last_day": "dt.date | None",
            "text": _TEXT,
            "sources": "tuple[str, ...]",
        },
        [tuple(one) for one in records.remarks],
        ["remark"],
        {"state": "states"},
    )
    yield _state_years(dataset, (None, through))
    yield _own(
        "codes",
        "The codes of the states in the lists of others, and from when to when each is in use.",
        {
            "state": _TEXT,
            "scheme": _TEXT,
            "code": _TEXT,
            "first_day": "dt.date",
            "last_day": "dt.date | None",
        },
        [use for use in uses() if use.state in records.states],
        ["state", "scheme", "first_day"],
        {"state": "states"},
    )
    if dataset.offices:
        yield from _offices(dataset, dataset.offices)
    yield from _sources(dataset)


def _state_years(dataset: Dataset, during: Any) -> Resource:
    """A row for each basis, state and year."""
    rows: list[tuple[Value, ...]] = []
    answers = {
        name: dataset.state_years(during, basis=name, balanced=True, codes=_CODES)
        for name in dataset.records.bases
    }
    for name, answer in answers.items():
        rows += [(name, *row) for row in answer]
    years = _table("state-years", answer, ["basis", "state", "year"])
    return years._replace(
        description="Every state in every year under every basis, counted if on any day of it.",
        fields={"basis": _TEXT, **years.fields},
        rows=rows,
        links={"basis": "bases", "state": "states"},
    )


def _offices(dataset: Dataset, held: Offices) -> Iterator[Resource]:
    """Who held the offices, what was decided about them, and who observes."""
    yield _own(
        "offices",
        "What is held.",
        {"office": _TEXT, "name": _TEXT, "text": _TEXT, "russian": _TEXT, "note": _TEXT},
        [(one.office, one.name, one.text, one.russian, one.note) for one in held.offices.values()],
        ["office"],
    )
    opened = {"opened_by": "meetings", "closed_by": "meetings"}
    links = {"office": "offices", "state": "states", **opened}
    yield _table("terms", dataset.terms(), ["term"], links)
    meetings = _table("meetings", acts(held.records, dataset._today()), ["act"], {"kind": "kinds"})
    yield meetings._replace(
        description="The sessions and meetings of the Organisation's bodies, and what else is "
        "dated about its offices."
    )
    yield _table("observers", dataset.observers(), ["of", "observer"])


def _sources(dataset: Dataset) -> Iterator[Resource]:
    """The publications, and what cites them."""
    found = dataset.sources()
    yield _table("sources", found, ["id"], without=["used_for"])
    yield _own(
        "citations",
        "What cites which source: an act, a meeting, a dispute, a remark, an office, a term.",
        {"cited_by": _TEXT, "source": _TEXT},
        sorted((id, source.id) for source in found for id in source.used_for),
        ["cited_by", "source"],
        {"source": "sources"},
    )


def _own(
    name: str,
    description: str,
    fields: Mapping[str, str],
    rows: Iterable[Sequence[Value]],
    key: Iterable[str],
    links: Mapping[str, str] | None = None,
) -> Resource:
    """A table that is the answer to no question."""
    return Resource(name, description, fields, [*rows], tuple(key), links or {}, {})


def _table(
    name: str,
    answer: Answer[Any],
    key: Iterable[str],
    links: Mapping[str, str] | None = None,
    without: Iterable[str] = (),
) -> Resource:
    """The rows of an answer as a table, with what the schema of answers says of its fields."""
    kept = [field for field in answer.fields if field not in without]
    places = [answer.fields.index(field) for field in kept]
    rows = [tuple(row[place] for place in places) for row in answer.rows]
    description, said = _said(answer.question)
    types = {field: answer.types[field] for field in kept}
    return Resource(name, description, types, rows, tuple(key), links or {}, said)


def _said(question: str) -> tuple[str, dict[str, str]]:
    """What the schema of answers says of the rows of a question, and of their fields."""
    known = json.loads(bundled("answers.schema.json"))["$defs"]
    rows = known[question]
    said = {}
    for name, field in rows["properties"].items():
        one = field if "description" in field else field.get("anyOf", [field])[0]
        one = one if "description" in one else known.get(one.get("$ref", "").rpartition("/")[2], {})
        if "description" in one:
            said[name] = one["description"].replace("Null", "Empty").replace("null", "empty")
    return rows["description"], said


def is_package(folder: str) -> bool:
    """Whether a folder is a package that csto wrote, with nothing else in it."""
    descriptor = os.path.join(folder, DESCRIPTOR)
    try:
        found = json.loads(read_bytes(descriptor))
        paths = {resource["path"] for resource in found["resources"]}
        return _MARK in found and {*os.listdir(folder)} <= {DESCRIPTOR, *paths}
    except (BrokenDataset, OSError, KeyError, TypeError, ValueError, RecursionError):
        return False
