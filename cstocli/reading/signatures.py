"""The kinds of file that are no CSV, told by their first bytes, and what to do with each."""

from __future__ import annotations

import zlib
from typing import NamedTuple


class Kind(NamedTuple):
    """What a file is, and what to do with it."""

    name: str
    advice: str


LOOKED_AT = 4096
"""How many bytes are looked at, where a file has them."""
_SAVE = "save it as CSV"
_STATA = Kind("a Stata file (dta)", "let its name end in .dta")
_R_DATA = Kind("an R data file (rds or RData)", "save it as CSV (in R: write.csv)")
_GZIP = Kind("compressed by gzip (gz)", "gunzip it, or let the name of a CSV end in .csv.gz")
_ZIP = b"PK\3\4", b"PK\5\6"
_PACKED = {
    b"opendocument": Kind("an OpenDocument file (ods)", _SAVE),
    b"word/": Kind("a Word document (docx)", "save its table as CSV"),
    b"xl/": (workbook := Kind("an Excel workbook (xlsx)", "let its name end in .xlsx")),
    b"[Content_Types].xml": workbook,
    b"": Kind("a ZIP archive", "unzip it"),
}
"""What is a ZIP archive, by what is in it."""
_BEGINNINGS = {
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",): Kind("an old Excel workbook (xls)", _SAVE),
    (b"PAR1",): Kind("a Parquet file", "let its name end in .parquet"),
    (b"ARROW1",): Kind("a Feather file (Arrow)", "let its name end in .feather"),
    (b"FEA1",): Kind("a Feather file of the first version", _SAVE),
    (b"<stata_dta>",): _STATA,
    (b"$FL2", b"$FL3"): Kind("an SPSS file (sav)", "let its name end in .sav"),
    (b"RDX2\n", b"RDX3\n", b"RDA2\n", b"RDA3\n", b"X\n\0\0\0"): _R_DATA,
    (b"\x1f\x8b",): _GZIP,
    (b"BZh91AY&SY",): Kind("compressed by bzip2 (bz2)", "bunzip2 it"),
    (b"\xfd7zXZ\0",): Kind("compressed by xz", "unxz it"),
    (b"\x28\xb5\x2f\xfd",): Kind("compressed by Zstandard (zst)", "unzstd it"),
    (b"7z\xbc\xaf\x27\x1c",): Kind("a 7z archive", "unpack it"),
    (b"SQLite format 3\0",): Kind("an SQLite database", "export its table as CSV"),
    (b"%PDF-",): Kind("a PDF document", "copy its table into a spreadsheet and save that as CSV"),
}
_MARKUP = {
    (b"<!doctype html", b"<html"): Kind("a page of HTML", "download the table itself, as CSV"),
    (b"<?xml",): Kind("an XML document", _SAVE),
}


def kind_of(start: bytes) -> Kind | None:
    """The kind of file that begins so, if it is none of plain text."""
    if start.startswith(_ZIP):
        return next(kind for name, kind in _PACKED.items() if name in start)
    if start[1:4] in (b"\1\1\0", b"\2\1\0") and 105 <= start[0] <= 115:  # up to version 12
        return _STATA
    markup = start[:100].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for text, kinds in ((start, _BEGINNINGS), (markup, _MARKUP)):
        for beginnings, kind in kinds.items():
            if text.startswith(beginnings):
                return _R_DATA if kind is _GZIP and _is_r_data(start) else kind
    return None


def utf_16(start: bytes) -> str | None:
    """The encoding of what begins so, if that is UTF-16, with a byte order mark or without one.

    Then every line end has a zero beside it, or more than every third byte is a zero.
    """
    start = start[:LOOKED_AT]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sides = {place % 2 for place, byte in enumerate(start) if not byte} if b"\0" in start else ()
    if len(sides) != 1 or b"\0\0" in start:
        return None
    encoding, end = ("utf-16-le", b"\n\0") if 1 in sides else ("utf-16-be", b"\0\n")
    ends = start.count(b"\n")
    is_text = start.count(end) == ends > 0 or start.count(b"\0") * 3 > len(start)
    return encoding if is_text else None


def _is_r_data(start: bytes) -> bool:
    """Whether what is compressed begins as R writes it."""
    try:
        inside = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, 16)
    except zlib.error:
        return False
    return kind_of(inside) is _R_DATA
