"""A user's CSV, read row by row whatever its length."""

from __future__ import annotations

import csv
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import BinaryIO

from cstocli.errors import Refused
from cstocli.escape import quoted

LONGEST = 16 * 1024 * 1024
"""The length, in characters, from which a line is not read."""
DELIMITERS = (",", "\t", ";", "|")


class Lines:
    """The lines that a reader of CSV takes.

    It asks for another one when none is left only within quotation marks, or when every row has
    been read.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.all = lines
        self.last = ""
        """The line last taken: all of its row, if no cell of that has a line break."""
        self._ended = False

    def __iter__(self) -> Iterator[str]:
        for line in self.all:
            if len(line) >= LONGEST:
                raise csv.Error(f"a line of more than {LONGEST} characters")
            self.last = line
            yield line
        self._ended = True

    def complete(self, reader: Iterable[list[str]]) -> Iterator[list[str]]:
        """The rows of their reader, unless the last one has swallowed the rest of the lines."""
        for row in reader:
            if self._ended:
                raise csv.Error("a quotation mark is not closed")
            yield row


class Table:
    """The rows of a CSV, and the names of its columns.

    Raises Refused for a file that is not text in the encoding, or has no header.
    """

    def __init__(self, name: str, stream: BinaryIO, encoding: str, delimiter: str | None) -> None:
        self.name = name
        """How messages call it."""
        self._encoding = encoding
        self._stream = stream
        found = os.fstat(stream.fileno())
        self.size = found.st_size if stat.S_ISREG(found.st_mode) else 0
        """How many bytes it has; 0 where that is not known."""
        try:
            self._text = io.TextIOWrapper(stream, encoding, newline="")
        except (LookupError, ValueError):
            raise Refused(f"there is no text encoding {quoted(encoding)}") from None
        with self._reading():
            read = partial(self._text.readline, LONGEST)
            first = read().removeprefix("\ufeff")
            self.delimiter = delimiter or delimiter_of(first)
            self._lines = Lines(chain([first], iter(read, "")))
            self._reader = csv.reader(self._lines, delimiter=self.delimiter)
            self._rows = self._lines.complete(self._reader)
            self.header: list[str] = next(self._rows, [])
            """The names of the columns."""
        if not any(self.header):
            raise Refused(f"{quoted(name)} is empty: its first line must name the columns")

    @property
    def line_num(self) -> int:
        """The number of the line last read."""
        return self._reader.line_num if hasattr(self, "_reader") else 0

    def position(self) -> int:
        """How many bytes were read."""
        return self._stream.tell() if self.size else 0

    def rows(self) -> Iterator[tuple[list[str], str]]:
        """The rows that are left, each with its text, which is empty if it holds a quotation mark.

        Raises Refused where they cannot be read.
        """
        with self._reading():
            for row in self._rows:
                line = self._lines.last
                yield row, "" if '"' in line else line.rstrip("\r\n")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Where rows are read; what goes wrong with that is refused in our words."""
        try:
            yield
        except UnicodeDecodeError as error:
            line = self.line_num + 1 + error.object[: error.start].count(b"\n")
            raise Refused(
                f"{quoted(self.name)} is not {self._encoding.upper()} text near line {line}; name "
                "its encoding: --encoding cp1251, latin-1, utf-16"
            ) from None
        except UnicodeError as error:
            raise Refused(f"{quoted(self.name)} is not {self._encoding} text: {error}") from None
        except csv.Error as error:
            raise Refused(f"{quoted(self.name)}, line {self.line_num}: {error}") from None
        except OSError as error:
            raise Refused(f"cannot read {quoted(self.name)}: {error.strerror}") from None

    def column(self, wanted: str) -> int:
        """The place of the column of that name; in any case, if there is only one.

        Raises Refused, with the likely name, where there is none or it is not clear.
        """
        folded = [name.strip().casefold() for name in self.header]
        for names, name in ((self.header, wanted), (folded, wanted.strip().casefold())):
            places = [index for index, one in enumerate(names) if one == name]
            if len(places) == 1:
                return places[0]
            if places:
                raise Refused(f"{quoted(self.name)} has {len(places)} columns {quoted(wanted)}")
        from difflib import get_close_matches

        close = get_close_matches(wanted.casefold(), folded, n=1, cutoff=0.5)
        likely = f"did you mean {quoted(self.header[folded.index(close[0])])}? " if close else ""
        listing = ", ".join(map(quoted, self.header[:40]))
        raise Refused(
            f"{quoted(self.name)} has no column {quoted(wanted)}; {likely}it has {listing}"
        )


def delimiter_of(line: str) -> str:
    """The character that separates the names of columns in a first line."""
    return max(DELIMITERS, key=lambda one: len(next(csv.reader([line], delimiter=one), [])))


@contextmanager
def opened(path: str, encoding: str, delimiter: str | None) -> Iterator[Table]:
    """The table in a file, a pipe, or for `-` on standard input.

    A byte order mark is no part of it. Raises Refused where it cannot be read.
    """
    if path == "-":
        if sys.stdin is None:
            raise Refused("standard input is closed")
        yield Table("standard input", sys.stdin.buffer, encoding, delimiter)
        return
    with _readable(path) as stream:
        yield Table(path, stream, encoding, delimiter)


def _readable(path: str) -> BinaryIO:
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
