"""`csto history`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cstocli.cli.options import BASIS
from cstocli.cli.params import StateType
from cstocli.cli.question import ASK, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.questions.answer import Answer
    from cstocli.questions.history import HistoryRow


@question(
    ASK,
    3,
    examples=["csto history uzbekistan", "csto history UZ GE --format csv"],
    params=[
        click.Argument(["states"], type=StateType(), nargs=-1, metavar="[STATE]..."),
        BASIS,
    ],
)
def history(
    dataset: Dataset, states: tuple[str, ...], basis: str | None, state_code: str
) -> Answer[HistoryRow]:
    """Tell a state's whole story: every spell, remark and dispute.

    Without a state, that of each. Every spell is told under every basis: --basis changes
    nothing here.
    """
    return dataset.history(*states, state_code=state_code)
