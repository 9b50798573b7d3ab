"""The neighbouring organisations: every day on which one of them changed, written by hand."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cstocli import Dataset, load
from cstocli.reading.checks import problems

DATA = Path(__file__).parents[1] / "data"
FILES = {path.stem: path for path in sorted((DATA / "neighbours").glob("[!i]*.json"))}
IDS = {
    "cis": "CIS",
    "customs-union": "Customs-Union",
    "eaeu": "EAEU",
    "eurasec": "EurAsEC",
    "guam": "GUAM",
    "nato": "NATO",
    "sco": "SCO",
    "shanghai-five": "Shanghai-Five",
    "union-state": "Union-State",
}
DAY = dt.timedelta(days=1)


@cache
def raw(name: str) -> Any:
    return json.loads(FILES[name].read_text("utf-8"))


@cache
def dataset(name: str) -> Dataset:
    return load(DATA / "membership.json" if name == "csto" else FILES[name])


def codes(text: str) -> set[str]:
    return set(text.split())


SLAVS = codes("BLR RUS UKR")
ELEVEN = SLAVS | codes("ARM AZE KAZ KGZ MDA TJK TKM UZB")
TWELVE = ELEVEN | {"GEO"}
COMMUNITY = codes("BLR KAZ KGZ RUS TJK")
THREE = codes("BLR KAZ RUS")
FIVE = codes("CHN KAZ KGZ RUS TJK")
SIX = FIVE | {"UZB"}
EIGHT = SIX | codes("IND PAK")
NINE = EIGHT | {"IRN"}
GUAM = codes("AZE GEO MDA UKR")
FOUNDERS = codes("BEL CAN DNK FRA GBR ISL ITA LUX NLD NOR PRT USA")
FOURTEEN = FOUNDERS | codes("GRC TUR")
FIFTEEN = FOURTEEN | {"DEU"}
SIXTEEN = FIFTEEN | {"ESP"}
NINETEEN = SIXTEEN | codes("CZE HUN POL")
TWENTY_SIX = NINETEEN | codes("BGR EST LTU LVA ROU SVK SVN")
TWENTY_EIGHT = TWENTY_SIX | codes("ALB HRV")
TWENTY_NINE = TWENTY_EIGHT | {"MNE"}
THIRTY = TWENTY_NINE | {"MKD"}
THIRTY_ONE = THIRTY | {"FIN"}
NOBODY: set[str] = set()

COUNTED: list[tuple[str, str, set[str]]] = [
    ("cis", "1991-12-07", NOBODY),
    ("cis", "1991-12-08", SLAVS),
    ("cis", "1991-12-20", SLAVS),
    ("cis", "1991-12-21", ELEVEN),
    ("cis", "1993-11-30", ELEVEN),
    ("cis", "1994-01-01", TWELVE),
    ("cis", "2005-08-25", TWELVE),
    ("cis", "2005-08-26", TWELVE),
    ("cis", "2009-08-17", TWELVE),
    ("cis", "2009-08-18", ELEVEN),
    ("cis", "2018-05-19", ELEVEN),
    ("cis", "2026-04-02", ELEVEN),
    ("eurasec", "2001-05-29", NOBODY),
    ("eurasec", "2001-05-30", COMMUNITY),
    ("eurasec", "2006-01-24", COMMUNITY),
    ("eurasec", "2006-01-25", COMMUNITY | {"UZB"}),
    ("eurasec", "2008-10-19", COMMUNITY | {"UZB"}),
    ("eurasec", "2008-10-20", COMMUNITY | {"UZB"}),
    ("eurasec", "2014-12-31", COMMUNITY | {"UZB"}),
    ("eurasec", "2015-01-01", NOBODY),
    ("customs-union", "2009-12-31", NOBODY),
    ("customs-union", "2010-01-01", THREE),
    ("customs-union", "2014-12-31", THREE),
    ("customs-union", "2015-01-01", NOBODY),
    ("eaeu", "2014-12-31", NOBODY),
    ("eaeu", "2015-01-01", THREE),
    ("eaeu", "2015-01-02", THREE | {"ARM"}),
    ("eaeu", "2015-08-11", THREE | {"ARM"}),
    ("eaeu", "2015-08-12", THREE | codes("ARM KGZ")),
    ("eaeu", "2020-12-11", THREE | codes("ARM KGZ")),
    ("eaeu", "2026-06-25", THREE | codes("ARM KGZ")),
    ("shanghai-five", "1996-04-25", NOBODY),
    ("shanghai-five", "1996-04-26", FIVE),
    ("shanghai-five", "2001-06-14", FIVE),
    ("shanghai-five", "2001-06-15", NOBODY),
    ("sco", "2001-06-14", NOBODY),
    ("sco", "2001-06-15", SIX),
    ("sco", "2005-07-05", SIX),
    ("sco", "2017-06-08", SIX),
    ("sco", "2017-06-09", EIGHT),
    ("sco", "2023-07-03", EIGHT),
    ("sco", "2023-07-04", NINE),
    ("sco", "2024-07-03", NINE),
    ("sco", "2024-07-04", NINE | {"BLR"}),
    ("sco", "2025-09-01", NINE | {"BLR"}),
    ("guam", "1997-10-09", NOBODY),
    ("guam", "1997-10-10", GUAM),
    ("guam", "1999-04-23", GUAM),
    ("guam", "1999-04-24", GUAM | {"UZB"}),
    ("guam", "2005-05-04", GUAM | {"UZB"}),
    ("guam", "2005-05-05", GUAM),
    ("guam", "2017-10-08", GUAM),
    ("union-state", "2000-01-25", NOBODY),
    ("union-state", "2000-01-26", codes("BLR RUS")),
    ("union-state", "2025-12-08", codes("BLR RUS")),
    ("nato", "1949-08-23", NOBODY),
    ("nato", "1949-08-24", FOUNDERS),
    ("nato", "1952-02-17", FOUNDERS),
    ("nato", "1952-02-18", FOURTEEN),
    ("nato", "1955-05-05", FOURTEEN),
    ("nato", "1955-05-06", FIFTEEN),
    ("nato", "1982-05-29", FIFTEEN),
    ("nato", "1982-05-30", SIXTEEN),
    ("nato", "1999-03-11", SIXTEEN),
    ("nato", "1999-03-12", NINETEEN),
    ("nato", "2004-03-28", NINETEEN),
    ("nato", "2004-03-29", TWENTY_SIX),
    ("nato", "2009-03-31", TWENTY_SIX),
    ("nato", "2009-04-01", TWENTY_EIGHT),
    ("nato", "2017-06-04", TWENTY_EIGHT),
    ("nato", "2017-06-05", TWENTY_NINE),
    ("nato", "2020-03-26", TWENTY_NINE),
    ("nato", "2020-03-27", THIRTY),
    ("nato", "2023-04-03", THIRTY),
    ("nato", "2023-04-04", THIRTY_ONE),
    ("nato", "2024-03-06", THIRTY_ONE),
    ("nato", "2024-03-07", THIRTY_ONE | {"SWE"}),
]
"""Who was counted under the default basis, on each side of every change."""

SIGNED: list[tuple[str, str, set[str]]] = [
    ("eurasec", "2000-10-09", NOBODY),
    ("eurasec", "2000-10-10", COMMUNITY),
    ("eurasec", "2001-05-30", COMMUNITY),
    ("eaeu", "2014-05-28", NOBODY),
    ("eaeu", "2014-05-29", THREE),
    ("eaeu", "2014-10-09", THREE),
    ("eaeu", "2014-10-10", THREE | {"ARM"}),
    ("eaeu", "2014-12-22", THREE | {"ARM"}),
    ("eaeu", "2014-12-23", THREE | codes("ARM KGZ")),
    ("eaeu", "2015-08-12", THREE | codes("ARM KGZ")),
]
"""Who was counted under the basis `joined` where that is not the default."""

STATUSES = [
    ("cis", "TKM", "2005-08-25", "participant"),
    ("cis", "TKM", "2005-08-26", "associate"),
    ("cis", "UKR", "2026-04-02", "participant"),
    ("cis", "GEO", "2009-08-18", "former"),
    ("eurasec", "RUS", "2001-05-29", "signatory"),
    ("eurasec", "UZB", "2008-10-19", "member"),
    ("eurasec", "UZB", "2008-10-20", "suspended"),
    ("eurasec", "MDA", "2001-12-31", "not-yet"),
    ("eurasec", "MDA", "2003-01-01", "observer"),
    ("eurasec", "UKR", "2014-12-31", "observer"),
    ("eurasec", "ARM", "2002-12-31", "not-yet"),
    ("eurasec", "ARM", "2004-01-01", "observer"),
    ("eurasec", "ARM", "2015-01-01", "former"),
    ("eaeu", "ARM", "2015-01-01", "signatory"),
    ("eaeu", "KGZ", "2015-08-11", "signatory"),
    ("eaeu", "MDA", "2018-05-13", "not-yet"),
    ("eaeu", "MDA", "2018-05-14", "observer"),
    ("eaeu", "UZB", "2020-12-10", "not-yet"),
    ("eaeu", "UZB", "2020-12-11", "observer"),
    ("eaeu", "CUB", "2020-12-10", "not-yet"),
    ("eaeu", "CUB", "2020-12-11", "observer"),
    ("eaeu", "IRN", "2024-12-25", "not-yet"),
    ("eaeu", "IRN", "2024-12-26", "observer"),
    ("shanghai-five", "UZB", "2001-06-14", "never"),
    ("sco", "IND", "2005-07-04", "not-yet"),
    ("sco", "IND", "2005-07-05", "observer"),
    ("sco", "PAK", "2017-06-08", "observer"),
    ("sco", "IRN", "2005-07-05", "observer"),
    ("sco", "IRN", "2023-07-03", "observer"),
    ("sco", "BLR", "2014-12-31", "not-yet"),
    ("sco", "BLR", "2016-01-01", "observer"),
    ("sco", "BLR", "2024-07-03", "observer"),
    ("sco", "MNG", "2010-01-01", "never"),
    ("guam", "UZB", "2005-05-05", "former"),
]
"""Statuses on days on which the count does not tell them."""

DISPUTED = [
    ("cis", "GEO", "2009-08-18", "2009-08-18"),
    ("cis", "AZE", "1992-10-01", "1993-09-23"),
    ("eurasec", "UZB", "2006-01-25", "2006-03-08"),
    ("customs-union", "BLR", "2010-01-01", "2010-07-05"),
    ("customs-union", "KAZ", "2010-01-01", "2010-07-05"),
    ("customs-union", "RUS", "2010-01-01", "2010-07-05"),
    ("eaeu", "KGZ", "2015-08-06", "2015-08-11"),
    ("guam", "UZB", "2002-06-14", "2005-05-04"),
    ("guam", "UZB", "2005-05-05", "2005-12-28"),
]
"""The first and the last of the days on which an answer is disputed."""

RIVALS: dict[str, set[tuple[str, str | None, str | None]]] = {
    "cis": {
        ("1992-10-01", "1993-09-23", None),
        ("2005-08-26", None, "participant"),
        ("2009-08-18", "2009-08-18", "participant"),
    },
    "customs-union": {("2010-01-01", "2010-07-05", None)},
    "eaeu": {("2015-08-06", "2015-08-11", "member"), ("2024-12-26", None, None)},
    "eurasec": {
        ("2006-01-25", "2006-03-08", "signatory"),
        ("2008-10-15", "2008-10-19", "suspended"),
        ("2008-10-16", "2008-10-19", "suspended"),
        ("2008-10-20", "2008-11-11", "member"),
        ("2008-10-20", "2014-12-31", "member"),
    },
    "guam": {("2002-06-14", "2005-05-04", "suspended"), ("2005-05-05", "2005-12-28", "member")},
    "nato": set(),
    "sco": set(),
    "shanghai-five": set(),
    "union-state": set(),
}
"""The days and the status of every rival, also of those that change a status and no answer."""

UNDISPUTED = [
    ("cis", "GEO", "2009-08-17"),
    ("cis", "GEO", "2009-08-19"),
    ("cis", "AZE", "1992-09-30"),
    ("cis", "AZE", "1993-09-24"),
    ("cis", "TKM", "2005-08-26"),
    ("cis", "UKR", "2020-01-01"),
    ("eurasec", "UZB", "2006-03-09"),
    ("eurasec", "UZB", "2008-10-20"),
    ("eurasec", "UZB", "2015-01-01"),
    ("customs-union", "RUS", "2009-12-31"),
    ("customs-union", "RUS", "2010-07-06"),
    ("eaeu", "KGZ", "2015-08-05"),
    ("eaeu", "KGZ", "2015-08-12"),
    ("eaeu", "ARM", "2015-01-01"),
    ("guam", "UZB", "2002-06-13"),
    ("guam", "UZB", "2005-12-29"),
]


def test_there_is_a_file_for_each_organisation_named_by_its_id() -> None:
    assert {name: raw(name)["organisation"]["id"] for name in FILES} == IDS
    assert all(name == id.lower() for name, id in IDS.items())


@pytest.mark.parametrize("name", FILES)
def test_a_file_keeps_every_rule_and_the_order_of_the_bundled_one(name: str) -> None:
    assert problems(raw(name), canonical=True) == []


@pytest.mark.parametrize("name", FILES)
def test_each_record_of_a_file_stands_on_a_line_of_its_own(name: str) -> None:
    lines = {line.rstrip(",") for line in FILES[name].read_text("utf-8").splitlines()}
    records = [
        record for list_ in raw(name).values() if isinstance(list_, list) for record in list_
    ]
    assert {f"    {json.dumps(record, ensure_ascii=False)}" for record in records} <= lines


def test_a_name_means_one_organisation() -> None:
    meaning: dict[str, str] = {}
    for name in ("csto", *FILES):
        organisation = dataset(name).records.organisation
        for known in {organisation.id, organisation.name, *organisation.aliases}:
            assert meaning.setdefault(known.casefold(), name) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("снг", "cis"),
        ("ЕврАзЭС", "eurasec"),
        ("customs union", "customs-union"),
        ("ЕАЭС", "eaeu"),
        ("shanghai five", "shanghai-five"),
        ("ШОС", "sco"),
        ("guuam", "guam"),
        ("Союзное государство", "union-state"),
        ("НАТО", "nato"),
    ],
)
def test_an_organisation_is_found_by_its_names_in_english_and_russian(
    typed: str, name: str
) -> None:
    assert load(FILES[name], organisation=typed).records.organisation.id == IDS[name]


def test_a_state_and_a_source_are_the_same_record_in_every_file() -> None:
    bundled = json.loads((DATA / "membership.json").read_text("utf-8"))
    for key, list_ in (("code", "states"), ("id", "sources")):
        known = {record[key]: record for record in bundled[list_]}
        for name in FILES:
            for record in raw(name)[list_]:
                assert known.setdefault(record[key], record) == record


@pytest.mark.parametrize("name", FILES)
def test_every_source_is_cited_and_no_act_or_remark_rests_on_wikipedia_alone(name: str) -> None:
    publishers = {source["id"]: source["publisher"] for source in raw(name)["sources"]}
    cited = set()
    for list_ in ("acts", "remarks", "disputes"):
        for record in raw(name)[list_]:
            cited |= set(record["sources"])
            if list_ != "disputes":
                names = {publishers[id] for id in record["sources"]}
                assert any("Wikipedia" not in publisher for publisher in names), record["id"]
    assert cited == set(publishers)


@pytest.mark.parametrize(("name", "day", "counted"), COUNTED)
def test_who_was_counted_on_each_side_of_every_change(
    name: str, day: str, counted: set[str]
) -> None:
    assert {row.state for row in dataset(name).members(on=day)} == counted


@pytest.mark.parametrize(("name", "day", "counted"), SIGNED)
def test_who_had_signed_on_each_side_of_every_change(
    name: str, day: str, counted: set[str]
) -> None:
    assert {row.state for row in dataset(name).members(on=day, basis="joined")} == counted


def test_the_table_of_days_has_both_sides_of_every_change() -> None:
    table = {(name, day) for name, day, _ in COUNTED}
    for name in FILES:
        answers = (dataset(name).accessions(), dataset(name).withdrawals())
        for answer, step in zip(answers, (-DAY, DAY), strict=True):
            for row in answer:
                if isinstance(row.day, dt.date):
                    assert (name, str(row.day)) in table
                    assert (name, str(row.day + step)) in table


@pytest.mark.parametrize(("name", "state", "day", "status"), STATUSES)
def test_what_a_state_was(name: str, state: str, day: str, status: str) -> None:
    assert dataset(name).check(state, on=day).rows[0].status == status


@pytest.mark.parametrize(
    ("name", "state", "bound"),
    [
        ("cis", "GEO", "1993-12"),
        ("eurasec", "ARM", "2003"),
        ("eurasec", "MDA", "2002"),
        ("eurasec", "UKR", "2002"),
        ("sco", "BLR", "2015"),
    ],
)
def test_what_is_known_only_by_month_or_year_is_published_so(
    name: str, state: str, bound: str
) -> None:
    assert str(dataset(name).history(state).rows[0].first_day) == bound


def test_the_month_of_georgias_entry_is_known_and_its_day_is_not() -> None:
    row = dataset("cis").check("georgia", on="1993-12-15").rows[0]
    assert (row.answer, row.imprecise) == ("unknown", True)
    assert dataset("cis").check("georgia", on="1993-11-30").rows[0].answer == "no"
    assert dataset("cis").check("georgia", on="1994-01-01").rows[0].answer == "yes"


@pytest.mark.parametrize(("name", "state", "first", "last"), DISPUTED)
def test_an_answer_is_disputed_on_every_day_on_which_a_rival_changes_it(
    name: str, state: str, first: str, last: str
) -> None:
    day = dt.date.fromisoformat(first)
    while day <= dt.date.fromisoformat(last):
        assert dataset(name).check(state, on=day).rows[0].disputed, day
        day += DAY


@pytest.mark.parametrize(("name", "state", "day"), UNDISPUTED)
def test_an_answer_is_not_disputed_on_the_days_around(name: str, state: str, day: str) -> None:
    assert not dataset(name).check(state, on=day).rows[0].disputed


@pytest.mark.parametrize("name", FILES)
def test_the_rivals_are_these(name: str) -> None:
    rivals = [row for row in dataset(name).disputes() if row.verdict == "rival"]
    days = [(str(row.first_day), row.last_day and str(row.last_day), row.status) for row in rivals]
    assert set(days) == RIVALS[name]
    assert len(days) == len(RIVALS[name])


def test_georgia_was_in_the_commonwealth_one_day_and_out_the_next() -> None:
    last, first_without = (
        dataset("cis").check("georgia", on=day).rows[0] for day in ("2009-08-17", "2009-08-18")
    )
    assert (last.answer, last.disputed) == ("yes", False)
    assert (first_without.answer, first_without.disputed) == ("no", True)


def test_uzbekistan_was_in_guam_all_of_2003_and_it_is_disputed() -> None:
    row = dataset("guam").check("uzbekistan", on="2003").rows[0]
    assert (row.answer, row.disputed) == ("yes", True)


def those_with(*states: str, on: str) -> set[str]:
    return {
        name
        for name in ("csto", *FILES)
        if set(states) <= {row.state for row in dataset(name).members(on=on)}
    }


def test_the_organisations_that_had_uzbekistan_on_a_day_of_2006() -> None:
    assert those_with("UZB", on="2006-03-01") == {"cis", "eurasec", "sco"}


def test_the_organisations_that_had_armenia_and_russia_together_in_2020() -> None:
    assert those_with("ARM", "RUS", on="2020-01-01") == {"csto", "cis", "eaeu"}


def counted_days(name: str, state: str) -> set[dt.date]:
    found, day = set(), dt.date(1992, 5, 15)
    while day <= dt.date(2012, 12, 31):
        if dataset(name).check(state, on=day).rows[0].answer == "yes":
            found.add(day)
        day += DAY
    return found


def test_uzbekistan_was_in_guam_and_in_the_csto_together_on_no_day() -> None:
    treaty, guam = counted_days("csto", "UZB"), counted_days("guam", "UZB")
    assert len(treaty) == 2532 + 2371
    assert len(guam) == 2203
    assert not treaty & guam


def test_uzbekistan_joined_guam_four_days_after_its_last_day_under_the_treaty() -> None:
    (joined,) = (row.day for row in dataset("guam").accessions() if row.state == "UZB")
    left = next(row.day for row in dataset("csto").withdrawals() if row.state == "UZB")
    assert isinstance(joined, dt.date)
    assert isinstance(left, dt.date)
    assert joined - left == 4 * DAY


@pytest.mark.parametrize(
    ("name", "through"),
    [
        ("cis", "2026-04-02"),
        ("customs-union", None),
        ("eaeu", "2026-06-25"),
        ("eurasec", None),
        ("guam", "2017-10-08"),
        ("nato", "2024-03-07"),
        ("sco", "2025-09-01"),
        ("shanghai-five", None),
        ("union-state", "2025-12-08"),
    ],
)
def test_up_to_which_day_each_was_checked_where_it_still_exists(
    name: str, through: str | None
) -> None:
    assert (raw(name)["release"], raw(name)["verified_through"]) == ("2026b", through)


@pytest.mark.parametrize(
    ("name", "state", "word"),
    [
        ("cis", "UKR", "recalled"),
        ("cis", "MDA", "denunciation"),
        ("eaeu", "ARM", "suspending"),
    ],
)
def test_what_may_change_soon_is_remarked_today(name: str, state: str, word: str) -> None:
    (row,) = (row for row in dataset(name).members() if row.state == state)
    assert word in (row.remark or "")


@pytest.mark.parametrize(
    ("name", "question", "as_of"),
    [
        ("cis", "moldova-exit", "2026-04-02"),
        ("eaeu", "armenia-after-2026-06-25", "2026-06-25"),
        ("eaeu", "moldova-observer", "2025-06-27"),
        ("sco", "tianjin-statuses", "2025-09-01"),
    ],
)
def test_what_must_be_looked_at_again_is_an_open_question(
    name: str, question: str, as_of: str
) -> None:
    assert {record["id"]: record["as_of"] for record in raw(name)["open_questions"]}[
        question
    ] == as_of
