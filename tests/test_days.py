"""Days, stretches of days, and bounds that are known to the month or the year."""

from __future__ import annotations

import copy
import datetime as dt
import multiprocessing
import operator
import pickle
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import DAY, club, day, days

from cstocli.core.days import (
    Bound,
    Days,
    Overlaps,
    clip,
    days_of,
    known,
    length,
    may_be,
    part_of,
    united,
    without,
)

tries = settings(deadline=None, max_examples=200, derandomize=True)

# What is written


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2001-06-23", "2001-06-23", "2001-06-23"),
        ("2000-02-29", "2000-02-29", "2000-02-29"),
        ("2001-06", "2001-06-01", "2001-06-30"),
        ("2001-12", "2001-12-01", "2001-12-31"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2001-02", "2001-02-01", "2001-02-28"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2001", "2001-01-01", "2001-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_text_means_a_day_or_the_days_of_a_month_or_year(
    text: str, first: str, last: str
) -> None:
    wanted = day(first), day(last)
    read = known(text)
    assert days_of(text) == wanted
    assert str(read) == text
    if isinstance(read, Bound):
        assert (read.earliest, read.latest) == may_be(day("2001-06-07"), read) == wanted
        assert first != last
    else:
        assert may_be(read, None) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "2001-13", "2001-00", "2001-02-29", "1900-02-29", "2001-04-31", "2001-06-00", "2001-06-32",
        "0000", "0000-01",
    ],
)  # fmt: skip
def test_a_day_that_there_is_not_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^there is no day {text}$") as refused:
        known(text)
    assert refused.value.__suppress_context__


@pytest.mark.parametrize(
    "text",
    [
        "", "2001-6", "2001-6-01", "20010623", "200106", "2001-W01", "2001-W01-1", "2001-174", "01",
        "02001", "-2001", " 2001", "2001 ", "2001-", "2001-06-", "2001-06-23T00:00", "2001/06/23",
        "23/06/2001", "June", "２００１", "２００１-06", "null",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_what_to_type(text: str) -> None:
    with pytest.raises(ValueError, match=r"^'.*' is no day; type YYYY-MM-DD, or YYYY-MM or YYYY$"):
        known(text)


# Bounds


def pooled(row: Any) -> Any:
    """A row as a process of a pool hands it back."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(copy.copy, row).result(timeout=60)


@pytest.mark.parametrize("question", ["members", "history"])
@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, lambda row: pickle.loads(pickle.dumps(row)), pooled],  # noqa: S301
    ids=["copy", "deepcopy", "pickle", "pool"],
)
def test_a_copy_knows_a_day_no_better(copied: Callable[[Any], Any], question: str) -> None:
    csto = club("member 2001-06-07/2002-06")
    (row,) = csto.members("2001") if question == "members" else csto.history("AAA")
    found = copied(row)
    last: Any = found.last_day
    assert found == row
    assert last == row.last_day
    assert str(last) == f"{last}" == "2002-06"
    assert not isinstance(last, dt.date)
    assert (last.earliest, last.latest) == (day("2002-06-01"), day("2002-06-30"))
    for reckon in (operator.lt, operator.ge, operator.sub):
        for pair in ((last, day("2002-06-15")), (day("2002-06-15"), last)):
            with pytest.raises(TypeError):
                reckon(*pair)
    with pytest.raises(TypeError):
        last + DAY


def test_a_bound_is_equal_to_what_was_published_alike_and_to_no_day() -> None:
    june = known("2001-06")
    assert {june, known("2001-06"), known("2001")} == {june, known("2001")}
    assert june not in (known("2001"), day("2001-06-01"), "2001-06")
    assert repr(june) == "Bound('2001-06')"


@pytest.mark.parametrize("name", ["published", "earliest", "anything"])
def test_a_bound_does_not_change(name: str) -> None:
    with pytest.raises(AttributeError, match=r"^a bound does not change$"):
        setattr(known("2001-06"), name, "2001-07")


# Stretches


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2001-06-10", "2001-06-10", 1),
        ("2000-02-28", "2000-03-01", 3),
        ("2001-02-28", "2001-03-01", 2),
        ("2001-06-10", None, None),
        ("2001-06", "2001-07-01", None),
        ("2001-06-10", "2001-07", None),
        ("2001", "2001", None),
    ],
)
def test_a_stretch_has_a_length_where_both_its_ends_are_known(
    first: str, last: str | None, count: int | None
) -> None:
    assert length(known(first), known(last) if last else None) == count


@pytest.mark.parametrize(
    ("stretches", "part"),
    [
        ("2001-01-01/2001-01-31", "all"),
        ("", None),
        (
            "2001-01-02 2001-01-04/2001-01-05",
            "2001-01-02/2001-01-02 2001-01-04/2001-01-05",
        ),
    ],
)
def test_the_part_of_days_is_all_or_the_stretches_or_none(stretches: str, part: str | None) -> None:
    found = list(map(days, stretches.split()))
    assert part_of(found, days("2001-01-01/2001-01-31")) == part


def window(first: dt.date) -> list[dt.date]:
    return [first + DAY * number for number in range(16)]


WINDOWS = st.sampled_from(
    [window(day("2000-02-20")), window(dt.date.min), window(dt.date.max - 15 * DAY)]
)
"""Sixteen days in which stretches lie; no day comes before the first of all, or after the last."""


@st.composite
def stretches(draw: st.DrawFn, within: list[dt.date]) -> Days:
    first = draw(st.integers(0, 15))
    last = min(15, first + draw(st.sampled_from([0, 0, 1, 2, 3, 5, 15])))
    return within[first], within[last]


def held(found: Iterable[Days], within: list[dt.date]) -> set[dt.date]:
    """The days of stretches, one by one."""
    return {one for first, last in found for one in within if first <= one <= last}


def runs(held: set[dt.date], within: list[dt.date]) -> list[Days]:
    """Days as the stretches that do not meet."""
    found: list[Days] = []
    for before, one in zip([None, *within], within, strict=False):
        if one in held:
            found[-1:] = [(found[-1][0], one)] if before in held else [*found[-1:], (one, one)]
    return found


@tries
@given(st.data(), WINDOWS)
def test_days_are_united_and_taken_away_as_sets_of_days_are(
    data: st.DataObject, within: list[dt.date]
) -> None:
    several = st.lists(stretches(within), max_size=6)
    one, other = data.draw(several), data.draw(several)
    assert united(one) == runs(held(one, within), within)
    assert without(one, other) == runs(held(one, within) - held(other, within), within)


@tries
@given(st.data(), WINDOWS)
def test_what_shares_days_is_found_in_the_order_given_with_the_days_shared(
    data: st.DataObject, within: list[dt.date]
) -> None:
    drawn = data.draw(st.lists(st.tuples(stretches(within), st.booleans()), max_size=20))
    asked = data.draw(stretches(within))
    told = [(one[0], None if lasts else one[1], -n) for n, (one, lasts) in enumerate(drawn)]
    wanted = []
    for first, last, number in told:
        shared = held([(first, last or dt.date.max)], within) & held([asked], within)
        assert clip(first, last, asked) == ((min(shared), max(shared)) if shared else None)
        wanted += [((min(shared), max(shared)), number)] if shared else []
    assert Overlaps(told).on(asked) == wanted
