"""Who was counted, word for word, in the bundled dataset and in an invented club."""

from __future__ import annotations

import pytest
from facts import (
    CHARTER,
    CHECKED,
    FIRST_SIX,
    FROZEN,
    IMPRECISE,
    JOINED,
    LEFT_AGAIN,
    NAMES,
    NOT_A_MEMBER,
    SENATE,
    SINCE_AUGUST,
    TREATY_SIGNED,
)
from running import ask
from small import MEMBER, REMARKS, WIDE, basis, club, day, days, lines, rival

from cstocli import Dataset, load


def test_members_on_a_day_are_those_counted_on_it(csto: Dataset) -> None:
    answer = csto.members("1993-01-01")
    assert answer.question == "members"
    assert answer.title == (
        f"Counted on 1993-01-01: 6 states (Treaty signed, not yet in force)\n{JOINED}"
    )
    ends = {code: "1999-04-20" if code == "UZB" else "-" for code in FIRST_SIX.split()}
    assert lines(answer) == [
        f"{code} | {NAMES[code]} | signatory | 1992-05-15 | {end} | all | False | - | False "
        "| 1992-05-15 | True"
        for code, end in ends.items()
    ]
    assert answer.notes == (f"{TREATY_SIGNED}: under in-force nobody is counted on 1993-01-01.",)
    asked = day("1993-01-01")
    assert answer.query == {
        "basis": "joined",
        "first_day": asked,
        "last_day": asked,
        "rule": "day",
    }
    assert answer.columns == {
        "name": "State",
        "status": "Status",
        "first_day": "Counted since",
        "last_day": "Counted to",
    }
    assert answer.dataset == {"release": "2026b", "verified_through": day("2026-02-26")}
    assert not answer.unverified


def test_members_in_a_period_are_those_counted_on_any_day_of_it(csto: Dataset) -> None:
    answer = csto.members("2006")
    assert answer.title == (f"Counted on any day of 2006-01-01/2006-12-31: 7 states\n{JOINED}")
    assert lines(answer)[-2:] == [
        "TJK | Tajikistan | member | 1992-05-15 | - | all | False | - | False | 2003-09-18 | True",
        "UZB | Uzbekistan | member | 2006-06-23 | 2012-12-18 | 2006-06-23/2006-12-31 | True | - "
        "| False | 2006-06-23 | True",
    ]
    assert answer.notes == (f"Uzbekistan is disputed: {SINCE_AUGUST}.", SENATE)
    assert (answer.query["first_day"], answer.query["last_day"]) == days("2006-01-01/2006-12-31")
    assert answer.query["rule"] == "any"
    assert answer.columns["part"] == "Days counted"


def test_members_throughout_a_period_are_those_counted_on_every_day_of_it(csto: Dataset) -> None:
    answer = csto.members("2006", throughout=True)
    assert answer.title == (f"Counted on every day of 2006-01-01/2006-12-31: 6 states\n{JOINED}")
    assert [row.state for row in answer] == ["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"]
    assert answer.notes == (SENATE,)
    assert answer.query["rule"] == "throughout"
    assert "part" not in answer.columns


def test_a_change_of_status_in_a_period_is_noted_of_those_who_are_listed(csto: Dataset) -> None:
    assert csto.members("1994-04").notes == (
        f"{TREATY_SIGNED}: under in-force 9 are counted on some day of 1994-04-01/1994-04-30.",
        "Azerbaijan is counted either way; disputed is as what: signatory only according to "
        'Jamestown Foundation, Monitor 5:26 ("signed and ratified, never deposited").',
        "Armenia, Azerbaijan, Belarus, Georgia, Kazakhstan, Kyrgyzstan, Russia, Tajikistan and "
        "Uzbekistan: signatory from 1994-04-01 to 1994-04-19 and party from 1994-04-20 to "
        "1994-04-30.",
    )


