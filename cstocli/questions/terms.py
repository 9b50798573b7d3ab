"""Every term of those who held an office, as rows."""

from __future__ import annotations

from typing import NamedTuple

from cstocli.core.days import Known
from cstocli.core.offices import Offices
from cstocli.questions import phrases
from cstocli.questions.answer import Answer, answered


class TermRow(NamedTuple):
    """A term."""

    office: str
    holder: str
    state: str
    name: str
    """The name of the state."""
    acting: bool
    first_day: Known
    last_day: Known | None
    """None while it lasts."""
    first_certainty: str
    last_certainty: str | None
    opened_by: str | None
    """The id of an act."""
    closed_by: str | None
    term: str
    note: str | None
    sources: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.office}: {self.holder}, {phrases.span(self.first_day, self.last_day)}"


COLUMNS = {
    "office": "Office",
    "holder": "Holder",
    "name": "State",
    "first_day": "First day",
    "last_day": "Last day",
}


def terms(offices: Offices, names: dict[str, str]) -> Answer[TermRow]:
    """Every term, office by office; `names` has those of the states."""
    spells = offices.records.spells
    rows = [
        TermRow(
            term.office,
            term.holder,
            term.state,
            names[term.state],
            term.acting,
            spells[id].first_known,
            spells[id].last_known,
            term.first_certainty,
            term.last_certainty,
            spells[id].opened_by,
            spells[id].closed_by,
            id,
            term.note,
            term.sources,
        )
        for id, term in offices.terms.items()
    ]
    return answered(
        offices.records,
        "terms",
        TermRow,
        rows,
        [],
        title=f"Terms: {len(rows)}",
        query={},
        days=None,
        columns=COLUMNS,
    )
