"""Files of another kind than CSV, called by their kind wherever a table is read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest
from running import Ran, ask, run

CSV = b"state,date\nGeorgia,1998-05-01\n"


def packed(*names: str) -> bytes:
    """A ZIP archive of files with these names."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.spreadsheet"
                             if name == "mimetype" else CSV, zipfile.ZIP_STORED)  # fmt: skip
    return data.getvalue()


def database() -> bytes:
    with sqlite3.connect(":memory:") as base:
        base.execute("CREATE TABLE spells (state)")
        return base.serialize()


KINDS = {
    "workbook.csv": (packed("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook (xlsx)"),
    "workbook.txt": (packed("docProps/app.xml", "xl/workbook.xml"), "an Excel workbook (xlsx)"),
    "panel.docx": (packed("[Content_Types].xml", "word/document.xml"), "a Word document (docx)"),
    "panel.ods": (packed("mimetype", "content.xml"), "an OpenDocument file (ods)"),
    "panel.zip": (packed("panel.csv"), "a ZIP archive"),
    "empty.zip": (packed(), "a ZIP archive"),
    "panel.xls": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504), "an old Excel workbook (xls)"),
    "parquet.csv": (b"PAR1\x15\4\x15\xac" + bytes(99), "a Parquet file"),
    "feather.csv": (b"ARROW1\0\0" + bytes(99), "a Feather file (Arrow)"),
    "old.feather": (b"FEA1" + bytes(99), "a Feather file of the first version"),
    "stata.csv": (b"<stata_dta><header><release>118", "a Stata file (dta)"),
    "stata.tsv": (b"\x71\2\1\0\5\0" + bytes(99), "a Stata file (dta)"),
    "stata.txt": (b"\x73\1\1\0\0\5" + bytes(99), "a Stata file (dta)"),
    "spss.csv": (b"$FL2@(#) SPSS DATA FILE", "an SPSS file (sav)"),
    "panel.xlsx": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504), "an old Excel workbook (xls)"),
    "panel.dta": (CSV, "text, perhaps a CSV"),
    "panel.parquet": (CSV, "text, perhaps a CSV"),
    "panel.sav": (b"PAR1" + bytes(99), "a Parquet file"),
    "panel.rds": (gzip.compress(b"X\n\0\0\0\3\0\4\2\1"), "an R data file (rds or RData)"),
    "panel.RData": (gzip.compress(b"RDX3\nX\n\0\0\0\3"), "an R data file (rds or RData)"),
    "plain.rda": (b"RDX2\nX\n\0\0\0\2", "an R data file (rds or RData)"),
    "panel.csv": (gzip.compress(CSV), "compressed by gzip (gz)"),
    "cut.csv": (gzip.compress(CSV)[:11], "compressed by gzip (gz)"),
    "broken.csv": (b"\x1f\x8b\xff\xff", "compressed by gzip (gz)"),
    "inside.csv.gz": (gzip.compress(b"PAR1"), "a Parquet file"),
    "panel.bz2": (bz2.compress(CSV), "compressed by bzip2 (bz2)"),
    "panel.xz": (lzma.compress(CSV), "compressed by xz"),
    "panel.zst": (b"\x28\xb5\x2f\xfd\4\x58", "compressed by Zstandard (zst)"),
    "panel.7z": (b"7z\xbc\xaf\x27\x1c\0\4", "a 7z archive"),
    "panel.sqlite": (database(), "an SQLite database"),
    "panel.pdf": (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
    "panel.html": (b"\xef\xbb\xbf\n <!DOCTYPE html>\n<html>", "a page of HTML"),
    "bare.html": (b"<HTML lang=en>", "a page of HTML"),
    "panel.xml": (b'<?xml version="1.0"?>\n<rows/>', "an XML document"),
}
TEXT = "state,date\nGeorgia,1998-05-01\nГрузия,1998-05-01\n"
ENCODINGS = {
    "utf-16-le": TEXT.encode("utf-16-le"),
    "utf-16-be": TEXT.encode("utf-16-be"),
    "utf-16": TEXT.encode("utf-16"),
}


def written(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def annotated(path: str, *options: str) -> Ran:
    return ask("annotate", path, "--state", "state", "--date", "date", *options)


def asked(path: str) -> list[Ran]:
    """What is said of a file where it is annotated, asked and validated."""
    return [annotated(path), ask("--data", path, "members"), ask("validate", path)]


@pytest.mark.parametrize("name", KINDS)
def test_a_file_of_another_kind_is_called_by_it_with_what_to_do(tmp_path: Path, name: str) -> None:
    data, kind = KINDS[name]
    for ran, status in zip(asked(written(tmp_path, name, data)), (2, 2, 1), strict=True):
        said = " ".join((ran.out if status == 1 else ran.err).split())
        assert ran.status == status
        assert kind in said
        assert re.match("[:;] .*(it|table)", said.partition(kind)[2])
        assert "did you mean" not in said
        assert ran.out.isascii()


def test_a_file_of_another_kind_from_a_pipe_is_called_by_it(tmp_path: Path) -> None:
    path = written(tmp_path, "panel.csv", gzip.compress(CSV))
    done = run("csto", "annotate", "-", "--state", "state", "--date", "date", redirect=f"< {path}")
    assert done.returncode == 2
    assert b"'standard input' is compressed by gzip (gz): gunzip it" in done.stderr


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_utf_16_is_told_with_or_without_a_mark(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "panel.csv", ENCODINGS[encoding])
    annotate, members, validate = asked(path)
    assert annotate.err.endswith(f"is not UTF-8 text but UTF-16: --encoding {encoding}\n")
    assert "not UTF-8 text but UTF-16; save it as UTF-8" in members.err
    assert "not UTF-8 text but UTF-16; save it as UTF-8" in validate.out
    assert annotated(path, "--encoding", encoding).out.count(",yes,") == 2


@pytest.mark.parametrize(
    "content", ["state,date", "страна,дата\nГрузия;л,июль 1998\n" * 99, "state,date\r" * 3000]
)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_told_in_any_script_and_any_length(
    tmp_path: Path, content: str, encoding: str
) -> None:
    path = written(tmp_path, "panel.csv", content.encode(encoding))
    assert f"--encoding {encoding}" in annotated(path).err


@pytest.mark.parametrize(
    "content",
    [
        b"state,date,n\nGeorgia,1998-05-01,\0\n",
        b"state,date,n\nGeorgia,1998-05-01,\0\n\0,1998-05-01,n\n",
        b"state,date,PK\3\4\n",
        b"date,state,PAR1\n1998-05-01,Georgia,ARROW1\n",
        b"state,date,<html>\n",
        b"state,date\n<html>,1998-05-01\n",
    ],
)
def test_text_that_only_looks_like_another_kind_is_text(tmp_path: Path, content: bytes) -> None:
    assert annotated(written(tmp_path, "panel.csv", content)).out.count("\n") == content.count(
        b"\n"
    )
