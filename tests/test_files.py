"""Files of Stata, SPSS, Excel, Parquet and Feather: what went in comes out, with columns added."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import os
import random
import struct
import sys
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import openpyxl
import pandas
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat as readstat
import pytest
import xlsxwriter
from pyarrow import feather
from running import Ran, ask, run

from cstocli import BrokenDataset, Refused, load
from cstocli.escape import quoted

pd: Any = pandas
pyreadstat: Any = readstat
"""Their types know fewer of their arguments than they take."""
KINDS = ["dta", "sav", "xlsx", "parquet", "feather"]
DAY, MOMENT = dt.date(1998, 5, 1), dt.datetime(1998, 5, 1, 10, 30)
PANEL: dict[str, list[Any]] = {
    "id": [1, 2, 3, 4, 5],
    "country": ["Georgia", "Uzbekistan", "", "Нарния", "Kyrgystan"],
    "day": [DAY, dt.date(2013, 1, 1), DAY, DAY, None],
    "year": [1998, 2013, 1998, 1998, None],
    "amount": [0.1, -2.5, 1e10, None, 3.0],
    "moment": [MOMENT, None, MOMENT, MOMENT, MOMENT],
    "note": ["a", 'said "b", c', "", " d", "=1+1"],
}
"""The rows of every file."""
TYPES = {"id": pa.int16(), "year": pa.int32(), "moment": pa.timestamp("us")}
ADDED = [
    *("csto_state", "csto_member", "csto_counted", "csto_status", "csto_first_day"),
    *("csto_first_day_known", "csto_part", "csto_disputed", "csto_error"),
]
FIRST = dt.date(1993, 12, 9)
ANSWERS: dict[str, list[Any]] = {
    "csto_state": ["GEO", "UZB", None, None, "KGZ"],
    "csto_member": ["yes", "no", None, None, None],
    "csto_counted": [1, 0, None, None, None],
    "csto_status": ["party", "suspended", None, None, None],
    "csto_first_day": [FIRST, None, None, None, None],
    "csto_first_day_known": ["1993-12-09", None, None, None, None],
    "csto_part": ["all", None, None, None, None],
    "csto_disputed": [False, False, None, None, None],
}
"""What they get, but for the reason why one has no answer."""
COLUMNS = ["--state", "country", "--date", "day"]


# Files, written and read by others than csto


def table() -> pa.Table:
    return pa.table({name: pa.array(values, TYPES.get(name)) for name, values in PANEL.items()})


def write_dta(path: Path) -> None:
    frame = pd.DataFrame(PANEL).astype({"id": "int16", "amount": "float64"})
    frame["day"] = pd.to_datetime(frame["day"])
    frame.to_stata(
        path, version=118, write_index=False, convert_dates={"day": "td", "moment": "tc"}
    )


def write_sav(path: Path) -> None:
    pyreadstat.write_sav(pl.DataFrame(table()), str(path))


def write_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.append(list(PANEL))
    for row in zip(*PANEL.values(), strict=True):
        sheet.append([None if value == "" else value for value in row])
        if str(row[-1]).startswith("="):
            sheet.cell(sheet.max_row, len(row)).data_type = "s"
    book.save(path)


WRITERS: dict[str, Callable[[Path], None]] = {
    "dta": write_dta,
    "sav": write_sav,
    "xlsx": write_xlsx,
    "parquet": lambda path: pq.write_table(table(), path),
    "feather": lambda path: feather.write_feather(table(), str(path)),
}


def read_xlsx(path: Path) -> dict[str, list[Any]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet
    header, *rows = sheet.iter_rows(values_only=True)
    columns = zip(*rows, strict=True)
    return {str(n or ""): list(column) for n, column in zip(header, columns, strict=True)}


def read_dta(path: Path) -> dict[str, list[Any]]:
    return dict(pyreadstat.read_dta(path, output_format="dict")[0])


def read_sav(path: Path) -> dict[str, list[Any]]:
    return dict(pyreadstat.read_sav(path, output_format="dict")[0])


READERS: dict[str, Callable[[Path], dict[str, list[Any]]]] = {
    "dta": read_dta,
    "sav": read_sav,
    "xlsx": read_xlsx,
    "parquet": lambda path: pq.read_table(path).to_pydict(),
    "feather": lambda path: feather.read_table(str(path)).to_pydict(),
}


def plain(value: Any) -> Any:
    """A value in the words of no format: Stata and SPSS have no empty text and no truths."""
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value
    return None if value == "" or value != value else value


def rows_of(path: Path, kind: str) -> dict[str, list[Any]]:
    return {name: list(map(plain, values)) for name, values in READERS[kind](path).items()}


@pytest.fixture
def panel(tmp_path: Path) -> Callable[[str], Path]:
    """Write the rows to a file of a kind; its path."""

    def written(kind: str) -> Path:
        path = tmp_path / f"panel.{kind}"
        WRITERS[kind](path)
        return path

    return written


def annotate(path: Path, *options: str, columns: Sequence[str] = COLUMNS) -> Ran:
    ran = ask("annotate", str(path), *columns, *options)
    assert ran.status != 70, ran.err
    return ran


def into(path: Path, kind: str, *options: str, columns: Sequence[str] = COLUMNS) -> Path:
    """The rows of a file annotated into one of a kind."""
    output = path.with_name(f"out.{kind}")
    ran = annotate(path, "--output", str(output), *options, columns=columns)
    assert output.exists(), ran.err
    return output


def refusal(path: Path, kind: str, *options: str, columns: Sequence[str] = COLUMNS) -> str:
    """Why a file is not annotated into one of a kind, of which nothing is left then."""
    before = set(path.parent.iterdir())
    output = path.with_name(f"out.{kind}")
    ran = annotate(path, "--output", str(output), *options, columns=columns)
    assert (ran.status, ran.err.count("\n")) == (2, 1), ran.err
    assert set(path.parent.iterdir()) == before
    return ran.err.removeprefix("Error: ").rstrip("\n")


# Every kind into every kind


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("other", KINDS)
def test_what_goes_in_comes_out_with_columns_added(
    panel: Callable[[str], Path], kind: str, other: str
) -> None:
    found = rows_of(into(panel(kind), other), other)
    assert list(found) == [*PANEL, *ADDED]
    for name, values in PANEL.items():
        assert found[name] == list(map(plain, values)), name
    assert {name: found[name] for name in ANSWERS} == ANSWERS
    assert [bool(error) for error in found["csto_error"]] == [False, False, False, True, False]
    assert "'Нарния'" in found["csto_error"][3]


@pytest.mark.parametrize(
    "name", ["o.xls", "o.rds", "o.json", "o.ODS", "o.csv.zip", "o.csv.bz2", "o.dta.gz", "o.XLSX.gz"]
)
def test_a_name_of_another_kind_does_not_get_a_csv(tmp_path: Path, name: str) -> None:
    """A program that goes by the name would not open it, or would take it for damaged."""
    path, target = tmp_path / "panel.csv", tmp_path / name
    path.write_text("country,day\nGeorgia,1998\n")
    ran = annotate(path, "--output", str(target))
    assert (ran.status, ran.out) == (2, "")
    assert " is not written as ." in ran.err
    assert not target.exists()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("suffix", ["", "csv", "tsv", "csv.gz", "tsv.gz"])
def test_rows_come_as_csv_as_well(panel: Callable[[str], Path], kind: str, suffix: str) -> None:
    path = panel(kind)
    if suffix:
        data = into(path, suffix).read_bytes()
        text = (gzip.decompress(data) if suffix.endswith("gz") else data).decode()
    else:
        text = annotate(path).out
    delimiter = "\t" if suffix.startswith("tsv") else ","
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    assert header == [*PANEL, *(name for name in ADDED if name != "csto_first_day_known")]
    assert rows[0] == [
        *("1", "Georgia", "1998-05-01", "1998", "0.1", "1998-05-01 10:30:00", "a"),
        *("GEO", "yes", "1", "party", "1993-12-09", "all", "false", ""),
    ]
    assert [row[3] for row in rows] == ["1998", "2013", "1998", "1998", ""]
    assert [row[6] for row in rows] == PANEL["note"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_csv_goes_into_every_kind_as_the_text_that_it_is(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "panel.csv"
    path.write_text('country;day;code\nGeorgia;1998-05-01;007\n\n"Uzbekistan";2013;"a\nb"\n')
    output = into(path, kind)
    found = rows_of(output, kind)
    assert found["country"] == ["Georgia", "Uzbekistan"]
    assert found["day"] == ["1998-05-01", "2013"]
    assert found["code"] == ["007", "a\nb"]
    assert found["csto_member"] == ["yes", "no"]
    assert found["csto_first_day"] == [FIRST, None]
    said = "Note: The cells of a CSV are text, and stay text."
    assert said in annotate(path, "--output", str(output), "--force").err


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_without_rows_goes_into_every_kind(tmp_path: Path, kind: str) -> None:
    empty: dict[str, Callable[[Path], Any]] = {
        "dta": lambda path: pd.DataFrame({"country": [], "day": []}).to_stata(
            path, version=118, write_index=False
        ),
        "sav": lambda path: pyreadstat.write_sav(
            pl.DataFrame(schema={"country": pl.String, "day": pl.String}), str(path)
        ),
        "xlsx": lambda path: pd.DataFrame(columns=["country", "day"]).to_excel(path, index=False),
        "parquet": lambda path: pq.write_table(table().slice(0, 0), path),
        "feather": lambda path: feather.write_feather(table().slice(0, 0), str(path)),
        "csv": lambda path: path.write_text("country,day\n"),
    }
    for name, write in empty.items():
        path = tmp_path / f"empty.{name}"
        write(path)
        ran = annotate(path, "--output", str(tmp_path / f"out.{kind}"), "--force")
        assert (ran.status, ran.err.splitlines()[0]) == (0, "0 rows: 0 answered, 0 with a problem.")
        if kind == "xlsx":
            continue
        assert list(READERS[kind](tmp_path / f"out.{kind}"))[-9:] == ADDED


def test_pairs_and_stretches_are_read_from_files_too(tmp_path: Path) -> None:
    path = tmp_path / "panel.parquet"
    pairs = {"a": ["Georgia"], "b": ["Uzbekistan"], "from": [dt.date(1993, 1, 1)], "to": [None]}
    pq.write_table(pa.table(pairs), path)
    columns = ["--state", "a", "--state", "b", "--from", "from", "--to", "to"]
    found = rows_of(into(path, "dta", columns=columns), "dta")
    assert (found["csto_state_1"], found["csto_state_2"]) == (["GEO"], ["UZB"])
    assert found["csto_member"] == ["partly"]
    assert "An empty end lasts to today" in annotate(path, columns=columns).err


# The same of one kind


class Stata(NamedTuple):
    """What is in a file of Stata."""

    types: list[Any]
    formats: list[str]
    labels: dict[str, str]
    values: dict[str, dict[float, str]]
    file_label: str


def stata(path: Path) -> Stata:
    with pd.io.stata.StataReader(path) as reader:
        reader.read(convert_categoricals=False, convert_dates=False)
        return Stata(
            list(reader._typlist), list(reader._fmtlist), reader.variable_labels(),
            reader.value_labels(), reader.data_label,
        )  # fmt: skip


def labelled(path: Path, version: int) -> None:
    """A file of Stata with all types, labels of variables and values, and gaps."""
    frame = pd.DataFrame(
        {
            "country": ["Georgia", "Uzbekistan", "Oz"],
            "day": pd.to_datetime(["1998-05-01", "2013-01-01", None]),
            "a_byte": pd.array([1, 2, 100], dtype="int8"),
            "a_int": pd.array([1, 2, 32_740], dtype="int16"),
            "a_long": pd.array([1, 2, 2_147_483_620], dtype="int32"),
            "a_float": pd.array([0.1, float("nan"), 1e30], dtype="float32"),
            "a_double": [0.1, float("nan"), 1e300],
            "kind": pd.Categorical(["one", "two", "one"]),
        }
    )
    frame.to_stata(
        path, version=version, write_index=False, convert_dates={"day": "td"},
        data_label="A panel", variable_labels={"country": "Country", "a_byte": "A byte"},
    )  # fmt: skip


@pytest.mark.parametrize("version", [114, 117, 118, 119])
def test_stata_keeps_types_forms_and_labels(tmp_path: Path, version: int) -> None:
    path = tmp_path / "panel.dta"
    labelled(path, version)
    output = into(path, "dta")
    before, after = stata(path), stata(output)
    count = len(before.types)
    assert after.types[:count] == before.types
    assert after.formats[:count] == before.formats
    assert list(after.labels.items())[:count] == list(before.labels.items())
    assert (after.values, after.file_label) == (before.values, "A panel")
    old, new = (pyreadstat.read_dta(p, output_format="dict")[0] for p in (path, output))
    assert {name: new[name] for name in old} == dict(old)


def test_stata_has_types_forms_and_labels_for_what_is_added(tmp_path: Path) -> None:
    path = tmp_path / "panel.dta"
    labelled(path, 118)
    found, meta = pyreadstat.read_dta(into(path, "dta"), output_format="dict")
    types = {name: meta.readstat_variable_types[name] for name in ADDED}
    numbers = {"csto_counted": "int8", "csto_first_day": "int32", "csto_disputed": "int8"}
    assert types == {name: numbers.get(name, "string") for name in ADDED}
    assert meta.original_variable_types["csto_first_day"] == "%td"
    labels = [meta.column_names_to_labels[name] for name in ADDED]
    assert all(label and len(label) <= 80 for label in labels)
    assert found["csto_disputed"] == [0, 0, None]


def test_rows_of_stata_begin_with_their_own_bytes(tmp_path: Path) -> None:
    """Long texts, notes, gaps and the order of sorting, which no reader here shows whole."""
    path = tmp_path / "panel.dta"
    frame = pd.DataFrame({"country": ["Georgia", "Oz"], "day": [1998, 1999], "x": ["a" * 3000, ""]})
    frame.to_stata(path, version=118, write_index=False, convert_strl=["x"])
    data = bytearray(path.read_bytes())
    sorted_by = data.index(b"<sortlist>") + len(b"<sortlist>")
    data[sorted_by : sorted_by + 2] = struct.pack("<H", 2)
    path.write_bytes(data)
    before, after = path.read_bytes(), into(path, "dta").read_bytes()

    def part(data: bytes, tag: bytes) -> bytes:
        return data.split(b"<%s>" % tag)[1].split(b"</%s>" % tag)[0]

    for tag in (b"strls", b"characteristics", b"value_labels"):
        assert part(after, tag) == part(before, tag)
    for tag in (b"varnames", b"variable_types", b"formats", b"sortlist", b"timestamp"):
        assert part(after, tag).startswith(part(before, tag))
    rows, longer = part(before, b"data"), part(after, b"data")
    width, wider = len(rows) // 2, len(longer) // 2
    assert (longer[:width], longer[wider:][:width]) == (rows[:width], rows[width:])
    places = struct.unpack("<14Q", part(after, b"map"))
    tags = [after[place : place + 5] for place in places[:-1]]
    assert tags[2:] == [
        b"<vari", b"<varn", b"<sort", b"<form", b"<valu", b"<vari", b"<char", b"<data",
        b"<strl", b"<valu", b"</sta",
    ]  # fmt: skip
    assert places[-1] == len(after)


@pytest.mark.parametrize("version", [10, 15])
def test_stata_keeps_why_values_are_missing(tmp_path: Path, version: int) -> None:
    path = tmp_path / "panel.dta"
    values: list[Any] = [1.0, "a", "z", None]
    frame = pd.DataFrame({"country": ["Georgia"] * 4, "day": [1998.0] * 4})
    frame["x"] = pd.Series(values, dtype=object)
    gaps = {"x": ["a", "z"]}
    labels = {"x": {1.0: "one", "a": "refused"}}
    pyreadstat.write_dta(
        frame, str(path), version=version, missing_user_values=gaps, variable_value_labels=labels
    )
    found, meta = pyreadstat.read_dta(into(path, "dta"), user_missing=True, output_format="dict")
    assert (found["x"], meta.missing_user_values) == (values, gaps)
    assert meta.variable_value_labels == labels


def test_numbers_of_other_files_get_the_type_of_stata_that_holds_them(tmp_path: Path) -> None:
    columns = {
        "a": ([101], pa.int8(), "int16"),
        "b": ([-128], pa.int8(), "int16"),
        "c": ([100], pa.int8(), "int8"),
        "d": ([32_741], pa.int16(), "int32"),
        "e": ([2_147_483_621], pa.int32(), "double"),
        "f": ([1], pa.int64(), "int8"),
        "g": ([1e38], pa.float32(), "float"),
        "h": ([3e38], pa.float32(), "double"),
    }
    values = {name: pa.array(numbers, kind) for name, (numbers, kind, _) in columns.items()}
    output = into(arrow(tmp_path / "panel.parquet", **values), "dta")
    found, meta = pyreadstat.read_dta(output, output_format="dict")
    for name, (numbers, _, stored) in columns.items():
        assert meta.readstat_variable_types[name] == stored, name
        assert found[name] == pytest.approx(numbers), name


def test_old_files_of_stata_become_new_ones_and_say_so(tmp_path: Path) -> None:
    path = tmp_path / "panel.dta"
    labelled(path, 114)
    ran = annotate(path, "--output", str(tmp_path / "out.dta"))
    assert "is of Stata 13 or before, and the output of Stata 14." in ran.err
    assert (tmp_path / "out.dta").read_bytes()[28:31] == b"118"


def test_spss_keeps_forms_labels_widths_and_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "panel.sav"
    schema = {"country": pl.String, "day": pl.Float64, "x": pl.Float64, "y": pl.String}
    rows = {
        "country": ["Georgia" + " " * 33, "Uzbekistan"],
        "day": [13_113_100_800.0, None],
        "x": [99.0, 1.5],
        "y": ["b", "a"],
    }
    pyreadstat.write_sav(
        pl.DataFrame(rows, schema=schema), str(path), file_label="A panel",
        column_labels={"country": "Country"}, note=["one", "two"],
        variable_value_labels={"x": {99.0: "refused"}, "y": {"a": "A"}},
        missing_ranges={"x": [99.0, {"lo": 200.0, "hi": 300.0}], "y": ["b"]},
        variable_display_width={"x": 12}, variable_measure={"x": "ordinal"},
        variable_format={"day": "EDATE10", "x": "F5.2"},
    )  # fmt: skip
    how = {"user_missing": True, "output_format": "dict", "disable_datetime_conversion": True}
    old, before = pyreadstat.read_sav(path, **how)
    new, after = pyreadstat.read_sav(into(path, "sav"), **how)
    assert {name: new[name] for name in old} == dict(old)
    assert (after.file_label, after.notes) == ("A panel", ["one", "two"])
    for told in (
        "variable_value_labels", "missing_ranges", "variable_display_width", "variable_measure",
        "variable_storage_width", "original_variable_types", "column_names_to_labels",
    ):  # fmt: skip
        kept = {name: getattr(after, told).get(name) for name in getattr(before, told)}
        assert kept == getattr(before, told), told
    assert after.original_variable_types["csto_first_day"] == "DATE11"
    assert after.column_names_to_labels["csto_member"]
    assert rows_of(into(path, "csv.sav"), "sav")["x"] == [None, 1.5]


def test_a_value_that_is_to_be_left_out_is_missing_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "panel.sav"
    frame = pl.DataFrame({"country": [372.0, 99.0], "day": [1998.0, 1998.0]})
    pyreadstat.write_sav(frame, str(path), missing_ranges={"country": [99.0]})
    ran = annotate(path, "--state-code", "cown")
    assert (ran.status, ran.err.splitlines()[0]) == (
        0,
        "2 rows: 1 answered, 1 missing, 0 with a problem.",
    )
    assert ran.out.splitlines()[2] == ",1998,,,,,,,,"
    assert rows_of(into(path, "parquet", "--state-code", "cown"), "parquet")["country"][1] is None


def test_sets_of_multiple_responses_are_left_out_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "panel.sav"
    pyreadstat.write_sav(pl.DataFrame({"country": ["Georgia"], "day": [1998.0]}), str(path))
    frame, meta = pyreadstat.read_sav(path, output_format="dict")
    meta.mr_sets = {"set": {}}
    monkeypatch.setattr(pyreadstat, "read_sav", lambda *_, **__: (frame, meta))
    assert "Note: The sets of multiple responses were left out." in annotate(path).err


def test_excel_keeps_the_sorts_of_cells_and_the_values_of_formulas(tmp_path: Path) -> None:
    path = tmp_path / "panel.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.title = "Länder"
    cells = [
        ["country", "day", "mixed", 1998],
        ["Georgia", dt.date(1998, 5, 1), 1, True],
        ["Uzbekistan", "2013", "one", dt.time(10, 30)],
        ["Armenia", 2000, dt.datetime(2000, 1, 1, 10, 30), 0.1],
        ["France", dt.datetime(2000, 1, 1), False, None],
    ]
    for place, row in enumerate(cells):
        for column, value in enumerate(row):
            sheet.cell(3 + place, 2 + column, value)
    book.save(path)
    output = into(path, "xlsx")
    found = openpyxl.load_workbook(output)
    assert found.sheetnames == ["Länder"]
    rows = list(found["Länder"].iter_rows(min_row=3, min_col=2, max_col=5, values_only=True))
    old = list(sheet.iter_rows(min_row=3, min_col=2, max_col=5, values_only=True))
    midnight = dt.datetime(1998, 5, 1)
    assert rows[0] == old[0]
    assert rows[1] == ("Georgia", midnight, 1, True)
    assert rows[2:] == [tuple(row) for row in old[2:]]
    assert [[type(v) for v in row] for row in rows[2:]] == [[type(v) for v in r] for r in old[2:]]
    assert found["Länder"]["F3"].value == "csto_state"
    assert [found["Länder"].cell(row, 7).value for row in range(4, 8)] == ["yes", "no", "yes", "no"]
    day = found["Länder"]["J4"]
    assert (day.value, day.number_format) == (dt.datetime(1993, 12, 9), "yyyy-mm-dd")
    assert "row 7" in annotate(path, columns=["--state", "day", "--date", "day"]).err


def test_parquet_keeps_its_schema_groups_and_compression(tmp_path: Path) -> None:
    path = tmp_path / "panel.parquet"
    rows = 25
    frame = pd.DataFrame(
        {
            "country": pd.Categorical(["Georgia", "Uzbekistan", None, "Oz", "Armenia"] * 5),
            "day": pd.to_datetime(["1998-05-01"] * rows).tz_localize("Asia/Tbilisi"),
            "list": [[1, 2], None, [], [3], [4]] * 5,
        },
        index=pd.Index(range(100, 100 + rows), name="id"),
    )
    pq.write_table(pa.Table.from_pandas(frame), path, row_group_size=10, compression="zstd")
    before = pq.read_table(path)
    output = pq.ParquetFile(into(path, "parquet"))
    after = output.read()
    assert after.select(before.column_names).equals(before)
    fields = [after.schema.field(name) for name in before.column_names]
    assert fields == list(before.schema)
    assert after.schema.metadata == before.schema.metadata
    groups = [output.metadata.row_group(place) for place in range(output.num_row_groups)]
    assert [group.num_rows for group in groups] == [10, 10, 5]
    columns = range(output.metadata.num_columns)
    codecs = {group.column(place).compression for group in groups for place in columns}
    assert codecs == {"ZSTD"}
    types = {name: str(after.schema.field(name).type) for name in ADDED}
    own = {"csto_counted": "int64", "csto_first_day": "date32[day]", "csto_disputed": "bool"}
    assert types == {name: own.get(name, "string") for name in ADDED}
    back = pd.read_parquet(path.with_name("out.parquet"))
    pd.testing.assert_index_equal(back.index, frame.index)
    assert after["csto_state"].to_pylist()[:5] == ["GEO", "UZB", None, None, "ARM"]


def test_feather_keeps_its_schema_and_batches(tmp_path: Path) -> None:
    path = tmp_path / "panel.feather"
    before = table().append_column("kind", pa.array(["a", "b", None, "a", "b"]).dictionary_encode())
    before = before.replace_schema_metadata({"file": "panel"})
    feather.write_feather(before, str(path), chunksize=2)
    after = feather.read_table(str(into(path, "feather")))
    assert after.select(before.column_names).equals(before)
    assert after.schema.metadata == before.schema.metadata
    assert after.schema.field("kind").equals(before.schema.field("kind"))


def test_dictionaries_that_differ_from_group_to_group_become_one_of_feather(tmp_path: Path) -> None:
    path = tmp_path / "panel.parquet"
    country = pa.array(["Georgia", "Armenia", "Oz", "Georgia"]).dictionary_encode()
    before = pa.table({"country": country, "day": ["1998"] * 4})
    pq.write_table(before, path, row_group_size=2)
    after = feather.read_table(str(into(path, "feather")))
    assert after["country"].to_pylist() == country.to_pylist()
    assert pa.types.is_dictionary(after["country"].type)


def test_labels_stand_beside_the_columns_of_parquet_and_come_back(tmp_path: Path) -> None:
    path = tmp_path / "panel.dta"
    labelled(path, 118)
    parquet = into(path, "parquet")
    field = pq.read_schema(parquet).field("kind")
    assert field.metadata == {b"csto_labels": b'[[0, "one"], [1, "two"]]'}
    assert pq.read_schema(parquet).field("country").metadata == {b"csto_label": b"Country"}
    bare = pq.read_table(parquet).drop_columns(ADDED)
    pq.write_table(bare, parquet)
    back = stata(into(parquet, "dta", "--force"))
    assert back.values == stata(path).values | {"kind": {0: "one", 1: "two"}}
    assert (back.labels["a_byte"], back.file_label) == ("A byte", "A panel")
    types = dict(zip(bare.column_names, back.types, strict=False))
    assert [types[name] for name in ("a_byte", "a_int", "a_long", "a_float", "a_double")] == list(
        "bhlfd"
    )


# Words and days


def test_numbers_with_labels_are_not_read_before_it_is_said_how(tmp_path: Path) -> None:
    path = tmp_path / "panel.dta"
    frame = pd.DataFrame(
        {"country": pd.Categorical(["Georgia", "Uzbekistan"]), "day": [1998, 2013]}
    )
    frame.to_stata(path, version=118, write_index=False)
    said = refusal(path, "dta")
    assert "'country' has numbers with labels, such as 0 for 'Georgia'" in said
    assert "--state-code name reads the labels" in said
    assert annotate(path).out == ""
    found = rows_of(into(path, "dta", "--state-code", "name"), "dta")
    assert (found["csto_state"], found["country"]) == (["GEO", "UZB"], [0, 1])


def test_a_value_without_a_label_is_a_problem_of_its_row(tmp_path: Path) -> None:
    path = tmp_path / "panel.sav"
    frame = pl.DataFrame({"country": [1.0, 2.0, None], "day": [1998.0] * 3})
    pyreadstat.write_sav(frame, str(path), variable_value_labels={"country": {1.0: "Georgia"}})
    ran = annotate(path, "--state-code", "name")
    assert ran.err.splitlines()[:2] == [
        "3 rows: 1 answered, 1 missing, 1 with a problem.",
        "row 2: '2' is a number: " + ran.err.splitlines()[1].split(": ", 2)[2],
    ]


def test_codes_whose_labels_name_other_states_are_told(tmp_path: Path) -> None:
    """What Stata's encode makes: 2 is no number of COW for Armenia, but for the United States."""
    path = tmp_path / "panel.dta"
    frame = pl.DataFrame(
        {"country": [2, 371], "day": [1998, 1998]}, schema_overrides={"country": pl.Int32}
    )
    labels = {"country": {2: "Armenia", 371: "Armenia"}}
    pyreadstat.write_dta(frame, str(path), variable_value_labels=labels)
    ran = annotate(path, "--state-code", "cown")
    said = "The codes of country name other states than their labels do: 2 is labelled 'Armenia';"
    assert said in ran.err
    assert "labels" not in annotate(path, "--state-code", "name").err


