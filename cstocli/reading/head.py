"""The head of a CSV: what stands before the names of the columns, and what separates them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import NamedTuple

from cstocli.reading.rows import long_cells
from cstocli.tabular.header import folded

DELIMITERS = (",", "\t", ";", "|")
_BLANK = "".join(DELIMITERS) + " \r\n"
_DECLARED = re.compile('"?sep=([^"\r\n])"?[\r\n]*', re.IGNORECASE)
"""The line by which Excel is told what separates the cells."""
LOOKED_AT = 100_000
"""How many characters are looked at for the names of the columns, blank lines included."""


class Head(NamedTuple):
    """How a CSV begins."""

    before: list[str]
    """The lines before the names of the columns, with their ends: blank, or `sep=;`."""
    delimiter: str


def head(text: str, columns: Iterable[str], delimiter: str | None = None) -> Head | None:
    """How a text begins; None if there is no line in it that names the columns.

    What separates the names is what is told; or else that by which most of the columns are found
    that are asked for, then what the file itself declares, then what makes the most names.
    """
    lines = io.StringIO(text[:LOOKED_AT], newline="").readlines()
    declared, first = None, 0
    while first < len(lines):
        match = _DECLARED.fullmatch(lines[first])
        if match:
            declared = match[1]
        elif lines[first].strip(_BLANK):
            break
        first += 1
    else:
        return None
    wanted = {folded(column) for column in columns}

    def fitness(one: str) -> tuple[int, bool, int]:
        with long_cells():
            names = next(csv.reader(lines[first:], delimiter=one))
        return len(wanted & {*map(folded, names)}), one == declared, len(names)

    candidates = [declared or DELIMITERS[0], *DELIMITERS]
    return Head(lines[:first], delimiter or max(candidates, key=fitness))
