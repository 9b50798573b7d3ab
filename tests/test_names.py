from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from cstocli import names
from cstocli.model import Records, Refused, State
from cstocli.names import Country

SPELLINGS = {
    "ARM": [
        "Armenia",
        "ARMENIA",
        "armenia",
        "  Armenia  ",
        "the Armenia",
        "Republic of Armenia",
        "the Republic of Armenia",
        "Республика Армения",
        "Армения",
        "АРМЕНИЯ",
        "Հայաստան",
        "ՀԱՅԱՍՏԱՆ",
        "Հայաստանի Հանրապետություն",
        "Hayastan",
        "Armenian",
        "армянский",
        "AM",
        "am",
        "ARM",
        "051",
        "51",
        "Armenian SSR",
        "Soviet Armenia",
        "Armenian Soviet Socialist Republic",
        "Армянская ССР",
        "Armenai",
        "Arménie",
        "Armeniya",
    ],
    "AZE": [
        "Azerbaijan",
        "Republic of Azerbaijan",
        "Азербайджанская Республика",
        "Азербайджан",
        "Azərbaycan",
        "AZƏRBAYCAN",
        "Azərbaycan Respublikası",
        "Azerbaycan",
        "Azerbaidzhan",
        "Azerbaydzhan",
        "Azerbaijani Republic",
        "Azerbaijani",
        "Azeri",
        "азербайджанский",
        "AZ",
        "aze",
        "031",
        "31",
        "Azerbaijan SSR",
        "Azerbajan",
        "Azerbijan",
        "Azerbaïdjan",
        "Azerbaidjan",
    ],
    "BLR": [
        "Belarus",
        "Belarus'",
        "Belarusʹ",
        "Republic of Belarus",
        "Республика Беларусь",
        "Рэспубліка Беларусь",
        "Беларусь",
        "Белоруссия",
        "Byelarus",
        "Bielarus",
        "Belorussia",
        "Byelorussia",
        "White Russia",
        "white russia",
        "Weißrussland",
        "Biélorussie",
        "Belarusian",
        "Belarussian",
        "белорусский",
        "BY",
        "BLR",
        "112",
        "BSSR",
        "БССР",
        "Byelorussian SSR",
        "Belrus",
        "Belarsu",
        "Bellarus",
        "Respublika Belarus",
    ],
    "GEO": [
        "Georgia",
        "GEORGIA",
        "Republic of Georgia",
        "Грузия",
        "საქართველო",
        "ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ",
        "Sakartvelo",
        "Sak'art'velo",
        "Sak’art’velo",
        "Gruziya",
        "Georgian",
        "грузинский",
        "GE",
        "GEO",
        "GRG",
        "grg",
        "268",
        "Georgian SSR",
        "Грузинская ССР",
        "Géorgie",
        "Goergia",
        "Gorgia",
    ],
    "KAZ": [
        "Kazakhstan",
        "Republic of Kazakhstan",
        "Республика Казахстан",
        "Қазақстан Республикасы",
        "Қазақстан",
        "ҚАЗАҚСТАН",
        "Казахстан",
        "Qazaqstan",
        "Kazakstan",
        "Kazakhstan Republic",
        "Kazakh",
        "Kazakhstani",
        "казахский",
        "KZ",
        "KAZ",
        "KZK",
        "398",
        "Kazakh SSR",
        "Khazakstan",
        "Kazahstan",
        "Kazakhastan",
    ],
    "KGZ": [
        "Kyrgyzstan",
        "Kyrgyz Republic",
        "the Kyrgyz Republic",
        "Republic of Kyrgyzstan",
        "Кыргызская Республика",
        "Кыргыз Республикасы",
        "Кыргызстан",
        "Киргизия",
        "киргизия",
        "Kirghizia",
        "Kirgizia",
        "Kirghizstan",
        "Kirgizstan",
        "Kyrghyzstan",
        "Kirgizija",
        "Kyrgyz",
        "киргизский",
        "KG",
        "KGZ",
        "KYR",
        "417",
        "Kirghiz SSR",
        "Киргизская ССР",
        "Kyrgystan",
        "Krygyzstan",
        "Kirgistan",
        "Kyrgzstan",
        "Kyrgysztan",
    ],
    "RUS": [
        "Russia",
        "RuSsIa",
        "Russian Federation",
        "the Russian Federation",
        "THE RUSSIAN FEDERATION",
        "Российская Федерация",
        "РОССИЙСКАЯ ФЕДЕРАЦИЯ",
        "Россия",
        "россия",
        "Rossiya",
        "Rossija",
        "Rossiiskaya Federatsiya",
        "Russian",
        "русский",
        "российский",
        "RU",
        "RUS",
        "643",
        "RF",
        "РФ",
        "рф",
        "RSFSR",
        "РСФСР",
        "Russian SFSR",
        "Rusia",
        "Russai",
        "Russian_Federation",
        "Rossiyskaya Federatsiya",
    ],
    "TJK": [
        "Tajikistan",
        "Republic of Tajikistan",
        "Республика Таджикистан",
        "Ҷумҳурии Тоҷикистон",
        "Тоҷикистон",
        "Таджикистан",
        "Tojikiston",
        "Toçikiston",
        "Tadjikistan",
        "Tadzhikistan",
        "Tajik",
        "таджикский",
        "TJ",
        "TJK",
        "TAJ",
        "762",
        "Tajik SSR",
        "Таджикская ССР",
        "Tajikstan",
        "Tajakistan",
    ],
    "UZB": [
        "Uzbekistan",
        "UZBEKISTAN",
        "\tUzbekistan\n",
        "Republic of Uzbekistan",
        "Республика Узбекистан",
        "Узбекистан",
        "Ўзбекистон",
        "Ўзбекистон Республикаси",
        "Oʻzbekiston Respublikasi",
        "Oʻzbekiston",
        "O'zbekiston",
        "O‘zbekiston",
        "O’zbekiston",
        "Ozbekiston",
        "Usbekistan",
        "Uzbek",
        "узбекский",
        "UZ",
        "uz",
        "UZB",
        "860",
        "Uzbek SSR",
        "Узбекская ССР",
        "Uzbekstan",
        "Uzbekisten",
        "Uzebkistan",
        "Ouzbékistan",
    ],
}

