"""The story of an office day by day: who held it, and what bears on that."""

from __future__ import annotations

from collections.abc import Mapping

from cstocli.core.days import Days, clip
from cstocli.core.finding import YES, Finding
from cstocli.core.offices import Office, Offices, Term
from cstocli.core.records import Records
from cstocli.questions import phrases
from cstocli.questions.drawing import DISPUTED, Bar, Lane
from cstocli.questions.holders import found_on
from cstocli.questions.items import DISPUTE, QUESTION, TERM, Key, state_of
from cstocli.questions.story import Shown, Story, Stretch, cuts, merged, parts

NOT_FOUND = "not found"
"""What stands for the holder of an office on days on which nobody is known to have held it."""


def tenure(
    records: Records, offices: Offices, office: Office, days: Days, places: Mapping[Key, int]
) -> Story:
    """The story of an office up to the last of the days."""
    held, code = offices.records, office.office
    spells = held.spells_of(code)
    acts = {spell.opened_by for spell in spells}
    disputes = [
        one
        for one in held.disputes.values()
        if one.about in acts or code in held.states_of(one.about)
    ]
    questions = [one for one in held.open_questions if code in held.states_of(one.about)]
    own = {
        *((TERM, spell.id) for spell in spells),
        *((DISPUTE, dispute.id) for dispute in disputes),
        *((QUESTION, question.id) for question in questions),
    }
    stretches = []
    for first_day, last_day in parts(cuts(held, code, disputes), days[1]):
        day = last_day, last_day
        term, finding = next(found_on(offices, office, day), (None, None))
        about = term.id if term else code
        now = {
            *((TERM, one.id) for one in (term,) if one),
            *(
                (DISPUTE, one.id)
                for one in disputes
                if one.first_day and clip(one.first_day, one.last_day, day)
            ),
            *((QUESTION, one.id) for one in questions if one.about == about),
        }
        bearing = tuple(sorted(places[key] for key in now))
        held_by = _holder(records, offices, office, term, finding)
        stretches.append(Stretch(first_day, *held_by, bearing))
    return Story(
        code,
        office.name,
        tuple(merged(stretches)),
        tuple(sorted(places[key] for key in own)),
        (_lane(offices, office, days),),
    )


def _holder(
    records: Records,
    offices: Offices,
    office: Office,
    term: Term | None,
    finding: Finding | None,
) -> tuple[str, str, tuple[Shown]]:
    """The holder of an office on a day, the days of the term, and what is answered."""
    if not (term and finding):
        said = "not found in the sources read who held it"
        return NOT_FOUND, "in the sources read", (Shown("", (), said, ()),)
    spell = offices.records.spells[term.id]
    stretch = phrases.span(spell.first_known, spell.last_known)
    holder = f"{spell.status} ({state_of(records, term)})"
    notes = tuple(
        f"{term.holder} as {office.name} is disputed: "
        f"{phrases.doubted(offices.records, office.office, doubt)}."
        for doubt in finding.doubts
    )
    tags = ("disputed",) if finding.disputed else ()
    return holder, stretch, (Shown(YES, tags, f"{holder}, {stretch}", notes),)


def _lane(offices: Offices, office: Office, days: Days) -> Lane:
    """What is drawn of an office: its terms, in turn of two sorts, and what is disputed."""
    held = offices.records
    terms = []
    for index, spell in enumerate(held.spells_of(office.office)):
        part = clip(spell.first_day, spell.last_day, days)
        text = f"{spell.status}, {phrases.span(spell.first_known, spell.last_known)}"
        terms += [Bar(*part, f"term-{index % 2}", text)] if part else []
    marks = []
    for doubt in held.doubts_of(office.office):
        part = clip(doubt.first_day, doubt.last_day, days)
        text = f"disputed: {phrases.doubted(held, office.office, doubt)}"
        marks += [Bar(*part, DISPUTED, text)] if part else []
    return Lane(office.name, terms, marks)
