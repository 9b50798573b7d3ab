"""What a dataset file must keep: its shape by JSON Schema, and the rules beyond shape.

Each rule is a function from the document to the problems that it finds, and is listed in
RULES; a rule may rely on the shape.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from cstocli.core.days import Days, days_of
from cstocli.core.order import clashes
from cstocli.errors import Problem
from cstocli.escape import printable
from cstocli.reading.files import Raw
from cstocli.reading.folding import fold
from cstocli.reading.shape import FORMULA, misshapen

SENTINELS = {
    "0001", "0001-01", "0001-01-01", "1900-01-01", "1970-01-01", "2099-12-31", "9999", "9999-12",
    "9999-12-31",
}  # fmt: skip
"""What stands for "unknown" or "never" in other people's files. A dispute may have such a day:
a source that says 1970 means one from the first of January on."""
_KEYS = {"statuses": "status", "bases": "basis", "kinds": "kind", "states": "code"}
"""The key of each list's records, where it is not `id`."""
LISTS = ("states", "acts", "spells", "disputes", "remarks", "open_questions", "sources")
"""The lists of records that are kept in the order of their keys."""
_DAYS = {
    "verified_through", "date", "effective", "first_day", "last_day", "from", "to", "as_of",
}  # fmt: skip
"""The keys whose values are days, or months of acts."""
Rule = Callable[[Raw], Iterator[Problem]]


def problems(raw: Any, *, canonical: bool = False) -> list[Problem]:
    """Every rule that a document breaks; the rules beyond shape only where its shape is right.

    `canonical` also asks for the order in which the bundled file is kept.
    """
    found = misshapen(raw)
    if not found:
        for rule in (*RULES, *((_canonical_order,) if canonical else ())):
            found += rule(raw)
    return found


def _strings(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every string of a document, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, f"{place}.{key}".lstrip("."))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _strings(inner, f"{place}[{index}]")


def _characters(raw: Raw) -> Iterator[Problem]:
    """No control or bidirectional character, and no cell that a spreadsheet takes for a formula."""
    for place, text in _strings(raw):
        if printable(text) != text:
            yield Problem(place, f"holds a character that does not show: {printable(text)[:60]}")
        if text.startswith(FORMULA):
            yield Problem(place, f"begins like a formula: {text[:60]}")


def _days(raw: Raw) -> Iterator[Problem]:
    """Every day is a day of the calendar, none a sentinel, none after the last one checked."""
    through = raw["verified_through"] or "9999"
    for place, text in _strings(raw):
        key = place.rpartition(".")[2]
        if key not in _DAYS:
            continue
        try:
            days_of(text)
        except ValueError:
            yield Problem(place, f"there is no day {text}")
            continue
        if text in SENTINELS and not place.startswith("disputes"):
            yield Problem(place, f"{text} stands for an unknown day; use null")
        elif text > through:
            yield Problem(place, f"{text} is after verified_through, {through}")


def _no_value_twice(raw: Raw) -> Iterator[Problem]:
    """No list inside a record holds a value twice."""
    for name, records in raw.items():
        for index, record in enumerate(records if isinstance(records, list) else [records]):
            place = f"{name}[{index}]" if isinstance(records, list) else name
            for key, value in record.items() if isinstance(record, dict) else ():
                if isinstance(value, list) and len(set(value)) < len(value):
                    yield Problem(f"{place}.{key}", "holds a value twice")


def _unique(raw: Raw) -> Iterator[Problem]:
    """No two records of a list have the same key."""
    for name in (*_KEYS, *LISTS[1:]):
        key, seen = _KEYS.get(name, "id"), set()
        for index, record in enumerate(raw[name]):
            if record[key] in seen:
                yield Problem(f"{name}[{index}].{key}", f"the key {record[key]} stands twice")
            seen.add(record[key])


