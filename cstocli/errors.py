"""What can go wrong: what was asked cannot be meant, or a file is broken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Refused(ValueError):
    """What was typed cannot be used; the message says why, and what to type instead."""


class Problem(NamedTuple):
    """What is wrong, and where."""

    place: str
    """`spells[12].last_day`, or `line 12`; empty where it is the file as a whole."""
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}" if self.place else self.reason


class BrokenDataset(ValueError):
    """A dataset file that cannot be read, or that breaks a rule; the message says where."""

    def __init__(self, path: str, problems: Sequence[Problem]) -> None:
        super().__init__(path, problems)
        self.path = path
        self.problems = tuple(problems)
        """At least one."""

    def __str__(self) -> str:
        from cstocli.escape import printable  # so that `import cstocli` stays light

        more = f" ({len(self.problems)} problems in all)" if self.problems[1:] else ""
        return f"{printable(self.path)}: {self.problems[0]}{more}"


def broken(path: str, reason: str, place: str = "") -> BrokenDataset:
    """A file of which one thing is wrong."""
    return BrokenDataset(path, [Problem(place, reason)])
