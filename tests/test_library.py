"""The same questions from Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from cstocli import BrokenDataset, Dataset, Refused, files, load


@pytest.fixture(scope="module")
def csto() -> Dataset:
    return load()


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        (dt.date(1999, 4, 20), 9),
        ("1999-04-21", 6),
        (1993, 9),
        (("1999-04-21", "1999-12-31"), 6),
        ((1992, dt.date(1992, 5, 14)), 0),
        ((1992, 1993), 9),
        (None, 6),
    ],
)
def test_a_day_is_a_date_or_text_or_a_year_and_a_period_a_pair_of_them(
    csto: Dataset, asked: dt.date, count: int
) -> None:
    assert len(csto.members(on=asked)) == count


def test_a_period_that_ends_before_it_begins_is_refused(csto: Dataset) -> None:
    with pytest.raises(Refused, match=r"2007.*before.*2008"):
        csto.members(on=("2008-01-01", "2007-01-01"))


def test_a_basis_that_there_is_not_is_refused_with_those_that_there_are(csto: Dataset) -> None:
    with pytest.raises(Refused, match=r"'treaty'.*joined, in-force, charter"):
        csto.check("georgia", basis="treaty")


def test_a_basis_that_is_named_is_the_one_asked(csto: Dataset) -> None:
    assert len(csto.members(on="1993-12-31", basis="in-force")) == 0


def test_an_answer_says_what_it_is(csto: Dataset) -> None:
    assert repr(csto.series(during=1999)) == "<Answer to 'series': 1 rows, 0 notes>"
    assert [row.status for row in csto.history("uzbekistan", "france")][-1] == "suspended"


def test_a_datetime_asks_about_its_day() -> None:
    assert len(load().members(on=dt.datetime(1999, 4, 21, 23, 59))) == 6


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda csto: csto.events(kinds=["party"]), "there is no kind 'party'"),
        (lambda csto: csto.series("week"), "by 'year' or by 'month', not by 'week'"),
        (lambda csto: csto.sources("nobody"), "there is no source 'nobody'"),
        (lambda csto: csto.members(basis="x"), "there is no basis 'x'"),
    ],
)
def test_what_is_not_there_is_refused(ask: Callable[[Dataset], object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        ask(load())


def test_the_file_of_an_installed_package_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    installed = tmp_path / "cstocli" / "data" / "membership.json"
    installed.parent.mkdir(parents=True)
    monkeypatch.setattr(files, "__file__", str(tmp_path / "cstocli" / "files.py"))
    beside = str(tmp_path / "data" / "membership.json")
    assert files.data_file("membership.json") == beside
    installed.write_text("{}", encoding="utf-8")
    assert files.data_file("membership.json") == str(installed)


def test_a_file_that_cannot_be_read_is_said_to_be_so() -> None:
    with pytest.raises(BrokenDataset, match=r"^/proc/self/mem: "):
        load("/proc/self/mem")
