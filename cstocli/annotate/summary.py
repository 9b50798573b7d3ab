"""What came of the rows of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from cstocli.annotate.join import Row
from cstocli.errors import Problem, Refused
from cstocli.escape import printable
from cstocli.reading.columns import KINDS, Hint

_EXAMPLES = 5
"""How many problems, and hints of a kind, the closing summary names."""


class Summary:
    """What came of the rows of a table."""

    def __init__(self, notes: Mapping[str, None]) -> None:
        self.rows = 0
        """How many were read, blank lines left out."""
        self.missing = 0
        """How many had a cell that says nothing."""
        self.problems = 0
        """How many could not be answered."""
        self.examples: list[Problem] = []
        """The first few of the problems."""
        self.hints: Counter[Hint] = Counter()
        """In how many rows something was not plain to read."""
        self._notes = notes

    @property
    def answered(self) -> int:
        """How many rows have an answer."""
        return self.rows - self.missing - self.problems

    def take(
        self,
        answers: Sequence[Row],
        places: Sequence[int],
        numbers: Iterable[int],
        unit: str = "row",
        *,
        fail_fast: bool = False,
    ) -> None:
        """Count rows by the places of their answers; their numbers say where a problem is.

        Raises Refused at the first problem if `fail_fast`.
        """
        self.rows += len(places)
        wrong = set()
        for place, number in Counter(places).items():
            row = answers[place]
            self.missing += row.missing and number
            for hint in row.hints:
                self.hints[hint] += number
            if row.error:
                wrong.add(place)
        if not wrong:
            return
        for number, place in zip(numbers, places, strict=True):
            if place in wrong:
                problem = Problem(f"{unit} {number}", answers[place].error)
                if fail_fast:
                    raise Refused(str(problem))
                self.problems += 1
                if len(self.examples) < _EXAMPLES:
                    self.examples.append(problem)

    def lines(self) -> list[str]:
        """How many rows were answered, what the first problems are, and what else is to be said."""
        missing = f", {self.missing} missing" if self.missing else ""
        lines = [
            f"{counted(self.rows, 'row')}: {self.answered} answered{missing}, "
            f"{self.problems} with a problem."
        ]
        lines += [str(problem) for problem in self.examples]
        more = self.problems - len(self.examples)
        if more:
            lines.append(f"and {more} more, each with the reason in csto_error.")
        lines += [self._of_kind(kind) for kind in KINDS if self._hints_of(kind)]
        return lines + [f"Note: {note}" for note in self._notes]

    def _hints_of(self, kind: str) -> list[tuple[str, int]]:
        """The hints of a kind with their numbers of rows, the commonest first."""
        found = [(hint.text, number) for hint, number in self.hints.items() if hint.kind == kind]
        return sorted(found, key=lambda one: (-one[1], one[0]))

    def _of_kind(self, kind: str) -> str:
        """The hints of a kind in a line."""
        found = self._hints_of(kind)
        shown = [f"{printable(text)} ({counted(rows, 'row')})" for text, rows in found[:_EXAMPLES]]
        more = f", and {len(found) - _EXAMPLES} more" if len(found) > _EXAMPLES else ""
        return f"Note: {KINDS[kind]}: {', '.join(shown)}{more}."


def counted(number: int, word: str) -> str:
    """A number of things."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
