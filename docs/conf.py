"""How Sphinx builds the site: `nox -s docs`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import cstocli

project = "csto"
author = "the csto authors"
copyright = "the csto authors; the data are CC0-1.0"
version = release = cstocli.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build", "making"]
nitpicky = True
nitpick_ignore_regex = [("py:.*", ".*")]  # types are told in words
autodoc_member_order = "bysource"
autodoc_typehints = "none"
default_role = "literal"
myst_heading_anchors = 3
myst_enable_extensions = ["attrs_block"]
suppress_warnings = ["myst.header"]  # the README begins below its title where it is included
html_extra_path = ["_extra"]
html_theme = "furo"
html_title = "csto"
html_theme_options = {"navigation_with_keys": True}

PAGE = Path(__file__).parent / "_extra" / "csto.html"
"""The page of the bundled dataset, which is published beside the site."""
PAGE.parent.mkdir(exist_ok=True)
subprocess.run(  # noqa: S603  # csto itself
    [sys.executable, "-m", "cstocli", "page", "--output", str(PAGE), "--force"], check=True
)
