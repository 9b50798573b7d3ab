"""What the release of the data says, written by hand beside it."""

from __future__ import annotations

from collections import Counter

import pytest

from cstocli import Dataset, load

LASTS = "None"
SPELLS = [
    ("ARM", "signatory", "1992-05-15", "1994-04-19"),
    ("ARM", "party", "1994-04-20", "2003-09-17"),
    ("ARM", "member", "2003-09-18", LASTS),
    ("AZE", "signatory", "1993-09-24", "1994-04-19"),
    ("AZE", "party", "1994-04-20", "1999-04-20"),
    ("BLR", "signatory", "1993-12-31", "1994-04-19"),
    ("BLR", "party", "1994-04-20", "2003-09-17"),
    ("BLR", "member", "2003-09-18", LASTS),
    ("GEO", "signatory", "1993-12-09", "1994-04-19"),
    ("GEO", "party", "1994-04-20", "1999-04-20"),
    ("KAZ", "signatory", "1992-05-15", "1994-04-19"),
    ("KAZ", "party", "1994-04-20", "2003-09-17"),
    ("KAZ", "member", "2003-09-18", LASTS),
    ("KGZ", "signatory", "1992-05-15", "1994-04-19"),
    ("KGZ", "party", "1994-04-20", "2003-09-17"),
    ("KGZ", "member", "2003-09-18", LASTS),
    ("RUS", "signatory", "1992-05-15", "1994-04-19"),
    ("RUS", "party", "1994-04-20", "2003-09-17"),
    ("RUS", "member", "2003-09-18", LASTS),
    ("TJK", "signatory", "1992-05-15", "1994-04-19"),
    ("TJK", "party", "1994-04-20", "2003-09-17"),
    ("TJK", "member", "2003-09-18", LASTS),
    ("UZB", "signatory", "1992-05-15", "1994-04-19"),
    ("UZB", "party", "1994-04-20", "1999-04-20"),
    ("UZB", "member", "2006-06-23", "2012-12-18"),
    ("UZB", "suspended", "2012-12-19", LASTS),
]

