from __future__ import annotations

import datetime as dt
import time

import pytest

from cstocli import dates
from cstocli.dates import When
from cstocli.model import Refused

TODAY = dt.date(2026, 11, 22)
TODAYS = [
    dt.date(2026, 11, 22),
    dt.date(2024, 2, 29),
    dt.date(2023, 3, 31),
    dt.date(1992, 5, 15),
    dt.date(1, 1, 1),
    dt.date(9999, 12, 31),
]

DAYS = {
    "2007-01-01": "2007-01-01",
    "20070101": "2007-01-01",
    "2007/01/01": "2007-01-01",
    "1992-05-15": "1992-05-15",
    "19920515": "1992-05-15",
    "1992/05/15": "1992-05-15",
    "2008-02-29": "2008-02-29",
    "2000-02-29": "2000-02-29",
    "1999-12-31": "1999-12-31",
    " 2007-01-01 ": "2007-01-01",
    "\t2007-01-01\n": "2007-01-01",
    "15 May 1992": "1992-05-15",
    "15 may 1992": "1992-05-15",
    "15 MAY 1992": "1992-05-15",
    "15  May   1992": "1992-05-15",
    "15 May, 1992": "1992-05-15",
    "1 May 1992": "1992-05-01",
    "01 May 1992": "1992-05-01",
    "1st May 1992": "1992-05-01",
    "2nd May 1992": "1992-05-02",
    "3rd May 1992": "1992-05-03",
    "4th May 1992": "1992-05-04",
    "21ST MAY 1992": "1992-05-21",
    "May 15, 1992": "1992-05-15",
    "May 15 1992": "1992-05-15",
    "May 15th, 1992": "1992-05-15",
    "MAY 1ST, 1992": "1992-05-01",
    "29 February 2008": "2008-02-29",
    "24 Sept 1993": "1993-09-24",
    "24 Sep. 1993": "1993-09-24",
    "Dec 9, 1993": "1993-12-09",
    "15 мая 1992": "1992-05-15",
    "15 МАЯ 1992": "1992-05-15",
    "15 Мая 1992": "1992-05-15",
    "15 мая 1992 г.": "1992-05-15",
    "15 мая 1992 года": "1992-05-15",
    "9 декабря 1993": "1993-12-09",
    "  21 сентября 1993  ": "1993-09-21",
    "0092-05-15": "0092-05-15",
    "15 May 0092": "0092-05-15",
    "0001-01-01": "0001-01-01",
    "9999-12-31": "9999-12-31",
}

PERIODS = {
    "2007": ("2007-01-01", "2007-12-31"),
    " 2007 ": ("2007-01-01", "2007-12-31"),
    "1992": ("1992-01-01", "1992-12-31"),
    "0092": ("0092-01-01", "0092-12-31"),
    "0001": ("0001-01-01", "0001-12-31"),
    "9999": ("9999-01-01", "9999-12-31"),
    "2007-01": ("2007-01-01", "2007-01-31"),
    "2007-02": ("2007-02-01", "2007-02-28"),
    "2008-02": ("2008-02-01", "2008-02-29"),
    "1900-02": ("1900-02-01", "1900-02-28"),
    "2000-02": ("2000-02-01", "2000-02-29"),
    "2007-04": ("2007-04-01", "2007-04-30"),
    "2007-12": ("2007-12-01", "2007-12-31"),
    "9999-12": ("9999-12-01", "9999-12-31"),
    "May 1992": ("1992-05-01", "1992-05-31"),
    "may 1992": ("1992-05-01", "1992-05-31"),
    "MAY, 1992": ("1992-05-01", "1992-05-31"),
    "Sept. 1993": ("1993-09-01", "1993-09-30"),
    "Май 1992": ("1992-05-01", "1992-05-31"),
    "октябрь 2002": ("2002-10-01", "2002-10-31"),
    "ОКТЯБРЬ 2002 г.": ("2002-10-01", "2002-10-31"),
    "Feb 0092": ("0092-02-01", "0092-02-29"),
}

MONTHS = [
    ("January", "Jan", "январь", "января"),
    ("February", "Feb", "февраль", "февраля"),
    ("March", "Mar", "март", "марта"),
    ("April", "Apr", "апрель", "апреля"),
    ("May", "May", "май", "мая"),
    ("June", "Jun", "июнь", "июня"),
    ("July", "Jul", "июль", "июля"),
    ("August", "Aug", "август", "августа"),
    ("September", "Sep", "сентябрь", "сентября"),
    ("October", "Oct", "октябрь", "октября"),
    ("November", "Nov", "ноябрь", "ноября"),
    ("December", "Dec", "декабрь", "декабря"),
]

