"""`csto help`."""

from __future__ import annotations

import click

from cstocli.cli import exits
from cstocli.cli.question import ABOUT, Outcome, command


@command(
    ABOUT,
    7,
    examples=["csto help", "csto help annotate"],
    params=[click.Argument(["name"], metavar="[COMMAND]", required=False)],
)
def help(name: str | None) -> Outcome:
    """Show what there is, or how a command is used."""
    root = click.get_current_context().find_root()
    group = root.command
    if name is None or not isinstance(group, click.Group):
        click.echo(root.get_help())
        return Outcome(None, exits.YES)
    _, found, _ = group.resolve_command(root, [name])
    if found:
        click.echo(found.get_help(click.Context(found, root, name)))
    return Outcome(None, exits.YES)
