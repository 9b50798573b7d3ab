"""events, disputes, sources, states and info, compared with the dataset file as JSON."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from facts import NAMES
from running import ask

DATA = Path(__file__).parent.parent / "data" / "membership.json"

Raw = dict[str, Any]


@pytest.fixture(scope="module")
def raw() -> Raw:
    found: Raw = json.loads(DATA.read_text(encoding="utf-8"))
    return found


@pytest.fixture
def other(tmp_path: Path) -> Callable[[Raw], str]:
    """Writes another dataset to a file, and says where it is."""

    def write(document: Raw) -> str:
        path = tmp_path / "other.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return str(path)

    return write


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

EVENT = ["date", "kind", "title", "states", "act", "sources", "place", "certainty"]


def test_events_are_the_acts_of_the_dataset(raw: Raw) -> None:
    found = rows("events")
    assert [{key: row[key] for key in EVENT} for row in found] == [
        {
            "date": act["date"],
            "kind": act["kind"],
            "title": act["title"],
            "states": act["states"],
            "act": act["id"],
            "sources": act["sources"],
            "place": act["place"],
            "certainty": act["certainty"],
        }
        for act in raw["acts"]
    ]


def test_events_stand_in_the_order_of_their_dates() -> None:
    dates = [row["date"] for row in rows("events")]
    assert dates == sorted(dates)
    assert (dates[0], dates[-1]) == ("1992-05-15", "2026-02-26")


def test_events_of_a_dataset_that_keeps_its_acts_in_another_order_stand_in_that_of_their_dates(
    raw: Raw, other: Callable[[Raw], str]
) -> None:
    path = other({**raw, "acts": raw["acts"][::-1]})
    dates = [row["date"] for row in rows("--data", path, "events")]
    assert dates == sorted(dates)


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
        ("uzbekistan --from 1999-04-03 --to 2006-08-15", "1999-04-20 1999-04-24 2006-06-23"),
        ("uzbekistan --from 2006-06-23 --to 2006-06-23", "2006-06-23"),
        ("uzbekistan --from 2006-06-24 --to 2006-08-15", ""),
        ("kazakhstan --kind ratification", "1992-12-23 1999-12-30 2003-07-01"),
        ("--from 2000 --to 2003-04", "2000-03-22 2002-05-14 2002-10-07 2003-04-25"),
        ("france", ""),
    ],
)
def test_events_are_those_of_the_states_kinds_and_days_asked_about(args: str, dates: str) -> None:
    assert " ".join(row["date"] for row in rows("events", *args.split())) == dates


@pytest.mark.parametrize("code", NAMES)
def test_events_of_a_state_are_all_the_acts_that_name_it(raw: Raw, code: str) -> None:
    wanted = [act["id"] for act in raw["acts"] if code in act["states"]]
    assert [row["act"] for row in rows("events", code)] == wanted


def test_events_of_several_states_are_those_that_name_any_of_them(raw: Raw) -> None:
    wanted = [act["id"] for act in raw["acts"] if {"ARM", "GEO"} & set(act["states"])]
    assert [row["act"] for row in rows("events", "georgia", "armenia")] == wanted


def test_each_kind_has_its_acts_and_all_kinds_together_have_them_all(raw: Raw) -> None:
    kinds = [kind["kind"] for kind in raw["kinds"]]
    found = {kind: [row["act"] for row in rows("events", "--kind", kind)] for kind in kinds}
    for kind, acts in found.items():
        assert acts == [act["id"] for act in raw["acts"] if act["kind"] == kind]
    assert sum(map(len, found.values())) == len(raw["acts"])


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ("--from 2023-01-10 --to 2023-01-20", True),
        ("--from 2023-01-31 --to 2023-02-01", True),
        ("--from 2022-12-31 --to 2023-01-01", True),
        ("--from 2023-01 --to 2023-01", True),
        ("--from 2023 --to 2023", True),
        ("--from 2022-12-01 --to 2022-12-31", False),
        ("--from 2023-02-01 --to 2023-03-01", False),
        ("--from 2022 --to 2022", False),
    ],
)
def test_an_act_known_to_the_month_may_have_happened_on_each_of_its_days(
    args: str, found: bool
) -> None:
    dates = [row["date"] for row in rows("events", "armenia", *args.split())]
    assert ("2023-01" in dates) is found


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


def states_of(raw: Raw, about: str) -> list[str]:
    for spell in raw["spells"]:
        if spell["id"] == about:
            return [spell["state"]]
    for act in raw["acts"]:
        if act["id"] == about:
            states: list[str] = act["states"]
            return states
    return [about] if about in NAMES else []


def name_of(raw: Raw, states: list[str]) -> str:
    """Up to three states by their names; else the organisation."""
    *most, last = [NAMES[state] for state in states[:3]] or [""]
    if len(states) in (1, 2, 3):
        return f"{', '.join(most)} and {last}" if most else last
    return str(raw["organisation"]["name"])


def test_each_dispute_has_a_row_that_says_what_the_file_says(raw: Raw) -> None:
    found = {row["dispute"]: row for row in rows("disputes")}
    publishers = {source["id"]: source["publisher"] for source in raw["sources"]}
    assert set(found) == {dispute["id"] for dispute in raw["disputes"]}
    for dispute in raw["disputes"]:
        states = states_of(raw, dispute["about"])
        state = states[0] if len(states) == 1 else None
        assert found[dispute["id"]] == {
            "state": state,
            "name": name_of(raw, states),
            "about": dispute["about"],
            "value": dispute["value"],
            "first_day": dispute["from"],
            "last_day": dispute["to"],
            "status": dispute["status"],
            "verdict": dispute["verdict"],
            "reason": dispute["reason"],
            "sources": dispute["sources"],
            "dispute": dispute["id"],
            "according_to": "; ".join(dict.fromkeys(publishers[id] for id in dispute["sources"])),
        }


@pytest.mark.parametrize("code", NAMES)
def test_disputes_of_a_state_are_those_about_it_its_spells_and_its_acts(
    raw: Raw, code: str
) -> None:
    wanted = {d["id"] for d in raw["disputes"] if code in states_of(raw, d["about"])}
    assert {row["dispute"] for row in rows("disputes", code)} == wanted


@pytest.mark.parametrize(
    ("state", "value", "first_day", "last_day", "status", "verdict"),
    [
        (
            "azerbaijan",
            "signed and ratified, never deposited",
            "1994-04-20",
            "1999-04-20",
            "signatory",
            "rival",
        ),
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


def test_five_disputes_are_rivals_four_of_them_about_uzbekistan() -> None:
    rivals = [row["state"] for row in rows("disputes") if row["verdict"] == "rival"]
    assert sorted(rivals) == ["AZE", "UZB", "UZB", "UZB", "UZB"]


# sources


def test_each_source_is_used_for_every_record_that_cites_it_and_no_other(raw: Raw) -> None:
    records = [*raw["acts"], *raw["disputes"], *raw["remarks"]]
    found = {row["id"]: row for row in rows("sources")}
    assert list(found) == [source["id"] for source in raw["sources"]]
    for source in raw["sources"]:
        citing = [record["id"] for record in records if source["id"] in record["sources"]]
        assert sorted(found[source["id"]].pop("used_for")) == sorted(citing)
        assert found[source["id"]] == source


@pytest.mark.parametrize(
    ("id", "used_for"),
    [
        ("asia-plus-2006-06-26", ["2006-06-23-uzbekistan-admitted"]),
        ("cow-igo-v3", ["observers-serbia-afghanistan", "organisation-2002-10-07"]),
        ("armradio-2024-09-04", ["ARM-2024-02-22"]),
        ("fip-2024", ["2024-02-22-armenia-declares-freeze", "armenia-suspended-2024"]),
    ],
)
def test_one_source_is_shown_whole_with_what_it_is_used_for(
    raw: Raw, id: str, used_for: list[str]
) -> None:
    asked = answer("sources", id)
    (row,) = asked["rows"]
    assert set(used_for) <= set(row["used_for"])
    assert len(asked["notes"]) == len(row["used_for"])
    for use, note in zip(row["used_for"], asked["notes"], strict=True):
        assert use in note
    shown = ask("sources", id, variables={"COLUMNS": "300"}).out
    (source,) = [source for source in raw["sources"] if source["id"] == id]
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
    raw: Raw, other: Callable[[Raw], str], id: str, capitals: str, args: list[str]
) -> None:
    document = json.loads(json.dumps(raw).replace(f'"{id}"', f'"{capitals}"'))
    assert rows("--data", other(document), *args)


# states


def test_states_have_the_names_and_codes_of_the_file(raw: Raw) -> None:
    shared = [key for key in raw["states"][0] if key not in ("code", "aliases", "adjectives")]
    found = rows("states")
    assert [row["state"] for row in found] == list(NAMES)
    for row, state in zip(found, raw["states"], strict=True):
        assert {key: row[key] for key in shared} == {key: state[key] for key in shared}
        assert row["state"] == state["code"]
        assert row["aliases"] is None


def test_states_have_the_status_of_today() -> None:
    wanted = dict.fromkeys(NAMES, "member")
    wanted |= {"AZE": "former", "GEO": "former", "UZB": "suspended"}
    assert {row["state"]: row["status"] for row in rows("states")} == wanted


def test_states_had_another_status_while_that_was_today(
    raw: Raw, other: Callable[[Raw], str]
) -> None:
    path = other({**raw, "verified_through": None})
    asked = ask(
        "--data", path, "states", "--format", "json", variables={"CSTO_TODAY": "1993-12-10"}
    )
    found = {row["state"]: row["status"] for row in json.loads(asked.out)["rows"]}
    assert (found["GEO"], found["BLR"], found["RUS"]) == ("signatory", "not-yet", "signatory")


def test_states_tell_their_aliases_and_adjectives_when_asked(raw: Raw) -> None:
    for row, state in zip(rows("states", "--aliases"), raw["states"], strict=True):
        assert row["aliases"].split("; ") == state["aliases"] + state["adjectives"]
    assert "Киргизия" in ask("states", "--aliases").out
    assert "Киргизия" not in ask("states").out


# info


def facts(*args: str) -> dict[str, str]:
    return {row["key"]: row["value"] for row in rows(*args) if row["key"] != "open_question"}


@pytest.mark.parametrize(
    "name", ["states", "acts", "spells", "disputes", "remarks", "sources", "open_questions"]
)
def test_info_counts_what_is_in_the_file(raw: Raw, name: str) -> None:
    assert facts("info")[name] == str(len(raw[name]))


def test_info_says_which_release_it_is_how_far_checked_and_under_which_licence(raw: Raw) -> None:
    found = facts("info")
    for key in ("release", "verified_through", "licence"):
        assert found[key] == raw[key]
    assert found["first_day"] == "1992-05-15"
    assert "Collective Security Treaty Organisation" in found["organisation"]


def test_info_gives_the_checksum_of_the_file() -> None:
    assert facts("info")["sha256"] == hashlib.sha256(DATA.read_bytes()).hexdigest()


def test_info_of_another_dataset_is_about_that_one(raw: Raw, other: Callable[[Raw], str]) -> None:
    path = other({**raw, "release": "2031b", "remarks": []})
    found = facts("--data", path, "info")
    assert (found["release"], found["remarks"]) == ("2031b", "0")
    assert found["sha256"] == hashlib.sha256(Path(path).read_bytes()).hexdigest()


def test_info_says_how_to_cite_the_dataset() -> None:
    cite = facts("info")["cite"]
    for words in ("Collective Security Treaty Organisation", "2026a", "2026-02-26", "CC0-1.0"):
        assert words in cite


def test_a_dataset_that_was_not_checked_is_cited_without_a_gap(
    raw: Raw, other: Callable[[Raw], str]
) -> None:
    cite = facts("--data", other({**raw, "verified_through": None}), "info")["cite"]
    assert "2026a" in cite
    assert not re.search(r" ,|None|through\W*$|through, ", cite)


def test_info_tells_every_open_question_and_what_was_found(raw: Raw) -> None:
    found = [row["value"] for row in rows("info") if row["key"] == "open_question"]
    assert len(found) == len(raw["open_questions"])
    for value, question in zip(found, raw["open_questions"], strict=True):
        assert question["question"] in value
        assert question["found"] in value
