"""The dataset as a Data Package."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from typing import Any

import frictionless
import pytest
from pages import ROOT
from running import ask

from cstocli import Refused, load

EXPECTED = {
    "statuses", "bases", "kinds", "states", "spells", "acts", "act-states", "disputes", "remarks",
    "state-years", "codes", "offices", "terms", "meetings", "observers", "sources", "citations",
}  # fmt: skip


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package") / "csto"
    load().package(folder)
    return folder


def rows(package: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table of the package."""
    with open(package / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def validity(package: Path) -> list[Any]:
    """What frictionless finds wrong with a package: bytes, hashes, types, keys."""
    found: list[Any] = frictionless.validate(str(package / "datapackage.json")).flatten(
        ["title", "message"]
    )
    return found


def test_the_package_has_every_table_and_is_valid(package: Path) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    names = {resource["name"] for resource in descriptor["resources"]}
    assert names == EXPECTED
    assert {path.name for path in package.iterdir()} == {
        "datapackage.json",
        *(f"{name}.csv" for name in names),
    }
    assert validity(package) == []


def test_a_key_that_is_broken_is_found(package: Path, tmp_path: Path) -> None:
    for path in package.iterdir():
        data = path.read_bytes()
        if path.name == "spells.csv":
            data = data.replace(b"UZB,", b"UZX,", 1)
        (tmp_path / path.name).write_bytes(data)
    assert {title for title, _ in validity(tmp_path)} >= {"Hash Count Error", "ForeignKey Error"}


def test_the_tables_say_what_the_dataset_does(package: Path) -> None:
    assert [row["spell"] for row in rows(package, "spells")] == [*load().records.spells]
    assert len(rows(package, "terms")) == len(load().terms())
    years = rows(package, "state-years")
    counted = [
        row
        for row in years
        if row["basis"] == "joined" and row["year"] == "1999" and row["counted"] == "true"
    ]
    assert len(counted) == 9
    assert {row["cown"] for row in years if row["state"] == "UZB"} == {"704"}


@pytest.mark.parametrize("data", ["examples/nato.csv", "tests/small.json"])
def test_other_datasets_make_valid_packages_too(data: str, tmp_path: Path) -> None:
    load(ROOT / data).package(tmp_path / "one")
    assert validity(tmp_path / "one") == []


def test_a_bound_that_is_not_known_to_the_day_is_text(tmp_path: Path) -> None:
    file = tmp_path / "narnia.csv"
    file.write_text("state,first_day,last_day\nFrance,1993-04,2001\nItaly,1994-01-02,\n")
    load(file).package(tmp_path / "one")
    assert validity(tmp_path / "one") == []
    assert rows(tmp_path / "one", "spells")[0]["first_day"] == "1993-04"


def test_the_bytes_are_the_same_on_another_day(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSTO_TODAY", "2030-01-01")
    load().package(tmp_path / "later")
    for path in package.iterdir():
        assert (tmp_path / "later" / path.name).read_bytes() == path.read_bytes()


def test_only_a_package_of_ours_is_replaced_and_only_by_force(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    command = ("export", "package", str(folder))
    assert ask(*command).status == 0
    (folder / "spells.csv").write_text("changed")
    assert "is there already; --force replaces it" in ask(*command).err
    assert ask(*command, "--force").status == 0
    assert (folder / "spells.csv").read_text().startswith("spell,")
    (folder / "notes.txt").write_text("mine")
    refused = ask(*command, "--force")
    assert refused.status == 2
    assert "is no package that csto wrote, and is not replaced" in refused.err
    assert (folder / "notes.txt").read_text() == "mine"
    assert [*tmp_path.iterdir()] == [folder]


@pytest.mark.parametrize("made", [None, "{}", '{"csto": 1, "resources": 2}'])
def test_a_folder_of_another_kind_is_not_replaced(made: str | None, tmp_path: Path) -> None:
    if made is not None:
        (tmp_path / "datapackage.json").write_text(made)
    with pytest.raises(Refused, match="is not replaced"):
        load().package(tmp_path, force=True)


def test_a_package_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OSError, match="No such file"):
        load().package(tmp_path / "none" / "one")
    load().package(tmp_path / "one")
    before = {path: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    rename = os.rename

    def full(source: str, target: str) -> None:
        if source.endswith(".part"):
            raise OSError(28, "No space left on device")
        rename(source, target)

    monkeypatch.setattr(os, "rename", full)
    with pytest.raises(OSError, match="No space left"):
        load().package(tmp_path / "one", force=True)
    assert {path: path.read_bytes() for path in (tmp_path / "one").iterdir()} == before
    with pytest.raises(OSError, match="No space left"):
        load().package(tmp_path / "two")
    monkeypatch.setattr("builtins.open", lambda *_: 1 / 0)
    with pytest.raises((OSError, ZeroDivisionError)):
        load().package(tmp_path / "three")
    assert [*tmp_path.iterdir()] == [tmp_path / "one"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ("package", "name the folder of the package"),
        ("package x --format csv", "a package has formats of its own"),
        ("spells x", "DIR and --force are for a package, not spells"),
        ("sql --force", "DIR and --force are for a package, not sql"),
        ("package x --rule any", "are for state-years and dyad-years, not package"),
    ],
)
def test_what_a_package_does_not_take_is_refused(args: str, said: str) -> None:
    outcome = ask("export", *args.split())
    assert outcome.status == 2
    assert said in outcome.err
