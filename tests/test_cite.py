"""A sentence to paste, never more certain than the answer, and its best sources."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from facts import BASES, NAMES
from running import DATA, ask
from small import REMARKS, club, rival

from cstocli import Dataset, Refused
from cstocli.questions.answer import Answer
from cstocli.questions.cite import MOST, CiteRow

RAW = json.loads(Path(DATA).read_text(encoding="utf-8"))
SOURCES = {source["id"]: source for source in RAW["sources"]}
ACTS = {act["id"]: act for act in RAW["acts"]}
(FREEZE,) = RAW["remarks"]
REMARKED = {*FREEZE["sources"]}
ASKED = (
    "1990-01-01 1992-05-15 1993-12-31 1994-04-19 1994-04-20 1999-04-20 1999-04-21 2003-01-01 "
    "2003-09-18 2006-06-22 2006-06-23 2006-08-16 2008-03-28 2012-06-28 2012-12-18 2012-12-19 "
    "2024-03-01 2026-02-26 2026-02-27 1994 1999 2006 2012 2026"
)
DAYS = ASKED.split()
QUESTIONS = list(product([*NAMES, "FRA", "Soviet Union"], BASES, DAYS))


def sentence(csto: Dataset, state: str, on: str, basis: str | None = None) -> str:
    """The one sentence of all rows."""
    (said,) = {row.sentence for row in csto.cite(state, on, basis=basis)}
    assert said
    return said


def best(answer: Answer[CiteRow]) -> list[CiteRow]:
    """The sources but for the dataset."""
    return list(answer.rows[:-1])


# The sentence


def test_the_sentence_is_never_more_certain_than_the_answer(csto: Dataset) -> None:
    for state, basis, on in QUESTIONS:
        said, check = sentence(csto, state, on, basis), csto.check(state, on, basis=basis)
        (row,) = check
        asked = (state, basis, on, said)
        assert ("this is disputed: " in said) is row.disputed, asked
        assert said.startswith("As last checked on 26 February 2026, ") is (not row.verified), asked
        either_way = any("either way; disputed" in note for note in check.notes)
        assert ("its status is disputed: " in said) is either_way, asked
        assert f"(basis {basis}: " in said or f"; basis {basis}: " in said, asked
        if row.answer == "partly":
            assert " was counted (" in said, asked
            assert row.part
            assert all(day in said for part in row.part.split() for day in part.split("/")), asked
        if row.answer == "no":
            assert " counted (" not in said, asked
            assert re.search(r"not (belong|counted as belonging) to|not counted as", said), asked


def test_a_doubt_that_changes_the_answer_is_told_with_who_says_so(csto: Dataset) -> None:
    assert sentence(csto, "uzbekistan", "2006-07-15") == (
        "On 15 July 2006 Uzbekistan was a member of the Organisation (basis joined: signed, "
        "acceded or admitted, in force or not); this is disputed: not before 2006-08-16 according "
        "to Asia-Plus, Obozrevatel (UNIAN), RBC and Wikipedia."
    )


def test_a_doubt_about_the_status_alone_is_told_too(csto: Dataset) -> None:
    said = sentence(csto, "uzbekistan", "2007-01-01")
    assert said.endswith(
        "; its status is disputed: signatory only until 2008-03-27 according to RIA Novosti "
        '("2008-03-28").'
    )


@pytest.mark.parametrize(
    ("state", "on", "said"),
    [
        ("georgia", "1994-01-01", "On 1 January 1994 Georgia had acceded to the Treaty, which was"),
        ("uzbekistan", "2000-01-01", "it had been party to 20 April 1999 and it became member on"),
        ("georgia", "2008-08-08", "it had been party to 20 April 1999 (basis"),
        ("kazakhstan", "1992-05-14", "it became signatory on 15 May 1992 (basis"),
        ("france", "2007", "From 1 January 2007 to 31 December 2007 France did not belong to"),
        ("france", "2007", ", and never has (basis"),
        ("soviet union", "1985", ": it was a state to 25 December 1991 (basis"),
        ("uzbekistan", "2020-01-01", "was suspended from the Organisation, and is not counted as"),
        ("armenia", "2026-11-22", "2026, on 22 November 2026 Armenia is a member of the Organis"),
    ],
)
def test_every_kind_of_answer_has_its_sentence(
    csto: Dataset, state: str, on: str, said: str
) -> None:
    assert said in sentence(csto, state, on)


CLUB = club(
    "member 2001-02/2001-04, observer 2001-06-01/, BBB unknown 2001-01-01/",
    remarks=REMARKS,
    disputes=[rival("AAA", "2001-03-10/2001-03-20")],
    statuses=["member", "observer", "unknown"],
)


@pytest.mark.parametrize(
    ("state", "on", "said"),
    [
        (
            "AAA",
            "2001-02-10",
            "On 10 February 2001 it is not known whether Aaa was counted (Club; basis whole: whole "
            "members): its first day as member is known only as 2001-02.",
        ),
        (
            "AAA",
            "2001-02",
            "From 1 February 2001 to 28 February 2001 it is not known whether Aaa was counted "
            "(Club; basis whole: whole members): its first day as member is known only as 2001-02.",
        ),
        (
            "AAA",
            "2001-04/2001-05",
            "From 1 April 2001 to 31 May 2001 Aaa was counted (Club; basis whole: whole members) "
            "as member from 2001-04-01 to 2001-04; this is not certain: its last day as member is "
            "known only as 2001-04.",
        ),
        (
            "AAA",
            "2001-03-15",
            "On 15 March 2001 Aaa was member (basis whole: whole members); this is disputed: not "
            'from 2001-03-10 to 2001-03-20 according to A Press ("otherwise").',
        ),
        (
            "AAA",
            "2001-05-10",
            "On 10 May 2001 Aaa did not belong to the Club: it had been member to a day of 2001-04 "
            "and it became observer on 1 June 2001 (basis whole: whole members).",
        ),
        (
            "BBB",
            "2001-05-10",
            "On 10 May 2001 it is not known whether Bbb was counted (Club; basis whole: whole "
            "members): its status is not known since 2001-01-01.",
        ),
    ],
)
def test_what_is_not_certain_is_not_in_the_sentence_either(state: str, on: str, said: str) -> None:
    remarked = {"AAA": "it is late", "BBB": "it is other"}[state]
    assert sentence(CLUB, state, on) == f"{said[:-1]}; {remarked}."


def test_a_remark_is_in_the_sentence_and_one_of_the_sources_is_for_it(csto: Dataset) -> None:
    assert sentence(csto, "armenia", "2025-01-01").endswith(
        "; it declares its participation frozen since 2024-02-22; no notice of withdrawal found, "
        "membership unbroken."
    )
    (*acts, of_remark) = best(csto.cite("armenia", "2025-01-01"))
    assert of_remark.source in REMARKED
    assert acts
    assert not REMARKED & {row.source for row in acts}
    before = csto.cite("armenia", "2024-02-21")
    assert "frozen" not in before.title
    assert not REMARKED & {row.source for row in best(before)}
    assert sentence(CLUB, "AAA", "2001-02-10").endswith("; it is late.")


def test_days_that_have_not_come_are_not_cited(csto: Dataset) -> None:
    with pytest.raises(Refused, match="2027 has not come yet"):
        csto.cite("armenia", "2027")


# The sources


def test_the_sources_are_the_best_few_of_the_acts_behind_the_answer(csto: Dataset) -> None:
    for state, on in product(NAMES, DAYS):
        rows = best(csto.cite(state, on))
        assert len(rows) <= MOST == 3
        publishers = [row.publisher for row in rows]
        assert len(set(publishers)) == len(publishers)
        levels = [SOURCES[row.source]["level"] for row in rows]
        assert levels == sorted(levels, key=lambda level: level != "primary")
        acts = [row.id for row in csto.why(state, on) if row.section == "act"]
        cited = {source for act in acts for source in ACTS[act]["sources"]}
        remarked = REMARKED if (state, on >= "2024-02-22") == ("ARM", True) else set()
        assert {row.source for row in rows} <= cited | remarked
        assert not rows or levels[0] == min((SOURCES[one]["level"] for one in cited), default="")


def test_primary_sources_come_first(csto: Dataset) -> None:
    rows = best(csto.cite("kazakhstan", "2004-01-01"))
    assert SOURCES[rows[0].source]["level"] == "primary"
    assert [row.address for row in rows if not row.address] == []


@pytest.mark.parametrize("state", ["france", "soviet union"])
def test_an_answer_without_acts_has_the_dataset_alone(csto: Dataset, state: str) -> None:
    assert [row.source for row in csto.cite(state, "1985-01-01")] == ["csto-2026b"]


def test_the_last_source_is_the_dataset_and_without_a_state_the_only_one(csto: Dataset) -> None:
    (row,) = csto.cite()
    assert row == CiteRow(
        None,
        "csto-2026b",
        "The csto authors",
        "csto: dataset of membership in the Collective Security Treaty and the Collective Security "
        "Treaty Organisation, release 2026b, verified through 2026-02-26",
        "2026",
        None,
    )
    assert csto.cite("armenia", "2007-01-01").rows[-1][1:] == row[1:]
    assert csto.cite().query["state"] is None


def test_a_table_of_ones_own_is_not_said_to_be_by_the_authors(tmp_path: Path) -> None:
    path = tmp_path / "my club, old.csv"
    path.write_text("state,first_day,last_day\nFrance,2000-01-01,\n", encoding="utf-8")
    done = ask("--data", str(path), "cite", "--style", "bibtex")
    assert done.out.startswith("@misc{my-club-old.csv,\n")
    assert "csto authors" not in ask("--data", str(path), "cite", "france").out


# Styles


def fields_of(entry: str) -> dict[str, str]:
    """The fields of an entry of BibTeX, each on a line; the key of the entry is `key`."""
    first, *lines, last = entry.splitlines()
    key = re.fullmatch(r"@misc\{([A-Za-z0-9.:_-]+),", first)
    assert key
    assert last == "}"
    found = {"key": key[1]}
    for line in lines:
        name, value = re.fullmatch(r"  ([a-z]+) = \{(.*)\},", line).groups()  # type: ignore[union-attr]
        plain = re.sub(r"\\[{}]", "", value)
        assert plain.count("{") == plain.count("}"), value
        found[name] = re.sub(r"\\([&%$#_{}])", r"\1", value)
    return found


CITED = ["uzbekistan --on 2006-07-15", "kazakhstan --on 2004", "armenia", "france", ""]


def rows_of(args: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(ask("cite", *args.split(), "--format", "json").out)[
        "rows"
    ]
    return rows


@pytest.mark.parametrize("args", CITED)
def test_bibtex_has_an_entry_for_every_source(args: str) -> None:
    entries = ask("cite", *args.split(), "--style", "bibtex").out.split("\n\n")
    for entry, row in zip(entries, rows_of(args), strict=True):
        found = fields_of(entry)
        assert found["key"] == row["source"]
        assert (found["author"], found["title"]) == (
            f"{{{row['publisher']}}}",
            f"{{{row['title']}}}",
        )
        assert found.get("url") == row["address"]
        assert found.get("date") == row["date"]
        assert found.get("year") == (row["date"] and row["date"][:4])
        assert found.get("note") == row["sentence"]


@pytest.mark.parametrize("args", CITED)
def test_ris_has_a_record_for_every_source(args: str) -> None:
    records = ask("cite", *args.split(), "--style", "ris").out.removesuffix("\n").split("\n\n")
    rows = rows_of(args)
    for record, row in zip(records, rows, strict=True):
        lines = record.split("\n")
        assert [line for line in lines if not re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line)] == []
        (first, *_, last), tags = lines, dict(line.split("  - ") for line in lines[:-1])
        assert first == f"TY  - {'DATA' if row is rows[-1] else 'GEN'}"
        assert last == "ER  - "
        assert (tags["ID"], tags["AU"], tags["TI"]) == (
            row["source"],
            row["publisher"],
            row["title"],
        )
        assert tags.get("UR") == row["address"]
        assert tags.get("N1") == row["sentence"]


@pytest.mark.parametrize("args", CITED)
def test_csl_json_has_an_item_for_every_source(args: str) -> None:
    items = json.loads(ask("cite", *args.split(), "--style", "csl-json").out)
    rows = rows_of(args)
    assert [item["id"] for item in items] == [row["source"] for row in rows]
    assert [item["type"] for item in items] == [*["document"] * (len(rows) - 1), "dataset"]
    for item, row in zip(items, rows, strict=True):
        assert (item["author"], item["title"]) == ([{"literal": row["publisher"]}], row["title"])
        (parts,) = item["issued"]["date-parts"] if row["date"] else [None]
        assert parts == (row["date"] and [int(part) for part in row["date"].split("-")])
        assert (item.get("URL"), item.get("note")) == (row["address"], row["sentence"])


def test_nothing_in_bibtex_is_a_command_of_tex(tmp_path: Path) -> None:
    raw = json.loads(Path(DATA).read_text(encoding="utf-8"))
    raw["states"][0]["name"] = r"50% of A&B_{x} #1 \x ~ ^ $"
    path = tmp_path / "awkward.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    out = ask("--data", str(path), "cite", "ARM", "--on", "2007-01-01", "--style", "bibtex").out
    assert (
        r"50\% of A\&B\_\{x\} \#1 \textbackslash{}x \textasciitilde{} \textasciicircum{} \$" in out
    )


def test_notes_go_to_stderr_beside_a_style(csto: Dataset) -> None:
    said = [f"Note: {note}\n" for note in csto.cite("armenia", "2026-11-20").notes]
    done = ask("cite", "armenia", "--on", "2026-11-20", "--style", "ris", "--notes", "all")
    assert (done.err, bool(said)) == ("".join(said), True)
    assert ask("cite", "armenia", "--on", "2026-11-20", "--style=ris", "--notes=none").err == ""


def test_a_style_and_a_format_are_refused_together_but_not_one_of_the_environment() -> None:
    done = ask("cite", "armenia", "--style", "ris", "--format", "csv")
    assert (done.status, done.out) == (2, "")
    assert "--format and --style both say how it is written" in done.err
    by_variable = ask("cite", "--style", "ris", variables={"CSTO_FORMAT": "csv"})
    assert by_variable == ask("cite", "--style", "ris")


def test_a_style_that_there_is_not_is_refused() -> None:
    done = ask("cite", "armenia", "--style", "apa")
    assert (done.status, done.out) == (2, "")
    assert "csl-json" in done.err


@pytest.mark.parametrize("args", ["--on 2007-01-01", "--from 2006", "--basis charter"])
def test_a_day_or_a_basis_without_a_state_is_refused(args: str) -> None:
    ran = ask("cite", *args.split())
    assert (ran.status, ran.out) == (2, "")
    assert "name it too, as in cite georgia" in ran.err


def test_after_the_last_spell_the_act_that_closed_it_is_cited(csto: Dataset) -> None:
    (spell,) = [one for one in csto.history("georgia") if str(one.last_day) == "1999-04-20"]
    rows = best(csto.cite("georgia", "1999-04-21"))
    assert rows
    assert spell.closed_by
    assert {row.source for row in rows} <= {*ACTS[spell.closed_by]["sources"]}
