"""The files of the field, each of a shape of its own, as spells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from cstocli.errors import Refused, broken
from cstocli.escape import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from cstocli.reading.shapes.joined import Spell
    from cstocli.reading.shapes.said import Memberships, Wanted

SHAPES = {
    "cow-igo": "COW IGO with a row for each state and year",
    "cow-igo-years": "COW IGO with a row for each organisation and year",
    "atop": "ATOP at the level of members",
    "cow-alliances": "COW's formal alliances by member",
    "wikidata": "results of a query of Wikidata",
    "popolo": "memberships of Popolo JSON",
    "state-years": "any table with a row for each state and year",
    "columns": "any table with a row for each membership",
}
"""Every shape, and what has it."""
OPTIONS = {
    "state-years": ("state", "year", "value", "counts", "organisation"),
    "columns": (
        "state", "first_day", "last_day", "status", "organisation", "remark", "date_format",
        "ongoing", "counts",
    ),
    "popolo": ("counts",),
}  # fmt: skip
"""What some shapes are asked by besides."""
SEVERAL = ("counts", "ongoing")
"""Those of which there may be several."""
_NEEDED = {"state-years": ("state", "year"), "columns": ("state", "first_day")}
_CODED = ("cow-igo", "cow-igo-years", "state-years")
"""The shapes that say themselves up to which day they go."""
_SHOWN = 10
"""How many names a sentence lists at most."""


class Converted(NamedTuple):
    """What came of a file."""

    spells: list[Spell]
    rows: int
    """How many rows, or records, were read."""
    notes: list[str]
    """What must be said of how it was read, and of what was left out."""


def convert(shape: str, wanted: Wanted, options: Mapping[str, Any]) -> Converted:
    """The spells of a file of a shape, with what it is asked by.

    Raises Refused for what cannot be meant, and BrokenDataset where the file is not right.
    """
    from cstocli.reading.shapes.joined import spells

    read = _reader(shape)
    memberships = read(wanted, **_asked(shape, wanted, options))
    memberships.refuse_problems()
    found = spells(memberships)
    if not found:
        told = f" ({' '.join(memberships.told())})" if memberships.told() else ""
        raise broken(wanted.path, f"no membership in it{told}")
    return Converted(found, memberships.rows, [*_notes(memberships, found)])


def _reader(shape: str) -> Callable[..., Memberships]:
    """What reads a shape."""
    from cstocli.reading.shapes import (
        atop,
        columns,
        cow_alliances,
        cow_igo,
        cow_igo_years,
        popolo,
        state_years,
        wikidata,
    )

    readers: tuple[Callable[..., Memberships], ...] = (
        cow_igo.read,
        cow_igo_years.read,
        atop.read,
        cow_alliances.read,
        wikidata.read,
        popolo.read,
        state_years.read,
        columns.read,
    )
    return dict(zip(SHAPES, readers, strict=True))[shape]


def _asked(shape: str, wanted: Wanted, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a shape; raises Refused for those of another, and where one is wanting."""
    asked = {name: value for name, value in options.items() if value}
    for name in asked:
        if name not in OPTIONS.get(shape, ()):
            others = " and ".join(other for other, names in OPTIONS.items() if name in names)
            raise Refused(f"{_option(name)} is for {others}, not for {shape}")
    for name in _NEEDED.get(shape, ()):
        if name not in asked:
            raise Refused(f"{shape} needs {_option(name)}, the name of a column")
    if wanted.covers_to and shape in _CODED:
        raise Refused(f"{_option('covers_to')} is not for {shape}: its years say how far it goes")
    return asked


def _option(name: str) -> str:
    """An option as it is typed."""
    return f"--{name.replace('_', '-')}"


def _notes(memberships: Memberships, spells: Iterable[Spell]) -> Iterable[str]:
    """What must be said of a file."""
    from cstocli.core.model import NOT_KNOWN
    from cstocli.reading.cells import MEMBER
    from cstocli.reading.hints import letters_hint

    statuses = Counter(spell.status for spell in spells)
    for status, number in statuses.items():
        if status == NOT_KNOWN:
            yield f"Status unknown: {_spells(number)}, of days of which nothing is known."
        elif status != MEMBER:
            yield f"Status {printable(status)}: {_spells(number)}, not counted."
    yield from memberships.told()
    states = memberships.states
    if states.others and states.scheme != "text":
        yield f"No country, kept by their text: {_listed(states.others)}."
    yield from [*states.notes][:_SHOWN]
    if len(states.notes) > _SHOWN:
        yield f"{len(states.notes) - _SHOWN} more codes were read on days like these."
    hint = letters_hint(states.texts) if states.scheme == "auto" else None
    if hint:
        yield hint
    yield from memberships.notes
    days = {spell.verified_through for spell in spells}
    if None in days:
        yield "Nothing says up to which day the file was checked; say it by --covers-to DAY."
    elif len(days) == 1:
        yield f"Checked up to {days.pop()}."


def _spells(number: int) -> str:
    """A number of spells."""
    return "1 spell" if number == 1 else f"{number} spells"


def _listed(names: Iterable[str]) -> str:
    """Some names, and how many more there are."""
    all_names = [*map(printable, names)]
    more = len(all_names) - _SHOWN
    return ", ".join(all_names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
