"""What is a state's whole story?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from cstocli.core.days import Days, Known, When, length
from cstocli.core.finding import find
from cstocli.core.model import Dispute, Named, OpenQuestion, Spell
from cstocli.core.records import Records
from cstocli.core.standing import first_day_of
from cstocli.questions import notes, phrases
from cstocli.questions.answer import Answer, answered, covered, without_columns

About = TypeVar("About", Dispute, OpenQuestion)


class HistoryRow(NamedTuple):
    """A spell of a state."""

    state: str
    name: str
    status: str
    first_day: Known
    last_day: Known | None
    days: int | None
    """How many, both ends included; None while the spell lasts, or where an end is not known
    to the day."""
    began: str
    """The kind of the act that opened it."""
    ended: str | None
    """How it ended; None while it lasts."""
    disputed: bool
    """Whether a rival would change an answer about one of its days, under any basis."""
    opened_by: str | None
    closed_by: str | None
    certainty: str | None

    def __str__(self) -> str:
        until = f"to {self.last_day}" if self.last_day else "on"
        ended = f", {self.ended}" if self.ended else ""
        disputed = "; disputed" if self.disputed else ""
        return (
            f"{self.name}: {self.status} from {self.first_day} {until} "
            f"({self.began}{ended}{disputed})"
        )


COLUMNS = {
    "name": "State",
    "status": "Status",
    "first_day": "First day",
    "last_day": "Last day",
    "days": "Days",
    "began": "Began",
    "ended": "Ended",
}


def history(records: Records, states: Sequence[Named], today: When) -> Answer[HistoryRow]:
    """Every spell of the states, whatever the basis, with remarks, disputes and today's status."""
    states = list({state.code: state for state in states}.values())
    days, coverage = covered(records, today, today)
    disputes = _by_state(records, records.disputes.values())
    questions = _by_state(records, records.open_questions)
    rows: list[HistoryRow] = []
    said: list[str] = []
    asides: list[str] = []
    for state in states:
        marking: dict[str, Dispute] = {}
        for spell in records.spells_of(state.code):
            rivals = _rivals(records, state, spell)
            rows.append(_row(records, state, spell, disputed=bool(rivals)))
            marking |= rivals
        said += _notes(records, state, days)
        said += [phrases.disputed_by(records, rival) for rival in marking.values()]
        asides += [f"{rival.value}: {rival.reason}" for rival in marking.values()]
        others = [one for one in disputes[state.code] if one.id not in marking]
        asides += _asides(records, others, questions[state.code])
    return answered(
        records,
        "history",
        HistoryRow,
        rows,
        said + coverage,
        asides=asides,
        title=f"History of {phrases.listed(state.name for state in states)}\n"
        "Every spell, whatever the basis. First and last days included.",
        query={"states": [state.code for state in states]},
        days=days,
        columns=COLUMNS if len(states) > 1 else without_columns(COLUMNS, "name"),
    )


def _rivals(records: Records, state: Named, spell: Spell) -> dict[str, Dispute]:
    """The rivals that would change an answer about one of a spell's days, under any basis, in the
    order of their days.
    """
    days = spell.first_day, spell.last_day or dt.date.max
    findings = (find(records, state, basis, days) for basis in records.bases.values())
    doubts = sorted((one for found in findings for one in found.doubts), key=first_day_of)
    return {doubt.dispute.id: doubt.dispute for doubt in doubts if doubt.dispute}


def _row(records: Records, state: Named, spell: Spell, *, disputed: bool) -> HistoryRow:
    """A spell as a row."""
    return HistoryRow(
        state.code,
        state.name,
        spell.status,
        spell.first_known,
        spell.last_known,
        length(spell.first_known, spell.last_known),
        records.began(spell),
        spell.ended,
        disputed,
        spell.opened_by,
        spell.closed_by,
        spell.certainty,
    )


def _notes(records: Records, state: Named, days: Days) -> list[str]:
    """A state's status today, and its remarks."""
    status = records.status_on(state.code, days[1])
    said = [f"{state.name} on {days[1]}: {status}."]
    said += [f"Remark: {state.name} {remark.text}." for remark in records.remarks_of(state.code)]
    return said


def _asides(
    records: Records, disputes: Iterable[Dispute], questions: Iterable[OpenQuestion]
) -> list[str]:
    """What is disputed about a state, rivals first, and what is not answered."""
    told = [one for one in disputes if one.first_day or one.about not in records.acts]
    told.sort(key=lambda dispute: (dispute.verdict != "rival", dispute.first_day or dt.date.max))
    said = [phrases.dispute_note(records, dispute) for dispute in told]
    return said + notes.question_notes(one for one in questions if one.about not in records.acts)


def _by_state(records: Records, told: Iterable[About]) -> dict[str, list[About]]:
    """Disputes or open questions by the codes of the states that they concern."""
    found: dict[str, list[About]] = defaultdict(list)
    for one in told:
        for code in records.states_of(one.about):
            found[code].append(one)
    return found
