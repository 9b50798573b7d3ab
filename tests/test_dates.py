from __future__ import annotations

import datetime as dt
import re
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cstocli.core.days import When, month_end
from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.reading import dates, undated

TYPED = tomllib.loads(Path(__file__).with_name("dates.toml").read_text("utf-8"))
TODAY = dt.date(2026, 11, 22)
TODAYS = [
    TODAY,
    *map(dt.date.fromisoformat, ("2024-02-29", "2023-03-31", "1992-05-15")),
    dt.date.min,
    dt.date.max,
]


def typed(part: str) -> list[tuple[str, str]]:
    """What is typed, and what it means or what is said of it."""
    return [(text, means) for means, texts in TYPED[part].items() for text in texts]


def read(text: str, today: dt.date = TODAY) -> When | str:
    """What a text means, or the message with which it is refused."""
    try:
        return dates.parse(text, today)
    except Refused as refused:
        return str(refused)


def said(text: str, today: dt.date = TODAY) -> str:
    """The message with which a text is refused."""
    message = read(text, today)
    assert isinstance(message, str)
    return message


def understood(text: str) -> str:
    return dates.parse(text, TODAY).text


# What is read


@pytest.mark.parametrize(("text", "day"), typed("days"))
def test_a_written_day_is_that_day(text: str, day: str) -> None:
    assert dates.parse(text, TODAY) == When.day(dt.date.fromisoformat(day))


@pytest.mark.parametrize("midnight", TYPED["midnights"])
@pytest.mark.parametrize("day", ["2006-07-15", "20060715", "15jul2006", "7/15/2006", "Jul 15 2006"])
def test_the_midnight_with_which_a_day_begins_is_that_day(day: str, midnight: str) -> None:
    for zone in TYPED["zones"]:
        assert understood(midnight.format(day) + zone) == "2006-07-15"


@pytest.mark.parametrize("moment", TYPED["other_times"])
def test_no_other_time_of_day_is_read(moment: str) -> None:
    assert "is not a date that can be read" in said(moment.format("2006-07-15"))


@pytest.mark.parametrize(
    "text", ["2006-07", "2006", "2006-Q1", "today", "06/07/2006", "2006..2007"]
)
def test_only_a_day_has_a_midnight(text: str) -> None:
    assert "not a date" in said(f"{text} 00:00")


@pytest.mark.parametrize(("text", "period"), typed("periods"))
def test_a_period_lasts_from_its_first_day_to_its_last(text: str, period: str) -> None:
    means, first, last = period.split()
    when = dates.parse(text, TODAY)
    assert (when.text, str(when.first_day), str(when.last_day)) == (means, first, last)
    assert not when.is_day


def test_a_period_of_one_day_is_that_day() -> None:
    assert dates.parse("1999-04-20..1999-04-20", TODAY) == When.day(dt.date(1999, 4, 20))


@pytest.mark.parametrize("blanks", [" {} ", "\t{}\n", "{}\u00a0"])
@pytest.mark.parametrize("text", ["2007", "2007-01-01", "15 May 1992"])
def test_blanks_around_a_date_mean_nothing(text: str, blanks: str) -> None:
    assert read(blanks.format(text)) == read(text)


@pytest.mark.parametrize("number", range(1, 13))
def test_a_month_has_its_english_and_russian_names(number: int) -> None:
    for name in TYPED["months"][number - 1]:
        for form in (name, name.lower(), name.upper(), f"{name}."):
            assert understood(f"7 {form} 1995") == f"1995-{number:02}-07"
            assert understood(f"{form} 1995") == f"1995-{number:02}"


@pytest.mark.parametrize(("text", "today", "means"), TYPED["relative"])
def test_relative_words_are_counted_from_today(text: str, today: str, means: str) -> None:
    when = dates.parse(text, dt.date.fromisoformat(today))
    assert when == dates.parse(means, TODAY)


@pytest.mark.parametrize("text", ["today", "yesterday", "1 day ago", "3 years ago", "last month"])
def test_relative_words_depend_on_today(text: str) -> None:
    assert len({read(text, today) for today in TODAYS[:4]}) == 4


@pytest.mark.parametrize("text", ["yesterday", "last month", "last quarter", "last year"])
def test_what_comes_before_the_first_day_is_refused(text: str) -> None:
    assert said(text, dt.date.min) == f"'{text}' is before the year 1"


@pytest.mark.parametrize("unit", ["day", "week", "month", "year"])
def test_what_is_counted_back_before_the_first_day_is_refused(unit: str) -> None:
    assert said(f"1 {unit} ago", dt.date.min) == f"'1 {unit} ago' is before the year 1"
    assert said("2026 years ago") == "'2026 years ago' is before the year 1"


# What is refused


