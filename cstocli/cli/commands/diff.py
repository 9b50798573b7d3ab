"""`csto diff`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cstocli.cli.options import BASIS
from cstocli.cli.params import WhenType
from cstocli.cli.question import EXPLAIN, question

if TYPE_CHECKING:
    from cstocli.core.days import When
    from cstocli.library import Dataset
    from cstocli.questions.answer import Answer
    from cstocli.questions.diff import DiffRow


@question(
    EXPLAIN,
    4,
    examples=["csto diff 2000-01-01 2007-01-01", "csto diff 1999-04-20 today --all"],
    params=[
        click.Argument(["one"], type=WhenType(), metavar="DAY"),
        click.Argument(["two"], type=WhenType(), metavar="DAY"),
        click.Option(
            ["--all", "everyone"],
            is_flag=True,
            help="Also list the states that stayed as they were.",
        ),
        BASIS,
    ],
)
def diff(
    dataset: Dataset, one: When, two: When, everyone: bool, basis: str | None
) -> Answer[DiffRow]:
    """Compare two days: who joined, left or changed status."""
    return dataset.diff(one, two, basis=basis, everyone=everyone)
