"""`csto cite`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from cstocli.cli import exits
from cstocli.cli.options import BASIS, ON, PERIOD
from cstocli.cli.params import Choice, StateType
from cstocli.cli.question import EXPLAIN, Outcome, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer
    from cstocli.questions.cite import CiteRow


@question(
    EXPLAIN,
    2,
    examples=[
        "csto cite uzbekistan --on 2007-01-01",
        "csto cite georgia --on 2008-08-08 --style bibtex",
        "csto cite --style csl-json",
    ],
    params=[
        click.Argument(["state"], type=StateType(), required=False),
        ON,
        *PERIOD,
        click.Option(
            ["--style"],
            type=Choice(["text", "bibtex", "ris", "csl-json"]),
            default="text",
            show_default=True,
            help="For people, or for a program that keeps references.",
        ),
        BASIS,
    ],
)
def cite(
    dataset: Dataset,
    state: str | None,
    when: Asked,
    style: str,
    basis: str | None,
    state_code: str,
) -> Answer[CiteRow] | Outcome:
    """Give a sentence to paste, with its best sources and the dataset; or how to cite the dataset.

    What is disputed, or not certain, is so in the sentence.
    """
    answer = dataset.cite(state, when, basis=basis, state_code=state_code)
    if style == "text":
        return answer
    ctx = click.get_current_context()
    if ctx.get_parameter_source("form") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--format and --style both say how it is written: use one", ctx)
    from cstocli.writing import publish
    from cstocli.writing.references import STYLES

    publish.write_bytes(STYLES[style](answer.rows), sys.stdout)
    publish.write_notes(answer, ctx.params["level"], sys.stderr)
    return Outcome(None, exits.YES)