RELATIVE = [
    ("today", "2026-11-22", "2026-11-22"),
    ("Today", "2026-11-22", "2026-11-22"),
    (" TODAY ", "2026-11-22", "2026-11-22"),
    ("yesterday", "2026-11-22", "2026-11-21"),
    ("yesterday", "2026-01-01", "2025-12-31"),
    ("yesterday", "2024-03-01", "2024-02-29"),
    ("1 day ago", "2026-11-22", "2026-11-21"),
    ("22 days ago", "2026-11-22", "2026-10-31"),
    ("0 days ago", "2026-11-22", "2026-11-22"),
    ("2 weeks ago", "2026-11-22", "2026-11-08"),
    ("a week ago", "2026-01-03", "2025-12-27"),
    ("1 month ago", "2026-11-22", "2026-10-22"),
    ("one month ago", "2023-03-31", "2023-02-28"),
    ("1 month ago", "2024-03-31", "2024-02-29"),
    ("a month ago", "2023-05-31", "2023-04-30"),
    ("13 months ago", "2024-02-29", "2023-01-29"),
    ("12 months ago", "2024-02-29", "2023-02-28"),
    ("1 year ago", "2024-02-29", "2023-02-28"),
    ("4 years ago", "2024-02-29", "2020-02-29"),
    ("3 years ago", "2026-11-22", "2023-11-22"),
    ("3  Years  Ago", "2026-11-22", "2023-11-22"),
    ("a year ago", "2026-11-22", "2025-11-22"),
    ("2025 years ago", "2026-11-22", "0001-11-22"),
]
"""What was typed, on which day, and the day that it means."""

