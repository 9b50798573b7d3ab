"""`csto events`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cstocli.cli.options import ON, PERIOD
from cstocli.cli.params import KIND, StateType
from cstocli.cli.question import EXPLAIN, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer
    from cstocli.questions.events import EventRow


@question(
    EXPLAIN,
    3,
    examples=[
        "csto events uzbekistan --from 2006 --to 2008",
        "csto events --kind entry-into-force",
    ],
    params=[
        click.Argument(["states"], type=StateType(), nargs=-1, metavar="[STATE]..."),
        ON,
        *PERIOD,
        click.Option(["--kind", "kinds"], type=KIND, multiple=True, help="Only acts of this kind."),
    ],
)
def events(
    dataset: Dataset,
    states: tuple[str, ...],
    when: Asked,
    kinds: tuple[str, ...],
    state_code: str,
) -> Answer[EventRow]:
    """List the acts in order: signatures, accessions, decisions, notes.

    With states, only the acts that concern one of them.
    """
    return dataset.events(*states, during=when, kinds=kinds, state_code=state_code)
