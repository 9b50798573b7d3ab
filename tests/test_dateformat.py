from __future__ import annotations

import contextlib
import datetime as dt
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstocli.core.days import When
from cstocli.errors import Refused
from cstocli.reading.dateformat import check_format, with_format

READ = [
    ("15.07.2006", "%d.%m.%Y", "2006-07-15"),
    (" 5.7.2006 ", " %d.%m.%Y", "2006-07-05"),
    ("06/07/2006", "%m/%d/%Y", "2006-06-07"),
    ("06/07/2006", "%d/%m/%Y", "2006-07-06"),
    ("15072006", "%d%m%Y", "2006-07-15"),
    ("2006-07-15", "%F", "2006-07-15"),
    ("15JUL2006", "%d%b%Y", "2006-07-15"),
    ("15 sept 2006", "%e %B %Y", "2006-09-15"),
    ("15  июля  2006 г.", "%d %b %Y г.", "2006-07-15"),
    ("Sat, 15 Jul 2006", "%a, %d %b %Y", "2006-07-15"),
    ("saturday 15 Jul 2006", "%A %d %h %Y", "2006-07-15"),
    ("2006196", "%Y%j", "2006-07-15"),
    ("2006-5", "%Y-%j", "2006-01-05"),
    ("2008-366", "%Y-%j", "2008-12-31"),
    ("July 2006", "%B %Y", "2006-07"),
    ("7/2006", "%m/%Y", "2006-07"),
    ("200607", "%Y%m", "2006-07"),
    ("2006", "%Y", "2006"),
    ("2006".center(600), "%Y", "2006"),
    ("FY2006 %F", "fy%Y %%F", "2006"),
    ("15.07.2006 23:30", "%d.%m.%Y %H:%M", "2006-07-15"),
    ("7/15/2006 9:30:00.5 PM", "%m/%d/%Y %I:%M:%S.%f %p", "2006-07-15"),
    ("2006-07-15T09:30:00", "%FT%T", "2006-07-15"),
    ("9:30 2006-07-15", "%R %F", "2006-07-15"),
]
"""What stands in a cell, the format of the column, and what it means."""

REFUSED = [
    ("15/07/2006", "%d.%m.%Y"),
    ("2006-07-15", "%d-%m-%Y"),
    ("15.07.06", "%d.%m.%Y"),
    ("15.13.2006", "%d.%m.%Y"),
    ("00.12.2006", "%d.%m.%Y"),
    ("0000", "%Y"),
    ("1112006", "%d%m%Y"),
    ("20067", "%Y%m"),
    ("1 2006", "%d%m %Y"),
    ("101/2006", "%d1/%Y-%m"),
    ("\u0662\u0660\u0660\u0666", "%Y"),
    ("2006 25:00", "%Y %H:%M"),
    ("15 mai 2006", "%d %b %Y"),
    ("2006", "%Yy"),
    ("", "%Y"),
    ("NA", "%Y"),
    ("today", "%Y"),
    ("2006 " + "." * 54, "%Y"),
]
"""What stands in a cell, and the format in which it is not written."""

BAD = {
    "%d.%m.%y": "%y names no century; a year has four digits, %Y",
    "dd.mm.yyyy": "it has no year, which is %Y; type %d.%m.%Y",
    "YYYY-MM-DD": "it has no year, which is %Y; type %Y-%m-%d",
    "d mmm yyyy": "it has no year, which is %Y; type d %b %Y",
    "yyyymmmm": "it has no year, which is %Y; type %Y%B",
    "": "it has no year, which is %Y",
    "%d.%m": "it has no year, which is %Y",
    "%%Y": "it has no year, which is %Y",
    "yyyy dd": "it has no year, which is %Y",
    "%d %Y": "it has a day and no month",
    "%a %Y-%m": "it has a weekday and no day",
    "%Y-%m-%b": "it has the month twice",
    "%Y %Y": "it has the year twice",
    "%Y %H %I": "it has the hour twice",
    "%Y-%j-%m": "a day of the year, %j, needs no other directive but %Y",
    "%Y" + "." * 59: "it is too long",
}
"""What is said of what is no format."""
NOT_READ = ["%", "%Y-%", "%Y %W", "%G-%V", "%D", "%td", "%Y %z", "%Y %q", "%-d.%m.%Y", "%Y %\n"]


def refusal(text: str, format: str) -> str:
    with pytest.raises(Refused) as refused:
        with_format(text, format)
    return str(refused.value)


@pytest.mark.parametrize(("text", "format", "means"), READ)
def test_a_cell_is_read_as_the_format_says(text: str, format: str, means: str) -> None:
    check_format(format)
    assert with_format(text, format).text == means


@pytest.mark.parametrize(("text", "format"), REFUSED)
def test_a_cell_that_is_written_otherwise_is_refused_with_the_format(
    text: str, format: str
) -> None:
    assert refusal(text, format) == f"'{text}' is not written as the format '{format}' says"


@pytest.mark.parametrize(
    ("text", "format", "reason"),
    [
        ("31.02.2006", "%d.%m.%Y", "February 2006 has days 1 to 28"),
        ("2006-366", "%Y-%j", "2006 has days 1 to 365"),
        ("2008-000", "%Y-%j", "2008 has days 1 to 366"),
        ("Fri 15 Jul 2006", "%a %d %b %Y", "2006-07-15 was a Saturday"),
    ],
)
def test_a_day_that_there_is_not_is_refused(text: str, format: str, reason: str) -> None:
    assert refusal(text, format) == f"'{text}': {reason}"


@pytest.mark.parametrize(("format", "reason"), BAD.items())
def test_what_is_no_format_is_refused_whatever_the_text(format: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        check_format(format)
    assert str(refused.value).endswith(f"' is no format of dates: {reason}")
    assert refusal("2006", format) == str(refused.value)
    for advice in re.findall("type (.*)", reason):
        check_format(advice)


@pytest.mark.parametrize("format", NOT_READ)
def test_a_directive_that_is_not_read_is_refused_with_those_that_are(format: str) -> None:
    said = refusal("2006", format)
    assert " is not read; what is read is %Y %m %b %B %d %j " in said
    assert said.isprintable()


PIECES = ["%Y", "%m", "%d", "%b", "%j", "%H", "%f", "%F", "%p", "%a", "%%", *".-/T01 ("]
FORMATS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@given(FORMATS, st.text("0123456789-/. JulSat%T("))
def test_any_format_and_text_are_read_or_refused(format: str, text: str) -> None:
    with contextlib.suppress(Refused):
        assert isinstance(with_format(text, format), When)


@given(
    st.dates(), st.sampled_from(["%d.%m.%Y", "%m/%d/%Y", "%Y%m%d", "%d%b%Y", "%Y%j", "%A %e.%m.%Y"])
)
def test_every_day_is_read_back_as_it_was_written(day: dt.date, format: str) -> None:
    written = day.strftime(format.replace("%Y", f"{day.year:04}").replace("%e", str(day.day)))
    assert with_format(written, format) == When.day(day)


@pytest.mark.parametrize(
    "format", ["%Y" + " 1" * 28, "%b%B", "%Y%b%a%d%p%f%H%M%S", "%Y" + "\t " * 29]
)
def test_a_hostile_text_is_refused_within_milliseconds(format: str) -> None:
    for text in ("9" * 60, " " * 60, "mar" * 20, "2006" + " 1" * 27, "9" * 100_000):
        start = time.process_time()
        refusal(text, format)
        assert time.process_time() - start < 0.05