TYPE_INSTEAD = "2007-01-01"
REFUSALS = [
    ("01/02/2007", ["2007-01-02", "2007-02-01", "month first", "day first"]),
    ("1/2/2007", ["2007-01-02", "2007-02-01"]),
    ("01-02-2007", ["2007-01-02", "2007-02-01"]),
    ("1.5.2004", ["2004-01-05", "2004-05-01"]),
    ("01.05.2004", ["2004-01-05", "2004-05-01"]),
    ("13/02/2007", ["2007-02-13"]),
    ("02/13/2007", ["2007-02-13"]),
    ("31.12.2004", ["2004-12-31"]),
    ("92-05-15", ["four digits", TYPE_INSTEAD]),
    ("15 May 92", ["four digits"]),
    ("15 May '92", ["four digits"]),
    ("May 15, 92", ["four digits"]),
    ("5/6/07", ["four digits"]),
    ("1.5.04", ["four digits"]),
    ("07", ["four digits"]),
    ("Monday", ["day of the week", TYPE_INSTEAD]),
    ("sat", ["day of the week"]),
    ("next Tuesday", ["day of the week"]),
    ("Mon 2007-01-02", ["day of the week"]),
    ("Friday, 15 May 1992", ["day of the week"]),
    ("12:00", ["time of day", TYPE_INSTEAD]),
    ("2007-01-01 12:00", ["time of day"]),
    ("2007-01-01T00:00", ["time of day"]),
    ("2007-01-01T00:00:00Z", ["time of day", "zone"]),
    ("2007-01-01T00", ["time of day"]),
    ("2007-01-01+03:00", ["zone"]),
    ("2007-01-01Z", ["zone"]),
    ("10", ["bare number", TYPE_INSTEAD]),
    ("5", ["bare number"]),
    ("123", ["bare number"]),
    ("12345", ["bare number"]),
    ("1234567", ["bare number"]),
    ("123456789", ["bare number"]),
    ("200701", ["2007-01", "2007-01-20"]),
    ("2007-02-30", ["February 2007", "28"]),
    ("2008-02-30", ["February 2008", "29"]),
    ("1900-02-29", ["February 1900", "28"]),
    ("20070230", ["February 2007", "28"]),
    ("2007/04/31", ["April 2007", "30"]),
    ("2007-01-32", ["January 2007", "31"]),
    ("2007-01-00", ["January 2007", "31"]),
    ("29 February 2007", ["February 2007", "28"]),
    ("April 31, 2000", ["April 2000", "30"]),
    ("30 февраля 2000", ["February 2000", "29"]),
    ("0 May 1992", ["May 1992", "31"]),
    ("31/04/2007", ["30"]),
    ("32/01/0001", ["January", "days 1 to 31"]),
    ("2007-13-01", ["no month 13"]),
    ("2007-13", ["no month 13"]),
    ("2007-00", ["no month 00"]),
    ("20071301", ["no month 13"]),
    ("0000", ["no year 0"]),
    ("0000-01-01", ["no year 0"]),
    ("00000101", ["no year 0"]),
    ("-2007-01-01", ["before 1"]),
    ("9999 years ago", ["before the year 1"]),
    ("2026 years ago", ["before the year 1"]),
    ("2007-1-1", ["type 2007-01-01"]),
    ("2007-1", ["type 2007-01"]),
    ("2007/1/1", ["type 2007-01-01"]),
    ("2007.01.01", ["type 2007-01-01"]),
    ("2007-W01", ["weeks"]),
    ("2007W01", ["weeks"]),
    ("2006-06-01/2006-08-01", ["--from", "--to"]),
    ("2006/2007", ["--from", "--to"]),
    ("\u0662\u0660\u0660\u0667", ["0 to 9"]),
    ("\uff12\uff10\uff10\uff17-01-01", ["0 to 9"]),
    ("²007", ["0 to 9"]),
    ("2007-0\u0967-01", ["0 to 9"]),
    ("15 May \u0661\u0669\u0669\u0662", ["0 to 9"]),
    ("", [TYPE_INSTEAD]),
    ("   ", [TYPE_INSTEAD]),
    ("May", [TYPE_INSTEAD, "1992"]),
    ("15 May", [TYPE_INSTEAD]),
    ("15 mai 1992", [TYPE_INSTEAD]),
    ("tomorrow", ["today", "yesterday", "3 years ago"]),
    ("now", ["today"]),
    ("last year", ["3 years ago"]),
    ("three years ago", ["3 years ago"]),
    ("3 years", ["3 years ago"]),
    ("3 years from now", ["3 years ago"]),
    ("1A2B", [TYPE_INSTEAD]),
    ("5m", [TYPE_INSTEAD]),
    ("1e3", [TYPE_INSTEAD]),
    ("2007-01-01x", [TYPE_INSTEAD]),
    ("x2007-01-01", [TYPE_INSTEAD]),
    ("2007--01", [TYPE_INSTEAD]),
    ("2007 01 01", [TYPE_INSTEAD]),
    ("100 BC", [TYPE_INSTEAD]),
    ("2007 Q1", [TYPE_INSTEAD]),
    ("c. 1992", [TYPE_INSTEAD]),
    ("1992?", [TYPE_INSTEAD]),
    ("🎂", [TYPE_INSTEAD]),
    ("15\x00May 1992", [TYPE_INSTEAD]),
    ("1" * 41, ["too long", TYPE_INSTEAD]),
    ("15 May 1992, the day of the Treaty of Tashkent", ["too long"]),
]
"""What was typed, and what the refusal must teach."""

EXAMPLES = (
    "type a day (2007-01-01, 15 May 1992), a month (2007-01), a year (2007), today, yesterday "
    "or '3 years ago'"
)
LONG = "1234567890" * 4
WHOLE_REFUSALS = [
    ("0000", "'0000': there is no year 0"),
    ("2007-13", "'2007-13': there is no month 13; type YYYY-MM-DD"),
    ("0 May 1992", "'0 May 1992': May 1992 has days 1 to 31"),
    ("2026 years ago", "'2026 years ago' is before the year 1"),
    (f"{LONG}1", f"'{LONG}...' is too long for a date: {EXAMPLES}"),
]
"""What was typed, and the refusal to the letter."""

