"""Folders that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress

from cstocli.errors import Refused
from cstocli.escape import quoted


def write_folder(
    path: str, files: Mapping[str, bytes], is_ours: Callable[[str], bool], *, force: bool = False
) -> None:
    """Make a folder with these files: it takes its place whole at the end, or not at all.

    What is there already is replaced only by `force`, and only where `is_ours` says of it that it
    is a folder of this kind. Raises Refused where it is not, and OSError where a folder cannot be
    written.
    """
    from secrets import token_hex

    there = os.path.lexists(path)
    if there and not force:
        raise Refused(f"{quoted(path)} is there already; --force replaces it")
    target = os.path.realpath(path)
    if there and not is_ours(target):
        raise Refused(f"{quoted(path)} is no package that csto wrote, and is not replaced")
    beside = os.path.join(os.path.dirname(target), f".{token_hex(8)}")
    try:
        _fill(f"{beside}.part", files)
        try:
            _put(f"{beside}.part", target, f"{beside}.old", there=there)
        finally:
            _remove(f"{beside}.part")
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), path) from error


def _fill(folder: str, files: Mapping[str, bytes]) -> None:
    """Make a folder and its files, which are gone again where one cannot be written."""
    os.mkdir(folder)
    try:
        for name, data in files.items():
            with open(os.path.join(folder, name), "xb") as file:
                file.write(data)
    except BaseException:
        _remove(folder)
        raise


def _put(folder: str, target: str, aside: str, *, there: bool) -> None:
    """Move a folder to where none is, or where one is that moves aside and is then removed.

    Between the two moves there is neither: no call of Python's exchanges two folders.
    """
    if there:
        os.rename(target, aside)
    try:
        os.rename(folder, target)
    except BaseException:
        if there:
            os.rename(aside, target)
        raise
    if there:
        _remove(aside)


def _remove(folder: str) -> None:
    """Remove a folder of files, as far as it is there."""
    with suppress(FileNotFoundError):
        for name in os.listdir(folder):
            os.unlink(os.path.join(folder, name))
        os.rmdir(folder)
