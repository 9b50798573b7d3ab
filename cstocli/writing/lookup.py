"""What the script of a page looks up: what is answered on each stretch of days."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from cstocli.escape import printable
from cstocli.questions.page import Page
from cstocli.questions.phrases import rule
from cstocli.questions.story import Story, Stretch
from cstocli.writing.markup import Html
from cstocli.writing.rows import RULE, WORDS


def lookup(page: Page) -> Html:
    """The answers as JSON that may stand in a page; each text stands in it once."""
    texts: dict[str, int] = {}
    stories = [_story(story, texts, counted=True) for story in page.states]
    stories += [_story(story, texts, counted=False) for story in page.offices]
    checked = [page.checked or dt.date.max]
    checked += [page.offices_checked] if page.offices_checked and page.offices else []
    found = {
        "days": page.days,
        "day": page.day,
        "changes": _changes(page),
        "basis": page.basis,
        "bases": [
            {"basis": basis.basis, "counts": sorted(basis.counts), "rule": f"{rule(basis)} {RULE}"}
            for basis in page.bases
        ],
        "pending": page.pending,
        "checked": checked,
        "words": WORDS,
        "stories": stories,
        "texts": list(texts),
    }
    written = json.dumps(_visible(found), ensure_ascii=False, separators=(",", ":"), default=str)
    return Html(written.replace("<", "\\u003c"))


def _story(story: Story, texts: dict[str, int], *, counted: bool) -> dict[str, Any]:
    """A state or an office, stretch by stretch."""
    return {
        "code": story.code,
        "name": story.name,
        "counted": counted,
        "items": story.items,
        "stretches": [_stretch(stretch, texts) for stretch in story.stretches],
    }


def _stretch(stretch: Stretch, texts: dict[str, int]) -> list[Any]:
    """A stretch of days, its texts by their places."""

    def place(said: str) -> int:
        return texts.setdefault(said, len(texts))

    shown = [
        [one.answer, one.tags, place(one.text), [place(note) for note in one.notes]]
        for one in stretch.shown
    ]
    return [stretch.first_day, place(stretch.word), place(stretch.detail), stretch.now, shown]


def _changes(page: Page) -> list[dt.date]:
    """The days on which a status, an answer or a mark changes, or the holder of an office."""
    found = {
        stretch.first_day
        for story in (*page.states, *page.offices)
        for before, stretch in zip(story.stretches, story.stretches[1:], strict=False)
        if _seen(before) != _seen(stretch)
    }
    return sorted(found)


def _seen(stretch: Stretch) -> object:
    """What a row shows of a stretch."""
    return stretch.word, stretch.detail, [(one.answer, one.tags) for one in stretch.shown]


def _visible(value: Any) -> Any:
    """The value with every text in it printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _visible(each) for key, each in value.items()}
    return [_visible(each) for each in value] if isinstance(value, list | tuple) else value
