"""Which files hold typed columns, by their suffixes."""

from __future__ import annotations

import os

from cstocli.errors import Refused
from cstocli.escape import quoted

KINDS = (".dta", ".sav", ".xlsx", ".parquet", ".feather")
_NOT_WRITTEN = (
    *(".xls", ".xlsb", ".xlsm", ".ods", ".rds", ".rda", ".rdata", ".por", ".sas7bdat", ".xpt"),
    *(".json", ".jsonl", ".html", ".xml", ".pdf", ".zip", ".bz2", ".xz", ".zst", ".7z"),
    *(".arrow", ".db", ".sqlite"),
)
"""Suffixes of files that are no CSV, and that nothing here writes."""


def kind_of(path: str | None) -> str:
    """The suffix of a file of typed columns; nothing for any other file."""
    suffix = os.path.splitext(path or "")[1].casefold()
    return suffix if suffix in KINDS else ""


def refuse_other_kind(path: str | None) -> None:
    """Raise Refused for the name of a file that would get a CSV but promises another kind."""
    stem, suffix = os.path.splitext((path or "").casefold())
    if suffix == ".gz" and kind_of(stem):
        kind = kind_of(stem)
        raise Refused(
            f"{quoted(path or '')} is not written as {kind}.gz: let its name end in {kind}"
        )
    if suffix in _NOT_WRITTEN:
        raise Refused(
            f"{quoted(path or '')} is not written as {suffix}: let its name end in .csv or .tsv, "
            f"or in {', '.join(KINDS[:-1])} or {KINDS[-1]}"
        )
