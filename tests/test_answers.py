"""What holds for every answer: the days that can be asked about, and that nothing in it changes."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import pytest
from small import MEMBER, REMARKS, club, day, remark

from cstocli import Dataset, Refused, load

TOLD = "member 2001-02-01/2001-03-31"
CLUB = club(TOLD, remarks=REMARKS)
CHECKED = club(TOLD, verified="2027-01-10")

# Days


@pytest.mark.parametrize(
    ("csto", "last_day"), [(CHECKED, "2027-01-10"), (CLUB, "2026-11-22")], ids=["checked", "today"]
)
def test_days_can_be_asked_up_to_today_or_to_the_last_one_checked(
    csto: Dataset, last_day: str
) -> None:
    whole = csto.members(("2026-10-01", last_day))
    assert (whole.notes, whole.query["last_day"]) == ((), day(last_day))
    cut = csto.members(("2026-10-01", "2027-03-01"))
    told = f"2026-10-01/2027-03-01 is cut at {last_day}, the last day that can be asked."
    assert (cut.notes, cut.query["last_day"]) == ((told,), day(last_day))
    for ask in (
        lambda when: csto.members(when),
        lambda when: csto.check("france", when),
        lambda when: csto.accessions(when),
        lambda when: csto.withdrawals(when),
        lambda when: csto.series(during=when),
        lambda when: csto.diff("2001-01-01", when),
    ):
        for when in ("2027-03-01", "2027-03-02"):
            said = f"^{when} has not come yet: the last day that can be asked is {last_day}$"
            with pytest.raises(Refused, match=said):
                ask(when)


def test_every_day_is_from_the_first_of_the_dataset_to_the_last_that_can_be_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for csto, last_day in (
        (CLUB, "2026-11-22"),
        (CHECKED, "2027-01-10"),
        (club(TOLD, verified="2020-01-10"), "2026-11-22"),
    ):
        query = csto.accessions().query
        assert (query["first_day"], query["last_day"]) == (day("2001-02-01"), day(last_day))
    monkeypatch.setenv("CSTO_TODAY", "2001-01-31")
    with pytest.raises(Refused, match=r"^every day has not come yet"):
        CLUB.accessions()


def test_days_before_the_first_are_answered_with_a_note() -> None:
    csto = club(TOLD)
    notes = csto.members(("2000-01-01", "2001-01-31")).notes
    assert notes == ("Nobody had joined before 2001-02-01, the first day of the dataset.",)
    assert csto.members(("2000-01-01", "2001-02-01")).notes == ()


@pytest.mark.parametrize(
    ("last_day", "checked"), [("2026-02-26", True), ("2026-02-27", False), ("2026-12-31", False)]
)
def test_an_answer_about_a_day_after_the_last_one_checked_says_so(
    csto: Dataset, last_day: str, checked: bool
) -> None:
    note = "Checked up to 2026-02-26; later days are answered as of then."
    answer = csto.members(("2026-01-01", last_day))
    assert (answer.unverified, note not in answer.notes) == (not checked, checked)


def test_a_check_that_is_cut_is_not_certain_and_a_dataset_that_was_not_checked_is_silent() -> None:
    for last_day, cut in (("2027-01-10", False), ("2027-01-11", True)):
        assert CHECKED.check("AAA", ("2026-11-01", last_day)).unverified is cut
        assert not CHECKED.members(("2026-11-01", last_day)).unverified
    assert not CLUB.check("AAA", "2026-11-22").unverified


def test_a_rule_that_there_is_not_is_refused_with_those_that_there_are(csto: Dataset) -> None:
    there_are = "there are any, throughout, first-day, last-day$"
    for rule in ("always", ["any"]):
        with pytest.raises(Refused, match=rf"^there is no rule .+; {there_are}"):
            csto.state_years(1999, rule=rule)  # type: ignore[arg-type]


def test_every_note_is_said_once() -> None:
    same = remark("same", "AAA", "2001-01-01/")
    assert club(TOLD, remarks=[same, same]).check("AAA", "2001-03-31").notes == ("Aaa: is same.",)


# What is handed out

ANSWER, RECORDS = CLUB.members("2001-03-01"), CLUB.records
HANDED_OUT = {
    "rows": ANSWER.rows,
    "notes": ANSWER.notes,
    "fields": ANSWER.fields,
    "query": ANSWER.query,
    "dataset": ANSWER.dataset,
    "columns": ANSWER.columns,
    "states": RECORDS.states,
    "bases": RECORDS.bases,
    "acts": RECORDS.acts,
    "spells": RECORDS.spells,
    "remarks": RECORDS.remarks,
    "spells of a state": RECORDS.spells_of("AAA"),
    "remarks of a state": RECORDS.remarks_of("AAA"),
    "runs": RECORDS.standing("AAA", MEMBER).runs,
}


@pytest.mark.parametrize("shared", HANDED_OUT.values(), ids=HANDED_OUT)
def test_what_is_handed_out_cannot_be_changed(shared: Any) -> None:
    key = next(iter(shared)) if isinstance(shared, Mapping) else 0
    with pytest.raises(TypeError, match="does not support item assignment"):
        shared[key] = None
    with pytest.raises(TypeError, match="support item deletion"):
        del shared[key]
    assert not {"append", "extend", "clear", "pop", "sort", "update"}.intersection(dir(shared))


@pytest.mark.parametrize("name", ["rows", "notes", "query", "cut"])
def test_an_answer_keeps_what_it_has(name: str) -> None:
    with pytest.raises(AttributeError, match=r"^an answer does not change$"):
        setattr(ANSWER, name, ())


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_a_library_of_data_frames_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    answer = CLUB.members("2001-02-10")
    convert = {"pandas": answer.to_pandas, "polars": answer.to_polars, "pyarrow": answer.to_arrow}
    with pytest.raises(Refused, match=f"^this needs {library}: pip install {library}$"):
        convert[library]()


def test_a_notebook_shows_the_notes_that_change_an_answer_and_the_others_on_a_click() -> None:
    answer = load().history("uzbekistan")
    shown = answer._repr_html_()
    at_once, _, on_a_click = shown.partition("<details>")
    main = len(answer.notes) - len(answer.asides)
    assert at_once.count("<li>") == main > 0
    assert on_a_click.count("<li>") == len(answer.asides) > 0
    assert f"<summary>{len(answer.asides)} more notes</summary>" in on_a_click
    assert shown.count("<tr>") == 1 + len(answer)


def test_a_notebook_shows_text_as_text() -> None:
    shown = club("member 2001/", remarks=[remark("<script>", "AAA", "2001-01-01/")])
    found = shown.history("AAA")._repr_html_()
    assert "<script" not in found
    assert "is &lt;script&gt;" in found
