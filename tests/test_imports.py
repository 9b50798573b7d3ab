"""What a question imports, and which way the imports of the package point."""

from __future__ import annotations

import ast
import functools
import graphlib
import importlib.metadata
import re
import sys
from pathlib import Path

import pytest
from running import ask, run

import cstocli

PACKAGE = Path(cstocli.__file__).parent
MODULES = sorted(
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts) for path in PACKAGE.rglob("*.py")
)

IMPORTED = """
import sys
import click
before = set(sys.modules)
from cstocli.main import run
status = run(sys.argv[1:])
print(status, *sorted(set(sys.modules) - before), file=sys.stderr)
"""
"""A program that asks a question, and says what it imports beyond what Click does."""

DATA = str(Path(__file__).parent.parent / "data" / "membership.json")
LIBRARIES = {"rich", "dateutil", "jsonschema", "pycountry", "countryinfo"}
READ_AS_DATA = {"pycountry"}
"""Libraries whose files are read without an import, which costs more than a whole answer."""
SLOW = LIBRARIES | {
    "asyncio",
    "csv",
    "dataclasses",
    "decimal",
    "difflib",
    "email",
    "hashlib",
    "importlib.metadata",
    "importlib.resources",
    "logging",
    "pathlib",
    "random",
    "socket",
    "subprocess",
    "tempfile",
    "typing_extensions",
    "urllib",
    "zoneinfo",
}
"""What costs time at the start of every question, and few need."""


@functools.cache
def imported(*args: str) -> set[str]:
    """The modules that a question imports."""
    done = run(sys.executable, "-c", IMPORTED, *args)
    status, *modules = done.stderr.decode().splitlines()[-1].split()
    assert int(status) == ask(*args).status
    return set(modules)


@pytest.mark.parametrize(
    "args",
    [
        "members --on 2007-01-01 --format tsv",
        "members --on 2007-01-01 --format json",
        "members --on 2006 --format plain",
        "check uzbekistan --on 2007-01-01 --quiet",
        "check Ўзбекистон --on today --format plain",
        "history uzbekistan --format jsonl",
        "withdrawals --format markdown",
        "--help",
        "--version",
    ],
)
def test_a_plain_question_imports_nothing_slow(args: str) -> None:
    assert imported(*args.split()) & SLOW == set()


def test_a_plain_question_imports_no_package_but_click_and_this_one() -> None:
    modules = imported("members", "--on", "2007-01-01", "--format", "tsv")
    packages = {module.split(".")[0] for module in modules}
    assert packages - sys.stdlib_module_names == {"click", "cstocli"}


@pytest.mark.parametrize(
    ("args", "libraries"),
    [
        (["members", "--on", "2007-01-01"], {"rich"}),
        (["history", "uzbekistan"], {"rich"}),
        (["check", "uzbekistan", "--on", "3 years ago", "--quiet"], {"dateutil"}),
        (["check", "france", "--quiet"], set()),
        (["check", "holland", "--quiet"], {"countryinfo"}),
        (["--data", DATA, "members", "--format", "tsv"], {"jsonschema"}),
    ],
    ids=str,
)
def test_a_question_imports_only_the_libraries_that_it_needs(
    args: list[str], libraries: set[str]
) -> None:
    assert imported(*args) & LIBRARIES == libraries


def test_csv_is_imported_for_csv() -> None:
    assert imported("members", "--format", "csv") & SLOW == {"csv"}


def test_a_table_of_rich_needs_little_of_it() -> None:
    modules = imported("members", "--on", "2007-01-01")
    assert "rich.table" in modules
    assert modules & {"rich.markdown", "rich.progress", "rich.syntax", "rich.traceback"} == set()


@pytest.mark.parametrize("absent", ["click", *sorted(LIBRARIES)])
def test_the_library_answers_without_what_the_command_line_needs(absent: str) -> None:
    program = (
        f"import sys; sys.modules[{absent!r}] = None\n"
        "from cstocli import load\n"
        "print(*(row.state for row in load().members(on='2007-01-01')))\n"
    )
    done = run(sys.executable, "-c", program)
    assert (done.stdout, done.stderr) == (b"ARM BLR KAZ KGZ RUS TJK UZB\n", b"")


