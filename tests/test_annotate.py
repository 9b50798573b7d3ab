"""Membership joined to the rows of a CSV: every row kept, every answer that of `check`."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import gzip
import io
import itertools
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from facts import BASES, NAMES
from running import CSTO, Ran, ask, environment, run

from cstocli import Dataset, Refused, load
from cstocli.annotate import places
from cstocli.core.records import Records
from cstocli.reading import csv_stream, rows

Rows = list[list[str]]
Writer = Callable[..., str]

ADDED = [
    "csto_state",
    "csto_member",
    "csto_counted",
    "csto_status",
    "csto_first_day",
    "csto_part",
    "csto_disputed",
    "csto_error",
]
COLUMNS = ["--state", "state", "--date", "date"]
HEADER = "state,date\n"
GOOD = "Georgia,1998-05-01\n"
GOOD_CELLS = ["GEO", "yes", "1", "party", "1993-12-09", "all", "false", ""]
EMPTY = [""] * 7
COUNTED = {"yes": "1", "no": "0"}
BAD = "Narnia,1998-05-01\n"
DAY = dt.timedelta(days=1)


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Write a file of this text or these bytes; its path."""

    def written(content: str | bytes, name: str = "panel.csv") -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return written


@pytest.fixture(autouse=True)
def _long_cells() -> Iterator[None]:
    """The tests themselves read cells of any length."""
    before = csv.field_size_limit(2**30)
    yield
    csv.field_size_limit(before)


def annotated(path: str, *options: str) -> Ran:
    ran = ask("annotate", path, *COLUMNS, *options)
    assert ran.status != 70, ran.err
    return ran


