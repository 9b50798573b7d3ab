"""What the two forms of the COW data on intergovernmental organisations share."""

from __future__ import annotations

from collections.abc import Sequence

from cstocli.reading.columns import Missing
from cstocli.reading.shapes.said import whole
from cstocli.reading.shapes.years import AWAY, EMPTY, MISSING, NONE

_CODES = {"0": NONE, "1": "1", "2": "2", "3": "3", "-1": AWAY, "-9": MISSING}
"""What COW codes: no member, member, associate, observer, not in the system of states, missing."""


class Codes(dict[str, str]):
    """The character for what each text of a cell codes; raises ValueError for what codes nothing.

    It may be written as a whole number or with a fraction of nothing.
    """

    def __init__(self, missing: Missing) -> None:
        self._missing = missing

    def __missing__(self, text: str) -> str:
        number, _, fraction = text.strip().partition(".")
        code = _CODES.get(number) if not fraction.strip("0") else None
        if self._missing.has(text):
            code = EMPTY
        if code is None:
            raise ValueError(f"{text.strip()!r:.60} is none of the codes {', '.join(_CODES)}")
        self[text] = code
        return code


class Lines:
    """The lines on which something was coded, each once."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, int], str] = {}

    def take(self, name: str, year: int, place: str) -> None:
        """Note a line; raises ValueError where there is one about the same already."""
        before = self._places.setdefault((name, year), place)
        if before != place:
            raise ValueError(f"{name} has the year {year} already, in {before}")


def year_in(text: str) -> int:
    """The year in a cell; raises ValueError for what is none."""
    year = whole(text)
    if not 0 < year < 10_000:
        raise ValueError(f"there is no year {year}")
    return year


def strings(rows: Sequence[str]) -> list[str]:
    """The columns of rows of characters, each as a string."""
    return list(map("".join, zip(*rows, strict=True)))
