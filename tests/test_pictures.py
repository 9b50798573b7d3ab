"""How pictures are laid out: looks, widths and words, as a browser and other programs draw them."""

from __future__ import annotations

import html
import itertools
import json
import re
import shutil
import sys
import zlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from browser import CHROMIUM
from documents import club, written
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from running import ask, run

from cstocli import Dataset, load
from cstocli.questions.drawing import Drawing, Steps
from cstocli.reading.files import data_file
from cstocli.writing import steps, svg
from cstocli.writing.flags import Flag, hoisted
from cstocli.writing.lettering import width
from cstocli.writing.palette import DARK, LIGHT
from cstocli.writing.wrapping import wrapped

SVG = "{http://www.w3.org/2000/svg}"
SPOKEN = [
    "中华人民共和国",
    "日本国",
    "대한민국",
    "ราชอาณาจักรไทย",
    "ສາທາລະນະລັດ ປະຊາທິປະໄຕ",
    "भारत गणराज्य",
    "Ўзбекистон Республикаси",
    "საქართველო",
    "WWWWWWWW MMMMMMM",
    "Straße Ærø İstanbul",
]
"""Names in wide letters, in letters with marks above and below, and in many scripts."""
STATUSES = ["applicant", "observer", "dialogue partner", "associate", "candidate", "signatory"]
STATUSES += ["full member", "suspended", "withdrawn, yet bound by its obligations of former times"]
"""Nine, of which the last takes a third of a line."""
LONG = "Who belonged to it, and who did not any more: " + "W" * 90 + " " + "中" * 60
bounded = settings(deadline=None, max_examples=60, derandomize=True)


def many_scripts() -> Dataset:
    """A state in each script, with spells of all nine statuses."""
    return club(
        [
            (name, status, f"{1990 + 2 * place}-01-01", f"{1991 + 2 * place}-06-30")
            for shift, name in enumerate(SPOKEN)
            for place, status in enumerate(STATUSES[shift % 9 :] + STATUSES[: shift % 9])
        ],
        {"basis": ["full member"]},
    )


def neighbour(name: str) -> Dataset:
    return load(str(Path(data_file("membership.json")).parent / "neighbours" / f"{name}.json"))


def lanes(csto: Dataset, **options: str) -> str:
    """The timeline as a picture."""
    drawn = csto.timeline().drawing
    assert isinstance(drawn, Drawing)
    return svg.picture(drawn, **options)


def stairs(csto: Dataset, basis: str | None = None, **options: str) -> str:
    """The series as a picture."""
    drawn = csto.series(basis=basis).drawing
    assert isinstance(drawn, Steps)
    return steps.picture(drawn, **options)


def joining(states: int, every: int = 400) -> Dataset:
    """States that join one after the other, every third of which leaves."""
    days = [f"{1950 + n * every // 365}-{1 + n * every % 365 // 31:02}-15" for n in range(states)]
    return club(
        [
            (f"State number {n}", "member", day, None if n % 3 else f"{2000 + n % 20}-05-01")
            for n, day in enumerate(days)
        ],
        {"basis": ["member"]},
    )


PICTURES: dict[str, Callable[[], str]] = {
    "the treaty": lambda: lanes(load()),
    "the commonwealth, by night": lambda: lanes(neighbour("cis"), theme="dark"),
    "nine statuses, a long title": lambda: lanes(many_scripts(), title=LONG),
    "forty states": lambda: lanes(joining(40)),
    "names of many lines": lambda: lanes(
        club(
            [
                (f"{name} and all that it holds beyond the seas " * 4, "member", first, None)
                for name, first in (("中", "1900-01-01"), ("W", "1950"), ("M", "1951-05-05"))
            ],
            {"basis": ["member"]},
        )
    ),
    "steps of the treaty": lambda: stairs(load()),
    "steps under the charter": lambda: stairs(load(), "charter", theme="auto"),
    "steps of the commonwealth": lambda: stairs(neighbour("cis")),
    "steps of the alliance": lambda: stairs(neighbour("nato"), title=LONG),
    "steps in many scripts": lambda: stairs(many_scripts()),
    "steps of forty states": lambda: stairs(joining(40)),
    "steps of thirty states": lambda: stairs(joining(30, 900)),
    "steps of three hundred states": lambda: stairs(joining(300, 80)),
}


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314  # our own text


