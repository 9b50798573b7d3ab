"""Every console block of the README, docs and tests/transcripts is what csto really prints.

`pytest --rewrite` writes what is printed now into the pages, and still fails where a page
has changed, so that every rewrite is looked at.
"""

from __future__ import annotations

import doctest
import re
import subprocess
from pathlib import Path

import pytest
from running import environment

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [
    README,
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "tests" / "transcripts").glob("*.md")),
]
BLOCK = re.compile(r"(?<=^```console\n)(?:.*\n)*?(?=```$)", re.MULTILINE)
COMMAND = re.compile(r"^\$ (.*(?:\n> .*)*)\n", re.MULTILINE)


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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_shows_what_is_printed(page: Path, request: pytest.FixtureRequest) -> None:
    text = page.read_text(encoding="utf-8")

    def replayed(block: re.Match[str]) -> str:
        commands = COMMAND.findall(block[0])
        typed = (command.replace("\n> ", "\n") for command in commands)
        results = (printed(command, ROOT) for command in typed)
        return "".join(
            f"$ {command}\n{result}" for command, result in zip(commands, results, strict=True)
        )

    real = BLOCK.sub(replayed, text)
    if request.config.getoption("--rewrite"):
        page.write_text(real, encoding="utf-8")
    assert real.splitlines() == text.splitlines()


def test_pages_have_console_blocks() -> None:
    assert all(BLOCK.search(page.read_text(encoding="utf-8")) for page in PAGES)


def test_the_python_examples_of_the_readme_hold() -> None:
    results = doctest.testfile(str(README), module_relative=False)
    assert results.attempted
    assert not results.failed


def test_ci_runs_the_command_that_the_readme_gives_for_the_tests() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    set_up = re.search(
        r"(?<=```sh\n)python3.*pytest -n auto(?=\n```)", README.read_text(encoding="utf-8")
    )
    assert set_up
    assert set_up[0] in script.splitlines()
