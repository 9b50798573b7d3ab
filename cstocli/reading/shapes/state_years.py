"""Any table with a row for each state and year in which it may have been a member."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cstocli.errors import Refused
from cstocli.reading.shapes.igo import year_in
from cstocli.reading.shapes.rows import opened, rows
from cstocli.reading.shapes.said import Memberships, Wanted, plain
from cstocli.reading.shapes.years import EMPTY, NO_ROW, NONE, Coded, Owners
from cstocli.reading.spell_file import own_name

COUNTED = "1"


def read(
    wanted: Wanted,
    *,
    state: str,
    year: str,
    value: str | None = None,
    counts: Iterable[str] = (),
    organisation: str | None = None,
) -> Memberships:
    """The memberships in a file, of which `state`, `year` and others are columns: the years in
    which the value is one that counts, or in which there is a row if there is no such column.

    Raises Refused and BrokenDataset.
    """
    memberships = Memberships(wanted, "auto")
    code = _coding(wanted, value, counts)
    coded: dict[str, dict[str, dict[int, str]]] = {}
    with opened(wanted, [*filter(None, (state, year, value, organisation))]) as table:
        state_at, year_at = table.column(state), table.column(year)
        value_at = table.column(value) if value else None
        organisation_at = table.column(organisation) if organisation else None
        alone = own_name(wanted.path)
        for place, row in rows(table, memberships):
            try:
                of = row[organisation_at].strip() if organisation_at is not None else alone
                if not memberships.asks(of):
                    continue
                text = row[state_at].strip()
                if wanted.missing.has(text, memberships.states.scheme):
                    memberships.tell("Left out for want of a state", place)
                    continue
                memberships.states.readings(text)
                number = year_in(row[year_at])
                by_year = coded.setdefault(of, {}).setdefault(text, {})
                if number in by_year:
                    raise ValueError(f"{text} has the year {number} already")
                by_year[number] = code("" if value_at is None else row[value_at])
            except ValueError as error:
                memberships.note_problem(place, error)
    memberships.refuse_problems()
    for of, by_text in coded.items():
        years = sorted({number for by_year in by_text.values() for number in by_year})
        found = Coded(memberships, of, years)
        for text, by_year in by_text.items():
            found.take(text, "".join(by_year.get(number, NO_ROW) for number in years))
        found.add(Owners(memberships.states, years))
    return memberships


def _coding(wanted: Wanted, value: str | None, counts: Iterable[str]) -> Callable[[str], str]:
    """What codes a cell: whether it counts, does not, or is missing."""
    folded = {plain(text) for text in counts}
    if value is None:
        if folded:
            raise Refused("--counts says which values of --value count: name that column")
        return lambda text: COUNTED
    if not folded:
        raise Refused(f"say which values of {value} count, such as --counts 1")

    def code(text: str) -> str:
        if plain(text) in folded:
            return COUNTED
        return EMPTY if wanted.missing.has(text) else NONE

    return code
