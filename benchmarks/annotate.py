"""What `csto annotate` costs, against a plain copy of the file and the other ways to do it.

    python benchmarks/annotate.py [--rows 1000000] [--runs 3]

It builds the wheel, installs it into an empty environment together with pandas and DuckDB from
PyPI, and writes a panel of countries and days, the same each time. Whole processes then do the
same work, turn and turn about: the csv module copies the file, and csto annotate, pandas, the
sqlite3 command line and DuckDB add a column csto_member. First it is checked that they all give
the same one. csto adds five columns more, and reads names, codes and dates of every form; the
others are given their country names and days as their table of spells has them.

Printed are the CPU time (user and system, the median), its ratio to the copy, and the most
memory; then the memory of csto annotate as the rows become more. The exit status is 1 when csto
takes more than 1.8 times the time of the copy, or more than pandas or sqlite3.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

MOST = 1.8
"""The most that the ratio of csto annotate to the copy may be."""
SLOWER = ("pandas", "sqlite3")
"""What csto annotate must be faster than."""
COUNTRIES = (
    "Armenia", "Azerbaijan", "Belarus", "Georgia", "Kazakhstan", "Kyrgyzstan", "Russia",
    "Tajikistan", "Uzbekistan", "Moldova", "Ukraine", "Turkmenistan", "Estonia", "Latvia",
    "Lithuania", "France", "Germany", "Italy", "Spain", "Poland", "Turkey", "China", "Japan",
    "India", "Brazil", "Canada", "Mexico", "Egypt", "Nigeria", "Australia",
)  # fmt: skip

COPY = """
import csv, sys
with open(sys.argv[1], newline="") as read, open(sys.argv[2], "w", newline="") as written:
    csv.writer(written, lineterminator="\\n").writerows(csv.reader(read))
"""

SPELLS = """
import csv, sys
from cstocli import load
records = load().records
counts = records.default_basis.counts
with open(sys.argv[1], "w", newline="") as written:
    lines = csv.writer(written, lineterminator="\\n")
    lines.writerow(["country", "first_day", "last_day"])
    for code, state in records.states.items():
        for run in records.standing(code, counts).runs:
            lines.writerow([state.name, run.first_day, run.last_day or "9999-12-31"])
