"""Which sources are there, and what are they cited for?"""

from __future__ import annotations

from typing import NamedTuple

from cstocli.core.days import When
from cstocli.core.model import Source
from cstocli.core.records import Records
from cstocli.questions import phrases
from cstocli.questions.answer import Answer, answered


class SourceRow(NamedTuple):
    """A publication, and the ids of what it is cited for."""

    id: str
    publisher: str
    title: str
    date: str | None
    language: str | None
    address: str | None
    level: str
    used_for: tuple[str, ...]

    def __str__(self) -> str:
        return phrases.source(Source(*self[:7]))


COLUMNS = {"id": "Source", "publisher": "Publisher", "title": "Title", "date": "Date"}


def sources(records: Records, id: str | None, today: When) -> Answer[SourceRow]:
    """Every source with what it is cited for, or one source whole."""
    uses = _uses(records)
    rows = [
        SourceRow(*source, used_for=tuple(uses[source.id]))
        for source in records.sources.values()
        if id in (None, source.id)
    ]
    return answered(
        records,
        "sources",
        SourceRow,
        rows,
        [_use(records, use) for use in uses[id]] if id else [],
        asides=["A title in square brackets describes a publication whose title is not known."],
        title=f"Sources: {len(rows)}",
        query={"id": id},
        days=None,
        columns=None if id else COLUMNS,
        layout="record",
    )


def _uses(records: Records) -> dict[str, list[str]]:
    """The ids of the acts, disputes and remarks that cite each source."""
    uses: dict[str, list[str]] = {id: [] for id in records.sources}
    citing = [(act.id, act.sources) for act in records.acts.values()]
    citing += [(dispute.id, dispute.sources) for dispute in records.disputes.values()]
    citing += [(remark.id, remark.sources) for remark in records.remarks]
    for citer, cited in citing:
        for id in cited:
            uses[id].append(citer)
    return uses


def _use(records: Records, id: str) -> str:
    """What a source is cited for: an act, a dispute or a remark, in words."""
    if id in records.acts:
        return f"{id}: {records.acts[id].title}."
    if id in records.disputes:
        return f"{id}: {phrases.dispute_note(records, records.disputes[id])}"
    return next(f"{id}: {remark.text}." for remark in records.remarks if remark.id == id)
