"""`csto annotate`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from cstocli.cli import exits
from cstocli.cli.options import (
    BASIS,
    DELIMITER,
    ENCODING,
    FORCE,
    MISSING,
    OUTPUT,
    STATE_CODE,
)
from cstocli.cli.params import FILE, Choice
from cstocli.cli.question import JOIN, Outcome, asking
from cstocli.core.period_rule import RULES
from cstocli.escape import printable

if TYPE_CHECKING:
    from cstocli.library import Dataset


@asking(
    JOIN,
    1,
    examples=[
        "csto annotate panel.csv --state country --date day --output annotated.csv",
        "csto annotate panel.csv --state ccode --state-code cown --date year --rule last-day",
        "csto annotate dyads.csv --state ccode1 --state ccode2 --state-code cown --date year",
        "csto annotate wars.xlsx --state country --from start --to end --output wars.dta",
        "csto annotate - --state country --date day --encoding cp1251 < panel.csv",
    ],
    params=[
        click.Argument(["file"], type=FILE),
        click.Option(
            ["--state", "states"],
            metavar="COLUMN",
            required=True,
            multiple=True,
            help="The column of states; given twice, the two columns of a pair.",
        ),
        click.Option(["--date"], metavar="COLUMN", help="The column of days, months or years."),
        click.Option(
            ["--from", "start"], metavar="COLUMN", help="The column of the first days of stretches."
        ),
        click.Option(
            ["--to", "end"],
            metavar="COLUMN",
            help="The column of their last days; an empty cell lasts to today.",
        ),
        STATE_CODE,
        click.Option(
            ["--date-format"],
            metavar="FORMAT",
            help="How the days are written, such as %d.%m.%Y. [default: any way that can be read "
            "in one way only]",
        ),
        MISSING,
        click.Option(
            ["--rule"],
            type=Choice(list(RULES)),
            help="Which periods with a change in them get 1 in csto_counted, and which 0. "
            "[default: none of them either]",
        ),
        BASIS,
        click.Option(
            ["--sheet"],
            metavar="NAME",
            help="The sheet of an .xlsx. [default: the only one that has the columns]",
        ),
        DELIMITER,
        ENCODING,
        OUTPUT,
        FORCE,
        click.Option(["--fail-fast"], is_flag=True, help="Stop at the first problem."),
    ],
)
def annotate(
    dataset: Dataset,
    file: str,
    states: tuple[str, ...],
    output: str | None,
    **options: Any,
) -> Outcome:
    """Add membership to each row of a file.

    FILE is a .dta, a .sav, an .xlsx, a .parquet or a .feather by its suffix, and else a CSV (- is
    standard input). Every row and column of it is kept, in order, and gets the columns
    csto_state (what was understood), csto_member (yes, no, partly, unknown), csto_counted (1, 0),
    csto_status, csto_first_day, csto_part, csto_disputed and csto_error. Of a pair each side has
    its own, csto_state_1 and so on, and the rest is about both together. A row that cannot be
    answered keeps its place with the reason in csto_error; if there are any, the exit status is
    2. Rows in which a state or a day is missing have no answer, and are no problem.
    """
    to_terminal = output in (None, "-") and sys.stdout.isatty()
    progress = sys.stderr if sys.stderr.isatty() and not to_terminal else None
    summary = dataset.annotate_file(file, output, state=states, progress=progress, **options)
    for line in summary.lines():
        sys.stderr.write(f"{printable(line)}\n")
    return Outcome(None, exits.TROUBLE if summary.problems else exits.YES)
