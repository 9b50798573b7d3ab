"""What a page shows on any day: found here, so that its script looks up and judges nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from cstocli.core.days import Days, When
from cstocli.core.finding import find
from cstocli.core.model import Basis, Dispute, OpenQuestion, Source, Status
from cstocli.core.offices import Offices
from cstocli.core.records import Records
from cstocli.questions.answer import always, covered
from cstocli.questions.drawing import drawing, subject
from cstocli.questions.items import SORTS, Item, Key, beside, held, items
from cstocli.questions.notes import pending
from cstocli.questions.story import Story, story
from cstocli.questions.tenure import tenure

Thing = TypeVar("Thing", Dispute, OpenQuestion)


class Page(NamedTuple):
    """All that a page shows."""

    title: str
    days: Days
    """Those that its timeline has; a day before them can be asked about, a later one not."""
    day: dt.date
    """The one that is shown first."""
    checked: dt.date | None
    """The last day that the dataset was checked through."""
    bases: tuple[Basis, ...]
    basis: int
    """The place of the one that is shown first."""
    pending: tuple[tuple[tuple[dt.date, str], ...], ...]
    """Of each basis, from which day on which instrument is signed and not yet in force."""
    statuses: tuple[tuple[Status, int], ...]
    """Those that are drawn, each with its place in the palette."""
    states: tuple[Story, ...]
    offices: tuple[Story, ...]
    offices_checked: dt.date | None
    items: tuple[Item, ...]
    """What the stories tell, and what belongs to none of them, sort by sort."""
    sources: tuple[Source, ...]
    footer: str


def page(
    records: Records,
    offices: Offices | None,
    others: Sequence[Records],
    basis: Basis,
    today: When,
    title: str | None = None,
) -> Page:
    """All that a page shows of a dataset, up to today, of the offices if they are its own, and of
    what its states are in other organisations.

    Raises Refused where none of the days of the dataset has come.
    """
    days, _ = covered(records, always(records, today), today)
    if offices and offices.records.organisation.id != records.organisation.id:
        offices = None
    bases = tuple(records.bases.values())
    drawings = [
        drawing(records, [find(records, state, one, days) for state in records.states.values()])
        for one in bases
    ]
    first = drawings[0]
    disputes = _about(records, records.disputes.values())
    questions = _about(records, records.open_questions)
    told, (of_states, of_offices) = _placed(
        {**items(records), **beside(records, others)},
        held(records, offices) if offices else {},
    )
    through = f", verified through {records.verified_through}" if records.verified_through else ""
    licence = f", {records.licence}" if records.licence else ""
    return Page(
        title or f"{subject(records)}, day by day",
        days,
        max(today.first_day, days[0]),
        records.verified_through,
        bases,
        bases.index(basis),
        tuple(_pending(records, one) for one in bases),
        tuple(
            (records.statuses[status], place)
            for status, place in zip(first.statuses, first.glyphs, strict=True)
        ),
        tuple(
            story(
                records,
                state,
                tuple(drawn.lanes[index] for drawn in drawings),
                days,
                today,
                disputes.get(state.code, ()),
                questions.get(state.code, ()),
                others,
                of_states,
            )
            for index, state in enumerate(records.states.values())
        ),
        tuple(
            tenure(records, offices, office, days, of_offices)
            for office in offices.offices.values()
        )
        if offices
        else (),
        offices.records.verified_through if offices else None,
        told,
        tuple(records.sources.values()),
        f"Dataset {records.release}{through}{licence}. Made by csto on {today.first_day}.",
    )


def _placed(*found: dict[Key, Item]) -> tuple[tuple[Item, ...], list[dict[Key, int]]]:
    """The items of several datasets, sort by sort, and where those of each stand."""
    order = [(home, key) for home, keys in enumerate(found) for key in keys]
    order.sort(key=lambda one: SORTS.index(one[1][0]))
    places: list[dict[Key, int]] = [{} for _ in found]
    for place, (home, key) in enumerate(order):
        places[home][key] = place
    return tuple(found[home][key] for home, key in order), places


def _about(records: Records, things: Iterable[Thing]) -> dict[str, list[Thing]]:
    """The disputes, or the open questions, of each state; none about the act of a date alone."""
    found: dict[str, list[Thing]] = {}
    for one in things:
        if one.about not in records.acts or isinstance(one, OpenQuestion) or one.first_day:
            for code in records.states_of(one.about):
                found.setdefault(code, []).append(one)
    return found


def _pending(records: Records, basis: Basis) -> tuple[tuple[dt.date, str], ...]:
    """From which day on which instrument is signed and not yet in force, the last day of each
    told by an empty text.
    """
    acts = [act for one in records.bases.values() for act in (one.signed, one.in_force) if act]
    begun = sorted({dt.date.min, *map(records.effective_day, acts)})
    return tuple((day, pending(records, basis, (day, day)) or "") for day in begun)
