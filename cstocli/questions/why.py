"""The question behind an answer: why was a state counted, or not?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cstocli.core.days import Days, When, clip
from cstocli.core.model import Basis, Dispute, Named, OpenQuestion, Remark, Spell
from cstocli.core.records import Records
from cstocli.questions import phrases
from cstocli.questions.answer import Answer, answered, covered
from cstocli.questions.check import check


class WhyRow(NamedTuple):
    """A step of the explanation."""

    section: str
    """`answer`, `rule`, `spell`, `act`, `remark`, `dispute`, `open question` or `source`."""
    id: str
    date: str | None
    text: str
    address: str | None

    def __str__(self) -> str:
        date = f" {self.date}:" if self.date and self.section != "answer" else ""
        address = f" {self.address}" if self.address else ""
        return f"{self.section.capitalize()}:{date} {self.text}{address}"


class Behind(NamedTuple):
    """What an answer rests on, and what else bears on its days."""

    spells: Sequence[Spell]
    """Those of the days, or else those on either side."""
    acts: tuple[str, ...]
    """Their ids."""
    remarks: Sequence[Remark]
    disputes: Sequence[Dispute]
    questions: Sequence[OpenQuestion]


def why(records: Records, state: Named, when: When, basis: Basis, today: When) -> Answer[WhyRow]:
    """The answer about a state, and all that it rests on, in reading order.

    Raises Refused for days that have not come yet.
    """
    answer = check(records, state, when, basis, today)
    days, _ = covered(records, when, today)
    rests_on = behind(records, state, days, records.disputes.values(), records.open_questions)
    rule = _rule(records, basis, days, rests_on.spells)
    return answered(
        records,
        "why",
        WhyRow,
        [
            WhyRow("answer", state.code, answer.rows[0].asked, str(answer.rows[0]), None),
            WhyRow("rule", basis.basis, None, rule, None),
            *steps(records, state, rests_on),
        ],
        answer.notes[: len(answer.notes) - len(answer.asides)],
        asides=answer.asides,
        title=f"Why {state.name}, {phrases.period(days)}?",
        query=answer.query,
        days=days,
        layout="sections",
        dated=True,
    )


def steps(
    records: Records, state: Named, rests_on: Behind, cited: Iterable[tuple[str, ...]] = ()
) -> Iterator[WhyRow]:
    """What an answer rests on, step by step, and the sources of that and of what else cites."""
    yield from map(_spell_row, rests_on.spells)
    yield from (_act_row(records, act) for act in rests_on.acts)
    for remark in rests_on.remarks:
        text = f"{state.name} {remark.text}"
        yield WhyRow("remark", remark.id, str(remark.first_day), text, None)
    yield from (_dispute_row(records, dispute) for dispute in rests_on.disputes)
    yield from map(_question_row, rests_on.questions)
    sources = [records.acts[act].sources for act in rests_on.acts]
    sources += [remark.sources for remark in rests_on.remarks]
    sources += [dispute.sources for dispute in rests_on.disputes]
    yield from _source_rows(records, [*sources, *cited])


def behind(
    records: Records,
    state: Named,
    days: Days,
    disputes: Iterable[Dispute],
    questions: Iterable[OpenQuestion],
) -> Behind:
    """What an answer about a state rests on, of these disputes and open questions."""
    spells = _spells(records, state, days)
    acts = dict.fromkeys(act for s in spells for act in (s.opened_by, s.closed_by) if act)
    subjects = {state.code, *acts, *(spell.id for spell in spells)}
    return Behind(
        spells,
        tuple(acts),
        records.remarks_on(state.code, days),
        [one for one in disputes if _touches(records, one, state, subjects, days)],
        [one for one in questions if one.about in subjects],
    )


def _spells(records: Records, state: Named, days: Days) -> Sequence[Spell]:
    """The spells that an answer rests on: those of its days, or else those on either side."""
    during = records.spells_during(state.code, days)
    if during:
        return during
    spells = records.spells_of(state.code)
    before = [spell for spell in spells if spell.first_day < days[0]]
    after = [spell for spell in spells if spell.first_day > days[1]]
    return before[-1:] + after[:1]


def _rule(records: Records, basis: Basis, days: Days, spells: Sequence[Spell]) -> str:
    """The rule applied, and whether the day asked about is a boundary."""
    statuses = phrases.listed(s for s in records.statuses if s in basis.counts)
    asked = "The day asked about" if days[0] == days[1] else "Every day of the period"
    parts = [
        f"Basis {basis.basis} counts {statuses}: {basis.text}",
        f"{asked} must lie in such a spell; the first and the last day of a spell are in it",
    ]
    if days[0] == days[1]:
        parts += [
            f"{days[0]} is the {end} day of a spell ({spell.status})"
            for spell in spells
            for end, day in (("first", spell.first_known), ("last", spell.last_known))
            if day == days[0]
        ]
    return ". ".join(parts) + "."


def _spell_row(spell: Spell) -> WhyRow:
    """A spell as a step."""
    ended = f", ended: {spell.ended.replace('-', ' ')}" if spell.ended else ""
    certainty = f" (certainty: {spell.certainty})" if spell.certainty else ""
    text = f"{spell.status} {phrases.span(spell.first_known, spell.last_known)}{ended}{certainty}"
    return WhyRow("spell", spell.id, str(spell.first_known), text, None)


def _act_row(records: Records, id: str) -> WhyRow:
    """An act as a step."""
    act = records.acts[id]
    place = f", {act.place}" if act.place else ""
    effective = f", effective {act.effective}" if act.effective else ""
    by = phrases.publishers(records, act.sources)
    text = f"{act.title} ({act.kind}{place}{effective}; according to {by})"
    return WhyRow("act", id, act.date, text, None)


def _touches(
    records: Records, dispute: Dispute, state: Named, subjects: set[str], days: Days
) -> bool:
    """Whether a dispute touches an answer: by its days, or by what it is about."""
    if state.code not in records.states_of(dispute.about):
        return False
    if dispute.first_day and records.spell_on(state.code, days[1]):
        return clip(dispute.first_day, dispute.last_day, days) is not None
    return dispute.about in subjects


def _dispute_row(records: Records, dispute: Dispute) -> WhyRow:
    """A dispute as a step."""
    day = str(dispute.first_day) if dispute.first_day else None
    return WhyRow("dispute", dispute.id, day, phrases.dispute_note(records, dispute), None)


def _question_row(question: OpenQuestion) -> WhyRow:
    """An open question as a step."""
    text = f"{question.question} {question.found}"
    return WhyRow("open question", question.id, str(question.as_of), text, None)


def _source_rows(records: Records, cited: Iterable[tuple[str, ...]]) -> list[WhyRow]:
    """Each source once, in the order in which it is first cited."""
    ids = dict.fromkeys(id for sources in cited for id in sources)
    return [
        WhyRow("source", id, source.date, f"{source.publisher}, {source.title}", source.address)
        for id, source in ((id, records.sources[id]) for id in ids)
    ]