def _references(raw: Raw) -> Iterator[Problem]:
    """Whatever names another record names one that is there."""
    ids = {name: {record[_KEYS.get(name, "id")] for record in raw[name]} for name in raw if
           isinstance(raw[name], list)}  # fmt: skip
    about = ids["spells"] | ids["acts"] | ids["states"] | {raw["organisation"]["id"]}
    wanted = {
        "bases": {"counts": ids["statuses"], "signed": ids["acts"], "in_force": ids["acts"]},
        "acts": {"kind": ids["kinds"], "states": ids["states"], "sources": ids["sources"]},
        "spells": {
            "state": ids["states"],
            "status": ids["statuses"],
            "opened_by": ids["acts"],
            "closed_by": ids["acts"],
        },
        "disputes": {"about": about, "status": ids["statuses"], "sources": ids["sources"]},
        "remarks": {"state": ids["states"], "sources": ids["sources"]},
        "open_questions": {"about": about},
    }
    for name, keys in wanted.items():
        for index, record in enumerate(raw[name]):
            for key, known in keys.items():
                value = record[key]
                for id in value if isinstance(value, list) else [value]:
                    if id is not None and id not in known:
                        yield Problem(f"{name}[{index}].{key}", f"there is no {id}")


def _bases(raw: Raw) -> Iterator[Problem]:
    """One basis is the default; the acts that a basis rests on are known to the day."""
    dates = {act["id"]: act["effective"] or act["date"] for act in raw["acts"]}
    for index, basis in enumerate(raw["bases"]):
        rests_on = [basis[key] is None for key in ("instrument", "signed", "in_force")]
        if any(rests_on) != all(rests_on):
            yield Problem(f"bases[{index}]", "instrument, signed and in_force go together")
        for key in ("signed", "in_force"):
            if len(dates.get(basis[key], "YYYY-MM-DD")) < len("YYYY-MM-DD"):
                yield Problem(f"bases[{index}].{key}", f"the day of {basis[key]} is not known")
    defaults = sum(basis["default"] for basis in raw["bases"])
    if defaults != 1:
        yield Problem("bases", f"{defaults} of them are the default; one must be")


def _forwards(raw: Raw) -> Iterator[Problem]:
    """No stretch of days ends before it begins, and none ends without having begun."""
    for name, first, last in (
        ("spells", "first_day", "last_day"),
        ("disputes", "from", "to"),
        ("remarks", "from", "to"),
    ):
        for index, record in enumerate(raw[name]):
            if record[last] and (record[first] or "~") > f"{record[last]}~":
                yield Problem(
                    f"{name}[{index}].{last}",
                    f"{record[last]} is before {record[first] or 'a first day'}",
                )


def _apart(raw: Raw) -> Iterator[Problem]:
    """The spells of a state neither overlap nor share a day, and their order is known."""
    places: dict[str, list[int]] = {}
    for index, spell in enumerate(raw["spells"]):
        places.setdefault(spell["state"], []).append(index)
    for of_state in places.values():
        spells = [raw["spells"][index] for index in of_state]
        stretches = [(_bound(one["first_day"]), _bound(one["last_day"])) for one in spells]
        for later, earlier, why in clashes(stretches):
            place = f"spells[{of_state[later]}].first_day"
            yield Problem(place, f"{why} {spells[earlier]['id']}")


def _bound(text: str | None) -> Days:
    """The days on one of which a bound lies; the last day of all where there is none, or no such
    day, as another rule tells.
    """
    try:
        return days_of(text) if text else (dt.date.max, dt.date.max)
    except ValueError:
        return dt.date.max, dt.date.max


