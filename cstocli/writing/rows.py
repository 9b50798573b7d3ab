"""The rows of a page, each a state or an office on a day, and the lists that tell of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from cstocli.core.finding import NO, UNKNOWN, YES
from cstocli.core.model import Source
from cstocli.questions.items import ACT, BESIDE, DISPUTE, QUESTION, REMARK, SPELL, TERM, Item
from cstocli.questions.page import Page
from cstocli.questions.story import Story
from cstocli.writing.lanes import lane
from cstocli.writing.markup import Html, joined, tag

WORDS = {YES: "counted", NO: "not counted", UNKNOWN: "not certain"}
"""What each answer is called."""
RULE = "First and last days included."
"""How days are counted, as it is said after a basis."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_HEADINGS = {
    SPELL: "Spells",
    TERM: "Terms of office",
    ACT: "Acts that opened or closed a spell",
    REMARK: "Remarks",
    DISPUTE: "Disputes",
    QUESTION: "Open questions",
    BESIDE: "In other organisations",
}


def rows(page: Page) -> Html:
    """The rows of all states, and of the offices if there are any.

    Their parts say what they are: some browsers forget it of a table that is laid out as a grid.
    """
    states = [_row(page, story, index, counted=True) for index, story in enumerate(page.states)]
    body = tag("tbody", *states, role="rowgroup")
    if not page.offices:
        return body
    offices = [
        _row(page, story, index, counted=False)
        for index, story in enumerate(page.offices, len(states))
    ]
    checked = page.offices_checked
    heading = tag(
        "th",
        "Who held office",
        caveat(page.day, checked, 1) if checked else "",
        colspan="3",
        scope="rowgroup",
        role="rowheader",
    )
    group = tag("tr", heading, class_="group", role="row")
    return joined([body, tag("tbody", group, *offices, role="rowgroup")])


def caveat(day: dt.date, checked: dt.date, index: int) -> Html:
    """What is said of days after the last one that was checked, hidden on all others."""
    said = f"As last checked on {spelled(checked)}; later days are answered as of then."
    return tag("p", said, class_="caveat", id=f"caveat-{index}", hidden=day <= checked)


def _row(page: Page, story: Story, index: int, *, counted: bool) -> Html:
    """What a state or an office was on the first day shown; its name leads to its story."""
    stretch = story.on(page.day)
    shown = stretch.shown[page.basis if counted else 0]
    dot = tag(
        "span",
        class_=f"dot {shown.answer}",
        role="img",
        title=WORDS.get(shown.answer),
        aria_label=WORDS.get(shown.answer),
    )
    link = tag(
        "a",
        tag("bdi", story.name),
        href=f"#item-{story.items[0]}" if story.items else f"#row-{index}",
        aria_expanded="false",
    )
    plot = [lane(page, story), tag("i", class_="cursor")]
    status = [
        tag("b", stretch.word, class_="word"),
        " ",
        tag("span", *map(_tag, shown.tags), class_="tags"),
        " ",
        tag("span", stretch.detail, class_="detail"),
    ]
    return tag(
        "tr",
        tag("th", dot if counted else "", link, scope="row", role="rowheader"),
        tag("td", *plot, class_="plot", role="cell"),
        tag("td", *status, class_="status", role="cell"),
        class_="grid no" if shown.answer in (NO, "") else "grid",
        id=f"row-{index}",
        role="row",
    )


def _tag(said: str) -> Html:
    """A tag beside a status."""
    return tag("span", said, class_=f"tag {said.replace(' ', '-')}")


def told(page: Page) -> Html:
    """All that the stories tell, each thing once, in a list for each sort."""
    linked = {story.items[0] for story in (*page.states, *page.offices) if story.items}
    lines = [
        (one.sort, _item(one, f"item-{place}" if place in linked else None))
        for place, one in enumerate(page.items)
    ]
    return joined(
        more(heading, [line for of, line in lines if of == sort], opened=sort == SPELL)
        for sort, heading in _HEADINGS.items()
    )


def _item(one: Item, id: str | None) -> Html:
    """An item, which can be linked to by its id."""
    of = [tag("i", f"{one.of}: ")] if one.of else []
    word = [tag("b", one.word, class_=one.word if one.sort == DISPUTE else None), " "]
    said = [*of, *(word if one.word else []), one.text]
    said += [tag("p", one.more)] if one.more else []
    said += [tag("small", *_references(one.sources))] if one.sources else []
    return tag("li", *said, id=id)


def more(heading: str, lines: list[Html], *, opened: bool = False) -> Html:
    """A list that a click opens; nothing where it is empty."""
    if not lines:
        return Html("")
    summary = tag("summary", tag("span", heading), f" ({len(lines)})")
    return tag("details", summary, tag("ul", *lines), open=opened)


def _references(sources: Iterable[Source]) -> Iterator[str]:
    """Who says so, each a link where there is an address."""
    for index, source in enumerate(sources):
        yield ", " if index else ""
        yield _link(source, " ".join(filter(None, (source.publisher, source.date))))


def entry(source: Source) -> Html:
    """A source whole, in the list of all."""
    date = f", {source.date}" if source.date else ""
    return tag(
        "li",
        _link(source, f"{source.publisher}, {source.title}"),
        f"{date}{' (primary)' if source.level == 'primary' else ''}",
    )


def _link(source: Source, said: str) -> Html:
    """A link to a publication; what is no address of the web is not followed."""
    web = (source.address or "").startswith(("https://", "http://"))
    return tag("a", said, href=source.address) if web else tag("span", said, title=source.title)


def spelled(day: dt.date) -> str:
    """A day in words: `15 July 2006`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
