"""From what a caller names to records."""

from __future__ import annotations

import os

from cstocli.core.records import Records
from cstocli.reading import asked, document
from cstocli.reading.files import path_of


def read(
    path: str | os.PathLike[str] | None, named: str | None, state_code: str
) -> tuple[Records, str | None]:
    """The records of the bundled dataset, of a bundled neighbour, or of a file, and the path of
    the file if there is one.

    Raises BrokenDataset when a file cannot be read or breaks a rule, and Refused when there is no
    such organisation or scheme.
    """
    file = None if path is None else path_of(path)
    wanted = organisation(named)
    if file is None and wanted is not None:
        from cstocli.reading import catalogue

        document.refuse_scheme(scheme(state_code))
        return catalogue.load(wanted)
    return document.load(file, wanted, scheme(state_code)), file


def organisation(name: str | None) -> str | None:
    """The name of an organisation, if one is given."""
    return None if name is None else asked.text(name, "an organisation")


def scheme(name: str) -> str:
    """The name of a scheme; raises Refused for what is none."""
    if isinstance(name, str) and name == "auto":  # as nearly always: read no schemes for it
        return name
    from cstocli.reading.columns import scheme_of

    return scheme_of(name)
