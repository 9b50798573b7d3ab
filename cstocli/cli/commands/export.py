"""`csto export`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from cstocli.cli import exits
from cstocli.cli.options import BASIS, PERIOD
from cstocli.cli.params import SCHEMES, Choice
from cstocli.cli.question import JOIN, Outcome, question
from cstocli.core.rule import RULES
from cstocli.writing.publish import write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from cstocli.library import Dataset
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer


_RECORDS = ("spells", "acts", "states", "sources", "terms")
_PANELS = ("state-years", "dyad-years")


@question(
    JOIN,
    2,
    examples=[
        "csto export state-years --rule last-day --format csv > years.csv",
        "csto export state-years --balanced --codes cown,gwn --from 1992 --to 2025 --format csv",
        "csto export dyad-years --directed --from 1992 --to 2014 --format csv",
        "csto export spells --format csv",
        "csto export sql | sqlite3 membership.db",
    ],
    params=[
        click.Argument(["what"], type=Choice([*_RECORDS, *_PANELS, "sql"])),
        click.Option(
            ["--rule"],
            type=Choice(list(RULES)),
            help="For years: when a state, or a pair, counts in one. [default: any]",
        ),
        click.Option(
            ["--balanced"], is_flag=True, help="For years: a row for each, counted true or false."
        ),
        click.Option(
            ["--directed"], is_flag=True, help="For dyad-years: each pair in both orders."
        ),
        click.Option(
            ["--codes"],
            type=SCHEMES,
            default="",
            metavar="SCHEME,...",
            help="For years: columns with the codes of the states, such as cown,gwn.",
        ),
        *PERIOD,
        BASIS,
    ],
)
def export(
    dataset: Dataset,
    what: str,
    when: Asked,
    rule: str | None,
    balanced: bool,
    directed: bool,
    codes: tuple[str, ...],
    basis: str | None,
) -> Answer[Any] | Outcome:
    """Hand the dataset on, as rows, panels of years or SQL.

    State-years have a row for each state and year that counts under the rule, dyad-years for each
    pair that counts together. The SQL has plain tables, and a view
    counted(basis, state, first_day, last_day) to join days against; SQLite, DuckDB, PostgreSQL and
    Spark 4 take it as it is.
    """
    ctx = click.get_current_context()
    if directed and what != "dyad-years":
        raise click.UsageError(f"--directed is for dyad-years, not {what}", ctx)
    if what in _PANELS:
        asked: dict[str, Any] = {
            "rule": rule or "any",
            "basis": basis,
            "balanced": balanced,
            "codes": codes,
        }
        if what == "state-years":
            return dataset.state_years(when, **asked)
        return dataset.dyad_years(when, directed=directed, **asked)
    if rule or when or balanced or codes:
        said = "--rule, --balanced, --codes, --from and --to are for state-years and dyad-years"
        raise click.UsageError(f"{said}, not {what}", ctx)
    if what == "sql":
        if ctx.get_parameter_source("form") is ParameterSource.COMMANDLINE:
            raise click.UsageError("SQL is a format of its own: leave out --format", ctx)
        write_bytes(dataset.sql(), sys.stdout)
        return Outcome(None, exits.YES)
    if what == "states":
        return dataset.states(aliases=True)
    records: Callable[[], Answer[Any]] = getattr(dataset, what)
    return records()
