"""`csto export`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from cstocli.cli import exits
from cstocli.cli.options import BASIS, PERIOD
from cstocli.cli.params import FILE, SCHEMES, Choice
from cstocli.cli.question import JOIN, Outcome, question
from cstocli.core.period_rule import RULES
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
        "csto export package csto-data",
    ],
    params=[
        click.Argument(["what"], type=Choice([*_RECORDS, *_PANELS, "sql", "package"])),
        click.Argument(["folder"], metavar="[DIR]", type=FILE, required=False),
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
        click.Option(
            ["--force"], is_flag=True, help="For a package: replace one that is there already."
        ),
    ],
)
def export(
    dataset: Dataset,
    what: str,
    folder: str | None,
    when: Asked,
    rule: str | None,
    balanced: bool,
    directed: bool,
    codes: tuple[str, ...],
    basis: str | None,
    force: bool,
) -> Answer[Any] | Outcome:
    """Hand the dataset on, as rows, panels of years, SQL or a Data Package.

    State-years have a row for each state and year that counts under the rule, dyad-years for each
    pair that counts together. The SQL has plain tables, and a view
    counted(basis, state, first_day, last_day) to join days against; SQLite, DuckDB, PostgreSQL and
    Spark 4 take it as it is. The package is a new folder DIR of CSV files with their descriptor,
    datapackage.json, written whole or not at all.
    """
    ctx = click.get_current_context()
    if directed and what != "dyad-years":
        raise click.UsageError(f"--directed is for dyad-years, not {what}", ctx)
    if (folder or force) and what != "package":
        raise click.UsageError(f"DIR and --force are for a package, not {what}", ctx)
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
    if what == "package":
        _write_package(dataset, folder, ctx, force=force)
        return Outcome(None, exits.YES)
    if what == "states":
        return dataset.states(aliases=True)
    records: Callable[[], Answer[Any]] = getattr(dataset, what)
    return records()


def _write_package(
    dataset: Dataset, folder: str | None, ctx: click.Context, *, force: bool
) -> None:
    """Write a Data Package into a new folder."""
    if ctx.get_parameter_source("form") is ParameterSource.COMMANDLINE:
        raise click.UsageError("a package has formats of its own: leave out --format", ctx)
    if not folder:
        raise click.UsageError("name the folder of the package: csto export package DIR", ctx)
    dataset.package(folder, force=force)
