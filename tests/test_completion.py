"""Completion over Click's protocol, and in the shells themselves."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from click.shell_completion import BashComplete
from facts import NAMES
from running import (
    COMMANDS,
    CONTEXT,
    CSTO,
    DATA,
    PROGRAMS,
    UNCHANGED,
    ask,
    environment,
    imported,
    request,
    run,
)

from cstocli.cli.group import csto
from cstocli.core.records import Records
from cstocli.reading.names import Names, forms

SCRIPTS = Path(__file__).parent.parent / "share" / "completions"
SHELLS = ["bash", "zsh", "fish"]
NINE = list(NAMES.values())


class Offer(NamedTuple):
    """What a shell is offered."""

    value: str
    text: str | None


def offers(answer: str, shell: str) -> list[Offer]:
    """An answer as the shell's script reads it."""
    lines = answer.splitlines()
    if shell == "zsh":
        parts = [lines[number : number + 3] for number in range(0, len(lines), 3)]
    else:
        parts = [[*line.replace("\t", ",", 1).split(",", 2), "_"][:3] for line in lines]
    assert {part[0] for part in parts if part[0]} <= {"plain"}
    return [Offer(part[1], None if part[2] == "_" else part[2]) for part in parts if part[0]]


def completed(
    line: str, shell: str = "zsh", variables: Mapping[str, str] = UNCHANGED
) -> list[Offer]:
    """What csto offers at the end of a line."""
    asked = ask(variables={**variables, **request(line, shell)})
    assert (asked.status, asked.err) == (0, "")
    return offers(asked.out, shell)


def values(line: str, shell: str = "zsh", variables: Mapping[str, str] = UNCHANGED) -> list[str]:
    return [offer.value for offer in completed(line, shell, variables)]


# The protocol


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("csto withd", ["withdrawals"]),
        ("csto t", ["together", "timeline"]),
        ("csto members --th", ["--throughout"]),
        ("csto series --by ", ["year", "month"]),
        ("csto members --format j", ["json", "jsonl"]),
        ("csto members --basis ", ["joined", "in-force", "charter"]),
        ("csto events --kind ent", ["entry-into-force"]),
        ("csto sources gibler", ["gibler-2009"]),
        ("csto holders ch", ["chair"]),
        ("csto completion ", ["bash", "fish", "powershell", "zsh"]),
        ("csto check uzb", ["uzbekistan"]),
        ("csto narnia", []),
        ("csto check narnia", []),
    ],
)
def test_each_shell_is_offered_what_may_come_next(shell: str, line: str, wanted: list[str]) -> None:
    assert sorted(values(line, shell)) == sorted(wanted)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_process_of_its_own_offers_the_same(shell: str) -> None:
    for line in ("csto w", "csto check uz"):
        done = run(CSTO, variables=request(line, shell))
        assert (done.returncode, done.stderr) == (0, b"")
        assert offers(done.stdout.decode(), shell) == completed(line, shell) != []


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_a_state_is_offered_with_its_name_as_description(shell: str) -> None:
    assert completed("csto check ", shell) == [Offer(name, name) for name in NINE]


@pytest.mark.parametrize(
    ("typed", "wanted", "name"),
    [
        ("uz", "uzbekistan", "Uzbekistan"),
        ("Uz", "Uzbekistan", "Uzbekistan"),
        ("uzbek", "uzbekistan", "Uzbekistan"),
        ("УЗБ", "УЗБекистан", "Uzbekistan"),
        ("узб", "узбекистан", "Uzbekistan"),
        ("kirgi", "kirgizia", "Kyrgyzstan"),
        ("Белор", "Белоруссия", "Belarus"),
        ("sakart", "sakartvelo", "Georgia"),
        ("grg", "grg", "Georgia"),
        ("GRG", "GRG", "Georgia"),
        ("KZK", "KZK", "Kazakhstan"),
        ("am", "am", "Armenia"),
        ("86", "860", "Uzbekistan"),
        ("051", "051", "Armenia"),
    ],
)
def test_a_state_is_found_by_name_alias_and_code_in_the_case_it_is_typed_in(
    typed: str, wanted: str, name: str
) -> None:
    assert completed(f"csto check {typed}") == [Offer(wanted, name)]


ASKING_FOR_STATES = ["check ", "why ", "history uz ", "together arm uz ", "events uz ", "disputes "]


@pytest.mark.parametrize("command", [*ASKING_FOR_STATES, "timeline uz --from 2000 "])
def test_states_are_offered_wherever_a_state_is_asked_for(command: str) -> None:
    assert values(f"csto {command}") == NINE


def offered_here(*args: str) -> list[Offer]:
    """What is offered without a process: the last argument is what has been typed of a word."""
    asked = BashComplete(csto, {}, "csto", "_CSTO_COMPLETE")
    items = asked.get_completions(list(args[:-1]), args[-1])
    return [Offer(item.value, item.help) for item in items]


