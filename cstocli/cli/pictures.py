"""The options of a command whose answer can be drawn, and how they are done."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cstocli.cli import exits
from cstocli.cli.params import Choice, FileType
from cstocli.cli.question import Outcome
from cstocli.escape import quoted

if TYPE_CHECKING:
    from cstocli.questions.answer import Answer

_THEMES = ["light", "dark", "auto"]


class PictureType(FileType):
    """The name of a file for a picture of one kind, that does not say that it is of another."""

    def __init__(self, kind: str, other: str) -> None:
        self._kind = kind
        self._other = other

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = str(value)
        if os.path.splitext(name)[1].lower() == f".{self._other}":
            what = f"{quoted(name)} is a name for {self._other.upper()}"
            self.fail(f"{what}: type --{self._other} {name}", param, ctx)
        return name


class Titled(click.ParamType[str]):
    """The title of a picture."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not str(value).strip():
            self.fail("a title has a letter at least", param, ctx)
        return str(value)


PICTURE = (
    click.Option(
        ["--svg"],
        type=PictureType("svg", "png"),
        metavar="FILE",
        help="Write a picture to this file; - is stdout.",
    ),
    click.Option(
        ["--png"],
        type=PictureType("png", "svg"),
        metavar="FILE",
        help="Write it as PNG, 1920 pixels wide; needs csto[png].",
    ),
    click.Option(
        ["--title"],
        type=Titled(),
        metavar="TEXT",
        help="The title of the picture. [default: whose membership it shows]",
    ),
    click.Option(
        ["--theme"],
        type=Choice(_THEMES),
        help="The colours of the picture: light (the default), dark, or auto: as its reader's "
        "screen has it; a PNG is then light.",
    ),
    click.Option(["--force"], is_flag=True, help="Write over a file that is there."),
)
"""How an answer is drawn."""


class Picture(NamedTuple):
    """What was typed of a picture."""

    svg: str | None
    png: str | None
    title: str | None
    theme: str | None
    force: bool


def pictured(answer: Answer[Any], asked: Picture) -> Outcome:
    """The answer to be published; or, where a picture was asked for, nothing but that, written.

    Raises Refused where it cannot be drawn or written.
    """
    if asked.svg is None and asked.png is None:
        for option in ("title", "theme"):
            if getattr(asked, option) is not None:
                raise click.UsageError(f"--{option} is for a picture: add --svg FILE or --png FILE")
        return Outcome(answer, exits.YES)
    if asked.svg == asked.png:
        raise click.UsageError(f"--svg and --png are both {quoted(str(asked.svg))}")
    theme = asked.theme or "light"
    files: dict[str, bytes] = {}
    if asked.svg is not None:
        files[asked.svg] = _drawn(answer, asked.title, theme).encode()
    if asked.png is not None:
        from cstocli.writing.png import png

        by_day = "light" if theme == "auto" else theme
        files[asked.png] = png(_drawn(answer, asked.title, by_day))
    for name, content in files.items():
        _write(name, content, force=asked.force)
    if answer.cut:
        last_day = answer.query["last_day"]
        sys.stderr.write(f"Note: cut at {last_day}, the last day that can be asked.\n")
    return Outcome(None, exits.YES)


def _drawn(answer: Answer[Any], title: str | None, theme: str) -> str:
    """The picture of an answer."""
    from cstocli.questions.drawing import Drawing, Steps
    from cstocli.writing import steps, svg

    if isinstance(answer.drawing, Drawing):
        return svg.picture(answer.drawing, title=title, theme=theme)
    assert isinstance(answer.drawing, Steps)  # noqa: S101  # a command has no other
    return steps.picture(answer.drawing, title=title, theme=theme)


def _write(name: str, content: bytes, *, force: bool) -> None:
    """Write a picture to a file, or to stdout."""
    if name == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    from cstocli.writing.whole import written_whole

    with written_whole(name, force=force) as file:
        file.write(content)
