"""The page: what it holds, what it fetches, and what it shows without scripts."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from running import ask, run

from cstocli import Dataset, Refused, load
from cstocli.core.days import DAY, When
from cstocli.core.finding import find
from cstocli.core.model import Source
from cstocli.questions.page import page
from cstocli.writing.rows import entry

VAGUE = """state,first_day,last_day,status,remark
Armenia,1993-04,2001,member,
Belarus,1995,1999-06,member,
Georgia,1994-02-03,1999,observer,
Georgia,2001,2005-05,member,drew back
Russia,1991-12-30,,member,
Kenya,2000-01-01,2000-01-01,member,
Peru,1992,1992,member,
Peru,1992,1996-03-04,partner,
"""
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "a & \"b\" 'c'",
    "<!--",
)


class Parsed(HTMLParser):
    """The elements of a page, and the text of some."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.elements.append((tag, found))
        if tag not in ("meta", "link", "input"):
            self._open.append(f"{tag}.{(found.get('class') or '').split(' ')[0]}")
            self.text.setdefault(self._open[-1], []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().startswith(f"{tag}.")

    def handle_data(self, data: str) -> None:
        if self._open:
            for name in self._open:
                self.text[name][-1] += data


@pytest.fixture(scope="module")
def bundled() -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSTO_TODAY", "2026-11-22")
        return load().page()


def dataset(folder: Path, table: str) -> Dataset:
    path = folder / "spells.csv"
    path.write_text(table, encoding="utf-8")
    return load(path)


def rows(text: str) -> dict[str, tuple[str, str]]:
    """The answer and the status that the table gives of each state."""
    table = text.partition("<tbody")[2].partition("</tbody>")[0]
    found = re.findall(
        r'<span class="dot (\w+)".*?<bdi>(.*?)</bdi>.*?<b class="word">(.*?)</b>', table, re.S
    )
    return {name: (answer, status) for answer, name, status in found}


# What it holds


def test_the_page_of_the_bundled_data_is_small(bundled: str) -> None:
    assert len(bundled.encode()) <= 180_000


def test_the_same_data_give_the_same_bytes(bundled: str) -> None:
    assert load().page() == bundled
    assert ask("page", "--output", "-").out == bundled


def test_elements_are_closed_in_the_order_in_which_they_were_opened(bundled: str) -> None:
    assert Parsed(bundled)._open == []


def test_no_id_stands_twice(bundled: str) -> None:
    ids = [found["id"] for _, found in Parsed(bundled).elements if "id" in found]
    assert len(ids) == len(set(ids))


def test_nothing_is_fetched(bundled: str) -> None:
    for name, found in Parsed(bundled).elements:
        address = found.get("href") or found.get("src") or ""
        assert name == "a" or address in ("", "data:,"), (name, found)
        assert re.match("https?://|#item-[0-9]+$|data:,$|$", address), address
    assert not re.search(r"@import|url\((?!#pattern-[0-9]+\))", bundled)
    assert not re.search(r"\b(fetch|XMLHttpRequest|import|WebSocket)\b\(", bundled)


def test_the_policy_lets_nothing_pass_but_the_style_and_the_script_of_the_page(
    bundled: str,
) -> None:
    (policy,) = re.findall('Content-Security-Policy" content="([^"]*)"', bundled)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules.pop("default-src") == "'none'"
    for name in ("script", "style"):
        content = bundled.partition(f"<{name}>")[2].partition(f"</{name}>")[0]
        known = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules.pop(f"{name}-src") == f"'sha256-{known}'"
    assert rules == {"img-src": "data:", "base-uri": "'none'", "form-action": "'none'"}
    assert ' style="' not in bundled
    assert not re.search(r"<[^>]* on\w+=", bundled)


def test_text_is_text_whatever_it_says(tmp_path: Path) -> None:
    lines = [f'"{name.replace(chr(34), chr(34) * 2)}",2000-01-01,,<b>' for name in HOSTILE]
    spells = dataset(tmp_path, "state,first_day,last_day,status\n" + "\n".join(lines) + "\n")
    text = spells.page(title="<script>alert(3)</script>\u202e")
    parsed = Parsed(text)
    assert [name for name, _ in parsed.elements if name in ("img", "script")] == ["script"] * 2
    assert sorted(parsed.text["bdi."]) == sorted(HOSTILE)
    assert parsed.text["title."][0] == r"<script>alert(3)</script>\u202e"
    assert parsed.text["b.word"] == ["<b>"] * len(HOSTILE)
    assert set(HOSTILE) <= {text.removesuffix(": ") for text in parsed.text["i."]}
    assert "\u202e" not in text


def test_only_what_is_an_address_of_the_web_becomes_a_link() -> None:
    for address, linked in (("https://a.b/c", True), ("javascript:alert(1)", False), (None, False)):
        source = Source("x", "X", "Y", "2001", None, address, "primary")
        assert ("<a " in entry(source)) is linked


def test_a_dataset_of_one_day_has_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSTO_TODAY", "2000-01-01")
    text = dataset(tmp_path, "state,first_day,last_day\nKenya,2000-01-01,2000-01-01\n").page()
    assert rows(text) == {"Kenya": ("yes", "member")}
    assert '<rect class="s2" x="0%" y="3" width="100%"' in text
    assert "background-image:linear" not in text


def test_growth_is_in_proportion(tmp_path: Path) -> None:
    sizes = []
    for count in (150, 300):
        lines = [
            f"State no. {n},{1950 + n % 70}-03-04,{1960 + n % 70}-05,member" for n in range(count)
        ]
        spells = dataset(tmp_path, "state,first_day,last_day,status\n" + "\n".join(lines) + "\n")
        sizes.append(len(spells.page()))
    assert sizes[1] < 2 * sizes[0]


# What it answers


@pytest.mark.parametrize("today", ["2026-11-22", "2007-01-01", "1999-04-21", "1993-10-01"])
@pytest.mark.parametrize("basis", ["joined", "in-force", "charter"])
def test_without_scripts_the_table_says_the_members_of_the_day(
    basis: str, today: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSTO_TODAY", today)
    csto = load()
    shown = rows(csto.page(basis=basis))
    members = [row.name for row in csto.members(today, basis=basis)]
    assert [name for name, (answer, _) in shown.items() if answer == "yes"] == members
    assert {name: status for name, (_, status) in shown.items()} == {
        row.name: row.status.replace("-", " ") for row in csto.states()
    }


def test_what_is_shown_on_a_day_is_what_is_found(tmp_path: Path) -> None:
    spells = dataset(tmp_path, VAGUE)
    records, today = spells.records, When.day(dt.date(2026, 11, 22))
    shown = page(records, None, [], records.default_basis, today)
    for story in shown.states:
        day = dt.date(1991, 12, 1)
        while day < dt.date(2006, 1, 1):
            found = find(records, records.states[story.code], records.default_basis, (day, day))
            stretch = story.on(day)
            assert (stretch.word, stretch.shown[0].answer) == (
                found.status.replace("-", " "),
                found.answer,
            )
            assert ("not certain" in stretch.shown[0].tags) == found.imprecise
            day += DAY


def test_a_day_inside_a_month_that_is_all_that_is_known_is_not_certain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSTO_TODAY", "1999-06-15")
    text = dataset(tmp_path, VAGUE).page()
    assert rows(text)["Belarus"] == ("unknown", "member")
    assert ">2 states counted on 15 June 1999, 1 more not certain<" in text
    assert ">Armenia, Belarus (not certain) and Russia<" in text
    assert ">from 1995 to 1999-06<" in text


def test_a_day_after_the_last_check_is_shown_as_last_checked(
    bundled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = ">As last checked on 26 February 2026; later days are answered as of then.<"
    assert f'id="caveat-0"{said}' in bundled
    monkeypatch.setenv("CSTO_TODAY", "2026-02-26")
    assert f'id="caveat-0" hidden{said}' in load().page()


def test_an_instrument_that_is_signed_and_not_in_force_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CSTO_TODAY", "1993-01-01")
    said = ">6 states counted on 1 January 1993 (Treaty signed, not yet in force)<"
    assert said in load().page()
    assert ">no states counted on 1 January 1993<" in load().page(basis="in-force")


def test_everything_that_is_disputed_stands_in_the_page(bundled: str) -> None:
    parsed = Parsed(bundled)
    text = "".join(parsed.text["details."])
    csto = load()
    assert csto.offices
    held = csto.offices.records
    of_offices = [
        one
        for one in held.disputes.values()
        if set(held.states_of(one.about)) & set(csto.offices.offices)
    ]
    for dispute in (*csto.records.disputes.values(), *of_offices):
        assert f"“{dispute.value}”" in text
        assert dispute.reason in text
    for remark in csto.records.remarks:
        assert remark.text in text
    for question in csto.records.open_questions:
        assert question.found in text


def test_a_name_leads_to_the_spells_without_scripts(bundled: str) -> None:
    parsed = Parsed(bundled)
    ids = {found.get("id") for _, found in parsed.elements}
    links = re.findall('<a href="#([^"]*)" aria-expanded="false"><bdi>', bundled)
    assert len(links) == len(load().states()) + 2
    assert set(links) <= ids
    assert f'id="{links[-3]}"><i>Uzbekistan: </i><b>signatory</b> from 1992-05-15' in bundled


def test_offices_are_shown_where_there_are_any(bundled: str, tmp_path: Path) -> None:
    assert "Who held office" in bundled
    assert "Taalatbek Masadykov (Kyrgyzstan)" in bundled
    assert "Who held office" not in dataset(tmp_path, VAGUE).page()


def test_offices_of_one_organisation_are_not_shown_for_another(tmp_path: Path) -> None:
    other, today = dataset(tmp_path, VAGUE).records, When.day(dt.date(2026, 11, 22))
    assert page(other, load().offices, [], other.default_basis, today).offices == ()


def test_a_story_tells_what_a_state_is_in_other_organisations(bundled: str, tmp_path: Path) -> None:
    data = json.loads(bundled.partition('id="data">')[2].partition("</script>")[0])
    items = re.findall("<li.*?</li>", bundled.partition('id="told">')[2], re.S)
    items = [re.sub("<.*?>", "", item) for item in items]
    told = {story["name"]: [items[place] for place in story["items"]] for story in data["stories"]}
    union = "Eurasian Economic Union signatory from 2014-10-10 to 2015-01-01; member since"
    assert [union in one for one in told["Armenia"]].count(True) == 1
    guam = [one for one in told["Uzbekistan"] if "GUAM" in one]
    assert guam == [
        "Uzbekistan: GUAM Organization for Democracy and Economic Development "
        "member from 1999-04-24 to 2005-05-04"
        "Disputed or not certain in part: csto --org GUAM history UZB"
    ]
    assert "In other organisations" not in dataset(tmp_path, VAGUE).page()


def test_the_script_finds_each_text_by_its_place(bundled: str) -> None:
    data = json.loads(bundled.partition('id="data">')[2].partition("</script>")[0])
    assert len(data["texts"]) == len(set(data["texts"]))
    (armenia, *_), texts = data["stories"], data["texts"]

    def last(stretch: list[Any]) -> list[str]:
        return [stretch[0], texts[stretch[1]], texts[stretch[2]], texts[stretch[4][0][2]]]

    assert last(armenia["stretches"][-1]) == [
        "2026-11-22",
        "member",
        "since 2003-09-18",
        "yes, as last checked on 2026-02-26: Armenia is a member of the Organisation",
    ]


def test_a_dataset_of_which_no_day_has_come_is_refused(tmp_path: Path) -> None:
    spells = dataset(tmp_path, "state,first_day,last_day\nArmenia,2040-01-01,\n")
    with pytest.raises(Refused, match="has not come yet"):
        spells.page()


# The command


def test_the_command_writes_a_file_once(tmp_path: Path, bundled: str) -> None:
    path = tmp_path / "csto.html"
    assert ask("page", "--output", str(path)) == (0, "", "")
    assert path.read_text(encoding="utf-8") == bundled
    again = ask("page", "--output", str(path))
    assert (again.status, again.out) == (2, "")
    assert "--force writes over it" in again.err
    changed = ask("page", "--output", str(path), "--force", "--title", "Nine & more")
    assert (changed.status, changed.out, changed.err) == (0, "", "")
    assert "<h1>Nine &amp; more</h1>" in path.read_text(encoding="utf-8")


def test_the_command_shows_a_basis_first() -> None:
    shown = ask("page", "--output", "-", "--basis", "charter").out
    assert 'value="2" checked>' in shown
    assert "Basis charter: the Charter in force" in shown


def test_the_command_asks_for_a_file() -> None:
    assert ask("page").status == 2
    assert "--output" in ask("page").err


def test_the_page_is_utf_8_in_every_locale(tmp_path: Path) -> None:
    table = "state,first_day,last_day\nTürkiye,1952-02-18,\n"
    path = tmp_path / "spells.csv"
    path.write_text(table, encoding="utf-8")
    for locale in ({}, {"LC_ALL": "C", "PYTHONIOENCODING": "latin-1"}):
        done = run("csto", "--data", str(path), "page", "--output", "-", variables=locale)
        assert "Türkiye" in done.stdout.decode()
