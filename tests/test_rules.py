from __future__ import annotations

import copy
import datetime as dt
import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cstocli import dataset, files, load, rules
from cstocli.files import BrokenDataset, Raw
from cstocli.model import Records

BUNDLED: Raw = json.loads(Path(files.data_file("membership.json")).read_text("utf-8"))
Change = Callable[[Raw], Any]

SMALL: Raw = {
    "release": "2026a",
    "verified_through": "2026-02-26",
    "licence": "CC0-1.0",
    "organisation": {
        "id": "CLUB",
        "name": "Club",
        "treaty": None,
        "wikidata": None,
        "treaty_wikidata": None,
        "aliases": [],
    },
    "statuses": [{"status": "in", "text": "inside", "past": "was in", "present": "is in"}],
    "bases": [
        {
            "basis": "all",
            "default": True,
            "counts": ["in"],
            "text": "inside",
            "instrument": None,
            "signed": None,
            "in_force": None,
        }
    ],
    "kinds": [{"kind": "signature", "text": "a text is signed", "did": "signed"}],
    "states": [
        {
            "code": "AAA",
            "alpha_2": None,
            "numeric": None,
            "cow": None,
            "wikidata": None,
            "name": "Ruritania",
            "official": "Kingdom of Ruritania",
            "russian": "Руритания",
            "native": "Ruritanien",
            "aliases": [],
            "adjectives": [],
        }
    ],
    "acts": [
        {
            "id": "begin",
            "date": "2000-01-01",
            "effective": None,
            "kind": "signature",
            "title": "Ruritania signs",
            "place": None,
            "states": ["AAA"],
            "certainty": "high",
            "sources": ["book"],
        }
    ],
    "spells": [
        {
            "id": "AAA-2000-01-01",
            "state": "AAA",
            "status": "in",
            "first_day": "2000-01-01",
            "last_day": None,
            "opened_by": "begin",
            "closed_by": None,
            "ended": None,
            "certainty": "high",
        }
    ],
    "disputes": [
        {
            "id": "doubt",
            "about": "AAA-2000-01-01",
            "value": "2001",
            "from": "2000-01-01",
            "to": "2000-12-31",
            "status": None,
            "verdict": "rival",
            "reason": "as a book says",
            "sources": ["book"],
        }
    ],
    "remarks": [
        {
            "id": "remark",
            "state": "AAA",
            "from": "2000-01-01",
            "to": None,
            "text": "hesitates",
            "sources": ["book"],
        }
    ],
    "open_questions": [
        {
            "id": "why",
            "about": "AAA",
            "question": "Why?",
            "found": "Nothing.",
            "as_of": "2026-02-26",
        }
    ],
    "sources": [
        {
            "id": "book",
            "publisher": "A Press",
            "title": "A Book",
            "date": None,
            "language": None,
            "address": None,
            "level": "primary",
        }
    ],
}
"""The smallest document that has every kind of record."""

RECORDS = [f"{name}[0]" for name in SMALL if isinstance(SMALL[name], list)]
OBJECTS = ["", "organisation", *RECORDS]


def at(raw: Raw, place: str) -> Any:
    """The value at a place such as `spells[12].last_day`."""
    value: Any = raw
    for key in place.replace("]", "").replace("[", ".").split("."):
        value = value[int(key) if key.isdigit() else key] if key else value
    return value


def put(place: str, value: Any) -> Change:
    """The change that sets the value at a place."""
    before, _, key = place.rpartition(".")
    return lambda raw: at(raw, before).__setitem__(key, value)


def again(name: str, index: int) -> Change:
    """The change that adds a record of a list once more."""
    return lambda raw: raw[name].append(copy.deepcopy(raw[name][index]))


def both(*changes: Change) -> Change:
    return lambda raw: [change(raw) for change in changes]


def changed(raw: Raw, change: Change) -> Raw:
    bad = copy.deepcopy(raw)
    change(bad)
    return bad


def spell(id: str) -> str:
    """The place of a spell of the bundled file."""
    return f"spells[{[record['id'] for record in BUNDLED['spells']].index(id)}]"


