"""From what was typed, or stands in a cell, to a day or a period.

A closed grammar reads every form, because dateutil's parser fills what is missing from
today's date, guesses the order of day and month, and reads the year 0092 as 1992. dateutil
counts back from today, for `3 months ago`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
from collections.abc import Iterator

from cstocli.core.days import DAY, When, month_end
from cstocli.errors import Refused
from cstocli.escape import quoted

LONGEST = 60
"""The length, in characters, beyond which nothing is read as a date."""
_NAMES = (
    "january jan январь января янв",
    "february feb февраль февраля фев февр",
    "march mar март марта мар",
    "april apr апрель апреля апр",
    "may май мая",
    "june jun июнь июня июн",
    "july jul июль июля июл",
    "august aug август августа авг",
    "september sep sept сентябрь сентября сен сент",
    "october oct октябрь октября окт",
    "november nov ноябрь ноября ноя нояб",
    "december dec декабрь декабря дек",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
"""The number of the month that each name means."""

_YEAR = "(?P<year>[0-9]{4})"
_DAY = "(?P<day>[0-9]{1,2})"
_NTH = f"{_DAY}(?:st|nd|rd|th)?"
_MONTH = "(?P<month>[0-9]{1,2})"
_NAME = r"(?P<month>[^\W\d_]{3,9})"
_NUMERIC = (
    rf"{_YEAR}-{_MONTH}",
    rf"{_YEAR}(?P<gap>[-/.]|\. ){_MONTH}(?P=gap){_DAY}",
    rf"{_YEAR}(?:\.0*|,0+)?",
    rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})(?:[.,]0+)?",
    rf"{_MONTH}[-/.]{_YEAR}",
)
"""Year, month and day; patterns are compiled when they are needed, which few are."""
_WORDED = (
    rf"{_NTH}(?P<gap>\. |[ ./-]|)(?:of )?{_NAME}\.?(?:(?P=gap)|, ?| ){_YEAR}",
    rf"{_NAME}\.?(?:[ ./-]|, ?|){_YEAR}",
    rf"{_NAME}(?:(?P<gap>[./-])|\.? ?){_NTH}(?:(?P=gap)|, ?| ){_YEAR}",
    rf"{_YEAR}(?P<gap>[ ./-]|){_NAME}\.?(?:(?P=gap){_NTH})?",
    f"{_YEAR}[- ]?m{_MONTH}",
)
_PARTS = (
    f"{_YEAR}[- /]?(?P<part>[qh])(?P<number>[0-9])",
    f"(?P<part>[qh])(?P<number>[0-9])(?:, ?|[- /]?){_YEAR}",
    rf"(?P<number>[0-9])(?:-?й)? ?(?P<part>[qh]|кв\.?|квартал),? ?{_YEAR}",
)
"""Quarters and halves of a year."""
_DAY_AND_MONTH = r"([0-9]{1,2})([-/.]|\. )([0-9]{1,2})\2([0-9]{4})"
_RUSSIAN_YEAR = r"(?<=[0-9]) ?(?:г\.?|года?)$"
_ZONE = "(?: ?(?:z|utc|gmt))?(?: ?[+-](?:0[0-9]|1[0-4])(?::?[0-5][0-9])?)?(?: utc)?"
_MIDNIGHT = (
    r"(?P<day>.*?[^ ,])(?:(?:,? |t|:)(?:0?0:00(?::00(?:[.,]0{1,9})?)?"
    rf"|12:00(?::00(?:[.,]0{{1,9}})?)? ?a\.?m\.?)|t00(?:00){{0,2}}){_ZONE}"
)
_BETWEEN = (" to ", "..", "–", " - ", "/")
"""What stands between the two ends of a period; the last three may stand in a date as well."""
_YEARS = "([0-9]{4})-((?:1[3-9]|[2-9][0-9])[0-9]{2})"
"""Two years; the second is no month and day, which a year might be."""
_AGO = "(?P<number>[0-9]{1,4}|an?|one) (?P<unit>day|week|month|year)s? ago|yesterday"


def today() -> dt.date:
    """Today, or the day that the environment variable CSTO_TODAY pins.

    Raises Refused when the variable holds anything but YYYY-MM-DD.
    """
    pinned = os.environ.get("CSTO_TODAY")
    if not pinned:
        return dt.date.today()
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", pinned):
        with contextlib.suppress(ValueError):
            return dt.date.fromisoformat(pinned)
    raise Refused(f"the environment variable CSTO_TODAY is {quoted(pinned)}: it must be a day, "
                  "YYYY-MM-DD")  # fmt: skip


def parse(text: str, today: dt.date) -> When:
    """Read a day, a month, a quarter, a year or a period; relative words count from `today`.

    Raises Refused, with the reason and what to type instead.
    """
    if len(text) == len("YYYY-MM-DD") and text[4] == text[7] == "-":
        try:
            return When.day(dt.date.fromisoformat(text))
        except ValueError:
            pass
    if len(text) == len("YYYY") and text.isascii() and text.isdigit():
        return named(text, int(text))
    if len(text) > 10 * LONGEST or len(text := text.strip()) > LONGEST:
        from cstocli.reading import undated

        raise Refused(f"{quoted(text)} is too long for a date: {undated.EXAMPLES}")
    words = " ".join(text.lower().split())
    when = (
        _dated(text, words)
        or _relative(words, today)
        or _midnight(text, words)
        or _period(text, words, today)
    )
    if when:
        return when
    from cstocli.reading import undated  # which only a refusal needs

    reason = undated.reason(words, lambda words: _readable(words, today))
    raise Refused(f"{quoted(text)} is not a date that can be read: {reason}")


def named(text: str, year: int, month: int | None = None, day: int | None = None) -> When:
    """The day, month or year that numbers name; raises Refused where there is none."""
    if year < 1:
        raise Refused(f"{quoted(text)}: there is no year 0")
    if month is None:
        return When(dt.date(year, 1, 1), dt.date(year, 12, 31), f"{year:04}")
    if not 1 <= month <= 12:
        from cstocli.reading import undated

        advice = undated.instead_of_month(year, month, day)
        raise Refused(f"{quoted(text)}: there is no month {month:02}{advice}")
    first = dt.date(year, month, 1)
    last = month_end(first)
    if day is None:
        return When(first, last, f"{year:04}-{month:02}")
    if 1 <= day <= last.day:
        return When.day(first.replace(day=day))
    name = _NAMES[month - 1].split()[0].title()
    raise Refused(f"{quoted(text)}: {name} {year} has days 1 to {last.day}")


def _dated(text: str, words: str) -> When | None:
    """The day, month, quarter or year of the calendar that is written in words, if one is."""
    words = re.sub(_RUSSIAN_YEAR, "", words)
    spelt = any(map(str.isalpha, words))
    for found in _matches(_WORDED if spelt else _NUMERIC, words):
        said = found.groupdict()
        month, day = said.get("month"), said.get("day")
        if month and month.isalpha() and month not in MONTHS:
            continue
        number = (MONTHS.get(month) or int(month)) if month else None
        return named(text, int(said["year"]), number, int(day) if day else None)
    for found in _matches(_PARTS if spelt else (), words):
        return _part(text, int(found["year"]), found["part"], int(found["number"]))
    for found in _matches((_DAY_AND_MONTH,), words):
        return _day_and_month(text, int(found[1]), int(found[3]), int(found[4]))
    return None


def _matches(forms: tuple[str, ...], words: str) -> Iterator[re.Match[str]]:
    """How a text matches each of the forms that it has."""
    return filter(None, (re.fullmatch(form, words) for form in forms))


def _part(text: str, year: int, kind: str, number: int) -> When:
    """A quarter or a half of a year."""
    letter, name, length = ("H", "half", 6) if kind == "h" else ("Q", "quarter", 3)
    known = [f"{year:04}-{letter}{part}" for part in range(1, 12 // length + 1)]
    if not 1 <= number <= len(known):
        advice = f"; type {', '.join(known[:-1])} or {known[-1]}" if year else ""
        raise Refused(f"{quoted(text)}: there is no {name} {number}{advice}")
    last = named(text, year, number * length)
    return When(last.first_day.replace(month=last.first_day.month - length + 1), last.last_day,
                known[number - 1])  # fmt: skip


def _day_and_month(text: str, one: int, two: int, year: int) -> When:
    """The day that two numbers and a year name, where there is one such day only."""
    readings: dict[dt.date, str] = {}
    for order, month, day in (("month first", one, two), ("day first", two, one)):
        with contextlib.suppress(ValueError):
            readings.setdefault(dt.date(year, month, day), order)
    if not readings:
        return named(text, year, *((two, one) if 1 <= two <= 12 else (one, two)))
    if len(readings) == 1:
        return When.day(*readings)
    both = " or ".join(f"{day} ({order})" for day, order in readings.items())
    raise Refused(f"{quoted(text)} is not a date that can be read: it can mean {both}; type the "
                  "one that you mean")  # fmt: skip


def _midnight(text: str, words: str) -> When | None:
    """The day at whose beginning a moment lies, whatever its zone, if it is the beginning."""
    found = re.fullmatch(_MIDNIGHT, words) if "00" in words else None
    when = _dated(text, found["day"]) if found else None
    return when if when and when.is_day else None


def _period(text: str, words: str, today: dt.date) -> When | None:
    """The days from the first of one date to the last of another, if there are two.

    A midnight is no end, because it can mean the day before. Behind a year alone stands another
    year, because 2013/02-2018 may begin with a month.
    """
    years = re.fullmatch(_YEARS, words)
    pairs = [years.groups()] if years else [
        words.removeprefix("from ").split(between) for between in _BETWEEN]  # fmt: skip
    for place, pair in enumerate(pairs):
        if len(pair) != 2:
            continue
        one, two = (end.strip() for end in pair)
        first = _dated(text, one) or _relative(one, today)
        last = _relative(two, today)
        if not last and (place < 2 or len(one) > len("YYYY") or two[:4].isdigit()):
            last = _dated(text, two)
        if first and last:
            return _lasting(text, first.first_day, last.last_day)
    return None


def _lasting(text: str, first: dt.date, last: dt.date) -> When:
    """The period from one day to another, if they come in this order."""
    if first > last:
        raise Refused(f"{quoted(text)}: the period ends, on {last}, before it begins, on {first}")
    return When.day(first) if first == last else When(first, last, f"{first}/{last}")


def _relative(words: str, today: dt.date) -> When | None:
    """The day or period that a word or phrase such as `3 years ago` means today, if it is one."""
    if words in ("today", "now"):
        return When.day(today)
    which, _, unit = words.partition(" ")
    try:
        if which in ("this", "last") and unit in ("month", "quarter", "year"):
            return _around(today, unit) if which == "this" else _before(today, unit)
        ago = re.fullmatch(_AGO, words)
        return When.day(_counted_back(today, ago)) if ago else None
    except (ValueError, OverflowError) as error:
        raise Refused(f"{quoted(words)} is before the year 1") from error


def _around(day: dt.date, unit: str) -> When:
    """The month, quarter or year that a day lies in."""
    if unit == "quarter":
        return _part("", day.year, "q", (day.month + 2) // 3)
    return named("", day.year, day.month if unit == "month" else None)


def _before(day: dt.date, unit: str) -> When:
    """The month, quarter or year before the one that a day lies in."""
    return _around(_around(day, unit).first_day - DAY, unit)


def _counted_back(today: dt.date, ago: re.Match[str]) -> dt.date:
    """The day that is so many days, weeks, months or years ago."""
    from dateutil.relativedelta import relativedelta

    number = int(ago["number"]) if ago["number"] and ago["number"].isdigit() else 1
    unit = ago["unit"] or "day"
    return today - relativedelta(
        days=number * (unit == "day"),
        weeks=number * (unit == "week"),
        months=number * (unit == "month"),
        years=number * (unit == "year"),
    )


def _readable(words: str, today: dt.date) -> When | None:
    """What a text means that might be typed instead, if it can be read."""
    with contextlib.suppress(Refused):
        return _dated(words, words) or _period(words, words, today)
    return None
