"""The page in a real browser: it shows what the engine answers, and anybody can use it.

Without a browser these tests are left out, but fail in continuous integration. axe-core is fetched
by `nox -s page` and by continuous integration, which say by AXE_CORE where it is.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, Browser, browser

from cstocli import Dataset, load
from cstocli.core.days import DAY

IN_CI = "CI" in os.environ
AXE = os.environ.get("AXE_CORE")
NATO = Path(__file__).parent.parent / "examples" / "nato.csv"
VAGUE = """state,first_day,last_day,status,remark
Armenia,1993-04,2001,member,
Belarus,1995,1999-06,member,
Georgia,1994-02-03,1999,observer,
Georgia,2001,2005-05,member,drew back
Russia,1991-12-30,,member,
Kenya,2000-01-01,2000-01-01,member,
Peru,1992,1992,guest,
Peru,1993-01-01,1996-03-04,partner,
Peru,1998-01-01,2004-05-01,suspended,
Peru,2005-01-01,2009-01-01,frozen,
Chad,1992-03-04,1999-01-01,applicant,
Chad,2000-03-04,2010-01-01,member,
France,1999-07,2003,associate,
France,2004-01-01,,candidate,
"""
"""Nine statuses, and bounds known to the month and the year."""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not IN_CI, reason="no browser: apt-get install chromium"
)

WALK = """
((days) => {
  const text = (element) => element.textContent;
  const field = document.getElementById("day");
  const radios = [...document.querySelectorAll("#bases input")];
  return radios.map((radio) => {
    radio.click();
    return days.map((day) => {
      field.value = day;
      field.dispatchEvent(new Event("input"));
      const rows = [...document.querySelectorAll("tbody tr.grid")].map((row) => ({
        name: text(row.querySelector("bdi")),
        counted: row.querySelector(".dot")?.getAttribute("aria-label") ?? null,
        status: text(row.querySelector(".word")),
        tags: [...row.querySelectorAll(".tag")].map(text),
      }));
      return { rows, answer: text(document.getElementById("answer")),
        names: text(document.getElementById("names")) };
    });
  });
})
"""
"""What a person sees under each basis on each of some days."""


@pytest.fixture(scope="module")
def tab() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Dataset, str]]:
    """Some datasets, and the address of the page of each."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "vague.csv").write_text(VAGUE, encoding="utf-8")
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSTO_TODAY", "2026-11-22")
        for name, path in (("csto", None), ("nato", NATO), ("vague", folder / "vague.csv")):
            dataset = load(path)
            page = folder / f"{name}.html"
            page.write_text(dataset.page(), encoding="utf-8")
            found[name] = dataset, page.as_uri()
    return found


@pytest.fixture
def csto(pages: dict[str, tuple[Dataset, str]]) -> str:
    return pages["csto"][1]


def days_around_changes(dataset: Dataset) -> list[dt.date]:
    """Every day on which anything changes, with the days before and after."""
    records = dataset.records
    ends = [(spell.may_begin, spell.may_end) for spell in records.spells.values()]
    found = {day for begin, end in ends for day in (*begin, *end)}
    found |= {day for one in records.disputes.values() for day in (one.first_day, one.last_day)
              if day}  # fmt: skip
    if dataset.offices:
        for term in dataset.offices.records.spells.values():
            found |= {day for day in (term.first_day, term.last_day) if day}
    around = {day + n * DAY for day in found if day < dt.date.max - DAY for n in (-1, 0, 1)}
    return sorted(day for day in around if day <= dt.date(2026, 11, 22))


# It shows what the engine answers


@pytest.mark.parametrize("name", ["csto", "nato", "vague"])
def test_every_day_of_change_is_answered_as_the_engine_answers_it(
    tab: Browser, pages: dict[str, tuple[Dataset, str]], name: str
) -> None:
    dataset, address = pages[name]
    days = days_around_changes(dataset)
    tab.open(address)
    walked = tab.run(f"{WALK}({[str(day) for day in days]})")
    states = dataset.records.states.values()
    for basis, seen in zip(dataset.records.bases, walked, strict=True):
        for day, shown in zip(days, seen, strict=True):
            rows = [row for row in shown["rows"] if row["counted"]]
            listed = {
                row["name"]: ("disputed" in row["tags"], "not certain" in row["tags"])
                for row in rows
                if row["counted"] != "not counted"
            }
            members = dataset.members(day, basis=basis)
            assert listed == {row.name: (row.disputed, row.imprecise) for row in members}, day
            counted = sum(not row.imprecise for row in members)
            assert shown["answer"].startswith(f"{counted or 'no'} state")
            assert all(row.name in shown["names"] for row in members)
            for row, state in zip(rows, states, strict=True):
                checked = dataset.check(state, day, basis=basis).rows[0]
                assert row["name"] == state.name
                assert row["status"] == checked.status.replace("-", " ")
                assert ("disputed" in row["tags"]) == checked.disputed
                assert ("remark" in row["tags"]) == bool(
                    dataset.records.remarks_on(state.code, (day, day))
                )