def act(id: str) -> str:
    return f"acts[{[record['id'] for record in BUNDLED['acts']].index(id)}]"


def dispute(id: str) -> str:
    return f"disputes[{[record['id'] for record in BUNDLED['disputes']].index(id)}]"


PARTY, RETURN = spell("UZB-1994-04-20"), spell("UZB-2006-06-23")
SUSPENDED, MEMBER = spell("UZB-2012-12-19"), spell("RUS-2003-09-18")
RIVAL, REJECTED = dispute("uzbekistan-2006-08-16"), dispute("uzbekistan-2002-2005")

BAD: dict[str, tuple[Change, str, str]] = {
    "a control character": (put("acts[3].title", "a\x1b[31mb"), "acts[3].title", r"\x1b"),
    "a line break": (put("remarks[0].text", "a\nb"), "remarks[0].text", r"\n"),
    "a bidirectional character": (put("acts[3].place", "\u202eb"), "acts[3].place", r"\u202e"),
    "half of a surrogate pair": (put("sources[0].title", "\ud800"), "sources[0].title", r"\ud800"),
    "a character in a list": (
        put("states[2].aliases", ["Belarus", "B\u200by"]),
        "states[2].aliases[1]",
        r"\u200b",
    ),
    "a character in the organisation": (
        put("organisation.name", "C\x00"),
        "organisation.name",
        r"\x00",
    ),
    "a formula": (put("acts[0].title", "=1+1"), "acts[0].title", "formula"),
    "a formula that begins with at": (put("acts[0].place", "@x"), "acts[0].place", "formula"),
    "a day that is none": (
        put(f"{PARTY}.first_day", "1994-02-30"),
        f"{PARTY}.first_day",
        "no day 1994-02-30",
    ),
    "a month that is none": (put("acts[3].date", "1993-13"), "acts[3].date", "no day 1993-13"),
    "the year 0": (put("remarks[0].from", "0000-01-01"), "remarks[0].from", "no day"),
    "a sentinel": (
        put(f"{MEMBER}.last_day", "9999-12-31"),
        f"{MEMBER}.last_day",
        "stands for an unknown day",
    ),
    "another sentinel": (
        put("remarks[0].from", "1900-01-01"),
        "remarks[0].from",
        "stands for an unknown day",
    ),
    "a source named twice": (
        put("acts[0].sources", ["adilet-1999-12-30", "adilet-1999-12-30"]),
        "acts[0].sources",
        "holds a value twice",
    ),
    "a name of the organisation twice": (
        put("organisation.aliases", ["ODKB", "ODKB"]),
        "organisation.aliases",
        "holds a value twice",
    ),
    "a sentinel as effective day": (
        put("acts[3].effective", "1970-01-01"),
        "acts[3].effective",
        "stands for an unknown day",
    ),
    "a day after the last one checked": (
        put("remarks[0].to", "2026-02-27"),
        "remarks[0].to",
        "after verified_through",
    ),
    "a last day checked that is none": (
        put("verified_through", "2026-02-30"),
        "verified_through",
        "no day 2026-02-30",
    ),
    "a sentinel as last day checked": (
        put("verified_through", "9999-12-31"),
        "verified_through",
        "stands for an unknown day",
    ),
    "an open question as of a day that is none": (
        put("open_questions[0].as_of", "2026-13-01"),
        "open_questions[0].as_of",
        "no day 2026-13-01",
    ),
    "a spell that stands twice": (again("spells", 0), "spells[26].id", "stands twice"),
    "a state that stands twice": (again("states", 0), "states[9].code", "stands twice"),
    "a status that stands twice": (again("statuses", 0), "statuses[4].status", "stands twice"),
    "a basis that stands twice": (again("bases", 2), "bases[3].basis", "stands twice"),
    "a kind that stands twice": (again("kinds", 0), "kinds[12].kind", "stands twice"),
    "an act that stands twice": (again("acts", 0), "acts[75].id", "stands twice"),
    "a dispute that stands twice": (again("disputes", 0), "disputes[24].id", "stands twice"),
    "a remark that stands twice": (again("remarks", 0), "remarks[1].id", "stands twice"),
    "a question that stands twice": (
        again("open_questions", 0),
        "open_questions[10].id",
        "stands twice",
    ),
    "a source that stands twice": (again("sources", 0), "sources[111].id", "stands twice"),
    "a state that is not there": (put(f"{PARTY}.state", "FRA"), f"{PARTY}.state", "no FRA"),
    "a status that is not there": (put(f"{PARTY}.status", "guest"), f"{PARTY}.status", "no guest"),
    "an opening act that is not there": (
        put(f"{PARTY}.opened_by", "party"),
        f"{PARTY}.opened_by",
        "no party",
    ),
    "a closing act that is not there": (
        put(f"{PARTY}.closed_by", "party"),
        f"{PARTY}.closed_by",
        "no party",
    ),
    "a basis of a status that is not there": (
        put("bases[2].counts", ["member", "guest"]),
        "bases[2].counts",
        "no guest",
    ),
    "an instrument without a name": (
        put("bases[1].instrument", None),
        "bases[1]",
        "go together",
    ),
    "a name without a letter": (
        put("states[3].aliases", ["..."]),
        "states[3].aliases[0]",
        "has no letter",
    ),
    "an instrument signed by no act": (put("bases[1].signed", "x"), "bases[1].signed", "no x"),
    "an instrument in force by no act": (
        put("bases[1].in_force", "x"),
        "bases[1].in_force",
        "no x",
    ),
    "an instrument in force in some month": (
        put("bases[1].in_force", "2021-07-uzbekistan-return-not-considered"),
        "bases[1].in_force",
        "day",
    ),
    "a kind that is not there": (put("acts[3].kind", "party"), "acts[3].kind", "no party"),
    "an act of a state that is not there": (
        put("acts[3].states", ["ARM", "FRA"]),
        "acts[3].states",
        "no FRA",
    ),
    "a source that is not there": (put("acts[3].sources", ["x"]), "acts[3].sources", "no x"),
    "a dispute about nothing": (put(f"{RIVAL}.about", "x"), f"{RIVAL}.about", "no x"),
    "a dispute with a status that is not there": (
        put(f"{REJECTED}.status", "guest"),
        f"{REJECTED}.status",
        "no guest",
    ),
    "a dispute with a source that is not there": (
        put(f"{RIVAL}.sources", ["x"]),
        f"{RIVAL}.sources",
        "no x",
    ),
    "a remark about a state that is not there": (
        put("remarks[0].state", "FRA"),
        "remarks[0].state",
        "no FRA",
    ),
    "a remark with a source that is not there": (
        put("remarks[0].sources", ["x"]),
        "remarks[0].sources",
        "no x",
    ),
    "a question about nothing": (
        put("open_questions[2].about", "x"),
        "open_questions[2].about",
        "no x",
    ),
    "no default basis": (put("bases[0].default", False), "bases", "0 of them are the default"),
    "two default bases": (put("bases[1].default", True), "bases", "2 of them are the default"),
    "a spell that ends before it begins": (
        put(f"{PARTY}.last_day", "1994-04-19"),
        f"{PARTY}.last_day",
        "1994-04-19 is before 1994-04-20",
    ),
    "a dispute that ends before it begins": (
        put(f"{RIVAL}.to", "2006-06-22"),
        f"{RIVAL}.to",
        "2006-06-22 is before 2006-06-23",
    ),
    "a dispute that ends without a beginning": (
        put(f"{REJECTED}.from", None),
        f"{REJECTED}.to",
        "before a first day",
    ),
    "a remark that ends before it begins": (
        put("remarks[0].to", "2024-02-21"),
        "remarks[0].to",
        "2024-02-21 is before 2024-02-22",
    ),
    "spells that share a day": (
        put(f"{SUSPENDED}.first_day", "2012-12-18"),
        f"{SUSPENDED}.first_day",
        "shares days with UZB-2006-06-23",
    ),
    "spells of which one lies in the other": (
        put(f"{RETURN}.first_day", "1995-01-01"),
        f"{RETURN}.first_day",
        "shares days with UZB-1994-04-20",
    ),
    "a spell after one that lasts": (
        both(*(put(f"{RETURN}.{key}", None) for key in ("last_day", "closed_by", "ended"))),
        f"{SUSPENDED}.first_day",
        "shares days with UZB-2006-06-23",
    ),
    "a first day that is not that of its act": (
        put(f"{RETURN}.first_day", "2006-06-24"),
        f"{RETURN}.first_day",
        "effective day of 2006-06-23-uzbekistan-admitted",
    ),
    "a last day that is not before that of its act": (
        put(f"{PARTY}.last_day", "1999-04-19"),
        f"{PARTY}.last_day",
        "day before 1999-04-20-term-expired",
    ),
    "an expiry that takes effect on its date": (
        put(f"{act('1999-04-20-term-expired')}.effective", None),
        f"{PARTY}.last_day",
        "day before 1999-04-20-term-expired",
    ),
    "an opening act known to the month": (
        put(f"{act('2006-06-23-uzbekistan-admitted')}.date", "2006-06"),
        f"{RETURN}.first_day",
        "effective day",
    ),
    "a last day without an end": (put(f"{PARTY}.ended", None), f"{PARTY}.ended", "go together"),
    "a last day without a closing act": (
        put(f"{PARTY}.closed_by", None),
        f"{PARTY}.ended",
        "go together",
    ),
    "an end without a last day": (
        put(f"{MEMBER}.ended", "withdrawn"),
        f"{MEMBER}.ended",
        "go together",
    ),
    "a next status that does not follow": (
        put(f"{PARTY}.ended", "next-status"),
        f"{PARTY}.ended",
        "begins on 1999-04-21",
    ),
    "a rival that says what the ruling says": (
        put(f"{RIVAL}.status", "member"),
        f"{RIVAL}.from",
        "none of its days",
    ),
    "a rival of no status where there is none": (
        both(put(f"{RIVAL}.from", "2000-01-01"), put(f"{RIVAL}.to", "2006-06-22")),
        f"{RIVAL}.from",
        "none of its days",
    ),
    "a rival about the organisation": (
        both(put(f"{RIVAL}.about", "CSTO"), put(f"{RIVAL}.status", "signatory")),
        f"{RIVAL}.from",
        "none of its days",
    ),
    "a name of two states": (
        put("states[3].aliases", ["Армения"]),
        "states[3].aliases[0]",
        "means ARM already",
    ),
    "a code of two states": (
        put("states[3].alpha_2", "AM"),
        "states[3].alpha_2",
        "means ARM already",
    ),
    "a name of two states but for accents": (
        put("states[8].adjectives", ["TÒJIKISTON"]),
        "states[8].adjectives[0]",
        "means TJK already",
    ),
}
"""Each change of the bundled file, the place of the problem, and a part of its text."""

