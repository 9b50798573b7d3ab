"""Which states does the dataset have?"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cstocli.core.days import When
from cstocli.core.records import Records
from cstocli.questions.answer import Answer, answered, covered


class StateRow(NamedTuple):
    """A state with its names, codes and the status of today."""

    state: str
    name: str
    official: str
    russian: str
    native: str
    alpha_2: str | None
    numeric: str | None
    cow: str | None
    wikidata: str | None
    status: str
    aliases: str | None
    """Joined by `; `, because an alias may hold a blank; None unless asked for."""
    cown: str | None
    """The number of the Correlates of War project."""
    gwn: str | None
    """The number of Gleditsch and Ward."""

    def __str__(self) -> str:
        return self.name


COLUMNS = {
    "state": "Code",
    "name": "Name",
    "official": "Official name",
    "alpha_2": "ISO 2",
    "numeric": "Number",
    "cow": "COW",
    "status": "Status",
    "aliases": "Also called",
}


def states(
    records: Records,
    today: When,
    code_of: Callable[[str, str], str | None],
    *,
    aliases: bool = False,
) -> Answer[StateRow]:
    """The states of the dataset, with their names and codes, and the status of today.

    `code_of` knows the code of a state in a scheme, by the state's code and the scheme's name.
    """
    days, coverage = covered(records, today, today)
    rows = [
        StateRow(
            state.code,
            state.name,
            state.official,
            state.russian,
            state.native,
            state.alpha_2,
            state.numeric,
            state.cow,
            state.wikidata,
            records.status_on(state.code, days[1]),
            "; ".join((*state.aliases, *state.adjectives)) if aliases else None,
            code_of(state.code, "cown"),
            code_of(state.code, "gwn"),
        )
        for state in records.states.values()
    ]
    return answered(
        records,
        "states",
        StateRow,
        rows,
        coverage,
        title=f"States: {len(rows)}\nThe status is that of {days[1]}.",
        query={"on": days[1]},
        days=days,
        columns=COLUMNS,
    )
