"""That the codes of states are those that the package countrycode has, but for what is explained.

    python proofs/codes.py

countrycode (GPL, `pip install countrycode`) has one code of each scheme for a state, and no days.
Compared with it is every code that csto reads, on whatever days. The differences are printed, by
their reasons. The exit status is 1 when one has no reason, or when a reason has no difference.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from cstocli.reading.codes import uses
from cstocli.reading.countries import coded, country
from cstocli.reading.former import former
from cstocli.reading.schemes import CODES, code_of

LISTED = ("cowc", "cown", "gwc", "gwn")
"""The schemes whose codes have days."""


class Code(NamedTuple):
    """A code that a state has in a scheme."""

    scheme: str
    state: str
    code: str


class Reason(NamedTuple):
    """Why one of the two has codes for some states in some schemes, and the other has not."""

    whose: str
    """The one that has them."""
    schemes: str
    states: str
    reason: str

    def explains(self, whose: str, code: Code) -> bool:
        """Whether a code that only one of the two has is one of these."""
        schemes, states = self.schemes.split(), self.states.split("; ")
        return self.whose == whose and code.scheme in schemes and code.state in states


REASONS = (
    Reason("csto", "gwc gwn", "AND; ATG; Abkhazia; DMA; FSM; GRD; KIR; KNA; LCA; LIE; MCO; MHL; "
           "NRU; PLW; SMR; STP; SYC; South Ossetia; TON; TUV; VCT; VUT; WSM",
           "is on Gleditsch and Ward's list of microstates, of which countrycode has none"),
    Reason("csto", "gwc gwn", "Annam; Gran Colombia; Hesse-Darmstadt; Hesse-Kassel; Tibet; "
           "Transvaal; United Provinces of Central America; Württemberg",
           "is a former state that countrycode has not, or not for Gleditsch and Ward"),
    Reason("csto", "cowc cown gwc gwn", "Korea (until 1910)",
           "is a former state that countrycode has not"),
    Reason("csto", "cowc cown", "DEU", "was 260 in COW up to 1990"),
    Reason("csto", "gwc gwn", "DEU", "was 255 in Gleditsch and Ward up to 1945"),
    Reason("csto", "cowc cown", "SRB", "has been 345 in COW since 2006"),
    Reason("csto", "gwc gwn", "YEM", "has been 678 in Gleditsch and Ward throughout"),
    Reason("countrycode", "gwc gwn", "North Yemen", "is not told from Yemen by the list"),
    Reason("csto", "gwc gwn", "VNM", "is 816, once North Vietnam; in countrycode 817"),
    Reason("csto", "gwc gwn", "South Vietnam", "was 817 up to 1975"),
    Reason("countrycode", "gwc gwn", "VNM", "was 817 in the South alone, and up to 1975"),
    Reason("csto", "cowc cown gwc gwn", "Papal States", "ended in 1860 or 1870"),
    Reason("countrycode", "cowc cown gwc gwn", "VAT", "is not on the lists: Papal States are"),
    Reason("csto", "iso2c iso3c", "XKX", "goes by codes in use that ISO has not assigned"),
    Reason("csto", "eurostat", "ALA; GLP; GUF; MTQ; REU",
           "has a code of ISO, and none in countrycode, as it is a part of a country"),
    Reason("countrycode", "eurostat", "Netherlands Antilles", "is in ISO 3166-1 no more"),
)  # fmt: skip


def ours() -> Iterator[Code]:
    """Every code that csto reads."""
    for use in uses():
        yield Code(use.scheme, use.state, use.code)
    for state in coded("alpha_3"):
        for scheme in CODES:
            code = None if scheme in LISTED else code_of(state, scheme)
            if code:
                yield Code(scheme, state, code)


def theirs() -> Iterator[Code]:
    """Every code that countrycode has."""
    table: dict[str, list[Any]] = importlib.import_module(
        "countrycode.countrycode"
    ).prepare_codelist()
    for index, name in enumerate(table["country.name.en"]):
        state = table["iso3c"][index] or named(name)
        for scheme in CODES:
            code = table[scheme][index]
            if code is not None:
                yield Code(scheme, state, f"{code:03}" if scheme == "iso3n" else str(code))


def named(name: str) -> str:
    """The state that countrycode calls so, where it has no code of ISO for it."""
    found = former(name)
    known = country(name)
    return found.name if found else known.code if known else name


def main() -> int:
    """Print the differences by their reasons; 1 where one of the two is without the other."""
    sides = {"csto": set(ours()), "countrycode": set(theirs())}
    same = set.intersection(*sides.values())
    left = {(whose, code) for whose, codes in sides.items() for code in codes - same}
    print(f"{len(same)} codes are the same, {len(left)} are only in csto or only in countrycode:")
    failed = False
    for reason in REASONS:
        found = sorted(one for one in left if reason.explains(*one))
        left -= set(found)
        failed |= not found
        codes = ", ".join(f"{code.state} {code.scheme} {code.code}" for _, code in found)
        print(f"only in {reason.whose}: {codes or 'NONE'}: {reason.reason}")
    for whose, code in sorted(left):
        print(f"only in {whose}: {code.state} {code.scheme} {code.code}: NOT EXPLAINED")
    return int(failed or bool(left))


if __name__ == "__main__":
    sys.exit(main())
