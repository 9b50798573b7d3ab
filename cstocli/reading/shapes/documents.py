"""What is read whole: JSON documents of other shapes than a dataset's, and terms of SPARQL."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from cstocli.errors import Refused
from cstocli.escape import printable, quoted

LARGEST = 256 * 1024 * 1024
"""The size, in bytes, beyond which nothing is read whole."""
_LOOKED_AT = 100
"""How many bytes tell a document from a table."""


def text_in(path: str, *beginnings: str) -> str | None:
    """The text in a file or on standard input, if it begins in one of some ways; else None.

    Raises Refused where it cannot be read.
    """
    with _opened(path) as file:
        start = file.peek(_LOOKED_AT)[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
        if not start.startswith(tuple(map(str.encode, beginnings))):
            return None
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Refused(f"{quoted(path)} is larger than {LARGEST // 1024**2} MiB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{quoted(path)} is not UTF-8 text; save it as UTF-8") from None


def document(path: str) -> Any | None:
    """The JSON document in a file or on standard input; None where it holds something else.

    Raises Refused where it cannot be read.
    """
    text = text_in(path, "{", "[")
    if text is None:
        return None
    try:
        return json.loads(text)
    except RecursionError:
        raise Refused(f"{quoted(path)} is nested too deeply") from None
    except ValueError as error:
        raise Refused(f"{quoted(path)}: {printable(str(error))[:200]}") from None


@contextmanager
def _opened(path: str) -> Iterator[io.BufferedReader]:
    """A file, or standard input, of which what was only looked at can still be read.

    Of a pipe nothing is, which is read but once: it holds a table.
    """
    if path == "-" and sys.stdin is not None:
        yield cast(io.BufferedReader, sys.stdin.buffer)
        return
    try:
        with open(path if os.path.isfile(path) else os.devnull, "rb") as file:
            yield file
    except OSError as error:
        raise Refused(f"cannot read {quoted(path)}: {error.strerror}") from None
