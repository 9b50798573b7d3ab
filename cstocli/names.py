"""From what was typed to one state, or a refusal with suggestions.

A form (a name, alias, adjective or code) is compared folded: without case, accents,
apostrophes, punctuation and a leading "the". What is no form of a state of the dataset may
be another country; only what is neither may be a slip of the keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize

from cstocli.escape import printable, quoted
from cstocli.model import Records, Refused, State

LONGEST = 100
"""The length, in characters, beyond which nothing is read as a name."""

_DROPPED = "['\"`´.‘’‚‛“”ʹʻʼʽʾʿˈʺ′]"
_SEPARATORS = r"[\s_,;:()/\\\-‐‑‒–—]+"
_ONE_SLIP, _TWO_SLIPS = 6, 10
"""How long a form must be for one slip, and for two in one word, to leave no doubt."""


class Country(NamedTuple):
    """A country that is none of the dataset's states."""

    code: str
    """ISO 3166-1 alpha-3."""
    name: str


def fold(text: str) -> str:
    """The text as it is compared.

    >>> fold(" The O'zbekiston ")
    'ozbekiston'
    """
    bare = normalize("NFKD", re.sub(_DROPPED, "", text.casefold()))
    words = re.sub(_SEPARATORS, " ", "".join(c for c in bare if not combining(c))).strip()
    return words.removeprefix("the ")


def forms(state: State) -> Iterator[str]:
    """Every name, alias, adjective and code of a state, as published."""
    yield from (state.name, state.official, state.russian, state.native)
    yield from state.aliases
    yield from state.adjectives
    yield from filter(None, (state.code, state.alpha_2, state.numeric, state.cow))


def resolve(records: Records, text: str) -> State | Country:
    """The state of the dataset, or else the other country, that a text names.

    Raises Refused, with suggestions, when it names none, or more than one.
    """
    if len(text) > LONGEST:
        raise Refused(f"{quoted(text)} is too long for the name of a country")
    typed = fold(text)
    if typed.isdigit():
        typed = text.strip().zfill(3)
    if printable(text.strip()) != text.strip() or _is_no_code(text, typed):
        typed = ""
    index = _index(records)
    code = index.get(typed)
    if code:
        return records.states[code]
    others = _other_countries()
    if typed in others:
        return records.states.get(others[typed].code, others[typed])
    meant = {index[form] for form in index if _is_slip(typed, form)}
    if len(meant) == 1:
        return records.states[meant.pop()]
    raise Refused(_no_such_country(records, text, typed, meant, others))


@lru_cache(maxsize=8)
def _index(records: Records) -> dict[str, str]:
    """The code of the state that each folded form means."""
    states = records.states.values()
    return {fold(form): state.code for state in states for form in forms(state)}


@lru_cache(maxsize=1)
def _other_countries() -> dict[str, Country]:
    """The other countries of ISO 3166-1 by folded form; loaded only when it is asked for.

    pycountry knows the codes and official names, countryinfo the everyday ones. Its own
    look-up is not used: it guesses where another package happens to be installed.
    """
    import pycountry
    from countryinfo import all_countries

    by_alpha_3 = {}
    index = {}
    for entry in pycountry.countries:
        country = Country(entry.alpha_3, getattr(entry, "common_name", entry.name))
        by_alpha_3[country.code] = country
        official = getattr(entry, "official_name", entry.name)
        for form in (country.name, entry.name, official, *_codes(entry)):
            index[fold(form)] = country
    for info in all_countries():
        known = by_alpha_3.get((info.iso() or {}).get("alpha3", ""))
        if known and ", " in known.name:
            known = by_alpha_3[known.code] = Country(known.code, str(info.name()))
        for form in (info.name(), info.native_name(), *(info.alt_spellings() or ())):
            if known and form and len(fold(form)) > 2:
                index.setdefault(fold(form), known)
    by_alpha_3[_KOSOVO.code] = _KOSOVO
    for form, code in _EVERYDAY.items():
        index.setdefault(form, by_alpha_3[code])
    return index


def _codes(entry: object) -> Iterator[str]:
    """The ISO codes of a country."""
    for code in ("alpha_2", "alpha_3", "numeric"):
        yield getattr(entry, code)


_EVERYDAY = {
    "america": "USA",
    "bosnia": "BIH",
    "kosovo": "XKX",
    "xk": "XKX",
    "xkx": "XKX",
    "macedonia": "MKD",
    "palestine": "PSE",
    "uk": "GBR",
    "us": "USA",
    "vatican": "VAT",
    "vatican city": "VAT",
}
"""Everyday names that the libraries lack."""
_KOSOVO = Country("XKX", "Kosovo")
"""By the code in use for it; ISO 3166 has assigned none."""


def _is_no_code(text: str, typed: str) -> bool:
    """Whether a text is as short as a code only for what was folded away: `Rus'`, `Muş`."""
    letters = text.strip().casefold().removeprefix("the ").replace(".", "")
    return 0 < len(typed) <= 3 and letters != typed and not typed.isdigit()


def _is_slip(typed: str, form: str) -> bool:
    """Whether a text differs from a form by a slip of the keyboard or two.

    The first letter is never the slip: Prussia is not Russia.
    """
    if len(form) < _ONE_SLIP or typed[:1] != form[0]:
        return False
    two = min(len(typed), len(form)) >= _TWO_SLIPS and " " not in form
    return _distance(typed, form) <= (2 if two else 1)


def _distance(one: str, other: str) -> int:
    """How many letters were left out, added, replaced, or exchanged with their neighbour."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _no_such_country(
    records: Records, text: str, typed: str, meant: set[str], others: dict[str, Country]
) -> str:
    """What to say about a text that names no country, or may mean several."""
    from difflib import get_close_matches

    names = {fold(state.name): state.name for state in records.states.values()}
    names |= {fold(country.name): country.name for country in others.values()}
    words = [typed, *(word for word in typed.split() if len(word) >= _ONE_SLIP)]
    forms = [form for word in words for form in get_close_matches(word, names, n=3, cutoff=0.8)]
    close = list(dict.fromkeys(names[form] for form in forms))[:3]
    if meant:
        close = sorted(records.states[code].name for code in meant)
    if close:
        return f"there is no country called {quoted(text)}; did you mean {' or '.join(close)}?"
    known = ", ".join(state.name for state in records.states.values())
    return f"there is no country called {quoted(text)}; the states of this dataset are {known}"
