"""The files of Stata and SPSS, read by pyreadstat."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.tabular.extras import FILES, needed
from cstocli.tabular.fields import (
    NUMBER,
    REAL,
    SINGLE,
    TEXT,
    Batch,
    Field,
    Gap,
    Source,
    short,
    text_of,
)
from cstocli.tabular.instants import Reading, reading_of

_BROKEN = (TypeError, ValueError, OverflowError, MemoryError)
"""What pyreadstat raises where a file is damaged."""
_ROWS = 100_000
"""How many rows of Stata are read at a time; SPSS packs its rows, and they are read at once."""


class StatisticalSource(Source):
    """The rows of a `.dta` or a `.sav`.

    If `raw`, days and points in time stay the numbers that they are in the file, beside their
    form, so that a file of the same kind gets the very same.
    """

    def __init__(self, path: str, kind: str, encoding: str | None, *, raw: bool) -> None:
        with needed(FILES, f"{kind} files"):
            import pyreadstat
        self.name = path
        self.kind = kind
        self._encoding = encoding and _known_encoding(encoding)
        self._read = pyreadstat.read_dta if kind == ".dta" else pyreadstat.read_sav
        self._errors = (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, *_BROKEN)
        _, self.meta = self._rows(metadataonly=True)
        self.label = self.meta.file_label or ""
        self.count = self.meta.number_rows or 0
        self.remarks = self.meta.notes
        if self.meta.mr_sets:
            self.notes = ["The sets of multiple responses were left out."]
        forms = self.meta.original_variable_types
        names = self.meta.column_names
        if None in names:
            raise Refused(f"cannot read {quoted(path)}: a column has no name")
        self._readings = [reading_of(forms[name] or "") for name in names]
        self._raw = raw
        self.fields = list(map(self._field, names, self._readings))

    def _rows(self, **options: Any) -> tuple[dict[str, list[Any]], Any]:
        """What pyreadstat reads; raises Refused for what it cannot."""
        try:
            found: tuple[dict[str, list[Any]], Any] = self._read(
                self.name,
                output_format="dict",
                user_missing=True,
                disable_datetime_conversion=True,
                encoding=self._encoding,
                **options,
            )
        except UnicodeDecodeError:
            raise Refused(
                f"{quoted(self.name)} has a text that is not UTF-8; name its encoding: --encoding "
                "cp1251, latin-1"
            ) from None
        except self._errors as error:
            advice = "; name its encoding: --encoding cp1251" if "encoding" in str(error) else ""
            raise Refused(f"cannot read {quoted(self.name)}: {error}{advice}") from None
        return found

    def _field(self, name: str, reading: Reading | None) -> Field:
        """A column as pyreadstat describes it."""
        meta = self.meta
        storage = meta.readstat_variable_types[name]
        sort = {"string": TEXT, "float": REAL, "double": REAL}.get(storage, NUMBER)
        if reading and not self._raw:
            sort, storage = reading[0], ""
        return Field(
            name,
            sort,
            "" if storage == "string" else storage,
            self._width(name),
            meta.original_variable_types[name] or "",
            meta.column_names_to_labels.get(name) or "",
            meta.variable_value_labels.get(name, {}),
            {
                "set": meta.variable_to_label.get(name, "") if self.kind == ".dta" else "",
                "width": meta.variable_display_width.get(name),
                "measure": meta.variable_measure.get(name),
                "missing": meta.missing_ranges.get(name),
            },
        )

    def _width(self, name: str) -> int:
        """How many bytes the texts of a column have at most; of Stata one more is told."""
        told = int(self.meta.variable_storage_width.get(name, 0))
        return max(told - 1, 0) if self.kind == ".dta" else told

    def batches(self, places: Sequence[int] | None = None) -> Iterator[Batch]:
        """The rows, of which only some columns are needed, or all."""
        wanted = range(len(self.fields)) if places is None else sorted({*places})
        names = [self.fields[place].name for place in wanted]
        chosen = None if places is None else names
        limited = self.kind == ".dta" and self.count > _ROWS
        for offset in range(0, self.count, _ROWS) if limited else (0,):
            limits = {"row_offset": offset, "row_limit": _ROWS} if limited else {}
            found, meta = self._rows(usecols=chosen, **limits)
            columns = {
                place: _gaps(found[name], meta.missing_ranges.get(name), self.fields[place])
                for place, name in zip(wanted, names, strict=True)
            }
            numbers = range(offset + 1, offset + 1 + len(found[names[0]]))
            yield _StatisticalBatch(columns, numbers, self.fields, self._readings, raw=self._raw)


class _StatisticalBatch(Batch):
    """Some rows, whose numbers are days and points in time by their form."""

    def __init__(
        self,
        columns: Mapping[int, Sequence[Any]],
        numbers: Sequence[int],
        fields: Sequence[Field],
        readings: Sequence[Reading | None],
        *,
        raw: bool,
    ) -> None:
        super().__init__(columns, numbers)
        self._fields = fields
        self._readings = readings
        self._raw = raw

    def values(self, place: int) -> Sequence[Any]:
        column = self._columns[place]
        read = self._reads(place)
        if self._raw or not read:
            return column
        try:
            return [read(v) if isinstance(v, (int, float)) else v for v in column]
        except (OverflowError, ValueError):
            name = self._fields[place].name
            raise Refused(f"{quoted(name)} holds a day beyond the year 9999") from None

    def texts(self, place: int) -> list[str]:
        written = _Written(self._reads(place), self._fields[place].form)
        return list(map(written.__getitem__, self._columns[place]))

    def _reads(self, place: int) -> Callable[[Any], Any] | None:
        """What makes a value of a number of a column."""
        reading = self._readings[place]
        if reading:
            return reading[1]
        return short if self._fields[place].storage == SINGLE else None


class _Written(dict[Any, str]):
    """The text of each value of a column."""

    def __init__(self, read: Callable[[Any], Any] | None, form: str) -> None:
        self._read = read
        self._form = form

    def __missing__(self, value: Any) -> str:
        shown = value
        if self._read and isinstance(value, (int, float)):
            try:
                shown = self._read(value)
            except (OverflowError, ValueError):
                shown = f"{value} ({self._form})"
        self[value] = text = text_of(shown)
        return text


def _known_encoding(name: str) -> str:
    """An encoding by the name that Python and iconv know it by."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise Refused(f"there is no text encoding {quoted(name)}") from None


def _gaps(values: list[Any], ranges: Any, field: Field) -> Sequence[Any]:
    """The values of a column, of which those are gaps that stand for missing ones."""
    if ranges:
        bounds = [(each["lo"], each["hi"]) for each in ranges]
        return [Gap(v) if v is not None and _within(v, bounds) else v for v in values]
    if field.sort == TEXT or not any(isinstance(value, str) for value in values):
        return values
    return [Gap(value) if isinstance(value, str) else value for value in values]


def _within(value: Any, bounds: Sequence[tuple[Any, Any]]) -> bool:
    """Whether a value lies between any of some bounds."""
    return any(lowest <= value <= highest for lowest, highest in bounds)
