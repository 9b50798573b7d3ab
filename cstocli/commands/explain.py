"""The questions that explain and compare."""

from __future__ import annotations

import click

from cstocli.dates import When
from cstocli.model import Basis, State
from cstocli.names import Country
from cstocli.options import (
    BASIS,
    EXIT_STATUS,
    FORMAT,
    ON,
    PERIOD,
    asked,
    command,
    period,
    publish,
    today,
)
from cstocli.params import KIND, Choice, StateType, WhenType, records_of


@command(
    examples=["csto why uzbekistan --on 2006-07-15", "csto why georgia"],
    params=[
        click.Argument(["state"], type=StateType()),
        ON,
        *PERIOD,
        BASIS,
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def why(
    ctx: click.Context,
    state: State | Country,
    on: When | None,
    first: When | None,
    last: When | None,
    basis: Basis,
    form: str,
    exit_status: bool,
) -> int:
    """Explain one answer: the rule, the spell, the acts, what is disputed, the sources."""
    from cstocli import explain

    when = asked(ctx, on, first, last)
    return publish(explain.why(records_of(ctx), state, when, basis, today()), form, exit_status)


@command(
    examples=[
        "csto events uzbekistan --from 2006 --to 2008",
        "csto events --kind entry-into-force",
    ],
    params=[
        click.Argument(["states"], type=StateType(), nargs=-1, metavar="[STATE]..."),
        ON,
        *PERIOD,
        click.Option(["--kind", "kinds"], type=KIND, multiple=True, help="Only acts of this kind."),
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def events(
    ctx: click.Context,
    states: tuple[State | Country, ...],
    on: When | None,
    first: When | None,
    last: When | None,
    kinds: tuple[str, ...],
    form: str,
    exit_status: bool,
) -> int:
    """List the acts in order: signatures, accessions, decisions, notes.

    With states, only the acts that concern one of them.
    """
    from cstocli import about

    between = period(ctx, on, first, last)
    answer = about.events(records_of(ctx), states, between, kinds, today())
    return publish(answer, form, exit_status)


@command(
    examples=["csto diff 2000-01-01 2007-01-01", "csto diff 1999-04-20 today"],
    params=[
        click.Argument(["one"], type=WhenType(), metavar="DAY"),
        click.Argument(["two"], type=WhenType(), metavar="DAY"),
        BASIS,
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def diff(
    ctx: click.Context, one: When, two: When, basis: Basis, form: str, exit_status: bool
) -> int:
    """Compare two days: who joined, left, changed status, or stayed."""
    from cstocli import compare

    answer = compare.diff(records_of(ctx), one, two, basis, today())
    return publish(answer, form, exit_status)


@command(
    examples=[
        "csto together armenia azerbaijan",
        "csto together RU UZ --basis in-force --format tsv",
    ],
    params=[
        click.Argument(
            ["states"], type=StateType(), nargs=-1, required=True, metavar="STATE STATE..."
        ),
        BASIS,
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def together(
    ctx: click.Context,
    states: tuple[State | Country, ...],
    basis: Basis,
    form: str,
    exit_status: bool,
) -> int:
    """List the runs of days on which all the states were counted, and the gaps."""
    from cstocli import compare

    answer = compare.together(records_of(ctx), states, basis, today())
    return publish(answer, form, exit_status)


@command(
    examples=["csto series", "csto series --by month --from 1999 --to 1999"],
    params=[
        click.Option(
            ["--by"],
            type=Choice(["year", "month"]),
            default="year",
            show_default=True,
            help="The length of a period.",
        ),
        ON,
        *PERIOD,
        BASIS,
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def series(
    ctx: click.Context,
    by: str,
    on: When | None,
    first: When | None,
    last: When | None,
    basis: Basis,
    form: str,
    exit_status: bool,
) -> int:
    """Count the states over time, with who joined and who left."""
    from cstocli import compare

    between = period(ctx, on, first, last)
    return publish(compare.series(records_of(ctx), between, by, basis, today()), form, exit_status)
