"""What a question returns: rows of plain values, and what must be said about them.

The fields of each row are its published field names, in their published order. `str(row)`
is the row as one sentence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

Value = str | int | bool | dt.date | None | Sequence[str]
"""What a field may hold: text, a number, a yes or no, a day, nothing, or a list of ids."""

Row = TypeVar("Row", bound=NamedTuple, covariant=True)


class Answer(Generic[Row]):
    """The rows that answer a question, in order, with what was understood and the notes.

    Iterating over it gives the rows.
    """

    def __init__(
        self,
        question: str,
        *,
        title: str,
        row_type: type[Row],
        rows: Sequence[Row],
        notes: Sequence[str],
        query: dict[str, Value],
        dataset: dict[str, Value],
        unverified: bool = False,
    ) -> None:
        self.question = question
        """The question's name: `members`."""
        self.title = title
        """What was asked and by which rule, in a few lines for people."""
        self.fields: tuple[str, ...] = row_type._fields
        """The names of the fields of every row."""
        self.rows = rows
        self.notes = notes
        """Sentences that belong to the answer."""
        self.query = query
        """What was understood."""
        self.dataset = dataset
        """`release` and `verified_through` of the dataset."""
        self.unverified = unverified
        """Whether it is about a day after the last one that the dataset was checked through."""

    def __repr__(self) -> str:
        return f"<Answer to {self.question!r}: {len(self.rows)} rows, {len(self.notes)} notes>"

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class MemberRow(NamedTuple):
    """A counted state. The two days are those of its run of counted days."""

    state: str
    name: str
    status: str
    """On the last counted day asked about."""
    first_day: dt.date
    last_day: dt.date | None
    """None while the run lasts."""
    part: str | None
    """`all`, or the counted stretches `2006-06-23/2006-12-31`, joined by a space; None where
    no day is certain."""
    disputed: bool
    remark: str | None
    imprecise: bool
    """Whether a bound known only to the month or the year leaves a day asked about open."""

    def __str__(self) -> str:
        return self.name


class CheckRow(NamedTuple):
    """Whether a state was counted. The two days are those of its run of counted days."""

    state: str
    name: str
    answer: str
    """`yes`, `no`, `partly`, or `unknown`, where a bound is not known to the day."""
    status: str
    """On the last counted day asked about, or on the last day if none is counted."""
    first_day: dt.date | None
    last_day: dt.date | None
    part: str | None
    disputed: bool
    reason: str
    """A no begins with its kind: `not yet`, `outside`, `no longer`, `never`, or the status."""
    asked: str
    """The day or the period asked about: `2007-01-01`, `2006-01-01/2006-12-31`."""
    imprecise: bool

    def __str__(self) -> str:
        disputed = ", disputed" if self.disputed else ""
        joint = ", " if self.answer == "no" else ": "
        return f"{self.asked}: {self.answer}{disputed}{joint}{self.reason}"


class HistoryRow(NamedTuple):
    """A spell of a state."""

    state: str
    name: str
    status: str
    first_day: dt.date
    last_day: dt.date | None
    days: int | None
    """How many, both ends included; None while the spell lasts, or where an end is not known
    to the day."""
    began: str
    """The kind of the act that opened it."""
    ended: str | None
    """How it ended; None while it lasts."""
    disputed: bool
    opened_by: str | None
    closed_by: str | None
    certainty: str | None

    def __str__(self) -> str:
        until = f"to {self.last_day}" if self.last_day else "on"
        ended = f", {self.ended}" if self.ended else ""
        disputed = "; disputed" if self.disputed else ""
        return (
            f"{self.name}: {self.status} from {self.first_day} {until} "
            f"({self.began}{ended}{disputed})"
        )


class ChangeRow(NamedTuple):
    """A change from counted to not counted, or back."""

    state: str
    name: str
    day: dt.date
    """The last counted day of a withdrawal, the first of an accession."""
    kind: str
    """How the spell ended (`not-prolonged`, `suspended`), or the kind of act it began with."""
    act: str | None
    disputed: bool
    title: str | None
    """The title of the act."""

    def __str__(self) -> str:
        disputed = ", disputed" if self.disputed else ""
        title = f": {self.title}" if self.title else ""
        return f"{self.name}: {self.day}, {self.kind}{disputed}{title}"
