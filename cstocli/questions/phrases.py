"""The words of which sentences are made, each derived from what the dataset says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cstocli.core.days import DAY, Bound, Days, Known
from cstocli.core.model import (
    FORMER,
    NEVER,
    NOT_KNOWN,
    NOT_YET,
    Basis,
    Dispute,
    Former,
    Named,
    Source,
    Spell,
)
from cstocli.core.records import Records
from cstocli.core.standing import Doubt


def listed(words: Iterable[str], separator: str = ", ") -> str:
    """Words as a sentence lists them: `a, b and c`."""
    *most, last = words
    return f"{separator.join(most)} and {last}" if most else last


def period(days: Days) -> str:
    """A day, or a period as its first and last day: `2006-01-01/2006-12-31`."""
    return f"{days[0]}/{days[1]}" if days[0] != days[1] else str(days[0])


def span(first_day: Known, last_day: Known | None) -> str:
    """A stretch of days in words."""
    if first_day == last_day:
        return f"{'in' if isinstance(first_day, Bound) else 'on'} {first_day}"
    return f"from {first_day} to {last_day}" if last_day else f"since {first_day}"


def rule(basis: Basis) -> str:
    """The rule by which states are counted, as a title states it."""
    return f"Basis {basis.basis}: {basis.text}."


def dataset_title(records: Records) -> str:
    """How the dataset is called."""
    return f"csto: dataset of membership in {whole_name(records, 'and')}"


def whole_name(records: Records, joint: str = "or") -> str:
    """The organisation, and the treaty that it grew out of, if it did."""
    organisation = records.organisation
    treaty = f"the {organisation.treaty} {joint} " if organisation.treaty else ""
    return f"{treaty}the {organisation.name}"


def as_checked(records: Records, days: Days) -> str:
    """How far the dataset was checked, where days after that are asked about."""
    through = records.verified_through
    return f", as last checked on {through}" if through and days[1] > through else ""


def held(records: Records, spell: Spell, *, present: bool) -> str:
    """What a state is or was in a spell: `had acceded to the Treaty, which was not …`."""
    status = records.statuses[spell.status]
    kind = records.kinds.get(records.began(spell))
    opened = (kind and kind.did) or "joined"
    return (status.present if present else status.past).replace("{opened}", opened)


def not_counted(records: Records, state: Named, day: dt.date, *, present: bool) -> str:
    """Why a state is not counted on a day; each kind of no begins with a word of its own."""
    status = records.status_on(state.code, day)
    spell = records.spell_on(state.code, day)
    if spell:
        stretch = span(spell.first_known, spell.last_known)
        return f"{status}: {state.name} {held(records, spell, present=present)} ({stretch})"
    if status == NEVER and isinstance(state, Former) and state.last_day:
        early = state.last_day < records.first_day
        return (
            f"a former state: {state.name}, to {state.last_day}{_before(records) if early else ''}"
        )
    if status == NEVER:
        return f"never: {state.name} is none of the {len(records.states)} states of this dataset"
    before = [spell for spell in records.spells_of(state.code) if spell.first_day <= day]
    after = [spell for spell in records.spells_of(state.code) if spell.first_day > day]
    if status == NOT_YET:
        return f"not yet: {state.name}, {_beginning(records, after[0])}"
    if status == FORMER:
        return f"no longer: {state.name}, {_end(before[-1])}"
    return f"outside: {state.name}, {_end(before[-1])}, {_beginning(records, after[0])}"


def _before(records: Records) -> str:
    """Before what anybody belonged."""
    began = records.organisation.treaty or records.organisation.name
    return f", before the {began} ({records.first_day})"


def _beginning(records: Records, spell: Spell) -> str:
    """How a spell began: `signatory from 1993-12-09 (accession)`."""
    return f"{spell.status} from {spell.first_known} ({records.began(spell)})"


def _end(spell: Spell) -> str:
    """How a spell ended: `party to 1999-04-20 (not prolonged)`."""
    return f"{spell.status} to {spell.last_known} ({(spell.ended or '').replace('-', ' ')})"


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
        return _known_only(spell, doubt)
    from_start = spell is not None and doubt.first_day == spell.first_day
    to_end = spell is not None and doubt.last_day == spell.last_day
    what = _instead(doubt, from_start, to_end)
    value = doubt.dispute.value
    if doubt.status is None and from_start and to_end:
        what = f'"{value}"'
    quote = "" if value in what else f' ("{value}")'
    return f"{what} according to {publishers(records, doubt.dispute.sources)}{quote}"


def _known_only(spell: Spell | None, doubt: Doubt) -> str:
    """Which bound of a spell is not known to the day, and how far it is known; or that the status
    is not known.
    """
    if doubt.status == NOT_KNOWN:
        return f"its status is not known {span(doubt.first_day, doubt.last_day)}"
    if spell and spell.first_bound and doubt.first_day == spell.first_day:
        return f"its first day as {spell.status} is known only as {spell.first_bound}"
    return f"its last day as {spell and spell.status} is known only as {spell and spell.last_known}"


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


def dispute_note(records: Records, dispute: Dispute) -> str:
    """A dispute in words: the verdict, its value, everybody who gives it, and the reason."""
    return f"{disputed_by(records, dispute)} {dispute.reason}"


def disputed_by(records: Records, dispute: Dispute) -> str:
    """A dispute in words, without the reason."""
    by = publishers(records, dispute.sources, most=100)
    return f"{dispute.verdict.capitalize()}: {dispute.value}, according to {by}."


def source(source: Source) -> str:
    """A source as it is cited: publisher, title, date, address."""
    return ", ".join(filter(None, (source.publisher, source.title, source.date, source.address)))
