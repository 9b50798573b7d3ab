"""The documents that tests change: the bundled ones, and a small one with every kind of record."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cstocli import Dataset
from cstocli.reading.document import build
from cstocli.reading.files import Raw, data_file

PATH = data_file("membership.json")
BUNDLED: Raw = json.loads(Path(PATH).read_text("utf-8"))
OFFICES: Raw = json.loads(Path(data_file("offices.json")).read_text("utf-8"))
SMALL: Raw = json.loads((Path(__file__).parent / "small.json").read_text("utf-8"))


def located(place: str) -> str:
    """The place of a record of the bundled document that is named by its id."""
    id, dot, rest = place.partition(".")
    for name, records in BUNDLED.items():
        for index, record in enumerate(records if isinstance(records, list) else []):
            if record.get("id") == id:
                return f"{name}[{index}]{dot}{rest}"
    return place


def keys(place: str) -> list[str | int]:
    """The keys that lead to a place such as `spells[12].last_day`."""
    return [int(key) if key.isdigit() else key for key in re.findall(r"[^][.]+", place)]


def at(raw: Raw, place: str) -> Any:
    """The value at a place."""
    value: Any = raw
    for key in keys(place):
        value = value[key]
    return value


def changed(raw: Raw, change: Mapping[str, Any]) -> Raw:
    """A copy with other values at some places."""
    found = copy.deepcopy(raw)
    for place, value in change.items():
        *before, last = keys(place)
        owner: Any = found
        for key in before:
            owner = owner[key]
        owner[last] = value
    return found


def written(folder: Path, content: str | bytes | Raw, name: str = "data.json") -> str:
    """The path of a new file with that content."""
    path = folder / name
    text = json.dumps(content) if isinstance(content, dict) else content
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def club(
    spells: Iterable[tuple[str, str, str, str | None]], bases: Mapping[str, Iterable[str]]
) -> Dataset:
    """A dataset of states and statuses of any names, and of bases, the first the default one.

    A spell is its state, its status, its first day and its last.
    """
    (state,), (act, *_), (spell, *_) = SMALL["states"], SMALL["acts"], SMALL["spells"]
    records = [
        {**spell, "id": str(n), "closed_by": "begin"}
        | dict(zip(("state", "status", "first_day", "last_day"), told, strict=True))
        for n, told in enumerate(spells)
    ]
    statuses = dict.fromkeys(record["status"] for record in records)
    names = dict.fromkeys(record["state"] for record in records)
    rests_on = dict.fromkeys(("instrument", "signed", "in_force"))
    return Dataset(
        build(
            {
                **SMALL,
                "verified_through": None,
                "organisation": {
                    **SMALL["organisation"],
                    "name": 'The "Club" & <Co>',
                    "treaty": None,
                },
                "statuses": [
                    dict.fromkeys(("status", "text", "past", "present"), s) for s in statuses
                ],
                "bases": [
                    {"basis": name, "default": not n, "counts": counts, "text": name, **rests_on}
                    for n, (name, counts) in enumerate(bases.items())
                ],
                "states": [{**state, "code": name, "name": name} for name in names],
                "acts": [{**act, "title": "5 < 6 & 7 > 6", "states": [*names]}],
                "spells": records,
                "disputes": [],
                "remarks": [],
                "open_questions": [],
            }
        )
    )
