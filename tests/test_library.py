"""The same questions from Python: what can be meant is understood, all else is refused in words."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from documents import SMALL, written

from cstocli import BrokenDataset, Dataset, Refused, catalogue, load, validate
from cstocli.core.days import When
from cstocli.library import convert
from cstocli.reading import files


def wrongly(function: Any) -> Any:
    """The function, for a call that its types forbid."""
    return function


YEAR, MONTH, DAY = "2006-01-01/2006-12-31", "2006-07-01/2006-07-31", "2006-07-15"


@pytest.mark.parametrize(
    ("on", "asked"),
    [
        ("2006", YEAR),
        (2006, YEAR),
        (2006.0, YEAR),
        (Decimal(2006), YEAR),
        (np.int64(2006), YEAR),
        (np.float64(2006), YEAR),
        (np.str_("2006"), YEAR),
        (np.datetime64("2006"), YEAR),
        (pd.Period("2006"), YEAR),
        (np.datetime64("2006-07"), MONTH),
        (pd.Period("2006-07"), MONTH),
        (pd.Period("2006Q3"), "2006-07-01/2006-09-30"),
        (np.datetime64("2006-07-13", "W"), "2006-07-13/2006-07-19"),
        (dt.date(2006, 7, 15), DAY),
        (dt.datetime(2006, 7, 15, 23, 59), DAY),
        (np.datetime64("2006-07-15"), DAY),
        (np.datetime64("2006-07-15T10:00"), DAY),
        (np.datetime64("2006-07-15T23:59:59.999999999"), DAY),
        (pd.Period("2006-07-15"), DAY),
        (pd.Timestamp("2006-07-15"), DAY),
        (pd.Timestamp("2006-07-15 23:59", tz="Asia/Tashkent"), DAY),
        (When.day(dt.date(2006, 7, 15)), DAY),
        (np.datetime64("9999"), "9999-01-01/9999-12-31"),
        (("2006-07", pd.Timestamp("2006-07-15")), "2006-07-01/2006-07-15"),
        ((np.int64(2006), 2007), "2006-01-01/2007-12-31"),
        ((None, 1993), "1992-05-15/1993-12-31"),
        ((2026, None), "2026-01-01/2026-11-22"),
        ((None, None), "2026-11-22"),
        (None, "2026-11-22"),
    ],
    ids=repr,
)
def test_a_day_a_month_or_a_year_is_read_from_what_holds_one(
    csto: Dataset, monkeypatch: pytest.MonkeyPatch, on: Any, asked: str
) -> None:
    if "9999" in asked:
        monkeypatch.setenv("CSTO_TODAY", "9999-12-31")
    assert csto.check("armenia", on=on).rows[0].asked == asked


@pytest.mark.parametrize(
    "on",
    [
        *(pd.NaT, pd.NA, float("nan"), np.datetime64("NaT"), Decimal("sNaN"), float("inf")),
        *(True, np.bool_(True), 2006.5, 0, 5, 99, np.int8(99), 999.0, -5, 20060715, 10**30, 2006j),
        *(b"2006", object(), dt.time(1), np.timedelta64(2006, "ns"), pd.Period, dt.date),
        *([2006, 2007], {2006}, range(2), (2006,), (), (2005, 2006, 2007), ((2005, 2006), 2007)),
        *(np.array(2006), np.array([2006]), pd.Series([2006]), pd.PeriodIndex(["2006"], freq="Y")),
        *(np.datetime64("12006"), np.datetime64("-0005"), pd.Period(year=12006, freq="Y")),
        *("", "tomorrowish", "2006-02-30", (pd.NaT, 2006), ("2008-01-01", "2007-01-01")),
    ],
)
def test_what_is_no_day_month_or_year_is_refused_in_words(csto: Dataset, on: Any) -> None:
    with pytest.raises(Refused, match=r"^\S+ .* \S+") as refused:
        csto.check("armenia", on=on)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda csto: csto.check(860), "860 is no text: a state is named by its name"),
        (lambda csto: csto.check(None), "None is no text"),
        (lambda csto: csto.check(pd.NA), "<NA> is no text"),
        (lambda csto: csto.check(b"ARM"), "b'ARM' is no text"),
        (lambda csto: csto.history(["ARM"]), r"\['ARM'\] is no text"),
        (lambda csto: csto.disputes(3), "3 is no text"),
        (lambda csto: csto.together("ARM"), "at least two different states"),
        (
            lambda csto: csto.check("ARM", basis=3),
            "no basis 3; there are joined, in-force, charter",
        ),
        (lambda csto: csto.members(basis="x"), "no basis 'x'; there are joined, in-force, charter"),
        (lambda csto: csto.members(basis=["joined"]), r"no basis \['joined'\]; there are"),
        (lambda csto: csto.members(2006, throughout="no"), "True or False, not 'no'"),
        (lambda csto: csto.members(2006, throughout=pd.NA), "True or False, not <NA>"),
        (lambda csto: csto.states(aliases=2), "aliases is True or False, not 2"),
        (lambda csto: csto.events(kinds=["party"]), "no kind 'party'; there are signature, "),
        (lambda csto: csto.events(kinds=[["x"]]), r"no kind \['x'\]; there are signature, "),
        (lambda csto: csto.events(kinds=3), "3 is no list of kinds"),
        (lambda csto: csto.events(kinds=b"note"), "b'note' is no list of kinds"),
        (lambda csto: csto.series("week"), "no series by 'week'; there are year, month"),
        (lambda csto: csto.series(None), "no series by None; there are year, month"),
        (lambda csto: csto.state_years(rule="x"), "no rule 'x'; there are any, throughout, first-"),
        (lambda csto: csto.state_years(rule=["any"]), r"no rule \['any'\]; there are any, "),
        (lambda csto: csto.state_years(balanced="no"), "balanced is True or False, not 'no'"),
        (lambda csto: csto.dyad_years(directed=2), "directed is True or False, not 2"),
        (lambda csto: csto.state_years(codes=3), "3 is no list of texts, as schemes of codes are"),
        (lambda csto: csto.state_years(codes=np.array(3)), r"array\(3\) is no list of texts"),
        (lambda csto: csto.events(kinds=np.array(3)), r"array\(3\) is no list of kinds"),
        (lambda csto: csto.compare("x.csv", state_code=pd.NA), "no scheme <NA>; there are auto"),
        (lambda csto: csto.dyad_years(codes="cow"), "no scheme of codes 'cow'; there are iso2c"),
        (lambda csto: csto.diff("2000-01-01", "2001-01-01", everyone=pd.NA), "everyone is True"),
        (lambda csto: csto.check("ARM", state_code=["auto"]), r"no scheme \['auto'\]; there are"),
        (lambda csto: csto.state("ARM", state_code=pd.NA), "no scheme <NA>; there are auto"),
        (lambda csto: csto.cite("ARM", state_code="cow"), "no scheme 'cow'; there are auto"),
        (lambda csto: csto.page(3), "3 is no text: a page is given by its name"),
        (lambda csto: csto.holders("king"), "no office 'king'; there are chair"),
        (lambda csto: csto.holders(3), "no office '3'"),
        (lambda csto: csto.compare(3), "3 is no path of a file"),
        (lambda csto: csto.sources("nobody"), "no source 'nobody'"),
        (lambda csto: csto.sources(3), "no source 3"),
        (lambda csto: csto.sources([]), r"no source \[\]"),
        (lambda csto: csto.diff(None, "2007-01-01"), "2026-11-22 comes after 2007-01-01"),
        (lambda csto: csto.diff(2006, "2007-01-01"), "two days can be compared, not periods; 2006"),
        (lambda _: wrongly(load)(b"x.csv"), "b'x.csv' is no path of a file"),
        (lambda _: wrongly(load)(3), "3 is no path of a file"),
        (lambda _: wrongly(load)(None, 3), "3 is no text: an organisation is given by its name"),
        (lambda _: load("x\0.csv"), r"'x\\x00.csv' is no path of a file"),
        (lambda _: wrongly(load)(None, None, {}), r"no scheme \{\}; there are auto"),
        (lambda _: wrongly(convert)("-", 3), "no shape 3; there are cow-igo, "),
        (
            lambda _: wrongly(convert)("-", "atop", 4220),
            "4220 is no list of texts, as organisations",
        ),
        (lambda _: wrongly(convert)("-", "columns", state=3), "3 is no text: a column"),
        (lambda _: convert("-", "atop", delimiter=";;"), "';;' is not one character"),
        (lambda _: wrongly(convert)("-", "atop", encoding=None), "None is no text: an encoding"),
        (lambda _: wrongly(convert)("-", "atop", missing=3), "3 is no list of texts, as texts"),
        (lambda _: wrongly(catalogue().organisations)(3), "3 is no text"),
        (lambda _: catalogue().organisations("ARM", on="x"), "'x' is not a date"),
        (lambda _: wrongly(validate)(None), "None is no path of a file"),
        (lambda _: wrongly(validate)(__file__, b"x"), "b'x' is no text"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(
    csto: Dataset, ask: Callable[[Dataset], object], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        ask(csto)


WRONG: list[dict[str, Any]] = [
    {"state": 3},
    {"state": ("state", 3)},
    {"state": ["state"] * 2},
    {"date": None},
    {"date": 3},
    {"date_format": 3},
    {"date_format": ["%Y"]},
    {"state_code": ["cown"]},
    {"missing": 3},
    {"missing": [3]},
    {"rule": ["any"]},
    {"basis": 3},
]


@pytest.mark.parametrize(
    "wrong",
    [
        *WRONG,
        {"encoding": 3},
        {"encoding": "nope"},
        {"delimiter": 3},
        {"delimiter": ";;"},
        {"force": "no"},
        {"fail_fast": pd.NA},
    ],
    ids=str,
)
def test_annotate_refuses_what_cannot_be_meant(
    csto: Dataset, tmp_path: Path, wrong: dict[str, Any]
) -> None:
    path = written(tmp_path, "state,day\nArmenia,2000\n", "panel.csv")
    with pytest.raises(Refused):
        csto.annotate_file(path, os.devnull, **{"state": "state", "date": "day", **wrong})


@pytest.mark.parametrize("wrong", [*WRONG, {"prefix": 3}], ids=str)
def test_a_frame_is_not_annotated_by_what_cannot_be_meant(
    csto: Dataset, wrong: dict[str, Any]
) -> None:
    frame = pd.DataFrame({"state": ["Armenia"], "day": ["2000"]})
    with pytest.raises(Refused):
        csto.annotate(frame, **{"state": "state", "date": "day", **wrong})


def test_a_file_that_is_broken_or_absent_is_said_to_be_so(tmp_path: Path) -> None:
    for path, place, reason in (
        ("nosuch", "", "No such file or directory"),
        (written(tmp_path, {**SMALL, "spells": []}), "spells", "[] is empty"),
    ):
        with pytest.raises(BrokenDataset) as broken:
            load(path)
        assert broken.value.path == path
        assert broken.value.problems == ((place, reason),)


def test_a_period_that_ends_before_it_begins_is_refused_with_both_ends(csto: Dataset) -> None:
    with pytest.raises(Refused, match=r"2007-01-01, before it begins, on 2008-01-01"):
        csto.members(on=("2008-01-01", "2007-01-01"))


@pytest.mark.parametrize(
    "kinds",
    [
        "accession",
        ["accession"],
        (kind for kind in ["accession"]),
        np.array(["accession"]),
        pd.Series(["accession"]),
    ],
    ids=lambda kinds: type(kinds).__name__,
)
def test_kinds_are_one_or_any_number_of_them(csto: Dataset, kinds: Any) -> None:
    answer = csto.events(kinds=kinds)
    assert [row.date for row in answer] == ["1993-09-24", "1993-12-09", "1993-12-31"]
    assert answer.query["kinds"] == ["accession"]


def test_a_period_counts_whole_where_that_is_asked(csto: Dataset) -> None:
    assert len(csto.members(2006)) == 7
    assert len(csto.members(2006, throughout=True)) == 6
    assert len(csto.members(2006, throughout=np.bool_(True))) == 6  # type: ignore[arg-type]


def test_a_day_without_a_name_is_today(csto: Dataset) -> None:
    assert csto.diff("2007-01-01", None).query["after"] == dt.date(2026, 11, 22)


def test_an_answer_says_what_it_is_and_cannot_be_changed(csto: Dataset) -> None:
    answer = csto.series(during=1999)
    assert repr(answer) == "<Answer to 'series': 1 rows, 0 notes>"
    with pytest.raises(TypeError):
        answer.query["by"] = "month"  # type: ignore[index]
    with pytest.raises(TypeError):
        csto.records.states["FRA"] = csto.records.states["ARM"]  # type: ignore[index]
    assert (type(answer.rows), type(answer.notes)) == (tuple, tuple)


def test_states_may_be_any_countries(csto: Dataset) -> None:
    assert [row.state for row in csto.history("uzbekistan", "france")] == ["UZB"] * 4


def test_the_file_of_an_installed_package_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "cstocli" / "reading").mkdir(parents=True)
    monkeypatch.setattr(files, "__file__", str(tmp_path / "cstocli" / "reading" / "files.py"))
    beside, installed = (tmp_path / name / "x.json" for name in ("data", "cstocli/data"))
    for path in (beside, installed):
        path.parent.mkdir()
        path.write_text("{}", encoding="utf-8")
        assert files.data_file("x.json") == str(path)


def test_data_that_are_missing_are_said_to_be_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(files, "__file__", str(tmp_path / "cstocli" / "reading" / "files.py"))
    with pytest.raises(BrokenDataset, match=r"/cstocli/data/membership.json: No such file"):
        load()


def test_a_json_file_without_what_checks_it_is_refused(
    csto: Dataset, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    with pytest.raises(Refused, match="because jsonschema_rs does not load"):
        load(written(tmp_path, SMALL))
