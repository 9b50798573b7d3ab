"""From what was typed to one state, or a refusal with suggestions.

A form (a name, alias, adjective or code) is compared folded: without case, accents,
apostrophes, punctuation and a leading "the". What is no form of a state of the dataset may
be another country; only what is neither may be a slip of the keyboard, and only for a country:
who types Joan Smith where a file has John Smith may well mean her.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from cstocli.core.model import Country, Former, Named, State
from cstocli.errors import Refused
from cstocli.escape import quoted, shown
from cstocli.reading.countries import country, listed, nearly, whole
from cstocli.reading.folding import LONGEST, fold, looked_up

if TYPE_CHECKING:
    from cstocli.reading.likeness import Likely, Slips

_FEW = 12
"""How many states a refusal names at most."""


def forms(state: State) -> Iterator[str]:
    """Every name, alias, adjective and code of a state, as published."""
    yield from (state.name, state.official, state.russian, state.native)
    yield from state.aliases
    yield from state.adjectives
    yield from filter(None, (state.code, state.alpha_2, state.numeric, state.cow))


def is_country(state: State) -> bool:
    """Whether a state is a country, and not a name of its own that a file has."""
    known = listed().get(state.code.lower())
    return known is not None and known.code == state.code != state.name


def former_state(text: str) -> Named | None:
    """The former state that a text names; looked for where it names no country of today."""
    from cstocli.reading.former import former

    return former(text)


def _no_former(text: str) -> Named | None:
    """Nothing: what a text means where no state of the past is known."""


class Understood(NamedTuple):
    """What a text was taken for."""

    state: Named
    mended: bool
    """Whether there was a slip of the keyboard in it."""


class Names:
    """The names and codes of the states of a dataset.

    `former` says which state of the past a text names that names none of the present.
    """

    def __init__(
        self, states: Mapping[str, State], former: Callable[[str], Named | None] = _no_former
    ) -> None:
        self._states = states
        self._former = former

    def resolve(self, text: str | Named) -> Named:
        """The state of the dataset, or else the other country, that a text names.

        Raises Refused, with suggestions, when it names none, or more than one.
        """
        return self.understood(text).state

    def understood(self, text: str | Named) -> Understood:
        """The state that a text names, and whether a slip was mended; raises Refused alike."""
        if isinstance(text, (State, Country, Former)):
            return Understood(text, mended=False)
        if not isinstance(text, str):
            raise Refused(f"{shown(text)} is no text: a state is named by its name or its code")
        text = normalize("NFC", text)
        if len(text) > LONGEST:
            raise Refused(f"{quoted(text)} is too long for the name of a country")
        typed = looked_up(text)
        named = self._named(text, typed)
        if named:
            return Understood(named, mended=False)
        near = nearly(typed, self._countries)
        if len(near) == 1 and near <= self._states.keys() and not self._others.meant(typed):
            return Understood(self._states[near.pop()], mended=True)
        raise Refused(self._no_such_country(text, typed, near))

    def own(self, text: str) -> State:
        """The state of the dataset that goes by this text; raises Refused where none does."""
        code = text.strip() if text.strip() in self._states else self._meanings.get(looked_up(text))
        if not code:
            raise Refused(f"the dataset has no state {quoted(text)}")
        return self._states[code]

    def _named(self, text: str, typed: str) -> Named | None:
        """The state that a text names without a slip."""
        exact = self._states.get(text.strip())
        if exact:
            return exact
        meaning = self._meanings.get(typed)
        if meaning == "":
            raise Refused(f"{quoted(text)} can mean several states: type it as the dataset has it")
        if meaning:
            return self._states[meaning]
        other = country(text)
        return self._states.get(other.code, other) if other else self._former(text)

    @cached_property
    def _meanings(self) -> dict[str, str]:
        """The code of the state that each folded form means; empty where it means several."""
        meanings: dict[str, str] = {}
        for state in self._states.values():
            for form in map(looked_up, dict.fromkeys(forms(state))):
                if meanings.setdefault(form, state.code) != state.code:
                    meanings[form] = ""
        meanings.pop("", None)
        return meanings

    @cached_property
    def _countries(self) -> Slips:
        """The forms of the states that are countries."""
        return self._slips(countries=True)

    @cached_property
    def _others(self) -> Slips:
        """The forms of the states that are none, towards which no slip is mended."""
        return self._slips(countries=False)

    def _slips(self, *, countries: bool) -> Slips:
        from cstocli.reading.likeness import Slips

        codes = {code for code, state in self._states.items() if is_country(state) is countries}
        return Slips({form: code for form, code in self._meanings.items() if code in codes})

    @cached_property
    def _likely(self) -> Likely:
        """The names that a refusal may suggest."""
        from cstocli.reading.likeness import Likely

        called: list[Named] = [*listed().values(), *self._states.values()]
        return Likely({fold(one.name): one.name for one in called})

    def _no_such_country(self, text: str, typed: str, near: set[str]) -> str:
        """What to say about a text that names no country, or may mean several."""
        known = [listed()[code.lower()] for code in near] or filter(None, [whole(typed)])
        close = sorted(self._states.get(one.code, one).name for one in known)
        close = close or self._likely.like(typed)
        said = f"there is no country called {quoted(text)}"
        if close:
            return f"{said}; did you mean {' or '.join(close)}?"
        if len(self._states) > _FEW:
            return f"{said}; 'csto states' lists those there are"
        all_states = ", ".join(state.name for state in self._states.values())
        return f"{said}; the states of this dataset are {all_states}"
