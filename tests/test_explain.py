"""why: each answer with all that it rests on, compared with the dataset file record by record."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from running import CSTO, ask, environment, run

from cstocli import explain, queries
from cstocli.dates import When
from cstocli.model import Records

DATA = Path(__file__).parent.parent / "data" / "membership.json"
TODAY = When.day(dt.date(2026, 11, 22))
READING_ORDER = [
    "answer",
    "rule",
    "spell",
    "act",
    "remark",
    "dispute",
    "open question",
    "source",
]
STATES = ["ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "RUS", "TJK", "UZB"]
BASES = {
    "joined": ["signatory", "party", "member"],
    "in-force": ["party", "member"],
    "charter": ["member"],
}
DAYS = [
    "1990-01-01",
    "1992-05-14",
    "1992-05-15",
    "1993-09-09",
    "1993-09-24",
    "1993-12-08",
    "1993-12-09",
    "1993-12-31",
    "1994-04-19",
    "1994-04-20",
    "1999-04-10",
    "1999-04-20",
    "1999-04-21",
    "2003-01-01",
    "2003-09-17",
    "2003-09-18",
    "2006-06-22",
    "2006-06-23",
    "2006-07-15",
    "2006-08-16",
    "2008-03-27",
    "2012-06-20",
    "2012-06-28",
    "2012-12-18",
    "2012-12-19",
    "2024-02-21",
    "2024-02-22",
    "2026-11-22",
]
"""First and last days, the days beside them, disputed ones, and some with nothing to them."""
PERIODS = [
    ("1992-01-01", "1992-12-31"),
    ("1998-01-01", "1999-12-31"),
    ("2000-01-01", "2001-12-31"),
    ("2006-01-01", "2006-12-31"),
    ("2012-12-18", "2012-12-19"),
    ("1992-05-15", "2026-11-22"),
]

Raw = dict[str, Any]
Question = tuple[str, str, When]
"""A state's code, a basis, and the day or period."""


@pytest.fixture(scope="module")
def raw() -> Raw:
    found: Raw = json.loads(DATA.read_text(encoding="utf-8"))
    return found


def day(text: str) -> When:
    return When.day(dt.date.fromisoformat(text))


def period(first: str, last: str) -> When:
    return When(dt.date.fromisoformat(first), dt.date.fromisoformat(last), f"{first}/{last}")


WHENS = [*map(day, DAYS), *itertools.starmap(period, PERIODS)]
QUESTIONS = list(itertools.product(STATES, BASES, WHENS))


@pytest.fixture(scope="module")
def told(records: Records) -> dict[Question, list[explain.WhyRow]]:
    """The explanation of every question of these tests."""
    return {
        (code, basis, when): list(
            explain.why(records, records.states[code], when, records.bases[basis], TODAY)
        )
        for code, basis, when in QUESTIONS
    }


Told = dict[Question, list[explain.WhyRow]]


def section(rows: list[explain.WhyRow], name: str) -> list[explain.WhyRow]:
    return [row for row in rows if row.section == name]


def ids(rows: list[explain.WhyRow], name: str) -> list[str]:
    return [row.id for row in section(rows, name)]


def by_id(records: list[Raw]) -> dict[str, Raw]:
    return {record["id"]: record for record in records}


def meet(record: Raw, when: When, first: str = "first_day", last: str = "last_day") -> bool:
    """Whether the days of a record and those asked about have one in common."""
    return bool(
        record[first] <= str(when.last_day) and (record[last] or "9999") >= str(when.first_day)
    )


def spells_of(raw: Raw, code: str, when: When) -> list[Raw]:
    """The spells of the days asked about, or else the nearest on either side."""
    spells = [spell for spell in raw["spells"] if spell["state"] == code]
    during = [spell for spell in spells if meet(spell, when)]
    if during:
        return during
    before = [spell for spell in spells if spell["first_day"] < str(when.first_day)]
    after = [spell for spell in spells if spell["first_day"] > str(when.last_day)]
    return [*before[-1:], *after[:1]]


