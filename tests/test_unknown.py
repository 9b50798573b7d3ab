"""What a table of spells says of days of which nothing is known, and of its codes and its check."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import ask

from cstocli import load
from cstocli.errors import BrokenDataset, Refused
from cstocli.library import Dataset, validate

HEADER = "state,first_day,last_day,status,verified_through"
ROWS = (
    "Armenia,2000-01-01,2010-12-31,member,2014-12-31",
    "Armenia,2011-01-01,2011-12-31,unknown,",
    "Armenia,2012-01-01,,member,",
    "Georgia,2005-01-01,,Unknown,2014-12-31",
    "Belarus,2002,2004,member,",
    "Belarus,2005,2005,unknown,",
    "Belarus,2006,,observer,",
)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    return load(written(tmp_path_factory.mktemp("unknown"), *ROWS))


def written(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "table.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("state", "on", "answer"),
    [
        ("armenia", "2010-12-31", "yes"),
        ("armenia", "2011-01-01", "unknown"),
        ("armenia", "2011-12-31", "unknown"),
        ("armenia", "2012-01-01", "yes"),
        ("armenia", "2010/2011", "unknown"),
        ("georgia", "2004/2005", "unknown"),
        ("georgia", "2004", "no"),
        ("georgia", "2014", "unknown"),
        ("belarus", "2005-06-01", "unknown"),
        ("belarus", "2006", "no"),
    ],
)
def test_a_day_of_which_nothing_is_known_is_answered_as_one_inside_a_vague_bound(
    dataset: Dataset, state: str, on: str, answer: str
) -> None:
    assert dataset.check(state, on).rows[0].answer == answer


def test_check_says_that_the_status_is_not_known_and_exits_with_3(tmp_path: Path) -> None:
    done = ask("--data", str(written(tmp_path, *ROWS)), "check", "armenia", "--on", "2011-05-01")
    assert done.status == 3
    assert "its status is not known from 2011-01-01 to 2011-12-31" in " ".join(done.out.split())


def test_members_lists_and_marks_those_of_whom_nothing_is_known(dataset: Dataset) -> None:
    answer = dataset.members("2011-05-01")
    assert [(r.state, r.status, str(r.first_day), r.part, r.imprecise) for r in answer] == [
        ("ARM", "unknown", "2011-01-01", None, True),
        ("GEO", "unknown", "2005-01-01", None, True),
    ]
    assert any("Georgia is not certain: its status is not known" in note for note in answer.notes)
    assert not any("unknown on 2011-05-01, not counted" in note for note in answer.notes)
    assert [row.state for row in dataset.members("2011-05-01", throughout=True)] == []
    (armenia, *_) = dataset.members("2010-06/2011-06").rows
    assert (armenia.status, armenia.part) == ("unknown", "2010-06-01/2010-12-31")


def test_what_is_not_known_is_no_vague_bound_besides(dataset: Dataset) -> None:
    assert not any("first day as unknown" in note for note in dataset.members("2005").notes)
    (row,) = dataset.check("belarus", "2005-06-01").rows
    assert row.reason == "Belarus: its status is not known from 2005-01-01 to 2005-12-31"


def test_history_has_the_days_of_which_nothing_is_known(dataset: Dataset) -> None:
    assert [row.status for row in dataset.history("armenia")] == ["member", "unknown", "member"]


def test_changes_beside_days_of_which_nothing_is_known_are_not_certain(dataset: Dataset) -> None:
    gone = [(row.state, str(row.day), row.imprecise) for row in dataset.withdrawals()]
    assert ("ARM", "2010-12-31", True) in gone
    come = [(row.state, str(row.day), row.imprecise) for row in dataset.accessions()]
    assert ("ARM", "2012-01-01", True) in come
    assert not any(state == "GEO" for state, _, _ in [*gone, *come])


def test_nobody_is_counted_of_whom_nothing_is_known(dataset: Dataset) -> None:
    assert [row.members for row in dataset.series(during="2011")] == [0]
    assert [row.counted for row in dataset.state_years("2011")] == [None, None]


def test_a_gap_in_which_nothing_is_known_of_a_state_says_so(dataset: Dataset) -> None:
    notes = dataset.together("armenia", "georgia").notes
    assert any("without Georgia (not certain)" in note for note in notes)
    assert "From 2000-01-01 to 2004-12-31: without Georgia." in notes


def test_later_days_are_answered_as_of_the_last_check(dataset: Dataset) -> None:
    assert dataset.records.verified_through.isoformat() == "2014-12-31"  # type: ignore[union-attr]
    answer = dataset.check("armenia", "2020-01-01")
    assert answer.rows[0].answer == "yes"
    assert answer.unverified


def test_one_day_of_the_last_check_holds_for_an_organisation(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "A,Armenia,2000-01-01,,2014-12-31",
        "A,Belarus,2000-01-01,,",
        "A,Georgia,2000-01-01,,2013-12-31",
        "B,Georgia,2000-01-01,,2013-12-31",
        header="organisation,state,first_day,last_day,verified_through",
    )
    problems = [str(row) for row in validate(path)]
    assert problems == [
        "line 4: verified_through is 2013-12-31, and 2014-12-31 in line 2: it is one day for an "
        "organisation"
    ]
    assert str(load(path, "B").records.verified_through) == "2013-12-31"
    vague = written(tmp_path, "Armenia,2000-01-01,,member,2014")
    with pytest.raises(BrokenDataset, match="line 2: verified_through 2014 is no day"):
        load(vague)


# Codes


def test_numbers_of_which_nobody_said_whose_they_are_are_refused_by_their_lines(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "Armenia,2000-01-01,,,", "702,2000-01-01,,,", "365.0,2000-01-01,,,")
    (first, second) = validate(path).rows
    assert (first.place, second.place) == ("line 3", "line 4")
    assert "702 is Singapore in iso3n, Tajikistan in cown and gwn" in first.problem
    assert ask("--data", str(path), "members").status == 2


def test_the_states_of_a_file_are_read_by_the_scheme_that_is_said_before_the_command(
    tmp_path: Path,
) -> None:
    path = written(
        tmp_path,
        "702,2000-01-01,,,",
        "345,1993-01-01,2005,,",
        "345,2007-01-01,,,",
        "260,1960,1990-10-02,,",
        "255.0,1990-10-03,,,",
    )
    command = ("--data", str(path), "--state-code", "cown")
    done = ask(*command, "states", "--format", "tsv")
    codes = [line.split("\t")[0] for line in done.out.splitlines()[1:]]
    assert codes == ["DEU", "SRB", "TJK", "Yugoslavia"]
    assert ask(*command, "check", "germany", "--on", "1990", "--quiet").status == 0
    assert load(path, state_code="cown").check("serbia", "2008").rows[0].answer == "yes"
    with pytest.raises(BrokenDataset, match="'702' is a number"):
        load(path)


def test_a_code_of_two_states_needs_a_line_for_each(tmp_path: Path) -> None:
    path = written(tmp_path, "345,1993-01-01,2007,,", "702,2000-01-01,,,")
    (row,) = validate(path, state_code="cown").rows
    assert str(row) == (
        "line 2: 345 is Yugoslavia before 2006-06-05 and Serbia from then on: give each a line of "
        "its own"
    )


@pytest.mark.parametrize("name", ["Team 1", "12", "Jordan"])
def test_names_of_their_own_may_be_numbers_and_countries(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, f"{name},2000-01-01,,,")
    dataset = load(path, state_code="text")
    assert list(dataset.records.states) == [name]


def test_a_scheme_that_cannot_be_meant_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "Armenia,2000-01-01,,,")
    with pytest.raises(BrokenDataset, match="line 2: 'Armenia' is no code of cown"):
        load(path, state_code="cown")
    with pytest.raises(Refused, match="there is no scheme 'cow'"):
        load(path, state_code="cow")
    with pytest.raises(Refused, match="those of a JSON document have their codes"):
        load(state_code="cown")
    done = ask("members", "--state-code", "cown")
    assert "--state-code goes before the command" in done.err


def test_days_that_stand_for_others_in_many_files_are_read_and_worth_a_look(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "Nicaragua,1900-01-01,,,", "France,1970-01-01,,,")
    assert load(path).check("france", "1970-01-01").rows[0].answer == "yes"
    notes = validate(path).notes
    assert [note for note in notes if "stands for a day that is not known" in note] == [
        "Day 1900-01-01: 1 spell; in many files it stands for a day that is not known.",
        "Day 1970-01-01: 1 spell; in many files it stands for a day that is not known.",
    ]
    with pytest.raises(BrokenDataset, match="leave the cell empty"):
        load(written(tmp_path, "France,1970-01-01,9999-12-31,,"))
