from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import NamedTuple

import pytest
from running import run

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
    "Britain": "GBR",
    "Burkina": "BFA",
    "St Lucia": "LCA",
    "St. Lucia": "LCA",
    "Saint Lucia": "LCA",
    "St Kitts": "KNA",
    "St. Kitts & Nevis": "KNA",
    "St Vincent": "VCT",
    "St. Vincent and the Grenadines": "VCT",
    "St Helena": "SHN",
    "Antigua": "ATG",
    "Antigua & Barbuda": "ATG",
    "São Tomé": "STP",
    "Trinidad": "TTO",
    "Trinidad & Tobago": "TTO",
    "Zaire": "COD",
    "Persia": "IRN",
    "Siam": "THA",
    "Ceylon": "LKA",
    "Kampuchea": "KHM",
    "Micronesia": "FSM",
    "Bosnia": "BIH",
    "Bosnia & Herzegovina": "BIH",
    "Congo": "COG",
    "Congo-Brazzaville": "COG",
    "Congo (Brazzaville)": "COG",
    "Congo-Kinshasa": "COD",
    "Congo (Kinshasa)": "COD",
    "DRC": "COD",
    "D.R.C.": "COD",
    "DR Congo": "COD",
    "Democratic Republic of the Congo": "COD",
    "Congo, The Democratic Republic of the": "COD",
    "Korea, Republic of": "KOR",
    "Republic of Korea": "KOR",
    "Korea, Democratic People's Republic of": "PRK",
    "DPRK": "PRK",
    "Tanzania, United Republic of": "TZA",
    "PRC": "CHN",
    "Republic of China": "TWN",
    "中国": "CHN",
    "Laos": "LAO",
    "UAE": "ARE",
    "Emirates": "ARE",
    "Falklands": "FLK",
    "Macedonia": "MKD",
    "Moldavia": "MDA",
    "Vatican City": "VAT",
    "America": "USA",
    "XK": "XKX",
    "XKX": "XKX",
    "Україна": "UKR",
    "Irān": "IRN",
    "ليبيا": "LBY",
    "Франция": "FRA",
    "ФРАНЦИЯ": "FRA",
    "Французская Республика": "FRA",
    "Турция": "TUR",
    "Украина": "UKR",
    "США": "USA",
    "Соединённые Штаты Америки": "USA",
    "Соединенные Штаты Америки": "USA",
    "Великобритания": "GBR",
    "Германия": "DEU",
    "Китай": "CHN",
    "КНР": "CHN",
    "КНДР": "PRK",
    "Южная Корея": "KOR",
    "Молдова": "MDA",
    "Молдавия": "MDA",
    "Туркмения": "TKM",
    "Туркменистан": "TKM",
    "Афганистан": "AFG",
    "Монголия": "MNG",
    "Сербия": "SRB",
    "Македония": "MKD",
    "Косово": "XKX",
    "Босния": "BIH",
    "Ватикан": "VAT",
    "Голландия": "NLD",
    "Бирма": "MMR",
    "Иран": "IRN",
    "Сирия": "SYR",
    "Лаос": "LAO",
    "ОАЭ": "ARE",
    "ЮАР": "ZAF",
    "Чад": "TCD",
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
    "Korea",
    "Congos",
    "St Lucas",
    "St Petersburg",
    "Lucia",
    "Abode of War",
    "Англия",
    "Чечня",
    "Абхазия",
    "Южная Осетия",
    "Франсия",
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
    "Uzbek\x1fistan",
    "\x1fUzbekistan",
    "Uzbekistan\x1f",
    "Uzbekistan\x1c",
    "Uzbekistan\x85",
    "\u2028Uzbekistan",
    "\x0bUzbekistan",
    "Uzbekistan\x0c",
    "Kyrgyz\x1fRepublic",
    "Kyrgyz\tRepublic",
    "Kyrgyz\nRepublic",
    "United\x1cKingdom",
    "\x1fFrance",
    "France\x85",
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


def state(code: str, name: str, *aliases: str) -> State:
    return State(code, None, None, None, None, name, name, name, name, aliases, ())


