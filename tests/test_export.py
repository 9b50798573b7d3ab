"""What is handed on is what the dataset holds, and is counted as the questions count it.

The state-years are compared with days counted one by one from spells written by hand; the SQL
is run as it is in SQLite and in DuckDB.
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import importlib.util
import io
import itertools
import json
import random
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
from facts import BASES, NAMES
from running import Ran, ask, environment

from cstocli import dataset, export
from cstocli.files import data_file
from cstocli.model import Basis, Organisation, Records, Refused, Spell, State, Status

ROOT = Path(__file__).parent.parent
DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 11, 22)
RULES = ["any", "throughout", "first-day", "last-day"]
FIELDS = {
    "spells": "spell state name status first_day last_day opened_by closed_by ended certainty",
    "acts": "act date effective kind title place states certainty sources",
    "state-years": "state name year status part disputed",
}
"""The published fields, in their order; more may follow, these stay."""
WHAT = ["spells", "acts", "states", "sources", "state-years"]
Row = dict[str, Any]
Rows = list[tuple[Any, ...]]

# Written by hand, and not read from the dataset

Given = tuple[str, str | None, str, str]
SPELLS: list[Given] = [
    ("ARM KAZ KGZ RUS TJK UZB", "signatory", "1992-05-15", "1994-04-19"),
    ("AZE", "signatory", "1993-09-24", "1994-04-19"),
    ("GEO", "signatory", "1993-12-09", "1994-04-19"),
    ("BLR", "signatory", "1993-12-31", "1994-04-19"),
    ("ARM BLR KAZ KGZ RUS TJK", "party", "1994-04-20", "2003-09-17"),
    ("AZE GEO UZB", "party", "1994-04-20", "1999-04-20"),
    ("ARM BLR KAZ KGZ RUS TJK", "member", "2003-09-18", "2099-12-31"),
    ("UZB", "member", "2006-06-23", "2012-12-18"),
    ("UZB", "suspended", "2012-12-19", "2099-12-31"),
]
RIVALS: list[Given] = [
    ("AZE", "signatory", "1994-04-20", "1999-04-20"),
    ("UZB", None, "2006-06-23", "2006-08-15"),
    ("UZB", "signatory", "2006-08-16", "2008-03-27"),
    ("UZB", "suspended", "2012-06-28", "2012-12-18"),
    ("UZB", None, "2012-12-19", "2099-12-31"),
]


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + number * DAY for number in range((last - first).days + 1)]


@functools.cache
def on_each_day(which: str) -> dict[tuple[str, dt.date], list[str | None]]:
    """The statuses of each state on each day: the ruling's, or those of rivals."""
    found: dict[tuple[str, dt.date], list[str | None]] = {}
    rows: list[Given] = {"spells": SPELLS, "rivals": RIVALS}[which]
    for states, status, first, last in rows:
        end = min(dt.date.fromisoformat(last), dt.date(2030, 12, 31))
        for code in states.split():
            for day in days_between(dt.date.fromisoformat(first), end):
                found.setdefault((code, day), []).append(status)
    return found


def stretches(days: list[dt.date]) -> str:
    """Days as `first/last`, a stretch each."""
    found: list[list[dt.date]] = []
    for day in days:
        if found and found[-1][-1] + DAY == day:
            found[-1].append(day)
        else:
            found.append([day])
    return " ".join(f"{stretch[0]}/{stretch[-1]}" for stretch in found)


def counted_by_hand(rule: str, basis: str, first: dt.date, last: dt.date) -> list[Row]:
    """The state-years, each day asked about by itself."""
    rows = []
    for code, year in itertools.product(NAMES, range(first.year, last.year + 1)):
        days = days_between(max(first, dt.date(year, 1, 1)), min(last, dt.date(year, 12, 31)))
        hits = []
        disputed = False
        for day in days:
            (status,) = on_each_day("spells").get((code, day), [None])
            if status in BASES[basis]:
                hits.append((day, status))
            for rival in on_each_day("rivals").get((code, day), []):
                if (rival in BASES[basis]) != (status in BASES[basis]):
                    disputed = True
        counted = [day for day, _ in hits]
        counts = {
            "any": counted != [],
            "throughout": counted == days,
            "first-day": days[0] in counted,
            "last-day": days[-1] in counted,
        }
        if counts[rule]:
            part = "all" if counted == days else stretches(counted)
            row = (code, NAMES[code], year, hits[-1][1], part, disputed)
            rows.append(dict(zip(FIELDS["state-years"].split(), row, strict=True)))
    return rows


def document(ran: Ran) -> Row:
    assert ran.status == 0, ran.err
    loaded: Row = json.loads(ran.out)
    return loaded


def state_years(*options: str, today: dt.date = TODAY) -> list[Row]:
    """The state-years of the bundled dataset, without what only other datasets have."""
    asked = ["export", "state-years", *options, "--format", "json"]
    rows = document(ask(*asked, variables={"CSTO_TODAY": str(today)}))["rows"]
    assert not any(row.pop("imprecise") for row in rows)
    assert all(list(row) == FIELDS["state-years"].split() for row in rows)
    return list(rows)


