"""events, disputes, sources, states and info, compared with the dataset file as JSON."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from documents import BUNDLED, OFFICES, PATH, written
from facts import NAMES, ON_AND_ON, RIVALS
from running import ask

Raw = dict[str, Any]


def answer(*args: str) -> Raw:
    asked = ask(*args, "--format", "json")
    assert asked.status == 0, asked.err
    found: Raw = json.loads(asked.out)
    return found


def rows(*args: str) -> list[Raw]:
    found: list[Raw] = answer(*args)["rows"]
    return found


def said(*args: str) -> str:
    """Why a command line is refused."""
    asked = ask(*args)
    assert (asked.status, asked.out) == (2, "")
    return asked.err.partition("Error: ")[2]


# events

ACTS = sorted([*BUNDLED["acts"], *OFFICES["acts"]], key=lambda act: act["date"])
"""Those of a day in the order of the files."""


def test_events_are_the_acts_of_the_dataset_in_the_order_of_their_dates(tmp_path: Path) -> None:
    shared = ["date", "kind", "title", "states", "sources", "place", "certainty"]
    found = rows("events")
    assert [(row["act"], *map(row.get, shared)) for row in found] == [
        (act["id"], *map(act.get, shared)) for act in ACTS
    ]
    dates = [row["date"] for row in found]
    assert dates == sorted(dates)
    assert (dates[0], dates[-1]) == ("1992-05-15", "2026-02-26")
    turned = written(tmp_path, {**BUNDLED, "acts": BUNDLED["acts"][::-1]})
    assert [row["date"] for row in rows("--data", turned, "events")] == [
        act["date"] for act in BUNDLED["acts"]
    ]


@pytest.mark.parametrize(
    ("args", "dates"),
    [
        ("--kind expiry", "1999-04-20"),
        ("--kind accession", "1993-09-24 1993-12-09 1993-12-31"),
        ("--kind note", "2012-06-20"),
        ("--kind ACCESSION georgia", "1993-12-09"),
        ("--kind expiry --kind note", "1999-04-20 2012-06-20"),
        ("--kind entry-into-force --to 2003", "1994-04-20 2000-03-22 2003-09-18"),
        ("--kind accession --from 1993-12", "1993-12-09 1993-12-31"),
        ("georgia --to 1993", "1993-10-08 1993-12-09"),
        ("georgia azerbaijan --from 1993-09-24 --to 1993-12-08", "1993-09-24 1993-10-08"),
        ("uzbekistan --from 1999-04-03 --to 2005-12-28", "1999-04-20 1999-04-24"),
        ("uzbekistan --from 2005-12-29 --to 2006-08-15", "2005-12-29 2006-06-23"),
        ("uzbekistan --from 2006-06-23 --to 2006-06-23", "2006-06-23"),
        ("uzbekistan --from 2006-06-24 --to 2006-08-15", ""),
        ("kazakhstan --kind ratification", "1992-12-23 1999-12-30 2003-07-01"),
        ("--from 2002-05-14 --to 2002-12", "2002-05-14 2002-05-14 2002-10-07"),
        ("--from 1999-04 --to 2001 --kind session", "1999-04-02 2000-05-24 2001-05-25"),
        ("armenia --kind appointment", "2017-04-14 2018-11-02"),
        ("france", ""),
    ],
)
def test_events_are_those_of_the_states_kinds_and_days_asked_about(args: str, dates: str) -> None:
    assert " ".join(row["date"] for row in rows("events", *args.split())) == dates


@pytest.mark.parametrize("codes", [*NAMES, "GEO ARM"])
def test_events_of_states_are_all_the_acts_that_name_one_of_them(codes: str) -> None:
    wanted = [act["id"] for act in ACTS if set(codes.split()) & set(act["states"])]
    assert [row["act"] for row in rows("events", *codes.split())] == wanted


def test_each_kind_has_its_acts() -> None:
    for kind in (kind["kind"] for kind in [*BUNDLED["kinds"], *OFFICES["kinds"]]):
        wanted = [act["id"] for act in ACTS if act["kind"] == kind]
        assert [row["act"] for row in rows("events", "--kind", kind)] == wanted


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ("--from 2021-07-10 --to 2021-07-20", True),
        ("--from 2021-07-31 --to 2021-08-01", True),
        ("--from 2021-06-30 --to 2021-07-01", True),
        ("--from 2021-07 --to 2021-07", True),
        ("--from 2021 --to 2021", True),
        ("--from 2021-06-01 --to 2021-06-30", False),
        ("--from 2021-08-01 --to 2021-09-01", False),
        ("--from 2020 --to 2020", False),
    ],
)
def test_an_act_known_to_the_month_may_have_happened_on_each_of_its_days(
    args: str, found: bool
) -> None:
    dates = [row["date"] for row in rows("events", "uzbekistan", *args.split())]
    assert ("2021-07" in dates) is found


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ("--kind signatur", "did you mean signature?"),
        ("--kind vibes", "expiry"),
        ("georgai_x", "georgai_x"),
        ("--from 2008 --to 2007", "2007-12-31"),
        ("--from 2027", "2026-11-22"),
    ],
)
def test_events_refuse_what_there_is_not(args: str, why: str) -> None:
    assert why in said("events", *args.split())


def test_nothing_found_is_an_exit_status_when_it_is_asked_for() -> None:
    assert ask("events", "france").status == 0
    assert ask("events", "france", "--exit-status").status == 1
    assert ask("events", "georgia", "--exit-status").status == 0
    assert ask("disputes", "france", "--exit-status").status == 1


# disputes


def states_of(about: str) -> list[str]:
    """The states that a spell, an act, a state or the organisation concerns."""
    found = {spell["id"]: [spell["state"]] for spell in BUNDLED["spells"]}
    found |= {act["id"]: act["states"] for act in ACTS} | {code: [code] for code in NAMES}
    return found.get(about, [])


def name_of(states: list[str]) -> str:
    """Up to three states by their names; else the organisation."""
    if len(states) not in (1, 2, 3):
        return str(BUNDLED["organisation"]["name"])
    return " and ".join(", ".join(NAMES[state] for state in states).rsplit(", ", 1))


def test_each_dispute_has_a_row_that_says_what_the_file_says() -> None:
    found = {row["dispute"]: row for row in rows("disputes")}
    publishers = {source["id"]: source["publisher"] for source in BUNDLED["sources"]}
    assert len(found) == len(BUNDLED["disputes"]) + len(OFFICES["disputes"])
    for dispute in BUNDLED["disputes"]:
        states = states_of(dispute["about"])
        wanted = {
            **dispute,
            "state": states[0] if len(states) == 1 else None,
            "name": name_of(states),
            "first_day": dispute["from"],
            "last_day": dispute["to"],
            "dispute": dispute["id"],
            "according_to": "; ".join(dict.fromkeys(publishers[id] for id in dispute["sources"])),
        }
        for key in ("id", "from", "to"):
            del wanted[key]
        assert found[dispute["id"]] == wanted


def test_a_dispute_about_an_office_is_told_of_no_state() -> None:
    found = {row["dispute"]: row for row in rows("disputes")}
    for dispute in OFFICES["disputes"]:
        row = found[dispute["id"]]
        assert (row["state"], row["about"]) == (None, dispute["about"])
        assert (row["first_day"], row["last_day"]) == (dispute["from"], dispute["to"])
        assert (row["verdict"], row["reason"]) == (dispute["verdict"], dispute["reason"])
        assert row["sources"] == dispute["sources"]
        assert row["status"] in (
            dispute["holder"],
            f"{dispute['holder']} (acting)" if dispute["acting"] else None,
        )


@pytest.mark.parametrize("code", NAMES)
def test_disputes_of_a_state_are_those_about_it_its_spells_and_its_acts(code: str) -> None:
    wanted = {d["id"] for d in BUNDLED["disputes"] if code in states_of(d["about"])}
    assert {row["dispute"] for row in rows("disputes", code)} == wanted


NEVER = "signed and ratified, never deposited"


@pytest.mark.parametrize(
    ("state", "value", "first_day", "last_day", "status", "verdict"),
    [
        ("azerbaijan", NEVER, "1994-04-20", "1999-04-20", "signatory", "rival"),
        ("uzbekistan", "2006-08-16", "2006-06-23", "2006-08-15", None, "rival"),
        ("uzbekistan", "2008-03-28", "2006-08-16", "2008-03-27", "signatory", "rival"),
        ("uzbekistan", "2012-06-28", "2012-06-28", "2012-12-18", "suspended", "rival"),
        ("uzbekistan", "2012-06-20", "2012-06-20", "2012-06-27", "suspended", "rejected"),
        ("georgia", "1993-09-09", "1993-09-09", "1993-12-08", "signatory", "rejected"),
        ("georgia", "1999-04-02", "1999-04-02", "1999-04-20", None, "rejected"),
        ("armenia", "withdrew", "2024-06-12", None, None, "rejected"),
        ("russia", "2002-05-14", "2002-05-14", "2003-09-17", "member", "rejected"),
    ],
)
def test_the_disputes_of_the_evidence_are_told_with_their_verdict(
    state: str, value: str, first_day: str, last_day: str | None, status: str | None, verdict: str
) -> None:
    (row,) = [row for row in rows("disputes", state) if row["value"] == value]
    assert (row["first_day"], row["last_day"]) == (first_day, last_day)
    assert (row["status"], row["verdict"]) == (status, verdict)
    assert row["reason"]
    assert row["sources"]


def test_the_rivals_are_those_of_the_table() -> None:
    found = [row for row in rows("disputes") if row["verdict"] == "rival" and row["state"]]
    assert {
        (r["state"], r["status"] or "none", r["first_day"], r["last_day"] or ON_AND_ON)
        for r in found
        if r["first_day"]
    } == {rival[:4] for rival in RIVALS}
    assert len(found) == 11


# sources


def test_each_source_is_used_for_every_record_that_cites_it_and_no_other() -> None:
    records = [*BUNDLED["acts"], *BUNDLED["disputes"], *BUNDLED["remarks"], *OFFICES["acts"]]
    for name in ("disputes", "remarks", "terms", "observers", "offices"):
        records += OFFICES[name]
    sources = {source["id"]: source for one in (BUNDLED, OFFICES) for source in one["sources"]}
    found = {row["id"]: row for row in rows("sources")}
    assert list(found) == sorted(sources)
    for source in sources.values():
        citing = [r.get("id", r.get("office")) for r in records if source["id"] in r["sources"]]
        assert sorted(found[source["id"]].pop("used_for")) == sorted(citing)
        assert found[source["id"]] == source


@pytest.mark.parametrize(
    ("id", "used_for"),
    [
        ("asia-plus-2006-06-26", ["2006-06-23-uzbekistan-admitted"]),
        ("cow-igo-v3", ["organisation-2002", "uzbekistan-2012"]),
        ("armradio-2024-09-04", ["ARM-2024-02-22"]),
        ("fip-2024", ["2024-02-22-armenia-declares-freeze", "armenia-frozen-2024"]),
    ],
)
def test_one_source_is_shown_whole_with_what_it_is_used_for(id: str, used_for: list[str]) -> None:
    asked = answer("sources", id)
    (row,) = asked["rows"]
    assert set(used_for) <= set(row["used_for"])
    *notes, brackets = asked["notes"]
    assert "square brackets" in brackets
    for use, note in zip(row["used_for"], notes, strict=True):
        assert use in note
    shown = ask("sources", id, variables={"COLUMNS": "300"}).out
    (source,) = [source for source in BUNDLED["sources"] if source["id"] == id]
    assert [value for value in source.values() if value and value not in shown] == []


@pytest.mark.parametrize(
    ("id", "likely"),
    [
        ("adilet-1999-12-3", "adilet-1999-12-30"),
        ("asia-plus-2006-06-62", "asia-plus-2006-06-26"),
        ("gibler", "gibler-2009"),
        ("nonsense", "1news-2025-11-27"),
    ],
)
def test_a_source_that_is_not_there_is_trouble_and_a_likely_one_is_named(
    id: str, likely: str
) -> None:
    told = said("sources", id)
    assert f"'{id}'" in told
    assert likely in told


@pytest.mark.parametrize(
    ("id", "capitals", "args"),
    [
        ("gibler-2009", "S1", ["sources", "S1"]),
        ("expiry", "Expiry", ["events", "--kind", "Expiry"]),
        ("charter", "Charter", ["members", "--on", "2007-01-01", "--basis", "Charter"]),
    ],
)
def test_ids_of_another_dataset_may_have_capitals(
    tmp_path: Path, id: str, capitals: str, args: list[str]
) -> None:
    path = written(tmp_path, json.dumps(BUNDLED).replace(f'"{id}"', f'"{capitals}"'))
    assert rows("--data", path, *args)


# states


def test_states_have_the_names_and_codes_of_the_file() -> None:
    shared = [key for key in BUNDLED["states"][0] if key not in ("code", "aliases", "adjectives")]
    found = rows("states")
    assert [row["state"] for row in found] == list(NAMES)
    for row, state in zip(found, BUNDLED["states"], strict=True):
        assert {key: row[key] for key in shared} == {key: state[key] for key in shared}
        assert row["state"] == state["code"]
        assert row["aliases"] is None


def test_states_have_the_status_of_today() -> None:
    wanted = dict.fromkeys(NAMES, "member")
    wanted |= {"AZE": "former", "GEO": "former", "UZB": "suspended"}
    assert {row["state"]: row["status"] for row in rows("states")} == wanted


def test_states_had_another_status_while_that_was_today(tmp_path: Path) -> None:
    path = written(tmp_path, {**BUNDLED, "verified_through": None})
    asked = ask(
        "--data", path, "states", "--format", "json", variables={"CSTO_TODAY": "1993-12-10"}
    )
    found = {row["state"]: row["status"] for row in json.loads(asked.out)["rows"]}
    assert (found["GEO"], found["BLR"], found["RUS"]) == ("signatory", "not-yet", "signatory")


def test_states_tell_their_aliases_and_adjectives_when_asked() -> None:
    for row, state in zip(rows("states", "--aliases"), BUNDLED["states"], strict=True):
        assert row["aliases"].split("; ") == state["aliases"] + state["adjectives"]
    assert "Киргизия" in ask("states", "--aliases").out
    assert "Киргизия" not in ask("states").out


# info


def facts(*args: str) -> dict[str, str]:
    return {row["key"]: row["value"] for row in rows(*args) if row["key"] != "open_question"}


def test_info_says_what_the_file_is_and_how_much_is_in_it() -> None:
    found = facts("info")
    for name in ("states", "acts", "spells", "disputes", "remarks", "sources", "open_questions"):
        assert found[name] == str(len(BUNDLED[name]))
    for key in ("release", "verified_through", "licence"):
        assert found[key] == BUNDLED[key]
    assert found["first_day"] == "1992-05-15"
    assert "Collective Security Treaty Organisation" in found["organisation"]
    assert found["sha256"] == hashlib.sha256(Path(PATH).read_bytes()).hexdigest()


def test_info_of_the_bundled_dataset_says_what_it_covers_and_what_it_does_not(
    tmp_path: Path,
) -> None:
    found = [(row["key"], row["value"]) for row in rows("info")]
    assert [text for key, text in found if key == "covers" and "Secretary General" in text]
    assert [text for key, text in found if key == "does_not_cover" and "peacekeeping" in text]
    assert "covers" not in facts("--data", written(tmp_path, BUNDLED), "info")


def test_info_of_another_dataset_is_about_that_one(tmp_path: Path) -> None:
    path = written(tmp_path, {**BUNDLED, "release": "2031b", "remarks": []})
    found = facts("--data", path, "info")
    assert (found["release"], found["remarks"]) == ("2031b", "0")
    assert found["sha256"] == hashlib.sha256(Path(path).read_bytes()).hexdigest()


def test_info_says_how_to_cite_the_dataset() -> None:
    cite = facts("info")["cite"]
    for words in ("Collective Security Treaty Organisation", "2026b", "2026-02-26", "CC0-1.0"):
        assert words in cite


def test_a_dataset_that_was_not_checked_is_cited_without_a_gap(tmp_path: Path) -> None:
    cite = facts("--data", written(tmp_path, {**BUNDLED, "verified_through": None}), "info")["cite"]
    assert "2026b" in cite
    assert not re.search(r" ,|None|through\W*$|through, ", cite)


@pytest.mark.parametrize(
    ("name", "release", "organisation"),
    [
        ("=1+1.csv", "1+1.csv", "1+1"),
        ("@SUM(A1).tsv", "SUM(A1).tsv", "SUM(A1)"),
        ("+-=@.csv", ".csv", "table"),
        ("-", "table", "table"),
        ("\t=1.csv", r"\t=1.csv", r"\t=1"),
    ],
)
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_file_named_like_a_formula_puts_none_into_a_cell(
    tmp_path: Path, name: str, release: str, organisation: str, form: str
) -> None:
    path = written(tmp_path, "state,first_day,last_day\nArmenia,2000-01-01,\n", name)
    lines = ask("--data", path, "info", "--format", form).out.splitlines()
    cells = dict(re.split("[,\t]", line, maxsplit=1) for line in lines)
    assert cells["release"] == release
    assert cells["organisation"] == f"{organisation} ({organisation})"


def test_info_tells_every_open_question_and_what_was_found() -> None:
    found = [row["value"] for row in rows("info") if row["key"] == "open_question"]
    assert len(found) == len(BUNDLED["open_questions"])
    for value, question in zip(found, BUNDLED["open_questions"], strict=True):
        assert question["question"] in value
        assert question["found"] in value
