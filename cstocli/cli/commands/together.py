"""`csto together`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cstocli.cli.options import BASIS
from cstocli.cli.params import StateType
from cstocli.cli.question import EXPLAIN, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.questions.answer import Answer
    from cstocli.questions.together import TogetherRow


@question(
    EXPLAIN,
    5,
    examples=[
        "csto together armenia azerbaijan",
        "csto together RU UZ --basis in-force --format tsv",
    ],
    params=[
        click.Argument(
            ["states"], type=StateType(), nargs=-1, required=True, metavar="STATE STATE..."
        ),
        BASIS,
    ],
)
def together(
    dataset: Dataset, states: tuple[str, ...], basis: str | None, state_code: str
) -> Answer[TogetherRow]:
    """List the runs of days on which all the states were counted, and the gaps."""
    return dataset.together(*states, basis=basis, state_code=state_code)
