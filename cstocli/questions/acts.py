"""Every act, as rows."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from cstocli.core.days import When
from cstocli.core.records import Records
from cstocli.questions.answer import Answer, answered


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


COLUMNS = {"date": "Date", "kind": "Kind", "title": "Act", "place": "Place"}


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
    return answered(
        records,
        "acts",
        ActRow,
        rows,
        [],
        title=f"Acts: {len(rows)}",
        query={},
        days=None,
        columns=COLUMNS,
    )
