"""What is answered about the bundled dataset, beside the tables of `facts`, day by day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import combinations, pairwise
from typing import Any

import pytest
from documents import SMALL
from facts import (
    BASES,
    FIRST_SIX,
    NAMES,
    NINE,
    RIVALS,
    SEVEN,
    SIX,
    SPELLS,
    STATUSES,
    TODAY,
    Expected,
    counted,
    days_between,
    disputed,
    expected,
    status,
    unbroken,
)

from cstocli import Dataset, Refused
from cstocli.core.days import When
from cstocli.core.finding import find
from cstocli.core.records import Records
from cstocli.reading.document import build

FIRST = dt.date(1990, 1, 1)
DAYS = days_between(FIRST, TODAY)
TURNS = sorted(
    {
        dt.date.fromordinal(number)
        for _, _, *days in [*STATUSES, *(rival[:4] for rival in RIVALS)]
        for day in map(dt.date.fromisoformat, days)
        for number in range(day.toordinal() - 1, day.toordinal() + 2)
        if FIRST.toordinal() <= number <= TODAY.toordinal()
    }
)
"""The first and last days of every stretch, and the days beside them."""
each_basis = pytest.mark.parametrize("basis", BASES)
each_state = pytest.mark.parametrize("code", NAMES)
each_year = pytest.mark.parametrize("year", range(1991, 2027))


def year_and_months(year: int) -> list[When]:
    """A year, then its months, those only that have begun."""
    firsts = [dt.date(year + n // 12, n % 12 + 1, 1) for n in range(13)]
    day = dt.timedelta(1)
    periods = [When(firsts[0], firsts[12] - day, str(year))]
    periods += [When(first, after - day, f"{first:%Y-%m}") for first, after in pairwise(firsts)]
    return [period for period in periods if period.first_day <= TODAY]


def listed(csto: Dataset, when: When, basis: str, *, throughout: bool = False) -> list[Expected]:
    return [
        Expected(row.state, "yes" if row.part == "all" else "partly", *row[2:7])
        for row in csto.members(when, basis=basis, throughout=throughout)
    ]


def agree(csto: Dataset, when: When, basis: str) -> None:
    """Check and members, on any day and throughout, say of some days what the tables say."""
    days = when.first_day, min(when.last_day, TODAY)
    wanted = [expected(code, basis, *days) for code in NAMES]
    rows = [row for code in NAMES for row in csto.check(code, when, basis=basis)]
    assert [Expected(row.state, *row[2:8]) for row in rows] == wanted, when.text
    assert listed(csto, when, basis) == [row for row in wanted if row.answer != "no"], when.text
    always = [row for row in wanted if row.answer == "yes"]
    assert listed(csto, when, basis, throughout=True) == always, when.text


def reason(csto: Dataset, state: str, when: Any, basis: str = "joined") -> str:
    return csto.check(state, when, basis=basis).rows[0].reason


def notes_of_members(csto: Dataset, when: str, basis: str = "joined") -> str:
    return " ".join(csto.members(when, basis=basis).notes)


def test_the_dataset_has_the_nine_states_and_the_three_bases(records: Records) -> None:
    assert {code: state.name for code, state in records.states.items()} == NAMES
    assert {name: basis.counts for name, basis in records.bases.items()} == BASES
    assert records.default_basis.basis == "joined"


# Every day, month and year


@each_basis
@each_state
def test_a_state_has_on_every_day_the_status_and_the_answer_of_the_tables(
    records: Records, code: str, basis: str
) -> None:
    state, under = records.states[code], records.bases[basis]
    for day in DAYS:
        found = find(records, state, under, (day, day))
        yes = counted(code, basis, day)
        assert found[:4] == (state, under, (day, day), "yes" if yes else "no")
        assert found.status == records.status_on(code, day) == status(code, day), day
        assert found.counted == found.certain == (((day, day),) if yes else ())
        assert (found.disputed, found.imprecise) == (disputed(code, basis, day), False), day


@each_basis
def test_members_and_check_agree_with_the_tables_around_every_change(
    csto: Dataset, basis: str
) -> None:
    for turn in TURNS:
        agree(csto, When.day(turn), basis)


@each_basis
@each_year
def test_members_and_check_agree_with_the_tables_about_a_year_and_its_months(
    csto: Dataset, year: int, basis: str
) -> None:
    for when in year_and_months(year):
        agree(csto, when, basis)


@each_basis
@pytest.mark.parametrize(("code", "first", "last", "bases"), [(r[0], *r[2:]) for r in RIVALS])
def test_a_rival_marks_its_days_under_the_bases_of_the_disputes_table(
    csto: Dataset, code: str, first: str, last: str, bases: str, basis: str
) -> None:
    ends = first, min(last, str(TODAY))
    rows = [csto.check(code, day, basis=basis).rows[0] for day in ends]
    assert [row.disputed for row in rows] == [basis in bases.split()] * 2


@pytest.mark.parametrize(
    ("basis", "days", "states", "status", "disputed"),
    [
        ("joined", "1992-05-14", "", "", ""),
        ("joined", "1992-05-15", FIRST_SIX, "signatory", ""),
        ("joined", "1993-12-31 1994-04-19", NINE, "signatory", ""),
        ("joined", "1994-04-20 1999-04-20", NINE, "party", ""),
        ("joined", "1999-04-21 2003-09-17", SIX, "party", ""),
        ("joined", "2003-09-18 2006-06-22", SIX, "member", ""),
        ("joined", "2006-06-23 2006-08-15", SEVEN, "member", "UZB"),
        ("joined", "2006-08-16 2007-01-01 2012-06-27", SEVEN, "member", ""),
        ("joined", "2012-06-28 2012-12-18", SEVEN, "member", "UZB"),
        ("joined", "2012-12-19 2024-02-22", SIX, "member", ""),
        ("in-force", "1994-04-19", "", "", ""),
        ("in-force", "1994-04-20 1999-04-20", NINE, "party", "AZE"),
        ("in-force", "1999-04-21", SIX, "party", ""),
        ("in-force", "2007-01-01 2008-03-27", SEVEN, "member", "UZB"),
        ("in-force", "2008-03-28", SEVEN, "member", ""),
        ("charter", "2003-09-17", "", "", ""),
        ("charter", "2003-09-18", SIX, "member", ""),
        ("charter", "2007-01-01", SEVEN, "member", "UZB"),
        ("charter", "2008-03-28", SEVEN, "member", ""),
    ],
)
def test_members_on_days_worth_checking(
    csto: Dataset, basis: str, days: str, states: str, status: str, disputed: str
) -> None:
    for day in days.split():
        rows = csto.members(day, basis=basis).rows
        assert " ".join(row.state for row in rows) == states
        assert {row.status for row in rows} == set(status.split())
        assert " ".join(row.state for row in rows if row.disputed) == disputed


def test_uzbekistan_counted_in_two_stretches_of_a_period_has_both_in_its_part(
    csto: Dataset,
) -> None:
    (row,) = csto.check("UZB", ("1999", "2006"))
    assert row.answer == "partly"
    assert row.part == "1999-01-01/1999-04-20 2006-06-23/2006-12-31"
    assert (row.first_day, row.last_day) == (dt.date(2006, 6, 23), dt.date(2012, 12, 18))


# Accessions and withdrawals

Change = tuple[str, str, str, str, bool]
BACK = ("UZB", "2006-06-23", "decision", "2006-06-23", True)
ACCESSIONS: dict[str, list[Change]] = {
    "joined": [
        (FIRST_SIX, "1992-05-15", "signature", "1992-05-15", False),
        ("AZE", "1993-09-24", "accession", "1993-09-24", False),
        ("GEO", "1993-12-09", "accession", "1993-12-09", False),
        ("BLR", "1993-12-31", "accession", "1993-12-31", False),
        BACK,
    ],
    "in-force": [
        ("ARM", "1994-04-20", "entry-into-force", "1994-04-20", False),
        ("AZE", "1994-04-20", "entry-into-force", "1994-04-20", True),
        ("BLR GEO KAZ KGZ RUS TJK UZB", "1994-04-20", "entry-into-force", "1994-04-20", False),
        BACK,
    ],
    "charter": [(SIX, "2003-09-18", "entry-into-force", "2003-09-18", False), BACK],
}
"""States, first counted day, kind and date of the act, disputed."""
SUSPENDED = ("UZB", "2012-12-18", "suspended", "2012-12-19", True)
WITHDRAWALS: dict[str, list[Change]] = {
    "joined": [
        ("AZE GEO UZB", "1999-04-20", "not-prolonged", "1999-04-20", False),
        SUSPENDED,
    ],
    "in-force": [
        ("AZE", "1999-04-20", "not-prolonged", "1999-04-20", True),
        ("GEO UZB", "1999-04-20", "not-prolonged", "1999-04-20", False),
        SUSPENDED,
    ],
    "charter": [SUSPENDED],
}
"""States, last counted day, how it ended, date of the act, disputed."""


@each_basis
@pytest.mark.parametrize(
    ("question", "wanted"), [("accessions", ACCESSIONS), ("withdrawals", WITHDRAWALS)]
)
def test_changes_are_those_of_the_evidence_in_order_of_their_days(
    csto: Dataset, question: str, wanted: dict[str, list[Change]], basis: str
) -> None:
    acts = csto.records.acts
    assert [
        (row.state, str(row.day), row.kind, acts[row.act].date, row.disputed)
        for row in getattr(csto, question)(basis=basis)
    ] == [(code, *rest) for states, *rest in wanted[basis] for code in states.split()]


@pytest.mark.parametrize(
    ("question", "first", "last", "states"),
    [
        ("accessions", "1993-09-24", "1993-12-30", "AZE GEO"),
        ("accessions", "1993-09-25", "1993-12-31", "GEO BLR"),
        ("accessions", "2000-01-01", "2006-06-22", ""),
        ("withdrawals", "1999-04-20", "2012-12-18", "AZE GEO UZB UZB"),
        ("withdrawals", "1999-04-21", "2012-12-17", ""),
        ("withdrawals", "2012-12-18", "2012-12-18", "UZB"),
        ("withdrawals", "2012-12-19", "2026-11-22", ""),
    ],
)
def test_a_change_on_the_first_or_last_day_of_a_period_is_in_it(
    csto: Dataset, question: str, first: str, last: str, states: str
) -> None:
    assert " ".join(row.state for row in getattr(csto, question)((first, last))) == states


@pytest.mark.parametrize(
    ("question", "basis", "words"),
    [
        ("withdrawals", "joined", "2012-06-28"),
        ("accessions", "joined", "2006-08-16"),
        ("accessions", "in-force", "never deposited"),
    ],
)
def test_a_disputed_change_has_a_note_that_names_its_rival(
    csto: Dataset, question: str, basis: str, words: str
) -> None:
    notes = getattr(csto, question)(basis=basis).notes
    assert [words in note and "according to" in note for note in notes].count(True) == 1


# History


@each_state
def test_history_has_every_spell_with_its_days_and_whether_it_is_disputed(
    csto: Dataset, code: str
) -> None:
    rows = [
        (row.status, str(row.first_day), str(row.last_day or "9999-12-31"), *row[5:9])
        for row in csto.history(code)
    ]
    assert rows == [tuple(told) for states, *told in SPELLS if code in states.split()]


@pytest.mark.parametrize(
    ("rival", "spells"),
    [
        ({"from": "2000-01-01", "to": "2000-01-01"}, [True, False, False]),
        ({"from": "2001-01-31", "to": None}, [True, True, True]),
        ({"from": "2001-02-01", "to": "2003-12-31"}, [False, True, False]),
        ({"from": "2001-02-01", "to": "2001-12-31", "status": "in"}, [False, False, False]),
        ({"from": "2000-06-01", "to": "2000-12-31", "status": "near"}, [False, False, False]),
        ({"from": "2000-06-01", "to": "2000-12-31", "verdict": "rejected"}, [False, False, False]),
    ],
    ids=str,
)
def test_a_spell_is_disputed_where_a_rival_would_change_an_answer_about_one_of_its_days(
    rival: dict[str, Any], spells: list[bool]
) -> None:
    disputes = [{**SMALL["disputes"][0], **rival}]
    club = Dataset(build({**SMALL, "disputes": disputes}))
    assert [row.disputed for row in club.history()] == spells


@pytest.mark.parametrize(
    ("state", "status"),
    [("ARM", "member"), ("AZE", "former"), ("UZB", "suspended"), ("France", "never")],
)
def test_history_notes_the_status_today(csto: Dataset, state: str, status: str) -> None:
    notes = csto.history(state).notes
    assert any("2026-11-22" in note and status in note for note in notes)


def test_history_of_uzbekistan_shows_rivals_and_rejected_values(csto: Dataset) -> None:
    verdicts = Counter(note.partition(":")[0] for note in csto.history("UZB").notes)
    assert (verdicts["Rival"], verdicts["Rejected"]) == (10, 10)


def test_history_of_armenia_shows_the_declared_freeze(csto: Dataset) -> None:
    assert any("2024-02-22" in n and "frozen" in n for n in csto.history("ARM").notes)


def test_history_of_several_states_has_their_spells_in_the_order_asked(csto: Dataset) -> None:
    assert [row.state for row in csto.history("UZB", "GEO")] == ["UZB"] * 4 + ["GEO"] * 2


# Comparisons

COMPARED = (
    "1992-05-14 1993-12-31 1996-01-01 2000-01-01 2003-09-18 2006-07-01 2007-01-01 2012-12-18 "
    "2026-11-22"
)


def difference(code: str, basis: str, one: dt.date, two: dt.date) -> str:
    before, after = counted(code, basis, one), counted(code, basis, two)
    if before != after:
        return "joined" if after else "left"
    return "unchanged" if status(code, one) == status(code, two) else "status"


@each_basis
@pytest.mark.parametrize(("one", "two"), list(combinations(COMPARED.split(), 2)))
def test_diff_says_what_became_of_each_state_between_two_days(
    csto: Dataset, one: str, two: str, basis: str
) -> None:
    days = dt.date.fromisoformat(one), dt.date.fromisoformat(two)
    rows = csto.diff(one, two, basis=basis)
    wanted = {code: difference(code, basis, *days) for code in NAMES}
    assert {row.state: row.change for row in rows} == {row.state: wanted[row.state] for row in rows}
    shown = {row.state for row in rows}
    assert {code for code, change in wanted.items() if change != "unchanged"} <= shown
    for row in rows:
        assert (row.before, row.after) == tuple(status(row.state, day) for day in days)
        assert row.disputed is any(disputed(row.state, basis, day) for day in days)
        assert not row.imprecise


def test_a_disputed_difference_has_a_note_that_names_its_rival(csto: Dataset) -> None:
    notes = csto.diff("2000-01-01", "2006-07-01").notes
    assert ["not before 2006-08-16 according to" in note for note in notes].count(True) == 1


@each_basis
@pytest.mark.parametrize(("one", "two"), list(combinations(NAMES, 2)))
def test_together_has_the_runs_of_days_on_which_both_are_counted(
    csto: Dataset, one: str, two: str, basis: str
) -> None:
    both = [day for day in DAYS if counted(one, basis, day) and counted(two, basis, day)]
    assert [(*row[:3], row.imprecise) for row in csto.together(one, two, basis=basis)] == [
        (first, None, None, False)
        if last == TODAY
        else (first, last, len(days_between(first, last)), False)
        for first, last in unbroken(both)
    ]


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
    csto: Dataset, basis: str, states: str, runs: list[tuple[str, int | None, bool]]
) -> None:
    rows = csto.together(*states.split(), basis=basis)
    assert [(str(row.first_day), row.days, row.disputed) for row in rows] == runs


@pytest.mark.parametrize(
    ("first", "last", "status", "disputed"),
    [
        ("1999-12-31", "1999-12-31", "in", True),
        ("1999-12-31", "1999-12-31", "out", False),
        ("2000-01-01", "2000-01-01", "out", True),
        ("2000-01-02", "2001-01-30", "out", False),
        ("2001-01-31", "2001-01-31", "out", True),
        ("2001-02-01", "2001-02-01", "in", True),
    ],
)
def test_a_rival_about_an_end_of_a_run_disputes_it_and_one_about_days_inside_does_not(
    first: str, last: str, status: str, disputed: bool
) -> None:
    (state,), (spell, *_), (rival, *_) = SMALL["states"], SMALL["spells"], SMALL["disputes"]
    other = {"id": "BBB-1", "state": "BBB"}
    club = {
        **SMALL,
        "states": [state, {**state, "code": "BBB", "name": "Graustark"}],
        "spells": [spell, spell | other | {"first_day": "1999-01-01", "last_day": None}],
        "disputes": [rival | {"from": first, "to": last, "status": status}],
    }
    (row,) = Dataset(build(club)).together("AAA", "BBB")
    assert (str(row.first_day), str(row.last_day)) == ("2000-01-01", "2001-01-31")
    assert row.disputed is disputed


def test_a_change_on_the_first_day_of_a_series_is_in_its_first_period(csto: Dataset) -> None:
    rows = csto.series("month", during=("1993-12-31", "1994-01-31"))
    assert [*rows] == [("1993-12", 9, ("BLR",), ()), ("1994-01", 9, (), ())]


@each_basis
@pytest.mark.parametrize("by", ["year", "month"])
def test_series_counts_on_the_last_day_of_each_period(csto: Dataset, by: str, basis: str) -> None:
    wanted = {
        period.text: sum(counted(code, basis, min(period.last_day, TODAY)) for code in NAMES)
        for year, *months in map(year_and_months, range(1990, 2027))
        for period in ([year] if by == "year" else months)
    }
    rows = csto.series(by, during=(1990, 2026), basis=basis)
    assert {row.period: row.members for row in rows} == wanted


# Coverage


@pytest.mark.parametrize(
    ("when", "unverified"),
    [("2026-02-26", False), ("2026-02-27", True), ("2026-11-22", True), ("1992-05-14", False)],
)
def test_days_after_the_last_one_checked_are_answered_with_a_note(
    csto: Dataset, when: str, unverified: bool
) -> None:
    answer = csto.members(when)
    assert answer.unverified is unverified
    assert any("2026-02-26; later days" in note for note in answer.notes) is unverified


@pytest.mark.parametrize("question", ["members", "check", "accessions", "withdrawals"])
@pytest.mark.parametrize(
    ("today", "last_day", "refused"),
    [("2026-11-22", "2026-11-22", "2026-11-23"), ("2020-01-01", "2026-02-26", "2026-02-27")],
)
def test_days_after_today_and_the_last_one_checked_are_refused(
    csto: Dataset,
    monkeypatch: pytest.MonkeyPatch,
    question: str,
    today: str,
    last_day: str,
    refused: str,
) -> None:
    monkeypatch.setenv("CSTO_TODAY", today)
    state = ["RUS"] if question == "check" else []
    assert getattr(csto, question)(*state, last_day).query["last_day"] == dt.date.fromisoformat(
        last_day
    )
    with pytest.raises(Refused, match=last_day):
        getattr(csto, question)(*state, refused)


@pytest.mark.parametrize("question", ["members", "accessions", "withdrawals"])
def test_a_period_that_reaches_past_today_is_cut_there_and_says_so(
    csto: Dataset, question: str
) -> None:
    answer = getattr(csto, question)(2026)
    assert answer.query["last_day"] == TODAY
    assert any("cut" in note and "2026-11-22" in note for note in answer.notes)


def test_before_the_treaty_nobody_had_joined_and_the_answer_says_so(csto: Dataset) -> None:
    answer = csto.members("1992-05-14")
    assert (len(answer), answer.unverified) == (0, False)
    assert any("1992-05-15" in note for note in answer.notes)


# What an answer must say


@pytest.mark.parametrize(
    ("when", "noted"),
    [("1992-05-14", True), ("1992-05-15", True), ("1994-04-19", True), ("1994-04-20", False)],
)
def test_an_answer_before_the_treaty_was_in_force_says_so_and_what_in_force_would_say(
    csto: Dataset, when: str, noted: bool
) -> None:
    notes = notes_of_members(csto, when)
    assert ("came into force on 1994-04-20" in notes) is noted
    assert ("under in-force nobody is counted" in notes) is noted
    notes = " ".join(csto.check("RUS", when).notes)
    assert ("came into force on 1994-04-20" in notes) is noted


@pytest.mark.parametrize("year", [2002, 2003])
def test_an_answer_under_charter_about_2002_and_2003_has_both_days_of_the_charter(
    csto: Dataset, year: int
) -> None:
    for when in year_and_months(year):
        for answer in (
            csto.members(when, basis="charter"),
            csto.check("RUS", when, basis="charter"),
        ):
            notes = " ".join(answer.notes)
            assert "signed on 2002-10-07" in notes, when.text
            assert "came into force on 2003-09-18" in notes, when.text


@pytest.mark.parametrize("when", ["2001-12-31", "2004-01-01"])
def test_an_answer_under_charter_about_other_years_is_silent_on_it(
    csto: Dataset, when: str
) -> None:
    assert "2002-10-07" not in notes_of_members(csto, when, "charter")


@pytest.mark.parametrize(("when", "noted"), [("2015-01-01", True), ("2012-12-18", False)])
def test_members_note_who_is_suspended_and_not_counted(
    csto: Dataset, when: str, noted: bool
) -> None:
    notes = csto.members(when).notes
    found = [n for n in notes if "Uzbekistan" in n and "suspended on" in n and "not counted" in n]
    assert bool(found) is noted


@pytest.mark.parametrize(
    ("when", "noted"), [("2024-02-21", False), ("2024-02-22", True), ("2025-01-01", True)]
)
def test_members_note_the_declared_freeze_of_armenia_which_still_counts(
    csto: Dataset, when: str, noted: bool
) -> None:
    answer = csto.members(when)
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
    csto: Dataset, when: str, basis: str, words: str
) -> None:
    assert words in reason(csto, "UZB", when, basis)
    assert f"Uzbekistan is disputed: {words}" in notes_of_members(csto, when, basis)


def test_a_disputed_check_reads_as_a_sentence(csto: Dataset) -> None:
    said = str(csto.check("UZB", "2006-07-15").rows[0])
    assert said.startswith("2006-07-15: yes, disputed: Uzbekistan was a member")


@pytest.mark.parametrize(
    ("state", "when", "sentence"),
    [
        ("GEO", "1994-01-01", "Georgia had acceded to the Treaty, which was not yet "),
        ("RUS", "1994-01-01", "Russia had signed the Treaty, which was not yet "),
        ("GEO", "1998-05-01", "Georgia was a party to the Treaty"),
        ("RUS", "2026-11-22", "Russia is a member of the Organisation"),
    ],
)
def test_a_yes_says_what_the_state_was(csto: Dataset, state: str, when: str, sentence: str) -> None:
    assert reason(csto, state, when).startswith(sentence)


@each_basis
@each_state
def test_check_never_calls_a_signatory_or_a_party_a_member(
    csto: Dataset, code: str, basis: str
) -> None:
    for turn in TURNS:
        if status(code, turn) in ("signatory", "party"):
            assert "member" not in reason(csto, code, turn, basis)


@pytest.mark.parametrize(
    ("code", "year", "basis", "either"),
    [
        ("KAZ", 2003, "joined", ("party", "2003-09-18")),
        ("KAZ", 2003, "in-force", ("party", "2003-09-18")),
        ("GEO", 1994, "joined", ("acceded", "1994-04-20")),
    ],
)
def test_check_of_a_period_does_not_call_a_state_what_it_was_on_its_last_days_only(
    csto: Dataset, code: str, year: int, basis: str, either: tuple[str, str]
) -> None:
    assert any(words in reason(csto, code, year, basis) for words in either)


@pytest.mark.parametrize(
    ("code", "words"), [("UZB", "is a member"), ("GEO", "is a party"), ("AZE", "is a party")]
)
def test_check_of_a_period_to_today_does_not_say_is_of_what_ended_before(
    csto: Dataset, code: str, words: str
) -> None:
    assert words not in reason(csto, code, (1992, None))


@pytest.mark.parametrize(
    ("state", "when", "basis", "word"),
    [
        ("GEO", "1993-01-01", "joined", "not yet"),
        ("UZB", "2002-01-01", "joined", "outside"),
        ("GEO", "2002-01-01", "joined", "no longer"),
        ("UZB", "2015-01-01", "joined", "suspended"),
        ("France", "2007-01-01", "joined", "never"),
        ("GEO", "1994-01-01", "in-force", "signatory"),
        ("RUS", "2002-01-01", "charter", "party"),
    ],
)
def test_each_kind_of_no_begins_with_a_word_of_its_own(
    csto: Dataset, state: str, when: str, basis: str, word: str
) -> None:
    (row,) = csto.check(state, when, basis=basis)
    assert (row.answer, row.reason.partition(":")[0]) == ("no", word)


def test_a_country_that_is_none_of_the_nine_has_its_own_code_and_name(csto: Dataset) -> None:
    (row,) = csto.check("France", "2007-01-01")
    assert row[:4] == ("FRA", "France", "no", "never")


@each_basis
@each_state
def test_a_no_that_another_basis_makes_a_yes_says_so_and_no_other_does(
    csto: Dataset, code: str, basis: str
) -> None:
    for turn in TURNS:
        notes = " ".join(csto.check(code, turn, basis=basis).notes)
        for other in BASES:
            turned = counted(code, other, turn) and not counted(code, basis, turn)
            assert (f"Under {other} the answer is yes" in notes) is turned, f"{turn} {other}"
            assert (f"Under {other}" in notes) is turned, f"{turn} {other}"


def test_a_no_about_a_period_says_where_another_basis_makes_it_partly(csto: Dataset) -> None:
    notes = csto.check("GEO", 1993, basis="in-force").notes
    assert any("Under joined the answer is partly" in note for note in notes)
