"""The pages of the documentation, and their blocks."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = sorted(page for page in (ROOT / "docs").rglob("*.md") if "_build" not in page.parts)
README = ROOT / "README.md"
READ = [README, ROOT / "CONTRIBUTING.md", *DOCS]
"""What people read."""
TRANSCRIPTS = sorted((ROOT / "tests" / "transcripts").glob("*.md"))
BLOCK = re.compile(r"(?<=^```)(\w+)\n((?:.*\n)*?)(?=```$)", re.MULTILINE)
"""A block of a page: its language, and its lines."""


def named(page: Path) -> str:
    """The name of a page, as a test shows it."""
    return page.relative_to(ROOT).as_posix()


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(text: str, *languages: str) -> list[str]:
    """The blocks of a page that are in one of these languages."""
    return [lines for language, lines in BLOCK.findall(text) if language in languages]


def prose(text: str) -> str:
    """A page without its blocks."""
    return BLOCK.sub("", text)