WHO_SAYS = {
    "armenia-frozen-2024": "fip-2024 novaya-gazeta-europe-2024-02-23 oc-media-2024-02-23",
    "armenia-member-since-1994": "cia-world-factbook",
    "armenia-suspended-2024": "novaya-gazeta-europe-2024-02-23",
    "azerbaijan-joined-1994": "wikipedia-en-2008",
    "belarus-1994-01-03": "atop-4-01",
    "belarus-member-since-1994": "cia-world-factbook",
    "charter-no-unilateral-withdrawal": "tass-2012-12-19",
    "georgia-joined-1994": "wikipedia-en-2008",
    "kazakhstan-member-since-1994": "cia-world-factbook",
    "kyrgyzstan-member-since-1994": "cia-world-factbook",
    "observers-serbia": "duma-2021-07-01 mir-24-2021-09-16 pecat-2013-04 wikipedia-en-copies",
    "observers-serbia-afghanistan": "cow-igo-v3",
    "organisation-2002": "cow-igo-v3",
    "organisation-2002-10-07": "saunders-strukov-2010 wikipedia-en-2026",
    "tajikistan-member-since-1994": "cia-world-factbook",
    "uzbekistan-2002-2005": "cow-igo-v3",
    "uzbekistan-2006-08": "rferl-2006-11-16 ria-2012-12-19",
    "uzbekistan-2006-08-16": "asia-plus-2006-08-17 obozrevatel-2006-12-14 rbc-2012-06-28"
    " wikipedia-ru-2022-01-24",
    "uzbekistan-2006-08-17": "atop-4-01",
    "uzbekistan-2006-12-13": "lenta-2006-12-13 ria-2006-12-13",
    "uzbekistan-2008": "saunders-strukov-2010",
    "uzbekistan-2008-03-28": "ria-2008-03-28-en ria-2008-03-28-ru",
    "uzbekistan-2012": "cow-igo-v3",
    "uzbekistan-2012-06-20": "caci-analyst-2012-08-08",
    "uzbekistan-2012-06-28": "atop-4-01 fox-news-2012-06-28 tass-2012-06-28",
    "uzbekistan-leaves": "moscow-times-2012-06-28",
    "uzbekistan-left": "cia-world-factbook",
    "uzbekistan-not-a-member": "kun-uz-2021-08-26",
    "uzbekistan-quits": "novinite-2012-12-19",
    "uzbekistan-suspended-1998": "lenta-2006-06-23",
    "uzbekistan-suspended-1999": "ria-2008-03-28-en tass-2012-06-28 upi-2006-06-25",
    "uzbekistan-withdrew": "rferl-2012-12-19",
}
"""Of the disputes that this release splits, adds or mends: who gives the value."""
RIVALS = {
    "azerbaijan-never-deposited",
    "uzbekistan-2006-08",
    "uzbekistan-2006-08-16",
    "uzbekistan-2008",
    "uzbekistan-2008-03-28",
    "uzbekistan-2012-06-28",
    "uzbekistan-leaves",
    "uzbekistan-left",
    "uzbekistan-not-a-member",
    "uzbekistan-quits",
    "uzbekistan-withdrew",
}
ACTS = [
    ("2005-12-29", "2005-12-29-uzbekistan-leaves-guuam", "medium"),
    ("2019-07-24", "2019-07-24-russia-duma-ratifies-charter-protocols", "medium"),
    ("2021-10-22", "2021-10-22-uzbekistan-foreign-minister", "medium"),
    ("2023-01-10", "2023-01-10-armenia-refuses-exercise", "high"),
    ("2023-11-23", "2023-11-23-armenia-absent-minsk", "medium"),
    ("2024-11-28", "2024-11-28-armenia-absent-astana", "medium"),
    ("2024-12-11", "2024-12-11-russia-warns-of-vote", "medium"),
    ("2025-06-05", "2025-06-05-armenia-confirms-non-payment", "medium"),
    ("2025-06-30", "2025-06-30-russia-armenia-full-member", "medium"),
    ("2025-07-16", "2025-07-16-armenia-leaving-more-likely", "medium"),
    ("2025-11-27", "2025-11-27-joint-session-bishkek", "high"),
    ("2026-02-26", "2026-02-26-armenia-participation-frozen", "medium"),
]
DROPPED = {
    "tass-2012-06-28": {"2003-09-18-charter-in-force", "2006-06-23-uzbekistan-admitted"},
    "anews-2025-12": {"2025-12-11-russia-freeze-unknown", "ARM-2024-02-22"},
    "haqqin-2025-12-11": {"2025-12-11-russia-freeze-unknown"},
}


@pytest.fixture(scope="module")
def data() -> Dataset:
    return load()


def test_no_day_of_a_spell_has_changed(data: Dataset) -> None:
    rows = [
        (row.state, row.status, str(row.first_day), str(row.last_day)) for row in data.history()
    ]
    assert sorted(rows) == sorted(SPELLS)


def test_a_dispute_names_nobody_but_those_who_give_its_value(data: Dataset) -> None:
    told = {row.dispute: " ".join(row.sources) for row in data.disputes()}
    assert {id: told.get(id) for id in WHO_SAYS} == WHO_SAYS


def test_no_wording_stands_in_two_disputes_about_the_same(data: Dataset) -> None:
    assert max(Counter((row.about, row.value) for row in data.disputes()).values()) == 1


def test_no_value_but_these_can_be_defended(data: Dataset) -> None:
    disputes = data.records.disputes.values()
    assert {dispute.id for dispute in disputes if dispute.verdict == "rival"} == RIVALS


@pytest.mark.parametrize(("date", "act", "certainty"), ACTS)
def test_an_act_is_told_with_its_day_and_how_sure_it_is(
    data: Dataset, date: str, act: str, certainty: str
) -> None:
    assert [(row.act, row.certainty) for row in data.events(during=date) if row.act == act] == [
        (act, certainty)
    ]


def test_a_source_is_not_cited_for_what_it_does_not_say(data: Dataset) -> None:
    cited = {row.id: set(row.used_for) for row in data.sources()}
    assert not {id for id, what in DROPPED.items() if what & cited.get(id, set())}


def test_what_was_not_seen_is_not_published(data: Dataset) -> None:
    told = "\n".join(
        [row.title for row in data.events()]
        + [f"{row.value} {row.reason}" for row in data.disputes()]
        + [row.title for row in data.sources()]
    )
    assert "32307" in told
    assert not [words for words in ("39775", "59/50", "1894") if words in told]
