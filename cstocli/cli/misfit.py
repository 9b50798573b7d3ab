"""Which libraries do not fit: looked for only where something has gone wrong."""

from __future__ import annotations

import re
from importlib import metadata


def misfit() -> str | None:
    """What is wrong with the libraries that csto needs, if anything is."""
    try:
        needed = metadata.requires("csto") or []
    except metadata.PackageNotFoundError:
        return None
    for line in needed:
        name, least = re.split(">=", f"{line.split(';')[0].strip()}>=0")[:2]
        if "extra ==" in line:
            continue
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            return f"{name} is not installed"
        if _numbers(found) < _numbers(least):
            return f"{name} {found} is installed, and csto needs {least} or newer"
    return None


def _numbers(version: str) -> list[int]:
    """The numbers of a version, to compare it by."""
    return [int(number) for number in re.findall("[0-9]+", version)]
