"""JSON documents of other shapes than a dataset's."""

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
from cstocli.reading.shapes.said import Wanted

LARGEST = 256 * 1024 * 1024
"""The size, in bytes, beyond which no document is read."""
_LOOKED_AT = 100
"""How many bytes tell a document from a table."""


def document(wanted: Wanted) -> Any | None:
    """The JSON document in a file or on standard input; None where it holds something else.

    Raises Refused where it cannot be read.
    """
    path = wanted.path
    data = b""
    with _opened(path) as file:
        start = file.peek(_LOOKED_AT)[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
        if start.startswith((b"{", b"[")):
            data = file.read(LARGEST + 1)
    if not data:
        return None
    if len(data) > LARGEST:
        raise Refused(f"{quoted(path)} is larger than {LARGEST // 1024**2} MiB")
    try:
        return json.loads(data.decode("utf-8-sig"))
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
