"""Whether a state was counted and why, word for word."""

from __future__ import annotations

import pytest
from facts import CHECKED, FROZEN, SENATE, SINCE_AUGUST, TREATY_SIGNED
from small import REMARKS, WHY, club, day, lines

from cstocli import Dataset

BOUND_AGAIN = (
    "Open: Since when was Uzbekistan bound again by the Treaty and the Charter? Not before "
    "2008-03-28, when its Senate ratified the instruments. Their deposit was not found in the "
    "sources read."
)
TEXTS = (
    "Open: What do the decision of 23 June 2006 and the protocol of 16 August 2006 say, and from "
    "which day? Both are reported. Their texts were not found in the sources read."
)


def reason(csto: Dataset, state: str, on: str) -> str:
    (row,) = csto.check(state, on)
    return row.reason


def test_check_of_a_period_says_on_which_days_and_what_is_disputed(csto: Dataset) -> None:
    answer = csto.check("uzbekistan", "2006")
    assert (answer.question, answer.title, answer.unverified) == ("check", "", False)
    assert lines(answer) == [
        "UZB | Uzbekistan | partly | member | 2006-06-23 | 2012-12-18 | 2006-06-23/2006-12-31 "
        "| True | Uzbekistan: member from 2006-06-23 to 2006-12-31; but "
        f"{SINCE_AUGUST} | 2006-01-01/2006-12-31 | False | 2006-06-23 | True | -"
    ]
    (row,) = answer
    assert str(row) == f"2006-01-01/2006-12-31: partly, disputed: {row.reason}"
    assert answer.notes == (SENATE, BOUND_AGAIN, TEXTS)
    assert answer.asides == answer.notes
    assert answer.query == {
        "state": "UZB",
        "basis": "joined",
        "first_day": day("2006-01-01"),
        "last_day": day("2006-12-31"),
        "rule": "throughout",
    }


def test_check_of_a_day_has_the_open_questions_of_its_spell_beside_it(csto: Dataset) -> None:
    answer = csto.check("uzbekistan", "2006-07-15", basis="charter")
    assert lines(answer) == [
        "UZB | Uzbekistan | yes | member | 2006-06-23 | 2012-12-18 | all | True | Uzbekistan was "
        f"a member of the Organisation; but {SINCE_AUGUST} | 2006-07-15 | False "
        "| 2006-06-23 | True | -"
    ]
    assert answer.notes == answer.asides == (BOUND_AGAIN, TEXTS)
    assert answer.query["rule"] == "day"
    assert csto.check("uzbekistan", "2006-07-15").notes == answer.notes
    assert csto.check("uzbekistan", "2006-01-01", basis="charter").notes == ()


def test_a_no_that_is_a_yes_under_another_basis_says_so(csto: Dataset) -> None:
    answer = csto.check("georgia", "1994-01-01", basis="in-force")
    assert lines(answer) == [
        "GEO | Georgia | no | signatory | - | - | - | False | signatory: Georgia had acceded to "
        "the Treaty, which was not yet in force (from 1993-12-09 to 1994-04-19) | 1994-01-01 "
        "| False | 1993-12-09 | True | -"
    ]
    (row,) = answer
    assert str(row) == f"1994-01-01: no, {row.reason}"
    joined = "Under joined the answer is yes: signed, acceded or admitted, in force or not."
    assert answer.notes == (f"{TREATY_SIGNED}.", joined)
    assert csto.check("armenia", "1994", basis="charter").notes == (
        joined,
        "Under in-force the answer is partly: the Treaty in force for the state.",
    )


def test_a_note_on_an_instrument_says_the_answer_about_the_state(csto: Dataset) -> None:
    notes = csto.check("georgia", "1993-12-31").notes
    assert notes == (f"{TREATY_SIGNED}: under in-force the answer is no.",)


def test_a_yes_has_its_remarks(csto: Dataset) -> None:
    answer = csto.check("armenia", "2024")
    assert answer.notes == (f"Armenia: {FROZEN}.", *answer.asides)
    (aside,) = answer.asides
    assert aside.startswith("Open: What happened to Armenia's participation after 2026-02-26")


@pytest.mark.parametrize(
    ("state", "on", "said"),
    [
        (
            "UZB",
            "2026-11-22",
            "suspended: Uzbekistan is suspended from the Organisation (since 2012-12-19)",
        ),
        (
            "UZB",
            "2026-11-21",
            "suspended: Uzbekistan was suspended from the Organisation (since 2012-12-19)",
        ),
        ("RUS", "2026-11-22", "Russia is a member of the Organisation"),
        ("RUS", "2026-11", "Russia is a member of the Organisation"),
        ("RUS", "2026-11-21", "Russia was a member of the Organisation"),
        (
            "RUS",
            "2003-09",
            "Russia: party from 2003-09-01 to 2003-09-17 and member from 2003-09-18 to 2003-09-30",
        ),
        ("RUS", "1992", "Russia: signatory from 1992-05-15 to 1992-12-31"),
        ("RUS", "1992-05-14", "not yet: Russia, signatory from 1992-05-15 (signature)"),
        (
            "UZB",
            "2000-01-01",
            "outside: Uzbekistan, party to 1999-04-20 (not prolonged), member from 2006-06-23 "
            "(decision)",
        ),
        ("GEO", "2007-01-01", "no longer: Georgia, party to 1999-04-20 (not prolonged)"),
    ],
)
def test_check_says_why(csto: Dataset, state: str, on: str, said: str) -> None:
    assert reason(csto, state, on) == said


def test_a_single_day_of_a_period_is_told_as_one(csto: Dataset) -> None:
    (row,) = csto.check("russia", ("1992-05-01", "1992-05-15"))
    assert row.reason == "Russia: signatory on 1992-05-15"


