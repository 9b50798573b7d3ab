"""Who joined, and who left?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cstocli.core.days import DAY, Days, Known, When, clip
from cstocli.core.finding import Finding, find
from cstocli.core.model import NEXT, Basis, State
from cstocli.core.records import Records
from cstocli.core.standing import Run
from cstocli.questions import notes, phrases
from cstocli.questions.answer import Answer, always, answered, covered


class ChangeRow(NamedTuple):
    """A change from counted to not counted, or back."""

    state: str
    name: str
    day: Known
    """The last counted day of a withdrawal, the first of an accession."""
    kind: str
    """How the spell ended (`not-prolonged`, `suspended`), or the kind of act it began with."""
    act: str | None
    disputed: bool
    title: str | None
    """The title of the act."""
    imprecise: bool
    """Whether a bound known only to the month or the year leaves the day open, or the change."""

    def __str__(self) -> str:
        disputed = ", disputed" if self.disputed else ""
        disputed += ", not certain" if self.imprecise else ""
        title = f": {self.title}" if self.title else ""
        return f"{self.name}: {self.day}, {self.kind}{disputed}{title}"


class Change(NamedTuple):
    """A change with what is found about the day before it and the day after."""

    around: Finding
    day: Known
    kind: str
    act: str | None


def accessions(records: Records, when: When | None, basis: Basis, today: When) -> Answer[ChangeRow]:
    """Every change from not counted to counted; its day is the first counted day."""
    days, coverage = covered(records, when or always(records, today), today)
    found = []
    for state, run in _runs(records, basis):
        spell, day = run.spells[0], run.first_day
        if clip(*spell.may_begin, days):
            around = find(records, state, basis, (day - DAY, day))
            found.append(Change(around, run.first_known, records.began(spell), spell.opened_by))
    return _changes(records, "accessions", found, coverage, days, basis)


def withdrawals(
    records: Records, when: When | None, basis: Basis, today: When
) -> Answer[ChangeRow]:
    """Every change from counted to not counted; its day is the last counted day."""
    days, coverage = covered(records, when or always(records, today), today)
    found = []
    for state, run in _runs(records, basis):
        spell, day, last = run.spells[-1], run.last_day, run.last_known
        if day and last and spell.ended and clip(*spell.may_end, days):
            around = find(records, state, basis, (day, day + DAY))
            kind = records.status_on(state.code, day + DAY) if spell.ended == NEXT else spell.ended
            found.append(Change(around, last, kind, spell.closed_by))
    return _changes(records, "withdrawals", found, coverage, days, basis)


def _runs(records: Records, basis: Basis) -> Iterator[tuple[State, Run]]:
    """Every run of every state under a basis."""
    for code, state in records.states.items():
        for run in records.standing(code, basis.counts).runs:
            yield state, run


def _changes(
    records: Records,
    question: str,
    changes: list[Change],
    coverage: list[str],
    days: Days,
    basis: Basis,
) -> Answer[ChangeRow]:
    """The changes in order of their days, with the doubts about each."""
    place = 0 if question == "withdrawals" else 1
    changes.sort(key=lambda change: (change.around.days[place], change.around.name))
    around = [change.around for change in changes]
    end, who = ("Last", "left") if question == "withdrawals" else ("First", "joined")
    return answered(
        records,
        question,
        ChangeRow,
        [_row(records, change) for change in changes],
        notes.disputed_notes(records, around) + coverage,
        asides=[
            *notes.instrument_notes(records, basis, days),
            *notes.status_notes(records, around),
        ],
        title=f"Who {who}, {phrases.period(days)}: {len(changes)}\n" + phrases.rule(basis),
        query={"basis": basis.basis, "first_day": days[0], "last_day": days[1]},
        days=days,
        columns={"name": "State", "day": f"{end} day", "kind": "Kind", "title": "Act"},
    )


def _row(records: Records, change: Change) -> ChangeRow:
    """A change as a row."""
    return ChangeRow(
        change.around.code,
        change.around.name,
        change.day,
        change.kind,
        change.act,
        change.around.disputed,
        records.acts[change.act].title if change.act else None,
        change.around.imprecise,
    )