WRONG_SHAPES: dict[str, tuple[Change, str, str]] = {
    "a release of another form": (put("release", "v1"), "release", "v1"),
    "a release that is a number": (put("release", 2026), "release", "2026"),
    "a last day checked that is a year": (put("verified_through", "2026"), "verified_through", ""),
    "states as an object": (put("states", {}), "states", "array"),
    "no states": (put("states", []), "states", "[]"),
    "no spells": (put("spells", []), "spells", "[]"),
    "a spell that is a list": (put("spells", [[]]), "spells[0]", "object"),
    "a spell that is null": (put("spells", [None]), "spells[0]", "object"),
    "a day that is a number": (put("spells[0].first_day", 20000101), "spells[0].first_day", "2000"),
    "a day that is a month": (put("remarks[0].from", "2000-01"), "remarks[0].from", "2000"),
    "a first day that is half a month": (
        put("spells[0].first_day", "2000-1"),
        "spells[0].first_day",
        "2000-1",
    ),
    "a day with a time": (
        put("spells[0].first_day", "2000-01-01T00:00"),
        "spells[0].first_day",
        "T00",
    ),
    "no first day": (put("spells[0].first_day", None), "spells[0].first_day", "None"),
    "an end of another kind": (put("spells[0].ended", "left"), "spells[0].ended", "left"),
    "a certainty of another kind": (put("acts[0].certainty", "sure"), "acts[0].certainty", "sure"),
    "a verdict of another kind": (put("disputes[0].verdict", "?"), "disputes[0].verdict", "?"),
    "an act without a source": (put("acts[0].sources", []), "acts[0].sources", "[]"),
    "a dispute without a source": (put("disputes[0].sources", []), "disputes[0].sources", "[]"),
    "a remark without a source": (put("remarks[0].sources", []), "remarks[0].sources", "[]"),
    "a source that is not text": (put("acts[0].sources", [1]), "acts[0].sources[0]", "1"),
    "a default that is a number": (put("bases[0].default", 1), "bases[0].default", "boolean"),
    "a basis that counts nothing": (put("bases[0].counts", []), "bases[0].counts", "[]"),
    "a numeric code that is a number": (put("states[0].numeric", 51), "states[0].numeric", "51"),
    "a numeric code without its zero": (put("states[0].numeric", "51"), "states[0].numeric", "51"),
    "a code in lower case": (put("states[0].code", "aaa"), "states[0].code", "aaa"),
    "an empty name": (put("states[0].name", ""), "states[0].name", ""),
    "an organisation that is text": (put("organisation", "CLUB"), "organisation", "object"),
    "a source's address that is none": (
        put("sources[0].address", "javascript:1"),
        "sources[0].address",
        "javascript",
    ),
    "not a number": (put("release", float("nan")), "release", "nan"),
}
"""Each change of the small document, the place of the problem, and a part of its text."""


