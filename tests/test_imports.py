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
from running import DATA, QUESTIONS, imported, run

import cstocli

PACKAGE = Path(cstocli.__file__).parent
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}
HOMES = {
    "click": {"cli"},
    "rich": {"writing"},
    "dateutil": {"reading"},
    "jsonschema_rs": {"reading"},
}
"""The packages that alone may import each library."""
EXTRAS = {
    "narwhals": {"annotate"},
    "pandas": {"questions"},
    "polars": {"questions", "tabular"},
    "pyarrow": {"questions", "tabular"},
    "pyreadstat": {"tabular"},
    "python_calamine": {"tabular"},
    "resvg_py": {"writing"},
    "xlsxwriter": {"tabular"},
}
"""The same of the libraries that only some need: who keeps rows in data frames, or in files of
other programs, and who draws."""
READ_AS_DATA = {"countryinfo", "pycountry"}
"""Libraries of which the files are read and nothing is called: of pycountry an import alone would
cost more than a whole answer."""
SLOW = {
    "asyncio",
    "copy",
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
    "urllib",
    "zoneinfo",
}
"""What costs time at the start of every question, and few need."""


def libraries(modules: set[str]) -> set[str]:
    """The packages, neither Python's nor this one, that modules belong to."""
    return {module.split(".")[0] for module in modules} - sys.stdlib_module_names - {"cstocli"}


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
def test_a_plain_question_imports_nothing_slow_and_no_library_but_click(args: str) -> None:
    modules = imported(*args.split())
    assert modules & SLOW == set()
    assert libraries(modules) <= {"click"}


@pytest.mark.parametrize(
    ("args", "needed"),
    [
        ("members --on 2007-01-01", {"rich"}),
        ("check uzbekistan --on yesterday --quiet", {"dateutil"}),
        ("check france --quiet", set()),
        ("check holland --quiet", {"countryinfo"}),
        (f"--data {DATA} members --format tsv", {"jsonschema_rs"}),
    ],
)
def test_a_question_imports_only_the_libraries_that_it_needs(args: str, needed: set[str]) -> None:
    known = (HOMES.keys() | READ_AS_DATA) - {"click"}
    assert libraries(imported(*args.split())) & known == needed


def test_csv_is_imported_for_csv() -> None:
    assert imported("members", "--format", "csv") & SLOW == {"csv"}


def test_a_table_of_rich_needs_little_of_it() -> None:
    modules = imported("members", "--on", "2007-01-01")
    assert "rich.table" in modules
    assert modules & {"rich.markdown", "rich.progress", "rich.syntax", "rich.traceback"} == set()


SHARED = {"answer", "notes", "phrases"}
"""The modules of `questions` that every question is made of."""
OTHERS = {
    "accessions": {"changes"},
    "withdrawals": {"changes"},
    "why": {"why", "check"},
    "organisations": {"organisations", "drawing"},
    "series": {"series", "drawing"},
    "timeline": {"timeline", "drawing"},
    "info": {"info", "scope"},
    "export spells": {"spells"},
    "export acts": {"acts"},
    "export state-years": {"state_years", "years"},
}
"""The modules of the questions that are not alone in one of their own name."""


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_command_imports_no_other_command_and_no_other_question(question: str) -> None:
    modules = imported(*question.split(), *QUESTIONS[question].split(), "--format", "tsv")
    found: dict[str, set[str]] = {
        package: {m.removeprefix(package) for m in modules if m.startswith(package)}
        for package in ("cstocli.questions.", "cstocli.cli.commands.")
    }
    assert list(found.values()) == [
        SHARED | OTHERS.get(question, {question}),
        {question.split()[0]},
    ]


def test_importing_the_package_takes_six_modules_of_its_own_and_no_library() -> None:
    program = "import sys; old = {*sys.modules}; import cstocli; print(*{*sys.modules} - old)"
    modules = set(run(sys.executable, "-c", program).stdout.decode().split())
    assert 0 < len(modules & MODULES.keys()) <= 6
    assert libraries(modules) == set()


