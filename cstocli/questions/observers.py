"""Who observes what, as far as that is known?"""

from __future__ import annotations

from typing import NamedTuple

from cstocli.core.days import Known, When
from cstocli.core.offices import Offices
from cstocli.questions.answer import Answer, answered, covered


class ObserverRow(NamedTuple):
    """Who observes what."""

    of: str
    observer: str
    state: str | None
    """The code of its state; None where it is not of one state."""
    first_day: Known
    last_day: Known | None
    """None where no end is found."""
    certainty: str
    sources: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.observer}: an observer of the {self.of} since {self.first_day}"


COLUMNS = {"observer": "Observer", "of": "Of", "first_day": "Since", "certainty": "Certainty"}


def observers(offices: Offices, today: When) -> Answer[ObserverRow]:
    """Every observer, and what is not known of them."""
    records = offices.records
    days, coverage = covered(records, today, today)
    said = [f"{one.observer}: {one.text}." for one in offices.observers]
    asked = [question for question in records.open_questions if "observers" in question.id]
    return answered(
        records,
        "observers",
        ObserverRow,
        [
            ObserverRow(
                one.of,
                one.observer,
                one.state,
                one.first_day,
                one.last_day,
                one.first_certainty,
                one.sources,
            )
            for one in offices.observers
        ],
        [*said, *(f"Open: {one.question} {one.found}" for one in asked), *coverage],
        title=f"Observers: {len(offices.observers)}",
        query={},
        days=days,
        columns=COLUMNS,
    )
