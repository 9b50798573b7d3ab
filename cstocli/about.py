"""The questions about the dataset itself: its acts, disputes, sources, states and releases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from cstocli import wording
from cstocli.answers import Answer
from cstocli.bounds import Days, days_of
from cstocli.dates import When
from cstocli.escape import printable, quoted
from cstocli.model import Act, Dispute, Records, Refused, Source
from cstocli.queries import Named, always, answered, covered
from cstocli.rules import Problem


class EventRow(NamedTuple):
    """An act."""

    date: str
    """A day, or a month where no better is known."""
    kind: str
    title: str
    states: tuple[str, ...]
    """Codes; none where the act is the Organisation's alone."""
    act: str
    sources: tuple[str, ...]
    place: str | None
    certainty: str

    def __str__(self) -> str:
        return f"{self.date}: {self.title} ({self.kind})"


class DisputeRow(NamedTuple):
    """A source that says otherwise."""

    state: str | None
    """None where it is about the organisation, or about several states."""
    name: str
    about: str
    """The id of a spell, an act, a state, or the organisation."""
    value: str
    first_day: dt.date | None
    last_day: dt.date | None
    status: str | None
    """The status that the source gives on these days; None: none."""
    verdict: str
    reason: str
    sources: tuple[str, ...]
    dispute: str

    according_to: str
    """The publishers of the sources, joined by `; `."""

    def __str__(self) -> str:
        days = ""
        if self.first_day:
            status = self.status or "no status"
            days = f"; {status} {wording.span(self.first_day, self.last_day)}"
        return (
            f"{self.name}: {self.value} ({self.verdict}{days}), according to "
            f"{self.according_to}. {self.reason}"
        )


class SourceRow(NamedTuple):
    """A publication, and the ids of what it is cited for."""

    id: str
    publisher: str
    title: str
    date: str | None
    language: str | None
    address: str | None
    level: str
    used_for: tuple[str, ...]

    def __str__(self) -> str:
        return wording.source(Source(*self[:7]))


class StateRow(NamedTuple):
    """A state with its names, codes and the status of today."""

    state: str
    name: str
    official: str
    russian: str
    native: str
    alpha_2: str | None
    numeric: str | None
    cow: str | None
    wikidata: str | None
    status: str
    aliases: str | None
    """Joined by `; `, because an alias may hold a blank; None unless asked for."""

    def __str__(self) -> str:
        return self.name


class ProblemRow(NamedTuple):
    """What is wrong with a dataset file, and where."""

    place: str
    """`spells[12].last_day`; empty where it is the file as a whole."""
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}" if self.place else self.problem


class InfoRow(NamedTuple):
    """A fact about the dataset."""

    key: str
    value: str

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


def events(
    records: Records,
    states: Sequence[Named],
    when: When | None,
    kinds: Collection[str],
    today: When,
) -> Answer[EventRow]:
    """The acts in order: of some states or of all, in a period or ever, of some kinds or all."""
    days, coverage = covered(records, when or _since_the_first_act(records, today), today)
    codes = {state.code for state in states}
    rows = [
        EventRow(
            act.date,
            act.kind,
            act.title,
            act.states,
            act.id,
            act.sources,
            act.place,
            act.certainty,
        )
        for act in sorted(records.acts.values(), key=lambda act: act.date)
        if (not codes or codes & set(act.states))
        and (not kinds or act.kind in kinds)
        and _happened(act, days)
    ]
    who = f" of {wording.listed(state.name for state in states)}" if states else ""
    of_kind = f", {wording.listed(kinds)}" if kinds else ""
    return answered(
        records,
        "events",
        EventRow,
        rows,
        coverage,
        title=f"Acts{who}{of_kind}: {len(rows)}\n{wording.period(days)}",
        query={
            "states": sorted(codes),
            "kinds": sorted(kinds),
            "first_day": days[0],
            "last_day": days[1],
        },
        days=days,
    )


def _since_the_first_act(records: Records, today: When) -> When:
    """Every day that can be asked about, from the first act on."""
    acts = [days_of(act.date)[0] for act in records.acts.values()]
    return always(records, today)._replace(first_day=min([records.first_day, *acts]))


def _happened(act: Act, days: Days) -> bool:
    """Whether an act may have happened on one of the days; a month counts whole."""
    first, last = (day.isoformat()[: len(act.date)] for day in days)
    return first <= act.date <= last


def disputes(records: Records, state: Named | None, today: When) -> Answer[DisputeRow]:
    """Everything that a source says otherwise, about one state or at all."""
    rows = [
        _dispute_row(records, dispute)
        for dispute in records.disputes.values()
        if not state or state.code in records.states_of(dispute.about)
    ]
    rivals = sum(row.verdict == "rival" for row in rows)
    return answered(
        records,
        "disputes",
        DisputeRow,
        sorted(
            rows, key=lambda row: (row.name, row.verdict != "rival", row.first_day or dt.date.max)
        ),
        [],
        title=f"Disputes{f' about {state.name}' if state else ''}: {len(rows)}, {rivals} of them "
        "rivals\nA rival can be defended and marks the answers it would change; a rejected value "
        "marks none.",
        query={"state": state.code if state else None},
        days=today.days,
    )