@pytest.mark.parametrize(
    ("form", "number", "part"),
    [
        ("%td", 14354, None),
        ("%tdDD/NN/CCYY", 14354, None),
        ("%d", 14354, None),
        ("%tc", 14354 * 86_400_000, None),
        ("%tw", 39 * 52 + 15, "1999-04-16/1999-04-20"),
        ("%tw", 39 * 52 + 51, ""),
        ("%tm", 39 * 12 + 3, "1999-04-01/1999-04-20"),
        ("%tq", 39 * 4 + 1, "1999-04-01/1999-04-20"),
        ("%th", 39 * 2, "1999-01-01/1999-04-20"),
        ("%ty", 1999, "1999-01-01/1999-04-20"),
        ("%8.0g", 1999, "1999-01-01/1999-04-20"),
    ],
)
def test_days_of_stata_are_read_by_their_form(
    tmp_path: Path, form: str, number: int, part: str | None
) -> None:
    """Georgia was counted up to 1999-04-20, which is day 14354 of Stata."""
    path = tmp_path / "panel.dta"
    frame = pl.DataFrame({"country": ["Georgia"], "day": [float(number)]})
    pyreadstat.write_dta(frame, str(path), variable_format={"day": form})
    output = into(path, "dta")
    found, meta = pyreadstat.read_dta(
        output, output_format="dict", disable_datetime_conversion=True
    )
    assert (found["csto_part"], found["csto_error"]) == (["all" if part is None else part], [""])
    assert (found["day"], meta.original_variable_types["day"]) == ([number], form)


