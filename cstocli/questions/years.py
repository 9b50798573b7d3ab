"""The years of a panel."""

from __future__ import annotations

import datetime as dt

from cstocli.core.days import Days, When
from cstocli.core.records import Records
from cstocli.questions.answer import always, covered


def whole_years(when: When) -> When:
    """The days, with those of their first year that lie before them."""
    return when._replace(first_day=when.first_day.replace(month=1, day=1))


def years_asked(
    records: Records, when: When | None, today: When
) -> tuple[Days, list[Days], list[str]]:
    """The days asked about, all of them cut into years, and what must be said about them.

    Raises Refused for days that have not come yet.
    """
    days, said = covered(records, when or whole_years(always(records, today)), today)
    years = [
        (max(days[0], dt.date(year, 1, 1)), min(days[1], dt.date(year, 12, 31)))
        for year in range(days[0].year, days[1].year + 1)
    ]
    for first_day, last_day in (years[0], years[-1]):
        if last_day != last_day.replace(month=12, day=31):
            said.append(f"{last_day.year} is cut at {last_day}.")
        if first_day != first_day.replace(month=1, day=1):
            said.append(f"{first_day.year} begins on {first_day}.")
    return days, years, said
