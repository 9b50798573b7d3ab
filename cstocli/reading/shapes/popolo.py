"""Popolo: JSON with persons, organisations and memberships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from cstocli.core.days import Known, known
from cstocli.errors import Problem, Refused
from cstocli.escape import quoted
from cstocli.reading.cells import MEMBER, clean, status_in
from cstocli.reading.shapes.documents import document
from cstocli.reading.shapes.said import Memberships, Said, States, Wanted, plain
from cstocli.reading.values import NOTHING


def read(wanted: Wanted, *, counts: Iterable[str] = ()) -> Memberships:
    """The memberships in a file; raises Refused and BrokenDataset.

    A role is a status; those that are told count, as `member` does, and so does none. Persons go
    by their names, and are no countries, unless a scheme says how names are read.
    """
    raw = document(wanted.path)
    if not isinstance(raw, dict) or not isinstance(raw.get("memberships"), list):
        raise Refused(f"{quoted(wanted.path)} has no list of memberships: it is not Popolo JSON")
    memberships = Memberships(wanted, "auto")
    counted = {plain(text) for text in counts}
    people = States(wanted.state_code or "text", wanted.known)
    names = {key: _Names(raw.get(f"{key}s")) for key in ("person", "organization")}
    terms = {one["id"]: one for one in _records(raw.get("events")) if one.get("id")}
    for number, record in enumerate(raw["memberships"]):
        place = f"memberships[{number}]"
        memberships.rows += 1
        if not isinstance(record, dict):
            memberships.problems.append(Problem(place, "it is no object"))
            continue
        try:
            organisation = names["organization"].of(record, "organization")
            if not organisation:
                raise ValueError("there is no organisation")
            if not memberships.asks(organisation):
                continue
            person = names["person"].of(record, "person") or names["person"].of(record, "member")
            member = person or names["organization"].of(record, "member")
            if not member:
                memberships.tell("Left out for want of a member", place)
                continue
            role = str(record.get("role") or "").strip()
            status = MEMBER if plain(role) in counted else status_in(clean(role))
            said = _said(place, status, record, terms.get(record.get("legislative_period_id", "")))
            if said.first_day is None:
                memberships.tell("Not known from the first day of the organisation on", place)
            if said.lasts:
                memberships.tell("Taken to last for want of a last day", place)
            memberships.add(organisation, member, said, people if person else None)
        except ValueError as error:
            memberships.note_problem(place, error)
    if people.scheme == "text":
        memberships.notes["Persons are names of their own: ask with --state-code text before the "
                          "command."] = None  # fmt: skip
    return memberships


def _said(
    place: str, status: str, record: Mapping[str, Any], term: Mapping[str, Any] | None
) -> Said:
    """A membership, which has the days of its term of parliament where it has none of its own."""
    first, last = (
        _day(record.get(name)) or _day(term.get(name) if term else None)
        for name in ("start_date", "end_date")
    )
    return Said(place, status, first, last, lasts=last is None)


def _day(text: Any) -> Known | None:
    """The day, month or year of a field; None where it says nothing."""
    if text is None or (isinstance(text, str) and text.strip().casefold() in NOTHING):
        return None
    return known(str(text).strip())


class _Names:
    """The names of the records of a list, each by its id."""

    def __init__(self, records: Any) -> None:
        found = {str(one["id"]): str(one.get("name") or one["id"]) for one in _records(records)
                 if one.get("id") is not None}  # fmt: skip
        twice = {name for name, number in Counter(found.values()).items() if number > 1}
        self._names = {
            id: f"{name} ({id})" if name in twice else name for id, name in found.items()
        }

    def of(self, record: Mapping[str, Any], key: str) -> str:
        """The name of what a membership refers to by its id, or holds; empty where it does not."""
        inside = record.get(key)
        if isinstance(inside, dict):
            id = str(inside.get("id", ""))
            return self._names.get(id) or str(inside.get("name") or id).strip()
        id = str(record.get(f"{key}_id") or "")
        return self._names.get(id, id if key != "member" else "").strip()


def _records(records: Any) -> list[Mapping[str, Any]]:
    """The objects of a list."""
    return [one for one in records if isinstance(one, dict)] if isinstance(records, list) else []
