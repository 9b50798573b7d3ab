"""Parquet and Feather, read by Arrow: a group of rows at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.tabular.extras import PARQUET, needed
from cstocli.tabular.fields import (
    DAY,
    MOMENT,
    NUMBER,
    OTHER,
    REAL,
    SINGLE,
    TEXT,
    TIME,
    TRUTH,
    Batch,
    Field,
    Source,
    short,
    text_of,
)

if TYPE_CHECKING:
    import pyarrow

LABEL, LABELS = b"csto_label", b"csto_labels"
"""Under which keys what a column is, and what its values mean, stands beside it in words."""


class ArrowSource(Source):
    """The rows of a `.parquet` or a `.feather`."""

    def __init__(self, path: str, kind: str) -> None:
        with needed(PARQUET, f"{kind} files"):
            import pyarrow.parquet
        self.name = path
        self.kind = kind
        with reading(path):
            if kind == ".parquet":
                self._file = pyarrow.parquet.ParquetFile(path)
                self.handles = [self._file]
                self._groups = self._file.num_row_groups
                self.schema = self._file.schema_arrow
                self.count = self._file.metadata.num_rows
            else:
                self.handles = [pyarrow.memory_map(path)]
                self._file = pyarrow.ipc.open_file(self.handles[0])
                self._groups = self._file.num_record_batches
                self.schema = self._file.schema
            self.label = ((self.schema.metadata or {}).get(LABEL) or b"").decode()
            self.fields = list(map(_field, self.schema))

    def codecs(self) -> dict[str, str]:
        """How each column is compressed, in a Parquet file that has rows.

        It is asked once some were read: where this is damaged, Arrow ends the process.
        """
        if self.kind != ".parquet" or not self._groups:
            return {}
        with reading(self.name):
            group = self._file.metadata.row_group(0)
            columns = (group.column(place) for place in range(group.num_columns))
            return {one.path_in_schema: one.compression.lower() for one in columns}

    def batches(self, places: Sequence[int] | None = None) -> Iterator[Batch]:
        import pyarrow

        number = 1
        for group in range(self._groups):
            with reading(self.name):
                if self.kind == ".parquet":
                    table = self._file.read_row_group(group)
                else:
                    table = pyarrow.Table.from_batches([self._file.get_batch(group)], self.schema)
                    table.validate(full=True)  # what is damaged ends the process if it is used
            yield ArrowBatch(table, self.fields, self.name, number)
            number += table.num_rows


class ArrowBatch(Batch):
    """Some rows, as Arrow has them."""

    def __init__(
        self, table: pyarrow.Table, fields: Sequence[Field], file: str, first: int
    ) -> None:
        super().__init__({}, range(first, first + table.num_rows))
        self.table = table
        self._fields = fields
        self._file = file

    def values(self, place: int) -> Sequence[Any]:
        with reading(self._file):
            values: list[Any] = _plain(self.table.column(place)).to_pylist()
        if self._fields[place].storage == SINGLE:
            return [value if value is None else short(value) for value in values]
        return values

    def texts(self, place: int) -> list[str]:
        texts: list[str] = []
        with reading(self._file):
            for chunk in _plain(self.table.column(place)).chunks:
                coded = chunk.dictionary_encode()
                known = [text_of(_wall_clock(value)) for value in coded.dictionary.to_pylist()]
                texts += ["" if code is None else known[code] for code in coded.indices.to_pylist()]
        return texts


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Where Arrow reads; what goes wrong with that is refused in our words."""
    import pyarrow

    try:
        yield
    except (pyarrow.ArrowException, OSError, OverflowError, ValueError) as error:
        raise Refused(f"cannot read {quoted(path)}: {str(error).splitlines()[0]:.200}") from None


def _field(field: pyarrow.Field) -> Field:
    """A column as Arrow describes it."""
    sort, storage = _sort(field.type)
    told = field.metadata or {}
    labels = json.loads(told[LABELS]) if LABELS in told else []
    label = told.get(LABEL, b"").decode()
    return Field(field.name, sort, storage, label=label, labels=dict(map(tuple, labels)))


def _sort(kind: pyarrow.DataType) -> tuple[str, str]:
    """The sort of a type, and how its numbers are stored."""
    from pyarrow import types

    if types.is_dictionary(kind):
        return _sort(kind.value_type)
    if types.is_integer(kind):
        signed = {"uint8": "int16", "uint16": "int32", "uint32": "int64", "uint64": "int64"}
        return NUMBER, signed.get(str(kind), str(kind))
    if types.is_floating(kind):
        return REAL, SINGLE if kind.bit_width < 64 else "double"
    sorts = {
        TEXT: (types.is_string, types.is_large_string, types.is_string_view, types.is_null),
        REAL: (types.is_decimal,),
        TRUTH: (types.is_boolean,),
        DAY: (types.is_date,),
        MOMENT: (types.is_timestamp,),
        TIME: (types.is_time,),
    }
    found = (sort for sort, tests in sorts.items() if any(test(kind) for test in tests))
    return next(found, OTHER), ""


def _plain(column: pyarrow.ChunkedArray) -> pyarrow.ChunkedArray:
    """A column without a dictionary, and with nothing finer than Python's own time has."""
    import pyarrow

    if pyarrow.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pyarrow.types.is_timestamp(column.type):
        return column.cast(pyarrow.timestamp("us", column.type.tz))
    return column.cast(pyarrow.time64("us")) if pyarrow.types.is_time(column.type) else column


def _wall_clock(value: Any) -> Any:
    """A point in time as clocks in its own zone show it."""
    return value.replace(tzinfo=None) if getattr(value, "tzinfo", None) else value
