"""From an answer to what is written: the table for people, or a format for programs.

The only place with Rich, which lays out the table and is imported for nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from cstocli.answers import Answer, Row, Value
from cstocli.escape import printable
from cstocli.formats import FORMATS, plain_value

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress
    from rich.text import Text

NARROW = 60
"""The width, in columns, below which a table becomes a block per record."""

HEADINGS: dict[str, dict[str, str]] = {
    "members": {
        "name": "State",
        "status": "Status",
        "first_day": "Counted from",
        "last_day": "Counted to",
        "part": "Days counted",
    },
    "history": {
        "name": "State",
        "status": "Status",
        "first_day": "First day",
        "last_day": "Last day",
        "days": "Days",
        "began": "Began",
        "ended": "Ended",
    },
    "accessions": {"name": "State", "day": "First day", "kind": "Kind", "title": "Act"},
    "withdrawals": {"name": "State", "day": "Last day", "kind": "Kind", "title": "Act"},
    "events": {"date": "Date", "kind": "Kind", "title": "Act", "place": "Place"},
    "diff": {"name": "State", "change": "Change", "before": "Before", "after": "After"},
    "together": {"first_day": "First day", "last_day": "Last day", "days": "Days"},
    "series": {"period": "Period", "members": "Counted", "joined": "Joined", "left": "Left"},
    "spells": {
        "name": "State",
        "status": "Status",
        "first_day": "First day",
        "last_day": "Last day",
        "ended": "Ended",
    },
    "acts": {"date": "Date", "kind": "Kind", "title": "Act", "place": "Place"},
    "state-years": {"name": "State", "year": "Year", "status": "Status", "part": "Days counted"},
    "sources": {"id": "Source", "publisher": "Publisher", "title": "Title", "date": "Date"},
    "states": {
        "state": "Code",
        "name": "Name",
        "official": "Official name",
        "alpha_2": "ISO 2",
        "numeric": "Number",
        "cow": "COW",
        "status": "Status",
        "aliases": "Also called",
    },
}
"""The fields that people see in a table, with their headings. An answer to a question that
is not here is prose, in sections where its rows have one."""

_WHOLE = {"sources"}
"""Questions whose answer of one row shows every field of it."""
_MARKS = ("disputed", "imprecise", "remark")
"""Fields that a table shows by their names in its last column; the notes say more."""
_WORDS = ("kind", "began", "ended")
"""Fields whose values are words joined by hyphens, which a table shows as words."""


TABLE = "table"
"""The format for people."""


def as_table(
    answer: Answer[Row], stream: TextIO, chart: Sequence[Sequence[tuple[str, str]]] = ()
) -> str:
    """The answer for people, as wide as the terminal and with colour if that shows it.

    A chart, of lines in pieces with a style, stands in the place of the rows.
    """
    headings = HEADINGS.get(answer.question)
    console = _console(stream)
    with console.capture() as capture:
        if answer.title:
            first, _, rest = answer.title.partition("\n")
            console.print(_text(first, "bold"))
            if rest:
                console.print(_text(rest, "dim"))
        if chart:
            console.print()
            for line in chart:
                console.print(_text("").join(_text(*piece) for piece in line), soft_wrap=True)
        elif headings is None and "section" in answer.fields:
            _print_sections(console, answer)
        elif headings is None:
            if answer.title and answer.rows:
                console.print()
            for row in answer.rows:
                text = str(row)
                several = len(answer.rows) > 1
                console.print(_hanging(text, console.width) if several else _text(text))
        elif answer.rows:
            console.print()
            _print_rows(console, answer, headings, stream)
        if answer.notes:
            console.print()
        for note in answer.notes:
            console.print(_hanging(note, console.width))
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _print_rows(
    console: Console, answer: Answer[Row], headings: dict[str, str], stream: TextIO
) -> None:
    """The rows as a table, or as a block each where a table would be too narrow to read."""
    if answer.question in _WHOLE and len(answer.rows) == 1:
        headings = {field: field.replace("_", " ").capitalize() for field in answer.fields}
        _print_blocks(console, headings, [_cells(answer.rows[0]._asdict(), headings)])
        return
    headings = {**headings, "": "Note"}
    records = [_cells(row._asdict(), headings) for row in answer.rows]
    headings = {f: heading for f, heading in headings.items() if any(r[f] for r in records)}
    for field, said in (("part", "all"), ("name", answer.title.removeprefix("History of "))):
        if all(record.get(field) == said.split("\n")[0] for record in records):
            headings.pop(field)
    least = [_least_width(field, headings[field], records) for field in headings]
    natural = [max(_line_lengths(field, headings[field], records)) for field in headings]
    room = console.width - (len(headings) - 1)
    if console.width < NARROW or sum(least) > room:
        _print_blocks(console, headings, records)
        return
    from rich import box
    from rich.table import Table

    gap = min(2, (room - sum(least)) // len(headings))
    table = Table(
        box=box.SIMPLE_HEAD if carries_unicode(stream) else box.ASCII2,
        padding=(0, gap, 0, 0),
        pad_edge=False,
        show_edge=False,
    )
    widths = _shared_out(room - gap * (len(headings) - 1), least, natural)
    for (field, heading), width in zip(headings.items(), widths, strict=True):
        table.add_column(heading, width=width, justify="right" if field == "days" else "left")
    for record in records:
        table.add_row(*(_text(record[field]) for field in headings))
    console.print(table)


def _print_sections(console: Console, answer: Answer[Row]) -> None:
    """The rows as items under the name of their section, addresses as links."""
    section = None
    for row in answer.rows:
        item = row._asdict()
        if item["section"] != section:
            section = item["section"]
            console.print()
            console.print(_text(section.capitalize(), "bold"))
        date = f"{item['date']}: " if item["date"] and section != "answer" else ""
        date = f"as of {date}" if section == "open question" else date
        console.print(_hanging(f"{date}{item['text']}", console.width))
        if item["address"]:
            address = _text(f"  {item['address']}")
            address.stylize(f"link {item['address']}", 2)
            console.print(address, soft_wrap=True)


def _print_blocks(
    console: Console, headings: dict[str, str], records: list[dict[str, str]]
) -> None:
    """A block of lines per record, a field a line."""
    for index, record in enumerate(records):
        if index:
            console.print()
        for field, heading in headings.items():
            if record[field]:
                line = _text(f"{heading}: {record[field]}")
                console.print(line, soft_wrap=field == "address")


def _cells(record: dict[str, Value], headings: dict[str, str]) -> dict[str, str]:
    """A row as people see it in a table, its marks in a field without a name."""
    cells = {field: plain_value(record.get(field)) for field in headings if field}
    for field in cells.keys() & set(_WORDS):
        cells[field] = cells[field].replace("-", " ")
    if "part" in cells:
        cells["part"] = cells["part"].replace(" ", "\n")
    cells[""] = ", ".join(mark for mark in _MARKS if record.get(mark))
    return cells


def _shared_out(room: int, least: list[int], natural: list[int]) -> list[int]:
    """The widths of columns: what each needs at least, and of the rest a share by its text."""
    wanted = [most - width for most, width in zip(natural, least, strict=True)]
    spare = min(room - sum(least), sum(wanted))
    return [
        width + spare * want // max(sum(wanted), 1)
        for width, want in zip(least, wanted, strict=True)
    ]


def _line_lengths(field: str, heading: str, records: list[dict[str, str]]) -> Iterator[int]:
    """The length of each line that a column would have if nothing were broken."""
    for text in (heading, *(record[field] for record in records)):
        yield from map(len, text.split("\n"))


def _least_width(field: str, heading: str, records: list[dict[str, str]]) -> int:
    """The width at which no word of a column is broken, nor any of its days and names."""
    texts = [heading, *(record[field] for record in records)]
    words = (text.split("\n") if field == "part" else text.split() for text in texts)
    return max((len(word) for parts in words for word in parts), default=0)


def _hanging(note: str, columns: int) -> Text:
    """A note as an item of a list, broken between words only."""
    from textwrap import fill

    return _text(
        fill(
            printable(note),
            max(columns, 20),
            initial_indent="- ",
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def _text(text: str, style: str = "") -> Text:
    """Text for Rich to lay out, in which nothing is markup."""
    from rich.text import Text

    return Text("\n".join(map(printable, text.split("\n"))), style=style, overflow="fold")


def _console(stream: TextIO, *, terminal: bool = False) -> Console:
    """Rich's console for a stream, with every decision made here instead of by Rich."""
    from rich.console import Console

    return Console(
        file=stream,
        width=width(stream),
        height=25,
        color_system="standard" if coloured(stream) else None,
        force_terminal=terminal or coloured(stream),
        force_interactive=terminal,
        force_jupyter=False,
        legacy_windows=False,
        no_color=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )


