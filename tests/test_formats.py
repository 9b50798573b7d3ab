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
from unittest import mock

import pytest
from jsonschema import Draft202012Validator, ValidationError
from running import DATA, Ran, ask

from cstocli import Dataset
from cstocli.core.records import Records
from cstocli.questions.answer import Answer
from cstocli.reading.files import data_file

OTHER = Path(__file__).parent / "data" / "other.csv"
"""Another dataset, which has Uzbekistan from its signature to the receipt of its note."""
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
    "cite uzbekistan --on 2006-07-15",
    "holders",
    "holders chair --from 2006 --to 2012",
    "observers",
    "why --office chair --on 2024-06-06",
    "organisations",
    "organisations armenia russia --on 2020-01-01",
    f"compare {OTHER} --from 2002 --to 2014",
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


@functools.cache
def answer_to(question: str) -> Answer[Any]:
    """What is published, before it has a format."""
    found: list[Answer[Any]] = []
    with mock.patch("cstocli.writing.publish.write", lambda answer, *_: found.append(answer)):
        ask(*question.split())
    (answer,) = found
    return answer


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


SCHEMAS = {
    "why --office chair --on 2024-06-06": "why-held",
    "organisations armenia russia --on 2020-01-01": "organisations-of",
}
"""The questions whose answers are not called as their command is."""
VERIFIED = {
    **dict.fromkeys(["csto.holders/1", "csto.observers/1", "csto.why-held/1"], "2026-01-29"),
    **dict.fromkeys(["csto.organisations/1", "csto.organisations-of/1"]),
}
"""How far what is no membership of the Organisation's own was checked; each organisation says so
itself."""


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_json_answer_has_its_envelope(question: str, records: Records) -> None:
    answered = document(question)
    assert list(answered) == ["schema", "dataset", "query", "rows", "notes"]
    assert answered["schema"] == f"csto.{SCHEMAS.get(question, name_of(question))}/1"
    through = VERIFIED.get(answered["schema"], str(records.verified_through))
    assert answered["dataset"] == {"release": "2026b", "verified_through": through}


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


# Notes


def told(question: str, level: str) -> list[str]:
    """The notes of a level, worked out from those of JSON and from which of them are asides."""
    notes, asides = document(question)["notes"], answer_to(question).asides
    if level != "short" or not asides:
        return notes if level != "none" else []
    assert tuple(notes[-len(asides) :]) == asides
    more = "1 more note" if len(asides) == 1 else f"{len(asides)} more notes"
    return [*notes[: -len(asides)], f"{more}: --notes all."]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("form", ["plain", "jsonl", "csv", "tsv", "markdown"])
def test_notes_go_to_stderr_where_a_format_has_no_place_for_them(question: str, form: str) -> None:
    for level in ("short", "all", "none"):
        ran = ask(*question.split(), "--format", form, "--notes", level)
        assert ran.err == "".join(f"Note: {note}\n" for note in told(question, level))
        assert ran.out == printed(question, form)
    assert asked(question, form).err == "".join(
        f"Note: {note}\n" for note in told(question, "short")
    )


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("level", ["short", "all", "none"])
def test_notes_of_tables_are_below_them(question: str, level: str) -> None:
    ran = ask(*question.split(), "--notes", level)
    notes = " ".join(f"- {note}" for note in told(question, level))
    assert " ".join(ran.out.split()).endswith(" ".join(notes.split()))
    others = set(document(question)["notes"]) - {*told(question, level)}
    shown = {" ".join(note.split()) for note in re.findall("^- (?:.|\n  )*", ran.out, re.M)}
    assert shown & {" ".join(note.split()) for note in others} == set()
    assert ran.err == ""


@pytest.mark.parametrize("question", QUESTIONS)
def test_json_has_all_notes_whatever_the_level(question: str) -> None:
    whole = asked(question, "json")
    assert whole.err == ""
    for level in ("short", "all", "none"):
        assert ask(*question.split(), "--format", "json", "--notes", level) == whole


