"""From what Python code asks about to days, kinds and bases; what cannot be meant is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from cstocli.core.days import When
from cstocli.core.model import Basis
from cstocli.core.records import Records
from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.reading import dates


def today() -> When:
    """Today, as a question asks about it."""
    return When.day(dates.today())


def when(records: Records, asked: Any, today: When) -> When | None:
    """The day or period that is asked about, or None for None.

    A pair is a period; where one end of it is None, it is the first day of the dataset, or
    today. Raises Refused for what is no day, month or year.
    """
    if asked is None:
        return None
    if isinstance(asked, When):
        return asked
    if isinstance(asked, tuple):
        return _period(records, asked, today)
    return _when(asked, today)


def _period(records: Records, asked: tuple[Any, ...], today: When) -> When | None:
    """From the first day of the first of a pair to the last day of the second."""
    if len(asked) != 2:
        raise Refused(f"a period is a first and a last day, not {len(asked)} values")
    first, last = (when(records, end, today) for end in asked)
    if not first and not last:
        return None
    earliest = records.first_day
    start = first.first_day if first else min(earliest, last.first_day if last else earliest)
    end = last.last_day if last else today.last_day
    if first and not last and start > end:
        end = first.last_day
    if start > end:
        raise Refused(f"the period ends, on {end}, before it begins, on {start}")
    return When(start, end, f"{start}/{end}")


def _when(asked: Any, today: When) -> When:
    """The day, month or year that a value of Python, numpy or pandas means."""
    if isinstance(asked, str):
        return dates.parse(asked, today.first_day)
    if isinstance(asked, dt.date):
        day = asked.date() if isinstance(asked, dt.datetime) else asked
        if asked == asked and isinstance(day, dt.date):  # NaT is a datetime, but not itself
            return When.day(dt.date(day.year, day.month, day.day))
    elif hasattr(asked, "start_time") and hasattr(asked, "end_time"):  # a period of pandas
        first, last = asked.start_time.date(), asked.end_time.date()
        return When(first, last, str(asked))
    elif type(asked).__name__ == "datetime64" and str(asked) != "NaT":
        return dates.parse(str(asked)[: len("YYYY-MM-DD")], today.first_day)
    elif not isinstance(asked, bool) and hasattr(asked, "__int__") and hasattr(asked, "__float__"):
        year = _year(asked)
        if year is not None:
            return dates.parse(f"{year:04}", today.first_day)
    raise Refused(f"{_shown(asked)} is no day, month or year")


def _year(number: Any) -> int | None:
    """The year that a whole number means."""
    try:
        year = int(number)
        return year if year == number and 0 < year < 10_000 else None
    except (TypeError, ValueError, OverflowError, ArithmeticError):
        return None


def _shown(value: Any) -> str:
    """A value in a message."""
    return quoted(repr(value))


def basis(records: Records, name: Any) -> Basis:
    """The basis of that name, or the default one for None; raises Refused for another."""
    if name is None:
        return records.default_basis
    if not isinstance(name, str) or name not in records.bases:
        shown = quoted(name) if isinstance(name, str) else _shown(name)
        raise Refused(f"there is no basis {shown}; there are {', '.join(records.bases)}")
    return records.bases[name]


def kinds(records: Records, asked: Any) -> list[str]:
    """Kinds of act by their names; raises Refused for one that there is not."""
    found = (
        [asked] if isinstance(asked, str) else list(asked) if isinstance(asked, Iterable) else None
    )
    if found is None:
        raise Refused(f"{_shown(asked)} is no list of kinds")
    for kind in found:
        if kind not in records.kinds:
            raise Refused(f"there is no kind {kind!r}")
    return found
