"""The names of columns, and which of them is meant."""

from __future__ import annotations

from collections.abc import Sequence

from cstocli.errors import Refused
from cstocli.escape import quoted

_LISTED = 40
"""How many names a refusal lists at most."""


def folded(name: str) -> str:
    """The name of a column as names are compared."""
    return name.strip().casefold()


def place_of(wanted: str, header: Sequence[str], file: str) -> int:
    """The place of the column of that name; in any case, if there is only one.

    Raises Refused, with the likely name, where there is none or it is not clear.
    """
    names = [folded(name) for name in header]
    for known, name in ((header, wanted), (names, folded(wanted))):
        places = [index for index, one in enumerate(known) if one == name]
        if len(places) == 1:
            return places[0]
        if places:
            raise Refused(f"{quoted(file)} has {len(places)} columns {quoted(wanted)}")
    from difflib import get_close_matches

    close = get_close_matches(folded(wanted), names, n=1, cutoff=0.5)
    likely = f"did you mean {quoted(header[names.index(close[0])])}? " if close else ""
    listing = ", ".join(map(quoted, header[:_LISTED]))
    raise Refused(f"{quoted(file)} has no column {quoted(wanted)}; {likely}it has {listing}")
