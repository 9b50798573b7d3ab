"""What the cells of a table of spells mean: states, days, statuses and remarks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any
from unicodedata import normalize

from cstocli.core.days import Known, known
from cstocli.core.model import State
from cstocli.escape import printable, quoted
from cstocli.reading import countries, folding, names
from cstocli.reading.checks import SENTINELS
from cstocli.reading.shape import FORMULA

MEMBER = "member"
"""The status that counts, and that of a spell which names none."""


class States:
    """The states that rows name; under the scheme `text`, by names of their own, as no country."""

    def __init__(self, known: Iterable[State], scheme: str = "auto") -> None:
        self.named: dict[str, State] = {}
        """Those named by a row, by code."""
        self.others: list[str] = []
        """Those that are no country."""
        self._countries = scheme != "text"
        self._known = {
            folding.looked_up(form): state
            for state in known
            for form in names.forms(state)
            if self._countries
        }

    def code(self, name: str) -> str:
        """The code of the state that a text means."""
        name = normalize("NFC", name)
        state = self._known.get(folding.looked_up(name)) or self._state(name)
        self.named.setdefault(state.code, state)
        return state.code

    def _state(self, name: str) -> State:
        """The country of that name, or else what is called so; raises ValueError for what is
        nearly a country, and so may be the one or the other.
        """
        if not name:
            raise ValueError("there is no state")
        if len(name) > folding.LONGEST:
            raise ValueError(f"{quoted(name)} is too long for the name of a state")
        clean(name)
        country = countries.country(name) if self._countries else None
        near = countries.nearly_country(name) if self._countries and not country else None
        if near:
            own = "with --state-code text names are names of their own"
            raise ValueError(f"{quoted(name)} is no country; is it {near}? {own}")
        if not country and name not in self.named:
            self.others.append(name)
        code, called = country or (name, name)
        return State(code, None, None, None, None, called, called, called, called, (), ())


def clean(text: str) -> str:
    """The text, if every character of it shows and no spreadsheet takes it for a formula."""
    if printable(text) != text:
        raise ValueError(f"{quoted(text)} holds a character that does not show")
    if text.startswith(FORMULA):
        raise ValueError(f"{quoted(text)} begins like a formula")
    return text


class Column(dict[str, Any]):
    """What each cell of a column means; each text is read once."""

    def __init__(self, place: int, read: Callable[[str], Any]) -> None:
        self.place = place
        """Where the column stands; behind all others where there is none."""
        self.read = read

    def __missing__(self, text: str) -> Any:
        value = self[text] = self.read(text.strip())
        return value


class DayColumn(Column):
    """A column of days; one that is known to the day is read in half the time."""

    bounds = False
    """Whether a month or a year was read."""

    def __missing__(self, text: str) -> Any:
        if len(text) == len("YYYY-MM-DD") and text[4] == text[7] == "-" and text not in SENTINELS:
            try:
                day = self[text] = dt.date.fromisoformat(text)
            except ValueError:
                return super().__missing__(text)
            return day
        self.bounds |= bool(text.strip())
        return super().__missing__(text)


def status_in(text: str) -> str:
    """The status of a cell, `member` where it is empty."""
    if "{" in text:
        raise ValueError(f"{quoted(text)} is no status: it holds a brace")
    return MEMBER if text.casefold() in ("", MEMBER) else clean(text)


def first_day_in(text: str) -> Known:
    """The first day in a cell."""
    if not text:
        raise ValueError("there is no first_day")
    return _bound(text)


def last_day_in(text: str) -> Known | None:
    """The last day in a cell; none while the spell lasts."""
    return _bound(text) if text else None


def _bound(text: str) -> Known:
    """A day, month or year of the calendar."""
    if text in SENTINELS:
        raise ValueError(f"{text} stands for an unknown day; leave the cell empty")
    return known(text)
