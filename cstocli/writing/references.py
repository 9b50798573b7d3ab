"""Sources as programs for references read them: BibTeX, RIS and CSL JSON. The last of some is the
dataset.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from cstocli.escape import printable
from cstocli.questions.cite import CiteRow


def as_bibtex(rows: Sequence[CiteRow]) -> str:
    """An entry of BibTeX each."""
    return "\n".join(map(_bibtex, rows))


def _bibtex(row: CiteRow) -> str:
    """An entry of BibTeX; braces keep the letters as they are."""
    fields = {
        "author": f"{{{_tex(row.publisher)}}}",
        "title": f"{{{_tex(row.title)}}}",
        "year": (row.date or "")[:4],
        "date": row.date,
        "url": row.address,
        "note": _tex(row.sentence) if row.sentence else None,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(row)},", *lines, "}", ""])


def _key(row: CiteRow) -> str:
    """The id of a source as a key: that of a table is the name of a file, which may be any."""
    return re.sub("[^A-Za-z0-9.:_-]+", "-", row.source)


def _tex(text: str) -> str:
    """Text in which nothing is a command of TeX."""
    return re.sub(
        r"[\\~^&%$#_{}]", lambda found: _TEX.get(found[0], f"\\{found[0]}"), printable(text)
    )


_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
"""What stands for signs that a backslash before them makes commands of."""


def as_ris(rows: Sequence[CiteRow]) -> str:
    """A record of RIS each."""
    return "\n".join(_ris(row, "DATA" if row is rows[-1] else "GEN") for row in rows)


def _ris(row: CiteRow, kind: str) -> str:
    """A record of RIS."""
    date = (row.date or "").replace("-", "/")
    fields = [
        ("TY", kind),
        ("ID", _key(row)),
        ("AU", row.publisher),
        ("TI", row.title),
        ("PY", date[:4]),
        ("DA", date),
        ("UR", row.address),
        ("N1", row.sentence),
    ]
    lines = [f"{tag}  - {printable(value)}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  - ", ""])


def as_csl(rows: Sequence[CiteRow]) -> str:
    """A list of items of CSL JSON."""
    items = [
        {
            "id": _key(row),
            "type": "dataset" if row is rows[-1] else "document",
            "author": [{"literal": row.publisher}],
            "title": row.title,
            **({"issued": {"date-parts": [_parts(row.date)]}} if row.date else {}),
            **({"URL": row.address} if row.address else {}),
            **({"note": row.sentence} if row.sentence else {}),
        }
        for row in rows
    ]
    return json.dumps(items, indent=2, ensure_ascii=False) + "\n"


def _parts(date: str) -> list[int]:
    """The year, the month and the day of a date, as far as it goes."""
    return list(map(int, date.split("-")))


STYLES: dict[str, Callable[[Sequence[CiteRow]], str]] = {
    "bibtex": as_bibtex,
    "ris": as_ris,
    "csl-json": as_csl,
}
"""The styles for programs."""