def acts_of(spells: list[Raw]) -> list[str]:
    """The acts that opened and closed spells, each once."""
    acts = [spell[key] for spell in spells for key in ("opened_by", "closed_by") if spell[key]]
    return list(dict.fromkeys(acts))


def subjects(raw: Raw, code: str, when: When) -> set[str]:
    """What a record may be about to be about an answer."""
    spells = spells_of(raw, code, when)
    return {code, *(spell["id"] for spell in spells), *acts_of(spells)}


def states_of(raw: Raw, about: str) -> list[str]:
    spells, acts = by_id(raw["spells"]), by_id(raw["acts"])
    if about in spells:
        return [spells[about]["state"]]
    return acts[about]["states"] if about in acts else [about]


# Every state, day and basis


def test_an_explanation_has_its_sections_in_reading_order(told: Told) -> None:
    for rows in told.values():
        places = [READING_ORDER.index(row.section) for row in rows]
        assert places == sorted(places)
        assert places[:2] == [0, 1]
        assert [len(section(rows, name)) for name in ("answer", "rule")] == [1, 1]


def test_the_answer_explained_is_that_of_check(records: Records, told: Told) -> None:
    for (code, basis, when), rows in told.items():
        state = records.states[code]
        (wanted,) = queries.check(records, state, when, records.bases[basis], TODAY)
        (row,) = section(rows, "answer")
        assert (row.id, row.text, row.date) == (code, str(wanted), wanted.asked)


def test_notes_and_query_are_those_of_check(records: Records) -> None:
    for code, basis, when in QUESTIONS:
        question = (records, records.states[code], when, records.bases[basis], TODAY)
        why, check = explain.why(*question), queries.check(*question)
        assert (why.notes, why.query) == (check.notes, check.query)


def test_the_rule_names_the_basis_what_it_counts_and_that_ends_are_included(told: Told) -> None:
    for (_, basis, when), rows in told.items():
        (row,) = section(rows, "rule")
        assert row.id == basis
        assert all(word in row.text for word in (basis, *BASES[basis]))
        assert re.search("first and the last day of a spell|first and last days? of a spell",
                         row.text)  # fmt: skip
        assert ("he day asked about" in row.text) is when.is_day
        assert ("very day of the period" in row.text) is not when.is_day


def test_a_day_is_called_a_boundary_where_a_spell_begins_or_ends_on_it(
    raw: Raw, told: Told
) -> None:
    for (code, _, when), rows in told.items():
        wanted = [
            (end, spell["status"])
            for spell in raw["spells"]
            for end, key in (("first", "first_day"), ("last", "last_day"))
            if when.is_day and spell["state"] == code and spell[key] == str(when.first_day)
        ]
        assert boundaries(section(rows, "rule")[0].text, str(when.first_day)) == wanted


def boundaries(rule: str, when: str) -> list[tuple[str, str]]:
    """Of which spells a rule says that a day is the first or the last, by their status."""
    return re.findall(rf"{when}[^.]*? is the (first|last) day of [^.]*?([a-z]+)\)?\.", rule)


@pytest.mark.parametrize(
    ("state", "when", "end", "status"),
    [
        ("uzbekistan", "1992-05-15", "first", "signatory"),
        ("uzbekistan", "1994-04-19", "last", "signatory"),
        ("uzbekistan", "1994-04-20", "first", "party"),
        ("uzbekistan", "1999-04-20", "last", "party"),
        ("uzbekistan", "2006-06-23", "first", "member"),
        ("uzbekistan", "2012-12-18", "last", "member"),
        ("uzbekistan", "2012-12-19", "first", "suspended"),
        ("azerbaijan", "1993-09-24", "first", "signatory"),
        ("georgia", "1999-04-20", "last", "party"),
        ("armenia", "2003-09-17", "last", "party"),
        ("belarus", "2003-09-18", "first", "member"),
    ],
)
def test_each_boundary_of_the_evidence_is_said_to_be_one(
    state: str, when: str, end: str, status: str
) -> None:
    (rule,) = [row["text"] for row in rows(state, "--on", when) if row["section"] == "rule"]
    assert boundaries(rule, when) == [(end, status)]


