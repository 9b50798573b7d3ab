"""ATOP at the level of members: a row for each member of an alliance and each of its phases."""

from __future__ import annotations

import re

from cstocli.core.days import Known
from cstocli.reading.cells import MEMBER
from cstocli.reading.shapes.rows import columns, opened, place_of, rows
from cstocli.reading.shapes.said import Memberships, Said, Wanted, covered_by, known_of

_COLUMNS = ("atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit")
_THROUGH = {"3": 2003, "4": 2016, "5": 2018}
"""The last year that the releases of each number cover: no exit after it is one of the file."""
_OWN = "[1-9][0-9]{3,}"
"""The numbers that the project itself gives to what COW has none for."""


def read(wanted: Wanted) -> Memberships:
    """The memberships in a file; raises Refused and BrokenDataset."""
    memberships = Memberships(wanted, "cown")
    with opened(wanted, _COLUMNS) as table:
        places = columns(table, "atop", _COLUMNS)
        version_at = place_of(table, "version")
        for place, row in rows(table, memberships):
            organisation, state, *days = (row[at].strip() for at in places)
            try:
                if not memberships.asks(organisation):
                    continue
                if re.fullmatch(_OWN, state) and memberships.states.scheme == "cown":
                    memberships.tell(f"Left out, as {state} is not in the system of states", place)
                    continue
                first, last = known_of(*days[:3]), known_of(*days[3:])
                memberships.add(organisation, state, _said(place, first, last))
            except ValueError as error:
                memberships.note_problem(place, error)
            through = covered_by(row[version_at], _THROUGH) if version_at is not None else None
            if through and not wanted.covers_to:
                memberships.verified[organisation] = through
    return memberships


def _said(place: str, first: Known | None, last: Known | None) -> Said:
    """A phase of a membership, which goes on where it has no year of exit."""
    return Said(place, MEMBER, first, last, lasts=last is None)
