"""Each answer with all that it rests on, compared with the dataset file record by record."""

from __future__ import annotations

import json
import os
import re
import subprocess
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from facts import BASES, NAMES
from running import CSTO, ask, environment, run
from small import club, days

from cstocli import Dataset, Refused
from cstocli.core.days import When
from cstocli.core.finding import find
from cstocli.questions.why import WhyRow

DATA = Path(__file__).parent.parent / "data" / "membership.json"
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
ASKED = (
    "1990-01-01 1992-05-14 1992-05-15 1993-09-09 1993-09-24 1993-12-08 1993-12-09 1993-12-31 "
    "1994-04-19 1994-04-20 1999-04-10 1999-04-20 1999-04-21 2003-01-01 2003-09-17 2003-09-18 "
    "2006-06-22 2006-06-23 2006-07-15 2006-08-16 2008-03-27 2012-06-20 2012-06-28 2012-12-18 "
    "2012-12-19 2024-02-21 2024-02-22 2026-11-22 1992-01-01/1992-12-31 1998-01-01/1999-12-31 "
    "2000-01-01/2001-12-31 2006-01-01/2006-12-31 2012-12-18/2012-12-19 1992-05-15/2026-11-22"
)
"""First and last days, the days beside them, disputed ones, some with nothing to them; periods."""
QUESTIONS = [
    (code, basis, When(*days(text), text))
    for code, basis, text in product(NAMES, BASES, ASKED.split())
]

Raw = dict[str, Any]
Told = dict[tuple[str, str, When], tuple[WhyRow, ...]]
"""By the code of a state, a basis, and the day or period."""


