"""The columns that rows get, where a table has types: their sorts, and what they are in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cstocli.annotate.join import Join, Row
from cstocli.core.days import Bound
from cstocli.tabular.fields import DAY, NUMBER, TEXT, TRUTH, Field

_KNOWN = "_known"
"""How the name of the column ends that has a day as far as it is known."""
_SORTS = {"counted": NUMBER, "first_day": DAY, "disputed": TRUTH}
_LABELS = {
    "state": "State that was understood (ISO 3166-1 alpha-3 or a name)",
    "member": "Counted: yes, no, partly or unknown",
    "counted": "Counted: 1 or 0; of a period by the rule",
    "status": "Status on the last counted day, or else on the last day",
    "first_day": "First day of the unbroken run of counted days",
    "first_day_known": "The same day, month or year, as far as it is known",
    "part": "Counted part of the days: all, or stretches of them",
    "disputed": "Whether a source that can be defended says otherwise",
    "error": "Why there is no answer",
}
_SIDES = {"_1": " (first state)", "_2": " (second state)"}


def fields_of(join: Join, prefix: str) -> list[Field]:
    """The columns that rows get."""
    fields = []
    for name in join.columns:
        fields.append(_field(name, prefix, _SORTS.get(name, TEXT)))
        if fields[-1].sort == DAY:
            fields.append(_field(name + _KNOWN, prefix, TEXT))
    return fields


def _field(name: str, prefix: str, sort: str) -> Field:
    """A column that rows get."""
    side = next((side for side in _SIDES if name.endswith(side)), "")
    return Field(prefix + name, sort, label=_LABELS[name.removesuffix(side)] + _SIDES.get(side, ""))


def columns_of(join: Join, rows: Sequence[Row]) -> list[list[Any]]:
    """Answers as columns; a day not known to the day is nothing, and its text stands beside it."""
    columns: list[list[Any]] = []
    for place, name in enumerate(join.columns):
        values = [row.values[place] for row in rows]
        if _SORTS.get(name) == DAY:
            columns.append([None if isinstance(value, Bound) else value for value in values])
            values = [None if value is None else str(value) for value in values]
        columns.append(values)
    return columns