CODES = {
    "ARM": ("AM", "051", "ARM", "Q399"),
    "AZE": ("AZ", "031", "AZE", "Q227"),
    "BLR": ("BY", "112", "BLR", "Q184"),
    "GEO": ("GE", "268", "GRG", "Q230"),
    "KAZ": ("KZ", "398", "KZK", "Q232"),
    "KGZ": ("KG", "417", "KYR", "Q813"),
    "RUS": ("RU", "643", "RUS", "Q159"),
    "TJK": ("TJ", "762", "TAJ", "Q863"),
    "UZB": ("UZ", "860", "UZB", "Q265"),
}
"""Alpha-2, numeric, the letters of the Correlates of War, Wikidata."""

OFFICIAL = {
    "ARM": ("Republic of Armenia", "Республика Армения", "Հայաստանի Հանրապետություն"),
    "AZE": ("Republic of Azerbaijan", "Азербайджанская Республика", "Azərbaycan Respublikası"),
    "BLR": ("Republic of Belarus", "Республика Беларусь", "Рэспубліка Беларусь"),
    "GEO": ("Georgia", "Грузия", "საქართველო"),
    "KAZ": ("Republic of Kazakhstan", "Республика Казахстан", "Қазақстан Республикасы"),
    "KGZ": ("Kyrgyz Republic", "Кыргызская Республика", "Кыргыз Республикасы"),
    "RUS": ("Russian Federation", "Российская Федерация", "Российская Федерация"),
    "TJK": ("Republic of Tajikistan", "Республика Таджикистан", "Ҷумҳурии Тоҷикистон"),
    "UZB": ("Republic of Uzbekistan", "Республика Узбекистан", "Oʻzbekiston Respublikasi"),
}
"""Official names in English, in Russian and in the state's own language."""

APOSTROPHES = "'`´‘’ʹʻʼʾʿ′"

