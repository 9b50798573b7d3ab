"""A dataset as a Data Package: CSV files, and a descriptor that says what is in them.

The descriptor follows version 2 of the standard (datapackage.org). Its bytes, and those of the
files, follow from the dataset alone: the same dataset makes the same package on any day.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from cstocli.core.days import Bound
from cstocli.questions.answer import Value
from cstocli.writing.formats import plain_value

DESCRIPTOR = "datapackage.json"
"""The name of the file that describes the others."""
PROFILE = "https://datapackage.org/profiles/2.0/"
_TYPES = {"str": "string", "int": "integer", "bool": "boolean", "dt.date": "date"}
"""What each type of a field is in a table schema; lists are text, joined by a space."""
_BOUND = "^[0-9]{4}(-[0-9]{2}){0,2}$"
"""A day as far as it is known."""


class Resource(NamedTuple):
    """A table of a package."""

    name: str
    description: str
    fields: Mapping[str, str]
    """The names of its columns, and what each holds: `Known | None`."""
    rows: Sequence[Sequence[Value]]
    key: tuple[str, ...]
    """The columns that no two rows have alike."""
    links: Mapping[str, str]
    """The columns that name a row of another table by its key, and that table."""
    said: Mapping[str, str]
    """What there is to say of a column."""


def files(about: Mapping[str, Any], resources: Iterable[Resource]) -> dict[str, bytes]:
    """The files of a package by their names; `about` is what its descriptor says besides."""
    tables = {resource.name: resource for resource in resources}
    found: dict[str, bytes] = {}
    described = []
    for resource in tables.values():
        path = f"{resource.name}.csv"
        data = found[path] = _csv(resource)
        described.append(
            {
                "name": resource.name,
                "type": "table",
                "description": resource.description,
                "path": path,
                "scheme": "file",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(data),
                "hash": f"sha256:{sha256(data).hexdigest()}",
                "schema": _schema(resource, tables),
            }
        )
    package = {"$schema": f"{PROFILE}datapackage.json", **about, "resources": described}
    written = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    return {DESCRIPTOR: written.encode(), **found}


def _csv(resource: Resource) -> bytes:
    """The rows with a header, in UTF-8 with line feeds."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(resource.fields)
    writer.writerows(map(plain_value, row) for row in resource.rows)
    return text.getvalue().encode()


def _schema(resource: Resource, tables: Mapping[str, Resource]) -> dict[str, Any]:
    """The table schema of a resource."""
    schema: dict[str, Any] = {
        "$schema": f"{PROFILE}tableschema.json",
        "fields": [
            _field(name, kind, [row[place] for row in resource.rows], resource.said.get(name))
            for place, (name, kind) in enumerate(resource.fields.items())
        ],
        "missingValues": [""],
        "primaryKey": [*resource.key],
    }
    links = [
        {"fields": [field], "reference": {"resource": other, "fields": [*tables[other].key]}}
        for field, other in resource.links.items()
    ]
    return schema | ({"foreignKeys": links} if links else {})


def _field(name: str, kind: str, values: Iterable[Value], said: str | None) -> dict[str, Any]:
    """What the table schema says of a column.

    A column of days is one of dates where each of its days is known to the day.
    """
    sort = kind.removesuffix(" | None")
    field: dict[str, Any] = {"name": name, "type": _TYPES.get(sort, "string")}
    constraints: dict[str, Any] = {}
    if sort == "Known" and any(isinstance(value, Bound) for value in values):
        constraints["pattern"] = _BOUND
    elif sort == "Known":
        field["type"] = "date"
    if said:
        field["description"] = said
    if sort == kind and not sort.startswith("tuple"):
        constraints["required"] = True
    return field | ({"constraints": constraints} if constraints else {})
