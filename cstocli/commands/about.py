"""The questions about the dataset itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cstocli import dataset, exits, files
from cstocli.answers import Answer
from cstocli.escape import printable
from cstocli.model import State
from cstocli.names import Country
from cstocli.options import EXIT_STATUS, FORMAT, command, publish, today
from cstocli.params import FILE, SOURCE, Choice, StateType, records_of

if TYPE_CHECKING:
    from cstocli.about import ProblemRow


@command(
    examples=["csto disputes", "csto disputes uzbekistan --format markdown"],
    params=[
        click.Argument(["state"], type=StateType(), required=False),
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def disputes(
    ctx: click.Context, state: State | Country | None, form: str, exit_status: bool
) -> int:
    """List what sources say otherwise, with the verdict and the reason."""
    from cstocli import about

    return publish(about.disputes(records_of(ctx), state, today()), form, exit_status)


@command(
    examples=["csto sources", "csto sources adilet-1999-12-30"],
    params=[
        click.Argument(["id"], type=SOURCE, required=False),
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def sources(ctx: click.Context, id: str | None, form: str, exit_status: bool) -> int:
    """List the sources and what each is cited for, or show one whole."""
    from cstocli import about

    return publish(about.sources(records_of(ctx), id, today()), form, exit_status)


@command(
    examples=["csto states", "csto states --aliases"],
    params=[
        click.Option(["--aliases"], is_flag=True, help="Also say what else each is called."),
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def states(ctx: click.Context, aliases: bool, form: str, exit_status: bool) -> int:
    """List the states of the dataset, their codes, names and status today."""
    from cstocli import about

    return publish(about.states(records_of(ctx), today(), aliases=aliases), form, exit_status)


@command(
    examples=["csto info", "csto info --format json | jq -r .dataset.release"],
    params=[
        FORMAT,
        EXIT_STATUS,
    ],
)
@click.pass_context
def info(ctx: click.Context, form: str, exit_status: bool) -> int:
    """Say what the dataset is: release, licence, counts, checksum, how to cite it."""
    from cstocli import about

    checksum = dataset.checksum(ctx.find_root().params["data"])
    return publish(about.info(records_of(ctx), checksum, today()), form, exit_status)


@command(
    examples=["csto validate membership.json"],
    params=[
        click.Argument(["file"], type=FILE),
        FORMAT,
    ],
)
@click.pass_context
def validate(ctx: click.Context, file: str, form: str) -> int:
    """List the problems of a dataset file, each with its place.

    Exits with 0 if it keeps every rule, with 1 if it does not, and with 2 if it cannot be
    read at all.
    """
    from cstocli import csvdata

    data = files.read_bytes(file)
    if csvdata.is_table(file, data):
        answer = _validated_table(file, data, ctx.find_root().params["org"])
    else:
        answer = _validated_document(file, data)
    publish(answer, form)
    return exits.NO if answer.rows else exits.YES


def _validated_document(file: str, data: bytes) -> Answer[ProblemRow]:
    """What is wrong with a JSON document, or right."""
    from cstocli import about, rules

    try:
        raw = files.read(file, data)
        problems = rules.problems(raw)
    except files.BrokenDataset as error:
        raw = {}
        problems = [rules.Problem("", str(error).removeprefix(f"{printable(file)}: "))]
    counts = {} if problems else {name.replace("_", " "): len(raw[name]) for name in rules.LISTS}
    dataset = {key: None if problems else raw[key] for key in ("release", "verified_through")}
    return about.validate(file, problems, counts, rules.kept(), dataset)


def _validated_table(file: str, data: bytes, organisation: str | None) -> Answer[ProblemRow]:
    """What is wrong with a table of spells, or right."""
    from cstocli import about, csvdata

    counts, problems, notes = csvdata.validate(file, data, organisation, dataset.bundled_states())
    release = {"release": None, "verified_through": None}
    return about.validate(file, problems, counts, (*notes, *csvdata.RULES), release)


@command(
    examples=[
        "csto completion bash > ~/.local/share/bash-completion/completions/csto",
        "csto completion zsh > ~/.zfunc/_csto",
        "csto completion fish > ~/.config/fish/completions/csto.fish",
    ],
    params=[
        click.Argument(["shell"], type=Choice(["bash", "fish", "powershell", "zsh"])),
    ],
)
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Print the completion script of a shell."""
    from click.shell_completion import (
        BashComplete,
        FishComplete,
        PowerShellComplete,
        ZshComplete,
    )

    kinds = {
        "bash": BashComplete,
        "fish": FishComplete,
        "powershell": PowerShellComplete,
        "zsh": ZshComplete,
    }
    click.echo(kinds[shell](ctx.find_root().command, {}, "csto", "_CSTO_COMPLETE").source())
    return exits.YES
