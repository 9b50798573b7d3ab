"""Which acts were there?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from cstocli.core.days import Days, When, clip, days_of
from cstocli.core.model import Act, Named
from cstocli.core.records import Records
from cstocli.questions import phrases
from cstocli.questions.answer import Answer, always, answered, covered


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


COLUMNS = {"date": "Date", "kind": "Kind", "title": "Act", "place": "Place"}


def events(
    records: Records,
    sessions: Iterable[Act],
    states: Sequence[Named],
    when: When | None,
    kinds: Collection[str],
    today: When,
) -> Answer[EventRow]:
    """The acts in order, sessions and what concerns offices among them: of some states or of all,
    in a period or ever, of some kinds or all.
    """
    acts = [*records.acts.values(), *sessions]
    days, coverage = covered(records, when or _since_the_first_act(records, acts, today), today)
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
        for act in sorted(acts, key=lambda act: act.date)
        if (not codes or codes & set(act.states))
        and (not kinds or act.kind in kinds)
        and _happened(act, days)
    ]
    who = f" of {phrases.listed(state.name for state in states)}" if states else ""
    of_kind = f", {phrases.listed(kinds)}" if kinds else ""
    return answered(
        records,
        "events",
        EventRow,
        rows,
        coverage,
        title=f"Acts{who}{of_kind}: {len(rows)}\n{phrases.period(days)}",
        query={
            "states": sorted(codes),
            "kinds": sorted(kinds),
            "first_day": days[0],
            "last_day": days[1],
        },
        days=days,
        columns=COLUMNS,
    )


def _since_the_first_act(records: Records, acts: Iterable[Act], today: When) -> When:
    """Every day that can be asked about, from the first act on."""
    days = [days_of(act.date)[0] for act in acts]
    return always(records, today)._replace(first_day=min([records.first_day, *days]))


def _happened(act: Act, days: Days) -> bool:
    """Whether an act may have happened on one of the days; a month counts whole."""
    return clip(*days_of(act.date), days) is not None
