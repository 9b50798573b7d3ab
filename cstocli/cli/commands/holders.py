"""`csto holders`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cstocli.cli.options import ON, PERIOD
from cstocli.cli.params import OFFICE
from cstocli.cli.question import ASK, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer
    from cstocli.questions.holders import HolderRow


@question(
    ASK,
    6,
    examples=[
        "csto holders chair --on 2024-06-06",
        "csto holders secretary-general --from 2017 --to 2019",
    ],
    params=[click.Argument(["office"], type=OFFICE, required=False), ON, *PERIOD],
)
def holders(dataset: Dataset, office: str | None, when: Asked) -> Answer[HolderRow]:
    """List who held an office: secretary-general or chair.

    Without an office, all of them. A month or a year is a period: everybody is listed who
    held it on any day of it.
    """
    return dataset.holders(office, when)