def test_the_spells_are_those_of_the_days_or_else_those_on_either_side(
    raw: Raw, told: Told
) -> None:
    for (code, _, when), rows in told.items():
        wanted = spells_of(raw, code, when)
        assert ids(rows, "spell") == [spell["id"] for spell in wanted]
        for row, spell in zip(section(rows, "spell"), wanted, strict=True):
            assert row.date == spell["first_day"]
            assert row.text.startswith(f"{spell['status']} ")
            assert spell["last_day"] is None or spell["last_day"] in row.text
            assert (spell["ended"] or "").replace("-", " ") in row.text
            assert spell["certainty"] in row.text


def test_the_acts_are_those_that_opened_and_closed_the_spells(raw: Raw, told: Told) -> None:
    acts = by_id(raw["acts"])
    for (code, _, when), rows in told.items():
        assert ids(rows, "act") == acts_of(spells_of(raw, code, when))
        for row in section(rows, "act"):
            act = acts[row.id]
            assert row.date == act["date"]
            before, title, after = row.text.partition(act["title"])
            detail = before + after
            assert title
            assert act["kind"] in detail.replace(" ", "-")
            assert (act["place"] or "") in detail
            assert (act["effective"] or "") in detail


def test_the_remarks_are_those_in_force_on_the_days(raw: Raw, told: Told) -> None:
    for (code, _, when), rows in told.items():
        wanted = [
            remark
            for remark in raw["remarks"]
            if remark["state"] == code and meet(remark, when, "from", "to")
        ]
        assert ids(rows, "remark") == [remark["id"] for remark in wanted]
        for row, remark in zip(section(rows, "remark"), wanted, strict=True):
            assert remark["text"] in row.text
            assert row.date == remark["from"]


def test_every_rival_that_marks_an_answer_is_among_its_disputes(raw: Raw, told: Told) -> None:
    marked = 0
    for (code, basis, when), rows in told.items():
        for dispute in raw["disputes"]:
            if marks(raw, dispute, code, basis, when):
                assert dispute["id"] in ids(rows, "dispute")
                marked += 1
        assert (", disputed" in section(rows, "answer")[0].text) is any(
            marks(raw, dispute, code, basis, when) for dispute in raw["disputes"]
        )
    assert marked


def marks(raw: Raw, dispute: Raw, code: str, basis: str, when: When) -> bool:
    """Whether a dispute is a rival that would change the answer on one of the days."""
    if dispute["verdict"] != "rival" or code not in states_of(raw, dispute["about"]):
        return False
    if not dispute["from"]:
        return False
    first = max(dispute["from"], str(when.first_day))
    last = min(dispute["to"] or "9999", str(when.last_day))
    rival = dispute["status"] in BASES[basis]
    counted = [
        spell
        for spell in raw["spells"]
        if spell["state"] == code
        and spell["status"] in BASES[basis]
        and spell["first_day"] <= last
        and (spell["last_day"] or "9999") >= first
    ]
    if first > last:
        return False
    whole = any(s["first_day"] <= first and (s["last_day"] or "9999") >= last for s in counted)
    return not whole if rival else bool(counted)


def test_a_dispute_is_told_with_its_value_its_verdict_and_its_reason(raw: Raw, told: Told) -> None:
    disputes, sources = by_id(raw["disputes"]), by_id(raw["sources"])
    for (code, _, _), rows in told.items():
        for row in section(rows, "dispute"):
            dispute = disputes[row.id]
            assert code in states_of(raw, dispute["about"])
            assert row.text.lower().startswith(dispute["verdict"])
            before, reason, after = row.text.partition(dispute["reason"])
            assert reason
            assert dispute["value"] in before + after
            assert sources[dispute["sources"][0]]["publisher"] in before + after
            assert row.date == dispute["from"]


