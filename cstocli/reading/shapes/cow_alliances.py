"""COW's formal alliances by member: a row for each member of an alliance and each stretch."""

from __future__ import annotations

from cstocli.reading.cells import MEMBER
from cstocli.reading.shapes.rows import columns, opened, place_of, rows
from cstocli.reading.shapes.said import Memberships, Said, Wanted, covered_by, known_of

_FIRST = ("mem_st_year", "mem_st_month", "mem_st_day")
_LAST = ("mem_end_year", "mem_end_month", "mem_end_day")
_COLUMNS = ("ccode", *_FIRST, *_LAST)
_THROUGH = {"3": 2000, "4.1": 2012}
"""The last year that releases cover: what is ongoing then has an empty last day."""
_BEFORE = "the first day of the data; it began before"


def read(wanted: Wanted) -> Memberships:
    """The memberships in a file; raises Refused and BrokenDataset."""
    memberships = Memberships(wanted, "cown")
    with opened(wanted, _COLUMNS) as table:
        alliance_at = columns(table, "cow-alliances", (table.header[0],))[0]
        places = columns(table, "cow-alliances", _COLUMNS)
        version_at, censored_at = place_of(table, "version"), place_of(table, "left_censor")
        for place, row in rows(table, memberships):
            organisation = row[alliance_at].strip()
            state, *days = (row[at].strip() for at in places)
            try:
                if not memberships.asks(organisation):
                    continue
                first, last = known_of(*days[:3]), known_of(*days[3:])
                censored = censored_at is not None and row[censored_at].startswith("1")
                remark = _BEFORE if censored else ""
                said = Said(place, MEMBER, first, last, last is None, remark)
                memberships.add(organisation, state, said)
            except ValueError as error:
                memberships.note_problem(place, error)
            through = covered_by(row[version_at], _THROUGH) if version_at is not None else None
            if through and not wanted.covers_to:
                memberships.verified[organisation] = through
    return memberships
