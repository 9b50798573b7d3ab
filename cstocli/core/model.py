"""The kinds of record that a dataset is made of, whatever its statuses, bases and acts are called.

Every record is a named tuple: immutable, typed, and five times cheaper to define at
start-up than a frozen dataclass.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from cstocli.core.days import Bound, Days, Known, may_be

JOINED, LEFT = "joined", "left"
"""How a spell began and ended in a dataset without acts."""
NEXT = "next-status"
"""How a spell ended on the last day before another one of the same state."""
NOT_YET, OUTSIDE, FORMER, NEVER = "not-yet", "outside", "former", "never"
"""The status on a day without a spell: before the first, between two, after the last, and
of a state that has none."""
NOT_KNOWN = "unknown"
"""The status of a spell of days on which it is not known whether the state is counted."""


class Status(NamedTuple):
    """A legal position a state can hold. Which ones there are is said by the dataset, as
    `data/membership.json` does under `statuses`.
    """

    status: str
    text: str
    past: str
    """What a state of this status was, after its name; `{opened}` stands for the act that
    opened the spell ("signed", "acceded to")."""
    present: str


class Basis(NamedTuple):
    """Which statuses count, and the instrument that the basis rests on, if any."""

    basis: str
    default: bool
    counts: frozenset[str]
    text: str
    instrument: str | None
    signed: str | None
    """The act by which the instrument was signed."""
    in_force: str | None
    """The act by which the instrument came into force."""


class Kind(NamedTuple):
    """A kind of act; `did` is what a state did by it, before the instrument's name."""

    kind: str
    text: str
    did: str | None


class State(NamedTuple):
    """A state of the dataset, keyed by ISO 3166-1 alpha-3."""

    code: str
    alpha_2: str | None
    numeric: str | None
    cow: str | None
    """The letters of the Correlates of War project."""
    wikidata: str | None
    name: str
    official: str
    russian: str
    native: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]


class Act(NamedTuple):
    """Something dated that happened."""

    id: str
    date: str
    """`YYYY-MM-DD`, or `YYYY-MM` where no better is known."""
    effective: dt.date | None
    """The day it takes effect, where that differs from its date."""
    kind: str
    title: str
    place: str | None
    states: tuple[str, ...]
    certainty: str
    sources: tuple[str, ...]


class Spell(NamedTuple):
    """An unbroken run of days with one status."""

    id: str
    state: str
    status: str
    first_day: dt.date
    last_day: dt.date | None
    opened_by: str | None
    """An act; `None` in a dataset without acts."""
    closed_by: str | None
    ended: str | None
    """`next-status`, `not-prolonged`, `suspended`, `withdrawn`, `expelled`; `left` in a dataset
    that does not say how."""
    certainty: str | None
    first_bound: Bound | None = None
    """How far the first day is known, where it is not known to the day; `first_day` is then the
    day that counts: the earliest that is possible."""
    last_bound: Bound | None = None
    """The same of the last day; `last_day` is then the latest that is possible."""

    @property
    def first_known(self) -> Known:
        """The first day, as far as it is known."""
        return self.first_bound or self.first_day

    @property
    def last_known(self) -> Known | None:
        """The last day, as far as it is known; None while the spell lasts."""
        return self.last_bound or self.last_day

    @property
    def may_begin(self) -> Days:
        """The first and the last of the days on which it may begin."""
        return may_be(self.first_day, self.first_bound)

    @property
    def may_end(self) -> Days:
        """The days on one of which it may end, first and last; the last of all while it lasts."""
        return may_be(self.last_day or dt.date.max, self.last_bound)

    def during(self, days: Days) -> tuple[Known, Known]:
        """Its first and last day, as far as they are known, cut to days on some of which it is."""
        first = days[0] if self.first_day < days[0] else self.first_known
        last = None if self.last_day and self.last_day > days[1] else self.last_known
        return first, last or days[1]


class Dispute(NamedTuple):
    """A source that gives another status on certain days, or another date, place or name."""

    id: str
    about: str
    """The id of a spell, of an act, of a state, or of the organisation."""
    value: str
    """As published."""
    first_day: dt.date | None
    """The first day on which an answer depends on it; `None` where none does."""
    last_day: dt.date | None
    status: str | None
    """The status that the source gives on these days; `None`: none."""
    verdict: str
    """`rival` if it can be defended, `rejected` if not."""
    reason: str
    sources: tuple[str, ...]


class Remark(NamedTuple):
    """A dated fact about a membership that changes no status."""

    id: str
    state: str
    first_day: dt.date
    last_day: dt.date | None
    text: str
    sources: tuple[str, ...]


class OpenQuestion(NamedTuple):
    """What the sources read do not answer."""

    id: str
    about: str
    question: str
    found: str
    as_of: dt.date


class Source(NamedTuple):
    """A publication that says so."""

    id: str
    publisher: str
    title: str
    date: str | None
    language: str | None
    address: str | None
    level: str
    """`primary` or `secondary`."""


class Organisation(NamedTuple):
    """Whose membership the dataset records."""

    id: str
    name: str
    treaty: str | None
    wikidata: str | None
    treaty_wikidata: str | None
    aliases: tuple[str, ...]


class Country(NamedTuple):
    """A country, whether or not it is a state of the dataset."""

    code: str
    """ISO 3166-1 alpha-3."""
    name: str


class Former(NamedTuple):
    """A state that has no code of ISO 3166-1, most of them of the past."""

    code: str
    """Its name, which also stands for its code."""
    name: str
    first_day: dt.date
    last_day: dt.date | None
    """None where it is still on a list of states: Abkhazia."""


Named = State | Country | Former
"""A state of the dataset, a country that is none of them, or a former state."""
