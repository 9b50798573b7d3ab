"""Click's parameter types: what the domain reads, with its refusals and completions."""

from __future__ import annotations

from typing import Any

import click
from click.shell_completion import CompletionItem

from cstocli import dates, names
from cstocli.dataset import load
from cstocli.model import Basis, Records, Refused, State


def records_of(ctx: click.Context | None) -> Records:
    """The dataset that the command line asks, loaded once."""
    root = (ctx or click.get_current_context()).find_root()
    if root.obj is None:
        root.obj = load(root.params.get("data"))
    records: Records = root.obj
    return records


class StateType(click.ParamType[names.Country | State]):
    """A state of the dataset, or another country, by any of its names and codes."""

    name = "state"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> names.Country | State:
        try:
            return names.resolve(records_of(ctx), value)
        except Refused as refusal:
            self.fail(str(refusal), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The states a form of which begins with what was typed."""
        typed = names.fold(incomplete)
        return [
            CompletionItem(state.code if typed == "" else form, help=state.name)
            for state in records_of(ctx).states.values()
            for form in names.forms(state)
            if names.fold(form).startswith(typed)
        ]


class WhenType(click.ParamType[dates.When]):
    """A day, a month or a year."""

    name = "when"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dates.When:
        try:
            return dates.parse(value, dates.today())
        except Refused as refusal:
            self.fail(str(refusal), param, ctx)


class BasisType(click.ParamType[Basis]):
    """A basis of the dataset."""

    name = "basis"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Basis:
        bases = records_of(ctx).bases
        return bases[click.Choice(list(bases), case_sensitive=False).convert(value, param, ctx)]

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The bases, with what each counts."""
        return [
            CompletionItem(name, help=basis.text)
            for name, basis in records_of(ctx).bases.items()
            if name.startswith(incomplete.lower())
        ]
