"""Which pairs of states count together in which years, by a stated rule?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from cstocli.core.days import When
from cstocli.core.finding import Finding, find
from cstocli.core.joint import joint
from cstocli.core.model import Basis
from cstocli.core.period_rule import RULES, checked_rule, decide
from cstocli.core.records import Records
from cstocli.questions import notes, phrases
from cstocli.questions.answer import Answer, answered, without_columns
from cstocli.questions.years import years_asked


class DyadYearRow(NamedTuple):
    """A pair of states in a year; what is said is about both together."""

    state_1: str
    name_1: str
    state_2: str
    name_2: str
    year: int
    part: str | None
    """`all`, or the stretches of the year on which both were counted."""
    disputed: bool
    imprecise: bool
    counted: bool | None
    """Whether the pair counts in the year under the rule; None where the certain days do not
    say."""

    def __str__(self) -> str:
        disputed = ", disputed" if self.disputed else ""
        part = f" ({self.part})" if self.part not in (None, "all") else ""
        return f"{self.name_1} and {self.name_2} {self.year}{part}{disputed}"


COLUMNS = {"name_1": "State", "name_2": "State", "year": "Year", "part": "Days counted"}


def dyad_years(
    records: Records,
    when: When | None,
    rule: str,
    basis: Basis,
    today: When,
    *,
    directed: bool = False,
    balanced: bool = False,
) -> Answer[DyadYearRow]:
    """A row for each pair of states and year that counts under a rule, or may; if `balanced`,
    for all. If `directed`, each pair in both orders.

    Raises Refused for days that have not come yet, and where there is no such rule.
    """
    checked_rule(rule)
    days, years, coverage = years_asked(records, when, today)
    found = {
        code: [find(records, state, basis, year) for year in years]
        for code, state in records.states.items()
    }
    rows: list[DyadYearRow] = []
    for pair in combinations(found, 2):
        for both in zip(found[pair[0]], found[pair[1]], strict=True):
            rows += _rows(records, both, rule, directed=directed, balanced=balanced)
    place = {code: number for number, code in enumerate(found)}
    rows.sort(key=lambda row: (place[row.state_1], place[row.state_2]))
    shown = {code for row in rows for code in (row.state_1, row.state_2)}
    of_shown = [find(records, records.states[code], basis, days) for code in found if code in shown]
    whole = all(row.part in ("all", None) for row in rows)
    columns = without_columns(COLUMNS, "part") if whole else COLUMNS
    return answered(
        records,
        "dyad-years",
        DyadYearRow,
        rows,
        [
            f"A pair counts if both are, together, {RULES[rule]} of the year.",
            *notes.disputed_notes(records, of_shown),
            *coverage,
        ],
        title=f"Dyad-years, {phrases.period(days)}: {len(rows)}\n" + phrases.rule(basis),
        query={
            "basis": basis.basis,
            "rule": rule,
            "directed": directed,
            "first_day": days[0],
            "last_day": days[1],
        },
        days=days,
        columns={**columns, "counted": "Counted"} if balanced else columns,
    )


def _rows(
    records: Records, both: tuple[Finding, Finding], rule: str, *, directed: bool, balanced: bool
) -> Iterator[DyadYearRow]:
    """A pair in a year as a row, or as two."""
    found = joint(records, both)
    counted = decide(rule, found.days, found.certain, found.unsettled)
    if counted is False and not balanced:
        return
    about = found.days[0].year, found.part, found.disputed, found.imprecise, counted
    for one, two in (both, both[::-1]) if directed else (both,):
        yield DyadYearRow(one.code, one.name, two.code, two.name, *about)
