"""Which sources are there, and what are they cited for?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cstocli.core.model import Source
from cstocli.core.offices import Offices
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


Citation = tuple[str, tuple[str, ...], str]
"""The id of what cites sources, their ids, and what they are cited for in words."""


def _rows(
    known: Mapping[str, Source], citations: Sequence[Citation], id: str | None
) -> tuple[list[SourceRow], list[str]]:
    """Every source with what it is cited for, or one source whole, and that in words."""
    uses: dict[str, list[str]] = {each: [] for each in known}
    for citer, cited, _ in citations:
        for each in cited:
            uses[each].append(citer)
    rows = [
        SourceRow(*source, used_for=tuple(uses[source.id]))
        for source in known.values()
        if id in (None, source.id)
    ]
    return rows, [f"{citer}: {words}" for citer, cited, words in citations if id in cited]


def sources(records: Records, offices: Offices | None, id: str | None) -> Answer[SourceRow]:
    """Every source of a dataset and of its offices with what it is cited for, or one whole."""
    known = dict(records.sources)
    citations = list(_citations(records))
    if offices:
        known |= offices.records.sources
        citations += [*_citations(offices.records), *_of_offices(offices)]
    rows, said = _rows(dict(sorted(known.items())), citations, id)
    return answered(
        records,
        "sources",
        SourceRow,
        rows,
        said,
        asides=["A title in square brackets describes a publication whose title is not known."],
        title=f"Sources: {len(rows)}",
        query={"id": id},
        days=None,
        columns=None if id else COLUMNS,
        layout="record",
    )


def _citations(records: Records) -> Iterator[Citation]:
    """What the acts, disputes and remarks cite."""
    for act in records.acts.values():
        yield act.id, act.sources, f"{act.title}."
    for dispute in records.disputes.values():
        yield dispute.id, dispute.sources, phrases.dispute_note(records, dispute)
    for remark in records.remarks:
        yield remark.id, remark.sources, f"{remark.text}."


def _of_offices(offices: Offices) -> Iterator[Citation]:
    """What the offices, the terms and the observers cite."""
    for office in offices.offices.values():
        yield office.office, office.sources, f"{office.text}."
    for term in offices.terms.values():
        yield term.id, term.sources, f"{term.holder}, {offices.offices[term.office].name}."
    for observer in offices.observers:
        yield observer.id, observer.sources, f"{observer.observer}, {observer.text}."