def said(text: str) -> list[str]:
    """The lines of text of a picture, as they are read."""
    return ["".join(element.itertext()) for element in parsed(text).iter(f"{SVG}text")]


# What a browser makes of them


FONTS = list(enumerate(["", "DejaVu Sans", "Noto Sans"]))
"""The fonts in which pictures are drawn: their own, and the widest that are common."""


class Box(NamedTuple):
    """Something drawn, in pixels."""

    what: str
    left: float
    top: float
    right: float
    bottom: float
    size: float = 0
    bold: bool = False


MEASURE = """
document.fonts.ready.then(() => {
  const found = [...document.querySelectorAll('svg')].map((svg) => {
    const edge = svg.getBoundingClientRect();
    const box = (what, element, top, bottom) => {
      const at = element.getBoundingClientRect();
      return [what, at.left - edge.left, top ?? at.top - edge.top, at.right - edge.left,
              bottom ?? at.bottom - edge.top];
    };
    const texts = [...svg.querySelectorAll('text')].map((text) => {
      const base = Number(text.getAttribute('y'));
      const size = parseFloat(getComputedStyle(text).fontSize);
      const bold = getComputedStyle(text).fontWeight === '700';
      return [...box(text.textContent, text, base - size * 0.72, base + size * 0.2), size, bold];
    });
    const bars = [...svg.querySelectorAll('rect')].filter((rect) => rect.querySelector('title'))
      .map((rect) => box('', rect));
    return [Number(svg.getAttribute('width')), texts, bars];
  });
  document.body.textContent = JSON.stringify(found);
});
"""


class Drawn(NamedTuple):
    """What a browser makes of a picture in a font."""

    picture: str
    font: str
    wide: float
    texts: list[Box]
    bars: list[Box]


@pytest.fixture(scope="session")
def in_browser(tmp_path_factory: pytest.TempPathFactory) -> list[Drawn]:
    """All pictures in all fonts, as Chromium draws them."""
    if not CHROMIUM:
        pytest.skip("chromium is not installed")
    page = tmp_path_factory.mktemp("pictures") / "page.html"
    pictures = {name: draw() for name, draw in PICTURES.items()}
    style = "".join(f".f{n} text,.f{n} tspan{{font-family:{font}!important}}" for n, font in FONTS)
    drawn = (
        f"<div class=f{n if font else ''}>{text}</div>"
        for n, font in FONTS
        for text in pictures.values()
    )
    page.write_text(
        f"<!doctype html><meta charset=utf-8><style>{style}</style><body>{''.join(drawn)}"
        f"<script>{MEASURE}</script>",
        encoding="utf-8",
    )
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=9000"]
    variables = {"HOME": str(page.parent)}
    done = run(CHROMIUM, *options, "--dump-dom", page.as_uri(), variables=variables)
    (body,) = re.findall("<body>(.*?)</body>", done.stdout.decode(), re.DOTALL)
    names = ((name, font) for _, font in FONTS for name in pictures)
    return [
        Drawn(*named, wide, [Box(*box) for box in texts], [Box(*box) for box in bars])
        for named, (wide, texts, bars) in zip(names, json.loads(html.unescape(body)), strict=True)
    ]


def overlap(one: Box, other: Box) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 1 and high > 1


def test_no_text_is_cut_and_none_is_under_a_bar_or_another_text(in_browser: list[Drawn]) -> None:
    for name, font, wide, texts, bars in in_browser:
        shown = [text for text in texts if text.what.strip()]
        assert shown
        cut = [text for text in shown if text.left < 0 or text.right > wide]
        under = [(text, bar) for text in shown for bar in bars if overlap(text, bar)]
        close = [pair for pair in itertools.combinations(shown, 2) if overlap(*pair)]
        assert (name, font, cut, under, close) == (name, font, [], [], [])


