"""What is read from a dataset file, record by record, and which files are refused."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from documents import BUNDLED, PATH, SMALL, changed, written

from cstocli import BrokenDataset, Refused, load
from cstocli.core.days import Bound
from cstocli.core.model import (
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
from cstocli.core.records import Records
from cstocli.reading import document, files

DAY, LATER = dt.date(2000, 1, 1), dt.date(2001, 1, 31)


# What is read


def test_a_document_becomes_the_records_that_it_holds() -> None:
    before = json.dumps(SMALL)
    found = document.build(SMALL)
    assert json.dumps(SMALL) == before
    both = ("book", "map")
    assert (found.release, found.licence) == ("2001a", "CC0-1.0")
    assert found.verified_through == dt.date(2020, 2, 26)
    names = ("CLUB", "The Club", "Pact", "Q1", "Q2", ("Klub", "Straße"))
    assert found.organisation == Organisation(*names)
    assert found.statuses["in"] == Status("in", "inside", "was in", "is in")
    counts = frozenset({"in", "near"})
    assert found.bases == {"all": Basis("all", True, counts, "in or near", "Pact", "begin", "end")}
    assert type(found.bases["all"].counts) is frozenset
    assert found.kinds == {"signature": Kind("signature", "a text is signed", "signed")}
    codes = ("AAA", "AA", "001", "AAX", "Q3")
    called = ("Ruritania", "Kingdom of Ruritania", "Руритания", "Ruritanien")
    aliases = (("Zenda", "Strelsau"), ("Ruritanian",))
    assert found.states == {"AAA": State(*codes, *called, *aliases)}
    signs = ("signature", "Ruritania signs", "Zenda", ("AAA",), "high", both)
    crosses = ("signature", "Ruritania crosses out", None, ("AAA",), "low", ("map",))
    assert found.acts["begin"] == Act("begin", "1999-12", DAY, *signs)
    assert found.acts["end"] == Act("end", "2001-02-01", None, *crosses)
    days = (DAY, dt.date(2000, 12, 31))
    said, not_said = ("as is said", both), ("as is not said", ("map",))
    assert found.disputes == {
        "doubt": Dispute("doubt", "AAA-1", "2001", *days, "out", "rival", *said),
        "slip": Dispute("slip", "AAA", "1999", None, None, None, "rejected", *not_said),
    }
    assert found.remarks == (Remark("remark", "AAA", DAY, LATER, "hesitates", both),)
    assert found.open_questions == (OpenQuestion("why", "AAA", "Why?", "Nothing.", LATER),)
    book = ("book", "A Press", "A Book", "2001", "en", "https://example.org/", "primary")
    assert found.sources["book"] == Source(*book)
    assert [len(getattr(found, n)) for n in ("statuses", "acts", "spells", "sources")] == [
        3,
        5,
        3,
        2,
    ]


def test_the_days_of_a_spell_may_be_a_month_or_a_year_or_none_at_the_end() -> None:
    known, blurred, lasting = document.build(SMALL).spells.values()
    assert known == Spell("AAA-1", "AAA", "in", DAY, LATER, "begin", "end", "withdrawn", "high")
    assert (blurred.first_day, blurred.last_day) == (dt.date(2002, 2, 1), dt.date(2003, 12, 31))
    assert blurred.first_known == Bound("2002-02", dt.date(2002, 2, 1), dt.date(2002, 2, 28))
    assert blurred.last_known == Bound("2003", dt.date(2003, 1, 1), dt.date(2003, 12, 31))
    assert lasting[3:] == (dt.date(2004, 1, 1), None, "stay", None, None, "medium", None, None)


def test_a_document_need_not_say_up_to_when_it_was_checked() -> None:
    assert document.build({**SMALL, "verified_through": None}).verified_through is None


def test_spells_need_not_stand_in_the_order_of_their_days() -> None:
    turned = document.build({**BUNDLED, "spells": BUNDLED["spells"][::-1]})
    assert turned.status_on("UZB", dt.date(2007, 1, 1)) == "member"


# The bundled file


def test_the_bundled_dataset_is_loaded_where_no_file_is_named() -> None:
    assert document.load().release == "2026b"
    assert document.load(None, None).organisation.id == "CSTO"
    states = document.bundled_states()
    assert " ".join(state.code for state in states) == "ARM AZE BLR GEO KAZ KGZ RUS TJK UZB"
    assert (states[0].name, states[0].adjectives) == ("Armenia", ("Armenian", "армянский"))


@pytest.mark.parametrize("path", [None, PATH])
def test_an_organisation_goes_by_its_id_its_name_and_its_aliases(path: str | None) -> None:
    for name in ("CSTO", " csto ", "Collective Security Treaty Organisation", "ОДКБ"):
        assert document.load(path, name).organisation.id == "CSTO"
    with pytest.raises(Refused) as refused:
        document.load(path, "Rose")
    assert str(refused.value) == f"{path or 'csto'} has no organisation 'Rose'; it has CSTO"


def test_names_of_an_organisation_are_compared_without_case(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL)
    for name in ("STRASSE", "the club"):
        assert document.load(path, name).organisation.id == "CLUB"


def test_the_checksum_is_that_of_the_file_asked_about(tmp_path: Path) -> None:
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert document.checksum(written(tmp_path, "abc")) == abc
    bundled = hashlib.sha256(Path(PATH).read_bytes()).hexdigest()
    assert document.checksum() == document.checksum(PATH) == bundled


# What is accepted


def without_standings(records: Records) -> dict[str, Any]:
    """What the file said, without what was worked out since."""
    said = {name: value for name, value in vars(records).items() if name != "_standings"}
    doubts = {code: records.doubts_of(code) for code in records.states}
    return {**said, "_doubts_of": doubts}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(json.dumps(BUNDLED, ensure_ascii=False).encode(), id="UTF-8"),
        pytest.param(json.dumps(BUNDLED).encode("ascii"), id="escapes"),
        pytest.param(json.dumps(BUNDLED).encode("utf-8-sig"), id="a byte order mark"),
        pytest.param(json.dumps(BUNDLED, indent=1).replace("\n", "\r\n").encode(), id="CRLF"),
    ],
)
def test_a_copy_of_the_bundled_file_has_the_same_records(tmp_path: Path, content: bytes) -> None:
    copied = document.load(written(tmp_path, content))
    assert without_standings(copied) == without_standings(document.load())


def test_another_dataset_answers_by_its_own_words(tmp_path: Path) -> None:
    club = load(written(tmp_path, SMALL))
    (row,) = club.members("2000")
    assert (row.state, row.status, row.part, row.disputed) == ("AAA", "in", "all", True)
    (row,) = club.members("2001-01")
    assert (row.name, row.disputed, row.remark) == ("Ruritania", False, "hesitates")
    assert [row.answer for row in club.check("ruritania", "1999-12-31")] == ["no"]
    assert [row.kind for row in club.accessions(2000)] == ["signature"]
    assert [(str(row.day), row.kind) for row in club.withdrawals(("2001", "2002"))] == [
        ("2001-01-31", "withdrawn")
    ]


def test_a_table_is_loaded_by_its_rows_and_its_organisations(tmp_path: Path) -> None:
    text = "organisation,state,first_day,last_day\nA,Georgia,2001-01-01,\nB,Zenda,2002-01-01,\n"
    path = written(tmp_path, text, "clubs.csv")
    assert list(document.load(path, "a").states) == ["GEO"]
    assert list(document.load(path, "B").states) == ["Zenda"]
    assert document.load(path, "a").states["GEO"].cow == "GRG"
    with pytest.raises(Refused, match="2 organisations"):
        document.load(path)


# What is refused


def refusal(path: str) -> str:
    """The one line with which a file is refused."""
    with pytest.raises(BrokenDataset) as refused:
        document.load(path)
    message = str(refused.value)
    assert message.isprintable(), "a line break or a control character"
    assert message.startswith(f"{path}: ")
    assert refused.value.path == path
    return message.removeprefix(f"{path}: ")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"bases[0].default": False}, "bases: 0 of them are the default; one must be"),
        (
            {"acts[0].title": "\ud800"},
            r"acts[0].title: holds a character that does not show: \ud800",
        ),
        ({"verified_through": "2020-02-30"}, "verified_through: there is no day 2020-02-30"),
        (
            {"release": "", "licence": ""},
            "release: '' is not a release such as 2026a (2 problems in all)",
        ),
    ],
    ids=str,
)
def test_a_file_with_a_problem_is_refused_with_it_and_with_how_many_more(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    assert refusal(written(tmp_path, changed(SMALL, change))) == said


def test_a_path_is_shown_with_escapes(tmp_path: Path) -> None:
    with pytest.raises(BrokenDataset) as refused:
        document.load("/none/\x1b[31m\n")
    assert str(refused.value) == r"/none/\x1b[31m\n: No such file or directory"
    with pytest.raises(BrokenDataset) as refused:
        document.load(written(tmp_path, "", "da\x07ta.json"))
    assert str(refused.value).startswith(rf"{tmp_path}/da\x07ta.json: ")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        pytest.param("", "line 1", id="an empty file"),
        pytest.param("not JSON", "line 1", id="not JSON"),
        pytest.param(json.dumps(SMALL)[:-1], "line 1", id="cut off"),
        pytest.param(json.dumps(SMALL) + "{}", "Extra data", id="two documents"),
        pytest.param(json.dumps(SMALL).encode("utf-16"), "UTF-8", id="UTF-16"),
        pytest.param(json.dumps(SMALL).encode("utf-16-le"), "line 1", id="UTF-16 without a mark"),
        pytest.param(b'{"release": "\xff"}', "UTF-8", id="a byte that is not UTF-8"),
        pytest.param("[]", "object", id="a list"),
        pytest.param("null", "object", id="null"),
        pytest.param('"text"', "object", id="text"),
        pytest.param('{"a": 1, "b": 2, "a": 3}', "'a' stands twice", id="a key twice"),
        pytest.param('{"a": [{"b\\n": 1, "b\\n": 2}]}', "stands twice", id="an inner key twice"),
        pytest.param('{"release": NaN}', "NaN", id="NaN"),
        pytest.param('{"release": -Infinity}', "-Infinity", id="minus infinity"),
        pytest.param(
            json.dumps(SMALL).replace('"2001a"', "1e999"), "release: inf", id="a number too large"
        ),
        pytest.param('{"release": ' + "1" * 5000 + "}", "", id="a number too long"),
        pytest.param("[" * 100_000, "nested too deeply", id="lists in lists"),
        pytest.param('{"a":' * 100_000, "nested too deeply", id="objects in objects"),
        pytest.param('{"\\ud800": 1}', "\\ud800", id="half of a surrogate pair as a key"),
        pytest.param("{}", "there is no key 'release' (14 problems in all)", id="an empty object"),
    ],
)
def test_a_file_that_is_no_dataset_is_refused_in_one_line(
    tmp_path: Path, content: str | bytes, word: str
) -> None:
    assert word in refusal(written(tmp_path, content))


@pytest.mark.parametrize("depth", [100, 500, 900, 990])
@pytest.mark.parametrize("form", ['{{"release": {}}}', '{{"states": [{{"code": {}}}]}}'])
def test_a_value_nested_in_itself_is_refused_at_any_depth(
    tmp_path: Path, form: str, depth: int
) -> None:
    refusal(written(tmp_path, form.format("[" * depth + "]" * depth)))


@pytest.fixture
def _five_seconds() -> Iterator[None]:
    """The time after which a test fails instead of waiting for ever."""

    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(5)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("_five_seconds")
@pytest.mark.parametrize("path", ["fifo", "/dev/zero", "/dev/null", "/"])
def test_a_fifo_a_device_or_a_directory_is_refused_without_waiting(
    tmp_path: Path, path: str
) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert refusal(str(tmp_path / path)) == "not a regular file"


def test_a_file_that_is_not_there_or_cannot_be_is_refused(tmp_path: Path) -> None:
    assert refusal(str(tmp_path / "none.json")) == "No such file or directory"
    with pytest.raises(BrokenDataset, match="no file can have this name"):
        document.load("a\x00b")


def test_a_file_that_cannot_be_read_is_said_to_be_so() -> None:
    assert refusal("/proc/self/mem")


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path, "{}")
    os.truncate(path, files.LARGEST + 1)
    assert refusal(path) == f"larger than {files.LARGEST // 1024**2} MiB"
