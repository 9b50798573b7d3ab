"""The command line as a whole: its commands in sections, its help, its versions."""

from __future__ import annotations

import importlib
from collections import defaultdict

import click

from cstocli import __version__
from cstocli.cli import commands, exits
from cstocli.cli.options import HELP, Setting, refuse_repeated
from cstocli.cli.params import FILE, SCHEME, dataset_of
from cstocli.cli.question import SECTIONS, Command, listed_examples
from cstocli.core.records import Records
from cstocli.escape import quoted


class Commands(click.Group):
    """A group of the commands in the folder `commands`, each imported when it is asked for.

    Its help lists them in sections.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as Click does, but refuse what is given twice."""
        refuse_repeated(self, ctx, args)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, as the help lists them."""
        return [command.name or "" for _, found in self._sections(ctx) for command in found]

    def get_command(self, ctx: click.Context, name: str) -> Command | None:
        """Return the command of that name."""
        if not (name.isascii() and name.isalpha()):
            return None
        module = f"{commands.__name__}.{name}"
        try:
            command: Command = getattr(importlib.import_module(module), name)
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            return None
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command as Click does, but suggest one of those in the folder for a slip."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            from cstocli.questions.scope import instead

            advice = instead(error.command_name.lower())
            if advice:
                raise click.UsageError(
                    f"there is no command {quoted(error.command_name)}; {advice}", ctx
                ) from None
            there_are = self.list_commands(ctx)
            raise click.NoSuchCommand(error.command_name, None, there_are, ctx) from None

    def _sections(self, ctx: click.Context) -> list[tuple[str, list[Command]]]:
        """Return the sections of the help with their commands."""
        from pkgutil import iter_modules  # needed for the help alone

        found: dict[str, list[Command]] = defaultdict(list)
        for module in iter_modules(commands.__path__):
            command = self.get_command(ctx, module.name)
            if command:
                found[command.section].append(command)
        return [(title, sorted(found[title], key=lambda one: one.place)) for title in SECTIONS]

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """Return the one help option of all commands."""
        return HELP

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then the options."""
        self.format_commands(ctx, formatter)
        click.Command.format_options(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each section."""
        for title, found in self._sections(ctx):
            with formatter.section(title):
                formatter.write_dl(
                    [(command.name or "", command.get_short_help_str(100)) for command in found]
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
    cls=Commands,
    context_settings={"max_content_width": 100},
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
@click.option(
    "--state-code",
    metavar="SCHEME",
    type=SCHEME,
    default="auto",
    help="Whose codes the states of a table of spells are, such as cown or iso2c; text if their "
    "names are names of their own. [default: names and letters]",
)
@click.option("--version", is_flag=True, help="Show the versions of the code and of the dataset.")
@click.pass_context
def csto(
    ctx: click.Context, data: str | None, org: str | None, state_code: str, version: bool
) -> None:
    """Who belonged to the Collective Security Treaty (1992) and its Organisation, the CSTO,
    on any day: the members on a date, a state's whole history, who joined and who left, and
    on what legal basis. Each day in the answers has its act and its sources.
    """
    if version:
        _show_versions(dataset_of(ctx).records)
        ctx.exit()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