def dataset_of(records: Records, *states: State) -> Records:
    """A dataset of other states, with nothing to say about them."""
    return Records(
        release=records.release,
        verified_through=None,
        licence=records.licence,
        organisation=records.organisation,
        statuses=[],
        bases=[],
        kinds=[],
        states=states,
        acts=[],
        spells=[],
        disputes=[],
        remarks=[],
        open_questions=[],
        sources=[],
    )


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
    twins = [state("AAA", "Plantagia"), state("BBB", "Plantavia")]
    two = dataset_of(records, *twins)
    assert names.resolve(two, "Plantagja") == twins[0]
    assert "did you mean Plantagia or Plantavia?" in refusal(two, "Plantaxia")


@pytest.mark.parametrize("text", ["Republic of Belau", "Rus'", "Muş", "Ge'", "Uz`"])
def test_what_only_looks_like_a_name_or_code_once_folded_is_refused(
    records: Records, text: str
) -> None:
    with pytest.raises(Refused):
        names.resolve(records, text)


def test_no_key_of_the_table_of_other_countries_is_written_twice_or_known_as_a_state(
    records: Records,
) -> None:
    own = {names.fold(form) for state in records.states.values() for form in names.forms(state)}
    assert own.isdisjoint(map(names.fold, OTHER_COUNTRIES))


@pytest.mark.parametrize(("text", "code"), OTHER_COUNTRIES.items())
def test_a_country_is_known_without_a_dataset(text: str, code: str) -> None:
    country = names.country(text)
    assert country is not None
    assert country.code == code


@pytest.mark.parametrize("text", REFUSED)
def test_what_names_no_country_is_none_without_a_dataset_too(text: str) -> None:
    assert names.country(text) is None


@pytest.mark.parametrize(
    "text", ["Frnace", "Ukrain", "Armenai", "Kazahstan", "State 17", "Team A", "Штат 17", "St 17"]
)
def test_a_slip_or_a_stranger_is_no_country(text: str) -> None:
    assert names.country(text) is None


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("russia", Country("RUS", "Russian Federation")),
        ("The Kyrgyz Republic", Country("KGZ", "Kyrgyzstan")),
        ("51", Country("ARM", "Armenia")),
        ("4", Country("AFG", "Afghanistan")),
        ("04", Country("AFG", "Afghanistan")),
        ("\u00a0France\u00a0", Country("FRA", "France")),
        ("\u00a04", Country("AFG", "Afghanistan")),
    ],
)
def test_all_countries_are_known_those_of_the_dataset_too(text: str, country: Country) -> None:
    assert names.country(text) == country


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("COD", "Democratic Republic of the Congo"),
        ("FSM", "Federated States of Micronesia"),
        ("PSE", "Palestine"),
        ("VGB", "British Virgin Islands"),
        ("VIR", "US Virgin Islands"),
        ("IRN", "Iran"),
        ("TUR", "Türkiye"),
        ("XKX", "Kosovo"),
    ],
)
def test_a_country_is_called_by_its_name_not_inverted_and_known_by_it(code: str, name: str) -> None:
    assert names.country(code) == Country(code, name)
    assert names.country(name) == Country(code, name)


def known_forms() -> dict[str, str]:
    """The code of the country that each form means, of all that are known of any."""
    stages = (names._everyday(), names._russian(), names._listed())
    return {form: country.code for stage in stages for form, country in stage.items()}


def test_every_country_is_known_by_all_that_is_published_of_it() -> None:
    known = known_forms()
    assert len(known) > 2000
    assert len(set(known.values())) == 250
    for stage in (names._everyday(), names._russian(), names._listed()):
        wrong = {form for form, country in stage.items() if country.code != known[form]}
        assert wrong == set(), "two sources disagree"
    unknown = {
        form: code
        for form, code in known.items()
        if (country := names.country(form)) is None or country.code != code
    }
    assert unknown == {}


def test_no_form_of_another_country_is_one_of_the_nine_or_a_slip_of_it(records: Records) -> None:
    meant = {form: names.resolve(records, form).code for form in known_forms()}
    assert {form: code for form, code in known_forms().items() if meant[form] != code} == {}


def test_no_form_of_the_nine_is_another_country(records: Records) -> None:
    for state in records.states.values():
        for form in names.forms(state):
            country = names.country(form)
            assert country is None or country.code == state.code, form