def test_text_is_never_wider_than_it_was_taken_to_be(in_browser: list[Drawn]) -> None:
    texts = [(drawn.font, text) for drawn in in_browser for text in drawn.texts]
    wider = [
        (font, text)
        for font, text in texts
        if text.right - text.left > width(text.what, text.size, bold=text.bold) + 0.2
    ]
    assert wider == []


@pytest.mark.skipif(not shutil.which("rsvg-convert"), reason="rsvg-convert is not installed")
@pytest.mark.parametrize("name", [name for name in PICTURES if "night" not in name])
def test_a_program_that_reads_no_media_query_draws_a_picture_as_by_day(
    tmp_path: Path, name: str
) -> None:
    text = PICTURES[name]()
    pictures = {"as it is": text, "without a style": re.sub("<style>.*</style>", "", text)}
    drawn = []
    for title, content in pictures.items():
        path = tmp_path / f"{title}.svg"
        path.write_text(content, encoding="utf-8")
        done = run("rsvg-convert", str(path))
        assert (done.returncode, done.stderr) == (0, b"")
        drawn.append(done.stdout)
    assert drawn[0] == drawn[1]
    assert pixel(drawn[0], 12, 12) == LIGHT["ground"]


# Looks


def look(text: str, status: str) -> tuple[str | None, str]:
    """How a status looks in a legend, but for its colour: its height, and its pattern."""
    root = parsed(text)
    (words,) = [each for each in root.iter(f"{SVG}text") if each.text == status]
    at = float(words.attrib["x"]), float(words.attrib["y"])
    (swatch,) = [
        rect
        for rect in root.findall(f"{SVG}rect")
        if 0 < at[0] - float(rect.get("x", 0)) < 40 and 0 < at[1] - float(rect.get("y", 0)) < 20
    ]
    fill = re.fullmatch(r"url\(#(.*)\)", swatch.attrib["fill"])
    if not fill:
        return swatch.attrib["height"], ""
    (tile,) = [each for each in root.iter(f"{SVG}pattern") if each.get("id") == fill[1]]
    shape, line = tile
    bright = shape.attrib["fill"] in (LIGHT["tint"], DARK["tint"])
    turned = f"{tile.get('patternTransform')} {tile.get('width')} {bright}"
    return swatch.attrib["height"], f"{turned} {line.get('d')} {line.get('stroke-width')}"


@pytest.mark.parametrize("counted", [0, 1, 2, 9])
@pytest.mark.parametrize("count", [9, 40])
def test_each_status_has_a_look_of_its_own_without_its_colour(count: int, counted: int) -> None:
    names = [f"status {n}" for n in range(count)]
    days = [(f"{1950 + n}-01-01", f"{1950 + n}-12-31") for n in range(count)]
    told = [("A", name, *ends) for name, ends in zip(names, days, strict=True)]
    bases = {f"basis {n}": names[: counted - n] for n in range(3)} if counted else {"one": ["none"]}
    text = lanes(club(told, bases))
    assert len({look(text, name) for name in names}) == count
    fills = {rect.get("fill") for rect in parsed(text).iter(f"{SVG}rect") if rect.findall("*")}
    assert len(fills) == count


def test_colours_of_day_and_night_are_those_of_the_same_things() -> None:
    assert LIGHT.keys() == DARK.keys()
    for theme in (LIGHT, DARK):
        assert len({theme[f"s{place}"] for place in range(12)}) == 12