@pytest.fixture(scope="module")
def raw() -> Raw:
    found: Raw = json.loads(DATA.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def told(csto: Dataset) -> Told:
    """The explanation of every question of these tests."""
    return {
        (code, basis, when): csto.why(code, when, basis=basis).rows
        for code, basis, when in QUESTIONS
    }


def section(rows: tuple[WhyRow, ...], name: str) -> list[WhyRow]:
    return [row for row in rows if row.section == name]


def ids(rows: tuple[WhyRow, ...], name: str) -> list[str]:
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
    before = [spell for spell in spells if spell["first_day"] < str(when.first_day)]
    after = [spell for spell in spells if spell["first_day"] > str(when.last_day)]
    return during or [*before[-1:], *after[:1]]


def acts_of(spells: list[Raw]) -> list[str]:
    """The acts that opened and closed spells, each once."""
    acts = [spell[key] for spell in spells for key in ("opened_by", "closed_by") if spell[key]]
    return list(dict.fromkeys(acts))


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
        assert (places[:2], 1 in places[2:]) == ([0, 1], False)
        assert {row.address for row in rows if row.section != "source"} == {None}


def test_an_explanation_has_the_answer_of_check_its_notes_and_its_query(csto: Dataset) -> None:
    for code, basis, when in QUESTIONS:
        why, check = csto.why(code, when, basis=basis), csto.check(code, when, basis=basis)
        (row,) = check
        assert why.rows[0] == WhyRow("answer", code, row.asked, str(row), None)
        assert (why.notes, why.query) == (check.notes, check.query)


def test_the_rule_names_the_basis_what_it_counts_and_that_ends_are_included(told: Told) -> None:
    for (_, basis, when), rows in told.items():
        (row,) = section(rows, "rule")
        assert row.id == basis
        assert all(word in row.text for word in (basis, *BASES[basis]))
        assert "the first and the last day of a spell are in it" in row.text
        assert ("he day asked about" in row.text) is when.is_day
        assert ("very day of the period" in row.text) is not when.is_day


def boundaries(rule: str, when: str) -> list[tuple[str, str]]:
    """Of which spells a rule says that a day is the first or the last, by their status."""
    return re.findall(rf"{when} is the (first|last) day of a spell \(([a-z]+)\)\.", rule)


def test_a_day_is_called_a_boundary_where_a_spell_begins_or_ends_on_it(
    raw: Raw, told: Told
) -> None:
    for (code, _, when), rows in told.items():
        wanted = [
            (end, spell["status"])
            for spell in raw["spells"]
            for end in ("first", "last")
            if when.is_day and spell["state"] == code and spell[f"{end}_day"] == when.text
        ]
        assert boundaries(section(rows, "rule")[0].text, when.text) == wanted


def test_a_day_in_the_month_of_a_bound_is_no_boundary() -> None:
    csto = club("member 2001-06/2001-08-31")
    assert boundaries(csto.why("AAA", "2001-06-01").rows[1].text, "2001-06-01") == []
    assert boundaries(csto.why("AAA", "2001-08-31").rows[1].text, "2001-08-31") == [
        ("last", "member")
    ]


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
            place = f", {act['place']}" if act["place"] else ""
            effective = f", effective {act['effective']}" if act["effective"] else ""
            assert row.date == act["date"]
            assert row.text.startswith(f"{act['title']} ({act['kind']}{place}{effective}; ")


def test_the_remarks_are_those_in_force_on_the_days(raw: Raw, told: Told) -> None:
    for (code, _, when), rows in told.items():
        wanted = [
            (remark["id"], remark["from"], f"{NAMES[code]} {remark['text']}")
            for remark in raw["remarks"]
            if remark["state"] == code and meet(remark, when, "from", "to")
        ]
        assert [row[1:4] for row in section(rows, "remark")] == wanted


def test_every_rival_that_marks_an_answer_is_among_its_disputes(csto: Dataset, told: Told) -> None:
    marked = 0
    for (code, basis, when), rows in told.items():
        found = find(csto.records, csto.state(code), csto.records.bases[basis], when.days)
        rivals = {doubt.dispute.id for doubt in found.doubts if doubt.dispute}
        assert rivals <= set(ids(rows, "dispute"))
        assert (", disputed" in rows[0].text) is bool(rivals)
        marked += len(rivals)
    assert marked


def test_a_dispute_is_told_with_its_value_its_verdict_and_its_reason(raw: Raw, told: Told) -> None:
    disputes, sources = by_id(raw["disputes"]), by_id(raw["sources"])
    for (code, _, when), rows in told.items():
        in_a_spell = any(
            meet(spell, When.day(when.last_day))
            for spell in raw["spells"]
            if spell["state"] == code
        )
        for row in section(rows, "dispute"):
            dispute = disputes[row.id]
            assert code in states_of(raw, dispute["about"])
            publisher = sources[dispute["sources"][0]]["publisher"]
            told_by = (
                f"{dispute['verdict'].capitalize()}: {dispute['value']}, according to {publisher}"
            )
            assert row.text.startswith(told_by)
            assert row.text.endswith(f". {dispute['reason']}")
            assert row.date == dispute["from"]
            # one about other days of the spell is left out
            assert not in_a_spell or not row.date or meet(dispute, when, "from", "to")


def test_the_open_questions_are_those_about_the_state_its_spells_and_their_acts(
    raw: Raw, told: Told
) -> None:
    for (code, _, when), rows in told.items():
        spells = spells_of(raw, code, when)
        about = {code, *(spell["id"] for spell in spells), *acts_of(spells)}
        wanted = [
            (question["id"], question["as_of"], f"{question['question']} {question['found']}")
            for question in raw["open_questions"]
            if question["about"] in about
        ]
        assert [row[1:4] for row in section(rows, "open question")] == wanted


def test_every_source_of_what_is_told_is_listed_once_and_whole(raw: Raw, told: Told) -> None:
    sources = by_id(raw["sources"])
    citing = {
        "act": by_id(raw["acts"]),
        "remark": by_id(raw["remarks"]),
        "dispute": by_id(raw["disputes"]),
    }
    for rows in told.values():
        cited = [
            id
            for row in rows
            for id in citing.get(row.section, {}).get(row.id, {}).get("sources", [])
        ]
        wanted = [
            (id, source["date"], f"{source['publisher']}, {source['title']}", source["address"])
            for id, source in ((id, sources[id]) for id in dict.fromkeys(cited))
        ]
        assert [row[1:] for row in section(rows, "source")] == wanted


# By hand, from the evidence

WITHOUT_DAYS = {"uzbekistan-2006-08", "uzbekistan-2008"}
"""They give a month and a year in which Uzbekistan became a member, and so no status on a day."""


@pytest.mark.parametrize(
    ("state", "on", "disputes"),
    [
        (
            "uzbekistan",
            "2006-07-15",
            {
                "uzbekistan-2006-08-16",
                "uzbekistan-2006-08-17",
                "uzbekistan-2006-12-13",
                *WITHOUT_DAYS,
            },
        ),
        ("uzbekistan", "2007-01-01", {"uzbekistan-2008-03-28", *WITHOUT_DAYS}),
        ("uzbekistan", "2010-01-01", WITHOUT_DAYS),
        (
            "uzbekistan",
            "2012-06-25",
            {"uzbekistan-2012", "uzbekistan-2012-06-20", *WITHOUT_DAYS},
        ),
        (
            "uzbekistan",
            "2012-07-01",
            {"uzbekistan-2012", "uzbekistan-2012-06-28", *WITHOUT_DAYS},
        ),
        (
            "uzbekistan",
            "2020-01-01",
            {
                "uzbekistan-leaves",
                "uzbekistan-left",
                "uzbekistan-not-a-member",
                "uzbekistan-quits",
                "uzbekistan-still-member-2014",
                "uzbekistan-withdrew",
            },
        ),
        ("armenia", "2024-02-21", set()),
        ("armenia", "2024-03-01", {"armenia-frozen-2024", "armenia-suspended-2024"}),
        (
            "armenia",
            "2025-01-01",
            {"armenia-frozen-2024", "armenia-suspended-2024", "armenia-withdrew-2024-06-12"},
        ),
        (
            "armenia",
            "2003-01-01",
            {
                "armenia-member-since-1994",
                "organisation-2002",
                "organisation-2002-05-14",
                "organisation-2002-10-07",
            },
        ),
        ("armenia", "2000-01-01", {"armenia-member-since-1994"}),
        ("azerbaijan", "1995-01-01", {"azerbaijan-never-deposited"}),
        (
            "azerbaijan",
            "1999-04-10",
            {"azerbaijan-never-deposited", "azerbaijan-georgia-uzbekistan-1999-04-02"},
        ),
        ("georgia", "1993-10-01", {"georgia-1993-09-09", "georgia-joined-1994"}),
        ("georgia", "1995-01-01", set()),
        ("russia", "2010-01-01", set()),
    ],
)
def test_the_disputes_that_touch_a_day_are_told(
    csto: Dataset, state: str, on: str, disputes: set[str]
) -> None:
    assert set(ids(csto.why(state, on).rows, "dispute")) == disputes


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
    csto: Dataset, state: str, on: str, disputes: set[str]
) -> None:
    assert disputes <= set(ids(csto.why(state, on).rows, "dispute"))


