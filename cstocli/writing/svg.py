"""The timeline as a picture: SVG, exact to the day, from the same lanes as the chart."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple
from xml.sax.saxutils import escape

from cstocli.core.days import DAY, Days
from cstocli.questions.drawing import Bar, Drawing, Lane
from cstocli.writing.palette import MARKS, STEPS, of

_FILLS = ("#f2c14e", "#7fb7be", "#2a7f62", "url(#hatched)", "#5b7db1", "#b15b5b", "#999999")
_WIDTH, _LEFT, _LANE, _TOP = 960, 120, 30, 60
_LETTER = 7.5
"""How wide a letter of a state's name is, on average and a little more."""


class Scale(NamedTuple):
    """Where days are drawn, exact to the day."""

    days: Days
    left: int

    def x(self, day: dt.date) -> float:
        """Where a day begins."""
        total = (self.days[1] - self.days[0]).days + 1
        room = _WIDTH - self.left - 20
        return round(self.left + (day - self.days[0]).days * room / total, 2)


def picture(drawn: Drawing) -> str:
    """The picture: one document without any reference to what is outside of it."""
    longest = max((len(lane.name) for lane in drawn.lanes), default=0)
    scale = Scale(drawn.days, max(_LEFT, round(32 + _LETTER * longest)))
    bottom = _TOP + _LANE * len(drawn.lanes)
    height = bottom + 100
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" aria-labelledby="title desc" '
        'font-family="sans-serif" font-size="13" fill="#222222">',
        f'<title id="title">{escape(drawn.title)}</title>',
        f'<desc id="desc">{escape(_description(drawn))}</desc>',
        '<defs><pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="6" height="6" fill="#eeeeee"/>'
        '<rect width="2.5" height="6" fill="#8a4f7d"/></pattern></defs>',
        f'<rect width="{_WIDTH}" height="{height}" rx="6" fill="#ffffff"/>',
        f'<text x="16" y="30" font-size="17" font-weight="bold">{escape(drawn.title)}</text>',
        *_years(scale, bottom),
    ]
    for index, lane in enumerate(drawn.lanes):
        parts += _svg_lane(drawn, scale, lane, _TOP + index * _LANE)
    parts += _svg_legend(drawn, bottom + 56)
    parts.append(f'<text x="16" y="{height - 14}" font-size="11">{escape(drawn.footer)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _description(drawn: Drawing) -> str:
    """The picture in words."""
    bars = [bar.text for lane in drawn.lanes for bar in (*lane.spells, *lane.marks)]
    return ". ".join(bars) + "."


def _years(scale: Scale, bottom: int) -> list[str]:
    """A line for each year, and the labels that fit."""
    years = range(scale.days[0].year + 1, scale.days[1].year + 1)
    step = next((s for s in STEPS if len(years) / s <= 14), STEPS[-1])
    parts = []
    for year in years:
        x = scale.x(dt.date(year, 1, 1))
        if len(years) <= 150:
            parts.append(f'<path d="M{x} {_TOP - 8}V{bottom}" stroke="#e4e4e4"/>')
        if year % step == 0:
            parts.append(f'<text x="{x}" y="{bottom + 18}" text-anchor="middle">{year}</text>')
    return parts


def _svg_lane(drawn: Drawing, scale: Scale, lane: Lane, y: int) -> list[str]:
    """A state's name, its spells, and its marks below them."""
    place = dict(zip(drawn.statuses, drawn.glyphs, strict=True))
    parts = [f'<text x="16" y="{y + 13}">{escape(lane.name)}</text>']
    for bar in lane.spells:
        fill, height = of(_FILLS, place[bar.what]), _height(place[bar.what])
        attributes = f'fill="{fill}" stroke="#444444"'
        parts.append(_rect(scale, bar, y + 18 - height, height, attributes))
    for mark, _, fill, below in MARKS:
        parts += [
            _rect(scale, bar, y + below, 3, f'fill="{fill}"')
            for bar in lane.marks
            if bar.what == mark
        ]
    return parts


def _height(place: int) -> int:
    """How high a bar is: the wider the basis that counts its status alone, the lower."""
    return (8, 13, 18)[min(place, 2)]


def _rect(scale: Scale, bar: Bar, y: int, height: int, attributes: str) -> str:
    """A bar with its tooltip."""
    x, end = scale.x(bar.first_day), scale.x(bar.last_day + DAY)
    return (
        f'<rect x="{x}" y="{y}" width="{round(end - x, 2)}" height="{height}" {attributes}>'
        f"<title>{escape(bar.text)}</title></rect>"
    )


def _svg_legend(drawn: Drawing, y: int) -> list[str]:
    """What each fill and mark means."""
    items = [
        (
            f'height="{_height(place)}" y="{y + 3 - _height(place)}" '
            f'fill="{of(_FILLS, place)}" stroke="#444444"',
            status,
        )
        for status, place in zip(drawn.statuses, drawn.glyphs, strict=True)
    ]
    marks = {bar.what for lane in drawn.lanes for bar in lane.marks}
    items += [
        (f'height="4" y="{y - 7}" fill="{fill}"', text)
        for mark, text, fill, _ in MARKS
        if mark in marks
    ]
    parts = []
    x = _LEFT
    for attributes, text in items:
        parts.append(f'<rect x="{x}" width="22" {attributes}/>')
        parts.append(f'<text x="{x + 28}" y="{y}">{escape(text)}</text>')
        x += 28 + 9 * len(text) + 24
    return parts
