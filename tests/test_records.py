"""What the records of a dataset say of a state and a day."""

from __future__ import annotations

import pytest
from small import (
    EITHER,
    MEMBER,
    REMARKS,
    SIGNING,
    START,
    WHOLE,
    WHY,
    WIDE,
    club,
    day,
    days,
    rival,
    spell,
    spells,
    state,
)

from cstocli.core import model
from cstocli.core.model import Kind, Spell
from cstocli.core.standing import Doubt, Run

TOLD = spells(
    "member 2001-03-01/2001-03-31, member 2001-01-01/2001-01-31 > observer 2001-02-01/2001-02-10, "
    "member 2001-04-01/2001-04-30 > member 2001-05-01/, BBB member 2001-01-15/2001-01-20"
)
MARCH, JANUARY, FEBRUARY, APRIL, MAY, LONE = TOLD
CLUB = club(*TOLD, remarks=REMARKS, questions=[WHY], verified="2020-02-26").records


def test_the_words_for_what_has_no_act_or_no_spell() -> None:
    assert (model.JOINED, model.LEFT, model.NEXT) == ("joined", "left", "next-status")
    assert (model.NOT_YET, model.OUTSIDE) == ("not-yet", "outside")
    assert (model.FORMER, model.NEVER) == ("former", "never")


def test_the_records_hold_what_the_file_says() -> None:
    assert (CLUB.release, CLUB.verified_through) == ("2001a", day("2020-02-26"))
    assert (CLUB.licence, CLUB.organisation.name) == ("CC0-1.0", "Club")
    assert {key: status.past for key, status in CLUB.statuses.items()} == {
        "member": "was member",
        "observer": "was observer",
    }
    assert CLUB.bases == {"wide": WIDE, "whole": WHOLE}
    assert CLUB.kinds == {"signature": Kind("signature", "a text is signed", "signed")}
    assert CLUB.states == {code: state(code) for code in ("AAA", "BBB", "CCC")}
    assert CLUB.acts == {"signing": SIGNING, "start": START}
    assert CLUB.spells == {one.id: one for one in TOLD}
    assert CLUB.disputes == {}
    assert (CLUB.open_questions, CLUB.remarks) == ((WHY,), REMARKS)
    assert {key: source.publisher for key, source in CLUB.sources.items()} == {"book": "A Press"}


def test_the_default_basis_is_the_one_said_to_be_wherever_it_stands() -> None:
    assert CLUB.default_basis is WHOLE


def test_the_first_day_is_that_of_the_earliest_spell() -> None:
    assert CLUB.first_day == day("2001-01-01")
    imprecise = club("member 2001-06/2001-08, BBB member 2001-07/")
    assert imprecise.records.first_day == day("2001-06-01")


def test_a_dispute_or_question_concerns_the_states_of_its_spell_or_act_or_one_state() -> None:
    assert CLUB.states_of(LONE.id) == ("BBB",)
    assert CLUB.states_of("signing") == ("AAA", "BBB")
    assert CLUB.states_of("CCC") == ("CCC",)
    assert CLUB.states_of("CLUB") == ()


def test_an_act_takes_effect_on_its_own_day_or_on_a_later_one() -> None:
    assert CLUB.effective_day("signing") == day("2000-12-01")
    assert CLUB.effective_day("start") == day("2000-12-24")


# Spells


def test_the_spells_of_a_state_are_in_the_order_of_their_days() -> None:
    assert CLUB.spells_of("AAA") == (JANUARY, FEBRUARY, MARCH, APRIL, MAY)
    assert CLUB.spells_of("BBB") == (LONE,)
    assert CLUB.spells_of("CCC") == CLUB.spells_of("FRA") == ()


@pytest.mark.parametrize(
    ("code", "on", "status", "found"),
    [
        ("AAA", "2000-12-31", "not-yet", None),
        ("AAA", "2001-01-01", "member", JANUARY),
        ("AAA", "2001-01-31", "member", JANUARY),
        ("AAA", "2001-02-01", "observer", FEBRUARY),
        ("AAA", "2001-02-10", "observer", FEBRUARY),
        ("AAA", "2001-02-11", "outside", None),
        ("AAA", "2001-02-28", "outside", None),
        ("AAA", "2001-03-01", "member", MARCH),
        ("AAA", "2001-05-01", "member", MAY),
        ("AAA", "2100-01-01", "member", MAY),
        ("BBB", "2001-01-14", "not-yet", None),
        ("BBB", "2001-01-20", "member", LONE),
        ("BBB", "2001-01-21", "former", None),
        ("CCC", "2001-01-21", "never", None),
        ("FRA", "2001-01-21", "never", None),
    ],
)
def test_a_day_has_the_status_of_its_spell_or_one_without(
    code: str, on: str, status: str, found: Spell | None
) -> None:
    assert CLUB.status_on(code, day(on)) == status
    assert CLUB.spell_on(code, day(on)) == found
    assert CLUB.spells_during(code, days(on)) == ((found,) if found else ())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2001-01-31/2001-02-01", (JANUARY, FEBRUARY)),
        ("2001-02-10/2001-02-28", (FEBRUARY,)),
        ("2001-02-11/2001-03-31", (MARCH,)),
        ("2001-03-15/2001-06-30", (MARCH, APRIL, MAY)),
        ("1990-01-01/2000-12-31", ()),
    ],
)
def test_the_spells_of_a_period_have_one_of_its_days(asked: str, found: tuple[Spell, ...]) -> None:
    assert CLUB.spells_during("AAA", days(asked)) == found


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("2001-01-01/2001-12-31", "2001-02", "2001-04"),
        ("2001-02-01/2001-04-30", "2001-02", "2001-04"),
        ("2001-02-02/2001-04-29", "2001-02-02", "2001-04-29"),
    ],
)
def test_a_spell_is_cut_to_days_and_its_bounds_told_as_they_are_known(
    asked: str, first: str, last: str
) -> None:
    assert list(map(str, spell("member 2001-02/2001-04").during(days(asked)))) == [first, last]
    assert spell("member 2001-02-01/").during(days(asked))[1] == days(asked)[1]


