"""Any table with a row for each membership, by the names of its columns."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from cstocli.core.days import Bound, Known, When
from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.reading.cells import MEMBER, clean, status_in
from cstocli.reading.columns import DayColumn, Missing
from cstocli.reading.csv_stream import Table
from cstocli.reading.shapes.rows import opened, rows
from cstocli.reading.shapes.said import Memberships, Said, Wanted, known_of, plain
from cstocli.reading.spell_file import own_name

_ENDLESS = dt.date(9999, 1, 1)
"""From which day on a date stands for none."""


def read(
    wanted: Wanted,
    *,
    state: str,
    first_day: str,
    last_day: str | None = None,
    status: str | None = None,
    organisation: str | None = None,
    remark: str | None = None,
    date_format: str | None = None,
    ongoing: Iterable[str] = (),
    counts: Iterable[str] = (),
) -> Memberships:
    """The memberships in a file, of which `state` and others are columns; a day may stand in one,
    or its year, month and day in two or three, with commas between their names. The statuses that
    are told count, as `member` does, and so does none.

    Raises Refused and BrokenDataset.
    """
    memberships = Memberships(wanted, "auto")
    if counts and not status:
        raise Refused("--counts says which values of --status count: name that column")
    counted = {plain(text) for text in counts}
    lasting = {text.strip().casefold() for text in ongoing}
    dates = DayColumn(wanted.today, date_format, wanted.missing)
    names = (state, *first_day.split(","), status, organisation, remark)
    with opened(wanted, [*filter(None, names)]) as table:
        day_in = _Days(table, dates, wanted.missing, lasting)
        state_at = table.column(state)
        first_at = day_in.places(first_day)
        last_at = day_in.places(last_day) if last_day else []
        others = [table.column(name) if name else None for name in (status, organisation, remark)]
        alone = own_name(wanted.path)
        missing = wanted.missing
        scheme = memberships.states.scheme
        for place, row in rows(table, memberships):
            held, of, said = (row[at].strip() if at is not None else "" for at in others)
            try:
                of = of if organisation else alone
                if missing.has(of):
                    raise ValueError("there is no organisation")
                if not memberships.asks(of):
                    continue
                first, last = day_in.read(row, first_at), day_in.read(row, last_at)
                if missing.has(row[state_at], scheme):
                    memberships.tell("Left out for want of a state", place)
                elif first is None:
                    memberships.tell("Left out for want of a first day", place)
                else:
                    if last_at and last is None and not day_in.is_ongoing(row, last_at):
                        memberships.tell("Taken to last for want of a last day", place)
                    held = "" if missing.has(held) else held
                    held = MEMBER if plain(held) in counted else status_in(held)
                    text = clean("" if missing.has(said) else said)
                    lasts = last is None
                    memberships.add(of, row[state_at], Said(place, held, first, last, lasts, text))
            except ValueError as error:
                memberships.note_problem(place, error)
    return memberships


class _Days:
    """The days in one column or in several."""

    def __init__(self, table: Table, dates: DayColumn, missing: Missing, ongoing: set[str]) -> None:
        self._table = table
        self._dates = dates
        self._missing = missing
        self._ongoing = ongoing
        self._known: dict[str, Known | None] = {}

    def places(self, names: str) -> list[int]:
        """The places of the columns with a day, or with its year, month and day."""
        if names in self._table.header:
            return [self._table.column(names)]
        found = [self._table.column(name) for name in names.split(",")]
        if len(found) > 3:
            raise Refused(f"{quoted(names)}: a day has a year, a month and a day, in this order")
        return found

    def is_ongoing(self, row: Sequence[str], places: Sequence[int]) -> bool:
        """Whether cells say that something lasts."""
        return bool(places) and row[places[0]].strip().casefold() in self._ongoing

    def read(self, row: Sequence[str], places: Sequence[int]) -> Known | None:
        """The day, month or year in cells; None where they say nothing, or that something lasts."""
        if not places or self.is_ongoing(row, places):
            return None
        texts = ["" if self._missing.has(row[at]) else row[at] for at in places]
        if texts[1:]:
            return known_of(*texts, *[""] * (3 - len(texts)))
        if texts[0] not in self._known:
            when = self._dates.read(texts[0])
            self._known[texts[0]] = known_in(when) if when else None
        return self._known[texts[0]]


def known_in(when: When) -> Known:
    """A day, a month or a year as it is written; raises ValueError for any other period."""
    if when.first_day >= _ENDLESS:
        raise ValueError(f"{when.text} stands for no day; say so: --ongoing {when.text}")
    if when.is_day:
        return when.first_day
    if re.fullmatch("[0-9]{4}(-[0-9]{2})?", when.text):
        return Bound(when.text, *when.days)
    raise ValueError(f"{when.text} is neither a day, a month nor a year")
