"""`csto timeline`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cstocli.cli.options import BASIS, ON, PERIOD
from cstocli.cli.params import OFFICE, StateType
from cstocli.cli.pictures import PICTURE, Picture, pictured
from cstocli.cli.question import EXPLAIN, Outcome, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer


@question(
    EXPLAIN,
    7,
    examples=[
        "csto timeline",
        "csto timeline UZ GE --from 1992 --to 2012",
        "csto timeline --office chair",
        "csto timeline --svg csto.svg --theme dark",
    ],
    params=[
        click.Argument(["states"], type=StateType(), nargs=-1, metavar="[STATE]..."),
        ON,
        *PERIOD,
        click.Option(["--office"], type=OFFICE, help="Draw who held this office instead."),
        *PICTURE,
        BASIS,
    ],
)
def timeline(
    dataset: Dataset,
    states: tuple[str, ...],
    when: Asked,
    office: str | None,
    basis: str | None,
    state_code: str,
    **picture: Any,
) -> Outcome:
    """Draw the spells over time, in the terminal or as a picture.

    Each status has a look of its own; days on which a rival would change the answer, and
    remarks, are marked below a row. Below 40 columns the spells are listed.
    """
    if office and states:
        raise click.UsageError("name states, or an office by --office")
    answer: Answer[Any] = (
        dataset.held_timeline(office, when)
        if office
        else dataset.timeline(*states, during=when, basis=basis, state_code=state_code)
    )
    return pictured(answer, Picture(**picture))
