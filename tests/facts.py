"""What the tests know of the states and bases, written by hand and not read from the dataset."""

from __future__ import annotations

NAMES = {
    "ARM": "Armenia",
    "AZE": "Azerbaijan",
    "BLR": "Belarus",
    "GEO": "Georgia",
    "KAZ": "Kazakhstan",
    "KGZ": "Kyrgyzstan",
    "RUS": "Russia",
    "TJK": "Tajikistan",
    "UZB": "Uzbekistan",
}
BASES = {
    "joined": {"signatory", "party", "member"},
    "in-force": {"party", "member"},
    "charter": {"member"},
}
