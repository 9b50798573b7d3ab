"""What membership joined to data frames and files of typed columns costs, against a join by hand.

    python benchmarks/frames.py [--rows 1000000] [--runs 3]

It builds the wheel, installs it into an empty environment with its extras and pandas from PyPI,
and writes one panel, the same each time, as CSV, Parquet and Stata. Its states are joined twice:
by name and day, and by their number of the Correlates of War project and year. Whole processes do
the same work, turn and turn about. By hand, pandas and polars read the Parquet and add yes or no
alone: by a merge_asof over the spells, or by a merge with the state-years. csto reads names,
codes and days of any form and adds all its columns: to data frames that are read from the
Parquet, and from file to file.

First it is checked that csto gives the same answers everywhere, and the same yes and no as by
hand. Printed are the CPU time (user and system, the median), its ratio to what pandas and polars
need by hand, and the most memory. The exit status is 1 when csto takes more than three times the
time in its frames.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import NamedTuple

from annotate import COUNTRIES, SPELLS, Cost, Work, cost, rows

MOST = 3.0
"""The most that the ratio of a frame annotated to one joined by hand may be."""
CODES = (
    *(371, 373, 370, 372, 705, 703, 365, 702, 704, 359, 369, 701, 366, 367, 368, 220, 255, 325),
    *(230, 290, 640, 710, 740, 750, 140, 20, 70, 651, 475, 900),
)
"""The numbers of the Correlates of War project for the countries."""

PANEL = """
import csv, sys
import pandas as pd
codes = dict(zip(sys.argv[3].split(";"), map(int, sys.argv[4].split(";"))))
panel = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
panel["id"] = panel["id"].astype("int64")
panel["day"] = pd.to_datetime(panel["day"])
panel["cown"] = panel["country"].map(codes).astype("int16")
panel["year"] = panel["day"].dt.year.astype("int16")
panel["amount"] = panel["amount"].astype("float64")
panel.to_parquet(sys.argv[2] + ".parquet", index=False)
panel.to_csv(sys.argv[2] + ".csv", index=False)
panel.to_stata(sys.argv[2] + ".dta", write_index=False, version=118, convert_dates={"day": "td"})
"""
"""Makes the files of a panel."""

YEARS = """
import csv, sys
from cstocli import load
years = load().state_years((1990, 2026), codes=["cown"])
with open(sys.argv[1], "w", newline="") as written:
    lines = csv.writer(written, lineterminator="\\n")
    lines.writerow(["cown", "year"])
    for row in years.to_polars().iter_rows(named=True):
        lines.writerow([row["cown"], row["year"]])
"""
"""Written by the library: the years in which each state was counted on any day."""

BY_HAND = {
    ("pandas", "day"): """
import sys
import pandas as pd
panel = pd.read_parquet(sys.argv[1])
spells = pd.read_csv(sys.argv[3], parse_dates=["first_day"]).sort_values("first_day")
spells["last_day"] = pd.to_datetime(spells["last_day"].str.replace("9999", "2200"))
spells["first_day"] = spells["first_day"].astype(panel["day"].dtype)
joined = pd.merge_asof(
    panel[["country", "day"]].reset_index().sort_values("day", kind="stable"),
    spells, left_on="day", right_on="first_day", by="country",
).sort_values("index")
counted = (joined["day"] <= joined["last_day"]).to_numpy()
panel["member"] = pd.Series(counted).map({True: "yes", False: "no"}).to_numpy()
""",
    ("polars", "day"): """
import sys
import polars as pl
panel = pl.read_parquet(sys.argv[1])
day = panel.schema["day"]
spells = pl.read_csv(sys.argv[3], try_parse_dates=True).with_columns(
    pl.col("first_day", "last_day").cast(day)
).sort("first_day")
joined = panel.with_row_index().select("index", "country", "day").sort("day").join_asof(
    spells, left_on="day", right_on="first_day", by="country", check_sortedness=False
).sort("index")
counted = joined["day"] <= joined["last_day"]
panel = panel.with_columns(
    member=pl.when(counted).then(pl.lit("yes")).otherwise(pl.lit("no"))
)
""",
    ("pandas", "year"): """
