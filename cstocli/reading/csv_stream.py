"""A user's CSV, read block by block whatever its length."""

from __future__ import annotations

import codecs
import io
import os
import stat
import sys
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import cast

from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.reading import signatures
from cstocli.reading.files import gzip_fault
from cstocli.reading.head import LOOKED_AT, head
from cstocli.reading.rows import LONGEST, Block, Rows, Unreadable, whole_lines
from cstocli.tabular.header import place_of

_PIECE = 64 * 1024
"""How many bytes are read at a time, or fewer where a pipe has no more yet."""


class Table:
    """The rows of a CSV, and the names of its columns.

    Raises Refused for a file that is not text in the encoding, or has no header. What separates
    the cells is what is told, or that by which the columns asked for are found.
    """

    def __init__(
        self,
        name: str,
        file: io.BufferedReader,
        encoding: str,
        delimiter: str | None,
        columns: Collection[str] = (),
    ) -> None:
        self.name = name
        """How messages call it."""
        self._file = file
        found = os.fstat(file.fileno())
        self.size = found.st_size if stat.S_ISREG(found.st_mode) else 0
        """How many bytes it has; 0 where that is not known."""
        self._encoding = encoding
        self._pieces = self._decoded(_decoder(encoding))
        self._rows = Rows(delimiter or ",")
        with self._reading():
            self.before, text = self._begun(columns, delimiter)
            """The lines before the names of the columns: blank, or `sep=;`."""
            self._blocks = self._read(text)
            self._head = self._header()
        self.header = self._head.rows[0]
        """The names of the columns."""
        self.head = self._head.texts[0]
        """Their text."""
        if not any(self.header):
            raise Refused(f"{quoted(name)} is empty: its first line must name the columns")

    @property
    def delimiter(self) -> str:
        """What separates the cells."""
        return self._rows.delimiter

    def position(self) -> int:
        """How many bytes were read."""
        return self._file.tell() if self.size else 0

    def blocks(self, is_row: Callable[[list[str]], bool]) -> Iterator[Block]:
        """The rows that are left, as they come.

        Raises Refused where they cannot be read, or where a cell has in it what is a row.
        """
        with self._reading():
            self._rows.refuse_swallowed(self._head, 0, is_row)
            for block in self._blocks:
                for place in block.spread:
                    try:
                        self._rows.refuse_swallowed(block, place, is_row)
                    except Unreadable:
                        yield _part(block, 0, place)
                        raise
                yield block

    def end_of(self, text: str, cells: int) -> int:
        """Where so many cells of a row end in its text."""
        return self._rows.end_of(text, cells)

    def _begun(self, columns: Collection[str], delimiter: str | None) -> tuple[str, str]:
        """The lines before the names of the columns, and the text from there on, as far as it was
        read for that.
        """
        text, found = "", None
        for piece in self._pieces:
            text = text + piece if text else piece.removeprefix("\ufeff")
            whole = whole_lines(text)
            found = head(text[:whole], columns, delimiter)
            if found or whole > LOOKED_AT or len(text) > LONGEST:
                break
        found = found or head(text, columns, delimiter)
        if not found:
            return "", ""
        self._rows = Rows(found.delimiter, len(found.before))
        before = [line.rstrip("\r\n") + "\n" for line in found.before]
        return "".join(before), text[sum(map(len, found.before)) :]

    def _header(self) -> Block:
        """The row that names the columns, taken from those that are left."""
        first = next(self._blocks, None) or Block([[]], [""], [1], {}, ())
        fault = first.faults.get(first.lines[0])
        if fault:
            raise Unreadable(first.lines[0], fault.reason)
        self._blocks = chain([_part(first, 1, len(first.rows))], self._blocks)
        return _part(first, 0, 1)

    def _read(self, text: str) -> Iterator[Block]:
        """The rows from a text on."""
        yield from self._rows.read(text)
        for piece in self._pieces:
            yield from self._rows.read(piece)
        yield from self._rows.read("", last=True)

    def _decoded(self, decoder: codecs.IncrementalDecoder) -> Iterator[str]:
        """The text of the file, piece by piece.

        The longer a row that has begun, the more is read for it, so that what a stray quotation
        mark takes in is not looked through for each piece anew.
        """
        stream = self._file
        if self.name.casefold().endswith(".gz"):
            from gzip import GzipFile

            stream = cast(io.BufferedReader, GzipFile(fileobj=self._file))
        data = self._start(stream)
        while data:
            yield decoder.decode(data)
            begun = len(self._rows.rest)
            data = stream.read(begun) if begun > _PIECE else stream.read1(_PIECE)
        yield decoder.decode(b"", True)

    def _start(self, stream: io.BufferedReader) -> bytes:
        """The first bytes of a file: a line of them, or as many as tell its kind.

        Raises Refused where that is none of plain text.
        """
        start = b""
        while len(start) < signatures.LOOKED_AT and b"\n" not in start and b"\r" not in start:
            more = stream.read1(_PIECE)
            if not more:
                break
            start += more
        kind = signatures.kind_of(start)
        if kind:
            raise Refused(f"{quoted(self.name)} is {kind.name}: {kind.advice}")
        encoding = signatures.utf_16(start)
        if encoding and not codecs.lookup(self._encoding).name.startswith(("utf-16", "utf-32")):
            raise Refused(
                f"{quoted(self.name)} is not UTF-8 text but UTF-16: --encoding {encoding}"
            )
        return start

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Where rows are read; what goes wrong with that is refused in our words."""
        try:
            yield
        except UnicodeDecodeError as error:
            line = self._rows.line + 1 + error.object[: error.start].count(b"\n")
            raise Refused(
                f"{quoted(self.name)} is not {self._encoding.upper()} text near line {line}; name "
                "its encoding: --encoding cp1251, latin-1, utf-16"
            ) from None
        except UnicodeError as error:
            raise Refused(f"{quoted(self.name)} is not {self._encoding} text: {error}") from None
        except Unreadable as error:
            raise Refused(f"{quoted(self.name)}, line {error.line}: {error.reason}") from None
        except (EOFError, OSError, zlib.error) as error:
            reason = getattr(error, "strerror", None) or gzip_fault(error)
            raise Refused(f"cannot read {quoted(self.name)}: {reason}") from None

    def column(self, wanted: str) -> int:
        """The place of the column of that name; in any case, if there is only one.

        Raises Refused, with the likely name, where there is none or it is not clear.
        """
        return place_of(wanted, self.header, self.name)


def _part(block: Block, first: int, end: int) -> Block:
    """Some rows of a block."""
    spread = [place - first for place in block.spread if first <= place < end]
    rows, texts, lines, faults, _ = block
    return Block(rows[first:end], texts[first:end], lines[first:end], faults, spread)


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    """What makes text of bytes in an encoding."""
    try:
        io.TextIOWrapper(io.BytesIO(), encoding)  # says which of Python's codecs are of text
        return codecs.getincrementaldecoder(encoding)()
    except (LookupError, ValueError):
        raise Refused(f"there is no text encoding {quoted(encoding)}") from None


@contextmanager
def opened(
    path: str, encoding: str, delimiter: str | None, columns: Collection[str] = ()
) -> Iterator[Table]:
    """The table in a file, a pipe, or for `-` on standard input.

    A byte order mark is no part of it; a file whose name ends in `.gz` is gunzipped. Raises
    Refused where it cannot be read.
    """
    if path == "-":
        if sys.stdin is None:
            raise Refused("standard input is closed")
        stdin = cast(io.BufferedReader, sys.stdin.buffer)
        yield Table("standard input", stdin, encoding, delimiter, columns)
        return
    with _readable(path) as file:
        yield Table(path, file, encoding, delimiter, columns)


def _readable(path: str) -> io.BufferedReader:
    """A file or pipe to read."""
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
            return open(path, "rb")
    except OSError as error:
        raise Refused(f"cannot read {quoted(path)}: {error.strerror}") from None
    except ValueError:
        raise Refused(f"{quoted(path)}: no file can have this name") from None
    raise Refused(f"{quoted(path)} is neither a file nor a pipe")
