"""What a page tells of a dataset besides the answers, each thing once: spells, the acts that
opened and closed them, remarks, disputes and open questions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cstocli.core.model import (
    LEFT,
    NEXT,
    Act,
    Dispute,
    OpenQuestion,
    Remark,
    Source,
    Spell,
    State,
)
from cstocli.core.offices import Offices, Term
from cstocli.core.records import Records
from cstocli.questions import phrases

SPELL, TERM, ACT, REMARK, DISPUTE, QUESTION, BESIDE = (
    "spell",
    "term",
    "act",
    "remark",
    "dispute",
    "question",
    "beside",
)
"""The sorts of items, in reading order."""
SORTS = (SPELL, TERM, ACT, REMARK, DISPUTE, QUESTION, BESIDE)
Key = tuple[str, str]
"""The sort of an item, and the id of its record."""


class Item(NamedTuple):
    """What it is about, what it is, what it says, what is said about it, and who says so."""

    sort: str
    of: str
    """The name of a state or an office, of several states, or of the organisation."""
    word: str
    """A status, a holder, a date, a verdict or an organisation."""
    text: str
    more: str
    sources: tuple[Source, ...]


def items(records: Records) -> dict[Key, Item]:
    """Everything about states."""
    spells = [spell for code in records.states for spell in records.spells_of(code)]
    acts = dict.fromkeys(id for spell in spells for id in (spell.opened_by, spell.closed_by) if id)
    return {
        **{(SPELL, spell.id): _spell(records, spell) for spell in spells},
        **{(ACT, id): _act(records, records.acts[id]) for id in sorted(acts)},
        **{(REMARK, remark.id): _remark(records, remark) for remark in records.remarks},
        **_said(records, records.disputes.values(), records.open_questions),
    }


def beside(records: Records, others: Iterable[Records]) -> dict[Key, Item]:
    """What the states are, or were, in other organisations."""
    return {
        beside_key(other, state): _beside(other, state)
        for state in records.states.values()
        for other in others
        if other.spells_of(state.code)
    }


def beside_key(other: Records, state: State) -> Key:
    """The key of what a state is in another organisation."""
    return BESIDE, f"{other.organisation.id} {state.code}"


def _beside(other: Records, state: State) -> Item:
    """What a state is, or was, in another organisation, spell by spell."""
    spells = [
        f"{spell.status} {phrases.span(spell.first_known, spell.last_known)}"
        for spell in other.spells_of(state.code)
    ]
    id = other.organisation.id
    unsure = f"Disputed or not certain in part: csto --org {id} history {state.code}"
    more = unsure if other.doubts_of(state.code) else ""
    return Item(BESIDE, state.name, other.organisation.name, "; ".join(spells), more, ())


def held(records: Records, offices: Offices) -> dict[Key, Item]:
    """Everything about offices; the states of those who hold them are those of `records`."""
    found = offices.records
    own = {*found.spells, *offices.offices, *(spell.opened_by for spell in found.spells.values())}
    return {
        **{(TERM, id): _term(records, offices, term) for id, term in offices.terms.items()},
        **_said(
            found,
            [one for one in found.disputes.values() if one.about in own],
            [one for one in found.open_questions if one.about in own],
        ),
    }


def _said(
    records: Records, disputes: Iterable[Dispute], questions: Iterable[OpenQuestion]
) -> dict[Key, Item]:
    """What is disputed, rivals first, and what is open."""
    return {
        **{
            (DISPUTE, one.id): _dispute(records, one)
            for one in sorted(disputes, key=lambda one: one.verdict != "rival")
        },
        **{
            (QUESTION, one.id): Item(
                QUESTION, _about(records, one.about), "", one.question, one.found, ()
            )
            for one in questions
        },
    }


def _spell(records: Records, spell: Spell) -> Item:
    """A spell."""
    more = []
    if spell.ended and spell.ended not in (NEXT, LEFT):
        more.append(f"ended: {spell.ended.replace('-', ' ')}")
    if spell.certainty and spell.certainty != "high":
        more.append(f"certainty: {spell.certainty}")
    stretch = phrases.span(spell.first_known, spell.last_known)
    name = records.states[spell.state].name
    return Item(SPELL, name, spell.status, stretch, "; ".join(more), ())


def _term(records: Records, offices: Offices, term: Term) -> Item:
    """A term of office."""
    spell = offices.records.spells[term.id]
    stretch = phrases.span(spell.first_known, spell.last_known)
    more = [term.note, f"certainty: {term.certainty}" if term.certainty != "high" else None]
    return Item(
        TERM,
        offices.offices[term.office].name,
        f"{spell.status} ({state_of(records, term)})",
        stretch,
        "; ".join(filter(None, more)),
        _cited(offices.records, term.sources),
    )


def state_of(records: Records, term: Term) -> str:
    """The name of a holder's state."""
    return records.states[term.state].name if term.state in records.states else term.state


def _act(records: Records, act: Act) -> Item:
    """An act."""
    effective = f"effective {act.effective}" if act.effective else ""
    return Item(ACT, "", act.date, act.title, effective, _cited(records, act.sources))


def _remark(records: Records, remark: Remark) -> Item:
    """A remark."""
    name = records.states[remark.state].name if remark.state in records.states else remark.state
    stretch = phrases.span(remark.first_day, remark.last_day)
    return Item(REMARK, name, stretch, remark.text, "", _cited(records, remark.sources))


def _dispute(records: Records, dispute: Dispute) -> Item:
    """What a source says otherwise."""
    return Item(
        DISPUTE,
        _about(records, dispute.about),
        dispute.verdict,
        f"“{dispute.value}”",
        dispute.reason,
        _cited(records, dispute.sources),
    )


def _about(records: Records, about: str) -> str:
    """Whom a dispute or a question is about: a few states, or the organisation."""
    codes = records.states_of(about)
    known = [records.states[code].name for code in codes if code in records.states]
    return phrases.listed(known) if 0 < len(known) < 4 else records.organisation.name


def _cited(records: Records, ids: Iterable[str]) -> tuple[Source, ...]:
    """The sources of these ids."""
    return tuple(records.sources[id] for id in ids)
