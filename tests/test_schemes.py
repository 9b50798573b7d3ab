"""What codes of states mean, on which days, and what they can be where no scheme is said."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from facts import NAMES
from running import ask, run

from cstocli import load
from cstocli.core.days import DAY, Days
from cstocli.core.model import Country
from cstocli.errors import Problem, Refused
from cstocli.reading import codes, former, hints
from cstocli.reading.countries import coded
from cstocli.reading.files import data_file
from cstocli.reading.schemes import CODES, SCHEMES, Reading, Scheme, code_of, meanings

NINE = {
    "ARM": ("ARM", "371", "051", "AM"),
    "AZE": ("AZE", "373", "031", "AZ"),
    "BLR": ("BLR", "370", "112", "BY"),
    "GEO": ("GRG", "372", "268", "GE"),
    "KAZ": ("KZK", "705", "398", "KZ"),
    "KGZ": ("KYR", "703", "417", "KG"),
    "RUS": ("RUS", "365", "643", "RU"),
    "TJK": ("TAJ", "702", "762", "TJ"),
    "UZB": ("UZB", "704", "860", "UZ"),
}
"""The letters and the number of the Correlates of War project, which are those of Gleditsch and
Ward too, and the number and the two letters of ISO 3166-1."""


def days(text: str) -> Days:
    """A day, a year, or the first and last day of a period `A/B`."""
    first, _, last = text.partition("/")
    if len(text) == 4:
        first, last = f"{text}-01-01", f"{text}-12-31"
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)


def read(scheme: str, text: str, asked: str) -> Reading:
    return Scheme(scheme).read(text, days(asked))


@pytest.mark.parametrize("state", NINE)
def test_the_nine_states_have_their_codes(state: str) -> None:
    letters, number, iso, two = NINE[state]
    wanted = {"cowc": letters, "cown": number, "gwc": letters, "gwn": number, "iso3n": iso}
    wanted |= {"iso2c": two, "iso3c": state, "eurostat": two}
    assert {scheme: code_of(state, scheme) for scheme in CODES} == wanted
    for scheme, code in wanted.items():
        found = read(scheme, code, "1999")
        assert (found.state.code, found.outside, found.note) == (state, False, None)


@pytest.mark.parametrize(
    ("scheme", "code", "asked", "state"),
    [
        ("cown", "702", "2007", "TJK"),
        ("iso3n", "702", "2007", "SGP"),
        ("cown", "704", "2007", "UZB"),
        ("iso3n", "704", "2007", "VNM"),
        ("cown", "830", "2007", "SGP"),
        ("cown", "345", "1980", "Yugoslavia"),
        ("cown", "345", "2006-06-04", "Yugoslavia"),
        ("cown", "345", "2006-06-05", "SRB"),
        ("cown", "345", "2006", "SRB"),
        ("cowc", "YUG", "2010", "SRB"),
        ("gwn", "345", "2006-06-04", "Yugoslavia"),
        ("gwn", "345", "2006", "Yugoslavia"),
        ("gwn", "340", "2006-06-05", "SRB"),
        ("cown", "255", "2010", "DEU"),
        ("cown", "260", "1990-10-02", "DEU"),
        ("cown", "265", "1990-10-02", "East Germany"),
        ("gwn", "260", "2010", "DEU"),
        ("gwn", "255", "1930", "DEU"),
        ("cown", "678", "1990-05-21", "North Yemen"),
        ("cown", "679", "1990-05-22", "YEM"),
        ("cown", "680", "1990-05-21", "South Yemen"),
        ("gwn", "678", "1980", "YEM"),
        ("gwn", "678", "2010", "YEM"),
        ("cown", "970", "2010", "NRU"),
        ("gwn", "970", "2010", "KIR"),
        ("gwn", "971", "2010", "NRU"),
        ("cown", "946", "2010", "KIR"),
        ("cown", "315", "1992-12-31", "Czechoslovakia"),
        ("cown", "316", "1993-01-01", "CZE"),
        ("cowc", "SLV", "2010", "SVN"),
        ("iso3c", "SLV", "2010", "SLV"),
        ("cowc", "MNG", "2010", "MNE"),
        ("gwc", "RUM", "2010", "ROU"),
        ("cowc", "ROM", "2010", "ROU"),
        ("iso2c", "NA", "2010", "NAM"),
        ("iso2c", "GB", "2010", "GBR"),
        ("iso2c", "GR", "2010", "GRC"),
        ("eurostat", "UK", "2010", "GBR"),
        ("eurostat", "EL", "2010", "GRC"),
        ("eurostat", "XK", "2010", "XKX"),
        ("iso3c", "XKX", "2010", "XKX"),
    ],
)
def test_a_code_means_a_state_on_the_days_asked_about(
    scheme: str, code: str, asked: str, state: str
) -> None:
    found = read(scheme, code, asked)
    assert (found.state.code, found.outside) == (state, False)


def test_a_state_without_an_iso_code_goes_by_its_name() -> None:
    assert read("gwn", "265", "1980").state == Country("East Germany", "East Germany")


@pytest.mark.parametrize(
    ("scheme", "code", "asked", "state", "said"),
    [
        ("gwn", "345", "2010", "Yugoslavia", "from 1918-12-01 to 2006-06-04"),
        ("gwn", "255", "1970", "DEU", "from 1816-01-01 to 1945-05-07"),
        ("cown", "255", "1970", "DEU", "to 1945-05-08 and from 1990-10-03 on"),
        ("cown", "678", "2010", "North Yemen", "from 1926-09-02 to 1990-05-21"),
        ("cown", "946", "1990", "KIR", "from 1999-09-14 on"),
        ("cowc", "tuv", "1990", "TUV", "cowc has TUV for Tuvalu from 2000-09-05 on"),
    ],
)
def test_a_code_outside_its_days_is_read_with_a_note(
    scheme: str, code: str, asked: str, state: str, said: str
) -> None:
    found = read(scheme, code, asked)
    assert (found.state.code, found.outside) == (state, True)
    assert found.note is not None
    assert said in found.note
    assert "it was read so on other days too" in found.note


@pytest.mark.parametrize(
    ("asked", "outside"),
    [("1945", False), ("1945-05-09/1990-10-02", True), ("1945-05-08/1990-10-02", False)],
)
def test_a_code_is_outside_its_days_if_no_day_asked_about_lies_in_them(
    asked: str, outside: bool
) -> None:
    found = read("cown", "255", asked)
    assert (found.state.code, found.outside, found.note is None) == ("DEU", outside, not outside)


@pytest.mark.parametrize("code", ["365", "365.0"])
@pytest.mark.parametrize("scheme", ["cown", "gwn"])
@pytest.mark.parametrize(
    ("asked", "noted"),
    [("1990", True), ("1991-12-25", True), ("1991", True), ("1991-12-26", False), ("1900", False)],
)
def test_the_code_of_russia_was_that_of_the_soviet_union_too(
    scheme: str, code: str, asked: str, noted: bool
) -> None:
    found = read(scheme, code, asked)
    note = "365 before 1991-12-26 was the Soviet Union's too; it was read as Russia's."
    assert (found.state.code, found.outside) == ("RUS", False)
    assert found.note == (note if noted else None)


def test_the_code_of_yugoslavia_was_that_of_serbia_and_montenegro_too() -> None:
    note = "345 before 2006-06-05 was Serbia and Montenegro's too; it was read as Yugoslavia's."
    assert read("cown", "345", "1992-04-27").note == note
    assert read("gwn", "345", "1992-04-26").note is None
    assert read("gwc", "YUG", "2000").note == note.replace("345", "YUG")


def test_a_period_in_which_a_code_named_two_states_is_read_by_its_last_day_and_says_so() -> None:
    note = "345 was Yugoslavia's up to 2006-06-04; it was read as Serbia's, by the last day."
    assert read("cown", "345", "2006").note == note


@pytest.mark.parametrize(
    ("scheme", "text", "state"),
    [
        ("cown", "702.0", "TJK"),
        ("cown", "702.", "TJK"),
        ("cown", "702.000", "TJK"),
        ("cown", " 702\n", "TJK"),
        ("cown", "002", "USA"),
        ("iso3n", "51", "ARM"),
        ("iso3n", "51.0", "ARM"),
        ("iso3n", "051", "ARM"),
        ("iso3n", "4", "AFG"),
        ("cowc", "grg", "GEO"),
        ("iso3c", "uzb", "UZB"),
        ("eurostat", "el", "GRC"),
        ("eurostat", "na", "NAM"),
    ],
)
def test_codes_are_read_as_files_write_them(scheme: str, text: str, state: str) -> None:
    assert read(scheme, text, "2007").state.code == state
    assert text in Scheme(scheme)


@pytest.mark.parametrize(
    ("scheme", "text", "message"),
    [
        (
            "cown",
            "340",
            "'340' is no code of cown, the numbers of the Correlates of War project; "
            "it is Honduras in iso3n, Serbia in gwn",
        ),
        (
            "cowc",
            "FRA",
            "'FRA' is no code of cowc, the letters of the Correlates of War project; "
            "it is France in iso3c",
        ),
        (
            "iso3c",
            "frn",
            "'frn' is no code of iso3c, the three letters of ISO 3166-1; "
            "it is France in cowc and gwc",
        ),
        (
            "eurostat",
            "GR",
            "'GR' is no code of eurostat, the two letters of Eurostat; it is Greece in iso2c",
        ),
        ("cown", "Tajikistan", "'Tajikistan' is no code of cown, the numbers of the Correlates of"
         " War project"),
        ("gwn", "1702", "'1702' is no code of gwn, the numbers of Gleditsch and Ward"),
        ("gwn", "-9", "'-9' is no code of gwn, the numbers of Gleditsch and Ward; if it marks what"
         " is missing, say so: --missing=-9"),
    ],
)  # fmt: skip
def test_what_is_no_code_is_refused_with_what_it_is(scheme: str, text: str, message: str) -> None:
    with pytest.raises(Refused) as refusal:
        Scheme(scheme).readings(text)
    assert str(refusal.value) == message
    assert text not in Scheme(scheme)


@pytest.mark.parametrize("scheme", CODES)
@pytest.mark.parametrize(
    "text",
    [
        "", " ", "Armenia", "Армения", "prc", "uk.", "702.5", "-702", "+702", "7e2", "٧٠٢", "۷۰۲",
        "0702", "702 703", "ＵＺＢ", "U-Z-B", "0", "999", "ZZZ", "ZZ",
    ],
)  # fmt: skip
def test_under_a_scheme_nothing_but_its_codes_is_read(scheme: str, text: str) -> None:
    assert text not in Scheme(scheme)
    with pytest.raises(Refused, match="is no code of"):
        Scheme(scheme).readings(text)


@pytest.mark.parametrize("name", ["auto", "name", "text", "cow", "COWN", ""])
def test_only_schemes_of_codes_have_codes(name: str) -> None:
    with pytest.raises(Refused, match="there are iso2c, iso3c, iso3n, cowc, cown, gwc, gwn, euro"):
        Scheme(name)
    with pytest.raises(Refused, match="there is no scheme of codes"):
        code_of("ARM", name)


def test_the_schemes_are_those_of_the_vocabulary() -> None:
    wanted = "auto name text iso2c iso3c iso3n cowc cown gwc gwn eurostat"
    assert list(SCHEMES) == wanted.split()
    assert set(CODES) < set(SCHEMES)


@pytest.mark.parametrize(
    ("state", "scheme", "day", "code"),
    [
        ("DEU", "cown", "1989-01-01", "260"),
        ("DEU", "cown", "1990-10-02", "260"),
        ("DEU", "cown", "1990-10-03", "255"),
        ("DEU", "cown", "1950-01-01", None),
        ("DEU", "gwn", "1990-10-03", "260"),
        ("SRB", "cown", "2006-06-04", None),
        ("SRB", "cown", "2006-06-05", "345"),
        ("SRB", "gwn", None, "340"),
        ("Yugoslavia", "gwn", None, "345"),
        ("Serbia and Montenegro", "cown", "1999-01-01", "345"),
        ("Serbia and Montenegro", "cown", "1992-04-26", None),
        ("Soviet Union", "cowc", None, "RUS"),
        ("Soviet Union", "gwn", "1991-12-26", None),
        ("Soviet Union", "iso3c", None, None),
        ("GRC", "eurostat", "1990-01-01", "EL"),
        ("GBR", "eurostat", None, "UK"),
        ("XKX", "iso2c", None, "XK"),
        ("XKX", "iso3n", None, None),
        ("AFG", "iso3n", None, "004"),
        ("HKG", "cown", None, None),
        ("Narnia", "cown", None, None),
    ],
)
def test_a_state_has_a_code_on_a_day_or_had_one_last(
    state: str, scheme: str, day: str | None, code: str | None
) -> None:
    assert code_of(state, scheme, dt.date.fromisoformat(day) if day else None) == code


@pytest.mark.parametrize("scheme", CODES)
def test_the_readings_of_a_code_cover_every_day_once(scheme: str) -> None:
    reader = Scheme(scheme)
    states = [*coded("alpha_3"), *former.known()]
    for code in {code_of(state, scheme) for state in states} - {None}:
        readings = reader.readings(str(code))
        assert (readings[0].first_day, readings[-1].last_day) == (dt.date.min, dt.date.max)
        for one, two in pairwise(readings):
            assert one.last_day + DAY == two.first_day
        assert any(not one.outside for one in readings)


def test_every_code_reads_back_to_its_state_on_its_first_and_last_day() -> None:
    for use in codes.uses():
        for day in (use.first_day, use.last_day or dt.date(2026, 11, 22)):
            found = Scheme(use.scheme).read(use.code, (day, day))
            assert (found.state.code, found.outside) == (use.state, False), use
            assert code_of(use.state, use.scheme, day) == use.code


def test_the_same_reading_is_given_for_every_way_to_write_a_code() -> None:
    reader = Scheme("cown")
    assert reader.readings("702") is reader.readings("702.0")


# former states


@pytest.mark.parametrize(
    ("texts", "name", "first", "last"),
    [
        ("Soviet Union;USSR;U.S.S.R.;the Soviet Union;СССР;Советский Союз", "Soviet Union",
         "1922-12-30", "1991-12-25"),
        ("Yugoslavia;SFRY;SFR Yugoslavia;Югославия;СФРЮ", "Yugoslavia", "1918-12-01", "1992-04-26"),
        ("Serbia and Montenegro;Serbia & Montenegro;FRY;Federal Republic of Yugoslavia;СРЮ",
         "Serbia and Montenegro", "1992-04-27", "2006-06-04"),
        ("Czechoslovakia;CSSR;ČSSR;CSFR;ЧССР;Чехословакия", "Czechoslovakia", "1918-10-28",
         "1992-12-31"),
        ("East Germany;GDR;DDR;German Democratic Republic;Germany (East);ГДР", "East Germany",
         "1949-10-07", "1990-10-02"),
        ("South Yemen;PDRY;Yemen, South", "South Yemen", "1967-11-30", "1990-05-21"),
        ("Korea (until 1910)", "Korea (until 1910)", "1816-01-01", "1910-08-22"),
        ("wurttemberg;Wuerttemberg;WÜRTTEMBERG", "Württemberg", "1816-01-01", "1871-01-18"),
        ("Abkhazia;Абхазия", "Abkhazia", "2008-08-26", None),
    ],
)  # fmt: skip
def test_states_without_an_iso_code_are_known_by_name(
    texts: str, name: str, first: str, last: str | None
) -> None:
    wanted = (name, name, dt.date.fromisoformat(first), last and dt.date.fromisoformat(last))
    for text in texts.split(";"):
        found = former.former(text)
        assert found, text
        assert tuple(found) == wanted


@pytest.mark.parametrize(
    "text", ["", "Korea", "Germany", "Yemen", "Russia", "Serbia", "Vietnam", "G'DR", "345", *NAMES]
)
def test_nothing_else_is_taken_for_a_former_state(text: str) -> None:
    assert former.former(text) is None


def test_a_former_state_means_one_state_that_is_no_country_of_iso() -> None:
    names = {name for country in coded("alpha_3").values() for name in country}
    assert names & former.known() == set()
    listed = {use.state for use in codes.uses()} - set(coded("alpha_3"))
    assert former.known() - listed == {"Soviet Union", "Serbia and Montenegro"}


# numbers and letters without a scheme


@pytest.mark.parametrize(
    ("texts", "fitting"),
    [
        ("702 703 704 705", "iso3n cown gwn"),
        ("702.0 703.0", "iso3n cown gwn"),
        ("2 20", "cown gwn"),
        ("340", "iso3n gwn"),
        ("679", "cown"),
        ("971 972", "gwn"),
        ("4 8 12", "iso3n"),
        ("702 Armenia", "iso3n cown gwn"),
        ("3 4 7", ""),
        ("702 -999", ""),
    ],
)
def test_numbers_fit_the_schemes_that_have_them_all(texts: str, fitting: str) -> None:
    fits = hints.fits(texts.split())
    assert list(fits) == ["iso3n", "cown", "gwn"]
    assert [scheme for scheme, fit in fits.items() if fit] == fitting.split()


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (
            "702 703 704 705",
            "the numbers can be ISO or COW or Gleditsch-Ward: 702 is Singapore in iso3n, "
            "Tajikistan in cown and gwn; say which: "
            "--state-code iso3n or --state-code cown or --state-code gwn",
        ),
        (
            "2 20 970",
            "the numbers can be COW or Gleditsch-Ward: 970 is Nauru in cown, Kiribati in gwn; "
            "say which: --state-code cown or --state-code gwn",
        ),
        (
            "371 372",
            "the numbers can be COW or Gleditsch-Ward: 371 is Armenia in cown and gwn; "
            "say which: --state-code cown or --state-code gwn",
        ),
        (
            "679",
            "the numbers can be COW: 679 is Yemen in cown; say so: --state-code cown",
        ),
        (
            "3 4 7",
            "none of the schemes iso3n, cown, gwn fits all the numbers seen (3, 4, 7): V-Dem, the "
            "IMF, the FAO and Polity have numbers of their own; V-Dem's files carry those of COW "
            "beside theirs, in the column COWcode",
        ),
    ],
)
def test_a_refusal_of_numbers_says_what_they_can_be(texts: str, message: str) -> None:
    assert hints.numbers_refused(texts.split()) == message


def test_of_a_number_without_a_state_in_a_table_it_is_told_how_to_call_it_missing(
    tmp_path: Path,
) -> None:
    said = hints.numbers_refused(["371", "-9", "372", "9999"], missing=hints.MISSING)
    assert said == (
        "-9 and 9999 can mark what is missing; if so, say so: --missing=-9 --missing=9999; "
        "the numbers can be COW or Gleditsch-Ward: 371 is Armenia in cown and gwn; "
        "say which: --state-code cown or --state-code gwn"
    )
    path = tmp_path / "panel.csv"
    path.write_text("ccode,year\n702,1999\n-9,1999\n")
    asked = ask("annotate", str(path), "--state", "ccode", "--date", "year")
    assert (asked.status, asked.out) == (2, "")
    assert "-9 can mark what is missing; if so, say so: --missing=-9; the numbers" in asked.err


def test_a_refusal_of_many_numbers_names_those_that_are_in_no_scheme() -> None:
    numbers = [*map(str, range(700, 706)), "1234", "9" * 50]
    assert f"fits all the numbers seen (1234, {'9' * 20})" in hints.numbers_refused(numbers)


def test_a_refusal_of_numbers_from_two_schemes_names_the_first_of_them() -> None:
    assert "numbers seen (4, 8, 971, 679, 972)" in hints.numbers_refused(
        ["4", "8", "971", "679", "972", "946"]
    )


def test_python_says_a_scheme_in_its_own_way() -> None:
    said = hints.numbers_refused(["679"], 'state_code="{}"')
    assert said.endswith('say so: state_code="cown"')
    assert hints.letters_hint(["FRN"], 'state_code="{}"') == (
        'FRN is letters of COW alone; say state_code="cowc" if all are.'
    )


@pytest.mark.parametrize("text", ["702", "702.0", "7.", "-9", " 12 ", "0"])
def test_a_number_is_told_from_a_name(text: str) -> None:
    assert hints.is_number(text)


@pytest.mark.parametrize("text", ["", ".", "UZB", "7a", "Team 2", "1,5", "٧", "1e5"])
def test_a_name_is_told_from_a_number(text: str) -> None:
    assert not hints.is_number(text)


@pytest.mark.parametrize(
    ("texts", "hint"),
    [
        (
            "FRN UKG SLV MNG",
            "FRN and UKG are letters of COW alone; say --state-code cowc if all are.",
        ),
        ("FRN FRN", "FRN is letters of COW alone; say --state-code cowc if all are."),
        (
            "RUM KBI",
            "RUM and KBI are letters of Gleditsch-Ward alone; say --state-code gwc if all are.",
        ),
        ("RUM YAR2 NAU", "RUM and NAU are letters of Gleditsch-Ward alone; say --state-code gwc"
         " if all are."),
        ("ROM RUM", "ROM and RUM are letters of COW alone; say --state-code cowc if all are."),
        (
            "SWD GMY SPN POR FRN UKG",
            "SWD, GMY, SPN, POR, FRN and 1 more are letters of COW alone; "
            "say --state-code cowc if all are.",
        ),
        ("FRA DEU SLV", None),
        ("UAE DRC GDR USA France", None),
        ("", None),
    ],
)  # fmt: skip
def test_letters_that_are_of_cow_alone_are_hinted_at(texts: str, hint: str | None) -> None:
    assert hints.letters_hint(texts.split()) == hint


def test_meanings_are_those_of_every_scheme() -> None:
    assert meanings("KOR") == "South Korea in iso3c, Korea (until 1910) in cowc and gwc"
    assert meanings("nonsense") == ""


# states


def test_states_have_their_numbers_of_both_lists() -> None:
    found = {row.state: (row.cow, row.cown, row.gwn) for row in load().states()}
    assert found == {state: (ours[0], ours[1], ours[1]) for state, ours in NINE.items()}


def test_states_of_a_file_have_their_numbers_where_there_are_any(tmp_path: Path) -> None:
    path = tmp_path / "club.csv"
    path.write_text("state,first_day,last_day\nGermany,2000-01-01,\nNarnia,2000-01-01,\n")
    found = {row.name: (row.cown, row.gwn) for row in load(path).states()}
    assert found == {"Germany": ("255", "260"), "Narnia": (None, None)}


@pytest.mark.parametrize(
    "args", ["members --on 2007-01-01", "check uzbekistan", "check france", "history georgia"]
)
def test_a_plain_question_reads_no_codes(args: str) -> None:
    program = (
        "import sys\n"
        "from cstocli.cli.main import run\n"
        "run(sys.argv[1:])\n"
        "print(*(name for name in sys.modules if name.startswith('cstocli')))\n"
    )
    asked = run(sys.executable, "-c", program, *args.split(), "--format", "tsv")
    modules = set(asked.stdout.decode().splitlines()[-1].split())
    assert "cstocli.reading.document" in modules
    assert not {"codes", "former", "hints", "schemes"} & {
        name.removeprefix("cstocli.reading.") for name in modules
    }


# the table


TABLE = """\
state,scheme,code,first_day,last_day
AAA,cowc,AAA,1900-01-01,1910-12-31
AAA,cowc,AAA,1920-01-01,
AAA,cown,1,1900-01-01,1910-12-31
AAA,cown,1,1920-01-01,
Narnia,gwc,NAR,1900-01-01,1950-12-31
Narnia,gwn,2,1900-01-01,1950-12-31
"""


def lines(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines()))


def found(text: str) -> list[Problem]:
    return codes.problems(lines(text), {"AAA", "BBB", "Narnia"})


def test_the_table_of_codes_keeps_its_rules() -> None:
    with open(data_file("codes.csv"), encoding="utf-8", newline="") as file:
        table = list(csv.reader(file, strict=True))
    assert codes.problems(table, {*coded("alpha_3"), *former.known()}) == []
    assert found(TABLE) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("state,scheme", "scheme,state", "line 1",
         "the header is not state,scheme,code,first_day,last_day"),
        (TABLE, "", "line 1", "the header is not state,scheme,code,first_day,last_day"),
        ("1910-12-31\nAAA,cowc", "1910-12-31,x\nAAA,cowc", "line 2", "6 cells in place of 5"),
        ("Narnia,gwc", "Nrania,gwc", "line 6", "there is no state Nrania"),
        ("gwc,NAR", "gwx,NAR", "line 6", "there is no scheme gwx"),
        ("gwc,NAR", "iso3c,NAR", "line 6", "there is no scheme iso3c"),
        ("gwc,NAR", "gwc,nar", "line 6", "nar is no code of gwc"),
        ("gwc,NAR", "gwc,2", "line 6", "2 is no code of gwc"),
        ("gwn,2", "gwn,02", "line 7", "02 is no code of gwn"),
        ("gwn,2", "gwn,2000", "line 7", "2000 is no code of gwn"),
        ("gwn,2,1900-01-01", "gwn,2,1900-02-30", "line 7",
         "1900-02-30 and 1950-12-31 are no days"),
        ("gwn,2,1900-01-01", "gwn,2,", "line 7", "1950-12-31 are no days"),
        ("gwn,2,1900-01-01", "gwn,2,1951-01-01", "line 7", "1950-12-31 is before 1951-01-01"),
        ("AAA,cown,1,1920-01-01,\n", "", "line 3", "there is no cown on the same days"),
        ("gwn,2,1900-01-01", "gwn,2,1900-01-02", "line 6", "there is no gwn on the same days"),
    ],
)  # fmt: skip
def test_a_table_that_breaks_a_rule_is_told_where(
    old: str, new: str, place: str, reason: str
) -> None:
    assert Problem(place, reason) in found(TABLE.replace(old, new, 1))


def test_lines_of_a_table_stand_in_order_and_once() -> None:
    head, *body = TABLE.splitlines(keepends=True)
    assert Problem("line 3", "stands too late, or twice") in found(
        "".join([head, body[1], body[0], *body[2:]])
    )
    assert Problem("line 8", "stands too late, or twice") in found(TABLE + body[-1])


def test_a_code_means_one_state_on_a_day() -> None:
    more = "BBB,cowc,BBB,1905-01-01,1905-12-31\nBBB,cown,1,1905-01-01,1905-12-31\n"
    before, after = TABLE.split("Narnia", 1)
    problems = found(f"{before}{more}Narnia{after}")
    assert problems == [Problem("line 7", "shares days with line 4")]
    apart = more.replace("1905-01-01", "1911-01-01").replace("1905-12-31", "1919-12-31")
    assert found(f"{before}{apart}Narnia{after}") == []


def test_a_state_has_one_code_of_a_scheme_on_a_day() -> None:
    text = TABLE.replace("AAA,cown,1,1920-01-01,", "AAA,cown,3,1910-12-31,")
    assert Problem("line 5", "shares days with line 4") in found(text)


def test_a_code_that_is_in_use_still_ends_before_no_other() -> None:
    text = TABLE.replace("1900-01-01,1910-12-31", "1900-01-01,")
    assert Problem("line 5", "shares days with line 4") in found(text)


def test_a_number_that_is_missing_is_so_with_the_decimals_of_a_program(tmp_path: Path) -> None:
    path = tmp_path / "panel.csv"
    path.write_text("ccode,year\n702,1999\n-9.0,1999\n-9,1999\n")
    args = ("--state", "ccode", "--state-code", "cown", "--date", "year", "--missing=-9")
    asked = ask("annotate", str(path), *args)
    assert (asked.status, "1 answered, 2 missing" in asked.err) == (0, True)
