"""The questions about membership: who, whether, since when, and who joined or left."""

from __future__ import annotations

import sys

import click

from cstocli import exits, queries
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
from cstocli.params import StateType, records_of


@command(
    examples=[
        "csto members --on 2007-01-01",
        "csto members --on 2006 --throughout",
        "csto members --on 1993-01-01 --basis in-force",
        "csto members --format plain | wc -l",
    ],
    params=[
        ON,
        *PERIOD,
        click.Option(
            ["--throughout"], is_flag=True, help="Only states counted on every day of a period."
        ),
        BASIS,
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def members(
    ctx: click.Context,
    on: When | None,
    first: When | None,
    last: When | None,
    throughout: bool,
    basis: Basis,
    form: str,
    exit_status: bool,
) -> int:
    """List the states counted on a day or in a period.

    A month or a year is a period: a state is listed if it was counted on any day of it,
    and the answer says on which.
    """
    records = records_of(ctx)
    when = asked(ctx, on, first, last)
    answer = queries.members(records, when, basis, today(), throughout=throughout)
    return publish(answer, form, exit_status)


@command(
    examples=[
        "csto check georgia --on 1998-05-01 && echo counted",
        "csto check uzbekistan --on 2006-07-15 --strict",
        "csto check UZB --on 2006 --quiet; echo $?",
    ],
    params=[
        click.Argument(["state"], type=StateType()),
        ON,
        *PERIOD,
        BASIS,
        click.Option(
            ["--strict"], is_flag=True, help="Exit with 3 if disputed, or after the last check."
        ),
        click.Option(
            ["--quiet", "-q"], is_flag=True, help="Print nothing; the exit status is the answer."
        ),
        FORMAT,
    ],
)
@click.pass_context
def check(
    ctx: click.Context,
    state: State | Country,
    on: When | None,
    first: When | None,
    last: When | None,
    basis: Basis,
    strict: bool,
    quiet: bool,
    form: str,
) -> int:
    """Answer yes or no for a shell script: was STATE counted?

    Exits with 0 for yes, 1 for no, and 3 where it is neither: a period with a change in it,
    a day that the data do not decide, or, with --strict, a disputed answer or one about a day
    after the last check.
    """
    answer = queries.check(records_of(ctx), state, asked(ctx, on, first, last), basis, today())
    if not quiet:
        publish(answer, form)
    row = answer.rows[0]
    unsure = "disputed" if row.disputed else "after the last check of the dataset"
    if strict and not quiet and (row.disputed or answer.unverified):
        sys.stderr.write(f"Note: exit status {exits.UNDECIDED}, because the answer is {unsure}.\n")
    if row.answer in ("partly", "unknown") or (strict and (row.disputed or answer.unverified)):
        return exits.UNDECIDED
    return exits.YES if row.answer == "yes" else exits.NO


@command(
    examples=["csto history uzbekistan", "csto history UZ GE --format csv"],
    params=[
        click.Argument(["states"], type=StateType(), nargs=-1, metavar="[STATE]..."),
        BASIS,
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def history(
    ctx: click.Context,
    states: tuple[State | Country, ...],
    basis: Basis,
    form: str,
    exit_status: bool,
) -> int:
    """Tell a state's whole story: every spell, remark and dispute.

    Without a state, that of each. Every spell is told under every basis: --basis changes
    nothing here.
    """
    records = records_of(ctx)
    chosen = states or tuple(records.states.values())
    return publish(queries.history(records, chosen, today()), form, exit_status)


@command(
    examples=["csto accessions", "csto accessions --basis in-force --from 2000"],
    params=[
        ON,
        *PERIOD,
        BASIS,
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def accessions(
    ctx: click.Context,
    on: When | None,
    first: When | None,
    last: When | None,
    basis: Basis,
    form: str,
    exit_status: bool,
) -> int:
    """List who joined: every change from not counted to counted."""
    answer = queries.accessions(records_of(ctx), period(ctx, on, first, last), basis, today())
    return publish(answer, form, exit_status)


@command(
    examples=["csto withdrawals", "csto withdrawals --from 2000 --format json"],
    params=[
        ON,
        *PERIOD,
        BASIS,
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def withdrawals(
    ctx: click.Context,
    on: When | None,
    first: When | None,
    last: When | None,
    basis: Basis,
    form: str,
    exit_status: bool,
) -> int:
    """List who left: every change from counted to not counted."""
    answer = queries.withdrawals(records_of(ctx), period(ctx, on, first, last), basis, today())
    return publish(answer, form, exit_status)
