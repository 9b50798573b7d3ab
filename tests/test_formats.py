"""Every format of an answer says the same, in the shape that is published."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from running import DATA, Ran, ask

from cstocli import Dataset
from cstocli.core.records import Records
from cstocli.questions.answer import Answer
from cstocli.reading.files import data_file

EMPTY = [
    "members --on 1990",
    "members --on 1993-01-01 --basis in-force",
    "history france",
    "accessions --from 2020",
    "withdrawals --to 1998",
    "events --kind expiry --to 1998",
    "together azerbaijan uzbekistan --basis charter",
]
QUESTIONS = [
    "members",
    "members --on 2007-01-01",
    "members --on 2006",
    "members --on 2006 --throughout",
    "members --from 1999 --to 2006-06 --basis in-force",
    "members --on 2025-01-01 --basis charter",
    "check uzbekistan --on 2006-07-15",
    "check uzbekistan --on 2006",
    "check georgia --on 1994-01-01 --basis in-force",
    "check armenia",
    "check france --on 2007-01-01",
    "history uzbekistan",
    "history armenia georgia",
    "accessions",
    "accessions --basis charter",
    "withdrawals",
    "withdrawals --basis in-force --from 2000",
    "why uzbekistan --on 2006-07-15",
    "why georgia",
    "events",
    "events uzbekistan --from 2006 --to 2008",
    "diff 1999-04-20 2007-01-01",
    "together armenia azerbaijan",
    "series --from 1992 --to 2012",
    "disputes",
    "sources",
    "states --aliases",
    "info",
    *EMPTY,
]
LIBRARY: dict[str, Callable[[Dataset], Answer[Any]]] = {
    "members --from 1999 --to 2006-06 --basis in-force": lambda csto: csto.members(
        (dt.date(1999, 1, 1), dt.date(2006, 6, 30)), basis="in-force"
    ),
    "members --on 2006 --throughout": lambda csto: csto.members("2006", throughout=True),
    "check france --on 2007-01-01": lambda csto: csto.check("FR", "1 January 2007"),
    "history armenia georgia": lambda csto: csto.history("Armenia", "Georgia"),
}
"""What some of the questions are in Python."""

DAY = re.compile(r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])")
Document = dict[str, Any]


def name_of(question: str) -> str:
    return question.split()[0]


@functools.cache
def asked(question: str, form: str) -> Ran:
    ran = ask(*question.split(), "--format", form)
    assert ran.status in (0, 1, 3)
    return ran


def printed(question: str, form: str) -> str:
    return asked(question, form).out


def document(question: str) -> Document:
    loaded: Document = json.loads(printed(question, "json"))
    return loaded


def cells(rows: list[Document]) -> list[list[str]]:
    """Rows of JSON as they stand outside it."""
    return [[_cell(value) for value in row.values()] for row in rows]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(value) if isinstance(value, list) else str(value)


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def read_tsv(text: str) -> list[list[str]]:
    return [line.split("\t") for line in text.removesuffix("\n").split("\n")]


def read_markdown(text: str) -> list[list[str]]:
    """The cells of a Markdown table, without the line below its header."""
    lines = [line.removeprefix("| ").removesuffix(" |") for line in text.splitlines()]
    table = [[re.sub(r"\\(.)", r"\1", cell) for cell in line.split(" | ")] for line in lines]
    assert set(table.pop(1)) == {"---"}
    return table


def _as_json(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, dt.date) else value


READERS = {"csv": read_csv, "tsv": read_tsv, "markdown": read_markdown}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("form", READERS)
def test_csv_tsv_and_markdown_hold_the_rows_of_json(question: str, form: str) -> None:
    header, *rows = READERS[form](printed(question, form))
    assert rows == cells(document(question)["rows"])
    assert all(list(row) == header for row in document(question)["rows"])


@pytest.mark.parametrize("question", QUESTIONS)
def test_jsonl_is_a_row_of_json_a_line(question: str) -> None:
    lines = printed(question, "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == document(question)["rows"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_plain_is_a_line_a_row(question: str) -> None:
    rows = document(question)["rows"]
    lines = printed(question, "plain").splitlines()
    assert len(lines) == len(rows)
    if name_of(question) in ("members", "states"):
        assert lines == [row["name"] for row in rows]


@pytest.mark.parametrize("question", LIBRARY)
def test_the_library_answers_the_same(question: str, records: Records) -> None:
    answer = LIBRARY[question](Dataset(records))
    answered = document(question)
    rows = [{field: _as_json(v) for field, v in row._asdict().items()} for row in answer]
    assert answered["rows"] == rows
    assert answered["notes"] == list(answer.notes)
    assert printed(question, "plain").splitlines() == [str(row) for row in answer]


@pytest.mark.parametrize("question", EMPTY)
def test_an_empty_answer_is_a_whole_document(question: str) -> None:
    header = read_csv(printed(question, "csv"))
    assert document(question)["rows"] == []
    assert len(header) == 1
    assert (
        read_tsv(printed(question, "tsv")) == header == read_markdown(printed(question, "markdown"))
    )
    assert printed(question, "jsonl") == printed(question, "plain") == ""
    assert printed(question, "table").strip()


def test_nothing_is_empty_and_booleans_are_words_outside_json() -> None:
    first = read_csv(printed("members --on 2025-01-01 --basis charter", "csv"))[1]
    assert first[:7] == ["ARM", "Armenia", "member", "2003-09-18", "", "all", "false"]


def test_days_are_text_and_open_ends_are_null_in_json() -> None:
    armenia, *_, uzbekistan = document("members --on 2007-01-01")["rows"]
    assert (armenia["first_day"], armenia["last_day"]) == ("1992-05-15", None)
    assert (uzbekistan["first_day"], uzbekistan["last_day"]) == ("2006-06-23", "2012-12-18")
    assert (armenia["disputed"], uzbekistan["disputed"]) == (False, False)
    assert document("history uzbekistan")["rows"][0]["days"] == 705


def test_lists_are_lists_in_json_and_joined_by_a_blank_outside() -> None:
    year = next(row for row in document("series --from 1992 --to 2012")["rows"] if row["left"])
    assert year["left"] == ["AZE", "GEO", "UZB"]
    assert "1999,6,,AZE GEO UZB" in printed("series --from 1992 --to 2012", "csv").splitlines()


@pytest.mark.parametrize("form", ["json", "jsonl", *READERS])
def test_machine_formats_write_every_script_as_it_is(form: str) -> None:
    assert "Հայաստան" in printed("states", form)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_json_answer_has_its_envelope(question: str, records: Records) -> None:
    answered = document(question)
    assert list(answered) == ["schema", "dataset", "query", "rows", "notes"]
    assert answered["schema"] == f"csto.{name_of(question)}/1"
    assert answered["dataset"] == {
        "release": records.release,
        "verified_through": str(records.verified_through),
    }


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("members --on 2007-01-01", ["joined", "2007-01-01", "2007-01-01", "day"]),
        ("members --on 2006", ["joined", "2006-01-01", "2006-12-31", "any"]),
        ("members --on 2006 --throughout", ["joined", "2006-01-01", "2006-12-31", "throughout"]),
        ("members", ["joined", "2026-11-22", "2026-11-22", "day"]),
        ("check france --on 2007-01-01", ["FRA", "joined", "2007-01-01", "2007-01-01", "day"]),
        ("history armenia georgia", [["ARM", "GEO"]]),
        ("withdrawals --to 1998", ["joined", "1992-05-15", "1998-12-31"]),
        ("accessions --from 2020", ["joined", "2020-01-01", "2026-11-22"]),
    ],
)
def test_a_json_answer_says_what_was_understood(question: str, query: list[Any]) -> None:
    assert list(document(question)["query"].values()) == query


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("form", ["plain", "jsonl", "csv", "tsv", "markdown"])
def test_notes_go_to_stderr_where_a_format_has_no_place_for_them(question: str, form: str) -> None:
    notes = document(question)["notes"]
    assert asked(question, form).err == "".join(f"Note: {note}\n" for note in notes)


@pytest.mark.parametrize("question", QUESTIONS)
def test_notes_of_json_and_tables_are_in_them(question: str) -> None:
    assert asked(question, "json").err == asked(question, "table").err == ""
    notes = " ".join(f"- {note}" for note in document(question)["notes"])
    assert " ".join(printed(question, "table").split()).endswith(" ".join(notes.split()))


def test_some_of_the_questions_have_notes() -> None:
    assert document("members --on 2006")["notes"] != []


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_cell_begins_like_a_formula(question: str) -> None:
    found = [cell for row in read_csv(printed(question, "csv")) for cell in row]
    assert [cell for cell in found if cell.startswith(("=", "+", "-", "@"))] == []


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads(Path(data_file("answers.schema.json")).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_json_answer_keeps_the_schema(question: str, validator: Draft202012Validator) -> None:
    validator.validate(document(question))


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q not in EMPTY])
def test_a_row_without_one_of_its_fields_breaks_the_schema(
    question: str, validator: Draft202012Validator
) -> None:
    broken = document(question)
    row = broken["rows"][-1]
    for field in row:
        broken["rows"][-1] = {other: row[other] for other in row if other != field}
        with pytest.raises(ValidationError):
            validator.validate(broken)


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "csto.members/2"},
        {"schema": "csto.check/1"},
        {"schema": None},
        {"dataset": {"release": "2026a"}},
        {"dataset": {"release": "2026a", "verified_through": "lately"}},
        {"query": {"basis": "joined"}},
        {"rows": None},
        {"rows": {}},
        {"notes": "none"},
        {"notes": [1]},
        {"more": True},
    ],
    ids=str,
)
def test_a_wrong_document_breaks_the_schema(
    change: Document, validator: Draft202012Validator
) -> None:
    with pytest.raises(ValidationError):
        validator.validate(document("members --on 2006") | change)


@pytest.mark.parametrize(
    "change",
    [
        {"state": ""},
        {"name": None},
        {"status": True},
        {"first_day": None},
        {"first_day": "92"},
        {"first_day": "15 May 1992"},
        {"last_day": ""},
        {"part": "some"},
        {"part": ""},
        {"disputed": "true"},
        {"disputed": None},
        {"remark": []},
    ],
    ids=str,
)
def test_a_wrong_field_breaks_the_schema(change: Document, validator: Draft202012Validator) -> None:
    broken = document("members --on 2006")
    validator.validate(broken)
    broken["rows"][0] |= change
    with pytest.raises(ValidationError):
        validator.validate(broken)


@functools.cache
def table(question: str, columns: int) -> str:
    return ask(*question.split(), variables={"COLUMNS": str(columns)}).out


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("columns", [40, 59, 60, 80, 100, 120])
def test_no_line_is_wider_than_the_terminal(question: str, columns: int) -> None:
    lines = [line for line in table(question, columns).splitlines() if "://" not in line]
    assert [line for line in lines if len(line) > columns] == []


@pytest.mark.parametrize("question", [q for q in QUESTIONS if name_of(q) != "check"])
@pytest.mark.parametrize("columns", [40, 59, 60, 80, 100, 120])
def test_no_day_is_cut(question: str, columns: int) -> None:
    days = Counter(
        row[field]
        for row in document(question)["rows"]
        for field in ("first_day", "last_day", "day", "date")
        if DAY.fullmatch(row.get(field) or "")
    )
    assert days <= Counter(DAY.findall(table(question, columns)))


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
def test_a_table_has_a_line_a_row_below_its_headings(columns: int) -> None:
    lines = table("members --on 2007-01-01", columns).splitlines()
    rows = document("members --on 2007-01-01")["rows"]
    head = next(n for n, line in enumerate(lines) if line.startswith("State "))
    assert lines[head].split() == ["State", "Status", "Counted", "from", "Counted", "to"]
    assert set(lines[head + 1]) == {"─"}
    shown = [" ".join(line.split()) for line in lines[head + 2 : head + 2 + len(rows)]]
    assert shown == [
        f"{row['name']} {row['status']} {row['first_day']} {row['last_day'] or ''}".strip()
        for row in rows
    ]


@pytest.mark.parametrize("columns", [40, 59])
@pytest.mark.parametrize("question", ["members --on 2006", "history armenia georgia", "accessions"])
def test_below_60_columns_a_table_is_a_block_a_record(question: str, columns: int) -> None:
    blocks = table(question, columns).split("\n\n")
    rows = document(question)["rows"]
    shown = [block.splitlines() for block in blocks if block.startswith("State: ")]
    assert [block[0] for block in shown] == [f"State: {row['name']}" for row in rows]
    days = [row.get("first_day") or row["day"] for row in rows]
    heading = "Counted from" if question.startswith("members") else "First day"
    assert all(f"{heading}: {day}" in block for block, day in zip(shown, days, strict=True))
    assert "─" not in table(question, columns)


AWKWARD = 'A [/x] [bold]b[/bold] :smile: | \\ "c", d'


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A dataset in which Armenia has a name that every format could stumble over."""
    raw = json.loads(Path(DATA).read_text(encoding="utf-8"))
    raw["states"][0]["name"] = AWKWARD
    path = tmp_path_factory.mktemp("data") / "awkward.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("form", READERS)
def test_an_awkward_name_comes_back_whole(form: str, awkward: str) -> None:
    out = ask("--data", awkward, "members", "--on", "2007-01-01", "--format", form).out
    assert READERS[form](out)[1][:2] == ["ARM", AWKWARD]


@pytest.mark.parametrize("args", ["members --on 2007-01-01", "check ARM", "history ARM"])
@pytest.mark.parametrize("columns", ["50", "200"])
def test_nothing_in_a_table_is_markup(args: str, columns: str, awkward: str) -> None:
    out = ask("--data", awkward, *args.split(), variables={"COLUMNS": columns}).out
    assert AWKWARD in " ".join(out.split())
