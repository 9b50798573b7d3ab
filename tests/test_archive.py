"""The package and its libraries in one file, as `python -m zipapp` makes it."""

from __future__ import annotations

import hashlib
import shutil
import sys
import zipapp
from importlib.util import find_spec
from pathlib import Path

import pytest
from documents import PATH, SMALL, written
from running import ask, run

PACKAGES = ["cstocli", "click", "countryinfo", "dateutil", "pycountry"]


def left_out(folder: str, names: list[str]) -> list[str]:
    """What no answer needs, and takes long to copy."""
    foreign = {*names} - {"ru"} if Path(folder).name == "locales" else {"__pycache__"}
    return [*foreign]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive of the package, with its data inside, and of libraries in pure Python."""
    folder = tmp_path_factory.mktemp("archive")
    for name in PACKAGES:
        spec = find_spec(name)
        assert spec
        assert spec.origin
        shutil.copytree(Path(spec.origin).parent, folder / "csto" / name, ignore=left_out)
    shutil.copytree(Path(PATH).parent, folder / "csto" / "cstocli" / "data", dirs_exist_ok=True)
    zipapp.create_archive(folder / "csto", folder / "csto.pyz", main="cstocli.cli.main:main")
    return str(folder / "csto.pyz")


@pytest.mark.parametrize(
    "args",
    [
        "members --on 2007-01-01 --format tsv",
        "history uzbekistan --format csv",
        "check Франция --on 2006 --format plain",
        "check holland --on 2006 --format plain",
        "check 250 --on 2006 --quiet",
        "page --output -",
        "--help",
        "--version",
    ],
)
def test_it_answers_as_what_is_installed_does(archive: str, args: str) -> None:
    done = run(sys.executable, "-I", "-S", archive, *args.split())
    assert (done.returncode, done.stdout.decode(), done.stderr.decode()) == ask(*args.split())


def test_it_asks_a_table_and_tells_the_checksum_of_its_own_data(
    archive: str, tmp_path: Path
) -> None:
    path = written(tmp_path, "state,first_day,last_day\nHolland,2000-01-01,\n", "club.csv")
    asked = ["--data", path, "members", "--format", "tsv"]
    done = run(sys.executable, "-I", "-S", archive, *asked)
    assert (done.returncode, done.stdout.decode()) == ask(*asked)[:2]
    done = run(sys.executable, "-I", "-S", archive, "info", "--format", "tsv")
    assert hashlib.sha256(Path(PATH).read_bytes()).hexdigest() in done.stdout.decode()


def test_what_only_a_compiled_library_can_check_is_refused(archive: str, tmp_path: Path) -> None:
    path = written(tmp_path, SMALL)
    done = run(sys.executable, "-I", "-S", archive, "--data", path, "members")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"Error: a JSON document cannot be checked here, because json")