def test_a_dispute_about_other_days_of_a_spell_is_left_out(raw: Raw, told: Told) -> None:
    disputes = by_id(raw["disputes"])
    for (code, _, when), rows in told.items():
        if any(meet(s, day(str(when.last_day))) for s in raw["spells"] if s["state"] == code):
            for row in section(rows, "dispute"):
                dispute = disputes[row.id]
                assert not dispute["from"] or meet(dispute, when, "from", "to")


def test_the_open_questions_are_those_about_the_state_its_spells_and_their_acts(
    raw: Raw, told: Told
) -> None:
    for (code, _, when), rows in told.items():
        about = subjects(raw, code, when)
        wanted = [question for question in raw["open_questions"] if question["about"] in about]
        assert ids(rows, "open question") == [question["id"] for question in wanted]
        for row, question in zip(section(rows, "open question"), wanted, strict=True):
            assert question["question"] in row.text
            assert question["found"] in row.text
            assert row.date == question["as_of"]


def test_every_source_of_what_is_told_is_listed_once(raw: Raw, told: Told) -> None:
    citing = {
        "act": by_id(raw["acts"]),
        "remark": by_id(raw["remarks"]),
        "dispute": by_id(raw["disputes"]),
    }
    for rows in told.values():
        cited = [
            source
            for row in rows
            if row.section in citing
            for source in citing[row.section][row.id]["sources"]
        ]
        assert ids(rows, "source") == list(dict.fromkeys(cited))


def test_a_source_has_its_publisher_title_date_and_address(raw: Raw, told: Told) -> None:
    sources = by_id(raw["sources"])
    for rows in told.values():
        for row in section(rows, "source"):
            source = sources[row.id]
            assert row.text == f"{source['publisher']}, {source['title']}"
            assert (row.date, row.address) == (source["date"], source["address"])


def test_only_sources_have_addresses(told: Told) -> None:
    assert all(
        row.address is None for rows in told.values() for row in rows if row.section != "source"
    )


# By hand, from the evidence


def rows(*args: str) -> list[dict[str, str]]:
    asked = ask("why", *args, "--format", "json")
    assert asked.status == 0, asked.err
    found: list[dict[str, str]] = json.loads(asked.out)["rows"]
    return found


@pytest.mark.parametrize(
    ("state", "on", "disputes"),
    [
        ("uzbekistan", "2006-07-15", {"uzbekistan-2006-08-16"}),
        ("uzbekistan", "2007-01-01", {"uzbekistan-2008-03-28"}),
        ("uzbekistan", "2010-01-01", set()),
        ("uzbekistan", "2012-06-25", {"uzbekistan-2012-06-20"}),
        ("uzbekistan", "2012-07-01", {"uzbekistan-2012-06-28"}),
        ("uzbekistan", "2020-01-01", {"uzbekistan-withdrew", "uzbekistan-still-member-2014"}),
        ("armenia", "2024-02-21", set()),
        ("armenia", "2024-03-01", {"armenia-suspended-2024"}),
        ("armenia", "2025-01-01", {"armenia-suspended-2024", "armenia-withdrew-2024-06-12"}),
        ("armenia", "2003-01-01", {"organisation-2002-05-14", "organisation-2002-10-07"}),
        ("armenia", "2000-01-01", set()),
        ("azerbaijan", "1995-01-01", {"azerbaijan-never-deposited"}),
        (
            "azerbaijan",
            "1999-04-10",
            {"azerbaijan-never-deposited", "azerbaijan-georgia-uzbekistan-1999-04-02"},
        ),
        ("georgia", "1993-10-01", {"georgia-1993-09-09"}),
        ("georgia", "1995-01-01", set()),
        ("russia", "2010-01-01", set()),
    ],
)
def test_the_disputes_that_touch_a_day_are_told(state: str, on: str, disputes: set[str]) -> None:
    told = {row["id"] for row in rows(state, "--on", on) if row["section"] == "dispute"}
    assert told == disputes


