"""What holds for any dataset and any text, tried on invented ones.

The invented states live in a window of sixty days; days are counted one by one.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstocli import dates, names, queries
from cstocli.dates import When
from cstocli.model import (
    Act,
    Basis,
    Dispute,
    Kind,
    Organisation,
    Records,
    Refused,
    Source,
    Spell,
    State,
    Status,
)

settings.register_profile("bounded", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("bounded")

START = dt.date(2000, 1, 1)
WINDOW = [START + dt.timedelta(number) for number in range(60)]
TODAY = When.day(WINDOW[-1])
STATUSES = ["guest", "friend", "fellow", "sleeper"]
CODES = ["AAA", "BBB", "CCC"]
UNCOUNTED = {"not-yet", "outside", "former", "never"}


def status(name: str) -> Status:
    return Status(name, name, f"was {name}", f"is {name}")


def basis(name: str, counts: frozenset[str]) -> Basis:
    return Basis(name, name == "wide", counts, name, None, None, None)


def state(code: str) -> State:
    return State(code, None, None, None, None, code, code, code, code, (), ())


def act(id: str, day: dt.date) -> Act:
    return Act(id, str(day), None, "act", id, None, (), "high", ("book",))


@st.composite
def spells(draw: st.DrawFn, code: str) -> list[Spell]:
    """Spells of a state, some after a gap, some on the next day, the last one open or not."""
    lengths = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 12)), max_size=5))
    lasts = draw(st.booleans())
    found: list[Spell] = []
    day = START
    for index, (gap, length) in enumerate(lengths):
        first = day + dt.timedelta(gap)
        day = first + dt.timedelta(length)
        is_open = lasts and index == len(lengths) - 1
        found.append(
            Spell(
                f"{code}-{first}",
                code,
                draw(st.sampled_from(STATUSES)),
                first,
                None if is_open else day - dt.timedelta(1),
                f"opens {code} {first}",
                None if is_open else f"closes {code} {day}",
                None if is_open else "withdrawn",
                "high",
            )
        )
    return found


@st.composite
def disputes(draw: st.DrawFn, about: list[str]) -> Dispute:
    """A rival or rejected value about a spell or a state."""
    first, last = sorted(draw(st.tuples(st.sampled_from(WINDOW), st.sampled_from(WINDOW))))
    return Dispute(
        draw(st.uuids()).hex,
        draw(st.sampled_from(about)),
        "otherwise",
        first,
        draw(st.sampled_from([last, last, None])),
        draw(st.sampled_from([None, *STATUSES])),
        draw(st.sampled_from(["rival", "rival", "rejected"])),
        "so they say",
        ("book",),
    )


@st.composite
def datasets(draw: st.DrawFn) -> Records:
    codes = draw(st.sampled_from([CODES[:1], CODES[:2], CODES]))
    found = [spell for code in codes for spell in draw(spells(code))]
    if not found:
        found = [Spell("AAA", "AAA", "guest", START, None, "opens", None, None, "high")]
    wide = draw(st.frozensets(st.sampled_from(STATUSES), min_size=1))
    narrow = draw(st.frozensets(st.sampled_from(sorted(wide)), min_size=1))
    openings = [act(spell.opened_by, spell.first_day) for spell in found if spell.opened_by]
    closings = [
        act(spell.closed_by, spell.last_day + dt.timedelta(1))
        for spell in found
        if spell.closed_by and spell.last_day
    ]
    return Records(
        release="2000a",
        verified_through=draw(st.sampled_from([None, WINDOW[30], WINDOW[-1]])),
        licence="CC0-1.0",
        organisation=Organisation("CLUB", "Club", None, None, None, ()),
        statuses=map(status, STATUSES),
        bases=[basis("wide", wide), basis("narrow", narrow)],
        kinds=[Kind("act", "something happens", None)],
        states=map(state, codes),
        acts=openings + closings,
        spells=draw(st.permutations(found)),
        disputes=draw(st.lists(disputes([*codes, *(spell.id for spell in found)]), max_size=4)),
        remarks=[],
        open_questions=[],
        sources=[Source("book", "A Press", "A Book", None, None, None, "primary")],
    )


PERIODS = st.tuples(st.sampled_from(WINDOW), st.sampled_from(WINDOW)).map(
    lambda days: When(min(days), max(days), "period")
)
QUESTIONS = st.sampled_from(["wide", "narrow"])


def days_of(when: When) -> list[dt.date]:
    return [day for day in WINDOW if when.first_day <= day <= when.last_day]


def status_by_hand(records: Records, code: str, day: dt.date) -> str | None:
    """The status of the one spell that has the day, if there is one."""
    held = [
        spell.status
        for spell in records.spells.values()
        if spell.state == code
        and spell.first_day <= day
        and (spell.last_day is None or day <= spell.last_day)
    ]
    assert len(held) <= 1
    return held[0] if held else None


def counted_by_hand(records: Records, code: str, basis: str, when: When) -> list[dt.date]:
    counts = records.bases[basis].counts
    return [day for day in days_of(when) if status_by_hand(records, code, day) in counts]


def disputed_by_hand(records: Records, code: str, basis: str, day: dt.date) -> bool:
    counts = records.bases[basis].counts
    counted = status_by_hand(records, code, day) in counts
    about = {code, *(spell.id for spell in records.spells.values() if spell.state == code)}
    return any(
        (dispute.status in counts) != counted
        for dispute in records.disputes.values()
        if dispute.verdict == "rival"
        and dispute.about in about
        and dispute.first_day
        and dispute.first_day <= day <= (dispute.last_day or day)
    )


def days_of_part(part: str | None, when: When) -> list[dt.date]:
    """The days that a `part` names."""
    if part is None:
        return []
    if part == "all":
        return days_of(when)
    ends = [[dt.date.fromisoformat(day) for day in text.split("/")] for text in part.split(" ")]
    assert all(len(pair) == 2 for pair in ends)
    return [day for first, last in ends for day in WINDOW if first <= day <= last]


# Days and runs


@given(datasets())
def test_a_day_has_the_status_of_its_spell_or_else_says_where_it_lies(records: Records) -> None:
    for code in records.states:
        held = [status_by_hand(records, code, day) for day in WINDOW]
        for number, day in enumerate(WINDOW):
            if held[number]:
                wanted = held[number]
            elif not records.spells_of(code):
                wanted = "never"
            elif not any(held[:number]):
                wanted = "not-yet"
            else:
                wanted = "outside" if later(records, code, day) else "former"
            assert records.status_on(code, day) == wanted


def later(records: Records, code: str, day: dt.date) -> bool:
    return any(spell.state == code and spell.first_day > day for spell in records.spells.values())


@given(datasets(), QUESTIONS)
def test_runs_hold_the_counted_days_and_no_others(records: Records, basis: str) -> None:
    whole = When(WINDOW[0], WINDOW[-1], "window")
    for code in records.states:
        runs = records.runs(code, records.bases[basis].counts)
        held = [
            day
            for run in runs
            for day in WINDOW
            if run.first_day <= day and (run.last_day is None or day <= run.last_day)
        ]
        assert held == counted_by_hand(records, code, basis, whole)


@given(datasets(), QUESTIONS)
def test_a_day_lies_between_two_runs_and_only_the_last_one_lasts(
    records: Records, basis: str
) -> None:
    for code in records.states:
        runs = records.runs(code, records.bases[basis].counts)
        for run, following in pairwise(runs):
            assert run.last_day is not None
            assert (following.first_day - run.last_day).days > 1


@given(datasets(), QUESTIONS)
def test_a_run_consists_of_its_spells(records: Records, basis: str) -> None:
    for code in records.states:
        for run in records.runs(code, records.bases[basis].counts):
            assert run.first_day == run.spells[0].first_day
            assert run.last_day == run.spells[-1].last_day
            for spell, following in pairwise(run.spells):
                assert spell.last_day == following.first_day - dt.timedelta(1)


@given(datasets())
def test_who_is_counted_under_a_narrower_basis_is_counted_under_the_wider(
    records: Records,
) -> None:
    for day in WINDOW:
        wide, narrow = (
            {row.state for row in queries.members(records, When.day(day), basis, TODAY)}
            for basis in (records.bases["wide"], records.bases["narrow"])
        )
        assert narrow <= wide


@given(datasets(), st.sampled_from(WINDOW))
def test_a_status_of_no_spell_is_never_counted(records: Records, day: dt.date) -> None:
    for code in records.states:
        if records.status_on(code, day) in UNCOUNTED:
            assert records.counted(code, frozenset(STATUSES), (day, day)) == []
            assert records.spell_on(code, day) is None


# Members and check


@given(datasets(), PERIODS, QUESTIONS)
def test_members_of_a_period_are_the_union_of_its_days(
    records: Records, when: When, basis: str
) -> None:
    rows = queries.members(records, when, records.bases[basis], TODAY)
    union = {
        row.state
        for day in days_of(when)
        for row in queries.members(records, When.day(day), records.bases[basis], TODAY)
    }
    assert {row.state for row in rows} == union
    assert len(rows) == len(union)


@given(datasets(), PERIODS, QUESTIONS)
def test_members_throughout_a_period_are_the_intersection_of_its_days(
    records: Records, when: When, basis: str
) -> None:
    rows = queries.members(records, when, records.bases[basis], TODAY, throughout=True)
    days = [
        {row.state for row in queries.members(records, When.day(day), records.bases[basis], TODAY)}
        for day in days_of(when)
    ]
    assert {row.state for row in rows} == set.intersection(*days)
    assert {row.part for row in rows} <= {"all"}


@given(datasets(), PERIODS, QUESTIONS)
def test_a_part_reads_back_as_the_counted_days(records: Records, when: When, basis: str) -> None:
    for code in records.states:
        (row,) = queries.check(records, records.states[code], when, records.bases[basis], TODAY)
        counted = counted_by_hand(records, code, basis, when)
        assert days_of_part(row.part, when) == counted
        assert (row.part == "all") is (counted == days_of(when))
        assert (row.part is None) is (counted == [])


@given(datasets(), PERIODS, QUESTIONS)
def test_check_is_yes_on_every_no_on_none_and_partly_on_some_of_the_days(
    records: Records, when: When, basis: str
) -> None:
    for code in records.states:
        (row,) = queries.check(records, records.states[code], when, records.bases[basis], TODAY)
        counted = counted_by_hand(records, code, basis, when)
        some = "partly" if counted else "no"
        assert row.answer == ("yes" if counted == days_of(when) else some)
        assert row.status == records.status_on(code, counted[-1] if counted else when.last_day)


@given(datasets(), PERIODS, QUESTIONS)
def test_the_days_of_a_row_are_those_of_the_run_of_its_last_counted_day(
    records: Records, when: When, basis: str
) -> None:
    whole = When(WINDOW[0], WINDOW[-1], "window")
    for row in queries.members(records, when, records.bases[basis], TODAY):
        last = counted_by_hand(records, row.state, basis, when)[-1]
        counted = counted_by_hand(records, row.state, basis, whole)
        assert row.first_day <= last <= (row.last_day or WINDOW[-1])
        assert row.first_day - dt.timedelta(1) not in counted
        assert (row.last_day or WINDOW[-1]) + dt.timedelta(1) not in counted
        run = When(row.first_day, row.last_day or WINDOW[-1], "run")
        assert counted_by_hand(records, row.state, basis, run) == days_of(run)


@given(datasets(), PERIODS, QUESTIONS)
def test_members_and_check_say_the_same(records: Records, when: When, basis: str) -> None:
    rows = {row.state: row for row in queries.members(records, when, records.bases[basis], TODAY)}
    for code in records.states:
        (row,) = queries.check(records, records.states[code], when, records.bases[basis], TODAY)
        assert (code in rows) is (row.answer != "no")
        if code in rows:
            shared = ("state", "name", "status", "first_day", "last_day", "part", "disputed")
            assert all(getattr(rows[code], key) == getattr(row, key) for key in shared)


# Disputes


@given(datasets(), QUESTIONS)
def test_a_day_is_disputed_where_a_rival_would_change_whether_it_counts(
    records: Records, basis: str
) -> None:
    for code in records.states:
        for day in WINDOW:
            doubts = records.doubts(code, records.bases[basis].counts, (day, day))
            assert bool(doubts) is disputed_by_hand(records, code, basis, day)


@given(datasets(), PERIODS, QUESTIONS)
def test_a_period_is_disputed_where_any_of_its_days_is(
    records: Records, when: When, basis: str
) -> None:
    for code in records.states:
        (row,) = queries.check(records, records.states[code], when, records.bases[basis], TODAY)
        days = [disputed_by_hand(records, code, basis, day) for day in days_of(when)]
        assert row.disputed is any(days)


# Changes


@given(datasets(), QUESTIONS)
def test_accessions_and_withdrawals_alternate_and_give_the_runs_back(
    records: Records, basis: str
) -> None:
    after = When.day(WINDOW[-1] + dt.timedelta(60))
    joined = queries.accessions(records, None, records.bases[basis], after)
    left = queries.withdrawals(records, None, records.bases[basis], after)
    for code in records.states:
        firsts = [row.day for row in joined if row.state == code]
        lasts: list[dt.date | None] = [row.day for row in left if row.state == code]
        if len(lasts) < len(firsts):
            lasts.append(None)
        runs = records.runs(code, records.bases[basis].counts)
        assert list(zip(firsts, lasts, strict=True)) == [
            (run.first_day, run.last_day) for run in runs
        ]


@given(datasets(), PERIODS, QUESTIONS)
def test_changes_in_a_period_are_those_whose_day_is_in_it(
    records: Records, when: When, basis: str
) -> None:
    for question in (queries.accessions, queries.withdrawals):
        ever = question(records, None, records.bases[basis], TODAY)
        during = question(records, when, records.bases[basis], TODAY)
        assert list(during) == [row for row in ever if when.first_day <= row.day <= when.last_day]


@given(datasets(), QUESTIONS)
def test_a_change_is_disputed_where_the_day_before_or_after_it_is(
    records: Records, basis: str
) -> None:
    for row in queries.accessions(records, None, records.bases[basis], TODAY):
        around = [row.day - dt.timedelta(1), row.day]
        wanted = any(disputed_by_hand(records, row.state, basis, day) for day in around)
        assert row.disputed is wanted
    for row in queries.withdrawals(records, None, records.bases[basis], TODAY):
        around = [row.day, row.day + dt.timedelta(1)]
        wanted = any(disputed_by_hand(records, row.state, basis, day) for day in around)
        assert row.disputed is wanted


@given(datasets(), QUESTIONS)
def test_a_change_has_the_act_of_its_day_as_its_reason(records: Records, basis: str) -> None:
    for row in queries.accessions(records, None, records.bases[basis], TODAY):
        assert row.act
        assert records.effective_day(row.act) == row.day
    for row in queries.withdrawals(records, None, records.bases[basis], TODAY):
        assert row.act
        assert records.effective_day(row.act) == row.day + dt.timedelta(1)


@given(datasets())
def test_history_has_every_spell_once_in_order_and_counts_its_days(records: Records) -> None:
    states = list(records.states.values())
    rows = list(queries.history(records, states, TODAY))
    assert len(rows) == len(records.spells)
    assert [(row.state, row.first_day) for row in rows] == sorted(
        (row.state, row.first_day) for row in rows
    )
    for row in rows:
        counted = row.days and row.first_day + dt.timedelta(row.days - 1)
        assert counted == row.last_day


# Coverage


@given(datasets(), PERIODS, st.sampled_from(WINDOW))
def test_days_that_have_not_come_are_refused_or_cut_away(
    records: Records, when: When, today: dt.date
) -> None:
    limit = max(today, records.verified_through or today)
    basis = records.default_basis
    if when.first_day > limit:
        with pytest.raises(Refused):
            queries.members(records, when, basis, When.day(today))
        return
    answer = queries.members(records, when, basis, When.day(today))
    assert answer.query["last_day"] == min(when.last_day, limit)
    assert any("cut" in note for note in answer.notes) is (when.last_day > limit)
    last = min(when.last_day, limit)
    assert answer.unverified is (
        records.verified_through is not None and last > records.verified_through
    )


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
def test_any_text_is_a_country_or_refused_as_a_name(records: Records, text: str) -> None:
    country = read(lambda: names.resolve(records, text))
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
