"""What a dataset file must keep: each rule is tried on documents that break it."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from documents import BUNDLED, SMALL, at, changed, located
from jsonschema import Draft202012Validator

from cstocli.reading import checks
from cstocli.reading.files import Raw, data_file
from cstocli.reading.shape import FORMS
from cstocli.reading.values import SHAPED

PARTY, RETURN = "UZB-1994-04-20", "UZB-2006-06-23"
SUSPENDED, MEMBER = "UZB-2012-12-19", "RUS-2003-09-18"
RIVAL, REJECTED = "uzbekistan-2006-08-16", "uzbekistan-2002-2005"
Bad = tuple[dict[str, Any], str, str]
IN_PLACE = [
    ("acts[3].title", "a\x1b[31mb", r"\x1b"),
    ("remarks[0].text", "a\nb", r"\n"),
    ("acts[3].place", "\u202eb", r"\u202e"),
    ("sources[0].title", "\ud800", r"\ud800"),
    ("states[2].aliases[1]", "B\u200by", r"\u200b"),
    ("organisation.name", "C\x00", r"\x00"),
    ("acts[0].title", "=1+1", "formula"),
    ("acts[0].place", "@x", "formula"),
    (f"{PARTY}.first_day", "1994-02-30", "no day 1994-02-30"),
    ("acts[3].date", "1993-13", "no day 1993-13"),
    ("remarks[0].from", "0000-01-01", "no day"),
    (f"{RIVAL}.from", "2000-02-30", "no day"),
    ("verified_through", "2026-02-30", "no day 2026-02-30"),
    ("open_questions[0].as_of", "2026-13-01", "no day 2026-13-01"),
    (f"{MEMBER}.last_day", "9999-12-31", "stands for an unknown day"),
    ("remarks[0].from", "1900-01-01", "stands for an unknown day"),
    ("acts[3].effective", "1970-01-01", "stands for an unknown day"),
    ("verified_through", "9999-12-31", "stands for an unknown day"),
    ("remarks[0].to", "2026-02-27", "after verified_through"),
    ("acts[0].sources", ["adilet-1999-12-30", "adilet-1999-12-30"], "holds a value twice"),
    ("organisation.aliases", ["ODKB", "ODKB"], "holds a value twice"),
    (f"{PARTY}.state", "FRA", "no FRA"),
    (f"{PARTY}.status", "guest", "no guest"),
    (f"{PARTY}.opened_by", "party", "no party"),
    (f"{PARTY}.closed_by", "party", "no party"),
    ("bases[2].counts", ["member", "guest"], "no guest"),
    ("bases[1].signed", "x", "no x"),
    ("bases[1].in_force", "x", "no x"),
    ("acts[3].kind", "party", "no party"),
    ("acts[3].states", ["ARM", "FRA"], "no FRA"),
    ("acts[3].sources", ["x"], "no x"),
    (f"{RIVAL}.about", "x", "no x"),
    (f"{RIVAL}.sources", ["x"], "no x"),
    (f"{REJECTED}.status", "guest", "no guest"),
    ("remarks[0].state", "FRA", "no FRA"),
    ("remarks[0].sources", ["x"], "no x"),
    ("open_questions[2].about", "x", "no x"),
    ("bases[1].in_force", "2021-07-uzbekistan-return-not-considered", "day"),
    (f"{PARTY}.last_day", "1994-04-19", "1994-04-19 is before 1994-04-20"),
    (f"{RIVAL}.to", "2006-06-22", "2006-06-22 is before 2006-06-23"),
    ("remarks[0].to", "2024-02-21", "2024-02-21 is before 2024-02-22"),
    (f"{SUSPENDED}.first_day", "2012-12-18", "shares days with UZB-2006-06-23"),
    (f"{RETURN}.first_day", "1995-01-01", "shares days with UZB-1994-04-20"),
    (f"{RETURN}.first_day", "2006-06-24", "effective day of 2006-06-23-uzbekistan-admitted"),
    (f"{PARTY}.last_day", "1999-04-19", "day before 1999-04-20-term-expired"),
    (f"{PARTY}.ended", None, "go together"),
    (f"{MEMBER}.ended", "withdrawn", "go together"),
    (f"{PARTY}.ended", "next-status", "begins on 1999-04-21"),
    ("states[3].aliases[0]", "...", "has no letter"),
    ("states[3].aliases[0]", "Армения", "means ARM already"),
    ("states[3].alpha_2", "AM", "means ARM already"),
    ("states[8].adjectives[0]", "TÒJIKISTON", "means TJK already"),
]
"""A value at a place of the bundled document, and a part of the problem that is told there."""
ELSEWHERE: list[Bad] = [
    ({"bases[1].instrument": None}, "bases[1]", "go together"),
    ({"bases[0].default": False}, "bases", "0 of them are the default; one must be"),
    ({"bases[1].default": True}, "bases", "2 of them are the default"),
    ({f"{REJECTED}.from": None}, f"{REJECTED}.to", "before a first day"),
    ({"1999-04-20-term-expired.effective": None}, f"{PARTY}.last_day", "day before 1999-04-20-t"),
    ({"2006-06-23-uzbekistan-admitted.date": "2006-06"}, f"{RETURN}.first_day", "effective day"),
    ({f"{PARTY}.closed_by": None}, f"{PARTY}.ended", "go together"),
    ({f"{RIVAL}.status": "member"}, f"{RIVAL}.from", "none of its days"),
    (
        {f"{RIVAL}.from": "2000-01-01", f"{RIVAL}.to": "2006-06-22"},
        f"{RIVAL}.from",
        "none of its days",
    ),
    (
        {f"{RIVAL}.about": "CSTO", f"{RIVAL}.status": "signatory"},
        f"{RIVAL}.from",
        "none of its days",
    ),
    (
        {f"{RETURN}.{key}": None for key in ("last_day", "closed_by", "ended")},
        f"{SUSPENDED}.first_day",
        "shares days with UZB-2006-06-23",
    ),
]
"""What is told of one place of the bundled document for what stands at others."""
_KEYED = {"statuses": "status", "bases": "basis", "kinds": "kind", "states": "code"}
_LISTS = [*_KEYED, "acts", "spells", "disputes", "remarks", "open_questions", "sources"]
TWICE = [f"{name}[{len(BUNDLED[name])}].{_KEYED.get(name, 'id')}" for name in _LISTS]
"""Where the first record of each list, added once more, stands twice."""
BAD: list[Bad] = [
    *(({place: value}, place, word) for place, value, word in IN_PLACE),
    *ELSEWHERE,
    *(({(name := place.partition("[")[0]): [*BUNDLED[name], BUNDLED[name][0]]}, place,
       "stands twice") for place in TWICE),
]  # fmt: skip
WRONG_SHAPES = [
    ("release", "v1", "v1"),
    ("release", 2026, "2026"),
    ("release", float("nan"), "nan"),
    ("verified_through", "2026", "2026"),
    ("states", {}, "is not a list"),
    ("states", [], "[]"),
    ("spells", [], "[]"),
    ("spells[0]", [], "object"),
    ("spells[0]", None, "object"),
    ("spells[0].first_day", 20000101, "20000101"),
    ("spells[0].first_day", "2000-1", "2000-1"),
    ("spells[0].first_day", "2000-01-01T00:00", "T00"),
    ("spells[0].first_day", None, "null is not"),
    ("spells[0].ended", "left", "left"),
    ("remarks[0].from", "2000-01", "2000-01"),
    ("acts[0].certainty", "sure", "sure"),
    ("acts[0].sources", [], "[]"),
    ("acts[0].sources[0]", 1, "1"),
    ("disputes[0].verdict", "?", "?"),
    ("disputes[0].sources", [], "[]"),
    ("remarks[0].sources", [], "[]"),
    ("bases[0].default", 1, "is not true or false"),
    ("bases[0].counts", [], "[]"),
    ("states[0].numeric", 51, "51"),
    ("states[0].numeric", "51", "51"),
    ("states[0].code", "aaa", "aaa"),
    ("states[0].name", "", "''"),
    ("organisation", "CLUB", "object"),
    ("sources[0].address", "javascript:1", "javascript"),
]
"""A value at a place of the small document that is none of the right shape."""
OBJECTS = ["organisation", *(f"{name}[0]" for name in SMALL if isinstance(SMALL[name], list))]
FIELDS = [(place, key) for place in OBJECTS for key in at(SMALL, place)]


def bad(change: dict[str, Any]) -> Raw:
    return changed(BUNDLED, {located(place): value for place, value in change.items()})


def told(raw: Any, place: str, *, canonical: bool = False) -> str:
    """The problems at a place, which there must be."""
    problems = checks.problems(raw, canonical=canonical)
    reasons = [problem.reason for problem in problems if problem.place == place]
    assert reasons, f"nothing at {place}, only {problems}"
    return " ".join(reasons)


@pytest.mark.parametrize("raw", [BUNDLED, SMALL], ids=["bundled", "small"])
def test_a_document_keeps_every_rule_and_its_order(raw: Raw) -> None:
    assert checks.problems(raw, canonical=True) == []


@pytest.mark.parametrize(("change", "place", "word"), BAD)
def test_a_broken_rule_is_found_in_its_place(change: dict[str, Any], place: str, word: str) -> None:
    assert word in told(bad(change), located(place))


@pytest.fixture(scope="module")
def bad_examples() -> list[Raw]:
    return [bad(change) for change, _, _ in BAD]


@pytest.mark.parametrize("rule", checks.RULES)
def test_every_rule_has_a_bad_example_that_it_finds(
    rule: checks.Rule, bad_examples: list[Raw]
) -> None:
    assert any(list(rule(bad)) for bad in bad_examples)


def test_all_problems_are_found_not_the_first_only() -> None:
    spells = [*BUNDLED["spells"], BUNDLED["spells"][0]]
    found = checks.problems(
        bad({"acts[0].title": "=1", "bases[0].default": False, "spells": spells})
    )
    assert {"acts[0].title", "bases", "spells[26].id"} <= {problem.place for problem in found}


@pytest.mark.parametrize(
    "name", ["states", "acts", "spells", "disputes", "open_questions", "sources"]
)
def test_a_record_out_of_order_is_found_in_the_bundled_file_only(name: str) -> None:
    first, second, third, *rest = BUNDLED[name]
    swapped = {**BUNDLED, name: [first, third, second, *rest]}
    assert "stands after" in told(swapped, f"{name}[2]", canonical=True)
    assert checks.problems(swapped) == []


@pytest.mark.parametrize(
    "change",
    [
        {"verified_through": None},
        {"disputes": []},
        {"remarks": []},
        {"open_questions": []},
        {"disputes[0].to": None},
        {"disputes[0].from": "1970-01-01"},
        {"disputes[0].from": "1999-06-01", "disputes[0].status": "in"},
        {"disputes[0].verdict": "rejected", "disputes[0].status": "in"},
        {"disputes[0].about": "AAA"},
        {"disputes[0].about": "begin"},
        {"remarks[0].to": "2000-01-01"},
        {"states[0].aliases": ["Ruritania", "RURITANIA"]},
        {"spells": SMALL["spells"][::-1]},
    ],
    ids=str,
)
def test_what_keeps_the_rules_is_no_problem(change: dict[str, Any]) -> None:
    assert checks.problems(changed(SMALL, change)) == []


# The shape


def test_the_schema_is_a_schema_of_2020_12() -> None:
    schema = json.loads(Path(data_file("membership.schema.json")).read_text("utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(("place", "value", "word"), WRONG_SHAPES)
def test_a_wrong_shape_is_found_in_its_place(place: str, value: Any, word: str) -> None:
    assert word in told(changed(SMALL, {place: value}), place)


@pytest.mark.parametrize("place", ["", *OBJECTS])
def test_an_unknown_key_is_found(place: str) -> None:
    wrong = changed(SMALL, {f"{place}.colour": "red"})
    assert "colour" in told(wrong, place)


@pytest.mark.parametrize(("place", "key"), [*(("", key) for key in SMALL), *FIELDS])
def test_a_missing_key_is_found(place: str, key: str) -> None:
    wrong = copy.deepcopy(SMALL)
    del at(wrong, place)[key]
    assert f"there is no key '{key}'" in told(wrong, place)


@pytest.mark.parametrize(("place", "key"), FIELDS)
def test_a_value_of_another_type_is_found(place: str, key: str) -> None:
    assert "1.5" in told(changed(SMALL, {f"{place}.{key}": 1.5}), f"{place}.{key}")


@pytest.mark.parametrize("raw", [None, True, 1, "text", [], [SMALL]])
def test_a_document_that_is_no_object_is_found(raw: Any) -> None:
    assert "object" in told(raw, "")


def test_a_key_whose_values_are_taken_to_be_shaped_is_shaped_wherever_it_stands() -> None:
    schema = json.loads(Path(data_file("membership.schema.json")).read_text("utf-8"))
    kinds = [schema, *schema["$defs"].values()]

    def shaped(value: dict[str, Any]) -> bool:
        if "$ref" in value:
            return shaped(schema["$defs"][value["$ref"].rpartition("/")[2]])
        if "anyOf" in value or "items" in value:
            return all(map(shaped, value.get("anyOf", [value.get("items")])))
        return "enum" in value or value.get("type") == "null" or value["pattern"] in FORMS

    places = [
        (key, value)
        for kind in kinds
        for key, value in kind.get("properties", {}).items()
        if key in SHAPED and (kind is not schema)
    ]
    assert {key for key, _ in places} == SHAPED
    assert [key for key, value in places if not shaped(value)] == []


def test_every_pattern_of_the_schema_has_words() -> None:
    text = Path(data_file("membership.schema.json")).read_text("utf-8")
    assert {json.loads(found) for found in re.findall(r'"pattern": (".+")', text)} == FORMS.keys()
