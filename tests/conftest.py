from __future__ import annotations

import os

import pytest

from cstocli.core.records import Records
from cstocli.reading import document


@pytest.fixture(scope="session")
def records() -> Records:
    return document.load()


@pytest.fixture(autouse=True)
def _fixed_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CSTO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CSTO_TODAY", "2026-11-22")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite", action="store_true", help="write what is printed now into the transcripts"
    )
