"""The bundled data on offices, sessions and observers: its shape, its answers, its rules."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator

Raw = dict[str, Any]
DATA = Path(__file__).parents[1] / "data"
OFFICES: Raw = json.loads((DATA / "offices.json").read_text("utf-8"))
MEMBERSHIP: Raw = json.loads((DATA / "membership.json").read_text("utf-8"))
SCHEMA: Raw = json.loads((DATA / "offices.schema.json").read_text("utf-8"))

NOT_FOUND = "not found in the sources read"
KEYS = {"offices": "office", "kinds": "kind"}
"""The key of each list's records, where it is not `id`."""
LISTS = [name for name, records in OFFICES.items() if isinstance(records, list)]
DAYS = {"verified_through", "date", "effective", "first_day", "last_day", "from", "to", "as_of"}

SECRETARY, CHAIR = "secretary-general", "chair"
HOLDERS = [
    (SECRETARY, "2000-06-26", None),
    (SECRETARY, "2000-06-27", "Valery Nikolayenko, RUS"),
    (SECRETARY, "2003-04-27", "Valery Nikolayenko, RUS"),
    (SECRETARY, "2003-04-28", "Nikolai Bordyuzha, RUS"),
    (SECRETARY, "2006-06-23", "Nikolai Bordyuzha, RUS"),
    (SECRETARY, "2016-12-31", "Nikolai Bordyuzha, RUS"),
    (SECRETARY, "2017-01-01", "Valery Semerikov, RUS, acting"),
    (SECRETARY, "2017-05-01", "Valery Semerikov, RUS, acting"),
    (SECRETARY, "2017-05-02", "Yuri Khachaturov, ARM"),
    (SECRETARY, "2018-11-01", "Yuri Khachaturov, ARM"),
    (SECRETARY, "2018-11-02", "Valery Semerikov, RUS, acting (or Yuri Khachaturov, ARM)"),
    (SECRETARY, "2018-11-03", "Valery Semerikov, RUS, acting"),
    (SECRETARY, "2019-12-31", "Valery Semerikov, RUS, acting"),
    (SECRETARY, "2020-01-01", "Stanislav Zas, BLR"),
    (SECRETARY, "2022-12-31", "Stanislav Zas, BLR"),
    (SECRETARY, "2023-01-01", "Imangali Tasmagambetov, KAZ"),
    (SECRETARY, "2025-12-27", "Imangali Tasmagambetov, KAZ"),
    (
        SECRETARY,
        "2025-12-28",
        "Imangali Tasmagambetov, KAZ (or Taalatbek Masadykov, KGZ, acting)",
    ),
    (
        SECRETARY,
        "2025-12-31",
        "Imangali Tasmagambetov, KAZ (or Taalatbek Masadykov, KGZ, acting)",
    ),
    (SECRETARY, "2026-01-01", "Taalatbek Masadykov, KGZ"),
    (SECRETARY, "2026-01-29", "Taalatbek Masadykov, KGZ"),
    (CHAIR, "2001-01-01", None),
    (CHAIR, "2002-05-14", None),
    (CHAIR, "2004-06-17", None),
    (CHAIR, "2004-06-18", "Nursultan Nazarbayev, KAZ"),
    (CHAIR, "2005-06-22", "Nursultan Nazarbayev, KAZ"),
    (CHAIR, "2005-06-23", "Vladimir Putin, RUS"),
    (CHAIR, "2006-06-22", "Vladimir Putin, RUS"),
    (CHAIR, "2006-06-23", "Alexander Lukashenko, BLR"),
    (CHAIR, "2007-10-05", "Alexander Lukashenko, BLR"),
    (CHAIR, "2007-10-06", "Kurmanbek Bakiyev, KGZ"),
    (CHAIR, "2008-09-04", "Kurmanbek Bakiyev, KGZ"),
    (CHAIR, "2008-09-05", "Serzh Sargsyan, ARM"),
    (CHAIR, "2009-06-13", "Serzh Sargsyan, ARM"),
    (CHAIR, "2009-06-14", "Dmitry Medvedev, RUS"),
    (CHAIR, "2009-08-27", "Dmitry Medvedev, RUS"),
    (CHAIR, "2010-12-09", "Dmitry Medvedev, RUS"),
    (CHAIR, "2010-12-10", "Alexander Lukashenko, BLR"),
    (CHAIR, "2011-12-19", "Alexander Lukashenko, BLR"),
    (CHAIR, "2011-12-20", "Nursultan Nazarbayev, KAZ"),
    (CHAIR, "2012-12-18", "Nursultan Nazarbayev, KAZ"),
    (CHAIR, "2012-12-19", "Almazbek Atambayev, KGZ"),
    (CHAIR, "2013-09-22", "Almazbek Atambayev, KGZ"),
    (CHAIR, "2013-09-23", "Vladimir Putin, RUS"),
    (CHAIR, "2014-12-22", "Vladimir Putin, RUS"),
    (CHAIR, "2014-12-23", "Emomali Rahmon, TJK"),
    (CHAIR, "2015-09-14", "Emomali Rahmon, TJK"),
    (CHAIR, "2015-09-15", "Serzh Sargsyan, ARM"),
    (CHAIR, "2016-10-13", "Serzh Sargsyan, ARM"),
    (CHAIR, "2016-10-14", "Alexander Lukashenko, BLR"),
    (CHAIR, "2017-11-29", "Alexander Lukashenko, BLR"),
    (CHAIR, "2017-11-30", "Nursultan Nazarbayev, KAZ (or Alexander Lukashenko, BLR)"),
    (CHAIR, "2017-12-31", "Nursultan Nazarbayev, KAZ (or Alexander Lukashenko, BLR)"),
    (CHAIR, "2018-01-01", "Nursultan Nazarbayev, KAZ"),
    (CHAIR, "2018-11-07", "Nursultan Nazarbayev, KAZ"),
    (CHAIR, "2018-11-08", "Sooronbay Jeenbekov, KGZ"),
    (CHAIR, "2019-11-27", "Sooronbay Jeenbekov, KGZ"),
    (CHAIR, "2019-11-28", "Vladimir Putin, RUS"),
    (CHAIR, "2020-12-01", "Vladimir Putin, RUS"),
    (CHAIR, "2020-12-02", "Emomali Rahmon, TJK (or Vladimir Putin, RUS)"),
    (CHAIR, "2020-12-31", "Emomali Rahmon, TJK (or Vladimir Putin, RUS)"),
    (CHAIR, "2021-01-01", "Emomali Rahmon, TJK"),
    (CHAIR, "2021-09-15", "Emomali Rahmon, TJK"),
    (CHAIR, "2021-09-16", "Nikol Pashinyan, ARM"),
    (CHAIR, "2022-11-22", "Nikol Pashinyan, ARM"),
    (CHAIR, "2022-11-23", "Alexander Lukashenko, BLR (or Nikol Pashinyan, ARM)"),
    (CHAIR, "2022-12-31", "Alexander Lukashenko, BLR (or Nikol Pashinyan, ARM)"),
    (CHAIR, "2023-01-01", "Alexander Lukashenko, BLR"),
    (CHAIR, "2023-12-31", "Alexander Lukashenko, BLR"),
    (CHAIR, "2024-01-01", "Kassym-Jomart Tokayev, KAZ"),
    (CHAIR, "2024-06-06", "Kassym-Jomart Tokayev, KAZ"),
    (CHAIR, "2024-12-31", "Kassym-Jomart Tokayev, KAZ"),
    (CHAIR, "2025-01-01", "Sadyr Japarov, KGZ"),
    (CHAIR, "2025-05-19", "Sadyr Japarov, KGZ"),
    (CHAIR, "2025-12-31", "Sadyr Japarov, KGZ"),
    (CHAIR, "2026-01-01", "Vladimir Putin, RUS"),
    (CHAIR, "2026-01-29", "Vladimir Putin, RUS"),
]
"""Written by hand: who held an office on a day, and in brackets whom a rival has instead."""

