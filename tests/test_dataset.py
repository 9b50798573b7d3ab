"""What is read from a dataset file, record by record."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import pytest

from cstocli import BrokenDataset, Refused, dataset
from cstocli.bounds import Bound
from cstocli.files import Raw, data_file
from cstocli.model import (
    Act,
    Basis,
    Dispute,
    Kind,
    OpenQuestion,
    Organisation,
    Remark,
    Source,
    Spell,
    State,
    Status,
)

BUNDLED = data_file("membership.json")
DAY, LATER = dt.date(2000, 1, 1), dt.date(2001, 1, 31)


def document() -> Raw:
    """A document that has a record of every kind, and days that are known to the month."""
    spell = {"id": "one", "state": "AAA", "status": "in", "certainty": "high"}
    dispute = {"about": "AAA", "reason": "as is said", "sources": ["book", "map"]}
    return {
        "release": "2001a",
        "verified_through": "2020-02-26",
        "licence": "CC0-1.0",
        "organisation": {
            "id": "CLUB",
            "name": "The Club",
            "treaty": "Pact",
            "wikidata": "Q1",
            "treaty_wikidata": "Q2",
            "aliases": ["Klub", "Straße"],
        },
        "statuses": [{"status": "in", "text": "inside", "past": "was in", "present": "is in"}],
        "bases": [
            {
                "basis": "all",
                "default": True,
                "counts": ["in", "near"],
                "text": "inside",
                "instrument": "Pact",
                "signed": "begin",
                "in_force": "end",
            }
        ],
        "kinds": [{"kind": "signature", "text": "a text is signed", "did": "signed"}],
        "states": [
            {
                "code": "AAA",
                "alpha_2": "AA",
                "numeric": "001",
                "cow": "AAX",
                "wikidata": "Q3",
                "name": "Ruritania",
                "official": "Kingdom of Ruritania",
                "russian": "Руритания",
                "native": "Ruritanien",
                "aliases": ["Zenda", "Strelsau"],
                "adjectives": ["Ruritanian"],
            }
        ],
        "acts": [
            {
                "id": "begin",
                "date": "2000-01",
                "effective": effective,
                "kind": "signature",
                "title": "Ruritania signs",
                "place": "Zenda",
                "states": ["AAA"],
                "certainty": "high",
                "sources": ["book", "map"],
            }
            | more
            for effective, more in (("2000-01-01", {}), (None, {"id": "end", "date": "2001-01-31"}))
        ],
        "spells": [
            spell
            | {
                "first_day": "2000-01-01",
                "last_day": "2001-01-31",
                "opened_by": "begin",
                "closed_by": "end",
                "ended": "withdrawn",
            },
            spell
            | {
                "id": "two",
                "first_day": "2002-02",
                "last_day": "2003",
                "opened_by": None,
                "closed_by": None,
                "ended": "left",
            },
            spell
            | {
                "id": "three",
                "first_day": "2004-01-01",
                "last_day": None,
                "opened_by": None,
                "closed_by": None,
                "ended": None,
            },
        ],
        "disputes": [
            dispute
            | {
                "id": "doubt",
                "value": "2001",
                "from": "2000-01-01",
                "to": "2001-01-31",
                "status": "near",
                "verdict": "rival",
            },
            dispute
            | {
                "id": "slip",
                "value": "1999",
                "from": None,
                "to": None,
                "status": None,
                "verdict": "rejected",
            },
        ],
        "remarks": [
            {
                "id": "remark",
                "state": "AAA",
                "from": "2000-01-01",
                "to": "2001-01-31",
                "text": "hesitates",
                "sources": ["book", "map"],
            }
        ],
        "open_questions": [
            {
                "id": "why",
                "about": "AAA",
                "question": "Why?",
                "found": "Nothing.",
                "as_of": "2001-01-31",
            }
        ],
        "sources": [
            {
                "id": "book",
                "publisher": "A Press",
                "title": "A Book",
                "date": "2001",
                "language": "en",
                "address": "https://example.org/",
                "level": "primary",
            }
        ],
    }


RURITANIA = State(
    "AAA",
    "AA",
    "001",
    "AAX",
    "Q3",
    "Ruritania",
    "Kingdom of Ruritania",
    "Руритания",
    "Ruritanien",
    ("Zenda", "Strelsau"),
    ("Ruritanian",),
)


def test_a_document_becomes_the_records_that_it_holds() -> None:
    found = dataset.build(document())
    both = ("book", "map")
    assert (found.release, found.licence) == ("2001a", "CC0-1.0")
    assert found.verified_through == dt.date(2020, 2, 26)
    assert found.organisation == Organisation(
        "CLUB", "The Club", "Pact", "Q1", "Q2", ("Klub", "Straße")
    )
    assert found.statuses == {"in": Status("in", "inside", "was in", "is in")}
    counts = frozenset({"in", "near"})
    assert found.bases == {"all": Basis("all", True, counts, "inside", "Pact", "begin", "end")}
    assert type(found.bases["all"].counts) is frozenset
    assert found.kinds == {"signature": Kind("signature", "a text is signed", "signed")}
    assert found.states == {"AAA": RURITANIA}
    signs = ("signature", "Ruritania signs", "Zenda", ("AAA",), "high", both)
    assert found.acts == {
        "begin": Act("begin", "2000-01", DAY, *signs),
        "end": Act("end", "2001-01-31", None, *signs),
    }
    assert found.disputes == {
        "doubt": Dispute(
            *("doubt", "AAA", "2001", DAY, LATER, "near", "rival", "as is said", both)
        ),
        "slip": Dispute("slip", "AAA", "1999", None, None, None, "rejected", "as is said", both),
    }
    assert found.remarks == (Remark("remark", "AAA", DAY, LATER, "hesitates", both),)
    assert found.open_questions == (OpenQuestion("why", "AAA", "Why?", "Nothing.", LATER),)
    assert found.sources == {
        "book": Source(
            *("book", "A Press", "A Book", "2001", "en", "https://example.org/", "primary")
        )
    }


def test_the_days_of_a_spell_may_be_a_month_or_a_year_or_none_at_the_end() -> None:
    known, blurred, lasting = dataset.build(document()).spells.values()
    assert known == Spell("one", "AAA", "in", DAY, LATER, "begin", "end", "withdrawn", "high")
    assert (type(known.first_day), type(known.last_day)) == (dt.date, dt.date)
    assert (str(blurred.first_day), str(blurred.last_day)) == ("2002-02", "2003")
    assert (blurred.first_day, blurred.last_day) == (dt.date(2002, 2, 1), dt.date(2003, 12, 31))
    assert (type(blurred.first_day), type(blurred.last_day)) == (Bound, Bound)
    assert lasting[3:] == (dt.date(2004, 1, 1), None, None, None, None, "high")


def test_a_document_need_not_say_up_to_when_it_was_checked() -> None:
    assert dataset.build(document() | {"verified_through": None}).verified_through is None


def test_a_document_is_not_changed_by_reading_it() -> None:
    raw = document()
    dataset.build(raw)
    assert raw == document()


# The bundled file


def test_the_bundled_dataset_is_loaded_where_no_file_is_named() -> None:
    assert dataset.load().release == "2026a"
    assert dataset.load(None, None).organisation.id == "CSTO"
    assert [state.code for state in dataset.bundled_states()] == [
        *("ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "RUS", "TJK", "UZB")
    ]
    armenia = dataset.bundled_states()[0]
    assert (armenia.name, armenia.adjectives) == ("Armenia", ("Armenian", "армянский"))


@pytest.mark.parametrize("path", [None, BUNDLED])
def test_an_organisation_goes_by_its_id_its_name_and_its_aliases(path: str | None) -> None:
    for name in ("CSTO", " csto ", "Collective Security Treaty Organisation", "ОДКБ"):
        assert dataset.load(path, name).organisation.id == "CSTO"
    with pytest.raises(Refused) as refused:
        dataset.load(path, "Rose")
    shown = "csto" if path is None else path
    assert str(refused.value) == f"{shown} has no organisation 'Rose'; it has CSTO"


def test_names_of_an_organisation_are_compared_without_case() -> None:
    records = dataset.build(document())
    assert dataset._chosen(records, "STRASSE", "a file") is records
    assert dataset._chosen(records, "the club", "a file") is records
    with pytest.raises(Refused, match=r"^a file has no organisation 'Rose'; it has CLUB$"):
        dataset._chosen(records, "Rose", "a file")


def test_the_checksum_is_that_of_the_file_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(b"abc")
    assert dataset.checksum(str(path)) == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
    bundled = hashlib.sha256(Path(BUNDLED).read_bytes()).hexdigest()
    assert dataset.checksum() == dataset.checksum(BUNDLED) == bundled


# A file


def changed(folder: Path, **change: object) -> str:
    path = folder / "da\x07ta.json"
    raw = json.loads(Path(BUNDLED).read_text(encoding="utf-8"))
    path.write_text(json.dumps(raw | change), encoding="utf-8")
    return str(path)


def test_a_file_is_loaded_whole_and_as_the_bundled_one(tmp_path: Path) -> None:
    loaded = dataset.load(changed(tmp_path, release="2030b"))
    assert (loaded.release, len(loaded.spells)) == ("2030b", 26)
    assert dataset.load(changed(tmp_path), "odkb").organisation.id == "CSTO"


def test_a_file_with_a_problem_is_refused_with_it_and_with_how_many_more(tmp_path: Path) -> None:
    folder = str(tmp_path)
    with pytest.raises(BrokenDataset) as refused:
        dataset.load(changed(tmp_path, verified_through="2026-02-30"))
    assert str(refused.value) == (
        f"{folder}/da\\x07ta.json: verified_through: there is no day 2026-02-30"
    )
    with pytest.raises(BrokenDataset) as refused:
        dataset.load(changed(tmp_path, release="", licence=""))
    assert str(refused.value).startswith(f"{folder}/da\\x07ta.json: release: ")
    assert str(refused.value).endswith(" (2 problems in all)")


def test_a_table_is_loaded_by_its_rows_and_its_organisations(tmp_path: Path) -> None:
    path = tmp_path / "clubs.csv"
    path.write_text(
        "organisation,state,first_day,last_day\nA,Georgia,2001-01-01,\nB,Zenda,2002-01-01,\n",
        encoding="utf-8",
    )
    assert list(dataset.load(str(path), "a").states) == ["GEO"]
    assert list(dataset.load(str(path), "B").states) == ["Zenda"]
    assert dataset.load(str(path), "a").states["GEO"].cow == "GRG"
    with pytest.raises(Refused, match="2 organisations"):
        dataset.load(str(path))
