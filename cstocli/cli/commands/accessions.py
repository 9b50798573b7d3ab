"""`csto accessions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstocli.cli.options import BASIS, ON, PERIOD
from cstocli.cli.question import ASK, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer
    from cstocli.questions.changes import ChangeRow


@question(
    ASK,
    4,
    examples=["csto accessions", "csto accessions --basis in-force --from 2000"],
    params=[ON, *PERIOD, BASIS],
)
def accessions(dataset: Dataset, when: Asked, basis: str | None) -> Answer[ChangeRow]:
    """List who joined: every change from not counted to counted."""
    return dataset.accessions(when, basis=basis)