SESSIONS = """
    1999-04-02 2000-05-24 2001-05-25 2002-05-14 2003-04-28 2004-06-18 2005-06-23 2006-06-23
    2007-10-06 2008-09-05 2009-02-04 2009-06-14 2010-12-10 2011-12-20 2012-05-15 2012-12-19
    2013-09-23 2014-12-23 2015-09-15 2015-12-21 2016-10-14 2016-12-26 2017-11-30 2018-11-08
    2019-11-28 2020-12-02 2021-08-23 2021-09-16 2022-01-10 2022-05-16 2022-09-13 2022-10-28
    2022-11-23 2023-11-23 2024-11-28 2025-11-27
"""
MEETINGS = "2008-12-19 2010-08-20 2011-08-12 2017-04-14"

NEVER_CITED = {
    "armeniandiaspora.com", "armenianclub.com", "analitika.at.ua", "caspian.institute",
    "csabusiness.com", "forarmenians.com", "forumfreerussia.org", "liquisearch.com", "menafn.com",
    "notably.news", "politikforum.ru", "rus.team", "survincity.com", "wikimili.com", "wn.com",
}  # fmt: skip
"""Unknown portals, forums and digests, and sites that copy what others have published."""
COPIED = {"Relations warm between Russia, Belarus following export deal"}
"""The titles of what was met in a digest alone."""
UNSOURCED = ["Shabannikov", "Shaposhnikov", "Ashgabat", "11 April", "2000-10-11", "1995-02-10"]
"""What is only said, without a source that could be cited."""


