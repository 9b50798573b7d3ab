"""How wide text is in a picture, whose reader has fonts that nobody knows beforehand.

The widths are those of the widest of the common fonts without serifs, so that what is laid out
by them has room in all.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_WIDTHS = {
    0.3: "'ijlıłіїј",
    0.35: " ,.:;I‘’·ΙІЇ",
    0.4: "!()-/[\\]ft‹›",
    0.45: "r",
    0.5: '"J`°Ј',
    0.55: "csz“”„εζгзсэєѕґ",
    0.6: "*?L_kvxy|–•§Γγκλνξςχвтухьўғүұҳ",
    0.65: "$0123456789FTabdeghnopqu{}ßøðþ«»€£ΞΣΤβδηθμορστυГЗТУабеийклорчяЎёђҐқҮҰҷһәө",
    0.7: "ABEKPSVXYZÞΑΒΔΕΖΚΛΡΥΧαπАБВЕРХЧЬднпцЁЅћџҒңҲҺ",
    0.75: "CRUφКСЭЯъЄҚҶ",
    0.8: "&DGHNOQØÐΗΘΝΟΠΩψДИЙЛНОПЦмыЏҢӘӨ",
    0.85: "#+<=>^w~ΦΨωЪю",
    0.9: "ФЫжфЂЋњҗ",
    0.95: "%MΜМшщљ",
    1.05: "@œЊWmæÆ—…",
    1.1: "Œ№ЖШЩЮЉҖ",
}
"""The letters of each width, in ems."""
_EMS = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_SCRIPTS = (
    (0x0530, 0.75),  # Latin, Greek, Cyrillic
    (0x0B80, 1.0),  # Armenian to Oriya
    (0x0E00, 1.3),  # Tamil to Sinhala
    (0x1000, 0.85),  # Thai, Lao, Tibetan
    (0x10A0, 1.2),  # Burmese
    (0x1F000, 1.0),  # all others, the wide letters of East Asia among them
    (0x110000, 1.4),  # emoji
)
"""The code point at which each stretch of scripts ends, and how wide a letter of it is."""
FAMILIES = "Arial,Helvetica,Liberation Sans,Noto Sans,DejaVu Sans,sans-serif"
"""The fonts in which text is set, the first that is there."""
_BOLD = 1.16
"""How much wider bold letters are."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide text is at most, in pixels, in letters of a size."""
    return sum(map(_ems, text)) * size * (_BOLD if bold else 1)


def families(text: str) -> str:
    """The fonts for a text: those that Noto has for its script before all others, as programs
    that look for a letter themselves may find a bold one first; but not for a text that has Latin
    letters besides, which would be looked for in turn.
    """
    if not any(letter.isascii() and letter.isalpha() for letter in text):
        for letter in text:
            if "\u0530" <= letter < "\u1100" or "\u1200" <= letter < "\u1e00":
                script = unicodedata.name(letter, "").partition(" ")[0].capitalize()
                return f"Noto Sans {script},{FAMILIES}"
    return FAMILIES


@cache
def _ems(letter: str) -> float:
    """How wide a letter is, as a share of its size."""
    if letter in _EMS:
        return _EMS[letter]
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain in _EMS:
        return _EMS[plain]
    return next(ems for end, ems in _SCRIPTS if ord(letter) < end)