import sys
import pandas as pd
panel = pd.read_parquet(sys.argv[1])
years = pd.read_csv(sys.argv[3], dtype="int16").assign(member="yes")
joined = panel[["cown", "year"]].merge(years, on=["cown", "year"], how="left")
panel["member"] = joined["member"].fillna("no").to_numpy()
""",
    ("polars", "year"): """
import sys
import polars as pl
panel = pl.read_parquet(sys.argv[1])
years = pl.read_csv(sys.argv[3], schema={"cown": pl.Int16, "year": pl.Int16}).with_columns(
    member=pl.lit("yes")
)
panel = panel.join(years, on=["cown", "year"], how="left", maintain_order="left").with_columns(
    pl.col("member").fill_null("no")
)
""",
}  # fmt: skip
"""What a user writes for yes and no alone."""

ANNOTATED = """
import sys
import {library} as library
from cstocli import load
panel = library.read_parquet(sys.argv[1])
panel = load().annotate(panel, {columns})
"""
"""The same by csto, with all its columns."""

WRITTEN = {
    "pandas": '\nif sys.argv[2] != "-":\n    panel.to_parquet(sys.argv[2], index=False)\n',
    "polars": '\nif sys.argv[2] != "-":\n    panel.write_parquet(sys.argv[2])\n',
}
"""What hands a frame on to be checked."""

CHECKED = """
import sys
import pandas as pd

def answers(path):
    if path.endswith(".csv"):
        found = pd.read_csv(path, dtype=str, keep_default_na=False)
    elif path.endswith(".dta"):
        found = pd.read_stata(path, convert_dates=False, convert_categoricals=False)
        days = pd.to_timedelta(found["csto_first_day"], unit="D")
        found["csto_first_day"] = pd.Timestamp("1960-01-01") + days
    else:
        found = pd.read_parquet(path)
    if "member" in found:
        return found[["id", "member"]]
    columns = {"csto_disputed": {"false": "0", "true": "1", "False": "0", "True": "1"}}
    texts = {}
    for name in found.columns:
        if name != "csto_first_day_known" and (name == "id" or name.startswith("csto_")):
            text = found[name].astype("string").fillna("").str.replace("[.]0$| 00:00:00$", "", regex=True)
            texts[name] = text.replace(columns.get(name, {}))
    return pd.DataFrame(texts)

first, *others = map(answers, sys.argv[1:])
member = first["csto_member"].replace("partly", "yes")
wrong = []
for path, other in zip(sys.argv[2:], others):
    same = (other["member"].astype(str) == member).all() if "member" in other else first.equals(other)
    if not same or len(first) != len(other):
        wrong.append(path)