def test_importing_the_package_imports_no_click() -> None:
    done = run(sys.executable, "-c", "import sys, cstocli; print('click' in sys.modules)")
    assert done.stdout == b"False\n"


def test_importing_the_entry_point_changes_nothing_in_the_process() -> None:
    program = (
        "import gc, signal, sys\n"
        "def state():\n"
        "    handlers = [signal.getsignal(number) for number in signal.valid_signals()]\n"
        "    streams = [sys.stdin, sys.stdout, sys.stderr, sys.stdout.errors]\n"
        "    return handlers, streams, gc.isenabled(), sys.excepthook, sys.argv[:]\n"
        "before = state()\n"
        "import cstocli.main, cstocli.cli\n"
        "print(state() == before)\n"
    )
    assert run(sys.executable, "-c", program).stdout == b"True\n"


@functools.cache
def tree(module: str) -> ast.Module:
    path = PACKAGE.joinpath(*module.split(".")).with_suffix(".py")
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def names_imported(module: str) -> set[str]:
    """The full names that a module imports anywhere, `from a import b` as `a.b`."""
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports by a relative name"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def modules_imported(module: str) -> set[str]:
    """The modules of this package that a module imports."""
    return {
        other
        for other in MODULES
        if any(f"{name}.".startswith(f"cstocli.{other}.") for name in names_imported(module))
    } - {module}


def modules_reached(module: str) -> set[str]:
    """The modules of this package that a module imports, or that those import."""
    reached: set[str] = set()
    waiting = {module}
    while waiting:
        new = modules_imported(waiting.pop()) - reached
        reached |= new
        waiting |= new
    return reached


def importers(package: str) -> set[str]:
    """The modules that import a package anywhere."""
    return {
        module
        for module in MODULES
        if any(name.split(".")[0] == package for name in names_imported(module))
    }


@pytest.mark.parametrize(
    ("package", "homes"),
    [
        ("rich", {"render"}),
        ("dateutil", {"dates"}),
        ("jsonschema", {"rules"}),
        ("countryinfo", {"names"}),
    ],
)
def test_a_library_is_used_in_one_place(package: str, homes: set[str]) -> None:
    assert importers(package) == homes


def test_click_is_used_in_the_command_layer_only() -> None:
    layer = {module for module in MODULES if module.startswith("commands.")}
    assert importers("click") - layer == {"cli", "main", "options", "params"}


def test_every_dependency_is_imported_and_every_import_is_a_dependency() -> None:
    required = importlib.metadata.requires("csto") or []
    declared = {re.split("[^a-z-]", line)[0] for line in required if "extra" not in line}
    packages = {name.split(".")[0] for module in MODULES for name in names_imported(module)}
    foreign = packages - sys.stdlib_module_names - {"cstocli"}
    imported = {{"dateutil": "python-dateutil"}.get(name, name) for name in foreign}
    assert imported | READ_AS_DATA == declared


def test_imports_never_go_round_in_a_circle() -> None:
    graph = {module: modules_imported(module) for module in MODULES}
    order = list(graphlib.TopologicalSorter(graph).static_order())
    assert order.index("model") < order.index("queries") < order.index("cli") < order.index("main")


HEIGHTS = {
    "model": 0,
    **dict.fromkeys(["names", "dates", "dataset"], 1),
    **dict.fromkeys(["params", "queries", "render"], 2),
    "cli": 3,
    "main": 4,
}


@pytest.mark.parametrize("module", HEIGHTS)
def test_imports_point_one_way(module: str) -> None:
    above = {other for other in HEIGHTS if HEIGHTS[other] > HEIGHTS[module]}
    assert modules_reached(module) & above == set()


@pytest.mark.parametrize("module", ["queries", "wording", "answers", "model"])
def test_questions_load_nothing_and_read_no_clock(module: str) -> None:
    calls = [node.func for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    called = {func.attr for func in calls if isinstance(func, ast.Attribute)}
    called |= {func.id for func in calls if isinstance(func, ast.Name)}
    assert called & {"today", "now", "utcnow", "time", "open", "print", "load"} == set()
    assert modules_reached(module) & {"dataset", "files", "render", "params"} == set()
