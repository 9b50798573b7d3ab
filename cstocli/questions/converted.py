"""What became of a file of the field?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from cstocli.core.days import Known
from cstocli.escape import printable
from cstocli.questions.answer import Answer


class ConvertedRow(NamedTuple):
    """A spell, as a line of a table of spells has it."""

    organisation: str
    state: str
    """ISO 3166-1 alpha-3, or the name of what has no such code."""
    status: str
    """`member`, `unknown`, or another one, which is not counted."""
    first_day: Known
    last_day: Known | None
    """None while it lasts."""
    remark: str | None
    verified_through: dt.date | None
    """The day up to which the file was checked, the same in all lines of an organisation."""

    def __str__(self) -> str:
        last = f"to {self.last_day}" if self.last_day else "on"
        return f"{self.organisation}: {self.state}, {self.status} from {self.first_day} {last}"


def converted(
    path: str, shape: str, rows: Iterable[ConvertedRow], read: int, notes: Iterable[str]
) -> Answer[ConvertedRow]:
    """The spells of a file, with what was read and what was left out."""
    found = [*rows]
    organisations = len({row.organisation for row in found})
    states = len({row.state for row in found})
    return Answer(
        "converted",
        title=f"{printable(path)}: {_counted(read, 'row')} read; "
        f"{_counted(organisations, 'organisation')}, {_counted(states, 'state')}, "
        f"{_counted(len(found), 'spell')} written.",
        row_type=ConvertedRow,
        rows=found,
        notes=notes,
        query={"file": printable(path), "from": shape},
        dataset={"release": None, "verified_through": None},
    )


def _counted(number: int, word: str) -> str:
    """A number of things."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
