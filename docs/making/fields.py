"""The page of fields, as the types of the rows have them."""

from __future__ import annotations

import ast
import inspect
import re
from itertools import pairwise
from typing import NamedTuple

from cstocli.writing.schema import row_types
from making.commands import COMMANDS, HEADER

FIELDS = {
    "state": "The state's ISO 3166-1 alpha-3 code; its very text, where it is no country.",
    "name": "Its name.",
    "status": "The status.",
    "first_day": "The first day, included.",
    "last_day": "The last day, included; nothing while it lasts.",
    "days": "How many days; nothing while it lasts, or where a bound is not known to the day.",
    "part": "`all`, or the counted stretches `2006-06-23/2006-12-31`, joined by a space.",
    "disputed": "Whether a rival would change the answer.",
    "imprecise": "Whether a bound known only to the month or the year leaves a day open.",
    "remark": "What is to be known of a membership though it changes no status.",
    "certainty": "`high`, `medium` or `low`.",
    "title": "What happened, or what the publication is called.",
    "act": "The id of the act.",
    "opened_by": "The id of the act that began it.",
    "closed_by": "The id of the act that ended it.",
    "ended": "How it ended.",
    "sources": "The ids of the sources.",
    "kind": "The kind of act: `signature`, `accession`, `decision` and so on.",
    "place": "Where it happened.",
    "states": "The codes of the states that it concerns.",
    "year": "The year.",
    "office": "The office.",
    "acting": "Whether the holder stood in for another.",
    "term": "The id of the term.",
    "of": "What is observed.",
    "observer": "Who observes it.",
    "last_certainty": "The certainty of the last day.",
    "note": "What else is known.",
    "organisation": "The organisation.",
    "verified_through": "The last day up to which it was checked.",
    "theirs": "Whether the other dataset counts it: `counted` or `not`.",
    "id": "The id of the record.",
    "date": "A day, or a month or a year where no better is known.",
    "text": "What is to be said of it.",
    "address": "Where it can be read, if that is known.",
    "after": "The status on the second.",
    "period": "The year or the month.",
    "value": "What is given there.",
    "verdict": "`rival` (it can be defended) or `rejected`.",
    "reason": "Why.",
    "dispute": "The id of the dispute.",
    "publisher": "Who published it.",
    "language": "The code of its language.",
    "level": "`primary` or `secondary`.",
    "used_for": "The ids of what it is cited for.",
    "official": "The official name in English.",
    "russian": "The name in Russian.",
    "native": "The name in the state's own language.",
    "alpha_2": "ISO 3166-1 alpha-2.",
    "numeric": "ISO 3166-1 numeric.",
    "cow": "The letters of the Correlates of War project.",
    "wikidata": "The item of Wikidata.",
    "key": "What is told.",
    "problem": "Which rule it breaks, and how.",
    "spell": "The id of the spell.",
    "state_1": "The code of the first state.",
    "name_1": "Its name.",
    "state_2": "The code of the second state.",
    "name_2": "Its name.",
}
"""What a field means wherever its row type does not say it."""


ASKED = {"converted": "convert", "organisations-of": "organisations STATE"}
"""How a question is asked that has the name of no command."""


class Question(NamedTuple):
    """A question with the type of its rows."""

    name: str
    row_type: type

    @property
    def meanings(self) -> dict[str, str]:
        """What stands below each field in the row type."""
        tree = ast.parse(inspect.getsource(self.row_type))
        (body,) = [node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        found = {}
        for field, after in pairwise(body):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                text = after.value if isinstance(after, ast.Expr) else None
                if isinstance(text, ast.Constant):
                    found[field.target.id] = " ".join(str(text.value).split())
        return found


def row_questions() -> list[Question]:
    """Every question that has rows, in the order of the commands that ask it."""
    found = [Question(name, row_type) for name, row_type in row_types().items()]
    order = [command.name for command in COMMANDS]
    place = {name: number for number, name in enumerate(order)}
    return sorted(found, key=lambda one: place.get(asked_by(one.name).split()[0], len(order)))


def asked_by(name: str) -> str:
    """How a question is asked: `members`, or `export state-years`."""
    names = {command.name for command in COMMANDS}
    return ASKED.get(name) or (name if name in names else f"export {name}")


TYPES = {
    "str": "text",
    "int": "number",
    "bool": "yes or no",
    "dt.date": "day",
    "Known": "day",
    "tuple[str, ...]": "list",
    "Sequence[str]": "list",
}


def kind_of(annotation: str) -> str:
    """What a field holds, in a word or two."""
    first, *rest = annotation.split(" | ")
    return TYPES[first] + (", or nothing" if rest else "")


def fields() -> str:
    """The page of fields."""
    lines = [
        HEADER,
        "# Fields of the answers",
        "",
        "The same names in `json`, `jsonl`, `csv` and `tsv`, and in data frames. They are always",
        "all there, in this order; more may be added at the end, and those that are there stay.",
        "[Formats](formats.md) says how a value is written in each.",
        "",
    ]
    groups: dict[type, list[Question]] = {}
    for question in row_questions():
        groups.setdefault(question.row_type, []).append(question)
    for row_type, asked in groups.items():
        title = " and ".join(f"`{asked_by(one.name)}`" for one in asked)
        kinds = row_type.__annotations__
        own = asked[0].meanings
        lines += [f"## {title}", "", " ".join((row_type.__doc__ or "").split()), ""]
        lines += ["| field | holds | |", "|---|---|---|"]
        for field in row_type.__dict__["_fields"]:
            kind = kind_of(getattr(kinds[field], "__forward_arg__", str(kinds[field])))
            said = own.get(field, FIELDS.get(field, ""))
            said = re.sub(r"^None\b", "Nothing", re.sub(r"(?<=.)\bNone\b", "nothing", said))
            said = said if "nothing" in kind else said.partition("; nothing")[0].rstrip(".") + "."
            lines.append(f"| `{field}` | {kind} | {said} |")
        lines.append("")
    return "\n".join(lines)
