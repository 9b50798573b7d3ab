"""The shape of a dataset file, by JSON Schema."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from cstocli.errors import Problem, Refused
from cstocli.escape import printable, quoted, shown
from cstocli.reading.files import bundled

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError, ValidationErrorKind

MOST = 1000
"""How many problems of shape are listed at most, so that a hostile file takes no time."""
FORMULA = ("=", "+", "-", "@")
"""With what a cell begins that a spreadsheet takes for a formula."""
TYPES = {
    "string": "text",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}
"""The types of JSON that the schema has, in words."""
FORMS = {
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "a day, YYYY-MM-DD",
    "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$": "a day, a month or a year, YYYY-MM-DD, YYYY-MM or YYYY",
    "^[0-9]{4}[a-z]+$": "a release such as 2026a",
    "^[A-Za-z0-9][A-Za-z0-9.-]*$": "an id of Latin letters, digits, dots and hyphens",
    "^[A-Z]{3}$": "three capital letters",
    "^[A-Z]{2}$": "two capital letters",
    "^[a-z]{2}$": "two small letters",
    "^[0-9]{3}$": "three digits",
    "^Q[0-9]+$": "an id of Wikidata such as Q318693",
    "^https?://[^ ]+$": "an address such as https://example.org/",
}
"""The patterns that the schema has, in words."""


def misshapen(raw: Any) -> list[Problem]:
    """Where the shape is wrong, up to MOST places."""
    try:
        from jsonschema_rs import Draft202012Validator
    except ImportError as missing:  # it is compiled, which no archive loads
        raise Refused(
            f"a JSON document cannot be checked here, because jsonschema_rs does not load: "
            f"{missing}"
        ) from missing
    validator = Draft202012Validator(json.loads(bundled("membership.schema.json")))
    try:
        try:
            errors = [*islice(validator.iter_errors(raw), MOST)]
        except UnicodeEncodeError:  # half of a character, which is a problem of another rule
            errors = [*islice(validator.iter_errors(_whole(raw)), MOST)]
    except ValueError:  # the library goes some 250 lists deep, and no dataset that is right 10
        return [Problem("", "nested too deeply")]
    errors.sort(key=lambda error: error.kind.name == "required")  # a slip in a key comes first
    return [_problem(raw, error) for error in errors]


def _whole(value: Any) -> Any:
    """A value with an escape in place of each half of a character."""
    if isinstance(value, str):
        return value.encode(errors="backslashreplace").decode()
    if isinstance(value, list):
        return [_whole(inner) for inner in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(inner) for key, inner in value.items()}
    return value


def _problem(raw: Any, error: ValidationError) -> Problem:
    """A problem in our words, which are the same whatever those of the library are."""
    place, value = "", raw
    for part in error.instance_path:
        place += f"[{part}]" if isinstance(part, int) else f".{part}"
        value = value[part] if isinstance(part, int) or part in value else error.instance
    reason = _reason(value, error.kind)
    reason = f"value {reason}" if reason.startswith(FORMULA) else reason
    return Problem(printable(place.lstrip(".")), reason)


def _reason(value: Any, kind: ValidationErrorKind) -> str:
    """What is wrong with a value."""
    said = kind.as_dict()
    if kind.name == "required":
        return f"there is no key {quoted(said['property'])}"
    if kind.name == "additionalProperties":
        keys = ", ".join(map(quoted, said["unexpected"][:9]))
        return f"has a key that none here has: {keys}"
    if kind.name in ("minItems", "minLength"):
        return f"{_shown(value)} is empty"
    return f"{_shown(value)} is not {' or '.join(_wanted(kind, said))}"


def _wanted(kind: ValidationErrorKind, said: dict[str, Any]) -> list[str]:
    """What a value may be, in words."""
    if kind.name == "type":
        return [TYPES[name] for name in sorted(said["types"], key=[*TYPES].index)]
    if kind.name == "enum":
        return [_json(option) for option in said["options"]]
    if kind.name == "pattern":
        return [FORMS[said["pattern"]]]
    choices = [errors[0].kind for errors in said["context"]]
    return [one for choice in choices for one in _wanted(choice, choice.as_dict())]


def _json(value: Any) -> str:
    """A value as JSON has it; text as it is."""
    return value if isinstance(value, str) else json.dumps(value)


def _shown(value: Any) -> str:
    """A value for a message, as a JSON document has it."""
    return _json(value) if value is None or isinstance(value, bool) else shown(value)
