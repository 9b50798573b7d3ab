"""The questions about membership."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cstocli.library.asking import Asking

if TYPE_CHECKING:
    from cstocli.library.asking import Asked, State
    from cstocli.questions.answer import Answer
    from cstocli.questions.changes import ChangeRow
    from cstocli.questions.check import CheckRow
    from cstocli.questions.diff import DiffRow
    from cstocli.questions.events import EventRow
    from cstocli.questions.history import HistoryRow
    from cstocli.questions.members import MemberRow
    from cstocli.questions.series import SeriesRow
    from cstocli.questions.timeline import TimelineRow
    from cstocli.questions.together import TogetherRow
    from cstocli.questions.why import WhyRow


class Membership(Asking):
    """The questions about membership."""

    def members(
        self, on: Asked = None, *, basis: str | None = None, throughout: bool = False
    ) -> Answer[MemberRow]:
        """The states counted on a day, or on any day of a period, or `throughout` on every.

        >>> from cstocli import load
        >>> len(load().members(on="2006", throughout=True))
        6
        """
        from cstocli.questions.members import members
        from cstocli.reading import asked

        when, today = self._on(on)
        every = asked.flag(throughout, "throughout")
        return members(self.records, when, self._basis(basis), today, throughout=every)

    def check(
        self, state: State, on: Asked = None, *, basis: str | None = None
    ) -> Answer[CheckRow]:
        """Whether a state was counted: one row, whose `answer` is `yes`, `no`, `partly` or
        `unknown`.

        >>> from cstocli import load
        >>> load().check("georgia", on="1998-05-01").rows[0].answer
        'yes'
        """
        from cstocli.questions.check import check

        when, today = self._on(on)
        return check(self.records, self.state(state), when, self._basis(basis), today)

    def history(self, *states: State) -> Answer[HistoryRow]:
        """Every spell of the states, or of all, whatever the basis.

        >>> from cstocli import load
        >>> [row.status for row in load().history("uzbekistan")]
        ['signatory', 'party', 'member', 'suspended']
        """
        from cstocli.questions.history import history

        named = self._states(states) or list(self.records.states.values())
        return history(self.records, named, self._today())

    def accessions(self, during: Asked = None, *, basis: str | None = None) -> Answer[ChangeRow]:
        """Every change from not counted to counted, in a period or ever.

        >>> from cstocli import load
        >>> [row.name for row in load().accessions(during="1993")]
        ['Azerbaijan', 'Georgia', 'Belarus']
        """
        from cstocli.questions.changes import accessions

        when, today = self._during(during)
        return accessions(self.records, when, self._basis(basis), today)

    def withdrawals(self, during: Asked = None, *, basis: str | None = None) -> Answer[ChangeRow]:
        """Every change from counted to not counted, in a period or ever.

        >>> from cstocli import load
        >>> [(row.name, row.kind) for row in load().withdrawals(during="2012")]
        [('Uzbekistan', 'suspended')]
        """
        from cstocli.questions.changes import withdrawals

        when, today = self._during(during)
        return withdrawals(self.records, when, self._basis(basis), today)

    def why(self, state: State, on: Asked = None, *, basis: str | None = None) -> Answer[WhyRow]:
        """The answer about a state, and all that it rests on, in reading order.

        >>> from cstocli import load
        >>> [row.date for row in load().why("georgia", on="1998").rows if row.section == "act"]
        ['1994-04-20', '1999-04-20']
        """
        from cstocli.questions.why import why

        when, today = self._on(on)
        return why(self.records, self.state(state), when, self._basis(basis), today)

    def events(
        self, *states: State, during: Asked = None, kinds: Iterable[str] = ()
    ) -> Answer[EventRow]:
        """The acts in order: of some states or of all, in a period or ever.

        >>> from cstocli import load
        >>> [row.date for row in load().events("georgia", during="1993", kinds=["accession"])]
        ['1993-12-09']
        """
        from cstocli.questions.events import events
        from cstocli.reading import asked

        when, today = self._during(during)
        of_kinds = asked.kinds(self.records, kinds)
        return events(self.records, self._states(states), when, of_kinds, today)

    def diff(self, one: Asked, two: Asked, *, basis: str | None = None) -> Answer[DiffRow]:
        """What became of each state between two days.

        >>> from cstocli import load
        >>> [row.name for row in load().diff("2000-01-01", "2007-01-01") if row.change == "joined"]
        ['Uzbekistan']
        """
        from cstocli.questions.diff import diff

        (before, today), (after, _) = self._on(one), self._on(two)
        return diff(self.records, before, after, self._basis(basis), today)

    def together(self, *states: State, basis: str | None = None) -> Answer[TogetherRow]:
        """The runs of days on which all of the states were counted.

        >>> from cstocli import load
        >>> [row.days for row in load().together("armenia", "azerbaijan")]
        [2035]
        """
        from cstocli.questions.together import together

        named = self._states(states)
        return together(self.records, named, self._basis(basis), self._today())

    def series(
        self, by: str = "year", *, during: Asked = None, basis: str | None = None
    ) -> Answer[SeriesRow]:
        """How many states were counted on the last day of each year or month.

        >>> from cstocli import load
        >>> [row.members for row in load().series(during="2006")]
        [7]
        """
        from cstocli.questions.series import STEPS, series
        from cstocli.reading import asked

        when, today = self._during(during)
        step = asked.word(by, STEPS, "series by")
        return series(self.records, when, step, self._basis(basis), today)

    def timeline(
        self, *states: State, during: Asked = None, basis: str | None = None
    ) -> Answer[TimelineRow]:
        """The spells of some states or of all, cut to a period; its `drawing` is what a picture
        of them shows.

        >>> from cstocli import load
        >>> [row.status for row in load().timeline("uzbekistan", during="2012")]
        ['member', 'suspended']
        """
        from cstocli.questions.timeline import timeline

        when, today = self._during(during)
        return timeline(self.records, self._states(states), when, self._basis(basis), today)
