"""How the questions of the library are asked: of which states, days and basis."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cstocli.errors import Refused

if TYPE_CHECKING:
    from cstocli.core.days import When
    from cstocli.core.model import Basis, Named
    from cstocli.core.records import Records
    from cstocli.reading.names import Names

    Day = dt.date | str | int | When
    """A day; or text, or the number of a year, as the command line would read it: `"2006"`,
    `"15 May 1992"`, `2006`."""
    Asked = Day | tuple[Day | None, Day | None] | None
    """A day, a month or a year; a first and a last one, both included, of which None stands for
    the first day of the dataset, or for today; or None for today, or for every day."""
    State = str | Named
    """Any name or code of a state."""


def path_of(path: Any) -> str:
    """The path of a file as text; raises Refused for what is none."""
    try:
        named = os.fspath(path)
    except TypeError:
        named = None
    if not isinstance(named, str):
        from cstocli.escape import shown  # so that `import cstocli` stays light

        raise Refused(f"{shown(path)} is no path of a file")
    return named


class Asking:
    """A dataset, and how what is asked of it is understood."""

    def __init__(self, records: Records, path: str | None = None) -> None:
        self.records = records
        """What the file says, record by record."""
        self._path = path

    def state(self, text: State) -> Named:
        """The state that a text names, or the country that is none of the dataset's.

        >>> from cstocli import load
        >>> load().state("Узбекистан").code
        'UZB'
        """
        return self._names.resolve(text)

    @cached_property
    def _names(self) -> Names:
        """The names of the states."""
        from cstocli.reading.names import Names

        return Names(self.records.states)

    def _states(self, texts: Iterable[State]) -> list[Named]:
        """The states that texts name."""
        return [self.state(text) for text in texts]

    def _basis(self, name: str | None) -> Basis:
        """The basis of that name, or the default one."""
        from cstocli.reading import asked

        return asked.basis(self.records, name)

    def _today(self) -> When:
        """Today, as a question asks about it."""
        from cstocli.reading import asked

        return asked.today()

    def _during(self, days: Asked) -> tuple[When | None, When]:
        """The days asked about, if any are, and today."""
        from cstocli.reading import asked

        today = asked.today()
        return asked.when(self.records, days, today), today

    def _on(self, days: Asked) -> tuple[When, When]:
        """The days asked about, which are those of today if none are named, and today."""
        when, today = self._during(days)
        return when or today, today
