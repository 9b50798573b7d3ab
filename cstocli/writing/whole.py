"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from cstocli.errors import Refused
from cstocli.escape import quoted


@contextmanager
def written_whole(path: str, *, force: bool = False) -> Iterator[IO[bytes]]:
    """A file to write, which takes its place whole at the end, or not at all.

    Raises Refused where a file is there already, or comes while this one is written, unless by
    `force`, and OSError where it cannot be written.
    """
    device = os.path.abspath(path).startswith(("/dev/", "/proc/"))
    if device or not os.path.basename(path) or (os.path.lexists(path) and not os.path.isfile(path)):
        raise Refused(f"{quoted(path)} is not the name of a regular file")
    if os.path.lexists(path) and not force:
        raise Refused(f"{quoted(path)} is there already; --force writes over it")
    try:
        with _beside(os.path.realpath(path), force=force) as file:
            yield file
    except FileExistsError:
        raise Refused(f"{quoted(path)} came while it was written; --force writes over it") from None
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), path) from error


@contextmanager
def _beside(path: str, *, force: bool) -> Iterator[IO[bytes]]:
    """A new file beside a path, put there in one step.

    Raises FileExistsError where a file is there by then, unless by `force`; what is written over
    it is read by nobody who could not read it.
    """
    from secrets import token_hex

    name = os.path.join(os.path.dirname(path), f".{token_hex(8)}.part")
    there = os.stat(path) if force and os.path.exists(path) else None
    mode = there.st_mode & 0o700 if there else 0o666
    try:
        with open(name, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            yield file
        if not force:
            _put(name, path)
            return
        if there:
            _permit(name, there)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _permit(name: str, there: os.stat_result) -> None:
    """Let those have a file who have another one; its group only where it can be given to it."""
    mode = there.st_mode & 0o777
    if there.st_gid != os.stat(name).st_gid:
        try:
            os.chown(name, -1, there.st_gid)
        except OSError:
            mode &= ~0o070
    os.chmod(name, mode)


def _put(name: str, path: str) -> None:
    """Move a file to where none is, in one step.

    Where a file cannot have two names, an empty one keeps the place for it.
    """
    try:
        os.link(name, path)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        try:
            os.replace(name, path)
        except BaseException:
            os.unlink(path)
            raise
    else:
        os.unlink(name)
