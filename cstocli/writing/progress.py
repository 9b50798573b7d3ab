"""How far a long work is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from cstocli.writing.console import console_for

if TYPE_CHECKING:
    from rich.progress import Progress


@contextmanager
def shown(
    stream: TextIO | None, position: Callable[[], int], size: int
) -> Iterator[Callable[[int], None]]:
    """What shows how far a long work is, from its second second on; nothing without a terminal.

    It is called with the number of rows that are done.
    """
    if stream is None or os.environ.get("TERM", "dumb") == "dumb":
        yield lambda rows: None
        return
    from time import monotonic

    bars: list[Progress] = []
    begun = monotonic()

    def advance(rows: int) -> None:
        if not bars and monotonic() - begun > 1:
            bars.append(_bar(stream, size))
        for bar in bars:
            bar.update(bar.task_ids[0], completed=position(), description=f"{rows} rows")

    try:
        yield advance
    finally:
        for bar in bars:
            bar.stop()


def _bar(stream: TextIO, size: int) -> Progress:
    """Rich's bar of progress, begun; it goes away at the end."""
    from rich.progress import Progress

    bar = Progress(console=console_for(stream, terminal=True), transient=True)
    bar.add_task("", total=size or None)
    bar.start()
    return bar
