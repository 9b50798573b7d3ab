"""What is the dataset?"""

from __future__ import annotations

from typing import NamedTuple

from cstocli.core.records import Records
from cstocli.questions import phrases
from cstocli.questions.answer import Answer, answered
from cstocli.questions.scope import COVERS, DOES_NOT_COVER


class InfoRow(NamedTuple):
    """A fact about the dataset."""

    key: str
    value: str

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


def info(records: Records, checksum: str, *, bundled: bool) -> Answer[InfoRow]:
    """The release, how far it was checked, its licence, what is in it, and how to cite it; of the
    bundled dataset also what is covered and what is not.
    """
    organisation, release = records.organisation, records.release
    through = str(records.verified_through or "")
    cited = (
        phrases.dataset_title(records),
        f"release {release}",
        through and f"verified through {through}",
        records.licence,
    )
    counts = {
        name: str(len(getattr(records, name)))
        for name in ("states", "acts", "spells", "disputes", "remarks", "sources")
    }
    facts = {
        "release": release,
        "verified_through": through,
        "licence": records.licence,
        "organisation": f"{organisation.name} ({organisation.id})",
        "first_day": records.first_day.isoformat(),
        **counts,
        "open_questions": str(len(records.open_questions)),
        "sha256": checksum,
        "cite": f"The csto authors, {', '.join(filter(None, cited))}." if records.licence else "",
    }
    rows = [InfoRow(key, value) for key, value in facts.items()]
    if bundled:
        rows += [InfoRow("covers", text) for text in COVERS]
        rows += [InfoRow("does_not_cover", text) for text in DOES_NOT_COVER]
    rows += [InfoRow("open_question", f"{q.question} {q.found}") for q in records.open_questions]
    return answered(
        records,
        "info",
        InfoRow,
        rows,
        [],
        title="The dataset",
        query={},
        days=None,
    )
