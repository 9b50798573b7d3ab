"""The page of commands and options, as the commands declare them."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import click

from cstocli.cli.group import csto
from cstocli.cli.question import Command

CONTEXT = click.Context(csto)
OFTEN = 4
"""In how many commands an option must be found to be told once for all."""
HEADER = "<!-- Made by `python -m making` in docs: what is written here by hand is lost. -->\n"
VARIABLES = {
    "CSTO_BASIS": "The basis of a question that names none.",
    "CSTO_FORMAT": "The format of an answer for which none is named.",
    "CSTO_NOTES": "How many of the notes are shown, as --notes does.",
    "CSTO_DATA": "The dataset to ask, as --data gives it.",
    "CSTO_TODAY": "The day to take for today, as YYYY-MM-DD.",
    "CSTO_DEBUG": "If not empty, a bug shows where it is.",
    "COLUMNS": "The width of a table, in place of that of the terminal.",
    "NO_COLOR": "If not empty, nothing is coloured.",
    "FORCE_COLOR": "If neither empty nor 0, tables are coloured outside a terminal too.",
    "TERM": "Where it is dumb, nothing is coloured.",
}
"""Every variable that csto reads."""


class Section(NamedTuple):
    """The commands under one heading of the help."""

    title: str
    commands: list[Command]


def sections() -> list[Section]:
    """The headings of the help with their commands, in order."""
    found: dict[str, list[Command]] = {}
    for name in csto.list_commands(CONTEXT):
        command = csto.get_command(CONTEXT, name)
        if isinstance(command, Command):
            found.setdefault(command.section, []).append(command)
    return [Section(title, commands) for title, commands in found.items()]


COMMANDS = [command for section in sections() for command in section.commands]


def options_of(command: click.Command) -> list[click.Option]:
    """The options of a command, but for --help."""
    return [one for one in command.params if isinstance(one, click.Option)]


COUNTS = Counter((one.opts[0], one.help) for each in COMMANDS for one in options_of(each))
SHARED = {
    one.opts[0]: one
    for each in COMMANDS
    for one in options_of(each)
    if COUNTS[one.opts[0], one.help] >= OFTEN
}
"""The options that many commands have, by their names."""


def is_shared(option: click.Option) -> bool:
    """Whether an option is told once for all."""
    return option.opts[0] in SHARED and SHARED[option.opts[0]].help == option.help


def values_of(option: click.Option) -> str:
    """What an option is given: `FILE`, or the words of which it takes one."""
    if option.is_flag:
        return ""
    return option.make_metavar(click.Context(csto)).strip("[]")


def told(option: click.Option) -> str:
    """What an option does, with its variable and its default."""
    said = " ".join(str(option.help).split())
    extra = [f"variable {option.envvar}"] if option.envvar else []
    if option.show_default and option.default is not None:
        extra.append(f"default {option.default}")
    return f"{said} [{', '.join(extra)}]" if extra else said


def arguments_of(command: click.Command) -> list[str]:
    """The arguments of a command as its usage line has them."""
    context = click.Context(command)
    return [one.make_metavar(context) for one in command.params if isinstance(one, click.Argument)]


def examples_of(command: click.Command) -> list[str]:
    """The examples at the end of the help."""
    return re.findall(r"^ +\$ (.*)", command.epilog or "", re.M)


def paragraphs_of(command: click.Command) -> list[str]:
    """The paragraphs of the help of a command."""
    text = inspect.cleandoc(command.help or "").partition("\f")[0]
    return [" ".join(each.split()) for each in text.split("\n\n")]


def coded(text: str) -> str:
    """Text for a page: what is typed, in code."""
    text = text.replace("|", "\\|").replace("*", "\\*")
    typed = "--[a-z][a-z-]*|csto_[a-z_0-9]+|CSTO_[A-Z]+"
    return re.sub(rf"(?<![\w`-])({typed})(?![\w`])", r"`\1`", text)


def option_table(options: Sequence[click.Option]) -> Iterator[str]:
    """A table of options."""
    yield "| option | |"
    yield "|---|---|"
    for option in options:
        names = " ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
        values = values_of(option).replace("|", "\\|")
        yield f"| {names}{f' {values}' if values else ''} | {coded(told(option))} |"


def command_lines(command: Command) -> Iterator[str]:
    """The part of the page that is about one command."""
    yield from (f"### `csto {command.name}`", "")
    own = [one for one in options_of(command) if not is_shared(one)]
    shared = [one.opts[0] for one in options_of(command) if is_shared(one)]
    takes = ["[OPTIONS]"] if own or shared else []
    usage = " ".join(["csto", command.name or "", *arguments_of(command), *takes])
    yield from ("```text", usage, "```", "")
    for paragraph in paragraphs_of(command):
        yield from (coded(paragraph), "")
    if own:
        yield from (*option_table(own), "")
    if shared:
        also = "And" if own else "Its options are"
        yield from (f"{also} {', '.join(f'`{name}`' for name in shared)}.", "")
    yield from ("```sh", *examples_of(command), "```", "")


def commands() -> str:
    """The page of commands and options."""
    lines = [
        HEADER,
        "# Commands and options",
        "",
        "`csto COMMAND --help` says the same in a terminal. Names can be typed in any order after",
        "the command; what is listed under *Before the command* goes before it.",
        "",
        "## Before the command",
        "",
        *option_table(options_of(csto)),
        "",
        "## After most commands",
        "",
        *option_table(list(SHARED.values())),
        "",
    ]
    for title, found in sections():
        lines += [f"## {title}", ""]
        for command in found:
            lines += command_lines(command)
    lines += ["## Variables", "", "| variable | |", "|---|---|"]
    lines += [f"| `{name}` | {coded(said)} |" for name, said in VARIABLES.items()]
    return "\n".join(lines) + "\n"
