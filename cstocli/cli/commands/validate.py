"""`csto validate`."""

from __future__ import annotations

import click

from cstocli.cli import exits
from cstocli.cli.options import FORMAT, NOTES
from cstocli.cli.params import FILE
from cstocli.cli.question import ABOUT, Outcome, command
from cstocli.library import validate as validated


@command(
    ABOUT,
    5,
    examples=["csto validate membership.json"],
    params=[click.Argument(["file"], type=FILE), FORMAT, NOTES],
)
def validate(file: str) -> Outcome:
    """List the problems of a dataset file, each with its place.

    Exits with 0 if it keeps every rule, with 1 if it does not, and with 2 if it cannot be
    read at all.
    """
    settings = click.get_current_context().find_root().params
    answer = validated(file, settings["org"], settings["state_code"])
    return Outcome(answer, exits.NO if answer.rows else exits.YES)
