"""The sentences of an answer, each derived from what the dataset says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cstocli.model import (
    DAY,
    FORMER,
    NEVER,
    NOT_YET,
    Basis,
    Days,
    Dispute,
    Doubt,
    Records,
    Run,
    Source,
    Spell,
    clip,
)


def listed(words: Iterable[str]) -> str:
    """Words as a sentence lists them: `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def period(days: Days) -> str:
    """A day, or a period as its first and last day: `2006-01-01/2006-12-31`."""
    return f"{days[0]}/{days[1]}" if days[0] != days[1] else str(days[0])


def span(first_day: dt.date, last_day: dt.date | None) -> str:
    """A stretch of days in words."""
    if last_day == first_day:
        return f"on {first_day}"
    return f"from {first_day} to {last_day}" if last_day else f"since {first_day}"


def rule(basis: Basis, how: str) -> str:
    """The rule by which states are counted, as a title states it."""
    return f"Basis {basis.basis}: {basis.text}. {how}"


def held(records: Records, spell: Spell, *, present: bool) -> str:
    """What a state is or was in a spell: `had acceded to the Treaty, which was not …`."""
    status = records.statuses[spell.status]
    opened = records.kinds[records.acts[spell.opened_by].kind].did or "joined"
    return (status.present if present else status.past).replace("{opened}", opened)


def not_counted(records: Records, code: str, name: str, day: dt.date, *, present: bool) -> str:
    """Why a state is not counted on a day; each kind of no begins with a word of its own."""
    status = records.status_on(code, day)
    spell = records.spell_on(code, day)
    if spell:
        stretch = span(spell.first_day, spell.last_day)
        return f"{status}: {name} {held(records, spell, present=present)} ({stretch})"
    if status == NEVER:
        return f"never: {name} is none of the {len(records.states)} states of this dataset"
    before = [spell for spell in records.spells_of(code) if spell.first_day <= day]
    after = [spell for spell in records.spells_of(code) if spell.first_day > day]
    if status == NOT_YET:
        return f"not yet: the first spell of {name} is {_beginning(records, after[0])}"
    if status == FORMER:
        return f"no longer: the last spell of {name} was {_end(before[-1])}"
    return (
        f"outside: {name} was between two spells, {_end(before[-1])} "
        f"and {_beginning(records, after[0])}"
    )


def _beginning(records: Records, spell: Spell) -> str:
    """How a spell began: `signatory from 1993-12-09 (accession)`."""
    return f"{spell.status} from {spell.first_day} ({records.acts[spell.opened_by].kind})"


def _end(spell: Spell) -> str:
    """How a spell ended: `party to 1999-04-20 (not prolonged)`."""
    return f"{spell.status} to {spell.last_day} ({(spell.ended or '').replace('-', ' ')})"


def publishers(records: Records, sources: Iterable[str]) -> str:
    """Who says so; the first three of them where there are many."""
    names = list(dict.fromkeys(records.sources[id].publisher for id in sources))
    rest = [f"{len(names) - 3} more"] if len(names) > 4 else names[3:]
    return listed([*names[:3], *rest])


def doubted(records: Records, doubt: Doubt, run: Run | None) -> str:
    """What else can be defended on doubtful days, and who says so.

    `run` is the run of counted days that the doubt is about, where there is one.
    """
    if doubt.status is None and run and doubt.first_day <= run.first_day and doubt.last_day:
        what = f"not before {doubt.last_day + DAY}"
    elif doubt.status is None and run and doubt.last_day == run.last_day:
        what = f"not after {doubt.first_day - DAY}"
    else:
        what = f"{doubt.status or 'not'} {span(doubt.first_day, doubt.last_day)}"
    if not doubt.dispute:
        return what
    value = doubt.dispute.value
    quote = "" if value in what else f' ("{value}")'
    return f"{what} according to {publishers(records, doubt.dispute.sources)}{quote}"


def doubts(records: Records, code: str, basis: Basis, days: Days) -> list[str]:
    """Each doubt that would change the answer about a state on some of the days."""
    runs = records.runs(code, basis.counts)
    return [
        doubted(
            records,
            doubt,
            next((run for run in runs if _meet(run, doubt)), None),
        )
        for doubt in records.doubts(code, basis.counts, days)
    ]


def _meet(run: Run, doubt: Doubt) -> bool:
    """Whether a run and a doubt share a day."""
    last = doubt.last_day or max(doubt.first_day, run.last_day or run.first_day)
    return clip(run.first_day, run.last_day, (doubt.first_day, last)) is not None


def disputed_notes(
    records: Records, names: Iterable[tuple[str, str]], basis: Basis, days: Days
) -> list[str]:
    """A note for each doubt about the states of an answer."""
    return [
        f"{name} is disputed: {doubt}."
        for code, name in names
        for doubt in doubts(records, code, basis, days)
    ]


def remark_notes(records: Records, names: Iterable[tuple[str, str]], days: Days) -> list[str]:
    """A note for each remark in force about the states of an answer."""
    return [
        f"{name}: {remark.text}."
        for code, name in names
        for remark in records.remarks_on(code, days)
    ]


def instrument_notes(records: Records, basis: Basis, days: Days) -> list[str]:
    """When instruments were signed and came into force, where an answer depends on it.

    An answer under a basis that rests on an instrument depends on it from the year of the
    signature to the year of entry into force; an answer under a wider basis, as long as
    the instrument was signed and not in force.
    """
    notes = []
    for other in records.bases.values():
        if not (other.signed and other.in_force) or not other.counts <= basis.counts:
            continue
        signed, in_force = map(records.effective_day, (other.signed, other.in_force))
        if other is basis:
            years = dt.date(signed.year, 1, 1), dt.date(in_force.year, 12, 31)
        else:
            years = signed, in_force - DAY
        if not clip(*years, days):
            continue
        note = f"The {other.instrument} was signed on {signed} and came into force on {in_force}"
        if other is not basis:
            note += f": {_counted_under(records, other, days)}"
        notes.append(note + ".")
    return notes


def pending(records: Records, basis: Basis, days: Days) -> str | None:
    """The instrument signed and not yet in force on all of the days, for a title."""
    for other in records.bases.values():
        if other is not basis and other.signed and other.in_force and other.counts <= basis.counts:
            signed, in_force = map(records.effective_day, (other.signed, other.in_force))
            if signed <= days[0] and days[1] < in_force:
                return f"{other.instrument} signed, not yet in force"
    return None


def _counted_under(records: Records, basis: Basis, days: Days) -> str:
    """How many states another basis would count, in words."""
    counted = sum(bool(records.counted(code, basis.counts, days)) for code in records.states)
    states = "nobody is" if not counted else "1 state is" if counted == 1 else f"{counted} are"
    return f"under {basis.basis} {states} counted {_on(days)}"


def _on(days: Days) -> str:
    """The days, with their preposition."""
    return f"{'on' if days[0] == days[1] else 'in'} {period(days)}"


def left_out_notes(records: Records, basis: Basis, days: Days) -> list[str]:
    """Who had a status on the last of the days that the basis does not count."""
    names: dict[str, list[str]] = {}
    for code, state in records.states.items():
        spell = records.spell_on(code, days[1])
        if spell and spell.status not in basis.counts:
            names.setdefault(spell.status, []).append(state.name)
    return [
        f"{listed(who)}: {status} on {days[1]}, not counted" + _elsewhere(records, status) + "."
        for status, who in names.items()
    ]


def _elsewhere(records: Records, status: str) -> str:
    """Under which bases a status is counted, if under any."""
    names = [basis.basis for basis in records.bases.values() if status in basis.counts]
    return f" (counted under {listed(names)})" if names else ""


def dispute_note(records: Records, dispute: Dispute) -> str:
    """A dispute in a sentence: its value, who gives it, the verdict and the reason."""
    return (
        f"{dispute.verdict.capitalize()}: {dispute.value} "
        f"({publishers(records, dispute.sources)}). {dispute.reason}"
    )


def source(source: Source) -> str:
    """A source as it is cited: publisher, title, date, address."""
    return ", ".join(filter(None, (source.publisher, source.title, source.date, source.address)))


def use(records: Records, id: str) -> str:
    """What a source is cited for: an act, a dispute or a remark, in words."""
    if id in records.acts:
        return f"{id}: {records.acts[id].title}."
    if id in records.disputes:
        return f"{id}: {dispute_note(records, records.disputes[id])}"
    return next(f"{id}: {remark.text}." for remark in records.remarks if remark.id == id)


def coverage_notes(records: Records, days: Days) -> list[str]:
    """What the dataset cannot know about the days asked about, or knows without a record."""
    notes = []
    if days[1] < records.first_day:
        notes.append(f"Nobody had joined before {records.first_day}, the first day of the dataset.")
    through = records.verified_through
    if through and days[1] > through:
        notes.append(f"Checked up to {through}; later days are answered as of then.")
    return notes
