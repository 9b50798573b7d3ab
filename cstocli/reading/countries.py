"""The countries that there are, by all their names and codes, from libraries."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from cstocli.core.model import Country
from cstocli.reading.files import packaged
from cstocli.reading.folding import fold, looked_up

if TYPE_CHECKING:
    from cstocli.reading.likeness import Slips


def country(text: str) -> Country | None:
    """The country, of all that there are, that a text names; a slip names none.

    >>> country("Korea, Rep.")
    Country(code='KOR', name='South Korea')
    """
    known = _called(looked_up(text))
    return known or (_twice_called(text) if any(mark in text for mark in "(/,") else None)


def nearly_country(text: str) -> str | None:
    """The name of the country that a text may mean if there is a slip in it, or the names of
    several; none where it names a country, or is like none.

    >>> nearly_country("Sweeden")
    'Sweden'
    """
    typed = looked_up(text)
    if country(text) or any(map(str.isdigit, typed)):
        return None
    names = [listed()[code.lower()].name for code in nearly(typed)]
    return " or ".join(sorted(names)) or None


def nearly(typed: str, *others: Slips) -> set[str]:
    """The codes of the countries that a folded text may mean if there is a slip in it, by all
    their names, and by others.
    """
    from cstocli.reading.spellings import NO_NAMES, NO_SLIPS, PARTS

    if typed in NO_SLIPS or typed in NO_NAMES or typed in PARTS:
        return set()
    slips = _slips()
    return set().union(slips.meant(_words(typed)), *(one.meant(typed) for one in (slips, *others)))


def whole(typed: str) -> Country | None:
    """The country of which a folded text names a part that is taken for one: `england`."""
    from cstocli.reading.spellings import PARTS

    return listed()[PARTS[typed].lower()] if typed in PARTS else None


def _called(typed: str) -> Country | None:
    """The country that a folded text names by itself."""
    return next((index[key] for index, key in _indexes(typed) if key in index), None)


def _twice_called(text: str) -> Country | None:
    """The country that two names side by side both mean: `Myanmar (Burma)`, `Burma/Myanmar`; or
    the first of them, of the second: `Hong Kong, China`.
    """
    from cstocli.reading.lists import BESIDE, WHOSE

    mark = "(" if text.rstrip().endswith(")") else "/" if "/" in text else ","
    first, _, second = text.rpartition(mark)
    known = _called(looked_up(first))
    if not known:
        return None
    typed = looked_up(second.rstrip(") "))
    other = _called(typed) or _called(re.sub("^(formerly|former|fmr) ", "", typed))
    if mark != "," and (other == known or BESIDE.get(typed) == known.code):
        return known
    theirs = WHOSE.get(other.code, "") if other and mark != "/" else ""
    return known if known.code in theirs.split() else None


def _indexes(typed: str) -> Iterator[tuple[Mapping[str, Country], str]]:
    """Where to look a folded text up, and as what: first what is loaded fast, the rest only if
    need be.
    """
    if not typed:
        return
    yield listed(), typed
    if any(letter.isdigit() for letter in typed):
        return
    words = _words(typed)
    yield _by_words(listed), words
    if any("\u0400" <= letter <= "\u04ff" for letter in typed):
        yield _russian(), typed
        yield _by_words(_russian), words
    yield _everyday(), typed
    yield _by_words(_everyday), words


def _words(typed: str) -> str:
    """The words of a folded text, each in full and in an order of their own, so that `korea rep`
    and `republic of korea` are one; a single word is left as it is.
    """
    from cstocli.reading.lists import SHORT, SMALL

    if " " not in typed:
        return typed
    full = " ".join([SHORT.get(word, word) for word in typed.split(" ")])
    words = " ".join(sorted([word for word in full.split(" ") if word not in SMALL]))
    inverted = typed.endswith(" the") and len(words) > _CODE  # `Gambia, The`
    return words if " " in words or inverted else typed


@lru_cache(maxsize=3)
def _by_words(index: Callable[[], Mapping[str, Country]]) -> dict[str, Country]:
    """The countries of an index by the words of their names."""
    return {_words(form): known for form, known in index().items()}


@lru_cache(maxsize=1)
def _slips() -> Slips:
    """All names of all countries, against which slips are held."""
    from cstocli.reading.likeness import Slips

    names = (listed(), _russian(), _everyday(), _by_words(listed), _by_words(_everyday))
    return Slips({form: known.code for index in names for form, known in index.items()})


@lru_cache(maxsize=1)
def listed() -> dict[str, Country]:
    """The countries of ISO 3166-1, and Kosovo, by folded code and name, and by our own names."""
    from cstocli.reading.spellings import OWN

    index = {"kosovo": _KOSOVO, "xk": _KOSOVO, "xkx": _KOSOVO}
    for entry in _entries():
        code = entry["alpha_3"]
        known = Country(code, _UPRIGHT.get(code) or entry.get("common_name", entry["name"]))
        for field in (*_NAMES, "alpha_2", "alpha_3", "numeric"):
            if field in entry:
                index[fold(entry[field])] = known
    return index | {form: index[code.lower()] for form, code in OWN.items()}


@lru_cache(maxsize=3)
def coded(field: str) -> dict[str, Country]:
    """The countries of ISO 3166-1, and Kosovo, by their codes of one kind: `alpha_2`, `alpha_3` or
    `numeric`; Kosovo, which has codes in use but none assigned, has no number.
    """
    kosovo = {"alpha_2": "XK", "alpha_3": _KOSOVO.code}
    index = {entry[field]: listed()[entry["numeric"]] for entry in _entries()}
    return index | ({kosovo[field]: _KOSOVO} if field in kosovo else {})


@lru_cache(maxsize=1)
def _russian() -> dict[str, Country]:
    """The countries by the folded Russian of their names in ISO 3166-1."""
    from gettext import GNUTranslations
    from io import BytesIO

    russian = GNUTranslations(BytesIO(_pycountry("locales", "ru", "LC_MESSAGES", "iso3166-1.mo")))
    index = {}
    for entry in _entries():
        known = listed()[entry["numeric"]]
        for field in _NAMES:
            if field in entry:
                index[fold(russian.gettext(entry[field]))] = known
    return index


@lru_cache(maxsize=1)
def _everyday() -> dict[str, Country]:
    """The countries by the folded names, in many languages, that countryinfo knows."""
    from importlib.resources import files  # its own functions read no archive

    from cstocli.reading.spellings import NATIVE, NO_NAMES

    index = {fold(name): listed()[code.lower()] for name, code in NATIVE.items()}
    folders = [files("countryinfo") / name for name in ("data", "data_no_iso")]
    for file in (file for folder in folders for file in sorted(folder.iterdir(), key=str)):
        info = json.loads(file.read_bytes()) if file.name.endswith(".json") else {}
        if not info.get("name"):
            continue  # those without a name are no countries, and one has the code of another
        known = listed().get(info.get("ISO", {}).get("alpha3", "").lower())
        native = info.get("nativeName") or ""
        each = re.split(" ?/ ?| - ", native)  # `Maroc / المغرب`
        for name in (info["name"], native, *each, *info.get("altSpellings", ())):
            form = fold(name.strip("\u200e\u200f"))  # marks of direction
            if known and form and form not in NO_NAMES:
                index[form] = known
    return index


@lru_cache(maxsize=1)
def _entries() -> list[dict[str, str]]:
    """The countries of ISO 3166-1 as pycountry keeps them."""
    entries: list[dict[str, str]] = json.loads(_pycountry("databases", "iso3166-1.json"))["3166-1"]
    return entries


def _pycountry(*path: str) -> bytes:
    """What is in a file of pycountry, which is not imported: that takes ten times as long.

    Its own look-up is of no use: it guesses where another package happens to be installed.
    """
    from importlib.util import find_spec

    spec = find_spec("pycountry")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pycountry is not installed", name="pycountry")
    return packaged(spec, os.path.join(os.path.dirname(spec.origin), *path))


_NAMES = ("name", "common_name", "official_name")
"""The fields of a country of ISO 3166-1 that hold a name; the last two may be absent."""
_CODE = 3
"""The length of the longest code: `In the` is not India."""
_KOSOVO = Country("XKX", "Kosovo")
"""By the code in use for it; ISO 3166 has assigned none."""
_UPRIGHT = {
    "COD": "Democratic Republic of the Congo",
    "FSM": "Federated States of Micronesia",
    "PSE": "Palestine",
    "RUS": "Russia",
    "VGB": "British Virgin Islands",
    "VIR": "US Virgin Islands",
}
"""Names of the countries for which pycountry has none that people use, or only inverted ones."""
