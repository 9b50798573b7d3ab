"""Was a state counted on a day, or on every day of a period?"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from cstocli.core.days import Known, When
from cstocli.core.finding import NO, UNKNOWN, Finding, find
from cstocli.core.model import Basis, Named
from cstocli.core.records import Records
from cstocli.questions import notes, phrases
from cstocli.questions.answer import Answer, answered, covered, rule_for


class CheckRow(NamedTuple):
    """Whether a state was counted. The two days are those of its run of counted days."""

    state: str
    name: str
    answer: str
    """`yes`, `no`, `partly`, or `unknown`, where a bound is not known to the day."""
    status: str
    """On the last counted day asked about, or on the last day if none is counted."""
    first_day: Known | None
    last_day: Known | None
    part: str | None
    disputed: bool
    reason: str
    """A no begins with its kind: `not yet`, `outside`, `no longer`, `never`, or the status."""
    asked: str
    """The day or the period asked about: `2007-01-01`, `2006-01-01/2006-12-31`."""
    imprecise: bool
    status_since: Known | None
    """The first day of the status; None where the state has none."""
    verified: bool | None
    """Whether the dataset was checked through the days asked about; None where it does not say."""
    as_of: dt.date | None
    """The last day that it was checked through, where later ones are asked about."""

    @property
    def said(self) -> str:
        """The answer as a sentence without its days."""
        disputed = ", disputed" if self.disputed else ""
        checked = f", as last checked on {self.as_of}" if self.as_of else ""
        joint = ", " if self.answer == NO and not checked else ": "
        return f"{self.answer}{disputed}{checked}{joint}{self.reason}"

    def __str__(self) -> str:
        return f"{self.asked}: {self.said}"


def check(
    records: Records, state: Named, when: When, basis: Basis, today: When
) -> Answer[CheckRow]:
    """Whether a state was counted on a day, or on every day of a period.

    Raises Refused for days that have not come yet.
    """
    days, coverage = covered(records, when, today)
    found = find(records, state, basis, days)
    return answered(
        records,
        "check",
        CheckRow,
        [row(records, found, today)],
        [*_notes(records, found), *coverage],
        asides=_asides(records, found),
        title="",
        query={
            "state": state.code,
            "basis": basis.basis,
            "first_day": days[0],
            "last_day": days[1],
            "rule": rule_for(days, throughout=True),
        },
        days=days,
        cut=when.last_day > days[1],
        dated=True,
    )


def row(records: Records, found: Finding, today: When) -> CheckRow:
    """What was found about a state as a row."""
    verified = records.verified(found.days)
    reasons = notes.reasons_for_doubt(records, found)
    if found.answer == UNKNOWN:
        reasons[0] = f"{found.name}: {reasons[0]}"
    else:
        reasons.insert(0, _reason(records, found, today))
    return CheckRow(
        found.code,
        found.name,
        found.answer,
        found.status,
        found.run and found.run.first_known,
        found.run and found.run.last_known,
        found.part,
        found.disputed,
        "; but ".join(reasons),
        phrases.period(found.days),
        found.imprecise,
        found.status_since,
        verified,
        records.verified_through if verified is False else None,
    )


def _reason(records: Records, found: Finding, today: When) -> str:
    """Why a state is counted, is not, or is only on some of the days."""
    last_day = found.days[1]
    present = last_day >= today.first_day
    if not found.counted:
        return phrases.not_counted(records, found.state, last_day, present=present)
    parts = notes.statuses_during(records, found)
    spell = records.spell_on(found.code, last_day)
    if found.counted == (found.days,) and len(parts) == 1 and spell:
        return f"{found.name} {phrases.held(records, spell, present=present)}"
    return f"{found.name}: {phrases.listed(parts)}"


def _notes(records: Records, found: Finding) -> list[str]:
    """What must be said about the answer."""
    said = notes.instrument_notes(records, found.basis, found.days, found.state)
    if found.answer == NO:
        said += _yes_elsewhere(records, found)
    else:
        said += notes.remark_notes(records, [found.state], found.days)
    return said


def _asides(records: Records, found: Finding) -> list[str]:
    """What there is to know about the answer besides."""
    said = notes.status_notes(records, [found])
    last = records.spell_on(found.code, found.days[1])
    asked = [q for q in records.open_questions if last and q.about == last.id]
    return said + notes.question_notes(asked)


def _yes_elsewhere(records: Records, found: Finding) -> list[str]:
    """A note for each other basis under which a no is a yes, or partly one."""
    said = []
    for other in records.bases.values():
        if other is not found.basis:
            answer = find(records, found.state, other, found.days).answer
            if answer != NO:
                said.append(f"Under {other.basis} the answer is {answer}: {other.text}.")
    return said
