"""Which organisations are there, and in which were states counted?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cstocli.core.days import Days, Known, When
from cstocli.core.finding import find
from cstocli.core.joint import joint
from cstocli.core.model import Basis, Named
from cstocli.core.records import Records
from cstocli.questions import phrases
from cstocli.questions.answer import Answer, covered, rule_for, without_columns
from cstocli.questions.drawing import Bar, Drawing, Lane, doubtful


class OrganisationRow(NamedTuple):
    """An organisation of a catalogue."""

    organisation: str
    name: str
    states: int
    """How many there are in its dataset."""
    first_day: dt.date
    """Of the first spell."""
    verified_through: dt.date | None
    bases: tuple[str, ...]
    """The names of its bases, the default one first."""

    def __str__(self) -> str:
        return f"{self.organisation}: {self.name}, {self.states} states since {self.first_day}"


class MembershipRow(NamedTuple):
    """An organisation in which all the states asked about were counted, or may have been."""

    organisation: str
    name: str
    status: str
    """Of the state on the last counted day; of several, each once, in their order."""
    first_day: Known | None
    """Of the run of days on which all were counted."""
    last_day: Known | None
    part: str | None
    """`all`, or the days of those asked about on which all were counted."""
    disputed: bool
    imprecise: bool
    verified: bool | None
    """Whether its dataset was checked through the days asked about; None where it does not say."""

    def __str__(self) -> str:
        disputed = ", disputed" if self.disputed else ""
        span = f", {phrases.span(self.first_day, self.last_day)}" if self.first_day else ""
        return f"{self.name}: {self.status}{span}{disputed}"


COLUMNS = {
    "organisation": "Organisation",
    "name": "Name",
    "states": "States",
    "first_day": "First day",
    "verified_through": "Checked through",
    "bases": "Bases",
}
MEMBERSHIP_COLUMNS = {
    "organisation": "Organisation",
    "name": "Name",
    "status": "Status",
    "first_day": "Counted since",
    "last_day": "Counted to",
    "part": "Days counted",
}


def organisations(catalogue: Sequence[Records]) -> Answer[OrganisationRow]:
    """Every organisation of a catalogue."""
    return Answer(
        "organisations",
        title=f"Organisations: {len(catalogue)}",
        row_type=OrganisationRow,
        rows=[_row(records) for records in catalogue],
        notes=[],
        query={},
        dataset=_dataset(catalogue),
        columns=COLUMNS,
    )


def _row(records: Records) -> OrganisationRow:
    """An organisation as a row."""
    default = records.default_basis.basis
    return OrganisationRow(
        records.organisation.id,
        records.organisation.name,
        len(records.states),
        records.first_day,
        records.verified_through,
        (default, *(basis for basis in records.bases if basis != default)),
    )


def _dataset(catalogue: Sequence[Records]) -> dict[str, str | None]:
    """The release of a catalogue, which all its organisations share."""
    releases = dict.fromkeys(records.release for records in catalogue)
    return {"release": ", ".join(releases), "verified_through": None}


def organisations_of(
    catalogue: Iterable[Records],
    states: Sequence[Named],
    when: When,
    basis: str | None,
    today: When,
) -> Answer[MembershipRow]:
    """The organisations in which all the states were counted on a day or on any day of a period,
    each by its own default basis or by one of a name.

    Raises Refused for days that have not come yet.
    """
    records_of = list(catalogue)
    found = list(_found(records_of, states, when, basis, today))
    rows = [row for row, _ in found]
    left_out = [r.organisation.id for r in records_of if basis and basis not in r.bases]
    notes = [note for _, said in found for note in said]
    if left_out:
        notes.append(
            f"There is no basis {basis} in {phrases.listed(left_out)}, which are left out."
        )
    if when.last_day > today.last_day:
        notes.append(f"{when.text} is cut at {today.last_day}, the last day that can be asked.")
    names = phrases.listed(state.name for state in states)
    whole = all(row.part == "all" for row in rows)
    days = when.first_day, min(when.last_day, today.last_day)
    return Answer(
        "organisations-of",
        title=f"{names}, {phrases.period(days)}: counted in {len(rows)}\n"
        "Each organisation by its own basis.",
        row_type=MembershipRow,
        rows=rows,
        notes=notes,
        asides=[
            f"{r.organisation.id}: {phrases.rule(_basis(r, basis))}"
            for r in records_of
            if r.organisation.id in {row.organisation for row in rows}
        ],
        query={
            "states": [state.code for state in states],
            "basis": basis,
            "first_day": days[0],
            "last_day": days[1],
            "rule": rule_for(days, throughout=False),
        },
        dataset=_dataset(records_of),
        columns=without_columns(MEMBERSHIP_COLUMNS, *(["part"] if whole else [])),
        drawing=_drawing(records_of, states, basis, today),
    )


def _drawing(
    catalogue: Sequence[Records], states: Sequence[Named], basis: str | None, today: When
) -> Drawing:
    """A lane for each organisation in which all the states were ever counted."""
    first = min(records.first_day for records in catalogue)
    days = min(first, today.first_day), today.last_day
    lanes = [lane for records in catalogue for lane in _lanes(records, states, basis, days)]
    names = phrases.listed(state.name for state in states)
    begun = min((bar.first_day for lane in lanes for bar in lane.spells), default=days[0])
    days = begun, days[1]
    return Drawing(
        f"{names} in organisations", days, ("counted",), (2,), lanes, "Each by its own basis."
    )


def _lanes(
    records: Records, states: Sequence[Named], basis: str | None, days: Days
) -> Iterator[Lane]:
    """The lane of an organisation, if all the states were ever counted in it."""
    if (basis and basis not in records.bases) or not all(s.code in records.states for s in states):
        return
    findings = [find(records, records.states[s.code], _basis(records, basis), days) for s in states]
    both = joint(records, findings)
    name = records.organisation.name
    if both.certain:
        bars = [Bar(*part, "counted", f"{name}: {phrases.span(*part)}") for part in both.certain]
        marks = [mark for found in findings for mark in doubtful(records, found)]
        yield Lane(records.organisation.id, bars, marks)


def _basis(records: Records, name: str | None) -> Basis:
    """The basis of that name, or the default one."""
    return records.bases.get(name or "", records.default_basis)


def _found(
    catalogue: Iterable[Records],
    states: Sequence[Named],
    when: When,
    basis: str | None,
    today: When,
) -> Iterator[tuple[MembershipRow, list[str]]]:
    """Each organisation in which all were counted, or may have been, and what must be said."""
    for records in catalogue:
        if (basis and basis not in records.bases) or not all(
            s.code in records.states for s in states
        ):
            continue
        days, _ = covered(
            records, when._replace(last_day=min(when.last_day, today.last_day)), today
        )
        named = [records.states[state.code] for state in states]
        findings = [find(records, one, _basis(records, basis), days) for one in named]
        both = joint(records, findings)
        if both.certain or both.unsettled:
            id = records.organisation.id
            said = [
                f"{id}: {one.name} is {'disputed' if doubt.dispute else 'not certain'}: "
                f"{phrases.doubted(records, one.code, doubt)}."
                for one in findings
                for doubt in one.doubts
            ]
            if records.verified(days) is False:
                said.append(f"{id}: checked up to {records.verified_through}.")
            row = MembershipRow(
                id,
                records.organisation.name,
                ", ".join(dict.fromkeys(one.status for one in findings)),
                both.first_day,
                both.last_day,
                both.part,
                both.disputed,
                both.imprecise,
                records.verified(days),
            )
            yield row, said
