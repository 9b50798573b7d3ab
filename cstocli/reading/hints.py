"""What the numbers and letters of a column can be, where nobody said whose codes they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cstocli.reading.countries import country
from cstocli.reading.former import former
from cstocli.reading.schemes import NUMBERS, Scheme, meanings

OPTION = "--state-code {}"
"""How a scheme is said on the command line."""
MISSING = "--missing={}"
"""How a text that stands for what is missing is said, where cells may be missing."""
_PROJECTS = {"iso3n": "ISO", "cown": "COW", "gwn": "Gleditsch-Ward"}
"""Whose the numbers of each scheme are."""
_MARK = re.compile(r"-[0-9]{1,6}|9{3,6}|8{3,6}")
"""Numbers that files of the field have where nothing is known."""
_SHOWN = 5
"""How many codes a sentence names at most."""


def is_number(text: str) -> bool:
    """Whether a cell holds a number, which no name or letters can be."""
    return bool(re.fullmatch(r"[+-]?[0-9]+(\.[0-9]*)?", text.strip()))


def fits(texts: Iterable[str]) -> dict[str, bool]:
    """Of which schemes all the numbers among some texts are codes."""
    numbers = _numbers(texts)
    return {scheme: all(map(Scheme(scheme).__contains__, numbers)) for scheme in NUMBERS}


def numbers_refused(texts: Iterable[str], option: str = OPTION, missing: str = "") -> str:
    """Why numbers are not read where no scheme was said, and which of those that fit all of them
    may be meant. `option` is how a scheme is said, `missing` how a text that
    marks what is missing, where some may.
    """
    numbers = _numbers(texts)
    marks = [number for number in numbers if _MARK.fullmatch(number) and not meanings(number)]
    if marks and missing:
        numbers = [number for number in numbers if number not in marks]
        options = " ".join(missing.format(mark) for mark in marks)
        said = f"{_few(marks)} can mark what is missing; if so, say so: {options}"
        return f"{said}; {numbers_refused(numbers, option)}" if numbers else said
    fitting = [scheme for scheme, fit in fits(numbers).items() if fit]
    if not fitting:
        return _none_fits(numbers)
    told = next((one for one in numbers if "," in meanings(one, fitting)), numbers[0])
    projects = " or ".join(_PROJECTS[scheme] for scheme in fitting)
    options = " or ".join(option.format(scheme) for scheme in fitting)
    say = "say which" if len(fitting) > 1 else "say so"
    return f"the numbers can be {projects}: {told} is {meanings(told, fitting)}; {say}: {options}"


def _none_fits(numbers: Sequence[str]) -> str:
    """What to say about numbers that no scheme fits as they stand."""
    misfits = [one for one in numbers if not meanings(one, NUMBERS)] or numbers
    few = ", ".join(
        f"{one:.20}" for one in (misfits if len(numbers) > _SHOWN else numbers)[:_SHOWN]
    )
    return (
        f"none of the schemes {', '.join(NUMBERS)} fits all the numbers seen ({few}): V-Dem, the "
        "IMF, the FAO and Polity have numbers of their own; V-Dem's files carry those of COW "
        "beside theirs, in the column COWcode"
    )


def letters_of_cow(texts: Iterable[str]) -> list[str]:
    """The texts that are letters of the Correlates of War project, or of Gleditsch and Ward, and
    neither those of ISO 3166-1 nor a name of the same state, as UAE is.
    """
    return [text for text in dict.fromkeys(texts) if _is_of_cow(text)]


def letters_hint(texts: Iterable[str], option: str = OPTION) -> str | None:
    """What to say where some letters are of COW alone, so that others may be too; None where all
    can be ISO's.
    """
    letters = letters_of_cow(texts)
    if not letters:
        return None
    fitting = [each for each in ("cowc", "gwc") if all(map(Scheme(each).__contains__, letters))]
    of = "Gleditsch-Ward" if fitting == ["gwc"] else "COW"
    verb = "is" if len(letters) == 1 else "are"
    scheme = option.format((fitting or ["cowc"])[0])
    return f"{_few(letters)} {verb} letters of {of} alone; say {scheme} if all are."


def _numbers(texts: Iterable[str]) -> list[str]:
    """The numbers among some texts, each once."""
    return [text for text in dict.fromkeys(map(str.strip, texts)) if is_number(text)]


def _is_of_cow(text: str) -> bool:
    """Whether a text is letters of COW or of Gleditsch-Ward, and nothing else."""
    schemes = [one for one in map(Scheme, ("cowc", "gwc")) if text in one]
    if not schemes or text in Scheme("iso3c") or former(text):
        return False
    named = country(text)
    states = {one.state.code for scheme in schemes for one in scheme.readings(text)}
    return named is None or named.code not in states


def _few(texts: Sequence[str]) -> str:
    """The first few of some texts, and how many more there are."""
    more = len(texts) - _SHOWN
    shown = [*texts[:_SHOWN], *([f"{more} more"] if more > 0 else [])]
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
