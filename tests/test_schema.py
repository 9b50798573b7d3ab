"""The schema of JSON answers, which has every field of every question's rows."""

from __future__ import annotations

import copy
import datetime as dt
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator

from cstocli import load
from cstocli.core.days import Known
from cstocli.library import catalogue, convert
from cstocli.questions.answer import Answer
from cstocli.questions.series import SeriesRow
from cstocli.reading.files import data_file
from cstocli.writing import schema
from cstocli.writing.formats import as_json

TEXT = Path(data_file("answers.schema.json")).read_text(encoding="utf-8")
KEPT: schema.Schema = json.loads(TEXT)
QUESTIONS = """
members check history accessions withdrawals why events diff together series timeline disputes
sources states validate info spells acts state-years cite compare converted dyad-years holders
observers organisations organisations-of terms why-held held-timeline
"""
CODES = ["iso2c", "iso3n", "cown", "gwc", "eurostat"]
COLUMNS = {"state": "state", "first_day": "first_day", "last_day": "last_day"}


class Row(NamedTuple):
    """A row with a field of every type.

    The rest is for readers of the code.
    """

    state: str
    name: str | None
    day: dt.date
    first_day: Known
    last_day: Known | None
    members: int
    days: int | None
    disputed: bool
    joined: tuple[str, ...]


FIELDS: dict[str, Any] = {
    "state": {"type": "string"},
    "name": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    "day": {"$ref": "#/$defs/day"},
    "first_day": {"$ref": "#/$defs/bound"},
    "last_day": {"anyOf": [{"$ref": "#/$defs/bound"}, {"type": "null"}]},
    "members": {"type": "integer"},
    "days": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
    "disputed": {"type": "boolean"},
    "joined": {"type": "array", "items": {"type": "string"}},
}


def test_the_schema_is_the_one_that_the_rows_make() -> None:
    spec = importlib.util.spec_from_file_location(
        "schema", Path(__file__).parent.parent / "proofs" / "schema.py"
    )
    assert spec
    assert spec.loader
    proof = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(proof)
    assert proof.written(TEXT) == TEXT, "`nox -s schema` writes the fields that have changed"


def test_every_question_has_rows() -> None:
    assert sorted(schema.row_types()) == sorted(QUESTIONS.split())
    assert schema.row_types()["series"] is SeriesRow


def test_a_type_of_python_is_one_of_json() -> None:
    assert schema.fields(Row) == FIELDS


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> schema.Schema:
    """The schema if the rows of `series` were others, there was one question more, and one less."""
    types: dict[str, Any] = {**schema.row_types(), "series": Row, "new": Row}
    del types["validate"]
    monkeypatch.setattr(schema, "row_types", lambda: types)
    return schema.answers(copy.deepcopy(KEPT))


def test_a_field_is_added_to_the_schema_with_its_type_or_taken_from_it(made: Any) -> None:
    rows = made["$defs"]["series"]
    assert rows["required"] == [*rows["properties"]] == [*FIELDS]
    assert rows["properties"]["days"] == FIELDS["days"]
    assert "period" not in rows["properties"]


def test_what_is_kept_of_a_field_stays_as_long_as_it_fits_the_type(made: Any) -> None:
    series, before = (one["$defs"]["series"] for one in (made, KEPT))
    for name in ("members", "joined"):
        assert series["properties"][name] == before["properties"][name] != FIELDS[name]
    assert series["description"] == before["description"]
    assert {n: d for n, d in made["$defs"].items() if n not in ("series", "new")} == {
        n: d for n, d in KEPT["$defs"].items() if n not in ("series", "validate")
    }


@pytest.mark.parametrize(
    ("name", "kept", "stays"),
    [
        ("state", {"$ref": "#/$defs/state"}, True),
        ("state", {"$ref": "#/$defs/bound"}, True),
        ("state", {"enum": ["a", "b"]}, True),
        ("state", {"enum": [1]}, False),
        ("state", {"type": "string", "pattern": "^a"}, True),
        ("state", {"type": "integer"}, False),
        ("state", {"anyOf": [{"type": "string"}, {"type": "null"}]}, False),
        ("name", {"anyOf": [{"enum": ["a"]}, {"type": "null"}], "description": "A."}, True),
        ("name", {"anyOf": [{"type": "integer"}, {"type": "null"}]}, False),
        ("name", {"anyOf": [{"type": "string"}, {"type": "integer"}]}, False),
        ("name", {"type": "string"}, False),
        ("day", {"$ref": "#/$defs/day", "description": "A."}, True),
        ("day", {"$ref": "#/$defs/bound"}, False),
        ("day", {"type": "string"}, False),
        ("first_day", {"$ref": "#/$defs/bound", "description": "A."}, True),
        ("first_day", {"$ref": "#/$defs/day"}, False),
        ("members", {"type": "integer", "minimum": 0}, True),
        ("members", {"enum": ["a"]}, False),
        ("disputed", {"type": "integer"}, False),
        ("joined", {"type": "array", "items": {"$ref": "#/$defs/state"}}, True),
        ("joined", {"type": "array", "items": {"type": "integer"}}, False),
        ("joined", {"type": "string"}, False),
    ],
    ids=str,
)
def test_what_is_kept_fits_a_type_or_does_not(
    monkeypatch: pytest.MonkeyPatch, name: str, kept: Any, stays: bool
) -> None:
    monkeypatch.setattr(schema, "row_types", lambda: {"series": Row})
    before = copy.deepcopy(KEPT)
    before["$defs"]["series"]["properties"][name] = kept
    found = schema.answers(before)["$defs"]["series"]["properties"][name]
    assert found == (kept if stays else FIELDS[name])


def test_a_question_is_added_at_the_end_or_taken_away_everywhere(made: Any) -> None:
    names = [name for name in QUESTIONS.split() if name != "validate"]
    words = [f"csto.{name}/1" for name in [*names, "new"]]
    assert made["properties"]["schema"]["enum"] == words
    rules = [rule["if"]["properties"]["schema"]["const"] for rule in made["allOf"]]
    assert rules == words
    assert made["allOf"][-1]["then"]["properties"]["rows"]["items"] == {"$ref": "#/$defs/new"}
    assert made["$defs"]["new"] == {
        "description": "A row with a field of every type.",
        "type": "object",
        "required": [*FIELDS],
        "properties": FIELDS,
        "additionalProperties": False,
    }


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("why-held", lambda: load().why_held("chair", "2022-12-15")),
        ("held-timeline", lambda: load().held_timeline("chair", 2016)),
        ("terms", lambda: load().terms()),
        ("state-years", lambda: load().state_years(1999, codes=CODES)),
        ("dyad-years", lambda: load().dyad_years(1999, codes=CODES)),
        ("compare", lambda: load().compare(load(organisation="CIS"), during=2006)),
        ("converted", lambda: convert(data_file("codes.csv"), "columns", **COLUMNS)),
        ("organisations", lambda: catalogue().organisations()),
        ("organisations-of", lambda: catalogue().organisations("armenia", on=2006)),
    ],
)
def test_what_few_commands_ask_keeps_the_schema_too(
    name: str, answer: Callable[[], Answer[Any]]
) -> None:
    found = answer()
    assert found.rows
    assert found.question == name
    Draft202012Validator(KEPT).validate(json.loads(as_json(found)))
