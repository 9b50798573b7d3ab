"""That nothing typed as a date, a format of dates or a name raises anything but a refusal.

    python proofs/fuzz.py [--strings 1000000] [--seed 1]

Half of the strings are made from what can be read, by cutting, doubling, exchanging and
inserting characters; half are random. A third of each is given to the parser of dates, to that
of formats, and to the resolver of names. Printed are how many were understood and refused, and the
longest time that one took; the exit status is 1 when anything else was raised, or one took
longer than a tenth of a second.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

from cstocli import Refused, load
from cstocli.reading import dateformat, dates
from cstocli.reading.names import Names, forms

DATES = (
    "2007-01-01|20070101|2007/01/01|2007-01|2007|15 May 1992|1st May 1992|May 15, 1992|15 мая 1992|"
    "май 1992 г.|today|yesterday|3 years ago|a month ago|01/02/2007|1.5.2004|Mon 2007-01-01|"
    "2007-01-01T10:00Z|2006-06-01/2006-08-01|-2007|9999-12-31|0001-01-01|9999 years ago|2006.0|"
    "2006-07-15 00:00:00.000+03:00|Jul 15 2006 12:00AM|2006-Q1|1 кв. 2006 г.|2006m6|23jun2006|"
    "15-Jul-2006|2006 Jul 15|12/2012|19. 12. 2012|12/31/2012|1999-04-20..1999-04-21|2006/07|Jan-06|"
    "from 2006 to 2007|1999–2004|last quarter|2006.54|200607|20063112|%d.%m.%Y|%a %d %b %Y|%Y%j|"
    "%F %T|%I:%M:%S.%f %p|dd.mm.yyyy"
)
TODAY = dt.date(2026, 11, 22)
SLOW = 0.1
"""The seconds that one string may take."""


def strings(count: int, seed: str, readable: list[str]) -> Iterator[str]:
    """Strings near to what can be read, and strings near to nothing."""
    chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
    for number in range(count):
        if number % 2:
            yield "".join(_character(chance) for _ in range(chance.randrange(60)))
            continue
        text = list(chance.choice(readable))
        for _ in range(chance.randrange(4)):
            place = chance.randrange(len(text) + 1)
            text[place : place + chance.randrange(3)] = _character(chance) * chance.randrange(3)
        yield "".join(text) * chance.choice((1, 1, 1, 2, 1000))


def _character(chance: random.Random) -> str:
    """A character from anywhere, most often from where people type."""
    top = chance.choice((0x7F, 0x7F, 0x7F, 0x600, 0x3000, 0x110000))
    return chr(chance.randrange(top))


def tried(read: Callable[[str], object], text: str) -> tuple[str, float]:
    """What became of a string, and the seconds that it took."""
    start = time.process_time()
    try:
        read(text)
        outcome = "understood"
    except Refused:
        outcome = "refused"
    except Exception as error:  # noqa: BLE001  # what must not happen is what is looked for
        outcome = f"{type(error).__name__} at {text!r}"
    return outcome, time.process_time() - start


def main() -> int:
    """Try every string; 1 if one broke its promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strings", type=int, default=1_000_000, help="how many [1000000]")
    parser.add_argument("--seed", type=int, default=1, help="the same strings for the same [1]")
    asked = parser.parse_args()
    states = load().records.states
    names = [form for state in states.values() for form in forms(state)]
    readers: dict[str, tuple[Callable[[str], object], list[str]]] = {
        "dates": (lambda text: dates.parse(text, TODAY), DATES.split("|")),
        "formats": (
            lambda text: dateformat.with_format("15.07.2006", text),
            DATES.split("|"),
        ),
        "names": (Names(states).resolve, names),
    }
    broken = False
    for name, (read, readable) in readers.items():
        tried(read, "nowhere")  # loads the other countries
        outcomes: Counter[str] = Counter()
        longest = 0.0
        for text in strings(asked.strings // len(readers), f"{asked.seed} {name}", readable):
            outcome, seconds = tried(read, text)
            outcomes[outcome] += 1
            longest = max(longest, seconds)
        said = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items())
        print(f"{name}: {said}; the longest took {longest * 1000:.1f} ms")
        broken |= longest > SLOW or bool(outcomes.keys() - {"understood", "refused"})
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
