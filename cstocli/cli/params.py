"""Click's parameter types: what the domain reads, with its refusals and completions."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import click
from click.shell_completion import CompletionItem

from cstocli.core.days import When
from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.library import Dataset, load
from cstocli.reading import dates


def dataset_of(ctx: click.Context | None) -> Dataset:
    """The dataset that the command line asks, loaded once."""
    root = (ctx or click.get_current_context()).find_root()
    if root.obj is None:
        settings = root.params
        scheme = settings.get("state_code") or "auto"
        root.obj = load(settings.get("data"), settings.get("org"), scheme)
    dataset: Dataset = root.obj
    return dataset


class StateType(click.ParamType[str]):
    """A state of the dataset, or another country, by any of its names and codes, as it was typed:
    refused here if it is none, and read by the question, for the days asked about.
    """

    name = "state"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        scheme = (ctx.params if ctx else {}).get("state_code", "auto")
        try:
            dataset_of(ctx).state(value, scheme)
        except Refused as refusal:
            self.fail(str(refusal), param, ctx)
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Each state a form of which begins with what was typed, in the case it was typed in."""
        from cstocli.reading import names

        typed = incomplete.casefold()
        completed = []
        for state in dataset_of(ctx).records.states.values():
            forms = [form for form in names.forms(state) if form.casefold().startswith(typed)]
            forms.sort(key=lambda form: " " in form)
            for form in forms[:1]:
                rest = form[len(incomplete) :]
                cased = incomplete + (rest.lower() if incomplete.islower() else rest)
                if os.environ.get("_CSTO_COMPLETE", "").startswith("bash"):
                    cased = cased.replace(" ", r"\\ ")  # the script's `read` takes one away
                completed.append(CompletionItem(cased, help=state.name))
        return completed


class FileType(click.ParamType[str]):
    """The name of a file. Click's own type looks for a translation: 5 % of the start."""

    name = "file"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Leave it to the shell."""
        return [CompletionItem(incomplete, type="file")]


FILE = FileType()


class WhenType(click.ParamType[When]):
    """A day, a month or a year."""

    name = "when"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> When:
        try:
            return dates.parse(value, dates.today())
        except Refused as refusal:
            self.fail(str(refusal), param, ctx)


class Choice(click.Choice[str]):
    """One of a few words, with the likely one for a slip of the keyboard."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return what Click says, and the likely word."""
        from difflib import get_close_matches

        said = super().get_invalid_choice_message(value, ctx)
        close = get_close_matches(str(value).lower(), self.choices, n=1)
        return f"{said} Did you mean {close[0]}?" if close else said


class SchemeType(click.ParamType[str]):
    """The name of a scheme of codes."""

    name = "scheme"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value == "auto":  # the default, which is no reason to read the schemes
            return "auto"
        from cstocli.reading.columns import scheme_of

        try:
            return scheme_of(str(value).lower())
        except Refused as refusal:
            self.fail(str(refusal), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The schemes that begin with what was typed, with what each reads."""
        from cstocli.reading.schemes import SCHEMES

        found = ((name, text) for name, text in SCHEMES.items() if name.startswith(incomplete))
        return [CompletionItem(name, help=text) for name, text in found]


SCHEME = SchemeType()


class SchemesType(click.ParamType[tuple[str, ...]]):
    """Schemes of codes, with commas between them."""

    name = "schemes"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        from cstocli.reading.schemes import CODES

        named = tuple(filter(None, (part.strip().lower() for part in str(value).split(","))))
        for name in named:
            if name not in CODES:
                said = f"there is no scheme of codes {quoted(name)}; there are {', '.join(CODES)}"
                self.fail(said, param, ctx)
        return named


SCHEMES = SchemesType()


class NameType(click.ParamType[str]):
    """The name of a record of the dataset: of a basis, of a kind of act, of a source."""

    def __init__(self, name: str, names_of: Callable[[Dataset], dict[str, str]]) -> None:
        self.name = name
        self._names_of = names_of

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        name = str(value).lower()
        if value in self._names_of(dataset_of(ctx)):
            return str(value)
        known = {known.lower(): known for known in self._names_of(dataset_of(ctx))}
        if name in known:
            return known[name]
        from difflib import get_close_matches

        close = get_close_matches(name, known) or [k for k in known if name and name in k][:3]
        likely = " or ".join(known[name] for name in close)
        advice = f"did you mean {likely}?" if close else _listing(list(known.values()))
        return self.fail(f"there is no {self.name} {quoted(value)}; {advice}", param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The names that begin with what was typed, with what each means."""
        return [
            CompletionItem(name, help=text)
            for name, text in self._names_of(dataset_of(ctx)).items()
            if name.lower().startswith(incomplete.lower())
        ]


def _listing(known: list[str]) -> str:
    """The names that there are, or some of them where they are many."""
    if not known:
        return "this dataset has none"
    are = "is" if len(known) == 1 else "are"
    return f"there {are} {', '.join(known[:12])}{' and more' if len(known) > 12 else ''}"


class OfficeType(click.ParamType[str]):
    """The id of an office, by any of its names."""

    name = "office"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return dataset_of(ctx).office(value).office
        except Refused as refusal:
            self.fail(str(refusal), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The offices that begin with what was typed."""
        offices = dataset_of(ctx).offices
        return [
            CompletionItem(id, help=office.name)
            for id, office in (offices.offices if offices else {}).items()
            if id.startswith(incomplete.lower())
        ]


OFFICE = OfficeType()
BASIS = NameType("basis", lambda asked: {b.basis: b.text for b in asked.records.bases.values()})
KIND = NameType("kind", lambda asked: asked.kinds)
SOURCE = NameType("source", lambda asked: {id: s.title for id, s in asked.all_sources.items()})
