"""Everything a user can name is documented, and what the documents name exists."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from api.reference import commands
from gis.names.registry import all_rules
from layers.norms import load_profile, profile_ids
from layers.specs import SPECS
from layers.workspace import Settings

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs" / "reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_layer_and_field_is_in_the_reference(reference):
    page = reference.layers_page()
    for spec in SPECS.values():
        assert f"`{spec.id}`" in page
        assert all(f"`{one.name}`" in page for one in spec.fields)


def test_every_norm_value_is_in_the_reference_with_its_source(reference):
    page = reference.norms_page()
    for name in profile_ids():
        assert all(f"`{v.param}`" in page and v.source in page for v in load_profile(name).values)


def test_every_name_rule_has_its_page(reference):
    page = reference.rules_page()
    assert all(f"`names.{code}`" in page for code in all_rules())


def test_every_setting_is_described(reference):
    said = Settings.__doc__ or ""
    undescribed = [name for name in Settings.__slots__ if not re.search(rf"\b{name}\b", said)]
    assert undescribed == []
    assert all(f"`{name}`" in reference.settings_page() for name in Settings.__slots__)


def test_every_command_and_option_says_what_it_does(reference):
    page = reference.commands_page()
    for command in commands():
        assert f"`fangyu {command.name}`" in page
        assert command.help, command.name
        assert all(parameter.help for parameter in command.parameters), command.name


def test_every_route_says_what_it_does(reference):
    pages = reference.routes_page().split("\n## ")[1:]
    assert len(pages) > 5
    assert [page.splitlines()[0] for page in pages if not "".join(page.splitlines()[1:]).strip()] == []


def test_the_readmes_name_only_commands_that_exist():
    known = {command.name.split()[0] for command in commands()}
    for readme in ("README.md", "README.zh-CN.md", "docs/import.md", "docs/coverage.md", "docs/checks.md"):
        named = set(re.findall(r"fangyu ([a-z]+)\b", (ROOT / readme).read_text(encoding="utf-8")))
        assert named <= known, readme
