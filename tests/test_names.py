from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import run

from cstocli.core.model import Country, Named, State
from cstocli.core.records import Records
from cstocli.errors import Refused
from cstocli.escape import printable
from cstocli.reading import cells, countries, folding, lists, spellings
from cstocli.reading.countries import country, nearly_country
from cstocli.reading.folding import fold
from cstocli.reading.likeness import Likely, Slips, within
from cstocli.reading.names import Names, Understood, forms, is_country

DATA = Path(__file__).parent / "data" / "names"


def table(name: str) -> list[dict[str, str]]:
    """The rows of a file of names, whose meaning was written down by hand."""
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def meant(name: str) -> list[tuple[str, str]]:
    return [(row["name"], row["code"]) for row in table(name)]


NINE = meant("nine.csv")
OTHERS = meant("others.csv")
"""Codes of other numberings among them: RS, BO and GG are Russia, Belarus and Georgia to the old
FIPS, 702 to 705 and 372 are five of the nine to the Correlates of War."""
PUBLISHED = meant("published.csv")
"""Whole lists, or what is peculiar to one: all but the World Bank's leave out plain names."""
ACCEPTED = meant("accepted.csv")
"""All that ISO 3166-1 in pycountry, countryinfo and csto itself had for a country's name before
the names of countryinfo were looked through."""
TAKEN_OUT = meant("taken-out.csv")
"""Those among them that name no country, and what they were read as."""
REFUSED = [row["name"] for row in table("refused.csv")]
UNPRINTABLE = [
    *("", " ", "\t\n", "\x00", "\x1b[31mRussia\x1b[0m", "\u202eaissuR", "\udcff\udcfe"),
    *("Uzbek\x1fistan", "\x1fUzbekistan", "Uzbekistan\x1f", "Uzbekistan\x1c", "Uzbekistan\x85"),
    *("\u2028Uzbekistan", "\x0bUzbekistan", "Uzbekistan\x0c", "Kyrgyz\x1fRepublic", "France\x85"),
    *(
        "Kyrgyz\tRepublic",
        "Kyrgyz\nRepublic",
        "United\x1cKingdom",
        "\x1fFrance",
        "\u0660\u0665\u0661",
    ),
    *("A" * 10_000, "Armenia" * 20, "\u200cИран", "Uzbeki\u200dstan", "ایران\u200c"),
]
SLIPS = {"Франсия": "France", "Sweeden": "Sweden", "Frnace": "France"}
"""What is refused, and nearly a country."""
SUGGESTIONS = {
    "Russ": "Russia",
    "Prussia": "Russia",
    "US Georgia": "Georgia",
    "Kazakhstan SSR": "Kazakhstan",
    "the uzbeks of Uzbekistan": "Uzbekistan",
    "Turkmenia": "Turkmenistan",
    "Frnace": "France",
    "Ukrain": "Ukraine",
    "England": "United Kingdom",
    "West Bank": "Palestine",
    "Thai": "Thailand",
}


def state(code: str, name: str, *aliases: str) -> State:
    return State(code, None, None, None, None, name, name, name, name, aliases, ())


def own(name: str) -> State:
    """A state that goes by its own name, as a file has them that are no country."""
    return state(name, name)


def names_of(*states: State) -> Names:
    return Names({one.code: one for one in states})


FRANCE, SPAIN = state("FRA", "France"), state("ESP", "Spain")


@pytest.fixture(scope="module")
def nine(records: Records) -> Names:
    return Names(records.states)


def refusal(names: Names, text: str) -> str:
    with pytest.raises(Refused) as refused:
        names.resolve(text)
    return str(refused.value)


def misread(pairs: list[tuple[str, str]]) -> list[tuple[str, str, Country | None]]:
    """The names that mean no country, or another one."""
    read = [(name, code, country(name)) for name, code in pairs]
    return [(name, code, known) for name, code, known in read if not known or known.code != code]


# The nine


def test_a_spelling_means_its_state(records: Records, nine: Names) -> None:
    read = [(name, code, nine.resolve(name)) for name, code in NINE]
    assert [(name, code) for name, code, one in read if one != records.states[code]] == []
    assert nine.resolve("\tUzbekistan\n").code == "UZB"


