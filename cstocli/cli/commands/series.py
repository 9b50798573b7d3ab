"""`csto series`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cstocli.cli.options import BASIS, ON, PERIOD
from cstocli.cli.params import Choice
from cstocli.cli.pictures import PICTURE, Picture, pictured
from cstocli.cli.question import EXPLAIN, Outcome, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.library.membership import Asked


@question(
    EXPLAIN,
    6,
    examples=[
        "csto series",
        "csto series --by month --from 1999 --to 1999",
        "csto series --svg members.svg",
    ],
    params=[
        click.Option(
            ["--by"],
            type=Choice(["year", "month"]),
            default="year",
            show_default=True,
            help="The length of a period.",
        ),
        ON,
        *PERIOD,
        *PICTURE,
        BASIS,
    ],
)
def series(dataset: Dataset, by: str, when: Asked, basis: str | None, **picture: Any) -> Outcome:
    """Count the states over time, with who joined and who left.

    A picture of it has a step on the very day of each change.
    """
    answer = dataset.series(by, during=when, basis=basis)
    return pictured(answer, Picture(**picture))
