"""The questions: pure functions of a dataset and values. None loads, prints or reads a clock."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cstocli import wording
from cstocli.answers import Answer, ChangeRow, CheckRow, HistoryRow, MemberRow, Row, Value
from cstocli.bounds import DAY, Days, clip, length, may_be
from cstocli.dates import When
from cstocli.model import NEXT, Basis, Records, Refused, Run, Spell, State, first_day_of
from cstocli.names import Country

Named = State | Country
"""A state of the dataset, or a country that is none of them."""


class Judged(NamedTuple):
    """What the dataset says about a state on days."""

    answer: str
    """`yes`, `no`, `partly` or `unknown`."""
    status: str
    """On the last day that is counted, or may be; on the last of all where none is."""
    run: Run | None
    """The run of that day."""
    part: str | None
    disputed: bool
    imprecise: bool


def judged(records: Records, code: str, basis: Basis, days: Days) -> Judged:
    """What the dataset says about a state on days."""
    certain, _ = records.certain(code, basis.counts, days)
    unsettled = records.unsettled(code, basis.counts, days)
    possible = [*certain, *unsettled]
    last_day = max(last for _, last in possible) if possible else days[1]
    return Judged(
        records.answer(code, basis.counts, days),
        records.status_on(code, last_day),
        _run_of(records, code, basis, last_day) if possible else None,
        part_of(certain, days),
        records.is_disputed(code, basis.counts, days),
        bool(unsettled),
    )


def members(
    records: Records, when: When, basis: Basis, today: When, *, throughout: bool = False
) -> Answer[MemberRow]:
    """The states counted on a day, on any day of a period, or `throughout` on every day.

    Raises Refused for days that have not come yet.
    """
    days, coverage = covered(records, when, today)
    rows = []
    for code, state in records.states.items():
        found = judged(records, code, basis, days)
        if not found.run or (throughout and found.part != "all"):
            continue
        remarks = records.remarks_on(code, days)
        rows.append(
            MemberRow(
                code,
                state.name,
                found.status,
                found.run.first_day,
                found.run.last_day,
                found.part,
                found.disputed,
                "; ".join(remark.text for remark in remarks) or None,
                found.imprecise,
            )
        )
    listed = {row.state: row.name for row in rows}.items()
    everyone = [(code, state.name) for code, state in records.states.items()]
    unsure = [
        (code, name)
        for code, name in everyone
        if (code, name) in listed
        or records.unsettled(code, basis.counts, days)
        or not records.counted(code, basis.counts, days)
    ]
    notes = [
        *wording.instrument_notes(records, basis, days),
        *wording.disputed_notes(records, unsure, basis, days),
        *wording.status_notes(records, everyone, basis, days),
        *wording.change_notes(records, listed, basis, days),
        *wording.left_out_notes(records, basis, days),
        *wording.remark_notes(records, listed, days),
        *coverage,
    ]
    return answered(
        records,
        "members",
        MemberRow,
        rows,
        notes,
        title=_members_title(records, when, days, basis, today, len(rows), throughout),
        query={
            "basis": basis.basis,
            "first_day": days[0],
            "last_day": days[1],
            "rule": _rule(days, throughout),
        },
        days=days,
    )


def check(
    records: Records, state: Named, when: When, basis: Basis, today: When
) -> Answer[CheckRow]:
    """Whether a state was counted on a day, or on every day of a period.

    Raises Refused for days that have not come yet.
    """
    days, coverage = covered(records, when, today)
    found = judged(records, state.code, basis, days)
    reasons = wording.doubts(records, state.code, basis, days)
    if found.answer == "unknown":
        reasons[0] = f"{state.name}: {reasons[0]}"
    else:
        reasons.insert(0, _reason(records, state, basis, days, today))
    row = CheckRow(
        state.code,
        state.name,
        found.answer,
        found.status,
        found.run and found.run.first_day,
        found.run and found.run.last_day,
        found.part,
        found.disputed,
        "; but ".join(reasons),
        wording.period(days),
        found.imprecise,
    )
    named = [(state.code, state.name)]
    notes = wording.instrument_notes(records, basis, days, state.code)
    if found.answer == "no":
        notes += _yes_elsewhere(records, state, basis, days)
    else:
        notes += wording.remark_notes(records, named, days)
    last = records.spell_on(state.code, days[1])
    notes += wording.status_notes(records, named, basis, days)
    if not basis.default:
        notes += wording.question_notes(records, [last.id] if last else [])
    return answered(
        records,
        "check",
        CheckRow,
        [row],
        notes + coverage,
        title="",
        query={
            "state": state.code,
            "basis": basis.basis,
            "first_day": days[0],
            "last_day": days[1],
            "rule": _rule(days, throughout=True),
        },
        days=days,
        cut=when.last_day > days[1],
    )


def history(records: Records, states: Sequence[Named], today: When) -> Answer[HistoryRow]:
    """Every spell of the states, whatever the basis, with remarks, disputes and today's status."""
    states = list({state.code: state for state in states}.values())
    rows = [
        _history_row(records, state, spell)
        for state in states
        for spell in records.spells_of(state.code)
    ]
    days, coverage = covered(records, today, today)
    notes = [note for state in states for note in _history_notes(records, state, days)]
    return answered(
        records,
        "history",
        HistoryRow,
        rows,
        notes + coverage,
        title=f"History of {wording.listed(state.name for state in states)}\n"
        "Every spell, whatever the basis. First and last days included.",
        query={"states": [state.code for state in states]},
        days=days,
    )


