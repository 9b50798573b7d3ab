"""`csto observers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstocli.cli.question import ASK, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.questions.answer import Answer
    from cstocli.questions.observers import ObserverRow


@question(ASK, 7, examples=["csto observers"])
def observers(dataset: Dataset) -> Answer[ObserverRow]:
    """List who observes the Parliamentary Assembly, with what is not known of it."""
    return dataset.observers()