NOT_READ = [
    ("tomorrow", EXAMPLES),
    ("-2007", f"there are no years before 1; {EXAMPLES}"),
    ("Monday", f"leave out the day of the week; {EXAMPLES}"),
    ("2007-W01", f"weeks are not read; {EXAMPLES}"),
    ("2006/2007", f"a period is typed as --from A --to B; {EXAMPLES}"),
    ("12:00", f"leave out the time of day and the zone; {EXAMPLES}"),
    ("200701", f"type a month as 2007-01 and a day as 2007-01-20; {EXAMPLES}"),
    ("123", f"a bare number is a year of four digits or a day of eight; {EXAMPLES}"),
    ("15 May 92", f"type the year with four digits; {EXAMPLES}"),
    ("²007", "type the digits 0 to 9"),
    ("2007-1", "type 2007-01"),
    ("2007-1-2", "type 2007-01-02"),
    ("13/02/2007", "type 2007-02-13"),
    ("02/13/2007", "type 2007-02-13"),
    ("05/05/2007", "type 2007-05-05"),
    (
        "01/02/2007",
        "it can mean 2007-01-02 (month first) or 2007-02-01 (day first); "
        "type the one that you mean",
    ),
    ("31/04/2007", "April 2007 has days 1 to 30; type YYYY-MM-DD"),
    ("04/31/2007", "April 2007 has days 1 to 30; type YYYY-MM-DD"),
    ("32/01/2007", "January 2007 has days 1 to 31; type YYYY-MM-DD"),
    ("01/32/2007", "January 2007 has days 1 to 31; type YYYY-MM-DD"),
    ("01/00/2007", "January 2007 has days 1 to 31; type YYYY-MM-DD"),
    ("32/12/2007", "December 2007 has days 1 to 31; type YYYY-MM-DD"),
    ("12/32/2007", "December 2007 has days 1 to 31; type YYYY-MM-DD"),
    ("32/13/2007", "there is no such day; type YYYY-MM-DD"),
    ("13/32/2007", "there is no such day; type YYYY-MM-DD"),
    ("00/00/2007", "there is no such day; type YYYY-MM-DD"),
    ("01/02/0000", "there is no such day; type YYYY-MM-DD"),
    ("32/01/0000", "there is no such day; type YYYY-MM-DD"),
]
"""What was typed, and to the letter what is said after that it cannot be read."""

FOUR_DIGITS_ALREADY = ["2007 May 15", "May 1992 15", "1992-05-15..1992-05-16", "noon 2007-01-01"]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def refusal(text: str, today: dt.date = TODAY) -> str:
    with pytest.raises(Refused) as refused:
        dates.parse(text, today)
    return str(refused.value)


def read(text: str, today: dt.date) -> When | str:
    try:
        return dates.parse(text, today)
    except Refused as refused:
        return str(refused)


@pytest.mark.parametrize(("text", "expected"), DAYS.items())
def test_a_written_day_is_that_day(text: str, expected: str) -> None:
    when = dates.parse(text, TODAY)
    assert (when.first_day, when.last_day, when.is_day) == (day(expected), day(expected), True)


@pytest.mark.parametrize(("text", "expected"), PERIODS.items())
def test_a_year_or_a_month_is_a_period(text: str, expected: tuple[str, str]) -> None:
    when = dates.parse(text, TODAY)
    assert (when.first_day, when.last_day, when.is_day) == (*map(day, expected), False)


@pytest.mark.parametrize(("number", "names"), list(enumerate(MONTHS, 1)))
def test_a_month_has_its_english_and_russian_names(number: int, names: tuple[str, ...]) -> None:
    english, short, nominative, genitive = names
    for name in (english, short, f"{short}.", nominative, genitive):
        for written in (name, name.lower(), name.upper()):
            assert dates.parse(f"7 {written} 1995", TODAY).days == (dt.date(1995, number, 7),) * 2
            assert dates.parse(f"{written} 1995", TODAY).first_day == dt.date(1995, number, 1)


@pytest.mark.parametrize(("text", "today", "expected"), RELATIVE)
def test_a_relative_day_is_counted_from_today(text: str, today: str, expected: str) -> None:
    when = dates.parse(text, day(today))
    assert (when.first_day, when.last_day) == (day(expected), day(expected))


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("15 May 1992", "1992-05-15"),
        ("20070101", "2007-01-01"),
        ("May 1992", "1992-05"),
        ("Feb 0092", "0092-02"),
        ("2007", "2007"),
        ("0092", "0092"),
        ("yesterday", "2026-11-21"),
    ],
)
def test_what_was_understood_is_written_in_one_form(text: str, understood: str) -> None:
    assert dates.parse(text, TODAY).text == understood


@pytest.mark.parametrize(("text", "words"), REFUSALS)
def test_a_refusal_says_why_and_what_to_type_instead(text: str, words: list[str]) -> None:
    message = refusal(text)
    assert [word for word in words if word not in message] == []
    assert message.isprintable()