def test_members_today_are_said_to_be_of_today_and_who_is_left_out_is_named(
    csto: Dataset,
) -> None:
    answer = csto.members()
    assert answer.title == (
        f"Counted on 2026-11-22 (today), as last checked on 2026-02-26: 6 states\n{JOINED}"
    )
    assert lines(answer)[0] == (
        f"ARM | Armenia | member | 1992-05-15 | - | all | False | {FROZEN} | False | 2003-09-18 "
        "| False"
    )
    assert answer.notes == (
        "Uzbekistan: suspended on 2026-11-22, not counted.",
        f"Armenia: {FROZEN}.",
        LEFT_AGAIN,
        NOT_A_MEMBER,
        CHECKED,
    )
    assert answer.asides == answer.notes[2:]


def test_who_was_counted_for_a_part_is_told_of_as_what_it_was_on_the_days_disputed(
    csto: Dataset,
) -> None:
    assert csto.members("2012").asides == (LEFT_AGAIN, NOT_A_MEMBER)


@pytest.mark.parametrize(
    ("on", "basis", "title"),
    [
        ("1992-05-14", "joined", f"no states\n{JOINED}"),
        ("2003-09-17", "charter", f"no states\n{CHARTER}"),
        ("2003-09-18", "charter", f"6 states\n{CHARTER}"),
    ],
)
def test_a_title_says_the_days_the_number_and_the_rule(
    csto: Dataset, on: str, basis: str, title: str
) -> None:
    assert csto.members(on, basis=basis).title == f"Counted on {on}: {title}"


# An invented club

NOT_CERTAIN = "Aaa is not certain: its first day as member is known only as 2001-02."
CLUB = club(
    "member 2001-02/2001-04, observer 2001-06-01/",
    "BBB observer 2001-01-01/2001-01-31 > BBB member 2001-02-01/2001-03-31",
    remarks=REMARKS,
)


def test_one_state_is_one_and_its_remarks_are_joined() -> None:
    answer = club("member 2001-02/2001-04", remarks=REMARKS).members(("2001-01-15", "2001-02"))
    assert answer.title == (
        "Counted on any day of 2001-01-15/2001-02-28: 1 state\nBasis whole: whole members."
    )
    assert lines(answer) == [
        "AAA | Aaa | member | 2001-02 | 2001-04 | 2001-02-28/2001-02-28 | False "
        "| is early; is late | True | 2001-02 | -"
    ]
    assert answer.notes == (NOT_CERTAIN, IMPRECISE, "Aaa: is early.", "Aaa: is late.")


def test_a_state_that_may_be_counted_is_listed_as_imprecise() -> None:
    answer = CLUB.members("2001-02-10")
    assert lines(answer) == [
        "AAA | Aaa | member | 2001-02 | 2001-04 | - | False | is late | True | 2001-02 | -",
        "BBB | Bbb | member | 2001-02-01 | 2001-03-31 | all | False | is other | False "
        "| 2001-02-01 | -",
    ]
    assert answer.title.startswith("Counted on 2001-02-10: 2 states\n")
    assert answer.notes[:2] == (NOT_CERTAIN, IMPRECISE)
    sure = CLUB.members(("2001-03-15", "2001-03-16"))
    assert [(row.part, row.imprecise) for row in sure] == [("all", False)] * 2


def test_a_status_that_is_younger_than_its_run_has_a_column_and_a_last_day_gives_way_to_parts() -> (
    None
):
    old = {"name": "State", "status": "Status"}
    counted = {"first_day": "Counted since", "last_day": "Counted to"}
    assert CLUB.members("2001-03-15").columns == {**old, **counted}
    answer = CLUB.members("2001-03-15", basis="wide")
    assert [(str(row.status_since), str(row.first_day)) for row in answer] == [
        ("2001-02", "2001-02"),
        ("2001-02-01", "2001-01-01"),
    ]
    since = {"status_since": "Status since"}
    assert answer.columns == {**old, **since, **counted}
    partly = CLUB.members(("2001-01-31", "2001-03-15"), basis="wide")
    assert partly.columns == {
        **old,
        **since,
        "first_day": "Counted since",
        "part": "Days counted",
    }


