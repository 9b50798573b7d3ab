"""Where lines of text are broken, whatever they are measured in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from rich.cells import cell_len, split_graphemes

Measure = Callable[[str], float]
"""How wide text is."""


def wrapped(text: str, room: float, measure: Measure) -> list[str]:
    """The lines of a text that have room.

    Words are kept whole, but for one that has no room in a line of its own: it is broken between
    its letters, as Chinese and Japanese are everywhere.
    """
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and measure((lines[-1] + piece).rstrip()) > room:
            lines.append("")
        if measure(piece.rstrip()) <= room:
            lines[-1] += piece
            continue
        for letter in _letters(piece):
            if lines[-1] and measure((lines[-1] + letter).rstrip()) > room:
                lines.append("")
            lines[-1] += letter
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> Iterator[str]:
    """The stretches of a text that are kept whole, each with the blanks that follow it."""
    for word in re.findall(r"\S+\s*", text):
        if cell_len(word) == len(word):
            yield word
            continue
        piece = ""
        for letter in _letters(word):
            if piece and _wide(piece[-1]) and unicodedata.category(letter[0])[0] not in "PZ":
                yield piece
                piece = ""
            piece += letter
        yield piece


def _letters(text: str) -> Iterator[str]:
    """The letters of a text, each with the marks that belong to it."""
    return (text[start:end] for start, end, _ in split_graphemes(text)[0])


def _wide(letter: str) -> bool:
    """Whether a letter is one after which a line may be broken."""
    return unicodedata.east_asian_width(letter) in "WF" and letter not in "（「『《【"
