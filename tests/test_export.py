"""What is handed on as rows: what the dataset holds, counted as the questions count it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from documents import BUNDLED, written
from facts import BASES, NAMES, TODAY, counted, expected
from running import Ran, ask

from cstocli import Dataset, load

RULES = ["any", "throughout", "first-day", "last-day"]
WHAT = ["spells", "acts", "states", "sources", "terms", "state-years", "dyad-years"]
Row = dict[str, Any]
StateYear = tuple[str, str, int, str, str | None, bool, bool, bool]
WIDE = {"COLUMNS": "120"}
each_rule = pytest.mark.parametrize("rule", RULES)


def by_hand(rule: str, basis: str, first: dt.date, last: dt.date) -> list[StateYear]:
    """The state-years, each day judged by itself."""
    rows = []
    for code, year in itertools.product(NAMES, range(first.year, last.year + 1)):
        days = max(first, dt.date(year, 1, 1)), min(last, dt.date(year, 12, 31))
        found = expected(code, basis, *days)
        counts = {
            "any": found.answer != "no",
            "throughout": found.answer == "yes",
            "first-day": counted(code, basis, days[0]),
            "last-day": counted(code, basis, days[1]),
        }
        if counts[rule]:
            row = (code, NAMES[code], year, found.status, found.part, found.disputed, False, True)
            rows.append(row)
    return rows


def document(ran: Ran) -> Row:
    assert ran.status == 0, ran.err
    loaded: Row = json.loads(ran.out)
    return loaded


# State-years


@pytest.mark.parametrize("basis", BASES)
@each_rule
def test_a_state_year_is_there_exactly_where_its_days_counted_one_by_one_say_so(
    csto: Dataset, rule: str, basis: str
) -> None:
    wanted = by_hand(rule, basis, dt.date(1992, 1, 1), TODAY)
    assert [*csto.state_years(rule=rule, basis=basis)] == wanted
    assert [*csto.state_years((1992, 2026), rule=rule, basis=basis)] == wanted


@each_rule
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
def test_only_the_days_asked_about_are_counted(
    csto: Dataset, rule: str, first: str, last: str
) -> None:
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    for basis in BASES:
        rows = csto.state_years((first, last), rule=rule, basis=basis)
        assert [*rows] == by_hand(rule, basis, *days)


@each_rule
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
    csto: Dataset, monkeypatch: pytest.MonkeyPatch, rule: str, today: str, last: str
) -> None:
    monkeypatch.setenv("CSTO_TODAY", today)
    wanted = by_hand(rule, "joined", dt.date(2012, 1, 1), dt.date.fromisoformat(last))
    assert [*csto.state_years((2012, 2028), rule=rule)] == wanted


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


@pytest.mark.parametrize("during", [None, (None, 1993), (1992, None), ("1992-01-01", None)])
def test_nobody_counts_in_1992_on_its_first_day_or_throughout(csto: Dataset, during: Any) -> None:
    part = ["1992-05-15/1992-12-31"] * 6
    for rule, parts in zip(RULES, (part, [], [], part), strict=True):
        rows = csto.state_years(during, rule=rule)
        assert [row.part for row in rows if row.year < 1993] == parts


def test_in_force_has_66_state_years_from_1994_to_2001(csto: Dataset) -> None:
    rows = csto.state_years((1994, 2001), basis="in-force")
    assert len(rows) == 66
    years = Counter(row.year for row in rows)
    assert years == {year: 9 if year < 2000 else 6 for year in range(1994, 2002)}


@pytest.mark.parametrize(
    ("options", "state", "year", "row"),
    [
        ("", "ARM", 2003, "member all"),
        ("", "ARM", 1994, "party all"),
        ("--basis charter", "ARM", 2003, "member 2003-09-18/2003-12-31"),
        ("--to 2003-09-17", "ARM", 2003, "party all"),
        ("--basis in-force", "ARM", 1994, "party 1994-04-20/1994-12-31"),
        ("", "AZE", 1993, "signatory 1993-09-24/1993-12-31"),
        ("--basis in-force", "AZE", 1997, "party all disputed"),
        ("", "AZE", 1997, "party all"),
        ("", "BLR", 1992, ""),
        ("", "BLR", 1993, "signatory 1993-12-31/1993-12-31"),
        ("--rule first-day", "BLR", 1993, ""),
        ("--rule first-day", "GEO", 1999, "party 1999-01-01/1999-04-20"),
        ("--rule last-day", "GEO", 1999, ""),
        ("", "UZB", 2006, "member 2006-06-23/2006-12-31 disputed"),
        ("--rule last-day", "UZB", 2006, "member 2006-06-23/2006-12-31 disputed"),
        ("--rule first-day", "UZB", 2006, ""),
        ("--rule throughout", "UZB", 2006, ""),
        ("", "UZB", 2007, "member all"),
        ("--basis charter", "UZB", 2007, "member all disputed"),
        ("--basis charter", "UZB", 2009, "member all"),
        ("", "UZB", 2012, "member 2012-01-01/2012-12-18 disputed"),
        ("--to 2012-06-27", "UZB", 2012, "member all"),
        ("--rule last-day", "UZB", 2012, ""),
        ("", "UZB", 2013, ""),
    ],
)
def test_a_state_year_that_counts_has_the_status_of_its_last_counted_day(
    options: str, state: str, year: int, row: str
) -> None:
    rows = document(ask("export", "state-years", *options.split(), "--format", "json"))["rows"]
    found = [
        f"{r['status']} {r['part']}{' disputed' * r['disputed']}"
        for r in rows
        if (r["state"], r["year"]) == (state, year)
    ]
    assert found == [row] * bool(row)


def test_the_rule_is_any_and_the_answer_says_what_was_understood() -> None:
    default = document(ask("export", "state-years", "--format", "json"))
    stated = document(ask("export", "state-years", "--rule", "any", "--format", "json"))
    assert default == stated
    assert (default["query"]["rule"], default["query"]["basis"]) == ("any", "joined")
    other = document(ask("export", "state-years", "--rule", "last-day", "--format", "json"))
    assert other["query"] == {**default["query"], "rule": "last-day"}
    assert "A state has a row if it is counted on the last day of the year." in other["notes"]


def test_plain_is_a_sentence_a_state_and_year() -> None:
    asked = ("export", "state-years", "--from", "2006", "--to", "2006", "--format", "plain")
    assert ask(*asked).out.splitlines()[-2:] == [
        "Tajikistan 2006: member",
        "Uzbekistan 2006: member (2006-06-23/2006-12-31), disputed",
    ]


# Bounds known only to the month or the year


@pytest.fixture
def narnia(tmp_path: Path) -> str:
    rows = ["Narnia,1950,2002-06,", "Oz,1990-03-04,1990-03-04,guest"]
    return written(tmp_path, "\n".join(["state,first_day,last_day,status", *rows]), "narnia.csv")


@pytest.mark.parametrize(
    ("rule", "years", "unsure", "undecided"),
    [
        ("any", (1950, 2002), {1950, 2002}, set()),
        ("throughout", (1950, 2001), {1950}, {1950}),
        ("first-day", (1950, 2002), {1950, 2002}, {1950}),
        ("last-day", (1950, 2001), {1950}, set()),
    ],
)
def test_an_imprecise_bound_makes_its_year_imprecise_and_may_leave_the_rule_open(
    narnia: str, rule: str, years: tuple[int, int], unsure: set[int], undecided: set[int]
) -> None:
    rows = load(narnia).state_years(rule=rule)
    assert [row.year for row in rows] == list(range(years[0], years[1] + 1))
    assert {row.year for row in rows if row.imprecise} == unsure
    assert {row.year for row in rows if row.counted is None} == undecided
    assert not [row for row in rows if row.counted is False]
    parts = {1950: "1950-12-31/1950-12-31", 2002: "2002-01-01/2002-06-01"}
    assert [row.part for row in rows] == [parts.get(row.year, "all") for row in rows]


def test_spells_have_imprecise_bounds_as_they_were_published(narnia: str) -> None:
    rows = document(ask("--data", narnia, "export", "spells", "--format", "json"))["rows"]
    assert [tuple(row.values()) for row in rows] == [
        ("line-2", "Narnia", "Narnia", "member", "1950", "2002-06", None, None, "left", None),
        ("line-3", "Oz", "Oz", "guest", "1990-03-04", "1990-03-04", None, None, "left", None),
    ]


# The records


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        (
            "spells",
            "spell state name status first_day last_day opened_by closed_by ended certainty",
        ),
        ("acts", "act date effective kind title place states certainty sources"),
    ],
)
def test_spells_and_acts_are_those_of_the_file(what: str, fields: str) -> None:
    rows = document(ask("export", what, "--format", "json"))["rows"]
    named = [
        {**one, what[:-1]: one["id"], "name": NAMES.get(one.get("state"))} for one in BUNDLED[what]
    ]
    assert [[*row.items()] for row in rows] == [
        [(f, one[f]) for f in fields.split()] for one in named
    ]


def test_states_and_sources_are_those_of_the_questions(csto: Dataset) -> None:
    states = document(ask("export", "states", "--format", "json"))["rows"]
    assert states == [row._asdict() for row in csto.states(aliases=True)]
    sources = document(ask("export", "sources", "--format", "json"))["rows"]
    assert [[*row.values()][:-1] for row in sources] == [[*row[:-1]] for row in csto.sources()]


def cell(value: Any) -> str:
    """A value of JSON as it stands outside it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("what", WHAT)
