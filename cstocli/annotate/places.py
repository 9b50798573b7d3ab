"""The answers of rows: each distinct one is found once, and every row has a place among them.

Between two days of change an answer stays the same. So the states are looked up by their text,
and the answer among those from each of their own days of change on.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from cstocli.annotate.join import Join, Row
from cstocli.core.days import Days
from cstocli.errors import Refused
from cstocli.reading import dates, folding
from cstocli.reading.columns import StateCell

_MANY, _FEW = 50_000, 20_000
"""How many days and periods, and how many names of states, are remembered at most, so that memory
does not grow with the rows. A century has fewer days; few files have as many names."""

Texts = str | tuple[str, ...]
"""What stands in a column, or in several."""


class About(NamedTuple):
    """The answers about what the texts of states mean."""

    cells: tuple[StateCell | None, ...]
    """Nothing where a text names no state."""
    start: int
    """The place of the answer before the first of the days of change."""
    changes: Sequence[int]
    """The ordinals of the days from which another answer holds, in order; each has the next
    place."""


class Places:
    """The distinct answers found so far, and where among them those of rows stand."""

    def __init__(self, join: Join) -> None:
        self._join = join
        self._none = join.without_answer(())
        self._forget()

    def _forget(self) -> None:
        """Begin anew."""
        self.rows: list[Row] = []
        """The answers; at places that no row has had, those of a row that has none."""
        self._starts: list[int] = []
        """The places from which on answers of states stand, in order."""
        self._stretches: list[tuple[tuple[StateCell, ...], Sequence[dt.date]]] = []
        """What these are about: the states, and a day for each answer."""
        self._passing: list[tuple[dict[Texts, int], Texts, int]] = []
        """The answers that are not remembered: where each is, by which text, and its place."""
        self._free: list[int] = []
        """The places of those that were forgotten."""
        self._periods = 0
        self._states = _States(self)
        self._days = _Days(self._join)
        self._during = _During(self)

    def of(self, whos: Sequence[Texts], whens: Sequence[Texts]) -> list[int]:
        """Where the answers of rows stand, of which there are the texts of states and of days.

        What was found in former calls may be forgotten.
        """
        full = max(len(self._days), self._periods) > _MANY or len(self._states) > _FEW
        if full:
            self._forget()
        self._let_pass()
        found = map(self._states.__getitem__, whos)  # a third of the time of a loop
        days = list(map(self._days.__getitem__, whens))
        places = [
            start + bisect_right(changes, day)
            for (_, start, changes), day in zip(found, days, strict=True)
        ]
        if not all(days):
            during = self._during
            for row, (day, who, when) in enumerate(zip(days, whos, whens, strict=True)):
                if not day:
                    places[row] = during[who][when]
        for place in {*places}:
            if self.rows[place] is self._none:
                self._find(place)
        return places

    def _find(self, place: int) -> None:
        """Find the answer of a stretch of days, when a row first has it: most files have few of
        the days from which others hold.
        """
        which = bisect_right(self._starts, place) - 1
        states, days = self._stretches[which]
        day = days[place - self._starts[which]]
        self.put(place, self._join.answer(states, (day, day)))

    def _let_pass(self) -> None:
        """Forget what is worth no memory: every unreadable day may be another one."""
        for memo, text, place in self._passing:
            memo.pop(text, None)
            self.put(place, self._none)
            self._free.append(place)
        self._passing.clear()

    def add(self, rows: Sequence[Row]) -> int:
        """The place of the first of some more answers."""
        start = len(self.rows)
        self.rows += rows
        return start

    def put(self, place: int, row: Row) -> None:
        """Let an answer stand at a place."""
        self.rows[place] = row

    def pass_by(self, row: Row, memo: dict[Texts, int], text: Texts) -> int:
        """The place of an answer that is forgotten at the next call."""
        place = self._free.pop() if self._free else self.add([row])
        self.put(place, row)
        self._passing.append((memo, text, place))
        return place

    def about(self, who: Texts) -> About:
        """The answers about what the texts of states mean."""
        join = self._join
        try:
            cells = join.who(several(who))
        except Refused as refusal:
            return About((), self.add([join.unknown(several(who), str(refusal))]), ())
        states = tuple(cell for cell in cells if cell)
        if len(states) < len(cells):
            return About(cells, self.add([join.without_answer(cells)]), ())
        changes = join.changes(states)
        start = self.add([self._none] * (1 + len(changes)))
        self._starts.append(start)
        self._stretches.append((states, (dt.date.min, *changes)))
        return About(cells, start, [day.toordinal() for day in changes])

    def during(self, who: Texts, when: Texts, memo: dict[Texts, int]) -> int:
        """Where the answer for a period, or for what is no day, stands."""
        cells, start, _ = self._states[who]
        if not cells:
            return start
        try:
            days = self._join.when(several(when))
        except Refused as refusal:
            return self.pass_by(self._join.without_answer(cells, str(refusal)), memo, when)
        states = tuple(cell for cell in cells if cell)
        if len(states) < len(cells):
            return start
        self._periods += 1
        if days is None:
            return self.add([self._join.without_answer(cells)])
        return self.add([self._join.answer(states, days)])


class _States(dict[Texts, About]):
    """The answers about what the texts of states mean."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def __missing__(self, who: Texts) -> About:
        found = self._places.about(who)
        if _length(who) <= 2 * folding.LONGEST:
            self[who] = found
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
        day = days[0].toordinal() if days and days[0] == days[1] else 0
        if _length(when) <= 2 * dates.LONGEST:
            self[when] = day
        return day


class _During(dict[Texts, dict[Texts, int]]):
    """Where the answers about states stand, by what means a period or no day."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def __missing__(self, who: Texts) -> dict[Texts, int]:
        found = _Periods(self._places, who)
        if _length(who) <= 2 * folding.LONGEST:
            self[who] = found
        return found


class _Periods(dict[Texts, int]):
    """Where the answers about some states stand, by what means a period or no day."""

    def __init__(self, places: Places, who: Texts) -> None:
        self._places = places
        self._who = who

    def __missing__(self, when: Texts) -> int:
        place = self._places.during(self._who, when, self)
        if _length(when) <= 2 * dates.LONGEST:
            self[when] = place
        return place


def several(text: Texts) -> tuple[str, ...]:
    """What stands in each column."""
    return (text,) if isinstance(text, str) else text


def together(columns: Sequence[Sequence[str]]) -> Sequence[Texts]:
    """What stands in one column, or in several, row by row."""
    return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))


def _length(text: Texts) -> int:
    """How many characters stand in all columns."""
    return len(text) if isinstance(text, str) else sum(map(len, text))