"""
"""Written by the library: the runs of counted days of each state."""

PANDAS = """
import sys
import pandas as pd
panel = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
spells = pd.read_csv(sys.argv[3], dtype=str).sort_values("first_day", kind="stable")
spells["begun"] = pd.to_datetime(spells["first_day"])
panel["asked"] = pd.to_datetime(panel["day"])
joined = pd.merge_asof(
    panel.reset_index().sort_values("asked", kind="stable"),
    spells,
    left_on="asked",
    right_on="begun",
    by="country",
).sort_values("index")
panel = panel.drop(columns="asked")
panel["csto_member"] = "no"
panel.loc[(joined["day"] <= joined["last_day"]).to_numpy(), "csto_member"] = "yes"
panel.to_csv(sys.argv[2], index=False, lineterminator="\\n")
"""

SQLITE = """
.bail on
.mode csv
.separator , "\\n"
.import '{panel}' panel
.import '{spells}' spells
CREATE INDEX begun ON spells (country, first_day, last_day);
.headers on
.output '{output}'
SELECT panel.*, CASE WHEN EXISTS (
    SELECT 1 FROM spells
    WHERE spells.country = panel.country AND panel.day BETWEEN first_day AND last_day
) THEN 'yes' ELSE 'no' END AS csto_member
FROM panel ORDER BY panel.rowid;
"""

DUCKDB = """
import sys
import duckdb
duckdb.sql(
    "COPY (SELECT panel.*, CASE WHEN spells.country IS NULL THEN 'no' ELSE 'yes' END AS csto_member"
    f" FROM read_csv('{sys.argv[1]}', header = true, all_varchar = true) AS panel"
    f" LEFT JOIN read_csv('{sys.argv[3]}', header = true, all_varchar = true) AS spells"
    " ON spells.country = panel.country AND panel.day BETWEEN first_day AND last_day"
    " ORDER BY CAST(panel.id AS BIGINT))"
    f" TO '{sys.argv[2]}' (HEADER, DELIMITER ',')"
)
"""


class Cost(NamedTuple):
    """What a process took."""

    seconds: float
    """Of the processor, by the process itself and by the system for it."""
    memory: float
    """The most, in MiB."""


class Work(NamedTuple):
    """A way to do it, by a command that reads the panel and writes a file."""

    name: str
    command: list[str]
    output: Path
    script: str = ""
    """What the command is told on standard input."""


def install(folder: Path) -> Path:
    """An environment with the wheel of this checkout in it, pandas and DuckDB; its programs."""
    print("Installing the wheel of this checkout, and pandas and duckdb from PyPI.", flush=True)
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    root = Path(__file__).parent.parent
    command = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--compile"]
    subprocess.run([*command, str(root), "pandas", "duckdb"], check=True)
    return programs


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """A panel: a number, a country, a day from 1990 to 2026 and further columns, in no order."""
    chance = random.Random(20070101)  # noqa: S311  # the same panel each time, no secret
    first_day = dt.date(1990, 1, 1)
    days = [
        str(first_day + dt.timedelta(days=day))
        for day in range((dt.date(2026, 1, 1) - first_day).days)
    ]
    for number in range(count):
        country, day = chance.choice(COUNTRIES), chance.choice(days)
        note = 'said "no", then "yes"' if number % 50 == 0 else f"note {number % 1000}"
        amount = f"{chance.random() * 1000:.2f}"
        yield str(number), country, day, chance.choice(("yes", "no", "abstain")), amount, note


def write_panel(path: Path, count: int) -> None:
    """Write a panel of so many rows."""
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["id", "country", "day", "vote", "amount", "note"])
        lines.writerows(rows(count))


def ways(programs: Path, folder: Path, panel: Path) -> list[Work]:
    """The ways to do it, the copy first and csto second."""
    spells = folder / "spells.csv"
    python = str(programs / "python")
    subprocess.run([python, "-c", SPELLS, str(spells)], check=True)
    outputs = {name: folder / f"{name}.csv" for name in ("copy", "csto", *SLOWER, "duckdb")}
    places = {name: [str(panel), str(path), str(spells)] for name, path in outputs.items()}
    found = [
        Work("csv copy", [python, "-c", COPY, *places["copy"]], outputs["copy"]),
        Work("csto annotate", annotate(programs, panel, outputs["csto"]), outputs["csto"]),
        Work("pandas", [python, "-c", PANDAS, *places["pandas"]], outputs["pandas"]),
    ]
    sqlite = shutil.which("sqlite3")
    if sqlite:
        script = SQLITE.format(panel=panel, spells=spells, output=outputs["sqlite3"])
        found.append(Work("sqlite3", [sqlite, ":memory:"], outputs["sqlite3"], script))
    else:
        print("There is no sqlite3 command line here; it is left out.")
    found.append(Work("duckdb", [python, "-c", DUCKDB, *places["duckdb"]], outputs["duckdb"]))
    return found


def annotate(programs: Path, panel: Path, output: Path) -> list[str]:
    """The command that annotates a panel."""
    columns = ["--state", "country", "--date", "day"]
    return [str(programs / "csto"), "annotate", str(panel), *columns, "--output", str(output)]


def cost(work: Work) -> Cost:
    """What a way to do it takes; raises CalledProcessError where it does not end well."""
    work.output.unlink(missing_ok=True)
    with tempfile.TemporaryFile() as script:
        script.write(work.script.encode())
        script.seek(0)
        process = subprocess.Popen(work.command, stdin=script, stderr=subprocess.PIPE)
        said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.stderr:
        process.stderr.close()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, work.command, stderr=said)
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def differing(panel: Path, found: list[Work]) -> list[str]:
    """The ways that lost, changed or moved a row, or whose answers are not those of csto.

    Row by row, because a process begins with the peak of the one that starts it.
    """
    print("Checking that all give the same answers.", flush=True)
    ours = found[1].output
    return [work.name for work in found[1:] if not agree(panel, ours, work.output)]


def agree(panel: Path, ours: Path, theirs: Path) -> bool:
    """Whether a file holds the rows of the panel in order, each with the answer of ours."""
    with (
        panel.open(newline="", encoding="utf-8") as read,
        ours.open(newline="", encoding="utf-8") as expected,
        theirs.open(newline="", encoding="utf-8") as written,
    ):
        member = 0
        for row, right, found in zip_longest(*map(csv.reader, (read, expected, written))):
            if row is None or right is None or found is None:
                return False
            member = member or right.index("csto_member")
            if found[: len(row)] != row or right[member] not in found[len(row) : member + 1]:
                return False
    return True


def compare(found: list[Work], runs: int) -> bool:
    """Measure each way turn and turn about and print it; whether csto is fast enough."""
    costs: dict[str, list[Cost]] = {work.name: [] for work in found}
    for _ in range(runs):
        for work in found:
            costs[work.name].append(cost(work))
    seconds = {name: statistics.median(run.seconds for run in costs[name]) for name in costs}
    copy, ours = seconds["csv copy"], seconds["csto annotate"]
    print(f"\n{'work':16} {'CPU s':>8} {'ratio to the copy':>18} {'peak MiB':>9}")
    for name, taken in seconds.items():
        most = max(run.memory for run in costs[name])
        print(f"{name:16} {taken:8.2f} {taken / copy:18.2f} {most:9.1f}")
    print(
        f"\ncsto annotate takes {ours / copy:.2f} of the copy's time, at most {MOST:.2f}; ", end=""
    )
    print(f"{ours / seconds['duckdb']:.2f} of DuckDB's.")
    slower = [name for name in SLOWER if name in seconds and ours >= seconds[name]]
    for name in slower:
        print(f"It is slower than {name}.")
    return ours <= MOST * copy and not slower


def main() -> int:
    """Compare the ways; 1 if csto annotate takes too long, or not all give the same answers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the panel [1000000]")
    parser.add_argument("--runs", type=int, default=3, help="of each, in turn [3]")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = install(folder / "environment")
        panel = folder / "panel.csv"
        write_panel(panel, options.rows)
        print(f"The panel: {options.rows} rows, {panel.stat().st_size / 1024**2:.1f} MiB.")
        found = ways(programs, folder, panel)
        for work in found:
            cost(work)
        wrong = differing(panel, found)
        if wrong:
            print(f"Not the rows and answers of csto: {', '.join(wrong)}.")
            return 1
        fast = compare(found, options.runs)
        print(f"\n{'rows':>16} {'peak MiB':>9}  of csto annotate")
        for count in (1_000, 100_000, options.rows):
            write_panel(panel, count)
            print(f"{count:16} {cost(found[1]).memory:9.1f}")
    return 0 if fast else 1


if __name__ == "__main__":
    sys.exit(main())
