"""The dataset handed on, and joined to other tables."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO, TypeVar

from cstocli.errors import Refused
from cstocli.library.membership import Asking

if TYPE_CHECKING:
    from cstocli.annotate.join import Join
    from cstocli.annotate.summary import Summary
    from cstocli.core.days import When
    from cstocli.library.membership import Asked
    from cstocli.questions.acts import ActRow
    from cstocli.questions.answer import Answer
    from cstocli.questions.dyad_years import DyadYearRow
    from cstocli.questions.spells import SpellRow
    from cstocli.questions.state_years import StateYearRow

    Frame = TypeVar("Frame")


class Tables(Asking):
    """The dataset handed on, and joined to other tables."""

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
        self,
        during: Asked = None,
        *,
        rule: str = "any",
        basis: str | None = None,
        balanced: bool = False,
        codes: Iterable[str] = (),
    ) -> Answer[StateYearRow]:
        """A row for each state and year that counts under a rule: counted on `any` day of the
        year, `throughout`, on its `first-day` or on its `last-day`; if `balanced`, a row for all.
        `codes` are schemes, each a column of the states' codes in that year.

        >>> from cstocli import load
        >>> len(load().state_years(1999)), len(load().state_years(1999, rule="last-day"))
        (9, 6)
        """
        from cstocli.questions.state_years import state_years
        from cstocli.reading import asked

        when, today = self._years(during)
        of, every = self._basis(basis), asked.flag(balanced, "balanced")
        found = state_years(self.records, when, rule, of, today, balanced=every)
        return found.with_fields(_codes(found.rows, codes, [("state", "")]))

    def dyad_years(
        self,
        during: Asked = None,
        *,
        rule: str = "any",
        basis: str | None = None,
        directed: bool = False,
        balanced: bool = False,
        codes: Iterable[str] = (),
    ) -> Answer[DyadYearRow]:
        """A row for each pair of states and year in which both count together under a rule; if
        `directed` for each pair in both orders, and if `balanced` for all pairs. `codes` are
        schemes, each with a column for either state.

        >>> from cstocli import load
        >>> len(load().dyad_years((1994, 2001), basis="in-force"))
        246
        """
        from cstocli.questions.dyad_years import dyad_years
        from cstocli.reading import asked

        when, today = self._years(during)
        found = dyad_years(
            self.records,
            when,
            rule,
            self._basis(basis),
            today,
            directed=asked.flag(directed, "directed"),
            balanced=asked.flag(balanced, "balanced"),
        )
        sides = [("state_1", "_1"), ("state_2", "_2")]
        return found.with_fields(_codes(found.rows, codes, sides))

    def _years(self, during: Asked) -> tuple[When | None, When]:
        """The days asked about, whole from their first year on where no first day is named."""
        from cstocli.questions.years import whole_years

        when, today = self._during(during)
        if when and isinstance(during, tuple) and during[0] is None:
            when = whole_years(when)
        return when, today

    def sql(self) -> str:
        """The dataset as SQL that SQLite, DuckDB, PostgreSQL and Spark 4 take as it is.

        >>> from cstocli import load
        >>> load().sql().startswith("CREATE TABLE states")
        True
        """
        from cstocli.writing.sql import sql

        return sql(self.records)

    def annotate(
        self,
        frame: Frame,
        *,
        state: str | tuple[str, str],
        date: str | None = None,
        start: str | None = None,
        end: str | None = None,
        state_code: str = "auto",
        date_format: str | None = None,
        missing: Iterable[str] = (),
        rule: str | None = None,
        basis: str | None = None,
        prefix: str = "csto_",
    ) -> Frame:
        """Add membership to the rows of a data frame of pandas, polars or Arrow; the same kind
        comes back, with the columns added that `annotate_file` adds.

        `state` names a column of states, or two of a pair; `date` one of days, months or years, or
        `start` and `end` those of a stretch. `state_code` is the scheme of the states. A cell that
        cannot be read has no answer, and the reason in `csto_error`; days are days of the frame,
        and of one known to the month or the year the text stands in `csto_first_day_known`.

        >>> import pandas
        >>> from cstocli import load
        >>> panel = pandas.DataFrame({"country": ["Georgia", "Uzbekistan"], "year": [1998, 2013]})
        >>> load().annotate(panel, state="country", date="year")["csto_member"].to_list()
        ['yes', 'no']
        """
        from cstocli.annotate.frames import annotate_frame
        from cstocli.reading import asked

        states = asked.texts(state, "columns of states")
        join = self._join(states, state_code, date_format, missing, rule, basis)
        dates = _dates(date, start, end, "date", "start", "end")
        joined: Frame = annotate_frame(join, frame, states, dates, asked.text(prefix, "a prefix"))
        return joined

    def annotate_file(
        self,
        path: str | os.PathLike[str],
        output: str | os.PathLike[str] | None = None,
        *,
        state: str | tuple[str, ...],
        date: str | None = None,
        start: str | None = None,
        end: str | None = None,
        state_code: str = "auto",
        date_format: str | None = None,
        missing: Iterable[str] = (),
        rule: str | None = None,
        basis: str | None = None,
        sheet: str | None = None,
        delimiter: str | None = None,
        encoding: str = "utf-8",
        force: bool = False,
        fail_fast: bool = False,
        progress: TextIO | None = None,
    ) -> Summary:
        """Add membership to the rows of a file, into another one or as CSV to standard output.

        The suffixes say what the files are: `.dta`, `.sav`, `.xlsx`, `.parquet` or `.feather`,
        and anything else a CSV. Columns are named as in `annotate`; the path `-` is standard input.
        A file that is there is written over only by `force`. `progress` is a terminal that shows
        how far the work is.

        >>> from cstocli import load
        >>> load().annotate_file("panel.csv", os.devnull, state="country", date="day")
        Traceback (most recent call last):
        cstocli.errors.Refused: cannot read 'panel.csv': No such file or directory
        """
        from cstocli.reading import asked
        from cstocli.reading.files import path_of
        from cstocli.tabular.kinds import kind_of, refuse_other_kind

        states = asked.texts(state, "columns of states")
        join = self._join(states, state_code, date_format, missing, rule, basis)
        dates = _dates(date, start, end, "--date", "--from", "--to")
        source, target = path_of(path), None if output is None else path_of(output)
        refuse_other_kind(target)
        delimiter, encoding = asked.delimiter(delimiter), asked.text(encoding, "an encoding")
        force, fail_fast = asked.flag(force, "force"), asked.flag(fail_fast, "fail_fast")
        if sheet is not None or kind_of(source) or kind_of(target):
            from cstocli.annotate import files

            sheet = None if sheet is None else asked.text(sheet, "a sheet")
            how = files.Asked(states, dates, sheet, delimiter, encoding, fail_fast, progress)
            return files.annotate_file(join, source, target, how, force=force)
        from cstocli.annotate.table import annotate_file

        return annotate_file(
            join,
            source,
            target,
            states=states,
            dates=dates,
            delimiter=delimiter,
            encoding=encoding,
            force=force,
            fail_fast=fail_fast,
            progress=progress,
        )

    def _join(
        self,
        states: tuple[str, ...],
        state_code: str,
        date_format: str | None,
        missing: Iterable[str],
        rule: str | None,
        basis: str | None,
    ) -> Join:
        """How rows are joined; raises Refused for what cannot be meant."""
        from cstocli.annotate.join import Join
        from cstocli.core.period_rule import checked_rule
        from cstocli.reading import asked
        from cstocli.reading.columns import DayColumn, Missing, StateColumn

        if len(states) not in (1, 2) or len(set(states)) < len(states):
            raise Refused("name one column of states, or two of a pair")
        today = self._today()
        nothing = Missing(asked.texts(missing, "texts that say nothing"))
        return Join(
            self.records,
            self._basis(basis),
            today,
            StateColumn(self._names, state_code, nothing),
            DayColumn(today.first_day, date_format, nothing),
            pair=len(states) > 1,
            rule=None if rule is None else checked_rule(rule),
        )


def _codes(
    rows: Iterable[StateYearRow | DyadYearRow],
    schemes: Iterable[str],
    sides: Iterable[tuple[str, str]],
) -> dict[str, list[str | None]]:
    """A column for each scheme and side: the codes of the states on the last day of each year."""
    from cstocli.reading import asked
    from cstocli.reading.schemes import code_of

    found = {}
    for scheme in asked.texts(schemes, "schemes of codes"):
        for field, suffix in sides:
            found[f"{scheme}{suffix}"] = [
                code_of(getattr(row, field), scheme, dt.date(row.year, 12, 31)) for row in rows
            ]
    return found


def _dates(
    date: str | None, start: str | None, end: str | None, *called: str
) -> tuple[str] | tuple[str, str]:
    """The columns of days: one, or two of a stretch."""
    from cstocli.reading import asked

    for column in (date, start, end):
        if column is not None:
            asked.text(column, "a column")
    if date is not None and start is None and end is None:
        return (date,)
    if date is None and start is not None and end is not None:
        return start, end
    raise Refused(
        "name the column of days by {}, or those of a stretch by {} and {}".format(*called)
    )
