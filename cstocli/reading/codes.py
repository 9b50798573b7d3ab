"""The codes that lists of states have for them, and the days on which each is in use."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from cstocli.errors import Problem
from cstocli.reading.files import data_file


class Use(NamedTuple):
    """A code in use for a state from a first to a last day, both included."""

    state: str
    """ISO 3166-1 alpha-3, or the name of a state that has none."""
    scheme: str
    code: str
    first_day: dt.date
    last_day: dt.date | None
    """None while it is in use."""


NUMBERS = {"cown": "cowc", "gwn": "gwc"}
"""The schemes of numbers, and that of the letters beside each."""
_FORMS = dict.fromkeys(NUMBERS, "[1-9][0-9]{0,2}") | dict.fromkeys(NUMBERS.values(), "[A-Z]{3}")
"""What a code of each scheme looks like."""
Line = Sequence[str]


@lru_cache(maxsize=1)
def uses() -> tuple[Use, ...]:
    """Every code of every list, the uses of one state in one scheme by their days."""
    with open(data_file("codes.csv"), encoding="utf-8", newline="") as file:
        lines = csv.reader(file, strict=True)
        next(lines)
        return tuple(_use(line) for line in lines)


def _use(line: Line) -> Use:
    """The use that a line is about; raises ValueError where it has a day that is none."""
    state, scheme, code, first, last = line
    day = dt.date.fromisoformat
    return Use(state, scheme, code, day(first), day(last) if last else None)


def problems(lines: Sequence[Line], states: Container[str]) -> list[Problem]:
    """Every rule that a table of codes breaks, header included; `states` are those there are.

    The rules about days are tried only where every line can be read.
    """
    if not lines or tuple(lines[0]) != Use._fields:
        return [Problem("line 1", f"the header is not {','.join(Use._fields)}")]
    found = [
        Problem(f"line {number}", reason)
        for number, line in enumerate(lines[1:], 2)
        for reason in _misread(line, states)
    ]
    if found:
        return found
    numbered = [(number, _use(line)) for number, line in enumerate(lines[1:], 2)]
    return [problem for rule in _RULES for problem in rule(numbered)]


def _misread(line: Line, states: Container[str]) -> Iterator[str]:
    """What is wrong with a line by itself."""
    if len(line) != len(Use._fields):
        yield f"{len(line)} cells in place of {len(Use._fields)}"
        return
    state, scheme, code, *days = line
    if state not in states:
        yield f"there is no state {state}"
    if scheme not in _FORMS:
        yield f"there is no scheme {scheme}"
    elif not re.fullmatch(_FORMS[scheme], code):
        yield f"{code} is no code of {scheme}"
    try:
        use = _use(line)
    except ValueError:
        yield f"{' and '.join(filter(None, days))} are no days"
    else:
        if use.last_day and use.last_day < use.first_day:
            yield f"{use.last_day} is before {use.first_day}"


Numbered = Sequence[tuple[int, Use]]


def _in_order(numbered: Numbered) -> Iterator[Problem]:
    """Lines stand in the order of state, scheme and first day."""
    keys = [(number, (use.state, use.scheme, use.first_day)) for number, use in numbered]
    for (_, one), (number, two) in pairwise(keys):
        if one >= two:
            yield Problem(f"line {number}", "stands too late, or twice")


def _one_meaning(numbered: Numbered) -> Iterator[Problem]:
    """A code means one state on a day."""
    yield from _apart(numbered, "scheme", "code")


def _one_code(numbered: Numbered) -> Iterator[Problem]:
    """A state has one code of a scheme on a day."""
    yield from _apart(numbered, "scheme", "state")


def _apart(numbered: Numbered, *fields: str) -> Iterator[Problem]:
    """The uses that agree in some fields share no day."""
    same = itemgetter(*map(Use._fields.index, fields))
    in_turn = sorted(numbered, key=lambda one: (*same(one[1]), one[1].first_day))
    for _, group in groupby(in_turn, key=lambda one: tuple(same(one[1]))):
        for (line, one), (number, two) in pairwise(group):
            if one.last_day is None or one.last_day >= two.first_day:
                yield Problem(f"line {number}", f"shares days with line {line}")


def _letters_beside_numbers(numbered: Numbered) -> Iterator[Problem]:
    """A list has letters for a state on the days on which it has a number, and on no others."""
    days = {(use.scheme, use.state, use.first_day, use.last_day) for _, use in numbered}
    beside = NUMBERS | {letters: number for number, letters in NUMBERS.items()}
    for number, use in numbered:
        other = beside[use.scheme]
        if (other, use.state, use.first_day, use.last_day) not in days:
            yield Problem(f"line {number}", f"there is no {other} on the same days")


_RULES: tuple[Callable[[Numbered], Iterator[Problem]], ...] = (
    _in_order,
    _one_meaning,
    _one_code,
    _letters_beside_numbers,
)
"""The rules about days."""
