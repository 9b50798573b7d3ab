"""`csto check`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from cstocli.cli import exits
from cstocli.cli.options import BASIS, FORMAT, NOTES, ON, PERIOD
from cstocli.cli.params import StateType
from cstocli.cli.question import ASK, Outcome, asking
from cstocli.core.finding import PARTLY, UNKNOWN, YES

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.library.membership import Asked


@asking(
    ASK,
    2,
    examples=[
        "csto check georgia --on 1998-05-01 && echo counted",
        "csto check uzbekistan --on 2006-07-15 --strict",
        "csto check UZB --on 2006 --quiet; echo $?",
    ],
    params=[
        click.Argument(["state"], type=StateType()),
        ON,
        *PERIOD,
        BASIS,
        click.Option(
            ["--strict"], is_flag=True, help="Exit with 3 if disputed, or after the last check."
        ),
        click.Option(
            ["--quiet", "-q"], is_flag=True, help="Print nothing; the exit status is the answer."
        ),
        FORMAT,
        NOTES,
    ],
)
def check(
    dataset: Dataset,
    state: str,
    when: Asked,
    basis: str | None,
    strict: bool,
    quiet: bool,
    state_code: str,
) -> Outcome:
    """Answer yes or no for a shell script: was STATE counted?

    Exits with 0 for yes, 1 for no, and 3 where it is neither: a period with a change in it,
    a day that the data do not decide, or, with --strict, a disputed answer or one about a day
    after the last check.
    """
    answer = dataset.check(state, when, basis=basis, state_code=state_code)
    row = answer.rows[0]
    status = exits.YES if row.answer == YES else exits.NO
    doubtful = strict and (row.disputed or answer.unverified)
    if row.answer in (PARTLY, UNKNOWN) or doubtful:
        status = exits.UNDECIDED
    if quiet:
        return Outcome(None, status)
    if doubtful:
        unsure = "disputed" if row.disputed else "after the last check of the dataset"
        sys.stderr.write(f"Note: exit status {exits.UNDECIDED}, because the answer is {unsure}.\n")
    return Outcome(answer, status)
