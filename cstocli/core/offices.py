"""Who held what: offices, the terms of those who held them, and observers.

The engine that counts states counts these too: an office is what has a status, and whoever
holds it is the status.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cstocli.core.days import Known
from cstocli.core.model import Basis, Country
from cstocli.core.records import Records


class Office(NamedTuple):
    """What is held: `secretary-general`, `chair`."""

    office: str
    name: str
    text: str
    russian: str
    aliases: tuple[str, ...]
    handover: str | None
    """What happened on a day of hand-over before 2024."""
    note: str
    """How its days are counted, and when it passes."""
    sources: tuple[str, ...]

    @property
    def named(self) -> Country:
        """The office as what has a status."""
        return Country(self.office, self.name)


class Term(NamedTuple):
    """An unbroken run of days on which one person held an office; its days are those of the
    spell of the same id.
    """

    id: str
    office: str
    holder: str
    holder_russian: str
    state: str
    """The code of the holder's state."""
    acting: bool
    first_certainty: str
    last_certainty: str | None
    """None while it lasts."""
    note: str | None
    sources: tuple[str, ...]

    @property
    def certainty(self) -> str:
        """The lower of those of both ends."""
        return max(self.first_certainty, self.last_certainty or "high", key=CERTAINTIES.index)

    @property
    def basis(self) -> Basis:
        """What counts as this holder in office."""
        label = held_by(self.holder, acting=self.acting)
        return Basis(label, False, frozenset({label}), label, None, None, None)


CERTAINTIES = ("high", "medium", "low")
"""From the most certain to the least."""


def held_by(holder: str, *, acting: bool) -> str:
    """How a holder is called as the status of an office."""
    return f"{holder} (acting)" if acting else holder


class Observer(NamedTuple):
    """Who observes what."""

    id: str
    of: str
    observer: str
    state: str | None
    """The code of its state; None where it is not of one state."""
    first_day: Known
    last_day: Known | None
    """None where no end is found."""
    first_certainty: str
    last_certainty: str | None
    text: str
    sources: tuple[str, ...]


class Offices(NamedTuple):
    """All of them, and the records of their acts, terms, disputes, questions and sources."""

    records: Records
    """With the offices in the place of states, and who held them in that of statuses."""
    offices: Mapping[str, Office]
    terms: Mapping[str, Term]
    observers: tuple[Observer, ...]
