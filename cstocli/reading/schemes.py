"""Schemes of codes: which state a code means, on which days, and which code a state has."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cstocli.core.days import DAY, Days, clip, without
from cstocli.core.model import Country
from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.reading.codes import Use, uses
from cstocli.reading.countries import coded
from cstocli.reading.former import former

SCHEMES = {
    "auto": "names and letters, never numbers",
    "name": "names",
    "text": "names of their own, no countries",
    "iso2c": "the two letters of ISO 3166-1",
    "iso3c": "the three letters of ISO 3166-1",
    "iso3n": "the numbers of ISO 3166-1",
    "cowc": "the letters of the Correlates of War project",
    "cown": "the numbers of the Correlates of War project",
    "gwc": "the letters of Gleditsch and Ward",
    "gwn": "the numbers of Gleditsch and Ward",
    "eurostat": "the two letters of Eurostat",
}
"""Every scheme, and what is read under it."""
CODES = tuple(SCHEMES)[3:]
"""The schemes of codes; under the others names are read."""
NUMBERS = ("iso3n", "cown", "gwn")
"""Those whose codes are numbers."""
_ISO = {"iso2c": "alpha_2", "iso3c": "alpha_3", "iso3n": "numeric", "eurostat": "alpha_2"}
"""Those whose codes have no days, and which code of ISO 3166-1 each is made of."""
_EUROSTAT = {"GR": "EL", "GB": "UK"}
"""The codes of ISO in whose place Eurostat has its own."""
_SHARED = {
    "RUS": ("Soviet Union", "the Soviet Union's too; it was read as Russia's"),
    "Yugoslavia": (
        "Serbia and Montenegro",
        "Serbia and Montenegro's too; it was read as Yugoslavia's",
    ),
}
"""The states whose codes the lists have for another one too, that one, and what must be said."""


class Reading(NamedTuple):
    """The state that a code means from a first to a last day, both included."""

    code: str
    first_day: dt.date
    last_day: dt.date
    state: Country
    note: str | None
    """What must be said where it is used on these days."""
    outside: bool
    """Whether the code is not in use on these days: it is read as that of the state that had it
    before, or else first."""


class Scheme:
    """A scheme of codes, under which nothing but its codes is read.

    >>> Scheme("cown").read("702.0", (dt.date(1999, 1, 1), dt.date(1999, 12, 31))).state
    Country(code='TJK', name='Tajikistan')
    """

    def __init__(self, scheme: str) -> None:
        self.scheme = _of_codes(scheme)
        self._known: dict[str, tuple[Reading, ...]] = {}

    def __contains__(self, text: str) -> bool:
        """Whether a text is a code of the scheme."""
        return _key(text, self.scheme) in _index(self.scheme)

    def readings(self, text: str) -> tuple[Reading, ...]:
        """What a text means on each of the days that there are, in order.

        Raises Refused where it is no code of the scheme.
        """
        key = _key(text, self.scheme)
        known = self._known.get(key)
        if known:
            return known
        in_use = _index(self.scheme).get(key)
        if not in_use:
            raise Refused(_no_code(text, self.scheme))
        self._known[key] = tuple(_readings(in_use))
        return self._known[key]

    def read(self, text: str, days: Days) -> Reading:
        """What a text means where days are asked about; raises Refused where it is no code."""
        return during(self.readings(text), days)


def during(readings: Sequence[Reading], days: Days) -> Reading:
    """The reading that holds on the last of the days asked about on which the code is in use, with
    what must be said about all of them; where it is in use on none, the last one.
    """
    asked = [one for one in readings if one.first_day <= days[1] and one.last_day >= days[0]]
    asked = [one for one in asked if not one.outside] or asked
    last = asked[-1]
    other = next((one for one in reversed(asked) if one.state != last.state), None)
    if other is None:
        return last._replace(note=next((one.note for one in asked if one.note), None))
    until = f"{last.code} was {other.state.name}'s up to {other.last_day}"
    return last._replace(note=f"{until}; it was read as {last.state.name}'s, by the last day.")


def code_of(state: str, scheme: str, day: dt.date | None = None) -> str | None:
    """The code that a state has in a scheme on a day, or had last; None where it has none.

    `state` is ISO 3166-1 alpha-3, or the name of a state without such a code.

    >>> code_of("DEU", "cown", dt.date(1989, 1, 1)), code_of("DEU", "cown")
    ('260', '255')
    """
    codes = [
        use.code
        for use in _by_state(_of_codes(scheme)).get(state, ())
        if day is None or clip(use.first_day, use.last_day, (day, day))
    ]
    return codes[-1] if codes else None


def _of_codes(scheme: str) -> str:
    """The name of a scheme of codes; raises Refused for any other."""
    if scheme in CODES:
        return scheme
    raise Refused(f"there is no scheme of codes {quoted(scheme)}; there are {', '.join(CODES)}")


def _key(text: str, scheme: str) -> str:
    """A text as the codes of a scheme are compared; empty where it can be none of them.

    Letters are compared without case, numbers without leading zeros and a fraction of nothing.
    """
    typed = text.strip()
    if scheme in NUMBERS:
        number = re.fullmatch(r"([0-9]{1,3})(\.0*)?", typed)
        return str(int(number[1])) if number else ""
    return typed.upper() if typed.isascii() and typed.isalpha() else ""


def _uses(scheme: str) -> Iterator[Use]:
    """Every use of the codes of a scheme, those of one state by their days."""
    if scheme in _ISO:
        instead = _EUROSTAT if scheme == "eurostat" else {}
        for code, country in coded(_ISO[scheme]).items():
            yield Use(country.code, scheme, instead.get(code, code), dt.date.min, None)
    else:
        yield from (use for use in uses() if use.scheme == scheme)


@lru_cache(maxsize=len(CODES))
def _index(scheme: str) -> dict[str, list[Use]]:
    """The uses of each code of a scheme, by their days."""
    index: dict[str, list[Use]] = {}
    for use in sorted(_uses(scheme), key=lambda use: use.first_day):
        index.setdefault(_key(use.code, scheme), []).append(use)
    return index


@lru_cache(maxsize=len(CODES))
def _by_state(scheme: str) -> dict[str, list[Use]]:
    """The uses of the codes of each state in a scheme, by their days."""
    index: dict[str, list[Use]] = {}
    for use in _uses(scheme):
        for one in filter(None, (use, _shared(use))):
            index.setdefault(one.state, []).append(one)
    return index


def _shared(use: Use) -> Use | None:
    """The part of a use on whose days the list has the code for another state too."""
    other = former(_SHARED[use.state][0]) if use.state in _SHARED else None
    if other is None or use.scheme in _ISO:
        return None
    part = clip(use.first_day, use.last_day, (other.first_day, other.last_day or dt.date.max))
    return Use(other.name, use.scheme, use.code, *part) if part else None


def _readings(in_use: Sequence[Use]) -> Iterator[Reading]:
    """What a code means on each of the days that there are, from its uses."""
    begins, before = dt.date.min, in_use[0]
    for use in in_use:
        if begins < use.first_day:
            yield _outside(begins, use.first_day - DAY, before, in_use)
        yield from _inside(use)
        if use.last_day is None:
            return
        begins, before = use.last_day + DAY, use
    yield _outside(begins, dt.date.max, before, in_use)


def _inside(use: Use) -> Iterator[Reading]:
    """What a code means on the days of a use."""
    state, shared = _country(use.state), _shared(use)
    days = (use.first_day, use.last_day or dt.date.max)
    found = []
    if shared and shared.last_day:
        days_shared = (shared.first_day, shared.last_day)
        note = f"{use.code} before {shared.last_day + DAY} was {_SHARED[use.state][1]}."
        found = [Reading(use.code, *days_shared, state, note, outside=False)]
    alone = without([days], [(one.first_day, one.last_day) for one in found])
    found += [Reading(use.code, *part, state, None, outside=False) for part in alone]
    yield from sorted(found)


def _outside(first: dt.date, last: dt.date, use: Use, in_use: Sequence[Use]) -> Reading:
    """What a code means on days outside its own, and what must be said."""
    state = _country(use.state)
    spans = " and ".join(
        f"from {one.first_day} {f'to {one.last_day}' if one.last_day else 'on'}"
        for one in in_use
        if one.state == use.state
    )
    note = (
        f"{use.scheme} has {use.code} for {state.name} {spans}; it was read so on other days too."
    )
    return Reading(use.code, first, last, state, note, outside=True)


def _country(state: str) -> Country:
    """The country of that code, or the state that goes by its name."""
    return coded("alpha_3").get(state) or Country(state, state)


def meanings(text: str, schemes: Iterable[str] = CODES) -> str:
    """What a text is in those of some schemes of which it is a code, at last; empty where in none.

    >>> meanings("702")
    'Singapore in iso3n, Tajikistan in cown and gwn'
    """
    found: dict[str, list[str]] = {}
    for scheme in schemes:
        in_use = _index(scheme).get(_key(text, scheme))
        if in_use:
            found.setdefault(_country(in_use[-1].state).name, []).append(scheme)
    return ", ".join(f"{name} in {' and '.join(others)}" for name, others in found.items())


def _no_code(text: str, scheme: str) -> str:
    """What to say about a text that is no code of a scheme."""
    said = f"{quoted(text)} is no code of {scheme}, {SCHEMES[scheme]}"
    means = meanings(text)
    if means:
        return f"{said}; it is {means}"
    if text.startswith("-"):  # no code is negative
        return f"{said}; if it marks what is missing, say so: --missing={text}"
    return said