@pytest.mark.parametrize(("text", "reason"), typed("refusals"))
def test_what_the_calendar_has_not_is_refused(text: str, reason: str) -> None:
    assert said(text) == f"'{text}': {reason}"


@pytest.mark.parametrize(("text", "reason"), typed("unreadable"))
def test_what_cannot_be_read_is_refused_with_what_to_type(text: str, reason: str) -> None:
    assert said(text) == f"'{text}' is not a date that can be read: {reason}"


@pytest.mark.parametrize(("text", "reason"), typed("without_advice"))
def test_what_cannot_be_told_at_all_is_refused_with_examples(text: str, reason: str) -> None:
    start = f"{quoted(text)} is not a date that can be read: "
    assert said(text) == start + (f"{reason}; " if reason else "") + undated.EXAMPLES


def test_the_examples_can_be_typed() -> None:
    listed = re.split(r"[(),]|'| or ", re.sub("type|a (?:day|month|year) ", "", undated.EXAMPLES))
    forms = [text.strip() for text in listed if text.strip()]
    assert len(forms) == 7
    assert all(dates.parse(form, TODAY) for form in forms)


PIECES = """
    15 1st 31 32 0 13 2007 1992 0092 92 06 1 0000 20060715 200607 may Jan мая сент q1 h2 m6 Q кв г.
    года today last month quarter year 3 years ago yesterday monday utc z T 00:00 10:00 12:00AM
    +03:00 of to from tomorrow
"""
GAPS = ["", " ", "-", "/", ".", "..", ", ", ". ", " - ", "–", ":", "'"]


@st.composite
def pieced(draw: st.DrawFn) -> str:
    """What is made of the pieces of dates, and so is near to one."""
    count = draw(st.integers(1, 6))
    gap = draw(st.sampled_from(GAPS))
    gaps = st.one_of(st.just(gap), st.sampled_from(GAPS))
    return "".join(draw(st.sampled_from(PIECES.split())) + draw(gaps) for _ in range(count)).rstrip(
        " -/."
    )


NUMERIC = st.from_regex(r"[0-9]{1,8}([-/.,:mqT ][0-9]{1,4}){0,4}", fullmatch=True)
NEAR = st.one_of(pieced(), NUMERIC, st.text("0123456789-/. ,:TZWw+'maysttodягфев\u0661\u00b2\n\0"))
SUGGESTED = r"(?<![0-9])[0-9]{4}(?:[-/][-/QH0-9]+)?(?![0-9])"


@settings(max_examples=600)
@given(NEAR)
@example("2006.54")
@example("2006-7-32")
@example("9999/00")
@example("9999-00")
@example("0000/01")
@example("000001")
@example("Jan-31")
@example("Feb-30")
@example("19991231 10:00 utc")
def test_whatever_is_suggested_can_be_typed(text: str) -> None:
    when = read(text)
    if isinstance(when, When):
        assert dates.parse(when.text, TODAY).days == when.days
        return
    shown = text.strip() if "is before" not in when else " ".join(text.lower().split())
    reason = when.removeprefix(quoted(shown, dates.LONGEST)).replace(undated.EXAMPLES, "")
    assert reason != when
    for suggestion in re.findall(SUGGESTED, reason):
        assert isinstance(read(suggestion), When), when


@given(st.one_of(NEAR, st.text()))
def test_nothing_but_relative_words_depends_on_today(text: str) -> None:
    if not re.search("day|now|ago|this|last", text, re.I):
        assert len({read(text, today) for today in TODAYS}) == 1


# What can be read in two ways

NUMBERS = [*range(34), 99]


@pytest.mark.parametrize("gap", ["/", ".", "-", ". "])
def test_two_numbers_and_a_year_are_a_day_where_only_one_is_possible(gap: str) -> None:
    for one in NUMBERS:
        for two in NUMBERS:
            days = {day(2007, *order) for order in ((one, two), (two, one))} - {None}
            when = read(f"{one}{gap}{two}{gap}2007")
            if len(days) == 1:
                assert isinstance(when, When)
                assert when.days == (*days, *days)
            else:
                assert isinstance(when, str)
                assert all(str(day) in when for day in days)


def day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def test_a_year_and_a_number_behind_a_slash_are_never_read() -> None:
    for number in range(100):
        assert isinstance(read(f"1999/{number:02}"), str)
        assert isinstance(read(f"1999/{number}"), str)


def test_every_eight_digits_are_year_month_and_day() -> None:
    for text in ("20060715", "12312012", "01012007", "31122012", "12012012"):
        when = read(text)
        known = day(int(text[:4]), int(text[4:6]), int(text[6:]))
        assert isinstance(when, str) if known is None else when == When.day(known)