def keys(places: list[str]) -> list[tuple[str, str]]:
    return [(place, key) for place in places for key in at(SMALL, place)]


def found_at(raw: Raw, place: str, *, canonical: bool = False) -> str:
    """The texts of the problems at a place, which there must be."""
    problems = rules.problems(raw, canonical=canonical)
    texts = [problem.text for problem in problems if problem.place == place]
    assert texts, f"nothing at {place}, only {problems}"
    return " ".join(texts)


def refusal(path: Path | str) -> str:
    """The one line with which a file is refused."""
    with pytest.raises(BrokenDataset) as refused:
        dataset.load(str(path))
    message = str(refused.value)
    assert message.isprintable(), "a line break or a control character"
    assert message.startswith(f"{path}: ")
    return message.removeprefix(f"{path}: ")


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "data.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# The rules


def test_the_bundled_file_keeps_every_rule_and_its_order() -> None:
    assert rules.problems(BUNDLED, canonical=True) == []


def test_the_small_document_keeps_every_rule_and_its_order() -> None:
    assert rules.problems(SMALL, canonical=True) == []


@pytest.mark.parametrize(("change", "place", "word"), BAD.values(), ids=BAD)
def test_a_broken_rule_is_found_in_its_place(change: Change, place: str, word: str) -> None:
    assert word in found_at(changed(BUNDLED, change), place)


