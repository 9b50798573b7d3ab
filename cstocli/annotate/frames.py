"""The rows of a data frame of pandas, polars or Arrow with membership added.

Answers are looked up for what is distinct, and gathered by the place of each row: so the rows,
their order, their index and their types stay as they are.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from cstocli.annotate.answers import Texts, several
from cstocli.annotate.join import Join, Row
from cstocli.core.days import Bound, Days
from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.questions.conversions import (
    DAY,
    NUMBER,
    TEXT,
    TRUTH,
    Column,
    as_arrow,
    as_pandas,
    as_polars,
)
from cstocli.reading.columns import StateCell

if TYPE_CHECKING:
    import narwhals

_SORTS = {"counted": NUMBER, "first_day": DAY, "disputed": TRUTH}
_MADE: dict[str, Callable[[Sequence[Column]], Any]] = {
    "pandas": as_pandas,
    "polars": as_polars,
    "pyarrow": as_arrow,
}
"""What makes a frame of each kind."""


def annotate_frame(
    join: Join, frame: Any, states: Sequence[str], dates: Sequence[str], prefix: str
) -> Any:
    """A frame of the same kind with the columns added.

    A cell that cannot be read is no error: its row has none of the answers, and the reason.
    Raises Refused for what is no data frame, and for columns that are not there, or are there
    already.
    """
    import narwhals

    found = _frame(frame)
    lazy = isinstance(found, narwhals.LazyFrame)
    rows = found.collect() if isinstance(found, narwhals.LazyFrame) else found
    for name in (*states, *dates):
        if name not in rows.columns:
            raise Refused(f"there is no column {quoted(str(name))}; there are "
                          f"{', '.join(map(quoted, rows.columns[:40]))}")  # fmt: skip
    answers, places = _answers(
        join, [_texts(rows[n]) for n in states], [_texts(rows[n]) for n in dates]
    )
    made = _MADE[rows.implementation.name.casefold()]
    added = narwhals.from_native(made(_columns(join, answers, prefix)), eager_only=True)
    for name in added.columns:
        if name in rows.columns:
            raise Refused(f"there is a column {name} already: rename it, or give another prefix")
    gathered = added[places] if places else added.head(0)
    whole = rows.with_columns(*(gathered[name] for name in added.columns))
    return (whole.lazy() if lazy else whole).to_native()


def _frame(frame: Any) -> narwhals.DataFrame[Any] | narwhals.LazyFrame[Any]:
    """The frame as narwhals has it; raises Refused for what cannot be annotated here."""
    import narwhals

    try:
        found: narwhals.DataFrame[Any] | narwhals.LazyFrame[Any] = narwhals.from_native(frame)
    except TypeError:
        raise Refused(
            f"{type(frame).__name__} is no data frame of pandas, polars or Arrow"
        ) from None
    kind = found.implementation.name.casefold()
    if kind not in _MADE:
        raise Refused(
            f"a frame of {kind} is not annotated in memory: join it to the tables of "
            "'csto export sql', or convert it to Arrow first"
        )
    return found


def _answers(
    join: Join, states: Sequence[Sequence[str]], dates: Sequence[Sequence[str]]
) -> tuple[list[Row], list[int]]:
    """The distinct answers, and the place among them of each row's."""
    known = _Known(join)
    for column in states:
        join.refuse_numbers(dict.fromkeys(column))
    whos, whens = _together(states), _together(dates)
    places = []
    for who, when in zip(whos, whens, strict=True):
        start, changes = known.states[who]
        day = known.days[when]
        places.append(start + bisect_right(changes, day) if day else known.during(who, when))
    return known.rows, places


def _together(columns: Sequence[Sequence[str]]) -> Sequence[Texts]:
    """What stands in one column, or in several, row by row."""
    return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))