def named(record: Raw) -> str:
    return f"{record['holder']}, {record['state']}{', acting' if record['acting'] else ''}"


def lasts(record: Raw, first: str, last: str, day: str) -> bool:
    return bool(record[first]) and record[first] <= day <= (record[last] or "9999")


def on(office: str, day: str) -> str | None:
    """The holder on a day, found in the plainest way."""
    terms = [term for term in OFFICES["terms"] if term["office"] == office]
    holders = [named(term) for term in terms if lasts(term, "first_day", "last_day", day)]
    rivals = [
        named(dispute)
        for dispute in OFFICES["disputes"]
        if dispute["verdict"] == "rival"
        and dispute["about"] in {term["id"] for term in terms}
        and lasts(dispute, "from", "to", day)
    ]
    return " ".join([*holders, *(f"(or {rival})" for rival in rivals)]) or None


@pytest.mark.parametrize(("office", "day", "expected"), HOLDERS)
def test_the_holder_of_an_office_on_a_day(office: str, day: str, expected: str | None) -> None:
    assert on(office, day) == expected


def test_the_hand_written_days_meet_every_change() -> None:
    asked = {(office, day) for office, day, _ in HOLDERS}
    for term in OFFICES["terms"]:
        assert (term["office"], term["first_day"]) in asked
        assert (term["office"], term["last_day"] or OFFICES["verified_through"]) in asked


@pytest.mark.parametrize(("kind", "days"), [("session", SESSIONS), ("meeting", MEETINGS)])
def test_the_days_of_sessions_and_of_informal_meetings(kind: str, days: str) -> None:
    assert [act["date"] for act in OFFICES["acts"] if act["kind"] == kind] == days.split()


def test_the_session_in_bishkek_appoints_for_three_years() -> None:
    acts = {act["id"]: act for act in OFFICES["acts"]}
    assert acts["2025-11-27-session"]["place"] == "Bishkek"
    appointed = acts["2025-11-27-masadykov-appointed"]
    assert (appointed["date"], appointed["effective"]) == ("2025-11-27", "2026-01-01")
    assert "for three years, from 1 January 2026 to 31 December 2028" in appointed["title"]


