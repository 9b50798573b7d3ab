"""`csto members`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cstocli.cli.options import BASIS, ON, PERIOD
from cstocli.cli.question import ASK, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer
    from cstocli.questions.members import MemberRow


@question(
    ASK,
    1,
    examples=[
        "csto members --on 2007-01-01",
        "csto members --on 2006 --throughout",
        "csto members --on 1993-01-01 --basis in-force",
        "csto members --format plain | wc -l",
    ],
    params=[
        ON,
        *PERIOD,
        click.Option(
            ["--throughout"], is_flag=True, help="Only states counted on every day of a period."
        ),
        BASIS,
    ],
)
def members(
    dataset: Dataset, when: Asked, basis: str | None, throughout: bool
) -> Answer[MemberRow]:
    """List the states counted on a day or in a period.

    A month or a year is a period: a state is listed if it was counted on any day of it,
    and the answer says on which.
    """
    return dataset.members(when, basis=basis, throughout=throughout)
