"""The dataset as SQL, run as it is in SQLite and in DuckDB, and the proof on more engines."""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import io
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
from documents import BUNDLED, club, written
from facts import BASES, RIVALS, TODAY, days_between
from running import ask, environment

from cstocli import Dataset, Refused, load

ROOT = Path(__file__).parent.parent
DAY = dt.timedelta(days=1)
Rows = list[tuple[Any, ...]]
Engine = Callable[..., list[Rows]]


def in_sqlite(script: str, *queries: str) -> list[Rows]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(script)
        return [connection.execute(query).fetchall() for query in queries]


def in_duckdb(script: str, *queries: str) -> list[Rows]:
    with duckdb.connect() as connection:
        connection.execute(script)
        return [connection.execute(query).fetchall() for query in queries]


engines = pytest.mark.parametrize("engine", [in_sqlite, in_duckdb], ids=["sqlite", "duckdb"])
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


def selected(engine: Engine, script: str) -> dict[str, Counter[tuple[Any, ...]]]:
    """The rows of each table."""
    queries = [f"SELECT {', '.join(f.split())} FROM {table}" for table, f in TABLES.items()]  # noqa: S608
    return dict(zip(TABLES, map(Counter, engine(script, *queries)), strict=True))


def fields_of(record: dict[str, Any], fields: str) -> tuple[Any, ...]:
    return tuple(record[field] for field in fields.split())


@pytest.fixture(scope="module")
def script() -> str:
    return load().sql()


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
def others(tmp_path: Path) -> str:
    return written(tmp_path, CLUB, "club.csv")


# The tables


def test_the_command_prints_it_whatever_the_environment_says_of_formats(script: str) -> None:
    ran = ask("export", "sql", variables={"CSTO_FORMAT": "json"})
    assert (ran.status, ran.out, ran.err) == (0, script, "")


@engines
def test_the_tables_hold_what_the_file_holds(engine: Engine, script: str) -> None:
    file = BUNDLED
    disputed = [(basis, *r[:1], *r[2:4]) for r in RIVALS for basis in r[4].split()]
    wanted: dict[str, Rows] = {
        "states": [fields_of(s, "code alpha_2 numeric cow wikidata name") for s in file["states"]],
        "bases": [(basis, status) for basis in BASES for status in BASES[basis]],
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
            if d["verdict"] == "rival" and d["from"]
        ],
        "disputed": disputed,
        "undecided": [],
    }
    assert selected(engine, script) == {name: Counter(rows) for name, rows in wanted.items()}


def test_the_tables_are_all_that_the_script_makes(script: str) -> None:
    assert re.findall(r"CREATE TABLE (\w+) \(", script) == list(TABLES)
    assert re.findall(r"CREATE VIEW (\w+)", script) == ["counted"]


@engines
def test_the_tables_of_a_csv_hold_its_names_whatever_they_are(engine: Engine, others: str) -> None:
    held = selected(engine, load(others).sql())
    rows = list(csv.DictReader(io.StringIO(CLUB)))
    codes = {"Côte d'Ivoire": "CIV", "France": "FRA"}
    wanted = Counter(
        (codes.get(r["state"], r["state"]), r["status"] or "member", r["first_day"], r["last_day"])
        for r in rows
    )
    assert Counter((s[1], s[2], s[4], s[5] or "") for s in held["spells"]) == wanted
    assert {s[0] for s in held["states"]} == {code for code, *_ in wanted}
    assert {s[5] for s in held["states"]} == {row["state"] for row in rows}
    assert held["bases"] == Counter([("member", "member")])
    assert held["acts"] == held["sources"] == held["rivals"] == Counter()


