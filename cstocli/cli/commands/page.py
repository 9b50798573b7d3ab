"""`csto page`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from cstocli.cli import exits
from cstocli.cli.options import BASIS
from cstocli.cli.params import FILE
from cstocli.cli.question import EXPLAIN, Outcome, asking
from cstocli.writing.publish import write_bytes

if TYPE_CHECKING:
    from cstocli.library import Dataset


@asking(
    EXPLAIN,
    7,
    examples=[
        "csto page --output csto.html",
        "csto page --output treaty.html --title 'The Treaty in force' --basis in-force",
        "csto --data examples/nato.csv page --output nato.html",
    ],
    params=[
        click.Option(
            ["--output"],
            metavar="FILE",
            type=FILE,
            required=True,
            help="Write the page to this file, whole or not at all; - is stdout.",
        ),
        click.Option(["--title"], metavar="TEXT", help="What the page is called."),
        BASIS,
        click.Option(["--force"], is_flag=True, help="Write over a file that is there."),
    ],
)
def page(
    dataset: Dataset, output: str, title: str | None, basis: str | None, force: bool
) -> Outcome:
    """Write a page to look at: any day, on any basis, with what is disputed and who says so.

    The page is one HTML file that fetches nothing: it can be mailed, printed, and put on any
    server. The day, the state and the basis are in its address: csto.html#2006-07-15/UZB.
    """
    from cstocli.writing.whole import written_whole

    written = dataset.page(title, basis)
    if output == "-":
        write_bytes(written, sys.stdout)
    else:
        with written_whole(output, force=force) as file:
            file.write(written.encode())
    return Outcome(None, exits.YES)
