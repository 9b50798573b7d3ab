"""The questions about membership, and how all questions of the library are asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cstocli.core.days import When
    from cstocli.core.model import Basis, Named
    from cstocli.core.offices import Offices
    from cstocli.core.records import Records
    from cstocli.questions.answer import Answer
    from cstocli.questions.changes import ChangeRow
    from cstocli.questions.check import CheckRow
    from cstocli.questions.diff import DiffRow
    from cstocli.questions.history import HistoryRow
    from cstocli.questions.members import MemberRow
    from cstocli.questions.series import SeriesRow
    from cstocli.questions.timeline import TimelineRow
    from cstocli.questions.together import TogetherRow
    from cstocli.questions.why import WhyRow
    from cstocli.reading.names import Names

    Day = dt.date | str | int | When
    """A day; or text, or the number of a year, as the command line would read it: `"2006"`,
    `"15 May 1992"`, `2006`."""
    Asked = Day | tuple[Day | None, Day | None] | None
    """A day, a month or a year; a first and a last one, both included, of which None stands for
    the first day of the dataset, or for today; or None for today, or for every day."""
    State = str | Named
    """Any name or code of a state."""


class Asking:
    """A dataset, and how what is asked of it is understood."""

    def __init__(self, records: Records, path: str | None = None) -> None:
        self.records = records
        """What the file says, record by record."""
        self._path = path

    def state(self, text: State, state_code: str = "auto") -> Named:
        """The state that a text names, or the country that is none of the dataset's; or that has
        a code of a scheme today.

        >>> from cstocli import load
        >>> load().state("Узбекистан").code
        'UZB'
        """
        states, _ = self._read([text], state_code, None)
        return states[0]

    @cached_property
    def _names(self) -> Names:
        """The names of the states."""
        from cstocli.reading.names import Names, former_state

        return Names(self.records.states, former_state)

    @cached_property
    def offices(self) -> Offices | None:
        """Who held the offices of the Organisation, and who observes it; of the bundled dataset
        alone, and read when it is first asked for.
        """
        if self._path is not None:
            return None
        from cstocli.reading import offices

        return offices.load()

    def _read(
        self, texts: Iterable[State], state_code: str, when: When | None
    ) -> tuple[list[Named], list[str]]:
        """The states that texts mean in a scheme where these days are asked about, or else today,
        and what must be said of how they were read.
        """
        from cstocli.reading import asked

        return asked.states(self._names, texts, state_code, (when or self._today()).days)

    def _basis(self, name: str | None) -> Basis:
        """The basis of that name, or the default one."""
        from cstocli.reading import asked

        return asked.basis(self.records, name)

    def _today(self) -> When:
        """Today, as a question asks about it."""
        from cstocli.reading import asked

        return asked.today()

    def _during(self, days: Asked) -> tuple[When | None, When]:
        """The days asked about, if any are, and today."""
        from cstocli.reading import asked

        today = asked.today()
        return asked.when(self.records, days, today), today

    def _on(self, days: Asked) -> tuple[When, When]:
        """The days asked about, which are those of today if none are named, and today."""
        when, today = self._during(days)
        return when or today, today


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
        self,
        state: State,
        on: Asked = None,
        *,
        basis: str | None = None,
        state_code: str = "auto",
    ) -> Answer[CheckRow]:
        """Whether a state was counted: one row, whose `answer` is `yes`, `no`, `partly` or
        `unknown`.

        >>> from cstocli import load
        >>> load().check("georgia", on="1998-05-01").rows[0].answer
        'yes'
        """
        from cstocli.questions.check import check

        when, today = self._on(on)
        (named,), said = self._read([state], state_code, when)
        answer = check(self.records, named, when, self._basis(basis), today)
        if self._path is None and named.code not in self.records.states:
            from cstocli.library.organisations import elsewhere

            said += elsewhere(self, named, when)
        return answer.noted(said)

    def history(self, *states: State, state_code: str = "auto") -> Answer[HistoryRow]:
        """Every spell of the states, or of all, whatever the basis.

        >>> from cstocli import load
        >>> [row.status for row in load().history("uzbekistan")]
        ['signatory', 'party', 'member', 'suspended']
        """
        from cstocli.questions.history import history

        named, said = self._read(states, state_code, None)
        asked = named or list(self.records.states.values())
        return history(self.records, asked, self._today()).noted(said)

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

    def why(
        self,
        state: State,
        on: Asked = None,
        *,
        basis: str | None = None,
        state_code: str = "auto",
    ) -> Answer[WhyRow]:
        """The answer about a state, and all that it rests on, in reading order.

        >>> from cstocli import load
        >>> [row.date for row in load().why("georgia", on="1998").rows if row.section == "act"]
        ['1994-04-20', '1999-04-20']
        """
        from cstocli.questions.why import why

        when, today = self._on(on)
        (named,), said = self._read([state], state_code, when)
        return why(self.records, named, when, self._basis(basis), today).noted(said)

    def diff(
        self, one: Asked, two: Asked, *, basis: str | None = None, everyone: bool = False
    ) -> Answer[DiffRow]:
        """What became of the states between two days; of `everyone`, what stayed too.

        >>> from cstocli import load
        >>> [row.name for row in load().diff("2000-01-01", "2007-01-01") if row.change == "joined"]
        ['Uzbekistan']
        """
        from cstocli.questions.diff import diff
        from cstocli.reading import asked

        (before, today), (after, _) = self._on(one), self._on(two)
        of, whole = self._basis(basis), asked.flag(everyone, "everyone")
        return diff(self.records, before, after, of, today, everyone=whole)

    def together(
        self, *states: State, basis: str | None = None, state_code: str = "auto"
    ) -> Answer[TogetherRow]:
        """The runs of days on which all of the states were counted.

        >>> from cstocli import load
        >>> [row.days for row in load().together("armenia", "azerbaijan")]
        [2035]
        """
        from cstocli.questions.together import together

        named, said = self._read(states, state_code, None)
        return together(self.records, named, self._basis(basis), self._today()).noted(said)

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
        self,
        *states: State,
        during: Asked = None,
        basis: str | None = None,
        state_code: str = "auto",
    ) -> Answer[TimelineRow]:
        """The spells of some states or of all, cut to a period; its `drawing` is what a picture
        of them shows.

        >>> from cstocli import load
        >>> [row.status for row in load().timeline("uzbekistan", during="2012")]
        ['member', 'suspended']
        """
        from cstocli.questions.timeline import timeline

        when, today = self._during(during)
        named, said = self._read(states, state_code, when)
        return timeline(self.records, named, when, self._basis(basis), today).noted(said)
