"""Which states count in which years, by a stated rule?"""

from __future__ import annotations

from typing import NamedTuple

from cstocli.core.days import When
from cstocli.core.finding import Finding, find
from cstocli.core.model import Basis
from cstocli.core.period_rule import RULES, checked_rule, decide
from cstocli.core.records import Records
from cstocli.questions import notes, phrases
from cstocli.questions.answer import Answer, answered, without_columns
from cstocli.questions.years import years_asked


class StateYearRow(NamedTuple):
    """A state in a year."""

    state: str
    name: str
    year: int
    status: str
    """On the last counted day of the year, or on its last day where none is counted."""
    part: str | None
    """`all`, or the counted stretches of the year."""
    disputed: bool
    imprecise: bool
    counted: bool | None
    """Whether it counts in the year under the rule; None where the certain days do not say."""

    def __str__(self) -> str:
        disputed = ", disputed" if self.disputed else ""
        part = f" ({self.part})" if self.part not in (None, "all") else ""
        return f"{self.name} {self.year}: {self.status}{part}{disputed}"


COLUMNS = {"name": "State", "year": "Year", "status": "Status", "part": "Days counted"}


def state_years(
    records: Records,
    when: When | None,
    rule: str,
    basis: Basis,
    today: When,
    *,
    balanced: bool = False,
) -> Answer[StateYearRow]:
    """A row for each state and year that counts under a rule, or may; if `balanced`, for all.

    Raises Refused for days that have not come yet, and where there is no such rule.
    """
    checked_rule(rule)
    days, years, coverage = years_asked(records, when, today)
    rows = []
    shown = []
    for state in records.states.values():
        found = [_row(find(records, state, basis, year), rule) for year in years]
        of_state = [row for row in found if balanced or row.counted is not False]
        rows += of_state
        shown += [find(records, state, basis, days)] if of_state else []
    whole = all(row.part in ("all", None) for row in rows)
    which = f"Counted if {RULES[rule]} of the year"
    if not balanced:
        which = f"A state has a row if it is {RULES[rule]} of the year"
    return answered(
        records,
        "state-years",
        StateYearRow,
        rows,
        [f"{which}.", *notes.disputed_notes(records, shown), *coverage],
        title=f"State-years, {phrases.period(days)}: {len(rows)}\n" + phrases.rule(basis),
        query={"basis": basis.basis, "rule": rule, "first_day": days[0], "last_day": days[1]},
        days=days,
        columns=_columns(whole, balanced),
    )


def _columns(whole: bool, balanced: bool) -> dict[str, str]:
    """What people see: the parts where they differ, and where all have a row, who counts."""
    columns = without_columns(COLUMNS, "part") if whole else COLUMNS
    return {**columns, "counted": "Counted"} if balanced else columns


def _row(found: Finding, rule: str) -> StateYearRow:
    """A state in a year as a row."""
    return StateYearRow(
        found.code,
        found.name,
        found.days[0].year,
        found.status,
        found.part,
        found.disputed,
        found.imprecise,
        decide(rule, found.days, found.certain, found.unsettled),
    )