def test_the_last_week_of_a_year_of_stata_ends_with_it() -> None:
    from cstocli.tabular.instants import reading_of

    week = reading_of("%tw")
    assert week
    assert [week[1](39 * 52 + n) for n in (0, 51)] == [
        "1999-01-01/1999-01-07",
        "1999-12-24/1999-12-31",
    ]


@pytest.mark.parametrize(
    ("form", "part"),
    [
        *((form, "all") for form in ("DATE11", "ADATE10", "EDATE10", "SDATE10", "DATETIME20")),
        ("MOYR8", "1999-04-01/1999-04-20"),
        ("QYR8", "1999-04-01/1999-04-20"),
        ("WKYR8", "1999-04-16/1999-04-20"),
    ],
)
def test_days_of_spss_are_read_by_their_form(tmp_path: Path, form: str, part: str) -> None:
    path = tmp_path / "panel.sav"
    seconds = (dt.date(1999, 4, 20) - dt.date(1582, 10, 14)).days * 86400.0
    frame = pl.DataFrame({"country": ["Georgia"], "day": [seconds]})
    pyreadstat.write_sav(frame, str(path), variable_format={"day": form})
    output = into(path, "sav")
    found, meta = pyreadstat.read_sav(
        output, output_format="dict", disable_datetime_conversion=True
    )
    assert (found["csto_part"], found["csto_error"]) == ([part], [""])
    assert found["day"] == [seconds]
    assert meta.original_variable_types["day"].startswith(form.rstrip("0123456789"))


