"""The man page, the README and the help name every command and option there is, and no other."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from running import COMMANDS, QUESTIONS, ask, run

import cstocli
from cstocli.cli import exits
from cstocli.cli.commands.completion import completion
from cstocli.cli.group import csto
from cstocli.reading import dates
from cstocli.writing.formats import FORMATS
from cstocli.writing.publish import TABLE

ROOT = Path(__file__).parent.parent
PACKAGE = Path(cstocli.__file__).parent
MANUAL = ROOT / "share" / "csto.1"
MAN = MANUAL.read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def options_of(command: click.Command) -> dict[str, click.Option]:
    """The options of a command by each of their names."""
    params = command.get_params(click.Context(command))
    return {name: p for p in params if isinstance(p, click.Option) for name in p.opts}


OPTIONS = {name: options_of(command) for name, command in COMMANDS.items()}
ROOT_OPTIONS = options_of(csto)
EVERY_OPTION = set(ROOT_OPTIONS).union(*OPTIONS.values())


# The man page

MACROS = {"Ar", "Cm", "Ev", "Fl", "Li", "Nm", "No", "Ns", "Oc", "Oo", "Op", "Pa", "Pq", "Sq", "Xr"}


def section(name: str) -> str:
    """A section or subsection of the man page."""
    found = re.search(rf"^\.S[sh] {name}\n(.*?)(?=^\.S[sh] |\Z)", MAN, re.M | re.S)
    assert found, name
    return found[1]


def options_in(source: str) -> set[str]:
    """The options that a part of the man page names: the words after `Fl`."""
    found = set()
    for line in re.findall(r"^\.(.*)", source, re.M):
        flags = False
        for word in line.split():
            if word in MACROS:
                flags = word == "Fl"
            elif flags and re.fullmatch("-?[a-z][a-z-]*", word):
                found.add(f"-{word}")
    return found


def commands_in_man() -> dict[str, str]:
    """The item of each command in the man page, the line that shows its use included."""
    items = re.split(r"(?=^\.It Cm )", MAN.partition(".Ss Options")[0], flags=re.M)[1:]
    return {item.split()[2]: item for item in items}


BEFORE, AFTER = section("Options").split("After the command:")


def test_the_man_page_has_every_command_and_no_other() -> None:
    assert list(commands_in_man()) == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_man_page_has_every_option_of_a_command_and_its_usage_no_other(command: str) -> None:
    item = commands_in_man()[command]
    assert set(OPTIONS[command]) <= options_in(item) | options_in(AFTER) | options_in(BEFORE)
    assert options_in(item.partition("\n")[0]) <= set(OPTIONS[command])


def test_the_man_page_has_every_option_before_the_command_and_none_that_there_is_not() -> None:
    assert options_in(BEFORE) == set(ROOT_OPTIONS)
    assert options_in(AFTER) <= set().union(*OPTIONS.values())
    assert options_in(MAN) <= EVERY_OPTION


def test_the_man_page_has_the_values_of_format_basis_and_shell() -> None:
    shells = completion.params[0].type
    assert isinstance(shells, click.Choice)
    for text, words in (
        ("Fl -format", [TABLE, *FORMATS]),
        ("Fl -basis", ["joined", "in-force", "charter"]),
        ("Cm completion", list(shells.choices)),
    ):
        assert f".It {text} Cm {' | '.join(words)}\n" in MAN


def test_the_sections_of_the_man_page_stand_in_their_usual_order() -> None:
    assert re.findall(r"^\.Sh (.*)", MAN, re.M) == [
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "ENVIRONMENT",
        "FILES",
        "EXIT STATUS",
        "EXAMPLES",
    ]


@pytest.mark.skipif(not shutil.which("mandoc"), reason="mandoc is not installed")
def test_mandoc_finds_nothing_to_complain_about_and_shows_every_command_and_option() -> None:
    done = run("mandoc", "-T", "lint", str(MANUAL))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    done = run("mandoc", "-T", "utf8", "-O", "width=300", str(MANUAL))
    shown = re.sub(".\b", "", done.stdout.decode())
    words = set(re.findall(r"(?<![\w-])-{0,2}[a-z][a-z-]*", shown))
    assert (COMMANDS.keys() | EVERY_OPTION) - words == set()


@pytest.mark.parametrize("line", re.findall(r"^csto .*", section("EXAMPLES"), re.M))
def test_the_examples_of_the_man_page_work(line: str, tmp_path: Path) -> None:
    done = run("sh", "-c", line, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_dates_of_the_man_page_can_be_typed() -> None:
    text = section("Dates and states").partition("A state goes")[0]
    forms = re.findall(r"^\.(?:Sq|Li) (.*?)(?: [,.])?$", text, re.M)
    assert len(forms) > 8
    assert all(dates.parse(form, dates.today()) for form in forms)


def test_the_files_of_the_man_page_are_there() -> None:
    files = re.findall(r"^\.It Pa (\S+)", section("FILES"), re.M)
    assert files
    assert all((ROOT / file).is_file() for file in files)


# The README


def spans() -> Iterator[str]:
    """Every piece of code in the README: lines typed in a shell, and words within text."""
    text = re.sub(r"^```(\w*)\n(.*?)^```$", "", README, flags=re.M | re.S)
    yield from re.findall(r"`([^`\n]+)`", text)
    for _, block in re.findall(r"^```(console|sh)\n(.*?)^```$", README, flags=re.M | re.S):
        yield from (line.removeprefix("$ ") for line in block.splitlines() if "csto " in line
                    and (line.startswith("$ ") or "&& " in line))  # fmt: skip


def command_lines() -> Iterator[list[str]]:
    """The words after each `csto` that the README has somebody type."""
    for span in spans():
        for line in re.findall(r"(?<![\w./])csto((?: +[^\s|;&<>()]+)+)", span):
            yield line.split()


def test_the_readme_asks_only_commands_and_options_that_there_are() -> None:
    asked = 0
    for words in command_lines():
        place = {"--data": 2}.get(words[0], 0)
        before = [word for word in words[:place] if word.startswith("-")]
        command, *rest = words[place:] or ["COMMAND"]
        if command.startswith("-"):
            before, command, rest = [command], "COMMAND", rest
        known = {"COMMAND": EVERY_OPTION, **OPTIONS}
        assert command in known or command.isupper(), words
        assert set(before) <= set(ROOT_OPTIONS), words
        typed = {word for word in rest if re.match("-{1,2}[a-z]", word)}
        assert typed <= set(known.get(command, known["COMMAND"])), words
        asked += 1
    assert asked > 30


def test_the_readme_names_only_options_that_there_are() -> None:
    named = {word for span in spans() for word in re.findall(r"^--?[a-z][a-z-]*", span)}
    assert {"--basis", "--throughout"} <= named <= EVERY_OPTION


def test_the_readme_asks_every_command_and_names_every_option() -> None:
    assert COMMANDS.keys() - {words[0] for words in command_lines()} == set()
    named = set(re.findall(r"(?<![\w-])--[a-z-]+(?![\w-])", README))
    assert {option for option in EVERY_OPTION if option.startswith("--")} - named == set()


def table(heading: str) -> dict[str, str]:
    """The rows of a table of the README by their first cell."""
    _, found, rest = README.partition(heading)
    assert found, heading
    rows = re.match(r".*\n\|[-| ]+\n((?:\|.*\n)*)", rest)
    assert rows, heading
    cells = [line.strip("| ").split(" | ", 1) for line in rows[1].splitlines()]
    return {first: "".join(rest) for first, *rest in cells}


def words_of(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_readme_says_what_each_format_is() -> None:
    rows = table("| `--format` |")
    assert {word for cell in rows for word in words_of(cell)} == {TABLE, *FORMATS}
    assert all(rows.values())


def test_the_readme_says_what_each_basis_counts() -> None:
    rows = table("| `--basis` |")
    bases = {words_of(cell)[0]: set(re.findall(r"\w+", row.split(" | ")[0]))
             for cell, row in rows.items()}  # fmt: skip
    assert bases == {
        "joined": {"signatory", "party", "member"},
        "in-force": {"party", "member"},
        "charter": {"member"},
    }


def fields_in_readme() -> dict[str, list[str]]:
    rows = table("| question |").items()
    return {name: words_of(cell) for names, cell in rows for name in words_of(names)}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_readme_has_the_fields_of_every_row_in_their_order(question: str) -> None:
    asked = ask(*question.split(), *QUESTIONS[question].split(), "--format", "csv")
    header, *_ = asked.out.splitlines()
    assert fields_in_readme()[question] == header.split(",")


def test_the_readme_has_the_fields_of_every_question_and_of_no_other() -> None:
    questions = {name for name in OPTIONS if "--format" in OPTIONS[name]}
    assert {name.split()[0] for name in fields_in_readme()} == questions


def test_the_dates_of_the_readme_can_be_typed() -> None:
    forms = [word for cell in table("| form |").values() for word in words_of(cell)]
    assert len(forms) > 12
    assert all(dates.parse(form, dates.today()) for form in forms)


# Variables and statuses

VARIABLES = sorted(
    {
        name
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(
            r"""(?:environ(?:\.get\(|\[)|envvar=|getenv\()\s*["']([A-Z][A-Z_]+)["']""",
            path.read_text(encoding="utf-8"),
        )
    }
)


def test_csto_reads_the_variables_that_it_is_known_to_read() -> None:
    assert {"CSTO_BASIS", "CSTO_DATA", "CSTO_DEBUG", "CSTO_FORMAT", "CSTO_TODAY"} <= set(VARIABLES)
    assert {"COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM"} <= set(VARIABLES)


def test_the_man_page_has_every_variable_and_no_other() -> None:
    items = re.findall(r"^\.It Ev (.*)", section("ENVIRONMENT"), re.M)
    assert sorted(name for item in items for name in item.split(" , ")) == VARIABLES


def test_the_readme_has_every_variable_and_no_other() -> None:
    assert set(re.findall(r"`([A-Z][A-Z_]+)(?:=[^`]*)?`", README)) >= set(VARIABLES)
    assert set(re.findall(r"\bCSTO_[A-Z]+\b", README)) <= set(VARIABLES)


STATUSES = {str(status): meaning for status, meaning in exits.MEANINGS.items()}
TELLING = r"check|validate|--[a-z-]+|Ctrl-C|pipe|bug|trouble|partly"
"""What a meaning must have in every place where it is told."""


def statuses_in_man() -> dict[str, str]:
    parts = re.split(r"^\.It (\d+)\n", section("EXIT STATUS"), flags=re.M)
    return {
        status: text.replace("Fl -", "--").replace("a period with a change in it", "partly")
        for status, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def statuses_in_readme() -> dict[str, str]:
    return table("## Exit status\n\n")


def statuses_in_help() -> dict[str, str]:
    return dict(re.findall(r"^ +(\d+)  (.*)", ask("--help").out, re.M))


@pytest.mark.parametrize("where", [statuses_in_man, statuses_in_readme, statuses_in_help])
def test_every_exit_status_is_told_with_what_it_is_for(
    where: Callable[[], dict[str, str]],
) -> None:
    told = where()
    assert list(told) == list(STATUSES)
    for status, meaning in STATUSES.items():
        found = re.findall(TELLING, told[status], re.I)
        assert set(re.findall(TELLING, meaning)) <= {*found, *map(str.lower, found)}, status


# The help


def test_the_help_has_every_command_with_what_it_does_and_three_examples() -> None:
    told = ask("--help").out
    for name, command in COMMANDS.items():
        assert f"{name} {command.get_short_help_str(100)}" in " ".join(told.split())
    assert re.search(r"^[A-Z][\w ]+:\n  members ", told, re.M)
    assert len(re.findall(r"^ +\$ csto ", told, re.M)) == 3


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_has_examples_and_its_options_with_what_they_do(command: str) -> None:
    asked = ask(command, "--help")
    assert (asked.status, asked.err) == (0, "")
    assert asked == ask(command, "-h")
    examples = re.findall(r"^ +\$ (.*)", asked.out, re.M)
    assert examples
    assert all(f"csto {command}" in example for example in examples)
    for name, option in OPTIONS[command].items():
        assert re.search(rf"^  (?:-q, |-h, )?{name}\b", asked.out, re.M), name
        told = " ".join(str(option.help).split())
        assert told
        assert told in " ".join(asked.out.split())