def parsed(text: str, delimiter: str = ",") -> Rows:
    """The rows of a CSV; blank lines are rows without cells."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def refusal(path: str, *options: str) -> str:
    """Why a file is not annotated: one line on stderr, exit status 2."""
    ran = annotated(path, *options)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert ran.err.startswith("Error: ")
    return ran.err.removeprefix("Error: ").rstrip("\n")


def errors(ran: Ran) -> list[str]:
    """The reason of each row."""
    header, *rows = parsed(ran.out)
    return [row[header.index("csto_error")] for row in rows]


# Agreement with `check`


def cells(row: Any) -> list[str]:
    """What a row of `check` is in the columns that are added."""
    found: dict[str, Any] = row if isinstance(row, dict) else row._asdict()
    return [
        found["state"],
        found["answer"],
        COUNTED.get(found["answer"], ""),
        found["status"],
        str(found["first_day"] or ""),
        found["part"] or "",
        str(found["disputed"]).lower(),
        "",
    ]


def asked_by_json(state: str, date: str, *options: str, before: Sequence[str] = ()) -> list[str]:
    ran = ask(*before, "check", state, "--on", date, "--format", "json", *options)
    return cells(json.loads(ran.out)["rows"][0])


def asked_by_library(dataset: Dataset, pairs: Iterable[tuple[str, str]], basis: str | None) -> Rows:
    return [[*pair, *cells(dataset.check(*pair, basis=basis).rows[0])] for pair in pairs]


def file_of(pairs: Iterable[tuple[str, str]]) -> str:
    return HEADER + "".join(f"{state},{date}\n" for state, date in pairs)


def days_of_change(records: Records) -> set[dt.date]:
    bounds = {bound for s in records.spells.values() for bound in (s.first_day, s.last_day)}
    bounds |= {bound for d in records.disputes.values() for bound in (d.first_day, d.last_day)}
    return {day for day in bounds if day}


@pytest.mark.parametrize("basis", BASES)
def test_a_row_is_answered_as_check_answers_it(records: Records, write: Writer, basis: str) -> None:
    around = (-1, 0, 1)
    days = {day + n * DAY for day in days_of_change(records) for n in around}
    months = {str(day)[:7] for day in days}
    years = [f"{year}" for year in range(1990, 2027)]
    dates = [*sorted(map(str, days | {dt.date(1950, 1, 1), dt.date(2026, 11, 22)}))]
    dates += [*sorted(months), *years, "today", "yesterday", "15 May 1992", "май 1999"]
    pairs = list(itertools.product([*NAMES.values(), "France"], dates))
    ran = annotated(write(file_of(pairs)), "--basis", basis)
    assert ran.status == 0
    assert parsed(ran.out)[1:] == asked_by_library(load(), pairs, basis)


@pytest.mark.parametrize(
    ("state", "date", "basis", "member"),
    [
        ("Uzbekistan", "2006", "joined", "partly"),
        ("Uzbekistan", "2006-07-15", "joined", "yes"),
        ("GEO", "1994-04", "in-force", "partly"),
        ("France", "2000", "joined", "no"),
        ("kyrgystan", "1992-05-15", "joined", "yes"),
    ],
)
def test_a_row_is_the_row_of_check_in_json(
    write: Writer, state: str, date: str, basis: str, member: str
) -> None:
    ran = annotated(write(file_of([(state, date)])), "--basis", basis)
    (row,) = parsed(ran.out)[1:]
    assert row == [state, date, *asked_by_json(state, date, "--basis", basis)]
    assert row[3] == member


def test_the_disputed_are_marked(write: Writer) -> None:
    pairs = [("Uzbekistan", "2006-07-15"), ("Uzbekistan", "2006"), ("Uzbekistan", "2007")]
    ran = annotated(write(file_of(pairs)))
    assert [row[8] for row in parsed(ran.out)[1:]] == ["true", "true", "false"]


IMPRECISE = """state,first_day,last_day,status
Georgia,1993-12,1999,member
Armenia,1992,1994-03,signatory
Armenia,1994,1999,member
Armenia,2001-05-10,,member
Belarus,1993,1993,member
Kazakhstan,1992-05-15,1994-04,associate
Kazakhstan,1994-04,1995-02-10,member
Kazakhstan,1995,1996,member
Uzbekistan,1992-07,1993-10,member
Uzbekistan,1993-10,1993,associate
Uzbekistan,1993,1995,member
"""


def test_a_row_that_imprecise_bounds_do_not_decide_is_unknown(write: Writer) -> None:
    data = write(IMPRECISE, "spells.csv")
    states = ["Georgia", "Armenia", "Belarus", "Kazakhstan", "Uzbekistan"]
    first, last = dt.date(1991, 12, 30), dt.date(2001, 5, 12)
    days = [str(first + n * DAY) for n in range((last - first).days)]
    dates = [*days, *sorted({day[:7] for day in days}), *sorted({day[:4] for day in days})]
    pairs = list(itertools.product(states, dates))
    path = write(file_of(pairs))
    ran = ask("--data", data, "annotate", path, *COLUMNS)
    rows = parsed(ran.out)[1:]
    assert ran.status == 0
    assert {row[3] for row in rows} == {"yes", "no", "partly", "unknown"}
    dataset = load(data)
    sample = [*rows[::7], *(row for row in rows if len(row[1]) < 10)]
    assert sample == asked_by_library(dataset, [(row[0], row[1]) for row in sample], None)
    unknown = [row for row in rows if row[3] == "unknown"]
    for state, date, *added in (unknown[0], unknown[-1]):
        assert added == asked_by_json(state, date, before=["--data", data])


CODES = """
iso2c    AM  AZ  BY  GE  KZ  KG  RU  TJ  UZ
iso3c    ARM AZE BLR GEO KAZ KGZ RUS TJK UZB
iso3n    051 031 112 268 398 417 643 762 860
cowc     ARM AZE BLR GRG KZK KYR RUS TAJ UZB
cown     371 373 370 372 705 703 365 702 704
gwc      ARM AZE BLR GRG KZK KYR RUS TAJ UZB
gwn      371 373 370 372 705 703 365 702 704
eurostat AM  AZ  BY  GE  KZ  KG  RU  TJ  UZ
"""
"""The nine in each scheme of codes, in the order of their names."""


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("line", CODES.strip().splitlines(), ids=lambda line: line.split()[0])
def test_the_nine_are_answered_by_their_codes_as_by_their_names(
    records: Records, write: Writer, line: str, basis: str
) -> None:
    scheme, *codes = line.split()
    days = {day + n * DAY for day in days_of_change(records) for n in (-1, 0, 1)}
    dates = [str(year) for year in range(1990, 2026)]
    dates += [day for day in sorted(map(str, days)) if "1990" <= day < "2026"]
    dates += [f"{year}-{month:02}" for year in (1991, 1994, 1999, 2006, 2012) for month in (4, 12)]
    told = []
    for names, options in ((NAMES.values(), ()), (codes, ("--state-code", scheme))):
        path = write(file_of(itertools.product(names, dates)))
        ran = annotated(path, *options, "--basis", basis, "--rule", "last-day")
        assert ran.status == 0
        told.append([row[1:] for row in parsed(ran.out)])
    by_name, by_code = told
    assert by_code == by_name
    assert len(by_name) == 1 + 9 * len(dates)
    assert {row[by_name[0].index("csto_state")] for row in by_name[1:]} == {*NAMES}


def test_the_basis_may_come_from_the_environment(write: Writer) -> None:
    path = write(HEADER + "Georgia,1994-01-01\n")
    ran = ask("annotate", path, *COLUMNS, variables={"CSTO_BASIS": "in-force"})
    assert parsed(ran.out)[1][3:6] == ["no", "0", "signatory"]
    assert annotated(path).out == annotated(path, "--basis", "joined").out


def test_a_text_that_was_forgotten_is_answered_again_as_before(
    write: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = [*NAMES.values(), *NAMES, "Narnia", "France", ""]
    pairs = list(itertools.product(states, ["1998-05-01", "2006", "2006-07", "x", "2030", ""]))
    path = write(file_of(pairs * 2))
    remembered = annotated(path)
    monkeypatch.setattr(places, "_MANY", 2)
    assert annotated(path) == remembered


# Rows and columns are kept


KEPT = {
    "plain": "state,date,n\nGeorgia,1998,1\nRussia,2000-01-01,2\n",
    "no line break at the end": "state,date\nGeorgia,1998\nRussia,2000",
    "in no order": "state,date\nRussia,2001\nGeorgia,1998\nRussia,2000\nGeorgia,1998\n",
    "other columns around": "a,date,,state,a,z\n1,1998,,Georgia,2,3\n,1999,x,Russia,,\n",
    "quoted": '"state","date","n"\n"Georgia","1998","a ""b"" c"\nRussia,2000,""\n',
    "quotation marks inside": 'state,date,n\nGeorgia,1998,a"b\nRussia,2000,5\' 4""\n',
    "delimiters in cells": 'state,date,n\n"Korea, Republic of",1998,"a,b"\nRussia,2000,","\n',
    "line breaks in cells": 'state,date,n\nGeorgia,1998,"a\nb"\nRussia,2000,"\n\n"\n',
    "every line break in cells": 'state,date,n\nGeorgia,1998,"a\r\nb"\nRussia,2000,"a\rb"\n',
    "line breaks in the header": 'state,date,"n\nm"\nGeorgia,1998,a\n',
    "a line break in a date": 'state,date\nGeorgia,"1998\n"\nRussia,2000\n',
    "blank lines": "state,date\n\nGeorgia,1998\n\n\nRussia,2000\n\n",
    "CRLF": "state,date,n\r\nGeorgia,1998,a\r\nRussia,2000,b c\r\n",
    "CRLF and blank lines": "state,date\r\n\r\nGeorgia,1998\r\n\r\n",
    "CRLF and quoted": 'state,date,n\r\nGeorgia,1998,"a"\r\n"Russia",2000,"b\r\nc"\r\n',
    "CR": "state,date\rGeorgia,1998\rRussia,2000\r",
    "blanks around": "state,date,n\n Georgia ,1998 ,  a\t\n\tRussia, 2000,b \n",
    "byte order mark": "\ufeffstate,date\nGeorgia,1998\n",
    "byte order mark and quoted": '\ufeff"state","date"\n"Georgia","1998"\n',
    "other letters": "state,date,n\nГрузия,1998,Ўзбекистон 🇺🇿\nСША,2000,\u2028\u0085\u00a0\n",
    "formulas": "state,date,n\nGeorgia,1998,=1+1\nRussia,2000,@x\n",
    "backslashes": 'state,date,n\nGeorgia,1998,a\\\nRussia,2000,"\\"\n',
    "numbers as they are": "state,date,n\nGeorgia,1998,007\nRussia,2000,1.50\n",
    "controls": "state,date,n\nGeorgia,1998,\x00\x1b[31m\nRussia,2000,\x07\x0b\x0c\x1c\x85\n",
    "quotation marks around all or nothing": 'state,date,n\n"Georgia","1998","001"\nRussia,2000,""'
    "\nRussia,2000,\n",
    "a carriage return before the end": 'state,date,n\nGeorgia,1998,"a\r"\r\nRussia,2000,b\r\n',
    "a long cell": f"state,date,n\nGeorgia,1998,{'x' * 140_000}\nRussia,2000,y\n",
    "a long cell of many lines": 'state,date,n\nGeorgia,1998,"{}"\n'.format("x\n" * 70_000),
    "a long name": f"state,date,{'n' * 140_000}\nGeorgia,1998,x\n",
    "one column for both": "date,n,state\n1998,Georgia,Russia\n",
    "no name for a column": "state,,date,\nGeorgia,,1998,\n",
}


def kept(content: str, delimiter: str = ",") -> Rows:
    return parsed(content.removeprefix("\ufeff"), delimiter)


def texts(content: str) -> list[str]:
    """The text of each row, without the end of its line."""
    lines = io.StringIO(content.removeprefix("\ufeff"), newline="").readlines()
    reader = csv.reader(lines, strict=True)
    ends = [0, *(reader.line_num for _ in reader)]
    rows = ("".join(lines[first:last]) for first, last in itertools.pairwise(ends))
    return [re.sub("(\r\n|\r|\n)$", "", row) for row in rows]


@pytest.mark.parametrize("content", KEPT.values(), ids=KEPT)
def test_every_row_and_column_is_kept_in_order(write: Writer, content: str) -> None:
    ran = annotated(write(content))
    (header, *rows), (wanted, *read) = parsed(ran.out), kept(content)
    assert header == [*wanted, *ADDED]
    assert [row[: len(wanted)] for row in rows] == read
    assert {len(row) for row in rows if row} == {len(header)}
    assert (ran.status, set(errors_of(header, rows))) == (0, {""})


def errors_of(header: list[str], rows: Rows) -> list[str]:
    return [row[header.index("csto_error")] for row in rows if row]


@pytest.mark.parametrize("content", KEPT.values(), ids=KEPT)
def test_a_line_begins_with_the_very_text_of_its_row_and_ends_with_a_line_feed(
    write: Writer, content: str
) -> None:
    out = annotated(write(content)).out
    for text in texts(content):
        assert out.startswith(text)
        added, end, out = out.removeprefix(text).partition("\n")
        assert end
        assert "\r" not in added
        assert not text or added.count(",") == len(ADDED)
    assert not out


@pytest.mark.parametrize("option", [True, False], ids=["told", "guessed"])
@pytest.mark.parametrize(
    ("delimiter", "typed"), [("\t", "tab"), ("\t", "\\t"), (";", ";"), ("|", "|"), (",", ",")]
)
@pytest.mark.parametrize("name", ["plain", "quoted", "delimiters in cells", "blank lines", "CRLF"])
def test_other_delimiters_are_kept(
    write: Writer, name: str, delimiter: str, typed: str, option: bool
) -> None:
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=delimiter).writerows(kept(KEPT[name]))
    ran = annotated(write(lines.getvalue()), *(["--delimiter", typed] if option else []))
    (header, *rows), (wanted, *read) = parsed(ran.out, delimiter), kept(KEPT[name])
    assert header == [*wanted, *ADDED]
    assert [row[: len(wanted)] for row in rows] == read
    assert ran.status == 0


@pytest.mark.parametrize("delimiter", [":", "~", "§", "\x1f"])
def test_any_character_can_be_told_to_be_the_delimiter(write: Writer, delimiter: str) -> None:
    content = f"state{delimiter}date\nGeorgia{delimiter}1998-05-01\n"
    ran = annotated(write(content), "--delimiter", delimiter)
    assert parsed(ran.out, delimiter)[1] == ["Georgia", "1998-05-01", *GOOD_CELLS]


def test_a_reason_with_the_delimiter_in_it_is_one_cell(write: Writer) -> None:
    ran = annotated(write("state;date\nNarnia;2000\n"))
    header, row = parsed(ran.out, ";")
    assert len(row) == len(header)
    assert ";" in row[-1]


@pytest.mark.parametrize("delimiter", ["", "ab", '"', "\n", "\r", "\udcff"])
def test_a_delimiter_that_is_none_is_refused(write: Writer, delimiter: str) -> None:
    path = write("state\nGeorgia\n")
    ran = ask("annotate", path, "--state", "state", "--date", "state", "--delimiter", delimiter)
    assert (ran.status, ran.out) == (2, "")


# Encodings


@pytest.mark.parametrize(
    ("encoding", "typed"),
    [
        ("cp1251", "cp1251"),
        ("cp1251", "windows-1251"),
        ("koi8-r", "KOI8-R"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-32", "utf_32"),
        ("utf-8", "UTF8"),
        ("utf-8-sig", "utf-8"),
    ],
)
def test_a_file_in_another_encoding_becomes_utf_8(write: Writer, encoding: str, typed: str) -> None:
    content = "state,date,n\r\nГрузия,1998-05-01,Тбилиси\r\nРоссия,май 1992,Москва\r\n"
    ran = annotated(write(content.encode(encoding)), "--encoding", typed)
    assert ran == annotated(write(content))
    assert parsed(ran.out)[1] == ["Грузия", "1998-05-01", "Тбилиси", *GOOD_CELLS]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "UTF8", "utf_8", "u8", "utf-8-sig", "utf-16-le", "UTF_16BE"]
)
def test_a_byte_order_mark_is_no_part_of_the_first_name(write: Writer, encoding: str) -> None:
    path = write(f"\ufeff{HEADER}{GOOD}".encode(encoding.replace("-sig", "")))
    assert parsed(annotated(path, "--encoding", encoding).out)[0] == ["state", "date", *ADDED]


@pytest.mark.parametrize("line", [1, 4, 5000])
def test_a_wrong_encoding_is_named_with_a_line(write: Writer, line: int) -> None:
    rows = [HEADER.encode(), *[GOOD.encode()] * 6000]
    rows[line - 1] = "Грузия,1998-05-01\n".encode("cp1251")
    said = refusal(write(b"".join(rows[: line + 1000])))
    assert "not UTF-8" in said
    assert "--encoding" in said
    near = re.search(r"line (\d+)", said)
    assert near, said
    assert abs(int(near[1]) - line) * len(GOOD) <= 2**13


def test_the_encoding_that_is_wrong_is_the_one_that_was_told(write: Writer) -> None:
    assert "UTF-16" in refusal(write(HEADER + GOOD), "--encoding", "utf-16")
    assert "ASCII" in refusal(write(f"{HEADER}Грузия,1998\n"), "--encoding", "ascii")


@pytest.mark.parametrize("encoding", ["nope", "", "hex", "rot13", "кои8", "\udcff"])
def test_an_encoding_that_is_none_is_refused(write: Writer, encoding: str) -> None:
    ran = ask("annotate", write(HEADER + GOOD), *COLUMNS, "--encoding", encoding)
    assert (ran.status, ran.out) == (2, "")
    assert "encoding" in ran.err


@pytest.mark.parametrize(("encoding", "cell"), [("utf-7", "+2AA-"), ("unicode_escape", r"\ud800")])
def test_an_encoding_that_makes_no_text_of_a_cell_is_trouble(
    write: Writer, encoding: str, cell: str
) -> None:
    content = f"{HEADER}{GOOD}Georgia{cell},2000\n"
    ran = ask("annotate", write(content), *COLUMNS, "--encoding", encoding)
    assert ran.status == 2


# Rows that cannot be answered


@pytest.mark.parametrize(
    ("row", "state", "reason"),
    [
        ("Narnia,2000", "", "there is no country called 'Narnia'"),
        ("Prussia,2000", "", "there is no country called 'Prussia'"),
        ("Georgia,01/02/2007", "GEO", "2007-02-01"),
        ("Georgia,2007-02-29", "GEO", "February 2007 has days 1 to 28"),
        ("Georgia,2030", "GEO", "2030 has not come yet"),
        ("Georgia,2026-11-23", "GEO", "has not come yet"),
        ("France,99", "FRA", "is not a date"),
        ("Narnia,99", "", "there is no country called 'Narnia'"),
        (f"{'x' * 200},2000", "", "too long"),
        (f"Georgia,{'x' * 200}", "GEO", "too long"),
    ],
)
def test_a_row_that_cannot_be_answered_keeps_its_place_with_the_reason(
    write: Writer, row: str, state: str, reason: str
) -> None:
    ran = annotated(write(f"{HEADER}{GOOD}{row}\n{GOOD}"))
    before, found, after = parsed(ran.out)[1:]
    assert before == after == ["Georgia", "1998-05-01", *GOOD_CELLS]
    assert found == [*row.split(","), state, *EMPTY[1:], found[-1]]
    assert reason in found[-1]
    assert ran.status == 2
    assert f"line 3: {found[-1]}\n" in ran.err


@pytest.mark.parametrize(
    ("row", "state"),
    [(",2000", ""), ("  ,2000", ""), ("Georgia,", "GEO"), ("Georgia, ", "GEO"), (",", "")],
)
def test_a_row_in_which_a_cell_says_nothing_has_no_answer_and_is_no_problem(
    write: Writer, row: str, state: str
) -> None:
    ran = annotated(write(f"{HEADER}{GOOD}{row}\n{GOOD}"))
    assert ran.out.splitlines()[2] == f"{row},{state},,,,,,,"
    assert (ran.status, ran.err) == (0, "3 rows: 2 answered, 1 missing, 0 with a problem.\n")


@pytest.mark.parametrize(
    "row",
    [
        "Georgia",
        "Georgia,1998-05-01",
        "Georgia,1998-05-01,a,b",
        '"Georgia","1998-05-01","a","b\n"',
        "Georgia,1998-05-01,a,b,c,,",
        '""',
        " ",
        '"a\nb"',
        ",,,",
    ],
)
def test_a_ragged_row_is_a_problem_of_that_row_and_loses_nothing(write: Writer, row: str) -> None:
    good = GOOD.replace("\n", ",n\n")
    ran = annotated(write(f"state,date,n\n{good}{row}\n{good}"))
    (read,) = parsed(row)
    (header, before, found, after) = parsed(ran.out)
    assert before == after == ["Georgia", "1998-05-01", "n", *GOOD_CELLS]
    assert found[:3] == [*read, "", ""][:3]
    error = header.index("csto_error")
    assert found[3:error] == EMPTY
    assert str(len(read)) in found[error]
    assert "3" in found[error]
    assert found[error + 1 :] == read[3:]
    assert ran.status == 2
    assert f"line {3 + row.count(chr(10))}: {found[error]}\n" in ran.err


MISPLACED = "a quotation mark is out of place; inside a quoted cell it is written twice"


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        ('Georgia,1998-05-01,"he said \\"no\\" twice"', 0),
        ('Georgia,1998-05-01,"the last" one', 0),
        ('Georgia,1998-05-01,"the last" ', 0),
        ('Georgia,1998-05-01,""x"', 0),
        ('Georgia,1998-05-01,"he said "no, never" twice"', 0),
        ('"Georgia" ,1998-05-01', 1),
        ('"Georgia"x', 2),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=ascii)
@pytest.mark.parametrize("last", [True, False])
def test_a_line_that_is_no_csv_is_passed_on_as_typed_with_the_reason(
    write: Writer, row: str, missing: int, end: str, last: bool
) -> None:
    good = f'{GOOD[:-1]},5" pipe'
    lines = ["state,date,n", good, row, *([] if last else [good])]
    ran = annotated(write(end.join(lines)))
    answered = f"{good},{','.join(GOOD_CELLS)}"
    wanted = [answered, f"{row}{',' * (missing + len(ADDED))}{MISPLACED}", answered]
    assert ran.out.splitlines()[1:] == wanted[: len(lines) - 1]
    assert (ran.status, ran.err.splitlines()[1]) == (2, f"line 3: {MISPLACED}")


STRAY = {
    "on a later line closed and gone on": [
        'France,2000-01-01,"joined early', "Spain,2001-01-01,x", 'Italy,2001-01-01,"the last" one',
        "Portugal,2002-01-01,",
    ],
    "never closed": ['France,2000-01-01,"oops', "Spain,2001-01-01,x"],
    "never closed on the last line": ['France,2000-01-01,"oops'],
    "out of place, and then open": ['France,"2000"x,"oops', 'Spain,2001-01-01,x"'],
    "closed properly around a row": [
        'France,2000-01-01,"joined early', "Spain,2001-01-01,x", 'Italy,2001-01-01,y"',
    ],
    "closed properly at the end of a row": [
        'France,2000-01-01,"joined early', 'Spain,2001-01-01,the last"', "Italy,2001-01-01,",
    ],
    "behind a cell of several lines": ['France,"2000-01-01\n","oops', "Spain,2001-01-01,x"],
    "behind a cell of several lines, out of place": ['"France\n",2000,"x" y', "Spain,2001,x"],
}  # fmt: skip
"""Rows of which the first has a stray quotation mark that takes the next line in, or may."""


@pytest.mark.parametrize("name", STRAY)
@pytest.mark.parametrize("before", [1, 3000])
def test_a_quotation_mark_that_takes_a_line_in_ends_the_run_with_its_line(
    write: Writer, name: str, before: int
) -> None:
    rows = [f"{GOOD[:-1]},n"] * before + STRAY[name]
    ran = annotated(write("\n".join(["state,date,n", *rows, ""])))
    line = before + 2 + ("several lines" in name)
    assert ran.err.startswith("Error: ")
    assert f", line {line}: a quotation mark is not closed" in ran.err
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert ran.out.count(",yes,") == before


@pytest.mark.parametrize(
    "row",
    [
        'Georgia,1998-05-01,"he came,\nsaw, and conquered,\nor so, it is, said"',
        'Georgia,1998-05-01,"Tashkent,\nArticle 2, 1992, signed"',
        'Georgia,1998-05-01,"first\nAtlantis,1998-05-01,no state"',
        'Georgia,1998-05-01,"first\nGeorgia,99,no day"',
        '"Georgia\n",1998-05-01,x',
        'Georgia,1998-05-01,"""x""\n"',
    ],
)
def test_a_cell_of_several_lines_is_one_where_none_of_them_is_a_row(
    write: Writer, row: str
) -> None:
    ran = annotated(write(f"state,date,n\n{row}\n{row}\n"))
    assert ran.out.endswith("\n" + f"{row},{','.join(GOOD_CELLS)}\n" * 2)
    assert (ran.status, ran.err) == (0, "2 rows: 2 answered, 0 with a problem.\n")


