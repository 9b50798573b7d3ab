"""From what was typed to one state, or a refusal with suggestions.

A form (a name, alias, adjective or code) is compared folded: without case, accents,
apostrophes, punctuation and a leading "the". What is no form of a state of the dataset may
be another country; only what is neither may be a slip of the keyboard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from cstocli.core.model import Country, Named, State
from cstocli.errors import Refused
from cstocli.escape import quoted, shown
from cstocli.reading.countries import country, listed
from cstocli.reading.folding import LONGEST, fold, looked_up

_MANY = 1000
"""Of how many states none is suggested, because the search would take too long."""
_FEW = 12
"""How many states a refusal names at most."""
_ONE_SLIP, _TWO_SLIPS = 6, 10
"""How long a form must be for one slip, and for two in one word, to leave no doubt."""


def forms(state: State) -> Iterator[str]:
    """Every name, alias, adjective and code of a state, as published."""
    yield from (state.name, state.official, state.russian, state.native)
    yield from state.aliases
    yield from state.adjectives
    yield from filter(None, (state.code, state.alpha_2, state.numeric, state.cow))


class Names:
    """The names and codes of the states of a dataset."""

    def __init__(self, states: Mapping[str, State]) -> None:
        self._states = states

    def resolve(self, text: str | Named) -> Named:
        """The state of the dataset, or else the other country, that a text names.

        Raises Refused, with suggestions, when it names none, or more than one.
        """
        if isinstance(text, (State, Country)):
            return text
        if not isinstance(text, str):
            raise Refused(f"{shown(text)} is no text: a state is named by its name or its code")
        if len(text) > LONGEST:
            raise Refused(f"{quoted(text)} is too long for the name of a country")
        if text.strip() in self._states:
            return self._states[text.strip()]
        typed = looked_up(text)
        meaning = self._meanings.get(typed)
        if meaning == "":
            raise Refused(f"{quoted(text)} can mean several states: type it as the dataset has it")
        if meaning:
            return self._states[meaning]
        other = country(text)
        if other:
            return self._states.get(other.code, other)
        slips = {code for form, code in self._meanings.items() if code and _is_slip(typed, form)}
        if len(slips) == 1:
            return self._states[slips.pop()]
        raise Refused(self._no_such_country(text, typed, slips))

    @cached_property
    def _meanings(self) -> dict[str, str]:
        """The code of the state that each folded form means; empty where it means several."""
        meanings: dict[str, str] = {}
        for state in self._states.values():
            for form in map(looked_up, forms(state)):
                if meanings.setdefault(form, state.code) != state.code:
                    meanings[form] = ""
        meanings.pop("", None)
        return meanings

    @cached_property
    def _suggested(self) -> dict[str, str]:
        """The names that a refusal may suggest, by their folded forms."""
        few = self._states if len(self._states) <= _MANY else {}
        names = {fold(state.name): state.name for state in few.values()}
        return names | {fold(other.name): other.name for other in listed().values()}

    def _no_such_country(self, text: str, typed: str, slips: set[str]) -> str:
        """What to say about a text that names no country, or may mean several."""
        from difflib import get_close_matches

        names = self._suggested
        words = [typed, *(word for word in typed.split() if len(word) >= _ONE_SLIP)]
        found = [form for word in words for form in get_close_matches(word, names, cutoff=0.8)]
        close = list(dict.fromkeys(names[form] for form in found))[:3]
        if slips:
            close = sorted(self._states[code].name for code in slips)
        said = f"there is no country called {quoted(text)}"
        if close:
            return f"{said}; did you mean {' or '.join(close)}?"
        if len(self._states) > _FEW:
            return f"{said}; 'csto states' lists those there are"
        known = ", ".join(state.name for state in self._states.values())
        return f"{said}; the states of this dataset are {known}"


def _is_slip(typed: str, form: str) -> bool:
    """Whether a text differs from a form by a slip of the keyboard or two.

    The first letter is never the slip, nor a digit of the form: Prussia is not Russia, and
    Team 2 is not Team 1.
    """
    if len(form) < _ONE_SLIP or typed[:1] != form[0] or any(map(str.isdigit, form)):
        return False
    two = min(len(typed), len(form)) >= _TWO_SLIPS and " " not in form
    return _distance(typed, form) <= (2 if two else 1)


def _distance(one: str, other: str) -> int:
    """How many letters were left out, added, replaced, or exchanged with their neighbour."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