@contextmanager
def progress(
    stream: TextIO | None, position: Callable[[], int], size: int
) -> Iterator[Callable[[int], None]]:
    """What shows how far a long work is, from its second second on; nothing without a terminal.

    It is called with the number of rows that are done.
    """
    if stream is None or os.environ.get("TERM", "dumb") == "dumb":
        yield lambda rows: None
        return
    from time import monotonic

    shown: list[Progress] = []
    begun = monotonic()

    def advance(rows: int) -> None:
        if not shown and monotonic() - begun > 1:
            shown.append(_bar(stream, size))
        for bar in shown:
            bar.update(bar.task_ids[0], completed=position(), description=f"{rows} rows")

    try:
        yield advance
    finally:
        for bar in shown:
            bar.stop()


def _bar(stream: TextIO, size: int) -> Progress:
    """Rich's bar of progress, begun; it goes away at the end."""
    from rich.progress import Progress

    bar = Progress(console=_console(stream, terminal=True), transient=True)
    bar.add_task("", total=size or None)
    bar.start()
    return bar


def width(stream: TextIO) -> int:
    """How many columns there are: COLUMNS, or the terminal's, or 80."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 5 and 0 < int(asked) <= 1000:
        return int(asked)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def coloured(stream: TextIO) -> bool:
    """Whether to use colour: in a terminal that has it, unless the environment says otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return stream.isatty() and os.environ.get("TERM", "dumb") != "dumb"


def carries_unicode(stream: TextIO) -> bool:
    """Whether a stream can show box-drawing characters."""
    return (stream.encoding or "").lower().replace("-", "").startswith("utf")


def write_bytes(text: str, stream: TextIO) -> None:
    """Write text in UTF-8 with line feeds, whatever the stream's encoding and platform."""
    stream.flush()
    stream.buffer.write(text.encode())


def write(answer: Answer[Row], form: str, stream: TextIO, remarks: TextIO) -> None:
    """Write an answer to a stream; outside table and JSON its notes go to `remarks`.

    What the stream's encoding cannot carry is written as an escape. Formats for scripts are
    UTF-8 with line feeds, whatever the stream's encoding and platform.
    """
    if form == TABLE:
        stream.write(as_table(answer, stream))
        return
    text = FORMATS[form](answer)
    if form == "plain":
        stream.write(text)
    else:
        write_bytes(text, stream)
    stream.flush()
    if form != "json":
        for note in answer.notes:
            remarks.write(f"Note: {printable(note)}\n")
