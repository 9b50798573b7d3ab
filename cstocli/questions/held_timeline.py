"""The terms of an office over time: as rows, and as a lane for each holder."""

from __future__ import annotations

from cstocli.core.days import When, clip
from cstocli.core.offices import Office, Offices
from cstocli.questions import phrases
from cstocli.questions.answer import Answer, always, answered, covered
from cstocli.questions.drawing import Bar, Drawing, Lane, doubtful
from cstocli.questions.holders import HolderRow, found_on, holders

IN_OFFICE, ACTING = "in office", "acting"
"""What the bars of a lane say."""


def held_timeline(
    offices: Offices, office: Office, names: dict[str, str], when: When | None, today: When
) -> Answer[HolderRow]:
    """Every holder of an office, in a period or ever, with what a picture of them shows."""
    records = offices.records
    asked = when or always(records, today)
    answer = holders(offices, [office], names, asked, today)
    days, _ = covered(records, asked, today)
    lanes: dict[str, Lane] = {}
    for term, found in found_on(offices, office, days):
        spell = records.spells[term.id]
        lane = lanes.setdefault(term.holder, Lane(f"{term.holder}, {names[term.state]}", [], []))
        part = clip(spell.first_day, spell.last_day, days) or days
        text = f"{term.holder}: {phrases.span(spell.first_known, spell.last_known)}"
        lane.spells.append(Bar(*part, ACTING if term.acting else IN_OFFICE, text))
        lane.marks.extend(doubtful(records, found))
    looks = {IN_OFFICE: 2, ACTING: 0}
    shown = {bar.what for lane in lanes.values() for bar in lane.spells}
    through = records.verified_through
    return answered(
        records,
        "held-timeline",
        HolderRow,
        answer.rows,
        answer.notes,
        title=answer.title,
        query=answer.query,
        days=days,
        drawing=Drawing(
            f"{office.name} of the {records.organisation.id}",
            days,
            tuple(look for look in looks if look in shown),
            tuple(place for look, place in looks.items() if look in shown),
            list(lanes.values()),
            f"Dataset {records.release}, verified through {through}.",
        ),
        cut=asked.last_day > days[1],
    )
