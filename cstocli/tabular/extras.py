"""The libraries that some kinds of file need, and only they."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cstocli.errors import Refused

FILES, PARQUET, FRAMES = "files", "parquet", "frames"
"""The extras that bring them."""


@contextmanager
def needed(extra: str, kind: str) -> Iterator[None]:
    """Where a library is imported that some kind of table needs; its absence is refused with the
    extra that brings it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        raise Refused(f"{kind} need the library {library}: pip install 'csto[{extra}]'") from None
