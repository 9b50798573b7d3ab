"""Any organisation's membership, asked from a table of its spells."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from running import Ran, ask

from cstocli import BrokenDataset, Refused, load
from cstocli.cli.group import csto
from cstocli.reading import files
from cstocli.reading.files import data_file

HEADER = "state,first_day,last_day"
RULE = "A bound known only to the month or the year decides no day inside it"
FORMATS = ["table", "plain", "tsv", "csv", "json", "jsonl", "markdown"]
ANSWERS = jsonschema.Draft202012Validator(
    json.loads(Path(data_file("answers.schema.json")).read_text(encoding="utf-8"))
)
Writer = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    """Write a file of this text or these bytes; its path."""

    def written(content: str | bytes, name: str = "table.csv") -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return written


@pytest.fixture
def table(write: Writer) -> Writer:
    """Write a table of these rows; its path."""
    return lambda *rows, header=HEADER: write("\n".join([header, *rows, ""]))


def rows_of(ran: Ran) -> list[dict[str, Any]]:
    """The rows of an answer in JSON, which must be as the schema describes it."""
    assert ran.status != 70, ran.err
    assert ran.out, ran.err
    document = json.loads(ran.out)
    ANSWERS.validate(document)
    rows: list[dict[str, Any]] = document["rows"]
    return rows


def asked(path: str, *args: str) -> list[dict[str, Any]]:
    return rows_of(ask("--data", path, *args, "--format", "json"))


def spells_of(path: str) -> list[tuple[str, str, str, str | None]]:
    return [
        (row["state"], row["status"], row["first_day"], row["last_day"])
        for row in asked(path, "history")
    ]


def refusal(path: str, *args: str) -> str:
    """Why a file is not asked: one line, told on stderr, with exit status 2."""
    ran = ask("--data", path, *args, "members")
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("Error: ")
    return ran.err.removeprefix("Error: ").rstrip("\n")


def problems(path: str, *options: str) -> list[tuple[str, str]]:
    """What validate finds, with exit status 1."""
    ran = ask(*options, "validate", path, "--format", "json")
    found = [(row["place"], row["problem"]) for row in rows_of(ran)]
    assert ran.status == (1 if found else 0)
    return found


# Columns

WANTED = [("BEL", "member", "1949-08-24", None), ("Narnia", "member", "1950-01-01", "1960-12-31")]
SAME = {
    "plain": "state,first_day,last_day\nBelgium,1949-08-24,\nNarnia,1950-01-01,1960-12-31\n",
    "other order": "last_day,state,first_day\n,Belgium,1949-08-24\n1960-12-31,Narnia,1950-01-01\n",
    "rows in another order": f"{HEADER}\nNarnia,1950-01-01,1960-12-31\nBelgium,1949-08-24,\n",
    "other case": "STATE,First_Day,LAST_day\nBelgium,1949-08-24,\nNarnia,1950-01-01,1960-12-31",
    "blanks": " state , first_day ,last_day\n Belgium , 1949-08-24,\t\n"
    "Narnia,1950-01-01 ,1960-12-31 ",
    "byte order mark": f"\ufeff{HEADER}\nBelgium,1949-08-24,\nNarnia,1950-01-01,1960-12-31\n",
    "marked and quoted": '\ufeff"state","first_day","last_day"\n"Belgium","1949-08-24",""\n'
    '"Narnia","1950-01-01","1960-12-31"\n',
    "CRLF": f"{HEADER}\r\nBelgium,1949-08-24,\r\nNarnia,1950-01-01,1960-12-31\r\n",
    "CR": f"{HEADER}\rBelgium,1949-08-24,\rNarnia,1950-01-01,1960-12-31\r",
    "tabs": "state\tfirst_day\tlast_day\nBelgium\t1949-08-24\t\nNarnia\t1950-01-01\t1960-12-31\n",
    "semicolons": "state;first_day;last_day\nBelgium;1949-08-24;\nNarnia;1950-01-01;1960-12-31\n",
    "blank lines": f"{HEADER}\n\nBelgium,1949-08-24,\n\n\nNarnia,1950-01-01,1960-12-31\n\n",
    "cells with commas, quotes and lines": 'state,source,first_day,last_day\n'
    'Belgium,"Treaty, ""Art. 5"",\npage 2",1949-08-24,\nNarnia,"a\r\nb",1950-01-01,1960-12-31\n',
    "further columns": f"id,{HEADER},,note,note\n1,Belgium,1949-08-24,,,=x,\x1b\n"
    "2,Narnia,1950-01-01,1960-12-31,,,9999-12-31\n",
    "a line that declares": "\ufeffsep=;\nstate;first_day;last_day\nBelgium;1949-08-24;\n"
    "Narnia;1950-01-01;1960-12-31\n",
    "blank lines before": f"\n \r\n,,\n{HEADER}\nBelgium,1949-08-24,\n"
    "Narnia,1950-01-01,1960-12-31\n",
    "quotation marks inside": f'{HEADER},note\nBelgium,1949-08-24,,5" pipe\n'
    'Narnia,1950-01-01,1960-12-31,a "b"\n',
    "a long cell of lines": f'{HEADER},note\nBelgium,1949-08-24,,"{"a, b, c, d" * 20_000}\n'
    '1,2,3,4"\nNarnia,1950-01-01,1960-12-31,\n',
    "a further column of many commas": "state\tfirst_day\tlast_day\tnotes, if any, or not, or so\n"
    "Belgium\t1949-08-24\t\ta\nNarnia\t1950-01-01\t1960-12-31\tb, c\n",
    "status of the one kind": f"status,{HEADER}\nmember,Belgium,1949-08-24,\n"
    ",Narnia,1950-01-01,1960-12-31\n",
    "status in another case": f"status,{HEADER}\n Member ,Belgium,1949-08-24,\n"
    "MEMBER,Narnia,1950-01-01,1960-12-31\n",
    "one organisation": f"{HEADER},organisation\nBelgium,1949-08-24,,Club\n"
    "Narnia,1950-01-01,1960-12-31,Club\n",
}  # fmt: skip


@pytest.mark.parametrize("content", SAME.values(), ids=SAME)
def test_a_table_is_read_however_it_is_written(write: Writer, content: str) -> None:
    path = write(content)
    assert sorted(spells_of(path)) == WANTED
    assert problems(path) == []


@pytest.mark.parametrize("name", ["spells.tsv", "spells.txt", "spells", "spells.JSONL", "-.csv"])
def test_the_name_of_a_table_does_not_matter(write: Writer, name: str) -> None:
    assert spells_of(write(SAME["tabs"], name)) == WANTED


@pytest.mark.parametrize("column", ["state", "first_day", "last_day"])
def test_a_column_that_is_needed_is_named_with_all_that_there_may_be(
    write: Writer, column: str
) -> None:
    path = write(SAME["plain"].replace(column, "other"))
    assert f"no column {column}" in refusal(path)
    assert "state, first_day, last_day, and may have organisation, status, remark" in refusal(path)
    ((place, problem),) = problems(path)
    assert (place, f"no column {column}" in problem) == ("", True)


@pytest.mark.parametrize("column", ["state", "first_day", "organisation", "remark", "Status"])
def test_a_column_that_stands_twice_is_refused(write: Writer, column: str) -> None:
    path = write(f"state,first_day,last_day,status,organisation,remark,{column}\n")
    assert refusal(path).endswith(f"the column {column.lower()} stands twice")


# What counts


def test_a_member_counts_an_observer_does_not_and_the_answer_says_so(table: Writer) -> None:
    path = table(
        "France,1990-01-01,,member", "Spain,1990-01-01,,observer", "Italy,1990-01-01,,",
        header=f"{HEADER},status",
    )  # fmt: skip
    assert [row["state"] for row in asked(path, "members")] == ["FRA", "ITA"]
    ran = ask("--data", path, "check", "spain")
    assert ran.status == 1
    assert "no, observer: Spain has the status observer (since 1990-01-01)" in ran.out
    assert "Spain: observer on 2026-11-22, not counted" in ask("--data", path, "members").out


def test_without_a_column_of_statuses_every_spell_is_a_members(table: Writer) -> None:
    assert [row["status"] for row in asked(table("France,1990-01-01,"), "members")] == ["member"]


def test_there_is_one_basis_and_no_day_up_to_which_the_file_was_checked(table: Writer) -> None:
    path = table("France,1990-01-01,")
    ran = ask("--data", path, "members", "--format", "json")
    assert json.loads(ran.out)["dataset"]["verified_through"] is None
    assert json.loads(ran.out)["query"]["basis"] == "member"
    assert "Checked up to" not in ran.out
    assert list(load(path).records.bases) == ["member"]
    refused = ask("--data", path, "members", "--basis", "joined")
    assert refused.status == 2
    assert "there is no basis 'joined'; there is member" in refused.err
    assert ask("--data", path, "members", "--basis", "member").status == 0
    assert ask("--data", path, "check", "france", "--strict").status == 0


def test_a_remark_holds_on_the_days_of_its_spell(table: Writer) -> None:
    path = table(
        'France,1990-01-01,1999-12-31,"by treaty, ""as amended"""', "France,2005-01-01,,",
        header=f"{HEADER},remark",
    )  # fmt: skip
    ((early,), (late,)) = (asked(path, "members", "--on", year) for year in ("1995", "2010"))
    assert (early["remark"], late["remark"]) == ('by treaty, "as amended"', None)