def test_a_midnight_is_no_end_of_a_period_because_it_can_mean_the_day_before() -> None:
    assert "time of day" in said("2006-07-15T00:00/2006-07-16T00:00")


WRITERS: list[Callable[[dt.date], str]] = [
    lambda day: f"{day}",
    lambda day: f"{day:%Y%m%d}".zfill(8),
    lambda day: f"{day.year:04}/{day.month}/{day.day}",
    lambda day: f"{day} 00:00:00+00:00",
    lambda day: f"{day}T00:00:00.000000000",
    lambda day: f"{day.day}{day:%b}{day.year:04}",
    lambda day: f"{day:%d-%B}-{day.year:04}",
    lambda day: f"{day:%b} {day.day}, {day.year:04}",
    lambda day: f"{day.year:04} {day:%B} {day.day}",
    lambda day: f"{day}..{day}",
]
MONTH_WRITERS: list[Callable[[dt.date], str]] = [
    lambda day: f"{day:%b}-{day.year:04}",
    lambda day: f"{day.year:04}m{day.month}",
    lambda day: f"{day.month}/{day.year:04}",
    lambda day: f"{day.replace(day=1)} - {month_end(day)}",
]


@given(st.dates())
def test_every_day_and_month_is_read_back_from_what_programs_write(day: dt.date) -> None:
    for write in WRITERS:
        assert dates.parse(write(day), TODAY) == When.day(day)
    for write in MONTH_WRITERS:
        assert dates.parse(write(day), TODAY).days == (day.replace(day=1), month_end(day))


# Length and time


def hostile() -> Iterator[str]:
    pieces = ["9", " ", "1 ", "May ", "2006-", "2006/", "0:00", "00:00 ", "mon ", "..", ". 1", "т"]
    for piece in [*pieces, "1-", " to ", "t00", "in ", "a", "1992 г", "(", "\\", "1:00:00,", "+00"]:
        yield (piece * 60)[:60]
        yield (f"2006-07-15 {piece * 60}")[:60]
        yield (piece * 60)[:58] + "92"


@pytest.mark.parametrize("text", [*hostile()])
def test_a_hostile_text_is_refused_within_milliseconds(text: str) -> None:
    read(text)  # compiles
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 0.01


@pytest.mark.parametrize("text", ["9" * 100_000, " " * 100_000, "1 " * 50_000, "May " * 25_000])
def test_a_very_long_text_is_refused_at_once(text: str) -> None:
    start = time.process_time()
    message = said(text)
    assert time.process_time() - start < 0.2
    assert len(message) < 300


def test_sixty_characters_are_read_and_one_more_is_not() -> None:
    text = "3" + " " * 50 + "years ago"
    assert len(text) == dates.LONGEST == 60
    assert understood(f" {text} ") == "2023-11-22"
    longer = said(text.replace(" ", "  ", 1))
    assert longer.endswith(f"...' is too long for a date: {undated.EXAMPLES}")


def test_a_text_has_six_hundred_characters_at_most_the_blanks_around_it_included() -> None:
    assert understood("2007".center(600)) == "2007"
    assert "too long" in said("2007".center(601))


def test_a_refusal_quotes_what_was_typed_without_what_acts() -> None:
    assert said("\x1b[31m").startswith(r"'\x1b[31m' is not")
    assert said("2007\ud800").startswith(r"'2007\ud800' is not")


# Today


def test_today_is_the_day_that_the_environment_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSTO_TODAY", "2012-12-19")
    assert dates.today() == dt.date(2012, 12, 19)


@pytest.mark.parametrize("pinned", [None, ""])
def test_today_is_the_clock_where_nothing_is_pinned(
    monkeypatch: pytest.MonkeyPatch, pinned: str | None
) -> None:
    monkeypatch.delenv("CSTO_TODAY")
    if pinned is not None:
        monkeypatch.setenv("CSTO_TODAY", pinned)
    before = dt.date.today()
    assert before <= dates.today() <= dt.date.today()


PINNED = ["2012", "2012-12", "today", "20121219", "2012-13-01", "2012-02-30", " 2012-12-19"]
PINNED += ["2012-12-19\n", "\u0662\u0660\u0661\u0662-12-19", "0000-01-01", "\x1b[31m"]


@pytest.mark.parametrize("pinned", PINNED)
def test_today_pinned_to_anything_but_a_day_is_refused(
    monkeypatch: pytest.MonkeyPatch, pinned: str
) -> None:
    monkeypatch.setenv("CSTO_TODAY", pinned)
    with pytest.raises(Refused) as refused:
        dates.today()
    shown = quoted(pinned)
    assert str(refused.value) == (
        f"the environment variable CSTO_TODAY is {shown}: it must be a day, YYYY-MM-DD"
    )
