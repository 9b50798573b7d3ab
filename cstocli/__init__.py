"""Who belonged to the Collective Security Treaty and its Organisation on any day.

>>> import datetime as dt
>>> from cstocli import load
>>> [row.name for row in load().members(on=dt.date(1999, 4, 21))]
['Armenia', 'Belarus', 'Kazakhstan', 'Kyrgyzstan', 'Russia', 'Tajikistan']
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from cstocli import dataset as _dataset
from cstocli import dates, names, queries
from cstocli.answers import Answer, ChangeRow, CheckRow, HistoryRow, MemberRow
from cstocli.dates import When
from cstocli.files import BrokenDataset
from cstocli.model import Basis, Records, Refused

if TYPE_CHECKING:
    from cstocli.about import DisputeRow, EventRow, SourceRow, StateRow
    from cstocli.compare import DiffRow, SeriesRow, TogetherRow
    from cstocli.explain import WhyRow
    from cstocli.timeline import TimelineRow

__version__ = "0.1.0"
__all__ = [
    "Answer",
    "BrokenDataset",
    "ChangeRow",
    "CheckRow",
    "Dataset",
    "HistoryRow",
    "MemberRow",
    "Records",
    "Refused",
    "load",
]

Day = dt.date | str | int
"""A day; or text, or the number of a year, as the command line would read it: `"2006"`,
`"15 May 1992"`, `2006`."""
Asked = Day | tuple[Day, Day] | None
"""A day, a month or a year; a first and a last one, both included; or None for today."""


def load(path: str | os.PathLike[str] | None = None, organisation: str | None = None) -> Dataset:
    """The bundled dataset, or the one in a file: JSON, or a CSV or TSV of spells.

    `organisation` chooses one of several in a file. Raises BrokenDataset, which says where,
    when the file cannot be read or breaks a rule, and Refused when it does not have the
    organisation.
    """
    return Dataset(_dataset.load(None if path is None else os.fspath(path), organisation))


class Dataset:
    """A dataset and the questions that can be asked of it.

    States are given by any of their names or codes, a basis by its name. Every question
    raises Refused when it cannot be understood, or asks about days that have not come.
    """

    def __init__(self, records: Records) -> None:
        self.records = records
        """What the file says, record by record."""

    def members(
        self, on: Asked = None, *, basis: str | None = None, throughout: bool = False
    ) -> Answer[MemberRow]:
        """The states counted on a day, or on any day of a period, or `throughout` on every.

        >>> len(load().members(on="2006", throughout=True))
        6
        """
        today = _today()
        when = _when(on, today)
        return queries.members(self.records, when, self._basis(basis), today, throughout=throughout)

    def check(self, state: str, on: Asked = None, *, basis: str | None = None) -> Answer[CheckRow]:
        """Whether a state was counted: one row, whose `answer` is `yes`, `no` or `partly`.

        >>> load().check("georgia", on="1998-05-01").rows[0].answer
        'yes'
        """
        today = _today()
        named = names.resolve(self.records, state)
        return queries.check(self.records, named, _when(on, today), self._basis(basis), today)

    def history(self, *states: str) -> Answer[HistoryRow]:
        """Every spell of the states, or of all, whatever the basis.

        >>> [row.status for row in load().history("uzbekistan")]
        ['signatory', 'party', 'member', 'suspended']
        """
        named = self._named(states) or list(self.records.states.values())
        return queries.history(self.records, named, _today())

    def accessions(self, during: Asked = None, *, basis: str | None = None) -> Answer[ChangeRow]:
        """Every change from not counted to counted, in a period or ever.

        >>> [row.name for row in load().accessions(during="1993")]
        ['Azerbaijan', 'Georgia', 'Belarus']
        """
        today = _today()
        when = None if during is None else _when(during, today)
        return queries.accessions(self.records, when, self._basis(basis), today)

    def withdrawals(self, during: Asked = None, *, basis: str | None = None) -> Answer[ChangeRow]:
        """Every change from counted to not counted, in a period or ever.

        >>> [(row.name, row.kind) for row in load().withdrawals(during="2012")]
        [('Uzbekistan', 'suspended')]
        """
        today = _today()
        when = None if during is None else _when(during, today)
        return queries.withdrawals(self.records, when, self._basis(basis), today)

    def why(self, state: str, on: Asked = None, *, basis: str | None = None) -> Answer[WhyRow]:
        """The answer about a state, and all that it rests on, in reading order.

        >>> [row.date for row in load().why("georgia", on="1998").rows if row.section == "act"]
        ['1994-04-20', '1999-04-20']
        """
        from cstocli import explain

        today = _today()
        named = names.resolve(self.records, state)
        return explain.why(self.records, named, _when(on, today), self._basis(basis), today)

    def events(
        self, *states: str, during: Asked = None, kinds: Collection[str] = ()
    ) -> Answer[EventRow]:
        """The acts in order: of some states or of all, in a period or ever.

        >>> [row.date for row in load().events("georgia", during="1993", kinds=["accession"])]
        ['1993-12-09']
        """
        from cstocli import about

        unknown = [kind for kind in kinds if kind not in self.records.kinds]
        if unknown:
            raise Refused(f"there is no kind {unknown[0]!r}")
        today = _today()
        when = None if during is None else _when(during, today)
        return about.events(self.records, self._named(states), when, kinds, today)

    def diff(self, one: Asked, two: Asked, *, basis: str | None = None) -> Answer[DiffRow]:
        """What became of each state between two days.

        >>> [row.name for row in load().diff("2000-01-01", "2007-01-01") if row.change == "joined"]
        ['Uzbekistan']
        """
        from cstocli import compare

        today = _today()
        days = _when(one, today), _when(two, today)
        return compare.diff(self.records, *days, self._basis(basis), today)

    def together(self, *states: str, basis: str | None = None) -> Answer[TogetherRow]:
        """The runs of days on which all of the states were counted.

        >>> [row.days for row in load().together("armenia", "azerbaijan")]
        [2035]
        """
        from cstocli import compare

        return compare.together(self.records, self._named(states), self._basis(basis), _today())

    def series(
        self, by: str = "year", *, during: Asked = None, basis: str | None = None
    ) -> Answer[SeriesRow]:
        """How many states were counted on the last day of each year or month.

        >>> [row.members for row in load().series(during="2006")]
        [7]
        """
        from cstocli import compare

        today = _today()
        when = None if during is None else _when(during, today)
        if by not in ("year", "month"):
            raise Refused(f"a series is by 'year' or by 'month', not by {by!r}")
        return compare.series(self.records, when, by, self._basis(basis), today)

    def timeline(
        self, *states: str, during: Asked = None, basis: str | None = None
    ) -> Answer[TimelineRow]:
        """The spells of some states or of all, cut to a period.

        >>> [row.status for row in load().timeline("uzbekistan", during="2012")]
        ['member', 'suspended']
        """
        from cstocli import timeline

        today = _today()
        when = None if during is None else _when(during, today)
        return timeline.timeline(self.records, self._named(states), when, self._basis(basis), today)

    def disputes(self, state: str | None = None) -> Answer[DisputeRow]:
        """Everything that a source says otherwise, about one state or at all.

        >>> sorted(row.value for row in load().disputes("azerbaijan") if row.verdict == "rival")
        ['signed and ratified, never deposited']
        """
        from cstocli import about

        named = None if state is None else names.resolve(self.records, state)
        return about.disputes(self.records, named, _today())

    def sources(self, id: str | None = None) -> Answer[SourceRow]:
        """Every source with what it is cited for, or one source whole.

        >>> load().sources("gibler-2009").rows[0].publisher
        'CQ Press'
        """
        from cstocli import about

        return about.sources(self.records, id, _today())

    def states(self, *, aliases: bool = False) -> Answer[StateRow]:
        """The states of the dataset, with their names and codes, and the status of today.

        >>> [row.name for row in load().states() if row.status == "suspended"]
        ['Uzbekistan']
        """
        from cstocli import about

        return about.states(self.records, _today(), aliases=aliases)

    def _named(self, states: Sequence[str]) -> list[queries.Named]:
        """The states that texts name."""
        return [names.resolve(self.records, state) for state in states]

    def _basis(self, name: str | None) -> Basis:
        """The basis of that name, or the default one."""
        if name is None:
            return self.records.default_basis
        if name not in self.records.bases:
            raise Refused(f"there is no basis {name!r}; there are {', '.join(self.records.bases)}")
        return self.records.bases[name]


def _today() -> When:
    """Today, as a question asks about it."""
    return When.day(dates.today())


def _when(asked: Asked, today: When) -> When:
    """The day or period asked about."""
    if asked is None:
        return today
    if isinstance(asked, tuple):
        first, last = (_when(day, today) for day in asked)
        if first.first_day > last.last_day:
            raise Refused(f"the period ends, on {last.text}, before it begins, on {first.text}")
        return When(first.first_day, last.last_day, f"{first.text}/{last.text}")
    if isinstance(asked, dt.datetime):
        return When.day(asked.date())
    if isinstance(asked, dt.date):
        return When.day(asked)
    return dates.parse(f"{asked:04}" if isinstance(asked, int) else asked, today.first_day)
