"""The manual, share/csto.1, in the language mdoc: commands and options as they are declared."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

import click

from cstocli.cli import exits
from cstocli.cli.group import csto
from cstocli.cli.question import Command
from making.commands import (
    SHARED,
    VARIABLES,
    arguments_of,
    is_shared,
    options_of,
    paragraphs_of,
    sections,
    told,
    values_of,
)

HEAD = r""".Dd November 25, 2026
.Dt CSTO 1
.Os
.Sh NAME
.Nm csto
.Nd who belonged to the Collective Security Treaty and its Organisation on any day
.Sh SYNOPSIS
.Nm
.Op Ar options
.Ar command
.Op Ar options
.Nm
.Op Ar command
.Fl -help
.Sh DESCRIPTION
.Nm
answers who belonged to the Collective Security Treaty
.Pq Tashkent, 1992
and to the Organisation that grew out of it, the CSTO, on any day: to the day,
on a stated legal basis, with its sources and with what is disputed.
.Pp
On each day a state has one status:
.Cm signatory
.Pq signed or acceded, the Treaty not yet in force for it ,
.Cm party
.Pq the Treaty in force for it, the Charter not ,
.Cm member
.Pq the Charter in force for it, or admitted by the Council ,
.Cm suspended ,
or
.Cm not-yet ,
.Cm outside ,
.Cm former
or
.Cm never .
A spell is an unbroken run of days with one status, its first and last days
included.
The basis of a question says which statuses count.
"""
DATES = r""".Ss Dates and states
A date is
.Li 2007-01-01 ,
.Li 20070101 ,
.Sq 15 May 1992 ,
.Sq May 15, 1992 ,
.Li 2007-01 ,
.Sq May 1992 ,
.Li 2006-Q1 ,
.Li 2007 ,
.Li 2006-06-01/2006-07-15 ,
.Li today ,
.Li yesterday ,
.Sq last year
or
.Sq 3 years ago .
Months may be in Russian too.
A state goes by any of its names, past and present, its adjective, and its ISO
3166 and Correlates of War codes.
What can be read in two ways is refused.
"""
FILES = r""".Sh FILES
.Bl -tag -width Ds
.It Pa data/membership.json
The bundled dataset, inside the installed package
.Li cstocli .
.It Pa data/membership.schema.json
What its fields mean, as a JSON Schema.
.It Pa data/answers.schema.json
The JSON Schema of every JSON answer.
.El
"""
EXAMPLES = r""".Sh EXAMPLES
Who was a member on a day, and for whom was the Treaty in force:
.Bd -literal -offset indent
csto members --on 2007-01-01
csto members --on 1993-01-01 --basis in-force
.Ed
.Pp
A yes or no for a script:
.Bd -literal -offset indent
csto check georgia --on 1998-05-01 --quiet && echo counted
.Ed
.Pp
Who gives another date, and why the dataset rules as it does:
.Bd -literal -offset indent
csto why uzbekistan --on 2006-07-15
.Ed
.Pp
A picture:
.Bd -literal -offset indent
csto timeline --svg csto.svg
.Ed
"""


def text(words: str) -> str:
    """A text in lines that mdoc takes as they are: a sentence begins a line of its own."""
    escaped = words.replace("\\", r"\e")
    escaped = re.sub(r"(?<![\w-])--?(?=[a-z])", lambda found: r"\-" * len(found[0]), escaped)
    lines = [
        line
        for sentence in re.split(r"(?<=[.?!]) (?=[A-Z])", escaped)
        for line in textwrap.wrap(sentence, 78, break_on_hyphens=False, break_long_words=False)
    ]
    return "".join(rf"\&{line}" + "\n" if line[0] in ".'" else f"{line}\n" for line in lines)


def flags(option: click.Option) -> str:
    """The names of an option and what it is given, as mdoc writes them."""
    names = " , ".join(f"Fl {name[1:]}" for name in sorted(option.opts, key=len))
    value = values_of(option)
    kind = "Cm" if "|" in value else "Ar"
    return f"{names} {kind} {value.replace('|', ' | ')}" if value else names


def items(options: Iterator[click.Option] | list[click.Option]) -> str:
    """A list of options with what each does."""
    listed = [f".It {flags(option)}\n{text(told(option))}" for option in options]
    return ".Bl -tag -width Ds\n" + "".join(listed) + ".El\n" if listed else ""


def item(command: Command) -> str:
    """A command with its arguments, what it does, and the options that it alone has."""
    arguments = " ".join(arguments_of(command)).replace("|", " | ")
    shown = f" Ar {arguments}" if arguments else ""
    first, *more = paragraphs_of(command)
    shared = [option.opts[0] for option in options_of(command) if is_shared(option)]
    own = [option for option in options_of(command) if not is_shared(option)]
    lines = f".It Cm {command.name}{shown}\n{text(first)}"
    lines += "".join(f".Pp\n{text(one)}" for one in more) + items(own)
    names = ", ".join(shared)
    also = f"{'Also' if own else 'Takes'} {names}."
    return lines + (f".Pp\n{text(also)}" if shared else "")


def manual() -> str:
    """The manual page."""
    parts = [HEAD]
    for title, found in sections():
        parts += [f".Ss {title}\n.Bl -tag -width Ds\n", *map(item, found), ".El\n"]
    parts += [".Ss Before the command\n", items(options_of(csto))]
    parts += [".Ss After most commands\n", items(list(SHARED.values()))]
    parts += [DATES, ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n"]
    parts += [f".It Ev {name}\n{text(said)}" for name, said in VARIABLES.items()]
    parts += [".El\n", FILES, ".Sh EXIT STATUS\n.Bl -tag -width Ds\n"]
    parts += [f".It {status}\n{text(said)}" for status, said in exits.MEANINGS.items()]
    return "".join([*parts, ".El\n", EXAMPLES])
