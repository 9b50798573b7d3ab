"""What `csto convert` makes of the field's files, each of a small one of its shape."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import pytest
from running import CSTO, ask, run

from cstocli import load
from cstocli.core.days import Bound
from cstocli.errors import BrokenDataset, Refused
from cstocli.library import Dataset, convert
from cstocli.reading.shapes import SHAPES

FILES = Path(__file__).parent / "data" / "convert"
SIX = ["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"]


def lines(shape: str, path: Path, *organisations: str, **options: Any) -> list[str]:
    """The spells of a file, each as `state status first last`."""
    return [
        f"{row.state} {row.status} {row.first_day} {row.last_day or ''}".strip()
        for row in convert(path, shape, organisations, **options)
    ]


def said(shape: str, path: Path, **options: Any) -> str:
    """What is said of how a file was read."""
    answer = convert(path, shape, **options)
    return "\n".join([answer.title, *answer.notes])


def asked(tmp_path: Path, shape: str, name: str, organisation: str, **options: Any) -> Dataset:
    """A dataset of what a file has of an organisation, by way of a table of spells."""
    table = tmp_path / "table.csv"
    typed = [f"--{option.replace('_', '-')}={value}" for option, value in options.items()]
    done = ask(
        *("convert", str(FILES / name), "--from", shape, "--org", organisation, *typed),
        *("--output", str(table), "--force"),
    )
    assert (done.status, done.out) == (0, ""), done.err
    return load(table)


def answer(dataset: Dataset, state: str, on: str) -> str:
    return dataset.check(state, on).rows[0].answer


def write(tmp_path: Path, *rows: str, name: str = "table.csv") -> Path:
    path = tmp_path / name
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


# COW IGO

CODED = [
    "AFG observer 2013",
    *(f"{state} member 2002" for state in ("ARM", "BLR", "KAZ", "KGZ", "RUS")),
    "SRB observer 2013",
    "TJK member 2002",
    "UZB member 2002 2011",
]


@pytest.mark.parametrize("shape", ["cow-igo", "cow-igo-years"])
def test_years_that_are_coded_become_spells_whose_bounds_are_known_to_the_year(shape: str) -> None:
    path = FILES / f"{shape.replace('-', '_')}.csv"
    assert lines(shape, path, "CSTO") == CODED
    rows = convert(path, shape, "csto").rows
    assert {row.verified_through for row in rows} == {dt.date(2014, 12, 31)}
    assert isinstance(rows[1].first_day, Bound)


def test_both_forms_of_cow_igo_say_the_same() -> None:
    one, other = (
        convert(FILES / f"{shape.replace('-', '_')}.csv", shape).rows
        for shape in ("cow-igo", "cow-igo-years")
    )
    assert one == other


def test_a_vague_first_year_decides_no_day_and_the_years_after_it_do(tmp_path: Path) -> None:
    igo = asked(tmp_path, "cow-igo", "cow_igo.csv", "CSTO")
    assert answer(igo, "uzbekistan", "2002-06-01") == "unknown"
    assert answer(igo, "uzbekistan", "2005") == "yes"
    assert answer(igo, "uzbekistan", "2012") == "no"
    assert [row.state for row in igo.members("2013")] == sorted(SIX)
    counted = [(row.state, row.year) for row in igo.state_years((2002, 2014))]
    assert len(counted) == 88


@pytest.mark.parametrize(
    ("state", "spells"),
    [
        ("DEU", ["DEU member 1988"]),  # 260 to 1990, 255 from 1990 on
        ("Yugoslavia", ["Yugoslavia member 2000 2006-06-04"]),  # 345, which was Serbia's then
        ("SRB", ["SRB member 2006-06-05"]),
        ("ARM", ["ARM associate 2010"]),
        ("RUS", ["RUS member 1988 1995", "RUS unknown 1996-01-01 1996-12-31", "RUS member 1997"]),
        ("TJK", ["TJK member 1995 1996"]),
        ("KAZ", []),
    ],
)
def test_runs_of_years_are_those_of_a_state_whatever_its_codes(
    state: str, spells: list[str]
) -> None:
    found = lines("cow-igo", FILES / "cow_igo.csv", "DEMO")
    assert [line for line in found if line.split()[0] == state] == spells


@pytest.mark.parametrize("shape", ["cow-igo", "cow-igo-years"])
def test_the_members_of_an_organisation_that_came_to_its_end_do_not_last(shape: str) -> None:
    path = FILES / f"{shape.replace('-', '_')}.csv"
    assert lines(shape, path, "GONE") == ["BLR member 1991 1999", "RUS member 1991 1999"]
    assert convert(path, shape, "GONE").rows[0].verified_through == dt.date(2014, 12, 31)


def test_years_that_are_not_coded_are_not_known_and_never_bridged(tmp_path: Path) -> None:
    steps = [f"{code},{year},{value}" for code, value in ((220, 1), (200, 0)) for year in
             (1945, 1950, 1955)]  # fmt: skip
    path = write(tmp_path, "ccode,year,IGO", *steps)
    assert lines("cow-igo", path) == [
        "FRA member 1945 1945",
        "FRA unknown 1946-01-01 1949-12-31",
        "FRA member 1950 1950",
        "FRA unknown 1951-01-01 1954-12-31",
        "FRA member 1955",
    ]


def test_what_is_missing_after_the_last_code_is_no_end(tmp_path: Path) -> None:
    rows = ["220,1990,1", "220,1991,1", "220,1992,-9", "200,1992,-9", "200,1991,0", "200,1990,NA"]
    path = write(tmp_path, "ccode,year,IGO", *rows)
    assert lines("cow-igo", path) == [
        "FRA member 1990",
        "GBR unknown 1990-01-01 1990-12-31",
    ]
    assert convert(path, "cow-igo").rows[0].verified_through == dt.date(1991, 12, 31)


def test_an_empty_cell_is_missing_only_where_the_state_was_in_the_system(tmp_path: Path) -> None:
    rows = ["IGO,1989,,1", "IGO,1990,,1", "IGO,1991,,1", "IGO,1992,,1", "IGO,1993,0,1"]
    path = write(tmp_path, "ioname,year,armenia,france", *rows)
    assert lines("cow-igo-years", path) == [
        "ARM unknown 1991-01-01 1992-12-31",
        "FRA member 1989",
    ]


def test_an_empty_cell_of_the_year_in_which_a_state_went_says_that_it_had_gone(
    tmp_path: Path,
) -> None:
    rows = ["IGO,1989,1,1", "IGO,1990,,1", "IGO,1991,,1"]
    path = write(tmp_path, "ioname,year,egermany,france", *rows)
    assert lines("cow-igo-years", path) == ["East Germany member 1989 1989", "FRA member 1989"]
    rows[1] = "IGO,1990,-9,1"
    path = write(tmp_path, "ioname,year,egermany,france", *rows)
    assert "East Germany unknown 1990-01-01 1990-12-31" in lines("cow-igo-years", path)


def test_a_run_passes_from_a_state_to_its_successor_on_the_day(tmp_path: Path) -> None:
    rows = ["345,2004,0", "345,2005,1", "345,2006,1", "345,2007,1", "345,2008,0"]
    path = write(tmp_path, "ccode,year,IGO", *rows)
    assert lines("cow-igo", path) == [
        "SRB member 2006-06-05 2007",
        "Yugoslavia member 2005 2006-06-04",
    ]
    path = write(tmp_path, "ccode,year,IGO", *rows[:2], "345,2006,0", "345,2007,0")
    assert lines("cow-igo", path) == ["Yugoslavia member 2005 2005"]


def test_the_fuller_of_two_codes_of_a_state_in_a_year_is_taken(tmp_path: Path) -> None:
    rows = ["260,1989,1", "260,1990,1", "255,1990,-9", "255,1991,0", "255,1992,0"]
    path = write(tmp_path, "ccode,year,IGO", *rows)
    assert lines("cow-igo", path) == ["DEU member 1989 1990"]


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        (["365,1992,1", "365,1992,1"], ["line 3: 365 has the year 1992 already, in line 2"]),
        (["365,1992,7"], ["line 2: '7' is none of the codes 0, 1, 2, 3, -1, -9"]),
        (["365,1992.5,1", "9,1992,1"], [
            "line 2: '1992.5' is no whole number",
            "line 3: '9' is no code of cown, the numbers of the Correlates of War project",
        ]),
        (["365,0,1"], ["line 2: there is no year 0"]),
        (["365,1992"], ["line 2: 2 cells in place of 3"]),
        (['365,1992,"1'], ["line 2: a quotation mark is not closed"]),
    ],
)  # fmt: skip
def test_a_row_that_is_not_right_is_refused_by_its_line(
    tmp_path: Path, rows: list[str], problems: list[str]
) -> None:
    path = write(tmp_path, "ccode,year,IGO", *rows)
    done = ask("convert", str(path), "--from", "cow-igo")
    assert (done.status, done.out) == (2, "")
    for problem in problems:
        place, reason = problem.split(": ", 1)
        assert place in done.err
        assert reason in done.err
    assert done.err.startswith("Error: ")


def test_only_the_organisations_asked_for_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "ccode,year,ONE,TWO", "220,1990,1,wrong")
    assert lines("cow-igo", path, "one") == ["FRA member 1990"]
    with pytest.raises(Refused, match=r"no organisation 'TREE'.*did you mean TWO|it has ONE, TWO"):
        convert(path, "cow-igo", ["TREE"])
    with pytest.raises(BrokenDataset, match="line 2: 'wrong' is none of the codes"):
        convert(path, "cow-igo")


def test_columns_that_name_no_state_are_left_out_and_said() -> None:
    assert "Left out, columns that name no state: 1 (remarkable)." in said(
        "cow-igo-years", FILES / "cow_igo_years.csv"
    )


# Alliances


def test_phases_that_touch_are_one_spell_and_an_exit_of_nothing_lasts(tmp_path: Path) -> None:
    atop = asked(tmp_path, "atop", "atop.csv", "4220")
    counted = {
        day: sorted(row.state for row in atop.members(day))
        for day in ("1995-01-01", "2007-01-01", "2012-06-29")
    }
    assert len(counted["1995-01-01"]) == 9
    assert counted["2007-01-01"] == sorted([*SIX, "UZB"])
    assert counted["2012-06-29"] == sorted(SIX)
    assert [str(row.first_day) for row in atop.history("russia")] == ["1992-05-15"]
    assert atop.records.verified_through == dt.date(2016, 12, 31)


def test_phases_that_may_touch_are_not_joined_and_what_is_not_known_is_not_invented() -> None:
    assert lines("atop", FILES / "atop.csv", "9001") == [
        "FRA member 1921-03-16 1930",
        "FRA member 1930 1935-06-01",
        "GBR member 1921-03 1935",
        "RUS unknown 1921-03-01 1927-05-11",
        "RUS member 1927-05-12 1927-05-12",
    ]
    assert "8152 is not in the system of states: 1 (line 22)" in said("atop", FILES / "atop.csv")


def test_alliances_by_member_are_read_by_the_day_and_by_the_codes_of_the_day() -> None:
    assert lines("cow-alliances", FILES / "cow_alliances.csv") == [
        "DEU member 1955-05-09",
        "RUS member 1816-01-01 1991-12-31",
        "SRB member 2006-06-05",
        "Yugoslavia member 1990-03-01 2006-06-04",
        "FRA member 1979-06 1998-11-03",
    ]
    rows = convert(FILES / "cow_alliances.csv", "cow-alliances").rows
    assert [row.remark for row in rows if row.state == "RUS"] == [
        "the first day of the data; it began before"
    ]
    assert {row.verified_through for row in rows} == {dt.date(2012, 12, 31)}


def test_a_release_of_which_it_is_not_known_how_far_it_goes_says_so(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "atopid,member,yrent,moent,dayent,yrexit,moexit,dayexit",
        "1,365,1992,5,15,0,0,0",
    )
    assert "say it by --covers-to DAY" in said("atop", path)
    (row,) = convert(path, "atop", covers_to="2003").rows
    assert row.verified_through == dt.date(2003, 12, 31)
    with pytest.raises(Refused, match="has not come yet"):
        convert(path, "atop", covers_to="9000")


def test_spells_that_cannot_follow_each_other_are_refused_by_their_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "s,a,b,k", "France,1990,1995,member", "France,1992-02-01,,observer")
    options = {"state": "s", "first_day": "a", "last_day": "b", "status": "k"}
    with pytest.raises(BrokenDataset, match="line 3: shares days with line 2, of FRA"):
        convert(path, "columns", **options)


# Wikidata and Popolo


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json"])
def test_results_of_wikidata_are_as_vague_as_they_are_published(suffix: str) -> None:
    assert lines("wikidata", FILES / f"wikidata.{suffix}", "European Union") == [
        "Czechoslovakia unknown 1958-01-01 1992-12-30",
        "Czechoslovakia member 1992-12-31 1992-12-31",
        "ESP member 1986-01",
        "FRA member 1958-01-01",
        "GBR member 1973-01-01 2020-01-31",
        "GRL member 1973 1973",
        "GRL unknown 1974-01-01",
        "ITA unknown 1958-01-01",
    ]
    assert lines("wikidata", FILES / f"wikidata.{suffix}", "NATO") == [
        "FRA member 1949-08-24",
        "Q99999999 member 1950",
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("France,1958-01-01T00:00:00Z,,,", "start has no startPrecision"),
        ("France,1958,11,,", "'1958' is no time of Wikidata"),
        ("France,1958-02-30T00:00:00Z,11,,", "February 1958 has days 1 to 28"),
        ("702,1958-01-01T00:00:00Z,11,,", "'702' is a number"),
    ],
)
def test_a_result_that_cannot_be_read_is_refused_by_its_line(
    tmp_path: Path, row: str, reason: str
) -> None:
    header = "stateLabel,start,startPrecision,end,endPrecision"
    with pytest.raises(BrokenDataset, match=rf"line 2: .*{reason}"):
        convert(write(tmp_path, header, row), "wikidata")


def test_two_organisations_of_one_name_are_two(tmp_path: Path) -> None:
    rows = [{"stateLabel": "France", "start": "1990-01-01T00:00:00Z", "startPrecision": "9",
             "end": None, "org": f"http://www.wikidata.org/entity/Q{n}", "orgLabel": "Union"}
            for n in (1, 2)]  # fmt: skip
    path = tmp_path / "results.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert [row.organisation for row in convert(path, "wikidata")] == ["Union", "Union (Q2)"]


def test_popolo_gives_each_person_the_days_of_the_term_and_keeps_namesakes_apart() -> None:
    assert lines("popolo", FILES / "popolo.json", "House") == [
        "Ann Example (p1) member 2000-05-01 2006-07",
        "Ann Example (p3) Observer 2002-01-01",
        "Jordan member 2001 2003-02-01",
    ]
    assert lines("popolo", FILES / "popolo.json", "Union") == [
        "Eve member 2010-01-01",
        "FRA member 1999-01-01",
        "Jordan unknown 1999-01-01 2004-12-31",
        "Jordan member 2005-01-01 2005-01-01",
    ]
    counted = convert(FILES / "popolo.json", "popolo", "House", counts=["observer"])
    assert {row.status for row in counted} == {"member"}


def test_persons_of_popolo_are_asked_about_by_their_names(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    ask("convert", str(FILES / "popolo.json"), "--from", "popolo", "--output", str(table))
    settings = ("--data", str(table), "--org", "House", "--state-code", "text")
    done = ask(*settings, "members", "--on", "2002", "--format", "plain")
    assert done.out.splitlines() == ["Ann Example (p1)", "Jordan"]
    assert ask(*settings, "check", "Jordan", "--on", "2002", "--quiet").status == 0


# Any table


def test_a_last_day_that_is_missing_lasts_and_is_counted(tmp_path: Path) -> None:
    options = {"state": "country_code", "first_day": "union_date", "last_day": "exit_date"}
    assert "Taken to last for want of a last day: 3 (line 2, line 3, line 4)." in said(
        "columns", FILES / "eu.csv", **options
    )
    eu = asked(tmp_path, "columns", "eu.csv", "eu", **options)
    assert answer(eu, "united kingdom", "2020-01-31") == "yes"
    assert answer(eu, "united kingdom", "2020-02-01") == "no"


def test_a_row_without_a_first_day_is_left_out_and_said() -> None:
    options = {"state": "country_code", "first_day": "euro_date"}
    assert lines("columns", FILES / "eu.csv", **options) == ["AUT member 1999-01-01"]
    assert "Left out for want of a first day: 3 (line 3, line 4, line 5)." in said(
        "columns", FILES / "eu.csv", **options
    )


def test_days_may_stand_in_three_columns_and_in_a_format(tmp_path: Path) -> None:
    path = write(tmp_path, "s;y;m;d;e;st;r", "702;1992;5;0;31.12.2000;full;x",
                 "702;2001.0;NA;;now;observer;")  # fmt: skip
    options: dict[str, Any] = {
        "state": "s", "state_code": "cown", "first_day": "y,m,d", "last_day": "e",
        "date_format": "%d.%m.%Y", "ongoing": ["now"], "status": "st", "remark": "r",
        "counts": ["FULL"],
    }  # fmt: skip
    rows = convert(path, "columns", **options).rows
    assert lines("columns", path, **options) == [
        "TJK member 1992-05 2000-12-31",
        "TJK observer 2001",
    ]
    assert [row.remark for row in rows] == ["x", None]
    assert "Taken to last" not in said("columns", path, **options)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("702,1992,", "'702' is a number: the numbers can be ISO or COW or Gleditsch-Ward"),
        ("France,2006q1,", "2006-Q1 is neither a day, a month nor a year"),
        ("France,06/07/2006,", "it can mean"),
        ("France,1990,9999-12-31", "stands for no day; say so: --ongoing 9999-12-31"),
        ("France,1995,1990", "its last day, 1990, is before its first, 1995"),
        ("Sweeden,1990,", "is it Sweden"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_by_its_line(
    tmp_path: Path, row: str, reason: str
) -> None:
    path = write(tmp_path, "s,a,b", "Italy,1990,", row)
    with pytest.raises(BrokenDataset, match=f"line 3: .*{reason}"):
        convert(path, "columns", state="s", first_day="a", last_day="b")


def test_years_count_by_the_values_that_are_told(tmp_path: Path) -> None:
    rows = ["260,1989,1.0", "255,1990,1", "255,1991,0", "255,1992,NA", "255,1993,1"]
    path = write(tmp_path, "ccode,year,in", *rows)
    options = {"state": "ccode", "year": "year", "state_code": "cown"}
    found = lines("state-years", path, **options, value="in", counts=["1"])
    assert found == [
        "DEU member 1989 1990",
        "DEU unknown 1992-01-01 1992-12-31",
        "DEU member 1993",
    ]
    assert lines("state-years", path, **options) == ["DEU member 1989"]
    with pytest.raises(Refused, match="say which values of in count, such as --counts 1"):
        convert(path, "state-years", **options, value="in")


def test_a_state_has_a_year_once(tmp_path: Path) -> None:
    path = write(tmp_path, "s,y", "France,1990", "FR,1991", "France,1990")
    with pytest.raises(BrokenDataset, match="line 4: France has the year 1990 already"):
        convert(path, "state-years", state="s", year="y")


def test_our_own_state_years_come_back_as_spells(tmp_path: Path) -> None:
    exported = tmp_path / "years.csv"
    exported.write_text(
        ask("export", "state-years", "--rule", "last-day", "--to", "2020", "--format", "csv").out,
        encoding="utf-8",
    )
    found = lines("state-years", exported, state="state", year="year")
    assert "GEO member 1993 1998" in found
    assert "UZB member 1992 1998" in found
    assert "UZB member 2006 2011" in found
    assert "ARM member 1992" in found


def test_a_file_of_several_organisations_is_read_by_a_column(tmp_path: Path) -> None:
    path = write(tmp_path, "o,s,y", "One,FR,1990", "Two,FR,1990", "Two,IT,1991", "One,IT,1990")
    options = {"state": "s", "year": "y", "organisation": "o"}
    assert lines("state-years", path, "two", **options) == [
        "FRA member 1990 1990",
        "ITA member 1991",
    ]


# The command


def test_convert_says_what_it_read_on_stderr_and_writes_the_table_to_stdout() -> None:
    done = ask("convert", str(FILES / "cow_igo.csv"), "--from", "cow-igo", "--org", "CSTO")
    header, first, *_ = done.out.splitlines()
    assert header == "organisation,state,status,first_day,last_day,remark,verified_through"
    assert first == "CSTO,AFG,observer,2013,,,2014-12-31"
    assert done.err.splitlines() == [
        f"{FILES / 'cow_igo.csv'}: 253 rows read; 1 organisation, 9 states, 9 spells written.",
        "Note: Status observer: 2 spells, not counted.",
        "Note: Checked up to 2014-12-31.",
    ]


def test_standard_input_is_read_too(tmp_path: Path) -> None:
    for shape, name in (("cow-igo", "cow_igo.csv"), ("popolo", "popolo.json")):
        command = (CSTO, "convert", "-", "--from", shape)
        done = run("sh", "-c", f'"$@" < "{FILES / name}"', "sh", *command)
        assert done.returncode == 0, done.stderr
        assert done.stdout.decode() == ask("convert", str(FILES / name), "--from", shape).out


def test_a_file_that_is_there_is_written_over_only_by_force(tmp_path: Path) -> None:
    output = tmp_path / "out.tsv"
    command = ("convert", str(FILES / "atop.csv"), "--from", "atop", "--output", str(output))
    assert ask(*command).status == 0
    before = output.read_text(encoding="utf-8")
    assert before.startswith("organisation\tstate\t")
    assert ask(*command).status == 2
    assert ask(*command, "--force").status == 0


def test_nothing_is_left_of_a_table_that_cannot_be_written_whole(tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    path = write(tmp_path, "ccode,year,IGO", "9,1990,1", name="bad.csv")
    done = ask("convert", str(path), "--from", "cow-igo", "--output", str(output))
    assert done.status == 2
    assert sorted(os.listdir(tmp_path)) == ["bad.csv"]


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (("--from", "cow-igo", "--value", "x"), "--value is for state-years, not for cow-igo"),
        (("--from", "columns", "--state", "x"), "columns needs --first-day"),
        (("--from", "cow-igo", "--covers-to", "2014"), "--covers-to is not for cow-igo"),
        (("--from", "atop"), "has no column atopid: it is not of the shape atop"),
        (("--from", "popolo"), "it is not Popolo JSON"),
        (("--from", "igo"), "Did you mean"),
    ],
)
def test_what_cannot_be_meant_is_refused(args: tuple[str, ...], reason: str) -> None:
    done = ask("convert", str(FILES / "cow_igo.csv"), *args)
    assert (done.status, done.out) == (2, "")
    assert reason in done.err


def test_every_shape_is_tried_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert [shape for shape in SHAPES if f'"{shape}"' not in source] == []


def test_what_is_written_keeps_the_rules_of_a_table_of_spells(tmp_path: Path) -> None:
    for shape, name in (
        ("cow-igo", "cow_igo.csv"),
        ("cow-igo-years", "cow_igo_years.csv"),
        ("atop", "atop.csv"),
        ("cow-alliances", "cow_alliances.csv"),
        ("wikidata", "wikidata.csv"),
    ):
        table = tmp_path / f"{shape}.csv"
        ask("convert", str(FILES / name), "--from", shape, "--output", str(table))
        assert ask("validate", str(table)).status == 0, shape
