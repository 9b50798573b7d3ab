"""From what Python code asks with to days, words and flags; what cannot be meant is refused.

Values of numpy and pandas are known by the names of their types: neither is imported.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from cstocli.core.days import Days, When
from cstocli.core.model import Basis, Named
from cstocli.core.records import Records
from cstocli.errors import Refused
from cstocli.escape import quoted, shown
from cstocli.reading import dates

if TYPE_CHECKING:
    from cstocli.reading.names import Names

_FLAGS = ("bool", "bool_")
"""The names of the types of True and False; that of numpy's depends on its release."""
_FIRST_YEAR = 1000
"""A smaller number can be a short 1999, and is no year in a text or a cell either."""


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
    if isinstance(asked, tuple) and not isinstance(asked, When):
        return _period(records, asked, today)
    return _when(asked, today)


def _period(records: Records, asked: tuple[Any, ...], today: When) -> When | None:
    """From the first day of the first of a pair to the last day of the second."""
    if len(asked) != 2:
        raise Refused(f"a period is a first and a last day, not {len(asked)} values")
    first, last = (None if end is None else _when(end, today) for end in asked)
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


def checked_through(asked: Any, today: When) -> dt.date | None:
    """The day up to which something was checked, of a month or a year its last; None for None.

    Raises Refused for a day that has not come.
    """
    found = asked if asked is None or isinstance(asked, When) else _when(asked, today)
    if found and found.last_day > today.last_day:
        raise Refused(f"nothing was checked up to {found.text}, which has not come yet")
    return found.last_day if found else None


def _when(asked: Any, today: When) -> When:
    """The day, month or year that a value of Python, numpy or pandas means."""
    if isinstance(asked, When):
        return asked
    if isinstance(asked, str):
        return dates.parse(asked, today.first_day)
    year = _year(asked)
    if year:
        return dates.parse(f"{year:04}", today.first_day)
    days = _days(asked)
    if not days:
        raise Refused(f"{shown(asked)} is no day, month or year")
    return When.day(days[0]) if days[0] == days[1] else When(*days, str(asked))


def _days(asked: Any) -> Days | None:
    """The first and the last day of a value of datetime, pandas or numpy."""
    kind = type(asked).__name__
    if kind == "Period":
        ends = asked.asfreq("D", "start"), asked.asfreq("D", "end")
    elif kind == "datetime64":
        first, last = asked.astype("datetime64[D]"), (asked + 1).astype("datetime64[D]") - 1
        ends = first.item(), max(first, last).item()
    elif isinstance(asked, dt.date) and asked == asked:  # NaT is a datetime, but not itself
        ends = asked, asked
    else:
        return None
    try:
        first, last = (dt.date(day.year, day.month, day.day) for day in ends)
    except (AttributeError, ValueError):  # of numpy, what is no day of the calendar is a number
        return None
    return first, last


def _year(asked: Any) -> int | None:
    """The year that a whole number means: one of four digits, as where it is typed."""
    if type(asked).__name__ in (*_FLAGS, "datetime64", "timedelta64") or hasattr(asked, "__len__"):
        return None
    try:
        year = int(asked)
        return year if year == asked and _FIRST_YEAR <= year <= dt.MAXYEAR else None
    except (TypeError, ValueError, ArithmeticError):
        return None


def states(
    names: Names, texts: Iterable[str | Named], state_code: Any, days: Days
) -> tuple[list[Named], list[str]]:
    """The states that texts mean in a scheme where these days are asked about, and what must be
    said of how they were read; raises Refused for what names none.
    """
    if isinstance(state_code, str) and state_code == "auto":
        typed = list(texts)
        found = [names.understood(text) for text in typed]
        mended = [
            f"{quoted(str(text).strip())} was read as {one.state.name}."
            for text, one in zip(typed, found, strict=True)
            if one.mended
        ]
        return [one.state for one in found], mended
    from cstocli.reading.columns import Missing, StateColumn
    from cstocli.reading.names import former_state

    column = StateColumn(names, state_code, Missing())
    readings = [column.told(text).on(days) for text in texts]
    named = [former_state(one.state.code) or one.state for one in readings]
    return named, [one.note for one in readings if one.note]


def flag(asked: Any, name: str) -> bool:
    """Whether a flag is set; raises Refused for what is neither True nor False."""
    if type(asked).__name__ not in _FLAGS:
        raise Refused(f"{name} is True or False, not {shown(asked)}")
    return bool(asked)


def text(asked: Any, name: str) -> str:
    """A text; raises Refused for what is none."""
    if not isinstance(asked, str):
        raise Refused(f"{shown(asked)} is no text: {name} is given by its name")
    return asked


def texts(asked: Any, name: str) -> tuple[str, ...]:
    """Some texts, or one that stands by itself; raises Refused for what is none."""
    if isinstance(asked, str):
        return (asked,)
    try:
        found = tuple(asked)
    except TypeError:  # also of an array of numpy without dimensions, which is an Iterable
        found = (None,)
    if not all(isinstance(one, str) for one in found):
        raise Refused(f"{shown(asked)} is no list of texts, as {name} are")
    return found


def delimiter(asked: Any) -> str | None:
    """What separates cells, or None; raises Refused for what is not one character."""
    if asked is None:
        return None
    if isinstance(asked, str) and re.fullmatch('[^"\r\n\ud800-\udfff]', asked):
        return asked
    raise Refused(f"{shown(asked)} is not one character, such as ; or tab")


def word(asked: Any, known: Collection[str], name: str) -> str:
    """One of a few words; raises Refused, with all of them, for another."""
    if isinstance(asked, str) and asked in known:
        return str(asked)
    raise Refused(f"there is no {name} {shown(asked)}; there are {', '.join(known)}")


def basis(records: Records, name: Any) -> Basis:
    """The basis of that name, or the default one for None; raises Refused for another."""
    if name is None:
        return records.default_basis
    return records.bases[word(name, records.bases, "basis")]


def source(known: Collection[str], id: Any) -> str | None:
    """The id of a source, or None; raises Refused for one that is not there."""
    if id is not None and not (isinstance(id, str) and id in known):
        raise Refused(f"there is no source {shown(id)}")
    return id and str(id)


def kinds(known: Collection[str], asked: Any) -> list[str]:
    """Kinds of act by their names; raises Refused for one that there is not."""
    if isinstance(asked, str):
        asked = [asked]
    try:
        kinds = None if isinstance(asked, bytes) else [*asked]
    except TypeError:
        kinds = None
    if kinds is None:
        raise Refused(f"{shown(asked)} is no list of kinds")
    return [word(kind, known, "kind") for kind in kinds]
