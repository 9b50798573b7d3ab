"""The question behind an answer about an office: why does it say that somebody held it?"""

from __future__ import annotations

from cstocli.core.days import When
from cstocli.core.offices import Office, Offices
from cstocli.questions import phrases
from cstocli.questions.answer import Answer, answered, covered
from cstocli.questions.holders import holders
from cstocli.questions.why import WhyRow, behind, steps


def why_held(
    offices: Offices, office: Office, names: dict[str, str], when: When, today: When
) -> Answer[WhyRow]:
    """Who held an office, and all that the answer rests on, in reading order.

    Raises Refused for days that have not come yet.
    """
    records = offices.records
    answer = holders(offices, [office], names, when, today)
    days, _ = covered(records, when, today)
    rests_on = behind(
        records, office.named, days, records.disputes.values(), records.open_questions
    )
    cited = [offices.terms[spell.id].sources for spell in rests_on.spells]
    asked = phrases.period(days)
    return answered(
        records,
        "why-held",
        WhyRow,
        [
            *(WhyRow("answer", row.term, asked, str(row), None) for row in answer.rows),
            WhyRow("rule", office.office, None, office.note, None),
            *steps(records, office.named, rests_on, cited),
        ],
        answer.notes,
        title=f"Why {office.name}, {asked}?",
        query=answer.query,
        days=days,
        layout="sections",
    )
