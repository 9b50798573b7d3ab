"""The shape of a dataset file, by JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from cstocli.errors import Problem, Refused
from cstocli.escape import printable
from cstocli.reading.files import bundled

MOST = 1000
"""How many problems of shape are listed at most, so that a hostile file takes no time."""
FORMULA = ("=", "+", "-", "@")
"""With what a cell begins that a spreadsheet takes for a formula."""


def misshapen(raw: Any) -> list[Problem]:
    """Where the shape is wrong, up to MOST places."""
    return list(islice(_errors(raw), MOST))


def _errors(raw: Any) -> Iterator[Problem]:
    """Known keys only, all of them, each of the right type."""
    try:
        from jsonschema import Draft202012Validator
    except ModuleNotFoundError as missing:  # a part of it is compiled, which no archive loads
        raise Refused(
            f"a JSON document cannot be checked here, because jsonschema does not load: {missing}"
        ) from missing
    validator = Draft202012Validator(json.loads(bundled("membership.schema.json")))
    for error in validator.iter_errors(raw):
        place = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in error.absolute_path)
        message = error.message if len(error.message) < 200 else f"...{error.message[-160:]}"
        message = f"value {message}" if message.startswith(FORMULA) else message
        yield Problem(printable(place.lstrip(".")), printable(message))