def test_the_library_answers_without_what_the_command_line_needs() -> None:
    program = (
        f"import sys; sys.modules |= dict.fromkeys({[*HOMES, *EXTRAS, *READ_AS_DATA]})\n"
        "from cstocli import load\n"
        "print(*(row.state for row in load().members(on='2007-01-01')))\n"
    )
    done = run(sys.executable, "-c", program)
    assert (done.stdout, done.stderr) == (b"ARM BLR KAZ KGZ RUS TJK UZB\n", b"")


def test_importing_the_command_line_changes_nothing_in_the_process() -> None:
    program = (
        "import gc, signal, sys\n"
        "def state():\n"
        "    handlers = [signal.getsignal(number) for number in signal.valid_signals()]\n"
        "    streams = [sys.stdin, sys.stdout, sys.stderr, sys.stdout.errors]\n"
        "    return handlers, streams, gc.isenabled(), sys.excepthook, sys.argv[:]\n"
        "before = state()\n"
        "import cstocli.cli.main, cstocli.cli.group\n"
        "print(state() == before)\n"
    )
    assert run(sys.executable, "-c", program).stdout == b"True\n"


# The sources

BOTTOM = {"errors", "escape"}
CORE = BOTTOM | {"core"}
LIBRARY = CORE | {"questions", "reading", "tabular", "writing"}
LAYERS = {
    "escape": set(),
    "errors": {"escape"},
    "core": BOTTOM,
    "questions": CORE,
    "tabular": BOTTOM,
    "reading": CORE | {"tabular"},
    "writing": CORE | {"questions"},
    "annotate": LIBRARY,
    "library": LIBRARY | {"annotate"},
    "": {"errors", "library"},
    "cli": LIBRARY | {"annotate", "library", ""},
    "__main__": {"cli"},
}
"""What each package and module of the top may import, beside itself; `cstocli` itself is ""."""


@functools.cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@functools.cache
def imports(module: str, *, typing: bool = True) -> set[str]:
    """The modules that a module imports anywhere, or anywhere but for type checkers."""
    found = set()
    waiting: list[ast.AST] = [tree(module)]
    while waiting:
        node = waiting.pop()
        for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        waiting += ast.iter_child_nodes(node) if typing or not for_types else []
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports by a relative name"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= names & MODULES.keys() or {str(node.module)}
    return found


def layer(module: str) -> str:
    """The package or module of the top that a module belongs to."""
    return module.split(".")[1] if "." in module else ""


def test_imports_point_down() -> None:
    assert {layer(module) for module in MODULES} == LAYERS.keys()
    wrong = [
        f"{module} imports {other}"
        for module in MODULES
        for other in imports(module) & MODULES.keys()
        if layer(other) not in LAYERS[layer(module)] | {layer(module)}
    ]
    assert wrong == []


def test_imports_never_go_round_in_a_circle() -> None:
    graph = {module: imports(module, typing=False) & MODULES.keys() for module in MODULES}
    assert set(graphlib.TopologicalSorter(graph).static_order()) == MODULES.keys()


def test_a_library_is_imported_where_it_is_at_home_alone() -> None:
    used: dict[str, set[str]] = {}
    for module in MODULES:
        for library in libraries(imports(module)):
            used.setdefault(library, set()).add(layer(module))
    assert used == HOMES | EXTRAS


def test_every_dependency_is_used_and_every_library_is_a_dependency() -> None:
    required = importlib.metadata.requires("csto") or []
    names = {line: re.split("[^a-z-]", line)[0].replace("-", "_") for line in required}
    declared = {name for line, name in names.items() if "extra" not in line}
    assert declared == HOMES.keys() - {"dateutil"} | {"python_dateutil"} | READ_AS_DATA
    assert EXTRAS.keys() <= set(names.values()) - declared


def test_no_file_has_more_than_three_hundred_lines() -> None:
    lines = {module: len(path.read_text("utf-8").splitlines()) for module, path in MODULES.items()}
    assert {module: count for module, count in lines.items() if count > 300} == {}


def test_questions_read_no_clock_and_no_file_and_print_nothing() -> None:
    called = {
        (module, func.attr if isinstance(func, ast.Attribute) else func.id)
        for module in MODULES
        if layer(module) in ("core", "questions")
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(func := node.func, ast.Attribute | ast.Name)
    }
    acts = {"today", "now", "utcnow", "time", "open", "print", "load"}
    assert [(module, name) for module, name in called if name in acts] == []
