"""The states that the cells of a file name by the codes of a scheme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from cstocli.core.days import Days
from cstocli.core.model import Country, State
from cstocli.reading.cells import States
from cstocli.reading.schemes import CODES, Reading, Scheme

ALWAYS = (dt.date.min, dt.date.max)


def states_under(scheme: str, known: Iterable[State]) -> States:
    """The states of a file whose cells are read under a scheme."""
    return CodedStates(scheme) if scheme in CODES else States(known, scheme)


class CodedStates(States):
    """The states that rows name by codes.

    What a code that has named several states means can only be said with the days of its row.
    """

    def __init__(self, scheme: str) -> None:
        super().__init__((), scheme)
        self._codes = Scheme(scheme)

    def code(self, name: str) -> Any:
        """The code of the state that a text means, or what it means on which days."""
        if not name:
            raise ValueError("there is no state")
        readings = self._codes.readings(name)
        in_use = [one for one in readings if not one.outside]
        if len({one.state for one in in_use}) > 1:
            return in_use
        return self._named(in_use[0].state)

    def settled(
        self,
        codes: Sequence[Any],
        first_days: Sequence[dt.date],
        last_days: Sequence[dt.date | None],
    ) -> list[str]:
        """The codes of the states of rows, each by its days; raises ValueError where these are
        those of several states.
        """
        rows = zip(codes, first_days, last_days, strict=True)
        return [
            code if isinstance(code, str) else self._on(code, (first, last or dt.date.max))
            for code, first, last in rows
        ]

    def _on(self, readings: Sequence[Reading], days: Days) -> str:
        """The state that a code means on days."""
        within = [one for one in readings if one.first_day <= days[1] and one.last_day >= days[0]]
        states = list(dict.fromkeys(one.state for one in within)) or [readings[-1].state]
        if states[1:]:
            change = next(one for one in within if one.state == states[1]).first_day
            raise ValueError(
                f"{readings[0].code} is {states[0].name} before {change} and {states[1].name} "
                "from then on: give each a line of its own"
            )
        return self._named(states[0])

    def _named(self, state: Country) -> str:
        """The code of a state that a row names."""
        code, name = state
        if code not in self.named:
            self.named[code] = State(code, None, None, None, None, name, name, name, name, (), ())
        return code