OTHER_COUNTRIES = {
    "France": "FRA",
    "FR": "FRA",
    "FRA": "FRA",
    "250": "FRA",
    "Turkey": "TUR",
    "Türkiye": "TUR",
    "turkiye": "TUR",
    "UK": "GBR",
    "U.K.": "GBR",
    "the UK": "GBR",
    "Great Britain": "GBR",
    "USA": "USA",
    "US": "USA",
    "Ivory Coast": "CIV",
    "Côte d’Ivoire": "CIV",
    "Cape Verde": "CPV",
    "Palestine": "PSE",
    "Kosovo": "XKX",
    "Burma": "MMR",
    "Holland": "NLD",
    "Swaziland": "SWZ",
    "Czech Republic": "CZE",
    "Vatican": "VAT",
    "South Korea": "KOR",
    "North Korea": "PRK",
    "Iran": "IRN",
    "Syria": "SYR",
    "Vietnam": "VNM",
    "Moldova": "MDA",
    "Ukraine": "UKR",
    "Turkmenistan": "TKM",
    "Afghanistan": "AFG",
    "Pakistan": "PAK",
    "Mongolia": "MNG",
    "Serbia": "SRB",
    "Jordan": "JOR",
    "Romania": "ROU",
    "Niger": "NER",
    "Nigeria": "NGA",
    "The Gambia": "GMB",
    "RS": "SRB",
    "BO": "BOL",
    "GG": "GGY",
    "702": "SGP",
    "703": "SVK",
    "704": "VNM",
    "705": "SVN",
    "372": "IRL",
    "4": "AFG",
    "South Georgia": "SGS",
}
"""Codes of other numberings among them: RS, BO and GG are Russia, Belarus and Georgia to the
old FIPS, 702 to 705 and 372 are five of the nine to the Correlates of War.
"""

REFUSED = [
    "",
    " ",
    "\t\n",
    "'",
    "-",
    "stan",
    "istan",
    "an",
    "Prussia",
    "Atlanta, Georgia",
    "Georgia, USA",
    "Georgia (US)",
    "State of Georgia",
    "Strait of Georgia",
    "Georgetown",
    "USSR",
    "СССР",
    "Soviet Union",
    "Kurdistan",
    "Tatarstan",
    "Dagestan",
    "Turkestan",
    "Abkhazia",
    "South Ossetia",
    "Chechnya",
    "Nagorno-Karabakh",
    "narnia",
    "Belgrade",
    "Kazan",
    "Moscow",
    "united",
    "the",
    "the the",
    "republic of",
    "Republic",
    "Federation",
    "Soviet",
    "SSR",
    "CIS",
    "XX",
    "AJ",
    "TI",
    "999",
    "0",
    "371",
    "365",
    "0051",
    "05",
    "-51",
    "5.1",
    "\u0660\u0665\u0661",
    "Russ",
    "Russ.",
    "Armen",
    "Kazakhs & Kyrgyz",
    "Russia and Belarus",
    "Russia, Belarus",
    "Rusland",
    "=Russia",
    "🇷🇺",
    "👻",
    "\x00",
    "\x1b[31mRussia\x1b[0m",
    "\u202eaissuR",
    "\udcff\udcfe",
    "A" * 10_000,
    "Armenia" * 20,
]

SUGGESTIONS = {
    "Russ": "Russia",
    "Prussia": "Russia",
    "US Georgia": "Georgia",
    "Kazakhstan SSR": "Kazakhstan",
    "Uzbekistan Republic": "Uzbekistan",
    "Uzbekisten Republic": "Uzbekistan",
    "Turkmenia": "Turkmenistan",
    "Frnace": "France",
    "Ukrain": "Ukraine",
}


def flattened(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(text, code) for code, texts in table.items() for text in texts]


def refusal(records: Records, text: str) -> str:
    with pytest.raises(Refused) as refused:
        names.resolve(records, text)
    return str(refused.value)


@pytest.mark.parametrize(("text", "code"), flattened(SPELLINGS))
def test_a_spelling_means_its_state(records: Records, text: str, code: str) -> None:
    assert names.resolve(records, text) == records.states[code]


def test_no_spelling_stands_twice() -> None:
    texts = [text for texts in SPELLINGS.values() for text in texts]
    assert len(texts) == len(set(texts))
    assert set(texts).isdisjoint([*OTHER_COUNTRIES, *REFUSED])


def test_every_form_in_the_dataset_means_its_own_state(records: Records) -> None:
    meant = {
        (text, state.code): names.resolve(records, text).code
        for state in records.states.values()
        for text in names.forms(state)
    }
    assert len(meant) > 150
    assert {pair: code for pair, code in meant.items() if code != pair[1]} == {}


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title, str.swapcase])
def test_every_name_in_the_dataset_means_its_own_state_in_any_case(
    records: Records, change: Callable[[str], str]
) -> None:
    for state in records.states.values():
        for text in (state.name, state.official, state.russian, state.native, *state.aliases):
            assert names.resolve(records, change(text)) is state, text


