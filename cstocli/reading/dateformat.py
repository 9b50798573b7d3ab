"""From the cells of a column whose dates are written as a format says, to days and periods.

The directives are those of `strptime`, which itself takes the names of months from the locale
and digits from any script, and knows a day of the year 1900 where a format has none.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from cstocli.core.days import DAY, When
from cstocli.errors import Refused
from cstocli.escape import quoted, shown
from cstocli.reading.dates import LONGEST, MONTHS, named

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join([*_WEEKDAYS, *(name[:3] for name in _WEEKDAYS)])
_DIRECTIVES = {
    "Y": ("year", "(?!0000)[0-9]{4}"),
    "m": ("month", "0[1-9]|1[0-2]"),
    "b": ("month", _NAMES),
    "B": ("month", _NAMES),
    "d": ("day", "0[1-9]|[12][0-9]|3[01]"),
    "j": ("day of the year", "[0-3][0-9]{2}"),
    "a": ("weekday", _WEEKDAY),
    "A": ("weekday", _WEEKDAY),
    "H": ("hour", "[01][0-9]|2[0-3]"),
    "I": ("hour", "0[1-9]|1[0-2]"),
    "M": ("minute", "[0-5][0-9]"),
    "S": ("second", "[0-5][0-9]"),
    "f": ("fraction", "[0-9]{6}"),
    "p": ("half of the day", "am|pm"),
}
"""What each directive means, and what it matches where digits stand beside it."""
_LONE = {
    "m": "0?[1-9]|1[0-2]",
    "d": "0?[1-9]|[12][0-9]|3[01]",
    "j": "[0-9]{1,3}",
    "H": "[01]?[0-9]|2[0-3]",
    "I": "0?[1-9]|1[0-2]",
    "f": "[0-9]{1,9}",
}
"""What it matches elsewhere, where a zero may be missing."""
_SHORT = {"%F": "%Y-%m-%d", "%T": "%H:%M:%S", "%R": "%H:%M", "%h": "%b", "%e": "%d"}
_READ = " ".join(f"%{letter}" for letter in _DIRECTIVES)
_SPELT = (("yyyy", "%Y"), ("mmmm", "%B"), ("mmm", "%b"), ("mm", "%m"), ("dd", "%d"))
"""How spreadsheets write what `strptime` writes otherwise."""


def check_format(format: str) -> None:
    """Raise Refused, with the reason and what to type instead, for what is no format of dates.

    A format has a year; without a day it is one of months, without a month one of years. A time
    of day may stand in it, and is passed over.
    """
    if not isinstance(format, str):
        raise Refused(f"{shown(format)} is no format of dates; one is %Y-%m-%d")
    _compiled(format)


def with_format(text: str, format: str) -> When:
    """Read a day, a month or a year that is written as a format says, and in no other way.

    Raises Refused where it is not, and where the format is none.
    """
    pattern = _compiled(format)
    short = len(text) <= 10 * LONGEST and len(text := text.strip()) <= LONGEST
    found = pattern.fullmatch(text.lower()) if short else None
    if not found:
        raise Refused(f"{quoted(text)} is not written as the format {quoted(format)} says")
    part = found.groupdict()
    year, month, day = int(part["year"]), part.get("month"), part.get("day")
    if part.get("day_of_the_year"):
        return _day_of_the_year(text, year, int(part["day_of_the_year"]))
    number = (MONTHS.get(month) or int(month)) if month else None
    when = named(text, year, number, int(day) if day else None)
    weekday = part.get("weekday")
    if weekday and not _WEEKDAYS[when.first_day.weekday()].startswith(weekday):
        right = _WEEKDAYS[when.first_day.weekday()].title()
        raise Refused(f"{quoted(text)}: {when.text} was a {right}")
    return when


def _day_of_the_year(text: str, year: int, number: int) -> When:
    """The day that a number counts from the first day of a year."""
    last = dt.date(year, 12, 31).timetuple().tm_yday
    if not 1 <= number <= last:
        raise Refused(f"{quoted(text)}: {year:04} has days 1 to {last}")
    return When.day(dt.date(year, 1, 1) + (number - 1) * DAY)


@lru_cache(maxsize=8)
def _compiled(format: str) -> re.Pattern[str]:
    """What matches the texts that a format describes, in small letters."""
    if len(format) > LONGEST:
        raise _refused(format, "it is too long")
    whole = re.sub("%.", lambda piece: _SHORT.get(piece[0], piece[0]), format.strip())
    pieces = re.findall(r"%.?|\s+|[^%\s]", whole, re.DOTALL)
    said: list[str] = []
    written: list[str] = []
    for place, piece in enumerate(pieces):
        if piece[0] != "%" or piece == "%%":
            written.append(r"\s+" if piece.isspace() else re.escape(piece[-1].lower()))
            continue
        meaning, pattern = _meant(format, piece)
        if not {*pieces[max(place - 1, 0) : place], *pieces[place + 1 : place + 2]} & _DIGITS:
            pattern = _LONE.get(piece[1], pattern)
        written.append(f"(?P<{meaning.replace(' ', '_')}>{pattern})")
        said.append(meaning)
    _check(format, said)
    return re.compile("".join(written))


_DIGITS = {*"0123456789", *(f"%{letter}" for letter in "YmdjHIMSf")}
"""The pieces of a format that stand for digits."""


def _meant(format: str, piece: str) -> tuple[str, str]:
    """What a directive means, and what it matches where digits stand beside it."""
    if piece == "%y":
        raise _refused(format, "%y names no century; a year has four digits, %Y")
    if piece[1:] not in _DIRECTIVES:
        raise _refused(format, f"{quoted(piece)} is not read; what is read is {_READ}")
    return _DIRECTIVES[piece[1:]]


def _check(format: str, said: list[str]) -> None:
    """Refuse a format that says something twice, or a part without the greater one."""
    twice = [meaning for meaning in said if said.count(meaning) > 1]
    if twice:
        raise _refused(format, f"it has the {twice[0]} twice")
    if "year" not in said:
        spelt = format.lower()
        for written, directive in _SPELT:
            spelt = spelt.replace(written, directive)
        raise _refused(format, "it has no year, which is %Y", spelt)
    if "day of the year" in said and {"month", "day", "weekday"} & {*said}:
        raise _refused(format, "a day of the year, %j, needs no other directive but %Y")
    for part, whole in (("day", "month"), ("weekday", "day")):
        if part in said and whole not in said:
            raise _refused(format, f"it has a {part} and no {whole}")


def _refused(format: str, reason: str, instead: str = "") -> Refused:
    """The refusal of a format, with what to type instead if that is one."""
    advice = ""
    if "%Y" in instead:
        try:
            check_format(instead)
            advice = f"; type {instead}"
        except Refused:
            pass
    return Refused(f"{quoted(format)} is no format of dates: {reason}{advice}")
