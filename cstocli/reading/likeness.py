"""How like two names are: one a slip of the keyboard away from another, or alike in most of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

_ONE_SLIP, _TWO_SLIPS = 6, 10
"""How long a form must be for one slip, and for two in one word, to leave no doubt."""
_ALIKE = 0.5
"""The part of the runs of three letters that two names must share to be alike."""
_NEXT = 0.8
"""How much of the likeness of the first name suggested the others must have."""
_COMMON = 50
"""In how many names a run of letters may stand before it tells nothing, and costs time."""
_SUGGESTED = 3
"""How many names are suggested at most."""


class Slips:
    """Forms, each meaning something, that a text with a slip of the keyboard may stand for.

    The first letter is never the slip, nor a digit of the form: Prussia is not Russia, and Team 2
    is not Team 1. So a form that is one slip away shares the first two letters or the last three,
    and few are compared.
    """

    def __init__(self, forms: Mapping[str, str]) -> None:
        self._forms = forms
        self._one: dict[tuple[int, str], list[str]] = {}
        self._two: dict[tuple[int, str], list[str]] = {}
        for form in forms:
            if len(form) < _ONE_SLIP or any(map(str.isdigit, form)):
                continue
            for end in (form[:2], form[-3:]):
                self._one.setdefault((len(form), end), []).append(form)
            if len(form) >= _TWO_SLIPS and " " not in form:
                self._two.setdefault((len(form), form[0]), []).append(form)

    def meant(self, typed: str) -> set[str]:
        """What a folded text may mean, if a slip was made, or two in a long word."""
        return {self._forms[form] for form in self._near(typed)}

    def _near(self, typed: str) -> Iterator[str]:
        size = len(typed)
        for length in (size - 1, size, size + 1):
            for end in (typed[:2], typed[-3:]):
                for form in self._one.get((length, end), ()):
                    if form[0] == typed[0] and within(1, typed, form):
                        yield form
        if size >= _TWO_SLIPS:
            for length in range(size - 2, size + 3):
                for form in self._two.get((length, typed[0]), ()):
                    if within(2, typed, form):
                        yield form


def within(slips: int, one: str, other: str) -> bool:
    """Whether a text becomes another by so many letters left out, added, replaced, or exchanged
    with their neighbour, at most.

    >>> within(1, "goergia", "georgia"), within(1, "gorgja", "georgia")
    (True, False)
    """
    if one == other:
        return True
    if not slips or abs(len(one) - len(other)) > slips:
        return False
    place = 0
    for letter, wanted in zip(one, other, strict=False):
        if letter != wanted:
            break
        place += 1
    one, other, left = one[place:], other[place:], slips - 1
    return (
        within(left, one[1:], other[1:])
        or within(left, one, other[1:])
        or within(left, one[1:], other)
        or (one[:2] == other[1::-1] and within(left, one[2:], other[2:]))
    )


class Likely:
    """Names, by their folded forms, of which those that are most like a text can be suggested."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = list(names.values())
        self._sizes: list[int] = []
        self._places: dict[str, list[int]] = {}
        for place, form in enumerate(names):
            runs = _runs(form)
            self._sizes.append(len(runs))
            for run in runs:
                self._places.setdefault(run, []).append(place)
        common = [run for run, places in self._places.items() if len(places) > _COMMON]
        for run in common:
            del self._places[run]

    def like(self, typed: str) -> list[str]:
        """The names that are most like a folded text, or else its longer words: three at most."""
        words = [word for word in typed.split(" ") if len(word) >= _ONE_SLIP and word != typed]
        found = self._like(typed) or [name for word in words for name in self._like(word)]
        return list(dict.fromkeys(found))[:_SUGGESTED]

    def _like(self, text: str) -> list[str]:
        runs = _runs(text)
        shared = Counter(chain.from_iterable([self._places.get(run, ()) for run in runs]))
        least = _ALIKE * len(runs) / 2
        alike = []
        for place, count in shared.items():
            if count > least:
                part = 2 * count / (len(runs) + self._sizes[place])
                if part >= _ALIKE:
                    alike.append((-part, place))
        alike.sort()
        return [self._names[place] for part, place in alike if part <= _NEXT * alike[0][0]]


def _runs(text: str) -> set[str]:
    """The runs of three letters in a text, its beginning and its end told apart."""
    marked = f"^{text}$"
    return {marked[place : place + 3] for place in range(len(text))}
