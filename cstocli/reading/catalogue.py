"""The organisations that there are: the bundled ones, or those of a file."""

from __future__ import annotations

import json
from collections.abc import Iterator

from cstocli.core.records import Records
from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.reading import document
from cstocli.reading.files import Raw, bundled, data_file, read_bytes

OWN = "membership.json"
"""The file of the organisation that is asked about where none is named."""


def files() -> list[str]:
    """The names of the bundled files, one an organisation."""
    return [
        OWN,
        *(f"neighbours/{name}.json" for name in json.loads(bundled("neighbours/index.json"))),
    ]


def find(organisation: str) -> str:
    """The name of the bundled file of an organisation, by its id, its name or an alias.

    Raises Refused, with those that there are, where there is none.
    """
    wanted = organisation.strip().casefold()
    ids = []
    for name in files():
        raw: Raw = json.loads(bundled(name))["organisation"]
        if wanted in map(str.casefold, (raw["id"], raw["name"], *raw["aliases"])):
            return name
        ids.append(raw["id"])
    raise Refused(f"there is no organisation {quoted(organisation)}; there are {', '.join(ids)}")


def load(organisation: str) -> tuple[Records, str | None]:
    """The records of a bundled organisation, and the path of its file if it is a neighbour."""
    name = find(organisation)
    records = document.build(json.loads(bundled(name)))
    return records, None if name == OWN else data_file(name)


def records(path: str | None) -> Iterator[Records]:
    """What there is about each organisation: of a file, or of those that are bundled."""
    if path is None:
        for name in files():
            yield document.build(json.loads(bundled(name)))
        return
    from cstocli.reading import spell_table

    data = read_bytes(path)
    if spell_table.is_table(path, data):
        yield from spell_table.load_all(path, data, document.bundled_states())
    else:
        yield document.load(path)
