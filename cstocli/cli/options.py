"""The options that several commands have."""

from __future__ import annotations

from collections.abc import Sequence

import click
from click.core import ParameterSource

from cstocli.cli import params
from cstocli.cli.params import FILE, Choice, WhenType
from cstocli.errors import Refused
from cstocli.writing.formats import FORMATS
from cstocli.writing.publish import TABLE


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


def refuse_repeated(command: click.Command, ctx: click.Context, args: Sequence[str]) -> None:
    """Refuse an option that takes one value and is given twice: Click lets the last one win."""
    if ctx.resilient_parsing:
        return
    _, _, order = command.make_parser(ctx).parse_args(args=list(args))
    for param in order:
        once = isinstance(param, click.Option) and not (param.multiple or param.is_flag)
        if once and order.count(param) > 1:
            raise click.UsageError(f"{param.opts[0]} is given twice: give it once", ctx)


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
    envvar="CSTO_BASIS",
    show_envvar=True,
    help="Which statuses count: joined (the default: signed, acceded or admitted), "
    "in-force (the Treaty in force for it) or charter (the Charter).",
)
FORMAT = Setting(
    ["--format", "form"],
    type=Choice([TABLE, *FORMATS], case_sensitive=False),
    envvar="CSTO_FORMAT",
    show_envvar=True,
    default=TABLE,
    show_default=True,
    help="How the answer is written.",
)
NOTES = Setting(
    ["--notes", "level"],
    type=Choice(["short", "all", "none"]),
    envvar="CSTO_NOTES",
    show_envvar=True,
    default="short",
    show_default=True,
    help="Which notes go with the answer: what changes or dates it, or all that there is to know. "
    "The JSON document always has all.",
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
STATE_CODE = click.Option(
    ["--state-code"],
    type=params.SCHEME,
    is_eager=True,  # states are read by it
    default="auto",
    show_default=True,
    help="Whose codes the states are: iso2c, iso3c, iso3n, cowc, cown (Correlates of War), gwc, "
    "gwn (Gleditsch-Ward), eurostat; name; text (names of their own); auto (names and letters).",
)


def _delimiter(ctx: click.Context, param: click.Parameter, text: str | None) -> str | None:
    """One character, or `tab`."""
    from cstocli.reading import asked

    try:
        return asked.delimiter({"tab": "\t", "\\t": "\t"}.get(text or "", text))
    except Refused as refusal:
        raise click.BadParameter(str(refusal), ctx, param) from None


MISSING = click.Option(
    ["--missing"],
    metavar="TEXT",
    multiple=True,
    help="Another text of cells that say nothing, beside NA, N/A, NaN, NULL, None and '.'.",
)
DELIMITER = click.Option(
    ["--delimiter"],
    metavar="CHARACTER",
    callback=_delimiter,
    help="What separates the cells, such as ; or tab. [default: what separates the names "
    "of the columns]",
)
ENCODING = click.Option(
    ["--encoding"],
    metavar="NAME",
    default="utf-8",
    show_default=True,
    help="How the file is encoded; the output is UTF-8.",
)
OUTPUT = click.Option(
    ["--output"],
    metavar="FILE",
    type=FILE,
    help="Write to this file, whole or not at all. [default: standard output]",
)
FORCE = click.Option(["--force"], is_flag=True, help="Write over a file that is there.")
