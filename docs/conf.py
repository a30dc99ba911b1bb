"""Sphinx settings; the reference pages are written anew before every build."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from reference import write_all  # noqa: E402 - found through the line above

write_all(HERE / "reference")

project = "Fangyu 方舆"
author = "Fangyu"
extensions = ["myst_parser"]
language = "zh_CN"
exclude_patterns = ["_build", "cases/out"]
html_theme = "alabaster"
myst_heading_anchors = 3
