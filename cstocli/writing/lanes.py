"""The timeline of a page: a lane for each row, as wide as the page lets it be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from cstocli.core.days import Days
from cstocli.questions.drawing import DISPUTED, IMPRECISE, REMARK, Bar
from cstocli.questions.page import Page
from cstocli.questions.story import Story
from cstocli.writing.markup import Html, joined, tag
from cstocli.writing.palette import STEPS

FILLS = 11
"""How many looks of a status the style has; what is beyond has the last."""
HEIGHTS = (9, 14, 19)
"""How high a bar is: the wider the basis that counts its status alone, the lower."""
MARKS = {
    DISPUTED: ("disputed", "another reading can be defended"),
    IMPRECISE: ("unsure", "known only to the month or the year"),
    REMARK: ("remark", "a fact that changes no status"),
}
"""Each mark with its class, and with what it means."""
_FLOOR, _LEAST = 22, 0.35
"""Where bars stand, in pixels, and how wide the shortest is drawn, in hundredths of the whole."""


def lane(page: Page, story: Story) -> Html:
    """A row's spells, and the marks below them under each basis, of which one is shown."""
    bars = sorted(story.lanes[0].spells, key=lambda bar: bar.first_day - bar.last_day)
    remarks = [bar for bar in story.lanes[0].marks if bar.what == REMARK]
    places = {status.status: place for status, place in page.statuses}
    counts = page.bases[page.basis].counts
    return tag(
        "svg",
        *(_spell(bar, page.days, places.get(bar.what), counts) for bar in bars),
        *_doubts(page, story),
        *(_mark(bar, page.days, 28) for bar in remarks),
        class_="lane",
        width="100%",
        height="32",
        aria_hidden="true",
        focusable="false",
    )


def _spell(bar: Bar, days: Days, place: int | None, counts: Collection[str]) -> Html:
    """A spell, or a term; a spell whose status does not count is drawn as off."""
    if place is None:
        return _rect(bar, days, bar.what, _FLOOR - HEIGHTS[1], HEIGHTS[1])
    off = "" if bar.what in counts else " off"
    height = HEIGHTS[min(place, len(HEIGHTS) - 1)]
    return _rect(bar, days, f"{fill(place)}{off}", _FLOOR - height, height, data_status=bar.what)


def _doubts(page: Page, story: Story) -> Iterator[Html]:
    """The days on which something else would change the answer, a group for each basis."""
    for index, drawn in enumerate(story.lanes):
        marks = [_mark(bar, page.days, 24) for bar in drawn.marks if bar.what != REMARK]
        if marks:
            shown = None if index == page.basis or len(story.lanes) == 1 else "none"
            basis = str(index) if len(story.lanes) > 1 else None
            yield tag("g", *marks, data_basis=basis, display=shown)


def _mark(bar: Bar, days: Days, y: int) -> Html:
    """A mark below a row."""
    return _rect(bar, days, MARKS[bar.what][0], y, 3)


def _rect(bar: Bar, days: Days, class_: str, y: int, height: int, **attributes: str) -> Html:
    """A bar with its tooltip."""
    x = share(bar.first_day, days)
    width = max(_hundredths((bar.last_day - bar.first_day).days + 1, days), _LEAST)
    title = tag("title", bar.text)
    return tag(
        "rect",
        title,
        class_=class_,
        x=f"{min(x, 100 - width):g}%",
        y=y,
        width=f"{width:g}%",
        height=height,
        **attributes,
    )


def share(day: dt.date, days: Days) -> float:
    """Where a day begins, in hundredths of the whole."""
    return _hundredths((day - days[0]).days, days)


def _hundredths(count: int, days: Days) -> float:
    """How much of the whole some days are."""
    return round(count * 100 / ((days[1] - days[0]).days + 1), 2)


def fill(place: int) -> str:
    """The class of a place in the palette."""
    return f"s{min(place, FILLS - 1)}"


def swatch(class_: str, height: int) -> Html:
    """A sample of a bar or a mark, for a legend."""
    rect = tag("rect", class_=class_, x="1", y=_FLOOR - height, width="24", height=height)
    return tag("svg", rect, width="26", height="24", aria_hidden="true", focusable="false")


def _labelled(days: Days) -> list[int]:
    """The years that are labelled: eight at most, which a narrow page has room for."""
    years = range(days[0].year + 1, days[1].year + 1)
    step = next((step for step in STEPS if len(years) / step <= 8), STEPS[-1])
    return [year for year in years if year % step == 0]


def axis(days: Days) -> Html:
    """The years below the slider."""
    labels = [
        tag("text", str(year), x=f"{share(dt.date(year, 1, 1), days):g}%", y="13")
        for year in _labelled(days)
    ]
    return tag(
        "svg", *labels, class_="axis", width="100%", height="18", aria_hidden="true",
        focusable="false",
    )  # fmt: skip


def grid(days: Days) -> str:
    """The style of the lines behind the lanes, one for each year that is labelled."""
    places = [f"{share(dt.date(year, 1, 1), days):g}%" for year in _labelled(days)]
    if not places:
        return ""
    line = "linear-gradient(var(--rule),var(--rule))"
    images = ",".join([line] * len(places))
    positions = ",".join(f"{place} 0" for place in places)
    return (
        f".plot{{background-image:{images};background-position:{positions};"
        "background-size:1px 100%;background-repeat:no-repeat}"
    )


def patterns() -> Html:
    """What fills the statuses beyond the first three, so that no colour tells them alone."""
    strokes = {
        3: ("45", '<path d="M0 0V6" class="p3"/>'),
        4: ("-45", '<path d="M0 0V6" class="p4"/>'),
        5: ("0", '<circle cx="3" cy="3" r="1.5" class="p5"/>'),
        6: ("0", '<path d="M0 1H6" class="p6"/>'),
        7: ("0", '<path d="M1 0V6" class="p7"/>'),
        8: ("45", '<path d="M0 0V6M0 0H6" class="p8"/>'),
        9: ("0", '<rect x="0" y="0" width="3" height="3" class="p9"/>'),
        10: ("0", '<path d="M-1 4L3 1L7 4" class="p10"/>'),
    }
    return joined(
        Html(
            f'<pattern id="pattern-{place}" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({turned})"><rect width="6" height="6" class="ground"/>'
            f"{drawn}</pattern>"
        )
        for place, (turned, drawn) in strokes.items()
    )
