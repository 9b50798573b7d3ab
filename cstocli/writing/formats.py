"""From an answer to each format for programs and screen readers.

A format is a function from an answer to text, listed in FORMATS. Its bytes are the same in
every locale, terminal and width.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from cstocli.core.days import Bound
from cstocli.escape import printable
from cstocli.questions.answer import Answer, Row, Value


def plain_value(value: Value) -> str:
    """A value as text: nothing is empty, booleans are `true` and `false`, lists are joined."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, dt.date, Bound)):
        return printable(str(value))
    return " ".join(map(printable, value))


def as_json(answer: Answer[Row]) -> str:
    """One object: schema, dataset, query, rows and notes."""
    document = {
        "schema": f"csto.{answer.question}/1",
        "dataset": dict(answer.dataset),
        "query": dict(answer.query),
        "rows": [row._asdict() for row in answer.rows],
        "notes": answer.notes,
    }
    return _json(document, indent=2) + "\n"


def as_jsonl(answer: Answer[Row]) -> str:
    """One object a line, a row each."""
    return "".join(_json(row._asdict()) + "\n" for row in answer.rows)


def _json(value: object, indent: int | None = None) -> str:
    """JSON in UTF-8, days as ISO strings."""
    import json

    return json.dumps(value, indent=indent, default=str, ensure_ascii=False)


def as_csv(answer: Answer[Row]) -> str:
    """Comma-separated values with a header."""
    import csv
    import io

    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(answer.fields)
    writer.writerows(map(plain_value, row) for row in answer.rows)
    return lines.getvalue()


def as_tsv(answer: Answer[Row]) -> str:
    """Tab-separated values with a header and no quoting: no value holds a tab or a line break."""
    lines = ["\t".join(answer.fields)]
    lines += ["\t".join(map(plain_value, row)) for row in answer.rows]
    return "\n".join(lines) + "\n"


def as_markdown(answer: Answer[Row]) -> str:
    """A table of GitHub-flavoured Markdown."""
    lines = [" | ".join(answer.fields), " | ".join("---" for _ in answer.fields)]
    for row in answer.rows:
        cells = (plain_value(value).replace("\\", "\\\\").replace("|", "\\|") for value in row)
        lines.append(" | ".join(cells))
    return "".join(f"| {line} |\n" for line in lines)


def as_plain(answer: Answer[Row]) -> str:
    """A sentence a row, without layout."""
    return "".join(printable(str(row)) + "\n" for row in answer.rows)


FORMATS: dict[str, Callable[[Answer[Row]], str]] = {
    "plain": as_plain,
    "tsv": as_tsv,
    "csv": as_csv,
    "json": as_json,
    "jsonl": as_jsonl,
    "markdown": as_markdown,
}
"""The formats for scripts and screen readers, all but the table."""
