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
SIX = "ARM BLR KAZ KGZ RUS TJK"
FIRST_SIX = "ARM KAZ KGZ RUS TJK UZB"
NINE = "ARM AZE BLR GEO KAZ KGZ RUS TJK UZB"

# Sentences that more than one answer has

JOINED = "Basis joined: signed, acceded or admitted, in force or not."
CHARTER = "Basis charter: the Charter in force for the state, or admitted by the Council."
CHECKED = "Checked up to 2026-02-26; later days are answered as of then."
TREATY = "The Treaty was signed on 1992-05-15 and came into force on 1994-04-20"
PACT = "The Charter was signed on 2002-10-07 and came into force on 2003-09-18"
SINCE_AUGUST = "not before 2006-08-16 according to Asia-Plus, Obozrevatel (UNIAN), RBC and 3 more"
SENATE = (
    "Uzbekistan's status is disputed, not the answer: signatory only until 2008-03-27 according "
    'to RIA Novosti and Saunders and Strukov ("2008-03-28").'
)
WITHDREW = (
    'Uzbekistan\'s status is disputed, not the answer: "withdrew, not a member since 2012" '
    "according to Central Intelligence Agency, Kun.uz, Novinite and RFE/RL."
)
FROZEN = (
    "declares its participation frozen since 2024-02-22; no notice of withdrawal found, "
    "membership unbroken"
)
IMPRECISE = (
    "A bound known only to the month or the year decides no day inside it; a period is judged by "
    "the days that are certain."
)
