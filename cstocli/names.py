"""From what was typed to one state, or a refusal with suggestions.

A form (a name, alias, adjective or code) is compared folded: without case, accents,
apostrophes, punctuation and a leading "the". What is no form of a state of the dataset may
be another country; only what is neither may be a slip of the keyboard.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import lru_cache
from itertools import filterfalse
from typing import NamedTuple
from unicodedata import combining, normalize

from cstocli.escape import printable, quoted
from cstocli.model import Records, Refused, State

LONGEST = 100
"""The length, in characters, beyond which nothing is read as a name."""

_BLANKS = " \t\n\r"
"""What may stand around a name; any other control character makes it none."""
_DROPPED = str.maketrans("", "", "'\"`´.‘’‚‛“”ʹʻʼʽʾʿˈʺ′")
_SEPARATORS = str.maketrans(dict.fromkeys("_,;:()/\\-‐‑‒–—", " "))
_MANY = 1000
"""Of how many states none is suggested, because the search would take too long."""
_FEW = 12
"""How many states a refusal names at most."""
_ONE_SLIP, _TWO_SLIPS = 6, 10
"""How long a form must be for one slip, and for two in one word, to leave no doubt."""


class Country(NamedTuple):
    """A country, whether or not it is a state of the dataset."""

    code: str
    """ISO 3166-1 alpha-3."""
    name: str


def fold(text: str) -> str:
    """The text as it is compared.

    >>> fold(" The O'zbekiston ")
    'ozbekiston'
    """
    if text.isascii() and text.isalnum():  # codes and most names: nothing to do but this
        return text.lower()
    bare = normalize("NFKD", text.casefold().translate(_DROPPED))
    parts = "".join(filterfalse(combining, bare)).translate(_SEPARATORS).split(" ")
    return " ".join(filter(None, parts)).removeprefix("the ")


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
    if text.strip() in records.states:
        return records.states[text.strip()]
    typed = looked_up(text)
    index = _index(records)
    if index.get(typed) == "":
        raise Refused(f"{quoted(text)} can mean several states: type it as the dataset has it")
    if typed in index:
        return records.states[index[typed]]
    other = country(text)
    if other:
        return records.states.get(other.code, other)
    meant = {code for form, code in index.items() if code and _is_slip(typed, form)}
    if len(meant) == 1:
        return records.states[meant.pop()]
    raise Refused(_no_such_country(records, text, typed, meant))


def country(text: str) -> Country | None:
    """The country, of all that there are, that a text names exactly; a slip names none.

    >>> country("Korea, Republic of")
    Country(code='KOR', name='South Korea')
    """
    typed = looked_up(text).replace(" & ", " and ")
    if typed.startswith("st "):
        typed = f"saint {typed.removeprefix('st ')}"
    return next((index[typed] for index in _indexes(typed) if typed in index), None)


def looked_up(text: str) -> str:
    """The text folded, or a number of three digits; empty where nothing can be read."""
    shown = text.strip(_BLANKS)
    if len(text) > LONGEST or printable(shown) != shown:
        return ""
    typed = fold(shown)
    if typed.isdigit():
        return shown.strip().zfill(3)
    return "" if _is_no_code(shown, typed) else typed


@lru_cache(maxsize=8)
def _index(records: Records) -> dict[str, str]:
    """The code of the state that each folded form means; empty where it means several."""
    index: dict[str, str] = {}
    for state in records.states.values():
        for form in map(looked_up, forms(state)):
            if index.setdefault(form, state.code) != state.code:
                index[form] = ""
    index.pop("", None)
    return index


def _indexes(typed: str) -> Iterator[dict[str, Country]]:
    """Where to look a folded text up: first what is loaded fast, the rest only if need be."""
    if typed:
        yield _listed()
    if any("\u0400" <= letter <= "\u04ff" for letter in typed):
        yield _russian()
    if typed and not any(letter.isdigit() for letter in typed):
        yield _everyday()


@lru_cache(maxsize=1)
def _listed() -> dict[str, Country]:
    """The countries of ISO 3166-1, and Kosovo, by folded code and name, and by our own names."""
    index = {"kosovo": _KOSOVO, "xk": _KOSOVO, "xkx": _KOSOVO}
    for entry in _entries():
        code = entry["alpha_3"]
        known = Country(code, _UPRIGHT.get(code) or entry.get("common_name", entry["name"]))
        for field in (*_NAMES, "alpha_2", "alpha_3", "numeric"):
            if field in entry:
                index[fold(entry[field])] = known
    return index | {form: index[code.lower()] for form, code in _OUR_OWN.items()}


@lru_cache(maxsize=1)
def _russian() -> dict[str, Country]:
    """The countries by the folded Russian of their names in ISO 3166-1."""
    from gettext import GNUTranslations

    with open(_pycountry("locales/ru/LC_MESSAGES/iso3166-1.mo"), "rb") as file:
        russian = GNUTranslations(file).gettext
    index = {}
    for entry in _entries():
        known = _listed()[entry["numeric"]]
        for field in _NAMES:
            if field in entry:
                index[fold(russian(entry[field]))] = known
    return index


@lru_cache(maxsize=1)
def _everyday() -> dict[str, Country]:
    """The countries by the folded names, in many languages, that countryinfo knows."""
    from countryinfo import all_countries

    index = {}
    for info in all_countries():
        known = _listed().get((info.iso(3) or "").lower())
        for name in (info.name(), info.native_name(), *info.alt_spellings()):
            form = fold((name or "").strip("\u200e\u200f"))  # marks of direction
            if known and form:
                index[form] = known
    return index


@lru_cache(maxsize=1)
def _entries() -> list[dict[str, str]]:
    """The countries of ISO 3166-1 as pycountry keeps them."""
    with open(_pycountry("databases/iso3166-1.json"), "rb") as file:
        entries: list[dict[str, str]] = json.load(file)["3166-1"]
    return entries


def _pycountry(path: str) -> str:
    """The path of a file of pycountry, which is not imported: that takes ten times as long.

    Its own look-up is of no use: it guesses where another package happens to be installed.
    """
    from importlib.util import find_spec

    spec = find_spec("pycountry")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pycountry is not installed", name="pycountry")
    return os.path.join(os.path.dirname(spec.origin), path)


_NAMES = ("name", "common_name", "official_name")
"""The fields of a country of ISO 3166-1 that hold a name; the last two may be absent."""
_KOSOVO = Country("XKX", "Kosovo")
"""By the code in use for it; ISO 3166 has assigned none."""
_UPRIGHT = {
    "COD": "Democratic Republic of the Congo",
    "FSM": "Federated States of Micronesia",
    "PSE": "Palestine",
    "VGB": "British Virgin Islands",
    "VIR": "US Virgin Islands",
}
"""Names of the countries for which pycountry has only inverted ones."""
_OUR_OWN = {
    "america": "USA",
    "antigua": "ATG",
    "bosnia": "BIH",
    "britain": "GBR",
    "burkina": "BFA",
    "ceylon": "LKA",
    "dprk": "PRK",
    "emirates": "ARE",
    "falklands": "FLK",
    "macedonia": "MKD",
    "moldavia": "MDA",
    "persia": "IRN",
    "prc": "CHN",
    "saint kitts": "KNA",
    "saint vincent": "VCT",
    "sao tome": "STP",
    "siam": "THA",
    "trinidad": "TTO",
    "uk": "GBR",
    "vatican": "VAT",
    "vatican city": "VAT",
    "zaire": "COD",
    "бирма": "MMR",
    "босния": "BIH",
    "ватикан": "VAT",
    "великобритания": "GBR",
    "голландия": "NLD",
    "иран": "IRN",
    "кндр": "PRK",
    "кнр": "CHN",
    "косово": "XKX",
    "лаос": "LAO",
    "македония": "MKD",
    "молдова": "MDA",
    "оаэ": "ARE",
    "сирия": "SYR",
    "сша": "USA",
    "туркмения": "TKM",
    "турция": "TUR",
    "юар": "ZAF",
}
"""Everyday names that the libraries, or their older releases, lack; folded."""


def _is_no_code(text: str, typed: str) -> bool:
    """Whether a text is as short as a code only for what was folded away: `Rus'`, `Muş`."""
    letters = text.strip().casefold().removeprefix("the ").replace(".", "")
    return len(typed) <= 3 and letters != typed


def _is_slip(typed: str, form: str) -> bool:
    """Whether a text differs from a form by a slip of the keyboard or two.

    The first letter is never the slip, nor a digit of the form: Prussia is not Russia, and
    Team 2 is not Team 1.
    """
    if len(form) < _ONE_SLIP or typed[:1] != form[0] or any(map(str.isdigit, form)):
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


def _no_such_country(records: Records, text: str, typed: str, meant: set[str]) -> str:
    """What to say about a text that names no country, or may mean several."""
    from difflib import get_close_matches

    few = records.states if len(records.states) <= _MANY else {}
    names = {fold(state.name): state.name for state in few.values()}
    names |= {fold(other.name): other.name for other in _listed().values()}
    words = [typed, *(word for word in typed.split() if len(word) >= _ONE_SLIP)]
    forms = [form for word in words for form in get_close_matches(word, names, cutoff=0.8)]
    close = list(dict.fromkeys(names[form] for form in forms))[:3]
    if meant:
        close = sorted(records.states[code].name for code in meant)
    if close:
        return f"there is no country called {quoted(text)}; did you mean {' or '.join(close)}?"
    if len(records.states) > _FEW:
        return f"there is no country called {quoted(text)}; 'csto states' lists those there are"
    known = ", ".join(state.name for state in records.states.values())
    return f"there is no country called {quoted(text)}; the states of this dataset are {known}"
