"""The rulings and disputes of the evidence, transcribed by hand and asked day by day.

Nothing here reads the dataset file or uses the engine: the tables say what is expected.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import combinations, groupby
from typing import NamedTuple

import pytest
from facts import BASES, NAMES

from cstocli import compare, names, queries
from cstocli.dates import When
from cstocli.model import Records, Refused

FIRST, LAST = dt.date(1990, 1, 1), dt.date(2026, 11, 22)
DAYS = [FIRST + dt.timedelta(number) for number in range((LAST - FIRST).days + 1)]
TODAY = When(LAST, LAST, "today")

CODES = {
    "AM": "ARM",
    "AZ": "AZE",
    "BY": "BLR",
    "GE": "GEO",
    "KZ": "KAZ",
    "KG": "KGZ",
    "RU": "RUS",
    "TJ": "TJK",
    "UZ": "UZB",
}
ON_AND_ON = "2026-11-22"

RULINGS = [
    ("AM KZ KG RU TJ UZ", "not-yet", "1990-01-01", "1992-05-14"),
    ("AZ", "not-yet", "1990-01-01", "1993-09-23"),
    ("GE", "not-yet", "1990-01-01", "1993-12-08"),
    ("BY", "not-yet", "1990-01-01", "1993-12-30"),
    ("AM KZ KG RU TJ UZ", "signatory", "1992-05-15", "1994-04-19"),
    ("AZ", "signatory", "1993-09-24", "1994-04-19"),
    ("GE", "signatory", "1993-12-09", "1994-04-19"),
    ("BY", "signatory", "1993-12-31", "1994-04-19"),
    ("AM BY KZ KG RU TJ", "party", "1994-04-20", "2003-09-17"),
    ("AZ GE UZ", "party", "1994-04-20", "1999-04-20"),
    ("AZ GE", "former", "1999-04-21", ON_AND_ON),
    ("UZ", "outside", "1999-04-21", "2006-06-22"),
    ("AM BY KZ KG RU TJ", "member", "2003-09-18", ON_AND_ON),
    ("UZ", "member", "2006-06-23", "2012-12-18"),
    ("UZ", "suspended", "2012-12-19", ON_AND_ON),
]
"""Who held which status from which day to which, both included."""

RIVALS = [
    ("AZ", "signatory", "1994-04-20", "1999-04-20", "in-force"),
    ("UZ", "none", "2006-06-23", "2006-08-15", "joined in-force charter"),
    ("UZ", "signatory", "2006-08-16", "2008-03-27", "in-force charter"),
    ("UZ", "suspended", "2012-06-28", "2012-12-18", "joined in-force charter"),
    ("UZ", "none", "2012-12-19", ON_AND_ON, ""),
]
"""Which other status a source gives, and the bases under which it changes an answer."""


def number(day: str) -> int:
    return (dt.date.fromisoformat(day) - FIRST).days


def status_of_each_day(alpha_2: str) -> list[str]:
    statuses = [""] * len(DAYS)
    for states, status, first, last in RULINGS:
        if alpha_2 in states.split():
            for n in range(number(first), number(last) + 1):
                assert statuses[n] == "", f"{alpha_2} has two statuses on {DAYS[n]}"
                statuses[n] = status
    return statuses


def rivals_of_each_day(alpha_2: str) -> list[list[str]]:
    rivals: list[list[str]] = [[] for _ in DAYS]
    for state, status, first, last, _ in RIVALS:
        if state == alpha_2:
            for n in range(number(first), number(last) + 1):
                rivals[n].append(status)
    return rivals


def unbroken(counted: list[bool]) -> list[list[int]]:
    return [
        [n for n, _ in run] for yes, run in groupby(enumerate(counted), lambda day: day[1]) if yes
    ]


STATUS = {code: status_of_each_day(alpha_2) for alpha_2, code in CODES.items()}
RIVAL = {code: rivals_of_each_day(alpha_2) for alpha_2, code in CODES.items()}
COUNTED = {
    (code, basis): [status in counts for status in STATUS[code]]
    for code in NAMES
    for basis, counts in BASES.items()
}
DISPUTED = {
    (code, basis): [
        any((rival in counts) != counted for rival in rivals)
        for rivals, counted in zip(RIVAL[code], COUNTED[code, basis], strict=True)
    ]
    for code in NAMES
    for basis, counts in BASES.items()
}
RUN = {
    question: {n: (run[0], run[-1]) for run in unbroken(counted) for n in run}
    for question, counted in COUNTED.items()
}
"""The first and the last day of the run that a counted day lies in."""
TURNS = sorted(
    {
        DAYS[n]
        for _, _, first, last, *_ in [*RULINGS, *RIVALS]
        for day in (first, last)
        for n in range(max(0, number(day) - 1), min(len(DAYS), number(day) + 2))
    }
)
"""The first and last days of every stretch, and the days beside them."""


class Expected(NamedTuple):
    """What a row must say about a state."""

    state: str
    answer: str
    status: str
    first_day: dt.date | None
    last_day: dt.date | None
    part: str | None
    disputed: bool


def expected(code: str, basis: str, first: dt.date, last: dt.date) -> Expected:
    asked = range((first - FIRST).days, (min(last, LAST) - FIRST).days + 1)
    hits = [n for n in asked if COUNTED[code, basis][n]]
    disputed = any(DISPUTED[code, basis][n] for n in asked)
    if not hits:
        return Expected(code, "no", STATUS[code][asked[-1]], None, None, None, disputed)
    begin, end = RUN[code, basis][hits[-1]]
    everything = len(hits) == len(asked)
    return Expected(
        code,
        "yes" if everything else "partly",
        STATUS[code][hits[-1]],
        DAYS[begin],
        DAYS[end] if end + 1 < len(DAYS) else None,
        "all" if everything else part(hits),
        disputed,
    )


def part(hits: list[int]) -> str:
    stretches = unbroken([n in hits for n in range(hits[-1] + 1)])
    return " ".join(f"{DAYS[stretch[0]]}/{DAYS[stretch[-1]]}" for stretch in stretches)


def day(text: str) -> When:
    return When(dt.date.fromisoformat(text), dt.date.fromisoformat(text), text)


def month(year: int, number: int) -> When:
    after = dt.date(year + number // 12, number % 12 + 1, 1)
    return When(dt.date(year, number, 1), after - dt.timedelta(1), f"{year}-{number:02}")


def year_and_months(year: int) -> list[When]:
    """A year, then its months, those only that have begun."""
    periods = [When(dt.date(year, 1, 1), dt.date(year, 12, 31), str(year))]
    periods += [month(year, number) for number in range(1, 13)]
    return [period for period in periods if period.first_day <= LAST]


def members_say(
    records: Records, when: When, basis: str, *, throughout: bool = False
) -> list[Expected]:
    answer = queries.members(records, when, records.bases[basis], TODAY, throughout=throughout)
    return [
        Expected(
            row.state,
            "yes" if row.part == "all" else "partly",
            row.status,
            row.first_day,
            row.last_day,
            row.part,
            row.disputed,
        )
        for row in answer
    ]


def check_says(records: Records, code: str, when: When, basis: str) -> Expected:
    (row,) = queries.check(records, records.states[code], when, records.bases[basis], TODAY)
    return Expected(
        row.state, row.answer, row.status, row.first_day, row.last_day, row.part, row.disputed
    )


def notes_of_members(records: Records, when: str, basis: str = "joined") -> str:
    return " ".join(queries.members(records, day(when), records.bases[basis], TODAY).notes)


def reason_of_check(records: Records, state: str, when: When, basis: str) -> str:
    named = names.resolve(records, state)
    (row,) = queries.check(records, named, when, records.bases[basis], TODAY)
    return row.reason


def notes_of_check(records: Records, code: str, when: When, basis: str) -> str:
    answer = queries.check(records, records.states[code], when, records.bases[basis], TODAY)
    return " ".join(answer.notes)


@pytest.mark.parametrize("code", NAMES)
def test_the_tables_give_each_state_one_status_on_every_day(code: str) -> None:
    assert all(STATUS[code])


def test_the_dataset_has_the_nine_states_and_the_three_bases(records: Records) -> None:
    assert {code: state.name for code, state in records.states.items()} == NAMES
    assert {name: set(basis.counts) for name, basis in records.bases.items()} == BASES
    assert records.default_basis.basis == "joined"


# Every day


@pytest.mark.parametrize("code", NAMES)
def test_a_state_has_the_status_of_the_table_on_every_day(records: Records, code: str) -> None:
    assert [records.status_on(code, day) for day in DAYS] == STATUS[code]


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("code", NAMES)
def test_a_state_counts_on_every_day_as_its_status_says(
    records: Records, code: str, basis: str
) -> None:
    counts = records.bases[basis].counts
    counted = [records.counted(code, counts, (day, day)) for day in DAYS]
    assert counted == [
        [(day, day)] if yes else [] for day, yes in zip(DAYS, COUNTED[code, basis], strict=True)
    ]


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("code", NAMES)
def test_a_day_is_disputed_exactly_where_a_rival_would_change_the_answer(
    records: Records, code: str, basis: str
) -> None:
    counts = records.bases[basis].counts
    disputed = [bool(records.doubts(code, counts, (day, day))) for day in DAYS]
    assert disputed == DISPUTED[code, basis]


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize(("alpha_2", "first", "last", "bases"), [(r[0], *r[2:]) for r in RIVALS])
def test_a_rival_marks_its_days_under_the_bases_of_the_disputes_table(
    records: Records, alpha_2: str, first: str, last: str, bases: str, basis: str
) -> None:
    rows = [check_says(records, CODES[alpha_2], day(text), basis) for text in (first, last)]
    assert [row.disputed for row in rows] == [basis in bases.split()] * 2


# Days worth checking

SIX = "ARM BLR KAZ KGZ RUS TJK"
FIRST_SIX = "ARM KAZ KGZ RUS TJK UZB"
SEVEN = f"{SIX} UZB"
NINE = "ARM AZE BLR GEO KAZ KGZ RUS TJK UZB"
WORTH_CHECKING = [
    ("joined", "1992-05-14", "", "", ""),
    ("joined", "1992-05-15", FIRST_SIX, "signatory", ""),
    ("joined", "1993-12-31", NINE, "signatory", ""),
    ("joined", "1994-04-19", NINE, "signatory", ""),
    ("joined", "1994-04-20", NINE, "party", ""),
    ("joined", "1999-04-20", NINE, "party", ""),
    ("joined", "1999-04-21", SIX, "party", ""),
    ("joined", "2003-09-17", SIX, "party", ""),
    ("joined", "2003-09-18", SIX, "member", ""),
    ("joined", "2006-06-22", SIX, "member", ""),
    ("joined", "2006-06-23", SEVEN, "member", "UZB"),
    ("joined", "2006-08-15", SEVEN, "member", "UZB"),
    ("joined", "2006-08-16", SEVEN, "member", ""),
    ("joined", "2007-01-01", SEVEN, "member", ""),
    ("joined", "2012-06-27", SEVEN, "member", ""),
    ("joined", "2012-06-28", SEVEN, "member", "UZB"),
    ("joined", "2012-12-18", SEVEN, "member", "UZB"),
    ("joined", "2012-12-19", SIX, "member", ""),
    ("joined", "2024-02-22", SIX, "member", ""),
    ("in-force", "1994-04-19", "", "", ""),
    ("in-force", "1994-04-20", NINE, "party", "AZE"),
    ("in-force", "1999-04-20", NINE, "party", "AZE"),
    ("in-force", "1999-04-21", SIX, "party", ""),
    ("in-force", "2007-01-01", SEVEN, "member", "UZB"),
    ("in-force", "2008-03-27", SEVEN, "member", "UZB"),
    ("in-force", "2008-03-28", SEVEN, "member", ""),
    ("charter", "2003-09-17", "", "", ""),
    ("charter", "2003-09-18", SIX, "member", ""),
    ("charter", "2007-01-01", SEVEN, "member", "UZB"),
    ("charter", "2008-03-28", SEVEN, "member", ""),
]


@pytest.mark.parametrize(("basis", "when", "states", "status", "disputed"), WORTH_CHECKING)
def test_members_on_a_day_worth_checking(
    records: Records, basis: str, when: str, states: str, status: str, disputed: str
) -> None:
    rows = members_say(records, day(when), basis)
    assert " ".join(row.state for row in rows) == states
    assert {row.status for row in rows} == set(status.split())
    assert " ".join(row.state for row in rows if row.disputed) == disputed


@pytest.mark.parametrize("basis", BASES)
def test_members_and_check_agree_with_the_tables_around_every_change(
    records: Records, basis: str
) -> None:
    for turn in TURNS:
        when = When.day(turn)
        wanted = [expected(code, basis, turn, turn) for code in NAMES]
        assert [check_says(records, code, when, basis) for code in NAMES] == wanted
        assert members_say(records, when, basis) == [row for row in wanted if row.answer == "yes"]


# Months and years


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("year", range(1991, 2027))
def test_members_in_a_year_and_its_months_are_those_counted_on_any_day(
    records: Records, year: int, basis: str
) -> None:
    for when in year_and_months(year):
        wanted = [expected(code, basis, *when.days) for code in NAMES]
        rows = members_say(records, when, basis)
        assert rows == [row for row in wanted if row.answer != "no"], when.text


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("year", range(1991, 2027))
def test_members_throughout_a_year_and_its_months_are_those_counted_on_every_day(
    records: Records, year: int, basis: str
) -> None:
    for when in year_and_months(year):
        wanted = [expected(code, basis, *when.days) for code in NAMES]
        rows = members_say(records, when, basis, throughout=True)
        assert rows == [row for row in wanted if row.answer == "yes"], when.text


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("year", range(1991, 2027))
def test_check_of_a_year_and_its_months_is_yes_no_or_partly(
    records: Records, year: int, basis: str
) -> None:
    for when in year_and_months(year):
        wanted = [expected(code, basis, *when.days) for code in NAMES]
        assert [check_says(records, code, when, basis) for code in NAMES] == wanted, when.text


def test_uzbekistan_counted_in_two_stretches_of_a_period_has_both_in_its_part(
    records: Records,
) -> None:
    when = When(dt.date(1999, 1, 1), dt.date(2006, 12, 31), "1999/2006")
    row = check_says(records, "UZB", when, "joined")
    assert row.answer == "partly"
    assert row.part == "1999-01-01/1999-04-20 2006-06-23/2006-12-31"
    assert (row.first_day, row.last_day) == (dt.date(2006, 6, 23), dt.date(2012, 12, 18))


# Accessions and withdrawals

BACK = ("UZB", "2006-06-23", "decision", "2006-06-23", True)
ACCESSIONS = {
    "joined": [
        ("ARM", "1992-05-15", "signature", "1992-05-15", False),
        ("KAZ", "1992-05-15", "signature", "1992-05-15", False),
        ("KGZ", "1992-05-15", "signature", "1992-05-15", False),
        ("RUS", "1992-05-15", "signature", "1992-05-15", False),
        ("TJK", "1992-05-15", "signature", "1992-05-15", False),
        ("UZB", "1992-05-15", "signature", "1992-05-15", False),
        ("AZE", "1993-09-24", "accession", "1993-09-24", False),
        ("GEO", "1993-12-09", "accession", "1993-12-09", False),
        ("BLR", "1993-12-31", "accession", "1993-12-31", False),
        BACK,
    ],
    "in-force": [
        ("ARM", "1994-04-20", "entry-into-force", "1994-04-20", False),
        ("AZE", "1994-04-20", "entry-into-force", "1994-04-20", True),
        ("BLR", "1994-04-20", "entry-into-force", "1994-04-20", False),
        ("GEO", "1994-04-20", "entry-into-force", "1994-04-20", False),
        ("KAZ", "1994-04-20", "entry-into-force", "1994-04-20", False),
        ("KGZ", "1994-04-20", "entry-into-force", "1994-04-20", False),
        ("RUS", "1994-04-20", "entry-into-force", "1994-04-20", False),
        ("TJK", "1994-04-20", "entry-into-force", "1994-04-20", False),
        ("UZB", "1994-04-20", "entry-into-force", "1994-04-20", False),
        BACK,
    ],
    "charter": [
        ("ARM", "2003-09-18", "entry-into-force", "2003-09-18", False),
        ("BLR", "2003-09-18", "entry-into-force", "2003-09-18", False),
        ("KAZ", "2003-09-18", "entry-into-force", "2003-09-18", False),
        ("KGZ", "2003-09-18", "entry-into-force", "2003-09-18", False),
        ("RUS", "2003-09-18", "entry-into-force", "2003-09-18", False),
        ("TJK", "2003-09-18", "entry-into-force", "2003-09-18", False),
        BACK,
    ],
}
"""State, first counted day, kind and date of the act, disputed."""

SUSPENDED = ("UZB", "2012-12-18", "suspended", "2012-12-19", True)
WITHDRAWALS = {
    "joined": [
        ("AZE", "1999-04-20", "not-prolonged", "1999-04-20", False),
        ("GEO", "1999-04-20", "not-prolonged", "1999-04-20", False),
        ("UZB", "1999-04-20", "not-prolonged", "1999-04-20", False),
        SUSPENDED,
    ],
    "in-force": [
        ("AZE", "1999-04-20", "not-prolonged", "1999-04-20", True),
        ("GEO", "1999-04-20", "not-prolonged", "1999-04-20", False),
        ("UZB", "1999-04-20", "not-prolonged", "1999-04-20", False),
        SUSPENDED,
    ],
    "charter": [SUSPENDED],
}
"""State, last counted day, how it ended, date of the act, disputed."""

Change = tuple[str, str, str, str, bool]


def changes(records: Records, question: str, basis: str, when: When | None = None) -> list[Change]:
    ask = {"accessions": queries.accessions, "withdrawals": queries.withdrawals}[question]
    return [
        (row.state, str(row.day), row.kind, records.acts[row.act or ""].date, row.disputed)
        for row in ask(records, when, records.bases[basis], TODAY)
    ]


@pytest.mark.parametrize("basis", BASES)
def test_accessions_are_those_of_the_evidence_in_order_of_their_days(
    records: Records, basis: str
) -> None:
    assert changes(records, "accessions", basis) == ACCESSIONS[basis]


@pytest.mark.parametrize("basis", BASES)
def test_withdrawals_are_those_of_the_evidence_in_order_of_their_days(
    records: Records, basis: str
) -> None:
    assert changes(records, "withdrawals", basis) == WITHDRAWALS[basis]


@pytest.mark.parametrize(
    ("question", "first", "last", "states"),
    [
        ("accessions", "1993-09-24", "1993-12-30", ["AZE", "GEO"]),
        ("accessions", "1993-09-25", "1993-12-31", ["GEO", "BLR"]),
        ("accessions", "2000-01-01", "2006-06-22", []),
        ("withdrawals", "1999-04-20", "2012-12-18", ["AZE", "GEO", "UZB", "UZB"]),
        ("withdrawals", "1999-04-21", "2012-12-17", []),
        ("withdrawals", "2012-12-18", "2012-12-18", ["UZB"]),
        ("withdrawals", "2012-12-19", "2026-11-22", []),
    ],
)
def test_a_change_on_the_first_or_last_day_of_a_period_is_in_it(
    records: Records, question: str, first: str, last: str, states: list[str]
) -> None:
    when = When(dt.date.fromisoformat(first), dt.date.fromisoformat(last), "period")
    assert [change[0] for change in changes(records, question, "joined", when)] == states


@pytest.mark.parametrize(
    ("question", "basis", "words"),
    [
        ("withdrawals", "joined", "2012-06-28"),
        ("accessions", "joined", "2006-08-16"),
        ("accessions", "in-force", "never deposited"),
    ],
)
def test_a_disputed_change_has_a_note_that_names_its_rival(
    records: Records, question: str, basis: str, words: str
) -> None:
    ask = {"accessions": queries.accessions, "withdrawals": queries.withdrawals}[question]
    notes = ask(records, None, records.bases[basis], TODAY).notes
    assert [words in note and "according to" in note for note in notes].count(True) == 1


# History

SIGNATORY = ("signatory", "1992-05-15", "1994-04-19", 705, "signature", "next-status", False)
PARTY = ("party", "1994-04-20", "2003-09-17", 3438, "entry-into-force", "next-status", False)
PARTY_TO_1999 = (
    "party",
    "1994-04-20",
    "1999-04-20",
    1827,
    "entry-into-force",
    "not-prolonged",
    False,
)
MEMBER = ("member", "2003-09-18", "None", None, "entry-into-force", None, False)
HISTORY = {
    "ARM": [SIGNATORY, PARTY, MEMBER],
    "AZE": [
        ("signatory", "1993-09-24", "1994-04-19", 208, "accession", "next-status", False),
        (*PARTY_TO_1999[:-1], True),
    ],
    "BLR": [
        ("signatory", "1993-12-31", "1994-04-19", 110, "accession", "next-status", False),
        PARTY,
        MEMBER,
    ],
    "GEO": [
        ("signatory", "1993-12-09", "1994-04-19", 132, "accession", "next-status", False),
        PARTY_TO_1999,
    ],
    "KAZ": [SIGNATORY, PARTY, MEMBER],
    "KGZ": [SIGNATORY, PARTY, MEMBER],
    "RUS": [SIGNATORY, PARTY, MEMBER],
    "TJK": [SIGNATORY, PARTY, MEMBER],
    "UZB": [
        SIGNATORY,
        PARTY_TO_1999,
        ("member", "2006-06-23", "2012-12-18", 2371, "decision", "suspended", True),
        ("suspended", "2012-12-19", "None", None, "decision", None, True),
    ],
}


@pytest.mark.parametrize("code", NAMES)
def test_history_has_every_spell_with_its_days_and_whether_it_is_disputed(
    records: Records, code: str
) -> None:
    rows = [
        (
            row.status,
            str(row.first_day),
            str(row.last_day),
            row.days,
            row.began,
            row.ended,
            row.disputed,
        )
        for row in queries.history(records, [records.states[code]], TODAY)
    ]
    assert rows == HISTORY[code]


@pytest.mark.parametrize(
    ("state", "status"),
    [("ARM", "member"), ("AZE", "former"), ("UZB", "suspended"), ("France", "never")],
)
def test_history_notes_the_status_today(records: Records, state: str, status: str) -> None:
    answer = queries.history(records, [names.resolve(records, state)], TODAY)
    assert any("2026-11-22" in note and status in note for note in answer.notes)


def test_history_of_uzbekistan_shows_rivals_and_rejected_values(records: Records) -> None:
    notes = queries.history(records, [records.states["UZB"]], TODAY).notes
    verdicts = Counter(note.partition(":")[0] for note in notes)
    assert (verdicts["Rival"], verdicts["Rejected"]) == (4, 6)


def test_history_of_armenia_shows_the_declared_freeze(records: Records) -> None:
    notes = queries.history(records, [records.states["ARM"]], TODAY).notes
    assert any("2024-02-22" in note and "frozen" in note for note in notes)


def test_history_of_several_states_has_their_spells_in_the_order_asked(records: Records) -> None:
    states = [records.states[code] for code in ("UZB", "GEO")]
    rows = queries.history(records, states, TODAY)
    assert [row.state for row in rows] == ["UZB"] * 4 + ["GEO"] * 2


# Comparisons

COMPARED = [
    "1992-05-14",
    "1993-12-31",
    "1996-01-01",
    "2000-01-01",
    "2003-09-18",
    "2006-07-01",
    "2007-01-01",
    "2012-12-18",
    "2026-11-22",
]


def difference(code: str, basis: str, one: int, two: int) -> str:
    before, after = COUNTED[code, basis][one], COUNTED[code, basis][two]
    if before != after:
        return "joined" if after else "left"
    return "unchanged" if STATUS[code][one] == STATUS[code][two] else "status"


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize(("one", "two"), list(combinations(COMPARED, 2)))
def test_diff_says_what_became_of_each_state_between_two_days(
    records: Records, one: str, two: str, basis: str
) -> None:
    first, last = number(one), number(two)
    rows = compare.diff(records, day(one), day(two), records.bases[basis], TODAY)
    wanted = {code: difference(code, basis, first, last) for code in NAMES}
    changed = {code for code, change in wanted.items() if change != "unchanged"}
    assert {row.state: row.change for row in rows} == {row.state: wanted[row.state] for row in rows}
    assert changed <= {row.state for row in rows}
    for row in rows:
        assert (row.before, row.after) == (STATUS[row.state][first], STATUS[row.state][last])
        assert row.disputed is any(DISPUTED[row.state, basis][n] for n in (first, last))


def test_a_disputed_difference_has_a_note_that_names_its_rival(records: Records) -> None:
    days = day("2000-01-01"), day("2006-07-01")
    notes = compare.diff(records, *days, records.default_basis, TODAY).notes
    assert ["not before 2006-08-16 according to" in note for note in notes].count(True) == 1


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize(("one", "two"), list(combinations(NAMES, 2)))
def test_together_has_the_runs_of_days_on_which_both_are_counted(
    records: Records, one: str, two: str, basis: str
) -> None:
    states = [records.states[one], records.states[two]]
    rows = compare.together(records, states, records.bases[basis], TODAY)
    counted = zip(COUNTED[one, basis], COUNTED[two, basis], strict=True)
    runs = unbroken([both == (True, True) for both in counted])
    wanted = [(DAYS[run[0]], DAYS[run[-1]], len(run)) for run in runs]
    assert [
        (row.first_day, row.last_day or LAST, row.days or run)
        for row, (*_, run) in zip(rows, wanted, strict=True)
    ] == wanted
    assert [row.days is None for row in rows] == [last == LAST for _, last, _ in wanted]


@pytest.mark.parametrize(
    ("basis", "states", "runs"),
    [
        ("joined", "ARM AZE", [("1993-09-24", 2035, False)]),
        ("joined", "KAZ UZB", [("1992-05-15", 2532, False), ("2006-06-23", 2371, True)]),
        ("in-force", "ARM AZE", [("1994-04-20", 1827, True)]),
        ("charter", "ARM KAZ UZB", [("2006-06-23", 2371, True)]),
        ("joined", SIX, [("1993-12-31", None, False)]),
        ("charter", "GEO RUS", []),
    ],
)
def test_together_is_disputed_where_an_end_of_the_run_is(
    records: Records, basis: str, states: str, runs: list[tuple[str, int | None, bool]]
) -> None:
    named = [records.states[code] for code in states.split()]
    rows = compare.together(records, named, records.bases[basis], TODAY)
    assert [(str(row.first_day), row.days, row.disputed) for row in rows] == runs


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("by", ["year", "month"])
def test_series_counts_on_the_last_day_of_each_period(
    records: Records, by: str, basis: str
) -> None:
    periods = [year_and_months(year) for year in range(1990, 2027)]
    when = When(FIRST, dt.date(2026, 12, 31), "1990/2026")
    wanted = {
        period.text: sum(
            COUNTED[code, basis][(min(period.last_day, LAST) - FIRST).days] for code in NAMES
        )
        for year, *months in periods
        for period in ([year] if by == "year" else months)
    }
    rows = compare.series(records, when, by, records.bases[basis], TODAY)
    assert {row.period: row.members for row in rows} == wanted


# Coverage


@pytest.mark.parametrize(
    ("when", "unverified"),
    [("2026-02-26", False), ("2026-02-27", True), ("2026-11-22", True), ("1992-05-14", False)],
)
def test_days_after_the_last_one_checked_are_answered_with_a_note(
    records: Records, when: str, unverified: bool
) -> None:
    answer = queries.members(records, day(when), records.default_basis, TODAY)
    assert answer.unverified is unverified
    assert any("2026-02-26; later days" in note for note in answer.notes) is unverified


@pytest.mark.parametrize("question", ["members", "check", "accessions", "withdrawals"])
@pytest.mark.parametrize(
    ("today", "last_day", "refused"),
    [("2026-11-22", "2026-11-22", "2026-11-23"), ("2020-01-01", "2026-02-26", "2026-02-27")],
)
def test_days_after_today_and_the_last_one_checked_are_refused(
    records: Records, question: str, today: str, last_day: str, refused: str
) -> None:
    def ask(when: str) -> int:
        basis = records.default_basis
        if question == "check":
            return len(queries.check(records, records.states["RUS"], day(when), basis, day(today)))
        ask_about = getattr(queries, question)
        return len(ask_about(records, day(when), basis, day(today)))

    assert ask(last_day) >= 0
    with pytest.raises(Refused, match=last_day):
        ask(refused)


@pytest.mark.parametrize("question", ["members", "accessions", "withdrawals"])
def test_a_period_that_reaches_past_today_is_cut_there_and_says_so(
    records: Records, question: str
) -> None:
    when = When(dt.date(2026, 1, 1), dt.date(2026, 12, 31), "2026")
    answer = getattr(queries, question)(records, when, records.default_basis, TODAY)
    assert answer.query["last_day"] == LAST
    assert any("cut" in note and "2026-11-22" in note for note in answer.notes)


def test_a_state_counted_to_the_cut_is_counted_throughout(records: Records) -> None:
    when = When(dt.date(2026, 1, 1), dt.date(2026, 12, 31), "2026")
    rows = members_say(records, when, "joined", throughout=True)
    assert [row.state for row in rows] == SIX.split()


def test_before_the_treaty_nobody_had_joined_and_the_answer_says_so(records: Records) -> None:
    answer = queries.members(records, day("1992-05-14"), records.default_basis, TODAY)
    assert (len(answer), answer.unverified) == (0, False)
    assert any("1992-05-15" in note for note in answer.notes)


# What an answer must say


@pytest.mark.parametrize("when", ["1992-05-15", "1993-01-01", "1994-04-19"])
def test_members_before_the_treaty_was_in_force_say_so_and_what_in_force_would_say(
    records: Records, when: str
) -> None:
    notes = notes_of_members(records, when)
    assert "came into force on 1994-04-20" in notes
    assert "under in-force nobody is counted" in notes


def test_check_before_the_treaty_was_in_force_says_so(records: Records) -> None:
    notes = notes_of_check(records, "RUS", day("1993-01-01"), "joined")
    assert "came into force on 1994-04-20" in notes


def test_members_after_the_treaty_came_into_force_say_nothing_of_it(records: Records) -> None:
    assert "1994-04-20" not in notes_of_members(records, "1994-04-20")


@pytest.mark.parametrize("year", [2002, 2003])
def test_an_answer_under_charter_about_2002_and_2003_has_both_days_of_the_charter(
    records: Records, year: int
) -> None:
    for when in year_and_months(year):
        members = queries.members(records, when, records.bases["charter"], TODAY)
        for notes in (" ".join(members.notes), notes_of_check(records, "RUS", when, "charter")):
            assert "signed on 2002-10-07" in notes, when.text
            assert "came into force on 2003-09-18" in notes, when.text


@pytest.mark.parametrize("when", ["2001-12-31", "2004-01-01"])
def test_an_answer_under_charter_about_other_years_is_silent_on_it(
    records: Records, when: str
) -> None:
    assert "2002-10-07" not in notes_of_members(records, when, "charter")


@pytest.mark.parametrize(("when", "noted"), [("2015-01-01", True), ("2012-12-18", False)])
def test_members_note_who_is_suspended_and_not_counted(
    records: Records, when: str, noted: bool
) -> None:
    notes = queries.members(records, day(when), records.default_basis, TODAY).notes
    found = [n for n in notes if "Uzbekistan" in n and "suspended on" in n and "not counted" in n]
    assert bool(found) is noted


@pytest.mark.parametrize(
    ("when", "noted"), [("2024-02-21", False), ("2024-02-22", True), ("2025-01-01", True)]
)
def test_members_note_the_declared_freeze_of_armenia_which_still_counts(
    records: Records, when: str, noted: bool
) -> None:
    answer = queries.members(records, day(when), records.default_basis, TODAY)
    remarks = {row.state: row.remark for row in answer}
    assert ("frozen" in (remarks.pop("ARM") or "")) is noted
    assert set(remarks.values()) == {None}
    assert any("Armenia" in note and "frozen" in note for note in answer.notes) is noted


@pytest.mark.parametrize(
    ("when", "basis", "words"),
    [
        ("2006-07-15", "joined", "not before 2006-08-16 according to"),
        ("2012-07-15", "joined", "suspended already from 2012-06-28 according to"),
        ("2007-01-01", "charter", "signatory only until 2008-03-27 according to"),
    ],
)
def test_a_disputed_answer_names_the_rival_and_who_says_so(
    records: Records, when: str, basis: str, words: str
) -> None:
    assert words in reason_of_check(records, "UZB", day(when), basis)
    assert f"Uzbekistan is disputed: {words}" in notes_of_members(records, when, basis)


def test_a_disputed_check_reads_as_a_sentence(records: Records) -> None:
    when, basis = day("2006-07-15"), records.default_basis
    (row,) = queries.check(records, records.states["UZB"], when, basis, TODAY)
    assert str(row).startswith("2006-07-15: yes, disputed: Uzbekistan was a member")


@pytest.mark.parametrize(
    ("state", "when", "basis", "sentence"),
    [
        ("GEO", "1994-01-01", "joined", "Georgia had acceded to the Treaty, which was not yet "),
        ("RUS", "1994-01-01", "joined", "Russia had signed the Treaty, which was not yet "),
        ("GEO", "1998-05-01", "joined", "Georgia was a party to the Treaty"),
        ("RUS", "2026-11-22", "joined", "Russia is a member of the Organisation"),
    ],
)
def test_a_yes_says_what_the_state_was(
    records: Records, state: str, when: str, basis: str, sentence: str
) -> None:
    assert reason_of_check(records, state, day(when), basis).startswith(sentence)


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("code", NAMES)
def test_check_never_calls_a_signatory_or_a_party_a_member(
    records: Records, code: str, basis: str
) -> None:
    for turn in TURNS:
        if STATUS[code][(turn - FIRST).days] in ("signatory", "party"):
            assert "member" not in reason_of_check(records, code, When.day(turn), basis)


@pytest.mark.parametrize(
    ("code", "year", "basis", "either"),
    [
        ("KAZ", 2003, "joined", ("party", "2003-09-18")),
        ("KAZ", 2003, "in-force", ("party", "2003-09-18")),
        ("GEO", 1994, "joined", ("acceded", "1994-04-20")),
    ],
)
def test_check_of_a_period_does_not_call_a_state_what_it_was_on_its_last_days_only(
    records: Records, code: str, year: int, basis: str, either: tuple[str, str]
) -> None:
    reason = reason_of_check(records, code, year_and_months(year)[0], basis)
    assert any(words in reason for words in either)


@pytest.mark.parametrize(
    ("code", "words"), [("UZB", "is a member"), ("GEO", "is a party"), ("AZE", "is a party")]
)
def test_check_of_a_period_to_today_does_not_say_is_of_what_ended_before(
    records: Records, code: str, words: str
) -> None:
    when = When(dt.date(1992, 1, 1), LAST, "1992/today")
    assert words not in reason_of_check(records, code, when, "joined")


KINDS_OF_NO = [
    ("GEO", "1993-01-01", "joined", "not yet"),
    ("UZB", "2002-01-01", "joined", "outside"),
    ("GEO", "2002-01-01", "joined", "no longer"),
    ("UZB", "2015-01-01", "joined", "suspended"),
    ("France", "2007-01-01", "joined", "never"),
    ("GEO", "1994-01-01", "in-force", "signatory"),
    ("RUS", "2002-01-01", "charter", "party"),
]


@pytest.mark.parametrize(("state", "when", "basis", "word"), KINDS_OF_NO)
def test_each_kind_of_no_begins_with_a_word_of_its_own(
    records: Records, state: str, when: str, basis: str, word: str
) -> None:
    named = names.resolve(records, state)
    (row,) = queries.check(records, named, day(when), records.bases[basis], TODAY)
    assert (row.answer, row.reason.partition(":")[0]) == ("no", word)


def test_a_country_that_is_none_of_the_nine_has_its_own_code_and_name(records: Records) -> None:
    named = names.resolve(records, "France")
    (row,) = queries.check(records, named, day("2007-01-01"), records.default_basis, TODAY)
    assert (row.state, row.name, row.answer, row.status) == ("FRA", "France", "no", "never")


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("code", NAMES)
def test_a_no_that_another_basis_makes_a_yes_says_so_and_no_other_does(
    records: Records, code: str, basis: str
) -> None:
    for turn in TURNS:
        n = (turn - FIRST).days
        notes = notes_of_check(records, code, When.day(turn), basis)
        for other in BASES:
            turned = COUNTED[code, other][n] and not COUNTED[code, basis][n]
            assert (f"Under {other} the answer is yes" in notes) is turned, f"{turn} {other}"
            assert (f"Under {other}" in notes) is turned, f"{turn} {other}"


def test_a_no_about_a_period_says_where_another_basis_makes_it_partly(records: Records) -> None:
    notes = notes_of_check(records, "GEO", year_and_months(1993)[0], "in-force")
    assert "Under joined the answer is partly" in notes