# Organisations

ORGS = (
    "organisation,state,first_day,last_day",
    "NATO,France,1949-08-24,",
    "EU,France,1958-01-01,",
    "NATO,Turkey,1952-02-18,",
    "EU,Narnia,1973-13,",
    "EU,,soon,2000-02-30",
    "African Union,Egypt,1963-05-25,",
    "EU,Italy,1958-01-01",
)


@pytest.fixture
def orgs(write: Writer) -> str:
    return write("\n".join(ORGS))


@pytest.mark.parametrize("name", ["NATO", "nato", " Nato ", "NAto"])
def test_an_organisation_is_chosen_in_any_case(orgs: str, name: str) -> None:
    rows = asked(orgs, "--org", name, "members")
    assert [row["state"] for row in rows] == ["FRA", "TUR"]


def test_of_several_organisations_one_must_be_chosen(orgs: str) -> None:
    told = refusal(orgs)
    assert "3 organisations" in told
    assert "--org" in told
    assert told.endswith(": NATO, EU, African Union")
    with pytest.raises(Refused, match="NATO, EU, African Union"):
        load(orgs)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("NTO", "did you mean NATO?"),
        ("african uion", "did you mean African Union?"),
        ("Warsaw Pact", "it has NATO, EU, African Union"),
        ("", "it has NATO, EU, African Union"),
    ],
)
def test_an_organisation_that_is_not_there_is_refused_with_what_is(
    orgs: str, name: str, words: str
) -> None:
    assert refusal(orgs, "--org", name).endswith(f"no organisation '{name}'; {words}")
    with pytest.raises(Refused, match=re.escape(words)):
        load(orgs, name)


def test_only_the_rows_of_the_organisation_asked_about_are_checked(orgs: str) -> None:
    assert len(load(orgs, "nato").members()) == 2
    assert len(load(orgs, "AFRICAN UNION").members()) == 1
    assert "table.csv: line 5: " in refusal(orgs, "--org", "EU")
    assert refusal(orgs, "--org", "EU").endswith("(3 problems in all)")
    with pytest.raises(BrokenDataset, match="line 5"):
        load(orgs, "EU")
    assert problems(orgs, "--org", "nato") == []
    lines = ["line 5", "line 6", "line 8"]
    assert [place for place, _ in problems(orgs, "--org", "EU")] == lines
    assert [place for place, _ in problems(orgs)] == lines


def test_the_organisation_is_named_in_the_answer(orgs: str) -> None:
    about = {row["key"]: row["value"] for row in asked(orgs, "--org", "nato", "info")}
    assert about["organisation"].startswith("NATO")
    assert ask("--data", orgs, "--org", "nato", "timeline").out.startswith("NATO, 1949-08-24/")


def test_the_only_organisation_of_a_file_need_not_be_named(table: Writer) -> None:
    path = table("Club,France,1990-01-01,", header=f"organisation,{HEADER}")
    assert len(asked(path, "members")) == len(asked(path, "--org", "club", "members")) == 1
    assert "no organisation 'Team'" in refusal(path, "--org", "Team")


def test_a_file_without_a_column_of_organisations_goes_by_its_own_name(write: Writer) -> None:
    path = write(SAME["plain"], "nato.csv")
    assert ask("--data", path, "timeline").out.startswith("nato, ")
    assert len(asked(path, "--org", "NATO", "members")) == 1
    assert "no organisation 'EU'; it has nato" in refusal(path, "--org", "EU")


@pytest.mark.parametrize("data", [(), ("--data", data_file("membership.json"))])
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("CSTO", 0),
        ("csto", 0),
        ("Collective Security Treaty Organisation", 0),
        ("ОДКБ", 0),
        ("NAFTA", 2),
        ("", 2),
    ],
)
def test_an_organisation_that_is_named_must_be_that_of_a_json_document(
    data: tuple[str, ...], name: str, status: int
) -> None:
    ran = ask(*data, "--org", name, "members")
    assert ran.status == status
    assert (f"no organisation '{name}'" in ran.err) is (status == 2)


