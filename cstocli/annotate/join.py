"""Membership joined to rows, of whatever table: what each row gets, as values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cstocli.core.days import DAY, Days, Known, When
from cstocli.core.finding import Finding, find
from cstocli.core.joint import Joint, joint
from cstocli.core.model import Basis, Spell
from cstocli.core.period_rule import decide
from cstocli.core.records import Records
from cstocli.core.standing import Doubt
from cstocli.errors import Refused
from cstocli.questions.answer import covered
from cstocli.questions.notes import checked_notes
from cstocli.reading.columns import DAYS, DayColumn, Hint, StateCell, StateColumn

Value = str | int | bool | Known | None


class Row(NamedTuple):
    """What a row gets."""

    values: tuple[Value, ...]
    """Those of the columns that are added; nothing where there is no answer."""
    error: str
    """Why there is no answer, if something is wrong."""
    missing: bool
    """Whether there is none because a cell says nothing."""
    hints: tuple[Hint, ...]
    """What must be said of how it was read."""


class Join:
    """Rows about a state or a pair of states, joined to a dataset."""

    def __init__(
        self,
        records: Records,
        basis: Basis,
        today: When,
        states: StateColumn,
        days: DayColumn,
        *,
        pair: bool,
        rule: str | None,
    ) -> None:
        self._records = records
        self._basis = basis
        self._today = today
        self._states = states
        self._days = days
        self._rule = rule
        self.by_name = states.scheme == "name"
        """Whether the states go by names, and not by codes."""
        self.columns = columns_of(pair=pair)
        """The names of the columns that are added, without their prefix."""
        self.notes: dict[str, None] = {}
        """What must be said about the days: what was cut, and what was not checked."""

    def who(self, texts: Sequence[str]) -> tuple[StateCell | None, ...]:
        """What the cells of states mean: None where one says nothing; raises Refused."""
        return tuple(self._states.read(text) for text in texts)

    def refuse_numbers(self, texts: Iterable[str]) -> bool:
        """Whether any cell of a column of states says anything; raises Refused where the first
        that does is a number, and no scheme was said.
        """
        return self._states.refuse_numbers(texts)

    def differs(self, code: str, name: str) -> bool:
        """Whether a code means another state than a name does, though both mean one."""
        return self._states.differs(code, name)

    def when(self, texts: Sequence[str]) -> Days | None:
        """The days that one cell means, or a first and a last one; None where one says nothing.

        An end that is empty lasts to today. Raises Refused where they mean no days.
        """
        when = self._days.read(texts[0]) if len(texts) == 1 else self._between(*texts)
        if when is None:
            return None
        days, notes = covered(self._records, when, self._today)
        if when.last_day >= self._records.first_day:
            self.notes |= dict.fromkeys(notes + checked_notes(self._records, days))
        return days

    def _between(self, start: str, end: str) -> When | None:
        """The days from one cell to another."""
        first = self._days.read(start)
        last = self._days.read(end) if end.strip() else self._today
        if first is None or last is None:
            return None
        if first.first_day > last.last_day:
            raise Refused(f"{last.text} is before {first.text}")
        if not end.strip():
            self.notes[f"An empty end lasts to today, {self._today.text}."] = None
        return When(first.first_day, last.last_day, f"{first.text}/{last.text}")

    def changes(self, cells: Sequence[StateCell]) -> list[dt.date]:
        """The days from which another answer about the states may hold, in order."""
        found: set[dt.date] = set()
        for cell in cells:
            found |= {one.first_day for one in cell.readings if one.first_day > dt.date.min}
            for code in {one.state.code for one in cell.readings}:
                found |= _changes(self._records, code)
        return sorted(found)

    def answer(self, cells: Sequence[StateCell], days: Days) -> Row:
        """What a row gets that is about these states and days."""
        readings = [cell.on(days) for cell in cells]
        found = [find(self._records, one.state, self._basis, days) for one in readings]
        hints = [cell.hint for cell in cells]
        hints += [Hint(DAYS, one.note) if one.note else None for one in readings]
        if len(found) == 1:
            sides: tuple[Value, ...] = (found[0].code, found[0].answer)
            about = self._about(found[0], found[0].status)
        else:
            sides = tuple(value for one in found for value in (one.code, one.answer, one.status))
            both = joint(self._records, found)
            sides = (*sides, both.answer)
            about = self._about(both)
        return Row((*sides, *about), "", False, tuple(filter(None, hints)))

    def _about(self, found: Finding | Joint, *status: str) -> tuple[Value, ...]:
        """What is found about one state, or about both together, in the order of the columns."""
        first_day = found.first_day if isinstance(found, Joint) else _first_day(found)
        counted = decide(self._rule, found.days, found.certain, found.unsettled)
        number = None if counted is None else int(counted)
        return (number, *status, first_day, found.part, found.disputed, None)

    def unknown(self, texts: Sequence[str], error: str) -> Row:
        """What a row gets of which a cell names no state."""
        hints = filter(None, map(self._states.letters, texts))
        return self.without_answer((), error)._replace(hints=tuple(hints))

    def without_answer(self, cells: Sequence[StateCell | None], error: str = "") -> Row:
        """What a row gets that has no answer: the states that its cells name, and the reason."""
        codes = [cell.on(self._today.days).state.code if cell else None for cell in cells]
        places = ("state_1", "state_2") if codes[1:] else ("state",)
        given = dict(zip(places, codes, strict=False))
        values = (*(given.get(column) for column in self.columns[:-1]), error or None)
        return Row(values, error, not error, ())


def columns_of(*, pair: bool) -> tuple[str, ...]:
    """The names of the columns that rows about a state, or about a pair, get."""
    if not pair:
        return ("state", "member", "counted", "status", "first_day", "part", "disputed", "error")
    sides = (f"{name}_{side}" for side in (1, 2) for name in ("state", "member", "status"))
    return (*sides, "member", "counted", "first_day", "part", "disputed", "error")


def _first_day(found: Finding) -> Known | None:
    """The first day of the run of a state that is counted, or may be."""
    return found.run.first_known if found.run else None


def _changes(records: Records, code: str) -> set[dt.date]:
    """The days from which another answer about a state may hold."""
    stretches: list[Spell | Doubt] = [*records.spells_of(code), *records.doubts_of(code)]
    begun = {stretch.first_day for stretch in stretches}
    return begun | {stretch.last_day + DAY for stretch in stretches if stretch.last_day}
