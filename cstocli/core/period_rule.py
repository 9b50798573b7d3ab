"""By which rule what is counted on some days of a period is counted for the whole of it."""

from __future__ import annotations

from collections.abc import Sequence

from cstocli.core.days import Days, common, without
from cstocli.errors import Refused
from cstocli.escape import shown

RULES = {
    "any": "counted on any day",
    "throughout": "counted on every day",
    "first-day": "counted on the first day",
    "last-day": "counted on the last day",
}
"""Each rule with what it says of a period."""


def decide(
    rule: str | None, days: Days, certain: Sequence[Days], unsettled: Sequence[Days]
) -> bool | None:
    """Whether a period counts under a rule, if the days that are certain decide it.

    Without a rule a period counts if every day does, and does not if none does; with a change in
    it, nothing is decided.
    """
    asked = {"first-day": (days[0], days[0]), "last-day": (days[1], days[1])}.get(rule or "", days)
    yes = common(certain, [asked])
    no = without([asked], [*certain, *unsettled])
    if yes == [asked] or (yes and rule == "any"):
        return True
    if no == [asked] or (no and rule == "throughout"):
        return False
    return None


def checked_rule(rule: str) -> str:
    """The name of a rule; raises Refused for another."""
    if not isinstance(rule, str) or rule not in RULES:
        raise Refused(f"there is no rule {shown(rule)}; there are {', '.join(RULES)}")
    return rule
