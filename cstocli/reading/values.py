"""The rules about the values of a dataset file, wherever they stand.

They are tried on each value once, however often it stands in the file; only where one breaks a
rule is the file gone through place by place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from cstocli.core.days import days_of
from cstocli.errors import Problem
from cstocli.escape import printable
from cstocli.reading.files import Raw
from cstocli.reading.shape import FORMULA

NOTHING = ("", "na", "n/a", "#n/a", "nan", "nat", "null", "none", "<na>", ".")
"""The texts of cells that say nothing, in any case."""
SENTINELS = {
    "0001", "0001-01", "0001-01-01", "1900-01-01", "1970-01-01", "2099-12-31", "9999", "9999-12",
    "9999-12-31",
}  # fmt: skip
"""What stands for "unknown" or "never" in other people's files. A dispute may have such a day:
a source that says 1970 means one from the first of January on."""
_DAYS = {
    "verified_through", "date", "effective", "first_day", "last_day", "from", "to", "as_of",
}  # fmt: skip
"""The keys whose values are days, or months of acts."""


def strings(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every string of a document, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{place}.{key}".lstrip("."))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from strings(inner, f"{place}[{index}]")


SHAPED = {
    "id", "state", "states", "status", "first_day", "last_day", "opened_by", "closed_by", "ended",
    "certainty", "date", "effective", "kind", "sources", "code",
}  # fmt: skip
"""The keys whose values the shape lets have letters, digits, dots and hyphens alone."""


def _distinct(raw: Raw, wanted: Callable[[str], bool]) -> set[str]:
    """The strings of a document under the keys that are wanted, each once."""
    found: set[Any] = set()
    for name, value in raw.items():
        records = value if isinstance(value, list) else [value]
        if records and not isinstance(records[0], dict):
            records = [{name: value}]
        for key in records[0] if records else ():
            if wanted(key):
                found.update(column_of(records, key))
    return found.difference((None, False, True))


def column_of(records: Sequence[Raw], key: str) -> Iterable[Any]:
    """What records have under a key; where those are lists, what is in them."""
    column = map(itemgetter(key), records)
    return chain.from_iterable(column) if records and _listed(records, key) else column


def _listed(records: Sequence[Raw], key: str) -> bool:
    """Whether records of one shape have lists under a key."""
    return isinstance(records[0][key], list)


def characters(raw: Raw) -> Iterator[Problem]:
    """No control or bidirectional character, and no cell that a spreadsheet takes for a formula."""
    texts = _distinct(raw, lambda key: key not in SHAPED)
    joined = "\n".join(["", *texts])
    begins = any(f"\n{character}" in joined for character in FORMULA)
    if "".join(texts).isprintable() and not begins:
        return
    hidden = {text for text in texts if printable(text) != text}
    if not hidden and not begins:
        return
    for place, text in strings(raw):
        if text in hidden:
            yield Problem(place, f"holds a character that does not show: {printable(text)[:60]}")
        if text.startswith(FORMULA):
            yield Problem(place, f"begins like a formula: {text[:60]}")


def days(raw: Raw) -> Iterator[Problem]:
    """Every day is a day of the calendar, none a sentinel, none after the last one checked."""
    through = raw["verified_through"] or "9999"
    texts = _distinct(raw, _DAYS.__contains__)
    if all(text <= through and text not in SENTINELS and is_day(text) for text in texts):
        return
    for place, text in strings(raw):
        key = place.rpartition(".")[2]
        if key not in _DAYS:
            continue
        if not is_day(text):
            yield Problem(place, f"there is no day {text}")
        elif text in SENTINELS and not place.startswith("disputes"):
            yield Problem(place, f"{text} stands for an unknown day; use null")
        elif text > through:
            yield Problem(place, f"{text} is after verified_through, {through}")


def is_day(text: str) -> bool:
    """Whether a text is a day, month or year of the calendar."""
    try:
        days_of(text)
    except ValueError:
        return False
    return True


def no_value_twice(raw: Raw) -> Iterator[Problem]:
    """No list inside a record holds a value twice."""
    for name, records in raw.items():
        listed = records if isinstance(records, list) else [records]
        for key in listed[0] if listed and isinstance(listed[0], dict) else ():
            if not _listed(listed, key):
                continue
            for index, record in enumerate(listed):
                if len(set(record[key])) < len(record[key]):
                    place = f"{name}[{index}]" if listed is records else name
                    yield Problem(f"{place}.{key}", "holds a value twice")
