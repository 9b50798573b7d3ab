"""The proofs that take longer than the tests: `pip install nox`, then `nox -l` lists them."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "venv"
nox.options.sessions = ["tests", "lowest"]
PYTHONS = ["3.11", "3.12", "3.13"]
LOWEST = [
    "click==8.5.0",
    "countryinfo==1.0.1",
    "jsonschema==4.23.0",
    "pycountry==24.6.1",
    "python-dateutil==2.9.0",
    "rich==15.0.0",
]
"""The lowest versions that pyproject.toml allows."""


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the suite with the newest dependencies."""
    session.install("-e", ".[test]")
    session.run("pytest", "-q", *session.posargs)


@nox.session(python=PYTHONS)
def lowest(session: nox.Session) -> None:
    """Run the suite with the lowest versions of the dependencies."""
    session.install("-e", ".[test]", *LOWEST)
    session.run("pytest", "-q", *session.posargs)


@nox.session(python=PYTHONS[0])
def coverage(session: nox.Session) -> None:
    """Measure which lines and branches of the package the suite reaches, processes included."""
    session.install("-e", ".[test]", "coverage[toml]>=7.10")
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", "-q", *session.posargs)
    session.run("coverage", "combine")
    session.run("coverage", "report")


@nox.session(python=PYTHONS[0])
def packages(session: nox.Session) -> None:
    """Build twice and compare, and check what is in the packages."""
    session.install("build>=1.2", "hatchling>=1.27", "twine>=6", "check-wheel-contents>=0.6")
    first, second = (f"{session.create_tmp()}/{name}" for name in ("one", "two"))
    for folder in (first, second):
        session.run("python", "-m", "build", "--no-isolation", "--outdir", folder, silent=True)
    session.run("diff", "-r", first, second, external=True)
    session.run("sh", "-c", f"twine check --strict {first}/*", external=True)
    session.run("sh", "-c", f"check-wheel-contents {first}/*.whl", external=True)


@nox.session(python=PYTHONS[0])
def fuzz(session: nox.Session) -> None:
    """Give a million strings to the parsers of dates and names."""
    session.install("-e", ".")
    session.run("python", "proofs/fuzz.py", *session.posargs)


@nox.session(python=PYTHONS[0])
def benchmark(session: nox.Session) -> None:
    """Measure start-up against what Python needs to import the framework."""
    session.run("python", "benchmarks/startup.py", *session.posargs)
