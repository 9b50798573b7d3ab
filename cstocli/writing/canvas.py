"""A picture being drawn: one document of SVG, from the top down, that refers to nothing outside.

Its colours are written beside each thing, for programs that read no style; a picture that
follows its reader's theme has a style besides, for the night.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from xml.sax.saxutils import escape

from cstocli.escape import printable
from cstocli.questions.drawing import DISPUTED, IMPRECISE, REMARK
from cstocli.writing import palette
from cstocli.writing.lettering import FAMILIES, families, width
from cstocli.writing.wrapping import wrapped

WIDTH, MARGIN = 960, 24
RIGHT = WIDTH - MARGIN
_MARK = {DISPUTED: "disputed", IMPRECISE: "imprecise", REMARK: "remark"}
"""The name of the colour of each mark."""


class Sheet:
    """What is drawn so far, and how far down it reaches."""

    def __init__(self, theme: str = "light") -> None:
        self._colours = palette.DARK if theme == "dark" else palette.LIGHT
        self._night: dict[str, str] | None = {} if theme == "auto" else None
        """The style of the night: of each class, what it sets and the colour."""
        self._parts: list[str] = []
        self._tiles: dict[int, str] = {}
        self.bottom: float = MARGIN
        """How far down anything is drawn."""
        self._root = self.paint(fill="ink")

    def paint(self, **roles: str) -> str:
        """The attributes that paint a thing: `fill="ink"` gives its colour, or its class too."""
        written = [f'{what}="{self._colours[role]}"' for what, role in roles.items()]
        if self._night is not None:
            names = [role if what == "fill" else f"{role}-{what}" for what, role in roles.items()]
            for name, (what, role) in zip(names, roles.items(), strict=True):
                self._night[name] = f"{what}:{palette.DARK[role]}"
            written.append(f'class="{" ".join(names)}"')
        return " ".join(written)

    def rect(
        self, x: float, y: float, wide: float, high: float, look: str, tip: str | None = None
    ) -> None:
        """A rectangle, perhaps with a tooltip."""
        shape = f'<rect x="{n(x)}" y="{n(y)}" width="{n(wide)}" height="{n(high)}" {look}'
        title = f"><title>{text_of(tip)}</title></rect>" if tip else "/>"
        self._parts.append(shape + title)

    def line(self, path: str, role: str, more: str = "") -> None:
        """A line along a path."""
        self._parts.append(f'<path d="{path}" {self.paint(stroke=role)} fill="none"{more}/>')

    def shape(self, path: str, look: str, tip: str | None = None) -> None:
        """What a path encloses."""
        title = f"><title>{text_of(tip)}</title></path>" if tip else "/>"
        self._parts.append(f'<path d="{path}" {look}{title}')

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 13,
        role: str = "ink",
        bold: bool = False,
        anchor: str = "",
        tail: str = "",
    ) -> None:
        """A line of text on its base line, perhaps with a tail that is less conspicuous."""
        look = "" if size == 13 else f' font-size="{n(size)}"'
        look += "" if role == "ink" else f" {self.paint(fill=role)}"
        look += ' font-weight="bold"' if bold else ""
        look += f' text-anchor="{anchor}"' if anchor else ""
        fonts = families(text)
        look += f' font-family="{fonts}"' if fonts != FAMILIES else ""
        if tail:
            text += " " if text else ""  # in a span of its own librsvg would lose it
            tail = f"<tspan {self.paint(fill='soft')}>{text_of(tail)}</tspan>"
        self._parts.append(f'<text x="{n(x)}" y="{n(y)}"{look}>{text_of(text)}{tail}</text>')

    def paragraph(
        self,
        text: str,
        *,
        size: float = 13,
        role: str = "ink",
        bold: bool = False,
        indent: float = 0,
    ) -> None:
        """Text below all that is drawn, in as many lines as it takes."""
        measure = partial(width, size=size, bold=bold)
        for line in wrapped(printable(text), RIGHT - MARGIN - indent, measure):
            self.bottom += round(size * 1.3)
            baseline = self.bottom - round(size * 0.25)
            self.text(MARGIN + indent, baseline, line, size=size, role=role, bold=bold)

    def heading(self, title: str, subtitle: str) -> None:
        """What is drawn, and of which days."""
        self.paragraph(title, size=21, bold=True)
        self.bottom += 3
        self.paragraph(subtitle, size=14, role="soft")
        self.bottom += 12

    def filled(self, place: int) -> str:
        """The attributes that fill what has a place in the palette."""
        role = palette.role(place)
        if place < palette.SOLID:
            return self.paint(fill=role)
        if place not in self._tiles:
            self._tiles[place] = self._tile(place)
        return f'fill="url(#p{place})" {self.paint(stroke=role)}'

    def _tile(self, place: int) -> str:
        """A pattern; of those beyond the last, each second one is its negative, and each two
        are as large again.
        """
        again, which = divmod(place - palette.SOLID, len(palette.PATTERNS))
        turned, path, wide = palette.PATTERNS[which]
        dark, bright = palette.role(place), "tint"
        if again % 2:
            dark, bright = bright, dark
        turn = f' patternTransform="rotate({turned})"' if turned else ""
        size = 6 * (1 + again // 2)
        return (
            f'<pattern id="p{place}" width="{size}" height="{size}" '
            f'patternUnits="userSpaceOnUse" viewBox="0 0 6 6"{turn}>'
            f'<rect width="6" height="6" {self.paint(fill=bright)}/>'
            f'<path d="{path}" {self.paint(stroke=dark)} stroke-width="{wide}" fill="none"/>'
            "</pattern>"
        )

    def mark(self, what: str, x: float, y: float, wide: float, tip: str | None = None) -> None:
        """The line of a mark: thick where disputed, in dashes where not known, else thin."""
        look = self.paint(fill=_MARK[what])
        if what == IMPRECISE and wide > 6:
            dashes = "".join(f"M{n(x + d)} {n(y)}h{n(min(4, wide - d))}v3h-{n(min(4, wide - d))}z"
                             for d in range(0, int(wide), 6))  # fmt: skip
            self.shape(dashes, look, tip)
            return
        thin = what == REMARK
        self.rect(x, y + thin * 0.75, wide, 1.5 if thin else 3, look, tip)

    def badge(self, what: str, number: int, x: float, y: float) -> None:
        """The number of a note in its frame: square where disputed, else round."""
        wide, round_ = badge_width(number), what == REMARK
        look = self.paint(fill="ground" if round_ else _MARK[what], stroke=_MARK[what])
        self._parts.append(
            f'<rect x="{n(x + 0.5)}" y="{n(y + 0.5)}" width="{n(wide - 1)}" height="12" '
            f'rx="{6 if round_ else 1.5}" {look}/>'
        )
        role = _MARK[what] if round_ else "ground"
        self.text(x + wide / 2, y + 10, str(number), size=10, role=role, bold=True, anchor="middle")

    def notes(self, notes: Sequence[tuple[str, str]]) -> None:
        """What the numbers stand for: marks with their words."""
        for number, (what, text) in enumerate(notes, 1):
            self.bottom += 5
            self.badge(what, number, MARGIN, self.bottom + 2)
            self.paragraph(text, size=12, indent=badge_width(len(notes)) + 8)

    def footer(self, text: str) -> None:
        """What it is drawn from."""
        self.bottom += 12
        self.paragraph(text, size=11, role="soft")
        self.bottom += MARGIN - 8

    def document(self, title: str, description: str) -> str:
        """The whole document."""
        high = n(self.bottom)
        ground = self.paint(fill="ground")
        night = self._night or {}
        style = "".join(f".{name}{{{rule}}}" for name, rule in sorted(night.items()))
        media = f"@media (prefers-color-scheme:dark){{{style}}}"
        defs = "".join(self._tiles.values())
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" '
                f'width="{WIDTH}" height="{high}" role="img" aria-labelledby="title desc" '
                f'font-family="{FAMILIES}" font-size="13" {self._root}>',
                f'<title id="title">{text_of(title)}</title>',
                f'<desc id="desc">{text_of(description)}</desc>',
                *([f"<style>{media}</style>"] if night else []),
                *([f"<defs>{defs}</defs>"] if defs else []),
                f'<rect width="{WIDTH}" height="{high}" rx="6" {ground}/>',
                *self._parts,
                "</svg>\n",
            ]
        )


def badge_width(number: int) -> int:
    """How wide the frame of a number is."""
    return 7 + 6 * len(str(number))


def text_of(text: str) -> str:
    """Text as the document has it."""
    return escape(printable(text))


def n(number: float) -> str:
    """A number of pixels, to a hundredth."""
    return f"{round(number, 2):.12g}"