def test_observers_are_those_of_the_assembly_and_no_end_is_known() -> None:
    found = [(one["of"], one["state"], one["from"], one["to"]) for one in OFFICES["observers"]]
    assert found == [
        ("Parliamentary Assembly", "AFG", "2013", None),
        ("Parliamentary Assembly", "SRB", "2013-04", None),
        ("Parliamentary Assembly", None, "2013", None),
    ]
    (about_the_organisation,) = [
        question["found"]
        for question in OFFICES["open_questions"]
        if question["id"] == "observers-of-the-organisation"
    ]
    assert "2021-01-19" in about_the_organisation
    assert NOT_FOUND in about_the_organisation


def problems_of_shape(raw: Raw) -> list[str]:
    return [error.json_path for error in Draft202012Validator(SCHEMA).iter_errors(raw)]


def test_the_document_has_its_shape() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert problems_of_shape(OFFICES) == []


@pytest.mark.parametrize("name", LISTS)
def test_no_field_may_be_missing_and_none_be_added(name: str) -> None:
    for key in OFFICES[name][0]:
        raw = copy.deepcopy(OFFICES)
        del raw[name][0][key]
        assert problems_of_shape(raw) == [f"$.{name}[0]"]
    raw = copy.deepcopy(OFFICES)
    raw[name][0]["remarkable"] = True
    assert problems_of_shape(raw) == [f"$.{name}[0]"]


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("terms", "first_day", "27 June 2000"),
        ("terms", "last_day", ""),
        ("terms", "state", "Russia"),
        ("terms", "acting", None),
        ("terms", "first_certainty", "certain"),
        ("terms", "sources", []),
        ("acts", "effective", "2026-01"),
        ("disputes", "verdict", "open"),
        ("disputes", "from", "2007-06"),
        ("observers", "from", "April 2013"),
        ("sources", "address", "tass.com"),
        ("sources", "level", "third"),
    ],
)
def test_a_value_has_its_form(name: str, key: str, value: object) -> None:
    raw = copy.deepcopy(OFFICES)
    raw[name][0][key] = value
    assert [place.partition("[")[0] for place in problems_of_shape(raw)] == [f"$.{name}"]


def each(raw: Raw) -> Iterator[tuple[str, Raw]]:
    for name in LISTS:
        for record in raw[name]:
            yield f"{name}: {record[KEYS.get(name, 'id')]}", record


def effective(raw: Raw) -> dict[str | None, str]:
    return {act["id"]: act["effective"] or act["date"] for act in raw["acts"]}


def day_after(text: str) -> str:
    return (dt.date.fromisoformat(text) + dt.timedelta(days=1)).isoformat()


def in_order(raw: Raw) -> Iterator[str]:
    """Keys are unique and ascend, and so do the ids of sources."""
    for name in LISTS:
        keys = [record[KEYS.get(name, "id")] for record in raw[name]]
        yield from (f"{name}: {two}" for one, two in pairwise(keys) if one >= two)
    for place, record in each(raw):
        for key in ("sources", "states"):
            if any(one >= two for one, two in pairwise(record.get(key, ()))):
                yield f"{place}: {key}"


def references_exist(raw: Raw) -> Iterator[str]:
    """Whatever names another record names one that is there, and every source is cited."""
    ids = {name: {record[KEYS.get(name, "id")] for record in raw[name]} for name in LISTS}
    about = ids["terms"] | ids["acts"] | ids["offices"] | {raw["organisation"]["id"]}
    known = {
        "office": ids["offices"],
        "kind": ids["kinds"],
        "opened_by": ids["acts"],
        "closed_by": ids["acts"],
        "about": about,
        "sources": ids["sources"],
    }
    for place, record in each(raw):
        for key, there in known.items():
            value = record.get(key)
            listed = value if isinstance(value, list) else [value] if value else []
            yield from (f"{place}: there is no {id}" for id in listed if id not in there)
    cited = {id for _, record in each(raw) for id in record.get("sources", ())}
    yield from (f"sources: {id} is not cited" for id in sorted(ids["sources"] - cited))
    used = {act["kind"] for act in raw["acts"]}
    yield from (f"kinds: {kind} is not used" for kind in sorted(ids["kinds"] - used))


