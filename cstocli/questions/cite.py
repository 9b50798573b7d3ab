"""How is an answer cited, or the dataset itself?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cstocli.core.days import Days, Known, When
from cstocli.core.finding import NO, PARTLY, UNKNOWN, Finding, find
from cstocli.core.model import Basis, Former, Named, Remark, Source
from cstocli.core.records import Records
from cstocli.questions import notes, phrases
from cstocli.questions.answer import Answer, answered, covered, rule_for

MOST = 3
"""How many sources are cited for an answer at most, beside the dataset."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


class CiteRow(NamedTuple):
    """A source of an answer; the last one is the dataset."""

    sentence: str | None
    """The answer in a sentence; None where the dataset alone is cited."""
    source: str
    """The id of the source."""
    publisher: str
    title: str
    date: str | None
    address: str | None

    def __str__(self) -> str:
        parts = (self.publisher, self.title, self.date, self.address)
        return f"{', '.join(filter(None, parts))}."


def cite(
    records: Records, state: Named | None, when: When, basis: Basis, today: When
) -> Answer[CiteRow]:
    """An answer about a state as a sentence, with its best sources; or the dataset.

    Raises Refused for days that have not come yet.
    """
    days, coverage = covered(records, when, today)
    sentence, best = None, []
    if state:
        found = find(records, state, basis, days)
        remarks = records.remarks_on(state.code, days)
        sentence = _sentence(records, found, remarks, today)
        best = _cited(records, found, remarks)
    rows = [CiteRow(sentence, s.id, s.publisher, s.title, s.date, s.address) for s in best]
    return answered(
        records,
        "cite",
        CiteRow,
        [*rows, _dataset(records, sentence)],
        coverage,
        title=sentence or "",
        query={
            "state": state.code if state else None,
            "basis": basis.basis,
            "first_day": days[0],
            "last_day": days[1],
            "rule": rule_for(days, throughout=True),
        },
        days=days if state else None,
        dated=True,
    )


def _sentence(records: Records, found: Finding, remarks: Iterable[Remark], today: When) -> str:
    """The answer, never more certain than it is, with what is remarked of the state."""
    state, doubts = found.name, notes.reasons_for_doubt(records, found)
    when = _when(found.days)
    if records.verified_through and not records.verified(found.days):
        checked = _day(records.verified_through)
        when = f"As last checked on {checked}, {when[0].lower()}{when[1:]}"
    present = found.days[1] >= today.first_day
    spell = records.spell_on(found.code, found.days[1])
    basis = f"basis {found.basis.basis}: {found.basis.text}"
    whose = f"{records.organisation.name}; {basis}"
    if found.answer == UNKNOWN:
        said = f"{when} it is not known whether {state} was counted ({whose}): {doubts.pop(0)}"
    elif found.answer == NO:
        said = f"{when} {_not_counted(records, found, present=present)} ({basis})"
    elif found.answer == PARTLY or not spell or len(notes.statuses_during(records, found)) > 1:
        parts = phrases.listed(notes.statuses_during(records, found))
        said = f"{when} {state} was counted ({whose}) as {parts}"
    else:
        said = f"{when} {state} {phrases.held(records, spell, present=present)} ({basis})"
    if doubts:
        said += f"; this is {_doubtful(disputed=found.disputed)}: {'; '.join(doubts)}"
    if found.other_doubts:
        disputed = any(doubt.dispute for doubt in found.other_doubts)
        others = (phrases.doubted(records, found.code, doubt) for doubt in found.other_doubts)
        said += f"; its status is {_doubtful(disputed=disputed)}: {'; '.join(others)}"
    return "; ".join([said, *(f"it {remark.text}" for remark in remarks)]) + "."


def _doubtful(*, disputed: bool) -> str:
    """What is said of what is not certain."""
    return "disputed" if disputed else "not certain"


def _not_counted(records: Records, found: Finding, *, present: bool) -> str:
    """What a state was that was not counted, in plain words."""
    last_day, whole = found.days[1], phrases.whole_name(records)
    outside = f"{found.name} {'does' if present else 'did'} not belong to {whole}"
    if found.spell:
        held = phrases.held(records, found.spell, present=present)
        return f"{found.name} {held}, and is not counted as belonging to {whole}"
    if isinstance(found.state, Former) and found.state.last_day:
        return f"{outside}: it was a state to {_day(found.state.last_day)}"
    spells = records.spells_of(found.code)
    ended = [spell for spell in spells if spell.first_day <= last_day][-1:]
    begun = [spell for spell in spells if spell.first_day > last_day][:1]
    parts = [f"it had been {s.status} to {_known(s.last_known)}" for s in ended]
    parts += [f"it became {s.status} on {_known(s.first_known)}" for s in begun]
    return f"{outside}: {' and '.join(parts)}" if parts else f"{outside}, and never has"


def _known(day: Known | None) -> str:
    """A day as English prose has it, as far as it is known."""
    return _day(day) if isinstance(day, dt.date) else f"a day of {day}"


def _when(days: Days) -> str:
    """The days asked about, as a sentence begins with them."""
    if days[0] == days[1]:
        return f"On {_day(days[0])}"
    return f"From {_day(days[0])} to {_day(days[1])}"


def _day(day: dt.date) -> str:
    """A day as English prose has it."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _sources(records: Records, found: Finding) -> Iterator[Source]:
    """The sources of the acts that open and close the spells which the answer rests on; after the
    last one, of the act that closed it.
    """
    spells = records.spells_during(found.code, found.days)
    before = [s for s in records.spells_of(found.code) if s.first_day <= found.days[1]]
    acts = [act for spell in spells for act in (spell.opened_by, spell.closed_by)]
    acts += [] if spells else [spell.closed_by for spell in before[-1:]]
    for act in filter(None, acts):
        yield from (records.sources[id] for id in records.acts[act].sources)


def _cited(records: Records, found: Finding, remarks: Iterable[Remark]) -> list[Source]:
    """The best sources of the answer; one of them is for what is remarked, if anything is."""
    best = _best(_sources(records, found))
    said = {source.publisher for source in best[: MOST - 1]}
    others = _best(records.sources[id] for remark in remarks for id in remark.sources)
    more = [source for source in others if source.publisher not in said][:1]
    return [*best[: MOST - len(more)], *more]


def _best(sources: Iterable[Source]) -> list[Source]:
    """The best few: primary ones first, then those with an address, then the oldest, and one a
    publisher.
    """
    ordered = sorted(
        dict.fromkeys(sources),
        key=lambda s: (s.level != "primary", not s.address, s.date or "9999"),
    )
    by_publisher: dict[str, Source] = {}
    for source in ordered:
        by_publisher.setdefault(source.publisher, source)
    return list(by_publisher.values())[:MOST]


def _dataset(records: Records, sentence: str | None) -> CiteRow:
    """The dataset as a source; one without a licence is a table of somebody's own."""
    through, release = records.verified_through, records.release
    checked = f", verified through {through}" if through else ""
    date = str(through)[:4] if through else None
    if not records.licence:
        said = f"Membership in {records.organisation.name}{checked}"
        return CiteRow(sentence, release, release, said, date, None)
    said = f"{phrases.dataset_title(records)}, release {release}{checked}"
    return CiteRow(sentence, f"csto-{release}", "The csto authors", said, date, None)
