"""Workbooks of Excel, written by XlsxWriter row by row, so that they take little memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import IO, Any

from cstocli.tabular.excel import ExcelSource
from cstocli.tabular.extras import FILES, needed
from cstocli.tabular.fields import LARGEST, Field, Gap, Part, Source, as_float, encoded, unheld

_MOST_ROWS, _MOST_COLUMNS, _LONGEST_TEXT = 1_048_576, 16_384, 32_767
_FIRST_DAY = dt.date(1900, 1, 1)
_FORMS = {
    dt.date: "yyyy-mm-dd",
    dt.datetime: "yyyy-mm-dd hh:mm:ss",
    dt.time: "hh:mm:ss",
    dt.timedelta: "[h]:mm:ss",
}


def write(out: IO[bytes], source: Source, added: Sequence[Field], parts: Iterable[Part]) -> None:
    """Write rows and what they get to the one sheet of a new workbook.

    Raises Refused for what Excel cannot hold.
    """
    with needed(FILES, ".xlsx files"):
        import xlsxwriter

    fields = [*source.fields, *added]
    (top, left), name = (0, 0), None
    if isinstance(source, ExcelSource):
        (top, left), name = source.begins, source.sheet
    if left + len(fields) > _MOST_COLUMNS:
        what = f"{len(fields):,} columns with those added, and Excel at most {_MOST_COLUMNS:,}"
        raise unheld(source.name, what)
    with TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(out, {"constant_memory": True, "tmpdir": folder})
        sheet = book.add_worksheet(name)
        row = _Row(book, sheet, source.name, left, fields)
        try:
            row.write(top, [field.more.get("head", field.name) for field in fields])
            for part in parts:
                for values in zip(*part.columns(source.fields), strict=True):
                    top += 1
                    row.write(top, values)
            book.use_zip64()
            book.close()
        finally:
            sheet.row_data_fh.close()


class _Row:
    """What writes the rows of a sheet."""

    def __init__(
        self, book: Any, sheet: Any, file: str, left: int, fields: Sequence[Field]
    ) -> None:
        self._sheet = sheet
        self._file = file
        self._left = left
        self._fields = fields
        self._forms = {kind: book.add_format({"num_format": one}) for kind, one in _FORMS.items()}

    def write(self, row: int, values: Iterable[Any]) -> None:
        """Write a row; raises Refused for what Excel cannot hold."""
        if row >= _MOST_ROWS:
            raise unheld(self._file, f"more rows than Excel, which has {_MOST_ROWS:,} with the "
                         "names of the columns")  # fmt: skip
        for place, value in enumerate(values):
            if value is None or isinstance(value, Gap) or value != value:
                continue
            at = row, self._left + place
            if isinstance(value, str):
                self._sheet.write_string(*at, self._short(value, place))
            elif isinstance(value, bool):
                self._sheet.write_boolean(*at, value)
            elif isinstance(value, (int, float, Decimal)):
                self._sheet.write_number(*at, self._number(value, place))
            else:
                form = self._forms.get(type(value))
                self._sheet.write_datetime(*at, self._instant(value, place), form)

    def _short(self, text: str, place: int) -> str:
        """A text that a cell holds, which Excel counts as UTF-16 does."""
        if not text.isascii():
            encoded(text, self._fields[place].name)
        if len(text) * 2 > _LONGEST_TEXT and len(text.encode("utf-16-le")) > 2 * _LONGEST_TEXT:
            what = f"a text of {len(text):,} characters, and Excel holds at most {_LONGEST_TEXT:,}"
            raise unheld(self._fields[place].name, what)
        return text

    def _number(self, value: Any, place: int) -> Any:
        """A number that a cell holds, all of it."""
        name = self._fields[place].name
        number = as_float(value, name)
        if abs(number) == float("inf") or (isinstance(number, int) and abs(number) > LARGEST):
            raise unheld(name, f"the number {number}, which Excel does not hold")
        return number

    def _instant(self, value: Any, place: int) -> Any:
        """A day, a point in time or a time of day that a cell holds."""
        name = self._fields[place].name
        if type(value) not in _FORMS:
            raise unheld(name, "what Excel has no cells for")
        if getattr(value, "tzinfo", None):
            raise unheld(name, "points in time with a zone, which Excel does not have")
        day = value.date() if isinstance(value, dt.datetime) else value
        if isinstance(day, dt.date) and day < _FIRST_DAY:
            raise unheld(name, f"{day}, and Excel no days before 1900")
        if getattr(value, "microsecond", 0) % 1000:
            raise unheld(name, f"{value}, and Excel nothing below a millisecond")
        return value
