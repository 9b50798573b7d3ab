"""Parquet and Feather, written by Arrow: the groups of rows as they come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any

from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.tabular.arrow import LABEL, LABELS, ArrowBatch, ArrowSource
from cstocli.tabular.extras import PARQUET, needed
from cstocli.tabular.fields import (
    DAY,
    MIXED,
    MOMENT,
    NUMBER,
    REAL,
    SINGLE,
    TEXT,
    TIME,
    TRUTH,
    Field,
    Gap,
    Part,
    Source,
    text_of,
)

if TYPE_CHECKING:
    import pyarrow

_ROWS = 100_000
"""How many rows of other kinds of file become a group at least."""


def write(
    out: IO[bytes], kind: str, source: Source, added: Sequence[Field], parts: Iterable[Part]
) -> None:
    """Write rows and what they get to a Parquet or a Feather file."""
    with needed(PARQUET, f"{kind} files"):
        import pyarrow.parquet

    own = source.schema if isinstance(source, ArrowSource) else _schema(source, source.fields)
    schema = own
    for field in map(_described, added):
        schema = schema.append(field)
    tables: Iterator[pyarrow.Table] = (
        _table(part, own, schema, source.fields, added) for part in parts
    )
    if not isinstance(source, ArrowSource):
        tables = _together(tables)
    try:
        first = list(islice(tables, 1))
        tables = chain(first, tables)
        if kind == ".parquet":
            with pyarrow.parquet.ParquetWriter(
                out, schema, compression=_codecs(source, schema) or "snappy"
            ) as writer:
                for table in tables:
                    writer.write_table(table, row_group_size=max(table.num_rows, 1))
            return
        options = pyarrow.ipc.IpcWriteOptions(compression="lz4")
        with pyarrow.ipc.new_file(out, schema, options=options) as writer:
            for table in _with_one_dictionary(tables, schema):
                writer.write_table(table)
    except pyarrow.ArrowException as error:
        reason = str(error).splitlines()[0]
        raise Refused(f"{kind} does not hold this, but .csv does: {reason:.200}") from None
    except UnicodeEncodeError:
        raise Refused("a character is half of a pair, which UTF-8 does not have") from None


def _schema(source: Source, fields: Iterable[Field]) -> pyarrow.Schema:
    """The columns of a file of another kind as Arrow describes them."""
    import pyarrow

    names: set[str] = set()
    for field in fields:
        if field.name in names:
            raise Refused(f"two columns are named {quoted(field.name)}; .csv holds them")
        names.add(field.name)
    metadata = {LABEL: source.label.encode()} if source.label else None
    return pyarrow.schema(list(map(_described, fields)), metadata=metadata)


def _described(field: Field) -> pyarrow.Field:
    """A column as Arrow describes it."""
    import pyarrow

    told = {LABEL: field.label.encode()} if field.label else {}
    if field.labels:
        told[LABELS] = json.dumps([*field.labels.items()], ensure_ascii=False).encode()
    return pyarrow.field(field.name, _type(field), metadata=told or None)


def _type(field: Field) -> pyarrow.DataType:
    """The type of a column."""
    import pyarrow

    if field.sort == NUMBER:
        return getattr(pyarrow, field.storage or "int64")()
    types = {
        TEXT: pyarrow.string(),
        MIXED: pyarrow.string(),
        REAL: pyarrow.float32() if field.storage == SINGLE else pyarrow.float64(),
        TRUTH: pyarrow.bool_(),
        DAY: pyarrow.date32(),
        MOMENT: pyarrow.timestamp("us"),
        TIME: pyarrow.time64("us"),
    }
    return types.get(field.sort, pyarrow.duration("us"))


def _table(
    part: Part,
    own: pyarrow.Schema,
    schema: pyarrow.Schema,
    fields: Sequence[Field],
    added: Sequence[Field],
) -> pyarrow.Table:
    """Some rows and what they get."""
    import pyarrow

    if isinstance(part.batch, ArrowBatch):
        columns: list[Any] = part.batch.table.columns
    else:
        columns = [
            pyarrow.array(_values(part.batch.values(place), field), described.type)
            for place, (field, described) in enumerate(zip(fields, own, strict=True))
        ]
    places = pyarrow.array(part.places, pyarrow.int64())
    answers = (
        pyarrow.array(values, _type(field)) for values, field in zip(part.added, added, strict=True)
    )
    return pyarrow.table([*columns, *(one.take(places) for one in answers)], schema=schema)


def _values(values: Sequence[Any], field: Field) -> Sequence[Any]:
    """The values of a column of another kind of file."""
    if field.sort == MIXED:
        return [None if value is None else text_of(value) for value in values]
    return [None if isinstance(value, Gap) else value for value in values]


def _together(tables: Iterable[pyarrow.Table]) -> Iterator[pyarrow.Table]:
    """The rows of small tables in large ones."""
    import pyarrow

    waiting: list[pyarrow.Table] = []
    for table in tables:
        waiting.append(table)
        if sum(one.num_rows for one in waiting) >= _ROWS:
            yield pyarrow.concat_tables(waiting)
            waiting.clear()
    if waiting:
        yield pyarrow.concat_tables(waiting)


def _with_one_dictionary(
    tables: Iterable[pyarrow.Table], schema: pyarrow.Schema
) -> Iterator[pyarrow.Table]:
    """The tables, as one where columns have dictionaries: a Feather file has one for each."""
    import pyarrow

    if not any(pyarrow.types.is_dictionary(field.type) for field in schema):
        yield from tables
    elif found := list(tables):
        yield pyarrow.concat_tables(found).unify_dictionaries()


def _codecs(source: Source, schema: pyarrow.Schema) -> dict[str, str]:
    """How each column is compressed: as it was, and what is added as the first of them."""
    codecs = source.codecs() if isinstance(source, ArrowSource) else {}
    found = dict.fromkeys(schema.names, next(iter(codecs.values()))) | codecs if codecs else {}
    return {name: "none" if codec == "uncompressed" else codec for name, codec in found.items()}