# State-years


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("rule", RULES)
def test_a_state_year_is_there_exactly_where_its_days_counted_one_by_one_say_so(
    rule: str, basis: str
) -> None:
    wanted = counted_by_hand(rule, basis, dt.date(1992, 1, 1), TODAY)
    assert state_years("--rule", rule, "--basis", basis) == wanted
    asked = ("--rule", rule, "--basis", basis, "--from", "1992", "--to", "2026")
    assert state_years(*asked) == wanted


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("1990-01-01", "1992-05-14"),
        ("1990-01-01", "1992-05-15"),
        ("1992-05-15", "1993-12-30"),
        ("1994-01-01", "2001-12-31"),
        ("1999-04-20", "1999-04-21"),
        ("1999-04-21", "2006-06-22"),
        ("2006-08-16", "2012-06-27"),
        ("2012-12-18", "2012-12-18"),
        ("2012-12-19", "2026-11-22"),
    ],
)
def test_only_the_days_from_and_to_are_counted(rule: str, first: str, last: str) -> None:
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    for basis in BASES:
        asked = ("--rule", rule, "--basis", basis, "--from", first, "--to", last)
        assert state_years(*asked) == counted_by_hand(rule, basis, *days)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("today", "last"),
    [
        ("2026-02-27", "2026-02-27"),
        ("2026-12-31", "2026-12-31"),
        ("2027-01-01", "2027-01-01"),
        ("2028-02-29", "2028-02-29"),
        ("2020-06-30", "2026-02-26"),
    ],
)
def test_the_current_year_is_cut_at_today_or_the_last_day_checked(
    rule: str, today: str, last: str
) -> None:
    end = dt.date.fromisoformat(last)
    asked = ("--rule", rule, "--from", "2012", "--to", "2028")
    rows = state_years(*asked, today=dt.date.fromisoformat(today))
    assert rows == counted_by_hand(rule, "joined", dt.date(2012, 1, 1), end)


@pytest.mark.parametrize(
    ("today", "options", "said"),
    [
        ("2026-11-22", "", ["2026 is cut at 2026-11-22."]),
        ("2026-12-31", "", []),
        ("2027-01-01", "", ["2027 is cut at 2027-01-01."]),
        ("2026-11-22", "--to 2025", []),
        ("2026-11-22", "--to 2012-06", ["2012 is cut at 2012-06-30."]),
        ("2026-11-22", "--from 2000 --to 2012", []),
        ("2026-11-22", "--from 2000-02 --to 2012", ["2000 begins on 2000-02-01."]),
        (
            "2026-11-22",
            "--from 2006-06-23 --to 2006-12-30",
            ["2006 begins on 2006-06-23.", "2006 is cut at 2006-12-30."],
        ),
    ],
)
def test_a_year_that_is_not_whole_is_noted_once(today: str, options: str, said: list[str]) -> None:
    asked = ["export", "state-years", *options.split(), "--format", "json"]
    notes = document(ask(*asked, variables={"CSTO_TODAY": today}))["notes"]
    assert sorted(n for n in notes if re.match(r"\d{4} (is cut|begins)", n)) == sorted(said)


@pytest.mark.parametrize("options", ["", "--to 1993", "--from 1992", "--from 1992-01-01"])
def test_nobody_counts_in_1992_on_its_first_day_or_throughout(options: str) -> None:
    years = {
        rule: [r["part"] for r in state_years("--rule", rule, *options.split()) if r["year"] < 1993]
        for rule in RULES
    }
    part = ["1992-05-15/1992-12-31"] * 6
    assert years == {"any": part, "throughout": [], "first-day": [], "last-day": part}


def test_in_force_has_66_state_years_from_1994_to_2001() -> None:
    rows = state_years("--basis", "in-force", "--from", "1994", "--to", "2001")
    assert len(rows) == 66
    years = Counter(row["year"] for row in rows)
    assert years == {year: 9 if year < 2000 else 6 for year in range(1994, 2002)}


def test_uzbekistan_has_in_force_years_to_1999_and_from_2006_to_2012() -> None:
    rows = [row for row in state_years("--basis", "in-force") if row["state"] == "UZB"]
    assert [row["year"] for row in rows] == [*range(1994, 2000), *range(2006, 2013)]