@pytest.mark.parametrize(
    ("state", "on", "disputes"),
    [
        ("uzbekistan", "2003-01-01", {"uzbekistan-2002-2005", "uzbekistan-suspended-1998"}),
        ("georgia", "2007-01-01", {"azerbaijan-georgia-uzbekistan-1999-04-02"}),
        (
            "armenia",
            "1993-01-01",
            {"treaty-date-1998", "treaty-date-1999", "treaty-date-1992-02-14"},
        ),
    ],
)
def test_the_disputes_of_a_no_and_those_without_days_are_told_too(
    state: str, on: str, disputes: set[str]
) -> None:
    told = {row["id"] for row in rows(state, "--on", on) if row["section"] == "dispute"}
    assert disputes <= told


@pytest.mark.parametrize(
    ("state", "on", "answer", "dates"),
    [
        ("georgia", "1992-01-01", "no, not yet", ["1993-12-09", "1994-04-20"]),
        ("georgia", "1995-01-01", "yes", ["1994-04-20", "1999-04-20"]),
        ("georgia", "2007-01-01", "no, no longer", ["1994-04-20", "1999-04-20"]),
        (
            "uzbekistan",
            "2003-01-01",
            "no, outside",
            ["1994-04-20", "1999-04-20", "2006-06-23", "2012-12-19"],
        ),
        ("uzbekistan", "2020-01-01", "no, suspended", ["2012-12-19"]),
        ("armenia", "2026-01-01", "yes", ["2003-09-18"]),
        ("russia", "2000-01-01", "yes", ["1994-04-20", "2003-09-18"]),
    ],
)
def test_each_kind_of_answer_is_told_with_its_acts(
    state: str, on: str, answer: str, dates: list[str]
) -> None:
    told = rows(state, "--on", on)
    assert told[0]["text"].startswith(f"{on}: {answer}")
    assert [row["date"] for row in told if row["section"] == "act"] == dates


FIRST_DATE = ["Asia-Plus", "Caliber.Az", "Lenta.ru (RIA)", "PanARMENIAN", "Taipei Times (AP)"]
OTHER_DATE = ["Asia-Plus", "Obozrevatel (UNIAN)", "RBC", "RFE/RL", "RIA Novosti"]


def test_why_uzbekistan_in_july_2006_has_both_dates_and_who_gives_them() -> None:
    told = rows("uzbekistan", "--on", "2006-07-15")
    assert "yes, disputed" in told[0]["text"]
    (act,) = [row for row in told if row["id"] == "2006-06-23-uzbekistan-admitted"]
    assert (act["section"], act["date"]) == ("act", "2006-06-23")
    assert "Minsk" in act["text"]
    assert "Lenta.ru (RIA)" in act["text"]
    (dispute,) = [row for row in told if row["section"] == "dispute"]
    said = ("Rival", "2006-08-16", "Asia-Plus", "Obozrevatel (UNIAN)", "RBC")
    assert [words for words in said if words not in dispute["text"]] == []
    sources = " ".join(row["text"] for row in told if row["section"] == "source")
    assert [who for who in FIRST_DATE + OTHER_DATE if f"{who}, " not in sources] == []


def test_a_place_is_told_with_its_act() -> None:
    told = ask("why", "uzbekistan", "--on", "2007-01-01", "--format", "plain").out
    places = {"2006-06-23": "Minsk", "2012-12-19": "Moscow"}
    for date, place in places.items():
        (line,) = [line for line in told.splitlines() if line.startswith(f"Act: {date}")]
        assert place in line.rpartition("(decision")[2]