def is_a_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def days_are_days(raw: Raw) -> Iterator[str]:
    """Days are of the calendar, in order, and none is after the last one checked."""
    for place, record in [("", raw), *each(raw)]:
        for key in sorted(DAYS & record.keys()):
            if record[key] and not is_a_day(record[key]):
                yield f"{place}: {key} is no day"
            elif record[key] and record[key] > raw["verified_through"]:
                yield f"{place}: {key} is after the last day checked"
        for first, last in (("first_day", "last_day"), ("from", "to"), ("date", "effective")):
            if record.get(last) and record[first] > record[last]:
                yield f"{place}: {last} is before {first}"


def terms_apart(raw: Raw) -> Iterator[str]:
    """The terms of one office do not overlap."""
    for one, two in pairwise(raw["terms"]):
        if one["office"] == two["office"] and (one["last_day"] or "9999") >= two["first_day"]:
            yield f"terms: {two['id']} begins before {one['id']} ends"


def gaps_said(raw: Raw) -> Iterator[str]:
    """Before the first term and between two, an open question says that nobody is found."""
    for office in (record["office"] for record in raw["offices"]):
        asked = [one["question"] for one in raw["open_questions"] if one["about"] == office]
        found = [term for term in raw["terms"] if term["office"] == office]
        gaps = [found[0]["first_day"]] + [
            two["first_day"]
            for one, two in pairwise(found)
            if one["last_day"] and day_after(one["last_day"]) != two["first_day"]
        ]
        for end in gaps:
            if not any(f"before {end}?" in question for question in asked):
                yield f"{office}: nothing is said of the days before {end}"


def ends_agree(raw: Raw) -> Iterator[str]:
    """A term is named by its first day; its acts take effect on that and on the day after its
    last; an end that no act opens or closes is said to be not found."""
    takes_effect = effective(raw)
    states = {act["id"]: act["states"] for act in raw["acts"]}
    for term in raw["terms"]:
        place = f"terms: {term['id']}"
        if term["id"] != f"{term['office']}-{term['first_day']}":
            yield f"{place}: not named by its first day"
        if term["opened_by"] is None:
            if NOT_FOUND not in (term["note"] or ""):
                yield f"{place}: nothing is said of its start"
        elif takes_effect[term["opened_by"]] != term["first_day"]:
            yield f"{place}: opened on another day"
        elif term["state"] not in states[term["opened_by"]]:
            yield f"{place}: opened by an act of other states"
        if len({term[key] is None for key in ("last_day", "closed_by", "last_certainty")}) > 1:
            yield f"{place}: half an end"
        elif term["last_day"] and takes_effect[term["closed_by"]] != day_after(term["last_day"]):
            yield f"{place}: closed on another day"


def acts_of_the_nine(raw: Raw) -> Iterator[str]:
    """An act is of states of the organisation; a remark is of none of them."""
    nine = {state["code"] for state in MEMBERSHIP["states"]}
    yield from (f"acts: {act['id']}" for act in raw["acts"] if not nine >= set(act["states"]))
    yield from (f"remarks: {one['id']}" for one in raw["remarks"] if one["state"] in nine)


