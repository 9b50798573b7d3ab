"""That the tests notice when the code is wrong.

    python proofs/mutants.py [MODULE ...] [--workers 2]

Small mistakes, the mutants, are made one at a time in a copy of the package, never in the
checkout, and the quick tests of the module are run on each. A mutant is killed when they fail
or run out of time; the others are printed as `file:line: before -> after`. The tests must pass
on the code as it is and fail without it, or nothing would be proved.

Mutants that no test can tell from the code stand in `equivalent.toml`, each with the reason.
The exit status is 1 when less than 95 % of all other mutants are killed, or when a mutant that
stands in that file was killed or is no more.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import math
import os
import re
import resource
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
LEAST = 95
"""The percentage that must be killed."""

TESTS = {
    "core.days": ["tests/test_days.py", "tests/test_check.py"],
    "core.order": ["tests/test_order.py"],
    "core.records": ["tests/test_records.py"],
    "core.finding": ["tests/test_finding.py", "tests/test_members.py", "tests/test_check.py"],
    "questions.members": ["tests/test_members.py", "tests/test_formats.py"],
    "questions.check": ["tests/test_check.py", "tests/test_cli.py"],
    "questions.history": ["tests/test_history.py", "tests/test_formats.py"],
    "questions.changes": ["tests/test_changes.py", "tests/test_formats.py"],
    "reading.dates": ["tests/test_dates.py"],
    "reading.folding": ["tests/test_names.py", "cstocli/reading/folding.py"],
    "reading.names": ["tests/test_names.py"],
    "reading.countries": ["tests/test_names.py", "cstocli/reading/countries.py"],
    "reading.document": ["tests/test_dataset.py", "tests/test_validate.py"],
}
"""The files whose tests are run for a module, those that kill most first."""
OPTIONS = ["-x", "-q", "-p", "no:cacheprovider", "--assert=plain"]
LIBRARIES = ("click", "dateutil.relativedelta", "hypothesis", "jsonschema_rs", "pycountry", "rich")
"""What the tests import, imported once for all mutants."""

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Add, ast.BitOr: ast.BitAnd, ast.Continue: ast.Break, ast.Break: ast.Continue,
}  # fmt: skip
RENAMED = {"min": "max", "max": "min", "any": "all", "all": "any"}
NAMED = (ast.FunctionDef, ast.ClassDef)
LEFT_ALONE = {"annotation", "returns", "decorator_list", "bases"}
"""The fields of a node that say nothing about what is answered."""

Key = tuple[str, str, str]
"""The place of a mutant, as `core.days.When.day`, the first line of its statement, the change."""


def changes(node: ast.AST, field: str) -> Iterator[tuple[ast.AST | None, str]]:
    """What to put in the place of a node, and that in words."""
    before = _written(node)
    for new in _slips(node):
        yield new, f"{before} -> {_written(new)}"
    if field in ("test", "ifs") and not isinstance(node, ast.Constant):
        yield from ((ast.Constant(truth), f"{before} -> {truth}") for truth in (True, False))
    if field == "iter":
        yield ast.Tuple([], ast.Load()), f"{before} -> ()"
    if field in ("keywords", "elts"):
        yield None, f"{before} removed"


def _slips(node: ast.AST) -> Iterator[ast.AST]:
    """What a slip of the programmer might have made of a node."""
    match node:
        case ast.Compare(ops=ops):
            for i, op in enumerate(ops):
                yield _changed(node, ops=_but(ops, i, SWAPPED[type(op)]()))
        case ast.BoolOp(op=op, values=values):
            yield _changed(node, op=SWAPPED[type(op)]())
            for i in range(len(values)):
                yield _changed(node, values=_but(values, i)) if len(values) > 2 else values[1 - i]
        case ast.BinOp(op=op) if type(op) in SWAPPED:
            yield _changed(node, op=SWAPPED[type(op)]())
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Constant(value=str() as value):
            yield from (ast.Constant(text) for text in ("", f"{value}XX") if value != text)
        case ast.Name(id=name) if name in RENAMED:
            yield _changed(node, id=RENAMED[name])
        case ast.Return(value=ast.expr() as value):
            yield ast.Pass()
            if not (isinstance(value, ast.Constant) and value.value is None):
                yield ast.Return(ast.Constant(None))
        case ast.AugAssign(target=target, value=value):
            yield from (ast.Pass(), ast.Assign([target], value, lineno=0))
        case ast.Continue() | ast.Break():
            yield from (ast.Pass(), SWAPPED[type(node)]())
        case ast.Assign() | ast.AnnAssign(value=ast.expr()) | ast.Expr() | ast.Raise():
            yield ast.Pass()


def _changed(node: ast.AST, **fields: Any) -> ast.AST:
    return type(node)(**{**dict(ast.iter_fields(node)), **fields})


def _but(items: list[Any], index: int, *instead: ast.AST) -> list[Any]:
    return [*items[:index], *instead, *items[index + 1 :]]


def _written(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())


class Mutants(dict[Key, tuple[int, str]]):
    """The line of every mutant of a module, and the source of the module with it."""

    def __init__(self, module: str, source: str) -> None:
        self.tree, self.lines = ast.parse(source), source.splitlines()
        self._add(self.tree, module, 1)

    def _add(self, parent: ast.AST, place: str, statement: int) -> None:
        """Add those below a node, whose statement begins on a line."""
        for field, value in ast.iter_fields(parent):
            nodes = value if isinstance(value, list) else [value]
            for index, node in enumerate(nodes):
                if not isinstance(node, ast.AST) or field in LEFT_ALONE or _is_silent(node, place):
                    continue
                first = node.lineno if isinstance(node, ast.stmt) else statement
                if not isinstance(parent, ast.Module | ast.ClassDef):
                    for new, change in changes(node, field):
                        key = place, self.lines[first - 1].strip(), change
                        while key in self:
                            key = (*key[:2], f"{key[2]} again")
                        left = _but(nodes, index, *[new] if new else [])
                        setattr(parent, field, left if nodes is value else new)
                        self[key] = getattr(node, "lineno", first), ast.unparse(self.tree)
                    setattr(parent, field, value)
                below = f"{place}.{node.name}" if isinstance(node, NAMED) else place
                self._add(node, below, first)


def _is_silent(node: ast.AST, place: str) -> bool:
    """Whether a node is there for readers and type checkers alone."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom():
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]) if place in TESTS:
            return bool(re.match("_?[A-Z][a-z]", name))  # a type
    return False


