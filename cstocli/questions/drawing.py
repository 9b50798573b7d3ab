"""What a picture of the spells over time shows: a lane for each state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from cstocli.core.days import Bound, Days, clip
from cstocli.core.finding import Finding
from cstocli.core.model import Basis
from cstocli.core.records import Records
from cstocli.questions import phrases

DISPUTED, IMPRECISE, REMARK = "?", "~", "*"
"""The marks below a row: what is disputed, what is not known to the day, what is remarked."""


class Bar(NamedTuple):
    """A stretch of days in a lane: a spell by its status, or a mark; `text` says what it is."""

    first_day: dt.date
    last_day: dt.date
    what: str
    text: str


class Lane(NamedTuple):
    """A state with its spells, and the marks below them."""

    name: str
    spells: list[Bar]
    marks: list[Bar]


class Drawing(NamedTuple):
    """All that is drawn."""

    title: str
    """Whose membership it is."""
    days: Days
    statuses: tuple[str, ...]
    """In the order of their glyphs."""
    glyphs: tuple[int, ...]
    """The place of each status's glyph."""
    lanes: list[Lane]
    footer: str = ""
    """What it is drawn from."""


class Step(NamedTuple):
    """A day from which on states are counted (a step of 1), or no longer (-1)."""

    day: dt.date
    step: int
    bound: Bound | None
    """How far the day is known, where it is not known to the day."""
    names: tuple[str, ...]

    @property
    def known(self) -> str:
        """The day, as far as it is known."""
        return f"in {self.bound}" if self.bound else str(self.day)

    def __str__(self) -> str:
        what = "joined" if self.step > 0 else "left"
        return f"{self.known}: {phrases.listed(self.names)} {what}"


class Steps(NamedTuple):
    """The number of states counted over time."""

    title: str
    """Whose membership it is."""
    rule: str
    """By which they are counted."""
    days: Days
    before: int
    """How many were counted before the first day."""
    steps: list[Step]
    """In order."""
    marks: list[Bar]
    """The days on which the number is not certain."""
    footer: str


def drawing(records: Records, findings: Sequence[Finding]) -> Drawing:
    """What is to be drawn of what was found about some states, one at least, on the same days."""
    days, basis = findings[0].days, findings[0].basis
    shown = {
        spell.status
        for found in findings
        for spell in records.spells_during(found.code, found.days)
    }
    statuses = tuple(status for status in records.statuses if status in shown)
    return Drawing(
        subject(records),
        days,
        statuses,
        _places(records, statuses),
        [_lane(records, found) for found in findings],
        footer(records, basis),
    )


def footer(records: Records, basis: Basis) -> str:
    """What a picture is drawn from."""
    through = records.verified_through
    checked = f", verified through {through}" if through else ""
    disputed = f"; disputed under the basis {basis.basis}" if records.disputes else ""
    return f"Dataset {records.release}{checked}{disputed}."


def subject(records: Records) -> str:
    """Whose membership is drawn: the organisation, and the treaty that it grew out of."""
    organisation = records.organisation
    return (
        f"{organisation.treaty} and {organisation.id}" if organisation.treaty else organisation.name
    )


def _places(records: Records, statuses: Sequence[str]) -> tuple[int, ...]:
    """A place in the palette for each status, by how many bases count it; no place twice."""
    bases = [basis.counts for basis in records.bases.values()]
    taken: list[int] = []
    for status in statuses:
        under = sum(status in counts for counts in bases)
        wanted = 3 if not under else 2 if under >= min(len(bases), 3) else under - 1
        free = (place for place in (wanted, *range(4, len(statuses) + 4)) if place not in taken)
        taken.append(next(free))
    return tuple(taken)


def _lane(records: Records, found: Finding) -> Lane:
    """A state's spells and marks, cut to the days."""
    state, days = found.state, found.days
    spells = []
    for spell in records.spells_during(state.code, days):
        opened = f"; {records.acts[spell.opened_by].title}" if spell.opened_by else ""
        stretch = phrases.span(spell.first_known, spell.last_known)
        text = f"{state.name}: {spell.status} {stretch}{opened}"
        spells += _bars(spell.first_day, spell.last_day, days, spell.status, text)
    marks = doubtful(records, found)
    for remark in records.remarks_on(state.code, days):
        text = f"{state.name}: {remark.text}"
        marks += _bars(remark.first_day, remark.last_day, days, REMARK, text)
    return Lane(state.name, spells, marks)


def doubtful(records: Records, found: Finding) -> list[Bar]:
    """The days on which what is counted of a state is disputed, or not known."""
    marks = []
    for doubt in found.doubts:
        mark, how = (DISPUTED, "disputed") if doubt.dispute else (IMPRECISE, "not certain")
        text = f"{found.name} is {how}: {phrases.doubted(records, found.code, doubt)}"
        marks += _bars(doubt.first_day, doubt.last_day, found.days, mark, text)
    return marks


def _bars(
    first_day: dt.date, last_day: dt.date | None, days: Days, what: str, text: str
) -> list[Bar]:
    """A stretch as a bar, if it has some of the days."""
    part = clip(first_day, last_day, days)
    return [Bar(*part, what, text)] if part else []