def test_every_holder_of_an_office_is_shown_on_his_days(
    tab: Browser, pages: dict[str, tuple[Dataset, str]]
) -> None:
    dataset, address = pages["csto"]
    assert dataset.offices
    days = days_around_changes(dataset)
    tab.open(address)
    (seen, *_) = tab.run(f"{WALK}({[str(day) for day in days]})")
    for day, shown in zip(days, seen, strict=True):
        rows = [row for row in shown["rows"] if not row["counted"]]
        for row, office in zip(rows, dataset.offices.offices, strict=True):
            found = [
                (f"{one.holder}{' (acting)' if one.acting else ''} ({one.name})", one.disputed)
                for one in dataset.holders(office, day)
            ]
            assert (row["status"], "disputed" in row["tags"]) == (
                found[0] if found else ("not found", False)
            ), day


def test_a_story_says_what_check_says(tab: Browser, pages: dict[str, tuple[Dataset, str]]) -> None:
    dataset, address = pages["csto"]
    for state, day, basis in (
        ("UZB", "2006-07-15", "joined"),
        ("UZB", "2003-01-01", "in-force"),
        ("GEO", "1993-12-31", "charter"),
        ("ARM", "2026-11-22", "joined"),
        ("ARM", "1990-01-01", "joined"),
    ):
        tab.open(f"{address}#{day}/{state}/{basis}")
        said = tab.run("document.querySelector('.story .said span').textContent")
        assert f"{day}: {said}" == str(dataset.check(state, day, basis=basis).rows[0])


# The address, the keyboard, the pointer


def state_of(tab: Browser) -> list[Any]:
    """The day, the basis, and whose stories are open."""
    found: list[Any] = tab.run(
        "[document.getElementById('day').value,"
        " document.querySelector('#bases :checked').nextElementSibling.firstChild.data.trim(),"
        " [...document.querySelectorAll('.story:not([hidden])')].map((story) =>"
        " story.previousElementSibling.querySelector('bdi').textContent)]"
    )
    return found


def test_an_address_leads_to_a_day_a_state_and_a_basis(tab: Browser, csto: str) -> None:
    tab.open(f"{csto}#2006-07-15/UZB")
    assert state_of(tab) == ["2006-07-15", "joined", ["Uzbekistan"]]
    assert tab.run("document.getElementById('slider').value") == "5174"
    tab.run("location.hash = '#1994-01-01/GEO/in-force'")
    tab.wait("document.getElementById('day').value === '1994-01-01'")
    assert state_of(tab) == ["1994-01-01", "in-force", ["Georgia"]]
    tab.run("history.back()")
    tab.wait("document.getElementById('day').value === '2006-07-15'")
    assert state_of(tab) == ["2006-07-15", "joined", ["Uzbekistan"]]
    tab.open(csto)
    assert state_of(tab) == ["2026-11-22", "joined", []]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("#2006-02-30", "there is no day 2006-02-30"),
        ("#2031-01-01/UZB", "2031-01-01 is after 2026-11-22, the last day of this page"),
        ("#2006-07-15/FRA", "this page has no state FRA"),
        ("#2006-07-15/UZB/party", "this page has no basis party"),
    ],
)
def test_an_address_that_cannot_be_shown_says_why(
    tab: Browser, csto: str, address: str, said: str
) -> None:
    tab.open(csto + address)
    alert = tab.run("document.querySelector('[role=alert]:not([hidden])').textContent")
    assert alert == f"The address cannot be shown: {said}."
    assert state_of(tab) == ["2026-11-22", "joined", []]


def test_the_address_follows_what_is_chosen(tab: Browser, csto: str) -> None:
    tab.open(csto)
    tab.run("document.querySelector('#basis-2').click()")
    tab.run("document.querySelectorAll('tbody th a')[8].click()")
    tab.run("document.getElementById('earlier').click()")
    tab.wait("location.hash.startsWith('#2026-01-01')")
    assert tab.run("location.hash") == "#2026-01-01/UZB/charter"
    assert state_of(tab) == ["2026-01-01", "charter", ["Uzbekistan"]]


