"""What the tests know of the states, written by hand and not read from the dataset.

The functions say what follows from it, day by day in the plainest way; none uses the engine.
"""

from __future__ import annotations

import datetime as dt
import functools
from itertools import groupby
from typing import NamedTuple

NAMES = {
    "ARM": "Armenia",
    "AZE": "Azerbaijan",
    "BLR": "Belarus",
    "GEO": "Georgia",
    "KAZ": "Kazakhstan",
    "KGZ": "Kyrgyzstan",
    "RUS": "Russia",
    "TJK": "Tajikistan",
    "UZB": "Uzbekistan",
}
BASES = {
    "joined": {"signatory", "party", "member"},
    "in-force": {"party", "member"},
    "charter": {"member"},
}
SIX = "ARM BLR KAZ KGZ RUS TJK"
FIRST_SIX = "ARM KAZ KGZ RUS TJK UZB"
SEVEN = f"{SIX} UZB"
NINE = " ".join(NAMES)
ON_AND_ON = "9999-12-31"
TODAY = dt.date(2026, 11, 22)
"""As every test has it."""
END = dt.date(2028, 12, 31)
"""No test asks about a later day."""

TREATY, FORCE, CHARTER = "1992-05-15", "1994-04-20", "2003-09-18"
SPELLS: list[tuple[str, str, str, str, int | None, str, str | None, bool]] = [
    (FIRST_SIX, "signatory", TREATY, "1994-04-19", 705, "signature", "next-status", False),
    ("AZE", "signatory", "1993-09-24", "1994-04-19", 208, "accession", "next-status", False),
    ("GEO", "signatory", "1993-12-09", "1994-04-19", 132, "accession", "next-status", False),
    ("BLR", "signatory", "1993-12-31", "1994-04-19", 110, "accession", "next-status", False),
    (SIX, "party", FORCE, "2003-09-17", 3438, "entry-into-force", "next-status", False),
    ("AZE", "party", FORCE, "1999-04-20", 1827, "entry-into-force", "not-prolonged", True),
    ("GEO UZB", "party", FORCE, "1999-04-20", 1827, "entry-into-force", "not-prolonged", False),
    (SIX, "member", CHARTER, ON_AND_ON, None, "entry-into-force", None, False),
    ("UZB", "member", "2006-06-23", "2012-12-18", 2371, "decision", "suspended", True),
    ("UZB", "suspended", "2012-12-19", ON_AND_ON, None, "decision", None, False),
]
"""Who held which status from which day to which, both included; how many days; how it began and
ended; whether a rival would change an answer about one of the days."""
WITHOUT = [
    (FIRST_SIX, "not-yet", "0001-01-01", "1992-05-14"),
    ("AZE", "not-yet", "0001-01-01", "1993-09-23"),
    ("GEO", "not-yet", "0001-01-01", "1993-12-08"),
    ("BLR", "not-yet", "0001-01-01", "1993-12-30"),
    ("AZE GEO", "former", "1999-04-21", ON_AND_ON),
    ("UZB", "outside", "1999-04-21", "2006-06-22"),
]
"""What the states are called on all other days."""
STATUSES = [*(told[:4] for told in SPELLS), *WITHOUT]
RIVALS = [
    ("AZE", "signatory", FORCE, "1999-04-20", "in-force"),
    ("UZB", "none", "2006-06-23", "2006-08-15", "joined in-force charter"),
    ("UZB", "signatory", "2006-08-16", "2008-03-27", "in-force charter"),
    ("UZB", "suspended", "2012-06-28", "2012-12-18", "joined in-force charter"),
    ("UZB", "none", "2012-12-19", ON_AND_ON, ""),
]
"""Which other status a source gives, and the bases under which it changes an answer."""


@functools.cache
def status(code: str, day: dt.date) -> str:
    """The one status of a state on a day."""
    held = [
        status
        for states, status, first, last in STATUSES
        if code in states.split() and first <= str(day) <= last
    ]
    (found,) = held
    return found


def counted(code: str, basis: str, day: dt.date) -> bool:
    return status(code, day) in BASES[basis]


@functools.cache
def rivals(code: str, day: dt.date) -> list[str]:
    """The statuses that rivals give a state on a day."""
    return [s for state, s, a, b, _ in RIVALS if state == code and a <= str(day) <= b]


def disputed(code: str, basis: str, day: dt.date) -> bool:
    """Whether a rival would change the answer on a day."""
    return any((rival in BASES[basis]) != counted(code, basis, day) for rival in rivals(code, day))


def days_between(first: dt.date, last: dt.date) -> list[dt.date]:
    return [dt.date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]


def unbroken(days: list[dt.date]) -> list[tuple[dt.date, dt.date]]:
    """The first and the last day of each stretch of days that follow each other."""
    runs = [
        [day for _, day in run]
        for _, run in groupby(enumerate(days), lambda one: one[1].toordinal() - one[0])
    ]
    return [(run[0], run[-1]) for run in runs]


class Expected(NamedTuple):
    """What a row must say about a state."""

    state: str
    answer: str
    status: str
    first_day: object
    last_day: object
    part: str | None
    disputed: bool


@functools.cache
def runs(code: str, basis: str) -> list[tuple[dt.date, dt.date]]:
    """The runs of counted days."""
    days = days_between(dt.date(1990, 1, 1), END)
    return unbroken([day for day in days if counted(code, basis, day)])


def expected(code: str, basis: str, first: dt.date, last: dt.date) -> Expected:
    """The answer about some days, each judged by itself."""
    days = days_between(first, last)
    hits = [day for day in days if counted(code, basis, day)]
    doubt = any(disputed(code, basis, day) for day in days)
    if not hits:
        return Expected(code, "no", status(code, last), None, None, None, doubt)
    ((begun, ended),) = [run for run in runs(code, basis) if run[0] <= hits[-1] <= run[1]]
    part = "all" if hits == days else " ".join(f"{a}/{b}" for a, b in unbroken(hits))
    return Expected(
        code,
        "yes" if hits == days else "partly",
        status(code, hits[-1]),
        begun,
        None if ended == END else ended,
        part,
        doubt,
    )


# Sentences that more than one answer has

JOINED = "Basis joined: signed, acceded or admitted, in force or not."
CHARTER = "Basis charter: the Charter in force for the state, or admitted by the Council."
CHECKED = "Checked up to 2026-02-26; later days are answered as of then."
TREATY_SIGNED = "The Treaty was signed on 1992-05-15 and came into force on 1994-04-20"
PACT = "The Charter was signed on 2002-10-07 and came into force on 2003-09-18"
SINCE_AUGUST = (
    "not before 2006-08-16 according to Asia-Plus, Obozrevatel (UNIAN), RBC and Wikipedia"
)
SENATE = (
    "Uzbekistan is counted either way; disputed is as what: signatory only until 2008-03-27 "
    'according to RIA Novosti ("2008-03-28").'
)
LEFT_AGAIN = (
    'Uzbekistan is not counted either way; disputed is as what: "left again in 2012" according to '
    "Central Intelligence Agency."
)
NOT_A_MEMBER = (
    'Uzbekistan is not counted either way; disputed is as what: "not a member since 2012" '
    "according to Kun.uz."
)
FROZEN = (
    "declares its participation frozen since 2024-02-22; no notice of withdrawal found, "
    "membership unbroken"
)
IMPRECISE = (
    "A bound known only to the month or the year decides no day inside it; a period is judged by "
    "the days that are certain."
)