def rivals_matter(raw: Raw) -> Iterator[str]:
    """A dispute names a holder whole or not at all; a rival has another holder than the term."""
    office = {term["id"]: term["office"] for term in raw["terms"]}
    for dispute in raw["disputes"]:
        place = f"disputes: {dispute['id']}"
        if len({dispute[key] is None for key in ("holder", "state", "acting")}) > 1:
            yield f"{place}: half a holder"
        if dispute["holder"] and not dispute["from"]:
            yield f"{place}: a holder without days"
        if dispute["verdict"] == "rival" and not any(
            term["office"] == office.get(dispute["about"])
            and dispute["from"]
            and term["first_day"] <= (dispute["to"] or "9999")
            and dispute["from"] <= (term["last_day"] or "9999")
            and named(term) != named(dispute)
            for term in raw["terms"]
        ):
            yield f"{place}: it changes no answer"


def words_mean_one_office(raw: Raw) -> Iterator[str]:
    """A word by which an office is asked for means that one."""
    meant: dict[str, str] = {}
    for office in raw["offices"]:
        words = [office["office"], office["name"], office["russian"], *office["aliases"]]
        for word in {word.casefold() for word in words}:
            if meant.setdefault(word, office["office"]) != office["office"]:
                yield f"offices: {word}"


def fit_to_be_cited(raw: Raw) -> Iterator[str]:
    """No source is a portal, forum, digest or copy that is never cited."""
    for source in raw["sources"]:
        host = urlsplit(source["address"] or "").hostname or ""
        if any(host == never or host.endswith(f".{never}") for never in NEVER_CITED):
            yield f"sources: {source['id']}"
        if source["title"] in COPIED:
            yield f"sources: {source['id']}"


def sourced(raw: Raw) -> Iterator[str]:
    """What is only said stays out, and nothing is said to last that is not known to."""
    whole = json.dumps(raw, ensure_ascii=False)
    yield from (text for text in UNSOURCED if text in whole)
    for observer in raw["observers"]:
        if observer["to"] is None and NOT_FOUND not in observer["text"].rpartition(",")[2]:
            yield f"observers: nothing is said of the end of {observer['id']}"


def plain_texts(raw: Raw) -> Iterator[str]:
    """No text begins like a formula, ends in a blank or holds what does not show."""
    for place, record in each(raw):
        for key, value in record.items():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str) and (
                    text != text.strip() or text[0] in "=+-@" or not text.isprintable()
                ):
                    yield f"{place}: {key}"


def one_record_in_both_files(raw: Raw) -> Iterator[str]:
    """A source, a kind and the organisation are the same record in the membership's file; acts
    are in one of the two only."""
    if raw["organisation"] != MEMBERSHIP["organisation"]:
        yield "organisation"
    for name in ("kinds", "sources", "acts"):
        key = KEYS.get(name, "id")
        others = {record[key]: record for record in MEMBERSHIP[name]}
        for record in raw[name]:
            if record[key] in others and (name == "acts" or others[record[key]] != record):
                yield f"{name}: {record[key]}"


RULES = [
    in_order,
    references_exist,
    days_are_days,
    terms_apart,
    gaps_said,
    ends_agree,
    acts_of_the_nine,
    rivals_matter,
    words_mean_one_office,
    fit_to_be_cited,
    sourced,
    plain_texts,
    one_record_in_both_files,
]
Rule = Callable[[Raw], Iterator[str]]
ids_of_rules = pytest.mark.parametrize("rule", RULES, ids=[rule.__name__ for rule in RULES])


@ids_of_rules
def test_the_data_keep_each_rule(rule: Rule) -> None:
    assert list(rule(OFFICES)) == []


def change(name: str, id: str, **values: object) -> Callable[[Raw], None]:
    def changed(raw: Raw) -> None:
        (record,) = [one for one in raw[name] if one[KEYS.get(name, "id")] == id]
        record.update(values)

    return changed


