"""A state's story day by day: what is answered on which days, and what bears on these."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cstocli.core.days import DAY, Days, When
from cstocli.core.finding import NO, find
from cstocli.core.model import Basis, Dispute, OpenQuestion, Spell, State
from cstocli.core.records import Records
from cstocli.core.standing import first_day_of
from cstocli.questions import phrases
from cstocli.questions.check import row
from cstocli.questions.drawing import Lane
from cstocli.questions.items import ACT, DISPUTE, QUESTION, REMARK, SPELL, Key, beside_key
from cstocli.questions.notes import status_notes
from cstocli.questions.why import behind


class Shown(NamedTuple):
    """What is answered under a basis on each day of a stretch."""

    answer: str
    tags: tuple[str, ...]
    """`disputed`, `not certain`, `not counted`, `remark`."""
    text: str
    """The answer as a sentence without its day."""
    notes: tuple[str, ...]


class Stretch(NamedTuple):
    """Days on which nothing changes; they last until the next stretch begins."""

    first_day: dt.date
    word: str
    """The status."""
    detail: str
    """Its days; of days without a spell, where they lie."""
    shown: tuple[Shown, ...]
    """The answer under each basis."""
    now: tuple[int, ...]
    """The places of the items that bear on these days, among all of the page."""


class Story(NamedTuple):
    """All that can be shown of a state, or of an office, on any day."""

    code: str
    name: str
    stretches: tuple[Stretch, ...]
    """In order; the first begins with the calendar."""
    items: tuple[int, ...]
    """The places of the items that are about it."""
    lanes: tuple[Lane, ...]
    """What is drawn of it under each basis."""

    def on(self, day: dt.date) -> Stretch:
        """The stretch that a day lies in."""
        return self.stretches[bisect_right(self.stretches, day, key=first_day_of) - 1]


def story(
    records: Records,
    state: State,
    lanes: tuple[Lane, ...],
    days: Days,
    today: When,
    disputes: Sequence[Dispute],
    questions: Sequence[OpenQuestion],
    others: Sequence[Records],
    places: Mapping[Key, int],
) -> Story:
    """The story of a state up to the last of the days; the disputes and questions are its own, the
    others are organisations to which it may belong besides.
    """
    spells = records.spells_of(state.code)
    own = {
        *((SPELL, spell.id) for spell in spells),
        *((ACT, id) for spell in spells for id in (spell.opened_by, spell.closed_by) if id),
        *((REMARK, remark.id) for remark in records.remarks_of(state.code)),
        *((DISPUTE, dispute.id) for dispute in disputes),
        *((QUESTION, question.id) for question in questions),
        *(key for other in others if (key := beside_key(other, state)) in places),
    }
    checked = records.verified_through
    unread = (checked + DAY,) if checked and checked < days[1] else ()
    stretches = []
    for first_day, last_day in parts(
        cuts(records, state.code, disputes, today.first_day, *unread), days[1]
    ):
        day = last_day, last_day
        around = behind(records, state, day, disputes, questions)
        spell = records.spell_on(state.code, last_day)
        now = {
            *((SPELL, one.id) for one in (spell,) if one),
            *((ACT, id) for id in around.acts),
            *((REMARK, remark.id) for remark in around.remarks),
            *((DISPUTE, dispute.id) for dispute in around.disputes),
            *((QUESTION, question.id) for question in around.questions),
        }
        stretches.append(
            Stretch(
                first_day,
                records.status_on(state.code, last_day).replace("-", " "),
                phrases.span(spell.first_known, spell.last_known)
                if spell
                else _beside(spells, last_day),
                tuple(
                    _shown(records, state, basis, day, today, spell)
                    for basis in records.bases.values()
                ),
                tuple(sorted(places[key] for key in now)),
            )
        )
    return Story(
        state.code,
        state.name,
        tuple(merged(stretches)),
        tuple(sorted(places[key] for key in own)),
        lanes,
    )


def cuts(
    records: Records, code: str, disputes: Iterable[Dispute], *others: dt.date
) -> list[dt.date]:
    """The days on which anything about a state changes, in order, the first of all among them."""
    ends: list[tuple[dt.date, dt.date | None]] = []
    ends += [(spell.first_day, spell.last_day) for spell in records.spells_of(code)]
    ends += [(doubt.first_day, doubt.last_day) for doubt in records.doubts_of(code)]
    ends += [(remark.first_day, remark.last_day) for remark in records.remarks_of(code)]
    ends += [(one.first_day, one.last_day) for one in disputes if one.first_day]
    begun = {first for first, _ in ends}
    begun |= {last + DAY for _, last in ends if last and last < dt.date.max}
    return sorted(begun.union(others, [dt.date.min]))


def parts(begun: Sequence[dt.date], last_day: dt.date) -> Iterator[Days]:
    """The stretches that days of change make, up to a last day."""
    within = [first for first in begun if first <= last_day]
    ends = [first - DAY for first in within[1:]]
    return zip(within, [*ends, last_day], strict=True)


def merged(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches but for those that say what the one before says."""
    said: object = None
    for stretch in stretches:
        if stretch[1:] != said:
            yield stretch
        said = stretch[1:]


def _shown(
    records: Records, state: State, basis: Basis, day: Days, today: When, spell: Spell | None
) -> Shown:
    """What is answered under a basis on a day."""
    found = find(records, state, basis, day)
    tags = {
        "disputed": found.disputed,
        "not certain": found.imprecise,
        "not counted": spell is not None and found.answer == NO,
        "remark": bool(records.remarks_on(state.code, day)),
    }
    return Shown(
        found.answer,
        tuple(tag for tag, given in tags.items() if given),
        row(records, found, today).said,
        tuple(status_notes(records, [found])),
    )


def _beside(spells: Sequence[Spell], day: dt.date) -> str:
    """Where a day without a spell lies: `after 1999-04-20, before 2006-06-23`."""
    begun = bisect_right(spells, day, key=first_day_of)
    sides = [f"after {spell.last_known}" for spell in spells[:begun][-1:]]
    sides += [f"before {spell.first_known}" for spell in spells[begun : begun + 1]]
    return ", ".join(sides)
