"""The files of SPSS, written by pyreadstat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from cstocli.errors import Refused
from cstocli.tabular.extras import FILES, needed
from cstocli.tabular.fields import (
    DAY,
    LARGEST,
    MIXED,
    MOMENT,
    NUMBER,
    REAL,
    TEXT,
    TIME,
    TRUTH,
    Field,
    Gap,
    Part,
    Source,
    as_float,
    encoded,
    text_of,
    unheld,
)
from cstocli.tabular.instants import SPSS_FORMS, in_spss

_LONGEST_NAME, _LONGEST_LABEL, _LONGEST_TEXT = 64, 256, 32_767
_LONGEST_FILE_LABEL = 64
_INFINITE = float("inf")
_NOT_WRITTEN = "Unable to write data"
"""How pyreadstat says that a disk is full."""
_RESERVED = ("ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH")
_FORMS = {NUMBER: "F{}.0", TRUTH: "F1.0", **SPSS_FORMS}


def write(path: str, source: Source, added: Sequence[Field], parts: Iterable[Part]) -> None:
    """Write rows and what they get to a file of SPSS, which holds them all at once.

    Raises Refused for what SPSS cannot hold.
    """
    with needed(FILES, ".sav files"):
        import polars
        import pyreadstat

    fields = [*source.fields, *added]
    _check(source, fields)
    columns = [part.columns(source.fields) for part in parts]
    values = [
        _stored(field, [value for part in columns for value in part[place]])
        for place, field in enumerate(fields)
    ]
    forms = {field.name: _form(field, column) for field, column in zip(fields, values, strict=True)}
    frame = polars.DataFrame(
        {field.name: column for field, column in zip(fields, values, strict=True)},
        schema={f.name: polars.String if _is_text(f) else polars.Float64 for f in fields},
    )
    try:
        pyreadstat.write_sav(
            frame,
            path,
            file_label=source.label,
            column_labels=[field.label or None for field in fields],
            row_compress=True,
            note=list(source.remarks) or None,
            variable_value_labels={f.name: _labels(f) for f in fields if f.labels},
            missing_ranges=_told(fields, "missing"),
            variable_display_width=_told(fields, "width"),
            variable_measure=_told(fields, "measure"),
            variable_format={name: form for name, form in forms.items() if form},
        )
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        if str(error) == _NOT_WRITTEN:
            raise OSError(str(error)) from None
        raise Refused(f"SPSS does not hold this: {error}; .csv and .parquet do") from None


def _check(source: Source, fields: Sequence[Field]) -> None:
    """Raise Refused for names and labels that SPSS cannot hold."""
    if len(source.label.encode()) > _LONGEST_FILE_LABEL:
        raise unheld(source.name, f"a label of more than the {_LONGEST_FILE_LABEL} bytes of SPSS")
    seen: set[str] = set()
    for name, label in ((field.name, field.label) for field in fields):
        if len(encoded(name, name)) > _LONGEST_NAME:
            raise unheld(name, f"a name of more than the {_LONGEST_NAME} bytes that SPSS has")
        if not re.fullmatch(r"[^\W\d_][\w.@#$]*(?<!\.)", name) or name.upper() in _RESERVED:
            raise unheld(
                name, "a name that is none for SPSS, whose names are letters, digits, _ and ."
            )
        if name.casefold() in seen:
            raise unheld(name, "the name of another column too, as SPSS compares them")
        if len(encoded(label, name)) > _LONGEST_LABEL:
            raise unheld(name, f"a label of more than the {_LONGEST_LABEL} bytes of SPSS")
        seen.add(name.casefold())


def _is_text(field: Field) -> bool:
    """Whether SPSS keeps the values of a column as text."""
    return field.sort in (TEXT, MIXED)


def _stored(field: Field, values: Sequence[Any]) -> list[Any]:
    """The values of a column as SPSS keeps them."""
    values = [value.reason if isinstance(value, Gap) else value for value in values]
    if _is_text(field):
        return _texts(field, [text_of(value) for value in values])
    if field.sort in (DAY, MOMENT, TIME):
        if any(getattr(value, "tzinfo", None) for value in values):
            raise unheld(field.name, "points in time with a zone, which SPSS does not have")
        return [None if value is None else float(in_spss(value)) for value in values]
    if field.sort not in (NUMBER, REAL, TRUTH):
        raise unheld(field.name, "what SPSS has no type for")
    numbers = [_number(value, field) for value in values]
    for number in numbers:
        if number is not None and (abs(number) == _INFINITE or _is_long(number)):
            raise unheld(field.name, f"the number {number}, which SPSS does not hold")
    return [None if number is None else float(number) for number in numbers]


def _number(value: Any, field: Field) -> float | None:
    """A number, or none for what is missing: for a gap of Stata too."""
    value = as_float(value, field.name)
    return None if value is None or isinstance(value, str) or value != value else value


def _is_long(number: float) -> bool:
    """Whether a whole number has so many digits that it would be rounded."""
    return isinstance(number, int) and abs(number) > LARGEST


def _texts(field: Field, texts: list[str]) -> list[str]:
    """The texts of a column; the first is filled up to the width of the column, which SPSS does
    with all of them, and takes off again.
    """
    sizes = [len(encoded(text, field.name)) for text in texts]
    longest = max(sizes, default=0)
    if longest > _LONGEST_TEXT:
        raise unheld(
            field.name, f"a text of {longest:,} bytes, and SPSS holds at most {_LONGEST_TEXT:,}"
        )
    if texts:
        texts[0] += " " * (min(field.width, _LONGEST_TEXT) - sizes[0])
    return texts


def _form(field: Field, values: Sequence[Any]) -> str:
    """How the values of a column are shown; of text, its width says so."""
    if _is_text(field):
        return ""
    if field.form and not field.form.startswith("%"):
        return field.form
    width = max((len(str(int(value))) for value in values if value is not None), default=1)
    return _FORMS.get(field.sort, "").format(min(max(width, 8), 40))


def _labels(field: Field) -> dict[Any, str]:
    """The labels of a column's values; raises Refused for those of gaps, which SPSS has not."""
    if _is_text(field):
        return dict(field.labels)
    if any(isinstance(value, str) for value in field.labels):
        raise unheld(field.name, "a label of a missing value of Stata, which SPSS does not have")
    return {float(value): text for value, text in field.labels.items()}


def _told(fields: Iterable[Field], key: str) -> dict[str, Any]:
    """What a file of SPSS said of its columns."""
    return {field.name: field.more[key] for field in fields if field.more.get(key)}
