"""The sentences of an answer, each derived from what the dataset says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cstocli.bounds import DAY, Bound, Days, clip
from cstocli.model import (
    FORMER,
    NEVER,
    NOT_YET,
    Basis,
    Dispute,
    Doubt,
    Records,
    Source,
    Spell,
    clipped,
)

IMPRECISE = (
    "A bound known only to the month or the year decides no day inside it; a period is judged by "
    "the days that are certain."
)
"""The rule for bounds that are not known to the day."""


def listed(words: Iterable[str], separator: str = ", ") -> str:
    """Words as a sentence lists them: `a, b and c`."""
    *most, last = words
    return f"{separator.join(most)} and {last}" if most else last


def period(days: Days) -> str:
    """A day, or a period as its first and last day: `2006-01-01/2006-12-31`."""
    return f"{days[0]}/{days[1]}" if days[0] != days[1] else str(days[0])


def span(first_day: dt.date, last_day: dt.date | None) -> str:
    """A stretch of days in words."""
    if str(last_day) == str(first_day):
        return f"{'on' if len(str(first_day)) == len('YYYY-MM-DD') else 'in'} {first_day}"
    return f"from {first_day} to {last_day}" if last_day else f"since {first_day}"


def rule(basis: Basis, how: str) -> str:
    """The rule by which states are counted, as a title states it."""
    return f"Basis {basis.basis}: {basis.text}. {how}"


def held(records: Records, spell: Spell, *, present: bool) -> str:
    """What a state is or was in a spell: `had acceded to the Treaty, which was not …`."""
    status = records.statuses[spell.status]
    kind = records.kinds.get(records.began(spell))
    opened = (kind and kind.did) or "joined"
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
        return f"not yet: {name}, {_beginning(records, after[0])}"
    if status == FORMER:
        return f"no longer: {name}, {_end(before[-1])}"
    return f"outside: {name}, {_end(before[-1])}, {_beginning(records, after[0])}"


def _beginning(records: Records, spell: Spell) -> str:
    """How a spell began: `signatory from 1993-12-09 (accession)`."""
    return f"{spell.status} from {spell.first_day} ({records.began(spell)})"


def _end(spell: Spell) -> str:
    """How a spell ended: `party to 1999-04-20 (not prolonged)`."""
    return f"{spell.status} to {spell.last_day} ({(spell.ended or '').replace('-', ' ')})"


def never_notes(records: Records, names: Iterable[tuple[str, str]]) -> list[str]:
    """A note for each state that has no spell at all."""
    return [
        f"{name} is none of the {len(records.states)} states of this dataset."
        for code, name in names
        if not records.spells_of(code)
    ]


def publishers(records: Records, sources: Iterable[str], most: int = 3) -> str:
    """Who says so; where there are many, the first of them and how many more."""
    names = list(dict.fromkeys(records.sources[id].publisher for id in sources))
    if len(names) > most + 1:
        names[most:] = [f"{len(names) - most} more"]
    return listed(names, "; " if any(", " in name for name in names) else ", ")


def doubted(records: Records, code: str, doubt: Doubt) -> str:
    """What else can be defended on doubtful days, and who says so.

    The ends of a doubt that are only those of the spell it is about go unsaid.
    """
    spell = records.spell_on(code, doubt.first_day)
    if not doubt.dispute:
        return known_only(spell, doubt)
    from_start = spell is not None and doubt.first_day == spell.first_day
    to_end = spell is not None and doubt.last_day == spell.last_day
    what = _instead(doubt, from_start, to_end)
    value = doubt.dispute.value
    if doubt.status is None and from_start and to_end:
        what = f'"{value}"'
    quote = "" if value in what else f' ("{value}")'
    return f"{what} according to {publishers(records, doubt.dispute.sources)}{quote}"


def known_only(spell: Spell | None, doubt: Doubt) -> str:
    """Which bound of a spell is not known to the day, and how far it is known."""
    if spell and isinstance(spell.first_day, Bound) and doubt.first_day == spell.first_day:
        return f"its first day as {spell.status} is known only as {spell.first_day}"
    return f"its last day as {spell and spell.status} is known only as {spell and spell.last_day}"


def _instead(doubt: Doubt, from_start: bool, to_end: bool) -> str:
    """What a state was on doubtful days, if not what the ruling says."""
    only = f"{doubt.status} only" if doubt.status else "not"
    if from_start and to_end:
        return only
    if from_start and doubt.last_day:
        return f"{only} before {doubt.last_day + DAY}"
    if to_end:
        return f"{doubt.status or 'no'} {'already' if doubt.status else 'longer'} from " + str(
            doubt.first_day
        )
    if doubt.last_day and doubt.status:
        return f"{only} until {doubt.last_day}"
    if doubt.last_day:
        return f"not {span(doubt.first_day, doubt.last_day)}"
    return f"{only} since {doubt.first_day}"


def doubts(records: Records, code: str, basis: Basis, days: Days) -> list[str]:
    """Each doubt that would change the answer about a state on some of the days."""
    found = records.doubts(code, basis.counts, days)
    return list(dict.fromkeys(doubted(records, code, doubt) for doubt in found))


def disputed_notes(
    records: Records, names: Iterable[tuple[str, str]], basis: Basis, days: Days
) -> list[str]:
    """A note for each doubt about the states of an answer."""
    notes = []
    unsettled = False
    for code, name in names:
        for doubt in records.doubts(code, basis.counts, days):
            how = "disputed" if doubt.dispute else "not certain"
            notes.append(f"{name} is {how}: {doubted(records, code, doubt)}.")
            unsettled |= not doubt.dispute
    return [*notes, IMPRECISE] if unsettled else notes


def status_notes(
    records: Records, names: Iterable[tuple[str, str]], basis: Basis, days: Days
) -> list[str]:
    """A note for each doubt about a status on some of the days that changes no answer."""
    return [
        f"{name}'s status is {'disputed' if doubt.dispute else 'not certain'}, not the answer: "
        f"{doubted(records, code, doubt)}."
        for code, name in names
        for doubt in records.doubts_of(code)
        if clip(doubt.first_day, doubt.last_day, days)
        and doubt not in records.doubts(code, basis.counts, days)
    ]


def question_notes(records: Records, about: Iterable[str]) -> list[str]:
    """A note for each open question about one of these spells, acts or states."""
    wanted = set(about)
    return [
        f"Open: {question.question} {question.found}"
        for question in records.open_questions
        if question.about in wanted
    ]


def statuses_during(records: Records, code: str, counts: Iterable[str], days: Days) -> list[str]:
    """Each counted spell among the days: `signatory from 1994-01-01 to 1994-04-19`."""
    return [
        f"{spell.status} {span(*part)}"
        for spell in records.spells_of(code)
        if spell.status in counts
        for part in clipped([spell], days)
    ]


def change_notes(
    records: Records, names: Iterable[tuple[str, str]], basis: Basis, days: Days
) -> list[str]:
    """A note for those who had more than one counted status in a period."""
    changed: dict[str, list[str]] = {}
    for code, name in names:
        parts = statuses_during(records, code, basis.counts, days)
        if len(parts) > 1:
            changed.setdefault(listed(parts), []).append(name)
    return [f"{listed(who)}: {parts}." for parts, who in changed.items()]


def remark_notes(records: Records, names: Iterable[tuple[str, str]], days: Days) -> list[str]:
    """A note for each remark in force about the states of an answer."""
    return [
        f"{name}: {remark.text}."
        for code, name in names
        for remark in records.remarks_on(code, days)
    ]


def instrument_notes(
    records: Records, basis: Basis, days: Days, code: str | None = None
) -> list[str]:
    """When instruments were signed and came into force, where an answer depends on it.

    An answer under a basis that rests on an instrument depends on it from the year of the
    signature to the year of entry into force; an answer under a wider basis, as long as
    the instrument was signed and not in force, or where nothing had been signed at all.
    With a state's code, what another basis says is said of that state alone.
    """
    notes = []
    for other in records.bases.values():
        if not (other.signed and other.in_force) or not other.counts <= basis.counts:
            continue
        signed, in_force = map(records.effective_day, (other.signed, other.in_force))
        if other is basis:
            when = dt.date(signed.year, 1, 1), dt.date(in_force.year, 12, 31)
        else:
            since = dt.date.min if signed <= records.first_day else signed
            when = since, in_force - DAY
        if not clip(*when, days):
            continue
        note = f"The {other.instrument} was signed on {signed} and came into force on {in_force}"
        if other is not basis:
            under = _counted_under(records, other, days)
            if code:
                under = f"the answer is {records.answer(code, other.counts, days)}"
            note += f": under {other.basis} {under}"
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
    some = "on any day of" if not counted else "on some day of"
    return f"{states} counted {'on' if days[0] == days[1] else some} {period(days)}"


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
    """A dispute in words: the verdict, its value, everybody who gives it, and the reason."""
    by = publishers(records, dispute.sources, most=100)
    return f"{dispute.verdict.capitalize()}: {dispute.value}, according to {by}. {dispute.reason}"


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
    if records.verified_through and days[1] > records.verified_through:
        notes.append(checked(records))
    return notes


def checked(records: Records) -> str:
    """Up to which day the dataset was checked, and what holds for later ones."""
    return f"Checked up to {records.verified_through}; later days are answered as of then."