class _Known:
    """The answers found so far."""

    def __init__(self, join: Join) -> None:
        self.join = join
        self.rows: list[Row] = []
        self.states = _States(self)
        self.days = _Days(join)
        self._during: dict[tuple[Texts, Texts], int] = {}

    def add(self, rows: Sequence[Row]) -> int:
        """The place of the first of some more rows."""
        self.rows += rows
        return len(self.rows) - len(rows)

    def during(self, who: Texts, when: Texts) -> int:
        """The place of the answer for a period, or for what is no day."""
        if (who, when) not in self._during:
            self._during[who, when] = self.add([self._row(who, when)])
        return self._during[who, when]

    def _row(self, who: Texts, when: Texts) -> Row:
        """The answer for a period, or for what is no day."""
        cells = self.states.cells[who]
        try:
            days = self.join.when(several(when))
        except Refused as refusal:
            return self.join.without_answer(cells, str(refusal))
        states = tuple(cell for cell in cells if cell)
        if days is None or len(states) < len(cells) or not cells:
            start, _ = self.states[who]
            return self.join.without_answer(cells) if cells else self.rows[start]
        return self.join.answer(states, days)


class _States(dict[Texts, tuple[int, list[int]]]):
    """Where the answers about states begin, and from which days on others hold."""

    def __init__(self, known: _Known) -> None:
        self._known = known
        self.cells: dict[Texts, tuple[StateCell | None, ...]] = {}
        """What the texts mean; nothing where one names no state."""

    def __missing__(self, who: Texts) -> tuple[int, list[int]]:
        join = self._known.join
        self.cells[who] = ()
        try:
            cells = self.cells[who] = join.who(several(who))
        except Refused as refusal:
            rows, changes = [join.unknown(several(who), str(refusal))], []
        else:
            states = tuple(cell for cell in cells if cell)
            changes = join.changes(states) if len(states) == len(cells) else []
            rows = [join.without_answer(cells)]
            if len(states) == len(cells):
                rows = [join.answer(states, (day, day)) for day in (dt.date.min, *changes)]
        self[who] = found = self._known.add(rows), [day.toordinal() for day in changes]
        return found


class _Days(dict[Texts, int]):
    """The ordinal of the day that texts mean; 0 where they mean a period, or no day."""

    def __init__(self, join: Join) -> None:
        self._join = join

    def __missing__(self, when: Texts) -> int:
        days: Days | None = None
        try:
            days = self._join.when(several(when))
        except Refused:
            days = None
        self[when] = day = days[0].toordinal() if days and days[0] == days[1] else 0
        return day


def _columns(join: Join, rows: Sequence[Row], prefix: str) -> list[Column]:
    """The distinct answers as columns; a day not known to the day is null, its text beside it."""
    columns = []
    for place, name in enumerate(join.columns):
        values = [row.values[place] for row in rows]
        sort = _SORTS.get(name, TEXT)
        if sort == DAY:
            known = (None if value is None else str(value) for value in values)
            columns.append(
                Column(
                    f"{prefix}{name}", DAY, (None if isinstance(v, Bound) else v for v in values)
                )
            )
            columns.append(Column(f"{prefix}{name}_known", TEXT, known))
        else:
            columns.append(Column(f"{prefix}{name}", sort, values))
    return columns


def _texts(series: narwhals.Series[Any]) -> list[str]:
    """The values of a column as people would type them; what is null is empty."""
    import narwhals

    if series.dtype == narwhals.Boolean:
        raise Refused(
            f"the column {quoted(series.name)} holds truths: it names no states and no days"
        )
    if isinstance(series.dtype, narwhals.Datetime):
        return _stamps(series)
    written: dict[Any, str] = _Written()
    return [written[value] for value in series.to_list()]


def _stamps(series: narwhals.Series[Any]) -> list[str]:
    """Points in time as people would type them, in their own zone."""
    local = series.dt.replace_time_zone(None)
    written: dict[Any, str] = _Stamps()
    return [written[value] for value in local.dt.timestamp("ms").to_list()]


class _Stamps(dict[Any, str]):
    """The text of each point in time, in milliseconds."""

    def __missing__(self, stamp: Any) -> str:
        if stamp is None or stamp != stamp:
            return ""
        point = dt.datetime(1970, 1, 1) + dt.timedelta(milliseconds=int(stamp))
        midnight = point.time() == dt.time()
        self[stamp] = text = point.date().isoformat() if midnight else point.isoformat(" ")
        return text


class _Written(dict[Any, str]):
    """The text of each value."""

    def __missing__(self, value: Any) -> str:
        if value is None:
            return ""
        whole = isinstance(value, float) and value.is_integer()
        self[value] = text = str(int(value) if whole else value)
        return text