def test_no_name_stands_in_two_tables() -> None:
    names = [name for name, _ in NINE] + [name for name, _ in OTHERS] + REFUSED + UNPRINTABLE
    assert len(names) == len(set(names))
    assert {name for name, _ in PUBLISHED}.isdisjoint(REFUSED + UNPRINTABLE)


def test_every_form_in_the_dataset_means_its_own_state(records: Records, nine: Names) -> None:
    pairs = [(text, one) for one in records.states.values() for text in forms(one)]
    assert len(pairs) > 150
    assert [text for text, one in pairs if nine.understood(text) != Understood(one, False)] == []


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title, str.swapcase])
def test_every_name_in_the_dataset_means_its_own_state_in_any_case(
    records: Records, nine: Names, change: Callable[[str], str]
) -> None:
    for one in records.states.values():
        for text in (one.name, one.official, one.russian, one.native, *one.aliases):
            assert nine.resolve(change(text)) is one, text


def test_no_form_of_one_state_is_a_form_of_another(records: Records) -> None:
    folded = [{fold(form) for form in forms(one)} for one in records.states.values()]
    assert sum(map(len, folded)) == len(set().union(*folded))


def test_a_state_has_its_codes_and_official_names(records: Records) -> None:
    for row in table("codes.csv"):
        one = records.states[row["code"]]._asdict()
        assert {field: one[field] for field in row} == row


@pytest.mark.parametrize("apostrophe", "'`´‘’ʹʻʼʾʿ′")
@pytest.mark.parametrize(("text", "code"), [("O{}zbekiston", "UZB"), ("Belarus{}", "BLR")])
def test_an_apostrophe_of_any_sort_is_as_none(
    nine: Names, text: str, code: str, apostrophe: str
) -> None:
    assert fold(text.format(apostrophe)) == fold(text.format(""))
    assert nine.resolve(text.format(apostrophe)).code == code


@pytest.mark.parametrize(
    ("text", "code"), [("R.F.", "RUS"), ("the RF", "RUS"), ("Rf ", "RUS"), ("K.A.Z.", "KAZ")]
)
def test_a_code_may_have_full_stops_or_an_article(nine: Names, text: str, code: str) -> None:
    assert nine.resolve(text).code == code


@pytest.mark.parametrize("text", ["Republic of Belau", "Rus'", "Muş", "Ge'", "Uz`"])
def test_what_only_looks_like_a_name_or_code_once_folded_is_refused(nine: Names, text: str) -> None:
    assert refusal(nine, text)


# The other countries


def test_another_country_is_known_by_its_code_in_the_dataset_and_without(nine: Names) -> None:
    assert misread(OTHERS) == []
    for name, code in OTHERS:
        one = nine.resolve(name)
        assert isinstance(one, Country), name
        assert one.code == code, name


@pytest.mark.parametrize("published", dict.fromkeys(row["list"] for row in table("published.csv")))
def test_a_published_list_is_read(published: str) -> None:
    rows = [row for row in table("published.csv") if row["list"] == published]
    assert len(rows) >= 10
    assert misread([(row["name"], row["code"]) for row in rows]) == []


@pytest.mark.parametrize("change", [str.upper, str.lower, str.swapcase])
def test_a_published_name_is_read_in_any_case(change: Callable[[str], str]) -> None:
    assert misread([(change(name), code) for name, code in PUBLISHED]) == []


def test_no_name_once_accepted_is_lost_but_those_that_name_no_country() -> None:
    assert len(ACCEPTED) > 2000
    lost = [(name, code) for name, code, _ in misread(ACCEPTED)]
    assert sorted(lost) == sorted(TAKEN_OUT)


