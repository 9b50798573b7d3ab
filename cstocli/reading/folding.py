"""How texts are compared: without case, accents, apostrophes, punctuation and a leading "the"."""

from __future__ import annotations

from itertools import filterfalse
from unicodedata import combining, normalize

from cstocli.escape import printable

LONGEST = 100
"""The length, in characters, beyond which nothing is read as a name."""
_BLANKS = " \t\n\r"
"""What may stand around a name; any other control character makes it none."""
_DROPPED = str.maketrans("", "", "'\"`´.‘’‚‛“”ʹʻʼʽʾʿˈʺ′")
_SEPARATORS = str.maketrans(dict.fromkeys("_,;:()/\\-‐‑‒–—", " "))


def fold(text: str) -> str:
    """The text as it is compared.

    >>> fold(" The O'zbekiston ")
    'ozbekiston'
    """
    if text.isascii() and text.isalnum():  # codes and most names: nothing to do but this
        return text.lower()
    bare = normalize("NFKD", text.casefold().translate(_DROPPED))
    parts = "".join(filterfalse(combining, bare)).translate(_SEPARATORS).split(" ")
    return " ".join(filter(None, parts)).removeprefix("the ")


def looked_up(text: str) -> str:
    """The text folded, or a number of three digits; empty where nothing can be read."""
    shown = text.strip(_BLANKS)
    if len(text) > LONGEST or printable(shown) != shown:
        return ""
    typed = fold(shown)
    if typed.isdigit():
        return shown.strip().zfill(3)
    return "" if _is_no_code(shown, typed) else typed


def _is_no_code(text: str, typed: str) -> bool:
    """Whether a text is as short as a code only for what was folded away: `Rus'`, `Muş`."""
    letters = text.strip().casefold().removeprefix("the ").replace(".", "")
    return len(typed) <= 3 and letters != typed
