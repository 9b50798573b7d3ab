"""What the cells of a user's columns mean: nothing, a state, or days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from cstocli.core.days import Days, When
from cstocli.core.model import Country, Named
from cstocli.errors import Refused
from cstocli.escape import quoted, shown
from cstocli.reading import dateformat, dates
from cstocli.reading.hints import MISSING, is_number, letters_of_cow, numbers_refused
from cstocli.reading.names import Names
from cstocli.reading.schemes import CODES, SCHEMES, Reading, Scheme, during
from cstocli.reading.values import NOTHING

_NAMIBIA = ("iso2c", "eurostat")
"""The schemes under which NA is a code."""


def scheme_of(name: str) -> str:
    """The name of a scheme; raises Refused, with those that there are, for another."""
    if not isinstance(name, str) or name not in SCHEMES:
        raise Refused(f"there is no scheme {shown(name)}; there are {', '.join(SCHEMES)}")
    return name


def _plain(text: str) -> str:
    """A text without its case, a whole number without the decimals that programs give it: -9.0."""
    folded = text.strip().casefold()
    whole, point, decimals = folded.partition(".")
    return whole if point and decimals and not decimals.strip("0") else folded


class Missing:
    """Which texts say nothing."""

    def __init__(self, more: Iterable[str] = ()) -> None:
        self._more = {_plain(text) for text in more}

    def has(self, text: str, scheme: str = "auto") -> bool:
        """Whether a text says nothing, where it stands in a column of a scheme."""
        folded = _plain(text)
        if folded == "na" and scheme in _NAMIBIA:
            return folded in self._more
        return folded in NOTHING or folded in self._more


class Hint(NamedTuple):
    """How a cell was read, if that is not plain."""

    kind: str
    """One of KINDS."""
    text: str


SLIP, LETTERS, DAYS = "slip", "letters", "days"
KINDS = {
    SLIP: "slips that were mended",
    LETTERS: "letters of COW alone; say --state-code cowc if all are",
    DAYS: "codes that have days",
}
"""The kinds of hint, and what the texts of each say."""


class StateCell(NamedTuple):
    """A cell of a column of states that names one."""

    readings: tuple[Reading, ...]
    """What it means on all the days that there are, in order."""
    hint: Hint | None
    """What must be said whatever the days."""

    def on(self, days: Days) -> Reading:
        """What it means where these days are asked about."""
        return during(self.readings, days) if self.readings[1:] else self.readings[0]


class StateColumn:
    """A column of states under a scheme."""

    def __init__(self, names: Names, scheme: str, missing: Missing) -> None:
        self._names = names
        self.scheme = scheme_of(scheme)
        self._codes = Scheme(scheme) if scheme in CODES else None
        self._missing = missing

    def refuse_numbers(self, texts: Iterable[str]) -> bool:
        """Whether any of some cells says anything; raises Refused where the first that does is a
        number, and no scheme says whose.
        """
        said = [text for text in texts if not self._missing.has(text, self.scheme)]
        if self.scheme in ("auto", "name") and said and is_number(said[0]):
            raise Refused(numbers_refused(said, missing=MISSING))
        return bool(said)

    def read(self, text: str) -> StateCell | None:
        """What a cell means; None where it says nothing. Raises Refused where it names no state."""
        if self._missing.has(text, self.scheme):
            return None
        if self._codes:
            return StateCell(self._codes.readings(text), None)
        if self.scheme == "text":
            own = self._names.own(text)
            return _named(Country(own.code, own.name), None)
        if is_number(text):
            why = numbers_refused([text], missing=MISSING)
            raise Refused(f"{quoted(text.strip())} is a number: {why}")
        understood = self._names.understood(text)
        hint = self.letters(text)
        if understood.mended:
            hint = Hint(SLIP, f"{text.strip()} read as {understood.state.name}")
        return _named(Country(understood.state.code, understood.state.name), hint)

    def differs(self, code: str, name: str) -> bool:
        """Whether a code means another state than a name does, though both mean one."""
        try:
            cell, understood = self.read(code), self._names.understood(name)
        except Refused:
            return False
        states = {reading.state.code for reading in cell.readings} if cell else set()
        return bool(states) and not understood.mended and understood.state.code not in states

    def letters(self, text: str) -> Hint | None:
        """What must be said of a text that may be letters of another scheme than was said."""
        if self.scheme == "auto" and letters_of_cow([text.strip()]):
            return Hint(LETTERS, text.strip())
        return None

    def told(self, text: str | Named) -> StateCell:
        """What a text means that must name a state; raises Refused where it names none."""
        if not isinstance(text, str):
            return _named(Country(text.code, text.name), None)
        cell = self.read(text)
        if cell is None:
            raise Refused(f"{quoted(text)} names no state")
        return cell


def _named(state: Country, hint: Hint | None) -> StateCell:
    """A cell that means one state on all days."""
    return StateCell((Reading("", dt.date.min, dt.date.max, state, None, False),), hint)


class DayColumn:
    """A column of days, months, years or periods, in a format of its own or as people type."""

    def __init__(self, today: dt.date, form: str | None, missing: Missing) -> None:
        self._today = today
        self._form = form
        self._missing = missing
        if form is not None:
            dateformat.check_format(form)

    def read(self, text: str) -> When | None:
        """The days that a cell means; None where it says nothing. Raises Refused."""
        if self._missing.has(text):
            return None
        if self._form is not None:
            return dateformat.with_format(text, self._form)
        return dates.parse(text, self._today)
