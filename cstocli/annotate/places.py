"""The answers of rows: each distinct one is found once, and every row has a place among them.

Between two days of change an answer stays the same. So the states are looked up by their text,
and the answer among those from each of their own days of change on.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence

from cstocli.annotate.answers import Texts, several
from cstocli.annotate.join import Join, Row
from cstocli.core.days import Days
from cstocli.errors import Refused
from cstocli.reading.columns import StateCell

_MANY = 100_000
"""How many answers, states or days are remembered from one batch of rows to the next."""


class Places:
    """The distinct answers found so far, and where among them those of rows stand."""

    def __init__(self, join: Join) -> None:
        self._join = join
        self._none = join.without_answer(())
        self._forget()

    def _forget(self) -> None:
        """Begin anew."""
        self.rows: list[Row] = []
        """The answers."""
        self._cells: dict[Texts, tuple[StateCell | None, ...]] = {}
        """What the texts of states mean; nothing where one names no state."""
        self._unfound: dict[int, tuple[tuple[StateCell, ...], dt.date]] = {}
        """The places of answers that no row has had, and what they are about: a row has few of
        the days from which others hold."""
        self._states = _States(self)
        self._days = _Days(self._join)
        self._during = _During(self)

    def of(self, states: Sequence[Sequence[str]], dates: Sequence[Sequence[str]]) -> list[int]:
        """Where the answers of rows stand, of which there are the columns of states and days.

        What was found in former calls may be forgotten, so that memory does not grow with them.
        """
        if max(map(len, (self.rows, self._states, self._days))) > _MANY:
            self._forget()
        whos, whens = _together(states), _together(dates)
        found = map(self._states.__getitem__, whos)  # a third of the time of a loop
        days = list(map(self._days.__getitem__, whens))
        places = [
            start + bisect_right(changes, day)
            for (start, changes), day in zip(found, days, strict=True)
        ]
        if not all(days):
            during = self._during
            for row, (day, who, when) in enumerate(zip(days, whos, whens, strict=True)):
                if not day:
                    places[row] = during[who][when]
        for place in self._unfound.keys() & {*places}:
            states, first = self._unfound.pop(place)
            self.rows[place] = self._join.answer(states, (first, first))
        return places

    def add(self, rows: Sequence[Row]) -> int:
        """The place of the first of some more answers."""
        self.rows += rows
        return len(self.rows) - len(rows)

    def about(self, who: Texts) -> tuple[int, list[int]]:
        """Where the answers about states begin, and from which days on others hold."""
        join = self._join
        self._cells[who] = ()
        try:
            cells = self._cells[who] = join.who(several(who))
        except Refused as refusal:
            return self.add([join.unknown(several(who), str(refusal))]), []
        states = tuple(cell for cell in cells if cell)
        if len(states) < len(cells):
            return self.add([join.without_answer(cells)]), []
        changes = join.changes(states)
        start = self.add([self._none] * (1 + len(changes)))
        days = enumerate((dt.date.min, *changes), start)
        self._unfound |= {place: (states, day) for place, day in days}
        return start, [day.toordinal() for day in changes]

    def during(self, who: Texts, when: Texts) -> int:
        """Where the answer for a period, or for what is no day, stands."""
        start, _ = self._states[who]
        cells = self._cells[who]
        if not cells:
            return start
        try:
            days = self._join.when(several(when))
        except Refused as refusal:
            return self.add([self._join.without_answer(cells, str(refusal))])
        states = tuple(cell for cell in cells if cell)
        if len(states) < len(cells):
            return start
        if days is None:
            return self.add([self._join.without_answer(cells)])
        return self.add([self._join.answer(states, days)])


class _States(dict[Texts, tuple[int, list[int]]]):
    """Where the answers about states begin, and from which days on others hold."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def __missing__(self, who: Texts) -> tuple[int, list[int]]:
        found = self[who] = self._places.about(who)
        return found


class _Days(dict[Texts, int]):
    """The ordinal of the day that texts mean; 0 where they mean a period, or no day."""

    def __init__(self, join: Join) -> None:
        self._join = join

    def __missing__(self, when: Texts) -> int:
        days: Days | None = None
        try:
            days = self._join.when(several(when))
        except Refused:
            days = None
        self[when] = day = days[0].toordinal() if days and days[0] == days[1] else 0
        return day


class _During(dict[Texts, dict[Texts, int]]):
    """Where the answers about states stand, by what means a period or no day."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def __missing__(self, who: Texts) -> dict[Texts, int]:
        found = self[who] = _Periods(self._places, who)
        return found


class _Periods(dict[Texts, int]):
    """Where the answers about some states stand, by what means a period or no day."""

    def __init__(self, places: Places, who: Texts) -> None:
        self._places = places
        self._who = who

    def __missing__(self, when: Texts) -> int:
        place = self[when] = self._places.during(self._who, when)
        return place


def _together(columns: Sequence[Sequence[str]]) -> Sequence[Texts]:
    """What stands in one column, or in several, row by row."""
    return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