def test_every_form_of_every_state_leads_to_it_in_any_case(records: Records) -> None:
    for state in records.states.values():
        for form in forms(state):
            for typed in {form.lower(), form.upper()}:
                if typed.casefold() == form.casefold():  # a dotless i has no capital of its own
                    found = offered_here("check", typed)
                    assert state.name in [offer.text for offer in found], typed


def test_every_state_that_is_offered_is_the_state_that_it_says(records: Records) -> None:
    names = Names(records.states)
    known = {form for state in records.states.values() for form in forms(state)}
    for typed in sorted({case for form in known for case in (form[:2], form[:2].lower())}):
        found = offered_here("check", typed)
        assert found, typed
        for value, name in found:
            assert value.startswith(typed)
            assert names.resolve(value).name == name


def test_every_command_is_offered_with_what_it_does() -> None:
    found = dict(completed("csto "))
    assert list(found) == list(COMMANDS)
    assert all(found.values())


@pytest.mark.parametrize("typed", [[], *([name] for name in COMMANDS)], ids=" ".join)
def test_every_option_is_offered_with_what_it_does(typed: list[str]) -> None:
    command = COMMANDS[typed[0]] if typed else csto
    options = [p for p in command.get_params(CONTEXT) if isinstance(p, click.Option)]
    found = dict(offered_here(*typed, "--"))
    assert found.keys() == {o for option in options for o in option.opts if o.startswith("--")}
    assert all(found.values())


@pytest.mark.parametrize("command", ["members", "check uz", "why uz", "diff 2000-01-01 2007-01-01"])
def test_a_basis_is_offered_with_what_it_counts(records: Records, command: str) -> None:
    assert completed(f"csto {command} --basis ") == [
        Offer(basis.basis, basis.text) for basis in records.bases.values()
    ]


def recorded(name: str, key: str, text: str) -> dict[str, str]:
    """The records of a list of both bundled files, of membership and of offices."""
    files = (Path(DATA).with_name(file) for file in ("membership.json", "offices.json"))
    documents = (json.loads(path.read_text(encoding="utf-8")) for path in files)
    return {one[key]: one[text] for document in documents for one in document[name]}


def test_a_kind_is_offered_with_its_meaning() -> None:
    assert dict(completed("csto events --kind ")) == recorded("kinds", "kind", "text")
    assert values("csto events --kind note --kind EXP") == ["expiry"]
    assert values("csto events --kind sess") == ["session"]


def test_a_source_is_offered_with_its_title() -> None:
    found = dict(completed("csto sources "))
    titles = recorded("sources", "id", "title")
    assert found.keys() == titles.keys()
    assert found["aliyev-heritage"] == titles["aliyev-heritage"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("csto check narnia --basis ch", ["charter"]),
        ("csto members --on someday --basis ch", ["charter"]),
        ("csto members --basis=ch", ["charter"]),
        ("csto members --basis vibes --format mark", ["markdown"]),
        ("csto together armenia --format tab", ["table"]),
    ],
)
def test_a_slip_earlier_in_the_line_is_no_matter(line: str, wanted: list[str]) -> None:
    assert values(line) == wanted


@pytest.mark.parametrize("variable", ["CSTO_BASIS", "CSTO_FORMAT", "CSTO_TODAY"])
def test_a_variable_that_holds_nonsense_is_no_matter(variable: str) -> None:
    assert values("csto members --basis ch", variables={variable: "nonsense"}) == ["charter"]


def test_the_states_offered_are_those_of_the_dataset_asked(tmp_path: Path) -> None:
    raw = json.loads(Path(DATA).read_text(encoding="utf-8"))
    (georgia,) = (state for state in raw["states"] if state["code"] == "GEO")
    georgia |= {"name": "Iberia", "aliases": ["Colchis"]}
    path = tmp_path / "other.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert completed(f"csto --data {path} check ib") == [Offer("iberia", "Iberia")]
    assert values("csto check colch", variables={"CSTO_DATA": str(path)}) == ["colchis"]


@pytest.mark.parametrize(
    "line",
    [
        "csto ",
        "csto members --",
        "csto check uz",
        "csto check armenia --basis ",
        "csto why uzbekistan --on 2007-01-01 --format ",
        "csto events --kind ",
        "csto sources gib",
        "csto together armenia uz",
    ],
)
def test_completion_imports_no_library_but_click(line: str) -> None:
    packages = {module.split(".")[0] for module in imported(completing=line)}
    assert packages - sys.stdlib_module_names == {"click", "cstocli"}


# The scripts


@pytest.mark.parametrize("shell", [*SHELLS, "powershell"])
def test_csto_prints_a_script_for_each_shell(shell: str) -> None:
    asked = ask("completion", shell)
    assert (asked.status, asked.err) == (0, "")
    assert f"{shell}_complete" in asked.out
    assert "csto" in asked.out


@pytest.fixture(params=["committed", "printed"])
def origin(request: pytest.FixtureRequest) -> str:
    """Which script: the one that is installed, or the one that csto prints."""
    return str(request.param)