@pytest.mark.parametrize(
    ("state", "on", "answer", "dates"),
    [
        ("georgia", "1992-01-01", "no, not yet", "1993-12-09 1994-04-20"),
        ("georgia", "1995-01-01", "yes", "1994-04-20 1999-04-20"),
        ("georgia", "2007-01-01", "no, no longer", "1994-04-20 1999-04-20"),
        ("uzbekistan", "2003-01-01", "no, outside", "1994-04-20 1999-04-20 2006-06-23 2012-12-19"),
        ("uzbekistan", "2020-01-01", "no, suspended", "2012-12-19"),
        ("armenia", "2026-01-01", "yes", "2003-09-18"),
        ("russia", "2000-01-01", "yes", "1994-04-20 2003-09-18"),
    ],
)
def test_each_kind_of_answer_is_told_with_its_acts(
    csto: Dataset, state: str, on: str, answer: str, dates: str
) -> None:
    rows = csto.why(state, on).rows
    assert rows[0].text.startswith(f"{on}: {answer}")
    assert [row.date for row in section(rows, "act")] == dates.split()


def test_why_uzbekistan_in_july_2006_has_both_dates_and_who_gives_them(csto: Dataset) -> None:
    rows = csto.why("uzbekistan", "2006-07-15").rows
    assert "yes, disputed" in rows[0].text
    (act,) = [row for row in rows if row.id == "2006-06-23-uzbekistan-admitted"]
    assert (act.section, act.date) == ("act", "2006-06-23")
    assert "Minsk" in act.text
    assert "Lenta.ru (RIA)" in act.text
    (dispute,) = [row for row in rows if row.id == "uzbekistan-2006-08-16"]
    assert dispute.section == "dispute"
    said = ("Rival", "2006-08-16", "Asia-Plus", "Obozrevatel (UNIAN)", "RBC")
    assert [words for words in said if words not in dispute.text] == []
    sources = {row.text.split(", ")[0] for row in section(rows, "source")}
    first_date = {"Asia-Plus", "Caliber.Az", "Lenta.ru (RIA)", "PanARMENIAN", "Taipei Times (AP)"}
    other_date = {"Asia-Plus", "Obozrevatel (UNIAN)", "RBC", "RFE/RL", "RIA Novosti"}
    assert sources >= first_date | other_date