@pytest.mark.parametrize("code", CODES)
def test_a_state_has_its_codes_and_official_names(records: Records, code: str) -> None:
    state = records.states[code]
    assert (state.alpha_2, state.numeric, state.cow, state.wikidata) == CODES[code]
    assert (state.official, state.russian, state.native) == OFFICIAL[code]


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
@pytest.mark.parametrize(("text", "code"), [("O{}zbekiston", "UZB"), ("Belarus{}", "BLR")])
def test_an_apostrophe_of_any_sort_is_as_none(
    records: Records, text: str, code: str, apostrophe: str
) -> None:
    assert names.fold(text.format(apostrophe)) == names.fold(text.format(""))
    assert names.resolve(records, text.format(apostrophe)).code == code


@pytest.mark.parametrize(("text", "code"), OTHER_COUNTRIES.items())
def test_another_country_is_known_by_its_code(records: Records, text: str, code: str) -> None:
    country = names.resolve(records, text)
    assert isinstance(country, Country)
    assert country.code == code


@pytest.mark.parametrize(
    ("text", "name"),
    [("FRA", "France"), ("Holland", "Netherlands"), ("Kosovo", "Kosovo"), ("704", "Vietnam")],
)
def test_another_country_has_its_own_name(records: Records, text: str, name: str) -> None:
    assert names.resolve(records, text).name == name


@pytest.mark.parametrize("text", REFUSED)
def test_what_names_no_country_is_refused(records: Records, text: str) -> None:
    assert refusal(records, text)


@pytest.mark.parametrize(("text", "name"), SUGGESTIONS.items())
def test_a_refusal_suggests_the_likely_name(records: Records, text: str, name: str) -> None:
    _, question, suggested = refusal(records, text).partition("did you mean ")
    assert question
    assert name in suggested.rstrip("?").split(" or ")


def test_a_refusal_without_a_likely_name_lists_the_nine(records: Records) -> None:
    message = refusal(records, "narnia")
    assert [state.name for state in records.states.values() if state.name not in message] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mRussia", r"\x1b[31mRussia"),
        ("a\x00b\x7f", r"a\x00b\x7f"),
        ("\u202eaissuR", r"\u202eaissuR"),
        ("two\nlines", r"two\nlines"),
        ("\udcff", r"\udcff"),
    ],
)
def test_a_refusal_shows_control_characters_as_escapes(
    records: Records, text: str, shown: str
) -> None:
    message = refusal(records, text)
    assert shown in message
    assert message.isprintable()


def test_a_long_text_is_refused_at_once_and_cut_in_the_message(records: Records) -> None:
    start = time.perf_counter()
    message = refusal(records, "Armenia " * 100_000)
    assert time.perf_counter() - start < 0.5
    assert len(message) < 200


def test_a_form_of_one_state_is_never_a_slip_of_another(records: Records) -> None:
    for state in records.states.values():
        others = [other for other in records.states.values() if other is not state]
        for form in map(names.fold, names.forms(state)):
            for other in others:
                assert form not in map(names.fold, names.forms(other)), f"{form}: {other.name}"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The O'zbekiston", "ozbekiston"),
        ("  Kyrgyz   Republic ", "kyrgyz republic"),
        ("Sak'art'velo", "sakartvelo"),
        ("Azərbaycan Respublikası", "azərbaycan respublikası"),
        ("ТОҶИКИСТОН", "тоҷикистон"),
        ("Côte d’Ivoire", "cote divoire"),
    ],
)
def test_folding_drops_case_accents_apostrophes_and_the_article(text: str, folded: str) -> None:
    assert names.fold(text) == folded


def test_a_slip_that_can_mean_two_states_is_refused_with_both(records: Records) -> None:
    twins = [
        State("AAA", None, None, None, None, "Plantagia", "A", "А", "A1", (), ()),
        State("BBB", None, None, None, None, "Plantavia", "B", "Б", "B1", (), ()),
    ]
    two = Records(
        release=records.release,
        verified_through=None,
        licence=records.licence,
        organisation=records.organisation,
        statuses=[],
        bases=[],
        kinds=[],
        states=twins,
        acts=[],
        spells=[],
        disputes=[],
        remarks=[],
        open_questions=[],
        sources=[],
    )
    assert names.resolve(two, "Plantagja") == twins[0]
    assert "did you mean Plantagia or Plantavia?" in refusal(two, "Plantaxia")


@pytest.mark.parametrize("text", ["Republic of Belau", "Rus'", "Muş", "Ge'", "Uz`"])
def test_what_only_looks_like_a_name_or_code_once_folded_is_refused(
    records: Records, text: str
) -> None:
    with pytest.raises(Refused):
        names.resolve(records, text)
