"""The dataset about itself, handed on, and joined to other tables."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

from cstocli.library.asking import Asking, path_of

if TYPE_CHECKING:
    from cstocli.annotate.summary import Summary
    from cstocli.library.asking import Asked, State
    from cstocli.questions.acts import ActRow
    from cstocli.questions.answer import Answer
    from cstocli.questions.disputes import DisputeRow
    from cstocli.questions.info import InfoRow
    from cstocli.questions.sources import SourceRow
    from cstocli.questions.spells import SpellRow
    from cstocli.questions.state_years import StateYearRow
    from cstocli.questions.states import StateRow


class About(Asking):
    """The dataset about itself, handed on, and joined to other tables."""

    def disputes(self, state: State | None = None) -> Answer[DisputeRow]:
        """Everything that a source says otherwise, about one state or at all.

        >>> from cstocli import load
        >>> sorted(row.value for row in load().disputes("azerbaijan") if row.verdict == "rival")
        ['signed and ratified, never deposited']
        """
        from cstocli.questions.disputes import disputes

        named = None if state is None else self.state(state)
        return disputes(self.records, named, self._today())

    def sources(self, id: str | None = None) -> Answer[SourceRow]:
        """Every source with what it is cited for, or one source whole.

        >>> from cstocli import load
        >>> load().sources("gibler-2009").rows[0].publisher
        'CQ Press'
        """
        from cstocli.questions.sources import sources
        from cstocli.reading import asked

        return sources(self.records, asked.source(self.records, id), self._today())

    def states(self, *, aliases: bool = False) -> Answer[StateRow]:
        """The states of the dataset, with their names and codes, and the status of today.

        >>> from cstocli import load
        >>> [row.name for row in load().states() if row.status == "suspended"]
        ['Uzbekistan']
        """
        from cstocli.questions.states import states
        from cstocli.reading import asked

        return states(self.records, self._today(), aliases=asked.flag(aliases, "aliases"))

    def info(self) -> Answer[InfoRow]:
        """The release, how far it was checked, its licence, what is in it, and how to cite it.

        >>> from cstocli import load
        >>> [row.value for row in load().info() if row.key == "licence"]
        ['CC0-1.0']
        """
        from cstocli.questions.info import info
        from cstocli.reading import document

        return info(self.records, document.checksum(self._path), self._today())

    def spells(self) -> Answer[SpellRow]:
        """Every spell of every state.

        >>> from cstocli import load
        >>> [str(row.first_day) for row in load().spells() if row.ended == "suspended"]
        ['2006-06-23']
        """
        from cstocli.questions.spells import spells

        return spells(self.records, self._today())

    def acts(self) -> Answer[ActRow]:
        """Every act.

        >>> from cstocli import load
        >>> [row.place for row in load().acts() if row.date == "1992-05-15"]
        ['Tashkent']
        """
        from cstocli.questions.acts import acts

        return acts(self.records, self._today())

    def state_years(
        self, during: Asked = None, *, rule: str = "any", basis: str | None = None
    ) -> Answer[StateYearRow]:
        """A row for each state and year that counts under a rule: counted on `any` day of the
        year, `throughout`, on its `first-day` or on its `last-day`.

        >>> from cstocli import load
        >>> len(load().state_years(1999)), len(load().state_years(1999, rule="last-day"))
        (9, 6)
        """
        from cstocli.questions.state_years import RULES, state_years, whole_years
        from cstocli.reading import asked

        by_rule = asked.word(rule, RULES, "rule")
        when, today = self._during(during)
        if when and isinstance(during, tuple) and during[0] is None:
            when = whole_years(when)
        return state_years(self.records, when, by_rule, self._basis(basis), today)

    def sql(self) -> str:
        """The dataset as SQL that SQLite, DuckDB, PostgreSQL and Spark 4 take as it is.

        >>> from cstocli import load
        >>> load().sql().startswith("CREATE TABLE states")
        True
        """
        from cstocli.writing.sql import sql

        return sql(self.records)

    def annotate_file(
        self,
        path: str | os.PathLike[str],
        output: str | os.PathLike[str] | None = None,
        *,
        state: str,
        date: str,
        basis: str | None = None,
        delimiter: str | None = None,
        encoding: str = "utf-8",
        force: bool = False,
        fail_fast: bool = False,
        progress: TextIO | None = None,
    ) -> Summary:
        """Add membership to the rows of a CSV, into a file or to standard output.

        `state` and `date` name columns; the path `-` is standard input. A file that is there is
        written over only by `force`. `progress` is a terminal that shows how far the work is.

        >>> from cstocli import load
        >>> load().annotate_file("panel.csv", os.devnull, state="country", date="day")
        Traceback (most recent call last):
        cstocli.errors.Refused: cannot read 'panel.csv': No such file or directory
        """
        from cstocli.annotate.table import annotate_file
        from cstocli.reading import asked

        return annotate_file(
            self.records,
            self._basis(basis),
            self._today(),
            path_of(path),
            None if output is None else path_of(output),
            state=asked.text(state, "a column"),
            date=asked.text(date, "a column"),
            delimiter=asked.delimiter(delimiter),
            encoding=asked.text(encoding, "an encoding"),
            force=asked.flag(force, "force"),
            fail_fast=asked.flag(fail_fast, "fail_fast"),
            progress=progress,
        )
