"""Which files hold typed columns, by their suffixes."""

from __future__ import annotations

import os

KINDS = (".dta", ".sav", ".xlsx", ".parquet", ".feather")


def kind_of(path: str | None) -> str:
    """The suffix of a file of typed columns; nothing for any other file."""
    suffix = os.path.splitext(path or "")[1].casefold()
    return suffix if suffix in KINDS else ""
