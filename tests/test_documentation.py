"""The pages name what there is, link to what there is, and do not repeat one another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from making import MADE
from making.commands import COMMANDS, options_of
from pages import READ, README, ROOT, blocks, named, prose, text_of

import cstocli
from cstocli.cli.group import csto
from cstocli.reading import dates

PACKAGE = Path(cstocli.__file__).parent
OPTIONS = {
    command.name: {name for option in options_of(command) for name in option.opts}
    for command in COMMANDS
}
BEFORE = {name for option in options_of(csto) for name in option.opts}
HELP = {"-h", "--help"}
HAND = [page for page in READ if page not in MADE]
"""The pages that are written by hand."""


@pytest.mark.parametrize("path", MADE, ids=named)
def test_what_is_made_is_what_would_be_made(path: Path, request: pytest.FixtureRequest) -> None:
    text, real = path.read_text(encoding="utf-8"), MADE[path]()
    if request.config.getoption("--rewrite"):
        path.write_text(real, encoding="utf-8")
    assert real.splitlines() == text.splitlines()


@pytest.mark.parametrize("path", [path for path in MADE if path.suffix == ".md"], ids=named)
def test_every_option_and_every_field_has_its_meaning(path: Path) -> None:
    assert "|  |" not in text_of(path)


# What is typed


def typed(page: Path) -> Iterator[str]:
    """Every line and span of a page that runs csto."""
    text = text_of(page)
    yield from re.findall(r"`([^`\n]+)`", prose(text))
    for block in blocks(text, "console"):
        yield from re.findall(r"^[$>] (.*)", block, re.MULTILINE)
    for block in blocks(text, "sh", "powershell", "stata", "r"):
        yield from block.splitlines()


def command_lines(page: Path) -> Iterator[list[str]]:
    """The words after each `csto` that a page has somebody type."""
    for line in typed(page):
        for words in re.findall(r"(?<![\w./\\-])csto((?: +[^\s|;&<>()\"]+)+)", line):
            yield words.split()


@pytest.mark.parametrize("page", HAND, ids=named)
def test_a_page_asks_only_commands_and_options_that_there_are(page: Path) -> None:
    for words in command_lines(page):
        rest = list(words)
        while rest and rest[0] in BEFORE | HELP:
            if rest.pop(0) in ("--data", "--org", "--state-code"):
                rest.pop(0)
        if rest and not rest[0].isupper():
            command, *after = rest
            assert command in {*OPTIONS, "help"}, words
            options = {word for word in after if re.match("--?[a-z]", word)}
            assert options <= OPTIONS.get(command, set()) | HELP, words


@pytest.mark.parametrize("page", HAND, ids=named)
def test_a_page_names_only_options_that_there_are(page: Path) -> None:
    spans = re.findall(r"`(--[a-z][a-z-]*)", prose(text_of(page)))
    own = {"--rewrite"}
    assert set(spans) <= BEFORE.union(*OPTIONS.values(), HELP, own)


def test_every_command_is_asked_in_the_documentation() -> None:
    asked = {word for page in HAND for words in command_lines(page) for word in words}
    assert set(OPTIONS) - asked == set()


def test_the_dates_of_the_documentation_can_be_typed() -> None:
    page = text_of(ROOT / "docs" / "reference" / "dates.md")
    rows = re.findall(r"^\| [^|`]+ \| (.*`.*) \|$", page, re.MULTILINE)
    forms = [form for row in rows for form in re.findall(r"`([^`]+)`", row)]
    assert len(forms) > 20
    assert all(dates.parse(form, dates.today()) for form in forms)


def test_the_page_of_the_architecture_has_every_folder_of_the_package() -> None:
    page = text_of(ROOT / "docs" / "architecture.md")
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert set(re.findall(r"^\| `(\w+)/` \|", page, re.MULTILINE)) == folders


@pytest.mark.parametrize("page", HAND, ids=named)
def test_a_page_names_only_files_that_there_are(page: Path) -> None:
    folders = "cli|core|library|questions|reading|writing|annotate|tests|proofs|data|docs|examples"
    for path in re.findall(rf"`((?:{folders})/[\w./-]+\.\w+)`", prose(text_of(page))):
        below = [ROOT, PACKAGE]
        assert "first" in path or any((folder / path).exists() for folder in below), path


# Links


def anchors(page: Path) -> set[str]:
    """What a link may point to in a page: its headings, as GitHub names them."""
    headings = re.findall(r"^#+ (.*)", prose(text_of(page)), re.MULTILINE)
    words = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings]
    return {heading.replace(" ", "-") for heading in words}


@pytest.mark.parametrize("page", READ, ids=named)
def test_the_links_of_a_page_hold(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(text_of(page))):
        if not link.startswith("https://"):
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


# Length and repetition


def test_the_readme_is_read_to_its_end() -> None:
    assert len(text_of(README).splitlines()) <= 180


def test_no_page_repeats_another() -> None:
    seen: Counter[str] = Counter()
    for page in HAND:
        text = text_of(page)
        commands = [line for block in blocks(text, "console")
                    for line in re.findall(r"^\$ (.*)", block, re.MULTILINE)]  # fmt: skip
        paragraphs = [each for each in prose(text).split("\n\n") if len(each) > 80]
        seen.update({*commands, *paragraphs})
    assert [each for each, times in seen.items() if times > 1] == []
