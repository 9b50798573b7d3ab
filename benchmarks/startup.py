"""How long an answer takes, against what Python needs to import the framework.

    python benchmarks/startup.py [--runs 40]

It builds the wheel, installs it into an empty environment, and times whole processes there,
turn and turn about with the measure, so that a machine that slows down slows both. Printed
are the medians and their ratio, beside the most that the ratio may be; the exit status is 1
when one is more.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import growth

CLICK = ["python", "-c", "import click"]
RICH = ["python", "-c", "import click, rich.console, rich.table"]
READ = ["python", "-c", "import click, csv; list(csv.reader(open('spells.csv')))"]
READ_JSON = ["python", "-c", "import json; json.load(open('spells.json'))"]
COMPLETE = {"COMP_WORDS": "csto check uzb", "COMP_CWORD": "2", "_CSTO_COMPLETE": "bash_complete"}
WORK: list[tuple[str, list[str], dict[str, str], list[str], float]] = [
    (
        "members as tsv",
        ["csto", "members", "--on", "2007-01-01", "--format", "tsv"],
        {},
        CLICK,
        1.15,
    ),
    (
        "check, quietly",
        ["csto", "check", "uzbekistan", "--on", "2007-01-01", "--quiet"],
        {},
        CLICK,
        1.15,
    ),
    ("members as a table", ["csto", "members", "--on", "2007-01-01"], {}, RICH, 1.10),
    ("completing a state", ["csto"], COMPLETE, CLICK, 1.20),
    (
        "20,000 spells, CSV",
        ["csto", "--data", "spells.csv", "members", "--on", "1950-01-01", "--format", "tsv"],
        {},
        READ,
        2.0,
    ),
    (
        "20,000 spells, JSON",
        ["csto", "--data", "spells.json", "members", "--on", "1950-01-01", "--format", "tsv"],
        {},
        READ_JSON,
        4.0,
    ),
]


def install(folder: Path) -> Path:
    """An environment with the wheel of this checkout in it; its folder of programs."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    root = Path(__file__).parent.parent
    subprocess.run(
        [programs / "python", "-m", "pip", "install", "--quiet", "--compile", root], check=True
    )
    return programs


def write_spells(path: Path) -> None:
    """A CSV of 20,000 spells: a hundred of each of 200 states, from 1900 on."""
    lines = ["state,first_day,last_day"]
    for number in range(200):
        day = dt.date(1900, 1, 2) + dt.timedelta(days=number)
        for _ in range(100):
            last_day = day + dt.timedelta(days=150)
            lines.append(f"State {number},{day},{last_day}")
            day = last_day + dt.timedelta(days=31)
    path.write_text("\n".join(lines), encoding="utf-8")


def timed(programs: Path, command: list[str], environment: dict[str, str]) -> float:
    """The seconds that a whole process takes."""
    start = time.perf_counter()
    subprocess.run(
        [programs / command[0], *command[1:]],
        env={"PATH": str(programs), "LANG": "C.UTF-8", **environment},
        cwd=programs,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return time.perf_counter() - start


def main() -> int:
    """Time each piece of work against its measure; 1 if one takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40, help="of each, in turn [40]")
    runs = parser.parse_args().runs
    slow = 0
    with tempfile.TemporaryDirectory() as folder:
        programs = install(Path(folder))
        write_spells(programs / "spells.csv")
        growth.json_spells(programs / "spells.json", 20_000)
        print(f"{'work':20} {'ms':>6} {'measure':>8} {'ratio':>6} {'at most':>8}")
        for name, command, environment, measure, most in WORK:
            timed(programs, command, environment)
            pairs = [
                (timed(programs, command, environment), timed(programs, measure, {}))
                for _ in range(runs)
            ]
            ours, theirs = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
            ratio = ours / theirs
            slow += ratio > most
            print(f"{name:20} {ours:6.1f} {theirs:8.1f} {ratio:6.2f} {most:8.2f}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
