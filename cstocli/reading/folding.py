"""How texts are compared: without case, accents, apostrophes, punctuation and a leading "the"."""

from __future__ import annotations

import re
from itertools import filterfalse
from unicodedata import combining, normalize

from cstocli.escape import printable

LONGEST = 100
"""The length, in characters, beyond which nothing is read as a name."""
_BLANKS = " \t\n\r"
"""What may stand around a name; any other control character makes it none."""
_DROPPED = str.maketrans("", "", "'\"`´.‘’‚‛“”ʹʻʼʽʾʿˈʺ′\u200c\u200d\ufe0e\ufe0f")
"""What is as if it were not there; joiners among it, and what chooses the look of a character."""
_SEPARATORS = str.maketrans(dict.fromkeys("_,;:()/\\-‐‑‒–—", " "))
_ASCII = {code: mark for code, mark in (_DROPPED | _SEPARATORS).items() if code < 128}
_STOP = r"(?<=[^\W\d_]{2})\.(?=[^\W\d_])"
"""A full stop after a shortened word, as in `St.Lucia`, and not one of `U.K.`."""


def fold(text: str) -> str:
    """The text as it is compared, which is the same in every normal form of Unicode.

    >>> fold(" The O'zbekiston ")
    'ozbekiston'
    """
    if text.isascii() and text.isalnum():  # codes and most names: nothing to do but this
        return text.lower()
    text = normalize("NFC", text)
    if "." in text:
        text = re.sub(_STOP, " ", text)
    if text.isascii():
        bare = text.lower().translate(_ASCII)
    else:
        text = normalize("NFKD", text.casefold().translate(_DROPPED))
        bare = "".join(filterfalse(combining, text)).translate(_SEPARATORS)
    return " ".join(filter(None, bare.split(" "))).removeprefix("the ")


def looked_up(text: str) -> str:
    """The text folded, or a number of three digits; empty where nothing can be read."""
    shown = text.strip(_BLANKS)
    if len(text) > LONGEST or printable(shown) != shown:
        return ""
    typed = fold(shown)
    if typed.isdigit():
        return shown.strip().zfill(3)
    return "" if len(typed) <= 3 and _is_no_code(shown, typed) else typed


def _is_no_code(text: str, typed: str) -> bool:
    """Whether a text is as short as a code only for what was folded away: `Rus'`, `Muş`."""
    letters = text.strip().casefold().removeprefix("the ").replace(".", "")
    return letters != typed
