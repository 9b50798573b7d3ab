"""The parts of the documentation that are made from the package: options, fields, the manual."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from making.commands import commands
from making.fields import fields
from making.manual import manual

ROOT = Path(__file__).parent.parent.parent
MADE: dict[Path, Callable[[], str]] = {
    ROOT / "docs" / "reference" / "commands.md": commands,
    ROOT / "docs" / "reference" / "fields.md": fields,
    ROOT / "share" / "csto.1": manual,
}
"""Every file that is made, with what makes it."""


def write() -> None:
    """Write all of them."""
    for path, make in MADE.items():
        path.write_text(make(), encoding="utf-8")
