"""From an answer to a stream."""

from __future__ import annotations

from typing import TextIO

from cstocli.escape import printable
from cstocli.questions.answer import Answer, Row
from cstocli.writing.formats import FORMATS

TABLE = "table"
"""The format for people."""


def write_bytes(text: str, stream: TextIO) -> None:
    """Write text in UTF-8 with line feeds, whatever the stream's encoding and platform."""
    stream.flush()
    stream.buffer.write(text.encode())


def write(answer: Answer[Row], form: str, level: str, stream: TextIO, remarks: TextIO) -> None:
    """Write an answer to a stream; outside table and JSON its notes go to `remarks`.

    The level is that of the notes: `short`, `all` or `none`. The JSON document has all.

    What the stream's encoding cannot carry is written as an escape. Formats for scripts are
    UTF-8 with line feeds, whatever the stream's encoding and platform.
    """
    if form == TABLE:
        from cstocli.writing.table import as_table

        stream.write(as_table(answer, level, stream))
        return
    text = FORMATS[form](answer)
    if form == "plain":
        stream.write(text)
    else:
        write_bytes(text, stream)
    stream.flush()
    if form != "json":
        write_notes(answer, level, remarks)


def write_notes(answer: Answer[Row], level: str, remarks: TextIO) -> None:
    """Write the notes of an answer beside what has no place for them."""
    for note in answer.told(level):
        remarks.write(f"Note: {printable(note)}\n")
