"""The manual, the help and the pages say what csto really does, and nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from making.commands import COMMANDS, VARIABLES, examples_of, options_of
from pages import ROOT, text_of
from running import ask, run

import cstocli
from cstocli.cli import exits
from cstocli.cli.group import csto
from cstocli.reading import dates

PACKAGE = Path(cstocli.__file__).parent
MANUAL = ROOT / "share" / "csto.1"
MAN = MANUAL.read_text(encoding="utf-8")
NAMES = {command.name for command in COMMANDS}
OPTIONS = {name for each in (csto, *COMMANDS) for one in options_of(each) for name in one.opts}


def section(name: str) -> str:
    """A section or subsection of the manual."""
    found = re.search(rf"^\.S[sh] {name}\n(.*?)(?=^\.S[sh] |\Z)", MAN, re.M | re.S)
    assert found, name
    return found[1]


# The manual


@pytest.mark.skipif(not shutil.which("mandoc"), reason="mandoc is not installed")
def test_mandoc_finds_nothing_to_complain_about_and_shows_every_command_and_option() -> None:
    done = run("mandoc", "-T", "lint", str(MANUAL))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    done = run("mandoc", "-T", "utf8", "-O", "width=300", str(MANUAL))
    shown = re.sub(".\b", "", done.stdout.decode())
    words = set(re.findall(r"(?<![\w-])-{0,2}[a-z][a-z-]*", shown))
    assert (NAMES | OPTIONS) - words == set()


@pytest.mark.parametrize("line", re.findall(r"^csto .*", section("EXAMPLES"), re.M))
def test_the_examples_of_the_manual_work(line: str, tmp_path: Path) -> None:
    done = run("sh", "-c", line, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_dates_of_the_manual_can_be_typed() -> None:
    text = section("Dates and states").partition("A state goes")[0]
    forms = re.findall(r"^\.(?:Sq|Li) (.*?)(?: [,.])?$", text, re.M)
    assert len(forms) > 8
    assert all(dates.parse(form, dates.today()) for form in forms)


def test_the_files_of_the_manual_are_there() -> None:
    files = re.findall(r"^\.It Pa (\S+)", section("FILES"), re.M)
    assert files
    assert all((ROOT / file).is_file() for file in files)


# Variables and statuses


def test_every_variable_that_csto_reads_is_told_and_no_other() -> None:
    reads = r"""(?:environ(?:\.get\(|\[)|envvar=|getenv\()\s*["']([A-Z][A-Z_]+)["']"""
    sources = (path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    assert {name for source in sources for name in re.findall(reads, source)} == set(VARIABLES)


TELLING = r"check|validate|--[a-z-]+|Ctrl-C|pipe|bug|trouble|partly"
"""What a meaning must have in every place where it is told."""


def statuses_in_the_documentation() -> dict[str, str]:
    return dict(re.findall(r"^\| (\d+) \| (.*) \|$", text_of(ROOT / "docs" / "scripts.md"), re.M))


def statuses_in_help() -> dict[str, str]:
    return dict(re.findall(r"^ +(\d+)  (.*)", ask("--help").out, re.M))


@pytest.mark.parametrize("where", [statuses_in_the_documentation, statuses_in_help])
def test_every_exit_status_is_told_with_what_it_is_for(
    where: Callable[[], dict[str, str]],
) -> None:
    told = where()
    assert list(told) == [str(status) for status in exits.MEANINGS]
    for status, meaning in exits.MEANINGS.items():
        found = set(re.findall(TELLING, told[str(status)], re.I))
        assert set(re.findall(TELLING, meaning)) <= found | set(map(str.lower, found)), status


# The help


def test_the_help_has_every_command_with_what_it_does_and_three_examples() -> None:
    told = ask("--help").out
    for command in COMMANDS:
        assert f"{command.name} {command.get_short_help_str(100)}" in " ".join(told.split())
    assert re.search(r"^[A-Z][\w ]+:\n  members ", told, re.M)
    assert len(re.findall(r"^ +\$ csto ", told, re.M)) == 3


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_help_of_a_command_has_examples_and_its_options_with_what_they_do(
    command: click.Command,
) -> None:
    asked = ask(str(command.name), "--help")
    assert (asked.status, asked.err) == (0, "")
    assert asked == ask(str(command.name), "-h")
    examples = examples_of(command)
    assert examples
    assert all(re.search(rf"csto (--\S+ \S+ )*{command.name}\b", one) for one in examples)
    for option in options_of(command):
        assert option.help
        assert " ".join(option.help.split()) in " ".join(asked.out.split())
