"""What is found about a state on days, where sources differ and where bounds are imprecise."""

from __future__ import annotations

import pytest
from small import basis, club, day, days, rival

from cstocli import Dataset
from cstocli.core.finding import Finding, find

TOLD = (
    "member 2001-03-01/2001-03-31, member 2001-01-01/2001-01-31 > observer 2001-02-01/2001-02-10, "
    "member 2001-04-01/2001-04-30 > member 2001-05-01/, BBB member 2001-01-15/2001-01-20"
)
DISPUTED = club(
    TOLD,
    disputes=[
        rival("member 2001-01-01/2001-01-31", "2001-01-01/2001-01-05"),
        rival("member 2001-01-01/2001-01-31", "2001-01-06/2001-01-07", "observer"),
        rival("member 2001-01-01/2001-01-31", "2001-01-08/2001-01-09", verdict="rejected"),
        rival("member 2001-01-01/2001-01-31", "/"),
        rival("AAA", "2001-02-05/2001-02-20", "member"),
        rival("AAA", "2001-05-05/"),
        rival("signing", "2001-01-20/2001-01-20"),
    ],
)
BLURRED = club(
    "observer 2000-11-01/2000-12-31, member 2001-02/2001-04, observer 2001-04/",
    disputes=[rival("AAA", "2001-02-10/2001-03-10")],
)


def found(csto: Dataset, asked: str, counts: str = "member") -> Finding:
    """What is found about AAA where some statuses count."""
    return find(csto.records, csto.state("AAA"), basis("any", *counts.split()), days(asked))


def stretches(text: str) -> tuple[tuple[object, object], ...]:
    return tuple(map(days, text.split()))


@pytest.mark.parametrize(
    ("counts", "asked", "changing", "others"),
    [
        ("member", "2001-01-05", ["2001-01-01/2001-01-05 None"], []),
        ("member", "2001-01-06", ["2001-01-06/2001-01-07 observer"], []),
        ("member observer", "2001-01-06", [], ["2001-01-06/2001-01-07 observer"]),
        ("member", "2001-01-08", [], []),
        ("member", "2001-01-20/2001-01-31", ["2001-01-20/2001-01-20 None"], []),
        ("member", "2001-02-04", [], []),
        ("member", "2001-02-05", ["2001-02-05/2001-02-20 member"], []),
        ("member observer", "2001-02-05/2001-02-10", [], ["2001-02-05/2001-02-20 member"]),
        ("member observer", "2001-02-10/2001-02-11", ["2001-02-05/2001-02-20 member"], []),
        ("member", "2030-01-01", ["2001-05-05/None None"], []),
        (
            "member",
            "2001-01-05/2001-01-06",
            ["2001-01-01/2001-01-05 None", "2001-01-06/2001-01-07 observer"],
            [],
        ),
        (
            "",
            "2001-01-05/2001-01-06",
            [],
            ["2001-01-01/2001-01-05 None", "2001-01-06/2001-01-07 observer"],
        ),
    ],
)
def test_a_doubt_is_about_an_answer_that_it_would_change_or_about_a_status_alone(
    counts: str, asked: str, changing: list[str], others: list[str]
) -> None:
    one = found(DISPUTED, asked, counts)
    told = (one.doubts, one.other_doubts)
    assert [[f"{d.first_day}/{d.last_day} {d.status}" for d in doubts] for doubts in told] == [
        changing,
        others,
    ]
    assert (one.disputed, one.imprecise, one.unsettled) == (bool(changing), False, ())


@pytest.mark.parametrize(
    ("asked", "answer", "part"),
    [
        ("2000-01-01/2000-12-31", "no", None),
        ("2001-02-01/2001-02-28", "no", None),
        ("2001-01-31", "yes", "all"),
        ("2001-03-31/2001-04-01", "yes", "all"),
        ("2001-01-31/2001-02-28", "partly", "2001-01-31/2001-01-31"),
        ("2001-01-15/2001-03-15", "partly", "2001-01-15/2001-01-31 2001-03-01/2001-03-15"),
    ],
)
def test_an_answer_follows_the_ruling_whatever_is_disputed(
    asked: str, answer: str, part: str | None
) -> None:
    one = found(DISPUTED, asked)
    assert (one.answer, one.part, one.certain) == (answer, part, one.counted)


