"""Every norm parameter is read by the code, or the guide says why nothing is judged by it."""

import ast
import re
from functools import cache
from pathlib import Path

from gis.coverage.provision.table import MEASURES
from layers.norms import load_profile, profile_ids

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("layers", "gis", "web", "api")


@cache
def words() -> frozenset[str]:
    """Gather every text constant of the code."""
    sources = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in sources)
    constants = (one for tree in trees for one in ast.walk(tree) if isinstance(one, ast.Constant))
    return frozenset(one.value for one in constants if isinstance(one.value, str))


def params() -> set[str]:
    return {value.param for one in profile_ids() for value in load_profile(one).values}


def unjudged() -> list[str]:
    guide = (ROOT / "docs" / "norms.md").read_text(encoding="utf-8").split("## 不判的参数")[1]
    return re.findall(r"^\| `(\w+)` \| \S", guide, flags=re.MULTILINE)


def test_every_norm_is_read_or_the_guide_says_why_not():
    assert sorted(params() - words() - set(unjudged())) == []


def test_the_guide_lists_no_norm_that_is_read_or_does_not_exist():
    assert [one for one in unjudged() if one in words() or one not in params()] == []


def test_the_guide_names_every_norm_that_is_held_against_single_sites():
    guide = (ROOT / "docs" / "norms.md").read_text(encoding="utf-8")
    assert [one.param for one in MEASURES if not one.always and f"`{one.param}`" not in guide] == []