@pytest.mark.parametrize("before", [0, 3000])
def test_a_cell_that_is_too_long_is_refused_with_its_line(
    monkeypatch: pytest.MonkeyPatch, write: Writer, before: int
) -> None:
    monkeypatch.setattr(rows, "LONGEST", 1000)
    limit = csv.field_size_limit()
    content = "state,date,n\n" + f"{GOOD[:-1]},\n" * (before + 1)
    assert annotated(write(f"{content}{GOOD[:-1]},{'x' * 1000}\n")).status == 0
    said = refusal(write(f"{content}{GOOD[:-1]},{'x' * 1001}\n"))
    assert f", line {before + 3}: a cell of more than 1000 characters" in said
    assert csv.field_size_limit() == limit


def test_a_cell_that_no_quotation_mark_closes_is_not_read_to_the_end_of_a_long_file(
    monkeypatch: pytest.MonkeyPatch, write: Writer
) -> None:
    monkeypatch.setattr(rows, "LONGEST", 100_000)
    said = refusal(write(f'state,date,n\nGeorgia,1998,"oops\n{GOOD * 50_000}'))
    assert said.endswith(", line 2: a quotation mark is not closed")


def test_numbers_of_lines_are_right_after_cells_of_several_lines(write: Writer) -> None:
    content = 'state,date,"n\nm"\nGeorgia,1998,"a\nb\r\nc\rd"\n\nNarnia,1998,x\n"Mor\ndor",1998,y\n'
    ran = annotated(write(content))
    assert [line.split(":")[0] for line in ran.err.splitlines()[1:]] == ["line 8", "line 10"]
    assert "line 8: " in refusal(write(content), "--fail-fast")


