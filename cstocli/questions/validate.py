"""What is wrong with a dataset file?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cstocli.errors import Problem
from cstocli.escape import printable
from cstocli.questions import phrases
from cstocli.questions.answer import Answer


class ProblemRow(NamedTuple):
    """What is wrong with a dataset file, and where."""

    place: str
    """`spells[12].last_day`; empty where it is the file as a whole."""
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}" if self.place else self.problem


def validate(
    path: str,
    problems: Sequence[Problem],
    counts: Mapping[str, int],
    kept: Iterable[str],
    dataset: Mapping[str, str | None],
) -> Answer[ProblemRow]:
    """The problems of a dataset file; where there are none, what it has and the rules it keeps."""
    found = "no problem" if not problems else f"{len(problems)} problems"
    if len(problems) == 1:
        found = "1 problem"
    has = [f"{count} {name[:-1] if count == 1 else name}" for name, count in counts.items()]
    return Answer(
        "validate",
        title=f"{path}: {found}",
        row_type=ProblemRow,
        rows=[ProblemRow(problem.place, problem.reason) for problem in problems],
        notes=[] if problems else [f"It has {phrases.listed(has)}.", *kept],
        query={"file": printable(path)},
        dataset=dataset,
    )