def test_what_was_taken_out_is_what_countryinfo_has(nine: Names) -> None:
    assert {fold(name) for name, _ in TAKEN_OUT} == spellings.NO_NAMES
    for name, _ in TAKEN_OUT:
        assert country(name) is None
        assert refusal(nine, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [("FRA", "France"), ("Holland", "Netherlands"), ("Kosovo", "Kosovo"), ("704", "Vietnam")],
)
def test_another_country_has_its_own_name(nine: Names, text: str, name: str) -> None:
    assert nine.resolve(text).name == name


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("russia", Country("RUS", "Russia")),
        ("The Kyrgyz Republic", Country("KGZ", "Kyrgyzstan")),
        ("51", Country("ARM", "Armenia")),
        ("4", Country("AFG", "Afghanistan")),
        ("04", Country("AFG", "Afghanistan")),
        ("\u00a0France\u00a0", Country("FRA", "France")),
        ("\u00a04", Country("AFG", "Afghanistan")),
        ("Congo, Dem. Rep.", Country("COD", "Democratic Republic of the Congo")),
        ("Micronesia, Fed. Sts.", Country("FSM", "Federated States of Micronesia")),
        ("West Bank and Gaza", Country("PSE", "Palestine")),
        ("Virgin Islands (British)", Country("VGB", "British Virgin Islands")),
        ("Virgin Islands (U.S.)", Country("VIR", "US Virgin Islands")),
    ],
)
def test_all_countries_are_known_those_of_the_dataset_too(text: str, known: Country) -> None:
    assert country(text) == known
    assert country(known.name) == known


def known_forms() -> dict[str, str]:
    """The code of the country that each form means, of all that are known of any."""
    stages = (countries._everyday(), countries._russian(), countries.listed())
    return {form: known.code for stage in stages for form, known in stage.items()}


def test_every_country_is_known_by_all_that_is_published_of_it(nine: Names) -> None:
    known = known_forms()
    assert len(known) > 2000
    assert len(set(known.values())) == 250
    for stage in (countries._everyday(), countries._russian(), countries.listed()):
        wrong = {form for form, one in stage.items() if one.code != known[form]}
        assert wrong == set(), "two sources disagree"
    assert misread(list(known.items())) == []
    assert [form for form, code in known.items() if nine.resolve(form).code != code] == []


def test_no_two_countries_have_the_same_words() -> None:
    words: dict[str, set[str]] = {}
    for form, code in known_forms().items():
        words.setdefault(countries._words(form), set()).add(code)
    assert {one: codes for one, codes in words.items() if len(codes) > 1} == {}


def test_words_of_every_name_stay_more_than_a_word_of_a_list() -> None:
    generic = set(lists.SHORT.values()) - {"united kingdom", "united states"}
    generic |= {"kingdom", "union", "state", "nation", "commonwealth", "principality", "province"}
    words = {countries._words(form) for form in known_forms()}
    assert generic & words == {"macao"}


def test_no_form_of_the_nine_is_another_country(records: Records) -> None:
    for one in records.states.values():
        for form in forms(one):
            known = country(form)
            assert known is None or known.code == one.code, form


def test_our_own_names_are_folded_sorted_and_as_the_libraries_have_them() -> None:
    for own_names in (spellings.OWN, lists.BESIDE, spellings.PARTS):
        assert list(own_names) == sorted(own_names) == [fold(form) for form in own_names]
    for form, code in spellings.OWN.items():
        for stage in (countries._everyday(), countries._russian()):
            assert form not in stage or stage[form].code == code
    for others in (lists.BESIDE, spellings.PARTS, spellings.NO_SLIPS):
        assert [form for form in others if country(form)] == []


def test_a_country_behind_the_name_of_another_is_its_sovereign_or_nothing_is_read() -> None:
    assert len(set(" ".join(lists.WHOSE.values()).split())) == 52
    assert misread([("Bermuda (UK)", "BMU"), ("Aruba, Netherlands", "ABW")]) == []
    for text in ("Bermuda/UK", "Bermuda, France", "UK (Bermuda)", "China, Taipei", "Georgia (GA)"):
        assert country(text) is None, text


# What is refused


@pytest.mark.parametrize("what", dict.fromkeys(row["what it is"] for row in table("refused.csv")))
def test_what_names_no_country_is_refused_and_none_without_a_dataset(
    nine: Names, what: str
) -> None:
    for text in [row["name"] for row in table("refused.csv") if row["what it is"] == what]:
        assert country(text) is None, text
        assert refusal(nine, text), text


@pytest.mark.parametrize("text", UNPRINTABLE)
def test_what_does_not_show_or_is_too_long_names_nothing(nine: Names, text: str) -> None:
    assert country(text) is None
    assert nearly_country(text) is None
    assert refusal(nine, text).isprintable()


