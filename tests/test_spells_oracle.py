"""Small tables of spells, answered day by day by a reading that shares nothing with the package."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def oracle() -> ModuleType:
    path = Path(__file__).parent.parent / "proofs" / "spells_oracle.py"
    spec = importlib.util.spec_from_file_location("spells_oracle", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(10))
def test_answers_are_those_of_every_world_that_a_table_leaves_possible(
    oracle: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("CSTO_TODAY", "2003-12-31")
    seeds = [f"suite {seed} {number}" for number in range(15)]
    assert oracle.problems(tmp_path / "spells.csv", seeds) == []


TABLES = {
    "a spell before or after two": ("2001,2001", "2001-03-01,2001-04-30", "2001-05-01,2001-06-30"),
    "twins": ("2001,2001", "2001,2001"),
    "shared days": ("2001-01-01,2001-02-01", "2001-02-01,"),
}


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_the_reading_itself_accepts_no_table_of_no_one_order(
    oracle: ModuleType, tmp_path: Path, rows: tuple[str, ...]
) -> None:
    path = tmp_path / "spells.csv"
    lines = [f"Alfaland,member,{row}," for row in rows]
    path.write_text("\n".join(["state,status,first_day,last_day,verified_through", *lines]))
    assert not oracle.read(path).accepted


def test_the_reading_itself_says_of_each_day_what_a_hand_would(
    oracle: ModuleType, tmp_path: Path
) -> None:
    path = tmp_path / "spells.csv"
    rows = ["Alfaland,member,2000-01-01,2001-02,", "Alfaland,observer,2001-03-02,2001-03-05,"]
    path.write_text("\n".join(["state,status,first_day,last_day,verified_through", *rows]))
    (state,) = oracle.read(path).states
    days = {
        "1999-12-31": ("no", {"not-yet"}),
        "2000-01-01": ("yes", {"member"}),
        "2001-02-01": ("yes", {"member"}),
        "2001-02-02": ("unknown", {"member", "outside"}),
        "2001-02-28": ("unknown", {"member", "outside"}),
        "2001-03-01": ("no", {"outside"}),
        "2001-03-02": ("no", {"observer"}),
        "2001-03-06": ("no", {"former"}),
    }
    found = {
        day: (state.verdicts[number], state.statuses[number])
        for day in days
        for number in oracle.span_of(day)[:1]
    }
    assert found == days
    assert [(one.text, one.certain, len(one.numbers)) for one in state.left] == [
        ("2001-02", False, 28)
    ]
    assert [(one.text, one.certain) for one in state.joined] == [("2000-01-01", True)]