# States


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("FR", "FRA", "France"),
        ("fra", "FRA", "France"),
        ("Франция", "FRA", "France"),
        ("Turkey", "TUR", "Türkiye"),
        ("Türkiye", "TUR", "Türkiye"),
        ("TURKIYE", "TUR", "Türkiye"),
        ("Турция", "TUR", "Türkiye"),
        ("UK", "GBR", "United Kingdom"),
        ("Ivory Coast", "CIV", "Côte d'Ivoire"),
        ("Korea, Republic of", "KOR", "South Korea"),
        ("Republic of Armenia", "ARM", "Armenia"),
        ("Azerbaidzhan", "AZE", "Azerbaijan"),
        ("Byelorussia", "BLR", "Belarus"),
        ("GRG", "GEO", "Georgia"),
        ("Казахстан", "KAZ", "Kazakhstan"),
        ("Kirghizia", "KGZ", "Kyrgyzstan"),
        ("Russian Federation", "RUS", "Russia"),
        ("РФ", "RUS", "Russia"),
        ("Tadzhikistan", "TJK", "Tajikistan"),
        ("Ўзбекистон", "UZB", "Uzbekistan"),
        ("East Germany", "East Germany", "East Germany"),
        ("Yugoslavia", "Yugoslavia", "Yugoslavia"),
        ("Team 1", "Team 1", "Team 1"),
        ("Prussia", "Prussia", "Prussia"),
        ("Nárnia", "Nárnia", "Nárnia"),
        ("<b>&amp;", "<b>&amp;", "<b>&amp;"),
    ],
)
def test_a_country_goes_by_any_name_and_what_is_none_by_its_exact_text(
    table: Writer, text: str, code: str, name: str
) -> None:
    path = table(f'"{text}",1990-01-01,')
    (row,) = asked(path, "members")
    assert (row["state"], row["name"]) == (code, name)
    assert asked(path, "check", text)[0]["answer"] == "yes"
    assert ask("--data", path, "check", name, "--quiet").status == 0
    ElementTree.fromstring(ask("--data", path, "timeline", "--svg", "-").out)  # noqa: S314


@pytest.mark.parametrize(
    ("scheme", "text", "code"),
    [
        ("iso3n", "250", "FRA"),
        ("cown", "220", "FRA"),
        ("gwn", "702", "TJK"),
        ("cown", "702", "TJK"),
    ],
)
def test_a_number_needs_a_scheme_and_is_refused_by_its_line(
    table: Writer, scheme: str, text: str, code: str
) -> None:
    path = table("Spain,1990-01-01,", f"{text},1990-01-01,")
    told = refusal(path)
    assert told.startswith(f"{path}: line 3: '{text}' is a number: ")
    assert f"--state-code {scheme}" in told
    alone = table(f"{text},1995-01-01,")
    rows = rows_of(ask("--data", alone, "--state-code", scheme, "members", "--format", "json"))
    assert [row["state"] for row in rows] == [code]


@pytest.mark.parametrize(
    ("text", "near"),
    [("Frnace", "France"), ("Kazahkstan", "Kazakhstan"), ("Uzbekstan", "Uzbekistan")],
)
def test_a_slip_near_a_country_is_refused_by_its_line_and_kept_as_text_where_that_is_said(
    table: Writer, text: str, near: str
) -> None:
    path = table("Spain,1990-01-01,", f"{text},1990-01-01,")
    assert f": line 3: '{text}' is no country; is it {near}?" in refusal(path)
    assert problems(path)[0][0] == "line 3"
    own = rows_of(ask("--data", path, "--state-code", "text", "members", "--format", "json"))
    assert sorted(row["state"] for row in own) == sorted(["Spain", text])


def test_all_names_of_a_country_are_one_state(table: Writer) -> None:
    path = table("Turkey,1952-01-01,1960-12-31", "TR,1961-01-01,1970-12-31", "Türkiye,1971-01-01,")
    assert {spell[0] for spell in spells_of(path)} == {"TUR"}
    (row,) = asked(path, "members", "--on", "1965-01-01")
    assert (row["first_day"], row["last_day"]) == ("1952-01-01", None)
    clash = table("Turkey,1952-01-01,1960-12-31", "Турция,1960-12-31,")
    assert "line 3: shares days with line 2" in refusal(clash)


def test_states_that_differ_by_a_digit_are_told_apart(table: Writer) -> None:
    path = table("Team 1,1990-01-01,", "Team 2,1991-01-01,1995-12-31")
    assert [asked(path, "check", f"team {n}")[0]["answer"] for n in (1, 2)] == ["yes", "no"]
    assert ask("--data", path, "check", "team 3").status == 2


def test_a_state_without_a_spell_was_never_one(table: Writer) -> None:
    (row,) = asked(table("Narnia,1990-01-01,"), "check", "France")
    assert (row["state"], row["answer"], row["status"]) == ("FRA", "no", "never")


# Rows that are not right

BAD = {
    "no such month": ("Narnia,2002-13,", "2002-13"),
    "no month nought": ("Narnia,2002-00,", "2002-00"),
    "no such day": ("Narnia,2002-02-30,", "2002-02-30"),
    "no leap day": ("Narnia,1900-02-29,", "1900-02-29"),
    "no such last day": ("Narnia,2002-01-01,2002-06-31", "2002-06-31"),
    "year nought": ("Narnia,0000,", "0000"),
    "a number": ("Narnia,20020101,", "'20020101' is no day; type YYYY-MM-DD"),
    "a week": ("Narnia,2002-W01-1,", "'2002-W01-1' is no day"),
    "slashes": ("Narnia,02/03/2002,", "'02/03/2002' is no day"),
    "slashes from the year": ("Narnia,2002/02/03,", "'2002/02/03' is no day"),
    "a time": ("Narnia,2002-02-03T00:00,", "is no day"),
    "words": ('Narnia,"May 1, 1992",', "is no day"),
    "two digits": ("Narnia,92,", "'92' is no day"),
    "one digit": ("Narnia,2002-6,", "'2002-6' is no day"),
    "full-width digits": ("Narnia,２００２-06-23,", "２００２-06-23"),
    "full-width year": ("Narnia,２００２,", "is no day"),
    "present": ("Narnia,2002,present", "'present' is no day"),
    "sentinel last": (
        "Narnia,2002,9999-12-31",
        "9999-12-31 stands for an unknown day; leave the cell empty",
    ),
    "sentinel month": ("Narnia,2002,9999-12", "9999-12 stands for an unknown day; leave the cell"),
    "sentinel year": ("Narnia,2002,9999", "9999 stands for an unknown day; leave the cell empty"),
    "sentinel first": ("Narnia,0001-01-01,", "0001-01-01 stands for an unknown day; a first day"),
    "number": ("250,2002,", "'250' is a number: the numbers can be ISO"),
    "no first day": ("Narnia,,2002-01-01", "there is no first_day"),
    "no state": (" ,2002-01-01,", "there is no state"),
    "reversed": ("Narnia,2002-06-02,2002-06-01", "last_day 2002-06-01 is before first_day"),
    "reversed months": ("Narnia,2002-07,2002-06", "last_day 2002-06 is before first_day 2002-07"),
    "reversed years": ("Narnia,2003,2002-12-31", "last_day 2002-12-31 is before first_day 2003"),
    "too few cells": ("Narnia,2002-01-01", "2 cells in place of 3"),
    "too many cells": ("Narnia,2002-01-01,,x", "4 cells in place of 3"),
    "one cell": ("Narnia", "1 cells in place of 3"),
    "a blank cell": (" ", "1 cells in place of 3"),
    "formula": ("=1+1,2002-01-01,", "'=1+1' begins like a formula"),
    "at": ("@Narnia,2002-01-01,", "'@Narnia' begins like a formula"),
    "minus": ("-Narnia,2002-01-01,", "'-Narnia' begins like a formula"),
    "plus": ("+Narnia,2002-01-01,", "'+Narnia' begins like a formula"),
    "NUL": ("Nar\0nia,2002-01-01,", "a character that does not show"),
    "escape": ("Nar\x1b[31mnia,2002-01-01,", "a character that does not show"),
    "bidi": ("Nar\u202enia,2002-01-01,", "a character that does not show"),
    "zero width": ("Nar\u200bnia,2002-01-01,", "a character that does not show"),
    "line in a state": ('"Nar\u2028nia",2002-01-01,', "a character that does not show"),
    "escape in a day": ("Narnia,2002\x1b-1-1,", ""),
}


