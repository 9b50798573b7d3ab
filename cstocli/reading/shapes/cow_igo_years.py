"""COW IGO with a row for each organisation and year, and a column for each state."""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter

from cstocli.core.model import Country
from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.reading import countries, former
from cstocli.reading.csv_stream import Table
from cstocli.reading.folding import fold
from cstocli.reading.schemes import CODES, Scheme, code_of
from cstocli.reading.shapes.igo import Codes, Lines, strings, year_in
from cstocli.reading.shapes.rows import columns, opened, place_of, rows
from cstocli.reading.shapes.said import Memberships, States, Wanted, whole
from cstocli.reading.shapes.years import Coded, Owners

_NEEDED = ("ioname", "year")
_NAMED = (
    "accuracyofpre1965membershipdates", "dead", "deaddate", "economic", "igocode", "imputed",
    "integrated", "ioname", "ionum", "longorgname", "orgname", "political", "replaced", "sdate",
    "social", "sourcesandnotes", "version", "year",
)  # fmt: skip
"""The columns of the project's own file that are no state."""


def read(wanted: Wanted) -> Memberships:
    """The memberships in a file; raises Refused and BrokenDataset."""
    memberships = Memberships(wanted, "cown")
    with opened(wanted, _NEEDED) as table:
        organisation_at, year_at = columns(table, "cow-igo-years", _NEEDED)
        texts = _states(table, memberships)
        taken = itemgetter(*texts) if len(texts) > 1 else lambda row: (row[next(iter(texts))],)
        dead_at = place_of(table, "deaddate")
        coded: dict[str, dict[int, str]] = {}
        ended: dict[str, int] = {}
        codes, lines = Codes(wanted.missing), Lines()
        last = 0
        for place, row in rows(table, memberships):
            try:
                organisation, year = row[organisation_at].strip(), year_in(row[year_at])
                last = max(last, year)
                if not memberships.asks(organisation):
                    continue
                lines.take(organisation, year, place)
                by_year = coded.setdefault(organisation, {})
                by_year[year] = "".join(map(codes.__getitem__, taken(row)))
                if dead_at is not None and not wanted.missing.has(row[dead_at]):
                    ended[organisation] = whole(row[dead_at])
            except ValueError as error:
                memberships.note_problem(place, error)
    memberships.refuse_problems()
    for organisation, by_year in coded.items():
        years = sorted(by_year)
        found = Coded(memberships, organisation, years)
        for text, line in zip(texts.values(), strings([by_year[y] for y in years]), strict=True):
            found.take(text, line)
        is_over = ended.get(organisation, last) <= years[-1] < last
        found.add(Owners(memberships.states, years), last if is_over else None)
    return memberships


def _states(table: Table, memberships: Memberships) -> dict[int, str]:
    """The code of the state that each column is about, by its place; what names none is noted."""
    found: dict[int, str] = {}
    others = []
    for place, name in enumerate(table.header):
        code = _code(name.strip(), memberships.states)
        if code:
            found[place] = code
        elif name.strip().casefold() not in _NAMED:
            others.append(name)
    if not found:
        raise Refused(f"{quoted(table.name)} has no column of a state")
    for name in others:
        memberships.tell("Left out, columns that name no state", name)
    return found


def _code(name: str, states: States) -> str | None:
    """The code of the state that a column is called after."""
    if states.scheme == "cown":
        return _columns().get(fold(name).replace(" ", ""))
    return name if states.scheme in CODES and name in Scheme(states.scheme) else None


@lru_cache(maxsize=1)
def _columns() -> dict[str, str]:
    """The COW numbers of states by the names of the columns, without blanks."""
    known = {**dict.fromkeys(former.known()), **{c.name: c.code for c in _countries()}}
    numbers = {
        fold(name).replace(" ", ""): code_of(code or name, "cown") for name, code in known.items()
    }
    return {name: number for name, number in numbers.items() if number} | _SHORT


def _countries() -> list[Country]:
    return list(countries.coded("alpha_3").values())


_SHORT = {
    "antiguabarbuda": "58", "bavariaelect": "245", "bosnia": "346", "brunei": "835",
    "capeverde": "402", "car": "482", "congobrazz": "484", "czechrep": "316", "domrepublic": "42",
    "egermany": "265", "eqguinea": "411", "etimor": "860", "fyromacedonia": "343",
    "hesseelect": "273", "hessegrand": "275", "ivorycoast": "437", "korea": "730",
    "marshallis": "983", "mecklenburg": "280", "micronesiafs": "987", "nokorea": "731",
    "nyemen": "678", "russia": "365", "saotome": "403", "soafrica": "560", "sokorea": "732",
    "solomonis": "940", "sosudan": "626", "stkitts": "60", "stlucia": "56", "stvincent": "57",
    "svietnam": "817", "swaziland": "572", "syemen": "680", "trinidad": "52", "turkey": "640",
    "uae": "696", "uk": "200", "usa": "2", "wgermany": "260", "wsamoa": "990",
    "wurtenburg": "271", "yugoslaviaserb": "345", "zaire": "490",
}  # fmt: skip
"""Those that the project shortens, or calls as nobody else does."""
