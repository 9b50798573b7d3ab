"""The JSON Schema of answers: the fields of rows as their types say, all else as it is kept.

Kept by hand, in data/answers.schema.json, are descriptions, lists of words, patterns, and what
a query says.
"""

from __future__ import annotations

import datetime as dt
import re
from importlib import import_module
from inspect import cleandoc, isfunction
from pkgutil import iter_modules
from types import NoneType
from typing import Any, NamedTuple, get_args, get_type_hints

from cstocli import questions
from cstocli.core.days import Bound

Schema = dict[str, Any]
_BOUND: Schema = {"$ref": "#/$defs/bound"}
_NULL: Schema = {"type": "null"}
_TYPES: dict[Any, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: {"type": "string"},
    dt.date: {"$ref": "#/$defs/day"},
    tuple[str, ...]: {"type": "array", "items": {"type": "string"}},
}
"""What each type of a field is in JSON."""


def row_types() -> dict[str, type[NamedTuple]]:
    """The type of each question's rows, by the name of the question.

    A question is a function of a module of its own that returns an `Answer` of such rows.
    """
    found = {}
    for about in iter_modules(questions.__path__, f"{questions.__name__}."):
        module = vars(import_module(about.name))
        for name, function in module.items():
            if isfunction(function) and function.__module__ == about.name:
                row = re.fullmatch(r"Answer\[(\w+Row)]", function.__annotations__["return"])
                if row and not name.startswith("_"):
                    found[name.replace("_", "-")] = module[row[1]]
    return found


def fields(row_type: type[NamedTuple]) -> dict[str, Schema]:
    """What the type of a row says of each field."""
    return {name: _field(hint) for name, hint in get_type_hints(row_type).items()}


def _field(hint: Any) -> Schema:
    """What the type of a field is in JSON; raises KeyError for one that it has no word for."""
    types = {*get_args(hint)} if NoneType in get_args(hint) or Bound in get_args(hint) else {hint}
    some = types - {NoneType}
    found = _BOUND if some == {dt.date, Bound} else _TYPES[some.pop()]
    return {"anyOf": [found, _NULL]} if NoneType in types else found


def answers(kept: Schema) -> Schema:
    """The schema of every question's answer, made anew from the one that is kept.

    What is kept of a field stays as long as it fits the field's type.
    """
    types = row_types()
    rules = {_question(rule): rule for rule in kept["allOf"]}
    names = [
        *(name for name in rules if name in types),
        *(name for name in types if name not in rules),
    ]
    others = {name: one for name, one in kept["$defs"].items() if name not in rules}
    rows = {name: _rows(types[name], kept["$defs"].get(name, {}), others) for name in names}
    properties = kept["properties"] | {"schema": {"enum": [f"csto.{name}/1" for name in names]}}
    return {
        **kept,
        "properties": properties,
        "allOf": [rules.get(name) or _rule(name) for name in names],
        "$defs": others | rows,
    }


def _question(rule: Schema) -> str:
    """The question that a rule of the schema is about."""
    name: str = rule["if"]["properties"]["schema"]["const"]
    return name.removeprefix("csto.").removesuffix("/1")


def _rule(name: str) -> Schema:
    """The rule for the answer to a question, of whose query nothing is said yet."""
    return {
        "if": {"properties": {"schema": {"const": f"csto.{name}/1"}}},
        "then": {"properties": {"rows": {"items": {"$ref": f"#/$defs/{name}"}}}},
    }


def _rows(row_type: type[NamedTuple], kept: Schema, others: Schema) -> Schema:
    """The schema of a question's rows."""
    said, found = kept.get("properties", {}), fields(row_type)
    return {
        "description": cleandoc(row_type.__doc__ or "").partition("\n\n")[0],
        "type": "object",
        **kept,
        "required": [*found],
        "properties": {
            name: said[name] if name in said and _fits(said[name], field, others) else field
            for name, field in found.items()
        },
        "additionalProperties": False,
    }


def _fits(kept: Schema, field: Schema, others: Schema) -> bool:
    """Whether what is kept says no other type than the field has, though it may say more."""
    if "anyOf" in field:
        options: list[Schema] = kept.get("anyOf", [])
        wanted: list[Schema] = field["anyOf"]
        return options[1:] == wanted[1:] and _fits(options[0], wanted[0], others)
    if "$ref" in field:
        return bool(kept.get("$ref") == field["$ref"])
    if "enum" in kept:
        return field["type"] == "string" and all(isinstance(word, str) for word in kept["enum"])
    named: Schema = others[kept["$ref"].rpartition("/")[2]] if "$ref" in kept else kept
    if named.get("type") != field["type"]:
        return False
    return "items" not in field or _fits(named["items"], field["items"], others)
