"""What `csto validate` finds in a file."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from documents import BUNDLED, PATH, written
from running import ask

from cstocli.reading.files import data_file


def test_a_file_that_keeps_every_rule_is_said_to_keep_them() -> None:
    asked = ask("validate", PATH, variables={"COLUMNS": "500"})
    assert (asked.status, asked.err) == (0, "")
    assert asked.out.startswith(f"{PATH}: no problem\n")
    assert "26 spells" in asked.out
    assert "neither overlap nor share a day" in " ".join(asked.out.split())


def test_every_problem_is_a_row_with_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, {**BUNDLED, "release": "", "spells": [{"id": "X"}]})
    asked = ask("validate", path, "--format", "json")
    document = json.loads(asked.out)
    assert asked.status == 1
    assert document["dataset"] == {"release": None, "verified_through": None}
    places = [row["place"] for row in document["rows"]]
    assert (places.count("release"), places.count("spells[0]")) == (1, 8)
    schema = Path(data_file("answers.schema.json")).read_text(encoding="utf-8")
    jsonschema.validate(document, json.loads(schema))


def test_one_problem_is_counted_as_one_and_told_in_a_line(tmp_path: Path) -> None:
    path = written(tmp_path, {**BUNDLED, "verified_through": "2026-02-30"})
    asked = ask("validate", path, variables={"COLUMNS": "500"})
    assert asked.status == 1
    assert "data.json: 1 problem " in " ".join(asked.out.split())
    assert asked.out.splitlines()[-1] == "verified_through: there is no day 2026-02-30"


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"a": 1, "a": 2}', b"\xff\xfe", b"[" * 10**5])
def test_what_is_no_document_is_one_problem_of_the_whole(tmp_path: Path, content: bytes) -> None:
    asked = ask("validate", written(tmp_path, content, "no.json"), "--format", "tsv")
    assert asked.status == 1
    header, row = asked.out.splitlines()
    assert (header, row[0]) == ("place\tproblem", "\t")


def test_the_descriptor_of_a_package_is_called_by_its_kind(tmp_path: Path) -> None:
    assert ask("export", "package", str(tmp_path / "package")).status == 0
    asked = ask("validate", str(tmp_path / "package" / "datapackage.json"), "--format", "tsv")
    assert asked.status == 1
    assert asked.out.splitlines()[1].startswith("\tthe descriptor of a Data Package")


@pytest.mark.parametrize("path", ["/nowhere", "/dev/zero", "/"])
def test_what_cannot_be_read_is_trouble(path: str) -> None:
    asked = ask("validate", path)
    assert (asked.status, asked.out) == (2, "")
    assert asked.err.startswith(f"Error: {path}: ")


def test_a_hostile_file_has_its_problems_listed_in_bounded_time(tmp_path: Path) -> None:
    path = written(tmp_path, {**BUNDLED, "spells": [1] * 200_000})
    asked = ask("validate", path, "--format", "tsv")
    assert asked.status == 1
    assert len(asked.out.splitlines()) == 1001