@pytest.mark.parametrize(
    ("options", "state", "year", "status", "part", "disputed"),
    [
        ("", "ARM", 2003, "member", "all", False),
        ("", "ARM", 1994, "party", "all", False),
        ("--basis charter", "ARM", 2003, "member", "2003-09-18/2003-12-31", False),
        ("--to 2003-09-17", "ARM", 2003, "party", "all", False),
        ("--basis in-force", "ARM", 1994, "party", "1994-04-20/1994-12-31", False),
        ("", "AZE", 1993, "signatory", "1993-09-24/1993-12-31", False),
        ("--basis in-force", "AZE", 1997, "party", "all", True),
        ("", "AZE", 1997, "party", "all", False),
        ("", "BLR", 1993, "signatory", "1993-12-31/1993-12-31", False),
        ("--rule first-day", "GEO", 1999, "party", "1999-01-01/1999-04-20", False),
        ("", "UZB", 2006, "member", "2006-06-23/2006-12-31", True),
        ("--rule last-day", "UZB", 2006, "member", "2006-06-23/2006-12-31", True),
        ("", "UZB", 2007, "member", "all", False),
        ("--basis charter", "UZB", 2007, "member", "all", True),
        ("--basis charter", "UZB", 2009, "member", "all", False),
        ("", "UZB", 2012, "member", "2012-01-01/2012-12-18", True),
        ("--to 2012-06-27", "UZB", 2012, "member", "all", False),
    ],
)
def test_a_state_year_has_the_status_of_its_last_counted_day(
    options: str, state: str, year: int, status: str, part: str, disputed: bool
) -> None:
    rows = state_years(*options.split())
    (row,) = [row for row in rows if (row["state"], row["year"]) == (state, year)]
    assert (row["status"], row["part"], row["disputed"]) == (status, part, disputed)


@pytest.mark.parametrize(
    ("rule", "state", "year"),
    [
        ("throughout", "UZB", 2006),
        ("first-day", "UZB", 2006),
        ("last-day", "UZB", 2012),
        ("last-day", "GEO", 1999),
        ("first-day", "BLR", 1993),
        ("any", "UZB", 2013),
        ("any", "BLR", 1992),
    ],
)
def test_a_year_that_does_not_count_under_the_rule_has_no_row(
    rule: str, state: str, year: int
) -> None:
    assert (state, year) not in [(r["state"], r["year"]) for r in state_years("--rule", rule)]


def test_the_rule_is_any_and_the_answer_says_what_was_understood() -> None:
    default = document(ask("export", "state-years", "--format", "json"))
    stated = document(ask("export", "state-years", "--rule", "any", "--format", "json"))
    assert default == stated
    assert (default["query"]["rule"], default["query"]["basis"]) == ("any", "joined")
    other = document(ask("export", "state-years", "--rule", "last-day", "--format", "json"))
    assert other["query"] == {**default["query"], "rule": "last-day"}
    title = ask("export", "state-years", "--rule", "last-day").out.partition("\n\n")[0]
    assert "counted on the last day of the year" in " ".join(title.split())


def test_plain_is_a_sentence_a_state_and_year() -> None:
    asked = ("export", "state-years", "--from", "2006", "--to", "2006", "--format", "plain")
    assert ask(*asked).out.splitlines()[-2:] == [
        "Tajikistan 2006: member",
        "Uzbekistan 2006: member (2006-06-23/2006-12-31), disputed",
    ]


# Bounds known only to the month or the year

NARNIA = "state,first_day,last_day,status\nNarnia,1950,2002-06,\nOz,1990-03-04,1990-03-04,guest\n"


@pytest.fixture
def narnia(tmp_path: Path) -> str:
    path = tmp_path / "narnia.csv"
    path.write_text(NARNIA, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("rule", "years", "unsure"),
    [
        ("any", (1950, 2002), {1950, 2002}),
        ("throughout", (1951, 2001), set()),
        ("first-day", (1950, 2002), {1950, 2002}),
        ("last-day", (1950, 2001), {1950}),
    ],
)
def test_an_imprecise_bound_makes_its_year_imprecise(
    narnia: str, rule: str, years: tuple[int, int], unsure: set[int]
) -> None:
    asked = ("--data", narnia, "export", "state-years", "--rule", rule, "--format", "json")
    rows = document(ask(*asked))["rows"]
    assert [row["year"] for row in rows] == list(range(years[0], years[1] + 1))
    assert {row["year"] for row in rows if row["imprecise"]} == unsure
    parts = {row["year"]: row["part"] for row in rows}
    assert parts.get(1950, "1950-12-31/1950-12-31") == "1950-12-31/1950-12-31"
    assert parts.get(2002, "2002-01-01/2002-06-01") == "2002-01-01/2002-06-01"
    assert {row["part"] for row in rows if not row["imprecise"]} == {"all"}


def test_spells_have_imprecise_bounds_as_they_were_published(narnia: str) -> None:
    rows = document(ask("--data", narnia, "export", "spells", "--format", "json"))["rows"]
    assert [tuple(row.values()) for row in rows] == [
        ("line-2", "Narnia", "Narnia", "member", "1950", "2002-06", None, None, "left", None),
        ("line-3", "Oz", "Oz", "guest", "1990-03-04", "1990-03-04", None, None, "left", None),
    ]


# The records


def raw() -> Row:
    loaded: Row = json.loads(Path(data_file("membership.json")).read_text(encoding="utf-8"))
    return loaded


def fields_of(record: Row, fields: str) -> tuple[Any, ...]:
    return tuple(record[field] for field in fields.split())