@pytest.mark.parametrize(("text", "name"), SUGGESTIONS.items())
def test_a_refusal_suggests_the_likely_name(nine: Names, text: str, name: str) -> None:
    _, question, suggested = refusal(nine, text).partition("did you mean ")
    assert question
    assert name in suggested.rstrip("?").split(" or ")


def test_a_refusal_without_a_likely_name_lists_the_nine(records: Records, nine: Names) -> None:
    message = refusal(nine, "narnia")
    assert [one.name for one in records.states.values() if one.name not in message] == []


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
def test_a_refusal_shows_control_characters_as_escapes(nine: Names, text: str, shown: str) -> None:
    assert shown in refusal(nine, text)


def test_a_long_text_is_refused_at_once_and_cut_in_the_message(nine: Names) -> None:
    start = time.perf_counter()
    message = refusal(nine, "Armenia " * 100_000)
    assert time.perf_counter() - start < 0.5
    assert len(message) < 200


def test_a_name_may_have_a_hundred_characters_and_no_more(nine: Names) -> None:
    assert folding.LONGEST == 100
    assert nine.resolve("Armenia".ljust(100)).code == "ARM"
    assert refusal(nine, "Armenia".ljust(101)).endswith("is too long for the name of a country")
    assert country("France".ljust(100)) == Country("FRA", "France")
    assert country("France".ljust(101)) is None


@pytest.mark.parametrize("text", ["5", "05", "0051", "+51", "5 1", "５１", "²", "the 51", "51."])
def test_a_number_is_three_digits_or_fewer_without_zeros(nine: Names, text: str) -> None:
    assert refusal(nine, text)


@pytest.mark.parametrize("what", [51, None, 5.1, b"ARM", ["ARM"]])
def test_what_is_no_text_is_refused(nine: Names, what: object) -> None:
    with pytest.raises(Refused, match="is no text"):
        nine.resolve(what)  # type: ignore[arg-type]


def test_a_state_or_a_country_stands_for_itself(records: Records, nine: Names) -> None:
    for one in (records.states["ARM"], Country("FRA", "France")):
        assert nine.understood(one) == Understood(one, False)


def test_a_refusal_says_what_is_unknown_and_what_may_be_meant() -> None:
    two = names_of(state("AAA", "Xordal mar"), state("BBB", "Qorda"))
    unknown = "there is no country called "
    assert refusal(two, "Xordalmarq") == f"{unknown}'Xordalmarq'; did you mean Xordal mar?"
    assert refusal(two, "\x07") == (
        f"{unknown}'\\x07'; the states of this dataset are Xordal mar, Qorda"
    )


@pytest.mark.parametrize(("count", "named"), [(12, True), (13, False)])
def test_a_refusal_names_the_states_only_where_they_are_few(count: int, named: bool) -> None:
    many = names_of(*(state(f"S{i}", f"Xordal {i}") for i in range(count)))
    said = refusal(many, "qqq")
    assert ("Xordal 0, Xordal 1" in said, "'csto states' lists" in said) == (named, not named)


# Slips


def test_a_slip_is_mended_towards_a_country_of_the_dataset_and_said_to_be() -> None:
    two = names_of(FRANCE, own("John Smith"))
    assert two.understood("Frnace") == Understood(FRANCE, True)
    assert two.understood("France") == Understood(FRANCE, False)
    assert two.resolve("Frances") == FRANCE
    assert names_of(state("NLD", "Netherlands")).understood("Hollend").mended


def test_a_slip_is_not_mended_towards_a_country_that_the_dataset_has_not() -> None:
    assert refusal(names_of(SPAIN), "Frnace").endswith("did you mean France?")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("John Smith", "Joan Smith"),
        ("Louis XIV", "Louis XV"),
        ("Henry IV", "Henry VI"),
        ("Group A", "Group B"),
        ("Alexander", "Alexandra"),
        ("Xordalmarino", "Xordalmarina"),
        ("Team 1 of 3", "Team 3 of 3"),
    ],
)
def test_a_slip_is_never_mended_towards_a_name_that_is_no_country(name: str, typed: str) -> None:
    one = names_of(own(name), FRANCE)
    assert one.resolve(name.upper()).code == name
    assert "did you mean" not in (said := refusal(one, typed)) or name in said