def test_all_of_it_can_be_used_from_the_keyboard(tab: Browser, csto: str) -> None:
    tab.open(csto)
    for _ in range(3):  # over the radios, of which one takes part, and the parts of a date
        tab.press("Tab", 9)
    while tab.run("document.activeElement.id") != "slider":
        assert tab.run("document.activeElement.id") == "day"
        tab.press("Tab", 9)
    tab.press("ArrowLeft", 37)
    assert state_of(tab)[0] == "2026-11-21"
    assert tab.run("document.activeElement.getAttribute('aria-valuetext')") == "21 November 2026"
    tab.press("Home", 36)
    assert state_of(tab)[0] == "1992-05-15"
    while tab.run("document.activeElement.textContent") != "Armenia":
        tab.press("Tab", 9)
    tab.press("Enter", 13, "\r")
    assert state_of(tab) == ["1992-05-15", "joined", ["Armenia"]]
    assert tab.run("document.activeElement.getAttribute('aria-expanded')") == "true"
    assert tab.run("document.getElementById(document.activeElement.getAttribute('aria-controls'))"
                   ".hidden") is False  # fmt: skip
    tab.press("Enter", 13, "\r")
    assert state_of(tab)[2] == []


def test_a_place_on_the_timeline_is_a_day(tab: Browser, csto: str) -> None:
    tab.size(1280)
    tab.open(csto)
    box = tab.run("(({ x, y, width }) => [x, y, width])"
                  "(document.querySelector('.plot').getBoundingClientRect())")  # fmt: skip
    for place in (1, box[2] / 2, box[2] - 1):
        at = {"x": box[0] + place, "y": box[1] + 10, "button": "left", "clickCount": 1}
        tab.send("Input.dispatchMouseEvent", type="mousePressed", buttons=1, **at)
        tab.send("Input.dispatchMouseEvent", type="mouseReleased", **at)
        line = tab.run("(({ x, width }) => x + width / 2)"
                       "(document.querySelector('.cursor').getBoundingClientRect())")  # fmt: skip
        assert line == pytest.approx(at["x"], abs=1)
    assert state_of(tab)[0] > "2026-10"


# For everybody


def test_without_scripts_the_first_day_can_be_read(tab: Browser, csto: str) -> None:
    read = "document.querySelector('table').innerHTML"
    tab.open(csto)
    scripted = tab.run(read)
    tab.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.open(csto)
        assert tab.run(read) == scripted
        hidden = (
            "[...document.querySelectorAll('button, input')].every((one) => !one.checkVisibility())"
        )
        assert tab.run(hidden)
        assert tab.run("document.querySelector('details li').checkVisibility()")
    finally:
        tab.send("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.parametrize("name", ["csto", "nato", "vague"])
def test_nothing_is_fetched_and_nothing_goes_wrong(
    tab: Browser, pages: dict[str, tuple[Dataset, str]], name: str
) -> None:
    tab.open(pages[name][1])
    tab.run("document.querySelectorAll('tbody th a').forEach((link) => link.click())")
    told = [event for event in tab.events if "method" in event]
    asked = [
        event["params"]["request"]["url"]
        for event in told
        if event["method"] == "Network.requestWillBeSent"
    ]
    assert {address.partition(":")[0] for address in asked} <= {"file", "data"}
    wrong = ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")
    assert [event for event in told if event["method"] in wrong] == []


@pytest.mark.parametrize("width", [390, 600, 800, 1000, 1280, 1600])
@pytest.mark.parametrize("name", ["csto", "nato", "vague"])
def test_nothing_is_wider_than_the_window(
    tab: Browser, pages: dict[str, tuple[Dataset, str]], name: str, width: int
) -> None:
    tab.size(width)
    tab.open(pages[name][1])
    tab.run("document.querySelector('tbody th a').click()")
    tab.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert tab.run("document.documentElement.scrollWidth") <= width
    lanes = "[...document.querySelectorAll('.lane')].map((one) => one.getBoundingClientRect())"
    slider = "document.getElementById('slider').getBoundingClientRect()"
    assert tab.run(f"{lanes}.every((lane) => Math.abs(lane.left - {slider}.left - 10) < 1.5"
                   f" && Math.abs({slider}.right - lane.right - 10) < 1.5)")  # fmt: skip


@pytest.mark.skipif(AXE is None, reason="no axe-core: nox -s page")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["csto", "nato", "vague"])
def test_axe_finds_nothing(
    tab: Browser, pages: dict[str, tuple[Dataset, str]], name: str, width: int, scheme: str
) -> None:
    tab.size(width)
    tab.scheme(scheme)
    tab.open(pages[name][1])
    tab.run("document.querySelectorAll('tbody th a')[3].click()")
    tab.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    tab.run(Path(AXE or "").read_text(encoding="utf-8") + "; 0")
    found = tab.run("axe.run().then((all) => [all.violations.map((one) => [one.id,"
                    " one.nodes.map((node) => node.html)]), all.passes.length])")  # fmt: skip
    assert found[0] == []
    assert found[1] > 20
