"""What a file says of memberships, whatever its shape, and what was left out of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cstocli.core.days import DAY, Bound, Days, Known, days_of
from cstocli.core.model import Country, State
from cstocli.errors import BrokenDataset, Problem
from cstocli.reading.cells import clean
from cstocli.reading.coded import states_under
from cstocli.reading.columns import Missing
from cstocli.reading.former import former
from cstocli.reading.schemes import CODES, Reading, Scheme
from cstocli.reading.spell_file import pick
from cstocli.reading.values import NOTHING

_MOST = 1000
"""How many problems are kept at most."""
_FEW = 5
"""How many places a sentence names."""


class Said(NamedTuple):
    """A membership as a row says it."""

    place: str
    status: str
    first_day: Known | None
    """None where it is not known."""
    last_day: Known | None
    """None while it lasts, or where it is not known."""
    lasts: bool
    remark: str = ""

    @property
    def may_begin(self) -> Days:
        """The first and the last of the days on which it may begin."""
        assert self.first_day  # noqa: S101  # asked only of those that have one
        return span_of(self.first_day)

    @property
    def may_end(self) -> Days:
        """The days on one of which it may end; the last of all while it lasts."""
        return span_of(self.last_day or dt.date.max)


class Wanted(NamedTuple):
    """What is asked of a file of any shape."""

    path: str
    organisations: tuple[str, ...]
    """By their names; all where there is none."""
    state_code: str | None
    """The scheme of the states; that of the shape where it is None."""
    missing: Missing
    covers_to: dt.date | None
    """The day up to which the file was checked, where that is told and not read."""
    delimiter: str | None
    encoding: str
    today: dt.date
    known: tuple[State, ...]
    """States that are known by more names than other countries."""


class States:
    """The states that cells name."""

    def __init__(self, scheme: str, known: Iterable[State]) -> None:
        self.scheme = scheme
        self._states = states_under(scheme, known)
        self._codes = Scheme(scheme) if scheme in CODES else None
        self._known: dict[str, tuple[Reading, ...]] = {}
        self.notes: dict[str, None] = {}
        """What must be said of how they were read."""

    @property
    def texts(self) -> list[str]:
        """Every text that was read."""
        return [text.strip() for text in self._known]

    @property
    def others(self) -> Sequence[str]:
        """Those that are no country, and kept by their text."""
        return self._states.others

    def readings(self, text: str) -> tuple[Reading, ...]:
        """What a text means on all the days that there are, in order; raises ValueError."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._read(text.strip())
        return known

    def _read(self, text: str) -> tuple[Reading, ...]:
        if self._codes:
            return self._codes.readings(text)
        gone = former(text) if self.scheme != "text" else None
        if gone:
            state = Country(gone.name, gone.name)
        else:
            named = self._states.named
            code = self._states.code(text)
            state = Country(code, named[code].name)
        return (Reading("", dt.date.min, dt.date.max, state, None, outside=False),)

    def parts(self, text: str, days: Days) -> Iterator[tuple[Country, Days]]:
        """The states that a text means on days, each with its part of them."""
        in_use = self._in_use(text, days)
        first = days[0]
        for one, after in zip(in_use, [*in_use[1:], None], strict=True):
            if after is None or after.state != one.state:
                last = after.first_day - DAY if after else days[1]
                yield one.state, (first, last)
                first = last + DAY if after else last

    def note(self, text: str, days: Days) -> None:
        """Keep what must be said of how a text was read on days."""
        self.notes |= {one.note: None for one in self._in_use(text, days) if one.note}

    def is_in_use(self, text: str, days: Days) -> bool:
        """Whether a text means a state on some of the days, and not only before or after them."""
        return any(not one.outside for one in self._in_use(text, days))

    def _in_use(self, text: str, days: Days) -> list[Reading]:
        """What a text means on days; where it is in use on none of them, what it meant last."""
        readings = self.readings(text)
        asked = [one for one in readings if one.first_day <= days[1] and one.last_day >= days[0]]
        return [one for one in asked if not one.outside] or asked[-1:]


