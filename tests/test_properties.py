"""What holds for any dataset and any text, tried on invented ones.

The invented states live in a window of sixty days; days are counted one by one.
"""

from __future__ import annotations

import datetime as dt
import os
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import BEGIN, DAY, clubs, counted, held

from cstocli import Dataset, Refused
from cstocli.core.days import Days
from cstocli.reading import dates

settings.register_profile("bounded", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("bounded")

WINDOW = [BEGIN + DAY * number for number in range(60)]
WHOLE = WINDOW[0], WINDOW[-1]
CLUBS = clubs(WINDOW)
PERIODS = st.tuples(st.sampled_from(WINDOW), st.sampled_from(WINDOW)).map(
    lambda days: (min(days), max(days))
)
BASES = st.sampled_from(["wide", "narrow"])


def days_of(days: Days) -> list[dt.date]:
    return [day for day in WINDOW if days[0] <= day <= days[1]]


def counted_days(csto: Dataset, code: str, basis: str, days: Days) -> list[dt.date]:
    counts = csto.records.bases[basis].counts
    return [day for day in days_of(days) if held(csto, code, day) in counts]


def disputed_on(csto: Dataset, code: str, basis: str, day: dt.date) -> bool:
    """Whether a rival about a state or one of its spells would change what a day is."""
    counts = csto.records.bases[basis].counts
    about = {code, *(spell.id for spell in csto.records.spells.values() if spell.state == code)}
    return any(
        (dispute.status in counts) != (held(csto, code, day) in counts)
        for dispute in csto.records.disputes.values()
        if dispute.verdict == "rival"
        and dispute.about in about
        and dispute.first_day
        and dispute.first_day <= day <= (dispute.last_day or day)
    )


def days_of_part(part: str | None, days: Days) -> list[dt.date]:
    """The days that a `part` names."""
    if part == "all":
        return days_of(days)
    ends = [
        [dt.date.fromisoformat(day) for day in text.split("/")] for text in (part or "").split()
    ]
    assert all(len(pair) == 2 for pair in ends)
    return [day for first, last in ends for day in days_of((first, last))]


# Days and runs


@given(CLUBS)
def test_a_day_has_the_status_of_its_spell_or_else_says_where_it_lies(csto: Dataset) -> None:
    records = csto.records
    for code in records.states:
        statuses = [held(csto, code, day) for day in WINDOW]
        firsts = [spell.first_day for spell in records.spells.values() if spell.state == code]
        for number, day in enumerate(WINDOW):
            wanted = statuses[number]
            if not wanted:
                later = any(first > day for first in firsts)
                between = "outside" if later else "former"
                wanted = "never" if not firsts else between if any(statuses[:number]) else "not-yet"
                assert records.spell_on(code, day) is None
            assert records.status_on(code, day) == wanted


@given(CLUBS, BASES)
def test_runs_hold_the_counted_days_and_no_others_and_lie_apart(csto: Dataset, basis: str) -> None:
    records = csto.records
    for code in records.states:
        runs = records.standing(code, records.bases[basis].counts).runs
        days = [day for run in runs for day in days_of((run.first_day, run.last_day or WINDOW[-1]))]
        assert days == counted_days(csto, code, basis, WHOLE)
        for run, following in pairwise(runs):
            assert run.last_day
            assert (following.first_day - run.last_day).days > 1
        for run in runs:
            assert (run.first_day, run.last_day) == (
                run.spells[0].first_day,
                run.spells[-1].last_day,
            )
            for spell, next_one in pairwise(run.spells):
                assert spell.last_day == next_one.first_day - DAY


# Members and check


@given(CLUBS, PERIODS, BASES)
def test_members_of_a_period_are_those_of_any_or_of_every_one_of_its_days(
    csto: Dataset, days: Days, basis: str
) -> None:
    each_day = [counted(csto, basis, day) for day in days_of(days)]
    rows = csto.members(days, basis=basis).rows
    assert {row.state for row in rows} == set.union(*each_day)
    assert len(rows) == len(set.union(*each_day))
    throughout = csto.members(days, basis=basis, throughout=True).rows
    assert {row.state for row in throughout} == set.intersection(*each_day)
    assert {row.part for row in throughout} <= {"all"}


@given(CLUBS)
def test_who_is_counted_under_a_narrower_basis_is_counted_under_the_wider(csto: Dataset) -> None:
    for day in WINDOW:
        narrow, wide = (
            {row.state for row in csto.members(day, basis=basis)} for basis in ("narrow", "wide")
        )
        assert narrow <= wide


@given(CLUBS, PERIODS, BASES)
def test_check_is_yes_on_every_no_on_none_and_partly_on_some_of_the_days(
    csto: Dataset, days: Days, basis: str
) -> None:
    listed = {row.state: row for row in csto.members(days, basis=basis)}
    for code in csto.records.states:
        (row,) = csto.check(code, days, basis=basis)
        found = counted_days(csto, code, basis, days)
        some = "partly" if found else "no"
        assert row.answer == ("yes" if found == days_of(days) else some)
        assert row.status == csto.records.status_on(code, found[-1] if found else days[1])
        assert days_of_part(row.part, days) == found
        assert (row.part == "all", row.part is None) == (found == days_of(days), not found)
        assert row.disputed is any(disputed_on(csto, code, basis, day) for day in days_of(days))
        assert (code in listed) is bool(found)
        if found:
            shared = ("state", "name", "status", "first_day", "last_day", "part", "disputed")
            assert all(getattr(listed[code], key) == getattr(row, key) for key in shared)


@given(CLUBS, PERIODS, BASES)
def test_the_days_of_a_row_are_those_of_the_run_of_its_last_counted_day(
    csto: Dataset, days: Days, basis: str
) -> None:
    for row in csto.members(days, basis=basis):
        assert isinstance(row.first_day, dt.date)
        assert row.last_day is None or isinstance(row.last_day, dt.date)
        run = row.first_day, row.last_day or WINDOW[-1]
        ever = counted_days(csto, row.state, basis, WHOLE)
        assert counted_days(csto, row.state, basis, days)[-1] in days_of(run)
        assert run[0] - DAY not in ever
        assert run[1] + DAY not in ever
        assert counted_days(csto, row.state, basis, run) == days_of(run)


# Changes


@given(CLUBS, BASES)
def test_accessions_and_withdrawals_alternate_and_give_the_runs_back(
    csto: Dataset, basis: str
) -> None:
    joined, left = csto.accessions(basis=basis), csto.withdrawals(basis=basis)
    for code in csto.records.states:
        firsts = [row.day for row in joined if row.state == code]
        lasts = [row.day for row in left if row.state == code]
        runs = csto.records.standing(code, csto.records.bases[basis].counts).runs
        assert firsts == [run.first_day for run in runs]
        assert lasts == [run.last_day for run in runs if run.last_day]


@given(CLUBS, PERIODS, BASES)
def test_changes_in_a_period_are_those_whose_day_is_in_it(
    csto: Dataset, days: Days, basis: str
) -> None:
    for ask in (csto.accessions, csto.withdrawals):
        ever = ask(basis=basis).rows
        assert ask(days, basis=basis).rows == tuple(row for row in ever if row.day in days_of(days))


@given(CLUBS, BASES)
def test_a_change_is_disputed_where_a_day_beside_it_is_and_has_the_act_of_its_day(
    csto: Dataset, basis: str
) -> None:
    for ask, beside in ((csto.accessions, -DAY), (csto.withdrawals, DAY)):
        for row in ask(basis=basis):
            assert isinstance(row.day, dt.date)
            around = [row.day, row.day + beside]
            assert row.disputed is any(disputed_on(csto, row.state, basis, day) for day in around)
            assert row.act
            assert csto.records.effective_day(row.act) == max(around)


@given(CLUBS)
def test_history_has_every_spell_once_in_order_and_counts_its_days(csto: Dataset) -> None:
    rows = csto.history().rows
    assert len(rows) == len(csto.records.spells)
    keys = [(row.state, str(row.first_day)) for row in rows]
    assert keys == sorted(keys)
    for row in rows:
        assert isinstance(row.first_day, dt.date)
        assert (row.days and row.first_day + DAY * (row.days - 1)) == row.last_day


# Coverage


@given(CLUBS, PERIODS, st.sampled_from(WINDOW))
def test_days_that_have_not_come_are_refused_or_cut_away(
    csto: Dataset, days: Days, today: dt.date
) -> None:
    verified = csto.records.verified_through
    limit = max(today, verified or today)
    with mock.patch.dict(os.environ, {"CSTO_TODAY": str(today)}):
        if days[0] > limit:
            with pytest.raises(Refused):
                csto.members(days)
            return
        answer = csto.members(days)
    last = min(days[1], limit)
    assert answer.query["last_day"] == last
    assert any("cut" in note for note in answer.notes) is (days[1] > limit)
    assert answer.unverified is (verified is not None and last > verified)


# What is typed

TODAYS = st.dates()
DATE_LIKE = st.text(
    st.sampled_from("0123456789-/. ,:TZWw+'maysttodягфев\u0661\u00b2\n\x00\u202e"), max_size=45
)
WORDS = ["15", "1st", "31", "0", "2007", "1992", "0092", "92", "may", "May", "мая", "sept", "feb"]
WORDS += ["февраль", "29", "30", "today", "a", "3", "9999", "years", "months", "day", "week", "ago"]
WORDS += ["yesterday", ",", ".", "/", "-", ":", "г.", "года", "monday", "utc"]
DATES = st.one_of(st.text(), DATE_LIKE, st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
NAME_LIKE = st.text(
    st.sampled_from("aeikmnoprstuzАармияъҚқәO'ʻ’‘` -,.()1\u0301\u200b\u202e\n\x00"), max_size=30
)
FORMS = ["russia", "uzbekistan", "the", "republic", "of", "georgia", "south", "Кыргыз", "051"]
FORMS += ["SSR", "’", "stan", "армения"]
NAMES = st.one_of(st.text(), NAME_LIKE, st.lists(st.sampled_from(FORMS), max_size=4).map(" ".join))
OVERRIDES = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}

Read = TypeVar("Read")


def read(reader: Callable[[], Read]) -> Read | str:
    """What was read, or the message with which it was refused."""
    try:
        return reader()
    except Refused as refused:
        return str(refused)


def acting_characters(text: str) -> list[str]:
    """Controls, line breaks, halves of surrogate pairs and changes of direction."""
    return [
        character
        for character in text
        if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(character) in OVERRIDES
    ]


@settings(max_examples=400)
@given(DATES, TODAYS)
def test_any_text_is_a_period_or_refused_as_a_date(text: str, today: dt.date) -> None:
    when = read(lambda: dates.parse(text, today))
    if isinstance(when, str):
        assert acting_characters(when) == []
    else:
        assert 0 <= (when.last_day - when.first_day).days <= 365
        assert dates.parse(when.text, today).days == when.days


@settings(max_examples=50)
@given(NAMES)
def test_any_text_is_a_country_or_refused_as_a_name(csto: Dataset, text: str) -> None:
    country = read(lambda: csto.state(text))
    if isinstance(country, str):
        assert acting_characters(country) == []
    else:
        assert len(country.code) == 3


MONTHS = {
    1: ("January", "Jan", "января"),
    2: ("February", "Feb.", "февраля"),
    3: ("March", "Mar", "марта"),
    4: ("April", "Apr", "апреля"),
    5: ("May", "May", "мая"),
    6: ("June", "Jun", "июня"),
    7: ("July", "Jul", "июля"),
    8: ("August", "Aug", "августа"),
    9: ("September", "Sept.", "сентября"),
    10: ("October", "Oct", "октября"),
    11: ("November", "Nov", "ноября"),
    12: ("December", "Dec", "декабря"),
}


@given(st.dates(), TODAYS)
def test_every_day_is_read_back_from_each_of_its_written_forms(
    day: dt.date, today: dt.date
) -> None:
    english, short, russian = MONTHS[day.month]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day // 10 != 1 else 0, "th")
    year = f"{day.year:04}"
    for text in (
        f"{year}-{day.month:02}-{day.day:02}",
        f"{year}{day.month:02}{day.day:02}",
        f"{year}/{day.month:02}/{day.day:02}",
        f"{day.day} {english} {year}",
        f"{day.day:02} {short} {year}",
        f"{day.day}{ending} {english} {year}",
        f"{english} {day.day}, {year}",
        f"{english} {day.day}{ending}, {year}",
        f"{day.day} {russian} {year}",
        f"{day.day} {russian} {year} г.",
    ):
        assert dates.parse(text, today).days == (day, day)


@given(st.dates(), TODAYS)
def test_every_month_and_year_is_read_back_as_its_first_and_last_day(
    day: dt.date, today: dt.date
) -> None:
    year = f"{day.year:04}"
    for text in (f"{year}-{day.month:02}", f"{MONTHS[day.month][0]} {year}"):
        when = dates.parse(text, today)
        assert when.first_day == day.replace(day=1)
        assert when.last_day.month == day.month
        assert when.last_day == dt.date.max or (when.last_day + dt.timedelta(1)).day == 1
    assert dates.parse(year, today).days == (dt.date(day.year, 1, 1), dt.date(day.year, 12, 31))


@given(TODAYS, st.integers(0, 9999))
def test_days_ago_and_weeks_ago_are_counted_one_by_one(today: dt.date, number: int) -> None:
    for unit, length in (("days", 1), ("weeks", 7)):
        text = f"{number} {unit} ago"
        if today.toordinal() <= number * length:
            with pytest.raises(Refused):
                dates.parse(text, today)
        else:
            day = dt.date.fromordinal(today.toordinal() - number * length)
            assert dates.parse(text, today).days == (day, day)