sys.exit("not the same answers: " + ", ".join(wrong) if wrong else 0)
"""  # noqa: E501
"""Compares what was written: of csto all columns, by hand yes and no, where partly is a yes."""


class Join(NamedTuple):
    """A way in which rows name their states and days."""

    name: str
    options: tuple[str, ...]
    """Of the command line."""
    columns: str
    """The same in Python."""
    table: Path
    """What is joined to by hand."""


def install(folder: Path) -> Path:
    """An environment with the wheel of this checkout in it, its extras and pandas; its programs."""
    print(
        "Installing the wheel of this checkout with its extras, and pandas from PyPI.", flush=True
    )
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    root = Path(__file__).parent.parent
    command = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--compile"]
    subprocess.run([*command, f"{root}[frames,files,parquet]", "pandas"], check=True)
    return programs


def write_panel(python: str, folder: Path, count: int) -> Path:
    """Write the files of a panel of so many rows; their path without a suffix."""
    plain, panel = folder / "plain.csv", folder / "panel"
    with plain.open("w", encoding="utf-8") as file:
        file.write("id,country,day,vote,amount\n")
        file.writelines(f"{','.join(row[:5])}\n" for row in rows(count))
    told = [";".join(COUNTRIES), ";".join(map(str, CODES))]
    subprocess.run([python, "-c", PANEL, str(plain), str(panel), *told], check=True)
    plain.unlink()
    return panel


def ways(programs: Path, folder: Path, panel: Path, join: Join) -> list[Work]:
    """The ways to join a panel: by hand first, then csto."""
    python, found = str(programs / "python"), []
    for library in ("pandas", "polars"):
        for who, script in (
            ("by hand", BY_HAND[library, join.name]),
            ("csto", ANNOTATED.format(library=library, columns=join.columns)),
        ):
            output = folder / f"{library} {who}.parquet"
            told = [f"{panel}.parquet", str(output), str(join.table)]
            command = [python, "-c", script + WRITTEN[library], *told]
            found.append(Work(f"{library}, {who}", command, output))
    for suffix in ("parquet", "dta", "csv"):
        output = folder / f"csto.{suffix}"
        command = [str(programs / "csto"), "annotate", f"{panel}.{suffix}", *join.options]
        found.append(Work(f".{suffix}, csto", [*command, "--output", str(output)], output))
    return found


def unwritten(work: Work) -> Work:
    """The same work, of which a data frame is not written."""
    command = ["-" if part == str(work.output) and "-c" in work.command else part
               for part in work.command]  # fmt: skip
    return work._replace(command=command)


def compare(found: list[Work], runs: int) -> bool:
    """Measure each way turn and turn about and print it; whether csto is fast enough in frames."""
    costs: dict[str, list[Cost]] = {work.name: [] for work in found}
    for _ in range(runs):
        for work in found:
            costs[work.name].append(cost(unwritten(work)))
    seconds = {name: statistics.median(run.seconds for run in costs[name]) for name in costs}
    hand = {library: seconds[f"{library}, by hand"] for library in ("pandas", "polars")}
    print(f"{'work':16} {'CPU s':>7} {'of pandas':>10} {'of polars':>10} {'peak MiB':>9}")
    for name, taken in seconds.items():
        ratios = " ".join(f"{taken / hand[library]:10.2f}" for library in hand)
        print(f"{name:16} {taken:7.2f} {ratios} {max(run.memory for run in costs[name]):9.1f}")
    return all(seconds[f"{library}, csto"] <= MOST * hand[library] for library in hand)


def main() -> int:
    """Compare the ways of both joins; 1 if csto takes too long, or answers differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the panel [1000000]")
    parser.add_argument("--runs", type=int, default=3, help="of each, in turn [3]")
    options = parser.parse_args()
    fast = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = install(folder / "environment")
        python = str(programs / "python")
        panel = write_panel(python, folder, options.rows)
        sizes = ", ".join(
            f"{suffix} {Path(f'{panel}.{suffix}').stat().st_size / 1024**2:.1f} MiB"
            for suffix in ("csv", "parquet", "dta")
        )
        print(f"The panel: {options.rows} rows; {sizes}.")
        spells, years = folder / "spells.csv", folder / "years.csv"
        subprocess.run([python, "-c", SPELLS, str(spells)], check=True)
        subprocess.run([python, "-c", YEARS, str(years)], check=True)
        code = ("--state", "cown", "--state-code", "cown", "--date", "year")
        for join in (
            Join("day", ("--state", "country", "--date", "day"),
                 "state='country', date='day'", spells),
            Join("year", code, "state='cown', state_code='cown', date='year'", years),
        ):  # fmt: skip
            found = ways(programs, folder, panel, join)
            for work in found:
                cost(work)
            mine = [work for work in found if "csto" in work.name]
            paths = [str(work.output) for work in [*mine, *found[::2][:2]]]
            subprocess.run([python, "-c", CHECKED, *paths], check=True)
            how = "name and day" if join.name == "day" else "COW number and year"
            print(f"\nBy {how}, of which all give the same answers:")
            fast &= compare(found, options.runs)
    print(f"\nIn data frames csto takes {'at most' if fast else 'more than'} {MOST:.1f} times as "
          "much as by hand.")  # fmt: skip
    return 0 if fast else 1


if __name__ == "__main__":
    sys.exit(main())