def test_a_step_is_a_sentence_under_the_name_of_its_section(csto: Dataset) -> None:
    answer = csto.why("uzbekistan", "2003-01-01")
    assert (answer.title, answer.layout) == ("Why Uzbekistan, 2003-01-01?", "sections")
    found = {row.section: str(row) for row in reversed(answer.rows)}
    assert found["answer"].startswith("Answer: 2003-01-01: no, outside: Uzbekistan")
    assert found["rule"].startswith("Rule: Basis joined counts signatory, party and member: ")
    assert found["spell"] == (
        "Spell: 1994-04-20: party from 1994-04-20 to 1999-04-20, ended: not prolonged "
        "(certainty: medium)"
    )
    assert found["source"].endswith(" https://adilet.zan.kz/rus/docs/Z990000004_/compare")


@pytest.mark.parametrize("on", ["1980-01-01", "2007-01-01", "2026-11-22"])
def test_a_country_that_is_none_of_the_states_is_a_never_without_spells(
    csto: Dataset, on: str
) -> None:
    answer, rule, *more = csto.why("france", on)
    assert (answer.section, answer.id) == ("answer", "FRA")
    checked = "as last checked on 2026-02-26: " if on > "2026-02-26" else ""
    assert re.match(f"{on}: no, {checked}never\\b.*France", answer.text)
    assert (rule.section, more) == ("rule", [])


def test_days_that_have_not_come_are_not_explained(csto: Dataset) -> None:
    with pytest.raises(Refused, match="2026-11-22"):
        csto.why("uzbekistan", "2027")


@pytest.mark.parametrize(
    ("args", "said"), [("uzbekistan --on 2007 --from 2006", "--from"), ("", "name a state")]
)
def test_what_is_no_question_is_not_explained(args: str, said: str) -> None:
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
def test_in_a_terminal_each_address_is_a_link_to_itself(csto: Dataset, state: str, on: str) -> None:
    addresses = [row.address for row in csto.why(state, on) if row.address]
    shown = in_terminal("why", state, "--on", on)
    assert LINK.findall(shown) == [(address, address) for address in addresses]
    assert addresses


@pytest.mark.parametrize("form", ["table", "plain", "tsv"])
def test_in_a_pipe_addresses_are_plain_and_whole(csto: Dataset, form: str) -> None:
    done = run(CSTO, "why", "uzbekistan", "--on", "2006-07-15", "--format", form)
    shown = done.stdout.decode()
    assert "\x1b" not in shown
    addresses = {row.address for row in csto.why("uzbekistan", "2006-07-15") if row.address}
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