def script(shell: str, origin: str, folder: Path) -> Path:
    path = folder / f"completion.{shell}"
    text = ask("completion", shell).out
    if origin == "committed":
        text = (SCRIPTS / f"csto.{shell}").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    return path


# The shells themselves, in a terminal

INTERACTIVE = {"bash": ["bash", "--noprofile", "--norc", "-i"], "zsh": ["zsh", "-f", "-i"]}
in_bash_and_zsh = pytest.mark.parametrize(
    "shell",
    [
        pytest.param(
            name,
            marks=pytest.mark.skipif(not shutil.which(name), reason=f"{name} is not installed"),
        )
        for name in INTERACTIVE
    ],
)


class Terminal:
    """A shell in a terminal, at which one types and reads."""

    def __init__(self, shell: str, folder: Path) -> None:
        self._ours, theirs = os.openpty()
        path = f"{os.path.normpath(PROGRAMS)}:{os.environ['PATH']}"  # zsh passes over `..`
        variables = {"TERM": "dumb", "HOME": str(folder), "PS1": "> ", "PATH": path}
        self._process = subprocess.Popen(
            INTERACTIVE[shell],
            env=environment(variables),
            cwd=folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def type(self, keys: str, *until: str) -> str:
        """Type, wait until all of the texts are shown, and say what is shown."""
        os.write(self._ours, keys.encode())
        shown = ""
        end = time.monotonic() + 20
        while not all(text in shown for text in until):
            left = end - time.monotonic()
            if left < 0 or not select.select([self._ours], [], [], left)[0]:
                pytest.fail(f"{until!r} was not shown, but {shown!r}")
            shown += os.read(self._ours, 65536).decode(errors="replace")
        return shown

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)


def set_up(shell: str, path: Path) -> str:
    """The line that makes a script known to a shell."""
    if shell == "bash":
        return f". {path}; echo rea''dy\n"
    return f"autoload -Uz compinit; compinit -u -D; . {path}; echo rea''dy\n"


@pytest.fixture
def terminal(shell: str, origin: str, tmp_path: Path) -> Iterator[Terminal]:
    with contextlib.closing(Terminal(shell, tmp_path)) as opened:
        opened.type(set_up(shell, script(shell, origin, tmp_path)), "ready")
        yield opened


committed = pytest.mark.parametrize("origin", ["committed"], indirect=True)


@in_bash_and_zsh
def test_a_tab_completes_a_command_a_state_an_option_and_its_value(terminal: Terminal) -> None:
    answer = "2007-01-01: yes: Uzbekistan was a member of the Organisation"
    terminal.type("csto chec\tuzbe\t--o\t2007-01-01 --form\tplai\t\n", answer)


@in_bash_and_zsh
@committed
def test_a_tab_shows_the_states_that_there_are(terminal: Terminal) -> None:
    terminal.type("csto check \t\t", *NINE)


@in_bash_and_zsh
@committed
def test_a_completed_name_of_two_words_is_one_word_to_csto(terminal: Terminal) -> None:
    line = "csto check white\t--on 2007-01-01 --format plain; echo do''ne\n"
    assert "yes: Belarus was a member of the Organisation" in terminal.type(line, "done")


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_zsh_finds_the_script_where_it_is_installed_and_shows_names(tmp_path: Path) -> None:
    functions = tmp_path / "site-functions"
    functions.mkdir()
    shutil.copy(SCRIPTS / "csto.zsh", functions / "_csto")
    known = f"fpath=({functions} $fpath); autoload -Uz compinit; compinit -u -D; echo rea''dy\n"
    with contextlib.closing(Terminal("zsh", tmp_path)) as opened:
        opened.type(known, "ready")
        opened.type("csto check k\t", "-- Kazakhstan", "-- Kyrgyzstan")


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_fish_offers_commands_options_values_and_states(origin: str, tmp_path: Path) -> None:
    lines = ["csto withd", "csto check uz", "csto members --th", "csto events --kind exp"]
    path = script("fish", origin, tmp_path)
    program = f"source {path}; " + "; ".join(f'complete -C "{line}"' for line in lines)
    done = run("fish", "--no-config", "-c", program, variables={"HOME": str(tmp_path)})
    found = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert done.stderr == b""
    assert [value for value, _ in found] == [
        "withdrawals",
        "uzbekistan",
        "--throughout",
        "expiry",
    ]
    assert found[1][1] == "Uzbekistan"
    assert all(text for _, text in found)


@pytest.mark.parametrize("typed", [["--data"], ["annotate"], ["validate"], ["timeline", "--svg"]])
def test_the_name_of_a_file_is_left_to_the_shell(typed: list[str]) -> None:
    asked = BashComplete(csto, {}, "csto", "_CSTO_COMPLETE")
    assert [item.type for item in asked.get_completions(typed, "pa")] == ["file"]
