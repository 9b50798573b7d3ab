"""What came of the rows of a table."""

from __future__ import annotations

from collections.abc import Mapping

from cstocli.errors import Problem

_EXAMPLES = 5
"""How many problems the closing summary names."""


class Summary:
    """What came of the rows of a table."""

    def __init__(self, notes: Mapping[str, None]) -> None:
        self.rows = 0
        """How many were read, blank lines left out."""
        self.problems = 0
        """How many could not be answered."""
        self.examples: list[Problem] = []
        """The first few of the problems."""
        self._notes = notes

    def note(self, problem: Problem) -> None:
        """Count a problem, and keep it if it is among the first."""
        self.problems += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(problem)

    def lines(self) -> list[str]:
        """How many rows were answered, what the first problems are, and what else is to be said."""
        answered = self.rows - self.problems
        rows = counted(self.rows, "row")
        lines = [f"{rows}: {answered} answered, {self.problems} with a problem."]
        lines += [str(problem) for problem in self.examples]
        more = self.problems - len(self.examples)
        if more:
            lines.append(f"and {more} more, each with the reason in csto_error.")
        return lines + [f"Note: {note}" for note in self._notes]


def counted(number: int, word: str) -> str:
    """A number of things."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
