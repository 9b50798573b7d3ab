"""The spells over time, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cstocli.core.days import Days, Known, When
from cstocli.core.finding import find
from cstocli.core.model import Basis, Named, Spell
from cstocli.core.records import Records
from cstocli.questions import notes, phrases
from cstocli.questions.answer import Answer, always, answered, covered
from cstocli.questions.drawing import drawing


class TimelineRow(NamedTuple):
    """A spell, as far as it lies in the days asked about."""

    state: str
    name: str
    status: str
    first_day: Known
    last_day: Known
    disputed: bool

    def __str__(self) -> str:
        disputed = ", disputed" if self.disputed else ""
        return f"{self.name}: {self.status} {self.first_day} to {self.last_day}{disputed}"


def timeline(
    records: Records, states: Sequence[Named], when: When | None, basis: Basis, today: When
) -> Answer[TimelineRow]:
    """The spells of some states or of all, cut to a period."""
    asked = when or always(records, today)
    days, coverage = covered(records, asked, today)
    chosen = list({state.code: state for state in states or records.states.values()}.values())
    findings = [find(records, state, basis, days) for state in chosen]
    said = [
        *notes.never_notes(records, chosen),
        *notes.disputed_notes(records, findings),
        *notes.remark_notes(records, chosen, days),
        *coverage,
    ]
    return answered(
        records,
        "timeline",
        TimelineRow,
        [
            _row(records, state, basis, spell, days)
            for state in chosen
            for spell in records.spells_during(state.code, days)
        ],
        said,
        asides=notes.instrument_notes(records, basis, days),
        title=f"{records.organisation.id}, {phrases.period(days)}\n" + phrases.rule(basis),
        query={
            "states": [state.code for state in chosen],
            "basis": basis.basis,
            "first_day": days[0],
            "last_day": days[1],
        },
        days=days,
        drawing=drawing(records, findings),
        cut=asked.last_day > days[1],
    )


def _row(records: Records, state: Named, basis: Basis, spell: Spell, days: Days) -> TimelineRow:
    """A spell as a row, its bounds as far as they are known where they are not cut."""
    first, last = spell.during(days)
    part = max(spell.first_day, days[0]), min(spell.last_day or days[1], days[1])
    disputed = find(records, state, basis, part).disputed
    return TimelineRow(state.code, state.name, spell.status, first, last, disputed)
