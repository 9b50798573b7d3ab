"""Write the fields of all rows into the schema of answers, data/answers.schema.json.

    python proofs/schema.py

What is written by hand there (descriptions, lists of words, patterns, what a query says) stays,
unless the type of its field has changed.
"""

from __future__ import annotations

import json
from pathlib import Path

from cstocli.reading.files import data_file
from cstocli.writing.schema import answers

PATH = Path(data_file("answers.schema.json"))


def written(text: str) -> str:
    """The text of the schema, made anew from its text."""
    return json.dumps(answers(json.loads(text)), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PATH.write_text(written(PATH.read_text(encoding="utf-8")), encoding="utf-8")
