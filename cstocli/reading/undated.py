"""Why a text is no date, and what to type instead: never what would be refused again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from cstocli.core.days import When

EXAMPLES = (
    "type a day (2007-01-01, 15 May 1992), a month (2007-01), a year (2007), "
    "today, yesterday or '3 years ago'"
)
_CHOOSE = "type the one that you mean"

Read = Callable[[str], When | None]
"""What a text means, or None where it cannot be read either."""

_WEEKDAY = r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_CLOCK = r"(?:[01]?[0-9]|2[0-3]):[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)? ?(?:[ap]\.?m\.?)?"
_ZONE = "(?:z|utc|msk|[a-z]{2,3}t|[+-][0-9]{2}(?::?[0-9]{2})?)"


def reason(words: str, read: Read) -> str:
    """Why a text is no date, and what to type instead.

    What is suggested is first read, by what reads all that is typed.
    """
    if any(letter.isdigit() and not letter.isascii() for letter in words):
        return "type the digits 0 to 9"
    for form, explain in _EXPLAINED:
        found = re.fullmatch(form, words)
        said = explain(found, read) if found else None
        if said:
            return said
    for form, said in _REASONS:
        if re.fullmatch(form, words):
            return f"{said}; {EXAMPLES}"
    return EXAMPLES


def instead_of_month(year: int, month: int, day: int | None) -> str:
    """What may have been meant by a number that is no month, as the end of a refusal."""
    if day is None:
        split = month == (year + 1) % 100 and year < 9999
        return f"; type {year:04}/{year + 1:04} for the two years" if split else ""
    orders = [(year, day, month)]
    if month in (19, 20):  # the century of a year that stands last
        one, two, last = year // 100, year % 100, 100 * month + day
        orders = [(last, two, one), (last, one, two)]
    meant = dict.fromkeys(filter(None, (_day(*order) for order in orders)))
    return f"; type {' or '.join(meant)}" if meant else ""


def _day(year: int, month: int, day: int) -> str | None:
    """A day as it is typed, if there is such a day."""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _typed(read: Read, *texts: str) -> list[str]:
    """Those of some texts that can be read."""
    return [text for text in texts if read(text)]


def _month_or_years(found: re.Match[str], read: Read) -> str | None:
    """2006/07 is a month, or 2006 and 2007."""
    year, digits = int(found[1]), found[2]
    ten = 10 ** len(digits)
    last = year - year % ten + int(digits)
    if (year + 1) % ten == int(digits):
        last = year + 1
    months = _typed(read, f"{found[1]}-{digits.zfill(2)}")
    years = _typed(read, f"{found[1]}/{last:04}") if last > year else []
    if months and years:
        return f"it can mean {months[0]} (a month) or {years[0]} (years); {_CHOOSE}"
    return f"type {(months or years)[0]}" if months or years else None


def _fraction(found: re.Match[str], read: Read) -> str | None:
    """2006.5 and 2006.06 are numbers; a month is written otherwise."""
    months = _typed(read, f"{found[1]}-{found[2].zfill(2)}", f"{found[1]}-01")
    if not months:
        return None
    return f"a year has no fraction; type the year as {found[1]} and a month as {months[0]}"


def _six_digits(found: re.Match[str], read: Read) -> str:
    """200701 is a month, or a day of some century."""
    month = (*_typed(read, f"{found[1]}-{found[2]}"), "2007-01")[0]
    return f"type a month as {month} and a day as {month}-20; {EXAMPLES}"


def _short_year(found: re.Match[str], read: Read) -> str | None:
    """Jan-06 is a month of a year, or a day of any year."""
    month = read(f"{found[1]} 20{found[2]}")
    if not month or not read(f"{found[2]} {found[1]} 2000"):
        return None
    return (
        f"it can mean {month.text} (a month) or {int(found[2])} {found[1].title()} of some year; "
        "type the year with four digits"
    )


def _without(said: str) -> Callable[[re.Match[str], Read], str | None]:
    """What says that something is to be left out, and what is typed then."""

    def explain(found: re.Match[str], read: Read) -> str | None:
        day = read(found["day"])
        return f"{said}; type {day.text}" if day and day.is_day else None

    return explain


_CLOCK_SAID = "leave out the time of day and the zone"
_WEEKDAY_SAID = "leave out the day of the week"
_UNIT = "(?:day|week|month|quarter|year)"
_PERIOD = "a period has a first and a last day, as 2006-06-01/2006-07-31"
_EXPLAINED: Iterable[tuple[str, Callable[[re.Match[str], Read], str | None]]] = (
    ("([0-9]{4})[/–]([0-9]{1,2})", _month_or_years),
    ("([0-9]{4})[.,]([0-9]+)", _fraction),
    ("([0-9]{4})([0-9]{2})", _six_digits),
    (r"([^\W\d_]{3,9})[-/. ]'?([0-9]{2})", _short_year),
    (rf"(?P<day>.+?)(?:,? |t){_CLOCK}(?: ?{_ZONE}){{0,2}}", _without(_CLOCK_SAID)),
    (rf"(?P<day>.+?) ?{_ZONE}", _without(_CLOCK_SAID)),
    (rf"{_WEEKDAY}\.?,? (?P<day>.+)", _without(_WEEKDAY_SAID)),
)
"""Forms that are refused, and what reads out of them what to type."""
_REASONS = (
    ("-.*", "there are no years before 1"),
    (f"tomorrow|next {_UNIT}|in [^ ]+ {_UNIT}s?|.* from now", "it has not come"),
    ("(?:this|last) week", "a week can begin on a Sunday or on a Monday"),
    (f".*{_WEEKDAY}.*", _WEEKDAY_SAID),
    ("[0-9]{4}-?w[0-9].*", "weeks are not read"),
    (r"[-0-9]+(?:/|\.\.)(?:\.\.|p.*)?|(?:\.\.|p.*)?(?:/|\.\.)[-0-9]+", _PERIOD),
    (".*[0-9]:[0-9].*|.*[0-9]t[0-9].*|.*[0-9]z", _CLOCK_SAID),
    ("[0-9]+", "a bare number is a year of four digits or a day of eight"),
    ("(?!.*[0-9]{4}).*[^0-9][0-9]{2}", "type the year with four digits"),
)
