"""Days and points in time as Stata and SPSS count them, by the form in which they are shown.

Stata counts days, milliseconds, weeks, months, quarters and halves from the beginning of 1960,
SPSS seconds from 14 October 1582.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from cstocli.tabular.fields import DAY, MOMENT, NUMBER, TEXT, TIME

Reading = tuple[str, Callable[[float], Any]]
"""The sort of what is shown, and what makes it of a number."""
_STATA = dt.datetime(1960, 1, 1)
_SPSS = dt.datetime(1582, 10, 14)
_MILLISECOND, _SECOND, _DAY = dt.timedelta(milliseconds=1), dt.timedelta(seconds=1), 86400
STATA_FORMS = {DAY: "%td", MOMENT: "%tc", TIME: "%tcHH:MM:SS"}
SPSS_FORMS = {DAY: "DATE11", MOMENT: "DATETIME20", TIME: "TIME8"}
"""How days, points in time and times of day are shown where nothing else is said."""


def reading_of(form: str) -> Reading | None:
    """What the numbers of a column mean that is shown in this form; None where that is numbers.

    >>> sort, read = reading_of("%tm")
    >>> read(460)
    '1998-05'
    """
    stata = re.match(r"%-?[0-9]*(?:t(.)|d)(.*)", form)
    if stata:
        unit = stata[1] or "d"
        if unit in "cC" and stata[2].startswith(("HH", "hh")):
            return TIME, lambda number: (_STATA + number * _MILLISECOND).time()
        return _STATA_UNITS.get(unit) or (TEXT, lambda number: f"{number} ({form})")
    spss = re.match(r"([A-Z]+)[0-9.]*$", form)
    return _SPSS_UNITS.get(spss[1]) if spss else None


def _week(number: float) -> str:
    """A week of Stata, as a period: each year has 52, and the last is longer."""
    year, week = 1960 + int(number) // 52, int(number) % 52
    first = dt.date(year, 1, 1) + dt.timedelta(weeks=week)
    last = first + dt.timedelta(days=6) if week < 51 else dt.date(year, 12, 31)
    return f"{first}/{last}"


def _half(number: float) -> str:
    """Half a year of Stata, as a period."""
    year = 1960 + int(number) // 2
    return f"{year}-07-01/{year}-12-31" if int(number) % 2 else f"{year}-01-01/{year}-06-30"


def _spss(number: float) -> dt.datetime:
    """A point in time of SPSS."""
    return _SPSS + number * _SECOND


def _spss_week(number: float) -> str:
    """The week of a day of SPSS, as a period: the first begins with the year."""
    day = _spss(number).date()
    week = (day.timetuple().tm_yday - 1) // 7
    first = dt.date(day.year, 1, 1) + dt.timedelta(weeks=week)
    return f"{first}/{min(first + dt.timedelta(days=6), dt.date(day.year, 12, 31))}"


def _quarter(day: dt.date) -> str:
    """The quarter of a day."""
    return f"{day.year}q{(day.month + 2) // 3}"


_STATA_UNITS: dict[str, Reading] = {
    "d": (DAY, lambda number: _STATA.date() + dt.timedelta(days=number // 1)),
    "c": (MOMENT, lambda number: _STATA + number * _MILLISECOND),
    "C": (MOMENT, lambda number: _STATA + number * _MILLISECOND),
    "w": (TEXT, _week),
    "m": (TEXT, lambda number: f"{1960 + int(number) // 12}-{int(number) % 12 + 1:02}"),
    "q": (TEXT, lambda number: f"{1960 + int(number) // 4}q{int(number) % 4 + 1}"),
    "h": (TEXT, _half),
    "y": (NUMBER, int),
}
_SPSS_UNITS: dict[str, Reading] = {
    **dict.fromkeys(
        ("DATE", "ADATE", "EDATE", "JDATE", "SDATE"), (DAY, lambda number: _spss(number).date())
    ),
    **dict.fromkeys(("DATETIME", "YMDHMS"), (MOMENT, _spss)),
    "TIME": (TIME, lambda number: (_SPSS + number * _SECOND).time()),
    "MOYR": (TEXT, lambda number: f"{_spss(number):%Y-%m}"),
    "QYR": (TEXT, lambda number: _quarter(_spss(number))),
    "WKYR": (TEXT, _spss_week),
}


def in_stata(value: Any) -> float:
    """A day, a point in time or a time of day as Stata counts it."""
    if isinstance(value, dt.time):
        value = dt.datetime.combine(_STATA, value)
    if isinstance(value, dt.datetime):
        return (value - _STATA) / _MILLISECOND
    days: int = (value - _STATA.date()).days
    return days


def in_spss(value: Any) -> float:
    """A day, a point in time or a time of day as SPSS counts it."""
    if isinstance(value, dt.time):
        value = dt.datetime.combine(_SPSS, value)
    if isinstance(value, dt.datetime):
        return (value - _SPSS) / _SECOND
    days: int = (value - _SPSS.date()).days
    return days * _DAY
