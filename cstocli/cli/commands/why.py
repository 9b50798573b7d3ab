"""`csto why`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cstocli.cli.options import BASIS, ON, PERIOD
from cstocli.cli.params import OFFICE, StateType
from cstocli.cli.question import EXPLAIN, question

if TYPE_CHECKING:
    from cstocli.library import Dataset
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer
    from cstocli.questions.why import WhyRow


@question(
    EXPLAIN,
    1,
    examples=[
        "csto why uzbekistan --on 2006-07-15",
        "csto why georgia",
        "csto why --office chair --on 2022-12-15",
    ],
    params=[
        click.Argument(["state"], type=StateType(), required=False),
        click.Option(["--office"], type=OFFICE, help="Explain who held this office instead."),
        ON,
        *PERIOD,
        BASIS,
    ],
)
def why(
    dataset: Dataset,
    state: str | None,
    office: str | None,
    when: Asked,
    basis: str | None,
    state_code: str,
) -> Answer[WhyRow]:
    """Explain one answer: the rule, the spell, the acts, what is disputed, the sources."""
    if office is not None and state is None:
        return dataset.why_held(office, when)
    if state is None or office is not None:
        raise click.UsageError("name a state, or an office by --office")
    return dataset.why(state, when, basis=basis, state_code=state_code)
