"""`csto sources`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cstocli.cli.params import SOURCE
from cstocli.cli.question import ABOUT, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.questions.answer import Answer
    from cstocli.questions.sources import SourceRow


@question(
    ABOUT,
    2,
    examples=["csto sources", "csto sources adilet-1999-12-30"],
    params=[click.Argument(["id"], type=SOURCE, required=False)],
)
def sources(dataset: Dataset, id: str | None) -> Answer[SourceRow]:
    """List the sources and what each is cited for, or show one whole."""
    return dataset.sources(id)
