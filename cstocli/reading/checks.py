"""What a dataset file must keep: its shape by JSON Schema, and the rules beyond shape.

Each rule is a function from the document to the problems that it finds, and is listed in
RULES; a rule may rely on the shape.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from cstocli.core.days import Days, days_of
from cstocli.core.model import NEXT
from cstocli.core.order import clashes
from cstocli.errors import Problem
from cstocli.reading.files import Raw
from cstocli.reading.folding import fold
from cstocli.reading.shape import misshapen
from cstocli.reading.values import characters, column_of, days, no_value_twice, strings

_KEYS = {"statuses": "status", "bases": "basis", "kinds": "kind", "states": "code"}
"""The key of each list's records, where it is not `id`."""
LISTS = ("states", "acts", "spells", "disputes", "remarks", "open_questions", "sources")
"""The lists of records that are kept in the order of their keys."""
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


def _unique(raw: Raw) -> Iterator[Problem]:
    """No two records of a list have the same key."""
    for name in (*_KEYS, *LISTS[1:]):
        key, seen = _KEYS.get(name, "id"), set()
        if len({record[key] for record in raw[name]}) == len(raw[name]):
            continue
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
        for key, known in keys.items():
            known.add(None)
            if set(column_of(raw[name], key)) <= known:
                continue
            for index, record in enumerate(raw[name]):
                value = record[key]
                for id in value if isinstance(value, list) else (value,):
                    if id not in known:
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
            begun, ended = record[first] or "~", record[last]
            if ended and begun > ended and begun > f"{ended}~":
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
        if _follow(spells):
            continue
        stretches = [(_bound(one["first_day"]), _bound(one["last_day"])) for one in spells]
        for later, earlier, why in clashes(stretches):
            place = f"spells[{of_state[later]}].first_day"
            yield Problem(place, f"{why} {spells[earlier]['id']}")


def _follow(spells: list[Raw]) -> bool:
    """Whether spells whose bounds are known to the day follow each other, as nearly all do."""
    stretches = sorted((one["first_day"], one["last_day"] or "9999-99-99") for one in spells)
    return all(len(first) == len(last) == len("YYYY-MM-DD") for first, last in stretches) and all(
        one[1] < following[0] for one, following in pairwise(stretches)
    )


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
    states = {act["id"]: frozenset(act["states"]) for act in raw["acts"]}
    following = {
        (spell["state"], spell["first_day"])
        for spell in (raw["spells"] if NEXT in column_of(raw["spells"], "ended") else ())
    }
    day_after = {text: _day_after(text) for text in {*column_of(raw["spells"], "last_day")} if text}
    for index, spell in enumerate(raw["spells"]):
        state, opened_by, closed_by = spell["state"], spell["opened_by"], spell["closed_by"]
        first_day, last_day, ended = spell["first_day"], spell["last_day"], spell["ended"]
        place = f"spells[{index}]"
        if effective.get(opened_by, first_day) != first_day:
            yield Problem(f"{place}.first_day", f"not the effective day of {opened_by}")
        for key, act in (("opened_by", opened_by), ("closed_by", closed_by)):
            if act in states and state not in states[act]:
                yield Problem(f"{place}.{key}", f"{act} is no act of {state}")
        if last_day is None or closed_by is None or ended is None:
            if last_day or closed_by or ended:
                yield Problem(f"{place}.ended", "last_day, closed_by and ended go together")
            continue
        after = day_after[last_day]
        if effective.get(closed_by, after) != after:
            yield Problem(f"{place}.last_day", f"not the day before {closed_by}")
        if ended == NEXT and (state, after) not in following:
            yield Problem(f"{place}.ended", f"no spell of {state} begins on {after}")


def _day_after(text: str) -> str:
    """The day after a day, as files write it; of no day, that text itself."""
    try:
        return (dt.date.fromisoformat(text) + dt.timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return text


def _rivals_matter(raw: Raw) -> Iterator[Problem]:
    """On some of its days a rival gives another status than the spells."""
    if not any(dispute["verdict"] == "rival" for dispute in raw["disputes"]):
        return
    acts = {act["id"]: act["states"] for act in raw["acts"]}
    states = {spell["id"]: [spell["state"]] for spell in raw["spells"]}
    spells_of: dict[str, list[Raw]] = {}
    for spell in raw["spells"]:
        spells_of.setdefault(spell["state"], []).append(spell)
    for spells in spells_of.values():
        spells.sort(key=_first_day)
    for index, dispute in enumerate(raw["disputes"]):
        if dispute["verdict"] != "rival" or dispute["from"] is None:
            continue
        about = dispute["about"]
        concerned = states.get(about) or acts.get(about) or [about]
        if not any(
            _differs(spells_of[state], dispute) for state in concerned if state in spells_of
        ):
            yield Problem(f"disputes[{index}].from", "on none of its days is the status another")


def _differs(spells: Sequence[Raw], dispute: Raw) -> bool:
    """Whether a state's spells, in order, give another status than a dispute on some of its days.

    They are apart, or else another rule is broken: of all spells that have some of the days, the
    last two tell it.
    """
    first, last = dispute["from"], dispute["to"] or "9999"
    end = bisect_right(spells, last, key=_first_day)
    meeting = [
        spell for spell in spells[max(end - 2, 0) : end] if f"{spell['last_day'] or 9999}~" >= first
    ]
    if any(spell["status"] != dispute["status"] for spell in meeting):
        return True
    if dispute["status"] is None:
        return False
    return not any(
        spell["first_day"] <= first and f"{spell['last_day'] or 9999}~" >= last for spell in meeting
    )


def _first_day(spell: Raw) -> str:
    """The first day of a spell, as the file has it."""
    day: str = spell["first_day"]
    return day


def _one_meaning(raw: Raw) -> Iterator[Problem]:
    """A name, alias or code means one state."""
    meaning: dict[str, str] = {}
    for index, state in enumerate(raw["states"]):
        for place, text in strings({**state, "wikidata": None}):
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
    characters,
    days,
    no_value_twice,
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