def test_the_level_of_notes_can_be_set_by_a_variable_and_an_option_outranks_it() -> None:
    question = "check armenia --on 2025-01-01"
    for level in ("short", "all", "none"):
        by_option = ask(*question.split(), "--notes", level)
        assert ask(*question.split(), variables={"CSTO_NOTES": level}) == by_option
        both = ask(*question.split(), "--notes", level, variables={"CSTO_NOTES": "all"})
        assert both == by_option
    bad = ask(*question.split(), variables={"CSTO_NOTES": "few"})
    assert (bad.status, bad.out, "CSTO_NOTES" in bad.err) == (2, "", True)


def test_the_short_notes_are_those_that_change_or_date_the_answer() -> None:
    (disputed,) = told("withdrawals --basis in-force --from 2012 --to 2012", "short")[:-1]
    assert disputed.startswith("Uzbekistan is disputed: suspended already from 2012-06-28")
    assert told("members --on 2025-01-01", "short") == [
        "Uzbekistan: suspended on 2025-01-01, not counted.",
        "Armenia: declares its participation frozen since 2024-02-22; no notice of withdrawal "
        "found, membership unbroken.",
        "2 more notes: --notes all.",
    ]
    assert told("check armenia --on 2026", "short")[-2:] == [
        "2026 is cut at 2026-11-22, the last day that can be asked.",
        "2 more notes: --notes all.",
    ]


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
        {"dataset": {"release": "2026b"}},
        {"dataset": {"release": "2026b", "verified_through": "lately"}},
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
    shown = answer_to(question).columns or ("first_day", "last_day", "day", "date")
    days = Counter(
        day
        for row in document(question)["rows"]
        for day in {_cell(row.get(field)) for field in shown}
        if DAY.fullmatch(day)
    )
    assert days <= Counter(DAY.findall(table(question, columns)))


SINCE = ["Counted", "since", "Counted", "to"]


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
def test_a_table_has_a_line_a_row_below_its_headings(columns: int) -> None:
    lines = table("members --on 1998-01-01 --basis in-force", columns).splitlines()
    rows = document("members --on 1998-01-01 --basis in-force")["rows"]
    head = next(n for n, line in enumerate(lines) if line.startswith("State "))
    assert lines[head].split() == ["State", "Status", *SINCE, "Note"]
    assert set(lines[head + 1]) == {"─"}
    shown = [" ".join(line.split()) for line in lines[head + 2 : head + 2 + len(rows)]]
    wanted = (
        (
            row["name"],
            row["status"],
            row["first_day"],
            row["last_day"],
            row["disputed"] and "disputed",
        )
        for row in rows
    )
    assert shown == [" ".join(filter(None, cells)) for cells in wanted]
    assert "disputed" in " ".join(shown)


def test_a_table_tells_the_first_day_of_a_status_from_that_of_a_run() -> None:
    lines = table("members --on 2007-01-01", 80).splitlines()
    head = next(line for line in lines if line.startswith("State "))
    assert head.split() == ["State", "Status", "Status", "since", *SINCE]
    assert "Armenia      member   2003-09-18     1992-05-15" in lines
    assert "Uzbekistan   member   2006-06-23     2006-06-23      2012-12-18" in lines


@pytest.mark.parametrize("columns", [40, 59])
@pytest.mark.parametrize("question", ["members --on 2006", "history armenia georgia", "accessions"])
def test_below_60_columns_a_table_is_a_block_a_record(question: str, columns: int) -> None:
    blocks = table(question, columns).split("\n\n")
    rows = document(question)["rows"]
    shown = [block.splitlines() for block in blocks if block.startswith("State: ")]
    assert [block[0] for block in shown] == [f"State: {row['name']}" for row in rows]
    days = [row.get("first_day") or row["day"] for row in rows]
    heading = "Counted since" if question.startswith("members") else "First day"
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
