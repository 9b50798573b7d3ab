"""When were several states counted together?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cstocli.core.days import DAY, Days, Known, When, length, without
from cstocli.core.finding import Finding, find
from cstocli.core.model import Basis, Named
from cstocli.core.records import Records
from cstocli.core.standing import Run
from cstocli.errors import Refused
from cstocli.questions import notes, phrases
from cstocli.questions.answer import Answer, always, answered, covered


class TogetherRow(NamedTuple):
    """A run of days on which all the states were counted."""

    first_day: Known
    last_day: Known | None
    """None while the run lasts."""
    days: int | None
    disputed: bool
    imprecise: bool
    """Whether a bound known only to the month or the year leaves a day of it open."""

    def __str__(self) -> str:
        disputed = ", disputed" if self.disputed else ""
        disputed += ", not certain" if self.imprecise else ""
        days = f", {self.days} days" if self.days else ""
        return f"{phrases.span(self.first_day, self.last_day)}{days}{disputed}"


COLUMNS = {"first_day": "First day", "last_day": "Last day", "days": "Days"}


def together(
    records: Records, states: Sequence[Named], basis: Basis, today: When
) -> Answer[TogetherRow]:
    """The runs of days on which all of the states were counted; the gaps are notes.

    Raises Refused for fewer than two different states.
    """
    states = list({state.code: state for state in states}.values())
    if len(states) < 2:
        raise Refused("name at least two different states")
    days, coverage = covered(records, always(records, today), today)
    findings = [find(records, state, basis, days) for state in states]
    standings = (records.standing(state.code, basis.counts) for state in states)
    ends = _Ends(run for standing in standings for run in standing.runs)
    rows = []
    said = []
    for stretch, missing in _stretches(findings, days):
        if missing:
            gap = _open_span(ends.first(stretch), stretch[1], days)
            absent = [find(records, state, basis, stretch) for state in missing]
            names = (f"{one.name}{' (not certain)' if one.imprecise else ''}" for one in absent)
            said.append(f"{gap}: without {phrases.listed(names)}.")
            said += notes.disputed_notes(records, (one for one in absent if one.imprecise))
            continue
        first_day, last_day = ends.first(stretch), ends.last(stretch)
        around = [(stretch[0] - DAY, stretch[0])]
        around += [(stretch[1], stretch[1] + DAY)] if last_day else []
        found = [[find(records, state, basis, end) for state in states] for end in around]
        disputed = any(one.disputed for at_end in found for one in at_end)
        imprecise = any(
            one.imprecise for one in (find(records, state, basis, stretch) for state in states)
        )
        days_long = length(first_day, last_day)
        rows.append(TogetherRow(first_day, last_day, days_long, disputed, imprecise))
        for at_end in found:
            said += notes.disputed_notes(records, at_end)
    return answered(
        records,
        "together",
        TogetherRow,
        rows,
        said + coverage,
        title=f"{phrases.listed(state.name for state in states)}, counted together\n"
        + phrases.rule(basis),
        query={"states": [state.code for state in states], "basis": basis.basis},
        days=days,
        columns=COLUMNS,
    )


class _Ends:
    """On which days the runs of some states begin and end, as far as that is known."""

    def __init__(self, runs: Iterable[Run]) -> None:
        # what one state leaves open is open, however well another is known: it comes last
        begun = sorted(runs, key=lambda run: run.spells[0].may_begin[::-1])
        ended = sorted(begun, key=lambda run: run.spells[-1].may_end, reverse=True)
        self._begun = {run.first_day: run.first_known for run in begun}
        self._ended = {run.last_day: run.last_known for run in ended if run.last_day}

    def first(self, stretch: Days) -> Known:
        """The first day of a stretch; as it counts where no run begins on it."""
        return self._begun.get(stretch[0], stretch[0])

    def last(self, stretch: Days) -> Known | None:
        """The last day of a stretch; none while it lasts."""
        return self._ended.get(stretch[1])


def _open_span(first_day: Known, last_day: dt.date, days: Days) -> str:
    """A stretch in words; one that reaches the last of the days lasts."""
    text = phrases.span(first_day, None if last_day == days[1] else last_day)
    return text[0].upper() + text[1:]


def _stretches(findings: Sequence[Finding], days: Days) -> Iterator[tuple[Days, list[Named]]]:
    """The days cut into stretches in which the same states are missing, or may be counted."""
    starts = {days[0]}
    for found in findings:
        for first, last in (*found.counted, *without(found.unsettled, found.counted)):
            starts |= {first} if last == days[1] else {first, last + DAY}
    ordered = sorted(starts)
    places = [0] * len(findings)
    for first, last in zip(ordered, [*(day - DAY for day in ordered[1:]), days[1]], strict=True):
        missing = []
        for number, found in enumerate(findings):
            counted = found.counted
            while places[number] < len(counted) and counted[places[number]][1] < first:
                places[number] += 1
            if places[number] == len(counted) or counted[places[number]][0] > first:
                missing.append(found.state)
        yield (first, last), missing
