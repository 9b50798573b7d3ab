"""`csto states`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cstocli.cli.question import ABOUT, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.questions.answer import Answer
    from cstocli.questions.states import StateRow


@question(
    ABOUT,
    3,
    examples=["csto states", "csto states --aliases"],
    params=[click.Option(["--aliases"], is_flag=True, help="Also say what else each is called.")],
)
def states(dataset: Dataset, aliases: bool) -> Answer[StateRow]:
    """List the states of the dataset, their codes, names and status today."""
    return dataset.states(aliases=aliases)
