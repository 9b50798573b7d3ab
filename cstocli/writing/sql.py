"""The dataset as SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cstocli.core.days import DAY
from cstocli.core.records import Records
from cstocli.errors import Refused
from cstocli.escape import quoted

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
                str(s.first_known),
                str(s.last_known) if s.last_day else None,
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
            doubts = records.standing(code, basis.counts).doubts
            rows += [
                (basis.basis, code, _day(first), _day(last if last < dt.date.max else None))
                for (first, last), doubt in doubts.on((dt.date.min, dt.date.max))
                if bool(doubt.dispute) is disputed
            ]
    return list(dict.fromkeys(rows))


def _day(day: dt.date | None) -> str | None:
    """A day as YYYY-MM-DD, also where it is known only to the month or the year."""
    return day.isoformat() if day else None


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
