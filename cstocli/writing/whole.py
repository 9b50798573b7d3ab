"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from cstocli.errors import Refused
from cstocli.escape import quoted


@contextmanager
def written_whole(path: str, *, force: bool = False) -> Iterator[IO[bytes]]:
    """A file to write, which takes its place whole at the end, or not at all.

    Raises Refused where a file is there already, unless by `force`, and OSError where it
    cannot be written.
    """
    device = os.path.abspath(path).startswith(("/dev/", "/proc/"))
    if device or not os.path.basename(path) or (os.path.lexists(path) and not os.path.isfile(path)):
        raise Refused(f"{quoted(path)} is not the name of a regular file")
    if os.path.lexists(path) and not force:
        raise Refused(f"{quoted(path)} is there already; --force writes over it")
    try:
        with _replacing(os.path.realpath(path)) as file:
            yield file
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from error


@contextmanager
def _replacing(path: str) -> Iterator[IO[bytes]]:
    """A new file that is put in the place of a path in one step."""
    from secrets import token_hex

    name = os.path.join(os.path.dirname(path), f".{token_hex(8)}.part")
    try:
        with open(name, "xb") as file:
            yield file
        if os.path.exists(path):
            os.chmod(name, stat.S_IMODE(os.stat(path).st_mode))
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
