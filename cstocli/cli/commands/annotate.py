"""`csto annotate`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from cstocli.cli import exits
from cstocli.cli.options import BASIS
from cstocli.cli.params import FILE
from cstocli.cli.question import JOIN, Outcome, asking
from cstocli.errors import Refused
from cstocli.escape import printable
from cstocli.reading import asked

if TYPE_CHECKING:
    from cstocli.library import Dataset


def _delimiter(ctx: click.Context, param: click.Parameter, text: str | None) -> str | None:
    """One character, or `tab`."""
    try:
        return asked.delimiter({"tab": "\t", "\\t": "\t"}.get(text or "", text))
    except Refused as refusal:
        raise click.BadParameter(str(refusal), ctx, param) from None


@asking(
    JOIN,
    1,
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
def annotate(
    dataset: Dataset,
    file: str,
    state: str,
    date: str,
    basis: str | None,
    delimiter: str | None,
    encoding: str,
    output: str | None,
    force: bool,
    fail_fast: bool,
) -> Outcome:
    """Add membership to each row of a CSV.

    Every row and column of FILE (- is standard input) is kept, in order, and gets the columns
    csto_member (yes, no, partly, unknown), csto_status, csto_first_day, csto_part,
    csto_disputed and csto_error. A row that cannot be answered keeps its place with the reason
    in csto_error; if there are any, the exit status is 2.
    """
    to_terminal = output in (None, "-") and sys.stdout.isatty()
    summary = dataset.annotate_file(
        file,
        output,
        state=state,
        date=date,
        basis=basis,
        delimiter=delimiter,
        encoding=encoding,
        force=force,
        fail_fast=fail_fast,
        progress=sys.stderr if sys.stderr.isatty() and not to_terminal else None,
    )
    for line in summary.lines():
        sys.stderr.write(f"{printable(line)}\n")
    return Outcome(None, exits.TROUBLE if summary.problems else exits.YES)
