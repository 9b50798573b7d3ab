"""Columns as the variables of Stata: their types, names and labels, and what does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from cstocli.tabular.fields import (
    DAY,
    LARGEST,
    MIXED,
    MOMENT,
    NUMBER,
    REAL,
    SINGLE,
    TEXT,
    TIME,
    TRUTH,
    Field,
    Gap,
    as_float,
    encoded,
    text_of,
    unheld,
)
from cstocli.tabular.instants import STATA_FORMS, in_stata

LONGEST_LABEL = 80
_LONGEST_NAME, _LONGEST_TEXT, _LONGEST_SHOWN = 32, 2045, 244
_RESERVED = {
    *("_all", "_b", "_coef", "_cons", "_n", "_N", "_pi", "_pred", "_rc", "_skip", "byte", "double"),
    *("float", "if", "in", "int", "long", "strL", "using", "with"),
}
_WHOLE = {
    "int8": (65530, "b", "%8.0g", -127, 100, 101),
    "int16": (65529, "h", "%8.0g", -32_767, 32_740, 32_741),
    "int32": (65528, "i", "%12.0g", -2_147_483_647, 2_147_483_620, 2_147_483_621),
}
"""The types of whole numbers: code, packing, form, least and greatest, and what is missing."""
_SINGLE, _DOUBLE = (65527, "f", "%9.0g"), (65526, "d", "%10.0g")
"""The types of other numbers: code, packing and form."""
_GREATEST = {"f": 1.701e38, "d": 8.988e307}
_NOTHING = {"f": 2.0**127, "d": 2.0**1023}
"""The greatest numbers of these types, and what is missing among them."""


class Variable(NamedTuple):
    """A variable of Stata."""

    name: str
    code: int
    """Of its type."""
    pack: str
    """How a value of it is packed."""
    form: str
    labels: str
    """The name of the labels of its values."""
    label: str
    stored: Callable[[Any], Any]
    """What is packed for a value."""


def variables_of(
    fields: Sequence[Field], parts: Sequence[Sequence[Sequence[Any]]]
) -> list[Variable]:
    """Fields as variables that hold the values of all parts; raises Refused where none can."""
    _check_names(fields)
    return [
        _variable(field, [value for part in parts for value in part[place]])
        for place, field in enumerate(fields)
    ]


def _check_names(fields: Iterable[Field]) -> None:
    """Raise Refused for names and labels that Stata cannot hold."""
    seen = set()
    for name, label in ((field.name, field.label) for field in fields):
        if len(name) > _LONGEST_NAME:
            raise unheld(name, f"a name of more than the {_LONGEST_NAME} characters that Stata has")
        if not re.fullmatch(r"[^\W\d]\w*", name) or _is_reserved(name):
            raise unheld(name, "a name that is none for Stata, whose names are letters, digits, _")
        if name in seen:
            raise unheld(name, "the name of another column too, which Stata does not have")
        if len(label) > LONGEST_LABEL:
            raise unheld(name, f"a label of more than the {LONGEST_LABEL} characters of Stata")
        seen.add(name)


def _is_reserved(name: str) -> bool:
    """Whether Stata keeps a name for itself."""
    return name in _RESERVED or bool(re.fullmatch("str[0-9]+", name))


def _variable(field: Field, values: Sequence[Any]) -> Variable:
    """A field as a variable that holds some values."""
    make = {
        **dict.fromkeys((TEXT, MIXED), _text),
        **dict.fromkeys((NUMBER, TRUTH), _whole),
        **dict.fromkeys((DAY, MOMENT, TIME), _instant),
        REAL: _real,
    }.get(field.sort)
    if not make:
        raise unheld(field.name, "what Stata has no type for")
    code, pack, form, stored = make(field, values)
    form = field.form if field.form.startswith("%") else form
    return Variable(field.name, code, pack, form, set_name(field), field.label, stored)


_Type = tuple[int, str, str, Callable[[Any], Any]]
"""A type's code, packing and form, and what is packed for a value."""


