"""A user's CSV, read row by row whatever its length."""

from __future__ import annotations

import csv
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import BinaryIO

from cstocli.escape import quoted
from cstocli.model import Refused

DELIMITERS = (",", "\t", ";", "|")


class Table:
    """The rows of a CSV, and the names of its columns.

    Raises Refused for a file that is not text in the encoding, or has no header.
    """

    def __init__(self, name: str, stream: BinaryIO, encoding: str, delimiter: str | None) -> None:
        self._name = name
        self._encoding = encoding
        self._stream = stream
        found = os.fstat(stream.fileno())
        self.size = found.st_size if stat.S_ISREG(found.st_mode) else 0
        """How many bytes it has; 0 where that is not known."""
        try:
            text = io.TextIOWrapper(stream, encoding, newline="")
        except LookupError:
            raise Refused(f"there is no text encoding {quoted(encoding)}") from None
        self._taken: list[str] = []
        with self._reading():
            first = next(text, "")
            self.delimiter = delimiter or delimiter_of(first)
            self._reader = csv.reader(self._lines(chain([first], text)), delimiter=self.delimiter)
            self.header: list[str] = next(self._reader, [])
            """The names of the columns."""
        if not any(self.header):
            raise Refused(f"{quoted(name)} is empty: its first line must name the columns")

    def position(self) -> int:
        """How many bytes were read."""
        return self._stream.tell() if self.size else 0

    @property
    def line_num(self) -> int:
        """The number of the line last read."""
        return self._reader.line_num

    def rows(self) -> Iterator[tuple[list[str], str]]:
        """The rows that are left, each with its text, which is empty if it holds a quotation mark.

        Raises Refused where they cannot be read.
        """
        taken = self._taken
        taken.clear()
        with self._reading():
            for row in self._reader:
                text = "".join(taken)
                taken.clear()
                yield row, "" if '"' in text else text.rstrip("\r\n")

    def _lines(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines, each kept until its row is complete."""
        for line in lines:
            self._taken.append(line)
            yield line

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Where rows are read; what goes wrong with that is refused in our words."""
        try:
            yield
        except UnicodeError:
            encoding = self._encoding.removesuffix("-sig").upper()
            raise Refused(
                f"{quoted(self._name)} is not {encoding} text{self._near()}; name its encoding: "
                "--encoding cp1251, latin-1, utf-16"
            ) from None
        except csv.Error as error:
            raise Refused(f"{quoted(self._name)}{self._near()}: {error}") from None
        except OSError as error:
            raise Refused(f"cannot read {quoted(self._name)}: {error.strerror}") from None

    def _near(self) -> str:
        """Where in the table the reading is."""
        return f" near line {self.line_num + 1}" if hasattr(self, "_reader") else ""

    def column(self, wanted: str) -> int:
        """The place of the column of that name; in any case, if there is only one.

        Raises Refused, with the likely name, where there is none or it is not clear.
        """
        for names in (self.header, [name.strip().casefold() for name in self.header]):
            places = [index for index, name in enumerate(names) if name == wanted]
            if len(places) == 1:
                return places[0]
            if places:
                raise Refused(f"{quoted(self._name)} has {len(places)} columns {quoted(wanted)}")
            wanted = wanted.strip().casefold()
        from difflib import get_close_matches

        close = get_close_matches(wanted, self.header, n=1, cutoff=0.5)
        likely = f"did you mean {quoted(close[0])}? " if close else ""
        listing = ", ".join(map(quoted, self.header[:40]))
        raise Refused(
            f"{quoted(self._name)} has no column {quoted(wanted)}; {likely}it has {listing}"
        )


def delimiter_of(line: str) -> str:
    """The character that separates the names of columns in a first line."""
    return max(DELIMITERS, key=line.count)


@contextmanager
def opened(path: str, encoding: str, delimiter: str | None) -> Iterator[Table]:
    """The table in a file, a pipe, or for `-` on standard input.

    A byte order mark of UTF-8 is no part of it. Raises Refused where it cannot be read.
    """
    if encoding.casefold().replace("_", "-") in ("utf-8", "utf8"):
        encoding = "utf-8-sig"
    if path == "-":
        if sys.stdin is None:
            raise Refused("standard input is closed")
        yield Table("standard input", sys.stdin.buffer, encoding, delimiter)
        return
    try:
        if not stat.S_ISREG(mode := os.stat(path).st_mode) and not stat.S_ISFIFO(mode):
            raise Refused(f"{quoted(path)} is neither a file nor a pipe")
        stream = open(path, "rb")  # noqa: SIM115  # closed below
    except OSError as error:
        raise Refused(f"cannot read {quoted(path)}: {error.strerror}") from None
    except ValueError:
        raise Refused(f"{quoted(path)}: no file can have this name") from None
    with stream:
        yield Table(path, stream, encoding, delimiter)
