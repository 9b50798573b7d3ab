"""The whole story of a state, word for word."""

from __future__ import annotations

import pytest
from facts import CHECKED, FROZEN, NAMES
from running import ask
from small import REMARKS, WHY, club, lines, rival, spell

from cstocli import Dataset


def test_history_tells_every_spell_once_and_what_is_disputed(csto: Dataset) -> None:
    answer = csto.history("france", "georgia", "GE")
    assert answer.question == "history"
    assert answer.title == (
        "History of France and Georgia\n"
        "Every spell, whatever the basis. First and last days included."
    )
    assert lines(answer) == [
        "GEO | Georgia | signatory | 1993-12-09 | 1994-04-19 | 132 | accession | next-status "
        "| False | 1993-12-09-georgia-accession | 1994-04-20-treaty-in-force | medium",
        "GEO | Georgia | party | 1994-04-20 | 1999-04-20 | 1827 | entry-into-force "
        "| not-prolonged | False | 1994-04-20-treaty-in-force | 1999-04-20-term-expired | medium",
    ]
    assert [note[:40] for note in answer.notes] == [
        "France on 2026-11-22: never.",
        "Georgia on 2026-11-22: former.",
        CHECKED[:40],
        "Rejected: 1993-09-09, according to azpol",
        "Rejected: joined 1994, according to Wiki",
        "Rejected: 1999-04-02, according to Wikip",
    ]
    assert answer.asides == answer.notes[3:]
    assert answer.query == {"states": ["FRA", "GEO"]}
    assert answer.columns == {
        "name": "State",
        "status": "Status",
        "first_day": "First day",
        "last_day": "Last day",
        "days": "Days",
        "began": "Began",
        "ended": "Ended",
    }
    assert answer.unverified


def test_the_spells_of_one_state_are_sentences_that_name_it_and_a_table_that_does_not(
    csto: Dataset,
) -> None:
    answer = csto.history("uzbekistan")
    assert [str(row) for row in answer] == [
        "Uzbekistan: signatory from 1992-05-15 to 1994-04-19 (signature, next-status)",
        "Uzbekistan: party from 1994-04-20 to 1999-04-20 (entry-into-force, not-prolonged)",
        "Uzbekistan: member from 2006-06-23 to 2012-12-18 (decision, suspended; disputed)",
        "Uzbekistan: suspended from 2012-12-19 on (decision)",
    ]
    assert "name" not in answer.columns


def test_history_has_the_remarks_then_the_rivals_by_their_days_then_the_open_questions(
    csto: Dataset,
) -> None:
    notes = csto.history("armenia").notes
    assert [note[:32] for note in notes] == [
        "Armenia on 2026-11-22: member.",
        "Remark: Armenia declares its par",
        CHECKED[:32],
        "Rejected: member of the CSTO sin",
        "Rejected: 2002, according to Cor",
        "Rejected: 2002-05-14, according ",
        "Rejected: 2002-10-07, according ",
        "Rejected: frozen, according to F",
        "Rejected: suspends participation",
        "Rejected: withdrew, according to",
        "Open: What happened to Armenia's",
    ]
    assert notes[1] == f"Remark: Armenia {FROZEN}."


def test_the_rivals_that_mark_a_spell_are_told_with_it_and_the_others_besides(
    csto: Dataset,
) -> None:
    answer = csto.history("uzbekistan")
    assert [note.split(",")[0] for note in answer.notes if note not in answer.asides] == [
        "Uzbekistan on 2026-11-22: suspended.",
        "Rival: 2006-08-16",
        "Rival: 2008-03-28",
        "Rival: 2012-06-28",
        CHECKED,
    ]
    rivals = [note for note in answer.asides if not note.startswith(("Ri", "Re", "Op"))]
    assert [note[:33] for note in rivals] == [
        "2006-08-16: Several accounts date",
        "2008-03-28: The Senate ratified t",
        "2012-06-28: The day on which the ",
    ]
    told = [note for note in answer.asides if note not in rivals]
    assert [note.split(",")[0] for note in told if "Open: " not in note] == [
        "Rival: left again in 2012",
        "Rival: not a member since 2012",
        "Rival: August 2006",
        "Rival: formally joined in 2008",
        "Rival: decided to leave",
        "Rival: quits",
        "Rival: withdrawal",
        "Rejected: 1999-04-02",
        "Rejected: suspended in 1998",
        "Rejected: suspended in 1999",
        "Rejected: full member 2002–2005",
        "Rejected: 2006-08-17",
        "Rejected: 2006-12-13",
        "Rejected: absent in 2012",
        "Rejected: 2012-06-20",
        "Rejected: still a member",
        "Rejected: 1998",
    ]


def test_a_club_has_its_history() -> None:
    member = "member 2001-02/2001-04"
    csto = club(
        f"{member}, observer 2001-06-01/",
        remarks=REMARKS,
        questions=[WHY],
        disputes=[
            rival(member, "/", verdict="rejected"),
            rival("signing", "2001-01-01/2001-01-02"),
            rival("AAA", "/"),
            rival("BBB", "/"),
            rival("signing", "/"),
            rival("AAA", "2001-07-01/", verdict="rejected"),
            rival("AAA", "2000-07-01/", verdict="rejected"),
        ],
    )
    answer = csto.history("AAA")
    assert answer.title.startswith("History of Aaa\n")
    assert lines(answer) == [
        "AAA | Aaa | member | 2001-02 | 2001-04 | - | joined | left | False | - | - | -",
        "AAA | Aaa | observer | 2001-06-01 | - | - | joined | - | False | - | - | -",
    ]
    said = "otherwise, according to A Press. so they say"
    assert answer.notes == (
        "Aaa on 2026-11-22: observer.",
        "Remark: Aaa is early.",
        "Remark: Aaa is late.",
        f"Rival: {said}",
        f"Rejected: {said}",
        "Open: Why? Nothing.",
    )
    assert not answer.unverified


@pytest.mark.parametrize(
    ("about", "stretch", "status", "verdict", "disputed"),
    [
        ("one", "2001-02-10/2001-02-20", None, "rival", True),
        ("one", "2001-02-10/2001-02-20", None, "rejected", False),
        ("signing", "2001-03-31/", "observer", "rival", True),
        ("signing", "2001-01-01/2001-02-01", None, "rival", True),
        ("BBB", "2001-02-10/2001-02-20", None, "rival", True),
        ("BBB", "2001-02-10/2001-02-20", "member", "rival", False),
        ("BBB", "2001-01-01/2001-01-31", "member", "rival", False),
        ("one", "/", None, "rival", False),
        ("AAA", "2001-02-10/2001-02-20", None, "rival", False),
    ],
)
def test_a_spell_is_disputed_where_a_rival_would_change_an_answer_about_one_of_its_days(
    about: str, stretch: str, status: str | None, verdict: str, disputed: bool
) -> None:
    acts = {"opened_by": "start", "closed_by": "signing"}
    one = spell("BBB member 2001-02-01/2001-03-31", id="one", certainty="low", **acts)
    other = rival("CCC", "/")
    disputes = [other, rival(about, stretch, status, verdict), other]
    (row,) = club(one, disputes=disputes).history("BBB")
    assert row.disputed is disputed
    assert row[9:] == ("start", "signing", "low")
    assert row.began == "signature"


@pytest.mark.parametrize("state", NAMES)
def test_at_80_columns_the_history_of_a_state_takes_at_most_30_lines(state: str) -> None:
    assert len(ask("history", state, variables={"COLUMNS": "80"}).out.splitlines()) <= 30
