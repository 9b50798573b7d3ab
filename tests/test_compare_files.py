"""On which days `csto compare` finds that another dataset and this one disagree."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from running import DATA, ask

from cstocli import load
from cstocli.core.days import DAY
from cstocli.errors import Refused
from cstocli.library import Dataset, convert

FILES = Path(__file__).parent / "data" / "convert"
HEADER = "state,first_day,last_day,status,verified_through"


def spells(tmp_path: Path, *rows: str, name: str = "table.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return path


def found(ours: Dataset, theirs: Path, during: tuple[str, str] | None = None) -> list[str]:
    return [
        f"{row.state} {row.first_day} {row.last_day} {row.days} {row.ours} {row.theirs}"
        for row in ours.compare(theirs, during=during)
    ]


def test_cow_igo_and_this_dataset_disagree_about_uzbekistan_alone(tmp_path: Path) -> None:
    igo = tmp_path / "igo.csv"
    ask("convert", str(FILES / "cow_igo.csv"), "--from", "cow-igo", "--org", "CSTO",
        "--output", str(igo))  # fmt: skip
    assert found(load(), igo, ("2002", "2014")) == [
        "UZB 2002-12-31 2006-06-22 1270 not counted",
        "UZB 2012-01-01 2012-12-18 353 counted not",
    ]


def test_a_dataset_agrees_with_itself() -> None:
    answer = load().compare(DATA)
    assert answer.rows == ()
    assert answer.notes[0].endswith(" days agree and 0 disagree.")
    assert answer.query["last_day"] == dt.date(2026, 2, 26)


def test_days_that_either_leaves_open_are_left_out(tmp_path: Path) -> None:
    ours = load(spells(tmp_path, "France,2000,2005-06-30,member,", name="ours.csv"))
    theirs = spells(
        tmp_path,
        "France,2003-01-01,2004-12-31,unknown,",
        "Italy,2001-02-01,2001-02-28,member,",
        "Italy,2001-03-01,,unknown,",
    )
    assert found(ours, theirs, ("2000-01-01", "2005-12-31")) == [
        "FRA 2000-12-31 2002-12-31 731 counted not",
        "FRA 2005-01-01 2005-06-30 181 counted not",
        "ITA 2001-02-01 2001-02-28 28 not counted",
    ]
    (note,) = ours.compare(theirs, during=("2000-01-01", "2005-12-31")).notes
    france, italy = 365 + 731, 1767
    assert note == (
        f"Each state by itself, {2 * 2192 - france - italy - 940} days agree and 940 disagree; "
        f"{france + italy} are not decided and left out."
    )


def test_days_after_the_last_check_of_either_are_left_out(tmp_path: Path) -> None:
    ours = load(spells(tmp_path, "France,2000-01-01,,member,2010-12-31", name="ours.csv"))
    for through, last in (("2008-06-30", "2008-06-30"), ("2012-01-01", "2010-12-31"), ("", None)):
        theirs = spells(tmp_path, f"France,2000-01-01,2007-12-31,member,{through}")
        last = last or "2010-12-31"
        days = (dt.date.fromisoformat(last) - dt.date(2008, 1, 1)).days + 1
        assert found(ours, theirs) == [f"FRA 2008-01-01 {last} {days} counted not"]
        answer = ours.compare(theirs)
        assert answer.notes[1] == f"Days after {last} are left out: up to then both were checked."
        assert found(ours, theirs, ("2011-01-01", "2012-12-31")) == []


def test_states_of_either_dataset_are_compared_and_named(tmp_path: Path) -> None:
    ours = load(spells(tmp_path, "France,2000-01-01,2000-01-31,member,", name="ours.csv"))
    theirs = spells(tmp_path, "Narnia,2000-01-01,2000-01-02,member,")
    rows = ours.compare(theirs).rows
    assert [(row.state, row.name, row.ours, row.theirs) for row in rows] == [
        ("FRA", "France", "counted", "not"),
        ("Narnia", "Narnia", "not", "counted"),
    ]
    assert str(rows[1]) == (
        "Narnia: not here, counted there, from 2000-01-01 to 2000-01-02, 2 days"
    )


def test_the_basis_of_the_same_name_is_theirs_or_else_their_default(tmp_path: Path) -> None:
    assert load().compare(DATA, basis="charter").rows == ()
    theirs = spells(tmp_path, "Armenia,1994-04-20,,member,")
    query = load().compare(theirs, basis="in-force").query
    assert (query["basis"], query["their_basis"]) == ("in-force", "member")
    answer = load().compare(theirs, during="1994", basis="in-force")
    assert "ARM" not in {row.state for row in answer}


def test_their_states_may_be_codes_and_theirs_may_be_one_of_several(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text(
        "organisation,state,first_day,last_day\nOne,702,1992-05-15,\nTwo,702,2000-01-01,\n",
        encoding="utf-8",
    )
    options = ("compare", str(path), "--org", "one", "--from", "1992-05-15", "--to", "2020")
    done = ask(*options, "--state-code", "cown", "--format", "tsv")
    assert "TJK" not in done.out
    assert "UZB" in done.out
    assert "'702' is a number" in ask(*options).err
    with pytest.raises(Refused, match="choose one"):
        load().compare(path)


def test_the_exit_status_says_whether_they_disagree(tmp_path: Path) -> None:
    assert ask("compare", DATA, "--exit-status").status == 1
    theirs = spells(tmp_path, "Armenia,2000-01-01,,member,")
    assert ask("compare", str(theirs), "--exit-status").status == 0
    assert ask("compare", str(theirs)).status == 0
    assert ask("compare", str(tmp_path / "none.csv")).status == 2


def test_days_agree_as_a_reading_day_by_day_says(tmp_path: Path) -> None:
    rng = random.Random(12)  # noqa: S311  # no secret
    first, last = dt.date(2000, 1, 1), dt.date(2003, 12, 31)
    for _ in range(40):
        sides = [_random_spells(rng) for _ in range(2)]
        one, two = (
            spells(tmp_path, *rows, name=f"{name}.csv")
            for name, rows in zip(("one", "two"), sides, strict=True)
        )
        told = {
            (row.first_day + n * DAY): (row.ours, row.theirs)
            for row in load(one).compare(two, during=(str(first), str(last)))
            for n in range(row.days)
        }
        day = first
        while day <= last:
            ours, theirs = (_said(rows, day) for rows in sides)
            differs = None not in (ours, theirs) and ours != theirs
            words = {True: "counted", False: "not"}
            expected = (words[bool(ours)], words[bool(theirs)]) if differs else None
            assert told.get(day) == expected, (day, sides)
            day += DAY


def _random_spells(rng: random.Random) -> list[str]:
    """A few spells of France, apart from each other by years, some vague, some not known."""
    rows = []
    for year in rng.sample([2000, 2001, 2002, 2003], rng.randint(1, 3)):
        begin = rng.choice([f"{year}-02-03", f"{year}-03", f"{year}-05-30"])
        end = rng.choice([f"{year}-06-15", f"{year}-09", f"{year}-11-30"])
        rows.append(f"France,{begin},{end},{rng.choice(['member', 'unknown', 'observer'])},")
    return rows


def _said(rows: list[str], day: dt.date) -> bool | None:
    """Whether France is counted on a day; None where that is left open."""
    for row in rows:
        _, begin, end, status, _ = row.split(",")
        begun = [dt.date.fromisoformat(f"{begin}-01"[:10]), dt.date.fromisoformat(
            begin if len(begin) == 10 else f"{begin}-31")]  # fmt: skip
        ended = [dt.date.fromisoformat(f"{end}-01"[:10]), dt.date.fromisoformat(
            end if len(end) == 10 else f"{end}-30")]  # fmt: skip
        if begun[0] <= day <= ended[1] and status != "observer":
            return True if begun[1] <= day <= ended[0] and status == "member" else None
    return False


def test_what_is_converted_can_be_compared_without_a_file_of_its_own(tmp_path: Path) -> None:
    rows = convert(FILES / "atop.csv", "atop", "4220").rows
    table = tmp_path / "atop.csv"
    table.write_text(
        "state,first_day,last_day\n"
        + "".join(f"{row.state},{row.first_day},{row.last_day or ''}\n" for row in rows),
        encoding="utf-8",
    )
    theirs = load(table)
    assert [(row.state, row.days) for row in load().compare(theirs)] == [
        ("BLR", 3),
        ("UZB", 55),
        ("UZB", 173),
    ]
