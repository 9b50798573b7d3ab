"""A picture as PNG, drawn from its SVG by resvg, which has no fonts of its own."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.writing.lettering import families

_ZOOM = 2
"""How many pixels there are for each of the SVG: enough for a slide as wide as a screen."""
_NO_LETTER = "\u0378"
"""A code point that no font has, as it stands for no letter."""


def png(svg: str) -> bytes:
    """The picture of an SVG; raises Refused where it cannot be drawn with all of its text."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise Refused(
            "a picture in PNG needs a library that is not installed: pip install 'csto[png]'; "
            "--svg needs none"
        ) from None

    @cache
    def drawn(letter: str, fonts: str) -> bytes:
        return bytes(
            svg_to_bytes(
                '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30">'
                f'<text x="2" y="22" font-family="{fonts}">{letter}</text></svg>'
            )
        )

    def seen(letter: str) -> bool:
        fonts = families(letter)
        return drawn(letter, fonts) not in (drawn(" ", fonts), drawn(_NO_LETTER, fonts))

    if not seen("a"):
        raise Refused(
            "this machine has no font, and a picture in PNG would have no text: install one, on "
            "Debian the package fonts-dejavu-core, or write the picture with --svg"
        )
    said = unescape("".join(re.findall(">([^<]*)</(?:text|tspan)>", svg)))
    letters = {letter for letter in said if letter.isalnum() and not letter.isascii()}
    missing = [letter for letter in sorted(letters) if not seen(letter)]
    if missing:
        raise Refused(
            f"no font of this machine has the letters {quoted(''.join(missing))}: install one "
            "that has, on Debian the package fonts-noto, or write the picture with --svg"
        )
    return bytes(svg_to_bytes(svg, zoom=_ZOOM))