def test_the_expiry_of_1999_is_told_with_the_day_it_takes_effect() -> None:
    told = ask("why", "georgia", "--on", "1999-04-20", "--format", "plain").out
    (line,) = [line for line in told.splitlines() if line.startswith("Act: 1999-04-20")]
    assert "1999-04-21" in line.rpartition("(expiry")[2]


@pytest.mark.parametrize("when", ["1980-01-01", "2007-01-01", "2026-11-22"])
def test_a_country_that_is_none_of_the_states_is_a_never_without_spells(when: str) -> None:
    answer, rule = rows("france", "--on", when)
    assert (answer["section"], answer["id"]) == ("answer", "FRA")
    assert re.match(f"{when}: no, never\\b.*France", answer["text"])
    assert rule["section"] == "rule"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ("uzbekistan --on 2027", "2026-11-22"),
        ("uzbekistan --on 01/02/2007", "2007-02-01"),
        ("uzbekistan --on 2007 --from 2006", "--from"),
        ("narnia", "narnia"),
        ("", "STATE"),
    ],
)
def test_what_has_no_answer_is_not_explained(args: str, said: str) -> None:
    asked = ask("why", *args.split())
    assert (asked.status, asked.out) == (2, "")
    assert said in asked.err


def test_a_no_is_explained_with_the_status_of_success() -> None:
    assert ask("why", "georgia", "--on", "2007-01-01", "--exit-status").status == 0


# On paper and on screen


def in_terminal(*args: str) -> str:
    """What csto shows in a terminal."""
    ours, theirs = os.openpty()
    variables = environment({"TERM": "xterm", "COLUMNS": "80"})
    with subprocess.Popen(
        [CSTO, *args], env=variables, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        while piece := read(ours):
            shown += piece
        process.wait(timeout=30)
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def read(terminal: int) -> bytes:
    """What the terminal was given next; nothing once its other end is closed."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


LINK = re.compile("\x1b]8;[^;]*;([^\x1b]+)\x1b\\\\(?:\x1b\\[[0-9;]*m)*([^\x1b]*)")


@pytest.mark.parametrize(("state", "on"), [("uzbekistan", "2006-07-15"), ("georgia", "2007-01-01")])
def test_in_a_terminal_each_address_is_a_link_to_itself(state: str, on: str) -> None:
    shown = in_terminal("why", state, "--on", on)
    addresses = [row["address"] for row in rows(state, "--on", on) if row["address"]]
    assert LINK.findall(shown) == [(address, address) for address in addresses]
    assert addresses


@pytest.mark.parametrize("form", ["table", "plain", "tsv"])
def test_in_a_pipe_addresses_are_plain_and_whole(form: str) -> None:
    done = run(CSTO, "why", "uzbekistan", "--on", "2006-07-15", "--format", form)
    shown = done.stdout.decode()
    assert "\x1b" not in shown
    addresses = {row["address"] for row in rows("uzbekistan", "--on", "2006-07-15")} - {None}
    assert [a for a in addresses if not re.search(rf"(?<!\S){re.escape(a)}$", shown, re.M)] == []


def test_a_table_has_each_section_once_as_a_heading() -> None:
    shown = ask("why", "armenia", "--on", "2025-01-01").out
    headings = [line.lower() for line in shown.splitlines() if line.lower() in READING_ORDER]
    assert headings == READING_ORDER


@pytest.mark.parametrize("columns", ["40", "80", "200"])
def test_no_line_of_an_explanation_but_an_address_is_wider_than_asked(columns: str) -> None:
    shown = ask("why", "uzbekistan", "--on", "2006-07-15", variables={"COLUMNS": columns}).out
    wide = [line for line in shown.splitlines() if len(line) > int(columns)]
    assert [line for line in wide if "https://" not in line and "http://" not in line] == []


def test_every_name_of_a_state_gets_the_same_explanation() -> None:
    assert rows("Грузия", "--on", "1998") == rows("GE", "--on", "1998")