def exported(what: str, fields: str, *options: str) -> Rows:
    rows = document(ask(*options, "export", what, "--format", "json"))["rows"]
    return [fields_of(row, fields) for row in rows]


def test_spells_are_those_of_the_file() -> None:
    fields = "state status first_day last_day opened_by closed_by ended certainty"
    wanted = [(each["id"], *fields_of(each, fields)) for each in raw()["spells"]]
    assert exported("spells", f"spell {fields}") == wanted
    assert dict(exported("spells", "state name")) == NAMES


def test_acts_are_those_of_the_file() -> None:
    fields = "date effective kind title place states certainty sources"
    wanted = [(each["id"], *fields_of(each, fields)) for each in raw()["acts"]]
    assert exported("acts", f"act {fields}") == wanted


def test_states_are_those_of_the_file_with_their_other_names() -> None:
    rows = document(ask("export", "states", "--format", "json"))["rows"]
    assert rows == document(ask("states", "--aliases", "--format", "json"))["rows"]
    assert {row["state"]: row["name"] for row in rows} == NAMES


def test_sources_are_those_of_the_file() -> None:
    rows = document(ask("export", "sources", "--format", "json"))["rows"]
    assert rows == document(ask("sources", "--format", "json"))["rows"]
    assert len(rows) == len(raw()["sources"])


