"""From a CSV or TSV of spells to records: any organisation's membership, as people keep it.

The first line names the columns, in any order: `state`, `first_day` and `last_day` (empty while
the spell lasts), and if there are such, `organisation`, `status` (`member` where it is empty,
`unknown` where it is not known whether the state is counted), `remark`, and `verified_through`,
which is one day for an organisation. Further columns are ignored. Days are `YYYY-MM-DD`; a bound
known only to the month or the year is `YYYY-MM` or `YYYY`. A state is a country by any of its
names and letters, or else the exact text; or else what its code means in a scheme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from cstocli.core.model import (
    NOT_KNOWN,
    Basis,
    Organisation,
    State,
    Status,
)
from cstocli.core.records import Records
from cstocli.errors import BrokenDataset, Problem, broken
from cstocli.reading.cells import (
    DOUBTFUL,
    MEMBER,
    States,
    clean,
)
from cstocli.reading.spell_file import (
    Line,
    Sheet,
    choose,
    file_name,
    line_place,
    organisations,
    read,
)
from cstocli.reading.spells import Checked, check, line_of

RULES = (
    "Every row has a cell for each column, and a state.",
    "Every first and last day is a day, a month or a year of the calendar, none a sentinel.",
    "No spell ends before it begins.",
    "The spells of a state neither overlap nor share a day, and their order is known.",
    "No control or bidirectional character, and no cell that a spreadsheet takes for a formula.",
)
"""What a table of spells keeps."""


def is_table(path: str, data: bytes) -> bool:
    """Whether a file holds a table, and not a JSON document."""
    start = data[:100].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return not path.casefold().endswith(".json") and start not in (b"{", b"[")


def _states_under(scheme: str, known: Iterable[State]) -> States:
    """The states of a file whose cells are read under a scheme."""
    if scheme == "auto":  # as nearly always, and no reason to read the schemes
        return States(known)
    from cstocli.reading.coded import states_under

    return states_under(scheme, known)


def load(
    path: str,
    data: bytes,
    organisation: str | None,
    states: Iterable[State],
    state_code: str = "auto",
) -> Records:
    """The spells of one organisation in a file's data; `states` are known by more names, and
    `state_code` is the scheme by which they are read.

    Raises BrokenDataset where the file or a row is not right, and Refused where it is not
    clear which organisation is asked about.
    """
    sheet = read(path, data)
    chosen, rows = choose(sheet, organisation)
    nowhere = _nowhere(sheet)
    if nowhere:
        raise BrokenDataset(path, nowhere)
    return _organisation(sheet, chosen, rows, _states_under(state_code, states))


def load_all(
    path: str, data: bytes, states: Iterable[State], state_code: str = "auto"
) -> Iterator[Records]:
    """The spells of every organisation in a file's data; raises BrokenDataset as `load` does."""
    sheet = read(path, data)
    known = _states_under(state_code, states)
    nowhere = _nowhere(sheet)
    if nowhere:
        raise BrokenDataset(path, nowhere)
    for name, rows in organisations(sheet):
        yield _organisation(sheet, name, rows, known)


def _organisation(sheet: Sheet, name: str, rows: Sequence[Line], known: States) -> Records:
    """The spells of one organisation."""
    found = check(sheet, rows, known)
    found.problems[:0] = _wrongly_called(name, rows)
    if found.problems:
        raise BrokenDataset(sheet.path, found.problems)
    if not found.spells:
        raise broken(sheet.path, "no spell")
    return _records(sheet, name, found, known)


def validate(
    path: str,
    data: bytes,
    organisation: str | None,
    states: Iterable[State],
    state_code: str = "auto",
) -> tuple[dict[str, int], list[Problem], list[str]]:
    """What is in a file, every problem of its rows, and what to look at: of one organisation, or
    of all.
    """
    try:
        sheet = read(path, data)
    except BrokenDataset as error:
        return {}, list(error.problems), []
    chosen = [choose(sheet, organisation)] if organisation else organisations(sheet)
    known = _states_under(state_code, states)
    counts = {"organisations": len(chosen), "states": 0, "spells": 0}
    problems = []
    statuses: dict[str, int] = {}
    doubtful: dict[str, int] = {}
    for name, rows in chosen:
        if not name:
            continue
        found = check(sheet, rows, known)
        problems += found.problems
        counts["spells"] += sum(map(len, found.spells.values()))
        for spell in (spell for spells in found.spells.values() for spell in spells):
            statuses[spell.status] = statuses.get(spell.status, 0) + 1
            for day in {str(spell.first_known), str(spell.last_known)} & {*DOUBTFUL}:
                doubtful[day] = doubtful.get(day, 0) + 1
        problems += _wrongly_called(name, rows)
    problems += _nowhere(sheet)
    counts["states"] = len(known.named)
    if not counts["spells"] and not problems:
        problems = [Problem("line 1", "no spell follows")]
    return counts, sorted(problems, key=line_of), _to_look_at(statuses, doubtful, known)


def _nowhere(sheet: Sheet) -> list[Problem]:
    """The rows that belong to no organisation."""
    rows = dict(organisations(sheet)).get("", [])
    return [Problem(line_place(line), "there is no organisation") for line, _ in rows]


def _wrongly_called(name: str, rows: Sequence[Line]) -> list[Problem]:
    """What is wrong with the name of an organisation, at its first row."""
    try:
        clean(name)
    except ValueError as error:
        return [Problem(line_place(rows[0][0]), str(error))]
    return []


def _to_look_at(statuses: dict[str, int], doubtful: dict[str, int], states: States) -> list[str]:
    """What may be a slip, though no rule is broken: statuses, days that stand for others in many
    files, and states that are no country.
    """
    notes = [
        f"Status {status}: {_spells(count)}, {_described(status).text}."
        for status, count in statuses.items()
        if len(statuses) > 1 or status != MEMBER
    ]
    notes += [
        f"Day {day}: {_spells(count)}; in many files it stands for a day that is not known."
        for day, count in doubtful.items()
    ]
    if states.others:
        notes.append(f"No country, kept by their text: {', '.join(states.others)}.")
    return notes


def _spells(number: int) -> str:
    """A number of spells."""
    return "1 spell" if number == 1 else f"{number} spells"


def _records(sheet: Sheet, organisation: str, found: Checked, states: States) -> Records:
    """The records of one organisation."""
    spells = [spell for of_state in found.spells.values() for spell in of_state]
    statuses = {MEMBER: None, **dict.fromkeys(spell.status for spell in spells)}
    return Records(
        release=file_name(sheet.path),
        verified_through=found.verified_through,
        licence="",
        organisation=Organisation(organisation, organisation, None, None, None, ()),
        statuses=map(_described, statuses),
        bases=[Basis(MEMBER, True, frozenset({MEMBER}), "the status member", None, None, None)],
        kinds=(),
        states=sorted((states.named[code] for code in found.spells), key=attrgetter("name")),
        acts=(),
        spells=spells,
        disputes=(),
        remarks=found.remarks,
        open_questions=(),
        sources=(),
    )


def _described(status: str) -> Status:
    """A status in words."""
    if status == MEMBER:
        return Status(status, "counted", "was a member", "is a member")
    if status == NOT_KNOWN:
        said = "a status that is not known"
        return Status(status, "not known", f"had {said}", f"has {said}")
    return Status(status, "not counted", f"had the status {status}", f"has the status {status}")