@pytest.mark.parametrize("form", ["%tbmycal", "%tcHH:MM", "%td"])
def test_numbers_that_are_no_day_are_never_taken_for_a_year(tmp_path: Path, form: str) -> None:
    path = tmp_path / "panel.dta"
    number = 1e12 if form == "%td" else 1999.0
    frame = pl.DataFrame({"country": ["Georgia"], "day": [number]})
    pyreadstat.write_dta(frame, str(path), variable_format={"day": form})
    found = rows_of(into(path, "dta"), "dta") if form != "%td" else None
    ran = annotate(path, "--output", str(tmp_path / "out2.dta"))
    assert (ran.status, "1 with a problem" in ran.err) == (2, True)
    assert found is None or found["csto_member"] == [None]
    if form == "%td":
        assert "'day' holds a day beyond the year 9999" in refusal(path, "parquet")


def test_points_in_time_with_a_zone_are_read_by_their_own_clocks(tmp_path: Path) -> None:
    path = tmp_path / "panel.parquet"
    days = ["1999-04-20", "1999-04-21", "1900-01-01"]
    moments = pd.to_datetime(days).tz_localize("Asia/Tbilisi")
    pq.write_table(pa.table({"country": ["Georgia"] * 3, "day": pa.array(moments)}), path)
    assert rows_of(into(path, "parquet"), "parquet")["csto_member"] == ["yes", "no", "no"]
    assert annotate(path).out.splitlines()[1].startswith("Georgia,1999-04-20 00:00:00+05:00,GEO")


