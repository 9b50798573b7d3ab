"""Where words stand above what they name, so that neither they nor their staffs cross."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

SIGN, _GAP = 9, 5
"""How far words are from their staff, and from the next words."""


class Flag(NamedTuple):
    """Words at the top of a staff."""

    number: int
    """Whose they are."""
    x: float
    """Where the staff stands."""
    wide: float
    high: int
    """How many lines they have."""
    back: bool
    """Whether they are to the left of the staff, for want of room to the right."""

    @property
    def span(self) -> tuple[float, float]:
        """From where to where it reaches."""
        wide = self.wide + SIGN + _GAP
        return (self.x - wide, self.x + _GAP) if self.back else (self.x - _GAP, self.x + wide)

    def covers(self, other: Flag) -> bool:
        """Whether its words stand where the staff of another does, so that it must be above."""
        left, right = self.span
        return abs(self.x - other.x) > 1 and left < other.x < right

    def touches(self, other: Flag) -> bool:
        """Whether they cannot stand beside each other."""
        (left, right), (begins, end) = self.span, other.span
        return left < end and begins < right


def hoisted(flags: Sequence[Flag]) -> list[int]:
    """The row of each flag, the lowest of the rows that it takes, counted from the lowest of all.

    Each is as low as there is room above those whose staffs would cross its words. Where two are
    so close to each other that the staff of one crosses the words of the other anyhow, those of
    which fewest are crossed are lower.
    """
    under = [{other.number for other in flags if flag.covers(other)} for flag in flags]
    rows: dict[int, int] = {}
    waiting = sorted(flags, key=lambda flag: -flag.x)
    while waiting:
        flag = min(waiting, key=lambda one: len(under[one.number] - rows.keys()))
        waiting.remove(flag)
        row = max((rows[i] + flags[i].high for i in under[flag.number] & rows.keys()), default=0)
        taken = [i for i in rows if flags[i].touches(flag)]
        while any(row < rows[i] + flags[i].high and rows[i] < row + flag.high for i in taken):
            row += 1
        rows[flag.number] = row
    return [rows[flag.number] for flag in flags]
