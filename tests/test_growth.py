"""That the work of a question grows with what it is about, and that nothing is worked out twice."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from small import DAY, WHY, club, day, rival, spell

from cstocli import Dataset
from cstocli.core import records, standing
from cstocli.core.model import Spell
from cstocli.core.standing import Doubt, Standing

QUESTIONS: dict[str, Callable[[Dataset], object]] = {
    "members": lambda csto: csto.members(("2000-01-01", "2003-01-01"), basis="wide"),
    "check": lambda csto: csto.check("AAA", ("2000-01-01", "2003-01-01")),
    "history": lambda csto: csto.history(),
    "accessions": lambda csto: csto.accessions(),
    "withdrawals": lambda csto: csto.withdrawals(),
    "diff": lambda csto: csto.diff("2000-01-01", "2003-01-01"),
    "series": lambda csto: csto.series("month"),
    "together": lambda csto: csto.together("AAA", "BBB"),
    "timeline": lambda csto: csto.timeline(),
    "why": lambda csto: csto.why("AAA", "2001-05"),
    "state-years": lambda csto: csto.state_years(rule="last-day"),
    "dyad-years": lambda csto: csto.dyad_years(rule="last-day"),
    "cite": lambda csto: csto.cite("AAA", "2001-05"),
    "page": lambda csto: csto.page(),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_doubted_is_worked_out_once_for_a_state_and_what_counts(
    question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out: Counter[Any] = Counter()
    stand = standing.stand

    def counted(
        spells: tuple[Spell, ...], doubts: tuple[Doubt, ...], counts: frozenset[str]
    ) -> Standing:
        worked_out[spells[0].state, counts] += 1
        return stand(spells, doubts, counts)

    monkeypatch.setattr(records, "stand", counted)
    csto = club(
        "member 2000/2001-06, observer 2001-06/2002, member 2002/",
        "BBB member 2001-03-01/2002-08, BBB observer 2002-10-01/2003-02",
        disputes=[rival("AAA", "2001-02-01/2001-03-01"), rival("BBB", "2001-05-01/", "observer")],
        states=["AAA", "BBB"],
    )
    QUESTIONS[question](csto)
    assert set(worked_out.values()) == {1}


# In proportion


def lines_run(ask: Callable[[], object]) -> int:
    """How many lines of Python a question takes, those of its loops as often as they are run."""
    count = 0

    def trace(frame: FrameType, event: str, arg: object) -> Callable[..., Any]:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        ask()
    finally:
        sys.settrace(before)
    return count


def assert_in_proportion(ask: Callable[[Dataset], object], few: Dataset, many: Dataset) -> None:
    """Check the work of a question to a dataset, and to one that is four times as large."""
    ask(club("member 2000/2001"))  # imports what it needs
    work = lines_run(lambda: ask(few))
    assert 3 * work < lines_run(lambda: ask(many)) < 6 * work


def imprecise(count: int) -> Dataset:
    """A state of many spells that begin in one month and end in the next, a month apart.

    One of five is of a status that does not count, and a source says: never a member at all.
    """
    months = [f"{1000 + n // 12}-{n % 12 + 1:02}" for n in range(3 * count)]
    statuses = ["observer", "member", "member", "member", "member"]
    told = [spell(f"{statuses[n % 5]} {months[3 * n]}/{months[3 * n + 1]}") for n in range(count)]
    return club(*told, "BBB member 1000-01-01/", disputes=[rival("AAA", "1000-01-01/")])


def exact(count: int) -> Dataset:
    """A state of many spells of ten days, ten days apart."""
    firsts = [day("1000-01-01") + 20 * n * DAY for n in range(count)]
    told = [spell(f"member {first}/{first + 9 * DAY}") for first in firsts]
    return club(*told, "BBB member 1000-01-01/")


def whole(csto: Dataset) -> tuple[str, str]:
    """The days on which the first state has spells."""
    return "1000-01-01", str(csto.records.spells_of("AAA")[-1].last_day)


ASKED: dict[str, Callable[[Dataset], object]] = {
    "members": lambda csto: csto.members(whole(csto)),
    "check": lambda csto: csto.check("AAA", whole(csto)),
    "series": lambda csto: csto.series(during=whole(csto)),
    "together": lambda csto: csto.together("AAA", "BBB"),
    "history": lambda csto: csto.history("AAA"),
    "withdrawals": lambda csto: csto.withdrawals(),
    "timeline": lambda csto: csto.timeline(),
    "cite": lambda csto: csto.cite("AAA", whole(csto)),
    "compare": lambda csto: csto.compare(club("member 1000-01-01/")),
    "state-years": lambda csto: csto.state_years(during=whole(csto)),
}


@pytest.mark.parametrize("question", ASKED)
@pytest.mark.parametrize(("make", "count"), [(imprecise, 250), (exact, 500)])
def test_four_times_as_many_spells_take_about_four_times_the_work(
    make: Callable[[int], Dataset], count: int, question: str
) -> None:
    assert_in_proportion(ASKED[question], make(count), make(4 * count))


@pytest.mark.parametrize(
    "ask", [Dataset.history, lambda csto: csto.members("2001")], ids=["history", "members"]
)
def test_four_times_as_many_states_take_about_four_times_the_work(
    ask: Callable[[Dataset], object],
) -> None:
    def made(count: int) -> Dataset:
        codes = [f"S{number}" for number in range(count)]
        return club(
            *(f"{code} member 2001/2002-06-05" for code in codes),
            states=codes,
            disputes=[rival(code, "2001-04-01/2001-05-01") for code in codes],
            questions=[WHY._replace(id=code, about=code) for code in codes],
        )

    assert_in_proportion(ask, made(100), made(400))
