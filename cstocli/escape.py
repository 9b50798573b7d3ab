"""What may reach a terminal: text whose every character shows."""

from __future__ import annotations

import re

_INVISIBLE = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls, bidirectional and other format characters, and halves of surrogate pairs."""
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_LETTER = "[\u0620-\u077f\u07ca-\u07f5\u0840-\u0dff\u0f40-\u0fbc\u1000-\u109f\u1780-\u18aa]"
"""The scripts, from Arabic to Mongolian, whose letters change their shape beside one another."""
_PICTURE = "[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
"""What a joiner makes one picture of."""


def printable(text: str) -> str:
    r"""The text with each character that acts instead of showing written as an escape.

    A joiner shows by what it does to the letters or pictures around it; elsewhere it hides.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isprintable():
        return text
    return re.sub(_INVISIBLE, _shown, text)


def _shown(match: re.Match[str]) -> str:
    """A character that does not show, as an escape unless it is a joiner in its place."""
    if match[0] in (_NON_JOINER, _JOINER) and _joins(match):
        return match[0]
    return ascii(match[0])[1:-1]


def _joins(match: re.Match[str]) -> bool:
    """Whether a joiner stands between two letters of a joining script, or two pictures."""
    from unicodedata import category

    place, text = match.start(), match.string
    before, after = text[max(place - 2, 0) : place], text[place + 1 : place + 2]
    around = before.rstrip("\ufe0f")[-1:], after
    if match[0] == _JOINER and all(re.match(_PICTURE, one) for one in around):
        return True
    around = before[-1:], after
    return all(re.match(_LETTER, one) and category(one)[0] in "LM" for one in around)


def quoted(text: str, limit: int = 60) -> str:
    """The text for a message: printable, cut at a length, in quotation marks."""
    short = text if len(text) <= limit else text[:limit] + "..."
    return f"'{printable(short)}'"


def shown(value: object) -> str:
    """Any value of Python for a message: text in quotation marks, all else as Python writes it."""
    return quoted(value) if isinstance(value, str) else printable(f"{value!r:.60}")