@pytest.mark.parametrize(("text", "message"), WHOLE_REFUSALS)
def test_a_refusal_is_worded_like_this(text: str, message: str) -> None:
    assert refusal(text) == message


@pytest.mark.parametrize(("text", "reason"), NOT_READ)
def test_a_refusal_of_what_cannot_be_read_is_worded_like_this(text: str, reason: str) -> None:
    assert refusal(text) == f"'{text}' is not a date that can be read: {reason}"


@pytest.mark.parametrize("text", FOUR_DIGITS_ALREADY)
def test_a_year_of_four_digits_is_not_asked_for_again(text: str) -> None:
    assert "four digits" not in refusal(text)


@pytest.mark.parametrize("text", ["01/01/2007", "5.5.2004"])
def test_a_day_and_month_of_one_number_have_one_reading(text: str) -> None:
    assert " or " not in refusal(text).partition("can mean")[2]


@pytest.mark.parametrize("text", ["01/02/2007", "2007-02-30", "\x1b[31m", "Monday"])
def test_a_refusal_quotes_what_was_typed(text: str) -> None:
    assert f"'{text}'".replace("\x1b", r"\x1b") in refusal(text)


@pytest.mark.parametrize(
    "text", [*DAYS, *PERIODS, *(text for text, _ in REFUSALS if not text.endswith("ago"))]
)
def test_nothing_but_relative_words_depends_on_today(text: str) -> None:
    assert len({read(text, today) for today in TODAYS}) == 1


@pytest.mark.parametrize("text", ["today", "yesterday", "1 day ago", "3 years ago"])
def test_relative_words_depend_on_today(text: str) -> None:
    assert len({read(text, today) for today in TODAYS[:4]}) == 4


@pytest.mark.parametrize("text", ["yesterday", "1 day ago", "1 month ago", "1 year ago"])
def test_the_day_before_the_first_one_is_refused(text: str) -> None:
    assert "before the year 1" in refusal(text, dt.date(1, 1, 1))


@pytest.mark.parametrize("text", ["9" * 100_000, " " * 100_000, "1 " * 50_000, "May " * 25_000])
def test_a_very_long_text_is_refused_at_once(text: str) -> None:
    start = time.perf_counter()
    message = refusal(text)
    assert time.perf_counter() - start < 0.2
    assert "too long" in message
    assert len(message) < 300


def test_forty_characters_are_read_and_one_more_is_not() -> None:
    text = "3" + " " * 30 + "years ago"
    assert len(text) == 40
    assert dates.parse(f" {text} ", TODAY).first_day == dt.date(2023, 11, 22)
    assert "too long" in refusal(text.replace(" ", "  ", 1))


def test_a_text_has_four_hundred_characters_at_most_the_blanks_around_it_included() -> None:
    assert dates.parse("2007".center(400), TODAY).text == "2007"
    assert "too long" in refusal("2007".center(401))


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


@pytest.mark.parametrize(
    "pinned",
    [
        "2012",
        "2012-12",
        "today",
        "20121219",
        "2012-13-01",
        "2012-02-30",
        " 2012-12-19",
        "2012-12-19\n",
        "\u0662\u0660\u0661\u0662-12-19",
        "0000-01-01",
        "\x1b[31m",
    ],
)
def test_today_pinned_to_anything_but_a_day_is_refused(
    monkeypatch: pytest.MonkeyPatch, pinned: str
) -> None:
    monkeypatch.setenv("CSTO_TODAY", pinned)
    with pytest.raises(Refused, match=r"CSTO_TODAY.*YYYY-MM-DD") as refused:
        dates.today()
    assert str(refused.value).isprintable()


def test_the_refusal_of_what_is_pinned_is_worded_like_this(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSTO_TODAY", "2012")
    message = "the environment variable CSTO_TODAY is '2012': it must be a day, YYYY-MM-DD"
    with pytest.raises(Refused, match=f"^{message}$"):
        dates.today()


@pytest.mark.parametrize("text", ["1998.0", "1998.00"])
def test_a_year_that_a_program_wrote_as_a_fraction_is_told_as_a_year(text: str) -> None:
    with pytest.raises(Refused, match=r": type 1998$"):
        dates.parse(text, dt.date(2026, 11, 22))
