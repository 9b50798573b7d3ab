"""Which states count in which years, by a stated rule?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from cstocli.core.days import Days, When
from cstocli.core.finding import UNKNOWN, YES, Finding, find
from cstocli.core.model import Basis
from cstocli.core.records import Records
from cstocli.errors import Refused
from cstocli.questions import notes, phrases
from cstocli.questions.answer import Answer, always, answered, covered, without_columns


class StateYearRow(NamedTuple):
    """A state in a year in which it counts."""

    state: str
    name: str
    year: int
    status: str
    """On the last counted day of the year."""
    part: str | None
    """`all`, or the counted stretches of the year."""
    disputed: bool
    imprecise: bool

    def __str__(self) -> str:
        disputed = ", disputed" if self.disputed else ""
        part = f" ({self.part})" if self.part not in (None, "all") else ""
        return f"{self.name} {self.year}: {self.status}{part}{disputed}"


COLUMNS = {"name": "State", "year": "Year", "status": "Status", "part": "Days counted"}
RULES = {
    "any": "counted on any day of the year",
    "throughout": "counted on every day of the year",
    "first-day": "counted on the first day of the year",
    "last-day": "counted on the last day of the year",
}
"""By which rule a state counts in a year."""


def state_years(
    records: Records, when: When | None, rule: str, basis: Basis, today: When
) -> Answer[StateYearRow]:
    """A row for each state and year that counts under a rule of RULES.

    Raises Refused for another rule, and for days that have not come yet.
    """
    if not isinstance(rule, str) or rule not in RULES:
        raise Refused(f"there is no rule {rule!r:.60}; there are {', '.join(RULES)}")
    days, coverage = covered(records, when or whole_years(always(records, today)), today)
    years = list(_years(days))
    rows = []
    shown = []
    for state in records.states.values():
        found = [find(records, state, basis, year) for year in years]
        of_state = [_row(one) for one in found if one.run and _counts(records, one, rule)]
        rows += of_state
        shown += [find(records, state, basis, days)] if of_state else []
    said = [*notes.disputed_notes(records, shown), *coverage]
    for first_day, last_day in (years[0], years[-1]):
        if last_day != last_day.replace(month=12, day=31):
            said.append(f"{last_day.year} is cut at {last_day}.")
        if first_day != first_day.replace(month=1, day=1):
            said.append(f"{first_day.year} begins on {first_day}.")
    whole = all(row.part == "all" for row in rows)
    return answered(
        records,
        "state-years",
        StateYearRow,
        rows,
        said,
        title=f"State-years, {phrases.period(days)}: {len(rows)}\n"
        + phrases.rule(basis, f"A state has a row if it is {RULES[rule]}."),
        query={"basis": basis.basis, "rule": rule, "first_day": days[0], "last_day": days[1]},
        days=days,
        columns=without_columns(COLUMNS, "part") if whole else COLUMNS,
    )


def _row(found: Finding) -> StateYearRow:
    """A state in a year as a row."""
    return StateYearRow(
        found.code,
        found.name,
        found.days[0].year,
        found.status,
        found.part,
        found.disputed,
        found.imprecise,
    )


def whole_years(when: When) -> When:
    """The days, with those of their first year that lie before them."""
    return when._replace(first_day=when.first_day.replace(month=1, day=1))


def _years(days: Days) -> Iterator[Days]:
    """The days cut into years."""
    for year in range(days[0].year, days[1].year + 1):
        yield max(days[0], dt.date(year, 1, 1)), min(days[1], dt.date(year, 12, 31))


def _counts(records: Records, found: Finding, rule: str) -> bool:
    """Whether a state counts in a year under a rule, or on a day whose answer is not known."""
    if rule == "any":
        return True
    if rule == "throughout":
        return found.answer == YES
    day = found.days[0 if rule == "first-day" else 1]
    return find(records, found.state, found.basis, (day, day)).answer in (YES, UNKNOWN)
