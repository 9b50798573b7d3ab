"""What is built holds what it should, and answers wherever it is installed."""

from __future__ import annotations

import email
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest
from running import environment

from cstocli import __version__

pytestmark = pytest.mark.checkout

ROOT = Path(__file__).parent.parent
ISOLATED = importlib.util.find_spec("hatchling") is None
"""Whether the build backend has to be fetched, because this environment does not have it."""
JUNK = ["notes.txt", ".env", "scratch/secret.json", ".venv/pyvenv.cfg", "dist/csto-0.0.0.tar.gz"]
JUNK += ["cstocli/__pycache__/old.cpython-311.pyc", "tests/__pycache__/old.cpython-311.pyc"]


class Built(NamedTuple):
    tree: Path
    sdist: Path
    wheel: Path


def done(*command: str | Path, cwd: Path) -> str:
    """What a command that succeeds prints."""
    ran = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment({"PYTHONPATH": ""})},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sdist of a checkout with junk in it, and the wheel built from that sdist."""
    tree = tmp_path_factory.mktemp("checkout") / "csto"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", ".venv", ".nox", ".*_cache"))
    for junk in JUNK:
        (tree / junk).parent.mkdir(exist_ok=True)
        (tree / junk).write_text("junk", encoding="utf-8")
    folder = tmp_path_factory.mktemp("dist")
    isolation = [] if ISOLATED else ["--no-isolation"]
    done(sys.executable, "-m", "build", *isolation, "--outdir", folder, tree, cwd=folder)
    (sdist,) = folder.glob("*.tar.gz")
    (wheel,) = folder.glob("*.whl")
    return Built(tree, sdist, wheel)


@pytest.fixture(scope="session")
def wheel(built: Built) -> dict[str, bytes]:
    """The files of the wheel by their names."""
    with zipfile.ZipFile(built.wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def sdist(built: Built) -> dict[str, bytes]:
    """The files of the sdist by their names below its folder."""
    with tarfile.open(built.sdist) as archive:
        return {
            member.name.partition("/")[2]: file.read()
            for member in archive
            if (file := archive.extractfile(member))
        }


SUFFIXES = {".py", ".typed", ".html", ".css", ".js"}


def sources() -> dict[str, bytes]:
    """What belongs in the package once it is installed."""
    code = [path for path in (ROOT / "cstocli").rglob("*") if path.suffix in SUFFIXES]
    data = [path for path in (ROOT / "data").rglob("*") if path.is_file()]
    named = {path.relative_to(ROOT): path for path in code}
    named |= {"cstocli" / path.relative_to(ROOT): path for path in data}
    return {name.as_posix(): path.read_bytes() for name, path in named.items()}


def test_the_wheel_holds_the_package_and_its_data_and_nothing_else(wheel: dict[str, bytes]) -> None:
    about = (f"csto-{__version__}.dist-info/", f"csto-{__version__}.data/")
    assert {name: wheel[name] for name in wheel if not name.startswith(about)} == sources()
    assert {"cstocli/py.typed", "cstocli/data/membership.json"} <= set(wheel)


def test_the_wheel_puts_the_shared_files_where_programs_look_for_them(
    wheel: dict[str, bytes],
) -> None:
    prefix = f"csto-{__version__}.data/"
    placed = {name.removeprefix(prefix): wheel[name] for name in wheel if name.startswith(prefix)}
    shared = [path.read_bytes() for path in (ROOT / "share").rglob("*") if path.is_file()]
    assert sorted(placed.values()) == sorted(shared)
    assert all(name.startswith("data/share/") for name in placed)


def test_the_sdist_holds_the_tests_and_the_licence_and_no_junk(sdist: dict[str, bytes]) -> None:
    assert sdist[f"tests/{Path(__file__).name}"] == Path(__file__).read_bytes()
    assert sdist["LICENSE"] == (ROOT / "LICENSE").read_bytes()
    assert set(sdist) & set(JUNK) == set()
    assert {PurePosixPath(name).parts[0] for name in sdist} == {
        *("cstocli", "data", "share", "docs", "examples", "tests", "benchmarks", "proofs"),
        *("README.md", "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "SECURITY.md"),
        "RELEASING.md",
        *("noxfile.py", "pyproject.toml", "PKG-INFO", ".gitignore", ".ci"),
    }


def test_the_metadata_names_version_licence_readme_and_command(wheel: dict[str, bytes]) -> None:
    folder = f"csto-{__version__}.dist-info"
    metadata = email.message_from_bytes(wheel[f"{folder}/METADATA"])
    assert (metadata["Name"], metadata["Version"]) == ("csto", __version__)
    assert metadata["License-Expression"] == "MIT AND CC0-1.0"
    assert f"{folder}/licenses/{metadata['License-File']}" in wheel
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert wheel[f"{folder}/entry_points.txt"].split() == (
        b"[console_scripts] csto = cstocli.cli.main:main".split()
    )


@pytest.fixture(scope="session", params=["wheel", "sdist", "editable"])
def installed(
    request: pytest.FixtureRequest, built: Built, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """The programs of an environment with csto installed, and the folder that it runs from.

    The environment borrows the dependencies of this one, but not this one's csto.
    """
    folder = tmp_path_factory.mktemp(request.param)
    venv.create(folder, symlinks=True)
    programs = folder / "bin"
    (site,) = folder.glob("lib/python*/site-packages")
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "borrowed.pth").write_text("\n".join(borrowed), encoding="utf-8")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", programs / "python"]
    pip += ["install", "--quiet", "--no-deps", "--ignore-installed"]
    pip += [] if ISOLATED else ["--no-build-isolation", "--no-index"]
    if request.param == "editable":
        done(*pip, "--editable", built.tree, cwd=folder)
        return programs, built.tree
    done(*pip, built.wheel if request.param == "wheel" else built.sdist, cwd=folder)
    return programs, site


MEMBERS = ["Armenia", "Belarus", "Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan", "Uzbekistan"]


def test_it_answers_from_another_folder(installed: tuple[Path, Path], tmp_path: Path) -> None:
    question = ["members", "--on", "2007-01-01", "--format", "plain"]
    assert done(installed[0] / "csto", *question, cwd=tmp_path).split() == MEMBERS


def test_it_runs_its_own_code_on_its_own_data(installed: tuple[Path, Path], tmp_path: Path) -> None:
    programs, home = installed
    program = "from cstocli.reading import files; "
    program += "print(files.__file__, files.data_file('membership.json'))"
    for path in done(programs / "python", "-c", program, cwd=tmp_path).split():
        assert Path(path).is_relative_to(home)
        assert Path(path).is_file()


def test_it_checks_a_dataset_file_with_the_schema_that_it_carries(
    installed: tuple[Path, Path], tmp_path: Path
) -> None:
    programs, _ = installed
    shutil.copy(ROOT / "data" / "membership.json", tmp_path / "own.json")
    question = ["--data", "own.json", "members", "--on", "2007", "--format", "plain"]
    assert done(programs / "csto", *question, cwd=tmp_path).split() == MEMBERS


def test_its_version_is_that_of_its_metadata(installed: tuple[Path, Path], tmp_path: Path) -> None:
    programs, _ = installed
    program = "import importlib.metadata as m; print('csto', m.version('csto'))"
    version = done(programs / "python", "-c", program, cwd=tmp_path)
    assert version == f"csto {__version__}\n"
    assert done(programs / "csto", "--version", cwd=tmp_path).startswith(version)
