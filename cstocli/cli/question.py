"""A command that asks a question: its days, its format and its exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

import click

from cstocli.cli import exits
from cstocli.cli.options import (
    EXIT_STATUS,
    FORMAT,
    HELP,
    NOTES,
    ON,
    PERIOD,
    STATE_CODE,
    refuse_repeated,
)
from cstocli.cli.params import StateType, dataset_of
from cstocli.core.days import When
from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.questions.answer import Answer
from cstocli.reading import dates
from cstocli.writing import publish

ASK = "Ask about membership"
EXPLAIN = "Explain and compare"
JOIN = "Join to your own rows"
ABOUT = "The dataset and the shell"
SECTIONS = (ASK, EXPLAIN, JOIN, ABOUT)
"""The sections of the help, in order."""
Made = TypeVar("Made", bound="Command")


class Outcome(NamedTuple):
    """What comes of a command whose exit status says more than that it is done."""

    answer: Answer[Any] | None
    """What is still to be published, if anything is."""
    status: int


class Command(click.Command):
    """A command that is listed in a section of the help.

    Its function gets what was typed, the days of --on, --from and --to as `when` (None where
    nothing was), and returns an answer, which is published here in the
    format asked for, or an Outcome.
    """

    def __init__(self, *args: Any, section: str, place: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        """Under which heading the help lists it."""
        self.place = place
        """Where it stands there."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """Return the one help option of all commands."""
        return HELP

    def invoke(self, ctx: click.Context) -> int:
        """Ask, publish, and return the exit status."""
        typed = dict(ctx.params)
        form, level = typed.pop("form", ""), typed.pop("level", "short")
        exit_status = typed.pop("exit_status", False)
        found = self.ask(ctx, typed)
        answer, status = found if isinstance(found, Outcome) else (found, exits.YES)
        if answer is not None:
            publish.write(answer, form, level, sys.stdout, sys.stderr)
            if exit_status and not answer.rows:
                return exits.NO
        return status

    def ask(self, ctx: click.Context, typed: dict[str, Any]) -> Answer[Any] | Outcome:
        """Call the function of the command."""
        if PERIOD[0] in self.params:
            on, first, last = (typed.pop(name, None) for name in ("on", "first", "last"))
            typed["when"] = _when(ctx, on, first, last)
        assert self.callback  # noqa: S101  # a command is made of a function
        found: Answer[Any] | Outcome = self.callback(**typed)
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as Click does, but say of what is too many or misplaced where it goes."""
        ctx.allow_extra_args = True
        try:
            refuse_repeated(self, ctx, args)
            extra = super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name not in ("--data", "--org", "--state-code", "--version"):
                raise
            raise click.UsageError(
                f"{error.option_name} goes before the command: csto {error.option_name} ... "
                f"{ctx.info_name}",
                ctx,
            ) from None
        if extra and not ctx.resilient_parsing:
            advice = self._advice(ctx, extra[0])
            raise click.UsageError(f"one argument too many: {quoted(extra[0])}{advice}", ctx)
        return extra

    def _advice(self, ctx: click.Context, text: str) -> str:
        """Where an argument too many may have been meant to go."""
        return ""


class Question(Command):
    """A command that asks the dataset one question.

    Its function gets the dataset too.
    """

    def ask(self, ctx: click.Context, typed: dict[str, Any]) -> Answer[Any] | Outcome:
        return super().ask(ctx, {"dataset": dataset_of(ctx), **typed})

    def _advice(self, ctx: click.Context, text: str) -> str:
        """Where an argument too many may have been meant to go."""
        if ON not in self.params:
            return ""
        with suppress(Refused):
            dates.parse(text, dates.today())
            return f"; a date goes after --on: --on {quoted(text)}"
        with suppress(Refused):
            dataset_of(ctx).state(text)
            return f"; the story of one state: csto history {quoted(text)}"
        return ""


def _when(
    ctx: click.Context, on: When | None, first: When | None, last: When | None
) -> When | tuple[When | None, When | None] | None:
    """The days asked about by --on, or by --from and --to, if by any."""
    if not first and not last:
        return on
    if on:
        raise click.UsageError("--on and --from/--to ask about different days: use one", ctx)
    return first, last


def question(
    section: str, place: int, *, examples: Sequence[str], params: Sequence[click.Parameter] = ()
) -> Callable[[Callable[..., Any]], Question]:
    """Make a function a question that stands at a place of a section of the help.

    All have --format, --notes and --exit-status. The help ends with examples.
    """
    return _made(Question, section, place, examples, [*params, FORMAT, NOTES, EXIT_STATUS])


def listing(
    section: str, place: int, *, examples: Sequence[str], params: Sequence[click.Parameter] = ()
) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command with the options of a question, which asks no one dataset."""
    return _made(Command, section, place, examples, [*params, FORMAT, NOTES, EXIT_STATUS])


def asking(
    section: str, place: int, *, examples: Sequence[str], params: Sequence[click.Parameter]
) -> Callable[[Callable[..., Any]], Question]:
    """Make a function a question with no parameters but these, and an exit status of its own."""
    return _made(Question, section, place, examples, params)


def command(
    section: str, place: int, *, examples: Sequence[str], params: Sequence[click.Parameter]
) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command with no parameters but these, which asks no dataset."""
    return _made(Command, section, place, examples, params)


def _made(
    kind: type[Made],
    section: str,
    place: int,
    examples: Sequence[str],
    params: Sequence[click.Parameter],
) -> Callable[[Callable[..., Any]], Made]:
    """Make a function a command; one that names states can be told whose codes they are."""
    named = any(isinstance(param.type, StateType) for param in params)
    return click.command(
        cls=kind,
        section=section,
        place=place,
        params=[*params, *([STATE_CODE] if named else [])],
        epilog=listed_examples(examples),
    )


def listed_examples(lines: Sequence[str]) -> str:
    """The end of a help page: what to type, each line as it is."""
    return "\b\nExamples:\n" + "\n".join(f"  $ {line}" for line in lines)
