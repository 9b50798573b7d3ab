"""What csto covers, and what it does not."""

from __future__ import annotations

COVERS = (
    "who signed, acceded to or was party to the Treaty, and who was a member, on any day",
    "the acts and sources behind it, and what is disputed or not known",
    "who was Secretary General and who chaired, the sessions of the Council, and observers",
    "membership of nine neighbouring organisations",
)
DOES_NOT_COVER = (
    "further agreements of the Organisation",
    "missions and peacekeeping",
    "exercises",
    "budgets and contributions, but for what bears on membership",
    "other organs, posts and staff",
)
INSTEAD = {
    "observer": "csto observers",
    "partner": "csto observers",
    "secretary": "csto holders secretary-general",
    "general": "csto holders secretary-general",
    "chair": "csto holders chair",
    "chairman": "csto holders chair",
    "presidency": "csto holders chair",
    "offices": "csto holders",
    "sessions": "csto events --kind session",
    "session": "csto events --kind session",
    "summits": "csto events --kind session",
    "meetings": "csto events --kind meeting",
    "neighbours": "csto organisations",
    "bibtex": "csto cite --style bibtex",
    "watch": "csto diff yesterday today --exit-status",
}
"""What to type in the place of commands that there are not."""
NOT_HERE = (
    "missions", "mission", "peacekeeping", "exercises", "exercise", "budget", "budgets",
    "contributions", "agreements", "treaties", "troops", "forces", "staff",
)  # fmt: skip
"""What is asked for, and not covered."""


def instead(word: str) -> str | None:
    """What to say to a word that is no command, if it is about what is covered or is not."""
    if word in INSTEAD:
        return f"type: {INSTEAD[word]}"
    if word in NOT_HERE:
        return f"csto does not cover {', '.join(DOES_NOT_COVER)}; 'csto info' says what it does"
    return None
