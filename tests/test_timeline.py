"""The chart in the terminal and the picture, drawn from invented lanes and from the dataset."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import os
import re
import shutil
import stat
from pathlib import Path
from xml.etree import ElementTree

import pytest
from documents import BUNDLED, club
from facts import NAMES, ON_AND_ON, SPELLS
from hypothesis import example, given, settings
from hypothesis import strategies as st
from running import CSTO, ask, run

from cstocli import Dataset, load
from cstocli.questions.drawing import Bar, Drawing, Lane
from cstocli.writing.chart import cell_ranges, chart
from cstocli.writing.svg import picture as svg

ROOT = Path(__file__).parent.parent
DAY = dt.timedelta(1)
STATUSES = {
    name: [status for states, status, *_ in SPELLS if code in states.split()]
    for code, name in NAMES.items()
}
"""The statuses of each state, in order."""
GLYPHS = {
    True: {"signatory": "░", "party": "▄", "member": "▇", "suspended": "▚"},
    False: {"signatory": "-", "party": "+", "member": "=", "suspended": "x"},
}
"""By whether the stream carries them."""
LABEL = len("Azerbaijan  ")
WIDTHS = range(40, 201)
SVG = "{http://www.w3.org/2000/svg}"

bounded = settings(deadline=None, max_examples=60, derandomize=True)


def glyphs_of(row: str) -> list[str]:
    """The glyphs of a row, a run of the same one once."""
    return [glyph for glyph, _ in itertools.groupby(row.replace(" ", ""))]


def lines_of(drawn: Drawing, columns: int, *, unicode: bool = True) -> list[str] | None:
    """The chart as text."""
    lines = chart(drawn, columns, unicode=unicode)
    if lines is None:
        return None
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def drawing(csto: Dataset, basis: str | None = None) -> Drawing:
    """What is drawn of all states."""
    found = csto.timeline(basis=basis).drawing
    assert isinstance(found, Drawing)
    return found


def shown(*args: str, **variables: str) -> list[str]:
    asked = ask("timeline", *args, variables=variables)
    assert (asked.status, asked.err) == (0, "")
    return asked.out.splitlines()


# The bundled dataset


@pytest.fixture(scope="module")
def everything() -> Drawing:
    return drawing(load())


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("basis", ["joined", "in-force", "charter"])
def test_every_spell_is_seen_at_every_width_from_40_columns(basis: str, unicode: bool) -> None:
    drawn = drawing(load(), basis)
    for columns in WIDTHS:
        lines = lines_of(drawn, columns, unicode=unicode) or []
        assert max(map(len, lines)) == columns
        rows = {line[:LABEL].strip(): glyphs_of(line[LABEL:]) for line in lines}
        for state, statuses in STATUSES.items():
            assert rows[state] == [GLYPHS[unicode][s] for s in statuses], (columns, state)


@pytest.mark.parametrize("columns", [40, 41, 59, 60, 79, 80, 120, 200])
@pytest.mark.parametrize("args", ["", "uzbekistan armenia", "--from 1994-04 --to 1994-04"])
def test_no_line_is_wider_than_the_terminal(args: str, columns: int) -> None:
    lines = shown(*args.split(), COLUMNS=str(columns))
    assert max(map(len, lines)) <= columns


@pytest.mark.parametrize(
    ("args", "empty"),
    [
        ("--from 2000", ["Azerbaijan", "Georgia"]),
        ("--from 2000 --to 2001", ["Azerbaijan", "Georgia", "Uzbekistan"]),
        ("france armenia", ["France"]),
        ("armenia georgia --from 2003 --to 2004", ["Georgia"]),
        ("--to 1993", []),
    ],
)
def test_a_state_without_a_spell_on_the_days_asked_about_has_an_empty_row(
    args: str, empty: list[str]
) -> None:
    known = {*STATUSES, "France"}
    assert [line for line in shown(*args.split()) if line in known] == empty


@pytest.mark.parametrize("columns", ["1", "20", "39"])
def test_below_40_columns_each_spell_is_a_sentence(columns: str) -> None:
    text = "".join("".join(shown("uzbekistan", COLUMNS=columns)).split())
    for stretch in (
        "signatory.{,9}1992-05-15.{,9}1994-04-19",
        "party.{,9}1994-04-20.{,9}1999-04-20",
        "member.{,9}2006-06-23.{,9}2012-12-18.{,9}disputed",
        "suspended.{,9}2012-12-19",
    ):
        assert re.search(f"Uzbekistan.{{,9}}{stretch}", text)
    assert not set(GLYPHS[True].values()) & set(text)


@pytest.mark.parametrize("encoding", ["ascii", "ascii:strict", "latin-1", "koi8-r"])
def test_a_stream_that_cannot_carry_more_gets_a_chart_of_ascii(encoding: str) -> None:
    done = run(CSTO, "timeline", variables={"PYTHONIOENCODING": encoding, "COLUMNS": "80"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()
    rows = {line[:LABEL].strip(): line[LABEL:] for line in done.stdout.decode().splitlines()}
    for state, statuses in STATUSES.items():
        assert glyphs_of(rows[state]) == [GLYPHS[False][status] for status in statuses]


@pytest.mark.parametrize(
    ("args", "statuses"),
    [
        ("", ["signatory", "party", "member", "suspended"]),
        ("georgia", ["signatory", "party"]),
        ("--from 2000 --to 2001", ["party"]),
        ("uzbekistan --from 2007", ["member", "suspended"]),
    ],
)
def test_the_legend_says_what_each_glyph_shown_means(args: str, statuses: list[str]) -> None:
    text = "\n".join(shown(*args.split()))
    found = re.findall(r"([░▄▇▚]) ([a-z]+)", text)
    assert found == [(GLYPHS[True][status], status) for status in statuses]


@pytest.mark.parametrize(
    ("args", "marks"),
    [
        ("georgia", ""),
        ("azerbaijan", ""),
        ("azerbaijan --basis in-force", "?"),
        ("uzbekistan", "?"),
        ("uzbekistan --from 2007 --to 2011", ""),
        ("uzbekistan --from 2007 --to 2011 --basis charter", "?"),
        ("armenia", "*"),
        ("armenia --to 2024-02-21", ""),
        ("armenia --from 2024-02-22 --to 2024-02-22", "*"),
        ("", "?*"),
    ],
)
def test_disputes_and_remarks_are_marked_below_a_row_and_in_the_legend(
    args: str, marks: str
) -> None:
    lines = shown(*args.split())
    below = {mark for line in lines if re.fullmatch(" +[?*][ ?*]*", line) for mark in line.strip()}
    assert below - {" "} == set(marks)
    text = "\n".join(lines)
    assert ("? disputed" in text) is ("?" in marks)
    assert ("* remark" in text) is ("*" in marks)


def test_each_dispute_is_marked_and_years_are_there_at_every_width(everything: Drawing) -> None:
    for columns in WIDTHS:
        lines = lines_of(everything, columns) or []
        (row,) = [n for n, line in enumerate(lines) if line.startswith("Uzbekistan")]
        assert len(lines[row + 1].split()) == 2, columns
        assert set(lines[row + 1]) == {" ", "?"}
        assert len(re.findall(r"\b(?:19|20)\d\d\b", "\n".join(lines))) >= 2, columns


def test_the_notes_say_what_the_marks_stand_for() -> None:
    text = " ".join(" ".join(shown()).split())
    assert re.search("Uzbekistan is disputed[^.]*2006-08-16[^.]*Asia-Plus", text)
    assert re.search("Uzbekistan is disputed[^.]*2012-06-28[^.]*TASS", text)
    assert re.search("Armenia[^.]*frozen since 2024-02-22", text)


def test_colour_is_only_an_addition() -> None:
    coloured = "\n".join(shown(FORCE_COLOR="1"))
    assert "\x1b[" in coloured
    lines = [line.rstrip() for line in re.sub("\x1b\\[[0-9;]*m", "", coloured).splitlines()]
    assert lines == shown()


@pytest.mark.parametrize(
    ("args", "rows"),
    [
        (
            "uzbekistan --from 2012 --to 2012",
            [
                ("UZB", "member", "2012-01-01", "2012-12-18", True),
                ("UZB", "suspended", "2012-12-19", "2012-12-31", False),
            ],
        ),
        (
            "GE AZ --basis in-force",
            [
                ("GEO", "signatory", "1993-12-09", "1994-04-19", False),
                ("GEO", "party", "1994-04-20", "1999-04-20", False),
                ("AZE", "signatory", "1993-09-24", "1994-04-19", False),
                ("AZE", "party", "1994-04-20", "1999-04-20", True),
            ],
        ),
        ("armenia --from 2010", [("ARM", "member", "2010-01-01", "2026-11-22", False)]),
        ("uzbekistan --from 2000 --to 2001", []),
        ("france", []),
    ],
)
def test_the_rows_are_the_spells_cut_to_the_period(
    args: str, rows: list[tuple[str, str, str, str, bool]]
) -> None:
    asked = ask("timeline", *args.split(), "--format", "json", "--exit-status")
    found = [
        (row["state"], row["status"], row["first_day"], row["last_day"], row["disputed"])
        for row in json.loads(asked.out)["rows"]
    ]
    assert found == rows
    assert asked.status == (0 if rows else 1)


# Invented lanes


FOUR = {
    True: dict(zip(["one", "two", "three", "four"], "░▄▇▚", strict=True)),
    False: dict(zip(["one", "two", "three", "four"], "-+=x", strict=True)),
}


def month_by_month(statuses: list[str], counts: list[set[str]]) -> Dataset:
    """A state that has held each status for a month, one after the other."""
    days = [dt.date(2000, n, 1) for n in range(1, 13)]
    spells = [
        ("A & <B>", status, str(day), str(day.replace(day=28)))
        for day, status in zip(days, statuses, strict=False)
    ]
    return club(spells, {f"basis{n}": counted for n, counted in enumerate(counts)})


BLANK = drawing(month_by_month(["one"], [{"one"}]))


def invented(total: int, lanes: list[Lane]) -> Drawing:
    """A drawing of some days from the first one, and of four statuses."""
    return BLANK._replace(
        days=(day(0), day(total - 1)), statuses=tuple(FOUR[True]), glyphs=(0, 1, 2, 3), lanes=lanes
    )


def day(number: int) -> dt.date:
    return dt.date(1950, 1, 1) + DAY * number


@st.composite
def lanes(draw: st.DrawFn, total: int) -> Lane:
    """A state whose spells follow each other at once or later, never with the same status."""
    cuts = sorted(draw(st.sets(st.integers(0, total), min_size=2, max_size=13)))
    spells: list[Bar] = []
    for first, end in itertools.pairwise(cuts):
        others = [status for status in FOUR[True] if not spells or status != spells[-1].what]
        if draw(st.integers(0, 3)):
            status = draw(st.sampled_from(others))
            spells.append(Bar(day(first), day(end - 1), status, status))
    name = draw(st.text("ABCDEFG ", min_size=1, max_size=14)).strip() or "A"
    return Lane(name, spells, [])


@st.composite
def drawings(draw: st.DrawFn) -> Drawing:
    """Any number of days, from a day to a century."""
    total = draw(st.one_of(st.integers(1, 400), st.integers(400, 36500)))
    drawn = draw(st.lists(lanes(total), min_size=1, max_size=4))
    return invented(total, drawn)


LAST_DAYS = [Bar(day(36495 + n), day(36495 + n), ["one", "two"][n % 2], "") for n in range(5)]


@bounded
@given(drawings(), st.integers(40, 200), st.booleans())
@example(invented(36500, [Lane("A", LAST_DAYS, [])]), 40, True)
def test_no_spell_of_an_invented_state_disappears(
    drawn: Drawing, columns: int, unicode: bool
) -> None:
    lines = lines_of(drawn, columns, unicode=unicode)
    assert lines is not None
    for lane, line in zip(drawn.lanes, lines, strict=False):
        label = max(len(lane.name) for lane in drawn.lanes) + 2
        assert line.startswith(lane.name)
        assert glyphs_of(line[label:]) == [FOUR[unicode][spell.what] for spell in lane.spells]
        assert len(line) <= columns


@bounded
@given(drawings(), st.integers(1, 200))
def test_spells_have_cells_of_their_own_in_their_order(drawn: Drawing, cells: int) -> None:
    for lane in drawn.lanes:
        if len(lane.spells) > cells:
            continue
        ends = [end for pair in cell_ranges(drawn, lane, cells) for end in pair]
        assert ends == sorted(ends)
        assert all(0 <= end < cells for end in ends)
        lasts, firsts = ends[1:-1:2], ends[2::2]
        assert all(last < first for last, first in zip(lasts, firsts, strict=True))
        assert len(ends) == 2 * len(lane.spells)


@bounded
@given(st.data(), st.integers(40, 200))
def test_where_a_cell_is_a_day_every_spell_and_mark_is_on_its_days(
    data: st.DataObject, columns: int
) -> None:
    cells = columns - 3
    bars = data.draw(lanes(cells))
    first = data.draw(st.integers(0, cells - 1))
    last = data.draw(st.integers(first, cells - 1))
    mark = Bar(day(first), day(last), "?", "mark")
    lane = Lane("A", bars.spells, [mark])
    row, below, *_ = lines_of(invented(cells, [lane]), columns) or []
    wanted = [" "] * cells
    for bar in bars.spells:
        for number in range((bar.first_day - day(0)).days, (bar.last_day - day(0)).days + 1):
            wanted[number] = FOUR[True][bar.what]
    assert row == "A  " + "".join(wanted).rstrip() if bars.spells else "A"
    assert below == "   " + " " * first + "?" * (last - first + 1)


@pytest.mark.parametrize(("disputed", "remarked"), [((40, 49), (0, 99)), ((0, 99), (40, 49))])
def test_a_dispute_and_a_remark_on_the_same_days_are_both_seen(
    disputed: tuple[int, int], remarked: tuple[int, int]
) -> None:
    days = {"?": disputed, "*": remarked}
    marks = [Bar(day(first), day(last), mark, "") for mark, (first, last) in days.items()]
    lane = Lane("A", [Bar(day(0), day(99), "one", "")], marks)
    lines = lines_of(invented(100, [lane]), 103) or []
    below = "".join(itertools.takewhile(lambda line: "─" not in line, lines[1:]))
    assert set(below) - {" "} == {"?", "*"}


@bounded
@given(drawings(), st.data(), st.integers(40, 200))
def test_no_mark_disappears_however_short_it_is(
    drawn: Drawing, data: st.DataObject, columns: int
) -> None:
    last = (drawn.days[1] - drawn.days[0]).days
    first = data.draw(st.integers(0, last))
    mark = Bar(day(first), day(data.draw(st.integers(first, last))), "?", "")
    lane = drawn.lanes[0]._replace(marks=[mark])
    _, below, *_ = lines_of(drawn._replace(lanes=[lane]), columns) or []
    label = len(lane.name) + 2
    assert set(below) == {" ", "?"}
    assert below.index("?") - label == first * (columns - label) // (last + 1)


PATTERNS = {len("YYYY-MM-DD"): "%Y-%m-%d", len("YYYY-MM"): "%Y-%m"}


def named_day(label: str) -> dt.date:
    """The first day of what a label of the axis names."""
    form = PATTERNS.get(len(label))
    return dt.datetime.strptime(label, form).date() if form else dt.date(int(label), 1, 1)


@bounded
@given(
    st.dates(dt.date(600, 1, 1), dt.date(2100, 1, 1)),
    st.one_of(st.integers(0, 100), st.integers(0, 1500), st.integers(0, 2800000)),
    st.integers(40, 200),
)
@example(dt.date(1992, 5, 15), 12609, 40)
@example(dt.date(1000, 1, 1), 2800000, 40)
@example(dt.date(850, 1, 1), 55000, 60)
def test_days_stand_centred_under_their_ticks_and_apart(
    first: dt.date, length: int, columns: int
) -> None:
    drawn = invented(1, [Lane("A", [], [])])._replace(days=(first, first + DAY * length))
    _, ticks, labels, *_ = [line.ljust(columns) for line in lines_of(drawn, columns) or []]
    cells = columns - 3
    found = list(re.finditer(r"\S+", labels))
    for label in found:
        offset = (named_day(label[0]) - first).days
        tick = label.start() + len(label[0]) // 2
        assert ticks[tick] == "┬"
        assert tick - 3 == offset * cells // (length + 1)
    assert ticks.count("┬") == len(found)
    days = [named_day(label[0]) for label in found]
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("first", "last", "columns", "labels"),
    [
        ("0850-01-01", "1100-12-31", 60, "900 950 1000 1050"),
        ("1992-05-15", "2026-11-22", 60, "1995 2000 2005 2010 2015 2020 2025"),
        ("2006-01-15", "2007-10-31", 60, "2006-07 2007-01 2007-07"),
        ("2012-12-14", "2012-12-28", 80, "2012-12-17 2012-12-20 2012-12-23 2012-12-26"),
    ],
)
def test_an_axis_names_years_months_or_days(
    first: str, last: str, columns: int, labels: str
) -> None:
    days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    drawn = invented(1, [Lane("A", [], [])])._replace(days=days)
    assert (lines_of(drawn, columns) or [])[2].split() == labels.split()


@pytest.mark.parametrize(
    ("name", "spells", "columns"), [("A", 3, 39), ("A", 48, 50), ("A" * 30, 3, 41), ("A", 3, 1)]
)
def test_a_chart_without_room_is_none(name: str, spells: int, columns: int) -> None:
    bars = [Bar(day(n), day(n), ["one", "two"][n % 2], "") for n in range(spells)]
    lane = Lane(name, bars, [])
    assert lines_of(invented(100, [lane]), columns) is None


# Other datasets


TWELVE = [f"status{n}" for n in range(12)]


@bounded
@given(
    st.integers(1, len(TWELVE)),
    st.lists(st.sets(st.sampled_from(TWELVE)), min_size=1, max_size=5),
    st.booleans(),
)
@example(7, [{"status0"}], True)
@example(7, [set(TWELVE)], False)
def test_no_two_statuses_of_a_chart_share_a_glyph(
    count: int, counts: list[set[str]], unicode: bool
) -> None:
    drawn = drawing(month_by_month(TWELVE[:count], counts))
    lines = lines_of(drawn, 120, unicode=unicode)
    if lines:
        glyphs = re.findall(r"(\S) status\d+", "\n".join(lines))
        assert len(glyphs) == count
        assert len(set(glyphs)) == count
        assert glyphs == glyphs_of(lines[0].removeprefix("A & <B>"))


# The picture


def picture(*args: str) -> ElementTree.Element:
    asked = ask("timeline", *args, "--svg", "-")
    assert (asked.status, asked.err) == (0, "")
    return ElementTree.fromstring(asked.out)  # noqa: S314  # our own text


@pytest.fixture(scope="module")
def drawn() -> ElementTree.Element:
    return picture("--to", "2026-02-26")


def bars(root: ElementTree.Element) -> list[tuple[str, float, float]]:
    """What is said of each bar, where it begins, and how wide it is."""
    return [
        (str(title.text), float(rect.attrib["x"]), float(rect.attrib["width"]))
        for rect in root.iter(f"{SVG}rect")
        for title in rect.findall(f"{SVG}title")
    ]


def spell_bars(root: ElementTree.Element) -> list[tuple[str, float, float]]:
    form = re.compile(r"\w+\W+(signatory|party|member|suspended)\b.*\d{4}")
    return [bar for bar in bars(root) if form.match(bar[0])]


def test_the_picture_has_a_role_a_title_and_a_description(drawn: ElementTree.Element) -> None:
    assert (drawn.tag, drawn.attrib["role"]) == (f"{SVG}svg", "img")
    title, desc = drawn.find(f"{SVG}title"), drawn.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert drawn.attrib["aria-labelledby"].split() == [title.attrib["id"], desc.attrib["id"]]
    for words in ("Collective Security Treaty", "1992-05-15", "2026-02-26"):
        assert words in str(title.text)
    assert [text for text, _, _ in bars(drawn) if text not in str(desc.text)] == []


def test_names_that_look_like_markup_are_text_in_the_picture() -> None:
    root = ElementTree.fromstring(svg(BLANK))  # noqa: S314  # our own text
    assert "A & <B>" in [element.text for element in root.iter(f"{SVG}text")]
    assert any("5 < 6 & 7 > 6" in text for text, _, _ in bars(root))


def scale(root: ElementTree.Element) -> tuple[float, float]:
    """Where the first of the days begins, and how wide a day is."""
    left = min(x for _, x, _ in spell_bars(root))
    right = max(x + width for _, x, width in spell_bars(root))
    return left, (right - left) / (END - START).days


START, END = dt.date(1992, 5, 15), dt.date(2026, 2, 27)


def test_each_spell_has_a_bar_exactly_on_its_days_that_tells_them_and_its_act(
    drawn: ElementTree.Element,
) -> None:
    titles = {act["id"]: act["title"] for act in BUNDLED["acts"]}
    opened = {(s["state"], s["status"]): titles[s["opened_by"]] for s in BUNDLED["spells"]}
    left, a_day = scale(drawn)
    for states, status, first, last, *_ in SPELLS:
        for code in states.split():
            start = rf"{NAMES[code]}\W+{status}\b.*?{first}"
            ((text, x, width),) = [bar for bar in spell_bars(drawn) if re.match(start, bar[0])]
            stretch, act, _ = text.partition(opened[code, status])
            assert act
            days = [first] if last == ON_AND_ON else [first, last]
            assert re.findall(r"\d{4}-\d\d-\d\d", stretch) == days
            begins, *ends = map(dt.date.fromisoformat, days)
            after = ends[0] + DAY if ends else END
            assert (x - left) / a_day == pytest.approx((begins - START).days, abs=0.3)
            assert (x + width - left) / a_day == pytest.approx((after - START).days, abs=0.3)
    assert len(spell_bars(drawn)) == 26


def test_the_picture_of_ten_days_is_cut_at_its_first_and_last_day() -> None:
    root = picture("uzbekistan", "--from", "2012-12-14", "--to", "2012-12-23")
    (_, member, first), (_, suspended, second) = spell_bars(root)
    assert suspended == pytest.approx(member + first, abs=0.02)
    assert first == pytest.approx(second, abs=0.02)


def test_years_stand_in_the_picture_where_they_begin(drawn: ElementTree.Element) -> None:
    left, a_day = scale(drawn)
    labels = {
        int(str(text.text)): float(text.attrib["x"])
        for text in drawn.iter(f"{SVG}text")
        if re.fullmatch(r"\d{4}", str(text.text))
    }
    assert len(labels) > 5
    for year, x in labels.items():
        offset = (dt.date(year, 1, 1) - START).days
        assert (x - left) / a_day == pytest.approx(offset, abs=0.5)


@pytest.mark.parametrize(
    ("args", "marks"),
    [
        (
            "",
            [
                "Armenia.*frozen since 2024-02-22",
                "Uzbekistan is disputed.*2006-08-16",
                "Uzbekistan is disputed.*2012-06-28",
            ],
        ),
        ("azerbaijan --basis in-force", ["Azerbaijan is disputed.*never deposited"]),
        ("georgia", []),
    ],
)
def test_disputes_and_remarks_have_tooltips_too(args: str, marks: list[str]) -> None:
    root = picture(*args.split())
    spells = spell_bars(root)
    found = [bar[0] for bar in bars(root) if bar not in spells]
    assert len(found) == len(marks)
    assert all(re.match(mark, text) for mark, text in zip(marks, found, strict=True))


OUTSIDE = """
href <script <style <image <foreignObject <! <? @import @font-face src= data: javascript: file:
"""


def test_the_picture_refers_to_nothing_outside_of_it(drawn: ElementTree.Element) -> None:
    text = ask("timeline", "--svg", "-").out
    namespace = 'xmlns="http://www.w3.org/2000/svg"'
    assert text.count(namespace) == 1
    assert "http" not in text.replace(namespace, "")
    assert [word for word in OUTSIDE.lower().split() if word in text.lower()] == []
    assert not re.search(r"<[^>]*\son\w+=", text)
    ids = [element.attrib["id"] for element in drawn.iter() if "id" in element.attrib]
    assert {*re.findall(r"url\((.*?)\)", text)} <= {f"#{id}" for id in ids}
    assert len(ids) == len(set(ids))


def test_the_picture_has_a_light_ground_of_its_own_on_any_page(drawn: ElementTree.Element) -> None:
    ground = next(rect for rect in drawn if rect.tag == f"{SVG}rect")
    size = ground.attrib["width"], ground.attrib["height"]
    assert size == (drawn.attrib["width"], drawn.attrib["height"])
    assert drawn.attrib["viewBox"] == f"0 0 {size[0]} {size[1]}"
    assert ground.attrib["fill"] == "#ffffff"


def test_all_that_is_drawn_lies_within_the_picture(drawn: ElementTree.Element) -> None:
    width, height = float(drawn.attrib["width"]), float(drawn.attrib["height"])
    for element in drawn.findall(f"{SVG}rect"):
        box = element.attrib
        assert 0 <= float(box.get("x", 0)) <= width - float(box["width"]) + 0.01
        assert 0 <= float(box.get("y", 0)) <= height - float(box["height"])
    for element in drawn.iter(f"{SVG}text"):
        assert 0 <= float(element.attrib["y"]) <= height


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "COLUMNS": "40"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "ru_RU.KOI8-R", "PYTHONIOENCODING": "utf-16"},
        {"LANG": "de_DE.UTF-8", "TZ": "Pacific/Kiritimati", "FORCE_COLOR": "1"},
    ],
    ids=str,
)
def test_the_picture_is_the_same_bytes_on_every_run(variables: dict[str, str]) -> None:
    done = run(CSTO, "timeline", "--svg", "-", variables=variables)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == ask("timeline", "--svg", "-").out.encode()


@pytest.mark.parametrize("question", ["timeline", "series"])
def test_the_pictures_in_the_documentation_are_those_that_are_drawn(
    question: str, request: pytest.FixtureRequest
) -> None:
    path = ROOT / "docs" / f"{question}.svg"
    there = path.read_text(encoding="utf-8")
    text = ask(question, "--to", "2026-02-26", "--svg", "-").out
    if request.config.getoption("--rewrite"):
        path.write_text(text, encoding="utf-8")
    assert there == text


@pytest.mark.skipif(not shutil.which("rsvg-convert"), reason="rsvg-convert is not installed")
def test_the_picture_is_drawn_by_a_program_for_pictures(tmp_path: Path) -> None:
    done = run("rsvg-convert", "-o", str(tmp_path / "out.png"), str(ROOT / "docs/timeline.svg"))
    assert (done.returncode, done.stderr) == (0, b"")
    png = (tmp_path / "out.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) == 960


# Writing it


def saved(path: Path | str, *args: str) -> tuple[int, str]:
    asked = ask("timeline", "georgia", "--svg", str(path), *args)
    assert asked.out == ""
    return asked.status, asked.err


def georgia() -> str:
    return ask("timeline", "georgia", "--svg", "-").out


def tree(folder: Path) -> dict[str, str]:
    """Everything in a folder: the checksums of files, and what else there is."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else f"{stat.S_IFMT(path.lstat().st_mode)}"
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("force", [[], ["--force"]], ids=["", "--force"])
def test_a_picture_is_written_in_silence_to_a_file_like_any_new_one(
    tmp_path: Path, force: list[str]
) -> None:
    (tmp_path / "other").touch()
    assert saved(tmp_path / "new.svg", *force) == (0, "")
    assert (tmp_path / "new.svg").read_bytes() == georgia().encode()
    modes = {path.name: path.stat().st_mode for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(["new.svg", "other"], modes["other"])


def test_a_file_that_is_there_is_written_over_by_force_only(tmp_path: Path) -> None:
    path = tmp_path / "old.svg"
    path.write_text("old")
    status, said = saved(path)
    assert status == 2
    assert "--force" in said
    assert path.read_text() == "old"
    assert saved(path, "--force") == (0, "")
    assert path.read_text(encoding="utf-8") == georgia()
    assert os.listdir(tmp_path) == ["old.svg"]


def test_a_link_is_kept_and_the_file_that_it_leads_to_is_written(tmp_path: Path) -> None:
    file, link, nowhere = (tmp_path / name for name in ("file.svg", "link.svg", "nowhere.svg"))
    file.write_text("old")
    link.symlink_to("file.svg")
    nowhere.symlink_to("missing")
    assert (saved(link)[0], saved(nowhere)[0]) == (2, 2)
    assert file.read_text() == "old"
    assert saved(link, "--force") == (0, "")
    assert os.readlink(link) == "file.svg"
    assert file.read_text(encoding="utf-8") == georgia()
    assert sorted(os.listdir(tmp_path)) == ["file.svg", "link.svg", "nowhere.svg"]


@pytest.mark.parametrize("force", [[], ["--force"]], ids=["", "--force"])
@pytest.mark.parametrize(
    "target", ["folder", "pipe", "missing/new.svg", "file/new.svg", "/proc/csto.svg", "/", ""]
)
def test_what_cannot_be_written_is_trouble_in_one_line_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, force: list[str]
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "folder").mkdir()
    (folder / "file").write_text("old")
    os.mkfifo(folder / "pipe")
    monkeypatch.chdir(folder)
    before = tree(tmp_path)
    status, said = saved(target, *force)
    assert status == 2
    assert said.startswith("Error: ")
    assert said.count("\n") == 1
    assert tree(tmp_path) == before


@pytest.mark.parametrize("there", [True, False])
def test_a_picture_for_which_the_disk_has_no_room_is_not_written_at_all(
    tmp_path: Path, there: bool
) -> None:
    path = tmp_path / "out.svg"
    if there:
        path.write_text("old")
    before = tree(tmp_path)
    limited = 'ulimit -f 1; trap "" XFSZ; exec "$@"'
    done = run("sh", "-c", limited, "sh", CSTO, "timeline", "--svg", str(path), "--force")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"Error: ")
    assert tree(tmp_path) == before


def test_a_dash_is_stdout_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask("timeline", "--svg", "-").out.startswith("<svg ")
    assert os.listdir(tmp_path) == []
    (tmp_path / "-").write_text("old")
    assert ask("timeline", "--svg", "-").status == 0
    assert (tmp_path / "-").read_text() == "old"


def test_a_picture_that_stdout_cannot_take_is_trouble() -> None:
    done = run(CSTO, "timeline", "--svg", "-", redirect=">/dev/full")
    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: cannot write ")
