"""The house as drawn is the house as built."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = {"api", "data", "gis", "layers", "web"}
OTHER_FOLDERS = {"tests", "docs", "bench", ".ci"}


def tracked_files() -> list[str]:
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout: what belongs to the tree cannot be told from what does not")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_there_are_five_packages_and_no_sixth():
    folders = {name.split("/")[0] for name in tracked_files() if "/" in name}
    assert folders == PACKAGES | OTHER_FOLDERS


def test_contracts_wheel_and_type_checks_name_the_same_packages():
    tool = PROJECT["tool"]
    assert set(tool["importlinter"]["root_packages"]) == PACKAGES
    assert set(tool["hatch"]["build"]["targets"]["wheel"]["packages"]) == PACKAGES
    assert set(tool["mypy"]["packages"]) == PACKAGES


def test_every_folder_of_modules_is_a_package_with_a_sentence():
    for name in tracked_files():
        path = Path(name)
        if path.suffix == ".py" and path.parts[0] in PACKAGES:
            init = ROOT / path.parent / "__init__.py"
            assert init.is_file(), f"{path.parent} has no __init__.py"
            assert init.read_text(encoding="utf-8").startswith('"""'), f"{init} says nothing"


def test_the_tests_have_no_packages():
    assert not [
        name for name in tracked_files() if name.startswith("tests/") and name.endswith("__init__.py")
    ]


def test_no_module_is_a_drawer():
    drawers = re.compile(r"(^|/)(utils?|helpers?|common|misc|managers?)(\.py|/)")
    assert not [name for name in tracked_files() if drawers.search(name)]


def test_no_module_is_longer_than_four_hundred_lines():
    long = {
        name: count
        for name in tracked_files()
        if name.endswith(".py") and name.split("/")[0] in PACKAGES
        if (count := (ROOT / name).read_text(encoding="utf-8").count("\n")) > 400
    }
    assert long == {}


def test_the_picture_in_architecture_names_every_package_of_gis_and_layers():
    drawn = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for parent in ("gis", "layers"):
        for folder in sorted((ROOT / parent).iterdir()):
            if (folder / "__init__.py").is_file():
                assert f"{parent}/{folder.name}" in drawn, f"{parent}/{folder.name} is not in ARCHITECTURE.md"


def test_everything_the_picture_names_exists():
    drawn = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:api|data|gis|layers|web)/[\w./-]*)`", drawn))
    assert named, "ARCHITECTURE.md names no path"
    for path in named:
        assert (ROOT / path).exists(), f"ARCHITECTURE.md names {path}, which is not there"


def test_the_stack_drawn_is_the_stack_enforced():
    stack = next(
        c for c in PROJECT["tool"]["importlinter"]["contracts"] if set(c.get("layers", ())) == PACKAGES
    )
    drawn = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert "  <-  ".join(reversed(stack["layers"])) in drawn


def test_the_wheel_leaves_nothing_out_that_the_packages_read():
    """Every non-Python file of the packages sits inside a packaged folder and is not excluded."""
    assert "exclude" not in PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]


@pytest.mark.slow
def test_import_contracts_hold():
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout
