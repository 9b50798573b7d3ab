"""Run the recipes for R of the documentation, and try those for Stata as far as that goes.

    python proofs/recipes.py            needs Rscript, with haven
    python proofs/recipes.py --rewrite  writes what R prints now into the pages

What stands in a block of text below a block of R is what that prints. Stata itself is not run: the
files that its recipes read are written by csto, as the page says, and their variables and counts
are compared with those that the page names.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
RECIPE = re.compile(
    r"(?<=^```r\n)((?:.*\n)*?)(```\n\n```text\n)((?:.*\n)*?)(?=^```$)", re.MULTILINE
)
BLOCK = re.compile(r"^```(console|stata)\n((?:.*\n)*?)^```$", re.MULTILINE)
VARIABLES = {
    **os.environ,
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    "CSTO_TODAY": "2026-11-22",
    "LC_ALL": "C.UTF-8",
}


def replayed(text: str, folder: Path) -> str:
    """A page, with what R prints for each of its recipes, run one after another."""
    recipes = [found[1] for found in RECIPE.finditer(text)]
    marked = [f"{recipe}cat('\\n--- {number}\\n')\n" for number, recipe in enumerate(recipes)]
    program = "options(width = 80)\n" + "".join(marked)
    (folder / "recipes.R").write_text(program, encoding="utf-8")
    done = subprocess.run(
        [str(shutil.which("Rscript")), "-e", "source('recipes.R', print.eval = TRUE)"],
        cwd=folder,
        env=VARIABLES,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    printed = iter(re.split(r"\n*--- \d+\n", done.stdout))
    return RECIPE.sub(lambda found: f"{found[1]}{found[2]}{next(printed).strip(chr(10))}\n", text)


def table(path: Path) -> Any:
    """A file as Stata has it: numbers are numbers, and all else is text."""
    import pandas
    import pyreadstat

    if path.suffix == ".csv":
        return pandas.read_csv(path, dtype={"counted": str})
    return pyreadstat.read_dta(str(path))[0]


def faults(text: str, folder: Path) -> Iterator[str]:
    """What a page says of the files that its recipes for Stata read, and they do not."""
    rows: Any = None
    for language, lines in BLOCK.findall(text):
        for line in lines.splitlines():
            if language == "console":
                if line.startswith("$ "):
                    subprocess.run(
                        ["/bin/bash", "-c", line[2:]], cwd=folder, env=VARIABLES, check=False
                    )
                continue
            if read := re.match(r"(?:use|import delimited using) (\S+),", line):
                path = folder / read[1]
                rows = table(path) if path.exists() else None  # it may be one that Stata saves
                continue
            if counted := re.match(r"count if (.*?) +// (\d+)$", line):
                asked = re.sub(r"missing\((\w+)\)", r"\1.isnull()", counted[1])
                found = len(rows.query(asked, engine="python"))
                if found != int(counted[2]):
                    yield f"{line}: {found}"
            elif rows is not None:
                named = set(re.findall(r"\b(?:csto_\w+|ccode|year)\b(?!\.)(?!\*)", line))
                if not line.startswith(("rename", "keep", "save", "merge", "replace")):
                    yield from (f"{line}: no {name}" for name in named - {*rows.columns})


def tried(page: Path, rewrite: bool) -> int:
    """1 if a page does not show what comes of its recipes, and 0 if it does, or has none."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples", folder / "examples")
        real = replayed(text, folder) if RECIPE.search(text) else text
        wrong = [*faults(text, folder)] if "```stata\n" in text else []
    if rewrite:
        page.write_text(real, encoding="utf-8")
    wrong += ["R prints something else"] * (real != text)
    if "```stata\n" in text or RECIPE.search(text):
        print(f"{page.name}: {'; '.join(wrong) or 'as it says'}")
    return bool(wrong)


def main() -> int:
    """Try every page that has recipes; 1 if one of them is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rewrite", action="store_true", help="write what R prints now")
    rewrite = parser.parse_args().rewrite
    if not shutil.which("Rscript"):
        print("R is not there: apt-get install r-base-core r-cran-haven")
        return 1
    return max([tried(page, rewrite) for page in sorted((ROOT / "docs").glob("*.md"))])


if __name__ == "__main__":
    sys.exit(main())