@pytest.mark.parametrize(
    "cell",
    [
        "\x1b[31m",
        "\x9b31m",
        "\u202e",
        "\u2066x",
        "\x00",
        "\x07",
        "\u200b",
        "\x7f",
        "[bold]x[/bold]",
    ],
    ids=ascii,
)
@pytest.mark.parametrize("place", [0, 1])
def test_hostile_cells_are_kept_but_never_reach_the_terminal(
    write: Writer, cell: str, place: int
) -> None:
    row = ["Georgia", "2000", cell]
    row[place] = f"x{cell}y"
    ran = annotated(write(f"state,date,{cell}\n{','.join(row)}\n"))
    header, found = parsed(ran.out)
    assert header[2] == cell
    assert found[:3] == row
    assert found[-1].isprintable()
    assert ran.err.replace("\n", "").isprintable()
    assert ran.err.count("\n") == 2


@pytest.mark.parametrize("cell", ["\x1b[31m", "\u202e", "\x00", "a\nb"], ids=ascii)
def test_hostile_names_of_columns_and_files_never_reach_the_terminal(
    write: Writer, cell: str
) -> None:
    said = refusal(write(f'"{cell}",date\n{GOOD}'))
    assert said.isprintable()
    if "\0" not in cell:
        assert refusal(write("", f"{cell}.csv")).isprintable()
        assert refusal(write(f"{HEADER[:-1]},csto_part\n", f"{cell}.csv")).isprintable()


