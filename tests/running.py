"""How tests run csto: inside this process, or as a process of its own, in one environment."""

from __future__ import annotations

import contextlib
import functools
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import click

from cstocli.cli import main
from cstocli.cli.group import csto
from cstocli.cli.options import FORMAT
from cstocli.reading.files import data_file

PROGRAMS = Path(sys.executable).parent
CSTO = str(PROGRAMS / "csto")
DATA = data_file("membership.json")
UNCHANGED: Mapping[str, str] = {}
CONTEXT = click.Context(csto)
COMMANDS = {
    name: command
    for name in csto.list_commands(CONTEXT)
    if (command := csto.get_command(CONTEXT, name))
}
"""Every command by its name, in the order of the help."""
WORDS = {
    "check": "armenia",
    "history": "armenia",
    "why": "armenia",
    "diff": "2000-01-01 2007-01-01",
    "together": "armenia russia",
    "validate": DATA,
    "compare": DATA,
}
"""What a question must be asked with."""
ASKED = [name for name, command in COMMANDS.items() if FORMAT in command.params]
EXPORTS = ["export spells", "export acts", "export state-years"]
QUESTIONS = {name: WORDS.get(name, "") for name in [*ASKED, *EXPORTS] if name != "export"}
"""How each question is asked in the fewest words."""
IMPORTED = """
import sys
import click
before = set(sys.modules)
from cstocli.cli.main import run
status = run(sys.argv[1:])
print(status, *sorted(set(sys.modules) - before), file=sys.stderr)
"""
"""A program that asks a question, and says what it imports beyond what Click does."""


class Ran(NamedTuple):
    status: int
    out: str
    err: str


def environment(changes: Mapping[str, str]) -> dict[str, str]:
    """The variables of every run: the same on every machine but for what a test changes."""
    path = os.pathsep.join([str(PROGRAMS), os.environ.get("PATH", os.defpath)])
    measured = {name: os.environ[name] for name in os.environ if name.startswith("COVERAGE_")}
    return {"PATH": path, "LANG": "C.UTF-8", "CSTO_TODAY": "2026-11-22", **measured, **changes}


def ask(*args: str, variables: Mapping[str, str] = UNCHANGED) -> Ran:
    """The outcome of a command line, without the cost of a process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with (
        mock.patch.dict(os.environ, environment(variables), clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        status = main.run(args)
    return Ran(status, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def run(
    *command: str | bytes,
    redirect: str = "",
    cwd: Path | None = None,
    stdout: int = subprocess.PIPE,
    variables: Mapping[str, str] = UNCHANGED,
) -> subprocess.CompletedProcess[bytes]:
    """The outcome of a process, its streams redirected as a shell does it."""
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {redirect}', "sh", *command],
        cwd=cwd,
        env=environment(variables),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )


@functools.cache
def imported(*args: str, completing: str = "") -> set[str]:
    """The modules that a question imports, or a request to complete a line in Bash."""
    done = run(sys.executable, "-c", IMPORTED, *args, variables=request(completing, "bash"))
    status, *modules = done.stderr.decode().splitlines()[-1].split()
    assert int(status) in (0, 1, 3)
    assert done.stdout or "--quiet" in args
    return set(modules)


def request(line: str, shell: str) -> dict[str, str]:
    """The variables by which a shell asks what may come at the end of a line; none for none."""
    *_, typed = words = line.split(" ")
    word = typed if shell == "fish" else str(len(words) - 1)
    asked = {"COMP_WORDS": line, "COMP_CWORD": word, "_CSTO_COMPLETE": f"{shell}_complete"}
    return asked if line else {}
