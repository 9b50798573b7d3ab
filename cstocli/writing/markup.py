"""HTML in which text is text: whatever is not made here is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from cstocli.escape import printable


class Html(str):
    """What is HTML already."""

    __slots__ = ()


def text(said: str) -> Html:
    """Text as HTML shows it, every character of it visible."""
    return said if isinstance(said, Html) else Html(escape(printable(said)))


def joined(pieces: Iterable[str]) -> Html:
    """Pieces one after another."""
    return Html("".join(map(text, pieces)))


def tag(name: str, /, *content: str, **attributes: str | float | bool | None) -> Html:
    """An element with its content; an attribute that is False or None is left out.

    An underscore at the end of an attribute's name is left out, and one within is a hyphen.

    >>> tag("b", "1 < 2", class_="sum", hidden=True, aria_label=None)
    '<b class="sum" hidden>1 &lt; 2</b>'
    """
    written = "".join(_attribute(*each) for each in attributes.items())
    end = "" if name == "input" else f"</{name}>"
    return Html(f"<{name}{written}>{joined(content)}{end}")


def _attribute(name: str, value: str | float | bool | None) -> str:
    """An attribute after a blank, or nothing."""
    named = name.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {named}" if value is True else f' {named}="{text(str(value))}"'
