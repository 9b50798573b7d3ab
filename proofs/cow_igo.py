"""That COW IGO as it is published, converted, says what a plain reading of its columns says.

    python proofs/cow_igo.py state_year_formatv3.csv

The file has a row for each state and year, and is not part of this repository; the project
publishes it (https://correlatesofwar.org/data-sets/igos/), and the R package igoR carries it as
`state_year_format3`, to be written by `write.csv(igoR::state_year_format3, FILE, row.names =
FALSE)`. Checked are the facts of the CSTO, what `compare` finds between the two datasets, and
every organisation in some years: who is listed, who certainly belonged, and of whom nothing is
known; and the other way round, to which of them some states belonged. How long it takes and how
much memory is printed beside reading the file with the csv module. The exit status is 1 where
anything differs.
"""

from __future__ import annotations

import csv
import datetime as dt
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from cstocli import catalogue, load
from cstocli.core.records import Records
from cstocli.library import Dataset
from cstocli.library.organisations import Catalogue
from cstocli.reading.document import bundled_states
from cstocli.reading.files import read_bytes
from cstocli.reading.schemes import Scheme
from cstocli.reading.spell_table import load_all

YEARS = (1900, 1949, 1990, 2005, 2014)
STATES = ("ARM", "BRA", "CHN", "EGY", "FRA", "GBR", "IND", "RUS", "USA", "UZB")
MEMBER, MISSING = 1, -9
READ = """
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.reader(file):
        pass
"""
"""Reading a file with the csv module, and no more."""
Plain = dict[str, dict[str, set[int]]]
"""What a year codes: by organisation and state, for a state with two codes both."""


def main(path: str) -> int:
    """Compare, print what differs, and return the exit status."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        one, every = Path(folder, "one.csv"), Path(folder, "every.csv")
        command = [sys.executable, "-m", "cstocli", "convert", path, "--from", "cow-igo"]
        reading = _measured("csv", [sys.executable, "-c", READ, path])
        converting = _measured("CSTO", [*command, "--org", "CSTO", "--output", str(one)])
        whole = _measured("every organisation", [*command, "--output", str(every)])
        wrong += _too_slow(reading, converting, whole)
        wrong += _csto(load(one))
        records = list(load_all(str(every), read_bytes(str(every)), bundled_states()))
        organisations = catalogue(every)
        for year in YEARS:
            plain = dict(_plain(path, year))
            differences = [*_differences(plain, records, year)]
            differences += _the_other_way_round(plain, organisations, year)
            print(f"{year}: {len(plain)} organisations, {len(differences)} differences")
            wrong += differences
    print("\n".join(wrong))
    return 1 if wrong else 0


def _measured(name: str, command: list[str]) -> tuple[float, float]:
    """The CPU seconds and the most mebibytes that a command takes."""
    begun = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    memory = after.ru_maxrss / 1024
    took = time.monotonic() - begun
    print(f"{name}: {seconds:.2f} s of CPU, {took:.2f} s, at most {memory:.0f} MiB so far")
    return seconds, memory


def _too_slow(
    reading: tuple[float, float], one: tuple[float, float], whole: tuple[float, float]
) -> Iterator[str]:
    """What takes more than it may."""
    if one[0] > 2 * reading[0]:
        yield f"one organisation takes {one[0] / reading[0]:.2f} times what reading takes"
    if one[1] > 100:
        yield f"one organisation takes {one[1]:.0f} MiB"
    if whole[0] > 60:
        yield f"all organisations take {whole[0]:.0f} s"


def _csto(igo: Dataset) -> Iterator[str]:
    """What is wrong with what the file says of the CSTO, and with what it disagrees about."""
    facts = {
        "state-years": (len(igo.state_years((2002, 2014))), 88),
        "Uzbekistan on 2002-06-01": (igo.check("UZB", "2002-06-01").rows[0].answer, "unknown"),
        "Uzbekistan in 2005": (igo.check("UZB", "2005").rows[0].answer, "yes"),
        "Uzbekistan in 2012": (igo.check("UZB", "2012").rows[0].answer, "no"),
        "observers": (
            [(r.state, str(r.first_day)) for r in igo.history() if r.status == "observer"],
            [("AFG", "2013"), ("SRB", "2013")],
        ),
        "compared": (
            [
                (row.state, str(row.first_day), str(row.last_day), row.ours)
                for row in load().compare(igo, during=(2002, 2014))
            ],
            [
                ("UZB", "2002-12-31", "2006-06-22", "not"),
                ("UZB", "2012-01-01", "2012-12-18", "counted"),
            ],
        ),
    }
    for name, (found, right) in facts.items():
        if found != right:
            yield f"{name}: {found} in place of {right}"


def _plain(path: str, year: int) -> Iterator[tuple[str, dict[str, set[int]]]]:
    """What the rows of a year say, read in the plainest way."""
    with open(path, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    scheme, days = Scheme("cown"), (dt.date(year, 1, 1), dt.date(year, 12, 31))
    rows = [row for row in rows if float(row[header.index("year")]) == year]
    codes = [scheme.read(row[header.index("ccode")], days).state.code for row in rows]
    for place, organisation in enumerate(header):
        if organisation not in ("ccode", "year", "state"):
            coded: dict[str, set[int]] = {}
            for code, row in zip(codes, rows, strict=True):
                coded.setdefault(code, set()).add(int(float(row[place])))
            yield organisation, coded


def _differences(plain: Plain, records: list[Records], year: int) -> Iterator[str]:
    """Where what is answered about a year differs from what is coded."""
    found = {one.organisation.name: one for one in records}
    for organisation, coded in plain.items():
        rows = {}
        if organisation in found:
            dataset = Dataset(found[organisation])
            through = dataset.records.verified_through
            if through and through.year < year:
                continue  # later days are answered as of then
            rows = {row.state: row for row in dataset.members(str(year))}
        members = {code for code, values in coded.items() if MEMBER in values}
        missing = {code for code, values in coded.items() if values == {MISSING}}
        listed = {code for code, row in rows.items() if row.status == "member"}
        unknown = {code for code, row in rows.items() if row.status == "unknown"}
        if listed != members or unknown != missing:
            strange = sorted((listed ^ members) | (unknown ^ missing))
            yield f"{organisation} in {year}: {', '.join(strange)}"
        for code in unknown:
            if rows[code].part is not None:
                yield f"{organisation} in {year}: {code} is certain on some days"


def _the_other_way_round(plain: Plain, every: Catalogue, year: int) -> Iterator[str]:
    """Where the organisations of a state in a year differ from what is coded."""
    known = {
        one.organisation.name
        for one in every.records
        if not one.verified_through or one.verified_through.year >= year
    }
    for state in STATES:
        right = {name for name, coded in plain.items() if MEMBER in coded.get(state, ())}
        rows = every.organisations(state, on=str(year))
        found = {row.name for row in rows if row.status == "member"} & known
        if found != right:
            yield f"{state} in {year}: {', '.join(sorted(found ^ right))}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("give the path of the file: python proofs/cow_igo.py state_year_formatv3.csv")
    sys.exit(main(sys.argv[1]))
