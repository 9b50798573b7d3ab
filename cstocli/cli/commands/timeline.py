"""`csto timeline`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from cstocli.cli import exits
from cstocli.cli.options import BASIS, ON, PERIOD
from cstocli.cli.params import FILE, StateType
from cstocli.cli.question import EXPLAIN, Outcome, question
from cstocli.writing.publish import write_bytes

if TYPE_CHECKING:
    from cstocli.core.model import Named
    from cstocli.library import Dataset
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer


@question(
    EXPLAIN,
    7,
    examples=[
        "csto timeline",
        "csto timeline UZ GE --from 1992 --to 2012",
        "csto timeline --svg csto.svg",
    ],
    params=[
        click.Argument(["states"], type=StateType(), nargs=-1, metavar="[STATE]..."),
        ON,
        *PERIOD,
        click.Option(
            ["--svg"],
            type=FILE,
            metavar="FILE",
            help="Write a picture to this file; - is stdout.",
        ),
        click.Option(["--force"], is_flag=True, help="Write over a file that is there."),
        BASIS,
    ],
)
def timeline(
    dataset: Dataset,
    states: tuple[Named, ...],
    when: Asked,
    svg: str | None,
    force: bool,
    basis: str | None,
    state_code: str,
) -> Answer[Any] | Outcome:
    """Draw the spells over time, in the terminal or as a picture.

    Each status has a glyph of its own; days on which a rival would change the answer, and
    remarks, are marked below a row. Below 40 columns the spells are listed.
    """
    answer = dataset.timeline(*states, during=when, basis=basis, state_code=state_code)
    if svg is None or not answer.drawing:
        return answer
    from cstocli.writing.svg import picture
    from cstocli.writing.whole import written_whole

    drawn = picture(answer.drawing)
    if svg == "-":
        write_bytes(drawn, sys.stdout)
    else:
        with written_whole(svg, force=force) as file:
            file.write(drawn.encode())
    if answer.cut:
        last_day = answer.drawing.days[1]
        sys.stderr.write(f"Note: cut at {last_day}, the last day that can be asked.\n")
    return Outcome(None, exits.YES)
