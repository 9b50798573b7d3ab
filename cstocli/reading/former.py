"""States that ISO 3166-1 does not have, most of them of the past, by their names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from cstocli.core.model import Former
from cstocli.reading.codes import uses
from cstocli.reading.folding import fold, looked_up


def former(text: str) -> Former | None:
    """The state without an ISO code that a text names.

    >>> former("СССР")
    Former(code='Soviet Union', name='Soviet Union', first_day=datetime.date(1922, 12, 30), \
last_day=datetime.date(1991, 12, 25))
    """
    return _named().get(looked_up(text).replace(" & ", " and "))


def known() -> frozenset[str]:
    """The names by which states without an ISO code go."""
    return frozenset(_DAYS) | frozenset(_LISTED)


@lru_cache(maxsize=1)
def _named() -> dict[str, Former]:
    """The states by their folded names."""
    return {fold(form): one for one in _formers() for form in (one.name, *_names(one.name))}


def _names(name: str) -> tuple[str, ...]:
    """What else a state is called."""
    return _ALSO_CALLED.get(name, ())


def _formers() -> Iterator[Former]:
    """Each state, with the days of its own, or else those on which some list has it."""
    for name, days in _DAYS.items():
        yield Former(name, name, *map(dt.date.fromisoformat, days))
    for name in _LISTED:
        in_use = [use for use in uses() if use.state == name]
        lasts = [use.last_day for use in in_use]
        last = None if None in lasts else max(filter(None, lasts))
        yield Former(name, name, min(use.first_day for use in in_use), last)


_DAYS = {
    "Czechoslovakia": ("1918-10-28", "1992-12-31"),
    "East Germany": ("1949-10-07", "1990-10-02"),
    "Serbia and Montenegro": ("1992-04-27", "2006-06-04"),
    "Soviet Union": ("1922-12-30", "1991-12-25"),
    "Yugoslavia": ("1918-12-01", "1992-04-26"),
}
"""The first and the last day of states that are asked about by name."""
_LISTED = (
    "Abkhazia",
    "Annam",
    "Austria-Hungary",
    "Baden",
    "Bavaria",
    "Gran Colombia",
    "Hanover",
    "Hesse-Darmstadt",
    "Hesse-Kassel",
    "Korea (until 1910)",
    "Mecklenburg-Schwerin",
    "Modena",
    "North Yemen",
    "Orange Free State",
    "Papal States",
    "Parma",
    "Saxony",
    "South Ossetia",
    "South Vietnam",
    "South Yemen",
    "Tibet",
    "Transvaal",
    "Tuscany",
    "Two Sicilies",
    "United Provinces of Central America",
    "Württemberg",
    "Zanzibar",
)
"""The others that the lists of codes have."""
_ALSO_CALLED = {
    "Abkhazia": ("Абхазия",),
    "Czechoslovakia": (
        "Czecho-Slovakia", "Czechoslovak Republic", "Czechoslovak Socialist Republic",
        "Czech and Slovak Federal Republic", "Czech and Slovak Federative Republic", "CSSR", "CSFR",
        "Чехословакия", "ЧССР", "ЧСФР",
    ),
    "East Germany": (
        "German Democratic Republic", "Germany, East", "GDR", "DDR",
        "Deutsche Demokratische Republik", "Германская Демократическая Республика",
        "Восточная Германия", "ГДР",
    ),
    "Gran Colombia": ("Great Colombia",),
    "Hesse-Darmstadt": ("Hesse Grand Ducal", "Hesse-Darmstadt (Ducal)"),
    "Hesse-Kassel": ("Hesse Electoral", "Hesse-Kassel (Electoral)"),
    "North Yemen": ("Yemen Arab Republic", "Yemen, North", "YAR"),
    "Serbia and Montenegro": (
        "State Union of Serbia and Montenegro", "Federal Republic of Yugoslavia", "FR Yugoslavia",
        "Yugoslavia, Fed. Rep.", "FRY", "Сербия и Черногория", "Союзная Республика Югославия",
        "СРЮ",
    ),
    "South Ossetia": ("Южная Осетия",),
    "South Vietnam": ("Republic of Vietnam", "Vietnam, Republic of", "Vietnam, South"),
    "South Yemen": (
        "People's Democratic Republic of Yemen", "Yemen People's Republic",
        "Yemen, People's Republic of", "Democratic Yemen", "Yemen, South", "PDRY",
    ),
    "Soviet Union": (
        "Union of Soviet Socialist Republics", "USSR", "Советский Союз",
        "Союз Советских Социалистических Республик", "СССР",
    ),
    "United Provinces of Central America": ("United Province CA",),
    "Württemberg": ("Wuerttemberg", "Wuerttemburg"),
    "Yugoslavia": (
        "Socialist Federal Republic of Yugoslavia", "SFR Yugoslavia", "Kingdom of Yugoslavia",
        "SFRY", "SFRJ", "Югославия", "СФРЮ",
    ),
}  # fmt: skip
"""Other names in English, and the Russian ones; the lists' own names among them."""
