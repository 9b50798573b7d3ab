"""`csto withdrawals`."""

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
    5,
    examples=["csto withdrawals", "csto withdrawals --from 2000 --format json"],
    params=[ON, *PERIOD, BASIS],
)
def withdrawals(dataset: Dataset, when: Asked, basis: str | None) -> Answer[ChangeRow]:
    """List who left: every change from counted to not counted."""
    return dataset.withdrawals(when, basis=basis)
