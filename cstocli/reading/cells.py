"""What the cells of a table of spells mean: states, days, statuses and remarks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from unicodedata import normalize

from cstocli.core.days import Bound, Known, known
from cstocli.core.model import NOT_KNOWN, State
from cstocli.escape import printable, quoted
from cstocli.reading import countries, folding, names
from cstocli.reading.shape import FORMULA
from cstocli.reading.values import NOTHING, SENTINELS

MEMBER = "member"
"""The status that counts, and that of a spell which names none."""
_DIGITS = (*"0123456789+-",)
"""With what a number begins."""
DOUBTFUL = ("1900-01-01", "1970-01-01")
"""Days that are real, though in many files they stand for one that is not known."""


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
        if self._countries and name[:1] in _DIGITS:
            refuse_number(name)
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
        if name.casefold() in NOTHING:
            raise ValueError(f"there is no state: {quoted(name)} marks a missing one")
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

    def settled(
        self, codes: Sequence[str], first_days: Sequence[Any], last_days: Sequence[Any]
    ) -> Sequence[str]:
        """The codes of the states of rows, each by its days: names mean the same on all."""
        return codes


def refuse_number(text: str) -> None:
    """Raise ValueError for a number, of which nobody said whose code it is."""
    from cstocli.reading.hints import is_number, numbers_refused  # for the few files that have one

    if is_number(text):
        raise ValueError(f"{quoted(text)} is a number: {numbers_refused([text])}")


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

    def all_of(self, cells: Sequence[str]) -> list[Any]:
        """What cells mean."""
        if not any(cells):
            return [self[""]] * len(cells) if cells else []
        return list(map(self.__getitem__, cells))


class DayColumn(Column):
    """A column of days; one that is known to the day is read in half the time, and a column of
    nothing else in a fifth of it.
    """

    bounds = False
    """Whether a month or a year was read."""

    def all_of(self, cells: Sequence[str]) -> list[Any]:
        lengths = {*map(len, cells)}
        weeks = "W" in "".join(cells)  # fromisoformat takes 2007-W01-1, which is as long as a day
        if lengths <= {0, len("YYYY-MM-DD")} and not weeks and SENTINELS.isdisjoint(cells):
            day_in = dt.date.fromisoformat
            try:
                if 0 not in lengths:
                    return list(map(day_in, cells))
                if self.read is last_day_in:
                    return [day_in(text) if text else None for text in cells]
            except ValueError:
                pass  # it is said below of which cell, and why
        return super().all_of(cells)

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
    """The status of a cell, `member` where it is empty or says nothing."""
    if "{" in text:
        raise ValueError(f"{quoted(text)} is no status: it holds a brace")
    if _says_nothing(text):
        return MEMBER
    folded = text.casefold()
    return folded if folded in (MEMBER, NOT_KNOWN) else clean(text)


def first_day_in(text: str) -> Known:
    """The first day in a cell."""
    if _says_nothing(text):
        raise ValueError("there is no first_day")
    return _bound(text, "a first day is a day, a month or a year")


def last_day_in(text: str) -> Known | None:
    """The last day in a cell; none while the spell lasts."""
    return None if _says_nothing(text) else _bound(text)


def verified_in(text: str) -> dt.date | None:
    """The day in a cell through which an organisation was checked."""
    day = None if _says_nothing(text) else _bound(text)
    if isinstance(day, Bound):
        raise ValueError(f"verified_through {text} is no day; type YYYY-MM-DD")
    return day


def _says_nothing(text: str) -> bool:
    """Whether a cell is empty, or as good as that."""
    return text.casefold() in NOTHING


def _bound(text: str, instead: str = "leave the cell empty") -> Known:
    """A day, month or year of the calendar."""
    if text in SENTINELS and text not in DOUBTFUL:
        raise ValueError(f"{text} stands for an unknown day; {instead}")
    return known(text)