def test_a_spell_began_by_the_kind_of_its_act_or_as_the_next_status_or_joined() -> None:
    assert CLUB.began(LONE._replace(opened_by="signing")) == "signature"
    assert CLUB.began(FEBRUARY._replace(opened_by="signing")) == "signature"
    begun = [CLUB.began(one) for one in (JANUARY, FEBRUARY, MARCH, APRIL, MAY, LONE)]
    assert begun == ["joined", "next-status", "joined", "joined", "next-status", "joined"]


def test_spells_that_meet_are_one_run_whatever_their_status() -> None:
    first, second = days("2001-01-01/2001-01-31"), days("2001-02-01/2001-02-10")
    later = Run(day("2001-03-01"), None, (MARCH, APRIL, MAY))
    assert CLUB.standing("AAA", MEMBER).runs == (Run(*first, (JANUARY,)), later)
    joined = Run(first[0], second[1], (JANUARY, FEBRUARY))
    assert CLUB.standing("AAA", EITHER).runs == (joined, later)
    assert CLUB.standing("AAA", frozenset({"observer"})).runs == (Run(*second, (FEBRUARY,)),)
    assert CLUB.standing("CCC", EITHER).runs == CLUB.standing("FRA", EITHER).runs == ()


@pytest.mark.parametrize(
    ("asked", "counted"),
    [
        ("2000-01-01/2000-12-31", ""),
        ("2000-01-01/2001-01-01", "2001-01-01"),
        ("2001-01-31/2001-02-28", "2001-01-31"),
        ("2001-02-01/2001-02-28", ""),
        ("2001-02-01/2001-03-01", "2001-03-01"),
        ("2001-01-15/2001-03-15", "2001-01-15/2001-01-31 2001-03-01/2001-03-15"),
        ("2001-03-31/2001-04-01", "2001-03-31/2001-04-01"),
        ("2000-01-01/9999-12-30", "2001-01-01/2001-01-31 2001-03-01/9999-12-30"),
    ],
)
def test_the_counted_days_are_those_of_the_runs_among_the_days_asked_about(
    asked: str, counted: str
) -> None:
    assert CLUB.standing("AAA", MEMBER).counted(days(asked)) == list(map(days, counted.split()))


# Doubts and remarks


def test_a_rival_with_days_is_a_doubt_of_every_state_that_it_concerns() -> None:
    about_spell = rival(JANUARY.id, "2001-01-01/2001-01-05")
    about_state = rival("AAA", "2001-02-05/", "member")
    about_act = rival("signing", "2001-01-20/2001-01-20")
    rejected = rival(JANUARY.id, "2001-01-08/2001-01-09", verdict="rejected")
    without_days = rival(JANUARY.id, "/")
    told = [about_spell, rejected, without_days, about_state, about_act]
    records = club(*TOLD, disputes=told).records
    first = Doubt(*days("2001-01-01/2001-01-05"), None, about_spell)
    second = Doubt(day("2001-02-05"), None, "member", about_state)
    third = Doubt(*days("2001-01-20"), None, about_act)
    assert records.doubts_of("AAA") == (first, second, third)
    assert records.doubts_of("BBB") == (third,)
    assert records.doubts_of("CCC") == records.doubts_of("FRA") == ()
    asked = records.doubts_on("AAA", days("2001-01-04/2001-01-31"))
    assert asked == [(days("2001-01-04/2001-01-05"), first), (days("2001-01-20"), third)]


def test_a_remark_is_in_force_from_its_first_to_its_last_day() -> None:
    early, late, other = REMARKS
    assert CLUB.remarks_of("AAA") == (early, late)
    assert CLUB.remarks_of("BBB") == (other,)
    assert CLUB.remarks_of("CCC") == CLUB.remarks_of("FRA") == ()
    for asked, found in {
        "2001-01-01/2001-01-09": [],
        "2001-01-01/2001-01-10": [early],
        "2001-01-20/2001-01-31": [early],
        "2001-01-21/2001-01-31": [],
        "2001-01-15/2001-02-01": [early, late],
        "2030-01-01": [late],
    }.items():
        assert CLUB.remarks_on("AAA", days(asked)) == found
