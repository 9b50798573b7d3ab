"""COW IGO with a row for each state and year, and a column for each organisation."""

from __future__ import annotations

from operator import itemgetter

from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.reading.csv_stream import Table
from cstocli.reading.shapes.igo import Codes, Lines, strings, year_in
from cstocli.reading.shapes.rows import columns, opened, rows
from cstocli.reading.shapes.said import Memberships, Wanted
from cstocli.reading.shapes.years import NO_ROW, Coded, Owners
from cstocli.reading.spell_file import pick

_NEEDED = ("ccode", "year")
_OTHERS = ("ccode", "year", "state", "stateabb", "statenme", "version")
"""The columns that are no organisation."""


def read(wanted: Wanted) -> Memberships:
    """The memberships in a file; raises Refused and BrokenDataset."""
    memberships = Memberships(wanted, "cown")
    with opened(wanted, _NEEDED) as table:
        state_at, year_at = columns(table, "cow-igo", _NEEDED)
        places = _organisations(table, memberships)
        names = [table.header[place].strip() for place in places]
        taken = itemgetter(*places) if places[1:] else lambda row: (row[places[0]],)
        coded: dict[str, dict[int, str]] = {}
        codes, lines = Codes(wanted.missing), Lines()
        for place, row in rows(table, memberships):
            try:
                text, year = row[state_at].strip(), year_in(row[year_at])
                memberships.states.readings(text)
                lines.take(text, year, place)
                coded.setdefault(text, {})[year] = "".join(map(codes.__getitem__, taken(row)))
            except ValueError as error:
                memberships.note_problem(place, error)
    memberships.refuse_problems()
    years = sorted({year for by_year in coded.values() for year in by_year})
    found = [Coded(memberships, name, years) for name in names]
    nobody = NO_ROW * len(names)
    for text, by_year in coded.items():
        of_text = strings([by_year.get(year, nobody) for year in years])
        for organisation, line in zip(found, of_text, strict=True):
            organisation.take(text, line)
    owners = Owners(memberships.states, years)
    for organisation in found:
        organisation.add(owners)
    return memberships


def _organisations(table: Table, memberships: Memberships) -> list[int]:
    """The places of the columns of the organisations that are asked for."""
    places = {
        name.strip(): place
        for place, name in enumerate(table.header)
        if name.strip().casefold() not in _OTHERS
    }
    if not places:
        raise Refused(f"{quoted(table.name)} has no column of an organisation")
    wanted = memberships.wanted.organisations
    asked = [pick([*places], name, table.name) for name in wanted] or [*places]
    for name in asked:
        memberships.asks(name)
    return [places[name] for name in dict.fromkeys(asked)]