def _text(field: Field, values: Sequence[Any]) -> _Type:
    """A type of text, as wide as the longest."""
    longest = max((len(encoded(text_of(value), field.name)) for value in values), default=0)
    if longest > _LONGEST_TEXT:
        raise unheld(
            field.name, f"a text of {longest:,} bytes, and Stata holds at most {_LONGEST_TEXT:,}"
        )
    width = max(1, longest, min(field.width, _LONGEST_TEXT))
    form = f"%{min(max(width, 9), _LONGEST_SHOWN)}s"
    return width, f"{width}s", form, lambda value: text_of(value).encode()


def _whole(field: Field, values: Sequence[Any]) -> _Type:
    """A type of whole numbers: as wide as its own, or wider where it must be."""
    numbers = [value for value in values if isinstance(value, int)]
    lowest, highest = min(numbers, default=0), max(numbers, default=0)
    types = list(_WHOLE.values())
    own = _WHOLE.get(field.storage, types[0])
    for code, pack, form, least, greatest, nothing in types[types.index(own) :]:
        if least <= lowest and highest <= greatest:
            return code, pack, form, partial(_or_gap, nothing, 1)
    if max(-lowest, highest) > LARGEST:
        raise unheld(field.name, "a number of so many digits that Stata would round it")
    return _real(field, values)


def _real(field: Field, values: Sequence[Any]) -> _Type:
    """A type of numbers with a fraction."""
    numbers = [as_float(value, field.name) for value in values if not isinstance(value, Gap)]
    most = max((abs(number) for number in numbers if number == number and number), default=0)
    code, pack, form = _SINGLE if field.storage == SINGLE and most < _GREATEST["f"] else _DOUBLE
    if most > _GREATEST[pack]:
        raise unheld(field.name, f"the number {most}, which Stata does not hold")
    nothing = _NOTHING[pack]
    packed = partial(_or_gap, nothing, nothing / 4096)
    return code, pack, form, lambda value: packed(as_float(value, field.name))


def _instant(field: Field, values: Sequence[Any]) -> _Type:
    """A type of days, of points in time or of times of day."""
    if any(getattr(value, "tzinfo", None) for value in values):
        raise unheld(field.name, "points in time with a zone, which Stata does not have")
    counted = list(map(_counted, values))
    if field.sort == DAY:
        code, pack, _, stored = _whole(Field(field.name, NUMBER, "int32"), counted)
    else:
        code, pack, _, stored = _real(Field(field.name, REAL), counted)
    return code, pack, STATA_FORMS[field.sort], lambda value: stored(_counted(value))


def _counted(value: Any) -> Any:
    """A day or a time as Stata counts it, unless it is missing."""
    return value if value is None or isinstance(value, Gap) else in_stata(value)


def _or_gap(nothing: float, step: float, value: Any) -> Any:
    """A number, or what stands for a missing one: for .a what follows that for the plain one."""
    if isinstance(value, Gap) and isinstance(value.reason, str):
        return nothing + step * (ord(value.reason) - ord("a") + 1)
    return nothing if value is None or isinstance(value, Gap) or value != value else value


def set_name(field: Field) -> str:
    """The name by which the labels of a field's values go."""
    return str(field.more.get("set") or (field.name if field.labels else ""))


def label_sets(fields: Iterable[Field]) -> list[tuple[str, dict[int, str]]]:
    """The labels of values by their names; raises Refused for those that Stata cannot hold."""
    found = {}
    for field in fields:
        if field.labels:
            told = {_labelled(value, field): text for value, text in field.labels.items()}
            found[set_name(field)] = dict(sorted(told.items()))
    return list(found.items())


def _labelled(value: Any, field: Field) -> int:
    """The whole number, or the reason of a gap, that has a label."""
    *_, nothing = _WHOLE["int32"]
    if isinstance(value, str) and field.sort != TEXT and len(value) == 1:
        return nothing + ord(value) - ord("a") + 1
    if isinstance(value, (int, float)) and value == value // 1 and abs(value) < nothing:
        return int(value)
    raise unheld(field.name, f"a label of {text_of(value)}, and Stata labels whole numbers alone")