def file_of(module: str) -> Path:
    """The file of a module, below the checkout."""
    return Path("cstocli", *module.split(".")).with_suffix(".py")


def start(folder: Path, module: str, source: str, seconds: int) -> int:
    """The process that runs the tests of a module on a source; it ends with 0 if they pass."""
    (folder / file_of(module)).write_text(source, encoding="utf-8")
    process = os.fork()
    if process:
        return process
    failed = True
    try:
        output = os.open(folder / "output", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (4 * 1024**3, 4 * 1024**3))
        os.chdir(folder)
        sys.path.insert(0, str(folder))
        failed = any(pytest.main([*OPTIONS, file]) for file in TESTS[module])
    finally:
        sys.stdout.flush()
        os._exit(failed)


def survivors(module: str, found: Mutants, workers: int) -> list[Key]:
    """The mutants of a module that its tests do not kill, in order."""
    with tempfile.TemporaryDirectory() as name:
        free = [Path(name) / "1"]
        for part in ("cstocli", "data", "tests"):
            shutil.copytree(ROOT / part, free[0] / part, ignore=shutil.ignore_patterns("*.pyc"))
        shutil.copy(ROOT / "pyproject.toml", free[0])
        sys.dont_write_bytecode = False
        _, failed, used = os.wait4(start(free[0], module, ast.unparse(found.tree), 600), 0)
        if failed:
            raise SystemExit(f"{(free[0] / 'output').read_text()}\n{module} fails as it is")
        seconds = 10 + 2 * math.ceil(used.ru_utime)
        sys.dont_write_bytecode = True  # two mutants may share a size and a second
        file = free[0] / file_of(module)
        for cached in (file.parent / "__pycache__").glob(f"{file.stem}.*"):
            cached.unlink()
        if not os.waitpid(start(free[0], module, "", seconds), 0)[1]:
            raise SystemExit(f"{module}: the tests pass without the code")
        free += [shutil.copytree(free[0], Path(name) / str(i)) for i in range(2, workers + 1)]
        alive, waiting, running = set(), list(found), dict[int, tuple[Path, Key]]()
        while waiting or running:
            while waiting and free:
                key, folder = waiting.pop(), free.pop()
                running[start(folder, module, found[key][1], seconds)] = folder, key
            process, status = os.wait()
            folder, key = running.pop(process)
            free.append(folder)
            if not status:
                alive.add(key)
    return [key for key in found if key in alive]


def main() -> int:
    """Try every mutant; 1 if too few are killed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"of {', '.join(TESTS)} [all]")
    parser.add_argument("--workers", type=int, default=2, help="how many at a time [2]")
    asked = parser.parse_args()
    for library in LIBRARIES:
        importlib.import_module(library)
    entries = tomllib.loads((ROOT / "proofs" / "equivalent.toml").read_text("utf-8"))["equivalent"]
    known = {(e["place"], e["statement"], change) for e in entries for change in e["changes"]}
    failed = False
    for module in asked.modules or TESTS:
        begun = time.monotonic()
        found = Mutants(module, (ROOT / file_of(module)).read_text("utf-8"))
        alive = survivors(module, found, asked.workers)
        equivalent = {key for key in known if f"{key[0]}.".startswith(f"{module}.")}
        for key in sorted(equivalent.difference(alive)):
            print("equivalent.toml: no such survivor:", *key, sep="\n    ")
        left = [key for key in alive if key not in equivalent]
        for key in left:
            print(f"{file_of(module)}:{found[key][0]}: {key[2]}")
        killed, excused = len(found) - len(alive), len(alive) - len(left)
        share = 100 * killed / (len(found) - excused)
        failed |= share < LEAST or excused < len(equivalent)
        counts = f"{len(found):5} mutants,{excused:4} equivalent,{len(left):4} others survived"
        seconds = time.monotonic() - begun
        print(f"{module:18}{counts}: {share:5.1f} % killed in {seconds:.0f} s", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
