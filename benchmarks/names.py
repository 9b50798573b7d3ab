"""What a name costs that no country has, among few states and among many.

    python benchmarks/names.py [--names 40000]

Printed are the microseconds of CPU that each took, for invented names of one to three words: asked
of the bundled dataset, and of invented ones with as many states as it says.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator

from cstocli.core.model import State
from cstocli.errors import Refused
from cstocli.reading import document
from cstocli.reading.names import Names

SYLLABLES = [one + two for one in "bcdfgklmnprstvz" for two in "aeiou"]


def invented(seed: str) -> Iterator[str]:
    """Names that nobody has, without end."""
    chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
    while True:
        words = chance.choices((1, 2, 3))[0]
        yield " ".join("".join(chance.choices(SYLLABLES, k=4)).title() for _ in range(words))


def cost(names: Names, texts: list[str]) -> float:
    """The microseconds that each text took."""
    start = time.process_time()
    for text in texts:
        try:
            names.resolve(text)
        except Refused:
            continue
    return (time.process_time() - start) / len(texts) * 1e6


def main() -> None:
    """Print what names cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=40_000)
    count = parser.parse_args().names
    source = invented("asked")
    texts = [next(source) for _ in range(count)]
    print(f"the nine states: {cost(Names(document.load().states), texts):.0f}")
    for many in (300, 1_900, 2_900, 20_000):
        source = invented("states")
        called = [next(source) for _ in range(many)]
        states = {
            one: State(one, None, None, None, None, one, one, one, one, (), ()) for one in called
        }
        print(f"{many} states: {cost(Names(states), texts):.0f}")


if __name__ == "__main__":
    main()
