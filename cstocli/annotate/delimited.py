"""A CSV whose rows go into a file of typed columns: every cell of it is text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cstocli.annotate.join import Join
from cstocli.annotate.places import Places
from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.reading.csv_stream import Table
from cstocli.tabular.fields import TEXT, Batch, Field, Source


class CsvSource(Source):
    """The rows of a CSV, by the numbers of their lines."""

    kind = ".csv"
    unit = "line"

    def __init__(
        self, table: Table, join: Join, states: Sequence[str], dates: Sequence[str]
    ) -> None:
        self.name = table.name
        self.fields = [Field(name, TEXT) for name in table.header]
        self.notes = ["The cells of a CSV are text, and stay text."]
        self._table = table
        self._states = [table.column(name) for name in states]
        self._dates = [table.column(name) for name in dates]
        self._places = Places(join)

    def batches(self, places: Sequence[int] | None = None) -> Iterator[Batch]:
        for block in self._table.blocks(self._is_row):
            rows, lines = [], []
            for cells, line in zip(block.rows, block.lines, strict=True):
                fault = block.faults.get(line)
                if fault:
                    raise self._refused(line, fault.reason)
                if cells and len(cells) != len(self.fields):
                    raise self._refused(line, f"{len(cells)} cells in place of {len(self.fields)}")
                if cells:
                    rows.append(cells)
                    lines.append(line)
            columns = [[cell or None for cell in cells] for cells in zip(*rows, strict=True)]
            if rows:
                yield Batch(dict(enumerate(columns)), lines)

    def _is_row(self, cells: list[str]) -> bool:
        """Whether cells are those of a row that is answered."""
        if len(cells) != len(self.fields):
            return False
        who, when = (tuple(cells[p] for p in places) for places in (self._states, self._dates))
        (place,) = self._places.of([who], [when])
        answer = self._places.rows[place]
        return not (answer.error or answer.missing)

    def _refused(self, line: int, reason: str) -> Refused:
        """The refusal of a row that only a CSV holds."""
        return Refused(f"{quoted(self.name)}, line {line}: {reason}; only .csv holds such a row")
