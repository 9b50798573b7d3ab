"""Who held an office?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cstocli.core.days import Days, Known, When, clip, part_of, without
from cstocli.core.finding import Finding, find
from cstocli.core.model import Spell
from cstocli.core.offices import Office, Offices, Term
from cstocli.questions import phrases
from cstocli.questions.answer import Answer, answered, covered, rule_for, without_columns


class HolderRow(NamedTuple):
    """Who held an office on some of the days asked about. The two days are those of the term."""

    office: str
    holder: str
    """A person."""
    state: str
    """The code of the holder's state."""
    name: str
    """The name of that state."""
    acting: bool
    first_day: Known
    last_day: Known | None
    """None while the term lasts."""
    part: str | None
    """`all`, or the days of those asked about on which this holder held it."""
    disputed: bool
    certainty: str
    """`high`, `medium` or `low`: the lower of those of both ends."""
    term: str
    verified: bool
    """Whether the days asked about were checked."""

    def __str__(self) -> str:
        acting = ", acting" if self.acting else ""
        disputed = ", disputed" if self.disputed else ""
        span = phrases.span(self.first_day, self.last_day)
        return f"{self.office}: {self.holder} ({self.name}){acting}, {span}{disputed}"


SESSION = "session"
"""The kind of act at which an office is handed over, unless it changes on a day by itself."""
COLUMNS = {
    "office": "Office",
    "holder": "Holder",
    "name": "State",
    "first_day": "First day",
    "last_day": "Last day",
    "part": "Days held",
}


def holders(
    offices: Offices, asked: Sequence[Office], names: dict[str, str], when: When, today: When
) -> Answer[HolderRow]:
    """Who held the offices on a day, or on any day of a period; `names` has those of states.

    Raises Refused for days that have not come yet.
    """
    records = offices.records
    days, coverage = covered(records, when, today)
    verified = not records.verified_through or days[1] <= records.verified_through
    rows: list[HolderRow] = []
    said: list[str] = []
    for office in asked:
        found = list(found_on(offices, office, days))
        rows += [_row(records.spells[t.id], t, f, names, days, verified) for t, f in found]
        said += _notes(offices, office, found, days)
    whole = all(row.part == "all" for row in rows)
    hidden = [*(["part"] if whole else []), *(["office"] if len(asked) == 1 else [])]
    called = phrases.listed(office.name for office in asked)
    return answered(
        records,
        "holders",
        HolderRow,
        rows,
        [*said, *coverage],
        title=f"{called}, {phrases.period(days)}{phrases.as_checked(records, days)}\n"
        "First and last days included.",
        query={
            "offices": [office.office for office in asked],
            "first_day": days[0],
            "last_day": days[1],
            "rule": rule_for(days, throughout=False),
        },
        days=days,
        columns=without_columns(COLUMNS, *hidden),
        dated=True,
    )


def found_on(offices: Offices, office: Office, days: Days) -> Iterator[tuple[Term, Finding]]:
    """Each term that has some of the days, and what is found about its holder on these."""
    for spell in offices.records.spells_during(office.office, days):
        term = offices.terms[spell.id]
        part = clip(spell.first_day, spell.last_day, days) or days
        yield term, find(offices.records, office.named, term.basis, part)


def _notes(
    offices: Offices, office: Office, found: Sequence[tuple[Term, Finding]], days: Days
) -> Iterator[str]:
    """What is disputed, what is known of a term besides, and what is not known at all."""
    records = offices.records
    for term, finding in found:
        for doubt in finding.doubts:
            said = phrases.doubted(records, office.office, doubt)
            yield f"{term.holder} as {office.name} is disputed: {said}."
        if term.note:
            yield f"{term.holder} as {office.name}: {term.note}."
    for first, last in without([days], [finding.days for _, finding in found]):
        span = phrases.span(first, last)
        yield f"{office.name}: not found in the sources read who held it {span}."
    begun = [records.spells[term.id].first_day for term, _ in found]
    sessions = {act.date for act in records.acts.values() if act.kind == SESSION}
    if office.handover and days[0] == days[1] and days[0] in begun and str(days[0]) in sessions:
        yield office.handover


def _row(
    spell: Spell, term: Term, found: Finding, names: dict[str, str], days: Days, verified: bool
) -> HolderRow:
    """A term as a row."""
    return HolderRow(
        term.office,
        term.holder,
        term.state,
        names[term.state],
        term.acting,
        spell.first_known,
        spell.last_known,
        part_of([found.days], days),
        found.disputed,
        term.certainty,
        term.id,
        verified,
    )