def cell(value: Any) -> str:
    """A value of JSON as it stands outside it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(value) if isinstance(value, list) else str(value)


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def read_tsv(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.removesuffix("\n").split("\n")]


@pytest.mark.parametrize("what", WHAT)
def test_every_format_parsed_back_holds_the_rows_of_json(what: str) -> None:
    rows = document(ask("export", what, "--format", "json"))["rows"]
    wanted = [list(rows[0]), *([cell(value) for value in row.values()] for row in rows)]
    assert wanted[0][: len(FIELDS.get(what, "").split())] == FIELDS.get(what, "").split()
    assert read_csv(ask("export", what, "--format", "csv").out) == wanted
    assert read_tsv(ask("export", what, "--format", "tsv").out) == wanted
    lines = ask("export", what, "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == rows
    assert len(ask("export", what, "--format", "plain").out.splitlines()) == len(rows)
    assert ask("export", what, "--format", "markdown").out.count("\n") == len(rows) + 2
    assert "─" in ask("export", what, "--format", "table").out


def test_what_a_csv_of_spells_does_not_say_is_empty(narnia: str) -> None:
    for what in ("acts", "sources"):
        ran = ask("--data", narnia, "export", what, "--format", "csv")
        assert (ran.status, len(read_csv(ran.out))) == (0, 1)
        assert ask("--data", narnia, "export", what, "--exit-status", "--format", "csv").status == 1


def no_formula(cells: Iterable[object]) -> bool:
    return not any(str(cell).startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


CLUB = """state,first_day,last_day,status,remark
Côte d'Ivoire,1960-08-07,1965-12-31,,its "first" spell; it's short
Côte d'Ivoire,1966-01-01,1970-06-30,guest,
Côte d'Ivoire,1970-07-01,,,
O'Brien's “Land”; DROP TABLE spells; --,1990-02-28,2000-02-29,,
Größe $1 {x} %s :y ? /* —,1980-01-01,1980-01-01,,
Narnia,1950-01-01,1960-12-31,,
Narnia,1961-01-01,1970-12-31,,
France,1971-01-01,,guest,
"""
"""States whose names a program may stumble on; spells that meet, end, and last."""


@pytest.fixture
def club(tmp_path: Path) -> str:
    path = tmp_path / "club.csv"
    path.write_text(CLUB, encoding="utf-8")
    return str(path)


def test_no_cell_is_one_that_a_spreadsheet_takes_for_a_formula(club: str) -> None:
    for what, options in itertools.product(WHAT, [[], ["--data", club]]):
        for form, read in (("csv", read_csv), ("tsv", read_tsv)):
            rows = read(ask(*options, "export", what, "--format", form).out)
            assert no_formula(itertools.chain(*rows)), (what, form)
    for records in (dataset.load(), dataset.load(club)):
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.executescript(export.sql(records))
            for table in TABLES:
                rows_of_table = connection.execute(f"SELECT * FROM {table}")  # noqa: S608
                assert no_formula(itertools.chain(*rows_of_table)), table


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", " =1"])
@pytest.mark.parametrize("what", [*WHAT, "sql"])
def test_a_file_with_a_cell_like_a_formula_is_not_handed_on(
    tmp_path: Path, what: str, start: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(f"state,first_day,last_day\n{start},2000-01-01,\n", encoding="utf-8")
    ran = ask("--data", str(path), "export", what)
    assert (ran.status, ran.out) == (2, "")
    assert "line 2: " in ran.err


# Usage


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ("", "Missing argument"),
        ("years", "'years'"),
        ("state-years --rule ever", "'ever'"),
        ("state-years --rule", "--rule"),
        ("state-years --from 2030", "has not come yet"),
        ("state-years --from 2001 --to 2000", "2000"),
        ("state-years --basis other", "'other'"),
        ("state-years --format sql", "'sql'"),
        ("sql --format csv", "SQL is a format of its own"),
        ("sql --format table", "SQL is a format of its own"),
        ("sql spells", "one argument too many"),
        *(
            (f"{what} {option}", f"--rule, --from and --to are for state-years, not {what}")
            for what in ("spells", "acts", "states", "sources", "sql")
            for option in ("--rule any", "--from 2000", "--to 2000")
        ),
    ],
)
def test_what_cannot_be_exported_is_refused(args: str, said: str) -> None:
    ran = ask("export", *args.split())
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_a_format_from_the_environment_does_not_stand_in_the_way_of_sql() -> None:
    plain = ask("export", "sql")
    assert plain == ask("export", "sql", variables={"CSTO_FORMAT": "json"})
    assert (plain.status, plain.err) == (0, "")


def test_an_export_without_rows_is_a_whole_document() -> None:
    asked = ("export", "state-years", "--to", "1991", "--from", "1990", "--format")
    assert ask(*asked, "csv").out.count("\n") == 1
    assert document(ask(*asked, "json"))["rows"] == []
    assert ask(*asked, "csv", "--exit-status").status == 1


# SQL

TABLES = {
    "states": "code alpha_2 numeric_code cow wikidata name",
    "bases": "basis status",
    "acts": "act day effective kind title place certainty",
    "act_states": "act state",
    "act_sources": "act source",
    "sources": "source publisher title day address level",
    "spells": "spell state status day_before first_day last_day opened_by closed_by ended "
    "first_day_known last_day_known",
    "rivals": "dispute state first_day last_day status",
    "disputed": "basis state first_day last_day",
    "undecided": "basis state first_day last_day",
}


def in_sqlite(script: str, *queries: str) -> list[Rows]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script)
        return [connection.execute(query).fetchall() for query in queries]


def in_duckdb(script: str, *queries: str) -> list[Rows]:
    with duckdb.connect() as connection:
        connection.execute(script)
        return [connection.execute(query).fetchall() for query in queries]


ENGINES = [in_sqlite, in_duckdb]
Engine = Callable[..., list[Rows]]
engines = pytest.mark.parametrize("engine", ENGINES, ids=["sqlite", "duckdb"])


def selected(engine: Engine, script: str) -> dict[str, Rows]:
    """The rows of each table."""
    queries = [f"SELECT {', '.join(f.split())} FROM {table}" for table, f in TABLES.items()]  # noqa: S608
    return dict(zip(TABLES, engine(script, *queries), strict=True))


def every(rows: Iterable[tuple[Any, ...]]) -> Counter[tuple[Any, ...]]:
    return Counter(rows)


@engines
def test_the_tables_hold_what_the_file_holds(engine: Engine) -> None:
    file = raw()
    held = selected(engine, ask("export", "sql").out)
    wanted = {
        "states": [fields_of(s, "code alpha_2 numeric cow wikidata name") for s in file["states"]],
        "bases": [(b["basis"], status) for b in file["bases"] for status in b["counts"]],
        "acts": [
            fields_of(a, "id date effective kind title place certainty") for a in file["acts"]
        ],
        "act_states": [(a["id"], state) for a in file["acts"] for state in a["states"]],
        "act_sources": [(a["id"], source) for a in file["acts"] for source in a["sources"]],
        "sources": [fields_of(s, "id publisher title date address level") for s in file["sources"]],
        "spells": [
            (
                *fields_of(s, "id state status"),
                str(dt.date.fromisoformat(s["first_day"]) - DAY),
                *fields_of(s, "first_day last_day opened_by closed_by ended first_day last_day"),
            )
            for s in file["spells"]
        ],
        "rivals": [
            (d["id"], d["about"][:3], *fields_of(d, "from to status"))
            for d in file["disputes"]
            if d["verdict"] == "rival"
        ],
        "disputed": [
            ("joined", "UZB", "2006-06-23", "2006-08-15"),
            ("joined", "UZB", "2012-06-28", "2012-12-18"),
            ("in-force", "AZE", "1994-04-20", "1999-04-20"),
            ("in-force", "UZB", "2006-06-23", "2006-08-15"),
            ("in-force", "UZB", "2006-08-16", "2008-03-27"),
            ("in-force", "UZB", "2012-06-28", "2012-12-18"),
            ("charter", "UZB", "2006-06-23", "2006-08-15"),
            ("charter", "UZB", "2006-08-16", "2008-03-27"),
            ("charter", "UZB", "2012-06-28", "2012-12-18"),
        ],
        "undecided": [],
    }
    assert {name: every(rows) for name, rows in held.items()} == {
        name: every(rows) for name, rows in wanted.items()
    }


def test_the_tables_are_all_that_the_script_makes() -> None:
    script = ask("export", "sql").out
    assert re.findall(r"CREATE TABLE (\w+) \(", script) == list(TABLES)
    assert re.findall(r"CREATE VIEW (\w+)", script) == ["counted"]


@engines
def test_the_tables_of_a_csv_hold_its_names_whatever_they_are(engine: Engine, club: str) -> None:
    held = selected(engine, ask("--data", club, "export", "sql").out)
    rows = list(csv.DictReader(io.StringIO(CLUB)))
    codes = {"Côte d'Ivoire": "CIV", "France": "FRA"}
    wanted = [
        (codes.get(r["state"], r["state"]), r["status"] or "member", r["first_day"], r["last_day"])
        for r in rows
    ]
    assert every((s[1], s[2], s[4], s[5] or "") for s in held["spells"]) == every(wanted)
    assert {s[0] for s in held["states"]} == {code for code, *_ in wanted}
    assert {s[5] for s in held["states"]} == {row["state"] for row in rows}
    assert held["bases"] == [("member", "member")]
    assert held["acts"] == held["sources"] == held["rivals"] == []


@engines
def test_an_imprecise_bound_stands_beside_the_day_that_it_counts_as(
    engine: Engine, narnia: str
) -> None:
    script = ask("--data", narnia, "export", "sql").out
    assert engine(
        script,
        "SELECT first_day, last_day, first_day_known, last_day_known FROM spells ORDER BY 1",
        "SELECT * FROM counted",
    ) == [
        [
            ("1950-01-01", "2002-06-30", "1950", "2002-06"),
            ("1990-03-04", "1990-03-04", "1990-03-04", "1990-03-04"),
        ],
        [("member", "Narnia", "1950-01-01", "2002-06-30")],
    ]


def runs(records: Records) -> set[tuple[str, str, str, str | None]]:
    """The runs under each basis, as the questions have them."""
    return {
        (
            basis.basis,
            code,
            dt.date.isoformat(run.first_day),
            dt.date.isoformat(run.last_day) if run.last_day else None,
        )
        for basis in records.bases.values()
        for code in records.states
        for run in records.runs(code, basis.counts)
    }


def invented(seed: int) -> Records:
    """A dataset of many spells that meet or nearly meet, of several statuses, some open."""
    chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
    statuses = ["guest", "friend's", "fellow", "sleeper"]
    names = [f"O'{number}\" —Ü; " for number in range(12)]
    spells = []
    for code in names:
        day = dt.date(1, 1, 2) if chance.random() < 0.1 else dt.date(1899, 12, 30)
        for number in range(chance.randrange(1, 40)):
            first = day + chance.choice([0, 0, 0, 1, 2, 400]) * DAY
            day = first + chance.choice([1, 1, 2, 30, 366]) * DAY
            spell = Spell(
                f"{code}{number}", code, chance.choice(statuses), first, day - DAY, *[None] * 4
            )
            spells.append(spell)
        if chance.random() < 0.5:
            spells[-1] = spells[-1]._replace(last_day=None)
    bases = {"wide": statuses[:3], "narrow": statuses[:1], "two": statuses[1:3], "none": ["no"]}
    chance.shuffle(spells)
    return Records(
        release="2000a",
        verified_through=None,
        licence="",
        organisation=Organisation("CLUB", "Club", None, None, None, ()),
        statuses=[Status(status, status, status, status) for status in statuses],
        bases=[
            Basis(name, name == "wide", frozenset(counts), name, None, None, None)
            for name, counts in bases.items()
        ],
        kinds=[],
        states=[
            State(name, None, None, None, None, name, name, name, name, (), ()) for name in names
        ],
        acts=[],
        spells=spells,
        disputes=[],
        remarks=[],
        open_questions=[],
        sources=[],
    )


@engines
def test_counted_has_the_runs_of_the_dataset_under_each_basis(
    engine: Engine, records: Records
) -> None:
    (rows,) = engine(export.sql(records), "SELECT basis, state, first_day, last_day FROM counted")
    assert every(rows) == every(runs(records))
    assert ("joined", "UZB", "2006-06-23", "2012-12-18") in rows
    assert ("in-force", "RUS", "1994-04-20", None) in rows


@engines
@pytest.mark.parametrize("seed", range(4))
def test_counted_has_the_runs_of_any_dataset(engine: Engine, seed: int) -> None:
    records = invented(seed)
    (rows,) = engine(export.sql(records), "SELECT basis, state, first_day, last_day FROM counted")
    assert every(rows) == every(runs(records))
    assert {basis for basis, *_ in rows} == {"wide", "narrow", "two"}
    assert {row[3] is None for row in rows} == {True, False}


@engines
def test_a_text_of_any_length_is_kept(engine: Engine) -> None:
    records = dataset.load()
    (id, act), *_ = records.acts.items()
    records.acts[id] = act._replace(title="é" * 5000)
    script = export.sql(records)
    assert "VARCHAR(5000)" in script
    assert ("é" * 5000,) in engine(script, "SELECT title FROM acts")[0]


@pytest.mark.parametrize("text", ["A\\'B", "A\\", "${env:HOME}", "A${B}C"])
def test_a_text_that_engines_read_in_more_than_one_way_is_refused(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(f"state,first_day,last_day\n{text},2000-01-01,\n", encoding="utf-8")
    ran = ask("--data", str(path), "export", "sql")
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "in more than one way" in ran.err
    with pytest.raises(Refused, match="in more than one way"):
        export.sql(dataset.load(str(path)))


def test_statements_end_where_a_line_does_and_nowhere_else(club: str) -> None:
    for script in (ask("export", "sql").out, ask("--data", club, "export", "sql").out):
        statements = script.split(";\n")
        assert statements.pop() == ""
        assert {each.split(maxsplit=1)[0] for each in statements} == {"CREATE", "INSERT"}
        assert all(each.count("'") % 2 == 0 for each in statements)


# SQL beside `annotate`

COLUMNS = ["id", "state", "day"]
JOIN = """
SELECT p.id, CASE WHEN c.state IS NULL THEN 'no' ELSE 'yes' END, COALESCE(c.first_day, '')
FROM panel p LEFT JOIN counted c ON c.basis = '{basis}' AND c.state = p.state
  AND p.day BETWEEN c.first_day AND COALESCE(c.last_day, p.day)
ORDER BY CAST(p.id AS INTEGER)
"""


def panel(codes: Iterable[str], records: Records) -> list[list[str]]:
    """Rows (id, state, day): the days of change and those beside them, and others."""
    chance = random.Random(1)  # noqa: S311  # repeatable, not secret
    bounds = [b for s in records.spells.values() for b in (s.first_day, s.last_day) if b]
    days = {bound + number * DAY for bound in bounds for number in (-1, 0, 1)}
    last = (records.verified_through or TODAY).toordinal()
    first = dt.date(1949, 1, 1).toordinal()
    days |= {dt.date.fromordinal(chance.randrange(first, last + 1)) for _ in range(200)}
    pairs = [(code, day) for code in codes for day in sorted(days)]
    chance.shuffle(pairs)
    return [[str(id), code, str(day)] for id, (code, day) in enumerate(pairs)]


def write_csv(path: Path, rows: Iterable[Iterable[str]]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return str(path)


def annotated(path: str, basis: str, *options: str) -> Rows:
    """The answers of `csto annotate`: the id, whether it is one, and the first day of the run."""
    ran = ask(*options, "annotate", path, "--state", "state", "--date", "day", "--basis", basis)
    assert ran.status == 0, ran.err
    rows = csv.DictReader(io.StringIO(ran.out, newline=""))
    return [(row["id"], row["csto_member"], row["csto_first_day"]) for row in rows]


def joined_in_sqlite(script: str, path: str, basis: str) -> Rows:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script)
        connection.execute("CREATE TABLE panel (id TEXT, state TEXT, day TEXT)")
        _, *rows = read_csv(Path(path).read_text(encoding="utf-8"))
        connection.executemany("INSERT INTO panel VALUES (?, ?, ?)", rows)
        return connection.execute(JOIN.format(basis=basis)).fetchall()


def joined_in_duckdb(script: str, path: str, basis: str) -> Rows:
    """From file to file, as the README does it."""
    with duckdb.connect() as connection:
        connection.execute(script)
        join = JOIN.format(basis=basis).replace(
            "panel p", f"read_csv('{path}', all_varchar=true) p"
        )
        connection.execute(f"COPY ({join}) TO '{path}.out' (HEADER)")
    _, *rows = read_csv(Path(f"{path}.out").read_text(encoding="utf-8"))
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("join", [joined_in_sqlite, joined_in_duckdb], ids=["sqlite", "duckdb"])
def test_a_join_answers_each_row_as_annotate_does(
    join: Callable[[str, str, str], Rows], records: Records, tmp_path: Path
) -> None:
    rows = panel([*NAMES, "FRA", "UKR", "USA"], records)
    assert len(rows) > 2000
    path = write_csv(tmp_path / "panel.csv", [COLUMNS, *rows])
    script = ask("export", "sql").out
    for basis in BASES:
        wanted = annotated(path, basis)
        assert len(wanted) == len(rows)
        assert {member for _, member, _ in wanted} == {"yes", "no"}
        assert join(script, path, basis) == wanted


@pytest.mark.parametrize("join", [joined_in_sqlite, joined_in_duckdb], ids=["sqlite", "duckdb"])
def test_a_join_to_a_csv_of_spells_answers_each_row_as_annotate_does(
    join: Callable[[str, str, str], Rows], club: str, tmp_path: Path
) -> None:
    records = dataset.load(club)
    rows = panel([*records.states, "ESP"], records)
    path = write_csv(tmp_path / "panel.csv", [COLUMNS, *rows])
    wanted = annotated(path, "member", "--data", club)
    assert {member for _, member, _ in wanted} == {"yes", "no"}
    assert join(ask("--data", club, "export", "sql").out, path, "member") == wanted


# The proof on four engines


@pytest.fixture(scope="module")
def proof() -> Any:
    """The module proofs/engines.py."""
    spec = importlib.util.spec_from_file_location("engines", ROOT / "proofs" / "engines.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_proof_finds_no_difference_in_sqlite_and_duckdb() -> None:
    command = [sys.executable, "proofs/engines.py", "--rows", "6000"]
    ran = subprocess.run(
        [*command, "--engine", "sqlite", "duckdb"],
        cwd=ROOT,
        env=environment({"CSTO_BASIS": "charter"}),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    annotate, *lines = ran.stdout.splitlines()
    assert annotate.startswith("annotate: 6000 rows under each of joined, in-force, charter, ")
    said = [re.fullmatch(r"(\w+) \S+: 18000 rows compared, 0 differences, .*", li) for li in lines]
    assert [match[1] for match in said if match] == ["sqlite", "duckdb"]


def test_the_panel_of_the_proof_has_every_state_on_every_day(proof: Any, tmp_path: Path) -> None:
    path = tmp_path / "panel.csv"
    proof.write_panel(path, 2 * 366 + 1, dt.date(1990, 12, 31), ["ARM", "FRA"])
    header, *rows = read_csv(path.read_text(encoding="utf-8"))
    assert (header, len(rows), len({row[0] for row in rows})) == (COLUMNS, 733, 733)
    days = days_between(dt.date(1990, 1, 1), dt.date(1990, 12, 31))
    everywhere = {(state, str(day)) for state in ("ARM", "FRA") for day in days}
    assert {(state, day) for _, state, day in rows} == everywhere


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        (["0,yes,1992-05-15", "1,no,", "2,no,"], []),
        (["2,no,", "0,yes,1992-05-15", "1,no,"], []),
        (["0,yes,1992-05-16", "1,no,", "2,no,"], ["row 0: yes 1992-05-16, not yes 1992-05-15"]),
        (["0,yes,1992-05-15", "1,yes,1992-05-15", "2,no,"], ["row 1: yes 1992-05-15, not no"]),
        (["0,yes,1992-05-15", "2,no,"], ["row 1: 0 answers"]),
        (["0,yes,1992-05-15", "1,no,", "1,no,", "2,no,"], ["row 1: 2 answers"]),
    ],
)
def test_the_proof_sees_answers_that_differ_are_missing_or_doubled(
    proof: Any, tmp_path: Path, answers: list[str], found: list[str]
) -> None:
    parts = []
    for number, lines in enumerate((answers[:2], answers[2:])):
        parts.append(tmp_path / f"part-{number}.csv")
        parts[-1].write_text("\n".join(["id,member,first_day", *lines, ""]), encoding="utf-8")
    assert list(proof.differences(["yes 1992-05-15", "no", "no"], parts)) == found


@pytest.mark.parametrize("changed", ["nothing", "an answer", "a table", "a row twice"])
@pytest.mark.parametrize("engine", ["sqlite", "duckdb"])
def test_the_proof_fails_where_an_answer_or_a_table_differs(
    proof: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: str, changed: str
) -> None:
    path = tmp_path / "panel.csv"
    write_csv(path, [COLUMNS, ["0", "UZB", "2006-06-23"], ["1", "FRA", "2006-06-23"]])
    wanted = {"joined": ["yes 2006-06-23", "no"]}
    tables = {"bases": [(basis, status) for basis in BASES for status in BASES[basis]]}
    if changed == "an answer":
        wanted["joined"][1] = "yes 2006-06-23"
    if changed == "a table":
        tables["bases"][0] = ("joined", "suspended")
    if changed == "a row twice":
        tables["bases"].append(tables["bases"][0])
    same = proof.proved(engine, ask("export", "sql").out, path, wanted, tables)
    assert same is (changed == "nothing")
    said = capsys.readouterr().out
    assert ("2 rows compared, 0 differences" in said) is same


def test_the_proof_does_not_pretend_that_an_engine_is_there(
    proof: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert not proof.proved("spark", "", tmp_path / "panel.csv", {}, {})
    assert "spark: not compared" in capsys.readouterr().out


def test_the_readme_shows_what_the_proof_runs_on_spark() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    proof = (ROOT / "proofs" / "engines.py").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n((?:(?!```).*\n)*)", readme, re.MULTILINE)
    (spark,) = [block for block in blocks if "spark" in block]
    assert spark in proof


@engines
def test_a_bound_that_is_not_known_to_the_day_is_undecided_on_the_days_that_it_leaves_open(
    engine: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "club.csv"
    path.write_text(
        "state,status,first_day,last_day\nNarnia,,1950,2002-06\nNarnia,observer,2003-02,\n",
        encoding="utf-8",
    )
    held = selected(engine, ask("--data", str(path), "export", "sql").out)
    assert sorted(held["undecided"]) == [
        ("member", "Narnia", "1950-01-01", "1950-12-30"),
        ("member", "Narnia", "2002-06-02", "2002-06-30"),
    ]
    assert held["disputed"] == []
