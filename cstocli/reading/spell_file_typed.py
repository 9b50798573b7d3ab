"""A table of spells in a file of typed columns: its cells as text, as they would stand in a CSV."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing

from cstocli.tabular.fields import DAY, MOMENT, Batch, Field, text_of
from cstocli.tabular.opening import opened

_MIDNIGHT = " 00:00:00"


def table(path: str, columns: Iterable[str]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, and the rows with their numbers; of a workbook those of the sheet
    that has the columns. Raises Refused where the file cannot be read.
    """
    rows: list[tuple[int, list[str]]] = []
    with closing(opened(path, columns=columns)) as source:
        for batch in source.batches():
            cells = [_texts(batch, place, field) for place, field in enumerate(source.fields)]
            found = zip(batch.numbers, map(list, zip(*cells, strict=True)), strict=True)
            rows += [(number, row) for number, row in found if any(row)]
        return [field.name for field in source.fields], rows


def _texts(batch: Batch, place: int, field: Field) -> list[str]:
    """The cells of a column: days without a time, and labels in place of what they are given to."""
    if field.labels:
        return [field.labels.get(value, text_of(value)) for value in batch.values(place)]
    texts = batch.texts(place)
    if field.sort in (DAY, MOMENT):
        return [text.removesuffix(_MIDNIGHT) for text in texts]
    return texts
