"""`csto export`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from cstocli.cli import exits
from cstocli.cli.options import BASIS, PERIOD
from cstocli.cli.params import Choice
from cstocli.cli.question import JOIN, Outcome, question
from cstocli.writing.publish import write_bytes

if TYPE_CHECKING:
    from typing import Any

    from cstocli.library import Dataset
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer


@question(
    JOIN,
    2,
    examples=[
        "csto export state-years --rule last-day --format csv > years.csv",
        "csto export spells --format csv",
        "csto export sql | sqlite3 membership.db",
    ],
    params=[
        click.Argument(
            ["what"], type=Choice(["spells", "acts", "states", "sources", "state-years", "sql"])
        ),
        click.Option(
            ["--rule"],
            type=Choice(["any", "throughout", "first-day", "last-day"]),
            help="For state-years: when a state counts in a year. [default: any]",
        ),
        *PERIOD,
        BASIS,
    ],
)
def export(
    dataset: Dataset, what: str, rule: str | None, when: Asked, basis: str | None
) -> Answer[Any] | Outcome:
    """Hand the dataset on, as rows, state-years or SQL.

    State-years have a row for each state and year that counts under the rule. The SQL has
    plain tables, and a view counted(basis, state, first_day, last_day) to join days against;
    SQLite, DuckDB, PostgreSQL and Spark 4 take it as it is.
    """
    if what == "state-years":
        return dataset.state_years(when, rule=rule or "any", basis=basis)
    ctx = click.get_current_context()
    if rule or when:
        raise click.UsageError(f"--rule, --from and --to are for state-years, not {what}", ctx)
    if what == "sql":
        if ctx.get_parameter_source("form") is ParameterSource.COMMANDLINE:
            raise click.UsageError("SQL is a format of its own: leave out --format", ctx)
        write_bytes(dataset.sql(), sys.stdout)
        return Outcome(None, exits.YES)
    if what == "states":
        return dataset.states(aliases=True)
    if what == "sources":
        return dataset.sources()
    return dataset.spells() if what == "spells" else dataset.acts()