@pytest.fixture(scope="module")
def bad_examples() -> list[Raw]:
    return [changed(BUNDLED, change) for change, _, _ in BAD.values()]


@pytest.mark.parametrize("rule", rules.RULES)
def test_every_rule_has_a_bad_example_that_it_finds(
    rule: rules.Rule, bad_examples: list[Raw]
) -> None:
    assert any(list(rule(bad)) for bad in bad_examples)
    assert list(rule(BUNDLED)) == []


def test_a_source_may_say_a_year_that_begins_on_a_sentinel() -> None:
    assert rules.problems(changed(SMALL, put("disputes[0].from", "1970-01-01"))) == []


@pytest.mark.parametrize(
    "name", ["states", "acts", "spells", "disputes", "open_questions", "sources"]
)
def test_a_record_out_of_order_is_found_in_the_bundled_file_only(name: str) -> None:
    swapped = copy.deepcopy(BUNDLED)
    swapped[name][1:3] = swapped[name][2:0:-1]
    assert "stands after" in found_at(swapped, f"{name}[2]", canonical=True)
    assert rules.problems(swapped) == []


def test_all_problems_are_found_not_the_first_only() -> None:
    changes = [put("acts[0].title", "=1"), put("bases[0].default", False), again("spells", 0)]
    found = rules.problems(changed(BUNDLED, both(*changes)))
    assert {"acts[0].title", "bases", "spells[26].id"} <= {problem.place for problem in found}


