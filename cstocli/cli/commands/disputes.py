"""`csto disputes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cstocli.cli.params import StateType
from cstocli.cli.question import ABOUT, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.questions.answer import Answer
    from cstocli.questions.disputes import DisputeRow


@question(
    ABOUT,
    1,
    examples=["csto disputes", "csto disputes uzbekistan --format markdown"],
    params=[click.Argument(["state"], type=StateType(), required=False)],
)
def disputes(dataset: Dataset, state: str | None, state_code: str) -> Answer[DisputeRow]:
    """List what sources say otherwise, with the verdict and the reason."""
    return dataset.disputes(state, state_code=state_code)
