"""The catalogue: which organisations there are, and which had a state, asked as people ask."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from documents import written
from running import ask, run

from cstocli import catalogue, library, load

ALL = "CSTO CIS Customs-Union EAEU EurAsEC GUAM NATO SCO Shanghai-Five Union-State"
IDS = ALL.split()
OPENED = """
import os, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from cstocli.cli.main import run
run(sys.argv[1:])
print(*{os.path.basename(path) for path in opened if path.endswith(".json")}, file=sys.stderr)
"""
"""A program that asks a question, and says which documents it reads."""


def rows(*args: str) -> list[dict[str, Any]]:
    ran = ask(*args, "--format", "json")
    assert ran.status == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)["rows"]
    return found


def test_there_are_ten_organisations_and_the_own_one_is_first() -> None:
    assert [row["organisation"] for row in rows("organisations")] == IDS


@pytest.mark.parametrize("id", IDS)
def test_what_is_listed_of_an_organisation_is_what_its_dataset_says(id: str) -> None:
    (row,) = [row for row in rows("organisations") if row["organisation"] == id]
    records = load(organisation=id).records
    assert (row["name"], row["states"]) == (records.organisation.name, len(records.states))
    assert row["first_day"] == min(str(spell.first_day) for spell in records.spells.values())
    assert row["verified_through"] == (str(records.verified_through or "") or None)
    default, *others = row["bases"]
    assert default == records.default_basis.basis
    assert {default, *others} == {*records.bases}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("uzbekistan --on 2006-03-01", "CIS EurAsEC SCO"),
        ("uzbekistan --on 2006-06-23", "CSTO CIS EurAsEC SCO"),
        ("узбекистан --on 2003-01-01", "CIS GUAM SCO"),
        ("armenia russia --on 2020-01-01", "CSTO CIS EAEU"),
        ("armenia russia belarus --on 2000-01-25", "CSTO CIS"),
        ("russia belarus --on 2010-01-01", "CSTO CIS Customs-Union EurAsEC Union-State"),
        ("moldova --on 2010-01-01", "CIS GUAM"),
        ("china --on 1998", "Shanghai-Five"),
        ("estonia --from 1992 --to 2004-03-28", ""),
        ("estonia --from 1992 --to 2004-03-29", "NATO"),
        ("france --on 1949-08-23", ""),
        ("uzbekistan azerbaijan --on 2001", "CIS GUAM"),
        ("mongolia --on 2010", ""),
    ],
)
def test_states_were_counted_in_these_organisations(asked: str, found: str) -> None:
    args = asked.split()
    assert [row["organisation"] for row in rows("organisations", *args)] == found.split()


@pytest.mark.parametrize(
    ("names", "id"),
    [
        ("CSTO csto ОДКБ одкб", "CSTO"),
        ("NATO nato НАТО", "NATO"),
        ("EAEU eaeu EEU ЕАЭС", "EAEU"),
        ("CIS СНГ снг", "CIS"),
        ("SCO ШОС", "SCO"),
        ("GUAM guuam ГУАМ", "GUAM"),
        ("Union-State union-state", "Union-State"),
    ],
)
def test_an_organisation_is_asked_by_its_id_an_alias_or_in_russian(names: str, id: str) -> None:
    for name in names.split():
        ran = ask("--org", name, "info", "--format", "json")
        facts = {row["key"]: row["value"] for row in json.loads(ran.out)["rows"]}
        assert facts["organisation"].endswith(f"({id})")


@pytest.mark.parametrize("id", IDS)
def test_an_organisation_is_asked_by_its_name(id: str) -> None:
    (name,) = [row["name"] for row in rows("organisations") if row["organisation"] == id]
    for typed in (name, name.upper(), f" {name} "):
        assert load(organisation=typed).records.organisation.id == id


def test_an_organisation_that_is_not_there_is_refused_with_those_that_are() -> None:
    ran = ask("--org", "NAFTA", "members")
    assert (ran.status, ran.out) == (2, "")
    assert f"there is no organisation 'NAFTA'; there are {', '.join(IDS)}" in ran.err


def test_uzbekistan_left_guam_before_it_came_back_to_the_treaty() -> None:
    both = {row.organisation for row in catalogue().organisations("uzbekistan", on="2005-05")}
    assert "GUAM" in both
    assert "CSTO" not in both
    for day in ("1999-04-20", "1999-04-24", "2005-05-04", "2005-05-05", "2006-06-23"):
        named = {row.organisation for row in catalogue().organisations("uzbekistan", on=day)}
        assert not named >= {"GUAM", "CSTO"}, day


@pytest.mark.parametrize(
    ("state", "on", "which"),
    [
        ("moldova", "2010-01-01", "CIS, GUAM"),
        ("ukraine", "2000", "CIS, GUAM"),
        ("estonia", "2005-01-01", "NATO"),
    ],
)
def test_check_of_a_state_that_is_none_of_the_nine_notes_where_it_was_counted(
    state: str, on: str, which: str
) -> None:
    notes = json.loads(ask("check", state, "--on", on, "--format", "json").out)["notes"]
    said = f"was counted in {which}: csto organisations {state} --on {on}"
    assert [note for note in notes if note.endswith(said)]
    typed = rows("organisations", state, "--on", on)
    assert ", ".join(row["organisation"] for row in typed) == which


@pytest.mark.parametrize(
    ("asked", "data"),
    [
        ("check mongolia --on 2010", ()),
        ("check uzbekistan --on 2002-01-01", ()),
        ("--org CIS check estonia --on 2010", ()),
    ],
)
def test_nothing_is_noted_of_others_where_there_is_nothing_to_say(
    asked: str, data: tuple[str, ...]
) -> None:
    notes = json.loads(ask(*data, *asked.split(), "--format", "json").out)["notes"]
    assert not [note for note in notes if "was counted in" in note]


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("members --on 2007-01-01 --format tsv", {"membership.json"}),
        ("members --on 2007-01-01", {"membership.json"}),
        ("check uzbekistan --on 2007-01-01 --quiet", {"membership.json"}),
        ("holders chair --on 2020-01-01 --format tsv", {"membership.json", "offices.json"}),
        ("--org NATO members --on 2007-01-01 --format tsv", {"index.json", "nato.json"}),
    ],
)
def test_a_question_reads_the_documents_that_it_needs_and_no_others(
    asked: str, read: set[str]
) -> None:
    done = run(sys.executable, "-c", OPENED, *asked.split())
    opened = set(done.stderr.decode().splitlines()[-1].split())
    missing, more = read - opened, opened - read
    assert not missing
    if "--org" not in asked:  # an organisation is looked for in the documents one by one
        assert not more


def test_the_organisations_of_a_file_are_those_of_the_file(tmp_path: Path) -> None:
    lines = ["organisation,state,first_day,last_day", "B,France,1990-01-01,", "A,Spain,1991,1992"]
    path = written(tmp_path, "\n".join(lines), "two.csv")
    found = [(row["organisation"], row["states"]) for row in rows("--data", path, "organisations")]
    assert found == [("B", 1), ("A", 1)]
    asked = rows("--data", path, "organisations", "spain", "--on", "1991-06-01")
    assert [(row["organisation"], row["imprecise"]) for row in asked] == [("A", True)]


def test_the_catalogue_is_one_whatever_was_asked_before() -> None:
    load().check("moldova", on="2010-01-01")
    assert library.catalogue is catalogue
    assert len(library.catalogue().organisations()) == len(IDS)
