"""The terminal: how wide it is, and whether it shows colour."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console


def console_for(stream: TextIO, *, terminal: bool = False) -> Console:
    """Rich's console for a stream, with every decision made here instead of by Rich."""
    from rich.console import Console

    return Console(
        file=stream,
        width=width(stream),
        height=25,
        color_system="standard" if coloured(stream) else None,
        force_terminal=terminal or coloured(stream),
        force_interactive=terminal,
        force_jupyter=False,
        legacy_windows=False,
        no_color=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )


def width(stream: TextIO) -> int:
    """How many columns there are: COLUMNS, or the terminal's, or 80."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 5 and 0 < int(asked) <= 1000:
        return int(asked)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def coloured(stream: TextIO) -> bool:
    """Whether to use colour: in a terminal that has it, unless the environment says otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def carries_unicode(stream: TextIO) -> bool:
    """Whether a stream can show box-drawing characters."""
    return (stream.encoding or "").lower().replace("-", "").startswith("utf")
