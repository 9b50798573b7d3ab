"""Who was counted on a day, on any day of a period, or on every one?"""

from __future__ import annotations

from typing import NamedTuple

from cstocli.core.days import Days, Known, When
from cstocli.core.finding import Finding, find
from cstocli.core.model import Basis
from cstocli.core.records import Records
from cstocli.core.standing import Run
from cstocli.questions import notes, phrases
from cstocli.questions.answer import Answer, answered, covered, rule_for, without_columns


class MemberRow(NamedTuple):
    """A counted state. The two days are those of its run of counted days."""

    state: str
    name: str
    status: str
    """On the last counted day asked about."""
    first_day: Known
    last_day: Known | None
    """None while the run lasts."""
    part: str | None
    """`all`, or the counted stretches `2006-06-23/2006-12-31`, joined by a space; None where
    no day is certain."""
    disputed: bool
    remark: str | None
    imprecise: bool
    """Whether a bound known only to the month or the year leaves a day asked about open."""
    status_since: Known | None
    """The first day of that status."""
    verified: bool | None
    """Whether the dataset was checked through the days asked about; None where it does not say."""

    def __str__(self) -> str:
        return self.name


COLUMNS = {
    "name": "State",
    "status": "Status",
    "status_since": "Status since",
    "first_day": "Counted since",
    "last_day": "Counted to",
    "part": "Days counted",
}


def members(
    records: Records, when: When, basis: Basis, today: When, *, throughout: bool = False
) -> Answer[MemberRow]:
    """The states counted on a day, on any day of a period, or `throughout` on every day.

    Raises Refused for days that have not come yet.
    """
    days, coverage = covered(records, when, today)
    findings = [find(records, state, basis, days) for state in records.states.values()]
    shown = [found for found in findings if found.run and (not throughout or found.part == "all")]
    unsure = [one for one in findings if one in shown or one.unsettled or not one.counted]
    rows = [_row(records, found, found.run) for found in shown if found.run]
    said = [
        *notes.instrument_notes(records, basis, days),
        *notes.disputed_notes(records, unsure),
        *notes.left_out_notes(records, basis, days),
        *notes.remark_notes(records, (found.state for found in shown), days),
        *coverage,
    ]
    return answered(
        records,
        "members",
        MemberRow,
        rows,
        said,
        asides=[
            *notes.status_notes(records, findings),
            *notes.change_notes(records, shown),
        ],
        title=_title(records, days, basis, today, len(rows), throughout),
        query={
            "basis": basis.basis,
            "first_day": days[0],
            "last_day": days[1],
            "rule": rule_for(days, throughout=throughout),
        },
        days=days,
        columns=_columns(rows),
        dated=True,
    )


def _columns(rows: list[MemberRow]) -> dict[str, str]:
    """What people see: two first days where a status began later than the run, and of a period in
    which the days differ these in the place of the last one.
    """
    hidden = ["part"] if all(row.part == "all" for row in rows) else ["last_day"]
    since = [*hidden, "status_since"]
    return without_columns(COLUMNS, *(since if _alike(rows) else hidden))


def _alike(rows: list[MemberRow]) -> bool:
    """Whether every status is as old as the run."""
    return all(row.status_since == row.first_day for row in rows)


def _row(records: Records, found: Finding, run: Run) -> MemberRow:
    """The row of a state that is counted, or may be."""
    remarks = records.remarks_on(found.code, found.days)
    return MemberRow(
        found.code,
        found.name,
        found.status,
        run.first_known,
        run.last_known,
        found.part,
        found.disputed,
        "; ".join(remark.text for remark in remarks) or None,
        found.imprecise,
        found.status_since,
        records.verified(found.days),
    )


def _title(
    records: Records, days: Days, basis: Basis, today: When, count: int, throughout: bool
) -> str:
    """What was asked, and the rule."""
    asked = f"on {days[0]}" + (" (today)" if days == today.days else "")
    if days[0] != days[1]:
        asked = f"on {'every' if throughout else 'any'} day of {phrases.period(days)}"
    pending = notes.pending(records, basis, days)
    states = "1 state" if count == 1 else f"{count or 'no'} states"
    return (
        f"Counted {asked}{phrases.as_checked(records, days)}: "
        f"{states}{f' ({pending})' if pending else ''}\n{phrases.rule(basis)}"
    )
