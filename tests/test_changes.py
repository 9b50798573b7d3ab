"""Who joined and who left, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest
from facts import (
    CHARTER,
    CHECKED,
    IMPRECISE,
    JOINED,
    LEFT_AGAIN,
    NOT_A_MEMBER,
    PACT,
    SINCE_AUGUST,
    TREATY_SIGNED,
)
from running import ask
from small import club, day, lines, rival, spell, state

from cstocli import Dataset, load
from cstocli.core.days import Bound


def test_accessions_are_in_the_order_of_their_first_counted_days(csto: Dataset) -> None:
    answer = csto.accessions(("1993-12-09", "2006-06-23"))
    assert answer.question == "accessions"
    assert answer.title == (f"Who joined, 1993-12-09/2006-06-23: 3\n{JOINED}")
    assert lines(answer) == [
        "GEO | Georgia | 1993-12-09 | accession | 1993-12-09-georgia-accession | False "
        "| Georgia accedes to the Treaty; the month is sure, the day less so | False",
        "BLR | Belarus | 1993-12-31 | accession | 1993-12-31-belarus-accession | False "
        "| Belarus accedes to the Treaty; the month is sure, the day less so | False",
        "UZB | Uzbekistan | 2006-06-23 | decision | 2006-06-23-uzbekistan-admitted | True "
        "| The Council, meeting in Minsk, restores Uzbekistan's membership; the formal "
        "decision is reported, its text was not found in the sources read | False",
    ]
    assert answer.notes == (
        f"Uzbekistan is disputed: {SINCE_AUGUST}.",
        f"{TREATY_SIGNED}: under in-force 9 are counted on some day of 1993-12-09/2006-06-23.",
        f"{PACT}: under charter 7 are counted on some day of 1993-12-09/2006-06-23.",
    )
    assert answer.asides == answer.notes[1:]
    assert answer.query == {
        "basis": "joined",
        "first_day": day("1993-12-09"),
        "last_day": day("2006-06-23"),
    }
    assert answer.columns == {"name": "State", "day": "First day", "kind": "Kind", "title": "Act"}
    assert [str(row)[:57] for row in answer] == [
        "Georgia: 1993-12-09, accession: Georgia accedes to the Tr",
        "Belarus: 1993-12-31, accession: Belarus accedes to the Tr",
        "Uzbekistan: 2006-06-23, decision, disputed: The Council, ",
    ]
    assert not answer.unverified


def test_withdrawals_of_all_times_are_in_the_order_of_their_last_counted_days(
    csto: Dataset,
) -> None:
    answer = csto.withdrawals(basis="charter")
    assert answer.question == "withdrawals"
    assert answer.title == (f"Who left, 1992-05-15/2026-11-22: 1\n{CHARTER}")
    assert lines(answer) == [
        "UZB | Uzbekistan | 2012-12-18 | suspended | 2012-12-19-uzbekistan-suspended | True "
        "| The Council, meeting in Moscow, suspends Uzbekistan's membership at its own "
        "request; it is a suspension, not a withdrawal | False",
    ]
    assert answer.notes == (
        "Uzbekistan is disputed: suspended already from 2012-06-28 according to ATOP, Fox News "
        "(AP) and TASS.",
        CHECKED,
        f"{PACT}.",
        LEFT_AGAIN,
        NOT_A_MEMBER,
    )
    assert answer.asides == answer.notes[2:]
    assert answer.columns["day"] == "Last day"
    assert answer.unverified


# An invented club

SECOND = "BBB member 2001-02-01/2001-03-31"
CLUB = club("member 2001-02/2001-04, BBB observer 2001-01-01/2001-01-31 > " + SECOND)


FIRSTS = {
    "2001-01-31": [],
    "2001-02-01": ["AAA", "BBB"],
    "2001-02-02": ["AAA"],
    "2001-02-28": ["AAA"],
    "2001-03-01": [],
}
LASTS = {
    "2001-03-30": [],
    "2001-03-31": ["BBB"],
    "2001-04-01": ["AAA"],
    "2001-04-30": ["AAA"],
    "2001-05-01": [],
}


def test_an_imprecise_change_is_in_every_period_that_it_may_be_in() -> None:
    joined = {on: [row.state for row in CLUB.accessions(on)] for on in FIRSTS}
    assert joined == FIRSTS
    left = {on: [row.state for row in CLUB.withdrawals(on)] for on in LASTS}
    assert left == LASTS


def test_a_change_without_an_act_has_no_title_and_says_what_is_not_certain() -> None:
    answer = CLUB.accessions()
    assert answer.title == ("Who joined, 2001-01-01/2026-11-22: 2\nBasis whole: whole members.")
    assert lines(answer) == [
        "AAA | Aaa | 2001-02 | joined | - | False | - | True",
        "BBB | Bbb | 2001-02-01 | next-status | - | False | - | False",
    ]
    assert answer.notes == (
        "Aaa is not certain: its first day as member is known only as 2001-02.",
        IMPRECISE,
    )
    left = CLUB.withdrawals()
    assert lines(left) == [
        "BBB | Bbb | 2001-03-31 | left | - | False | - | False",
        "AAA | Aaa | 2001-04 | left | - | False | - | True",
    ]
    assert left.notes == (
        "Aaa is not certain: its last day as member is known only as 2001-04.",
        IMPRECISE,
    )
    assert [str(row) for row in (*answer, *left)] == [
        "Aaa: 2001-02, joined, not certain",
        "Bbb: 2001-02-01, next-status",
        "Bbb: 2001-03-31, left",
        "Aaa: 2001-04, left, not certain",
    ]
    assert [type(row.day) for row in (answer.rows[0], left.rows[1])] == [Bound, Bound]


def test_who_goes_on_to_a_status_that_does_not_count_leaves_by_it() -> None:
    csto = club("member 2001-01-01/2001-01-31 > observer 2001-02-01/2001-02-01")
    assert lines(csto.withdrawals()) == [
        "AAA | Aaa | 2001-01-31 | observer | - | False | - | False"
    ]
    assert [str(row) for row in csto.withdrawals()] == ["Aaa: 2001-01-31, observer"]


def test_changes_of_one_day_are_in_the_order_of_the_names() -> None:
    csto = club(
        "member 2001-02-01/2001-02-02, BBB member 2001-02-01/2001-02-01, "
        "CCC member 2001-02-01/2001-02-01",
        states=["CCC", state("AAA")._replace(name="Zed"), "BBB"],
    )
    assert [row.name for row in csto.accessions()] == ["Bbb", "Ccc", "Zed"]
    assert [(row.name, str(row.day)) for row in csto.withdrawals()] == [
        ("Bbb", "2001-02-01"),
        ("Ccc", "2001-02-01"),
        ("Zed", "2001-02-02"),
    ]


@pytest.mark.parametrize(
    ("stretch", "status", "joined", "left"),
    [
        ("2001-01-31/2001-01-31", "member", True, False),
        ("2001-01-30/2001-01-30", "member", False, False),
        ("2001-02-01/2001-02-01", None, True, False),
        ("2001-02-02/2001-02-02", None, False, False),
        ("2001-03-30/2001-03-30", None, False, False),
        ("2001-03-31/2001-03-31", None, False, True),
        ("2001-04-01/2001-04-01", "member", False, True),
        ("2001-04-02/2001-04-02", "member", False, False),
        ("2001-04-01/2001-04-01", "observer", False, False),
    ],
)
def test_a_change_is_disputed_by_a_doubt_about_its_day_or_the_one_on_its_other_side(
    stretch: str, status: str | None, joined: bool, left: bool
) -> None:
    csto = club(SECOND, disputes=[rival("BBB", stretch, status)])
    for answer, disputed in ((csto.accessions(), joined), (csto.withdrawals(), left)):
        assert [row.disputed for row in answer] == [disputed]
        assert ("Bbb is disputed: " in " ".join(answer.notes)) is disputed


def test_a_doubt_about_a_status_only_is_noted_beside_a_change() -> None:
    days = ("2001-01-31", "2001-04-01")
    csto = club(SECOND, disputes=[rival("BBB", f"{on}/{on}", "observer") for on in days])
    for on, notes in zip(days, (csto.accessions().notes, csto.withdrawals().notes), strict=True):
        assert notes == (
            "Bbb is not counted either way; disputed is as what: observer only until "
            f'{on} according to A Press ("otherwise").',
        )


def test_changes_have_their_acts_and_the_kind_of_the_first_and_last_spell_of_a_run() -> None:
    first = "BBB observer 2001-01-01/2001-01-31"
    csto = club(
        spell(first, ended="next-status", opened_by="signing", closed_by="start"),
        spell(SECOND, ended="expelled", opened_by="start", closed_by="signing"),
    )
    assert lines(csto.accessions(basis="wide")) == [
        "BBB | Bbb | 2001-01-01 | signature | signing | False | signing it is | False"
    ]
    assert lines(csto.withdrawals(basis="wide")) == [
        "BBB | Bbb | 2001-03-31 | expelled | signing | False | signing it is | False"
    ]
    assert lines(csto.accessions()) == [
        "BBB | Bbb | 2001-02-01 | signature | start | False | start it is | False"
    ]


# Changes that vanish, and that cannot be


def table(told: str, folder: Path) -> Dataset:
    path = folder / "told.csv"
    path.write_text(f"state,first_day,last_day\n{told}\n")
    return load(path)


def test_a_return_that_may_have_been_at_once_is_a_change_all_the_same(tmp_path: Path) -> None:
    csto = table("Narnia,2000-01-01,2006-04-01\nNarnia,2006,", tmp_path)
    (left,) = csto.withdrawals()
    assert (str(left.day), left.kind, left.imprecise) == ("2006-04-01", "left", True)
    first, again = csto.accessions()
    assert (str(first.day), first.imprecise) == ("2000-01-01", False)
    assert (str(again.day), again.kind, again.imprecise) == ("2006", "joined", True)
    assert [row.imprecise for row in csto.accessions("2006-04-02")] == [True]
    assert [row.imprecise for row in csto.withdrawals("2006-04-01")] == [True]
    note = "Narnia is not certain: its first day as member is known only as 2006."
    assert csto.accessions().notes == (note, IMPRECISE)


@pytest.mark.parametrize(
    ("on", "listed"),
    [
        ("2003-12-31", False),
        ("2004-01-01", True),
        ("2004-01-15", True),
        ("2004-01-16", False),
        ("2004-03-01", False),
    ],
)
def test_a_change_is_listed_on_no_day_after_the_last_one_on_which_it_can_be(
    on: str, listed: bool, tmp_path: Path
) -> None:
    """A spell of 2004 that ended on 15 January began by then."""
    csto = table("Narnia,2004,2004-01-15", tmp_path)
    assert [(str(row.day), row.imprecise) for row in csto.accessions(on)] == (
        [("2004", True)] if listed else []
    )
    assert [str(row.day) for row in csto.withdrawals()] == ["2004-01-15"]


def test_a_table_tells_the_act_of_several_states_once() -> None:
    table = ask("withdrawals", variables={"COLUMNS": "80"}).out
    assert (table.count("do not prolong"), table.count("as above")) == (1, 2)
    rows = ask("withdrawals", "--format", "csv").out
    assert (rows.count("do not prolong"), rows.count("as above")) == (3, 0)
