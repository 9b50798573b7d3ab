"""The dataset handed on: its records as rows, as state-years, and as SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cstocli import wording
from cstocli.answers import Answer
from cstocli.bounds import DAY, Days, without
from cstocli.dates import When
from cstocli.escape import quoted
from cstocli.model import Basis, Records, Refused
from cstocli.queries import always, answered, covered, judged

RULES = {
    "any": "counted on any day of the year",
    "throughout": "counted on every day of the year",
    "first-day": "counted on the first day of the year",
    "last-day": "counted on the last day of the year",
}
"""By which rule a state counts in a year."""


class SpellRow(NamedTuple):
    """A spell."""

    spell: str
    state: str
    name: str
    status: str
    first_day: dt.date
    last_day: dt.date | None
    opened_by: str | None
    """The id of an act."""
    closed_by: str | None
    ended: str | None
    certainty: str | None

    def __str__(self) -> str:
        return f"{self.name}: {self.status} {wording.span(self.first_day, self.last_day)}"


class ActRow(NamedTuple):
    """An act."""

    act: str
    date: str
    """A day, or a month or a year where no better is known."""
    effective: dt.date | None
    """The day it takes effect, where that differs from its date."""
    kind: str
    title: str
    place: str | None
    states: tuple[str, ...]
    certainty: str
    sources: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.date}: {self.title} ({self.kind})"


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


def spells(records: Records, today: When) -> Answer[SpellRow]:
    """Every spell."""
    rows = [
        SpellRow(
            spell.id,
            spell.state,
            records.states[spell.state].name,
            spell.status,
            spell.first_day,
            spell.last_day,
            spell.opened_by,
            spell.closed_by,
            spell.ended,
            spell.certainty,
        )
        for code in records.states
        for spell in records.spells_of(code)
    ]
    title = f"Spells: {len(rows)}"
    return answered(records, "spells", SpellRow, rows, [], title=title, query={}, days=today.days)


def acts(records: Records, today: When) -> Answer[ActRow]:
    """Every act."""
    rows = [
        ActRow(
            act.id,
            act.date,
            act.effective,
            act.kind,
            act.title,
            act.place,
            act.states,
            act.certainty,
            act.sources,
        )
        for act in records.acts.values()
    ]
    title = f"Acts: {len(rows)}"
    return answered(records, "acts", ActRow, rows, [], title=title, query={}, days=today.days)


def state_years(
    records: Records, when: When | None, rule: str, basis: Basis, today: When
) -> Answer[StateYearRow]:
    """A row for each state and year that counts under a rule of RULES.

    Raises Refused for days that have not come yet.
    """
    days, notes = covered(records, when or whole_years(always(records, today)), today)
    years = list(_years(days))
    rows = []
    for code, state in records.states.items():
        for year in years:
            found = judged(records, code, basis, year)
            if found.run and _counts(records, code, basis, year, rule):
                rows.append(
                    StateYearRow(
                        code,
                        state.name,
                        year[0].year,
                        found.status,
                        found.part,
                        found.disputed,
                        found.imprecise,
                    )
                )
    named = {row.state: row.name for row in rows}.items()
    notes = [*wording.disputed_notes(records, named, basis, days), *notes]
    for first_day, last_day in (years[0], years[-1]):
        if last_day != last_day.replace(month=12, day=31):
            notes.append(f"{last_day.year} is cut at {last_day}.")
        if first_day != first_day.replace(month=1, day=1):
            notes.append(f"{first_day.year} begins on {first_day}.")
    return answered(
        records,
        "state-years",
        StateYearRow,
        rows,
        notes,
        title=f"State-years, {wording.period(days)}: {len(rows)}\n"
        + wording.rule(basis, f"A state has a row if it is {RULES[rule]}."),
        query={"basis": basis.basis, "rule": rule, "first_day": days[0], "last_day": days[1]},
        days=days,
    )


def whole_years(when: When) -> When:
    """The days, with those of their first year that lie before them."""
    return when._replace(first_day=when.first_day.replace(month=1, day=1))


def _years(days: Days) -> Iterator[Days]:
    """The days cut into years."""
    for year in range(days[0].year, days[1].year + 1):
        yield max(days[0], dt.date(year, 1, 1)), min(days[1], dt.date(year, 12, 31))


def _counts(records: Records, code: str, basis: Basis, year: Days, rule: str) -> bool:
    """Whether a state counts in a year under a rule, or on a day whose answer is not known."""
    if rule == "any":
        return True
    days = {"first-day": (year[0], year[0]), "last-day": (year[1], year[1])}.get(rule, year)
    return records.answer(code, basis.counts, days) in (
        ("yes",) if rule == "throughout" else ("yes", "unknown")
    )


_TABLES = """\
CREATE TABLE states (code {0}, alpha_2 {0}, numeric_code {0}, cow {0}, wikidata {0}, name {0});
CREATE TABLE bases (basis {0}, status {0});
CREATE TABLE acts (act {0}, day {0}, effective {0}, kind {0}, title {0}, place {0}, certainty {0});
CREATE TABLE act_states (act {0}, state {0});
CREATE TABLE act_sources (act {0}, source {0});
CREATE TABLE sources (source {0}, publisher {0}, title {0}, day {0}, address {0}, level {0});
CREATE TABLE spells (spell {0}, state {0}, status {0}, day_before {0}, first_day {0}, last_day {0},
  opened_by {0}, closed_by {0}, ended {0}, first_day_known {0}, last_day_known {0});
