"""Panels of states and of pairs, by year and by rule."""

from __future__ import annotations

from collections import Counter

import pytest
from running import ask
from small import club

from cstocli import Dataset, Refused, load


@pytest.fixture(scope="module")
def csto() -> Dataset:
    return load()


@pytest.mark.parametrize(("rule", "counted"), [("last-day", 228), ("first-day", 222)])
def test_a_balanced_panel_has_a_row_for_every_state_and_year(
    csto: Dataset, rule: str, counted: int
) -> None:
    rows = csto.state_years((1992, 2025), rule=rule, balanced=True).rows
    assert len(rows) == len({(row.state, row.year) for row in rows}) == 9 * 34
    assert Counter(row.counted for row in rows) == {True: counted, False: 306 - counted}


def test_two_rules_give_nine_and_six_for_1999(csto: Dataset) -> None:
    assert [len(csto.state_years(1999, rule=rule)) for rule in ("any", "last-day")] == [9, 6]


def test_directed_pairs_of_the_nine_are_counted_as_often_as_reckoned_by_hand(csto: Dataset) -> None:
    rows = csto.dyad_years((1992, 2014), directed=True, balanced=True).rows
    words = {"all": "yes", None: "no"}
    assert Counter(words.get(row.part, "partly") for row in rows) == {
        "yes": 930,
        "partly": 138,
        "no": 588,
    }
    (pair,) = [r for r in rows if (r.state_1, r.state_2, r.year) == ("GEO", "UZB", 1993)]
    assert pair.part == "1993-12-09/1993-12-31"


def test_a_pair_is_symmetric(csto: Dataset) -> None:
    rows = csto.dyad_years((1992, 2014), directed=True, balanced=True).rows
    told = {(row.state_1, row.state_2, row.year): row[5:] for row in rows}
    assert all(told[two, one, year] == said for (one, two, year), said in told.items())


@pytest.mark.parametrize(("directed", "count"), [(False, 246), (True, 492)])
def test_pairs_of_parties_from_1994_to_2001(csto: Dataset, directed: bool, count: int) -> None:
    assert len(csto.dyad_years((1994, 2001), basis="in-force", directed=directed)) == count


def test_codes_are_those_of_the_year(csto: Dataset) -> None:
    rows = csto.state_years(1999, codes=["cown", "gwn", "eurostat"]).to_polars().rows(named=True)
    uzbekistan = next(row for row in rows if row["state"] == "UZB")
    assert [uzbekistan[code] for code in ("cown", "gwn", "eurostat")] == ["704", "704", "UZ"]
    pair = csto.dyad_years(1999, codes=["cown"])
    assert pair.fields[-2:] == ("cown_1", "cown_2")
    assert [str(cell) for cell in pair.rows[0]][-2:] == ["371", "373"]


def test_a_rule_or_a_scheme_that_there_is_not_is_refused(csto: Dataset) -> None:
    with pytest.raises(Refused, match=r"'mostly'.*any, throughout, first-day, last-day"):
        csto.state_years(1999, rule="mostly")
    ran = ask("export", "state-years", "--codes", "cow")
    assert (ran.status, "there is no scheme of codes 'cow'" in ran.err) == (2, True)


def test_what_is_for_panels_is_refused_for_records() -> None:
    for option in ("--balanced", "--rule=any", "--codes=cown", "--from=1999"):
        assert ask("export", "spells", option).status == 2
    assert ask("export", "state-years", "--directed").status == 2


def test_a_return_that_may_have_been_at_once_leaves_its_year_open_to_a_strict_rule() -> None:
    csto = club("member 2000-01-01/2006-04-01, member 2006/")
    row = csto.state_years(2006, rule="throughout", balanced=True).rows[0]
    assert (row.part, row.imprecise, row.counted) == (
        "2006-01-01/2006-04-01 2006-12-31/2006-12-31",
        True,
        None,
    )
    (other,) = csto.state_years(2006)
    assert (other.imprecise, other.counted) == (True, True)
    note = "Aaa is not certain: its first day as member is known only as 2006."
    assert note in csto.state_years(2006).notes


def test_a_vague_bound_leaves_a_year_undecided(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("panel") / "oz.csv"
    path.write_text("state,first_day,last_day\nOz,2001-06,2003-12-31\nIx,2001-01-01,2002\n")
    dataset = load(path)
    said = {
        rule: [(r.state, r.year, r.counted) for r in dataset.state_years((2001, 2003), rule=rule)]
        for rule in ("first-day", "throughout")
    }
    assert said["first-day"] == [
        ("Ix", 2001, True),
        ("Ix", 2002, True),
        ("Oz", 2002, True),
        ("Oz", 2003, True),
    ]
    assert ("Ix", 2002, None) in said["throughout"]
    (pair,) = dataset.dyad_years(2002, rule="last-day").rows
    assert (pair.counted, pair.imprecise, pair.part) == (None, True, "2002-01-01/2002-01-01")
