"""From years that are coded one by one to memberships: runs of years with one status.

The codes of an organisation for what is called so in a column of states are a string with a
character for each year. Runs are built of the years of a state, whatever it was called.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cstocli.core.days import DAY, Known
from cstocli.core.model import NOT_KNOWN, Country
from cstocli.reading.cells import MEMBER
from cstocli.reading.shapes.said import Memberships, Said, States, span_of, year_known

NONE, AWAY, MISSING, EMPTY, NO_ROW = "0", "-", "?", "_", " "
"""What is no status: none, not in the system of states, coded as missing, an empty cell, and no
row in the table."""
STATUSES = {"1": MEMBER, "2": "associate", "3": "observer", MISSING: NOT_KNOWN}
_FULLER = "1230?-_ "
"""Which of two codes of a state in one year is taken: the one that says more."""


class Owner(NamedTuple):
    """The state that a text means in a run of years, which are told by their places."""

    state: Country
    first: int
    end: int
    """Behind the last."""
    until: dt.date | None
    """The last day on which it means this state, if it means another one from then on."""


class Owners:
    """Whom each text of a column of states means in some years."""

    def __init__(self, states: States, years: Sequence[int]) -> None:
        self._states = states
        self._days = [(dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in years]
        self._known: dict[str, list[Owner]] = {}

    def of(self, text: str) -> list[Owner]:
        """The states that a text means, in the order of the years; raises ValueError."""
        if text not in self._known:
            self._known[text] = [*self._read(text)]
        return self._known[text]

    def _read(self, text: str) -> Iterator[Owner]:
        readings = self._states.readings(text)
        states = {one.state for one in readings if not one.outside}
        if len(states) == 1:
            yield Owner(states.pop(), 0, len(self._days), None)
            return
        meant = [[*self._states.parts(text, days)][-1] for days in self._days]
        first = 0
        for place, (state, part) in enumerate(meant):
            if state != meant[first][0]:
                yield Owner(meant[first][0], first, place, part[0] - DAY)
                first = place
        yield Owner(meant[first][0], first, len(meant), None)

    def cleared(self, text: str, codes: str) -> str:
        """Codes of which nothing is missing in years in which a text means nobody: then the state
        was not in the system. In the year in which it went an empty cell says so.
        """

        def meant(found: re.Match[str]) -> str:
            first, last = self._days[found.start()]
            days = (last, last) if found[0] == EMPTY else (first, last)
            return MISSING if self._states.is_in_use(text, days) else AWAY

        return re.sub(f"[{MISSING}{EMPTY}]", meant, codes)

    def note(self, text: str, codes: str) -> None:
        """Keep what must be said of how a text was read in the years in which it has a status."""
        for found in re.finditer("[123]+", codes):
            days = self._days[found.start()][0], self._days[found.end() - 1][1]
            self._states.note(text, days)


class Coded:
    """An organisation whose years are coded."""

    def __init__(self, memberships: Memberships, organisation: str, years: Sequence[int]) -> None:
        self._memberships = memberships
        self._organisation = organisation
        self._years = years
        self._gaps = [n for n, year in enumerate(years[1:]) if year - years[n] > 1]
        self.last = -1
        """The place of the last year in which any state has a code that is not missing."""
        self._codes: dict[str, str] = {}

    def take(self, text: str, codes: str) -> None:
        """Take the codes of what a text means, a character for each year."""
        self.last = max(self.last, len(codes.rstrip(MISSING + EMPTY + NO_ROW)) - 1)
        if codes.strip(NONE + AWAY + NO_ROW):
            self._codes[text] = codes

    def add(self, owners: Owners, ended: int | None = None) -> None:
        """Add the runs of years to what the file says; `ended` is the last year of all, where the
        organisation came to its end before it.
        """
        if self.last < 0:
            self._memberships.tell("Left out for want of a coded year", self._organisation)
            return
        last = ended or self._years[self.last]
        self._memberships.verified[self._organisation] = dt.date(last, 12, 31)
        by_state: dict[Country, list[str]] = {}
        begun: dict[tuple[Country, int], dt.date] = {}
        ended_on: dict[tuple[Country, int], dt.date] = {}
        for text, raw in self._codes.items():
            codes = owners.cleared(text, raw)
            owners.note(text, codes)
            mine = owners.of(text)
            for owner in mine:
                part = f"{codes[owner.first : owner.end]:>{owner.end}}".ljust(len(codes), NO_ROW)
                by_state.setdefault(owner.state, []).append(part)
            for before, after, until in self._handed_on(codes, mine):
                ended_on[before], begun[after] = until, until + DAY
        for state, parts in by_state.items():
            codes = parts[0] if len(parts) == 1 else _fuller(parts)
            found = [
                self._said(
                    code,
                    begun.get((state, first), year_known(first)),
                    ended_on.get((state, last), year_known(last)),
                    lasts=last == self._years[self.last] and not ended,
                )
                for code, first, last in self._runs(codes)
            ]
            if found:
                self._memberships.take(self._organisation, state.code, found)

    def _handed_on(
        self, codes: str, owners: Sequence[Owner]
    ) -> Iterator[tuple[tuple[Country, int], tuple[Country, int], dt.date]]:
        """Where a run of years passes from one state to the next that a text means: the last year
        of the one, the first of the other, and the last day of the one.
        """
        for owner, following in pairwise(owners):
            before, after = self._years[owner.end - 1], self._years[owner.end]
            goes_on = after == before + 1 and codes[owner.end - 1] == codes[owner.end]
            if owner.until and goes_on and codes[owner.end] in "123":
                yield (owner.state, before), (following.state, after), owner.until

    def _runs(self, codes: str) -> list[tuple[str, int, int]]:
        """The runs of years with a status, or of which none is known, each with its first and its
        last year.
        """
        years, end = self._years, self.last + 1
        found = []
        for run in re.finditer(r"([123?])\1*", codes[:end]):
            first = run.start()
            for gap in self._gaps:
                if first <= gap < run.end() - 1:
                    found.append((run[1], years[first], years[gap]))
                    first = gap + 1
            if first < run.end():
                found.append((run[1], years[first], years[run.end() - 1]))
        found += [
            (MISSING, years[gap] + 1, years[gap + 1] - 1)
            for gap in self._gaps
            if gap < self.last and codes[gap : gap + 2].strip(NONE + AWAY + NO_ROW)
        ]
        return _united(sorted(found, key=lambda run: run[1]))

    def _said(self, code: str, first: Known, last: Known, *, lasts: bool) -> Said:
        """A run of years as a membership; what is missing is so on each of their days."""
        if code == MISSING:
            first, last = span_of(first)[0], span_of(last)[1]
        return Said(self._organisation, STATUSES[code], first, None if lasts else last, lasts)


def _united(runs: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Runs of years in order, those of which nothing is known and that meet as one."""
    found: list[tuple[str, int, int]] = []
    for code, first, last in runs:
        if found and code == MISSING == found[-1][0] and found[-1][2] + 1 == first:
            found[-1] = code, found[-1][1], last
        else:
            found.append((code, first, last))
    return found


def _fuller(parts: Sequence[str]) -> str:
    """The codes of a state of which there are several, for each year the one that says more."""
    return "".join(min(codes, key=_FULLER.index) for codes in zip(*parts, strict=True))