def shows(text: str) -> bool:
    return all(line.isprintable() for line in text.split("\n"))


@pytest.mark.parametrize(("row", "words"), BAD.values(), ids=BAD)
def test_a_bad_row_is_named_by_its_line(table: Writer, row: str, words: str) -> None:
    path = table("France,1990-01-01,", row, "Spain,1990-01-01,")
    told = refusal(path)
    assert told.startswith(f"{path}: line 3: ")
    assert words in told
    ((place, problem),) = problems(path)
    assert place == "line 3"
    assert words in problem
    assert shows(told)
    assert shows(problem)


@pytest.mark.parametrize(("state", "day"), [("Nicaragua", "1900-01-01"), ("France", "1970-01-01")])
def test_a_day_that_others_write_for_an_unknown_one_is_read_and_told_to_be_looked_at(
    table: Writer, state: str, day: str
) -> None:
    path = table(f"{state},{day},", "Spain,1990-01-01,1999-12-31")
    assert (f"{state}", "member", day, None) in [
        (row["name"], row["status"], row["first_day"], row["last_day"])
        for row in asked(path, "history")
    ]
    before = dt.date.fromisoformat(day) - dt.timedelta(1)
    answers = [asked(path, "check", state, "--on", str(on))[0]["answer"] for on in (before, day)]
    assert answers == ["no", "yes"]
    ran = ask("validate", path, variables={"COLUMNS": "200"})
    assert ran.status == 0
    assert f"- Day {day}: 1 spell; in many files it stands for a day that is not known." in ran.out


@pytest.mark.parametrize("column", ["status", "remark"])
@pytest.mark.parametrize("cell", ["\x07bell", "\u202ebidi", "=1+1", "@me", "nul\0"])
def test_a_status_or_a_remark_shows_and_is_no_formula(
    table: Writer, column: str, cell: str
) -> None:
    path = table(f"France,1990-01-01,,{cell}", header=f"{HEADER},{column}")
    assert ": line 2: " in refusal(path)


@pytest.mark.parametrize("cell", ["", "member"])
def test_what_is_wrong_with_a_further_column_does_not_matter(table: Writer, cell: str) -> None:
    path = table(f"{cell},\x1b[0m=1,France,1990-01-01,", header=f"status,=note\x07,{HEADER}")
    assert len(asked(path, "members")) == 1


def test_a_spell_that_may_stand_before_or_after_two_others_is_refused(table: Writer) -> None:
    path = table("A-land,2000-03-01,2000-04-30", "A-land,2000-05-01,2000-06-30", "A-land,2000,2000")
    assert ": line 4: may come before or after line 2, of A-land" in refusal(path)
    last = table("A-land,2000-01-01,2000-04-30", "A-land,2000-05-01,2000-06-30", "A-land,2000,2000")
    assert problems(last) == []


def test_diff_tells_of_a_state_of_which_neither_day_is_known(table: Writer) -> None:
    path = table("A-land,2000,,unknown", "B-land,2000-01-01,,member", header=f"{HEADER},status")
    days = ("2001-01-01", "2002-01-01")
    ran = ask("--data", path, "diff", *days, "--all", "--format", "json")
    assert [(row["state"], row["change"], row["imprecise"]) for row in rows_of(ran)] == [
        ("A-land", "unchanged", True),
        ("B-land", "unchanged", False),
    ]
    said = ask("--data", path, "diff", *days, "--exit-status")
    assert said.status == 1
    assert "nobody joined; nobody left; 1 unchanged; 1 not certain." in " ".join(said.out.split())
    assert "A-land is not certain: its status is not known" in said.out


@pytest.mark.parametrize(
    ("rows", "line", "other"),
    [
        (["A-land,2000-01-01,2000-06-30", "A-land,2000-06-30,"], 3, 2),
        (["A-land,2000-06-30,", "A-land,2000-01-01,2000-06-30"], 3, 2),
        (["A-land,2000-01-01,", "B-land,2000-01-01,", "A-land,2001-01-01,"], 4, 2),
        (["A-land,2000-01-01,2000-12-31", "A-land,2000-03-01,2000-03-02"], 3, 2),
        (["A-land,2000,9998-12", "A-land,2001,"], 3, 2),
        (["A-land,2000-01-01,", "", '"B-land",2000-01-01,', "A-land,2001,2002"], 5, 2),
    ],
)
def test_spells_that_share_days_are_named_by_both_their_lines(
    table: Writer, rows: list[str], line: int, other: int
) -> None:
    path = table(*rows)
    assert f": line {line}: shares days with line {other}, of A-land" in refusal(path)
    assert [place for place, _ in problems(path)][:1] == [f"line {line}"]


def test_spells_may_touch_and_leave_gaps_in_any_order_of_rows(table: Writer) -> None:
    path = table("A,2002-01-01,", "A,1999-01-01,2000-12-31", "A,1998-12-31,1998-12-31")
    (row,) = asked(path, "members", "--on", "2000-01-01")
    assert (row["first_day"], row["last_day"]) == ("1998-12-31", "2000-12-31")
    assert [row["ended"] for row in asked(path, "history")] == ["next-status", "left", None]


def test_lines_are_counted_as_an_editor_counts_them(table: Writer) -> None:
    rows = ('"two\nlines",France,1990-01-01,', "", '"x\r\ny\r\nz",Spain,1990-01-01,', ",Narnia,1,")
    path = table(*rows, header=f"source,{HEADER}")
    assert f"{path}: line 8: " in refusal(path)


def test_the_first_of_several_problems_is_told_and_all_are_listed_in_order(table: Writer) -> None:
    path = table(
        "France,1990-01-01,", "Narnia,2002-13,", "France,1995-01-01,", "Spain,soon,", "Italy"
    )
    assert refusal(path).endswith("(4 problems in all)")
    assert ": line 3: " in refusal(path)
    assert [place for place, _ in problems(path)] == ["line 3", "line 4", "line 5", "line 6"]