BORDYUZHA, MASADYKOV = f"{SECRETARY}-2003-04-28", f"{SECRETARY}-2026-01-01"
BROKEN: list[tuple[Rule, Callable[[Raw], Any]]] = [
    (in_order, lambda raw: raw["acts"].reverse()),
    (in_order, lambda raw: raw["terms"].append(raw["terms"][-1])),
    (in_order, lambda raw: raw["terms"][0]["sources"].reverse()),
    (references_exist, change("terms", BORDYUZHA, office="clerk")),
    (references_exist, change("terms", BORDYUZHA, opened_by="nothing")),
    (references_exist, change("disputes", "semerikov-not-acting", about="nobody")),
    (references_exist, change("acts", "2025-11-27-session", sources=["hearsay"])),
    (references_exist, change("acts", "2025-11-27-session", kind="ball")),
    (references_exist, lambda raw: raw["sources"].append({**raw["sources"][0], "id": "z"})),
    (references_exist, lambda raw: raw["kinds"].append({"kind": "z", "text": "z", "did": None})),
    (days_are_days, change("acts", "2025-11-27-session", date="2026-11-11")),
    (days_are_days, change("disputes", "chair-2007-06", to="2007-05-31")),
    (days_are_days, change("observers", "assembly-serbia", **{"from": "2013-13"})),
    (terms_apart, change("terms", BORDYUZHA, last_day="2017-01-01")),
    (terms_apart, change("terms", BORDYUZHA, last_day=None)),
    (gaps_said, change("terms", BORDYUZHA, last_day="2016-12-30")),
    (gaps_said, change("open_questions", "chair-before-2004-06-18", about="CSTO")),
    (ends_agree, change("terms", BORDYUZHA, first_day="2003-04-29")),
    (ends_agree, change("acts", "2003-04-28-bordyuzha-appointed", date="2003-04-29")),
    (ends_agree, change("acts", "2003-04-28-bordyuzha-appointed", states=["BLR"])),
    (ends_agree, change("acts", "2019-11-28-zas-appointed", effective=None)),
    (ends_agree, change("terms", f"{SECRETARY}-2000-06-27", note="attested")),
    (ends_agree, change("terms", MASADYKOV, last_day="2028-12-31")),
    (acts_of_the_nine, change("acts", "2014-11-06-parliaments-invited", states=["CHN"])),
    (acts_of_the_nine, change("remarks", "SRB-2013-04", state="RUS")),
    (
        rivals_matter,
        change("disputes", "khachaturov-2018-11-02", **{"from": "2018-10-31", "to": "2018-11-01"}),
    ),
    (rivals_matter, change("disputes", "khachaturov-2018-11-02", acting=None)),
    (rivals_matter, change("disputes", "chair-2007-06", **{"from": None, "to": None})),
    (words_mean_one_office, lambda raw: raw["offices"][1]["aliases"].append("Chair")),
    (fit_to_be_cited, lambda raw: raw["sources"][0].update(address="http://www.rus.team/a")),
    (fit_to_be_cited, lambda raw: raw["sources"][0].update(title=next(iter(COPIED)))),
    (sourced, lambda raw: raw["offices"][0].update(note="General Shabannikov was the first")),
    (sourced, lambda raw: raw["observers"][0].update(text="still an observer")),
    (plain_texts, lambda raw: raw["offices"][0].update(note="=1+1")),
    (plain_texts, lambda raw: raw["offices"][0]["aliases"].append("a\u202eb")),
    (one_record_in_both_files, lambda raw: raw["organisation"].update(name="NATO")),
    (one_record_in_both_files, change("kinds", "decision", text="something else")),
    (one_record_in_both_files, change("sources", "tass-2012-11-12", date="2012-11-13")),
    (one_record_in_both_files, lambda raw: raw["acts"].append(MEMBERSHIP["acts"][0])),
]


@pytest.mark.parametrize(("rule", "broken"), BROKEN)
def test_each_rule_finds_what_breaks_it(rule: Rule, broken: Callable[[Raw], Any]) -> None:
    raw = copy.deepcopy(OFFICES)
    broken(raw)
    assert list(rule(raw)) != []


def test_every_rule_is_seen_to_fail() -> None:
    assert [rule for rule in RULES if rule not in {rule for rule, _ in BROKEN}] == []
