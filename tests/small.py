"""Small invented datasets, each written in a line or two.

    club("member 2001-02/2001-04, observer 2001-06-01/", "BBB observer 2000/2001 > member 2001/")

A spell is its status, its first and its last day, as far as they are known; none where it lasts.
It is of the state AAA if no other is named, and a `>` instead of the comma goes on to the next.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from cstocli import Dataset
from cstocli.core.days import Bound, Days, days_of, known
from cstocli.core.model import (
    Act,
    Basis,
    Dispute,
    Kind,
    OpenQuestion,
    Organisation,
    Remark,
    Source,
    Spell,
    State,
    Status,
)
from cstocli.core.records import Records
from cstocli.questions.answer import Answer

DAY = dt.timedelta(1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def days(text: str) -> Days:
    """The days of `2001-01-02/2001-01-05`, or of a single day."""
    first, _, last = text.partition("/")
    return day(first), day(last or first)


# Records


def spell(text: str, **more: Any) -> Spell:
    """The spell written as `BBB member 2001/2001-06`, called by its text."""
    *code, status, first, last = re.split("[ /]", text)
    begun, ended = known(first), known(last) if last else None
    return Spell(
        text,
        code[0] if code else "AAA",
        status,
        days_of(first)[0],
        days_of(last)[1] if last else None,
        None,
        None,
        "left" if last else None,
        None,
        begun if isinstance(begun, Bound) else None,
        ended if isinstance(ended, Bound) else None,
    )._replace(**more)


def spells(text: str) -> list[Spell]:
    """The spells of a text."""
    *parts, last = re.split("(, | > )", text)
    ends = {", ": "left", " > ": "next-status"}
    linked = zip(parts[::2], parts[1::2], strict=True)
    return [*(spell(one, ended=ends[link]) for one, link in linked), spell(last)]


def rival(about: str, stretch: str, status: str | None = None, verdict: str = "rival") -> Dispute:
    """A source that gives another status, or none, on the days of a stretch; of `/`, on no days."""
    first, last = stretch.split("/")
    return Dispute(
        f"{about}?{stretch}",
        about,
        "otherwise",
        day(first) if first else None,
        day(last) if last else None,
        status,
        verdict,
        "so they say",
        ("book",),
    )


def remark(id: str, state: str, stretch: str) -> Remark:
    first, last = stretch.split("/")
    return Remark(id, state, day(first), day(last) if last else None, f"is {id}", ("book",))


def act(id: str, date: str, *states: str, effective: str | None = None) -> Act:
    later = day(effective) if effective else None
    return Act(id, date, later, "signature", f"{id} it is", None, states, "high", ("book",))


def state(code: str) -> State:
    return State(code, None, None, None, None, code.title(), "", "", "", (), ())


def basis(name: str, *counts: str, default: bool = False) -> Basis:
    return Basis(name, default, frozenset(counts), name, None, None, None)


MEMBER = frozenset({"member"})
EITHER = frozenset({"member", "observer"})
WHOLE = Basis("whole", True, MEMBER, "whole members", None, None, None)
WIDE = Basis("wide", False, EITHER, "members and observers", "Pact", "signing", "start")
SIGNING = act("signing", "2000-12-01", "AAA", "BBB")
START = act("start", "2000-12-02", "CCC", effective="2000-12-24")
REMARKS = (
    remark("early", "AAA", "2001-01-10/2001-01-20"),
    remark("late", "AAA", "2001-02-01/"),
    remark("other", "BBB", "2001-01-01/"),
)
WHY = OpenQuestion("why", "AAA", "Why?", "Nothing.", day("2020-01-01"))


def club(
    *told: str | Spell,
    acts: Iterable[Act] = (SIGNING, START),
    disputes: Iterable[Dispute] = (),
    remarks: Iterable[Remark] = (),
    questions: Iterable[OpenQuestion] = (),
    verified: str | None = None,
    statuses: Iterable[str] = ("member", "observer"),
    bases: Iterable[Basis] = (WIDE, WHOLE),
    states: Iterable[str | State] = ("AAA", "BBB", "CCC"),
    organisation: str = "Club",
) -> Dataset:
    """The dataset of these spells; of two by the same text the second is called `… again`."""
    found: dict[str, Spell] = {}
    for one in told:
        for each in spells(one) if isinstance(one, str) else [one]:
            name = each.id
            while name in found:
                name += " again"
            found[name] = each._replace(id=name)
    records = Records(
        release="2001a",
        verified_through=day(verified) if verified else None,
        licence="CC0-1.0",
        organisation=Organisation("CLUB", organisation, None, None, None, ()),
        statuses=[Status(one, one, f"was {one}", f"is {one}") for one in statuses],
        bases=bases,
        kinds=[Kind("signature", "a text is signed", "signed")],
        states=[state(one) if isinstance(one, str) else one for one in states],
        acts=acts,
        spells=found.values(),
        disputes=disputes,
        remarks=remarks,
        open_questions=questions,
        sources=[Source("book", "A Press", "A Book", None, None, None, "primary")],
    )
    return Dataset(records)


def lines(answer: Answer[Any]) -> list[str]:
    """The rows of an answer, their cells divided by ` | `; `-` is none."""
    return [" | ".join("-" if cell is None else str(cell) for cell in row) for row in answer]


# Any dataset

STATUSES = ("guest", "friend", "fellow", "sleeper")
BEGIN = day("2000-12-01")


@st.composite
def comings(draw: st.DrawFn, code: str, gap: int, length: int) -> list[Spell]:
    """Spells of a state, some after a gap, some on the next day, the last one open or not."""
    found = []
    drawn = st.tuples(st.integers(0, gap), st.integers(1, length), st.sampled_from(STATUSES))
    after = BEGIN
    for skipped, lasting, status in draw(st.lists(drawn, max_size=5)):
        first = after + DAY * skipped
        after = first + DAY * lasting
        opened, closed = f"opens {code} {first}", f"closes {code} {after}"
        one = Spell(
            f"{code}-{first}", code, status, first, after - DAY, opened, closed, "withdrawn", "high"
        )
        found.append(one)
    if draw(st.booleans()) and found:
        found[-1] = found[-1]._replace(last_day=None, closed_by=None, ended=None)
    return found


@st.composite
def disputes(draw: st.DrawFn, about: list[str], window: list[dt.date]) -> Dispute:
    """A rival or rejected value about a spell or a state."""
    first, last = sorted(draw(st.tuples(st.sampled_from(window), st.sampled_from(window))))
    return Dispute(
        draw(st.uuids()).hex,
        draw(st.sampled_from(about)),
        "otherwise",
        first,
        draw(st.sampled_from([last, last, None])),
        draw(st.sampled_from([None, *STATUSES])),
        draw(st.sampled_from(["rival", "rival", "rejected"])),
        "so they say",
        ("book",),
    )


@st.composite
def clubs(draw: st.DrawFn, window: list[dt.date], *, gap: int = 9, length: int = 12) -> Dataset:
    """One to three states that come and go from BEGIN on, and a wide and a narrow basis."""
    codes = draw(st.sampled_from([["AAA"], ["AAA", "BBB"], ["AAA", "BBB", "CCC"]]))
    found = [one for code in codes for one in draw(comings(code, gap, length))]
    if not found:
        found = [Spell("AAA", "AAA", "guest", BEGIN, None, "opens", None, None, "high")]
    wide = draw(st.frozensets(st.sampled_from(STATUSES), min_size=1))
    narrow = draw(st.frozensets(st.sampled_from(sorted(wide)), min_size=1))
    acts = [act(one.opened_by, str(one.first_day)) for one in found if one.opened_by]
    acts += [
        act(one.closed_by, str(one.last_day + DAY))
        for one in found
        if one.closed_by and one.last_day
    ]
    about = [*codes, *(one.id for one in found)]
    return club(
        *draw(st.permutations(found)),
        acts=acts,
        disputes=draw(st.lists(disputes(about, window), max_size=4)),
        verified=draw(st.sampled_from([None, str(window[30]), str(window[-1])])),
        statuses=STATUSES,
        bases=[basis("wide", *wide, default=True), basis("narrow", *narrow)],
        states=codes,
    )


def held(csto: Dataset, code: str, on: dt.date) -> str | None:
    """The status of the one spell of a state that has the day, if there is one."""
    found = [
        one.status
        for one in csto.records.spells.values()
        if one.state == code and one.first_day <= on <= (one.last_day or on)
    ]
    assert len(found) <= 1
    return found[0] if found else None


def counted(csto: Dataset, basis: str, on: dt.date) -> set[str]:
    """The states that have a counted status on a day."""
    counts = csto.records.bases[basis].counts
    return {code for code in csto.records.states if held(csto, code, on) in counts}
