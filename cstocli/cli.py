"""The command line as a whole: its commands in sections, its help, its versions."""

from __future__ import annotations

import click

from cstocli import __version__, exits
from cstocli.commands import about, ask, draw, explain, join
from cstocli.model import Records
from cstocli.options import HELP, Setting, listed_examples
from cstocli.params import FILE, records_of

SECTIONS = {
    "Ask about membership": (
        ask.members,
        ask.check,
        ask.history,
        ask.accessions,
        ask.withdrawals,
    ),
    "Explain and compare": (
        explain.why,
        explain.events,
        explain.diff,
        explain.together,
        explain.series,
        draw.timeline,
    ),
    "Join to your own rows": (join.annotate, join.export),
    "The dataset and the shell": (
        about.disputes,
        about.sources,
        about.states,
        about.info,
        about.validate,
        about.completion,
    ),
}
"""The commands as the help lists them."""


class Sections(click.Group):
    """A group whose help lists its commands in sections."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """Return the one help option of all commands."""
        return HELP

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then the options."""
        self.format_commands(ctx, formatter)
        click.Command.format_options(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each section."""
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [(command.name or "", command.get_short_help_str(100)) for command in commands]
                )


def _exit_statuses() -> str:
    """The exit statuses as the help lists them."""
    return "\b\nExit status:\n" + "\n".join(f"  {n:>3}  {m}" for n, m in exits.MEANINGS.items())


def _show_versions(records: Records) -> None:
    """Print the versions of the code and of the dataset."""
    through = records.verified_through
    click.echo(f"csto {__version__}")
    click.echo(f"dataset {records.release}" + (f", verified through {through}" if through else ""))


@click.group(
    cls=Sections,
    invoke_without_command=True,
    epilog=listed_examples(
        [
            "csto members --on 2007-01-01",
            "csto history uzbekistan",
            "csto check georgia --on 1998-05-01 && echo counted",
        ]
    )
    + "\n\n"
    + _exit_statuses(),
)
@click.option(
    "--data",
    metavar="FILE",
    cls=Setting,
    envvar="CSTO_DATA",
    show_envvar=True,
    type=FILE,
    help="Ask the dataset in this file instead of the bundled one: JSON, or a CSV or TSV of "
    "spells.",
)
@click.option("--org", metavar="NAME", help="The organisation to ask about, of several in a file.")
@click.option("--version", is_flag=True, help="Show the versions of the code and of the dataset.")
@click.pass_context
def csto(ctx: click.Context, data: str | None, org: str | None, version: bool) -> None:
    """Who belonged to the Collective Security Treaty (1992) and its Organisation, the CSTO,
    on any day: the members on a date, a state's whole history, who joined and who left, and
    on what legal basis. Each day in the answers has its act and its sources.
    """
    if version:
        _show_versions(records_of(ctx))
        ctx.exit()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


for _commands in SECTIONS.values():
    for _command in _commands:
        csto.add_command(_command)
