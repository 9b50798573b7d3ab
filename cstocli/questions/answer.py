"""What a question returns: rows of plain values, and what must be said about them.

The fields of each row are its published field names, in their published order. `str(row)`
is the row as one sentence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ForwardRef, Generic, Literal, NamedTuple, TypeVar, cast

from cstocli.core.days import Bound, Days, When
from cstocli.core.records import Records
from cstocli.errors import Refused
from cstocli.questions.notes import checked_notes, coverage_notes

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from cstocli.questions.drawing import Drawing, Steps

Value = str | int | bool | dt.date | Bound | None | Sequence[str]
"""What a field may hold: text, a number, a yes or no, a day as far as it is known, nothing, or a
list of ids."""

Row = TypeVar("Row", bound=NamedTuple, covariant=True)

Layout = Literal["table", "record", "sections", "sentences"]
"""How people see the rows: in columns; one row whole, a field a line; under the names of their
sections; or each as its sentence."""


class Answer(Generic[Row]):
    """The rows that answer a question, in order, with what was understood and the notes.

    Iterating over it gives the rows. Nothing in it can be changed.
    """

    def __init__(
        self,
        question: str,
        *,
        title: str,
        row_type: type[Row],
        rows: Iterable[Row],
        notes: Iterable[str],
        asides: Iterable[str] = (),
        query: Mapping[str, Value],
        dataset: Mapping[str, Value],
        columns: Mapping[str, str] | None = None,
        layout: Layout = "sentences",
        drawing: Drawing | Steps | None = None,
        cut: bool = False,
        unverified: bool = False,
    ) -> None:
        self.question = question
        """The question's name: `members`."""
        self.title = title
        """What was asked and by which rule, in a few lines for people."""
        self.fields: tuple[str, ...] = row_type._fields
        """The names of the fields of every row."""
        self._row_type = row_type
        self.rows = tuple(rows)
        main = dict.fromkeys(notes)
        self.asides = tuple(note for note in dict.fromkeys(asides) if note not in main)
        """What there is to know besides, as sentences."""
        self.notes = (*main, *self.asides)
        """Sentences that belong to the answer: first what changes or dates it, then the asides."""
        self.query = MappingProxyType(dict(query))
        """What was understood."""
        self.dataset = MappingProxyType(dict(dataset))
        """`release` and `verified_through` of the dataset."""
        self.columns = MappingProxyType(dict(columns or {}))
        """The fields that people see in a table, with their headings."""
        self.layout: Layout = "table" if columns else layout
        self.drawing = drawing
        """What a picture of it shows, if it can be drawn."""
        self.cut = cut
        """Whether days were asked about that have not come."""
        self.unverified = unverified
        """Whether it is about a day after the last one that the dataset was checked through."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in vars(self):
            raise AttributeError("an answer does not change")
        super().__setattr__(name, value)

    def __repr__(self) -> str:
        return f"<Answer to {self.question!r}: {len(self.rows)} rows, {len(self.notes)} notes>"

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def told(self, level: str) -> tuple[str, ...]:
        """The notes of a level: `none`, `all`, or `short`, in which the asides are only counted."""
        if level == "none":
            return ()
        if level == "all" or not self.asides:
            return self.notes
        more = len(self.asides)
        counted = "1 more note" if more == 1 else f"{more} more notes"
        return (*self.notes[:-more], f"{counted}: --notes all.")

    def noted(self, notes: Iterable[str]) -> Answer[Row]:
        """The same answer with more notes, which come first."""
        more = tuple(notes)
        if not more:
            return self
        return self._but(notes=tuple(dict.fromkeys((*more, *self.notes))))

    def with_fields(self, more: Mapping[str, Sequence[str | None]]) -> Answer[Row]:
        """The same answer with more fields of text at the end of every row."""
        if not more:
            return self
        row_type, make = self._row_type, cast("Any", NamedTuple)
        kinds = [(field, row_type.__annotations__[field]) for field in self.fields]
        kinds += [(field, ForwardRef("str | None")) for field in more]
        longer = make(row_type.__name__, kinds)
        longer.__str__ = row_type.__str__
        added = zip(*more.values(), strict=True)
        rows = (longer(*row, *cells) for row, cells in zip(self.rows, added, strict=True))
        return self._but(_row_type=longer, fields=longer._fields, rows=tuple(rows))

    def _but(self, **changed: object) -> Answer[Row]:
        """The same answer, but for some of what it says."""
        from copy import copy  # 1 % of the start, and few answers need it

        found = copy(self)
        vars(found).update(changed)
        return found

    @property
    def types(self) -> dict[str, str]:
        """What each field holds, as it is written in the row type: `Known | None`."""
        annotations = self._row_type.__annotations__
        return {field: annotations[field].__forward_arg__ for field in self.fields}

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame of pandas; a day not known to the day is null, its text in a
        column `…_known`.
        """
        from cstocli.questions.conversions import as_pandas, columns_of

        return as_pandas(columns_of(self))

    def to_polars(self) -> polars.DataFrame:
        """The rows as a data frame of polars."""
        from cstocli.questions.conversions import as_polars, columns_of

        return as_polars(columns_of(self))

    def to_arrow(self) -> pyarrow.Table:
        """The rows as a table of Arrow."""
        from cstocli.questions.conversions import as_arrow, columns_of

        return as_arrow(columns_of(self))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows as DuckDB, polars and others take them."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        """The answer as a notebook shows it."""
        from cstocli.questions.conversions import as_html

        return as_html(self)


def covered(records: Records, when: When, today: When) -> tuple[Days, list[str]]:
    """The days asked about that have come, and what must be said about them.

    Days up to today can be asked about, or up to the day that the dataset was checked
    through, if that is later. Raises Refused when none of the days has come.
    """
    limit = max(today.last_day, records.verified_through or today.last_day)
    if when.first_day > limit:
        raise Refused(f"{when.text} has not come yet: the last day that can be asked is {limit}")
    days = (when.first_day, min(when.last_day, limit))
    notes = []
    if when.last_day > limit:
        notes.append(f"{when.text} is cut at {limit}, the last day that can be asked.")
    return days, notes + coverage_notes(records, days)


def always(records: Records, today: When) -> When:
    """Every day that can be asked about."""
    last = max(today.last_day, records.verified_through or today.last_day, records.first_day)
    return When(records.first_day, last, "every day")


def answered(
    records: Records,
    question: str,
    row_type: type[Row],
    rows: Iterable[Row],
    notes: Iterable[str],
    *,
    asides: Iterable[str] = (),
    title: str,
    query: Mapping[str, Value],
    days: Days | None,
    columns: Mapping[str, str] | None = None,
    layout: Layout = "sentences",
    drawing: Drawing | Steps | None = None,
    dated: bool = False,
    cut: bool = False,
) -> Answer[Row]:
    """An answer from this dataset; each note is said once.

    `days` are those asked about, if it is about days. `dated` is an answer whose headline says how
    far the dataset was checked.
    """
    checked = checked_notes(records, days) if days else []
    return Answer(
        question,
        title=title,
        row_type=row_type,
        rows=rows,
        notes=notes if dated else [*notes, *checked],
        asides=[*asides, *checked] if dated else asides,
        query=query,
        dataset={"release": records.release, "verified_through": records.verified_through},
        columns=columns,
        layout=layout,
        drawing=drawing,
        cut=cut,
        unverified=cut or bool(checked),
    )


def without_columns(columns: Mapping[str, str], *fields: str) -> dict[str, str]:
    """The columns of a table but for some that would say nothing new."""
    return {field: heading for field, heading in columns.items() if field not in fields}


def rule_for(days: Days, *, throughout: bool) -> str:
    """The name of the rule for the days asked about."""
    return "day" if days[0] == days[1] else "throughout" if throughout else "any"