def test_a_problem_reads_as_its_place_and_its_text() -> None:
    (problem,) = rules.problems(changed(BUNDLED, put("bases[0].default", False)))
    assert str(problem) == "bases: 0 of them are the default; one must be"
    assert str(rules.Problem("", "not an object")) == "not an object"


def test_spells_need_not_stand_in_the_order_of_their_days() -> None:
    turned = changed(BUNDLED, lambda raw: raw["spells"].reverse())
    assert rules.problems(turned) == []
    assert dataset.build(turned).status_on("UZB", dt.date(2007, 1, 1)) == "member"


# The shape


def test_the_schema_is_a_schema_of_2020_12() -> None:
    schema = json.loads(Path(files.data_file("membership.schema.json")).read_text("utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(("change", "place", "word"), WRONG_SHAPES.values(), ids=WRONG_SHAPES)
def test_a_wrong_shape_is_found_in_its_place(change: Change, place: str, word: str) -> None:
    assert word in found_at(changed(SMALL, change), place)


@pytest.mark.parametrize("place", OBJECTS)
def test_an_unknown_key_is_found(place: str) -> None:
    bad = changed(SMALL, lambda raw: at(raw, place).__setitem__("colour", "red"))
    assert "colour" in found_at(bad, place)


@pytest.mark.parametrize(("place", "key"), keys(OBJECTS))
def test_a_missing_key_is_found(place: str, key: str) -> None:
    bad = changed(SMALL, lambda raw: at(raw, place).__delitem__(key))
    assert f"'{key}' is a required property" in found_at(bad, place)


@pytest.mark.parametrize(("place", "key"), keys(["organisation", *RECORDS]))
def test_a_value_of_another_type_is_found(place: str, key: str) -> None:
    bad = changed(SMALL, put(f"{place}.{key}", 1.5))
    assert "1.5" in found_at(bad, f"{place}.{key}")


@pytest.mark.parametrize("raw", [None, True, 1, "text", [], [SMALL]])
def test_a_document_that_is_no_object_is_found(raw: Any) -> None:
    assert "object" in found_at(raw, "")


# The file


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
            json.dumps(SMALL).replace('"2026a"', "1e999"), "release: inf", id="a number too large"
        ),
        pytest.param('{"release": ' + "1" * 5000 + "}", "", id="a number too long"),
        pytest.param("[" * 100_000, "nested too deeply", id="lists in lists"),
        pytest.param('{"a":' * 100_000, "nested too deeply", id="objects in objects"),
        pytest.param('{"\\ud800": 1}', "\\ud800", id="half of a surrogate pair as a key"),
        pytest.param("{}", "is a required property (14 problems in all)", id="an empty object"),
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


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (put("bases[0].default", False), "bases: 0 of them are the default; one must be"),
        (put("spells[0].state", "FRA"), "spells[0].state: there is no FRA"),
        (put("acts[0].title", "\ud800"), "acts[0].title: holds a character that does not show"),
        (put("spells[0].first_day", "2000-01-02"), "spells[0].first_day: not the effective day"),
    ],
)
def test_a_file_that_breaks_a_rule_is_refused_with_the_place(
    tmp_path: Path, change: Change, message: str
) -> None:
    path = written(tmp_path, json.dumps(changed(SMALL, change)))
    assert refusal(path).startswith(message)


