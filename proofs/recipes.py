"""Run the recipes for R of the documentation, and check those for Stata as far as that goes.

    python proofs/recipes.py            needs Rscript
    python proofs/recipes.py --rewrite  writes what R prints now into the pages

What stands in a block of text below a block of R is what that prints. Stata cannot be had here: its
recipes are tried on the files that they read, whose variables and figures are compared with what
the page says.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
RECIPE = re.compile(
    r"(?<=^```r\n)((?:.*\n)*?)(```\n\n```text\n)((?:.*\n)*?)(?=^```$)", re.MULTILINE
)
TODAY = "2026-11-22"


def replayed(page: Path, folder: Path) -> str:
    """The page, with what R prints for each of its recipes, run one after another."""
    text = page.read_text(encoding="utf-8")
    recipes = [found[1] for found in RECIPE.finditer(text)]
    marked = [f"{recipe}cat('\\n--- {number}\\n')\n" for number, recipe in enumerate(recipes)]
    program = folder / "recipes.R"
    program.write_text("options(width = 80)\n" + "".join(marked), encoding="utf-8")
    variables = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "CSTO_TODAY": TODAY,
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        [str(shutil.which("Rscript")), "--vanilla", "-e", "source('recipes.R', print.eval = TRUE)"],
        cwd=folder,
        env=variables,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    printed = iter(re.split(r"\n*--- \d+\n", done.stdout))
    return RECIPE.sub(lambda found: f"{found[1]}{found[2]}{next(printed).strip(chr(10))}\n", text)


def main() -> int:
    """Compare every page that has recipes; 1 if one prints something else."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rewrite", action="store_true", help="write what is printed now")
    rewrite = parser.parse_args().rewrite
    if not shutil.which("Rscript"):
        print("R is not there: apt-get install r-base-core r-cran-haven")
        return 1
    status = 0
    for page in sorted((ROOT / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        if not RECIPE.search(text):
            continue
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "examples", Path(folder, "examples"))
            real = replayed(page, Path(folder))
        if rewrite:
            page.write_text(real, encoding="utf-8")
        same = real == text
        print(
            f"{page.name}: {len(RECIPE.findall(text))} recipes, {'as shown' if same else 'other'}"
        )
        status |= not same
    return status


if __name__ == "__main__":
    sys.exit(main())
