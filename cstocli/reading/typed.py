"""A table of spells in a file of typed columns: its cells as text, as they would stand in a CSV."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import closing
from typing import Any

from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.reading import kinds
from cstocli.tabular import opening
from cstocli.tabular.fields import DAY, MOMENT, Batch, Field, Source, text_of
from cstocli.tabular.kinds import kind_of

_MIDNIGHT = " 00:00:00"


def opened(path: str, **how: Any) -> Source:
    """The rows of a file of typed columns; raises Refused where it cannot be read, and says what
    it is if its suffix does not.
    """
    try:
        return opening.opened(path, **how)
    except Refused:
        other = _other_kind(path)
        if other:
            raise Refused(f"{quoted(path)} is {other}") from None
        raise


def _other_kind(path: str) -> str:
    """What a file is and what to do with it, where it is not what its suffix says."""
    if not os.path.isfile(path):
        return ""
    with open(path, "rb") as file:
        start = file.read(kinds.LOOKED_AT)
    kind = kinds.kind_of(start)
    if kind:
        return "" if kind.advice.endswith(kind_of(path)) else f"{kind.name}: {kind.advice}"
    text = start and b"\0" not in start and b"\n" in start
    return "text, perhaps a CSV: let its name end in .csv" if text else ""


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
