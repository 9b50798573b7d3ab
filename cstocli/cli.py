"""The commands: options in, one question asked, its answer published."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from cstocli import __version__, dates, exits, queries, render
from cstocli.answers import Answer, Row
from cstocli.dataset import load
from cstocli.dates import When
from cstocli.model import Basis, State
from cstocli.names import Country
from cstocli.params import BasisType, StateType, WhenType, records_of

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

SECTIONS = {
    "Ask about membership": ("members", "check", "history", "accessions", "withdrawals"),
}
"""The commands as the help lists them."""


class Sections(click.Group):
    """A group whose help lists its commands in sections."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then the options."""
        self.format_commands(ctx, formatter)
        click.Command.format_options(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each section."""
        for title, names in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(name, self.commands[name].get_short_help_str(100)) for name in names]
                )


def examples(*lines: str) -> str:
    """The end of a command's help: what to type, each line as it is."""
    return "\b\nExamples:\n" + "\n".join(f"  $ {line}" for line in lines)


def _exit_statuses() -> str:
    """The exit statuses as the help lists them."""
    return "\b\nExit status:\n" + "\n".join(f"  {n:>3}  {m}" for n, m in exits.MEANINGS.items())


def _version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    """Print the versions of the code and of the dataset."""
    if asked and not ctx.resilient_parsing:
        records = load()
        click.echo(f"csto {__version__}")
        click.echo(f"dataset {records.release}, verified through {records.verified_through}")
        ctx.exit()


@click.group(
    cls=Sections,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "csto members --on 2007-01-01",
        "csto history uzbekistan",
        "csto check georgia --on 1998-05-01 && echo counted",
    )
    + "\n\n"
    + _exit_statuses(),
)
@click.option(
    "--data",
    metavar="FILE",
    envvar="CSTO_DATA",
    show_envvar=True,
    help="Ask the dataset in this JSON file instead of the bundled one.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the versions of the code and of the dataset.",
)
@click.pass_context
def csto(ctx: click.Context, data: str | None) -> None:
    """Who belonged to the Collective Security Treaty (1992) and its Organisation, the CSTO,
    on any day: the members on a date, a state's whole history, who joined and who left, and
    on what legal basis. Each day in the answers has its act and its sources.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def basis_option(command: Decorated) -> Decorated:
    """The option that says which statuses count."""
    return click.option(
        "--basis",
        type=BasisType(),
        envvar="CSTO_BASIS",
        show_envvar=True,
        help="Which statuses count: joined (the default: signed, acceded or admitted), "
        "in-force (the Treaty in force for it) or charter (the Charter).",
    )(command)


def format_option(command: Decorated) -> Decorated:
    """The option that says how the answer is written."""
    return click.option(
        "--format",
        "form",
        type=click.Choice([render.TABLE, *render.FORMATS], case_sensitive=False),
        envvar="CSTO_FORMAT",
        show_envvar=True,
        default=render.TABLE,
        show_default=True,
        help="How the answer is written.",
    )(command)


def exit_status_option(command: Decorated) -> Decorated:
    """The option that makes an answer without rows an exit status."""
    return click.option(
        "--exit-status", is_flag=True, help="Exit with 1 if the answer has no rows."
    )(command)


def on_option(command: Decorated) -> Decorated:
    """The option for a day, a month or a year."""
    return click.option(
        "--on",
        type=WhenType(),
        metavar="WHEN",
        help="A day, a month or a year: 2007-01-01, '15 May 1992', 2007-01, 2007, today "
        "(the default), '3 years ago'.",
    )(command)


def period_options(command: Decorated) -> Decorated:
    """The options for the first and the last day of a period."""
    first = click.option(
        "--from",
        "first",
        type=WhenType(),
        metavar="WHEN",
        help="The first day of a period; of a month or year, its first. [default: the first "
        "day of the dataset]",
    )
    last = click.option(
        "--to",
        "last",
        type=WhenType(),
        metavar="WHEN",
        help="The last day of a period; of a month or year, its last. [default: today]",
    )
    return first(last(command))


def today() -> When:
    """Today, as a question asks about it."""
    return When.day(dates.today())


def period(ctx: click.Context, first: When | None, last: When | None) -> When | None:
    """The period from the first day of one to the last day of the other, if one is given."""
    if not first and not last:
        return None
    start = first.first_day if first else records_of(ctx).first_day
    end = last.last_day if last else dates.today()
    if first and start > end and not last:
        end = first.last_day
    if start > end:
        raise click.UsageError(f"the period ends, on {end}, before it begins, on {start}", ctx)
    return When(start, end, f"{start}/{end}")


def asked(ctx: click.Context, on: When | None, first: When | None, last: When | None) -> When:
    """The day or period asked about: today unless something else is given."""
    between = period(ctx, first, last)
    if on and between:
        raise click.UsageError("--on and --from/--to ask about different days: use one", ctx)
    return on or between or today()


def publish(answer: Answer[Row], form: str, exit_status: bool = False) -> int:
    """Write an answer; the exit status that goes with it."""
    render.write(answer, form, sys.stdout, sys.stderr)
    return exits.NO if exit_status and not answer.rows else exits.YES


@csto.command(
    epilog=examples(
        "csto members --on 2007-01-01",
        "csto members --on 2006 --throughout",
        "csto members --on 1993-01-01 --basis in-force",
        "csto members --format plain | wc -l",
    )
)
@on_option
@period_options
@click.option("--throughout", is_flag=True, help="Only states counted on every day of a period.")
@basis_option
@format_option
@exit_status_option
@click.pass_context
def members(
    ctx: click.Context,
    on: When | None,
    first: When | None,
    last: When | None,
    throughout: bool,
    basis: Basis | None,
    form: str,
    exit_status: bool,
) -> int:
    """List the states counted on a day or in a period.

    A month or a year is a period: a state is listed if it was counted on any day of it,
    and the answer says on which.
    """
    records = records_of(ctx)
    when = asked(ctx, on, first, last)
    basis = basis or records.default_basis
    answer = queries.members(records, when, basis, today(), throughout=throughout)
    return publish(answer, form, exit_status)


@csto.command(
    epilog=examples(
        "csto check georgia --on 1998-05-01 && echo counted",
        "csto check uzbekistan --on 2006-07-15 --strict",
        "csto check UZB --on 2006 --quiet; echo $?",
    )
)
@click.argument("state", type=StateType())
@on_option
@period_options
@basis_option
@click.option("--strict", is_flag=True, help="Exit with 3 if disputed, or after the last check.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing; the exit status is the answer.")
@format_option
@click.pass_context
def check(
    ctx: click.Context,
    state: State | Country,
    on: When | None,
    first: When | None,
    last: When | None,
    basis: Basis | None,
    strict: bool,
    quiet: bool,
    form: str,
) -> int:
    """Answer yes or no for a shell script: was STATE counted?

    Exits with 0 for yes, 1 for no, and 3 where it is neither: a period with a change in it,
    or, with --strict, a disputed answer or one about a day after the last check.
    """
    records = records_of(ctx)
    when = asked(ctx, on, first, last)
    answer = queries.check(records, state, when, basis or records.default_basis, today())
    if not quiet:
        publish(answer, form)
    row = answer.rows[0]
    if row.answer == "partly" or (strict and (row.disputed or answer.unverified)):
        return exits.UNDECIDED
    return exits.YES if row.answer == "yes" else exits.NO


@csto.command(epilog=examples("csto history uzbekistan", "csto history UZ GE --format csv"))
@click.argument("states", type=StateType(), nargs=-1, required=True, metavar="STATE...")
@format_option
@exit_status_option
@click.pass_context
def history(
    ctx: click.Context, states: tuple[State | Country, ...], form: str, exit_status: bool
) -> int:
    """Tell a state's whole story: every spell, remark and dispute."""
    return publish(queries.history(records_of(ctx), states, today()), form, exit_status)


@csto.command(epilog=examples("csto accessions", "csto accessions --basis in-force --from 2000"))
@period_options
@basis_option
@format_option
@exit_status_option
@click.pass_context
def accessions(
    ctx: click.Context,
    first: When | None,
    last: When | None,
    basis: Basis | None,
    form: str,
    exit_status: bool,
) -> int:
    """List who joined: every change from not counted to counted."""
    records = records_of(ctx)
    when = period(ctx, first, last)
    answer = queries.accessions(records, when, basis or records.default_basis, today())
    return publish(answer, form, exit_status)


@csto.command(epilog=examples("csto withdrawals", "csto withdrawals --from 2000 --format json"))
@period_options
@basis_option
@format_option
@exit_status_option
@click.pass_context
def withdrawals(
    ctx: click.Context,
    first: When | None,
    last: When | None,
    basis: Basis | None,
    form: str,
    exit_status: bool,
) -> int:
    """List who left: every change from counted to not counted."""
    records = records_of(ctx)
    when = period(ctx, first, last)
    answer = queries.withdrawals(records, when, basis or records.default_basis, today())
    return publish(answer, form, exit_status)
