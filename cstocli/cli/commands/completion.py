"""`csto completion`."""

from __future__ import annotations

import click

from cstocli.cli import exits
from cstocli.cli.params import Choice
from cstocli.cli.question import ABOUT, Outcome, command


@command(
    ABOUT,
    6,
    examples=[
        "csto completion bash > ~/.local/share/bash-completion/completions/csto",
        "csto completion zsh > ~/.zfunc/_csto",
        "csto completion fish > ~/.config/fish/completions/csto.fish",
    ],
    params=[
        click.Argument(["shell"], type=Choice(["bash", "fish", "powershell", "zsh"])),
    ],
)
def completion(shell: str) -> Outcome:
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
    root = click.get_current_context().find_root().command
    click.echo(kinds[shell](root, {}, "csto", "_CSTO_COMPLETE").source())
    return Outcome(None, exits.YES)