# Files


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "there is no column state"),
        (b"\n\n", "there is no column state"),
        (b"\xef\xbb\xbf", "there is no column state"),
        (f"{HEADER}\n".encode(), "no spell"),
        (f"{HEADER}\n\n\n".encode(), "no spell"),
        (HEADER.encode(), "no spell"),
        (f"{HEADER}\nT\xfcrkiye,1952,\n".encode("latin-1"), "not UTF-8 text"),
        (f"{HEADER}\nFrance,1952,\n".encode("utf-16"), "not UTF-8 text but UTF-16"),
        (b"sep=;\n", "there is no column state"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not UTF-8 text"),
        (b"Belgium,1949-08-24,\n", "there is no column state"),
        (f'{HEADER}\nFrance,"1952,\n'.encode(), "line "),
        (f"{HEADER}\n{'x' * 200_000},1952,\n".encode(), "line 2: 'xx"),
        (f"organisation,{HEADER}\n,France,1952,\n".encode(), "no organisation"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_file_that_is_no_table_of_spells_is_refused_in_a_line(
    write: Writer, content: bytes, words: str
) -> None:
    told = refusal(write(content))
    assert "table.csv" in told
    assert words in told
    assert shows(told)


def test_what_is_json_by_its_name_or_its_first_character_is_no_table(write: Writer) -> None:
    assert "Expecting value" in refusal(write(SAME["plain"], "table.json"))
    assert "there is no key 'release'" in refusal(write("\ufeff\n {}", "table.csv"))


def test_the_file_can_be_named_by_a_variable(table: Writer) -> None:
    ran = ask("members", "--format", "plain", variables={"CSTO_DATA": table("Narnia,1990-01-01,")})
    assert ran.out == "Narnia\n"


def test_hidden_characters_of_a_name_or_a_header_do_not_reach_the_terminal(write: Writer) -> None:
    content = f"organisation,{HEADER}\nA\x1b[31m,France,1952,\nB\u202e,France,1952,\n"
    path = write(content, "a\x1b[2Jb.csv")
    assert shows(refusal(path))
    for args in (["--org", "c"], ["--org", "\x1b"]):
        assert shows(refusal(path, *args))
    for command in ("members", "timeline", "info"):
        ran = ask("--data", path, "--org", "B\u202e", command)
        assert shows(ran.out + ran.err), command
    assert shows(ask("validate", path).out)


# Bounds known only to the month or the year


@pytest.fixture
def imprecise(table: Writer) -> str:
    return table(
        "Club,Narnia,1950,2002-06",
        "Club,Archenland,1951-06,1960-12-31",
        "Club,Calormen,2006-02,",
        "Club,France,1990-01-01,",
        header=f"organisation,{HEADER}",
    )


@pytest.mark.parametrize(
    ("state", "when", "answer", "status"),
    [
        ("narnia", "1949-12-31", "no", 1),
        ("narnia", "1950-01-01", "unknown", 3),
        ("narnia", "1950-12-30", "unknown", 3),
        ("narnia", "1950-12-31", "yes", 0),
        ("narnia", "1950", "unknown", 3),
        ("narnia", "1951", "yes", 0),
        ("narnia", "2002-06-01", "yes", 0),
        ("narnia", "2002-06-02", "unknown", 3),
        ("narnia", "2002-06-30", "unknown", 3),
        ("narnia", "2002-07-01", "no", 1),
        ("narnia", "2002-06", "unknown", 3),
        ("narnia", "2002", "partly", 3),
        ("narnia", "2003", "no", 1),
        ("archenland", "1951-06-29", "unknown", 3),
        ("archenland", "1951-06-30", "yes", 0),
        ("archenland", "1951", "partly", 3),
        ("archenland", "1952", "yes", 0),
        ("calormen", "2006-02-27", "unknown", 3),
        ("calormen", "2006-02-28", "yes", 0),
        ("france", "2006-02", "yes", 0),
    ],
)
def test_no_day_inside_a_month_or_year_is_decided_and_a_period_by_what_is_certain(
    imprecise: str, state: str, when: str, answer: str, status: int
) -> None:
    ran = ask("--data", imprecise, "check", state, "--on", when, "--format", "json")
    (row,) = rows_of(ran)
    assert (row["answer"], ran.status) == (answer, status)
    quiet = ask("--data", imprecise, "check", state, "--on", when, "--quiet")
    assert quiet == (status, "", "")
    assert row["disputed"] is False
    assert load(imprecise).check(state, when).rows[0].answer == answer


def test_an_unknown_answer_names_the_bound_as_it_was_published(imprecise: str) -> None:
    ran = ask("--data", imprecise, "check", "narnia", "--on", "2002-06-15")
    assert ran.out == (
        "2002-06-15: unknown: Narnia: its last day as member is known only as 2002-06\n"
    )
    first = ask("--data", imprecise, "check", "calormen", "--on", "2006-02-15").out
    assert "its first day as member is known only as 2006-02" in first


@pytest.mark.parametrize(
    ("when", "rows"),
    [
        ("1950-06-01", [("Narnia", None, True)]),
        ("1950", [("Narnia", "1950-12-31/1950-12-31", True)]),
        ("1951-06-15", [("Archenland", None, True), ("Narnia", "all", False)]),
        (
            "1951",
            [("Archenland", "1951-06-30/1951-12-31", True), ("Narnia", "all", False)],
        ),
        ("2002-06-15", [("France", "all", False), ("Narnia", None, True)]),
        ("2002", [("France", "all", False), ("Narnia", "2002-01-01/2002-06-01", True)]),
        ("2003", [("France", "all", False)]),
    ],
)
def test_members_lists_who_may_have_been_one_and_marks_it(
    imprecise: str, when: str, rows: list[tuple[str, str | None, bool]]
) -> None:
    found = asked(imprecise, "members", "--on", when)
    assert [(row["name"], row["part"], row["imprecise"]) for row in found] == rows
    out = " ".join(ask("--data", imprecise, "members", "--on", when).out.split())
    assert (RULE in out) is any(imprecise for _, _, imprecise in rows)
    assert ("not certain" in out) is any(imprecise for _, _, imprecise in rows)


@pytest.mark.parametrize(
    ("first_day", "last_day", "part"),
    [
        ("2002-06", "2002-06-01", "2002-06-01/2002-06-01"),
        ("2002-06-30", "2002-06", "2002-06-30/2002-06-30"),
        ("2002-06", "2002-06-15", "2002-06-15/2002-06-15"),
        ("2002-06-15", "2002", "2002-06-15/2002-06-15"),
    ],
)
def test_the_certain_part_of_a_period_is_told_in_days(
    table: Writer, first_day: str, last_day: str, part: str
) -> None:
    path = table(f"Narnia,{first_day},{last_day}")
    for question in (["check", "narnia"], ["members"]):
        (row,) = asked(path, *question, "--on", "2002")
        assert (row["first_day"], row["last_day"], row["part"]) == (first_day, last_day, part)


def test_who_is_not_certain_on_every_day_is_not_listed_throughout(imprecise: str) -> None:
    rows = asked(imprecise, "members", "--on", "2002-06", "--throughout")
    assert [row["name"] for row in rows] == ["France"]


def test_days_are_told_as_they_were_published(imprecise: str) -> None:
    spells = spells_of(imprecise)
    assert ("Narnia", "member", "1950", "2002-06") in spells
    assert ("Calormen", "member", "2006-02", None) in spells
    assert ("Archenland", "member", "1951-06", "1960-12-31") in spells
    lengths = {row["name"]: row["days"] for row in asked(imprecise, "history")}
    assert set(lengths.values()) == {None}
    (member,) = asked(imprecise, "members", "--on", "1955-01-01")[1:]
    assert (member["first_day"], member["last_day"]) == ("1950", "2002-06")
    joined = {row["name"]: row["day"] for row in asked(imprecise, "accessions")}
    assert joined == {
        "Narnia": "1950", "Archenland": "1951-06", "France": "1990-01-01", "Calormen": "2006-02",
    }  # fmt: skip
    left = {row["name"]: row["day"] for row in asked(imprecise, "withdrawals")}
    assert left == {"Archenland": "1960-12-31", "Narnia": "2002-06"}


def test_a_change_is_told_where_it_may_have_happened_in_the_period(imprecise: str) -> None:
    for when, names in (("1950-03", ["Narnia"]), ("1949", []), ("1951-01", [])):
        rows = asked(imprecise, "accessions", "--on", when)
        assert [row["name"] for row in rows] == names
    for when, names in (("2002-06-15", ["Narnia"]), ("2002-07", []), ("2002-05", [])):
        rows = asked(imprecise, "withdrawals", "--on", when)
        assert [row["name"] for row in rows] == names


def test_a_difference_is_marked_where_one_of_its_days_is_open(imprecise: str) -> None:
    for days, marked in (
        (("2002-06-15", "2003-01-01"), True),
        (("2002-06-01", "2003-01-01"), False),
        (("2001-01-01", "2002-06-30"), True),
    ):
        rows = {row["name"]: row for row in asked(imprecise, "diff", *days, "--all")}
        assert rows["Narnia"]["imprecise"] is marked
        assert rows["France"]["imprecise"] is False


def test_a_series_says_who_is_not_certain_on_the_last_day_of_a_period(imprecise: str) -> None:
    period = ("--from", "2002-05", "--to", "2002-07")
    rows = asked(imprecise, "series", "--by", "month", *period)
    assert [(row["period"], row["members"]) for row in rows][::2] == [
        ("2002-05", 2),
        ("2002-07", 1),
    ]
    out = ask("--data", imprecise, "series", "--by", "month", *period).out
    assert "Narnia is not certain" in out
    assert RULE in " ".join(out.split())


def test_the_timeline_marks_what_is_not_known_to_the_day(imprecise: str) -> None:
    chart = ask("--data", imprecise, "timeline").out
    assert "~ not known to the day" in chart
    assert RULE in " ".join(chart.split())
    picture = ask("--data", imprecise, "timeline", "--svg", "-")
    assert picture.status == 0
    assert "not known to the day" in picture.out
    ElementTree.fromstring(picture.out)  # noqa: S314


def test_a_known_table_is_not_marked_at_all(table: Writer) -> None:
    path = table("France,1990-01-01,1999-12-31")
    for args in (["members", "--on", "1995"], ["timeline"], ["check", "france", "--on", "1995"]):
        out = ask("--data", path, *args).out
        assert not {"~", "imprecise", "not certain", RULE} & set(out.split("\n"))
        assert "not certain" not in out
        assert "~" not in out


# JSON


def document(*spells: tuple[str, str | None], **more: Any) -> str:
    """The bundled dataset with nothing in it but these spells of Georgia, and their acts."""
    raw = json.loads(Path(data_file("membership.json")).read_text(encoding="utf-8"))
    source = next(source for source in raw["sources"] if source["id"] == "gibler-2009")
    cited = {"certainty": "high", "sources": [source["id"]]}
    act = {"effective": None, "title": "A turn", "place": None, "states": ["GEO"], **cited}
    acts, filled = [], []
    for number, (first_day, last_day) in enumerate(spells):
        acts.append({"id": f"in-{number}", "date": first_day, "kind": "accession", **act})
        if last_day:
            acts.append({"id": f"out-{number}", "date": after(last_day), "kind": "expiry", **act})
        filled.append(
            {
                "id": f"spell-{number}", "state": "GEO", "status": "member",
                "first_day": first_day, "last_day": last_day,
                "opened_by": f"in-{number}", "closed_by": f"out-{number}" if last_day else None,
                "ended": "withdrawn" if last_day else None, "certainty": "high",
            }
        )  # fmt: skip
    bases = [{**b, "instrument": None, "signed": None, "in_force": None} for b in raw["bases"]]
    nothing: dict[str, Any] = {key: [] for key in ("disputes", "remarks", "open_questions")}
    found = {"acts": acts, "spells": filled, "sources": [source], "bases": bases}
    return json.dumps({**raw, **nothing, **found, **more})


def after(last_day: str) -> str:
    """The day on which the act takes effect that ended a spell; as little known as its end."""
    known = len(last_day) == len("YYYY-MM-DD")
    return str(dt.date.fromisoformat(last_day) + dt.timedelta(1)) if known else last_day


@pytest.mark.parametrize(
    ("spell", "when", "status"),
    [
        (("2002-06", None), "2002-05-31", 1),
        (("2002-06", None), "2002-06-29", 3),
        (("2002-06", None), "2002-06-30", 0),
        (("2002", None), "2002-12-30", 3),
        (("1993-12-09", "2002-06"), "2002-06-01", 0),
        (("1993-12-09", "2002-06"), "2002-06-02", 3),
        (("1993-12-09", "2002-06"), "2002-06", 3),
        (("1993-12-09", "2002-06"), "2002-07-01", 1),
    ],
)
def test_a_spell_of_a_json_document_may_be_known_to_the_month_or_the_year(
    write: Writer, spell: tuple[str, str | None], when: str, status: int
) -> None:
    path = write(document(spell), "club.json")
    assert ask("--data", path, "check", "georgia", "--on", when, "--quiet").status == status
    (row,) = asked(path, "history")
    assert (row["first_day"], row["last_day"]) == spell
    assert problems(path) == []


@pytest.mark.parametrize("day", ["2002-13", "2002-02-30", "0000", "2002-6", "20020601", "2002-W01"])
def test_a_spell_of_a_json_document_begins_on_no_other_text(write: Writer, day: str) -> None:
    path = write(document((day, None)), "club.json")
    assert "spells[0].first_day" in [place for place, _ in problems(path)]


def test_a_rival_may_say_otherwise_inside_a_month_that_is_all_that_is_known(
    write: Writer,
) -> None:
    rival = {
        "id": "rival", "about": "spell-0", "value": "from 10 to 20 June", "from": "2002-06-10",
        "to": "2002-06-20", "status": None, "verdict": "rival", "reason": "So they say.",
        "sources": ["gibler-2009"],
    }  # fmt: skip
    path = write(document(("1993-12-09", "2002-06"), disputes=[rival]), "club.json")
    assert problems(path) == []
    (row,) = asked(path, "check", "georgia", "--on", "2002-06-15")
    assert (row["answer"], row["disputed"], row["imprecise"]) == ("unknown", True, True)


# Every question, every format

QUESTIONS = {
    "members": ["--on", "2002"],
    "check": ["narnia", "--on", "2002-06-15"],
    "history": [],
    "accessions": [],
    "withdrawals": [],
    "why": ["narnia", "--on", "2002-06"],
    "events": [],
    "diff": ["1955-01-01", "2002-06-15"],
    "together": ["narnia", "archenland"],
    "series": ["--from", "1949", "--to", "1953"],
    "timeline": [],
    "disputes": [],
    "sources": [],
    "states": ["--aliases"],
    "info": [],
    "cite": ["narnia", "--on", "2002-06-15"],
    "organisations": [],
    "compare": [data_file("membership.json")],
}

EVERYTHING = (
    f"{HEADER},status,remark",
    "Narnia,1950,2002-06,member,",
    "Narnia,2004-03-01,,observer,",
    "Archenland,1951-06,1960-06-30,,",
    "Archenland,1960,,,a remark",
    "Calormen,2006-02,,,",
    "France,1990-01-01,,,",
)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A table of every kind of spell."""
    path = tmp_path_factory.mktemp("tables") / "everything.csv"
    path.write_text("\n".join(EVERYTHING), encoding="utf-8")
    return str(path)


def test_every_question_is_tried() -> None:
    commands = {*csto.list_commands(csto.make_context("csto", ["info"]))}
    others = {"annotate", "completion", "convert", "export", "help", "page", "validate"}
    assert commands - others - {"holders", "observers"} == {*QUESTIONS}


@pytest.mark.parametrize("question", ["holders", "observers"])
def test_a_table_of_spells_has_no_offices(everything: str, question: str) -> None:
    ran = ask("--data", everything, question)
    assert (ran.status, ran.out) == (2, "")
    assert "this dataset has no offices" in ran.err


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered_in_every_format(
    everything: str, question: str, form: str
) -> None:
    ran = ask("--data", everything, question, *QUESTIONS[question], "--format", form)
    assert ran.status == (3 if question == "check" else 0), ran.err
    assert not re.search(r"Error|None|\bbug\b|Bound", ran.out + ran.err)
    if form == "json":
        rows_of(ran)
    else:
        nothing = question in ("events", "disputes", "sources") and form in ("plain", "jsonl")
        assert bool(ran.out) is not nothing


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_answered_of_a_document_with_imprecise_bounds(
    write: Writer, question: str
) -> None:
    path = write(document(("1993", "2002-06"), ("2002-06", None)), "club.json")
    named = [arg.replace("narnia", "georgia") for arg in QUESTIONS[question]]
    named = ["georgia", "france"] if question == "together" else named
    ran = ask("--data", path, question, *named, "--format", "json")
    assert rows_of(ran) or question in ("together", "disputes", "withdrawals")


def test_answers_about_acts_sources_and_disputes_are_empty(everything: str) -> None:
    for question in ("events", "disputes", "sources"):
        assert asked(everything, question) == []
        ran = ask("--data", everything, question, "--exit-status", "--format", "json")
        assert ran.status == 1


def test_why_tells_the_rule_and_the_spell(everything: str) -> None:
    rows = asked(everything, "why", "narnia", "--on", "2002-06-15")
    assert [row["section"] for row in rows] == ["answer", "rule", "spell"]
    assert "unknown" in rows[0]["text"]
    assert "Basis member counts member" in rows[1]["text"]
    assert rows[2]["text"] == "member from 1950 to 2002-06, ended: left"


def test_together_finds_the_days_of_both(everything: str) -> None:
    (row,) = asked(everything, "together", "narnia", "archenland")
    assert (row["first_day"], row["last_day"]) == ("1951-06", "2002-06")
    assert row["days"] is None
    (row,) = asked(everything, "together", "narnia", "france")
    assert (row["first_day"], row["last_day"], row["days"]) == ("1990-01-01", "2002-06", None)


def test_info_counts_what_is_in_the_file(everything: str) -> None:
    about = {row["key"]: row["value"] for row in asked(everything, "info")}
    counts = [str(about[key]) for key in ("states", "spells", "remarks", "acts", "sources")]
    assert counts == ["4", "6", "1", "0", "0"]
    assert about["organisation"].startswith("everything")
    assert about["release"] == "everything.csv"


def test_a_picture_is_drawn_with_every_state(everything: str) -> None:
    ran = ask("--data", everything, "timeline", "--svg", "-")
    text = "".join(ElementTree.fromstring(ran.out).itertext())  # noqa: S314
    assert all(name in text for name in ("Narnia", "Archenland", "Calormen", "France", "observer"))


@pytest.mark.parametrize("question", [name for name in QUESTIONS if name != "diff"])
@pytest.mark.parametrize(
    "row",
    ["Narnia,0001-01,0003", "Narnia,0002,9999-12", "Narnia,9998-12-30,", "Narnia,0001-01-02,"],
)
def test_no_day_is_too_early_or_too_late_to_be_asked_about(
    table: Writer, question: str, row: str
) -> None:
    named = {"check": ["narnia"], "why": ["narnia"], "together": ["narnia", "france"]}
    wanted = ["--from", "0001", "--to", "0004"] if question == "series" else []
    ran = ask("--data", table(row), question, *named.get(question, []), *wanted)
    assert ran.status in (0, 1, 2, 3), ran.err


def test_a_spell_that_has_not_begun_counts_nobody_yet(table: Writer) -> None:
    path = table("Narnia,2030-01-01,")
    assert asked(path, "members") == []
    (row,) = asked(path, "check", "narnia")
    assert (row["answer"], row["status"]) == ("no", "not-yet")


# validate


def test_a_table_without_a_problem_is_said_to_have_none_and_what_is_in_it(
    table: Writer, imprecise: str
) -> None:
    path = table("France,1990-01-01,", "Narnia,1990,2002-06", "Narnia,2004,")
    ran = ask("validate", path, variables={"COLUMNS": "500"})
    assert (ran.status, ran.err) == (0, "")
    assert " ".join(ran.out.split()).startswith(f"{path}: no problem - It has 1 organisation, ")
    assert "2 states and 3 spells" in ran.out
    assert "neither overlap nor share a day" in " ".join(ran.out.split())
    again = ask("--data", imprecise, "validate", path, variables={"COLUMNS": "500"})
    assert again.out == ran.out


def test_the_organisations_of_a_table_are_counted_and_checked_apart(table: Writer) -> None:
    rows = ("A,France,1990,", "B,France,1991,", "A,France,1995,", "B,Spain,1996,")
    path = table(*rows, header=f"organisation,{HEADER}")
    assert problems(path) == [("line 4", "shares days with line 2, of FRA")]
    assert problems(path, "--org", "b") == []
    good = table(*rows[:2], rows[3], header=f"organisation,{HEADER}")
    assert "2 organisations, 2 states and 3 spells" in ask("validate", good).out


@pytest.mark.parametrize("form", FORMATS)
def test_each_problem_is_told_in_each_format(orgs: str, form: str) -> None:
    ran = ask("validate", orgs, "--format", form)
    assert ran.status == 1
    assert all(f"line {line}" in ran.out for line in (5, 6, 8))


def test_a_table_with_a_problem_in_json_is_as_the_schema_has_it(orgs: str) -> None:
    document = json.loads(ask("validate", orgs, "--format", "json").out)
    ANSWERS.validate(document)
    assert document["dataset"] == {"release": None, "verified_through": None}
    assert [row["place"] for row in document["rows"]] == ["line 5", "line 6", "line 8"]


# From Python


def test_the_bundled_data_is_loaded_by_its_name_alone() -> None:
    assert load(None, "csto").records.organisation.id == "CSTO"
    assert load(None, "nato").records.organisation.id == "NATO"
    with pytest.raises(Refused, match="no organisation 'NAFTA'; there are CSTO, "):
        load(None, "NAFTA")


def test_the_table_of_the_documentation_is_right() -> None:
    path = str(Path(__file__).parent.parent / "examples" / "nato.csv")
    assert problems(path) == []
    assert len(load(path).members(on="2025-01-01")) == 32


def test_a_row_without_an_organisation_is_a_problem_where_others_have_one(table: Writer) -> None:
    rows = ("NATO,France,1949-08-24,", ",Spain,1982-05-30,")
    path = table(*rows, header=f"organisation,{HEADER}")
    assert problems(path) == [("line 3", "there is no organisation")]
    assert "line 3: there is no organisation" in refusal(path, "--org", "NATO")


def test_a_table_without_a_spell_is_a_problem(table: Writer) -> None:
    assert problems(table()) == [("line 1", "no spell follows")]


def test_a_state_is_called_by_a_hundred_characters_at_most(table: Writer) -> None:
    assert problems(table(f"{'x' * 100},2000-01-01,")) == []
    ((_, problem),) = problems(table(f"{'x' * 101},2000-01-01,"))
    assert "too long" in problem


def test_where_there_is_no_kind_of_act_the_refusal_says_so(table: Writer) -> None:
    ran = ask("--data", table("France,2000-01-01,"), "events", "--kind", "accession")
    assert ran.status == 2
    assert "there is no kind 'accession'; this dataset has none" in ran.err


def test_states_that_differ_in_a_mark_stay_apart_and_are_asked_as_they_stand(table: Writer) -> None:
    path = table("Zone 1.1,1990-01-01,1999-12-31", "Zone 11,2000-01-01,")
    assert [row["name"] for row in asked(path, "members", "--on", "1995")] == ["Zone 1.1"]
    assert asked(path, "check", "Zone 11", "--on", "1995")[0]["answer"] == "no"
    ran = ask("--data", path, "check", "zone 11")
    assert ran.status == 2
    assert "'zone 11' can mean several states" in ran.err


def test_a_status_with_a_brace_is_refused(table: Writer) -> None:
    path = table("{opened},France,1990-01-01,", header=f"status,{HEADER}")
    assert problems(path) == [("line 2", "'{opened}' is no status: it holds a brace")]


MISPLACED = "a quotation mark is out of place; inside a quoted cell it is written twice"
NOT_CLOSED = "a quotation mark is not closed"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (
            [
                'France,2000-01-01,,"joined early', "Spain,2001-01-01,,x",
                'Italy,2001-01-01,,"the last" one', "Portugal,2002-01-01,,",
            ],
            [("line 2", NOT_CLOSED)],
        ),
        (['France,2000-01-01,,"oops', "Spain,2001-01-01,,"], [("line 2", NOT_CLOSED)]),
        (
            ['France,2000-01-01,,"joined early', "Spain,2001-01-01,,x", 'Italy,2001-01-01,,y"'],
            [("line 2", f"{NOT_CLOSED}: line 3 would be part of its cell")],
        ),
        (
            [
                'France,2000-01-01,,"he said \\"no\\" twice"', "Spain,2001-01-01,,x",
                'Italy,2001-01-01,,"the last" one', "Portugal,never,,",
            ],
            [("line 2", MISPLACED), ("line 4", MISPLACED)],
        ),
        (
            ['France,2000-01-01,,"the last" one', 'Spain,2001-01-01,,"oops'],
            [("line 2", MISPLACED), ("line 3", NOT_CLOSED)],
        ),
    ],
)  # fmt: skip
def test_a_stray_quotation_mark_is_refused_by_its_line(
    table: Writer, rows: list[str], found: list[tuple[str, str]]
) -> None:
    path = table(*rows, header=f"{HEADER},note")
    assert ": ".join(found[0]) in refusal(path)
    assert problems(path) == found


@pytest.mark.parametrize(
    "cell",
    ['"one\nFrance,2000-01-01,,too many,"', '"one\n,2000-01-01,,x"', '"one\nFrance,soon,,x"',
     '"one\nFrance,2000,now,x"', '"France,2000-01-01,,x\n"'],
)  # fmt: skip
def test_a_cell_of_several_lines_is_one_where_none_of_them_is_a_spell(
    table: Writer, cell: str
) -> None:
    path = table(f"Spain,2001-01-01,,{cell}", header=f"{HEADER},note")
    assert problems(path) == []


@pytest.mark.parametrize("name", ["nato.csv.gz", "NATO.TSV.GZ"])
def test_a_compressed_table_is_read_and_goes_by_its_name(write: Writer, name: str) -> None:
    path = write(gzip.compress(SAME["tabs"].encode()), name)
    assert spells_of(path) == WANTED
    assert problems(path) == []
    assert ask("--data", path, "timeline").out.startswith(f"{name[:4]}, ")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(SAME["plain"].encode())[:-9], "its compressed data ends too soon"),
        (gzip.compress(SAME["plain"].encode()) + b"more", "its compressed data is damaged"),
        (SAME["plain"].encode(), "its compressed data is damaged, or not that of gzip"),
        (gzip.compress(bytes(1024**2 + 1)), "larger than 1 MiB when it is gunzipped"),
    ],
    ids=["cut", "more", "plain", "large"],
)
def test_a_compressed_table_that_cannot_be_read_is_refused(
    write: Writer, data: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 1024**2)
    path = write(data, "table.csv.gz")
    assert reason in refusal(path)
    assert reason in problems(path)[0][1]


@pytest.mark.parametrize("said", ["NA", "n/a", "NULL", "nan", "."])
def test_a_mark_of_what_is_missing_is_no_status_and_no_state(tmp_path: Path, said: str) -> None:
    """NA is what R writes for nothing, neither a status that does not count nor Namibia."""
    path = tmp_path / "spells.csv"
    path.write_text(f"state,first_day,last_day,status\nGeorgia,2000-01-01,,{said}\n")
    assert load(path).check("georgia", on="2001-01-01").rows[0].status == "member"
    path.write_text(f"state,first_day,last_day\nGeorgia,2000-01-01,{said}\nPeru,1999,2001\n")
    assert [str(row.last_day) for row in load(path).history("georgia", "peru")] == ["None", "2001"]
    path.write_text(f"state,first_day,last_day\nGeorgia,{said},\n")
    with pytest.raises(BrokenDataset, match="line 2: there is no first_day"):
        load(path)
    path.write_text(f"state,first_day,last_day\n{said},2000-01-01,\n")
    with pytest.raises(BrokenDataset, match=r"line 2: there is no state: .* marks a missing one"):
        load(path)
