"""Every example of README, docs and tests/transcripts is what csto and Python really print.

`pytest --rewrite` writes what is printed now into the pages, and still fails where a page
has changed, so that every rewrite is looked at.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pages import BLOCK, READ, README, ROOT, TRANSCRIPTS, blocks, named, text_of
from running import environment

TYPED = re.compile(r"^\$ (.*(?:\n> .*)*)\n", re.MULTILINE)
EXAMPLE = re.compile(r"^>>> .*\n(?:\.\.\..*\n)*", re.MULTILINE)


def shows(page: Path) -> bool:
    """Whether a page has examples."""
    text = text_of(page)
    return bool(blocks(text, "console")) or any(map(EXAMPLE.match, blocks(text, "python")))


PAGES = [page for page in (*READ, *TRANSCRIPTS) if shows(page)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the examples of a page are tried: beside the files that they name."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for name in ("data", "README.md"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def printed(command: str, folder: Path) -> str:
    """What a command prints in a shell, both streams together."""
    return subprocess.run(
        ["bash", "-c", f"exec 2>&1; {command}"],
        cwd=folder,
        env=environment({"COLUMNS": "80"}),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    ).stdout


def console(block: str, folder: Path) -> str:
    """A block of commands, with what each prints now."""
    commands = TYPED.findall(block)
    results = [printed(command.replace("\n> ", "\n"), folder) for command in commands]
    return "".join(f"$ {typed}\n{out}" for typed, out in zip(commands, results, strict=True))


def python(block: str, names: dict[str, Any]) -> str:
    """A block of Python, with what each statement prints now."""
    lines = []
    for example in EXAMPLE.findall(block):
        program = re.sub(r"^(?:>>>|\.\.\.) ?", "", example, flags=re.MULTILINE)
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            try:
                exec(compile(program, "<page>", "single"), names)  # noqa: S102  # our own pages
            except Exception as error:  # noqa: BLE001  # a page may show any
                out.write(f"{type(error).__name__}: {error}\n")
        lines += [example, out.getvalue()]
    return "".join(lines)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_page_shows_what_is_printed(
    page: Path, folder: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    text = text_of(page)
    names: dict[str, Any] = {}

    def replayed(block: re.Match[str]) -> str:
        language, lines = block.groups()
        if language == "console":
            lines = console(lines, folder)
        elif language == "python" and EXAMPLE.match(lines):
            lines = python(lines, names)
        return f"{language}\n{lines}"

    real = BLOCK.sub(replayed, text)
    if request.config.getoption("--rewrite"):
        page.write_text(real, encoding="utf-8")
    assert real.splitlines() == text.splitlines()


def test_ci_runs_the_commands_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    typed = [line for block in blocks(text_of(README), "sh") for line in block.splitlines()]
    commands = [line for line in typed if line.startswith("python3 -m venv")]
    assert [line.rpartition("&& ")[2] for line in commands] == [
        ".venv/bin/csto members --on 2007-01-01",
        ".venv/bin/python -m pytest -n auto",
    ]
    assert set(commands) <= set(script)
