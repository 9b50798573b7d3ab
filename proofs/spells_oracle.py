"""That answers about any table of spells are those of every world which the table leaves possible.

    python proofs/spells_oracle.py [--files 10000] [--seed 1]

A world gives each bound that is known only to the month or the year one of its days, so that the
spells of a state keep one order, each has a day at least, and no two share one. What is so in
every world is certain. The worlds are walked from day to day, by a reading of the file that shares
nothing with the package; what `check`, `members`, `accessions`, `withdrawals`, `diff`, `series`,
`state_years` and `dyad_years` answer is held against them. Printed are the disagreements, each
with its file, and how much was compared; the exit status is 1 if there was one.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import datetime as dt
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise, permutations
from pathlib import Path
from typing import Any, NamedTuple

from cstocli import BrokenDataset, Dataset, load

ONE = dt.timedelta(1)
START = dt.date(1999, 12, 30)
WINDOW = [START + ONE * number for number in range(1100)]
"""The years 2000 to 2002, and two days more on either side: no file has a bound outside of it."""
STATES = ("Alfaland", "Betaland", "Gammaland")
YES, NO, OPEN = "yes", "no", "unknown"
RULES = ("any", "throughout", "first-day", "last-day")
NEVER_YET, BETWEEN, GONE = "not-yet", "outside", "former"


class Told(NamedTuple):
    """A spell as the file has it."""

    status: str
    first: str
    last: str

    @property
    def verdict(self) -> str:
        """Whether its days count."""
        return {"member": YES, "unknown": OPEN}.get(self.status, NO)


def place_of(day: dt.date) -> int:
    """Where a day stands in the window."""
    return (day - START).days


def span_of(text: str) -> tuple[int, int]:
    """The first and the last place of a day, a month or a year."""
    year, month, day = (int(part) for part in f"{text}-0-0".split("-")[:3])
    if day:
        first = last = dt.date(year, month, day)
    elif month:
        first = dt.date(year, month, 1)
        last = dt.date(year, month, calendar.monthrange(year, month)[1])
    else:
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return place_of(first), place_of(last)


# The worlds of one state


class Worlds:
    """Where a state can stand on each day: at 2n before its spell n, at 2n + 1 in it."""

    def __init__(self, spells: Sequence[Told]) -> None:
        self.spells = spells
        self._begins = [span_of(spell.first) for spell in spells]
        self._ends = [span_of(spell.last) if spell.last else None for spell in spells]
        busy = {n - 1 for first, last in self._begins for n in range(first, last + 1)}
        busy |= {n for ends in self._ends if ends for n in range(ends[0], ends[1] + 1)}
        self.places = [{0}]
        """Where it can stand on each day; it moves at the end of a busy one alone."""
        for number in range(len(WINDOW) - 1):
            places = self.places[-1]
            if number in busy:
                places = {to for at in places for to in self._steps(at, number)}
            self.places.append(places)
        self.places[-1] = self.places[-1] & {2 * len(spells) - (not spells[-1].last)}
        if self.possible:
            self._leave_out_dead_ends()

    def _leave_out_dead_ends(self) -> None:
        """Keep those places alone from which the end can be reached."""
        for number in reversed(range(len(WINDOW) - 1)):
            alive = self.places[number + 1]
            self.places[number] = {
                at for at in self.places[number] if not alive.isdisjoint(self._steps(at, number))
            }

    def _steps(self, at: int, number: int) -> list[int]:
        """Where it can stand on the day after."""
        index, inside = divmod(at, 2)
        steps = [at]
        if inside:
            ends = self._ends[index]
            if not ends or not ends[0] <= number <= ends[1]:
                return steps
            index += 1
            steps.append(2 * index)
        if index < len(self.spells):
            first, last = self._begins[index]
            if first <= number + 1 <= last:
                steps.append(2 * index + 1)
        return steps

    @property
    def possible(self) -> bool:
        """Whether there is a world at all."""
        return bool(self.places[-1])

    def moves(self, number: int) -> Iterator[tuple[int, int]]:
        """From where to where it can move from the day before to a day."""
        for at in self.places[number - 1]:
            for to in self._steps(at, number - 1):
                if to != at and to in self.places[number]:
                    yield at, to

    def verdict_at(self, at: int) -> str:
        """Whether a day counts on which it stands there."""
        return self.spells[at // 2].verdict if at % 2 else NO

    def status_at(self, at: int) -> str:
        """What it is called where it stands there."""
        if at % 2:
            return self.spells[at // 2].status
        return NEVER_YET if not at else GONE if at == 2 * len(self.spells) else BETWEEN


class Change(NamedTuple):
    """That a state begins to be counted with a spell, or is no longer with its end."""

    text: str
    """The day as the file has it."""
    numbers: frozenset[int]
    """The days on which it may happen: the first that counts, or the last."""
    certain: bool
    """Whether it happens in every world, and on the same day."""


class State:
    """A state of a file, and what follows day by day."""

    def __init__(self, name: str, worlds: Worlds) -> None:
        self.name = name
        self.worlds = worlds
        verdicts = ({worlds.verdict_at(at) for at in places} for places in worlds.places)
        self.verdicts = [found.pop() if len(found) == 1 else OPEN for found in verdicts]
        self.statuses = [{worlds.status_at(at) for at in places} for places in worlds.places]
        self._moves = [(n, move) for n in range(1, len(WINDOW)) for move in worlds.moves(n)]
        self.joined = self._changes(leaving=False)
        self.left = self._changes(leaving=True)

    def _changes(self, *, leaving: bool) -> list[Change]:
        """Each spell that counts, and may not follow, or be followed by, another that does.

        Its days are those that the spells around it leave possible: a return that may have been at
        once is a change all the same.
        """
        found = []
        for index, spell in enumerate(self.worlds.spells):
            place = 2 * index + 1
            own = [(n, move) for n, move in self._moves if move[0 if leaving else 1] == place]
            others = {self.worlds.verdict_at(move[1 if leaving else 0]) for _, move in own}
            numbers = frozenset(n - leaving for n, _ in own)
            if spell.verdict == YES and others - {YES}:
                text = spell.last if leaving else spell.first
                found.append(Change(text, numbers, len(numbers) == 1 and others == {NO}))
        return found

    def surely_changed(self, first: int, last: int, *, leaving: bool) -> bool:
        """Whether in every world it changes on a day from the first to the last."""
        wanted = (YES, NO) if leaving else (NO, YES)
        avoiding = set(self.worlds.places[0])
        by_day: dict[int, list[tuple[int, int]]] = {}
        for number, move in self._moves:
            by_day.setdefault(number, []).append(move)
        for number in range(1, len(WINDOW)):
            moved = {
                to
                for at, to in by_day.get(number, ())
                if at in avoiding
                and not (
                    first <= number <= last
                    and (self.worlds.verdict_at(at), self.worlds.verdict_at(to)) == wanted
                )
            }
            avoiding = (avoiding & self.worlds.places[number]) | moved
        return not avoiding

    def run_on(self, number: int) -> tuple[str, str] | None:
        """The first and the last day, as told, of the run that a day lies in, if it is one."""
        chains: dict[int, tuple[str, str]] = {}
        chain: list[int] = []
        between = {at for places in self.worlds.places for at in places}
        for index, spell in enumerate(self.worlds.spells):
            meets = chain and chain[-1] == index - 1 and 2 * index not in between
            if spell.verdict == YES:
                chain = [*chain, index] if meets else [index]
                told = self.worlds.spells[chain[0]].first, spell.last
                chains |= dict.fromkeys((2 * one + 1 for one in chain), told)
        found = {chains.get(at) for at in self.worlds.places[number]}
        return found.pop() if len(found) == 1 else None


# A file


class File(NamedTuple):
    """What a file says, and what follows."""

    states: list[State]
    through: str
    accepted: bool
    """Whether the spells of each state can follow each other, in one order alone."""


def read(path: Path) -> File:
    """A file in the plainest way."""
    spells: dict[str, list[Told]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            told = Told(row["status"], row["first_day"], row["last_day"])
            spells.setdefault(row["state"], []).append(told)
            through = row["verified_through"]
    orders = {
        name: [worlds for order in permutations(told) if (worlds := Worlds(order)).possible]
        for name, told in spells.items()
    }
    accepted = all(len(found) == 1 for found in orders.values())
    states = [State(name, orders[name][0]) for name in sorted(orders)] if accepted else []
    return File(states, through, accepted)


def written(chance: random.Random) -> str:
    """A file of spells, of which some are vague: what could be published of some history."""
    through = chance.choice(["", "", "2002-06-30"])
    rows = []
    for name in STATES[: chance.randint(1, 3)]:
        day = dt.date(2000, 1, 1) + ONE * chance.randrange(300)
        for _ in range(chance.randint(1, 4)):
            last = day + ONE * chance.choice([0, 0, 1, 5, 29, 30, 90])
            bounds = [str(one)[: chance.choice([10, 10, 10, 7, 7, 4])] for one in (day, last)]
            status = chance.choice(["member", "member", "member", "observer", "unknown"])
            rows.append([name, status, *bounds, through])
            day = last + ONE * chance.choice([1, 1, 1, 2, 9, 31, 100])
        if chance.random() < 0.4:
            rows[-1][3] = ""
    chance.shuffle(rows)
    lines = ["state,status,first_day,last_day,verified_through", *map(",".join, rows)]
    return "\n".join(lines) + "\n"


# What is answered


class Bench:
    """A file and the dataset that the package reads from it, held against each other."""

    def __init__(self, file: File, csto: Dataset, today: dt.date) -> None:
        self.file = file
        self.csto = csto
        self.limit = place_of(max([today, *map(dt.date.fromisoformat, file.through.split())]))
        self.wrong: list[str] = []
        self.compared: Counter[str] = Counter()

    def same(self, what: str, found: object, wanted: object) -> None:
        """Note a disagreement."""
        self.compared[what.partition(" ")[0]] += 1
        if found != wanted:
            self.wrong.append(f"{what}: {found!r} in place of {wanted!r}")

    def numbers(self, first: int, last: int) -> range:
        """The days of a period that can be asked about."""
        return range(first, min(last, self.limit) + 1)

    def part(self, state: State, days: Sequence[int]) -> str | None:
        """The days that certainly count."""
        return sure(state.verdicts, days)

    def check(self, first: int, last: int) -> None:
        """Ask check and members about a period, or a day."""
        asked, days = (WINDOW[first], WINDOW[last]), self.numbers(first, last)
        listed = {row.state: row for row in self.csto.members(asked)}
        always = {row.state for row in self.csto.members(asked, throughout=True)}
        for state in self.file.states:
            what = f"check {state.name} {asked[0]}/{asked[1]}"
            (row,) = self.csto.check(state.name, asked)
            verdicts = [state.verdicts[number] for number in days]
            answer = answer_of(set(verdicts))
            self.same(what, row.answer, answer)
            self.same(f"{what} part", row.part, self.part(state, days))
            self.same(f"{what} imprecise", row.imprecise, OPEN in verdicts)
            self.same(f"{what} disputed", row.disputed, False)
            through = self.file.through
            verified = str(WINDOW[days[-1]]) <= through if through else None
            self.same(f"{what} verified", row.verified, verified)
            maybe = [number for number in days if state.verdicts[number] != NO]
            of = maybe[-1] if maybe else days[-1]
            self.same(f"{what} status {row.status}", row.status in state.statuses[of], True)
            self.same(f"{what} run", row.first_day is None, not maybe)
            run = state.run_on(of)
            if run and state.verdicts[of] == YES:
                known = str(row.first_day), str(row.last_day or "")
                self.same(f"{what} run", known, run)
            what = f"members {state.name} {asked[0]}/{asked[1]}"
            self.same(what, state.name in listed, bool(maybe))
            self.same(f"{what} throughout", state.name in always, answer == YES)
            if maybe:
                self.same(f"{what} row", listed[state.name].part, row.part)
                self.same(f"{what} row", listed[state.name].imprecise, row.imprecise)

    def changes(self, first: int, last: int) -> None:
        """Ask accessions and withdrawals in a period."""
        asked, days = (WINDOW[first], WINDOW[last]), frozenset(self.numbers(first, last))
        for question, leaving in (("accessions", False), ("withdrawals", True)):
            rows = getattr(self.csto, question)(asked)
            wanted = sorted(
                (state.name, one.text, not one.certain)
                for state in self.file.states
                for one in (state.left if leaving else state.joined)
                if not days.isdisjoint(one.numbers)
            )
            found = sorted((row.state, str(row.day), row.imprecise) for row in rows)
            self.same(f"{question} {asked[0]}/{asked[1]}", found, wanted)

    def diff(self, one: int, two: int) -> None:
        """Ask what became of the states between two days."""
        answer = self.csto.diff(WINDOW[one], WINDOW[two], everyone=True)
        rows = {row.state: row for row in answer}
        changed = {row.state for row in self.csto.diff(WINDOW[one], WINDOW[two])}
        notes = " ".join(answer.notes)
        for state in self.file.states:
            what = f"diff {state.name} {WINDOW[one]} {WINDOW[two]}"
            before, after = state.verdicts[one], state.verdicts[two]
            row = rows.get(state.name)
            if OPEN in (before, after):
                told = row is not None and row.imprecise and f"{state.name} is not certain" in notes
                self.same(f"{what} told", told, True)
            if row is None:
                alike = not state.statuses[one].isdisjoint(state.statuses[two])
                self.same(f"{what} left out", (YES in (before, after), alike), (False, True))
                continue
            self.same(f"{what} imprecise", row.imprecise, OPEN in (before, after))
            held = row.before in state.statuses[one] and row.after in state.statuses[two]
            self.same(f"{what} statuses {row.before} {row.after}", held, True)
            self.same(f"{what} shown", state.name in changed, row.change != "unchanged")
            if OPEN not in (before, after):
                moved = {(NO, YES): "joined", (YES, NO): "left"}
                same = "unchanged" if row.before == row.after else "status"
                self.same(what, row.change, moved.get((before, after), same))
                hidden = before == after and any(
                    state.surely_changed(one + 1, two, leaving=leaving) for leaving in (True, False)
                )
                if hidden:
                    self.same(f"{what} between", f"In between {state.name} " in notes, True)

    def series(self, by: str) -> None:
        """Ask how many were counted on the last day of each year or month."""
        answer = self.csto.series(by)
        notes = " ".join(answer.notes)
        for row in answer:
            first, last = span_of(row.period)
            last = min(last, self.limit)
            verdicts = Counter(state.verdicts[last] for state in self.file.states)
            least, most = verdicts[YES], verdicts[YES] + verdicts[OPEN]
            what = f"series {row.period}"
            self.same(f"{what} {row.members}", least <= row.members <= most, True)
            for state in self.file.states:
                if state.verdicts[last] == OPEN:
                    self.same(f"{what} notes", f"{state.name} is not certain" in notes, True)
                for told, changes, leaving in (
                    (row.joined, state.joined, False),
                    (row.left, state.left, True),
                ):
                    days = frozenset(range(first - leaving, last + 1 - leaving))
                    maybe = any(not days.isdisjoint(one.numbers) for one in changes)
                    surely = maybe and state.surely_changed(first, last, leaving=leaving)
                    name = f"{what} {state.name} {'left' if leaving else 'joined'}"
                    self.same(name, state.name in told, surely or (maybe and state.name in told))

    def years(self) -> None:
        """Ask for the years of states and of pairs under every rule."""
        years = range(2000, WINDOW[self.limit].year + 1)
        spans = {year: self.numbers(*span_of(str(year))) for year in years}
        earliest = min(span_of(state.worlds.spells[0].first)[0] for state in self.file.states)
        spans = {year: days for year, days in spans.items() if days[-1] >= earliest}
        for rule in RULES:
            wanted = [
                (state.name, year, self.part(state, days), *by_rule(rule, state.verdicts, days))
                for state in self.file.states
                for year, days in spans.items()
            ]
            rows = [
                (row.state, row.year, row.part, row.counted, row.imprecise)
                for row in self.csto.state_years(rule=rule, balanced=True)
            ]
            self.same(f"state_years {rule}", rows, wanted)
            shown = [(row.state, row.year) for row in self.csto.state_years(rule=rule)]
            some = [(name, year) for name, year, _, counted, _ in wanted if counted is not False]
            self.same(f"state_years {rule} shown", shown, some)
        for one, two in combinations(self.file.states, 2):
            both = [together(*pair) for pair in zip(one.verdicts, two.verdicts, strict=True)]
            for rule in RULES:
                wanted_years = [
                    (year, sure(both, days), *by_rule(rule, both, days))
                    for year, days in spans.items()
                ]
                found = [
                    (row.year, row.part, row.counted, row.imprecise)
                    for row in self.csto.dyad_years(rule=rule, balanced=True)
                    if (row.state_1, row.state_2) == (one.name, two.name)
                ]
                self.same(f"dyad_years {rule} {one.name} {two.name}", found, wanted_years)


def answer_of(verdicts: set[str]) -> str:
    """The answer about days with these verdicts."""
    if verdicts in ({YES}, {NO}):
        return min(verdicts)
    return "partly" if {YES, NO} <= verdicts else OPEN


def together(one: str, two: str) -> str:
    """No beats unknown, and unknown beats yes."""
    return NO if NO in (one, two) else OPEN if OPEN in (one, two) else YES


def sure(verdicts: Sequence[str], days: Sequence[int]) -> str | None:
    """Those of some days that certainly count, as stretches in words."""
    certain = [number for number in days if verdicts[number] == YES]
    if certain == list(days):
        return "all"
    parts: list[list[int]] = []
    for number in certain:
        if parts and parts[-1][-1] == number - 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return " ".join(f"{WINDOW[one[0]]}/{WINDOW[one[-1]]}" for one in parts) or None


def by_rule(rule: str, verdicts: Sequence[str], days: Sequence[int]) -> tuple[bool | None, bool]:
    """Whether a year counts under a rule, and whether a day of it is open."""
    found = [verdicts[number] for number in days]
    decided: dict[str, Callable[[], str]] = {
        "any": lambda: YES if YES in found else OPEN if OPEN in found else NO,
        "throughout": lambda: NO if NO in found else OPEN if OPEN in found else YES,
        "first-day": lambda: found[0],
        "last-day": lambda: found[-1],
    }
    return {YES: True, NO: False, OPEN: None}[decided[rule]()], OPEN in found


def compare(path: Path, seed: str) -> tuple[list[str], Counter[str]]:
    """How the answers about a random file differ from what follows from it, and what was asked."""
    chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
    path.write_text(written(chance), encoding="utf-8")
    today = dt.date(2002, 1, 1) + ONE * chance.randrange(365)
    file = read(path)
    os.environ["CSTO_TODAY"] = str(today)
    try:
        csto = load(path, state_code="text")
    except BrokenDataset as refused:
        wrong = [f"refused: {refused}"] if file.accepted else []
        return wrong, Counter({"refused": 1})
    if not file.accepted:
        return ["accepted, though no order is the only one"], Counter({"accepted": 1})
    bench = Bench(file, csto, today)
    turns = {
        number + more
        for state in file.states
        for number, (one, two) in enumerate(pairwise(state.statuses))
        for more in (0, 1)
        if one != two and number + more <= bench.limit
    }
    days = sorted(turns | {chance.randrange(bench.limit) for _ in range(5)})
    ends = [*days, *(chance.randrange(bench.limit) for _ in days)]
    for number in chance.sample(days, min(len(days), 16)):
        bench.check(number, number)
        bench.changes(number, number)
    for _ in range(8):
        first, last = sorted(chance.choices(ends, k=2))
        bench.check(first, last)
        bench.changes(first, last)
        bench.diff(first, last)
    bench.check(*span_of(chance.choice(["2000", "2001", "2002", "2001-02", "2001-06"])))
    bench.changes(0, bench.limit)
    bench.series("year")
    bench.series("month")
    bench.years()
    return bench.wrong, bench.compared


def main() -> int:
    """Try every file; 1 if an answer differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000, help="how many [10000]")
    parser.add_argument("--seed", type=int, default=1, help="the same files for the same [1]")
    asked = parser.parse_args()
    total: Counter[str] = Counter()
    differ = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spells.csv"
        for number in range(asked.files):
            wrong, compared = compare(path, f"{asked.seed} {number}")
            total += compared
            if wrong:
                differ += 1
                print(f"{asked.seed} {number}", path.read_text("utf-8"), *wrong[:5], sep="\n")
    said = ", ".join(f"{count} {what}" for what, count in sorted(total.items()))
    print(f"{asked.files} files, {differ} of them answered otherwise; compared: {said}")
    return 1 if differ else 0


def problems(path: Path, seeds: Iterable[Any]) -> list[str]:
    """The disagreements about some files, each with the seed of its file."""
    return [f"{seed}: {wrong}" for seed in seeds for wrong in compare(path, str(seed))[0]]


if __name__ == "__main__":
    sys.exit(main())