def test_a_slip_of_a_country_that_may_mean_another_name_is_refused() -> None:
    assert "did you mean France?" in refusal(names_of(FRANCE, own("Frante")), "Franke")
    assert names_of(FRANCE, own("Frankfurt")).understood("Franke").mended


def test_a_slip_that_can_mean_two_countries_is_refused_with_both(nine: Names) -> None:
    slovenia = names_of(state("SVN", "Slovenia"))
    assert refusal(slovenia, "Slovekia").endswith("did you mean Slovakia or Slovenia?")
    assert slovenia.resolve("Slovennia").code == "SVN"
    twins = names_of(state("FRA", "Plantagia"), state("ESP", "Plantavia"))
    assert "did you mean Plantagia or Plantavia?" in refusal(twins, "Plantaxia")
    assert twins.resolve("Plantagja").code == "FRA"
    assert refusal(nine, "Austrlia").endswith("did you mean Australia or Austria?")


def test_an_exact_form_of_another_country_is_no_slip_of_a_state() -> None:
    near = names_of(state("ESP", "Frances"), state("PRT", "Франциа"))
    assert near.resolve("France").code == "FRA"
    assert near.resolve("Франция").code == "FRA"
    assert near.resolve("Francés").code == "ESP"
    assert names_of(state("ESP", "Swazilands")).resolve("Swaziland").code == "SWZ"


@pytest.mark.parametrize("text", sorted(spellings.NO_SLIPS | spellings.NO_NAMES | {"england"}))
def test_a_place_or_people_that_is_like_a_country_is_no_slip_of_it(text: str) -> None:
    every = {one.code: state(one.code, one.name) for one in countries.listed().values()}
    assert nearly_country(text) is None
    assert refusal(Names(every), text)


def test_of_a_dataset_only_states_with_the_code_of_a_country_are_countries(
    records: Records,
) -> None:
    assert all(map(is_country, records.states.values()))
    assert is_country(state("XKX", "Kosovo"))
    for one in (own("Narnia"), own("GEO"), state("AAA", "Narnia"), state("FR", "France")):
        assert not is_country(one)


@pytest.mark.parametrize(
    ("name", "near", "far"),
    [
        ("plantag", "plantga", "platnga"),  # two neighbours exchanged are one slip
        ("xordal", "xrodal", "xrqdal"),
        ("xordal", "xoradl", "xqodal"),
        ("plantag", "plntag", "plntg"),
        ("plantag", "planttag", "pllanttag"),
        ("plantag", "plantaj", "flantag"),  # the first letter is never the slip
        ("xordal", "xordel", "xerdel"),  # six letters bear one slip
        ("xorda", None, "xorde"),  # five bear none
        ("xordalmari", "xerdelmari", "xerdelmeri"),  # ten bear two
        ("xordalmari", "xordalmarino", "xordalmarinos"),
        ("xordalmarino", "xordalmari", "xordalmar"),
        ("xordalmar", "xerdalmar", "xerdelmar"),  # nine bear one
        ("xordalmar", "xordalmary", "xerdalmary"),  # even if ten are typed
        ("xordalmari", "xordalmar", "xordalma"),  # or nine are typed of ten
        ("xordalmari", "xordlamari", "xrodlamair"),
        ("xordal marien", "xordel marien", "xordel marian"),  # two words bear one
        ("team x of 3", None, "team of 3"),  # a form with a digit bears none
    ],
)
def test_a_slip_or_two_by_the_length_of_a_form(name: str, near: str | None, far: str) -> None:
    slips = Slips({name: "AAA"})
    assert near is None or slips.meant(near) == {"AAA"}
    assert slips.meant(far) == slips.meant("") == set()