def _agree(raw: Raw) -> Iterator[Problem]:
    """A spell begins on the day its opening act takes effect, and its closing act takes effect
    on the day after its last; both are acts of its state. It has an end, a closing act and a
    last day, or none of them.
    """
    effective = {act["id"]: act["effective"] or act["date"] for act in raw["acts"]}
    states = {act["id"]: act["states"] for act in raw["acts"]}
    following = {(spell["state"], spell["first_day"]) for spell in raw["spells"]}
    for index, spell in enumerate(raw["spells"]):
        place = f"spells[{index}]"
        if effective.get(spell["opened_by"], spell["first_day"]) != spell["first_day"]:
            yield Problem(f"{place}.first_day", f"not the effective day of {spell['opened_by']}")
        for key in ("opened_by", "closed_by"):
            if spell["state"] not in states.get(spell[key], [spell["state"]]):
                yield Problem(f"{place}.{key}", f"{spell[key]} is no act of {spell['state']}")
        ends = [spell[key] is None for key in ("last_day", "closed_by", "ended")]
        if any(ends) != all(ends):
            yield Problem(f"{place}.ended", "last_day, closed_by and ended go together")
        if any(ends):
            continue
        after = _day_after(spell["last_day"])
        if effective.get(spell["closed_by"], after) != after:
            yield Problem(f"{place}.last_day", f"not the day before {spell['closed_by']}")
        if spell["ended"] == "next-status" and (spell["state"], after) not in following:
            yield Problem(f"{place}.ended", f"no spell of {spell['state']} begins on {after}")


def _day_after(text: str) -> str:
    """The day after a day, as files write it; of no day, that text itself."""
    try:
        return (dt.date.fromisoformat(text) + dt.timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return text


def _rivals_matter(raw: Raw) -> Iterator[Problem]:
    """On some of its days a rival gives another status than the spells."""
    acts = {act["id"]: act["states"] for act in raw["acts"]}
    states = {spell["id"]: [spell["state"]] for spell in raw["spells"]}
    spells_of: dict[str, list[Raw]] = {}
    for spell in raw["spells"]:
        spells_of.setdefault(spell["state"], []).append(spell)
    for index, dispute in enumerate(raw["disputes"]):
        if dispute["verdict"] != "rival" or dispute["from"] is None:
            continue
        about = dispute["about"]
        concerned = states.get(about) or acts.get(about) or [about]
        if not any(
            _differs(spells_of[state], dispute) for state in concerned if state in spells_of
        ):
            yield Problem(f"disputes[{index}].from", "on none of its days is the status another")


def _differs(spells: list[Raw], dispute: Raw) -> bool:
    """Whether a state's spells give another status than a dispute on some of its days."""
    first, last = dispute["from"], dispute["to"] or "9999"
    meeting = [
        spell
        for spell in spells
        if spell["first_day"] <= last and f"{spell['last_day'] or 9999}~" >= first
    ]
    if any(spell["status"] != dispute["status"] for spell in meeting):
        return True
    if dispute["status"] is None:
        return False
    return not any(
        spell["first_day"] <= first and f"{spell['last_day'] or 9999}~" >= last for spell in meeting
    )


def _one_meaning(raw: Raw) -> Iterator[Problem]:
    """A name, alias or code means one state."""
    meaning: dict[str, str] = {}
    for index, state in enumerate(raw["states"]):
        for place, text in _strings({**state, "wikidata": None}):
            if not fold(text):
                yield Problem(f"states[{index}].{place}", "has no letter by which to know it")
            other = meaning.setdefault(fold(text), state["code"])
            if other != state["code"]:
                yield Problem(f"states[{index}].{place}", f"the form {text} means {other} already")


def _canonical_order(raw: Raw) -> Iterator[Problem]:
    """The records of each list stand in the order of their keys."""
    for name in LISTS:
        keys = [record[_KEYS.get(name, "id")] for record in raw[name]]
        for index, (one, two) in enumerate(pairwise(keys), 1):
            if one > two:
                yield Problem(f"{name}[{index}]", f"{two} stands after {one}")


def kept() -> list[str]:
    """Each rule beyond shape as a sentence."""
    return [" ".join((rule.__doc__ or rule.__name__).split("\n\n")[0].split()) for rule in RULES]


RULES: tuple[Rule, ...] = (
    _characters,
    _days,
    _no_value_twice,
    _unique,
    _references,
    _bases,
    _forwards,
    _apart,
    _agree,
    _rivals_matter,
    _one_meaning,
)
"""Every rule beyond shape, for any dataset."""