def accessions(records: Records, when: When | None, basis: Basis, today: When) -> Answer[ChangeRow]:
    """Every change from not counted to counted; its day is the first counted day."""
    days, coverage = covered(records, when or always(records, today), today)
    rows = []
    for code, run in _runs(records, basis):
        spell, day = run.spells[0], run.first_day
        if clip(*may_be(day), days):
            around = (day - DAY, day)
            kind = records.began(spell)
            rows.append(_change_row(records, code, run, spell.opened_by, kind, basis, around))
    return _changes(records, "accessions", rows, coverage, days, basis)


def withdrawals(
    records: Records, when: When | None, basis: Basis, today: When
) -> Answer[ChangeRow]:
    """Every change from counted to not counted; its day is the last counted day."""
    days, coverage = covered(records, when or always(records, today), today)
    rows = []
    for code, run in _runs(records, basis):
        spell, day = run.spells[-1], run.last_day
        if day and spell.ended and clip(*may_be(day), days):
            around = (day, day + DAY)
            act = spell.closed_by
            kind = records.status_on(code, day + DAY) if spell.ended == NEXT else spell.ended
            rows.append(_change_row(records, code, run, act, kind, basis, around))
    return _changes(records, "withdrawals", rows, coverage, days, basis)


def covered(records: Records, when: When, today: When) -> tuple[Days, list[str]]:
    """The days asked about that have come, and what must be said about them.

    Days up to today can be asked about, or up to the day that the dataset was checked
    through, if that is later. Raises Refused when none of the days has come.
    """
    limit = max(today.last_day, records.verified_through or today.last_day)
    if when.first_day > limit:
        raise Refused(f"{when.text} has not come yet: the last day that can be asked is {limit}")
    days = (when.first_day, min(when.last_day, limit))
    notes = []
    if when.last_day > limit:
        notes.append(f"{when.text} is cut at {limit}, the last day that can be asked.")
    return days, notes + wording.coverage_notes(records, days)


def always(records: Records, today: When) -> When:
    """Every day that can be asked about."""
    last = max(today.last_day, records.verified_through or today.last_day, records.first_day)
    return When(records.first_day, last, "every day")


def answered(
    records: Records,
    question: str,
    row_type: type[Row],
    rows: Sequence[Row],
    notes: Iterable[str],
    *,
    title: str,
    query: dict[str, Value],
    days: Days,
    cut: bool = False,
) -> Answer[Row]:
    """An answer from this dataset; each note is said once."""
    return Answer(
        question,
        title=title,
        row_type=row_type,
        rows=rows,
        notes=list(dict.fromkeys(notes)),
        query=query,
        dataset={"release": records.release, "verified_through": records.verified_through},
        unverified=cut or bool(records.verified_through and days[1] > records.verified_through),
    )


def _run_of(records: Records, code: str, basis: Basis, day: dt.date) -> Run:
    """The run that a day lies in, or else the one that may have begun by then, or not ended."""
    runs = records.runs(code, basis.counts)
    begun = bisect_right(runs, day, key=first_day_of)
    within = begun and (runs[begun - 1].last_day or day) >= day
    if not within and begun < len(runs) and may_be(runs[begun].first_day)[0] <= day:
        begun += 1
    return runs[begun - 1]


def part_of(stretches: list[Days], days: Days) -> str | None:
    """Which part of the days is counted: `all`, the stretches, or none."""
    if stretches == [days]:
        return "all"
    parts = ("/".join(map(dt.date.isoformat, stretch)) for stretch in stretches)
    return " ".join(parts) or None


def _rule(days: Days, throughout: bool) -> str:
    """The name of the rule for the days asked about."""
    return "day" if days[0] == days[1] else "throughout" if throughout else "any"


