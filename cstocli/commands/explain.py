"""The questions that explain and compare."""

from __future__ import annotations

import click

from cstocli.dates import When
from cstocli.model import Basis, State
from cstocli.names import Country
from cstocli.options import (
    asked,
    basis_option,
    command,
    exit_status_option,
    format_option,
    on_option,
    period,
    period_options,
    publish,
    today,
)
from cstocli.params import KIND, StateType, WhenType, records_of


@command("csto why uzbekistan --on 2006-07-15", "csto why georgia")
@click.argument("state", type=StateType())
@on_option
@period_options
@basis_option
@format_option
@exit_status_option
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


@command("csto events uzbekistan --from 2006 --to 2008", "csto events --kind entry-into-force")
@click.argument("states", type=StateType(), nargs=-1, metavar="[STATE]...")
@period_options
@click.option("--kind", "kinds", type=KIND, multiple=True, help="Only acts of this kind.")
@format_option
@exit_status_option
@click.pass_context
def events(
    ctx: click.Context,
    states: tuple[State | Country, ...],
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

    between = period(ctx, first, last)
    answer = about.events(records_of(ctx), states, between, kinds, today())
    return publish(answer, form, exit_status)


@command("csto diff 2000-01-01 2007-01-01", "csto diff 1999-04-20 today")
@click.argument("one", type=WhenType(), metavar="DAY")
@click.argument("two", type=WhenType(), metavar="DAY")
@basis_option
@format_option
@exit_status_option
@click.pass_context
def diff(
    ctx: click.Context, one: When, two: When, basis: Basis, form: str, exit_status: bool
) -> int:
    """Compare two days: who joined, left, changed status, or stayed."""
    from cstocli import compare

    answer = compare.diff(records_of(ctx), one, two, basis, today())
    return publish(answer, form, exit_status)


@command("csto together armenia azerbaijan", "csto together RU UZ --basis in-force --format tsv")
@click.argument("states", type=StateType(), nargs=-1, required=True, metavar="STATE STATE...")
@basis_option
@format_option
@exit_status_option
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


@command("csto series", "csto series --by month --from 1999 --to 1999")
@click.option(
    "--by",
    type=click.Choice(["year", "month"]),
    default="year",
    show_default=True,
    help="The length of a period.",
)
@period_options
@basis_option
@format_option
@exit_status_option
@click.pass_context
def series(
    ctx: click.Context,
    by: str,
    first: When | None,
    last: When | None,
    basis: Basis,
    form: str,
    exit_status: bool,
) -> int:
    """Count the states over time, with who joined and who left."""
    from cstocli import compare

    between = period(ctx, first, last)
    return publish(compare.series(records_of(ctx), between, by, basis, today()), form, exit_status)
