"""An answer as a table of pandas, polars or Arrow, or as HTML for a notebook.

The columns and their types follow from the row type, so that they stay when there are no rows. A
day that is known to the month or the year is null in its column, and its text stands in a column
of its own, `first_day_known`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

from cstocli.core.days import Bound
from cstocli.errors import Refused
from cstocli.escape import printable

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from cstocli.questions.answer import Answer

TEXT, NUMBER, TRUTH, DAY, LIST = "text", "number", "truth", "day", "list"
_SORTS = {"str": TEXT, "int": NUMBER, "bool": TRUTH, "Known": DAY, "dt.date": DAY}


class Column:
    """A column with its sort and its values."""

    def __init__(self, name: str, sort: str, values: Iterable[Any]) -> None:
        self.name = name
        self.sort = sort
        self.values = list(values)


def columns_of(answer: Answer[Any]) -> list[Column]:
    """The columns of an answer."""
    found = []
    for place, (name, annotation) in enumerate(answer.types.items()):
        sort = _SORTS.get(annotation.removesuffix(" | None"), LIST)
        values = [row[place] for row in answer.rows]
        if sort != DAY:
            found.append(Column(name, sort, map(list, values) if sort == LIST else values))
            continue
        days = (day if isinstance(day, dt.date) else None for day in values)
        known = (None if day is None else str(day) for day in values)
        found += [Column(name, DAY, days), Column(f"{name}_known", TEXT, known)]
    return found


@contextmanager
def _needs(library: str) -> Iterator[None]:
    """Imports a library that not everybody has; raises Refused where it is not there."""
    try:
        yield
    except ImportError:
        raise Refused(f"this needs {library}: pip install {library}") from None


def as_arrow(columns: Sequence[Column]) -> pyarrow.Table:
    """Columns as a table of Arrow."""
    with _needs("pyarrow"):
        import pyarrow

    types = {
        TEXT: pyarrow.string(),
        NUMBER: pyarrow.int64(),
        TRUTH: pyarrow.bool_(),
        DAY: pyarrow.date32(),
        LIST: pyarrow.list_(pyarrow.string()),
    }
    schema = pyarrow.schema([(column.name, types[column.sort]) for column in columns])
    return pyarrow.table([column.values for column in columns], schema=schema)


def as_polars(columns: Sequence[Column]) -> polars.DataFrame:
    """Columns as a data frame of polars."""
    with _needs("polars"):
        import polars

    types = {
        TEXT: polars.String,
        NUMBER: polars.Int64,
        TRUTH: polars.Boolean,
        DAY: polars.Date,
        LIST: polars.List(polars.String),
    }
    schema: Any = {column.name: types[column.sort] for column in columns}
    return polars.DataFrame({column.name: column.values for column in columns}, schema=schema)


def as_pandas(columns: Sequence[Column]) -> pandas.DataFrame:
    """Columns as a data frame of pandas."""
    with _needs("pandas"):
        import pandas

    types = {
        TEXT: "object",
        NUMBER: "Int64",
        TRUTH: "boolean",
        DAY: "datetime64[s]",
        LIST: "object",
    }
    return pandas.DataFrame(
        {column.name: pandas.Series(column.values, dtype=types[column.sort]) for column in columns}
    )


def as_html(answer: Answer[Any]) -> str:
    """The answer as people see it in a notebook: a table or sentences, and the notes below, of
    which a click shows those that change nothing in it.
    """
    first, _, rest = answer.title.partition("\n")
    parts = [f"<p><strong>{_html(first)}</strong><br>{_html(rest)}</p>"] if first else []
    if answer.columns:
        parts.append(_table(answer))
    else:
        parts += [f"<p>{_html(str(row))}</p>" for row in answer.rows]
    asides = answer.asides
    main = answer.notes[: len(answer.notes) - len(asides)]
    parts += [_list(main)] if main else []
    if asides:
        more = f"{len(asides)} more note{'' if len(asides) == 1 else 's'}"
        parts.append(f"<details><summary>{more}</summary>\n{_list(asides)}</details>")
    return "\n".join(parts)


def _list(notes: Sequence[str]) -> str:
    """Notes as a list."""
    items = "".join(f"<li>{_html(note)}</li>" for note in notes)
    return f"<ul>{items}</ul>"


def _table(answer: Answer[Any]) -> str:
    """The rows as a table, with the headings that people see."""
    heads = "".join(f'<th scope="col">{_html(heading)}</th>' for heading in answer.columns.values())
    marks = [field for field in ("disputed", "imprecise") if field in answer.fields]
    rows = []
    for row in answer.rows:
        cells = [_cell(getattr(row, field)) for field in answer.columns]
        said = ", ".join(mark for mark in marks if getattr(row, mark))
        rows.append("".join(f"<td>{cell}</td>" for cell in [*cells, said]))
    lines = "".join(f"<tr>{row}</tr>\n" for row in rows)
    return f"<table>\n<thead><tr>{heads}<th></th></tr></thead>\n<tbody>\n{lines}</tbody>\n</table>"


def _cell(value: Any) -> str:
    """A value of a cell."""
    if isinstance(value, (str, int, dt.date, Bound)):
        return _html(str(value))
    return "" if value is None else _html(" ".join(value))


def _html(text: str) -> str:
    """Text in which nothing is markup, and every character shows."""
    return escape(printable(text))
