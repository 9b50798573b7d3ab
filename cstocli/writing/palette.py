"""How each status and mark looks."""

from __future__ import annotations

from collections.abc import Sequence

from cstocli.questions.drawing import DISPUTED, IMPRECISE, REMARK

GLYPHS = (("░", "-"), ("▄", "+"), ("▇", "="), ("▚", "x"), ("▤", "#"), ("▧", "%"), ("▨", "&"))
"""A glyph for each status, and one that ASCII has: first those counted under one basis,
under two, under all; then one for what is counted under none; then for what more there is.
Beyond these a status has a letter."""
STYLES = ("yellow", "cyan", "green", "magenta", "blue", "red", "white")
STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
"""How many years may lie between two labels."""
MARKS = (
    (DISPUTED, "disputed", "#b3261e", 20),
    (IMPRECISE, "not known to the day", "#b36b00", 20),
    (REMARK, "remark", "#444444", 24),
)
"""Each mark with what it means, and with its fill and how far it is below a row in the picture."""


def of(palette: Sequence[str], place: int) -> str:
    """The style or fill of a place in a palette, its last one for all places beyond."""
    return palette[min(place, len(palette) - 1)]