# The summary, and the exit status


def test_the_summary_counts_rows_answers_and_problems(write: Writer) -> None:
    ran = annotated(write(f"{HEADER}{GOOD}\n{BAD}{GOOD}Georgia,x\n{GOOD}"))
    first, *problems = ran.err.splitlines()
    assert first == "5 rows: 3 answered, 2 with a problem."
    assert [line.split(":")[0] for line in problems] == ["line 4", "line 6"]
    assert ran.status == 2


def test_without_a_problem_the_exit_status_is_0(write: Writer) -> None:
    ran = annotated(write(f"{HEADER}{GOOD}{GOOD}"))
    assert (ran.status, ran.err) == (0, "2 rows: 2 answered, 0 with a problem.\n")


def test_the_first_few_problems_are_named_and_the_others_counted(write: Writer) -> None:
    ran = annotated(write(HEADER + (GOOD + BAD) * 40))
    first, *named, last = ran.err.splitlines()
    assert first == "80 rows: 40 answered, 40 with a problem."
    assert [line.split(":")[0] for line in named] == [f"line {n}" for n in (3, 5, 7, 9, 11)]
    assert "35 more" in last
    assert len(list(filter(None, errors(ran)))) == 40


def test_days_after_the_last_check_are_noted_once(write: Writer) -> None:
    ran = annotated(write(f"{HEADER}Russia,2026-03-01\nRussia,2026\nRussia,2025\n"))
    assert ran.status == 0
    assert [line for line in ran.err.splitlines() if line.startswith("Note: Checked up to 2026-0")]
    assert "Note" not in annotated(write(f"{HEADER}Russia,2025\n")).err


def test_the_first_problem_ends_it_if_asked_for(write: Writer) -> None:
    ran = annotated(write(f"{HEADER}{GOOD}{GOOD}{BAD}{GOOD}"), "--fail-fast")
    assert ran.status == 2
    assert parsed(ran.out)[1:] == [["Georgia", "1998-05-01", *GOOD_CELLS]] * 2
    assert ran.err.startswith("Error: line 4: there is no country called 'Narnia'")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("row", ["Georgia\n", "a,b,c\n", "Georgia,x\n", "x,1998\n"])
def test_any_problem_ends_it_if_asked_for(write: Writer, row: str) -> None:
    ran = annotated(write(f"{HEADER}{GOOD}{row}{GOOD}"), "--fail-fast")
    assert (ran.status, ran.out.count("\n")) == (2, 2)
    assert ran.err.startswith("Error: line 3: ")


def test_without_a_problem_it_goes_to_the_end_though_asked_to_stop(write: Writer) -> None:
    path = write(f"{HEADER}{GOOD}\n{GOOD}")
    assert annotated(path, "--fail-fast") == annotated(path)


# Columns


@pytest.mark.parametrize("name", ["State", "STATE", " state ", "sTaTe\t"])
def test_a_column_is_found_in_any_case(write: Writer, name: str) -> None:
    ran = annotated(write(f"{name},date\n{GOOD}"))
    assert parsed(ran.out)[0][0] == name
    assert ran.status == 0
    typed = ask("annotate", write(HEADER + GOOD), "--state", name, "--date", "DATE")
    assert (typed.status, typed.out) == (0, annotated(write(HEADER + GOOD)).out)


@pytest.mark.parametrize(
    ("header", "typed"),
    [
        ("country", "county"),
        ("Country", "Countri"),
        ("COUNTRY", "COUNTRYY"),
        ("country", "Countri"),
    ],
)
def test_a_column_that_is_not_there_is_refused_with_the_likely_one(
    write: Writer, header: str, typed: str
) -> None:
    ran = ask("annotate", write(f"{header},day\nGeorgia,2000\n"), "--state", typed, "--date", "day")
    assert (ran.status, ran.out) == (2, "")
    assert f"no column '{typed}'" in ran.err
    assert f"did you mean '{header}'?" in ran.err


def test_a_column_that_is_not_there_is_refused_with_a_list(write: Writer) -> None:
    said = refusal(write("iso3,year\nGEO,2000\n"))
    assert "no column 'state'" in said
    assert "'iso3', 'year'" in said


@pytest.mark.parametrize("header", ["state,state,date", "State,STATE,date", "date,date,state"])
def test_a_column_that_stands_twice_is_refused(write: Writer, header: str) -> None:
    assert "2 columns" in refusal(write(f"{header}\nGeorgia,Georgia,2000\n"))


def test_of_columns_that_differ_by_case_the_exact_one_is_meant(write: Writer) -> None:
    ran = annotated(write("State,state,date\nFrance,Georgia,1998-05-01\n"))
    assert parsed(ran.out)[1][3:] == GOOD_CELLS


@pytest.mark.parametrize("name", ADDED)
def test_a_file_that_has_a_column_of_ours_is_refused(write: Writer, name: str) -> None:
    said = refusal(write(f"{name},state,date\nx,Georgia,2000\n"))
    assert name in said


@pytest.mark.parametrize(
    "content", ["", "\n", "\r\n\r\n", "\ufeff", ",,\n", '"",""\n', "sep=;\n", "\n" * 300_000]
)
def test_a_file_without_names_of_columns_is_refused(write: Writer, content: str) -> None:
    assert "is empty" in refusal(write(content))


@pytest.mark.parametrize("content", ["state,date", "state,date\n", "\ufeffstate,date\r\n"])
def test_a_file_of_names_alone_gets_ours(write: Writer, content: str) -> None:
    ran = annotated(write(content))
    assert ran.out == ",".join(["state", "date", *ADDED]) + "\n"
    assert (ran.status, ran.err) == (0, "0 rows: 0 answered, 0 with a problem.\n")