def _members_title(
    records: Records,
    when: When,
    days: Days,
    basis: Basis,
    today: When,
    count: int,
    throughout: bool,
) -> str:
    """What was asked, and the rule."""
    asked = f"on {days[0]}" + (" (today)" if days == today.days else "")
    how = "Counted from the first to the last day of a run, both included."
    if days[0] != days[1]:
        asked = f"on {'every' if throughout else 'any'} day of {wording.period(days)}"
        how = f"{'Every' if throughout else 'Any'} day of the period; first and last included."
    pending = wording.pending(records, basis, days)
    states = "1 state" if count == 1 else f"{count or 'no'} states"
    return (
        f"Counted {asked}: {states}{f' ({pending})' if pending else ''}\n{wording.rule(basis, how)}"
    )


def _reason(records: Records, state: Named, basis: Basis, days: Days, today: When) -> str:
    """Why a state is counted, is not, or is only on some of the days."""
    stretches = records.counted(state.code, basis.counts, days)
    present = days[1] >= today.first_day
    if not stretches:
        return wording.not_counted(records, state.code, state.name, days[1], present=present)
    parts = wording.statuses_during(records, state.code, basis.counts, days)
    spell = records.spell_on(state.code, days[1])
    if stretches == [days] and len(parts) == 1 and spell:
        return f"{state.name} {wording.held(records, spell, present=present)}"
    return f"{state.name}: {wording.listed(parts)}"


def _yes_elsewhere(records: Records, state: Named, basis: Basis, days: Days) -> list[str]:
    """A note for each other basis under which a no is a yes, or partly one."""
    notes = []
    for other in records.bases.values():
        answer = records.answer(state.code, other.counts, days)
        if answer != "no" and other is not basis:
            notes.append(f"Under {other.basis} the answer is {answer}: {other.text}.")
    return notes


def _history_row(records: Records, state: Named, spell: Spell) -> HistoryRow:
    """A spell as a row."""
    return HistoryRow(
        state.code,
        state.name,
        spell.status,
        spell.first_day,
        spell.last_day,
        length(spell.first_day, spell.last_day),
        records.began(spell),
        spell.ended,
        any(
            dispute.verdict == "rival"
            and dispute.about in (spell.id, spell.opened_by, spell.closed_by)
            for dispute in records.disputes.values()
        ),
        spell.opened_by,
        spell.closed_by,
        spell.certainty,
    )


def _history_notes(records: Records, state: Named, days: Days) -> list[str]:
    """A state's status today, its remarks, and what is disputed about it."""
    status = records.status_on(state.code, days[1])
    notes = [f"{state.name} on {days[1]}: {status}."]
    notes += [f"Remark: {state.name} {remark.text}." for remark in records.remarks_of(state.code)]
    disputes = [
        dispute
        for dispute in records.disputes.values()
        if state.code in records.states_of(dispute.about)
        and (dispute.first_day or dispute.about not in records.acts)
    ]
    disputes.sort(key=lambda dispute: (dispute.verdict != "rival", str(dispute.first_day or "~")))
    notes += [wording.dispute_note(records, dispute) for dispute in disputes]
    spells = [spell.id for spell in records.spells_of(state.code)]
    return notes + wording.question_notes(records, [state.code, *spells])


def _runs(records: Records, basis: Basis) -> list[tuple[str, Run]]:
    """Every run of every state under a basis."""
    return [(code, run) for code in records.states for run in records.runs(code, basis.counts)]


def _change_row(
    records: Records, code: str, run: Run, act: str | None, kind: str, basis: Basis, around: Days
) -> ChangeRow:
    """A change between the two days around it."""
    day = run.first_day if around[1] == run.first_day else around[0]
    return ChangeRow(
        code,
        records.states[code].name,
        day,
        kind,
        act,
        records.is_disputed(code, basis.counts, around),
        records.acts[act].title if act else None,
    )


def _changes(
    records: Records,
    question: str,
    rows: list[ChangeRow],
    coverage: list[str],
    days: Days,
    basis: Basis,
) -> Answer[ChangeRow]:
    """The changes in order of their days, with the doubts about each."""
    rows.sort(key=lambda row: (row.day, row.name))
    notes = []
    notes += wording.instrument_notes(records, basis, days)
    day, who = ("last", "left") if question == "withdrawals" else ("first", "joined")
    for row in rows:
        around = (row.day, row.day + DAY) if day == "last" else (row.day - DAY, row.day)
        named = [(row.state, row.name)]
        notes += wording.disputed_notes(records, named, basis, around)
        notes += wording.status_notes(records, named, basis, around)
    return answered(
        records,
        question,
        ChangeRow,
        rows,
        notes + coverage,
        title=f"Who {who}, {wording.period(days)}: {len(rows)}\n"
        + wording.rule(basis, f"The day is the {day} counted day."),
        query={"basis": basis.basis, "first_day": days[0], "last_day": days[1]},
        days=days,
    )