def test_slips_are_counted_and_numbers_refused_as_in_a_csv(tmp_path: Path) -> None:
    slips = ["Uzbekstan", "Uzbekstan", "Georgia"]
    path = arrow(tmp_path / "panel.parquet", country=slips, day=["1998"] * 3)
    said = "Note: slips that were mended: Uzbekstan read as Uzbekistan (2 rows)."
    assert said in annotate(path).err
    arrow(path, country=[None, 372, 704], day=["1998"] * 3)
    assert refusal(path, "dta").startswith("the numbers can be ISO")
    assert annotate(path).out == ""


@pytest.mark.parametrize(
    ("values", "held"), [([True], "truths"), ([[1]], "what is neither text, number nor time")]
)
def test_columns_that_name_no_states_and_no_days_are_refused(
    tmp_path: Path, values: list[Any], held: str
) -> None:
    path = arrow(tmp_path / "panel.parquet", day=values)
    said = f"the column 'day' holds {held}: it names no states and no days"
    assert refusal(path, "csv") == said


@pytest.mark.parametrize("kind", ["dta", "sav", "xlsx"])
def test_times_of_day_and_decimals_go_into_every_kind(tmp_path: Path, kind: str) -> None:
    noon = dt.time(12, 30, 15)
    number = pa.array([Decimal("1.50")], pa.decimal128(9, 2))
    path = arrow(tmp_path / "panel.parquet", noon=[noon], number=number)
    found = rows_of(into(path, kind), kind)
    assert (found["noon"], found["number"]) == ([noon], [1.5])
    many = pa.array([Decimal("1.2345678901234567890")], pa.decimal128(20, 19))
    said = refusal(arrow(path, number=many), kind, "--force")
    assert "'number' has a number of more digits than are kept" in said


# Sheets


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


HEADER = ["country", "day"]


def test_the_sheet_with_the_columns_is_read_and_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "panel.xlsx", Notes=[["read me"]], Data=[HEADER, ["Georgia", 1998]],
                    None_=[])  # fmt: skip
    ran = annotate(path)
    assert "Georgia,1998,GEO,yes" in ran.out
    assert "Note: The sheet Data was read, and not Notes, None_." in ran.err


def test_a_sheet_is_named_where_several_have_the_columns(tmp_path: Path) -> None:
    path = workbook(tmp_path / "panel.xlsx", A=[HEADER, ["Georgia", 1998]],
                    B=[HEADER, ["Armenia", 1998]])  # fmt: skip
    assert "has these columns in several sheets; say --sheet 'A' or --sheet 'B'" in refusal(
        path, "csv"
    )
    assert "Armenia,1998,ARM" in annotate(path, "--sheet", "B").out
    assert "has no sheet 'C'; it has 'A', 'B'" in refusal(path, "csv", "--sheet", "C")


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "panel.xlsx", A=[], B=[])
    assert "is empty: a first row must name the columns" in refusal(path, "csv")


def test_cells_that_are_taken_for_empty_are_told(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[*HEADER, "x"], ["Georgia", 1998, 1]]
    path = workbook(tmp_path / "panel.xlsx", A=rows)
    assert "read as empty" not in annotate(path).err
    workbook(path, A=[*rows, ["Armenia", 1998, "#N/A"]])
    assert "Note: Cells with an error, such as #N/A or #DIV/0!, were read" in annotate(path).err
    workbook(path, A=[*rows, ["Armenia", 1998, "=1+1"]])
    assert "Note: Cells with a formula that nothing has calculated" in annotate(path).err
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    sheet.write_formula(1, 2, "=1+1", None, 2)
    book.close()
    ran = annotate(path)
    assert ("Georgia,1998,2,GEO" in ran.out, "read as empty" in ran.err) == (True, False)


def test_cells_of_several_sorts_become_what_holds_them_all(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [*HEADER, "mixed", "moment"],
        ["Georgia", 1998, 1, dt.datetime(1998, 5, 1, 10, 30)],
        ["Armenia", 1998, "one", dt.date(1998, 5, 1)],
        ["Armenia", 1998, None, None],
    ]
    path = workbook(tmp_path / "panel.xlsx", A=rows)
    found = pq.read_table(into(path, "parquet"))
    assert found["mixed"].to_pylist() == ["1", "one", None]
    assert found["moment"].to_pylist() == [rows[1][3], dt.datetime(1998, 5, 1), None]
    assert rows_of(into(path, "dta"), "dta")["mixed"] == ["1", "one", None]


def test_sheets_and_delimiters_are_refused_where_there_are_none(
    tmp_path: Path, panel: Callable[[str], Path]
) -> None:
    path = tmp_path / "panel.csv"
    path.write_text("country,day\nGeorgia,1998\n")
    assert "has no sheets: --sheet is for .xlsx" in refusal(path, "tsv", "--sheet", "A")
    dta = panel("dta")
    assert "has no sheets" in refusal(dta, "csv", "--sheet", "A")
    assert "neither file is a CSV" in refusal(dta, "sav", "--delimiter", ";")
    assert "leave --encoding out" in refusal(panel("parquet"), "csv", "--encoding", "cp1251")
    assert annotate(dta, "--delimiter", ";").out.startswith("id;country;day;")


# What is not there, or not right


