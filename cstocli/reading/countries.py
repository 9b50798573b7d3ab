"""The countries that there are, by all their names and codes, from libraries."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import lru_cache

from cstocli.core.model import Country
from cstocli.reading.files import packaged
from cstocli.reading.folding import fold, looked_up


def country(text: str) -> Country | None:
    """The country, of all that there are, that a text names exactly; a slip names none.

    >>> country("Korea, Republic of")
    Country(code='KOR', name='South Korea')
    """
    typed = looked_up(text).replace(" & ", " and ")
    if typed.startswith("st "):
        typed = f"saint {typed.removeprefix('st ')}"
    return next((index[typed] for index in _indexes(typed) if typed in index), None)


def _indexes(typed: str) -> Iterator[dict[str, Country]]:
    """Where to look a folded text up: first what is loaded fast, the rest only if need be."""
    if typed:
        yield listed()
    if any("\u0400" <= letter <= "\u04ff" for letter in typed):
        yield _russian()
    if typed and not any(letter.isdigit() for letter in typed):
        yield _everyday()


@lru_cache(maxsize=1)
def listed() -> dict[str, Country]:
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

    index = {}
    folders = [files("countryinfo") / name for name in ("data", "data_no_iso")]
    for file in (file for folder in folders for file in sorted(folder.iterdir(), key=str)):
        info = json.loads(file.read_bytes()) if file.name.endswith(".json") else {}
        known = listed().get(info.get("ISO", {}).get("alpha3", "").lower())
        for name in (info.get("name"), info.get("nativeName"), *info.get("altSpellings", ())):
            form = fold((name or "").strip("\u200e\u200f"))  # marks of direction
            if known and form:
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
