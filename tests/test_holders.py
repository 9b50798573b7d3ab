"""Who held an office on a day and in a period, and who observes, as the library answers it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from facts import NAMES
from running import ask
from small import club, day
from test_offices_data import CHAIR, HOLDERS, MEMBERSHIP, OFFICES, SECRETARY

from cstocli import Dataset, Refused, load
from cstocli.questions.answer import Answer
from cstocli.questions.holders import HolderRow

BUNDLED = Path(__file__).parents[1] / "data" / "membership.json"


def labels(answer: Answer[HolderRow]) -> list[str]:
    """Each holder as the hand-written table has it."""
    return [f"{row.holder}, {row.state}{', acting' if row.acting else ''}" for row in answer]


@pytest.mark.parametrize(("office", "on", "expected"), HOLDERS)
def test_the_holder_on_each_side_of_every_change_is_the_one_written_by_hand(
    csto: Dataset, office: str, on: str, expected: str | None
) -> None:
    answer = csto.holders(office, on)
    holder, _, rival = (expected or "").removesuffix(")").partition(" (or ")
    assert labels(answer) == ([holder] if expected else [])
    assert [row.disputed for row in answer] == ([bool(rival)] if expected else [])
    disputed = [note for note in answer.notes if " is disputed: " in note]
    assert len(disputed) == bool(rival)
    assert all(rival.split(", ")[0] in note for note in disputed)
    missing = [note for note in answer.notes if "not found in the sources read who held" in note]
    assert len(missing) == (not expected)
    assert {row.name for row in answer} <= set(NAMES.values())


@pytest.mark.parametrize(
    ("office", "on", "holder", "disputed"),
    [
        (SECRETARY, "2017-05-01", "Valery Semerikov, RUS, acting", False),
        (SECRETARY, "2017-05-02", "Yuri Khachaturov, ARM", False),
        (SECRETARY, "2018-11-02", "Valery Semerikov, RUS, acting", True),
        (SECRETARY, "2025-12-30", "Imangali Tasmagambetov, KAZ", True),
        (SECRETARY, "2026-01-01", "Taalatbek Masadykov, KGZ", False),
        (CHAIR, "2009-08-27", "Dmitry Medvedev, RUS", False),
        (CHAIR, "2020-12-15", "Emomali Rahmon, TJK", True),
        (CHAIR, "2023-12-31", "Alexander Lukashenko, BLR", False),
        (CHAIR, "2024-06-06", "Kassym-Jomart Tokayev, KAZ", False),
        (CHAIR, "2025-05-19", "Sadyr Japarov, KGZ", False),
    ],
)
def test_days_on_which_others_are_often_named(
    csto: Dataset, office: str, on: str, holder: str, disputed: bool
) -> None:
    answer = csto.holders(office, on)
    assert (labels(answer), answer.rows[0].disputed) == ([holder], disputed)


def test_nobody_is_named_where_the_sources_name_nobody(csto: Dataset) -> None:
    answer = csto.holders("chair", "2001-01-01")
    assert answer.rows == ()
    assert answer.notes == (
        "Chair of the Collective Security Council: not found in the sources read who held it on "
        "2001-01-01.",
    )
    assert ask("holders", "chair", "--on", "2001-01-01", "--exit-status").status == 1


def test_without_an_office_all_are_answered_and_a_table_says_which(csto: Dataset) -> None:
    answer = csto.holders(on="2024-06-06")
    assert [(row.office, row.holder) for row in answer] == [
        ("chair", "Kassym-Jomart Tokayev"),
        ("secretary-general", "Imangali Tasmagambetov"),
    ]
    assert answer.title.splitlines()[0] == (
        "Chair of the Collective Security Council and Secretary General, 2024-06-06"
    )
    assert list(answer.columns) == ["office", "holder", "name", "first_day", "last_day"]
    assert list(csto.holders("chair", "2024-06-06").columns) == [
        "holder",
        "name",
        "first_day",
        "last_day",
    ]
    assert answer.query == {
        "offices": ["chair", "secretary-general"],
        "first_day": day("2024-06-06"),
        "last_day": day("2024-06-06"),
        "rule": "day",
    }


def test_a_period_lists_whoever_held_an_office_on_a_day_of_it_and_on_which(csto: Dataset) -> None:
    answer = csto.holders("secretary-general", ("2017-04-01", "2018-11-30"))
    assert [str(row) for row in answer] == [
        "secretary-general: Valery Semerikov (Russia), acting, from 2017-01-01 to 2017-05-01",
        "secretary-general: Yuri Khachaturov (Armenia), from 2017-05-02 to 2018-11-01",
        "secretary-general: Valery Semerikov (Russia), acting, from 2018-11-02 to 2019-12-31, "
        "disputed",
    ]
    assert [row.part for row in answer] == [
        "2017-04-01/2017-05-01",
        "2017-05-02/2018-11-01",
        "2018-11-02/2018-11-30",
    ]
    assert answer.columns["part"] == "Days held"
    assert csto.holders("chair", "2024").rows[0].part == "all"


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [("2004-06-01", "2004-06-30", "from 2004-06-01 to 2004-06-17"), ("2000", "2000", "from 2000-")],
)
def test_the_part_of_a_period_of_which_nothing_is_known_is_said(
    csto: Dataset, first: str, last: str, span: str
) -> None:
    notes = csto.holders("chair", (first, last)).notes
    assert [note for note in notes if f"not found in the sources read who held it {span}" in note]


def test_every_term_is_answered_on_every_one_of_its_days(csto: Dataset) -> None:
    through = OFFICES["verified_through"]
    for term in OFFICES["terms"]:
        first, last = day(term["first_day"]), day(term["last_day"] or through)
        for on in (first, first + (last - first) / 2, last):
            (row,) = csto.holders(term["office"], on)
            assert (row.term, row.part, row.verified) == (term["id"], "all", True)
            ends = term["first_certainty"], term["last_certainty"] or "high"
            assert row.certainty == max(ends, key=["high", "medium", "low"].index)


def test_on_a_day_of_hand_over_at_a_session_it_is_said_for_whom_the_day_counts(
    csto: Dataset,
) -> None:
    said = "On a day of hand-over the session was usually opened by the outgoing chair"
    told = {on: said in " ".join(csto.holders("chair", on).notes) for _, on, _ in HOLDERS}
    sessions = {act["date"] for act in OFFICES["acts"] if act["kind"] == "session"}
    begun = {term["first_day"] for term in OFFICES["terms"] if term["office"] == CHAIR}
    assert {on for on, yes in told.items() if yes} == begun & sessions
    assert begun - sessions == {"2024-01-01", "2025-01-01", "2026-01-01"}


def test_a_day_after_the_last_check_says_so_in_the_headline(csto: Dataset) -> None:
    answer = csto.holders("secretary-general", "2026-02-01")
    assert answer.title.startswith("Secretary General, 2026-02-01, as last checked on 2026-01-29\n")
    assert [row.verified for row in answer] == [False]
    assert "Checked up to 2026-01-29; later days are answered as of then." in answer.asides
    assert answer.unverified
    assert "as last checked" not in csto.holders("chair", "2026-01-29").title


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("chair", "chair"),
        ("Chairmanship", "chair"),
        ("председатель СКБ", "chair"),
        ("SECRETARY GENERAL", "secretary-general"),
        ("Генеральный секретарь", "secretary-general"),
        ("генсек", "secretary-general"),
    ],
)
def test_an_office_goes_by_its_names(csto: Dataset, text: str, office: str) -> None:
    assert csto.office(text).office == office
    assert [row.office for row in csto.holders(text, "2024-06-06")] == [office]


@pytest.mark.parametrize("office", ["king", "", "members"])
def test_an_office_that_there_is_not_is_refused_with_those_that_there_are(
    csto: Dataset, office: str
) -> None:
    with pytest.raises(Refused, match="there are chair, secretary-general"):
        csto.holders(office)


def test_a_slip_in_an_office_is_answered_with_the_likely_one() -> None:
    done = ask("holders", "chiar")
    assert (done.status, done.out) == (2, "")
    assert "chair" in done.err


def test_another_dataset_has_no_offices() -> None:
    for dataset in (load(BUNDLED), load(organisation="NATO")):
        with pytest.raises(Refused, match="this dataset has no offices"):
            dataset.holders("chair")
        with pytest.raises(Refused, match="this dataset has no offices"):
            dataset.observers()
    assert club("member 2000-01-01/").members("2001-01-01").rows


def test_days_that_have_not_come_have_no_holder(csto: Dataset) -> None:
    with pytest.raises(Refused, match="2027 has not come yet"):
        csto.holders("chair", "2027")
    assert csto.holders("chair", "2026").query["last_day"] == day("2026-11-22")


# Observers


def test_observers_observe_the_assembly_and_nothing_is_known_of_the_organisation(
    csto: Dataset,
) -> None:
    answer = csto.observers()
    assert [(row.of, row.state, str(row.first_day), row.last_day) for row in answer] == [
        ("Parliamentary Assembly", "AFG", "2013", None),
        ("Parliamentary Assembly", "SRB", "2013-04", None),
        ("Parliamentary Assembly", None, "2013", None),
    ]
    assert [str(row) for row in answer][1] == (
        "National Assembly of Serbia: an observer of the Parliamentary Assembly since 2013-04"
    )
    assert all("not found in the sources read" in note for note in answer.notes[:3])
    (organisation,) = [note for note in answer.notes if "partners of the Organisation" in note]
    assert "A state or body that holds either is not found in the sources read" in organisation
    assert answer.notes[-1] == "Checked up to 2026-01-29; later days are answered as of then."


def test_whoever_observes_is_told_where_a_state_is_none_of_the_nine(csto: Dataset) -> None:
    remarks = {one["state"]: one for one in OFFICES["remarks"]}
    assert set(remarks) & {state["code"] for state in MEMBERSHIP["states"]} == set()
    for code, remark in remarks.items():
        notes = csto.check(code, "2020-01-01").notes
        assert any(remark["text"] in note for note in notes), code
    assert csto.check("serbia", "2010-01-01").notes == ()


def test_holders_and_observers_are_the_same_on_the_command_line(csto: Dataset) -> None:
    rows = json.loads(ask("holders", "chair", "--on", "2024-06-06", "--format", "json").out)["rows"]
    (row,) = csto.holders("chair", "2024-06-06")
    assert [list(told.values())[1:5] for told in rows] == [
        [row.holder, row.state, row.name, row.acting]
    ]
    observers = json.loads(ask("observers", "--format", "json").out)["rows"]
    assert [told["observer"] for told in observers] == [one.observer for one in csto.observers()]
