"""The chart of memberships over time."""

from __future__ import annotations

import sys

import click

from cstocli import exits, render
from cstocli.dates import When
from cstocli.files import written_whole
from cstocli.model import Basis, State
from cstocli.names import Country
from cstocli.options import BASIS, EXIT_STATUS, FORMAT, ON, PERIOD, command, period, publish, today
from cstocli.params import FILE, StateType, records_of


@command(
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
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def timeline(
    ctx: click.Context,
    states: tuple[State | Country, ...],
    on: When | None,
    first: When | None,
    last: When | None,
    svg: str | None,
    force: bool,
    basis: Basis,
    form: str,
    exit_status: bool,
) -> int:
    """Draw the spells over time, in the terminal or as a picture.

    Each status has a glyph of its own; days on which a rival would change the answer, and
    remarks, are marked below a row. Below 40 columns the spells are listed.
    """
    from cstocli import picture
    from cstocli import timeline as lanes

    between = period(ctx, on, first, last)
    asked = (records_of(ctx), states, between, basis, today())
    if svg is not None:
        drawn = lanes.drawing(*asked)
        drawing = picture.svg(drawn)
        if svg == "-":
            render.write_bytes(drawing, sys.stdout)
        else:
            with written_whole(svg, force=force) as file:
                file.write(drawing.encode())
        if between and between.last_day > drawn.days[1]:
            sys.stderr.write(f"Note: {between.text} is cut at {drawn.days[1]}.\n")
        return exits.YES
    answer = lanes.timeline(*asked)
    if form == render.TABLE:
        columns, unicode = render.width(sys.stdout), render.carries_unicode(sys.stdout)
        lines = lanes.chart(lanes.drawing(*asked), columns, unicode=unicode)
        if lines:
            sys.stdout.write(render.as_table(answer, sys.stdout, lines))
            return exits.NO if exit_status and not answer.rows else exits.YES
    return publish(answer, form, exit_status)
