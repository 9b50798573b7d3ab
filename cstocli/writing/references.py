"""Sources as programs for references read them: BibTeX, RIS and CSL JSON."""

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
    return "\n".join([f"@misc{{{row.source},", *lines, "}", ""])


def _tex(text: str) -> str:
    """Text in which nothing is a command of TeX."""
    return re.sub(r"([&%$#_{}])", r"\\\1", printable(text).replace("\\", r"\textbackslash "))


def as_ris(rows: Sequence[CiteRow]) -> str:
    """A record of RIS each."""
    return "\n".join(map(_ris, rows))


def _ris(row: CiteRow) -> str:
    """A record of RIS."""
    date = (row.date or "").replace("-", "/")
    fields = [
        ("TY", "DATA" if row.source.startswith("csto-") else "GEN"),
        ("ID", row.source),
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
            "id": row.source,
            "type": "dataset" if row.source.startswith("csto-") else "document",
            "author": [{"literal": row.publisher}],
            "title": row.title,
            **(
                {"issued": {"date-parts": [list(map(int, row.date.split("-")))]}}
                if row.date
                else {}
            ),
            **({"URL": row.address} if row.address else {}),
            **({"note": row.sentence} if row.sentence else {}),
        }
        for row in rows
    ]
    return json.dumps(items, indent=2, ensure_ascii=False) + "\n"


STYLES: dict[str, Callable[[Sequence[CiteRow]], str]] = {
    "bibtex": as_bibtex,
    "ris": as_ris,
    "csl-json": as_csl,
}
"""The styles for programs."""