BEFORE = {
    "declared": "sep=;\n",
    "declared in quotation marks": '"SEP=;"\r\n',
    "declared wrongly": "sep=,\n",
    "blank": "\n\r\n",
    "blanks and delimiters": "   \n;;\n",
    "all": "\ufeff\nsep=;\n\n",
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
@pytest.mark.parametrize("options", [[], ["--delimiter", ";"]], ids=["", "told"])
def test_what_stands_before_the_names_of_the_columns_is_passed_on(
    write: Writer, before: str, options: list[str]
) -> None:
    path = write(f'{before}state;date;"Aid, net, of all"\nGeorgia;1998-05-01;1,5\nNarnia;1998;2\n')
    ran = annotated(path, *options)
    typed = before.removeprefix("\ufeff").replace("\r", "")
    header = f'state;date;"Aid, net, of all";{";".join(ADDED)}\n'
    row = f"Georgia;1998-05-01;1,5;{';'.join(GOOD_CELLS)}\n"
    assert ran.out.startswith(typed + header + row)
    assert ran.status == 2
    assert f"line {typed.count(chr(10)) + 3}: there is no country" in ran.err


@pytest.mark.parametrize(
    "header",
    [
        "state\tdate\tAid, net, USD, real\tb",
        'state;date;"Aid, net, USD, real";b',
        "Aid, net, of all, in USD; State ;DATE;b",
        "a,b,c,d|state|date|e",
        'state\tdate\t"a ""b"", c, d\te"\tf',
    ],
)
def test_the_delimiter_is_the_one_by_which_the_columns_asked_for_are_found(
    write: Writer, header: str
) -> None:
    delimiter = next(one for one in "\t;|" if one in header)
    names = parsed(header, delimiter)[0]
    row = delimiter.join({"state": "Georgia", "date": "1998-05-01"}.get(n.strip().lower(), "x")
                         for n in names)  # fmt: skip
    ran = annotated(write(f"{header}\n{row}\n"))
    assert ran.out.splitlines()[1] == delimiter.join([row, *GOOD_CELLS])


def test_of_a_file_without_the_columns_those_are_named_that_it_declares_or_seems_to_have(
    write: Writer,
) -> None:
    assert "it has 'a', 'b,c,d'" in refusal(write("sep=;\na;b,c,d\n"))
    assert "it has 'a;b', 'c', 'd'" in refusal(write("a;b,c,d\n"))


@pytest.mark.parametrize(
    "missing", [["--state", "state"], ["--date", "date"], []], ids=["date", "state", "both"]
)
def test_both_columns_must_be_told(write: Writer, missing: list[str]) -> None:
    ran = ask("annotate", write(HEADER + GOOD), *missing)
    assert (ran.status, ran.out) == (2, "")
    assert ("--state" if "--state" not in missing else "--date") in ran.err


@pytest.mark.parametrize("before", ["", "NA,1996\n", f",1996\n\n{'NA,1996' * 9}\n" * 90])
def test_numbers_of_no_scheme_are_refused_before_a_row_is_written(
    write: Writer, before: str
) -> None:
    ran = annotated(write(f"{HEADER}{before}702,1996\n{GOOD}"))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("Error: the numbers can be ISO")
    with reading() as started:
        for part in (HEADER, before, "702,1996\n"):
            feed(started, part)
            time.sleep(0.05)
        out, err = started.communicate(timeout=30)
    assert (started.returncode, out, err.decode()) == (2, b"", ran.err)


# Where it is read


def process(
    *options: str, path: str = "-", redirect: str = "", cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    return run(CSTO, "annotate", path, *COLUMNS, *options, redirect=redirect, cwd=cwd)


def ran_as(done: subprocess.CompletedProcess[bytes]) -> Ran:
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_standard_input_is_read_as_a_file_is(write: Writer) -> None:
    path = write(f"\ufeff{HEADER}{GOOD}{BAD}")
    redirected = ran_as(process(redirect=f"< '{path}'"))
    piped = ran_as(run("sh", "-c", f"cat '{path}' | '{CSTO}' annotate - {' '.join(COLUMNS)}"))
    assert redirected == piped == annotated(path)


def test_a_process_substitution_is_read_as_a_file_is(write: Writer) -> None:
    path = write(HEADER + GOOD * 3000)
    done = run("bash", "-c", f"'{CSTO}' annotate <(cat '{path}') {' '.join(COLUMNS)}")
    assert ran_as(done) == annotated(path)


def test_a_named_pipe_is_read_as_a_file_is(tmp_path: Path, write: Writer) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    content = HEADER + GOOD + BAD
    writer = threading.Thread(target=pipe.write_text, args=(content,))
    writer.start()
    ran = annotated(str(pipe))
    writer.join(timeout=30)
    assert ran == annotated(write(content))


def test_rows_are_handed_on_as_they_come() -> None:
    with reading() as started:
        assert started.stdout
        feed(started, HEADER + GOOD + "Geor")
        found = [started.stdout.readline() for _ in range(2)]
        feed(started, "gia,1998-05-01\n")
        found.append(started.stdout.readline())
        assert started.communicate(timeout=30)[0] == b""
    assert found[1] == found[2] == f"{GOOD[:-1]},{','.join(GOOD_CELLS)}\n".encode()


def test_what_is_neither_a_file_nor_a_pipe_is_refused(tmp_path: Path) -> None:
    for path in (str(tmp_path), "/dev/null", "/dev/zero"):
        assert "neither a file nor a pipe" in refusal(path)


@pytest.mark.parametrize("name", ["none.csv", "none/none.csv", "x" * 300, ""])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(f"{tmp_path}/{name}" if name else "")


def test_a_standard_input_that_is_closed_is_refused() -> None:
    ran = ran_as(process(redirect="<&-"))
    assert (ran.status, ran.out, ran.err) == (2, "", "Error: standard input is closed\n")


def test_a_standard_input_that_is_empty_is_refused() -> None:
    ran = ran_as(process(redirect="< /dev/null"))
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "is empty" in ran.err


def test_rows_in_the_wrong_encoding_are_trouble_from_a_pipe_too(write: Writer) -> None:
    path = write(HEADER.encode() + GOOD.encode() * 3000 + b"\xff,2000\n")
    ran = ran_as(run("sh", "-c", f"cat '{path}' | '{CSTO}' annotate - {' '.join(COLUMNS)}"))
    assert ran.status == 2
    assert ran.err.startswith("Error: 'standard input' is not UTF-8 text")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("name", ["panel.csv.gz", "panel.TSV.GZ"])
def test_a_file_whose_name_ends_in_gz_is_gunzipped(write: Writer, name: str) -> None:
    content = HEADER + (GOOD + BAD) * 3000
    assert annotated(write(gzip.compress(content.encode()), name)) == annotated(write(content))


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda data: data[:-1], "its compressed data ends too soon"),
        (lambda data: data[: len(data) // 2], "its compressed data ends too soon"),
        (lambda data: data[:5], "its compressed data ends too soon"),
        (lambda data: data[:30] + b"???" + data[33:], "its compressed data is damaged"),
        (lambda data: data[:-8] + b"\0" * 8, "its compressed data is damaged"),
        (lambda data: data + b"more", "its compressed data is damaged"),
        (gzip.decompress, "its compressed data is damaged, or not that of gzip"),
    ],
)
def test_compressed_data_that_cannot_be_read_is_trouble(
    write: Writer, tmp_path: Path, damage: Callable[[bytes], bytes], reason: str
) -> None:
    data = gzip.compress("".join([HEADER, *(f"Georgia,{n}\n" for n in range(9999))]).encode())
    path = write(damage(data), "panel.csv.gz")
    assert f"cannot read '{path}'"[:55] in refusal(path, "--output", str(tmp_path / "new.csv"))
    assert reason in refusal(path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["panel.csv.gz"]


# Where it is written


def test_a_file_whose_name_ends_in_gz_is_compressed(write: Writer, tmp_path: Path) -> None:
    path, output = write(HEADER + GOOD * 9999), tmp_path / "new.csv.gz"
    plain = annotated(path)
    assert annotated(path, "--output", str(output)) == plain._replace(out="")
    data = output.read_bytes()
    assert gzip.decompress(data).decode() == plain.out
    assert len(data) * 9 < len(plain.out)
    assert annotated(path, "--output", str(output), "--force").status == 0
    assert output.read_bytes() == data


@pytest.mark.parametrize("content", [HEADER + GOOD, HEADER + BAD, HEADER])
def test_a_file_gets_what_standard_output_would_get(
    write: Writer, tmp_path: Path, content: str
) -> None:
    path, output = write(content), tmp_path / "new.csv"
    plain = annotated(path)
    ran = annotated(path, "--output", str(output))
    assert output.read_bytes() == plain.out.encode()
    assert ran == plain._replace(out="")
    assert {entry.name for entry in tmp_path.iterdir()} == {"panel.csv", "new.csv"}


def test_a_file_can_take_the_place_of_the_one_that_is_read(write: Writer) -> None:
    content = HEADER + GOOD * 5000
    path = write(content)
    wanted = annotated(path).out
    assert "there already" in refusal(path, "--output", path)
    assert Path(path).read_text() == content
    assert annotated(path, "--output", path, "--force").status == 0
    assert Path(path).read_text() == wanted


@pytest.mark.parametrize(
    ("content", "options"),
    [
        (HEADER + GOOD * 3000 + BAD + GOOD, ["--fail-fast"]),
        (HEADER.encode() + GOOD.encode() * 3000 + b"\xff,2000\n", []),
        (f'{HEADER}{GOOD * 3000}Georgia,"2000\n', []),
        ("name,date\nGeorgia,2000\n", []),
        (f"csto_part,{HEADER}", []),
    ],
    ids=[
        "the first problem",
        "encoding",
        "a stray quotation mark",
        "no column",
        "a column of ours",
    ],
)
def test_a_run_that_stops_writes_no_file_and_keeps_the_old_one(
    write: Writer, tmp_path: Path, content: str | bytes, options: list[str]
) -> None:
    path, old = write(content), tmp_path / "old.csv"
    refusal(path, "--output", str(tmp_path / "new.csv"), *options)
    old.write_text("old")
    refusal(path, "--output", str(old), "--force", *options)
    assert old.read_text() == "old"
    assert {entry.name for entry in tmp_path.iterdir()} == {"panel.csv", "old.csv"}


@pytest.mark.parametrize("rows", [1, 5000])
@pytest.mark.parametrize("redirect", [">/dev/full", ">&-"])
def test_rows_that_standard_output_does_not_take_are_trouble(
    write: Writer, redirect: str, rows: int
) -> None:
    done = process(path=write(HEADER + GOOD * rows), redirect=redirect)
    assert done.returncode == 2
    assert b"Error: cannot write the answer: " in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("redirect", [">/dev/full", ">&-"])
def test_a_file_is_written_without_need_of_standard_output(
    write: Writer, tmp_path: Path, redirect: str
) -> None:
    output = tmp_path / "new.csv"
    done = process("--output", str(output), path=write(HEADER + GOOD), redirect=redirect)
    assert done.returncode == 0
    assert len(parsed(output.read_text())) == 2


@pytest.mark.parametrize(("redirect", "status"), [("2>/dev/full", 2), ("2>&-", 0)])
def test_a_summary_that_cannot_be_told_leaves_the_rows_whole(
    write: Writer, redirect: str, status: int
) -> None:
    path = write(HEADER + GOOD * 50)
    done = process(path=path, redirect=redirect)
    assert (done.returncode, done.stdout.decode()) == (status, annotated(path).out)


def test_a_reader_that_leaves_ends_it_in_silence(write: Writer) -> None:
    path = write(HEADER + GOOD * 20_000)
    done = run("sh", "-c", f"'{CSTO}' annotate '{path}' {' '.join(COLUMNS)} | head -n 2")
    assert (done.stdout.count(b"\n"), done.stderr) == (2, b"")


@pytest.mark.parametrize("redirect", ["", "< panel.csv"], ids=["file", "standard input"])
def test_python_has_nothing_to_warn_about(write: Writer, tmp_path: Path, redirect: str) -> None:
    path = write(HEADER + GOOD + BAD)
    strict = run(
        CSTO, "annotate", "-" if redirect else path, *COLUMNS, "--output", "new.csv",
        redirect=redirect,
        cwd=tmp_path,
        variables={"PYTHONWARNINGS": "error", "PYTHONDEVMODE": "1"},
    )  # fmt: skip
    assert ran_as(strict) == annotated(path)._replace(out="")


# Progress


class Shown(NamedTuple):
    """What came of a slow run: its exit status, its output, and what a terminal was shown."""

    status: int
    written: str
    told: str


@contextlib.contextmanager
def reading(*options: str) -> Iterator[subprocess.Popen[bytes]]:
    """csto that reads rows from a pipe which stays open."""
    with subprocess.Popen(
        [CSTO, "annotate", "-", *COLUMNS, *options],
        env=environment({}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as started:
        try:
            yield started
        finally:
            started.kill()


def feed(started: subprocess.Popen[bytes], text: str) -> None:
    assert started.stdin
    started.stdin.write(text.encode())
    started.stdin.flush()


SLOW = 1.2
TERMINALS: dict[str, dict[str, Any]] = {
    "stderr": {"terminals": ["stderr"], "pause": SLOW},
    "stderr, soon done": {"terminals": ["stderr"], "pause": 0},
    "none": {"terminals": [], "pause": SLOW},
    "stdout": {"terminals": ["stdout"], "pause": SLOW},
    "both": {"terminals": ["stdout", "stderr"], "pause": SLOW},
    "dumb": {"terminals": ["stderr"], "pause": SLOW, "TERM": "dumb"},
    "without colour": {"terminals": ["stderr"], "pause": SLOW, "NO_COLOR": "1"},
    "a pipe told to be in colour": {"terminals": [], "pause": SLOW, "FORCE_COLOR": "1"},
}
"""Which streams are a terminal, how long the rows take to come, and the environment."""


def slow(terminals: Sequence[str], pause: float, **variables: str) -> Shown:
    """A run whose rows come in two parts, with a pause between them."""
    ends = {name: os.openpty() if name in terminals else os.pipe() for name in ("stdout", "stderr")}
    started = subprocess.Popen(
        [CSTO, "annotate", "-", *COLUMNS],
        env=environment({"TERM": "xterm", **variables}),
        stdin=subprocess.PIPE,
        stdout=ends["stdout"][1],
        stderr=ends["stderr"][1],
    )
    for _, theirs in ends.values():
        os.close(theirs)
    taken = dict.fromkeys(ends, b"")
    begun = threading.Event()

    def take(name: str) -> None:
        with contextlib.suppress(OSError):
            while part := os.read(ends[name][0], 65536):
                taken[name] += part
                begun.set()

    readers = [threading.Thread(target=take, args=(name,)) for name in ends]
    for reader in readers:
        reader.start()
    feed(started, HEADER + GOOD * 2000)
    assert begun.wait(timeout=30)
    time.sleep(pause)
    feed(started, GOOD * 2000)
    assert started.stdin
    started.stdin.close()
    for reader in readers:
        reader.join(timeout=30)
    status = started.wait(timeout=30)
    for ours, _ in ends.values():
        os.close(ours)
    out, err = (taken[name].decode().replace("\r\n", "\n") for name in ("stdout", "stderr"))
    return Shown(status, out, err)


@pytest.fixture(scope="module")
def shown() -> dict[str, Shown]:
    """What came of each slow run; they wait at the same time."""
    found: dict[str, Shown] = {}

    def watch(name: str) -> None:
        found[name] = slow(**TERMINALS[name])

    threads = [threading.Thread(target=watch, args=(name,)) for name in TERMINALS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


SUMMARY = "4000 rows: 4000 answered, 0 with a problem.\n"


@pytest.mark.parametrize("name", TERMINALS)
def test_progress_changes_neither_the_rows_nor_the_summary(
    shown: dict[str, Shown], name: str
) -> None:
    status, written, told = shown[name]
    assert status == 0
    assert written.count("Georgia,1998-05-01,GEO,yes,") == 4000
    assert told.endswith(SUMMARY)


@pytest.mark.parametrize("name", ["stderr", "without colour"])
def test_a_long_run_shows_its_progress_in_a_terminal(shown: dict[str, Shown], name: str) -> None:
    told = shown[name].told.removesuffix(SUMMARY)
    assert re.search(r"\d+ rows", told)
    assert "\x1b" in told


def test_progress_has_no_colour_where_none_is_wanted(shown: dict[str, Shown]) -> None:
    assert not re.search("\x1b\\[[0-9;]*m", shown["without colour"].told)


@pytest.mark.parametrize("name", ["none", "stdout", "a pipe told to be in colour"])
def test_progress_is_never_shown_where_stderr_is_no_terminal(
    shown: dict[str, Shown], name: str
) -> None:
    assert shown[name].told == SUMMARY


@pytest.mark.parametrize("name", ["stderr, soon done", "both", "dumb"])
def test_progress_is_not_shown_where_it_would_be_in_the_way(
    shown: dict[str, Shown], name: str
) -> None:
    assert shown[name].told == SUMMARY


TICKING = """
import itertools, time
ticks = itertools.count()
time.monotonic = lambda: float(next(ticks))
from cstocli.cli import main
main.main()
"""
"""csto, but every look at the clock is a second after the one before."""


@pytest.mark.parametrize("redirect", ["", "< panel.csv"], ids=["file", "standard input"])
def test_progress_in_a_file_goes_on_to_its_end(
    write: Writer, tmp_path: Path, redirect: str
) -> None:
    path = write(HEADER + GOOD * 25_000)
    ours, theirs = os.openpty()
    command = [sys.executable, "-c", TICKING, "annotate", "-" if redirect else path, *COLUMNS]
    with subprocess.Popen(
        ["sh", "-c", f'exec "$@" {redirect}', "sh", *command],
        cwd=tmp_path,
        env=environment({"TERM": "xterm"}),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ) as started:
        os.close(theirs)
        told = b""
        with contextlib.suppress(OSError):
            while part := os.read(ours, 65536):
                told += part
    os.close(ours)
    assert b"%" in told
    assert told.endswith(b"25000 rows: 25000 answered, 0 with a problem.\r\n")
    assert started.returncode == 0


# Memory


PEAK = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A small process between this one and csto, because a child begins with its parent's peak."""


def peak(path: str) -> int:
    """The most memory that a run takes, in KiB."""
    done = run(sys.executable, "-c", PEAK, CSTO, "annotate", path, *COLUMNS)
    status, most = map(int, done.stdout.split())
    assert status == 2
    return most // (1024 if sys.platform == "darwin" else 1)


DIFFERENT = {"dates": "{state},{n:041}", "states and dates": "{n:0101},{n:041}"}
"""Rows that cannot be answered, no two of them the same."""


@pytest.fixture(scope="module")
def peaks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[int]]:
    """The most memory that few rows take, and many, of each kind; measured at the same time."""
    folder = tmp_path_factory.mktemp("peaks")

    def measured(name: str, count: int) -> int:
        path = folder / f"{name} {count}.csv"
        texts = (DIFFERENT[name].format(state=list(NAMES)[n % 9], n=n) for n in range(count))
        path.write_text(HEADER + "\n".join(texts))
        return peak(str(path))

    with ThreadPoolExecutor(2) as pool:
        started = {
            name: [pool.submit(measured, name, count) for count in (60_000, 2_000)]
            for name in DIFFERENT
        }
        return {name: [each.result() for each in both] for name, both in started.items()}


@pytest.mark.parametrize("name", DIFFERENT)
def test_memory_does_not_grow_with_rows_that_differ(peaks: dict[str, list[int]], name: str) -> None:
    many, few = peaks[name]
    assert many - few < 8 * 1024


def test_memory_does_not_grow_with_rows_that_are_answered(write: Writer) -> None:
    few, many = (peak(write(HEADER + BAD + GOOD * count)) for count in (20_000, 320_000))
    assert many - few < 4 * 1024  # 14 bytes a row: what is kept of rows would be more


def test_a_line_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch, write: Writer) -> None:
    monkeypatch.setattr(rows, "LONGEST", 100_000)
    said = refusal(write(f"{HEADER}{GOOD}{'x' * 300_000},2000\n"))
    assert ", line 3: a line of more than 200000 characters" in said


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ('state,date,"x\nGeorgia,2000,a', "a quotation mark is not closed"),
        ('state,date,"x\nGeorgia,2000,a"\nRussia,2000,b', "a quotation mark is not closed: line 2"),
        ('state,date,"x" y\nGeorgia,2000,a', MISPLACED),
    ],
)
def test_names_of_columns_that_are_no_csv_are_refused(
    write: Writer, header: str, reason: str
) -> None:
    assert f", line 1: {reason}" in refusal(write(header))


def test_a_file_that_cannot_be_read_is_trouble() -> None:
    assert "cannot read '/proc/self/mem'" in refusal("/proc/self/mem")


def test_what_can_be_no_name_of_a_file_is_said_to_be_none() -> None:
    with (
        pytest.raises(Refused, match="no file can have this name"),
        csv_stream.opened("a\0b", "utf-8", None),
    ):
        pass
