"""csto as a process: its streams, signals and environment, with real file descriptors."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path

import pytest
from running import CSTO, DATA, UNCHANGED, Ran, ask, environment, run

ANSWERS = [
    "members --on 2007-01-01",
    "members --on 2007-01-01 --format tsv",
    "accessions --format plain",
    "--help",
    "--version",
]
NOTED = ["members --on 2006 --format csv"]
"""Answers whose notes go to stderr."""
CHECKS = {
    "check uzbekistan --on 2007-01-01": 0,
    "check georgia --on 2007-01-01": 1,
    "check uzbekistan --on 2006": 3,
}
"""Answers of every status, with nothing for stderr."""
ERRORS = ["check narnia", "members --on 01/02/2007", "no-such"]

MEMBERS = ["members", "--on", "2007-01-01"]
MACHINE_FORMATS = ["json", "jsonl", "csv", "tsv", "markdown"]
STYLE = re.compile("\x1b\\[[0-9;]*m")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def lines(stream: bytes) -> list[str]:
    return stream.decode().splitlines()


def decoded(done: subprocess.CompletedProcess[bytes]) -> Ran:
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("args", [*ANSWERS, *NOTED, *CHECKS])
@pytest.mark.parametrize("redirect", [">&-", ">/dev/full"])
def test_an_answer_that_cannot_be_written_is_trouble_in_one_line(args: str, redirect: str) -> None:
    done = run(CSTO, *args.split(), redirect=redirect)
    (line,) = lines(done.stderr)
    assert line.startswith("Error: cannot write the answer: ")
    assert done.returncode == 2


@pytest.mark.parametrize("redirect", [">&-", ">/dev/full", ">&- 2>&- <&-"])
@pytest.mark.parametrize(("args", "status"), CHECKS.items())
def test_a_quiet_check_has_no_need_of_stdout(args: str, status: int, redirect: str) -> None:
    done = run(CSTO, *args.split(), "--quiet", redirect=redirect)
    assert (done.returncode, done.stderr) == (status, b"")


@pytest.mark.parametrize("args", ERRORS)
def test_an_error_is_told_though_stdout_is_closed(args: str) -> None:
    done = run(CSTO, *args.split(), redirect=">&-")
    assert (done.returncode, done.stderr.decode()) == (2, ask(*args.split()).err)


@pytest.mark.parametrize("args", ERRORS)
@pytest.mark.parametrize("redirect", ["2>&-", "2>/dev/full"])
def test_an_error_that_cannot_be_told_stays_out_of_stdout(args: str, redirect: str) -> None:
    done = run(CSTO, *args.split(), redirect=redirect)
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize("args", [*CHECKS, *NOTED, "--help"])
def test_an_answer_needs_neither_stderr_nor_stdin(args: str) -> None:
    done = run(CSTO, *args.split(), redirect="2>&- <&-")
    assert (done.returncode, done.stdout.decode()) == (CHECKS.get(args, 0), ask(*args.split()).out)


@pytest.mark.parametrize(("args", "status"), CHECKS.items())
def test_a_full_stderr_is_no_matter_where_nothing_is_said_there(args: str, status: int) -> None:
    assert run(CSTO, *args.split(), redirect="2>/dev/full").returncode == status


@pytest.mark.parametrize("args", NOTED)
def test_notes_that_cannot_be_written_are_trouble_and_leave_the_rows_whole(args: str) -> None:
    done = run(CSTO, *args.split(), redirect="2>/dev/full")
    assert (done.returncode, done.stdout.decode()) == (2, ask(*args.split()).out)


@pytest.mark.parametrize("args", ["members", "history georgia --format json", "--help"])
def test_a_pipe_without_a_reader_ends_csto_in_silence(args: str) -> None:
    read, write = os.pipe()
    os.close(read)
    done = run(CSTO, *args.split(), stdout=write)
    in_a_shell = run("sh", "-c", '"$@"; echo $? >&2', "sh", CSTO, *args.split(), stdout=write)
    os.close(write)
    assert (done.returncode, done.stderr) == (-signal.SIGPIPE, b"")
    assert in_a_shell.stderr == b"141\n"


@pytest.mark.parametrize("form", ["table", "plain", "json", "csv"])
def test_ctrl_c_exits_with_130_while_a_reader_is_slow(form: str) -> None:
    read, write = os.pipe()
    fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, 4096)
    command = [CSTO, "events", "--format", form]
    with subprocess.Popen(
        command,
        env=environment(UNCHANGED),
        stdout=write,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        os.close(write)
        try:
            assert select.select([read], [], [], 30)[0]
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=30)
        finally:
            process.kill()
        os.close(read)
    assert process.returncode == 130
    assert b"Traceback" not in said


def failing(
    error: str, variables: Mapping[str, str] = UNCHANGED
) -> subprocess.CompletedProcess[bytes]:
    """csto, but with a question that raises an error."""
    program = (
        "from cstocli.cli import main\n"
        "from cstocli.questions import members\n"
        "def broken(*_, **__):\n"
        f"    raise {error}\n"
        "members.members = broken\n"
        "main.main()\n"
    )
    return run(sys.executable, "-c", program, "members", variables=variables)


def test_ctrl_c_exits_with_130_during_a_question() -> None:
    done = failing("KeyboardInterrupt")
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, b"", b"")


@pytest.mark.parametrize(
    "error",
    [
        "LookupError('no such shelf')",
        "AssertionError()",
        "RecursionError()",
        "MemoryError()",
        r"ValueError('one\ntwo')",
        r"KeyError('\x1b[31m\u202e')",
    ],
)
def test_a_bug_exits_with_70_and_one_line(error: str) -> None:
    done = failing(error)
    (line,) = lines(done.stderr)
    assert error.split("(")[0] in line
    assert "CSTO_DEBUG=1" in line
    assert line.isprintable()
    assert (done.returncode, done.stdout) == (70, b"")


def test_a_bug_shows_its_traceback_when_asked() -> None:
    done = failing("LookupError", {"CSTO_DEBUG": "1"})
    said = lines(done.stderr)
    assert (said[0], said[-1]) == ("Traceback (most recent call last):", "LookupError")
    assert (done.returncode, done.stdout) == (70, b"")


@pytest.mark.parametrize("missing", ["click", "rich", "cstocli.cli.group"])
def test_an_installation_that_lacks_a_module_is_not_a_no(missing: str) -> None:
    program = f"import sys; sys.modules[{missing!r}] = None; import cstocli.__main__"
    done = run(sys.executable, "-c", program, "members")
    assert (done.returncode, done.stdout, len(lines(done.stderr))) == (70, b"", 1)


def test_a_dataset_that_is_not_there_cannot_be_read_rather_than_written() -> None:
    program = (
        "from cstocli.reading import files\n"
        "files.data_file = lambda name: '/no/such/file'\n"
        "import cstocli.__main__\n"
    )
    done = run(sys.executable, "-c", program, "members")
    (line,) = lines(done.stderr)
    assert "/no/such/file" in line
    assert "write" not in line
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize("encoding", ["ascii", "ascii:strict", "latin-1", "koi8-r"])
@pytest.mark.parametrize("args", ["history uzbekistan", "history uzbekistan --format plain"])
def test_a_stdout_of_few_characters_gets_every_row_and_day(args: str, encoding: str) -> None:
    done = run(CSTO, *args.split(), variables={"PYTHONIOENCODING": encoding, "COLUMNS": "100"})
    out = done.stdout.decode(encoding.split(":")[0])
    assert done.returncode == 0
    assert DAY.findall(out) == DAY.findall(ask(*args.split(), variables={"COLUMNS": "100"}).out)
    assert not set("─│…–") & set(out)


def test_a_stdout_of_few_characters_gets_boxes_of_ascii() -> None:
    done = run(CSTO, "members", "--on", "2007-01-01", variables={"PYTHONIOENCODING": "koi8-r"})
    assert done.stdout.isascii()
    assert b"---" in done.stdout


def test_what_stdout_cannot_carry_is_escaped() -> None:
    done = run(
        *(CSTO, "history", "uzbekistan", "--notes", "all"), variables={"PYTHONIOENCODING": "ascii"}
    )
    assert rb"2002\u20132005" in done.stdout


def test_what_stderr_cannot_carry_is_escaped() -> None:
    done = run(CSTO, "check", "Нарния", variables={"PYTHONIOENCODING": "ascii:strict"})
    assert (done.returncode, done.stdout) == (2, b"")
    assert rb"'\u041d\u0430\u0440\u043d\u0438\u044f'" in done.stderr


@pytest.mark.parametrize("form", ["table", "plain", "json"])
def test_the_c_locale_changes_nothing(form: str) -> None:
    args = ["history", "uzbekistan", "--format", form]
    assert decoded(run(CSTO, *args, variables={"LC_ALL": "C"})) == ask(*args)


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONIOENCODING": "utf-16", "PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONUNBUFFERED": "1"},
        {"LC_ALL": "ru_RU.KOI8-R", "COLUMNS": "20", "FORCE_COLOR": "1", "TERM": "xterm-256color"},
    ],
    ids=str,
)
@pytest.mark.parametrize("form", MACHINE_FORMATS)
def test_machine_formats_keep_their_bytes_everywhere(form: str, variables: dict[str, str]) -> None:
    args = ["history", "uzbekistan", "--format", form]
    done = run(CSTO, *args, variables=variables)
    assert (done.returncode, done.stdout) == (0, ask(*args).out.encode())


@pytest.mark.parametrize("columns", ["²", "0", "-5", "abc", "", " ", "60.5"])
@pytest.mark.parametrize("args", ["members --on 2007-01-01", "--help"])
def test_columns_that_are_no_width_change_nothing(args: str, columns: str) -> None:
    assert ask(*args.split(), variables={"COLUMNS": columns}) == ask(*args.split())


def test_a_width_that_no_terminal_has_is_none_to_a_table_and_the_widest_to_the_help() -> None:
    endless = {"COLUMNS": "99999999999"}
    assert ask(*MEMBERS, variables=endless) == ask(*MEMBERS)
    assert ask("--help", variables=endless) == ask("--help", variables={"COLUMNS": "100"})


@pytest.mark.parametrize("columns", ["1", "7", "39", "200", "1000"])
@pytest.mark.parametrize("args", ["members --on 2006", "--help"])
def test_any_width_gets_an_answer(args: str, columns: str) -> None:
    status, out, err = ask(*args.split(), variables={"COLUMNS": columns})
    assert (status, err) == (0, "")
    assert len("".join(out.split())) > 300


def in_terminal(*args: str, columns: int = 0, variables: Mapping[str, str] = UNCHANGED) -> Ran:
    """The outcome in a terminal, where both streams are one."""
    ours, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    with subprocess.Popen(
        [CSTO, *args],
        env=environment(variables),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
        status = process.wait(timeout=30)
    os.close(ours)
    return Ran(status, shown.decode().replace("\r\n", "\n"), "")


def _read(terminal: int) -> bytes:
    """What the terminal was given next; nothing once its other end is closed."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def unstyled(shown: str) -> str:
    """What is shown, but for colour and the blanks at the ends of its lines."""
    return re.sub(" +\n", "\n", STYLE.sub("", shown))


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"TERM": "xterm", "FORCE_COLOR": ""}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "xterm", "NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({}, False),
    ],
    ids=str,
)
def test_a_terminal_gets_the_same_table_in_colour_unless_told_otherwise(
    variables: dict[str, str], coloured: bool
) -> None:
    shown = in_terminal(*MEMBERS, variables=variables)
    assert ("\x1b" in shown.out) == coloured
    assert unstyled(shown.out) == ask(*MEMBERS).out


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({"TERM": "xterm"}, False),
        ({"TERM": "xterm", "FORCE_COLOR": "1"}, True),
        ({"TERM": "xterm", "FORCE_COLOR": "0"}, False),
        ({"TERM": "xterm", "FORCE_COLOR": ""}, False),
        ({"TERM": "xterm", "FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
    ids=str,
)
def test_a_pipe_gets_the_same_table_without_colour_unless_told_otherwise(
    variables: dict[str, str], coloured: bool
) -> None:
    out = run(CSTO, *MEMBERS, variables=variables).stdout.decode()
    assert ("\x1b" in out) == coloured
    assert unstyled(out) == ask(*MEMBERS).out


@pytest.mark.parametrize("form", ["plain", "json", "csv", "markdown"])
def test_other_formats_have_no_colour_even_in_a_terminal(form: str) -> None:
    args = [*MEMBERS, "--format", form]
    shown = in_terminal(*args, variables={"TERM": "xterm", "FORCE_COLOR": "1"})
    piped = ask(*args)
    assert (shown.status, shown.out) == (piped.status, piped.out + piped.err)


@pytest.mark.parametrize("columns", [50, 120])
def test_a_table_is_laid_out_for_the_width_of_the_terminal(columns: int) -> None:
    shown = in_terminal("members", "--on", "2006", columns=columns)
    assert shown == ask("members", "--on", "2006", variables={"COLUMNS": str(columns)})


def test_columns_outrank_the_width_of_the_terminal() -> None:
    shown = in_terminal("members", "--on", "2006", columns=120, variables={"COLUMNS": "50"})
    assert shown == ask("members", "--on", "2006", variables={"COLUMNS": "50"})


PLACES = [
    ["check", "{}"],
    ["members", "--on", "{}"],
    ["members", "--basis", "{}"],
    ["members", "--format", "{}"],
    ["members", "{}"],
    ["members", "--{}"],
    ["--data", "{}", "members"],
    ["{}"],
]


@pytest.mark.parametrize("place", PLACES, ids=" ".join)
def test_bytes_that_are_no_text_are_an_error_that_shows_them(place: list[str]) -> None:
    done = run(CSTO, *(word.encode().replace(b"{}", b"\xff") for word in place))
    assert (done.returncode, done.stdout) == (2, b"")
    assert rb"\udcff" in done.stderr
    assert b"Traceback" not in done.stderr


ACTING = "\x1b[31m \n \r \x07 \x9b31m \x7f \u2028 \u2066 \u200b \u202e"
MARKUP = "[bold]x[/bold] [link] [/x] :smile:"


@pytest.mark.parametrize("place", PLACES, ids=" ".join)
@pytest.mark.parametrize("typed", [ACTING, MARKUP], ids=ascii)
def test_nothing_that_is_typed_acts_on_the_terminal_or_is_markup(
    place: list[str], typed: str
) -> None:
    asked = ask(*(word.format(typed) for word in place))
    usual = ask(*(word.format("x") for word in place))
    assert (asked.status, asked.out) == (2, "")
    assert "".join(asked.err.split("\n")).isprintable()
    assert asked.err.count("\n") == usual.err.count("\n")
    assert typed.encode("unicode_escape").decode() in asked.err


@pytest.mark.parametrize("args", [*CHECKS, *NOTED, "no-such", "--help"])
def test_the_module_is_the_command(args: str) -> None:
    assert decoded(run(sys.executable, "-m", "cstocli", *args.split())) == ask(*args.split())


@pytest.mark.parametrize(
    "args", ["members", "check france --on yesterday", "check narnia", "--data {} members"]
)
def test_csto_gives_python_nothing_to_warn_about(args: str) -> None:
    words = args.format(DATA).split()
    strict = run(CSTO, *words, variables={"PYTHONWARNINGS": "error", "PYTHONDEVMODE": "1"})
    assert decoded(strict) == ask(*words)


WATCHED = """
import os, sys

def watch(event, args):
    writes = event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event.startswith(("socket.", "subprocess.", "os.")) and event not in READS:
        os.write(2, f"{event} {args}\\n".encode())

READS = {"os.listdir", "os.scandir", "os.walk"}
sys.addaudithook(watch)
import cstocli.__main__
"""


@pytest.mark.parametrize(
    "args", ["members --on 2007-01-01", "check france --on 2007-01-01", "--help", "--version"]
)
def test_an_answer_writes_no_file_starts_no_program_and_reaches_no_network(
    args: str, tmp_path: Path
) -> None:
    done = run(
        sys.executable,
        "-c",
        WATCHED,
        *args.split(),
        cwd=tmp_path,
        variables={"PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert (done.stdout.decode(), done.stderr) == (ask(*args.split()).out, b"")
    assert list(tmp_path.iterdir()) == []
