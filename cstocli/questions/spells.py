"""Every spell, as rows."""

from __future__ import annotations

from typing import NamedTuple

from cstocli.core.days import Known, When
from cstocli.core.records import Records
from cstocli.questions import phrases
from cstocli.questions.answer import Answer, answered


class SpellRow(NamedTuple):
    """A spell."""

    spell: str
    state: str
    name: str
    status: str
    first_day: Known
    last_day: Known | None
    opened_by: str | None
    """The id of an act."""
    closed_by: str | None
    ended: str | None
    certainty: str | None

    def __str__(self) -> str:
        return f"{self.name}: {self.status} {phrases.span(self.first_day, self.last_day)}"


COLUMNS = {
    "name": "State",
    "status": "Status",
    "first_day": "First day",
    "last_day": "Last day",
    "ended": "Ended",
}


def spells(records: Records, today: When) -> Answer[SpellRow]:
    """Every spell."""
    rows = [
        SpellRow(
            spell.id,
            spell.state,
            records.states[spell.state].name,
            spell.status,
            spell.first_known,
            spell.last_known,
            spell.opened_by,
            spell.closed_by,
            spell.ended,
            spell.certainty,
        )
        for code in records.states
        for spell in records.spells_of(code)
    ]
    return answered(
        records,
        "spells",
        SpellRow,
        rows,
        [],
        title=f"Spells: {len(rows)}",
        query={},
        days=None,
        columns=COLUMNS,
    )