def test_a_period_in_which_a_state_was_not_counted_is_answered_by_its_last_day(
    csto: Dataset,
) -> None:
    assert lines(csto.check("armenia", ("1992-05-14", "1992-05-15"), basis="charter")) == [
        "ARM | Armenia | no | signatory | - | - | - | False | signatory: Armenia had signed the "
        "Treaty, which was not yet in force (from 1992-05-15 to 1994-04-19) "
        "| 1992-05-14/1992-05-15 | False | 1992-05-15 | True | -"
    ]


def test_every_doubt_is_told_after_the_reason_in_the_order_of_the_file(csto: Dataset) -> None:
    (row,) = csto.check("uzbekistan", ("2006-06-23", "2012-12-18"))
    assert row.reason == (
        f"Uzbekistan was a member of the Organisation; but {SINCE_AUGUST}; but suspended already "
        "from 2012-06-28 according to ATOP, Fox News (AP) and TASS"
    )


def test_another_country_was_never_one(csto: Dataset) -> None:
    answer = csto.check("france", ("2026-11-22", "2026-12-31"))
    assert lines(answer) == [
        "FRA | France | no | never | - | - | - | False | never: France is none of the 9 states of "
        "this dataset | 2026-11-22 | False | - | False | 2026-02-26"
    ]
    assert answer.notes == (
        "France was counted in NATO: csto organisations france --on 2026-11-22/2026-12-31",
        "2026-11-22/2026-12-31 is cut at 2026-11-22, the last day that can be asked.",
        CHECKED,
    )


# An invented club

SECOND = "BBB member 2001-02-01/2001-03-31"
FIRST = "member 2001-02/2001-04, observer 2001-06-01/"
TOLD = f"{FIRST}, BBB observer 2001-01-01/2001-01-31 > {SECOND}"
CLUB = club(TOLD, remarks=REMARKS)


@pytest.mark.parametrize(
    ("code", "first", "last", "row"),
    [
        (
            "AAA",
            "2001-02-10",
            "2001-02-10",
            "unknown | member | 2001-02 | 2001-04 | - | False | Aaa: its first day as member is "
            "known only as 2001-02 | 2001-02-10 | True | 2001-02 | - | -",
        ),
        (
            "AAA",
            "2001-02-01",
            "2001-04-30",
            "unknown | member | 2001-02 | 2001-04 | 2001-02-28/2001-04-01 | False | Aaa: its first "
            "day as member is known only as 2001-02; but its last day as member is known only as "
            "2001-04 | 2001-02-01/2001-04-30 | True | 2001-02 | - | -",
        ),
        (
            "AAA",
            "2001-01-31",
            "2001-02-28",
            "partly | member | 2001-02 | 2001-04 | 2001-02-28/2001-02-28 | False | Aaa: member "
            "from 2001-02 to 2001-02-28; but its first day as member is known only as 2001-02 "
            "| 2001-01-31/2001-02-28 | True | 2001-02 | - | -",
        ),
        (
            "AAA",
            "2001-05-01",
            "2001-05-01",
            "no | outside | - | - | - | False | outside: Aaa, member to 2001-04 (left), observer "
            "from 2001-06-01 (joined) | 2001-05-01 | False | - | - | -",
        ),
        (
            "AAA",
            "2001-04-02",
            "2001-06-01",
            "unknown | member | 2001-02 | 2001-04 | - | False | Aaa: its last day as member is "
            "known only as 2001-04 | 2001-04-02/2001-06-01 | True | 2001-02 | - | -",
        ),
        (
            "BBB",
            "2001-01-01",
            "2001-04-30",
            "partly | member | 2001-02-01 | 2001-03-31 | 2001-02-01/2001-03-31 | False | Bbb: "
            "member from 2001-02-01 to 2001-03-31 | 2001-01-01/2001-04-30 | False | 2001-02-01 | - "
            "| -",
        ),
        (
            "CCC",
            "2001-04-30",
            "2001-04-30",
            "no | never | - | - | - | False | never: Ccc is none of the 3 states of this dataset "
            "| 2001-04-30 | False | - | - | -",
        ),
    ],
)
def test_a_check_is_judged_by_the_days_that_are_certain(
    code: str, first: str, last: str, row: str
) -> None:
    assert lines(CLUB.check(code, (first, last))) == [f"{code} | {code.title()} | {row}"]


@pytest.mark.parametrize(
    ("first", "last", "basis", "asked"),
    [
        ("2001-01-01", "2001-02-01", "wide", True),
        ("2001-02-01", "2001-04-01", "wide", False),
        ("2001-01-01", "2001-02-01", "whole", True),
        ("2001-02-01", "2001-04-01", "whole", False),
    ],
)
def test_the_open_question_of_a_check_is_that_of_the_spell_on_the_last_day(
    first: str, last: str, basis: str, asked: bool
) -> None:
    csto = club(TOLD, questions=[WHY._replace(about=SECOND)])
    notes = csto.check("BBB", (first, last), basis=basis).notes
    assert ("Open: Why? Nothing." in notes) is asked


@pytest.mark.parametrize(
    ("code", "on", "notes"),
    [
        ("BBB", "2001-03-31", ("Bbb: is other.",)),
        ("BBB", "2001-04-01", ()),
        ("BBB", "2001-01-31", ("Under wide the answer is yes: members and observers.",)),
        ("AAA", "2001-02-10", ("Aaa: is late.",)),
    ],
)
def test_a_check_has_its_remarks_unless_it_is_a_no(
    code: str, on: str, notes: tuple[str, ...]
) -> None:
    assert CLUB.check(code, on).notes == notes