def distance(one: str, other: str) -> int:
    """How many letters were left out, added, replaced, or exchanged with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        rows.append([i])
        for j, wanted in enumerate(other, 1):
            cost = min(rows[i - 1][j] + 1, rows[i][-1] + 1, rows[i - 1][j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, rows[i - 2][j - 2] + 1)
            rows[i].append(cost)
    return rows[-1][-1]


WORDS = st.text("abc ", max_size=14)


@given(WORDS, WORDS, st.integers(0, 2))
def test_slips_are_counted_as_letters_left_out_added_replaced_or_exchanged(
    one: str, other: str, slips: int
) -> None:
    assert within(slips, one, other) == (distance(one, other) <= slips)


def bearable(typed: str, form: str) -> int:
    return 2 if min(len(typed), len(form)) >= 10 and " " not in form else 1


@given(st.lists(WORDS.filter(bool), max_size=8), WORDS.filter(bool))
def test_no_form_a_slip_away_is_overlooked(known: list[str], typed: str) -> None:
    near = {
        form
        for form in known
        if len(form) >= 6 and form[0] == typed[0] and distance(typed, form) <= bearable(typed, form)
    }
    assert Slips({form: form for form in known}).meant(typed) == near


# Suggestions


def test_a_suggestion_is_like_what_was_typed_or_a_long_word_of_it() -> None:
    likely = Likely({"xordalian": "Xordalian", "qorda": "Qorda", "xordal": "Xordal"})
    assert likely.like("xordalianq") == ["Xordalian"]
    assert likely.like("xqrdqqqqq") == []
    assert likely.like("a long way from xordal") == ["Xordal"]
    assert likely.like("a long way from qorda") == []


@pytest.mark.parametrize("text", ["xordalmar", "xordalmar & qordalmar", "xordalmar qordalmar x"])
def test_at_most_three_names_are_suggested(text: str) -> None:
    called = [f"{word} {letter}" for word in ("xordalmar", "qordalmar") for letter in "abcd"]
    assert len(Likely({name: name for name in called}).like(text)) == 3


def test_letters_that_stand_in_very_many_names_suggest_none() -> None:
    many = Likely({f"xordal {i:03}": f"Xordal {i:03}" for i in range(500)})
    assert many.like("xordal") == []
    assert many.like("xordal 017") == []


# Folding


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
        ("The O'zbekiston", "ozbekiston"),
        ("  Kyrgyz   Republic ", "kyrgyz republic"),
        ("Sak'art'velo", "sakartvelo"),
        ("Azərbaycan Respublikası", "azərbaycan respublikası"),
        ("ТОҶИКИСТОН", "тоҷикистон"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Congo (Brazzaville)", "congo brazzaville"),
        ("a_b,c;d:e(f)g/h\\i-j‐k‑l‒m–n—o", "a b c d e f g h i j k l m n o"),
        ("U.K.", "uk"),
        ("St.Lucia, Dem.Rep.", "st lucia dem rep"),
        ("No.1", "no1"),
        ("Straße", "strasse"),
        ("ﬁ", "fi"),
        ("a\u00a0b\u3000c", "a b c"),
        ("Й", "и"),
        ("a𝐗b", "aXb"),  # a capital that is one only once decomposed
        ("می\u200cخواهم", "میخواهم"),
        ("❤\ufe0f", "❤"),
        ("a\x1fb", "a\x1fb"),
        ("\x1ca\x85", "\x1ca\x85"),
        ("a\tb\n", "a\tb\n"),
    ],
)
def test_folding_drops_case_accents_apostrophes_and_the_article(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=20))
def test_a_text_is_folded_alike_in_every_normal_form(text: str) -> None:
    assert fold(normalize("NFC", text)) == fold(normalize("NFD", text)) == fold(text)


@pytest.mark.parametrize("change", [partial(normalize, "NFC"), partial(normalize, "NFD")])
def test_a_name_is_read_in_either_normal_form(change: Callable[[str], str]) -> None:
    lost = [pair[:2] for pair in misread([(change(name), code) for name, code in ACCEPTED])]
    assert sorted(lost) == sorted((change(name), code) for name, code in TAKEN_OUT)
    assert misread([(change(name), code) for name, code in PUBLISHED]) == []
    for name in ("Nárnia", "조선민주주의인민공화국" * 4):
        assert names_of(own(name)).resolve(change(name)).code == name


JOINED = ["ශ්\u200dරී ලංකාව", "می\u200cخواهم", "न\u200dन", "👨\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈"]


@pytest.mark.parametrize("text", JOINED)
def test_a_joiner_between_letters_or_pictures_that_it_joins_shows(text: str) -> None:
    assert printable(text) == text
    assert cells.clean(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "\u200dරී",
        "රී\u200d",
        "ශ්\u200d\u200dරී",
        "ශ්\u200c\u200dරී",
        "ශ්\u200d රී",
        "a\u200db",
        "и\u200cи",
        "ก\u200dก",
        "١\u200c٢",
        "aම\u200db",
        "👨\u200c👩",
        "👨\u200d",
        "👨\u200dය",
        "\ufe0f\u200d👨",
        "🏴\U000e0067\U000e0062\U000e007f",
    ],
)
def test_a_joiner_that_joins_nothing_is_shown_as_an_escape(text: str) -> None:
    assert "\\u200" in (shown := printable(text)) or "\\U000e" in shown
    with pytest.raises(ValueError, match="does not show"):
        cells.clean(text)


def test_a_name_is_read_with_its_joiners_and_without() -> None:
    assert misread([("ශ්\u200dරී ලංකාව", "LKA"), ("ශ්රී ලංකාව", "LKA")]) == []
    persian = names_of(own("می\u200cخواهم"))
    assert persian.resolve("می\u200cخواهم") == persian.resolve("میخواهم")


# Names of a file


def read(*texts: str, scheme: str = "auto", known: tuple[State, ...] = ()) -> list[str]:
    states = cells.States(known, scheme)
    return [states.code(text) for text in texts]


def test_a_file_names_a_country_by_any_published_name() -> None:
    assert read("Egypt, Arab Rep.", "Egypt", "EGY", "St. Kitts and Nevis") == [*["EGY"] * 3, "KNA"]


def test_what_is_no_country_in_a_file_goes_by_its_own_text() -> None:
    texts = ["John Smith", "Group A", "Louis XIV", "Narnia", *JOINED[1:]]
    texts += [text for text in REFUSED if text[0].isalpha() and text not in SLIPS]
    assert read(*texts) == texts


@pytest.mark.parametrize(("text", "name"), SLIPS.items())
def test_what_is_nearly_a_country_in_a_file_is_refused_with_the_likely_one(
    text: str, name: str
) -> None:
    assert nearly_country(text) == name
    with pytest.raises(ValueError, match=f"^'{text}' is no country; is it {name}\\? with --state"):
        read(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Egpyt, Arab Rep.", "Egypt"),
        ("Slovekia", "Slovakia or Slovenia"),
        ("Deutschlnd", "Germany"),
        ("SouthKorea", "South Korea"),
        ("Россця", "Russia"),
        ("Узбекистен", "Uzbekistan"),
        ("Sweden", None),
        ("Swed3n", None),
        ("Iraqq", None),
    ],
)
def test_a_text_is_nearly_a_country_by_the_rules_of_slips(text: str, name: str | None) -> None:
    assert nearly_country(text) == name


def test_under_text_every_name_is_its_own(records: Records) -> None:
    texts = ["Sweeden", "Georgia", "georgia", "GEO", "702", "Armenia", "John Smith"]
    assert read(*texts, scheme="text", known=tuple(records.states.values())) == texts
    states = cells.States((), "text")
    states.code("Georgia")
    assert states.others == ["Georgia"]
    assert not is_country(states.named["Georgia"])


def test_a_name_in_two_normal_forms_is_one_state_of_a_file() -> None:
    assert read("Nárnia", normalize("NFD", "Nárnia")) == ["Nárnia"] * 2
    assert read("Nárnia", "Narnia") == ["Nárnia", "Narnia"]


def test_states_whose_names_are_folded_alike_are_told_apart_by_their_codes() -> None:
    two = names_of(own("Nárnia"), own("Narnia"))
    assert two.resolve(" Nárnia ").code == "Nárnia"
    assert two.resolve("Narnia").code == "Narnia"
    assert refusal(two, "NARNIA") == (
        "'NARNIA' can mean several states: type it as the dataset has it"
    )


def test_a_state_called_by_a_number_is_known_by_it() -> None:
    numbered = names_of(state("AAA", "17"))
    assert numbered.resolve("17").code == numbered.resolve("017").code == "AAA"


def test_nothing_names_a_state_whose_form_has_no_letter() -> None:
    assert refusal(names_of(state("AAA", "Aland", "...")), "")


def test_what_only_looks_like_a_code_names_no_state_that_has_such_a_name() -> None:
    one = names_of(state("AAA", "Aland", "Muş"))
    assert refusal(one, "Rus'") == refusal(one, "Muş").replace("Muş", "Rus'")


def test_the_forms_of_a_state_are_all_its_names_and_codes() -> None:
    every = State("C", "A2", "N3", "COW", "Q1", "n", "o", "r", "v", ("a", "b"), ("j", "k"))
    assert list(forms(every)) == [*"norvabjk", "C", "A2", "N3", "COW"]
    assert list(forms(state("C", "n", "a"))) == [*"nnnna", "C"]


# States of the past


def test_a_state_of_the_past_is_asked_for_only_where_none_of_the_present_is_meant(
    records: Records,
) -> None:
    asked = []

    def former(text: str) -> Named | None:
        asked.append(text)
        return Country("Soviet Union", "Soviet Union") if text == "USSR" else None

    names = Names(records.states, former)
    assert names.understood("USSR") == Understood(Country("Soviet Union", "Soviet Union"), False)
    assert names.resolve("Russia").code == "RUS"
    assert names.resolve("Russian Federaton").code == "RUS"
    assert names.resolve("France").code == "FRA"
    with pytest.raises(Refused):
        names.resolve("narnia")
    assert asked == ["USSR", "Russian Federaton", "narnia"]


# What is loaded

STAGES = """
import sys
from cstocli.reading import countries
for text in sys.argv[1].split("|"):
    countries.country(text)
