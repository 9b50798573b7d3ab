"""The notes of an answer, each derived from what was found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cstocli.core.days import DAY, Days, clip
from cstocli.core.finding import Finding, find
from cstocli.core.model import NOT_KNOWN, Basis, Named, OpenQuestion
from cstocli.core.records import Records
from cstocli.questions.phrases import doubted, listed, period, span

IMPRECISE = (
    "A bound known only to the month or the year decides no day inside it; a period is judged by "
    "the days that are certain."
)
"""The rule for bounds that are not known to the day."""


def never_notes(records: Records, states: Iterable[Named]) -> list[str]:
    """A note for each state that has no spell at all."""
    return [
        f"{state.name} is none of the {len(records.states)} states of this dataset."
        for state in states
        if not records.spells_of(state.code)
    ]


def reasons_for_doubt(records: Records, finding: Finding) -> list[str]:
    """Each doubt that would change the answer about a state on some of the days."""
    return list(dict.fromkeys(doubted(records, finding.code, doubt) for doubt in finding.doubts))


def disputed_notes(records: Records, findings: Iterable[Finding]) -> list[str]:
    """A note for each doubt that would change an answer."""
    notes = []
    unsettled = False
    for finding in findings:
        for doubt in finding.doubts:
            how = "disputed" if doubt.dispute else "not certain"
            notes.append(f"{finding.name} is {how}: {doubted(records, finding.code, doubt)}.")
            unsettled |= not doubt.dispute and doubt.status != NOT_KNOWN
    return [*notes, IMPRECISE] if unsettled else notes


def status_notes(records: Records, findings: Iterable[Finding]) -> list[str]:
    """A note for each doubt about a status on some of the days that changes no answer: on its days
    the state is counted just where the other status is.
    """
    return [
        f"{finding.name} is {'' if doubt.status in finding.basis.counts else 'not '}counted "
        "either way; "
        f"{'disputed' if doubt.dispute else 'not certain'} is as what: "
        f"{doubted(records, finding.code, doubt)}."
        for finding in findings
        for doubt in finding.other_doubts
    ]


def question_notes(questions: Iterable[OpenQuestion]) -> list[str]:
    """A note for each open question."""
    return [f"Open: {question.question} {question.found}" for question in questions]


def statuses_during(records: Records, finding: Finding) -> list[str]:
    """Each counted spell among the days: `signatory from 1994-01-01 to 1994-04-19`."""
    return [
        f"{spell.status} {span(*spell.during(finding.days))}"
        for spell in records.spells_during(finding.code, finding.days)
        if spell.status in finding.basis.counts
    ]


def change_notes(records: Records, findings: Iterable[Finding]) -> list[str]:
    """A note for those who had more than one counted status in a period."""
    changed: dict[str, list[str]] = {}
    for finding in findings:
        parts = statuses_during(records, finding)
        if len(parts) > 1:
            changed.setdefault(listed(parts), []).append(finding.name)
    return [f"{listed(who)}: {parts}." for parts, who in changed.items()]


def remark_notes(records: Records, states: Iterable[Named], days: Days) -> list[str]:
    """A note for each remark in force about states."""
    return [
        f"{state.name}: {remark.text}."
        for state in states
        for remark in records.remarks_on(state.code, days)
    ]


def instrument_notes(
    records: Records, basis: Basis, days: Days, state: Named | None = None
) -> list[str]:
    """When instruments were signed and came into force, where an answer depends on it.

    An answer under a basis that rests on an instrument depends on it from the year of the
    signature to the year of entry into force; an answer under a wider basis, as long as
    the instrument was signed and not in force, or where nothing had been signed at all.
    With a state, what another basis says is said of that state alone.
    """
    notes = []
    for other in records.bases.values():
        if not (other.signed and other.in_force) or not other.counts <= basis.counts:
            continue
        signed, in_force = map(records.effective_day, (other.signed, other.in_force))
        if other is basis:
            when = dt.date(signed.year, 1, 1), dt.date(in_force.year, 12, 31)
        else:
            since = dt.date.min if signed <= records.first_day else signed
            when = since, in_force - DAY
        if not clip(*when, days):
            continue
        note = f"The {other.instrument} was signed on {signed} and came into force on {in_force}"
        if other is not basis:
            under = _counted_under(records, other, days)
            if state:
                under = f"the answer is {find(records, state, other, days).answer}"
            note += f": under {other.basis} {under}"
        notes.append(note + ".")
    return notes


def pending(records: Records, basis: Basis, days: Days) -> str | None:
    """The instrument signed and not yet in force on all of the days, for a title."""
    for other in records.bases.values():
        if other is not basis and other.signed and other.in_force and other.counts <= basis.counts:
            signed, in_force = map(records.effective_day, (other.signed, other.in_force))
            if signed <= days[0] and days[1] < in_force:
                return f"{other.instrument} signed, not yet in force"
    return None


def _counted_under(records: Records, basis: Basis, days: Days) -> str:
    """How many states another basis would count, in words."""
    standings = (records.standing(code, basis.counts) for code in records.states)
    counted = sum(bool(standing.counted(days)) for standing in standings)
    states = "nobody is" if not counted else "1 state is" if counted == 1 else f"{counted} are"
    some = "on any day of" if not counted else "on some day of"
    return f"{states} counted {'on' if days[0] == days[1] else some} {period(days)}"


def left_out_notes(records: Records, basis: Basis, days: Days) -> list[str]:
    """Who had a status on the last of the days that the basis does not count."""
    names: dict[str, list[str]] = {}
    for code, state in records.states.items():
        spell = records.spell_on(code, days[1])
        if spell and spell.status not in basis.counts and spell.status != NOT_KNOWN:
            names.setdefault(spell.status, []).append(state.name)
    return [
        f"{listed(who)}: {status} on {days[1]}, not counted" + _elsewhere(records, status) + "."
        for status, who in names.items()
    ]


def _elsewhere(records: Records, status: str) -> str:
    """Under which bases a status is counted, if under any."""
    names = [basis.basis for basis in records.bases.values() if status in basis.counts]
    return f" (counted under {listed(names)})" if names else ""


def coverage_notes(records: Records, days: Days) -> list[str]:
    """What the dataset cannot know about the days asked about."""
    if days[1] >= records.first_day:
        return []
    return [f"Nobody had joined before {records.first_day}, the first day of the dataset."]


def checked_notes(records: Records, days: Days) -> list[str]:
    """How far the dataset was checked, where days after that are asked about."""
    if records.verified(days) is not False:
        return []
    return [f"Checked up to {records.verified_through}; later days are answered as of then."]
