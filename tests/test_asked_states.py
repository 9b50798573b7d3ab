"""States as they are typed to a question: former ones by name, and all by the codes of a scheme."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import COMMANDS, ask
from small import days

from cstocli import Dataset, Refused, catalogue

TREATY = ", before the Collective Security Treaty (1992-05-15)"
FORMER = {
    "Soviet Union": "1991-12-25",
    "Yugoslavia": "1992-04-26",
    "Serbia and Montenegro": "2006-06-04",
    "Czechoslovakia": "1992-12-31",
    "East Germany": "1990-10-02",
}
"""Each former state that has a name of its own here, and its last day."""


# Former states


@pytest.mark.parametrize(("name", "last"), FORMER.items())
@pytest.mark.parametrize("on", ["1980", "1992-05-15", "2007-01-01"])
def test_a_former_state_is_a_no_that_says_when_it_ended(
    csto: Dataset, name: str, last: str, on: str
) -> None:
    (row,) = csto.check(name, on)
    assert (row.answer, row.status, row.state, row.name) == ("no", "never", name, name)
    before = TREATY if last < "1992-05-15" else ""
    assert row.reason == f"a former state: {name}, to {last}{before}"
    done = ask("check", name, "--on", on, "--format", "plain")
    assert (done.status, done.out) == (1, f"{row}\n")


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        ("USSR|СССР|the Soviet Union|Советский Союз", "Soviet Union"),
        ("SFRY|Югославия", "Yugoslavia"),
        ("ГДР|DDR|German Democratic Republic", "East Germany"),
        ("Чехословакия|CSSR", "Czechoslovakia"),
        ("FRY|Serbia & Montenegro", "Serbia and Montenegro"),
    ],
)
def test_a_former_state_goes_by_its_names(csto: Dataset, texts: str, name: str) -> None:
    assert {csto.state(text).code for text in texts.split("|")} == {name}


def test_a_state_that_is_none_of_iso_and_has_not_ended_is_a_never(csto: Dataset) -> None:
    assert csto.check("abkhazia", "2010").rows[0].reason.startswith("never: Abkhazia is none of")


def test_a_former_state_has_no_history_and_is_never_counted_with_others(csto: Dataset) -> None:
    answer = csto.history("ussr", "russia")
    assert {row.state for row in answer} == {"RUS"}
    assert "Soviet Union on 2026-11-22: never." in answer.notes
    assert csto.together("ussr", "russia").rows == ()
    assert (csto.events("ussr").rows, csto.disputes("ussr").rows) == ((), ())
    (answered, _) = csto.why("ussr", "1985")
    assert "a former state: Soviet Union" in answered.text


# Codes of a scheme

NAMING = [
    name
    for name, command in COMMANDS.items()
    if any(
        one.name in ("state", "states") and one.param_type_name == "argument"
        for one in command.params
    )
]
"""The commands that are asked about states that are typed."""


def test_every_command_that_names_states_can_be_told_whose_codes_they_are() -> None:
    assert {"check", "history", "why", "cite", "events", "disputes"} < set(NAMING)
    for name in NAMING:
        options = {opt for param in COMMANDS[name].params for opt in param.opts}
        assert "--state-code" in options, name


@pytest.mark.parametrize(
    ("command", "rest"),
    [
        ("check", "--on 2007-01-01"),
        ("history", ""),
        ("why", "--on 2007-01-01"),
        ("events", "--from 2006"),
        ("timeline", "--from 1992"),
        ("disputes", ""),
        ("cite", "--on 2007-01-01"),
        ("organisations", "--on 2007-01-01"),
    ],
)
def test_a_code_means_its_state_in_every_question(command: str, rest: str) -> None:
    by_name = ask(command, "uzbekistan", *rest.split(), "--format", "json")
    assert by_name.out
    for code, scheme in (
        ("704", "cown"),
        ("704.0", "gwn"),
        ("uzb", "cowc"),
        ("860", "iso3n"),
        ("UZ", "eurostat"),
    ):
        by_code = ask(command, code, "--state-code", scheme, *rest.split(), "--format", "json")
        assert by_code == by_name, scheme


def test_codes_of_several_states_are_read_by_one_scheme() -> None:
    wanted = ask("together", "armenia", "uzbekistan", "--format", "json")
    assert ask("together", "371", "704", "--state-code", "cown", "--format", "json") == wanted


@pytest.mark.parametrize(
    ("text", "scheme", "code"),
    [
        ("704", "auto", "VNM"),
        ("704", "iso3n", "VNM"),
        ("704", "cown", "UZB"),
        ("702", "auto", "SGP"),
        ("702", "gwn", "TJK"),
        ("NA", "auto", "NAM"),
        ("NA", "iso2c", "NAM"),
        ("NA", "eurostat", "NAM"),
        ("EL", "eurostat", "GRC"),
        ("UK", "eurostat", "GBR"),
        ("GR", "iso2c", "GRC"),
        ("FRN", "cowc", "FRA"),
        ("Uzbekistan", "name", "UZB"),
    ],
)
def test_a_text_is_read_by_the_scheme_that_was_said(
    csto: Dataset, text: str, scheme: str, code: str
) -> None:
    assert csto.state(text, scheme).code == code


@pytest.mark.parametrize(
    ("text", "scheme", "said"),
    [
        ("uzbekistan", "cown", "'uzbekistan' is no code of cown, the numbers of the Correlates"),
        ("GR", "eurostat", "'GR' is no code of eurostat.*it is Greece in iso2c"),
        ("704", "name", "'704' is a number"),
        ("UZB", "iso2c", "'UZB' is no code of iso2c"),
        ("NA", "cowc", "'NA' names no state"),
        ("narnia", "text", "no state 'narnia'"),
        ("999", "gwn", "'999' is no code of gwn"),
        ("UZB", "cow", "there is no scheme 'cow'; there are auto, name, text, iso2c"),
    ],
)
def test_nothing_but_what_the_scheme_has_is_read(
    csto: Dataset, text: str, scheme: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        csto.state(text, scheme)
    assert ask("check", text, "--state-code", scheme).status == 2


@pytest.mark.parametrize(
    ("on", "name"),
    [
        ("1995", "Yugoslavia"),
        ("2006-06-04", "Yugoslavia"),
        ("2006-06-05", "Serbia"),
        ("2006", "Serbia"),
        ("2010", "Serbia"),
    ],
)
def test_a_code_of_two_states_is_read_by_the_last_day_asked_about(
    csto: Dataset, on: str, name: str
) -> None:
    answer = csto.check("345", on, state_code="cown")
    assert answer.rows[0].name == name
    told = [note for note in answer.notes if note.startswith("345 ")]
    assert bool(told) is (on != "2006-06-05" and on != "2010")


def test_a_code_that_is_former_states_too_is_answered_with_a_note(csto: Dataset) -> None:
    said = "365 before 1991-12-26 was the Soviet Union's too; it was read as Russia's."
    assert said in csto.check("365", "1991-12-25", state_code="cown").notes
    assert said not in csto.check("365", "1991-12-26", state_code="cown").notes
    (row,) = csto.check("265", "1985", state_code="cown")
    assert row.reason.startswith("a former state: East Germany, to 1990-10-02")


def test_a_code_outside_its_days_is_answered_with_a_note(csto: Dataset) -> None:
    answer = csto.check("345", "2010", state_code="gwn")
    assert answer.notes[0] == (
        "gwn has 345 for Yugoslavia from 1918-12-01 to 2006-06-04; it was read so on other days "
        "too."
    )
    assert csto.check("345", "2000", state_code="gwn").rows[0].name == "Yugoslavia"


def test_the_scheme_of_a_file_is_another_than_that_of_what_is_typed(tmp_path: Path) -> None:
    path = tmp_path / "club.csv"
    path.write_text("state,first_day,last_day\n704,2000-01-01,\n702,2001-01-01,\n", "utf-8")
    before = ("--data", str(path), "--state-code", "cown")
    done = ask(*before, "check", "UZ", "--on", "2005", "--state-code", "iso2c")
    assert (done.status, "Uzbekistan" in done.out) == (0, True)
    assert ask(*before, "check", "704", "--on", "2005").status == 1  # ISO's Vietnam, and named
    assert "Vietnam" in ask(*before, "check", "704", "--on", "2005").out
    assert ask("--data", str(path), "members").status == 2


def test_a_neighbour_is_asked_by_codes_too() -> None:
    rows = catalogue().organisations("359", on="2010-01-01", state_code="cown").rows
    assert [row.organisation for row in rows] == [
        row.organisation for row in catalogue().organisations("moldova", on="2010-01-01")
    ]
    refused = ask("--org", "NATO", "--state-code", "cown", "members")
    assert (refused.status, refused.out) == (2, "")
    done = ask("--org", "NATO", "check", "220", "--on", "2010", "--state-code", "cown")
    assert (done.status, "France" in done.out) == (0, True)


def test_what_was_understood_is_in_the_answer(csto: Dataset) -> None:
    assert csto.check("704", "2007", state_code="cown").query["state"] == "UZB"
    done = ask("check", "345", "--on", "1985", "--state-code", "cown", "--format", "json")
    assert json.loads(done.out)["query"]["state"] == "Yugoslavia"
    answer = csto.check("365", days("1991-12-25"), state_code="gwn")
    assert answer.query["state"] == "RUS"


@pytest.mark.parametrize(
    "question",
    ["check", "history", "why", "cite", "events", "disputes", "timeline", "organisations"],
)
def test_a_slip_that_was_mended_is_told(question: str) -> None:
    for level in ("short", "all"):
        told = ask(question, "uzbekstan", "--format", "json", "--notes", level)
        assert "'uzbekstan' was read as Uzbekistan." in json.loads(told.out)["notes"]
    told = ask(question, "uzbekistan", "--format", "json")
    assert not any("was read as" in note for note in json.loads(told.out)["notes"])
