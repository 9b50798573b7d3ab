"""Membership joined to other tables: rows annotated, and the dataset handed on."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, TYPE_CHECKING, TextIO

import click
from click.core import ParameterSource

from cstocli import exits, render
from cstocli.dates import When
from cstocli.escape import printable, quoted
from cstocli.files import written_whole
from cstocli.model import Basis, Refused
from cstocli.options import BASIS, EXIT_STATUS, FORMAT, PERIOD, command, period, publish, today
from cstocli.params import FILE, Choice, records_of

if TYPE_CHECKING:
    from cstocli.tables import Table

_ROWS, _BYTES = 500, 1_000_000
"""How many rows, or about how many bytes, are written at a time."""


def _delimiter(ctx: click.Context, param: click.Parameter, text: str | None) -> str | None:
    """One character, or `tab`."""
    character = {"tab": "\t", "\\t": "\t"}.get(text or "", text)
    if character is not None and not re.fullmatch('[^"\r\n\ud800-\udfff]', character):
        said = f"{quoted(character)} is not one character, such as ; or tab"
        raise click.BadParameter(said, ctx, param)
    return character


@command(
    examples=[
        "csto annotate panel.csv --state country --date day --output annotated.csv",
        "csto annotate - --state country --date day --basis in-force < panel.csv",
        "csto annotate panel.csv --state country --date day --encoding cp1251 > annotated.csv",
    ],
    params=[
        click.Argument(["file"], type=FILE),
        click.Option(["--state"], metavar="COLUMN", required=True, help="The column of states."),
        click.Option(
            ["--date"], metavar="COLUMN", required=True, help="The column of days, months or years."
        ),
        BASIS,
        click.Option(
            ["--delimiter"],
            metavar="CHARACTER",
            callback=_delimiter,
            help="What separates the cells, such as ; or tab. [default: what separates the names "
            "of the columns]",
        ),
        click.Option(
            ["--encoding"],
            metavar="NAME",
            default="utf-8",
            show_default=True,
            help="How the file is encoded; the output is UTF-8.",
        ),
        click.Option(
            ["--output"],
            metavar="FILE",
            type=FILE,
            help="Write to this file, whole or not at all. [default: standard output]",
        ),
        click.Option(["--force"], is_flag=True, help="Write over a file that is there."),
        click.Option(["--fail-fast"], is_flag=True, help="Stop at the first problem."),
    ],
)
@click.pass_context
def annotate(
    ctx: click.Context,
    file: str,
    state: str,
    date: str,
    basis: Basis,
    delimiter: str | None,
    encoding: str,
    output: str | None,
    force: bool,
    fail_fast: bool,
) -> int:
    """Add membership to each row of a CSV.

    Every row and column of FILE (- is standard input) is kept, in order, and gets the columns
    csto_member (yes, no, partly, unknown), csto_status, csto_first_day, csto_part,
    csto_disputed and csto_error. A row that cannot be answered keeps its place with the reason
    in csto_error; if there are any, the exit status is 2.
    """
    from cstocli import tables
    from cstocli.annotate import COLUMNS, Annotation

    with tables.opened(file, encoding, delimiter) as table:
        state_at, date_at = table.column(state), table.column(date)
        taken = [name for name in COLUMNS if name in table.header]
        if taken:
            raise Refused(f"{file} has a column {taken[0]} already: rename it, or leave it out")
        annotation = Annotation(records_of(ctx), basis, today(), table)
        lines = annotation.lines(state_at, date_at, fail_fast=fail_fast)
        with _output(output, force) as out, render.progress(*_shown(table, output)) as advance:
            out.write(annotation.header().encode())
            count = 1
            while size := _written(islice(lines, count), out):
                advance(annotation.rows)
                count = min(_ROWS, max(1, _BYTES * count // size))
    for line in annotation.summary():
        sys.stderr.write(f"{printable(line)}\n")
    return exits.TROUBLE if annotation.problems else exits.YES


@contextmanager
def _output(path: str | None, force: bool) -> Iterator[IO[bytes]]:
    """Where the rows go: a file, written whole or not at all, or standard output."""
    if path is None or path == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer
    else:
        with written_whole(path, force=force) as file:
            yield file


def _written(lines: Iterable[str], out: IO[bytes]) -> int:
    """Write lines in UTF-8, those before a problem too; how many bytes they are.

    Raises Refused for half a surrogate pair, which UTF-8 does not have.
    """
    taken: list[str] = []
    try:
        taken.extend(lines)
    finally:
        try:
            data = "".join(taken).encode()
        except UnicodeEncodeError:
            raise Refused("a character is half of a pair, which UTF-8 does not have") from None
        out.write(data)
    out.flush()
    return len(data)


def _shown(table: Table, output: str | None) -> tuple[TextIO | None, Callable[[], int], int]:
    """Where progress is shown, if anywhere, how far the work is, and how much it is, in bytes."""
    to_terminal = output in (None, "-") and sys.stdout.isatty()
    stream = sys.stderr if sys.stderr.isatty() and not to_terminal else None
    return stream, table.position, table.size


@command(
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
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def export(
    ctx: click.Context,
    what: str,
    rule: str | None,
    first: When | None,
    last: When | None,
    basis: Basis,
    form: str,
    exit_status: bool,
) -> int:
    """Hand the dataset on, as rows, state-years or SQL.

    State-years have a row for each state and year that counts under the rule. The SQL has
    plain tables, and a view counted(basis, state, first_day, last_day) to join days against;
    SQLite, DuckDB, PostgreSQL and Spark 4 take it as it is.
    """
    from cstocli import about
    from cstocli import export as handed

    records, now = records_of(ctx), today()
    if what == "state-years":
        when = period(ctx, None, first, last)
        if when and not first:
            when = handed.whole_years(when)
        years = handed.state_years(records, when, rule or "any", basis, now)
        return publish(years, form, exit_status)
    if rule or first or last:
        raise click.UsageError(f"--rule, --from and --to are for state-years, not {what}", ctx)
    if what == "sql":
        if ctx.get_parameter_source("form") is ParameterSource.COMMANDLINE:
            raise click.UsageError("SQL is a format of its own: leave out --format", ctx)
        render.write_bytes(handed.sql(records), sys.stdout)
        return exits.YES
    if what == "spells":
        return publish(handed.spells(records, now), form, exit_status)
    if what == "acts":
        return publish(handed.acts(records, now), form, exit_status)
    if what == "states":
        return publish(about.states(records, now, aliases=True), form, exit_status)
    return publish(about.sources(records, None, now), form, exit_status)