print(countries._everyday.cache_info().currsize, countries._russian.cache_info().currsize)
print(*sorted({"pycountry", "countryinfo", "gettext"} & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("texts", "loaded"),
    [
        ("|Fran\x1fce|France|FR|fra|004|French Republic|St. Lucia|UK|США|State 17", "0 0\n\n"),
        ("Korea, Republic of|Egypt, Arab Rep.|Congo, Dem. Rep.|Bahamas, The", "0 0\n\n"),
        ("Франция", "0 1\ngettext\n"),
        ("Ivory Coast", "1 0\ncountryinfo\n"),
        ("Україна", "1 1\ncountryinfo gettext\n"),
    ],
)
def test_only_what_a_text_needs_is_loaded(texts: str, loaded: str) -> None:
    assert run(sys.executable, "-c", STAGES, texts).stdout.decode() == loaded


def test_an_absent_pycountry_is_said_to_be_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pycountry", None)
    with pytest.raises(ModuleNotFoundError, match=r"^pycountry is not installed$") as raised:
        countries._pycountry("databases/iso3166-1.json")
    assert raised.value.name == "pycountry"


def test_what_is_left_of_a_removed_pycountry_is_no_pycountry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = ModuleType("pycountry")
    folder.__spec__ = ModuleSpec("pycountry", None, is_package=True)
    monkeypatch.setitem(sys.modules, "pycountry", folder)
    with pytest.raises(ModuleNotFoundError):
        countries._pycountry("databases/iso3166-1.json")


def info(name: str | None, code: str | None, *others: str, native: str | None = None) -> str:
    """A file of countryinfo, here with the least that it may say."""
    iso = {"ISO": {"alpha3": code}} if code else {}
    said = {"name": name, "nativeName": native, "altSpellings": others, **iso}
    return json.dumps(said)


def test_a_country_may_lack_a_code_or_a_name_and_have_marks_of_direction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, text in {
        "data/a.json": info("Xordal", None, "XX", native="Xordalia"),
        "data/b.json": info("Qordal", "QQQ"),
        "data/c.json": info("Xrance", "FRA", "\u200eFrancX\u200f", "", "...", "Wales"),
        "data/d.json": info("Yspaña", "ESP", native="Xspaña / Qspaña"),
        "data/e.txt": "no JSON at all",
        "data_no_iso/f.json": info(None, "ESP", "FR"),
        "data_no_iso/g.json": info("Zrance", "FRA"),
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda module: tmp_path)
    monkeypatch.setattr(spellings, "NATIVE", {})
    france, spain = Country("FRA", "France"), Country("ESP", "Spain")
    assert countries._everyday.__wrapped__() == {
        "xrance": france,
        "francx": france,
        "zrance": france,
        "yspana": spain,
        "xspana qspana": spain,
        "xspana": spain,
        "qspana": spain,
    }
