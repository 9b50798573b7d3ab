"""What the commands share: options, the days asked about, and how an answer is published."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

import click
from click.core import ParameterSource

from cstocli import dates, exits, names, params, render
from cstocli.answers import Answer, Row
from cstocli.dates import When
from cstocli.escape import quoted
from cstocli.formats import FORMATS
from cstocli.model import Basis, Refused
from cstocli.params import Choice, WhenType, records_of


def _show_help(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    """Print the help and end."""
    if asked and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


HELP = click.Option(
    ["-h", "--help"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_help,
    help="Show this message and exit.",
)
"""Click's own is translated, and the search for a translation is a twentieth of the start."""


class Question(click.Command):
    """A command that asks one question."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """Return the one help option of all commands."""
        return HELP

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as Click does, but say of what is too many or misplaced where it goes."""
        ctx.allow_extra_args = True
        try:
            extra = super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name not in ("--data", "--org", "--version"):
                raise
            raise click.UsageError(
                f"{error.option_name} goes before the command: csto {error.option_name} ... "
                f"{ctx.info_name}",
                ctx,
            ) from None
        if extra and not ctx.resilient_parsing:
            advice = self._advice(ctx, extra[0])
            raise click.UsageError(f"one argument too many: {quoted(extra[0])}{advice}", ctx)
        return extra

    def _advice(self, ctx: click.Context, text: str) -> str:
        """Where an argument too many may have been meant to go."""
        if ON not in self.params:
            return ""
        with suppress(Refused):
            dates.parse(text, dates.today())
            return f"; a date goes after --on: --on {quoted(text)}"
        with suppress(Refused):
            names.resolve(records_of(ctx), text)
            return f"; the story of one state: csto history {quoted(text)}"
        return ""


def command(
    examples: Sequence[str], params: Sequence[click.Parameter]
) -> Callable[[Callable[..., int]], click.Command]:
    """Make a function a command with these parameters, whose help ends with examples."""
    return click.command(cls=Question, params=list(params), epilog=listed_examples(examples))


def listed_examples(lines: Sequence[str]) -> str:
    """The end of a help page: what to type, each line as it is."""
    return "\b\nExamples:\n" + "\n".join(f"  $ {line}" for line in lines)


def _basis(ctx: click.Context, param: click.Parameter, name: str | None) -> Basis | None:
    """The basis of that name, or the default one."""
    if ctx.resilient_parsing:
        return None
    records = records_of(ctx)
    return records.bases[name] if name else records.default_basis


class Setting(click.Option):
    """An option that a variable can set, and that names it only where it did."""

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return the name of the option, or that of the variable which set it."""
        source = ctx.get_parameter_source(self.name or "") if ctx else None
        if source is ParameterSource.ENVIRONMENT:
            return f"{self.envvar}"
        return click.Parameter.get_error_hint(self, ctx)


BASIS = Setting(
    ["--basis"],
    type=params.BASIS,
    callback=_basis,
    envvar="CSTO_BASIS",
    show_envvar=True,
    help="Which statuses count: joined (the default: signed, acceded or admitted), "
    "in-force (the Treaty in force for it) or charter (the Charter).",
)
FORMAT = Setting(
    ["--format", "form"],
    type=Choice([render.TABLE, *FORMATS], case_sensitive=False),
    envvar="CSTO_FORMAT",
    show_envvar=True,
    default=render.TABLE,
    show_default=True,
    help="How the answer is written.",
)
EXIT_STATUS = click.Option(
    ["--exit-status"], is_flag=True, help="Exit with 1 if the answer has no rows."
)
ON = click.Option(
    ["--on"],
    type=WhenType(),
    metavar="WHEN",
    help="A day, a month or a year: 2007-01-01, '15 May 1992', 2007-01, 2007, today "
    "(the default), '3 years ago'.",
)
PERIOD = (
    click.Option(
        ["--from", "first"],
        type=WhenType(),
        metavar="WHEN",
        help="The first day of a period; of a month or year, its first. [default: the first "
        "day of the dataset]",
    ),
    click.Option(
        ["--to", "last"],
        type=WhenType(),
        metavar="WHEN",
        help="The last day of a period; of a month or year, its last. [default: today]",
    ),
)


def today() -> When:
    """Today, as a question asks about it."""
    return When.day(dates.today())


def period(
    ctx: click.Context, on: When | None, first: When | None, last: When | None
) -> When | None:
    """The days asked about by --on, or by --from and --to, if by any."""
    if not first and not last:
        return on
    if on:
        raise click.UsageError("--on and --from/--to ask about different days: use one", ctx)
    earliest = records_of(ctx).first_day
    start = first.first_day if first else min(earliest, last.first_day if last else earliest)
    end = last.last_day if last else dates.today()
    if first and start > end and not last:
        end = first.last_day
    if start > end:
        raise click.UsageError(f"the period ends, on {end}, before it begins, on {start}", ctx)
    return When(start, end, f"{start}/{end}")


def asked(ctx: click.Context, on: When | None, first: When | None, last: When | None) -> When:
    """The day or period asked about: today unless something else is given."""
    return period(ctx, on, first, last) or today()


def publish(answer: Answer[Row], form: str, exit_status: bool = False) -> int:
    """Write an answer; the exit status that goes with it."""
    render.write(answer, form, sys.stdout, sys.stderr)
    return exits.NO if exit_status and not answer.rows else exits.YES