def _dispute_row(records: Records, dispute: Dispute) -> DisputeRow:
    """A dispute as a row."""
    codes = records.states_of(dispute.about)
    state = records.states[codes[0]] if len(codes) == 1 else None
    few = [records.states[code].name for code in codes if len(codes) < 4]
    return DisputeRow(
        state.code if state else None,
        wording.listed(few) if few else records.organisation.name,
        dispute.about,
        dispute.value,
        dispute.first_day,
        dispute.last_day,
        dispute.status,
        dispute.verdict,
        dispute.reason,
        dispute.sources,
        dispute.id,
        "; ".join(dict.fromkeys(records.sources[id].publisher for id in dispute.sources)),
    )


def sources(records: Records, id: str | None, today: When) -> Answer[SourceRow]:
    """Every source with what it is cited for, or one source whole.

    Raises Refused for an id that is not there.
    """
    if id is not None and id not in records.sources:
        raise Refused(f"there is no source {quoted(id)}")
    uses = _uses(records)
    rows = [
        SourceRow(*source, used_for=tuple(uses[source.id]))
        for source in records.sources.values()
        if id in (None, source.id)
    ]
    notes = [wording.use(records, use) for use in uses[id]] if id else []
    return answered(
        records,
        "sources",
        SourceRow,
        rows,
        notes,
        title=f"Sources: {len(rows)}\nA title in square brackets describes a publication whose "
        "title is not known.",
        query={"id": id},
        days=today.days,
    )


def _uses(records: Records) -> dict[str, list[str]]:
    """The ids of the acts, disputes and remarks that cite each source."""
    uses: dict[str, list[str]] = {id: [] for id in records.sources}
    citing = [(act.id, act.sources) for act in records.acts.values()]
    citing += [(dispute.id, dispute.sources) for dispute in records.disputes.values()]
    citing += [(remark.id, remark.sources) for remark in records.remarks]
    for citer, cited in citing:
        for id in cited:
            uses[id].append(citer)
    return uses


def states(records: Records, today: When, *, aliases: bool = False) -> Answer[StateRow]:
    """The states of the dataset, with their names and codes, and the status of today."""
    days, coverage = covered(records, today, today)
    rows = [
        StateRow(
            state.code,
            state.name,
            state.official,
            state.russian,
            state.native,
            state.alpha_2,
            state.numeric,
            state.cow,
            state.wikidata,
            records.status_on(state.code, days[1]),
            "; ".join((*state.aliases, *state.adjectives)) if aliases else None,
        )
        for state in records.states.values()
    ]
    return answered(
        records,
        "states",
        StateRow,
        rows,
        coverage,
        title=f"States: {len(rows)}\nThe status is that of {days[1]}.",
        query={"on": days[1]},
        days=days,
    )


def info(records: Records, checksum: str, today: When) -> Answer[InfoRow]:
    """The release, how far it was checked, its licence, what is in it, and how to cite it."""
    organisation, release = records.organisation, records.release
    through = str(records.verified_through or "")
    treaty = f"the {organisation.treaty} and the " if organisation.treaty else ""
    cited = (
        f"csto: dataset of membership in {treaty}{organisation.name}",
        f"release {release}",
        through and f"verified through {through}",
        records.licence,
    )
    counts = {
        name: str(len(getattr(records, name)))
        for name in ("states", "acts", "spells", "disputes", "remarks", "sources")
    }
    facts = {
        "release": release,
        "verified_through": through,
        "licence": records.licence,
        "organisation": f"{organisation.name} ({organisation.id})",
        "first_day": records.first_day.isoformat(),
        **counts,
        "open_questions": str(len(records.open_questions)),
        "sha256": checksum,
        "cite": f"The csto authors, {', '.join(filter(None, cited))}." if records.licence else "",
    }
    rows = [InfoRow(key, value) for key, value in facts.items()]
    rows += [InfoRow("open_question", f"{q.question} {q.found}") for q in records.open_questions]
    return answered(
        records,
        "info",
        InfoRow,
        rows,
        [],
        title="The dataset",
        query={},
        days=today.days,
    )


def validate(
    path: str,
    problems: Sequence[Problem],
    counts: Mapping[str, int],
    kept: Iterable[str],
    dataset: Mapping[str, str | None],
) -> Answer[ProblemRow]:
    """The problems of a dataset file; where there are none, what it has and the rules it keeps."""
    found = "no problem" if not problems else f"{len(problems)} problems"
    if len(problems) == 1:
        found = "1 problem"
    has = [f"{count} {name[:-1] if count == 1 else name}" for name, count in counts.items()]
    return Answer(
        "validate",
        title=f"{path}: {found}",
        row_type=ProblemRow,
        rows=[ProblemRow(problem.place, problem.text) for problem in problems],
        notes=[] if problems else [f"It has {wording.listed(has)}.", *kept],
        query={"file": printable(path)},
        dataset=dict(dataset),
    )
