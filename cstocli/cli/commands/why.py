"""`csto why`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cstocli.cli.options import BASIS, ON, PERIOD
from cstocli.cli.params import StateType
from cstocli.cli.question import EXPLAIN, question

if TYPE_CHECKING:
    from cstocli.core.model import Named
    from cstocli.library import Dataset
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer
    from cstocli.questions.why import WhyRow


@question(
    EXPLAIN,
    1,
    examples=["csto why uzbekistan --on 2006-07-15", "csto why georgia"],
    params=[click.Argument(["state"], type=StateType()), ON, *PERIOD, BASIS],
)
def why(
    dataset: Dataset, state: Named, when: Asked, basis: str | None, state_code: str
) -> Answer[WhyRow]:
    """Explain one answer: the rule, the spell, the acts, what is disputed, the sources."""
    return dataset.why(state, when, basis=basis, state_code=state_code)
