"""`csto convert`."""

from __future__ import annotations

import sys
from typing import Any

import click

from cstocli.cli import exits
from cstocli.cli.options import DELIMITER, ENCODING, FORCE, MISSING, OUTPUT
from cstocli.cli.params import FILE, SCHEME, Choice, WhenType
from cstocli.cli.question import JOIN, Outcome, command
from cstocli.errors import BrokenDataset
from cstocli.escape import printable
from cstocli.library import convert as converted
from cstocli.reading.shapes import SHAPES
from cstocli.writing.formats import as_csv, as_tsv
from cstocli.writing.publish import write_bytes
from cstocli.writing.whole import written_whole

_EXAMPLES = 10
"""How many problems of a file are told."""


def _column(option: str, text: str) -> click.Option:
    """An option with the name of a column."""
    return click.Option([option], metavar="COLUMN", help=text)


@command(
    JOIN,
    3,
    examples=[
        "csto convert state_year_formatv3.csv --from cow-igo --org CSTO --output csto.csv",
        "csto convert atop5_1m.csv --from atop --org 4220 --output atop.csv",
        "csto convert eu.csv --from columns --state iso2 --first-day joined --last-day left",
        "csto convert coded.csv --from state-years --state ccode --state-code cown --year year "
        "--value member --counts 1",
    ],
    params=[
        click.Argument(["file"], type=FILE),
        click.Option(
            ["--from", "shape"],
            type=Choice(list(SHAPES)),
            required=True,
            help="The shape of the file.",
        ),
        click.Option(
            ["--org", "organisations"],
            metavar="NAME",
            multiple=True,
            help="An organisation to convert, of several. [default: all of them]",
        ),
        click.Option(
            ["--state-code"],
            type=SCHEME,
            help="Whose codes the states are. [default: cown for the files of COW and ATOP; else "
            "names and letters]",
        ),
        _column("--state", "The column of states."),
        _column("--organisation", "The column of organisations. [default: the name of the file]"),
        _column("--year", "For state-years: the column of years."),
        _column("--value", "For state-years: the column that says whether a year counts."),
        click.Option(
            ["--counts"],
            metavar="VALUE",
            multiple=True,
            help="A value of that column with which a year counts; for columns and popolo, a "
            "status or role that counts besides member.",
        ),
        click.Option(
            ["--first-day"],
            metavar="COLUMN[,COLUMN,COLUMN]",
            help="For columns: the column of first days, or those of year, month and day.",
        ),
        click.Option(
            ["--last-day"],
            metavar="COLUMN[,COLUMN,COLUMN]",
            help="For columns: the same of last days; where one is missing, the membership lasts.",
        ),
        _column("--status", "For columns: the column of statuses; `member` counts."),
        _column("--remark", "For columns: the column of remarks."),
        click.Option(
            ["--date-format"],
            metavar="FORMAT",
            help="For columns: how the days are written, such as %d.%m.%Y.",
        ),
        click.Option(
            ["--ongoing"],
            metavar="TEXT",
            multiple=True,
            help="For columns: a text in place of a last day that says that a membership lasts.",
        ),
        MISSING,
        click.Option(
            ["--covers-to"],
            type=WhenType(),
            metavar="DAY",
            help="The day up to which the file was checked, where it does not say so.",
        ),
        DELIMITER,
        ENCODING,
        OUTPUT,
        FORCE,
    ],
)
def convert(file: str, output: str | None, force: bool, **options: Any) -> Outcome:
    """Make a table of spells, which --data takes, of a file of the field.

    What is vague stays vague, and what is missing has the status unknown. At the end it says what
    was read, and what was left out and why. FILE may be - for standard input.
    """
    shape = options.pop("shape")
    try:
        if output in (None, "-"):
            answer = converted(file, shape, **options)
            write_bytes(as_csv(answer), sys.stdout)
        else:
            with written_whole(output, force=force) as out:
                answer = converted(file, shape, **options)
                write = as_tsv if output.casefold().endswith(".tsv") else as_csv
                out.write(write(answer).encode())
    except BrokenDataset as error:
        return _refused(error)
    _say(answer.title, *(f"Note: {note}" for note in answer.notes))
    return Outcome(None, exits.YES)


def _refused(error: BrokenDataset) -> Outcome:
    """Say what is wrong with a file, line by line."""
    shown = [f"{printable(error.path)}: {problem}" for problem in error.problems[:_EXAMPLES]]
    more = len(error.problems) - len(shown)
    said = ["Error: nothing is written.", *shown, *([f"and {more} more."] if more > 0 else [])]
    _say(*said)
    return Outcome(None, exits.TROUBLE)


def _say(*lines: str) -> None:
    """Write lines to stderr."""
    sys.stderr.writelines(f"{printable(line)}\n" for line in lines)
