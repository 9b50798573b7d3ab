"""The rows of a data frame of pandas, polars or Arrow with membership added.

Answers are looked up for what is distinct, and gathered by the place of each row: so the rows,
their order, their index and their types stay as they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from cstocli.annotate.added import columns_of, fields_of
from cstocli.annotate.join import Join
from cstocli.annotate.places import Places, together
from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.questions.conversions import Column, as_arrow, as_pandas, as_polars
from cstocli.tabular.extras import FRAMES, needed
from cstocli.tabular.fields import text_of

if TYPE_CHECKING:
    import narwhals

_MADE: dict[str, Callable[[Sequence[Column]], Any]] = {
    "pandas": as_pandas,
    "polars": as_polars,
    "pyarrow": as_arrow,
}
"""What makes a frame of each kind."""
_ELSEWHERE = ("duckdb", "pyspark", "sqlframe", "dask", "ibis")
"""The libraries whose tables are not in memory."""


def annotate_frame(
    join: Join,
    frame: Any,
    states: Sequence[str],
    dates: Sequence[str],
    prefix: str,
) -> Any:
    """A frame of the same kind with the columns added.

    A cell that cannot be read is no error: its row has none of the answers, and the reason.
    Raises Refused for what is no data frame, and for columns that are not there, or are there
    already.
    """
    found = _frame(frame)
    import narwhals

    lazy = isinstance(found, narwhals.LazyFrame)
    rows = found.collect() if isinstance(found, narwhals.LazyFrame) else found
    for name in (*states, *dates):
        if name not in rows.columns:
            names = ", ".join(quoted(str(one)) for one in rows.columns[:40])
            raise Refused(f"there is no column {quoted(str(name))}; there are {names}")
    fields = fields_of(join, prefix)
    for field in fields:
        if field.name in rows.columns:
            raise Refused(
                f"there is a column {field.name} already: rename it, or give another prefix"
            )
    texts = {name: _texts(rows[name]) for name in dict.fromkeys((*states, *dates))}
    for name in states:
        join.refuse_numbers(dict.fromkeys(texts[name]))
    places = Places(join)
    whos, whens = (together([texts[name] for name in names]) for names in (states, dates))
    found_at = places.of(whos, whens)
    answers = zip(fields, columns_of(join, places.rows), strict=True)
    made = _MADE[rows.implementation.name.casefold()]
    added = narwhals.from_native(
        made([Column(field.name, field.sort, values) for field, values in answers]),
        eager_only=True,
    )
    gathered = added[found_at] if found_at else added.head(0)
    whole = rows.with_columns(*(gathered[name] for name in added.columns))
    return (whole.lazy() if lazy else whole).to_native()


def _frame(frame: Any) -> narwhals.DataFrame[Any] | narwhals.LazyFrame[Any]:
    """The frame as narwhals has it; raises Refused for what cannot be annotated here."""
    with needed(FRAMES, "data frames"):
        import narwhals

    library = type(frame).__module__.partition(".")[0].removeprefix("_")
    if library in _ELSEWHERE:
        raise _not_in_memory(library)
    try:
        found: narwhals.DataFrame[Any] | narwhals.LazyFrame[Any] = narwhals.from_native(frame)
    except TypeError:
        raise Refused(
            f"{type(frame).__name__} is no data frame of pandas, polars or Arrow"
        ) from None
    except narwhals.exceptions.NarwhalsError as error:
        raise Refused(f"this data frame cannot be annotated: {error}") from None
    kind = found.implementation.name.casefold()
    if kind not in _MADE:
        raise _not_in_memory(kind)
    return found


def _not_in_memory(kind: str) -> Refused:
    """The refusal of a table that is not in memory."""
    return Refused(
        f"a table of {kind} is not annotated in memory: join it to the tables of "
        "'csto export sql', or convert it to Arrow first"
    )


def _texts(series: narwhals.Series[Any]) -> list[str]:
    """The values of a column as people would type them; what is null is empty."""
    import narwhals

    if series.dtype == narwhals.Boolean:
        raise Refused(
            f"the column {quoted(str(series.name))} holds truths: it names no states and no days"
        )
    if isinstance(series.dtype, narwhals.Datetime):
        return _stamps(series, getattr(series.dtype, "time_unit", "ms"))
    written = _Written()
    if series.dtype.is_numeric() or series.dtype in (narwhals.String, narwhals.Date):
        return list(map(written.__getitem__, series.to_list()))
    return [written.mixed(value) for value in series.to_list()]


class _Written(dict[Any, str]):
    """The text of each value."""

    def __missing__(self, value: Any) -> str:
        self[value] = text = _text(value)
        return text

    def mixed(self, value: Any) -> str:
        """The text of a value of any type: 1 and True are not the same, and a list has no hash."""
        try:
            key = type(value), value
            if key not in self:
                self[key] = _text(value)
            return self[key]
        except TypeError:
            return _text(value)


def _text(value: Any) -> str:
    """A value as people would type it: a point in time in its own zone, a period by its days."""
    if isinstance(value, dt.datetime) and value == value:  # NaT is a datetime, but not itself
        return text_of(value.replace(tzinfo=None))
    if type(value).__name__ == "Period":
        first, last = (str(value.asfreq("D", how)) for how in ("start", "end"))
        return str(value) if first == last else f"{first}/{last}"
    try:
        return text_of(value)
    except ValueError:
        return f"a {type(value).__name__} that is not written out"


def _stamps(series: narwhals.Series[Any], unit: Any) -> list[str]:
    """Points in time as people would type them, in their own zone."""
    unit = unit if unit in _PARTS else "ms"
    written = _Stamps(_PARTS[unit])
    local = series.dt.replace_time_zone(None)
    return list(map(written.__getitem__, local.dt.timestamp(unit).to_list()))


_PARTS = {"ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
"""In how many parts of a second a unit counts."""


class _Stamps(dict[Any, str]):
    """The text of each point in time, in parts of a second from the beginning of 1970."""

    def __init__(self, parts: int) -> None:
        self._parts = parts

    def __missing__(self, stamp: Any) -> str:
        if stamp is None or stamp != stamp:
            return ""
        seconds, rest = divmod(int(stamp), self._parts)
        try:
            point = dt.datetime(1970, 1, 1) + dt.timedelta(seconds=seconds)
        except OverflowError:
            return f"{stamp} beyond the calendar"
        midnight = point.time() == dt.time() and not rest
        fraction = f".{rest}" if rest else ""
        self[stamp] = text = f"{point.date() if midnight else point}{fraction}"
        return text
