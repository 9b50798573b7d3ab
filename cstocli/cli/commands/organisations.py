"""`csto organisations`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cstocli.cli.options import ON, PERIOD
from cstocli.cli.question import EXPLAIN, listing
from cstocli.library import catalogue

if TYPE_CHECKING:
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer


@listing(
    EXPLAIN,
    8,
    examples=[
        "csto organisations",
        "csto organisations uzbekistan --on 2006-03-01",
        "csto organisations armenia russia --on 2020-01-01",
    ],
    params=[
        click.Argument(["states"], nargs=-1, metavar="[STATE]..."),
        ON,
        *PERIOD,
        click.Option(
            ["--basis"],
            metavar="NAME",
            help="Which statuses count, in the organisations that have such a basis. [default: the "
            "default one of each]",
        ),
    ],
)
def organisations(states: tuple[str, ...], when: Asked, basis: str | None) -> Answer[Any]:
    """List the organisations that there are, or those in which all the states were counted.

    They are those that csto knows beside the CSTO, or those of the file of --data.
    """
    path = click.get_current_context().find_root().params["data"]
    return catalogue(path).organisations(*states, on=when, basis=basis)
