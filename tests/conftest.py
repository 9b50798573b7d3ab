from __future__ import annotations

import os

import pytest

from cstocli import Dataset, load
from cstocli.core.records import Records


@pytest.fixture(scope="session")
def csto() -> Dataset:
    return load()


@pytest.fixture(scope="session")
def records(csto: Dataset) -> Records:
    return csto.records


@pytest.fixture(autouse=True)
def _fixed_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CSTO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CSTO_TODAY", "2026-11-22")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite", action="store_true", help="write what is printed now into the transcripts"
    )
