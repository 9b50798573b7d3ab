"""What the questions answer, word for word, of the bundled dataset and of an invented club."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from test_model import START, WHOLE, WIDE, act, club, day, days, remark, rival, spell, state

from cstocli import queries
from cstocli.answers import Answer
from cstocli.bounds import Bound
from cstocli.dates import When
from cstocli.model import Records, Refused, Run
from cstocli.names import Country

TODAY = When.day(day("2026-11-22"))
FRANCE = Country("FRA", "France")
FIRST_AND_LAST = "Counted from the first to the last day of a run, both included."
JOINED = "Basis joined: signed, acceded or admitted, in force or not."
CHARTER = "Basis charter: the Charter in force for the state, or admitted by the Council."
CHECKED = "Checked up to 2026-02-26; later days are answered as of then."
TREATY = "The Treaty was signed on 1992-05-15 and came into force on 1994-04-20"
PACT = "The Charter was signed on 2002-10-07 and came into force on 2003-09-18"
SINCE_AUGUST = "not before 2006-08-16 according to Asia-Plus, Obozrevatel (UNIAN), RBC and 3 more"
SENATE = (
    "Uzbekistan's status is disputed, not the answer: signatory only until 2008-03-27 according "
    'to RIA Novosti and Saunders and Strukov ("2008-03-28").'
)
WITHDREW = (
    'Uzbekistan\'s status is disputed, not the answer: "withdrew, not a member since 2012" '
    "according to Central Intelligence Agency, Kun.uz, Novinite and RFE/RL."
)
FROZEN = (
    "declares its participation frozen since 2024-02-22; no notice of withdrawal found, "
    "membership unbroken"
)


def when(text: str) -> When:
    return When(*days(text), text)


class Told(NamedTuple):
    """An answer, its rows as a table of text would show them."""

    title: str
    rows: list[str]
    notes: list[str]
    query: dict[str, Any]
    unverified: bool


def told(answer: Answer[Any]) -> Told:
    rows = [" | ".join("-" if cell is None else str(cell) for cell in row) for row in answer]
    assert all(type(row)._fields == answer.fields for row in answer)
    assert type(answer.notes) is list
    return Told(answer.title, rows, answer.notes, answer.query, answer.unverified)


# The bundled dataset


def members(
    records: Records, text: str, basis: str = "joined", *, throughout: bool = False
) -> Told:
    answer = queries.members(
        records, when(text), records.bases[basis], TODAY, throughout=throughout
    )
    assert answer.question == "members"
    assert answer.dataset == {"release": "2026a", "verified_through": day("2026-02-26")}
    return told(answer)


def check(records: Records, code: str, text: str, basis: str = "joined") -> Told:
    answer = queries.check(records, records.states[code], when(text), records.bases[basis], TODAY)
    assert answer.question == "check"
    return told(answer)


def test_members_on_a_day_are_those_counted_on_it(records: Records) -> None:
    assert members(records, "1993-01-01") == Told(
        f"Counted on 1993-01-01: 6 states (Treaty signed, not yet in force)\n{JOINED} "
        f"{FIRST_AND_LAST}",
        [
            "ARM | Armenia | signatory | 1992-05-15 | - | all | False | - | False",
            "KAZ | Kazakhstan | signatory | 1992-05-15 | - | all | False | - | False",
            "KGZ | Kyrgyzstan | signatory | 1992-05-15 | - | all | False | - | False",
            "RUS | Russia | signatory | 1992-05-15 | - | all | False | - | False",
            "TJK | Tajikistan | signatory | 1992-05-15 | - | all | False | - | False",
            "UZB | Uzbekistan | signatory | 1992-05-15 | 1999-04-20 | all | False | - | False",
        ],
        [f"{TREATY}: under in-force nobody is counted on 1993-01-01."],
        {
            "basis": "joined",
            "first_day": day("1993-01-01"),
            "last_day": day("1993-01-01"),
            "rule": "day",
        },
        False,
    )


def test_members_in_a_period_are_those_counted_on_any_day_of_it(records: Records) -> None:
    found = members(records, "2006-01-01/2006-12-31")
    assert found.title == (
        f"Counted on any day of 2006-01-01/2006-12-31: 7 states\n{JOINED} "
        "Any day of the period; first and last included."
    )
    assert found.rows[-2:] == [
        "TJK | Tajikistan | member | 1992-05-15 | - | all | False | - | False",
        "UZB | Uzbekistan | member | 2006-06-23 | 2012-12-18 | 2006-06-23/2006-12-31 | True | - "
        "| False",
    ]
    assert found.notes == [f"Uzbekistan is disputed: {SINCE_AUGUST}.", SENATE]
    assert found.query["rule"] == "any"


def test_members_throughout_a_period_are_those_counted_on_every_day_of_it(
    records: Records,
) -> None:
    found = members(records, "2006-01-01/2006-12-31", throughout=True)
    assert found.title == (
        f"Counted on every day of 2006-01-01/2006-12-31: 6 states\n{JOINED} "
        "Every day of the period; first and last included."
    )
    assert [row[:3] for row in found.rows] == ["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"]
    assert found.notes == [SENATE]
    assert found.query["rule"] == "throughout"
    asked, basis = when("2006-01-01/2006-12-31"), records.default_basis
    assert len(queries.members(records, asked, basis, TODAY)) == 7


def test_a_change_of_status_in_a_period_is_noted_of_those_who_are_listed(records: Records) -> None:
    assert members(records, "1994-04-01/1994-04-30").notes == [
        f"{TREATY}: under in-force 9 are counted on some day of 1994-04-01/1994-04-30.",
        "Azerbaijan's status is disputed, not the answer: signatory only according to Jamestown "
        'Foundation, Monitor 5:26 ("signed and ratified, never deposited").',
        "Armenia, Azerbaijan, Belarus, Georgia, Kazakhstan, Kyrgyzstan, Russia, Tajikistan and "
        "Uzbekistan: signatory from 1994-04-01 to 1994-04-19 and party from 1994-04-20 to "
        "1994-04-30.",
    ]


def test_members_today_are_said_to_be_of_today_and_who_is_left_out_is_named(
    records: Records,
) -> None:
    found = members(records, "2026-11-22")
    assert found.title == f"Counted on 2026-11-22 (today): 6 states\n{JOINED} {FIRST_AND_LAST}"
    assert found.rows[0] == (
        f"ARM | Armenia | member | 1992-05-15 | - | all | False | {FROZEN} | False"
    )
    assert found.notes == [
        WITHDREW,
        "Uzbekistan: suspended on 2026-11-22, not counted.",
        f"Armenia: {FROZEN}.",
        CHECKED,
    ]
    assert found.unverified


@pytest.mark.parametrize(
    ("text", "basis", "title"),
    [
        ("1992-05-14", "joined", f"Counted on 1992-05-14: no states\n{JOINED} {FIRST_AND_LAST}"),
        (
            "2003-09-17",
            "charter",
            f"Counted on 2003-09-17: no states\n{CHARTER} {FIRST_AND_LAST}",
        ),
        (
            "2003-09-18",
            "charter",
            f"Counted on 2003-09-18: 6 states\n{CHARTER} {FIRST_AND_LAST}",
        ),
    ],
)
def test_a_title_says_the_days_the_number_and_the_rule(
    records: Records, text: str, basis: str, title: str
) -> None:
    assert members(records, text, basis).title == title


def test_days_before_the_first_and_after_the_last_are_said_to_be(records: Records) -> None:
    before = members(records, "1990-01-01/1991-12-31")
    assert before.rows == []
    assert before.notes[-1] == (
        "Nobody had joined before 1992-05-15, the first day of the dataset."
    )
    assert not before.unverified
    after = members(records, "2026-01-01/2026-12-31")
    assert after.notes[-2:] == [
        "2026-01-01/2026-12-31 is cut at 2026-11-22, the last day that can be asked.",
        CHECKED,
    ]
    assert after.query["last_day"] == day("2026-11-22")
    assert (members(records, "2026-02-26").unverified, after.unverified) == (False, True)
    assert members(records, "2026-02-27").unverified


@pytest.mark.parametrize("text", ["2026-11-23", "2027-01-01/2027-12-31"])
def test_days_that_have_not_come_are_refused(records: Records, text: str) -> None:
    message = f"^{text} has not come yet: the last day that can be asked is 2026-11-22$"
    basis = records.default_basis
    with pytest.raises(Refused, match=message):
        queries.members(records, when(text), basis, TODAY)
    with pytest.raises(Refused, match=message):
        queries.check(records, FRANCE, when(text), basis, TODAY)
    with pytest.raises(Refused, match=message):
        queries.accessions(records, when(text), basis, TODAY)
    with pytest.raises(Refused, match=message):
        queries.withdrawals(records, when(text), basis, TODAY)


def test_check_of_a_period_says_on_which_days_and_what_is_disputed(records: Records) -> None:
    assert check(records, "UZB", "2006-01-01/2006-12-31") == Told(
        "",
        [
            "UZB | Uzbekistan | partly | member | 2006-06-23 | 2012-12-18 | 2006-06-23/2006-12-31 "
            "| True | Uzbekistan: member from 2006-06-23 to 2006-12-31; but "
            f"{SINCE_AUGUST} | 2006-01-01/2006-12-31 | False"
        ],
        [SENATE],
        {
            "state": "UZB",
            "basis": "joined",
            "first_day": day("2006-01-01"),
            "last_day": day("2006-12-31"),
            "rule": "throughout",
        },
        False,
    )


def test_check_of_a_day_asks_the_open_questions_under_a_basis_that_is_not_the_default(
    records: Records,
) -> None:
    found = check(records, "UZB", "2006-07-15", "charter")
    assert found.rows == [
        "UZB | Uzbekistan | yes | member | 2006-06-23 | 2012-12-18 | all | True | Uzbekistan was "
        f"a member of the Organisation; but {SINCE_AUGUST} | 2006-07-15 | False"
    ]
    assert found.notes == [
        "Open: Since when was Uzbekistan bound again by the Treaty and the Charter? Not before "
        "2008-03-28, when its Senate ratified the instruments. Their deposit was not found in the "
        "sources read.",
        "Open: What do the decision of 23 June 2006 and the protocol of 16 August 2006 say, and "
        "from which day? Both are reported. Their texts were not found in the sources read.",
    ]
    assert found.query["rule"] == "day"
    assert check(records, "UZB", "2006-07-15").notes == []
    assert check(records, "UZB", "2006-01-01", "charter").notes == []


def test_a_no_that_is_a_yes_under_another_basis_says_so(records: Records) -> None:
    found = check(records, "GEO", "1994-01-01", "in-force")
    assert found.rows == [
        "GEO | Georgia | no | signatory | - | - | - | False | signatory: Georgia had acceded to "
        "the Treaty, which was not yet in force (from 1993-12-09 to 1994-04-19) | 1994-01-01 "
        "| False"
    ]
    assert found.notes == [
        f"{TREATY}.",
        "Under joined the answer is yes: signed, acceded or admitted, in force or not.",
    ]
    found = check(records, "ARM", "1994-01-01/1994-12-31", "charter")
    assert found.notes == [
        "Under joined the answer is yes: signed, acceded or admitted, in force or not.",
        "Under in-force the answer is partly: the Treaty in force for the state.",
    ]


def test_a_note_on_an_instrument_says_the_answer_about_the_state(records: Records) -> None:
    assert check(records, "GEO", "1993-12-31").notes == [
        f"{TREATY}: under in-force the answer is no."
    ]


def test_a_yes_has_its_remarks_and_a_no_has_none(records: Records) -> None:
    found = check(records, "ARM", "2024-01-01/2024-12-31")
    assert found.rows == [
        "ARM | Armenia | yes | member | 1992-05-15 | - | all | False | Armenia was a member of "
        "the Organisation | 2024-01-01/2024-12-31 | False"
    ]
    assert found.notes == [f"Armenia: {FROZEN}."]


@pytest.mark.parametrize(
    ("code", "text", "reason"),
    [
        (
            "UZB",
            "2026-11-22",
            "suspended: Uzbekistan is suspended from the Organisation (since 2012-12-19)",
        ),
        (
            "UZB",
            "2026-11-21",
            "suspended: Uzbekistan was suspended from the Organisation (since 2012-12-19)",
        ),
        ("RUS", "2026-11-22", "Russia is a member of the Organisation"),
        ("RUS", "2026-11-01/2026-11-22", "Russia is a member of the Organisation"),
        ("RUS", "2026-11-21", "Russia was a member of the Organisation"),
        (
            "RUS",
            "2003-09-01/2003-09-30",
            "Russia: party from 2003-09-01 to 2003-09-17 and member from 2003-09-18 to 2003-09-30",
        ),
        ("RUS", "1992-05-01/1992-05-15", "Russia: signatory on 1992-05-15"),
        ("RUS", "1992-05-14", "not yet: Russia, signatory from 1992-05-15 (signature)"),
        (
            "UZB",
            "2000-01-01",
            "outside: Uzbekistan, party to 1999-04-20 (not prolonged), member from 2006-06-23 "
            "(decision)",
        ),
    ],
)
def test_check_says_why(records: Records, code: str, text: str, reason: str) -> None:
    (row,) = check(records, code, text).rows
    assert row.split(" | ")[8] == reason


def test_a_period_in_which_a_state_was_not_counted_is_answered_by_its_last_day(
    records: Records,
) -> None:
    assert check(records, "ARM", "1992-05-14/1992-05-15", "charter").rows == [
        "ARM | Armenia | no | signatory | - | - | - | False | signatory: Armenia had signed the "
        "Treaty, which was not yet in force (from 1992-05-15 to 1994-04-19) "
        "| 1992-05-14/1992-05-15 | False"
    ]


def test_every_doubt_is_told_after_the_reason_in_the_order_of_the_file(records: Records) -> None:
    (row,) = check(records, "UZB", "2006-06-23/2012-12-18").rows
    assert row.split(" | ")[8] == (
        f"Uzbekistan was a member of the Organisation; but {SINCE_AUGUST}; but suspended already "
        "from 2012-06-28 according to RBC and TASS"
    )


def test_another_country_was_never_one(records: Records) -> None:
    answer = queries.check(
        records, FRANCE, when("2026-11-22/2026-12-31"), records.default_basis, TODAY
    )
    assert told(answer).rows == [
        "FRA | France | no | never | - | - | - | False | never: France is none of the 9 states of "
        "this dataset | 2026-11-22 | False"
    ]
    assert answer.notes == [
        "2026-11-22/2026-12-31 is cut at 2026-11-22, the last day that can be asked.",
        CHECKED,
    ]


def test_history_tells_every_spell_once_and_what_is_disputed(records: Records) -> None:
    states: list[queries.Named] = [FRANCE, records.states["GEO"], records.states["GEO"]]
    answer = queries.history(records, states, TODAY)
    assert answer.question == "history"
    found = told(answer)
    assert found.title == (
        "History of France and Georgia\n"
        "Every spell, whatever the basis. First and last days included."
    )
    assert found.rows == [
        "GEO | Georgia | signatory | 1993-12-09 | 1994-04-19 | 132 | accession | next-status "
        "| False | 1993-12-09-georgia-accession | 1994-04-20-treaty-in-force | medium",
        "GEO | Georgia | party | 1994-04-20 | 1999-04-20 | 1827 | entry-into-force "
        "| not-prolonged | False | 1994-04-20-treaty-in-force | 1999-04-20-term-expired | medium",
    ]
    assert [note[:40] for note in found.notes] == [
        "France on 2026-11-22: never.",
        "Georgia on 2026-11-22: former.",
        "Rejected: 1993-09-09, according to azpol",
        "Rejected: 1999-04-02, according to Wikip",
        CHECKED[:40],
    ]
    assert (found.query, found.unverified) == ({"states": ["FRA", "GEO"]}, True)


def test_history_has_the_remarks_then_the_rivals_by_their_days_then_the_open_questions(
    records: Records,
) -> None:
    notes = queries.history(records, [records.states["ARM"]], TODAY).notes
    assert [note[:32] for note in notes] == [
        "Armenia on 2026-11-22: member.",
        "Remark: Armenia declares its par",
        "Rejected: 2002-05-14, according ",
        "Rejected: 2002-10-07, Charter si",
        "Rejected: suspended, frozen, acc",
        "Rejected: withdrew, according to",
        "Open: What happened to Armenia's",
        CHECKED[:32],
    ]
    assert notes[1] == f"Remark: Armenia {FROZEN}."
    found = told(queries.history(records, [records.states["UZB"]], TODAY))
    assert [row.split(" | ")[8] for row in found.rows] == ["False", "False", "True", "True"]
    assert [note.split(",")[0] for note in found.notes[1:-5]] == [
        "Rival: 2006-08-16",
        "Rival: 2008-03-28",
        "Rival: 2012-06-28",
        "Rival: withdrew",
        "Rejected: 1999-04-02",
        "Rejected: suspended in 1998",
        "Rejected: full member 2002–2005",
        "Rejected: 2012-06-20",
        "Rejected: still a member",
        "Rejected: 1998",
    ]


def test_accessions_are_in_the_order_of_their_first_counted_days(records: Records) -> None:
    asked = when("1993-12-09/2006-06-23")
    answer = queries.accessions(records, asked, records.default_basis, TODAY)
    assert answer.question == "accessions"
    assert told(answer) == Told(
        f"Who joined, 1993-12-09/2006-06-23: 3\n{JOINED} The day is the first counted day.",
        [
            "GEO | Georgia | 1993-12-09 | accession | 1993-12-09-georgia-accession | False "
            "| Georgia accedes to the Treaty; the month is sure, the day less so",
            "BLR | Belarus | 1993-12-31 | accession | 1993-12-31-belarus-accession | False "
            "| Belarus accedes to the Treaty; the month is sure, the day less so",
            "UZB | Uzbekistan | 2006-06-23 | decision | 2006-06-23-uzbekistan-admitted | True "
            "| The Council, meeting in Minsk, restores Uzbekistan's membership; the formal "
            "decision is reported, its text was not found in the sources read",
        ],
        [
            f"{TREATY}: under in-force 9 are counted on some day of 1993-12-09/2006-06-23.",
            f"{PACT}: under charter 7 are counted on some day of 1993-12-09/2006-06-23.",
            f"Uzbekistan is disputed: {SINCE_AUGUST}.",
        ],
        {"basis": "joined", "first_day": day("1993-12-09"), "last_day": day("2006-06-23")},
        False,
    )


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("1993-12-10/1993-12-30", ""),
        ("1993-12-08", ""),
        ("1993-12-09", "Georgia"),
        ("1993-09-24/1993-12-31", "Azerbaijan Georgia Belarus"),
        ("1992-05-15", "Armenia Kazakhstan Kyrgyzstan Russia Tajikistan Uzbekistan"),
    ],
)
def test_accessions_in_a_period_are_those_of_its_days(
    records: Records, text: str, states: str
) -> None:
    answer = queries.accessions(records, when(text), records.default_basis, TODAY)
    assert " ".join(row.name for row in answer) == states


def test_withdrawals_of_all_times_are_in_the_order_of_their_last_counted_days(
    records: Records,
) -> None:
    answer = queries.withdrawals(records, None, records.bases["charter"], TODAY)
    assert answer.question == "withdrawals"
    assert told(answer) == Told(
        f"Who left, 1992-05-15/2026-11-22: 1\n{CHARTER} The day is the last counted day.",
        [
            "UZB | Uzbekistan | 2012-12-18 | suspended | 2012-12-19-uzbekistan-suspended | True "
            "| The Council, meeting in Moscow, suspends Uzbekistan's membership at its own "
            "request; it is a suspension, not a withdrawal",
        ],
        [
            f"{PACT}.",
            "Uzbekistan is disputed: suspended already from 2012-06-28 according to RBC and TASS.",
            WITHDREW,
            CHECKED,
        ],
        {"basis": "charter", "first_day": day("1992-05-15"), "last_day": day("2026-11-22")},
        True,
    )
    assert len(queries.accessions(records, None, records.bases["charter"], TODAY)) == 7


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("1999-04-19", ""),
        ("1999-04-20", "Azerbaijan Georgia Uzbekistan"),
        ("1999-04-21/2012-12-17", ""),
        ("1999-04-21/2012-12-18", "Uzbekistan"),
    ],
)
def test_withdrawals_in_a_period_are_those_of_its_days(
    records: Records, text: str, states: str
) -> None:
    answer = queries.withdrawals(records, when(text), records.default_basis, TODAY)
    assert " ".join(row.name for row in answer) == states
    assert all(row.kind == "suspended" or str(row.day) == "1999-04-20" for row in answer)


# An invented club
IMPRECISE = (
    "A bound known only to the month or the year decides no day inside it; a period is judged by "
    "the days that are certain."
)
PRESS = "according to A Press"
SPELLS = (
    spell("member 2001-02/2001-04"),
    spell("observer 2001-06-01/"),
    spell("observer 2001-01-01/2001-01-31", "next-status", state="BBB"),
    spell("member 2001-02-01/2001-03-31", state="BBB"),
)
SIGNING = act("signing", "2000-12-01", "AAA", "BBB")


def invented(*spells: Any, verified: str | None = None, **more: Any) -> Records:
    """The club of `AAA`, `BBB` and `CCC` with these spells, checked through a day or not at all."""
    records = club(*(spells or SPELLS), acts=(SIGNING, START, *more.pop("acts", ())), **more)
    records.verified_through = day(verified) if verified else None
    return records


CLUB = invented()


def club_members(text: str, *, records: Records = CLUB, throughout: bool = False) -> Told:
    return told(queries.members(records, when(text), WHOLE, TODAY, throughout=throughout))


def club_check(code: str, text: str, *, records: Records = CLUB) -> Told:
    return told(queries.check(records, records.states[code], when(text), WHOLE, TODAY))


def test_one_state_is_one_and_its_remarks_are_joined() -> None:
    found = club_members("2001-01-15/2001-02-28", records=invented(SPELLS[0]))
    assert found == Told(
        "Counted on any day of 2001-01-15/2001-02-28: 1 state\nBasis whole: whole members. "
        "Any day of the period; first and last included.",
        [
            "AAA | Aaa | member | 2001-02 | 2001-04 | 2001-02-28/2001-02-28 | False "
            "| is early; is late | True"
        ],
        [
            "Aaa is not certain: its first day as member is known only as 2001-02.",
            IMPRECISE,
            "Aaa: is early.",
            "Aaa: is late.",
        ],
        {
            "basis": "whole",
            "first_day": day("2001-01-15"),
            "last_day": day("2001-02-28"),
            "rule": "any",
        },
        False,
    )


def test_a_state_that_may_be_counted_is_listed_as_imprecise() -> None:
    found = club_members("2001-02-10")
    assert found.rows == [
        "AAA | Aaa | member | 2001-02 | 2001-04 | - | False | is late | True",
        "BBB | Bbb | member | 2001-02-01 | 2001-03-31 | all | False | is other | False",
    ]
    assert found.title.startswith("Counted on 2001-02-10: 2 states\n")
    assert found.notes[:2] == [
        "Aaa is not certain: its first day as member is known only as 2001-02.",
        IMPRECISE,
    ]
    sure = club_members("2001-03-15/2001-03-16")
    assert [row.split(" | ")[5:] for row in sure.rows] == [
        ["all", "False", "is late", "False"],
        ["all", "False", "is other", "False"],
    ]


def test_throughout_lists_whom_every_day_certainly_counts_and_notes_who_may_be() -> None:
    found = club_members("2001-02-10/2001-03-15", throughout=True)
    assert [row[:3] for row in found.rows] == ["BBB"]
    assert found.notes[0] == "Aaa is not certain: its first day as member is known only as 2001-02."
    assert [row[:3] for row in club_members("2001-03-01/2001-04-01", throughout=True).rows] == [
        "AAA"
    ]
    assert club_members("2001-04-01/2001-04-02", throughout=True).rows == []


def test_who_is_not_counted_at_all_is_disputed_where_a_source_counts_it() -> None:
    disputed = invented(disputes=(rival("CCC", "2001-03-01/2001-03-10", "member"),))
    found = club_members("2001-03-05", records=disputed)
    assert found.notes[0] == (
        f'Ccc is disputed: member only until 2001-03-10 {PRESS} ("otherwise").'
    )
    assert [row[:3] for row in found.rows] == ["AAA", "BBB"]


def test_throughout_says_nothing_of_the_disputes_of_who_is_only_partly_counted() -> None:
    disputed = invented(SPELLS[3], disputes=(rival("BBB", "2001-03-01/2001-03-10"),))
    asked = "2001-03-01/2001-04-30"
    note = f'Bbb is disputed: not from 2001-03-01 to 2001-03-10 {PRESS} ("otherwise").'
    assert club_members(asked, records=disputed).notes[0] == note
    assert note not in club_members(asked, records=disputed, throughout=True).notes


def test_members_who_changed_and_who_are_left_out_are_noted() -> None:
    found = told(queries.members(CLUB, when("2001-01-31/2001-02-28"), WIDE, TODAY))
    assert "Bbb: observer on 2001-01-31 and member from 2001-02-01 to 2001-02-28." in found.notes
    found = club_members("2001-06-01")
    assert found.title.startswith("Counted on 2001-06-01: no states\n")
    assert found.notes == ["Aaa: observer on 2001-06-01, not counted (counted under wide)."]


@pytest.mark.parametrize(
    ("code", "text", "row"),
    [
        (
            "AAA",
            "2001-02-10",
            "unknown | member | 2001-02 | 2001-04 | - | False | Aaa: its first day as member is "
            "known only as 2001-02 | 2001-02-10 | True",
        ),
        (
            "AAA",
            "2001-02-01/2001-04-30",
            "unknown | member | 2001-02 | 2001-04 | 2001-02-28/2001-04-01 | False | Aaa: its first "
            "day as member is known only as 2001-02; but its last day as member is known only as "
            "2001-04 | 2001-02-01/2001-04-30 | True",
        ),
        (
            "AAA",
            "2001-01-31/2001-02-28",
            "partly | member | 2001-02 | 2001-04 | 2001-02-28/2001-02-28 | False | Aaa: member "
            "from 2001-02 to 2001-02-28; but its first day as member is known only as 2001-02 "
            "| 2001-01-31/2001-02-28 | True",
        ),
        (
            "AAA",
            "2001-05-01",
            "no | outside | - | - | - | False | outside: Aaa, member to 2001-04 (left), observer "
            "from 2001-06-01 (joined) | 2001-05-01 | False",
        ),
        (
            "AAA",
            "2001-04-02/2001-06-01",
            "unknown | member | 2001-02 | 2001-04 | - | False | Aaa: its last day as member is "
            "known only as 2001-04 | 2001-04-02/2001-06-01 | True",
        ),
        (
            "BBB",
            "2001-01-01/2001-04-30",
            "partly | member | 2001-02-01 | 2001-03-31 | 2001-02-01/2001-03-31 | False | Bbb: "
            "member from 2001-02-01 to 2001-03-31 | 2001-01-01/2001-04-30 | False",
        ),
        (
            "CCC",
            "2001-04-30",
            "no | never | - | - | - | False | never: Ccc is none of the 3 states of this dataset "
            "| 2001-04-30 | False",
        ),
    ],
)
def test_a_check_is_judged_by_the_days_that_are_certain(code: str, text: str, row: str) -> None:
    assert club_check(code, text).rows == [f"{code} | {code.title()} | {row}"]


def test_the_open_question_of_a_check_is_that_of_the_spell_on_the_last_day() -> None:
    records = invented()
    question = records.open_questions[0]
    records.open_questions = (question._replace(about=SPELLS[3].id),)
    for text, asked in {"2001-01-01/2001-02-01": True, "2001-02-01/2001-04-01": False}.items():
        answer = queries.check(records, records.states["BBB"], when(text), WIDE, TODAY)
        assert ("Open: Why? Nothing." in answer.notes) is asked
        answer = queries.check(records, records.states["BBB"], when(text), WHOLE, TODAY)
        assert "Open: Why? Nothing." not in answer.notes


def test_a_check_has_its_remarks_unless_it_is_a_no() -> None:
    assert club_check("BBB", "2001-03-31").notes == ["Bbb: is other."]
    assert club_check("BBB", "2001-04-01").notes == []
    assert club_check("BBB", "2001-01-31").notes == [
        "Under wide the answer is yes: members and observers."
    ]
    assert club_check("AAA", "2001-02-10").notes == ["Aaa: is late."]


def test_a_check_is_unverified_where_its_days_or_those_asked_for_were_not_checked() -> None:
    checked = invented(verified="2026-11-22")
    for text, unverified in {
        "2026-11-22": False,
        "2026-11-01/2026-11-22": False,
        "2026-11-01/2026-11-23": True,
    }.items():
        assert club_check("AAA", text, records=checked).unverified is unverified
    assert not club_members("2026-11-01/2026-11-23", records=checked).unverified
    assert not club_check("AAA", "2026-11-22").unverified


def test_every_note_is_said_once() -> None:
    twice = invented(spell("member 2001-02-01/"))
    twice.remarks = (remark("same", "AAA", "2001-01-01"),) * 2
    twice._remarks_of = {"AAA": list(twice.remarks)}
    assert club_check("AAA", "2001-03-31", records=twice).notes == ["Aaa: is same."]


def test_a_club_has_its_history() -> None:
    records = invented(
        disputes=(
            rival(SPELLS[0].id, "/", verdict="rejected"),
            rival("signing", "2001-01-01/2001-01-02"),
            rival("AAA", "/"),
            rival("BBB", "/"),
            rival("signing", "/"),
            rival("AAA", "2001-07-01/", verdict="rejected"),
            rival("AAA", "2000-07-01/", verdict="rejected"),
        )
    )
    found = told(queries.history(records, [records.states["AAA"]], TODAY))
    assert found.title.startswith("History of Aaa\n")
    assert found.rows == [
        "AAA | Aaa | member | 2001-02 | 2001-04 | - | joined | left | False | - | - | -",
        "AAA | Aaa | observer | 2001-06-01 | - | - | joined | - | False | - | - | -",
    ]
    said = f"otherwise, {PRESS}. so they say"
    assert found.notes == [
        "Aaa on 2026-11-22: observer.",
        "Remark: Aaa is early.",
        "Remark: Aaa is late.",
        f"Rival: {said}",
        f"Rejected: {said}",
        "Open: Why? Nothing.",
    ]
    assert not found.unverified


@pytest.mark.parametrize(
    ("about", "verdict", "disputed"),
    [
        ("member 2001-02-01/2001-03-31", "rival", True),
        ("member 2001-02-01/2001-03-31", "rejected", False),
        ("start", "rival", True),
        ("start", "rejected", False),
        ("signing", "rival", True),
        ("BBB", "rival", False),
    ],
)
def test_a_spell_is_disputed_by_a_rival_of_its_own_or_of_one_of_its_acts(
    about: str, verdict: str, disputed: bool
) -> None:
    one = SPELLS[3]._replace(opened_by="start", closed_by="signing", certainty="low")
    other = rival("CCC", "/")
    records = invented(one, disputes=(other, rival(about, "/", verdict=verdict), other))
    (row,) = queries.history(records, [records.states["BBB"]], TODAY)
    assert row.disputed is disputed
    assert row[9:] == ("start", "signing", "low")
    assert row.began == "signature"


def test_an_imprecise_change_is_in_every_period_that_it_may_be_in() -> None:
    def joined(text: str) -> list[str]:
        return [row.state for row in queries.accessions(CLUB, when(text), WHOLE, TODAY)]

    def left(text: str) -> list[str]:
        return [row.state for row in queries.withdrawals(CLUB, when(text), WHOLE, TODAY)]

    assert [joined(f"2001-0{text}") for text in ("1-31", "2-01", "2-02", "2-28", "3-01")] == [
        *([], ["AAA", "BBB"], ["AAA"], ["AAA"], [])
    ]
    assert [left(f"2001-0{text}") for text in ("3-30", "3-31", "4-01", "4-30", "5-01")] == [
        *([], ["BBB"], ["AAA"], ["AAA"], [])
    ]


def test_a_change_without_an_act_has_no_title_and_says_what_is_not_certain() -> None:
    answer = queries.accessions(CLUB, None, WHOLE, TODAY)
    found = told(answer)
    assert found.title == (
        "Who joined, 2001-01-01/2026-11-22: 2\nBasis whole: whole members. The day is the first "
        "counted day."
    )
    assert found.rows == [
        "AAA | Aaa | 2001-02 | joined | - | False | -",
        "BBB | Bbb | 2001-02-01 | next-status | - | False | -",
    ]
    assert found.notes == [
        "Aaa is not certain: its first day as member is known only as 2001-02.",
        IMPRECISE,
    ]
    found = told(queries.withdrawals(CLUB, None, WHOLE, TODAY))
    assert found.rows == [
        "BBB | Bbb | 2001-03-31 | left | - | False | -",
        "AAA | Aaa | 2001-04 | left | - | False | -",
    ]
    assert found.notes == [
        "Aaa is not certain: its last day as member is known only as 2001-04.",
        IMPRECISE,
    ]


def test_who_goes_on_to_a_status_that_does_not_count_leaves_by_it() -> None:
    went_on = invented(
        spell("member 2001-01-01/2001-01-31", "next-status"),
        spell("observer 2001-02-01/2001-02-01"),
    )
    (row,) = told(queries.withdrawals(went_on, None, WHOLE, TODAY)).rows
    assert row == "AAA | Aaa | 2001-01-31 | observer | - | False | -"


def test_the_day_of_a_change_is_an_imprecise_one_as_it_was_published() -> None:
    (first, _), (_, last) = (
        queries.accessions(CLUB, None, WHOLE, TODAY),
        queries.withdrawals(CLUB, None, WHOLE, TODAY),
    )
    assert (type(first.day), type(last.day)) == (Bound, Bound)
    assert (first.day, last.day) == (day("2001-02-01"), day("2001-04-30"))


def test_changes_of_one_day_are_in_the_order_of_the_names() -> None:
    records = invented(
        spell("member 2001-02-01/2001-02-01", state="CCC"),
        spell("member 2001-02-01/2001-02-01", state="BBB")._replace(id="another"),
        spell("member 2001-02-01/2001-02-02", state="AAA"),
    )
    records.states = {
        "CCC": state("CCC"), "AAA": state("AAA")._replace(name="Zed"), "BBB": state("BBB")
    }  # fmt: skip
    joined = queries.accessions(records, None, WHOLE, TODAY)
    assert [row.name for row in joined] == ["Bbb", "Ccc", "Zed"]
    left = queries.withdrawals(records, None, WHOLE, TODAY)
    assert [(row.name, row.day) for row in left] == [
        ("Bbb", day("2001-02-01")),
        ("Ccc", day("2001-02-01")),
        ("Zed", day("2001-02-02")),
    ]


@pytest.mark.parametrize(
    ("stretch", "status", "joined", "left"),
    [
        ("2001-01-31/2001-01-31", "member", True, False),
        ("2001-01-30/2001-01-30", "member", False, False),
        ("2001-02-01/2001-02-01", None, True, False),
        ("2001-02-02/2001-02-02", None, False, False),
        ("2001-03-30/2001-03-30", None, False, False),
        ("2001-03-31/2001-03-31", None, False, True),
        ("2001-04-01/2001-04-01", "member", False, True),
        ("2001-04-02/2001-04-02", "member", False, False),
        ("2001-04-01/2001-04-01", "observer", False, False),
    ],
)
def test_a_change_is_disputed_by_a_doubt_about_its_day_or_the_one_on_its_other_side(
    stretch: str, status: str | None, joined: bool, left: bool
) -> None:
    records = invented(SPELLS[3], disputes=(rival("BBB", stretch, status),))
    for ask, disputed in ((queries.accessions, joined), (queries.withdrawals, left)):
        answer = ask(records, None, WHOLE, TODAY)
        assert [row.disputed for row in answer] == [disputed]
        assert ("Bbb is disputed: " in " ".join(answer.notes)) is disputed


def test_a_doubt_about_a_status_only_is_noted_beside_a_change() -> None:
    records = invented(
        SPELLS[3],
        disputes=(
            rival("BBB", "2001-01-31/2001-01-31", "observer"),
            rival("BBB", "2001-04-01/2001-04-01", "observer"),
        ),
    )
    joined = queries.accessions(records, None, WHOLE, TODAY).notes
    left = queries.withdrawals(records, None, WHOLE, TODAY).notes
    assert [note.partition(", not the answer: ")[::2] for note in (*joined, *left)] == [
        ("Bbb's status is disputed", f'observer only until 2001-01-31 {PRESS} ("otherwise").'),
        ("Bbb's status is disputed", f'observer only until 2001-04-01 {PRESS} ("otherwise").'),
    ]


def test_changes_have_their_acts_and_the_kind_of_the_first_and_last_spell_of_a_run() -> None:
    records = invented(
        SPELLS[2]._replace(opened_by="signing", closed_by="start"),
        SPELLS[3]._replace(opened_by="start", closed_by="signing", ended="expelled"),
    )
    (joined,) = told(queries.accessions(records, None, WIDE, TODAY)).rows
    assert joined == "BBB | Bbb | 2001-01-01 | signature | signing | False | signing it is"
    (left,) = told(queries.withdrawals(records, None, WIDE, TODAY)).rows
    assert left == "BBB | Bbb | 2001-03-31 | expelled | signing | False | signing it is"
    (joined,) = told(queries.accessions(records, None, WHOLE, TODAY)).rows
    assert joined == "BBB | Bbb | 2001-02-01 | signature | start | False | start it is"


# Their parts


def test_the_days_that_can_be_asked_end_today_or_when_the_dataset_was_checked() -> None:
    checked = invented(verified="2027-01-10")
    wanted = days("2026-12-01/2027-01-10")
    assert queries.covered(checked, when("2026-12-01/2027-01-10"), TODAY) == (wanted, [])
    assert queries.covered(checked, when("2026-12-01/2027-01-11"), TODAY) == (
        wanted,
        ["2026-12-01/2027-01-11 is cut at 2027-01-10, the last day that can be asked."],
    )
    with pytest.raises(Refused, match=r"^2027-01-11 has not .* be asked is 2027-01-10$"):
        queries.covered(checked, when("2027-01-11"), TODAY)
    assert queries.covered(CLUB, TODAY, TODAY) == (TODAY.days, [])
    with pytest.raises(Refused, match=r"^2026-11-23 has not .* be asked is 2026-11-22$"):
        queries.covered(CLUB, when("2026-11-23"), TODAY)


def test_every_day_is_from_the_first_of_the_dataset_to_the_last_that_can_be_asked() -> None:
    first = day("2001-01-01")
    assert queries.always(CLUB, TODAY) == When(first, TODAY.last_day, "every day")
    checked = invented(verified="2027-01-10")
    assert queries.always(checked, TODAY).last_day == day("2027-01-10")
    assert queries.always(invented(verified="2020-01-10"), TODAY).last_day == TODAY.last_day
    assert queries.always(CLUB, when("2000-01-01")) == When(first, first, "every day")


def test_the_part_of_days_is_all_or_the_stretches_or_none() -> None:
    asked = days("2001-01-01/2001-01-31")
    assert queries.part_of([asked], asked) == "all"
    assert queries.part_of([], asked) is None
    assert queries.part_of([days("2001-01-02"), days("2001-01-04/2001-01-05")], asked) == (
        "2001-01-02/2001-01-02 2001-01-04/2001-01-05"
    )


def run_of(records: Records, text: str) -> Run | None:
    return queries.judged(records, "AAA", WHOLE, days(text)).run


def test_the_run_of_an_answer_is_that_of_the_last_day_that_is_or_may_be_counted() -> None:
    records = invented(spell("member 2001-01-01/2001-01-31"), spell("member 2001-03/2001-05-31"))
    early, late = records.runs("AAA", frozenset({"member"}))
    assert run_of(records, "2001-01-31/2001-02-28") is early
    assert run_of(records, "2001-02-01/2001-02-28") is None
    assert run_of(records, "2001-01-31/2001-03-01") is late
    assert run_of(records, "2001-03-01") is late
    assert run_of(records, "2001-05-31/2001-06-30") is late


def test_a_day_of_a_run_is_of_it_though_the_next_one_may_have_begun() -> None:
    records = invented(
        spell("member 2001-01-01/2001-06"),
        spell("observer 2001-06/2001-06"),
        spell("member 2001-06/2001-08-31"),
    )
    early, late = records.runs("AAA", frozenset({"member"}))
    assert run_of(records, "2001-06-10") is early
    assert run_of(records, "2001-06-28") is early
    assert run_of(records, "2001-06-29") is late
    assert run_of(records, "2001-06-30") is late


@pytest.mark.parametrize(
    ("observer", "text"),
    [
        ("2001-01-01/2001-06", "2001-06-10"),
        ("2001-01-01/2001-06", "2001-06-02"),
        ("2000-01-01/2001", "2001-06-01"),
    ],
)
def test_an_unsettled_day_may_be_of_a_run_that_is_not_ruled_to_have_begun(
    observer: str, text: str
) -> None:
    records = invented(
        spell(f"observer {observer}"),
        spell("member 2001-06/2001-12-31"),
        spell("member 2003-01-01/"),
    )
    found = queries.judged(records, "AAA", WHOLE, days(text))
    assert found.answer == "unknown"
    assert found.status == "observer"
    assert found.run is records.runs("AAA", frozenset({"member"}))[0]
    assert (found.part, found.disputed, found.imprecise) == (None, False, True)
    assert run_of(records, "2001-05-31") is None