@pytest.mark.parametrize(
    ("asked", "answer", "certain", "unsettled"),
    [
        ("2001-01-31", "no", "", ""),
        ("2001-02-01", "unknown", "", "2001-02-01"),
        ("2001-02-27/2001-02-28", "unknown", "2001-02-28", "2001-02-27"),
        ("2001-02-28/2001-04-01", "yes", "2001-02-28/2001-04-01", ""),
        ("2001-04-02", "unknown", "", "2001-04-02"),
        ("2001-04-29/2001-04-30", "unknown", "", "2001-04-29"),
        ("2001-04-30/2001-05-01", "no", "", ""),
        ("2001-01-31/2001-03-01", "partly", "2001-02-28/2001-03-01", "2001-02-01/2001-02-27"),
    ],
)
def test_an_answer_rests_on_the_days_that_are_certain(
    asked: str, answer: str, certain: str, unsettled: str
) -> None:
    one = found(BLURRED, asked)
    assert (one.answer, one.imprecise) == (answer, bool(unsettled))
    assert (one.certain, one.unsettled) == (stretches(certain), stretches(unsettled))


@pytest.mark.parametrize("text", ["member 2001-01/2001-03-01", "member 2001-01-05/2001-03"])
def test_a_state_is_imprecise_by_its_first_or_its_last_day_alone(text: str) -> None:
    assert len(found(club(text), "2001-01-01/2001-03-31").doubts) == 1


def test_a_day_that_may_be_of_the_next_spell_is_neither_certain_nor_certainly_not() -> None:
    csto = club("observer 2001-01-01/2001-06, member 2001-06/")
    june = found(csto, "2001-06-01/2001-06-30")
    assert june.counted == june.certain == stretches("2001-06-30")
    assert june.unsettled == stretches("2001-06-02/2001-06-29")
    assert june.answer == "partly"
    assert found(csto, "2001-06-02/2001-06-29").answer == "unknown"


def test_a_dispute_is_one_where_an_imprecise_bound_is_none() -> None:
    assert found(BLURRED, "2001-03-01").disputed
    assert not found(BLURRED, "2001-02-01").disputed
    assert found(BLURRED, "2001-02-01/2001-02-10").disputed


# The run and the status of the last day that is, or may be, counted


@pytest.mark.parametrize(
    ("told", "firsts"),
    [
        (
            "member 2001-01-01/2001-01-31, member 2001-03/2001-05-31",
            {
                "2001-01-31/2001-02-28": "2001-01-01",
                "2001-02-01/2001-02-28": None,
                "2001-01-31/2001-03-01": "2001-03",
                "2001-03-01": "2001-03",
                "2001-05-31/2001-06-30": "2001-03",
            },
        ),
        (
            "member 2001-01/2001-01-31, observer 2001-02-01/2001-06, member 2001-06/",
            {"2001-01-01/2001-05-31": "2001-01", "2001-01-31/2001-06-10": "2001-06"},
        ),
        (  # a day of a run is of it though the next one may have begun
            "member 2001-01-01/2001-06, observer 2001-06/2001-06, member 2001-06/2001-08-31",
            {
                "2001-06-10": "2001-01-01",
                "2001-06-28": "2001-01-01",
                "2001-06-29": "2001-06",
                "2001-06-30": "2001-06",
            },
        ),
    ],
)
def test_the_run_is_that_of_the_last_day_that_is_or_may_be_counted(
    told: str, firsts: dict[str, str | None]
) -> None:
    runs = {asked: found(club(told), asked).run for asked in firsts}
    assert {asked: run and str(run.first_known) for asked, run in runs.items()} == firsts


@pytest.mark.parametrize(
    ("observer", "asked"),
    [
        ("2001-01-01/2001-06", "2001-06-10"),
        ("2001-01-01/2001-06", "2001-06-02"),
        ("2000-01-01/2001", "2001-06-01"),
    ],
)
def test_an_unsettled_day_may_be_of_a_run_that_is_not_ruled_to_have_begun(
    observer: str, asked: str
) -> None:
    csto = club(f"observer {observer}, member 2001-06/2001-12-31, member 2003-01-01/")
    one = found(csto, asked)
    assert (one.answer, one.status) == ("unknown", "observer")
    assert (one.part, one.disputed, one.imprecise) == (None, False, True)
    assert one.run
    assert (str(one.run.first_known), one.run.last_day) == ("2001-06", day("2001-12-31"))
    assert found(csto, "2001-05-31").run is None
