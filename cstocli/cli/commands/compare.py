"""`csto compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cstocli.cli.options import BASIS, PERIOD, STATE_CODE
from cstocli.cli.params import FILE
from cstocli.cli.question import JOIN, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer
    from cstocli.questions.compare import CompareRow


@question(
    JOIN,
    4,
    examples=[
        "csto compare igo.csv --from 2002 --to 2014",
        "csto compare alliances.csv --org 350 --basis in-force --exit-status",
    ],
    params=[
        click.Argument(["file"], type=FILE),
        click.Option(
            ["--org", "organisation"],
            metavar="NAME",
            help="The organisation in FILE, of several.",
        ),
        STATE_CODE,
        *PERIOD,
        BASIS,
    ],
)
def compare(
    dataset: Dataset,
    file: str,
    organisation: str | None,
    state_code: str,
    when: Asked,
    basis: str | None,
) -> Answer[CompareRow]:
    """List the days on which another dataset and this one disagree.

    FILE is a dataset of its own, JSON or a table of spells, such as convert makes. Days that
    either leaves open are left out, as are those after the last check of either; a note says how
    many agree.
    """
    return dataset.compare(file, organisation, when, basis=basis, state_code=state_code)
