"""`csto info`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstocli.cli.question import ABOUT, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.questions.answer import Answer
    from cstocli.questions.info import InfoRow


@question(
    ABOUT,
    4,
    examples=["csto info", "csto info --format json | jq -r .dataset.release"],
    params=[],
)
def info(dataset: Dataset) -> Answer[InfoRow]:
    """Say what the dataset is: release, licence, counts, checksum, how to cite it."""
    return dataset.info()
