"""The rows of a file of typed columns with membership added, of any kind and into any kind."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import chain, islice
from typing import IO, Any, NamedTuple, TextIO

from cstocli.annotate.added import columns_of, fields_of
from cstocli.annotate.delimited import CsvSource
from cstocli.annotate.join import Join, Row
from cstocli.annotate.places import Places, together
from cstocli.annotate.summary import Summary
from cstocli.annotate.table import csv_line, write_lines, written_to
from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.reading import csv_stream
from cstocli.reading.typed_columns import opened
from cstocli.tabular.fields import OTHER, TRUTH, Batch, Field, Part, Source, text_of
from cstocli.tabular.header import place_of
from cstocli.tabular.kinds import kind_of
from cstocli.writing.formats import plain_value
from cstocli.writing.progress import shown

_LOOKED_AT = 1000
"""How many rows are looked at for numbers that no scheme is said of."""
Columns = Callable[[Sequence[Row]], list[list[Any]]]
"""What makes columns of answers."""


class Asked(NamedTuple):
    """What is asked of a file."""

    states: Sequence[str]
    """The columns of states."""
    dates: Sequence[str]
    """Those of days."""
    sheet: str | None
    delimiter: str | None
    encoding: str
    fail_fast: bool
    progress: TextIO | None


def annotate_file(
    join: Join, path: str, output: str | None, asked: Asked, *, force: bool
) -> Summary:
    """Annotate the rows of a file into another one, or as CSV to standard output.

    Raises Refused where the file cannot be read, does not have the columns or has one of those
    that are added, where states are numbers and no scheme says whose, and for what the other
    file cannot hold.
    """
    kind = kind_of(output)
    with written_to(output, force=force) as out, _opened(join, path, asked, kind) as source:
        rows = _Rows(join, source, asked, kind)
        if kind:
            _write_typed(out, kind, source, rows, partial(columns_of, join))
        else:
            _write_csv(out, asked.delimiter or _delimiter(output), source, rows)
    return rows.summary


@contextmanager
def _opened(join: Join, path: str, asked: Asked, kind: str) -> Iterator[Source]:
    """The rows of a file that go into one of a kind."""
    columns = (*asked.states, *asked.dates)
    if not kind_of(path):
        if asked.sheet is not None:
            raise Refused(f"{quoted(path)} has no sheets: --sheet is for .xlsx")
        with csv_stream.opened(path, asked.encoding, asked.delimiter, columns) as table:
            yield CsvSource(table, join, asked.states, asked.dates)
        return
    if kind and asked.delimiter:
        raise Refused("neither file is a CSV: leave --delimiter out")
    encoding = None if asked.encoding == "utf-8" else asked.encoding
    source = opened(path, columns=columns, sheet=asked.sheet, encoding=encoding, raw=kind)
    with closing(source):
        yield source


class _Rows:
    """The rows of a file with what they get."""

    def __init__(self, join: Join, source: Source, asked: Asked, kind: str) -> None:
        self._join = join
        self._source = source
        self._asked = asked
        names = [field.name for field in source.fields]
        self._states = [place_of(name, names, source.name) for name in asked.states]
        self._dates = [place_of(name, names, source.name) for name in asked.dates]
        self.fields = fields_of(join, "csto_")
        """The columns that are added, where columns have types."""
        self.names = [f"csto_{name}" for name in join.columns]
        """Their names in a CSV."""
        for name in [field.name for field in self.fields] if kind else self.names:
            if name in names:
                raise Refused(
                    f"{source.name} has a column {name} already: rename it, or leave it out"
                )
        for place in (*self._states, *self._dates):
            _check_sort(source.fields[place])
        self.notes = dict.fromkeys((*source.notes, *map(self._contradicted, self._states)))
        """What must be said about the files."""
        self.notes.pop("", None)
        self.summary = Summary(ChainMap(join.notes, self.notes))

    def parts(self, columns: Columns, *, keys: bool = False) -> Iterator[Part]:
        """The rows, a batch at a time; if `keys`, of the file only the columns that are asked for
        are read.
        """
        source, found = self._source, Places(self._join)
        unsaid = self._states
        with shown(self._asked.progress, lambda: self.summary.rows, source.count) as advance:
            for batch in source.batches((*self._states, *self._dates) if keys else None):
                states = {place: self._state_texts(batch, place) for place in self._states}
                if self.summary.rows < _LOOKED_AT:
                    unsaid = [place for place in unsaid if not self._says(place, states[place])]
                dates = [batch.texts(place) for place in self._dates]
                places = found.of(together(list(states.values())), together(dates))
                answers: Sequence[Row] = found.rows
                self.summary.take(
                    answers, places, batch.numbers, source.unit, fail_fast=self._asked.fail_fast
                )
                if len(answers) > len(places):
                    answers, places = _only(answers, places)
                yield Part(batch, columns(answers), places)
                advance(self.summary.rows)

    def _state_texts(self, batch: Batch, place: int) -> list[str]:
        """The texts of a column of states: where names are asked for, the labels of its values."""
        labels = self._source.fields[place].labels
        if labels and self._join.by_name:
            return [labels.get(value, text_of(value)) for value in batch.values(place)]
        return batch.texts(place)

    def _says(self, place: int, texts: Sequence[str]) -> bool:
        """Whether a cell of a column of states says anything; raises Refused where the first that
        does is a number, and no scheme was said.
        """
        try:
            return self._join.refuse_numbers(texts[:_LOOKED_AT])
        except Refused as refusal:
            field = self._source.fields[place]
            if not field.labels:
                raise
            value, label = next(iter(field.labels.items()))
            raise Refused(
                f"the column {quoted(field.name)} has numbers with labels, such as {text_of(value)}"
                f" for {quoted(label)}: --state-code name reads the labels. Without them: {refusal}"
            ) from None

    def _contradicted(self, place: int) -> str:
        """What to say of a column of states whose codes have labels that name other states."""
        field = self._source.fields[place]
        if self._join.by_name:
            return ""
        wrong = [
            f"{text_of(value)} is labelled {quoted(label)}"
            for value, label in field.labels.items()
            if self._join.differs(text_of(value), label)
        ]
        if not wrong:
            return ""
        return (
            f"The codes of {field.name} name other states than their labels do: {wrong[0]}"
            f"{f', and {len(wrong) - 1} more' if wrong[1:] else ''}; --state-code name reads the "
            "labels."
        )


def _check_sort(field: Field) -> None:
    """Raise Refused for a column that can hold neither states nor days."""
    held = {TRUTH: "truths", OTHER: "what is neither text, number nor time"}.get(field.sort)
    if held:
        raise Refused(
            f"the column {quoted(field.name)} holds {held}: it names no states and no days"
        )


def _only(answers: Sequence[Row], places: Sequence[int]) -> tuple[list[Row], list[int]]:
    """The answers that rows have, without all others, and their places among these."""
    used = {place: index for index, place in enumerate(dict.fromkeys(places))}
    return [answers[place] for place in used], [used[place] for place in places]


def _write_csv(out: IO[bytes], delimiter: str, source: Source, rows: _Rows) -> None:
    """Write the rows as CSV."""
    line = csv_line(delimiter)

    def ends(answers: Sequence[Row]) -> list[list[Any]]:
        return [[line(("", *map(plain_value, answer.values))) for answer in answers]]

    parts = rows.parts(ends)
    first = list(islice(parts, 1))  # before the header, so that what is refused writes nothing
    write_lines([line([*(field.name for field in source.fields), *rows.names]) + "\n"], out)
    for part in chain(first, parts):
        own = (map(text_of, part.batch.values(place)) for place in range(len(source.fields)))
        (end,) = part.added
        cells = zip(zip(*own, strict=True), part.places, strict=True)
        write_lines((f"{line(row)}{end[place]}\n" for row, place in cells), out)


def _delimiter(output: str | None) -> str:
    """What separates the cells of a CSV of that name."""
    name = (output or "").casefold().removesuffix(".gz")
    return "\t" if name.endswith(".tsv") else ","


def _write_typed(out: IO[bytes], kind: str, source: Source, rows: _Rows, columns: Columns) -> None:
    """Write the rows to a file of typed columns."""
    if kind == ".xlsx":
        from cstocli.tabular import workbook

        workbook.write(out, source, rows.fields, rows.parts(columns))
    elif kind == ".sav":
        from cstocli.tabular import spss

        spss.write(out.name, source, rows.fields, rows.parts(columns))
    elif kind == ".dta":
        _write_stata(out, source, rows, columns)
    else:
        from cstocli.tabular import arrowfile

        arrowfile.write(out, kind, source, rows.fields, rows.parts(columns))


def _write_stata(out: IO[bytes], source: Source, rows: _Rows, columns: Columns) -> None:
    """Write the rows to a file of Stata; of one in today's format what is there stays as it is."""
    from cstocli.tabular import stata

    if source.kind == ".dta":
        with open(source.name, "rb") as file:
            base = stata.base_of(file)
            if base:
                parts = rows.parts(columns, keys=True)
                stata.write_beside(out, base, source.name, rows.fields, parts)
                return
        rows.notes[f"{source.name} is of Stata 13 or before, and the output of Stata 14."] = None
    stata.write_new(out, source, rows.fields, rows.parts(columns))
