"""The table for people, laid out by Rich."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len

from cstocli.escape import printable
from cstocli.questions.answer import Answer, Row, Value
from cstocli.writing.console import carries_unicode, console_for
from cstocli.writing.console import width as width_of
from cstocli.writing.formats import plain_value
from cstocli.writing.wrapping import wrapped

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from cstocli.writing.chart import Segment


NARROW = 60
"""The width, in columns, below which a table becomes a block per record."""
_MARKS = ("acting", "disputed", "imprecise", "remark")
"""Fields that a table shows by their names in its last column; the notes say more."""
_WORDS = ("kind", "began", "ended")
"""Fields whose values are words joined by hyphens, which a table shows as words."""
_LONG = 60
"""From how many characters on a text is told once, where rows below each other have it."""


def as_table(answer: Answer[Row], level: str, stream: TextIO) -> str:
    """The answer for people, as wide as the terminal and with colour if that shows it.

    What can be drawn is drawn in the place of the rows.
    """
    chart = _chart(answer, stream)
    console = console_for(stream)
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
        elif answer.layout == "sections":
            _print_sections(console, answer)
        elif answer.layout == "sentences":
            if answer.title and answer.rows:
                console.print()
            for row in answer.rows:
                text = str(row)
                several = len(answer.rows) > 1
                console.print(_hanging(text, console.width) if several else _text(text))
        elif answer.rows:
            console.print()
            _print_rows(console, answer, stream)
        notes = answer.told(level)
        if notes:
            console.print()
        for note in notes:
            console.print(_hanging(note, console.width))
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _chart(answer: Answer[Row], stream: TextIO) -> list[list[Segment]] | None:
    """The lines of a chart in pieces with a style, if the answer has one and there is room."""
    if not answer.drawing or answer.columns:
        return None
    from cstocli.questions.drawing import Drawing
    from cstocli.writing.chart import chart

    if not isinstance(answer.drawing, Drawing):
        return None
    return chart(answer.drawing, width_of(stream), unicode=carries_unicode(stream))


def _print_rows(console: Console, answer: Answer[Row], stream: TextIO) -> None:
    """The rows as a table, or as a block each where a table would be too narrow to read."""
    if answer.layout == "record":
        headings = {field: field.replace("_", " ").capitalize() for field in answer.fields}
        _print_blocks(console, headings, [_cells(row._asdict(), headings) for row in answer.rows])
        return
    headings = {**answer.columns, "": "Note"}
    records = [_cells(row._asdict(), headings) for row in answer.rows]
    headings = {f: heading for f, heading in headings.items() if any(r[f] for r in records)}
    least = [_least_width(field, headings[field], records) for field in headings]
    natural = [max(_line_lengths(field, headings[field], records)) for field in headings]
    room = console.width - (len(headings) - 1)
    if console.width < NARROW or sum(least) > room:
        _print_blocks(console, headings, records)
        return
    from rich import box
    from rich.table import Table

    records = list(_said_once(records))
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


def _said_once(records: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The cells of a table, a long text of the row above not told again."""
    above: dict[str, str] = {}
    for record in records:
        yield {
            field: "as above" if len(text) >= _LONG and text == above.get(field) else text
            for field, text in record.items()
        }
        above = record


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
        yield from map(cell_len, text.split("\n"))


def _least_width(field: str, heading: str, records: list[dict[str, str]]) -> int:
    """The width at which no word of a column is broken, nor any of its days and names."""
    texts = [heading, *(record[field] for record in records)]
    words = (text.split("\n") if field == "part" else text.split() for text in texts)
    return max((cell_len(word) for parts in words for word in parts), default=0)


def _hanging(note: str, columns: int) -> Text:
    """A note as an item of a list, broken between words only."""
    return _text("- " + "\n  ".join(wrapped(printable(note), max(columns, 20) - 2, cell_len)))


def _text(text: str, style: str = "") -> Text:
    """Text for Rich to lay out, in which nothing is markup."""
    from rich.text import Text

    return Text("\n".join(map(printable, text.split("\n"))), style=style, overflow="fold")
