"""From what was typed to a day or a period.

A closed grammar reads every form, because dateutil's parser fills what is missing from
today's date, guesses the order of day and month, and reads the year 0092 as 1992. dateutil
counts back from today, for `3 months ago`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re

from cstocli.core.days import When
from cstocli.errors import Refused
from cstocli.escape import quoted

LONGEST = 40
"""The length, in characters, beyond which nothing is read as a date."""
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_RUSSIAN = (
    ("январь", "января"), ("февраль", "февраля"), ("март", "марта"), ("апрель", "апреля"),
    ("май", "мая"), ("июнь", "июня"), ("июль", "июля"), ("август", "августа"),
    ("сентябрь", "сентября"), ("октябрь", "октября"), ("ноябрь", "ноября"),
    ("декабрь", "декабря"),
)  # fmt: skip
_MONTHS = {
    **{name: name for name in _ENGLISH},
    **{name[:3]: name for name in _ENGLISH},
    "sept": "september",
    **{form: name for name, forms in zip(_ENGLISH, _RUSSIAN, strict=True) for form in forms},
}
_NUMERIC = (
    "([0-9]{4})-([0-9]{2})-([0-9]{2})",
    "([0-9]{4})",
    "([0-9]{4})-([0-9]{2})",
    "([0-9]{4})/([0-9]{2})/([0-9]{2})",
    "([0-9]{4})([0-9]{2})([0-9]{2})",
)
"""Year, month and day; patterns are compiled when they are needed, which few are."""
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[^\W\d_]{3,9})\.?"
_YEAR = r"(?P<year>[0-9]{4})(?: ?г\.?| года)?"
_WORDED = (f"(?:{_DAY} )?{_MONTH},? {_YEAR}", f"{_MONTH} {_DAY},? {_YEAR}")
_AGO = "(?P<number>[0-9]{1,4}|an?|one) (?P<unit>day|week|month|year)s? ago|yesterday"
_DAY_AND_MONTH = "([0-9]{1,2})([./-])([0-9]{1,2})\\2([0-9]{4})"
_FLOAT = "[0-9]{4}[.]0+"
_SHORT_ISO = "([0-9]{4})([-/.])([0-9]{1,2})(?:\\2([0-9]{1,2}))?"
_WEEKDAY = r".*\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b.*"
_REASONS = (
    ("-.*", "there are no years before 1"),
    (_WEEKDAY, "leave out the day of the week"),
    ("[0-9]{4}-?w[0-9].*", "weeks are not read"),
    ("[0-9]{4}[-0-9]*/[0-9]{4}[-0-9]*", "a period is typed as --from A --to B"),
    (".*[0-9]:[0-9].*|.*[0-9]t[0-9].*|.*[0-9]z", "leave out the time of day and the zone"),
    ("[0-9]{6}", "type a month as 2007-01 and a day as 2007-01-20"),
    ("[0-9]+", "a bare number is a year of four digits or a day of eight"),
    ("(?!.*[0-9]{4}).*[^0-9][0-9]{2}", "type the year with four digits"),
)
_EXAMPLES = (
    "type a day (2007-01-01, 15 May 1992), a month (2007-01), a year (2007), "
    "today, yesterday or '3 years ago'"
)


def today() -> dt.date:
    """Today, or the day that the environment variable CSTO_TODAY pins.

    Raises Refused when the variable holds anything but YYYY-MM-DD.
    """
    pinned = os.environ.get("CSTO_TODAY")
    if not pinned:
        return dt.date.today()
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", pinned):
        try:
            return dt.date.fromisoformat(pinned)
        except ValueError:
            pass
    raise Refused(f"the environment variable CSTO_TODAY is {quoted(pinned)}: it must be a day, "
                  "YYYY-MM-DD")  # fmt: skip


def parse(text: str, today: dt.date) -> When:
    """Read a day, a month or a year; relative words are counted from `today`.

    Raises Refused, with the reason and what to type instead.
    """
    if len(text) > 10 * LONGEST or len(text := text.strip()) > LONGEST:
        raise Refused(f"{quoted(text, LONGEST)} is too long for a date: {_EXAMPLES}")
    words = " ".join(text.lower().split())
    for form in _NUMERIC:
        numeric = re.fullmatch(form, words)
        if numeric:
            return _period(text, *map(int, numeric.groups()))
    for form in _WORDED:
        worded = re.fullmatch(form, words)
        if worded and worded["month"] in _MONTHS:
            month = _ENGLISH.index(_MONTHS[worded["month"]]) + 1
            day = worded.groupdict().get("day")
            return _period(text, int(worded["year"]), month, int(day) if day else None)
    relative = _relative(words, today)
    if relative:
        return When(relative, relative, relative.isoformat())
    raise Refused(f"{quoted(text)} is not a date that can be read: {_reason(words)}")


def _period(text: str, year: int, month: int | None = None, day: int | None = None) -> When:
    """The day, month or year that numbers name, or the reason why there is none."""
    if year < 1:
        raise Refused(f"{quoted(text)}: there is no year 0")
    if month is None:
        return When(dt.date(year, 1, 1), dt.date(year, 12, 31), f"{year:04}")
    if not 1 <= month <= 12:
        raise Refused(f"{quoted(text)}: there is no month {month:02}; type YYYY-MM-DD")
    if day is not None:
        with contextlib.suppress(ValueError):
            return When.day(dt.date(year, month, day))
    if day is not None:
        raise Refused(f"{quoted(text)}: {_days_of(year, month)}")
    first = dt.date(year, month, 1)
    return When(first, first.replace(day=_last_day(year, month)), f"{year:04}-{month:02}")


def _last_day(year: int, month: int) -> int:
    """How many days a month has."""
    from calendar import monthrange  # a millisecond that the commonest questions do not need

    return monthrange(year, month)[1]


def _days_of(year: int, month: int) -> str:
    """Which days a month has, in words."""
    return f"{_ENGLISH[month - 1].title()} {year} has days 1 to {_last_day(year, month)}"


def _relative(words: str, today: dt.date) -> dt.date | None:
    """The day that a word or phrase such as `3 years ago` means today, if it is one."""
    if words == "today":
        return today
    ago = re.fullmatch(_AGO, words)
    if not ago:
        return None
    from dateutil.relativedelta import relativedelta

    number = int(ago["number"]) if ago["number"] and ago["number"].isdigit() else 1
    unit = ago["unit"] or "day"
    try:
        return today - relativedelta(
            days=number * (unit == "day"),
            weeks=number * (unit == "week"),
            months=number * (unit == "month"),
            years=number * (unit == "year"),
        )
    except (ValueError, OverflowError) as error:
        raise Refused(f"{quoted(words)} is before the year 1") from error


def _reason(words: str) -> str:
    """Why something is no date, and what to type instead."""
    if any(letter.isdigit() and not letter.isascii() for letter in words):
        return "type the digits 0 to 9"
    day_and_month = re.fullmatch(_DAY_AND_MONTH, words)
    if day_and_month:
        return _readings(int(day_and_month[1]), int(day_and_month[3]), int(day_and_month[4]))
    if re.fullmatch(_FLOAT, words):
        return f"type {words[:4]}"
    short = re.fullmatch(_SHORT_ISO, words)
    if short:
        return f"type {'-'.join(part.zfill(2) for part in short.group(1, 3, 4) if part)}"
    for form, reason in _REASONS:
        if re.fullmatch(form, words):
            return f"{reason}; {_EXAMPLES}"
    return _EXAMPLES


def _readings(one: int, two: int, year: int) -> str:
    """Both readings of a day and a month in numbers, as far as there are such days."""
    readings: dict[dt.date, str] = {}
    for order, month, day in (("month first", one, two), ("day first", two, one)):
        try:
            readings.setdefault(dt.date(year, month, day), order)
        except ValueError:
            continue
    if not readings:
        month = two if 1 <= two <= 12 else one
        known = 1 <= month <= 12 and year > 0
        return f"{_days_of(year, month) if known else 'there is no such day'}; type YYYY-MM-DD"
    if len(readings) == 1:
        return f"type {next(iter(readings))}"
    both = " or ".join(f"{day} ({order})" for day, order in readings.items())
    return f"it can mean {both}; type the one that you mean"
