"""What do sources say otherwise?"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from cstocli.core.model import Dispute, Named
from cstocli.core.offices import Offices
from cstocli.core.records import Records
from cstocli.questions import phrases
from cstocli.questions.answer import Answer, answered


class DisputeRow(NamedTuple):
    """A source that says otherwise."""

    state: str | None
    """None where it is about the organisation, or about several states."""
    name: str
    about: str
    """The id of a spell, an act, a state, or the organisation."""
    value: str
    first_day: dt.date | None
    last_day: dt.date | None
    status: str | None
    """The status that the source gives on these days; None: none."""
    verdict: str
    reason: str
    sources: tuple[str, ...]
    dispute: str

    according_to: str
    """The publishers of the sources, joined by `; `."""

    def __str__(self) -> str:
        days = ""
        if self.first_day:
            status = self.status or "no status"
            days = f"; {status} {phrases.span(self.first_day, self.last_day)}"
        return (
            f"{self.name}: {self.value} ({self.verdict}{days}), according to "
            f"{self.according_to}. {self.reason}"
        )


def disputes(records: Records, offices: Offices | None, state: Named | None) -> Answer[DisputeRow]:
    """Everything that a source says otherwise, about one state, or at all and about offices too."""
    rows = [
        _dispute_row(records, dispute)
        for dispute in records.disputes.values()
        if not state or state.code in records.states_of(dispute.about)
    ]
    if offices and not state:
        about = offices.records
        rows += [_dispute_row(about, each)._replace(state=None) for each in about.disputes.values()]
    rivals = sum(row.verdict == "rival" for row in rows)
    return answered(
        records,
        "disputes",
        DisputeRow,
        sorted(
            rows, key=lambda row: (row.name, row.verdict != "rival", row.first_day or dt.date.max)
        ),
        [],
        asides=[
            "A rival can be defended and marks the answers that it would change; a rejected value "
            "marks none."
        ],
        title=f"Disputes{f' about {state.name}' if state else ''}: {len(rows)}, {rivals} of them "
        "rivals",
        query={"state": state.code if state else None},
        days=None,
    )


def _dispute_row(records: Records, dispute: Dispute) -> DisputeRow:
    """A dispute as a row."""
    codes = [code for code in records.states_of(dispute.about) if code in records.states]
    state = records.states[codes[0]] if len(codes) == 1 else None
    few = [records.states[code].name for code in codes if len(codes) < 4]
    return DisputeRow(
        state.code if state else None,
        phrases.listed(few) if few else records.organisation.name,
        dispute.about,
        dispute.value,
        dispute.first_day,
        dispute.last_day,
        dispute.status,
        dispute.verdict,
        dispute.reason,
        dispute.sources,
        dispute.id,
        "; ".join(dict.fromkeys(records.sources[id].publisher for id in dispute.sources)),
    )