def test_every_format_parsed_back_holds_the_rows_of_json_and_no_formula(what: str) -> None:
    rows = document(ask("export", what, "--format", "json"))["rows"]
    wanted = [list(rows[0]), *([cell(value) for value in row.values()] for row in rows)]
    text = ask("export", what, "--format", "csv").out
    assert [*csv.reader(io.StringIO(text, newline=""), strict=True)] == wanted
    cells = itertools.chain(*wanted)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    lines = ask("export", what, "--format", "tsv").out.removesuffix("\n").split("\n")
    assert [line.split("\t") for line in lines] == wanted
    lines = ask("export", what, "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == rows
    assert len(ask("export", what, "--format", "plain").out.splitlines()) == len(rows)
    assert ask("export", what, "--format", "markdown").out.count("\n") == len(rows) + 2
    assert "─" in ask("export", what, "--format", "table", variables=WIDE).out


def test_what_a_csv_of_spells_does_not_say_is_empty(narnia: str) -> None:
    for what in ("acts", "sources"):
        ran = ask("--data", narnia, "export", what, "--format", "csv")
        assert (ran.status, ran.out.count("\n")) == (0, 1)
        assert ask("--data", narnia, "export", what, "--exit-status", "--format", "csv").status == 1


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
        ("sql spells", "DIR and --force are for a package, not sql"),
        ("acts --force", "DIR and --force are for a package, not acts"),
        ("package", "name the folder of the package: csto export package DIR"),
        ("package a b", "one argument too many"),
        ("package a --format csv", "a package has formats of its own"),
        *(
            (f"{what} {option}", f"--from and --to are for state-years and dyad-years, not {what}")
            for what in ("spells", "acts", "states", "sources", "terms", "sql")
            for option in ("--rule any", "--balanced", "--codes cown", "--from 2000", "--to 2000")
        ),
        ("state-years --directed", "--directed is for dyad-years, not state-years"),
        ("state-years --codes cow", "there is no scheme of codes 'cow'"),
    ],
)
def test_what_cannot_be_exported_is_refused(args: str, said: str) -> None:
    ran = ask("export", *args.split())
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_an_export_without_rows_is_a_whole_document() -> None:
    asked = ("export", "state-years", "--to", "1991", "--from", "1990", "--format")
    assert ask(*asked, "csv").out.count("\n") == 1
    assert document(ask(*asked, "json"))["rows"] == []
    assert ask(*asked, "csv", "--exit-status").status == 1
