"""`csto series`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cstocli.cli.options import BASIS, ON, PERIOD
from cstocli.cli.params import Choice
from cstocli.cli.question import EXPLAIN, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer
    from cstocli.questions.series import SeriesRow


@question(
    EXPLAIN,
    6,
    examples=["csto series", "csto series --by month --from 1999 --to 1999"],
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
        BASIS,
    ],
)
def series(dataset: Dataset, by: str, when: Asked, basis: str | None) -> Answer[SeriesRow]:
    """Count the states over time, with who joined and who left."""
    return dataset.series(by, during=when, basis=basis)