CREATE TABLE rivals (dispute {0}, state {0}, first_day {0}, last_day {0}, status {0});
CREATE TABLE disputed (basis {0}, state {0}, first_day {0}, last_day {0});
CREATE TABLE undecided (basis {0}, state {0}, first_day {0}, last_day {0});
"""
_VIEW = """\
CREATE VIEW counted AS
SELECT basis, state, MIN(first_day) AS first_day,
  CASE WHEN COUNT(last_day) = COUNT(*) THEN MAX(last_day) END AS last_day
FROM (
  SELECT basis, state, first_day, last_day,
    SUM(begins) OVER (PARTITION BY basis, state ORDER BY first_day) AS run
  FROM (
    SELECT b.basis, s.state, s.first_day, s.last_day,
      CASE WHEN s.day_before = LAG(s.last_day)
        OVER (PARTITION BY b.basis, s.state ORDER BY s.first_day) THEN 0 ELSE 1 END AS begins
    FROM spells s JOIN bases b ON s.status = b.status
  ) joined
) numbered
GROUP BY basis, state, run;
"""
_LONGEST = 4000
"""The length, in characters, that a column of text has at least."""


def sql(records: Records) -> str:
    """The records as SQL that SQLite, DuckDB, PostgreSQL and Spark 4 take as it is.

    Days are text, YYYY-MM-DD, because no way to write a date is common to all of them. The
    view `counted` has the runs under each basis; `last_day` is null while a run lasts. The
    ends of spells are the days that count, and as far as they are known in `…_known`. On the
    days of `disputed` a rival would change the answer; on those of `undecided` a bound that is
    not known to the day leaves it open.
    Raises Refused where a text cannot be written alike for all.
    """
    tables: dict[str, list[tuple[str | None, ...]]] = {
        "states": [
            (s.code, s.alpha_2, s.numeric, s.cow, s.wikidata, s.name)
            for s in records.states.values()
        ],
        "bases": [
            (basis.basis, status)
            for basis in records.bases.values()
            for status in sorted(basis.counts)
        ],
        "acts": [
            (a.id, a.date, _day(a.effective), a.kind, a.title, a.place, a.certainty)
            for a in records.acts.values()
        ],
        "act_states": [(act.id, code) for act in records.acts.values() for code in act.states],
        "act_sources": [(act.id, id) for act in records.acts.values() for id in act.sources],
        "sources": [
            (s.id, s.publisher, s.title, s.date, s.address, s.level)
            for s in records.sources.values()
        ],
        "spells": [
            (
                s.id,
                s.state,
                s.status,
                _day(s.first_day - DAY),
                _day(s.first_day),
                _day(s.last_day),
                s.opened_by,
                s.closed_by,
                s.ended,
                str(s.first_day),
                str(s.last_day) if s.last_day else None,
            )
            for s in records.spells.values()
        ],
        "rivals": [
            (doubt.dispute.id, code, _day(doubt.first_day), _day(doubt.last_day), doubt.status)
            for code in records.states
            for doubt in records.doubts_of(code)
            if doubt.dispute
        ],
        "disputed": _doubtful(records, disputed=True),
        "undecided": _doubtful(records, disputed=False),
    }
    texts = [text for rows in tables.values() for row in rows for text in row if text]
    length = max(_LONGEST, *map(len, texts))
    inserts = [_insert(name, rows) for name, rows in tables.items() if rows]
    return "".join([_TABLES.format(f"VARCHAR({length})"), *inserts, _VIEW])


def _doubtful(records: Records, *, disputed: bool) -> list[tuple[str | None, ...]]:
    """The days on which an answer under a basis is disputed, or else on which it is open."""
    rows: list[tuple[str | None, ...]] = []
    for basis in records.bases.values():
        for code in records.states:
            for doubt in records.doubts_of(code):
                if bool(doubt.dispute) is disputed:
                    stretch = doubt.first_day, doubt.last_day or dt.date.max
                    counted = records.counted(code, basis.counts, stretch)
                    changed = doubt.status in basis.counts
                    rows += [
                        (basis.basis, code, _day(first), _day(last if last < dt.date.max else None))
                        for first, last in (without([stretch], counted) if changed else counted)
                    ]
    return list(dict.fromkeys(rows))


def _day(day: dt.date | None) -> str | None:
    """A day as YYYY-MM-DD, also where it is known only to the month or the year."""
    return dt.date.isoformat(day) if day else None


def _insert(table: str, rows: Iterable[tuple[str | None, ...]]) -> str:
    """A statement that fills a table."""
    lines = ",\n".join(f"({', '.join(map(_literal, row))})" for row in rows)
    return f"INSERT INTO {table} VALUES\n{lines};\n"


def _literal(text: str | None) -> str:
    """A text as every SQL reads it."""
    if text is None:
        return "NULL"
    for mark in ("\\", "${"):
        if mark in text:
            raise Refused(f"SQL reads the {mark} in {quoted(text)} in more than one way")
    return "'" + text.replace("'", "''") + "'"
