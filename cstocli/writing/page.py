"""A page to look at: one HTML file that fetches nothing."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from string import Template

from cstocli.core.days import Days
from cstocli.core.finding import UNKNOWN, YES
from cstocli.questions.drawing import IMPRECISE
from cstocli.questions.page import Page
from cstocli.questions.phrases import listed, rule
from cstocli.questions.story import Shown, Story
from cstocli.writing.lanes import HEIGHTS, MARKS, axis, fill, grid, patterns, swatch
from cstocli.writing.lookup import lookup
from cstocli.writing.markup import Html, joined, tag, text
from cstocli.writing.rows import RULE, WORDS, caveat, entry, more, rows, spelled, told


def document(page: Page) -> str:
    """The page as HTML: with scripts any day of it, without them its first one."""
    style = f"{_file('page.css')}:root{{--x:{_cursor(page.day, page.days):.3f}%}}{grid(page.days)}"
    script = _file("page.js")
    checked = f" Checked up to {spelled(page.checked)}." if page.checked else ""
    return Template(_file("page.html")).substitute(
        script_hash=_hash(script),
        style_hash=_hash(style),
        title=text(page.title),
        style=style,
        patterns=patterns(),
        lead=f"Any day from {spelled(page.days[0])} to {spelled(page.days[1])}.{checked}",
        how=f"Choose a day{' and a basis' if page.bases[1:] else ''}, or a name for its story.",
        bases=_bases(page),
        rule=text(f"{rule(page.bases[page.basis])} {RULE}"),
        answer=text(_answer(page)),
        axis=axis(page.days),
        names=text(_names(page)),
        caveat=caveat(page.day, page.checked, 0) if page.checked else "",
        when=spelled(page.day),
        rows=rows(page),
        legend=_legend(page),
        told=told(page),
        sources=more("Sources", [entry(source) for source in page.sources]),
        footer=text(page.footer),
        data=lookup(page),
        script=script,
    )


def _file(name: str) -> str:
    """A file beside this one; it may lie in an archive."""
    return files("cstocli.writing").joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """By which a policy lets content of the page itself pass, and nothing else."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


def _cursor(day: dt.date, days: Days) -> float:
    """Where the middle of a day is, in hundredths of the whole."""
    return ((day - days[0]).days + 0.5) * 100 / ((days[1] - days[0]).days + 1)


def _answers(page: Page, basis: int) -> list[tuple[Story, Shown]]:
    """What is answered of each state on the first day shown."""
    return [(story, story.on(page.day).shown[basis]) for story in page.states]


def _count(page: Page, basis: int) -> int:
    """How many states are counted on the first day shown."""
    return sum(shown.answer == YES for _, shown in _answers(page, basis))


def _answer(page: Page) -> str:
    """The answer in a line."""
    counted = _count(page, page.basis)
    unknown = sum(shown.answer == UNKNOWN for _, shown in _answers(page, page.basis))
    waiting = [said for first, said in page.pending[page.basis] if first <= page.day][-1]
    return (
        f"{counted or 'no'} state{'' if counted == 1 else 's'} counted on {spelled(page.day)}"
        + (f", {unknown} more not certain" if unknown else "")
        + (f" ({waiting})" if waiting else "")
    )


def _names(page: Page) -> str:
    """The states that are counted, or may be."""
    names = []
    for story, shown in _answers(page, page.basis):
        if shown.answer in (YES, UNKNOWN):
            marks = ", ".join(tag for tag in shown.tags if tag in ("disputed", "not certain"))
            names.append(f"{story.name} ({marks})" if marks else story.name)
    return listed(names) if names else ""


def _bases(page: Page) -> Html:
    """The bases to choose from, each with how many states it counts on the day."""
    return joined(
        tag(
            "label",
            tag("input", type="radio", name="basis", id=f"basis-{index}", value=str(index),
                checked=index == page.basis),
            tag("span", f"{basis.basis} ", tag("span", str(_count(page, index)), class_="count")),
        )
        for index, basis in enumerate(page.bases)
    )  # fmt: skip


def _legend(page: Page) -> Html:
    """What each look means."""
    items = [
        (swatch(fill(place), HEIGHTS[min(place, 2)]), status.status, status.text)
        for status, place in page.statuses
    ]
    drawn = {bar.what for story in page.states for lane in story.lanes for bar in lane.marks}
    items += [
        (swatch(class_, 4), {"unsure": "not certain"}.get(class_, class_), meaning)
        for mark, (class_, meaning) in MARKS.items()
        if mark in drawn
    ]
    lines = [tag("li", look, tag("span", tag("b", name), f" {said}")) for look, name, said in items]
    dots = [
        tag("li", tag("span", tag("span", class_=f"dot {answer}"), said))
        for answer, said in WORDS.items()
        if answer != UNKNOWN or IMPRECISE in drawn
    ]
    return tag("ul", *lines, *dots, class_="legend")
