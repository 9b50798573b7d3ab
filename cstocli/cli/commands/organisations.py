"""`csto organisations`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cstocli.cli.options import ON, PERIOD, STATE_CODE
from cstocli.cli.pictures import PICTURE, Picture, pictured
from cstocli.cli.question import EXPLAIN, Outcome, listing
from cstocli.library import catalogue

if TYPE_CHECKING:
    from cstocli.library.membership import Asked


@listing(
    EXPLAIN,
    8,
    examples=[
        "csto organisations",
        "csto organisations uzbekistan --on 2006-03-01",
        "csto organisations armenia russia --on 2020-01-01",
        "csto organisations uzbekistan --svg uzbekistan.svg",
    ],
    params=[
        click.Argument(["states"], nargs=-1, metavar="[STATE]..."),
        ON,
        *PERIOD,
        *PICTURE,
        click.Option(
            ["--basis"],
            metavar="NAME",
            help="Which statuses count, in the organisations that have such a basis. [default: the "
            "default one of each]",
        ),
        STATE_CODE,
    ],
)
def organisations(
    states: tuple[str, ...], when: Asked, basis: str | None, state_code: str, **picture: Any
) -> Outcome:
    """List the organisations that there are, or those in which all the states were counted.

    They are those that csto knows beside the CSTO, or those of the file of --data.
    """
    path = click.get_current_context().find_root().params["data"]
    answer = catalogue(path).organisations(*states, on=when, basis=basis, state_code=state_code)
    if not states and (picture["svg"] or picture["png"]):
        raise click.UsageError("a picture is of the organisations of states: name one")
    return pictured(answer, Picture(**picture))