class Memberships:
    """The memberships that a file tells of, by organisation and state, and what was left out."""

    def __init__(self, wanted: Wanted, scheme: str) -> None:
        self.wanted = wanted
        self.states = States(wanted.state_code or scheme, wanted.known)
        self.rows = 0
        """How many rows were read."""
        self.said: dict[str, dict[str, list[Said]]] = {}
        self.verified: dict[str, dt.date] = {}
        """The day up to which each organisation was checked."""
        self.notes: dict[str, None] = {}
        """What must be said about the file."""
        self.problems: list[Problem] = []
        self._told: dict[str, list[str]] = {}
        self._folded = {name.strip().casefold() for name in wanted.organisations}
        self._seen: dict[str, bool] = {}

    def asks(self, organisation: str) -> bool:
        """Whether an organisation that the file has is asked for."""
        asked = self._seen.get(organisation)
        if asked is None:
            clean(organisation)
            asked = not self._folded or organisation.casefold() in self._folded
            self._seen[organisation] = asked
        return asked

    def add(self, organisation: str, state: str, said: Said, states: States | None = None) -> None:
        """Take a membership of what a text means on its days, among states of a scheme of their
        own if there are such; raises ValueError.
        """
        states = states or self.states
        days = self._days(said)
        parts = [*states.parts(state, days)]
        states.note(state, days)
        of = self.said.setdefault(organisation, {})
        for place, (named, part) in enumerate(parts):
            first = said.first_day if place == 0 else part[0]
            last = (said.last_day, said.lasts) if place == len(parts) - 1 else (part[1], False)
            of.setdefault(named.code, []).append(said._replace(
                first_day=first, last_day=last[0], lasts=last[1]))  # fmt: skip

    def _days(self, said: Said) -> Days:
        """The days on which a membership may be."""
        first = said.may_begin[0] if said.first_day else None
        last = said.may_end[1] if said.last_day or said.lasts else None
        if first and last and last < first:
            raise ValueError(
                f"its last day, {said.last_day}, is before its first, {said.first_day}"
            )
        known = first or last or self.wanted.today
        return first or known, last or known

    def take(self, organisation: str, state: str, said: Sequence[Said]) -> None:
        """Take all that is said of a state."""
        self.said.setdefault(organisation, {})[state] = [*said]

    def tell(self, what: str, place: str) -> None:
        """Keep what was done with a row, or with something else, for the account at the end."""
        self._told.setdefault(what, []).append(place)

    def note_problem(self, place: str, error: Exception) -> None:
        """Keep what is wrong with a row."""
        if len(self.problems) < _MOST:
            self.problems.append(Problem(place, str(error)))

    def refuse_problems(self) -> None:
        """Raise BrokenDataset if anything is wrong, and Refused for an organisation that the file
        does not have.
        """
        for name in self.wanted.organisations:
            pick([*self._seen], name, self.wanted.path)
        if self.problems:
            raise BrokenDataset(self.wanted.path, self.problems)

    def told(self) -> list[str]:
        """What was done with rows, and why: left out, or taken to last."""
        return [f"{what}: {_places(places)}." for what, places in self._told.items()]


def _places(places: Sequence[str]) -> str:
    """How many places there are, and the first of them."""
    more = f" and {len(places) - _FEW} more" if len(places) > _FEW else ""
    return f"{len(places)} ({', '.join(places[:_FEW])}{more})"


def span_of(day: Known) -> Days:
    """The days on one of which something begins or ends."""
    return (day.earliest, day.latest) if isinstance(day, Bound) else (day, day)


def year_known(year: int) -> Bound:
    """A bound that is known to the year; raises ValueError where there is no such year."""
    text = f"{year:04}"
    return Bound(text, *days_of(text))


def known_of(year: str, month: str, day: str) -> Known | None:
    """The day, month or year that cells with numbers mean, as far as they say it; None for none.

    Nothing, 0 and -9 say nothing. Raises ValueError where there is no such day.
    """
    numbers = [_number(text) for text in (year, month, day)]
    if not numbers[0]:
        return None
    text = f"{numbers[0]:04}"
    if numbers[1]:
        text += f"-{numbers[1]:02}"
        if numbers[2]:
            text += f"-{numbers[2]:02}"
    first, last = days_of(text)
    return first if first == last else Bound(text, first, last)


def _number(text: str) -> int:
    """The number in a cell; 0 where it says nothing."""
    folded = text.strip().casefold()
    if folded in NOTHING or re.fullmatch(r"-9(\.0*)?", folded):
        return 0
    return whole(text)


def whole(text: str) -> int:
    """A whole number, also one that is written `365.0`; raises ValueError for what is none."""
    number = re.fullmatch(r"([0-9]{1,9})(\.0*)?", text.strip())
    if not number:
        raise ValueError(f"{text.strip()!r:.60} is no whole number")
    return int(number[1])


def plain(text: str) -> str:
    """A value as values are compared: in any case, and a number without a fraction of nothing."""
    folded = text.strip().casefold()
    number, _, fraction = folded.partition(".")
    return number if number.lstrip("-").isdigit() and not fraction.strip("0") else folded


def covered_by(version: str, through: dict[str, int]) -> dt.date | None:
    """The last day that a release covers, by the beginning of its number."""
    for number, year in through.items():
        if version.strip().startswith(number):
            return dt.date(year, 12, 31)
    return None