@pytest.mark.parametrize(
    "change",
    [
        put("verified_through", "2026-02-30"),
        put("open_questions[0].as_of", "2026-13-01"),
        put("disputes[0].from", "2000-02-30"),
    ],
    ids=["last day checked", "open question", "dispute"],
)
def test_a_file_with_a_day_that_is_none_is_refused(tmp_path: Path, change: Change) -> None:
    assert "no day" in refusal(written(tmp_path, json.dumps(changed(SMALL, change))))


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
def test_a_fifo_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert refusal(tmp_path / "fifo") == "not a regular file"


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/"])
def test_a_device_or_a_directory_is_refused(path: str) -> None:
    assert refusal(path) == "not a regular file"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.json") == "No such file or directory"


def test_a_path_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(BrokenDataset, match="no file can have this name"):
        dataset.load("a\x00b")


def test_a_path_with_control_characters_is_shown_with_escapes() -> None:
    with pytest.raises(BrokenDataset) as refused:
        dataset.load("/none/\x1b[31m\n")
    assert str(refused.value) == r"/none/\x1b[31m\n: No such file or directory"


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path, "{}")
    os.truncate(path, files.LARGEST + 1)
    assert refusal(path) == f"larger than {files.LARGEST // 1024**2} MiB"


# What is accepted


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(json.dumps(BUNDLED, ensure_ascii=False).encode(), id="UTF-8"),
        pytest.param(json.dumps(BUNDLED).encode("ascii"), id="escapes"),
        pytest.param(json.dumps(BUNDLED).encode("utf-8-sig"), id="a byte order mark"),
        pytest.param(json.dumps(BUNDLED, indent=1).replace("\n", "\r\n").encode(), id="CRLF"),
    ],
)
def test_a_copy_of_the_bundled_file_has_the_same_records(
    tmp_path: Path, records: Records, content: bytes
) -> None:
    copied = dataset.load(str(written(tmp_path, content)))
    assert {**vars(copied), "_runs": {}} == {**vars(records), "_runs": {}}


def test_a_copy_of_the_bundled_file_answers_alike(tmp_path: Path) -> None:
    copied, bundled = load(str(written(tmp_path, json.dumps(BUNDLED)))), load()
    for basis in bundled.records.bases:
        for on in ("1993-01-01", "1999", "2006", "2012-12", None):
            ours, theirs = (
                [*one.members(on, basis=basis), *one.check("uzbekistan", on, basis=basis)]
                for one in (bundled, copied)
            )
            assert ours == theirs
        assert list(copied.withdrawals(basis=basis)) == list(bundled.withdrawals(basis=basis))
        assert list(copied.accessions(basis=basis)) == list(bundled.accessions(basis=basis))
    assert list(copied.history("UZB", "GEO")) == list(bundled.history("UZB", "GEO"))


def test_another_dataset_answers_by_its_own_words(tmp_path: Path) -> None:
    club = load(str(written(tmp_path, json.dumps(SMALL))))
    (row,) = club.members("2000")
    assert (row.state, row.status, row.part, row.disputed) == ("AAA", "in", "all", True)
    (row,) = club.members("2001")
    assert (row.name, row.disputed, row.remark) == ("Ruritania", False, "hesitates")
    assert [row.answer for row in club.check("ruritania", "1999-12-31")] == ["no"]
    assert [row.kind for row in club.accessions()] == ["signature"]
    assert list(club.withdrawals()) == []


@pytest.mark.parametrize(
    "change",
    [
        put("verified_through", None),
        put("disputes", []),
        put("remarks", []),
        put("open_questions", []),
        put("disputes[0].to", None),
        both(put("disputes[0].verdict", "rejected"), put("disputes[0].status", "in")),
        both(put("disputes[0].from", "1999-06-01"), put("disputes[0].status", "in")),
        put("disputes[0].about", "AAA"),
        put("disputes[0].about", "begin"),
        put("remarks[0].to", "2000-01-01"),
        put("states[0].aliases", ["Ruritania", "RURITANIA"]),
    ],
)
def test_what_keeps_the_rules_is_no_problem(change: Change) -> None:
    assert rules.problems(changed(SMALL, change)) == []
