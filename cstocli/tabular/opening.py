"""A file of typed columns, opened by its suffix."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable

from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.tabular.fields import Source
from cstocli.tabular.kinds import kind_of


def opened(
    path: str,
    *,
    columns: Iterable[str],
    sheet: str | None = None,
    encoding: str | None = None,
    raw: str = "",
) -> Source:
    """The rows of a file; of a workbook those of a sheet that has the columns, if none is told.

    A `raw` suffix is that of the file into which they go: where both are of Stata or of SPSS, days
    stay the numbers that they are. Raises Refused where the file cannot be read.
    """
    _check_regular(path)
    kind = kind_of(path)
    if sheet is not None and kind != ".xlsx":
        raise Refused(f"{quoted(path)} has no sheets: --sheet is for .xlsx")
    if encoding is not None and kind not in (".dta", ".sav"):
        raise Refused(f"{quoted(path)} says itself how its text is encoded: leave --encoding out")
    if kind == ".xlsx":
        from cstocli.tabular.excel import ExcelSource

        return ExcelSource(path, sheet, columns)
    if kind in (".dta", ".sav"):
        from cstocli.tabular.statistical import StatisticalSource

        return StatisticalSource(path, kind, encoding, raw=raw == kind)
    from cstocli.tabular.arrow import ArrowSource

    return ArrowSource(path, kind)


def _check_regular(path: str) -> None:
    """Raise Refused for what is no file that can be read."""
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        raise Refused(f"cannot read {quoted(path)}: {error.strerror}") from None
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise Refused(f"{quoted(path)} is no regular file: only a CSV is read from a pipe")
    try:
        with open(path, "rb"):
            pass
    except OSError as error:
        raise Refused(f"cannot read {quoted(path)}: {error.strerror}") from None