@pytest.mark.parametrize("kind", KINDS)
def test_a_column_is_found_in_any_case_or_refused_with_the_likely_one(
    panel: Callable[[str], Path], kind: str
) -> None:
    path = panel(kind)
    assert "Georgia" in annotate(path, columns=["--state", "COUNTRY", "--date", "Day"]).out
    said = refusal(path, kind, columns=["--state", "cuntry", "--date", "day"])
    assert "has no column 'cuntry'; did you mean 'country'? it has 'id', 'country'" in said


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_annotated_is_not_annotated_again(
    panel: Callable[[str], Path], kind: str
) -> None:
    output = into(panel(kind), kind)
    assert "has a column csto_state already" in refusal(output, f"again.{kind}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_none_of_its_kind_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"panel.{kind}"
    for data in (b"", b"\0" + b"country,day\nGeorgia,1998\n" * 99):
        path.write_bytes(data)
        assert refusal(path, "csv").startswith(f"cannot read {quoted(str(path))}: ")
    path.write_bytes(b"country,day\nGeorgia,1998\n")
    assert refusal(path, "csv").endswith("is text, perhaps a CSV: let its name end in .csv")
    other = "sav" if kind == "dta" else "dta"
    WRITERS[other](path)
    assert refusal(path, "csv").endswith(f"file ({other}): let its name end in .{other}")
    missing = tmp_path / f"none.{kind}"
    assert (
        refusal(missing, "csv") == f"cannot read {quoted(str(missing))}: No such file or directory"
    )
    folder = tmp_path / f"folder.{kind}"
    folder.mkdir()
    assert refusal(folder, "csv") == f"cannot read {quoted(str(folder))}: Is a directory"
    if sys.platform != "win32":
        os.mkfifo(tmp_path / f"pipe.{kind}")
        assert "only a CSV is read from a pipe" in refusal(tmp_path / f"pipe.{kind}", "csv")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_cut_off_is_refused(panel: Callable[[str], Path], kind: str) -> None:
    path = panel(kind)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    assert "cannot read" in refusal(path, "csv")


def test_text_of_stata_that_is_not_utf_8_is_read_as_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "panel.dta"
    labelled(path, 118)
    path.write_bytes(
        path.read_bytes().replace(b"Uzbekistan", "T\xfcrkiye".encode("latin-1") + b"\0\0\0")
    )
    assert "has a text that is not UTF-8; name its encoding" in refusal(path, "csv")
    assert "\nT\xfcrkiye,2013-01-01," in annotate(path, "--encoding", "latin-1").out
    assert "no text encoding 'klingon'" in refusal(path, "csv", "--encoding", "klingon")
    output = into(path, "dta", "--encoding", "latin-1")
    assert b"T\xfcrkiye\0" in output.read_bytes()


DAMAGED: dict[str, Any] = {
    "dta": (b"<sortlist>", b"<sortlizt>"),
    "sav": (b"COUNTRY", b"1234567"),
    "feather": (b"GeorgiaUzbekistan", b"Georgia\xff\xffbekistan"),
    "parquet": (b"PAR1", b"PAR2"),
    "xlsx": (b"xl/worksheets/sheet1.xml", b"xl/works\xe8eets/sheet1.xml", 1),
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_file_that_is_damaged_is_refused_or_read_as_it_is(
    panel: Callable[[str], Path], kind: str
) -> None:
    path = panel(kind)
    if kind == "feather":
        feather.write_feather(table(), str(path), compression="uncompressed")
    data = path.read_bytes()
    assert DAMAGED[kind][0] in data
    path.write_bytes(data.replace(*DAMAGED[kind]))
    ran = annotate(path)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_problem_ends_it_if_asked_for(panel: Callable[[str], Path], kind: str) -> None:
    row = 5 if kind == "xlsx" else 4
    assert refusal(panel(kind), kind, "--fail-fast").startswith(f"row {row}: there is no country")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_written_over_by_force_alone_even_the_one_that_is_read(
    panel: Callable[[str], Path], kind: str
) -> None:
    path = panel(kind)
    before = path.read_bytes()
    ran = annotate(path, "--output", str(path))
    assert (ran.status, "is there already" in ran.err) == (2, True)
    assert path.read_bytes() == before
    annotate(path, "--output", str(path), "--force")
    assert rows_of(path, kind)["csto_state"] == ANSWERS["csto_state"]
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of the size of files")
@pytest.mark.parametrize("kind", KINDS)
def test_a_disk_that_is_full_leaves_the_old_file(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "panel.csv"
    rows = "".join(f"Georgia,1998,{random.getrandbits(64):x}\n" for _ in range(20_000))
    path.write_text(f"country,day,x\n{rows}")
    output = tmp_path / f"out.{kind}"
    output.write_text("old")
    limited = f'ulimit -f 200; exec csto annotate "$@" --output {output} --force'
    done = run("sh", "-c", limited, "sh", str(path), *COLUMNS)
    said = done.stderr.decode()
    assert (done.returncode, said.count("\n")) == (2, 1), said
    assert said.startswith(f"Error: cannot write {output}: ")
    assert output.read_text() == "old"
    assert {*tmp_path.iterdir()} == {path, output}


@pytest.mark.parametrize("kind", KINDS)
def test_the_summary_is_that_of_a_csv_but_for_the_rows_it_names(
    panel: Callable[[str], Path], kind: str
) -> None:
    path = panel(kind)
    csv_file = path.with_suffix(".csv")
    rows = [list(PANEL), *map(list, zip(*PANEL.values(), strict=True))]
    with csv_file.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    row = "row 5" if kind == "xlsx" else "row 4"
    assert annotate(path).err == annotate(csv_file).err.replace("line 5", row)
    assert "Kyrgystan" not in annotate(path).err
    slips = annotate(path, columns=["--state", "country", "--date", "id"]).err
    assert slips != annotate(path).err


def test_a_row_that_only_a_csv_holds_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "panel.csv"
    path.write_text("country,day\nGeorgia,1998\nGeorgia,1998,more\n")
    assert "line 3: 3 cells in place of 2; only .csv holds such a row" in refusal(path, "dta")
    path.write_text('country,day\n"Georgia" x,1998\n')
    assert "line 2: a quotation mark is out of place" in refusal(path, "parquet")
    path.write_text('country,day,x\nGeorgia,1998,"a\nArmenia,1998,"\nGeorgia,1998,b\n')
    assert "is not closed" in refusal(path, "xlsx")
    path.write_text('country,day,x\nGeorgia,1998,"a\nArmenia,1998,1,2\n,1998,b"\n')
    assert rows_of(into(path, "dta"), "dta")["x"] == ["a\nArmenia,1998,1,2\n,1998,b"]


@pytest.mark.parametrize("kind", KINDS)
def test_half_a_character_is_refused_by_every_kind(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "panel.csv"
    path.write_text("country,day,x\nGeorgia,1998,\\ud800\n")
    assert "half of a pair" in refusal(path, kind, "--encoding", "unicode_escape")


# What a kind cannot hold


def arrow(path: Path, **columns: Any) -> Path:
    rows = {"country": ["Georgia"], "day": ["1998"]}
    pq.write_table(pa.table(rows | columns), path)
    return path


ZONE = pa.array([MOMENT], pa.timestamp("us", "Asia/Tbilisi"))
UNHELD: dict[tuple[str, str], tuple[Any, str]] = {
    ("dta", "x" * 33): ([1], "a name of more than the 32 characters"),
    ("dta", "GDP per capita"): ([1], "a name that is none for Stata"),
    ("dta", "2x"): ([1], "a name that is none for Stata"),
    ("dta", "byte"): ([1], "a name that is none for Stata"),
    ("dta", "str20"): ([1], "a name that is none for Stata"),
    ("dta", "text"): (["x" * 2046], "a text of 2,046 bytes, and Stata holds at most 2,045"),
    ("dta", "letters"): (["é" * 1023], "a text of 2,046 bytes"),
    ("dta", "number"): ([2**53 + 1], "Stata would round it"),
    ("dta", "infinite"): ([float("inf")], "the number inf, which Stata does not hold"),
    ("dta", "list"): ([[1]], "what Stata has no type for"),
    ("dta", "zone"): (ZONE, "points in time with a zone"),
    ("sav", "x" * 65): ([1], "a name of more than the 64 bytes"),
    ("sav", "GDP per capita"): ([1], "a name that is none for SPSS"),
    ("sav", "_x"): ([1], "a name that is none for SPSS"),
    ("sav", "with"): ([1], "a name that is none for SPSS"),
    ("sav", "Country"): ([1], "the name of another column too"),
    ("sav", "text"): (["x" * 32_768], "a text of 32,768 bytes, and SPSS holds at most 32,767"),
    ("sav", "number"): ([2**53 + 1], "which SPSS does not hold"),
    ("sav", "list"): ([[1]], "what SPSS has no type for"),
    ("sav", "zone"): (ZONE, "points in time with a zone"),
    ("xlsx", "text"): (["x" * 32_768], "a text of 32,768 characters, and Excel holds at most"),
    ("xlsx", "pictures"): (["\U0001f600" * 16_384], "a text of 16,384 characters, and Excel"),
    ("xlsx", "number"): ([2**53 + 1], "which Excel does not hold"),
    ("xlsx", "infinite"): ([float("inf")], "which Excel does not hold"),
    ("xlsx", "old"): ([dt.date(1899, 12, 31)], "1899-12-31, and Excel no days before 1900"),
    ("xlsx", "zone"): (ZONE, "points in time with a zone"),
    ("xlsx", "fine"): ([dt.datetime(2000, 1, 1, 0, 0, 0, 1)], "nothing below a millisecond"),
    ("xlsx", "list"): ([[1]], "what Excel has no cells for"),
}
"""What a column has, and why it is refused; the file is none then, not even a part of one."""


@pytest.mark.parametrize(("kind", "name"), UNHELD, ids=lambda one: one[:20])
def test_what_a_kind_cannot_hold_is_refused(tmp_path: Path, kind: str, name: str) -> None:
    values, said = UNHELD[kind, name]
    found = refusal(arrow(tmp_path / "panel.parquet", **{name: values}), kind)
    assert found.startswith(f"'{name[:60]}")
    assert said in found
    assert found.endswith("; .csv and .parquet hold it")


HELD: dict[str, dict[str, list[Any]]] = {
    "dta": {"x" * 32: [1], "été": [1], "text": ["x" * 2045], "number": [2**53], "gap": [None]},
    "sav": {"x" * 64: [1], "a.b": [1], "text": ["x" * 32_767], "number": [2**53]},
    "xlsx": {"x" * 300: [1], "text": ["x" * 32_767], "old": [dt.date(1900, 1, 1)],
             "number": [2**53], "": [1]},
}  # fmt: skip


@pytest.mark.parametrize("kind", HELD)
def test_what_a_kind_just_holds_is_written(tmp_path: Path, kind: str) -> None:
    found = rows_of(into(arrow(tmp_path / "panel.parquet", **HELD[kind]), kind), kind)
    for name, values in HELD[kind].items():
        assert found[name] == list(map(plain, values)), name


def test_characters_that_excel_writes_otherwise_come_back(tmp_path: Path) -> None:
    text = "_x0041_ \x01 a\r\nb\tc"
    path = into(arrow(tmp_path / "panel.parquet", text=[text]), "xlsx")
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    assert b"<t>_x005F_x0041_ _x0001_ a_x000D_\nb\tc</t>" in sheet


def test_columns_that_excel_has_no_place_for_are_refused(tmp_path: Path) -> None:
    many = {f"x{number}": [1] for number in range(16_374)}
    path = arrow(tmp_path / "panel.parquet", **many)
    assert "16,385 columns with those added, and Excel at most 16,384" in refusal(path, "xlsx")


def test_rows_that_excel_has_no_place_for_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cstocli.tabular import workbook

    monkeypatch.setattr(workbook, "_MOST_ROWS", 3)
    rows = {"country": ["Georgia"] * 3, "day": ["1998"] * 3}
    path = tmp_path / "panel.parquet"
    pq.write_table(pa.table(rows).slice(0, 2), path)
    into(path, "xlsx")
    pq.write_table(pa.table(rows), path)
    assert "more rows than Excel" in refusal(path, "again.xlsx")


def test_columns_of_one_name_are_refused_where_names_are_keys(tmp_path: Path) -> None:
    path = tmp_path / "panel.csv"
    path.write_text("country,day,x,x\nGeorgia,1998,1,2\n")
    for kind in ("dta", "sav", "parquet", "feather"):
        assert "'x'" in refusal(path, kind)
    assert into(path, "xlsx").exists()


def test_notes_of_spss_become_notes_of_stata(tmp_path: Path) -> None:
    path = tmp_path / "panel.sav"
    frame = pl.DataFrame({"country": ["Georgia"], "day": [1998.0]})
    pyreadstat.write_sav(frame, str(path), note=["one", "zwölf"])
    assert pyreadstat.read_dta(into(path, "dta"))[1].notes == ["one", "zwölf"]


def test_labels_of_columns_and_files_that_a_kind_cannot_hold_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "panel.parquet"
    for kind, most, longest in (("dta", 80, 80), ("sav", 256, 64)):
        for label, name, held in (("l" * most, "l" * longest, True), ("l" * (most + 1), "", False),
                                  ("", "l" * (longest + 1), False)):  # fmt: skip
            fields = [pa.field("country", pa.string(), metadata={"csto_label": label}),
                      pa.field("day", pa.string())]  # fmt: skip
            schema = pa.schema(fields, metadata={"csto_label": name})
            pq.write_table(pa.table([["Georgia"], ["1998"]], schema=schema), path)
            if held:
                into(path, kind, "--force")
            else:
                assert "has a label of more than the" in refusal(path, f"again.{kind}")


def test_labels_that_a_kind_cannot_hold_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "panel.sav"
    frame = pl.DataFrame({"country": ["Georgia"], "day": [1998.0], "x": [1.5]})
    pyreadstat.write_sav(frame, str(path), variable_value_labels={"x": {1.5: "half"}})
    assert "'x' has a label of 1.5, and Stata labels whole numbers alone" in refusal(path, "dta")
    pyreadstat.write_sav(frame, str(path), column_labels={"x": "l" * 81})
    assert "'x' has a label of more than the 80 characters of Stata" in refusal(path, "dta")
    path = tmp_path / "panel.dta"
    gap = pd.DataFrame({"country": ["Georgia"], "day": [1998.0], "x": ["a"]})
    pyreadstat.write_dta(
        gap, str(path), missing_user_values={"x": ["a"]}, variable_value_labels={"x": {"a": "no"}}
    )
    assert "'x' has a label of a missing value of Stata" in refusal(path, "sav")


def test_variables_that_stata_has_no_place_for_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cstocli.tabular import stata as writer

    path = arrow(tmp_path / "panel.parquet")
    for most in (11, 10):
        monkeypatch.setitem(writer._MOST, 118, most)
        if most == 11:
            into(path, "dta")
        else:
            assert "a file of Stata has at most 10 variables" in refusal(path, "again.dta")


def test_what_a_library_itself_does_not_write_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "panel.feather"
    span = pa.array([(1, 2, 3)], pa.month_day_nano_interval())
    feather.write_feather(pa.table({"country": ["Georgia"], "day": ["1998"], "x": span}), str(path))
    assert ".parquet does not hold this, but .csv does" in refusal(path, "parquet")

    path = arrow(tmp_path / "panel.parquet")
    for told, said in (
        ("no such thing", "SPSS does not hold this: no such thing; .csv and .parquet do"),
        ("Unable to write data", f"cannot write {tmp_path / 'out.sav'}: Unable to write data"),
    ):
        error = pyreadstat.PyreadstatError(told)
        monkeypatch.setattr(pyreadstat, "write_sav", mock.Mock(side_effect=error))
        assert refusal(path, "sav") == said


def test_a_file_of_stata_with_other_rows_than_were_read_is_refused(tmp_path: Path) -> None:
    from cstocli.tabular import stata as writer

    path = tmp_path / "panel.dta"
    labelled(path, 118)
    with path.open("rb") as file:
        base = writer.base_of(file)
        assert base
        with pytest.raises(Refused, match="it has not the rows that it says it has"):
            writer.write_beside(io.BytesIO(), base, "panel.dta", [], [])
        assert writer.base_of(io.BytesIO(b"<stata_dta>")) is None


def test_groups_are_none_where_there_are_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "panel.parquet"
    kind = pa.dictionary(pa.int8(), pa.string())
    with pq.ParquetWriter(path, pa.schema({"country": kind, "day": pa.string()})):
        pass
    assert feather.read_table(str(into(path, "feather"))).num_rows == 0
    assert pq.ParquetFile(into(path, "again.parquet")).num_row_groups == 0


# Extras

NEEDED = {
    "dta": ("pyreadstat", "files"),
    "sav": ("pyreadstat", "files"),
    "xlsx": ("python_calamine", "files"),
    "parquet": ("pyarrow", "parquet"),
    "feather": ("pyarrow", "parquet"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_without_its_library_a_kind_is_refused_with_the_extra(
    panel: Callable[[str], Path], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, extra = NEEDED[kind]
    path = panel(kind)
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.setitem(sys.modules, f"{library}.parquet", None)
    ran = annotate(path)
    said = f".{kind} files need the library {library}"
    assert (ran.status, ran.out, said in ran.err) == (2, "", True), ran.err
    assert f"pip install 'csto[{extra}]'" in ran.err
    with pytest.raises(BrokenDataset, match=said):
        load(path)


@pytest.mark.parametrize(
    ("kind", "library", "extra"),
    [
        ("sav", "polars", "files"),
        ("xlsx", "xlsxwriter", "files"),
        ("parquet", "pyarrow", "parquet"),
    ],
)
def test_without_the_library_that_writes_a_kind_the_extra_is_named(
    tmp_path: Path, kind: str, library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "panel.csv"
    path.write_text("country,day\nGeorgia,1998\n")
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.setitem(sys.modules, f"{library}.parquet", None)
    assert refusal(path, kind) == (
        f".{kind} files need the library {library}: pip install 'csto[{extra}]'"
    )


def test_stata_is_written_without_any_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "panel.csv"
    path.write_text("country,day\nGeorgia,1998\n")
    with monkeypatch.context() as hidden:
        for library in ("pyreadstat", "polars", "pandas", "narwhals", "pyarrow"):
            hidden.setitem(sys.modules, library, None)
        output = into(path, "dta")
    assert rows_of(output, "dta")["csto_state"] == ["GEO"]


# Tables of spells


@pytest.mark.parametrize("kind", KINDS)
def test_spells_are_read_from_files_of_every_kind(tmp_path: Path, kind: str) -> None:
    frame = pd.DataFrame(
        {
            "State": ["France", "Spain"],
            "first_day": pd.to_datetime(["1950-01-01", "1982-05-30"]),
            "last_day": pd.to_datetime(["1960-12-31", None]),
            "organisation": ["Club", "Club"],
        }
    )
    path = tmp_path / f"spells.{kind}"
    days = {"first_day": "td", "last_day": "td"}
    if kind == "dta":
        frame.to_stata(path, version=118, write_index=False, convert_dates=days)
    elif kind == "sav":
        pyreadstat.write_sav(frame, str(path))
    elif kind == "xlsx":
        frame.to_excel(path, index=False, sheet_name="Spells")
    elif kind == "parquet":
        frame.to_parquet(path)
    else:
        frame.to_feather(path)
    rows = load(path).history("France", "Spain").rows
    assert [
        (row.state, str(row.first_day), row.last_day and str(row.last_day)) for row in rows
    ] == [
        ("FRA", "1950-01-01", "1960-12-31"),
        ("ESP", "1982-05-30", None),
    ]


def test_spells_of_years_labels_and_empty_rows_are_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "spells.xlsx",
        Readme=[["the table is on the next sheet"]],
        Spells=[["state", "first_day", "last_day"], ["France", 1950, "1960-06"], [],
                ["Spain", dt.date(1982, 5, 30), None]],
    )  # fmt: skip
    rows = load(path).history("France", "Spain").rows
    assert [str(row.first_day) for row in rows] == ["1950", "1982-05-30"]
    path = tmp_path / "spells.dta"
    frame = pd.DataFrame(
        {"state": pd.Categorical(["Spain"]), "first_day": [1982], "last_day": [""]}
    )
    frame.to_stata(path, version=118, write_index=False)
    assert [row.state for row in load(path).history("Spain")] == ["ESP"]


def test_a_problem_of_a_table_of_spells_is_told_with_its_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "spells.xlsx", A=[["state", "first_day", "last_day"],
                    ["France", "soon", None]])  # fmt: skip
    with pytest.raises(BrokenDataset, match=r"line 2: .*soon"):
        load(path)
    path = workbook(tmp_path / "spells.xlsx", A=[["land", "first_day"], ["France", 1950]])
    with pytest.raises(BrokenDataset, match="there is no column state"):
        load(path)
    assert ask("validate", str(path)).status == 1


def test_two_columns_of_one_name_are_refused_in_a_table_of_spells(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["state", "first_day", "last_day", "State"],
        ["France", 1950, None, "Spain"],
    ]
    with pytest.raises(BrokenDataset, match="the column state stands twice"):
        load(workbook(tmp_path / "spells.xlsx", A=rows))


# Growth


def test_answers_that_were_forgotten_are_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cstocli.annotate import places

    path = tmp_path / "panel.parquet"
    rows = {"country": ["Georgia", "Oz", "Armenia", "Georgia"] * 5, "day": ["1998", "1999"] * 10}
    pq.write_table(pa.table(rows), path, row_group_size=3)
    before = annotate(path)
    monkeypatch.setattr(places, "_MANY", 2)
    assert annotate(path) == before
    assert before.err.startswith("20 rows: 15 answered, 5 with a problem.")


def test_small_batches_of_rows_become_large_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cstocli.tabular import arrowfile, excel

    rows = [["Georgia", 1990 + n] for n in range(11)]
    path = workbook(tmp_path / "panel.xlsx", A=[HEADER, *rows])
    monkeypatch.setattr(excel, "_ROWS", 2)
    monkeypatch.setattr(arrowfile, "_ROWS", 3)
    found = pq.ParquetFile(into(path, "parquet"))
    groups = [found.metadata.row_group(place).num_rows for place in range(found.num_row_groups)]
    assert groups == [4, 4, 3]
    assert found.read()["day"].to_pylist() == [year for _, year in rows]


PEAK = """
import resource, sys
from cstocli.cli.main import run
status = run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(status)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="peaks are told in other units")
@pytest.mark.parametrize("kind", ["parquet", "feather", "dta"])
def test_memory_does_not_grow_with_the_groups_of_rows(tmp_path: Path, kind: str) -> None:
    peaks = []
    for groups in (4, 20):
        rows = 20_000 * groups
        days = [dt.date(1990, 1, 1) + dt.timedelta(days=n % 13_000) for n in range(rows)]
        countries = ["Georgia", "Armenia", "France", "Belarus"] * (rows // 4)
        found = pa.table({"country": countries, "day": days, "n": range(rows)})
        path = tmp_path / f"panel{groups}.{kind}"
        if kind == "parquet":
            pq.write_table(found, path, row_group_size=20_000)
        elif kind == "feather":
            feather.write_feather(found, str(path), chunksize=20_000)
        else:
            frame = pl.DataFrame(found)
            pyreadstat.write_dta(frame, str(path))
        output = str(path.with_name(f"out{groups}.{kind}"))
        done = run(sys.executable, "-c", PEAK, "annotate", str(path), *COLUMNS, "--output", output)
        assert done.returncode == 0, done.stderr
        peaks.append(int(done.stdout) / 1024)
    assert peaks[1] - peaks[0] < 40, peaks
