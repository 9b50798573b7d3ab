"""How each status and mark looks, in the terminal and in pictures: never by its colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_letters, digits

from cstocli.questions.drawing import DISPUTED, IMPRECISE, REMARK

GLYPHS = (
    ("░", "-"), ("▄", "+"), ("▇", "="), ("▚", "x"), ("▤", "#"), ("●", "o"),
    ("▧", "%"), ("╳", "X"), ("▥", "|"), ("○", "0"), ("▨", "&"), ("◆", "^"),
)  # fmt: skip
"""A glyph for each status, and one that ASCII has: first those counted under one basis,
under two, under all; then one for what is counted under none; then for what more there is."""
_LETTERS = [letter for letter in ascii_letters + digits if letter not in "oxX0"]
"""Beyond the glyphs a status has a letter."""
STYLES = (
    "yellow", "cyan", "green", "magenta", "blue", "red", "white",
    "bright_yellow", "bright_cyan", "bright_green", "bright_magenta", "bright_blue",
)  # fmt: skip
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500)
"""How many years may lie between two labels."""
MARKS = ((DISPUTED, "disputed"), (IMPRECISE, "not known to the day"), (REMARK, "remark"))
"""Each mark with what it means."""

HEIGHTS = (8, 13, 18)
"""How high a bar of a picture is: the wider the basis that counts its status alone, the lower."""
SOLID = 3
"""How many statuses a picture fills with a colour alone, as their heights tell them apart."""
PATTERNS = (
    (45, "M0 0V6", 2.6), (45, "M1.3 3H4.7", 3.4), (-45, "M0 0V6", 1.4), (0, "M0 3H6", 2.4),
    (45, "M0 0V6M0 0H6", 1.5), (0, "M3 0V6", 2.4), (0, "M-1 4.5L3 1.5L7 4.5", 1.6),
    (0, "M1.5 0V3M4.5 3V6", 3), (0, "M3 .8V5.2M.8 3H5.2", 1.3),
)  # fmt: skip
"""What fills the others: a tile of 6 by 6 pixels, turned, with a line so wide drawn in it."""
LIGHT = {
    "ground": "#ffffff", "ink": "#14181d", "soft": "#565f6a", "rule": "#e4e8ec",
    "tint": "#f3eef2", "disputed": "#b3261e", "imprecise": "#8a5300", "remark": "#4b545e",
    "joined": "#1a7f4b", "left": "#b0602a", "line": "#153e6d", "area": "#e3ebf4",
    "s0": "#8ba5c4", "s1": "#4f81b5", "s2": "#153e6d", "s3": "#8a4f7d", "s4": "#2f7d5b",
    "s5": "#b0602a", "s6": "#6b5bb0", "s7": "#a33b57", "s8": "#5c6b1e", "s9": "#555f6b",
    "s10": "#00707c", "s11": "#7a5c00",
}  # fmt: skip
"""What each thing of a picture is coloured by day."""
DARK = {
    "ground": "#12161b", "ink": "#e9edf1", "soft": "#a4aeb9", "rule": "#252c34",
    "tint": "#2a2530", "disputed": "#ff8d83", "imprecise": "#efb45a", "remark": "#b3bdc7",
    "joined": "#6fc79d", "left": "#e59a63", "line": "#bfe0ff", "area": "#1b2a3a",
    "s0": "#476a92", "s1": "#5b9bd8", "s2": "#bfe0ff", "s3": "#d59bc8", "s4": "#6fc79d",
    "s5": "#e59a63", "s6": "#a99bf0", "s7": "#ee8ba4", "s8": "#b7c95f", "s9": "#9ba6b2",
    "s10": "#5cc6d0", "s11": "#e0bf5f",
}  # fmt: skip
"""And by night."""


def of(palette: Sequence[str], place: int) -> str:
    """The style of a place in a palette, its last one for all places beyond."""
    return palette[min(place, len(palette) - 1)]


def glyph(place: int, *, unicode: bool) -> str:
    """The glyph of a place in the palette."""
    if place < len(GLYPHS):
        return GLYPHS[place][0 if unicode else 1]
    return _LETTERS[(place - len(GLYPHS)) % len(_LETTERS)]


def height(place: int) -> int:
    """How high a bar of a place is."""
    return HEIGHTS[min(place, SOLID - 1)]


def role(place: int) -> str:
    """The name of the colour of a place; beyond the last one the patterns' begin again."""
    last = SOLID + len(PATTERNS)
    return f"s{place if place < last else SOLID + (place - SOLID) % len(PATTERNS)}"