def luminance(colour: str) -> float:
    """How bright a colour is, as WCAG counts it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_bars_stand_out_from_the_ground(theme: dict[str, str]) -> None:
    ground = luminance(theme["ground"])
    for role, least in [("ink", 7), ("soft", 4.5), ("disputed", 4.5), ("remark", 4.5)] + [
        (f"s{place}", 3) for place in range(1, 12)
    ]:
        bright, dark = sorted((luminance(theme[role]), ground), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= least, role


@pytest.mark.parametrize("command", ["timeline", "series"])
def test_a_theme_is_in_the_document_and_auto_has_both(command: str) -> None:
    light, dark, auto = (
        ask(command, "--svg", "-", "--theme", theme).out for theme in ("light", "dark", "auto")
    )
    assert ask(command, "--svg", "-").out == light
    assert LIGHT["ground"] in light
    assert DARK["ground"] not in light
    assert DARK["ground"] in dark
    assert LIGHT["ground"] not in dark
    bare = re.sub(r' class="[^"]*"', "", re.sub("<style>.*</style>\n", "", auto))
    assert bare == light
    (style,) = re.findall("<style>(.*)</style>", auto)
    assert style.startswith("@media (prefers-color-scheme:dark){")
    rules = dict(re.findall(r"\.([\w-]+)\{([^}]*)\}", style))
    for names in re.findall('class="([^"]*)"', auto):
        for name in names.split():
            what, colour = rules[name].split(":")
            assert colour == DARK[name.removesuffix(f"-{what}")]


# Words


def badges(text: str) -> list[tuple[str, float, float]]:
    """The numbers in frames, and where they stand."""
    return [
        (str(element.text), float(element.attrib["x"]), float(element.attrib["y"]))
        for element in parsed(text).iter(f"{SVG}text")
        if element.get("font-size") == "10" and element.get("text-anchor") == "middle"
    ]


@pytest.mark.parametrize("draw", [lanes, stairs])
def test_each_dispute_and_remark_has_a_number_and_its_words_below(
    draw: Callable[[Dataset], str],
) -> None:
    text = draw(load())
    words = " ".join(said(text))
    expected = {
        "Uzbekistan is disputed: not before 2006-08-16 according to",
        "Uzbekistan is disputed: suspended already from 2012-06-28 according to",
    }
    if draw is lanes:
        expected.add("Armenia: declares its participation frozen since 2024-02-22; no notice")
    assert {each for each in expected if each in words} == expected
    numbers = [number for number, _, _ in badges(text)]
    assert sorted(numbers) == sorted([str(n + 1) for n in range(len(expected))] * 2)


def test_a_long_remark_is_broken_into_lines_and_nothing_of_it_is_lost() -> None:
    csto = neighbour("cis")
    remarks = {remark.text for remark in csto.records.remarks}
    words = " ".join(said(lanes(csto)))
    assert [text for text in remarks if text not in words] == []
    assert any(len(text) > 150 for text in remarks)


def test_a_mark_is_as_long_as_its_days_and_its_number_beside_it() -> None:
    text = lanes(load())
    rects = [
        rect for rect in parsed(text).iter(f"{SVG}rect") if rect.find(f"{SVG}title") is not None
    ]
    (mark,) = [r for r in rects if "not before 2006-08-16" in str(r[0].text)]
    (bar,) = [r for r in rects if str(r[0].text).startswith("Uzbekistan: member")]
    days = float(bar.attrib["width"]) / (12 * 182.62 + 179)
    assert float(mark.attrib["x"]) == float(bar.attrib["x"])
    assert float(mark.attrib["width"]) == pytest.approx(54 * days, rel=0.1)
    end = float(mark.attrib["x"]) + float(mark.attrib["width"])
    assert [n for n, x, y in badges(text) if n == "2" and 0 < x - end < 15]


def test_a_bound_that_is_not_known_is_marked_without_a_number() -> None:
    told = [("Narnia", "member", "2000", "2006-04"), ("Gondor", "member", "2001-06-01", None)]
    text = lanes(club(told, {"one": ["member"]}))
    assert "not known to the day" in said(text)
    assert badges(text) == []
    tips = [str(title.text) for title in parsed(text).iter(f"{SVG}title")]
    assert any("known only as 2006-04" in tip for tip in tips)


@pytest.mark.parametrize("command", ["timeline", "series"])
@pytest.mark.parametrize("title", ["Who? <b>&amp;", "มี \x1b[31m title", "中" * 200, "W" * 500])
def test_a_title_is_text_and_all_of_it_is_there(command: str, title: str) -> None:
    text = ask(command, "--svg", "-", "--title", title).out
    shown = title.replace("\x1b", "\\x1b")
    assert shown.replace(" ", "") in "".join(said(text)).replace(" ", "")
    heading = parsed(text).find(f"{SVG}title")
    assert heading is not None
    assert str(heading.text).startswith(f"{shown}, 1992-05-15 to ")


# The series


def test_a_step_stands_on_the_very_day_and_is_as_high_as_the_change() -> None:
    told = [("A", "member", "2000-01-01", "2000-12-31"), ("B", "member", "2000-01-11", None)]
    told += [("C", "member", "2000-01-11", "2000-01-30")]
    csto = club(told, {"one": ["member"]})
    drawn = csto.series(during=("2000-01-01", "2000-01-31")).drawing
    assert isinstance(drawn, Steps)
    assert [(str(s.day), s.step, s.names) for s in drawn.steps] == [
        ("2000-01-01", 1, ("A",)),
        ("2000-01-11", 1, ("B", "C")),
        ("2000-01-31", -1, ("C",)),
    ]
    root = parsed(steps.picture(drawn))
    (line,) = [p.attrib["d"] for p in root.iter(f"{SVG}path") if p.get("stroke-width") == "2.5"]
    start = [float(number) for number in re.findall(r"M([\d.]+) ([\d.]+)", line)[0]]
    ends = [float(x) for x in re.findall(r"H([\d.]+)", line)]
    heights = [float(y) for y in re.findall(r"V([\d.]+)", line)]
    a_day = (ends[-1] - start[0]) / 31
    assert [(x - start[0]) / a_day for x in ends] == pytest.approx([0, 10, 30, 31], abs=0.01)
    one = start[1] - heights[0]
    assert [(start[1] - y) / one for y in heights] == pytest.approx([1, 3, 2], abs=0.01)


@pytest.mark.parametrize("name", ["steps of the treaty", "steps of the alliance"])
def test_who_joined_and_left_is_named_with_the_day(name: str) -> None:
    words = " ".join(said(PICTURES[name]()))
    expected = {
        "steps of the treaty": [
            "Armenia, Kazakhstan, Kyrgyzstan, Russia, Tajikistan and Uzbekistan 1992-05-15",
            "Azerbaijan 1993-09-24",
            "Azerbaijan, Georgia and Uzbekistan 1999-04-21",
            "Uzbekistan 2012-12-19",
        ],
        "steps of the alliance": ["Sweden 2024-03-07", "Greece and Türkiye 1952-02-18"],
    }[name]
    assert [each for each in expected if each not in words] == []


@pytest.mark.parametrize(("count", "every", "numbered"), [(30, 900, 2), (40, 400, 1), (300, 80, 1)])
def test_what_has_no_room_above_the_line_is_listed_below_it(
    count: int, every: int, numbered: int
) -> None:
    drawn = stairs(joining(count, every))
    words = said(drawn)
    assert {*re.findall(r"State number (\d+)", " ".join(words))} == {str(n) for n in range(count)}
    assert words.count("17") == numbered  # above by its number alone, where there is room for that
    plot = {p.get("stroke-width"): p.attrib["d"] for p in parsed(drawn).iter(f"{SVG}path")}["2.5"]
    assert max(map(float, re.findall(r"V([\d.]+)", plot))) < 600


def test_a_change_that_is_not_known_to_the_day_says_how_far_it_is_known() -> None:
    csto = club([("Narnia", "member", "2000", "2006-04")], {"one": ["member"]})
    words = said(stairs(csto))
    assert {"Narnia in 2000", "Narnia in 2006-04"} <= set(words)
    assert not [text for text in words if "2000-01-01" in text and "to" not in text]


@bounded
@given(
    st.lists(
        st.tuples(st.floats(0, 900), st.floats(1, 300), st.integers(1, 4)), min_size=1, max_size=25
    )
)
def test_no_two_flags_stand_in_the_same_place(told: list[tuple[float, float, int]]) -> None:
    flags = [
        Flag(number, x, wide, high, back=x + wide > 900)
        for number, (x, wide, high) in enumerate(told)
    ]
    rows = hoisted(flags)
    for (one, row), (other, under) in itertools.combinations(zip(flags, rows, strict=True), 2):
        apart = row + one.high <= under or under + other.high <= row
        assert apart or not one.touches(other)


def test_flags_to_the_right_of_their_staffs_are_crossed_by_none() -> None:
    near = [Flag(n, 10.0 * n, 100, 1, back=False) for n in range(8)]
    stack = [Flag(0, 330, 60, 1, back=False), Flag(1, 320, 60, 2, back=False)]
    far = [*stack, Flag(2, 290, 60, 1, back=False), Flag(3, 100, 195, 1, back=False)]
    assert hoisted(far) == [0, 1, 3, 4]
    for flags in (near, far):
        rows = hoisted(flags)
        for one, other in itertools.permutations(flags, 2):
            assert not (one.covers(other) and rows[one.number] < rows[other.number])


def test_a_series_draws_the_same_in_every_process() -> None:
    for seed in ("1", "2"):
        done = run(
            sys.executable, "-m", "cstocli", "series", "--svg", "-",
            variables={"PYTHONHASHSEED": seed, "LC_ALL": "C", "COLUMNS": "40"},
        )  # fmt: skip
        assert done.stdout == ask("series", "--svg", "-").out.encode()


def test_a_picture_of_a_series_is_of_the_days_and_the_basis_asked_about() -> None:
    text = ask("series", "--from", "1999", "--to", "1999", "--basis", "in-force", "--svg", "-").out
    words = " ".join(said(text))
    assert "1999-01-01 to 1999-12-31" in words
    assert "Basis in-force" in words
    assert "1992" not in words
    cut = ask("series", "--from", "2025", "--to", "2030", "--svg", "-")
    assert cut.err == "Note: cut at 2026-11-22, the last day that can be asked.\n"


# Days


def test_a_day_in_a_century_is_seen_and_not_out_of_the_picture() -> None:
    told = [("A", "member", "1900-01-01", "1900-01-01"), ("B", "member", "1999-12-31", None)]
    drawn = club(told, {"one": ["member"]}).timeline(during=("1900", "1999")).drawing
    assert isinstance(drawn, Drawing)
    rects = [r for r in parsed(svg.picture(drawn)).iter(f"{SVG}rect") if r.findall("*")]
    assert [float(rect.attrib["width"]) for rect in rects] == [1.5, 1.5]
    assert float(rects[1].attrib["x"]) == 960 - 24 - 1.5


# Lines


@bounded
@given(st.text(), st.integers(1, 40))
def test_lines_have_room_and_nothing_is_lost(text: str, room: int) -> None:
    lines = wrapped(text, room, cell_len)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert cell_len(line) <= room or cell_len(line) <= 2 or len(line) == 1


@bounded
@given(st.lists(st.text("abcdef-,é", min_size=1, max_size=12)), st.integers(12, 40))
def test_a_word_that_has_room_is_not_broken(words: list[str], room: int) -> None:
    assert " ".join(wrapped(" ".join(words), room, cell_len)).split() == words


def test_chinese_is_broken_anywhere_but_before_a_full_stop() -> None:
    assert wrapped("中华人民，共和国。", 8, cell_len) == ["中华人", "民，共和", "国。"]
    assert wrapped("ab 中华人民", 7, cell_len) == ["ab 中华", "人民"]
    assert wrapped("ราชอาณาจักรไทย", 6, cell_len)[0] == "ราชอาณ"


# The terminal


@pytest.mark.parametrize(
    ("command", "begins"), [("timeline", "▇"), ("members --on 2001-01-01", "2000-01-01")]
)
@pytest.mark.parametrize("columns", ["70", "120"])
def test_columns_begin_in_one_place_and_names_are_whole_whatever_their_script(
    tmp_path: Path, command: str, begins: str, columns: str
) -> None:
    rows = [f"{name},2000-01-01,2002-01-01" for name in SPOKEN]
    path = written(tmp_path, "\n".join(["state,first_day,last_day", *rows, ""]), "club.csv")
    words = ["--data", path, "--state-code", "text", *command.split()]
    asked = ask(*words, variables={"COLUMNS": columns})
    assert asked.status == 0, asked.err
    lines = asked.out.splitlines()
    begun = {cell_len(line.partition(begins)[0]) for line in lines[2:] if begins in line[1:]}
    assert len(begun) == 1
    assert max(map(cell_len, lines)) <= int(columns)
    assert [name for name in SPOKEN if not any(line.startswith(name) for line in lines)] == []


def test_a_name_in_wide_letters_that_has_room_is_not_broken(tmp_path: Path) -> None:
    name = "中华人民共和国万岁万岁万万岁人民团结"
    path = written(tmp_path, f"state,first_day,last_day\n{name},2000-01-01,\n", "club.csv")
    asked = ask("--data", path, "--state-code", "text", "members", variables={"COLUMNS": "80"})
    assert any(line.startswith(f"{name}  ") for line in asked.out.splitlines())


def test_a_note_in_wide_letters_is_no_wider_than_the_terminal(tmp_path: Path) -> None:
    path = written(tmp_path, f"state,first_day,last_day\n{'中' * 30},2000,\n", "club.csv")
    asked = ask("--data", path, "members", "--on", "2000", variables={"COLUMNS": "50"})
    assert max(map(cell_len, asked.out.splitlines())) <= 50
    assert "not certain" in asked.out


def test_nine_statuses_have_nine_glyphs_and_a_legend_no_wider_than_the_terminal() -> None:
    for unicode in (True, False):
        from cstocli.writing.chart import chart

        drawn = many_scripts().timeline().drawing
        assert isinstance(drawn, Drawing)
        lines = ["".join(t for t, _ in line) for line in chart(drawn, 60, unicode=unicode) or []]
        assert max(map(cell_len, lines)) <= 60
        legend = "\n".join(lines[len(SPOKEN) + 2 :])
        glyphs = [re.findall(rf"(\S) {status.split(',')[0]}", legend) for status in STATUSES]
        assert len(set(map(tuple, glyphs))) == 9
        assert "former times" in legend


# PNG


def pixel(png: bytes, x: int, y: int) -> str:
    """The colour of a pixel of a PNG."""
    wide, channels = int.from_bytes(png[16:20]), {2: 3, 6: 4}[png[25]]
    data, at = b"", 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += length + 12
    raw, step = zlib.decompress(data), wide * channels + 1
    above = bytearray(step - 1)
    for row in range(y + 1):
        how, line = raw[row * step], bytearray(raw[row * step + 1 : (row + 1) * step])
        for i in range(len(line)):
            a = line[i - channels] if i >= channels else 0
            b, c = above[i], above[i - channels] if i >= channels else 0
            near = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
            line[i] = (line[i] + (0, a, b, (a + b) // 2, near)[how]) % 256
        above = line
    return f"#{above[x * channels : x * channels + 3].hex()}"


@cache
def has_fonts() -> bool:
    from resvg_py import svg_to_bytes

    box = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">{}</text></svg>'
    return bytes(svg_to_bytes(box.format("W"))) != bytes(svg_to_bytes(box.format("")))


with_fonts = pytest.mark.skipif(not has_fonts(), reason="no fonts are installed")


@with_fonts
@pytest.mark.parametrize("command", ["timeline", "series"])
def test_a_png_is_twice_as_wide_and_has_the_colours_of_its_theme(
    tmp_path: Path, command: str
) -> None:
    grounds = {"light": LIGHT["ground"], "dark": DARK["ground"], "auto": LIGHT["ground"]}
    drawn = {}
    for theme, ground in grounds.items():
        path = tmp_path / f"{theme}.png"
        asked = ask(command, "--png", str(path), "--theme", theme)
        assert asked == (0, "", "")
        drawn[theme] = path.read_bytes()
        assert int.from_bytes(drawn[theme][16:20]) == 1920
        assert pixel(drawn[theme], 24, 24) == ground
    assert drawn["light"] == drawn["auto"] != drawn["dark"]


@with_fonts
def test_both_kinds_can_be_written_at_once_and_a_png_can_go_to_stdout(tmp_path: Path) -> None:
    both = [str(tmp_path / name) for name in ("a.svg", "a.PNG")]
    assert ask("series", "--svg", both[0], "--png", both[1]) == (0, "", "")
    png = Path(both[1]).read_bytes()
    assert png.startswith(b"\x89PNG")
    assert Path(both[0]).read_text(encoding="utf-8") == ask("series", "--svg", "-").out
    done = run(sys.executable, "-m", "cstocli", "series", "--png", "-")
    assert (done.returncode, done.stdout) == (0, png)
    again = ask("series", "--png", both[1])
    assert again.status == 2
    assert "--force" in again.err
    assert ask("series", "--png", both[1], "--force").status == 0


def test_without_its_library_a_png_is_refused_and_the_extra_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    asked = ask("timeline", "--png", str(tmp_path / "a.png"))
    assert asked.status == 2
    assert "pip install 'csto[png]'" in asked.err
    assert list(tmp_path.iterdir()) == []


def test_without_fonts_a_png_is_refused_and_not_drawn_without_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resvg_py

    bare = partial(resvg_py.svg_to_bytes, skip_system_fonts=True)
    monkeypatch.setattr(resvg_py, "svg_to_bytes", bare)
    asked = ask("timeline", "--png", str(tmp_path / "a.png"))
    assert asked.status == 2
    assert "this machine has no font" in asked.err
    assert list(tmp_path.iterdir()) == []


@with_fonts
def test_letters_that_no_font_has_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resvg_py

    def without_lao(text: str, **options: float) -> bytes:
        return bytes(draw(re.sub("[\u0e80-\u0eff]", "\u0378", text), **options))

    draw: Callable[..., bytes] = resvg_py.svg_to_bytes
    monkeypatch.setattr(resvg_py, "svg_to_bytes", without_lao)
    asked = ask("timeline", "--png", str(tmp_path / "a.png"), "--title", "ລາວ")
    assert asked.status == 2
    assert "no font of this machine has the letters 'ລວາ'" in asked.err


# What is refused


@pytest.mark.parametrize("command", ["timeline", "series"])
@pytest.mark.parametrize(
    ("args", "advice"),
    [
        ("--svg x.png", "--png x.png"),
        ("--svg x.PNG", "--png x.PNG"),
        ("--png x.svg", "--svg x.svg"),
        ("--svg x --png x", "both 'x'"),
        ("--svg - --png -", "both '-'"),
        ("--title Who", "--svg FILE or --png FILE"),
        ("--theme dark", "--svg FILE or --png FILE"),
        ("--svg - --theme drk", "Did you mean dark?"),
        ("--svg - --title=", "a title has a letter"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, args: str, advice: str
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ask(command, *args.split())
    assert (asked.status, asked.out) == (2, "")
    assert advice in asked.err
    assert list(tmp_path.iterdir()) == []


def test_a_question_without_a_picture_imports_nothing_for_one() -> None:
    from running import imported

    for args in ("series --format tsv", "timeline --format tsv"):
        modules = imported(*args.split())
        drawing = {"cstocli.writing.canvas", "cstocli.writing.png", "rich", "resvg_py"}
        assert modules & drawing == set()