def test_an_exact_form_of_another_country_is_no_slip_of_a_state(records: Records) -> None:
    near = dataset_of(records, state("AAA", "Frances"), state("BBB", "Франциа"))
    assert names.resolve(near, "Franxes").code == "AAA"
    assert names.resolve(near, "France").code == "FRA"
    assert names.resolve(near, "Франция").code == "FRA"
    assert names.resolve(near, "Francés").code == "AAA"
    swazi = dataset_of(records, state("AAA", "Swazilands"))
    assert names.resolve(swazi, "Swaziland").code == "SWZ"


def test_our_own_forms_are_folded_sorted_and_as_the_libraries_have_them() -> None:
    own = names._OUR_OWN
    assert list(own) == sorted(own) == [names.fold(form) for form in own]
    for form, code in own.items():
        for stage in (names._everyday(), names._russian()):
            assert form not in stage or stage[form].code == code


STAGES = """
import sys
from cstocli import names
names.country(sys.argv[1])
print(names._everyday.cache_info().currsize, names._russian.cache_info().currsize)
print(*sorted({"pycountry", "countryinfo", "gettext"} & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("text", "loaded"),
    [
        ("", "0 0\n\n"),
        ("Fran\x1fce", "0 0\n\n"),
        ("France", "0 0\n\n"),
        ("FR", "0 0\n\n"),
        ("fra", "0 0\n\n"),
        ("004", "0 0\n\n"),
        ("French Republic", "0 0\n\n"),
        ("Korea, Republic of", "0 0\n\n"),
        ("Saint Lucia", "0 0\n\n"),
        ("St. Lucia", "0 0\n\n"),
        ("UK", "0 0\n\n"),
        ("США", "0 0\n\n"),
        ("Франция", "0 1\ngettext\n"),
        ("Ivory Coast", "1 0\ncountryinfo\n"),
        ("Україна", "1 1\ncountryinfo gettext\n"),
        ("State 17", "0 0\n\n"),
    ],
)
def test_only_what_a_text_needs_is_loaded(text: str, loaded: str) -> None:
    done = run(sys.executable, "-c", STAGES, text)
    assert done.stdout.decode() == loaded


def test_an_absent_pycountry_is_said_to_be_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pycountry", None)
    with pytest.raises(ModuleNotFoundError, match=r"^pycountry is not installed$") as raised:
        names._pycountry("databases/iso3166-1.json")
    assert raised.value.name == "pycountry"


def test_what_is_left_of_a_removed_pycountry_is_no_pycountry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = ModuleType("pycountry")
    folder.__spec__ = ModuleSpec("pycountry", None, is_package=True)
    monkeypatch.setitem(sys.modules, "pycountry", folder)
    with pytest.raises(ModuleNotFoundError):
        names._pycountry("databases/iso3166-1.json")


def test_a_name_may_have_a_hundred_characters_and_no_more(records: Records) -> None:
    assert names.LONGEST == 100
    assert names.resolve(records, "Armenia".ljust(100)).code == "ARM"
    assert refusal(records, "Armenia".ljust(101)).endswith("is too long for the name of a country")
    assert names.country("France".ljust(100)) == Country("FRA", "France")
    assert names.country("France".ljust(101)) is None


@pytest.mark.parametrize(
    ("name", "near", "far"),
    [
        ("Plantag", "Plantga", "Platnga"),  # two neighbours exchanged are one slip
        ("Xordal", "Xrodal", "Xrqdal"),
        ("Xordal", "Xoradl", "Xqodal"),
        ("Plantag", "Plntag", "Plntg"),
        ("Plantag", "Planttag", "Pllanttag"),
        ("Plantag", "Plantaj", "Flantag"),  # the first letter is never the slip
        ("Xordal", "Xordel", "Xerdel"),  # six letters bear one slip
        ("Xorda", "xorda", "Xorde"),  # five bear none
        ("Xordalmari", "Xerdelmari", "Xerdelmeri"),  # ten bear two
        ("Xordalmari", "Xordalmarino", "Xordalmarinos"),
        ("Xordalmarino", "Xordalmari", "Xordalmar"),
        ("Xordalmar", "Xerdalmar", "Xerdelmar"),  # nine bear one
        ("Xordalmar", "Xordalmary", "Xerdalmary"),  # even if ten are typed
        ("Xordalmari", "Xordalmar", "Xordalma"),  # or nine are typed of ten
        ("Xordalmari", "Xordlamari", "Xrodlamair"),
        ("Xordal marien", "Xordel marien", "Xordel marian"),  # two words bear one
    ],
)
def test_a_slip_or_two_by_the_length_of_a_form(
    records: Records, name: str, near: str, far: str
) -> None:
    one = dataset_of(records, state("AAA", name))
    assert names.resolve(one, near).code == "AAA"
    with pytest.raises(Refused):
        names.resolve(one, far)


@pytest.mark.parametrize("text", ["Team 1 of 2", "Team 3 of 3", "Team x of 3", "Team of 3"])
def test_a_form_with_a_digit_has_no_slips(records: Records, text: str) -> None:
    team = dataset_of(records, state("AAA", "Team 1 of 3"))
    assert names.resolve(team, "team 1 of 3").code == "AAA"
    assert "did you mean Team 1 of 3?" in refusal(team, text)


def test_a_state_called_by_a_number_is_known_by_it(records: Records) -> None:
    numbered = dataset_of(records, state("AAA", "17"))
    assert names.resolve(numbered, "17").code == "AAA"
    assert names.resolve(numbered, "017").code == "AAA"


def test_nothing_names_a_state_whose_form_has_no_letter(records: Records) -> None:
    assert refusal(dataset_of(records, state("AAA", "Aland", "...")), "")


@pytest.mark.parametrize("text", ["5", "05", "0051", "+51", "5 1", "５１", "²", "the 51", "51."])
def test_a_number_is_three_digits_or_fewer_without_zeros(records: Records, text: str) -> None:
    assert refusal(records, text)


@pytest.mark.parametrize(
    ("text", "code"), [("R.F.", "RUS"), ("the RF", "RUS"), ("Rf ", "RUS"), ("K.A.Z.", "KAZ")]
)
def test_a_code_may_have_full_stops_or_an_article(records: Records, text: str, code: str) -> None:
    assert names.resolve(records, text).code == code


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("'", ""),
        ("FRA", "fra"),
        ("Trinidad & Tobago", "trinidad & tobago"),
        ("the", "the"),
        ("The Gambia", "gambia"),
        ("Theland", "theland"),
        ("Congo (Brazzaville)", "congo brazzaville"),
        ("a_b,c;d:e(f)g/h\\i-j‐k‑l‒m–n—o", "a b c d e f g h i j k l m n o"),
        ("U.K.", "uk"),
        ("Straße", "strasse"),
        ("ﬁ", "fi"),
        ("a\u00a0b\u3000c", "a b c"),
        ("Й", "и"),
        ("a\x1fb", "a\x1fb"),
        ("\x1ca\x85", "\x1ca\x85"),
        ("a\tb\n", "a\tb\n"),
    ],
)
def test_folding_keeps_what_is_neither_letter_nor_punctuation(text: str, folded: str) -> None:
    assert names.fold(text) == folded


@pytest.mark.parametrize("text", ["Xordalmar", "Xordalmar & Qordalmar", "Xordalmar Qordalmar x"])
def test_at_most_three_names_are_suggested(records: Records, text: str) -> None:
    called = [f"{word} {letter}" for word in ("Xordalmar", "Qordalmar") for letter in "abcd"]
    many = dataset_of(records, *(state(f"S{i}", name) for i, name in enumerate(called)))
    suggested = refusal(many, text).partition("did you mean ")[2]
    assert len(suggested.split(" or ")) == 3


def test_a_refusal_says_what_is_unknown_and_what_may_be_meant(records: Records) -> None:
    two = dataset_of(records, state("AAA", "Xordal mar"), state("BBB", "Qorda"))
    unknown = "there is no country called "
    assert refusal(two, "Xordalmarq") == f"{unknown}'Xordalmarq'; did you mean Xordal mar?"
    assert refusal(two, "\x07") == (
        f"{unknown}'\\x07'; the states of this dataset are Xordal mar, Qorda"
    )


@pytest.mark.parametrize(("count", "named"), [(12, True), (13, False)])
def test_a_refusal_names_the_states_only_where_they_are_few(
    records: Records, count: int, named: bool
) -> None:
    many = dataset_of(records, *(state(f"S{i}", f"Xordal {i}") for i in range(count)))
    said = refusal(many, "narnia")
    assert ("Xordal 0, Xordal 1" in said, "'csto states' lists" in said) == (named, not named)


def test_the_forms_of_a_state_are_all_its_names_and_codes() -> None:
    every = State("C", "A2", "N3", "COW", "Q1", "n", "o", "r", "v", ("a", "b"), ("j", "k"))
    assert list(names.forms(every)) == [*"norvabjk", "C", "A2", "N3", "COW"]
    assert list(names.forms(state("C", "n", "a"))) == [*"nnnna", "C"]


@pytest.mark.parametrize(
    ("text", "close"), [("Xordalmarq", True), ("Xordalqqqq", False), ("Xordqqmar", False)]
)
def test_a_suggestion_is_like_what_was_typed(records: Records, text: str, close: bool) -> None:
    one = dataset_of(records, state("AAA", "Xordal mar"))
    assert ("did you mean Xordal mar?" in refusal(one, text)) == close


def test_a_word_of_six_letters_suggests_a_name_by_itself_one_of_five_none(
    records: Records,
) -> None:
    two = dataset_of(records, state("AAA", "Xordal"), state("BBB", "Qorda"))
    assert "did you mean Xordal?" in refusal(two, "a long way from Xordal")
    assert "did you mean" not in refusal(two, "a long way from Qorda")


def test_states_whose_names_are_folded_alike_are_told_apart_by_their_codes(
    records: Records,
) -> None:
    two = dataset_of(records, state("Nárnia", "Nárnia"), state("Narnia", "Narnia"))
    assert names.resolve(two, " Nárnia ").code == "Nárnia"
    assert names.resolve(two, "Narnia").code == "Narnia"


def test_what_only_looks_like_a_code_names_no_state_that_has_such_a_name(records: Records) -> None:
    one = dataset_of(records, state("AAA", "Aland", "Muş"))
    assert refusal(one, "Rus'") == refusal(one, "Muş").replace("Muş", "Rus'")


def test_a_capital_that_is_one_only_once_decomposed_is_kept() -> None:
    assert names.fold("a𝐗b") == "aXb"


def test_among_many_states_a_refusal_names_the_command_that_lists_them(records: Records) -> None:
    many = dataset_of(records, *(state(f"S{i}", f"Xordal {i}") for i in range(13)))
    assert refusal(many, "qqq") == (
        "there is no country called 'qqq'; 'csto states' lists those there are"
    )


class Info(NamedTuple):
    """A country as countryinfo hands it out, here with the least that it may say."""

    code: str | None
    called: str | None
    native: str | None
    others: tuple[str, ...]

    def iso(self, letters: int) -> str | None:
        assert letters == 3
        return self.code

    def name(self) -> str | None:
        return self.called

    def native_name(self) -> str | None:
        return self.native

    def alt_spellings(self) -> tuple[str, ...]:
        return self.others


def test_a_country_may_lack_a_code_or_a_name_and_have_marks_of_direction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    infos = [
        Info(None, "Xordal", "Xordalia", ("XX",)),
        Info("QQQ", "Qordal", None, ()),
        Info("FRA", "Xrance", None, ("\u200eFrancX\u200f", "", "...")),
    ]
    monkeypatch.setattr("countryinfo.all_countries", lambda: infos)
    france = Country("FRA", "France")
    assert names._everyday.__wrapped__() == {"xrance": france, "francx": france}


def test_a_name_that_means_several_states_is_refused_unless_it_is_a_code(records: Records) -> None:
    two = dataset_of(records, state("Xórdal", "Xórdal"), state("Xordal", "Xordal"))
    assert names.resolve(two, "Xórdal").code == "Xórdal"
    assert refusal(two, "XORDAL") == (
        "'XORDAL' can mean several states: type it as the dataset has it"
    )
    assert refusal(two, "Xordel").startswith("there is no country called 'Xordel'; did you mean ")


@pytest.mark.parametrize(("count", "suggested"), [(1000, True), (1001, False)])
def test_of_more_than_a_thousand_states_none_is_suggested(
    records: Records, count: int, suggested: bool
) -> None:
    others = (state(f"S{i}", f"Q{i}") for i in range(count - 1))
    many = dataset_of(records, state("AAA", "Xordal mar"), *others)
    assert ("did you mean Xordal mar?" in refusal(many, "Xordalmarq")) is suggested