def test_throughout_lists_whom_every_day_certainly_counts_and_notes_who_may_be() -> None:
    def throughout(first: str, last: str) -> list[str]:
        return [row.state for row in CLUB.members((first, last), throughout=True)]

    assert throughout("2001-02-10", "2001-03-15") == ["BBB"]
    assert CLUB.members(("2001-02-10", "2001-03-15"), throughout=True).notes[0] == NOT_CERTAIN
    assert throughout("2001-03-01", "2001-04-01") == ["AAA"]
    assert throughout("2001-04-01", "2001-04-02") == []


def test_who_is_not_counted_at_all_is_disputed_where_a_source_counts_it() -> None:
    other = rival("CCC", "2001-03-01/2001-03-10", "member")
    answer = club("member 2001-02-01/", disputes=[other]).members("2001-03-05")
    note = 'Ccc is disputed: member only until 2001-03-10 according to A Press ("otherwise").'
    assert (answer.notes, [row.state for row in answer]) == ((note,), ["AAA"])


def test_throughout_says_nothing_of_the_disputes_of_who_is_only_partly_counted() -> None:
    csto = club("member 2001-02-01/2001-03-31", disputes=[rival("AAA", "2001-03-01/2001-03-10")])
    asked = ("2001-03-01", "2001-04-30")
    note = 'Aaa is disputed: not from 2001-03-01 to 2001-03-10 according to A Press ("otherwise").'
    assert csto.members(asked).notes == (note,)
    assert csto.members(asked, throughout=True).notes == ()


@pytest.mark.parametrize(
    ("first", "last", "noted", "pending"),
    [
        ("2000-11-30", "2000-11-30", False, False),
        ("2000-11-30", "2000-12-01", True, False),
        ("2000-12-01", "2000-12-01", True, True),
        ("2000-12-23", "2000-12-23", True, True),
        ("2000-12-23", "2000-12-24", True, False),
        ("2000-12-24", "2000-12-24", False, False),
    ],
)
def test_an_instrument_is_told_of_while_it_is_signed_and_not_in_force(
    first: str, last: str, noted: bool, pending: bool
) -> None:
    law = WIDE._replace(basis="law", counts=MEMBER)
    any_status = basis("any", "member", "observer", default=True)
    csto = club("member 2000-11-01/, BBB observer 2000-11-01/", bases=[law, any_status])
    answer = csto.members((first, last))
    days_asked = f"on {first}" if first == last else f"on some day of {first}/{last}"
    note = (
        "The Pact was signed on 2000-12-01 and came into force on 2000-12-24: under law 1 state "
        f"is counted {days_asked}."
    )
    assert (note in answer.notes) is noted
    assert ("(Pact signed, not yet in force)" in answer.title) is pending


def test_members_who_changed_and_who_are_left_out_are_noted() -> None:
    notes = CLUB.members(("2001-01-31", "2001-02-28"), basis="wide").notes
    assert "Bbb: observer on 2001-01-31 and member from 2001-02-01 to 2001-02-28." in notes
    answer = CLUB.members("2001-06-01")
    assert answer.title.startswith("Counted on 2001-06-01: no states\n")
    assert answer.notes == ("Aaa: observer on 2001-06-01, not counted (counted under wide).",)


@pytest.mark.parametrize("day", ["1995-01-01", "2007-01-01", "2012-12-19"])
def test_at_80_columns_members_on_a_day_take_eight_lines_more_than_there_are(day: str) -> None:
    out = ask("members", "--on", day, variables={"COLUMNS": "80"}).out
    assert len(out.splitlines()) <= len(load().members(day)) + 8