@pytest.mark.parametrize("path", [True, False], ids=["a club", "bundled"])
def test_no_cell_is_one_that_a_spreadsheet_takes_for_a_formula(path: bool, others: str) -> None:
    held = selected(in_sqlite, load(others if path else None).sql())
    cells = [str(cell) for rows in held.values() for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@engines
@pytest.mark.parametrize(
    ("rows", "spells", "counted", "undecided"),
    [
        (
            "Narnia,,1950,2002-06\nOz,guest,1990-03-04,1990-03-04",
            [
                ("1950-01-01", "2002-06-30", "1950", "2002-06"),
                ("1990-03-04", "1990-03-04", "1990-03-04", "1990-03-04"),
            ],
            [("member", "Narnia", "1950-01-01", "2002-06-30")],
            [("1950-01-01", "1950-12-30"), ("2002-06-02", "2002-06-30")],
        ),
        (
            "Narnia,,1950,2002-06\nNarnia,observer,2003-02,",
            [
                ("1950-01-01", "2002-06-30", "1950", "2002-06"),
                ("2003-02-01", None, "2003-02", None),
            ],
            [("member", "Narnia", "1950-01-01", "2002-06-30")],
            [("1950-01-01", "1950-12-30"), ("2002-06-02", "2002-06-30")],
        ),
    ],
)
def test_an_imprecise_bound_stands_beside_its_day_and_leaves_days_undecided(
    engine: Engine, tmp_path: Path, rows: str, spells: Rows, counted: Rows, undecided: Rows
) -> None:
    path = written(tmp_path, f"state,status,first_day,last_day\n{rows}\n", "club.csv")
    assert engine(
        load(path).sql(),
        "SELECT first_day, last_day, first_day_known, last_day_known FROM spells ORDER BY 1",
        "SELECT * FROM counted",
        "SELECT first_day, last_day FROM undecided ORDER BY 1",
        "SELECT * FROM disputed",
    ) == [spells, counted, undecided, []]


@engines
def test_a_text_of_any_length_is_kept(engine: Engine) -> None:
    named = "é" * 5000
    script = club([(named, "in", "2000-01-01", None)], {"all": ["in"]}).sql()
    assert "VARCHAR(5000)" in script
    assert engine(script, "SELECT name FROM states")[0] == [(named,)]


@pytest.mark.parametrize("text", ["A\\'B", "A\\", "${env:HOME}", "A${B}C"])
def test_a_text_that_engines_read_in_more_than_one_way_is_refused(
    tmp_path: Path, text: str
) -> None:
    path = written(tmp_path, f"state,first_day,last_day\n{text},2000-01-01,\n", "bad.csv")
    ran = ask("--data", path, "export", "sql")
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "in more than one way" in ran.err
    with pytest.raises(Refused, match="in more than one way"):
        load(path).sql()


def test_statements_end_where_a_line_does_and_nowhere_else(script: str, others: str) -> None:
    for text in (script, load(others).sql()):
        statements = text.split(";\n")
        assert statements.pop() == ""
        assert {each.split(maxsplit=1)[0] for each in statements} == {"CREATE", "INSERT"}
        assert all(each.count("'") % 2 == 0 for each in statements)


# The runs


def runs(csto: Dataset) -> Counter[tuple[str | None, ...]]:
    """The runs under each basis, as the questions have them."""
    records = csto.records
    return Counter(
        (basis.basis, code, str(run.first_day), str(run.last_day) if run.last_day else None)
        for basis in records.bases.values()
        for code in records.states
        for run in records.standing(code, basis.counts).runs
    )


def invented(seed: int) -> Dataset:
    """A dataset of many spells that meet or nearly meet, of several statuses, some open."""
    chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
    statuses = ["guest", "friend's", "fellow", "sleeper"]
    spells: list[tuple[str, str, str, str | None]] = []
    for code in (f"O'{number}\" —Ü; " for number in range(12)):
        day = dt.date(1, 1, 2) if chance.random() < 0.1 else dt.date(1899, 12, 30)
        for _ in range(chance.randrange(1, 40)):
            first = day + chance.choice([0, 0, 0, 1, 2, 400]) * DAY
            day = first + chance.choice([1, 1, 2, 30, 366]) * DAY
            spells.append((code, chance.choice(statuses), str(first), str(day - DAY)))
        if chance.random() < 0.5:
            spells[-1] = (*spells[-1][:3], None)
    chance.shuffle(spells)
    bases = {"wide": statuses[:3], "narrow": statuses[:1], "two": statuses[1:3], "none": ["no"]}
    return club(spells, bases)


@engines
@pytest.mark.parametrize("seed", [None, 0, 1, 2, 3])
def test_counted_has_the_runs_of_any_dataset_under_each_basis(
    engine: Engine, seed: int | None
) -> None:
    csto = load() if seed is None else invented(seed)
    (rows,) = engine(csto.sql(), "SELECT basis, state, first_day, last_day FROM counted")
    assert Counter(rows) == runs(csto)
    if seed is None:
        assert ("joined", "UZB", "2006-06-23", "2012-12-18") in rows
        assert ("in-force", "RUS", "1994-04-20", None) in rows
    else:
        assert {basis for basis, *_ in rows} == {"wide", "narrow", "two"}
        assert {row[3] is None for row in rows} == {True, False}


# SQL beside `annotate`


@pytest.fixture(scope="module")
def proof() -> Any:
    """The module proofs/engines.py."""
    spec = importlib.util.spec_from_file_location("engines", ROOT / "proofs" / "engines.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


COLUMNS = ["id", "state", "day"]
each_engine = pytest.mark.parametrize("engine", ["sqlite", "duckdb"])


def write_csv(path: Path, rows: Iterable[Iterable[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def panel(path: Path, csto: Dataset, others: str) -> Path:
    """Rows (id, state, day): the days of change and those beside them, and others."""
    chance = random.Random(1)  # noqa: S311  # repeatable, not secret
    spells = csto.records.spells.values()
    bounds = [bound for s in spells for bound in (s.first_day, s.last_day) if bound]
    days = {bound + number * DAY for bound in bounds for number in (-1, 0, 1)}
    last = csto.records.verified_through or TODAY
    days |= {*chance.choices(days_between(dt.date(1949, 1, 1), last), k=200)}
    codes = [*csto.records.states, *others.split()]
    pairs = [(code, str(day)) for code in codes for day in sorted(days)]
    chance.shuffle(pairs)
    return write_csv(path, [COLUMNS, *((str(id), *pair) for id, pair in enumerate(pairs))])


@each_engine
@pytest.mark.parametrize("bundled", [True, False], ids=["bundled", "a club"])
def test_a_join_answers_each_row_as_annotate_does(
    proof: Any, engine: str, bundled: bool, others: str, tmp_path: Path
) -> None:
    csto = load(None if bundled else others)
    path = panel(tmp_path / "panel.csv", csto, "FRA UKR USA" if bundled else "ESP")
    wanted = {}
    for basis in csto.records.bases:
        ran = ask(
            *([] if bundled else ["--data", others]),
            *("annotate", str(path), "--state", "state", "--date", "day", "--basis", basis),
        )
        assert ran.status == 0, ran.err
        wanted[basis] = proof.annotated(Path(written(tmp_path, ran.out, "answers.csv")))
        assert {answer.split()[0] for answer in wanted[basis]} == {"yes", "no"}
    assert proof.proved(engine, csto.sql(), path, wanted, {})


# The proof on four engines


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
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
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
    parts = [
        Path(written(tmp_path, "\n".join(["id,member,first_day", *lines, ""]), f"{number}.csv"))
        for number, lines in enumerate((answers[:2], answers[2:]))
    ]
    assert list(proof.differences(["yes 1992-05-15", "no", "no"], parts)) == found


@pytest.mark.parametrize("changed", ["nothing", "an answer", "a table", "a row twice"])
@each_engine
def test_the_proof_fails_where_an_answer_or_a_table_differs(
    proof: Any,
    script: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    engine: str,
    changed: str,
) -> None:
    rows = [COLUMNS, ["0", "UZB", "2006-06-23"], ["1", "FRA", "2006-06-23"]]
    path = write_csv(tmp_path / "panel.csv", rows)
    wanted = {"joined": ["yes 2006-06-23", "no"]}
    tables = {"bases": [(basis, status) for basis in BASES for status in BASES[basis]]}
    if changed == "an answer":
        wanted["joined"][1] = "yes 2006-06-23"
    if changed == "a table":
        tables["bases"][0] = ("joined", "suspended")
    if changed == "a row twice":
        tables["bases"].append(tables["bases"][0])
    same = proof.proved(engine, script, path, wanted, tables)
    assert same is (changed == "nothing")
    assert ("2 rows compared, 0 differences" in capsys.readouterr().out) is same


def test_the_proof_does_not_pretend_that_an_engine_is_there(
    proof: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert not proof.proved("spark", "", tmp_path / "panel.csv", {}, {})
    assert "spark: not compared" in capsys.readouterr().out


def test_the_documentation_shows_what_the_proof_runs_on_spark() -> None:
    page = (ROOT / "docs" / "big-data.md").read_text(encoding="utf-8")
    proof = (ROOT / "proofs" / "engines.py").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n((?:(?!```).*\n)*)", page, re.MULTILINE)
    (spark,) = [block for block in blocks if "spark" in block]
    assert spark in proof
