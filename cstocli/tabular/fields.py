"""What a file of typed columns holds: columns, their sorts, and values as text."""

from __future__ import annotations

import datetime as dt
import struct
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from cstocli.errors import Refused
from cstocli.escape import quoted

TEXT, NUMBER, REAL, TRUTH, DAY, MOMENT, TIME, MIXED, OTHER = (
    *("text", "number", "real", "truth", "day", "moment", "time", "mixed", "other"),
)
"""The sorts of columns: text, whole numbers, other numbers, true and false, days, points in time,
times of day, cells of several sorts, and what only some formats hold."""
SINGLE = "float"
"""How numbers are stored that have four bytes, and so only seven digits."""


class Field(NamedTuple):
    """A column of a file."""

    name: str
    sort: str
    storage: str = ""
    """How its numbers are stored: int8, int16, int32, int64, float, double."""
    width: int = 0
    """How many bytes its texts have at most, where the format says so."""
    form: str = ""
    """How its values are shown, in the words of its format: `%td`, `DATE11`."""
    label: str = ""
    """What it is, in words."""
    labels: Mapping[Any, str] = {}
    """What single values of it mean."""
    more: Mapping[str, Any] = {}
    """What else its own format says of it."""


class Gap(NamedTuple):
    """A missing value that says why it is missing: `a` for .a of Stata, or a value that SPSS is
    told to leave out.
    """

    reason: str | float


class Batch:
    """Some rows, by columns."""

    def __init__(self, columns: Mapping[int, Sequence[Any]], numbers: Sequence[int]) -> None:
        self._columns = columns
        self.numbers = numbers
        """The numbers of the rows, as the program counts whose file it is."""

    def values(self, place: int) -> Sequence[Any]:
        """The values of a column."""
        return self._columns[place]

    def texts(self, place: int) -> list[str]:
        """The values of a column as people would type them."""
        return [text_of(value) for value in self._columns[place]]


class Source(ABC):
    """The rows of a file."""

    name: str
    """How messages call it."""
    kind: str
    """Its suffix."""
    fields: list[Field]
    count: int = 0
    """How many rows it has; 0 where that is not known before."""
    unit: str = "row"
    """What is numbered in it: rows, or lines."""
    label: str = ""
    """What the file is, in words."""
    remarks: Sequence[str] = ()
    """What is noted in it."""
    notes: Sequence[str] = ()
    """What must be said of how it is read."""
    handles: Sequence[Any] = ()
    """What is open while it is read."""

    @abstractmethod
    def batches(self, places: Sequence[int] | None = None) -> Iterator[Batch]:
        """The rows, of which only some columns are needed, or all."""

    def close(self) -> None:
        """Let the file go."""
        for handle in self.handles:
            handle.close()


class Part(NamedTuple):
    """Some rows with what they get."""

    batch: Batch
    added: Sequence[Sequence[Any]]
    """What there is to get, column by column."""
    places: Sequence[int]
    """Where in each of these what a row gets stands."""

    def columns(self, fields: Sequence[Field]) -> list[Sequence[Any]]:
        """The values of the columns of the file, and of those that are added."""
        own = [self.batch.values(place) for place in range(len(fields))]
        return own + [[values[place] for place in self.places] for values in self.added]


def text_of(value: Any) -> str:
    """A value as people would type it; nothing where it is missing.

    >>> text_of(2006.0), text_of(dt.datetime(1998, 5, 1)), text_of(Gap("a"))
    ('2006', '1998-05-01 00:00:00', '')
    """
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, Gap):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (float, Decimal)):
        if value != value:
            return ""
        whole = -_LONG < value < _LONG and value == int(value)
        return str(int(value)) if whole else str(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value)


_LONG = 10**15
"""From which number on even a whole one is written as Python does, perhaps as a power of ten."""


def unheld(name: str, what: str) -> Refused:
    """The refusal of a column with something that a kind of file does not hold."""
    return Refused(f"{quoted(name)} has {what}; .csv and .parquet hold it")


def encoded(text: str, name: str) -> bytes:
    """A text in UTF-8; raises Refused for half a surrogate pair, which that does not have."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Refused(f"{quoted(name)} has a character that is half of a pair") from None


def as_float(value: Any, name: str) -> Any:
    """A decimal number as one of eight bytes; raises Refused where digits would be lost."""
    if isinstance(value, Decimal):
        found = float(value)
        if Decimal(str(found)) != value:
            raise Refused(f"{quoted(name)} has a number of more digits than are kept: {value}")
        return found
    return value


def short(value: float) -> float:
    """The number with the fewest digits that is stored in four bytes as this one is.

    >>> short(0.10000000149011612)
    0.1
    """
    stored = struct.pack("f", value)
    found = (float(f"{value:.{digits}g}") for digits in range(6, 10))
    return next((one for one in found if struct.pack("f", one) == stored), value)


def sort_of(values: Iterable[Any]) -> str:
    """The sort of a column whose cells have each a sort of their own.

    >>> sort_of([1998.0, None, 2.0]), sort_of(["a", 1.0])
    ('number', 'mixed')
    """
    known = [value for value in values if value is not None]
    types = {type(value) for value in known}
    if types == {float}:
        return NUMBER if all(_is_whole(value) for value in known) else REAL
    if not types:
        return TEXT
    sorts = {str: TEXT, bool: TRUTH, dt.date: DAY, dt.datetime: MOMENT, dt.time: TIME}
    if types == {dt.date, dt.datetime}:
        return MOMENT
    return sorts.get(types.pop(), OTHER) if len(types) == 1 else MIXED


def _is_whole(number: float) -> bool:
    """Whether a number is a whole one, and no other one is stored as it is."""
    return number.is_integer() and abs(number) <= LARGEST


LARGEST = 2**53
"""Up to which number all whole numbers have a place of their own among those of eight bytes."""
