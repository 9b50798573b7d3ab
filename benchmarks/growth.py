"""How the cost of an answer grows with what it is asked of.

    python benchmarks/growth.py [--csto PROGRAM] [--most 1000000]

Printed are the size of each file, the CPU time of the whole process that answers from it, how many
times longer that is than for the size before, and the most memory that it had. What grows in
proportion takes at most ten times as long for ten times as much. `--csto` names the program of
another environment, such as one with an older version.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import string
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice, product
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

FIRST = dt.date(1900, 1, 2)
ASKED = ["members", "--on", "1950-01-01", "--format", "tsv"]


class Work(NamedTuple):
    """What is asked of files that grow."""

    name: str
    sizes: list[int]
    write: Callable[[Path, int], list[str]]
    """Makes the file of a size, and says how csto is asked about it."""


def spans(number: int, step: int = 181) -> Iterator[tuple[dt.date, dt.date]]:
    """So many stretches of days that do not touch."""
    for each in range(number):
        day = FIRST + dt.timedelta(days=each * step)
        yield day, day + dt.timedelta(days=step - 31)


def table(path: Path, rows: Iterator[str]) -> list[str]:
    """A table of spells, and a question to it."""
    with open(path, "w", encoding="utf-8") as file:
        file.write("state,first_day,last_day\n")
        file.writelines(f"{row}\n" for row in rows)
    return ["--data", str(path), *ASKED]


def spells(path: Path, size: int) -> list[str]:
    """A hundred spells of each state."""
    states = range(size // 100)
    return table(path, (f"State {n},{a},{b}" for n in states for a, b in spans(100)))


def states(path: Path, size: int) -> list[str]:
    """Ten spells of each state."""
    return table(path, (f"State {n},{a},{b}" for n in range(size) for a, b in spans(10)))


def vague(path: Path, size: int) -> list[str]:
    """Spells of one state, each bound known to the month."""
    months = ((1000 + n // 4, 1 + n % 4 * 3) for n in range((size + 1) // 2))
    return table(path, (f"France,{y:04}-{m:02},{y:04}-{m + 1:02}" for y, m in months))


def document(path: Path, codes: list[str], per_state: int, rivals: int) -> list[str]:
    """A JSON document of so many spells of each state, and rivals about the first of all."""
    text = {"text": "text", "past": "was", "present": "is"}
    found: dict[str, Any] = {
        "release": "2026a", "verified_through": None, "licence": "CC0-1.0",
        "organisation": {"id": "X", "name": "X", "treaty": None, "wikidata": None,
                         "treaty_wikidata": None, "aliases": []},
        "statuses": [{"status": "in", **text}, {"status": "out", **text}],
        "bases": [{"basis": "in", "default": True, "counts": ["in"], "text": "in",
                   "instrument": None, "signed": None, "in_force": None}],
        "kinds": [{"kind": "act", "text": "an act", "did": None}],
        "states": [{"code": code, "alpha_2": None, "numeric": None, "cow": None, "wikidata": None,
                    "name": f"State {code}", "official": f"The state {code}",
                    "russian": f"Russian {code}", "native": f"Native {code}", "aliases": [],
                    "adjectives": []} for code in codes],
        "acts": [], "disputes": [], "remarks": [], "open_questions": [],
        "sources": [{"id": "book", "publisher": "A Press", "title": "A Book", "date": None,
                     "language": None, "address": None, "level": "primary"}],
    }  # fmt: skip
    act = {"effective": None, "kind": "act", "title": "An act", "place": None, "states": codes,
           "certainty": "high", "sources": ["book"]}  # fmt: skip
    days = [*spans(per_state)]
    found["acts"] = [
        {"id": f"{kind}-{day}", "date": f"{day}", **act}
        for first, last in days
        for kind, day in (("in", first), ("out", last + dt.timedelta(days=1)))
    ]
    found["spells"] = [
        {"id": f"{code}-{first}", "state": code, "status": "in", "first_day": f"{first}",
         "last_day": f"{last}", "opened_by": f"in-{first}",
         "closed_by": f"out-{last + dt.timedelta(days=1)}", "ended": "withdrawn",
         "certainty": "high"}
        for code in codes for first, last in days
    ]  # fmt: skip
    found["disputes"] = [
        {"id": f"rival-{number}", "about": found["spells"][number % per_state]["id"],
         "value": "out", "from": f"{first}", "to": f"{last}", "status": "out",
         "verdict": "rival", "reason": "as is said", "sources": ["book"]}
        for number in range(rivals) for first, last in [days[number % per_state]]
    ]  # fmt: skip
    path.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return ["--data", str(path), *ASKED]


def letters(number: int) -> list[str]:
    """So many codes of three letters."""
    return ["".join(code) for code in islice(product(string.ascii_uppercase, repeat=3), number)]


def json_spells(path: Path, size: int) -> list[str]:
    """A JSON document of a hundred spells of each state."""
    return document(path, letters(size // 100), 100, 0)


def disputes(path: Path, size: int) -> list[str]:
    """A JSON document of one state with as many spells as rivals about them."""
    return document(path, letters(1), size, size)


def annotated(path: Path, size: int) -> list[str]:
    """A hundred thousand rows about so many states, year by year."""
    asked = table(path, (f"State {n},{a},{b}" for n in range(size) for a, b in spans(10)))
    panel = path.with_name("panel.csv")
    with open(panel, "w", encoding="utf-8") as file:
        file.write("state,year\n")
        file.writelines(f"State {n % size},{1900 + n // size % 100}\n" for n in range(100_000))
    join = ["annotate", str(panel), "--state", "state", "--date", "year"]
    return [*asked[:2], *join, "--force", "--output", str(path.with_name("annotated.csv"))]


WORK = [
    Work("spells, CSV", [1_000, 10_000, 100_000, 1_000_000], spells),
    Work("spells, JSON", [1_000, 10_000, 100_000, 500_000], json_spells),
    Work("states, CSV", [10, 100, 1_000, 10_000], states),
    Work("vague bounds of a state", [1, 20, 200, 2_000], vague),
    Work("rivals about a state", [1, 20, 200, 2_000], disputes),
    Work("100,000 rows, by states", [100, 1_000, 1_900, 2_900, 10_000], annotated),
]


def measured(command: list[str]) -> tuple[float, int, int]:
    """The CPU seconds that a process takes, the most KiB that it has, and its exit status."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss, process.returncode


def main() -> int:
    """Measure every size; 1 if a question was not answered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--csto", default=str(Path(sys.executable).with_name("csto")))
    parser.add_argument("--most", type=int, default=1_000_000, help="the largest size")
    asked = parser.parse_args()
    failed = 0
    print(f"{'what grows':24} {'size':>9} {'seconds':>8} {'growth':>7} {'MB':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for work in WORK:
            before = 0.0
            for size in (size for size in work.sizes if size <= asked.most):
                suffix = ".json" if "JSON" in work.name or "rivals" in work.name else ".csv"
                path = Path(folder, f"data{suffix}")
                # written by another process, since a new one begins with the memory of this one
                with get_context("spawn").Pool(1) as writer:
                    question = writer.apply(work.write, (path, size))
                seconds, memory, status = measured([asked.csto, *question])
                failed += bool(status)
                growth = f"{seconds / before:6.1f}x" if before else ""
                said = f" exit status {status}" if status else ""
                print(
                    f"{work.name:24} {size:9,} {seconds:8.2f} {growth:>7} {memory // 1024:6}{said}",
                    flush=True,
                )
                before = seconds
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
