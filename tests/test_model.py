"""What follows for a day from the spells, the disputes and the remarks of a few invented states."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from cstocli import bounds, model, ruling
from cstocli.bounds import Bound
from cstocli.model import (
    Act,
    Basis,
    Dispute,
    Doubt,
    Kind,
    OpenQuestion,
    Organisation,
    Records,
    Remark,
    Run,
    Source,
    Spell,
    State,
    Status,
)
from cstocli.ruling import Limits

MEMBER = frozenset({"member"})
EITHER = frozenset({"member", "observer"})
WHOLE = Basis("whole", True, MEMBER, "whole members", None, None, None)
WIDE = Basis("wide", False, EITHER, "members and observers", "Pact", "signing", "start")
Days = tuple[dt.date, dt.date]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def days(text: str) -> Days:
    """The days of `2001-01-02/2001-01-05`, or of a single day."""
    first, _, last = text.partition("/")
    return day(first), day(last or first)


def spell(text: str, ended: str | None = "left", state: str = "AAA") -> Spell:
    """The spell written as `member 2001/2001-06`, called by its text; a last day of none lasts."""
    status, first, last = re.split("[ /]", text)
    return Spell(
        text,
        state,
        status,
        bounds.first_bound(first),
        bounds.last_bound(last) if last else None,
        None,
        None,
        ended if last else None,
        None,
    )


def rival(about: str, stretch: str, status: str | None = None, verdict: str = "rival") -> Dispute:
    first, last = stretch.split("/")
    return Dispute(
        f"{about}?{stretch}",
        about,
        "otherwise",
        day(first) if first else None,
        day(last) if last else None,
        status,
        verdict,
        "so they say",
        ("book",),
    )


def remark(id: str, state: str, first: str, last: str | None = None) -> Remark:
    return Remark(id, state, day(first), day(last) if last else None, f"is {id}", ("book",))


def state(code: str) -> State:
    return State(code, None, None, None, None, code.title(), "", "", "", (), ())


def act(id: str, date: str, *states: str, effective: str | None = None) -> Act:
    later = day(effective) if effective else None
    return Act(id, date, later, "signature", f"{id} it is", None, states, "high", ("book",))


def club(*spells: Spell, disputes: tuple[Dispute, ...] = (), acts: tuple[Act, ...] = ()) -> Records:
    """The records of the states `AAA`, `BBB` and `CCC` with these spells."""
    return Records(
        release="2001a",
        verified_through=day("2020-02-26"),
        licence="CC0-1.0",
        organisation=Organisation("CLUB", "Club", None, None, None, ()),
        statuses=[Status(status, status, f"was {status}", f"is {status}") for status in EITHER],
        bases=[WIDE, WHOLE],
        kinds=[Kind("signature", "a text is signed", "signed")],
        states=[state("AAA"), state("BBB"), state("CCC")],
        acts=acts,
        spells=spells,
        disputes=disputes,
        remarks=[
            remark("early", "AAA", "2001-01-10", "2001-01-20"),
            remark("late", "AAA", "2001-02-01"),
            remark("other", "BBB", "2001-01-01"),
        ],
        open_questions=[OpenQuestion("why", "AAA", "Why?", "Nothing.", day("2020-01-01"))],
        sources=[Source("book", "A Press", "A Book", None, None, None, "primary")],
    )


# The words


def test_the_words_for_what_has_no_act_or_no_spell() -> None:
    assert (model.JOINED, model.LEFT, model.NEXT) == ("joined", "left", "next-status")
    assert (model.NOT_YET, model.OUTSIDE) == ("not-yet", "outside")
    assert (model.FORMER, model.NEVER) == ("former", "never")


# Bounds


def test_a_bound_keeps_what_was_published_whatever_day_it_counts_as() -> None:
    june = days("2001-06-01/2001-06-30")
    bound = Bound.of(day("2001-06-07"), "2001-06", june)
    assert (bound.year, bound.month, bound.day) == (2001, 6, 7)
    assert (bound.published, bound.month_or_year, str(bound)) == ("2001-06", june, "2001-06")
    ruled = bound.ruled_as(day("2001-06-20"))
    assert ruled == day("2001-06-20")
    assert (ruled.published, bounds.may_be(ruled)) == ("2001-06", june)
    reckoned = bound + bounds.DAY
    assert (str(reckoned), bounds.may_be(reckoned)) == ("2001-06-08", days("2001-06-08"))
    assert bounds.DAY.days == 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2001-06-23", "2001-06-23", "2001-06-23"),
        ("2001-06", "2001-06-01", "2001-06-30"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2001-12", "2001-12-01", "2001-12-31"),
        ("2001", "2001-01-01", "2001-12-31"),
    ],
)
def test_a_day_is_read_as_a_day_and_a_month_or_year_as_a_bound(
    text: str, first: str, last: str
) -> None:
    assert bounds.days_of(text) == (day(first), day(last))
    begun, ended = bounds.first_bound(text), bounds.last_bound(text)
    assert (begun, ended) == (day(first), day(last))
    assert (str(begun), str(ended)) == (text, text)
    assert {type(begun), type(ended)} == {dt.date if first == last else Bound}
    assert bounds.may_be(begun) == bounds.may_be(ended) == (day(first), day(last))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2001-13", "there is no day 2001-13"),
        ("2001-02-29", "there is no day 2001-02-29"),
        ("0000", "there is no day 0000"),
        ("2001-6", "'2001-6' is no day; type YYYY-MM-DD, or YYYY-MM or YYYY"),
        ("2001-06-23T00", "'2001-06-23T00' is no day; type YYYY-MM-DD, or YYYY-MM or YYYY"),
        ("20010623", "'20010623' is no day; type YYYY-MM-DD, or YYYY-MM or YYYY"),
        ("", "'' is no day; type YYYY-MM-DD, or YYYY-MM or YYYY"),
    ],
)
def test_what_is_no_day_is_refused_with_what_to_type(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}$") as refused:
        bounds.days_of(text)
    assert refused.value.__suppress_context__ is ("there is" in message)


@pytest.mark.parametrize(
    ("text", "begins", "must_begin", "may_end", "ends"),
    [
        ("2001-06-10/2001-08-01", "2001-06-10", "2001-06-10", "2001-08-01", "2001-08-01"),
        ("2001-06/", "2001-06-01", "2001-06-30", "9999-12-31", "9999-12-31"),
        ("2001-06/2001-06-12", "2001-06-01", "2001-06-12", "2001-06-12", "2001-06-12"),
        ("2001-06-10/2001-06", "2001-06-10", "2001-06-10", "2001-06-10", "2001-06-30"),
        ("2001/2001-06", "2001-01-01", "2001-06-30", "2001-06-01", "2001-06-30"),
        ("2001-06/2001", "2001-06-01", "2001-06-30", "2001-06-01", "2001-12-31"),
    ],
)
def test_the_limits_of_a_spell_by_itself(
    text: str, begins: str, must_begin: str, may_end: str, ends: str
) -> None:
    one = spell(f"member {text}")
    expected = [day(text).toordinal() for text in (begins, must_begin, may_end, ends)]
    assert list(ruling.limits(one.first_day, one.last_day)) == expected


def test_spells_follow_each_other_by_their_latest_first_and_earliest_last_day() -> None:
    assert ruling.in_order([Limits(1, 9, 11, 30), Limits(1, 9, 10, 40)]) == [1, 0]
    assert ruling.in_order([Limits(1, 9, 10, 40), Limits(5, 8, 10, 40)]) == [1, 0]
    assert ruling.in_order([Limits(1, 9, 10, 40), Limits(2, 9, 10, 30)]) == [0, 1]
    assert ruling.in_order([Limits(9, 9, 20, 20), Limits(3, 8, 8, 8), Limits(1, 1, 2, 2)]) == [
        *(2, 1, 0)
    ]


@pytest.mark.parametrize(
    ("one", "two", "goes_on", "one_narrowed", "two_narrowed"),
    [
        # neither is in the way of the other
        ((1, 2, 5, 6), (8, 9, 12, 13), False, (1, 2, 5, 6), (8, 9, 12, 13)),
        # the earliest last day puts the other's first off, and the latest first day the last
        ((1, 2, 5, 9), (3, 8, 12, 13), False, (1, 2, 5, 7), (6, 8, 12, 13)),
        ((1, 2, 5, 9), (6, 8, 12, 13), False, (1, 2, 5, 7), (6, 8, 12, 13)),
        ((1, 2, 5, 7), (5, 8, 12, 13), False, (1, 2, 5, 7), (6, 8, 12, 13)),
        # within one month
        ((1, 30, 1, 30), (1, 30, 1, 30), False, (1, 29, 1, 29), (2, 30, 2, 30)),
        ((1, 30, 1, 30), (1, 30, 2, 30), False, (1, 29, 1, 29), (2, 30, 2, 30)),
        ((1, 28, 1, 30), (1, 30, 3, 30), False, (1, 28, 1, 29), (2, 30, 3, 30)),
        # where the other begins on the day after
        ((1, 2, 5, 9), (7, 8, 12, 13), True, (1, 2, 6, 7), (7, 8, 12, 13)),
        ((1, 2, 6, 9), (7, 8, 12, 13), True, (1, 2, 6, 7), (7, 8, 12, 13)),
        ((1, 2, 7, 9), (7, 11, 12, 13), True, (1, 2, 7, 9), (8, 10, 12, 13)),
        ((1, 2, 7, 9), (7, 9, 12, 13), True, (1, 2, 7, 8), (8, 9, 12, 13)),
        ((1, 2, 7, 9), (8, 12, 8, 13), True, (1, 2, 7, 9), (8, 10, 8, 13)),
        # and where it need not
        ((1, 2, 5, 9), (7, 11, 12, 13), False, (1, 2, 5, 9), (7, 11, 12, 13)),
    ],
)
def test_the_limits_of_two_spells_are_narrowed_by_each_other(
    one: tuple[int, int, int, int],
    two: tuple[int, int, int, int],
    goes_on: bool,
    one_narrowed: tuple[int, int, int, int],
    two_narrowed: tuple[int, int, int, int],
) -> None:
    narrowed = ruling.narrowed([Limits(*one), Limits(*two)], [goes_on])
    assert narrowed == [one_narrowed, two_narrowed]


def test_limits_are_narrowed_from_spell_to_spell() -> None:
    month = Limits(1, 30, 1, 30)
    assert ruling.narrowed([month] * 3, [False, False]) == [
        *((1, 28, 1, 28), (2, 29, 2, 29), (3, 30, 3, 30))
    ]
    assert ruling.narrowed([], []) == []


def test_of_three_spells_those_go_on_that_are_said_to() -> None:
    three = [Limits(1, 1, 5, 9), Limits(2, 20, 12, 25), Limits(13, 40, 50, 50)]
    assert ruling.narrowed(three, [True, False]) == [
        *((1, 1, 5, 9), (6, 10, 12, 25), (13, 40, 50, 50))
    ]
    assert ruling.narrowed(three, [False, True]) == [
        *((1, 1, 5, 9), (6, 20, 12, 25), (13, 26, 50, 50))
    ]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ("2001-06-01/2001-06-10, 2001-06-11/", []),
        ("2001-06-01/2001-06-10, 2001-06-10/", [(1, 0, "shares days with")]),
        ("2001-06-10/, 2001-06-01/2001-06-10", [(0, 1, "shares days with")]),
        ("2001/2001, 2001/2001", [(1, 0, "may come before or after")]),
        ("2001/2001, 2001/", []),
        ("2001-01-02/2001-01-04, 2001-01/2001-01", [(1, 0, "may come before or after")]),
        ("2001-01-01/2001-01-04, 2001-01/2001-01", []),
        ("2001-01-01/2001-01-04, 2001-06/2001-06", []),
        ("2001-01-04/2001-01-30, 2001-01/2001-01", [(0, 1, "may come before or after")]),
        ("2001-01-04/2001-01-31, 2001-01/2001-01", []),
        ("2001-06/2001-06, 2001-06/2001-06-01", []),
        ("2001-06-01/2001-06-30, 2001-06/", [(1, 0, "shares days with")]),
        ("2001-06-01/2001-06-29, 2001-06/", []),
        (
            "2001-06-01/2001-06-15, 2001-06/2001-06, 2001-06-16/",
            [(1, 0, "shares days with"), (2, 1, "shares days with")],
        ),
        ("2001-06-01/2001-06-15, 2001-06/2001-06, 2001-06-17/", []),
        ("2001-06/2001-06, 2001-06-01/", [(1, 0, "shares days with")]),
        ("2001-06-01/2001-06-02", []),
        ("", []),
    ],
)
def test_spells_clash_that_cannot_follow_each_other(
    texts: str, found: list[tuple[int, int, str]]
) -> None:
    spells = [spell(f"member {text}") for text in texts.split(", ") if text]
    assert list(ruling.clashes([(one.first_day, one.last_day) for one in spells])) == found


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("2001-06-10/2001-06-10", 1),
        ("2001-02-28/2001-03-01", 2),
        ("2001-06-10/", None),
        ("2001-06/2001-07-01", None),
        ("2001-06-10/2001-07", None),
    ],
)
def test_the_days_of_a_stretch_are_counted_where_both_ends_are_known(
    text: str, length: int | None
) -> None:
    one = spell(f"member {text}")
    assert bounds.length(one.first_day, one.last_day) == length


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2001-06-01/2001-06-09", None),
        ("2001-06-01/2001-06-10", "2001-06-10/2001-06-10"),
        ("2001-06-01/2001-06-15", "2001-06-10/2001-06-15"),
        ("2001-06-01/", "2001-06-10/2001-06-20"),
        ("2001-06-12/", "2001-06-12/2001-06-20"),
        ("2001-06-12/2001-06-15", "2001-06-12/2001-06-15"),
        ("2001-06-12/2001-06-25", "2001-06-12/2001-06-20"),
        ("2001-06-20/2001-06-25", "2001-06-20/2001-06-20"),
        ("2001-06-21/", None),
    ],
)
def test_a_stretch_is_clipped_to_the_days_asked_about(text: str, part: str | None) -> None:
    one, asked = spell(f"member {text}"), days("2001-06-10/2001-06-20")
    wanted = part and days(part)
    assert bounds.clip(one.first_day, one.last_day, asked) == wanted
    assert list(model.clipped([one], asked)) == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    ("others", "left"),
    [
        ("", "2001-06-10/2001-06-20 2001-07-01/2001-07-01"),
        ("2001-06-01/2001-06-09", "2001-06-10/2001-06-20 2001-07-01/2001-07-01"),
        ("2001-06-10/2001-06-10", "2001-06-11/2001-06-20 2001-07-01/2001-07-01"),
        ("2001-06-12/2001-06-15", "2001-06-10/2001-06-11 2001-06-16/2001-06-20 2001-07-01"),
        ("2001-06-11/2001-06-19", "2001-06-10 2001-06-20 2001-07-01"),
        ("2001-06-20/2001-07-01", "2001-06-10/2001-06-19"),
        ("2001-06-12 2001-06-16/2001-08-01", "2001-06-10/2001-06-11 2001-06-13/2001-06-15"),
        ("2001-06-01/2001-08-01", ""),
    ],
)  # fmt: skip
def test_days_taken_away_leave_the_days_before_and_after(others: str, left: str) -> None:
    stretches = [days("2001-06-10/2001-06-20"), days("2001-07-01")]
    found = bounds.without(stretches, map(days, others.split()))
    assert found == list(map(days, left.split()))


# Imprecise bounds, ruled


def doubt(stretch: str, status: str | None = None) -> Doubt:
    return Doubt(*days(stretch), status, None)


@pytest.mark.parametrize(
    ("spells", "counted", "doubts"),
    [
        (
            [spell("member 2001-02-05/2001-02-07")],
            ["2001-02-05/2001-02-07"],
            [],
        ),
        (
            [spell("member 2001-02/2001-07")],
            ["2001-02-01/2001-07-31"],
            [doubt("2001-02-01/2001-02-27"), doubt("2001-07-02/2001-07-31")],
        ),
        (
            [spell("member 0001/0005-01-01")],
            ["0001-01-01/0005-01-01"],
            [doubt("0001-01-01/0001-12-30")],
        ),
        (
            [spell("member 2001-02/2001-02-05")],
            ["2001-02-01/2001-02-05"],
            [doubt("2001-02-01/2001-02-04")],
        ),
        (
            [spell("member 2001-02/2001-02-01")],
            ["2001-02-01/2001-02-01"],
            [],
        ),
        (
            [spell("member 2000/2001-06"), spell("observer 2001-06/2003-01-01")],
            ["2000-01-01/2001-06-29", "2001-06-30/2003-01-01"],
            [
                doubt("2000-01-01/2000-12-30"),
                doubt("2001-06-02/2001-06-29"),
                doubt("2001-06-02/2001-06-29", "observer"),
            ],
        ),
        (
            [spell("member 2000/2001-06", "next-status"), spell("observer 2001-06/2003-01-01")],
            ["2000-01-01/2001-06-29", "2001-06-30/2003-01-01"],
            [doubt("2000-01-01/2000-12-30"), doubt("2001-06-02/2001-06-29", "observer")],
        ),
        (
            [spell("member 2001-03-01/2001"), spell("observer 2001-06/2003-01-01")],
            ["2001-03-01/2001-06-29", "2001-06-30/2003-01-01"],
            [doubt("2001-03-02/2001-06-29"), doubt("2001-06-01/2001-06-29", "observer")],
        ),
        (
            [spell("member 2001-05-01/2001-06"), spell("observer 2001-06/2001-06-03")],
            ["2001-05-01/2001-06-02", "2001-06-03/2001-06-03"],
            [doubt("2001-06-02/2001-06-02"), doubt("2001-06-02/2001-06-02", "observer")],
        ),
        (
            [spell("observer 2001-06-03/2003-01-01"), spell("member 2001-06/2001-06-02")],
            ["2001-06-01/2001-06-02", "2001-06-03/2003-01-01"],
            [doubt("2001-06-01/2001-06-01")],
        ),
        (
            [
                spell("member 2001/2001"),
                spell("observer 2001/2001"),
                spell("member 2001/2003-01-01"),
            ],
            ["2001-01-01/2001-12-29", "2001-12-30/2001-12-30", "2001-12-31/2003-01-01"],
            [
                doubt("2001-01-01/2001-12-28"),
                doubt("2001-01-02/2001-12-29"),
                doubt("2001-01-02/2001-12-29", "observer"),
                doubt("2001-01-03/2001-12-29", "member"),
                doubt("2001-12-30/2001-12-30"),
                doubt("2001-12-30/2001-12-30", "member"),
            ],
        ),
    ],
)  # fmt: skip
def test_a_spell_counts_on_every_day_it_may_have_and_the_others_are_doubts(
    spells: list[Spell], counted: list[str], doubts: list[Doubt]
) -> None:
    ruled, found = model.ruled(spells)
    assert [(one.first_day, one.last_day) for one in ruled] == list(map(days, counted))
    assert {one.id for one in ruled} == {one.id for one in spells}
    assert all(f"{one.status} {one.first_day}/{one.last_day}" == one.id for one in ruled)
    assert found == doubts


@pytest.mark.parametrize(
    ("spells", "doubts"),
    [
        (
            [
                spell("member 2000-01-01/2001-06-10", "next-status"),
                spell("observer 2001-06/2003-01-01"),
            ],
            [],
        ),
        (
            [
                spell("observer 2000-01-01/2001-02"),
                spell("member 2001/2001-10-31", "next-status"),
                spell("observer 2001-11-01/2003-01-01"),
            ],
            [
                doubt("2001-02-02/2001-02-28"),
                doubt("2001-02-02/2001-02-28", "member"),
                doubt("2001-03-01/2001-10-30"),
            ],
        ),
    ],
)
def test_a_spell_begins_on_the_day_after_one_that_goes_on_and_after_no_other(
    spells: list[Spell], doubts: list[Doubt]
) -> None:
    assert model.ruled(spells)[1] == doubts


# What the records say of a day

SPELLS = (
    spell("member 2001-03-01/2001-03-31"),
    spell("member 2001-01-01/2001-01-31", "next-status"),
    spell("observer 2001-02-01/2001-02-10"),
    spell("member 2001-04-01/2001-04-30", "next-status"),
    spell("member 2001-05-01/"),
    spell("member 2001-01-15/2001-01-20", state="BBB"),
)
SIGNING = act("signing", "2000-12-01", "AAA", "BBB")
START = act("start", "2000-12-02", "CCC", effective="2000-12-24")
PLAIN = club(*SPELLS, acts=(SIGNING, START))
MARCH, JANUARY, FEBRUARY, APRIL, MAY, LONE = SPELLS


def test_the_records_hold_what_the_file_says() -> None:
    assert (PLAIN.release, PLAIN.verified_through) == ("2001a", day("2020-02-26"))
    assert (PLAIN.licence, PLAIN.organisation.name) == ("CC0-1.0", "Club")
    assert {key: status.past for key, status in PLAIN.statuses.items()} == {
        "member": "was member",
        "observer": "was observer",
    }
    assert PLAIN.bases == {"wide": WIDE, "whole": WHOLE}
    assert PLAIN.kinds == {"signature": Kind("signature", "a text is signed", "signed")}
    assert PLAIN.states == {code: state(code) for code in ("AAA", "BBB", "CCC")}
    assert PLAIN.acts == {"signing": SIGNING, "start": START}
    assert PLAIN.spells == {one.id: one for one in SPELLS}
    assert (PLAIN.disputes, PLAIN.open_questions[0].question) == ({}, "Why?")
    assert [one.id for one in PLAIN.remarks] == ["early", "late", "other"]
    assert (type(PLAIN.remarks), type(PLAIN.open_questions)) == (tuple, tuple)
    assert {key: source.publisher for key, source in PLAIN.sources.items()} == {"book": "A Press"}


def test_the_default_basis_is_the_one_said_to_be_wherever_it_stands() -> None:
    assert PLAIN.default_basis is WHOLE


def test_the_first_day_is_that_of_the_earliest_spell_and_an_ordinary_day() -> None:
    assert PLAIN.first_day == day("2001-01-01")
    blurred = club(spell("member 2001-06/2001-08"), spell("member 2001-07/", state="BBB"))
    assert str(blurred.first_day) == "2001-06-01"


def test_a_dispute_or_question_concerns_the_states_of_its_spell_or_act_or_one_state() -> None:
    assert PLAIN.states_of(LONE.id) == ("BBB",)
    assert PLAIN.states_of("signing") == ("AAA", "BBB")
    assert PLAIN.states_of("CCC") == ("CCC",)
    assert PLAIN.states_of("CLUB") == ()


def test_an_act_takes_effect_on_its_own_day_or_on_a_later_one() -> None:
    assert PLAIN.effective_day("signing") == day("2000-12-01")
    assert PLAIN.effective_day("start") == day("2000-12-24")


def test_the_spells_of_a_state_are_in_the_order_of_their_days() -> None:
    assert PLAIN.spells_of("AAA") == [JANUARY, FEBRUARY, MARCH, APRIL, MAY]
    assert PLAIN.spells_of("BBB") == [LONE]
    assert PLAIN.spells_of("CCC") == PLAIN.spells_of("FRA") == []


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
    assert PLAIN.status_on(code, day(on)) == status
    assert PLAIN.spell_on(code, day(on)) is found


def test_a_spell_began_by_the_kind_of_its_act_or_as_the_next_status_or_joined() -> None:
    assert PLAIN.began(LONE._replace(opened_by="signing")) == "signature"
    assert PLAIN.began(FEBRUARY._replace(opened_by="signing")) == "signature"
    begun = [PLAIN.began(one) for one in (JANUARY, FEBRUARY, MARCH, APRIL, MAY, LONE)]
    assert begun == ["joined", "next-status", "joined", "joined", "next-status", "joined"]


def test_spells_that_meet_are_one_run_whatever_their_status() -> None:
    assert PLAIN.runs("AAA", MEMBER) == [
        Run(day("2001-01-01"), day("2001-01-31"), (JANUARY,)),
        Run(day("2001-03-01"), None, (MARCH, APRIL, MAY)),
    ]
    assert PLAIN.runs("AAA", EITHER) == [
        Run(day("2001-01-01"), day("2001-02-10"), (JANUARY, FEBRUARY)),
        Run(day("2001-03-01"), None, (MARCH, APRIL, MAY)),
    ]
    assert PLAIN.runs("AAA", frozenset({"observer"})) == [
        Run(day("2001-02-01"), day("2001-02-10"), (FEBRUARY,))
    ]
    assert PLAIN.runs("CCC", EITHER) == PLAIN.runs("FRA", EITHER) == []
    assert PLAIN.runs("AAA", MEMBER) is PLAIN.runs("AAA", MEMBER)


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
    assert PLAIN.counted("AAA", MEMBER, days(asked)) == list(map(days, counted.split()))
    left = {"": "no", asked: "yes"}.get(counted, "partly")
    assert PLAIN.answer("AAA", MEMBER, days(asked)) == left


# Doubts

DISPUTED = club(
    *SPELLS,
    acts=(SIGNING, START),
    disputes=(
        rival(JANUARY.id, "2001-01-01/2001-01-05"),
        rival(JANUARY.id, "2001-01-06/2001-01-07", "observer"),
        rival(JANUARY.id, "2001-01-08/2001-01-09", verdict="rejected"),
        rival(JANUARY.id, "/"),
        rival("AAA", "2001-02-05/2001-02-20", "member"),
        rival("AAA", "2001-05-05/"),
        rival("signing", "2001-01-20/2001-01-20"),
    ),
)


def stretches_of_doubts(code: str, counts: frozenset[str], asked: str) -> list[str]:
    found = DISPUTED.doubts(code, counts, days(asked))
    return [f"{one.first_day}/{one.last_day} {one.status}" for one in found]


def test_a_rival_with_days_is_a_doubt_of_every_state_that_it_concerns() -> None:
    assert [(str(one.first_day), one.status) for one in DISPUTED.doubts_of("AAA")] == [
        ("2001-01-01", None),
        ("2001-01-06", "observer"),
        ("2001-02-05", "member"),
        ("2001-05-05", None),
        ("2001-01-20", None),
    ]
    assert DISPUTED.doubts_of("BBB") == [
        Doubt(*days("2001-01-20"), None, DISPUTED.disputes["signing?2001-01-20/2001-01-20"])
    ]
    assert DISPUTED.doubts_of("CCC") == DISPUTED.doubts_of("FRA") == []


@pytest.mark.parametrize(
    ("counts", "asked", "found"),
    [
        (MEMBER, "2001-01-05", ["2001-01-01/2001-01-05 None"]),
        (MEMBER, "2001-01-06", ["2001-01-06/2001-01-07 observer"]),
        (EITHER, "2001-01-06", []),
        (MEMBER, "2001-01-08", []),
        (MEMBER, "2001-01-20/2001-01-31", ["2001-01-20/2001-01-20 None"]),
        (MEMBER, "2001-02-04", []),
        (MEMBER, "2001-02-05", ["2001-02-05/2001-02-20 member"]),
        (EITHER, "2001-02-05/2001-02-10", []),
        (EITHER, "2001-02-10/2001-02-11", ["2001-02-05/2001-02-20 member"]),
        (MEMBER, "2030-01-01", ["2001-05-05/None None"]),
        (frozenset(), "2001-01-01/2001-12-31", []),
        (
            MEMBER,
            "2001-01-05/2001-01-06",
            ["2001-01-01/2001-01-05 None", "2001-01-06/2001-01-07 observer"],
        ),
    ],
)
def test_a_doubt_is_about_an_answer_that_it_would_change(
    counts: frozenset[str], asked: str, found: list[str]
) -> None:
    assert stretches_of_doubts("AAA", counts, asked) == found
    assert DISPUTED.is_disputed("AAA", counts, days(asked)) is bool(found)
    assert DISPUTED.unsettled("AAA", counts, days(asked)) == []


BLURRED = club(
    spell("observer 2000-11-01/2000-12-31"),
    spell("member 2001-02/2001-04"),
    spell("observer 2001-04/"),
    spell("member 2001-01/2001-01", state="BBB"),
    spell("member 2001-01-01/2001-01-31", state="CCC"),
    disputes=(rival("AAA", "2001-02-10/2001-03-10"),),
)


@pytest.mark.parametrize(
    ("asked", "answer", "yes", "no", "unsettled"),
    [
        ("2001-01-31", "no", "", "2001-01-31", ""),
        ("2001-02-01", "unknown", "", "", "2001-02-01"),
        ("2001-02-27/2001-02-28", "unknown", "2001-02-28", "", "2001-02-27"),
        ("2001-02-28/2001-04-01", "yes", "2001-02-28/2001-04-01", "", ""),
        ("2001-04-02", "unknown", "", "", "2001-04-02 2001-04-02"),
        ("2001-04-29/2001-04-30", "unknown", "", "2001-04-30", "2001-04-29 2001-04-29"),
        ("2001-04-30/2001-05-01", "no", "", "2001-04-30/2001-05-01", ""),
        (
            "2001-01-31/2001-03-01",
            "partly",
            "2001-02-28/2001-03-01",
            "2001-01-31",
            "2001-02-01/2001-02-27",
        ),
    ],
)
def test_an_answer_rests_on_the_days_that_are_certain(
    asked: str, answer: str, yes: str, no: str, unsettled: str
) -> None:
    certain = (list(map(days, part.split())) for part in (yes, no))
    assert BLURRED.answer("AAA", MEMBER, days(asked)) == answer
    assert BLURRED.certain("AAA", MEMBER, days(asked)) == tuple(certain)
    assert BLURRED.unsettled("AAA", MEMBER, days(asked)) == list(map(days, unsettled.split()))


def test_the_spells_of_an_imprecise_state_are_ruled_and_others_as_they_were() -> None:
    first, second, third = BLURRED.spells_of("AAA")
    assert (first.first_day, first.last_day) == days("2000-11-01/2000-12-31")
    assert (second.first_day, second.last_day) == days("2001-02-01/2001-04-29")
    assert (third.first_day, third.last_day) == (day("2001-04-30"), None)
    assert BLURRED.spells["member 2001-02/2001-04"] is second
    assert BLURRED.spells["observer 2001-04/"] is third
    assert len(BLURRED.spells) == 5
    assert [one.dispute is None for one in BLURRED.doubts_of("AAA")] == [True] * 3 + [False]
    assert [one.status for one in BLURRED.doubts_of("BBB")] == [None, None]
    assert BLURRED.doubts_of("CCC") == []


@pytest.mark.parametrize("text", ["member 2001-01/2001-03-01", "member 2001-01-05/2001-03"])
def test_a_state_is_imprecise_by_its_first_or_its_last_day_alone(text: str) -> None:
    assert len(club(spell(text)).doubts_of("AAA")) == 1


def test_a_day_that_may_be_of_the_next_spell_is_neither_certain_nor_certainly_not() -> None:
    asked = club(spell("observer 2001-01-01/2001-06"), spell("member 2001-06/"))
    assert asked.counted("AAA", MEMBER, days("2001-06-01/2001-06-30")) == [days("2001-06-30")]
    assert asked.certain("AAA", MEMBER, days("2001-06-01/2001-06-30")) == (
        [days("2001-06-30")],
        [days("2001-06-01")],
    )
    assert asked.answer("AAA", MEMBER, days("2001-06-02/2001-06-29")) == "unknown"


def test_a_dispute_is_one_where_an_imprecise_bound_is_none() -> None:
    assert BLURRED.is_disputed("AAA", MEMBER, days("2001-03-01"))
    assert not BLURRED.is_disputed("AAA", MEMBER, days("2001-02-01"))
    assert BLURRED.is_disputed("AAA", MEMBER, days("2001-02-01/2001-02-10"))


# Remarks


def test_a_remark_is_in_force_from_its_first_to_its_last_day() -> None:
    assert [one.id for one in PLAIN.remarks_of("AAA")] == ["early", "late"]
    assert [one.id for one in PLAIN.remarks_of("BBB")] == ["other"]
    assert PLAIN.remarks_of("CCC") == PLAIN.remarks_of("FRA") == []
    for asked, found in {
        "2001-01-01/2001-01-09": [],
        "2001-01-01/2001-01-10": ["early"],
        "2001-01-20/2001-01-31": ["early"],
        "2001-01-21/2001-01-31": [],
        "2001-01-15/2001-02-01": ["early", "late"],
        "2030-01-01": ["late"],
    }.items():
        assert [one.id for one in PLAIN.remarks_on("AAA", days(asked))] == found
