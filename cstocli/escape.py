"""What may reach a terminal: text whose every character shows."""

from __future__ import annotations

import re

_INVISIBLE = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls, bidirectional and other format characters, and halves of surrogate pairs."""


def printable(text: str) -> str:
    r"""The text with each character that acts instead of showing written as an escape.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isprintable():
        return text
    return re.sub(_INVISIBLE, lambda match: ascii(match[0])[1:-1], text)


def quoted(text: str, limit: int = 60) -> str:
    """The text for a message: printable, cut at a length, in quotation marks."""
    short = text if len(text) <= limit else text[:limit] + "..."
    return f"'{printable(short)}'"


def shown(value: object) -> str:
    """Any value of Python for a message: text in quotation marks, all else as Python writes it."""
    return quoted(value) if isinstance(value, str) else printable(f"{value!r:.60}")
