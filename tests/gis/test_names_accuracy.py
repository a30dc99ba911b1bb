"""How good the rules are on the cases at hand: the figures are printed by bench/names_accuracy.py."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def figures(real_data):
    spec = importlib.util.spec_from_file_location("names_accuracy", ROOT / "bench/names_accuracy.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module.report(real_data / "names")
    del sys.modules[spec.name]


@pytest.mark.parametrize(("half", "found", "right"), [("A", 0.92, 0.90), ("B", 0.79, 0.76)])
def test_most_officially_listed_names_are_found_in_the_right_category(figures, half, found, right):
    said = figures[f"official 大洋怪 {half}"]
    assert said["found"] >= found
    assert said["right_category"] >= right


@pytest.mark.parametrize("half", "AB")
def test_legitimate_look_alikes_are_mostly_left_alone(figures, half):
    said = figures[f"legitimate {half}"]
    assert said["suspect"] <= 0.03
    assert said["review"] <= 0.13


@pytest.mark.parametrize("half", "AB")
def test_grey_names_are_reviewed_and_not_suspected(figures, half):
    assert figures[f"grey {half}"]["review"] >= 0.9


def test_ordinary_villages_are_hardly_ever_suspect(figures):
    said = figures["ordinary villages"]
    assert said["suspect"] <= 0.001
    assert said["review"] <= 0.005


def test_the_rules_beat_a_keyword_list_on_both_sides(figures):
    assert figures["keyword baseline: official"]["found"] < figures["official 大洋怪 B"]["found"]
    assert figures["keyword baseline: legitimate"]["found"] > figures["legitimate B"]["review"]


@pytest.mark.parametrize(("half", "right"), [("A", 0.94), ("B", 0.85)])
def test_readings_are_mostly_right_and_wrong_ones_mostly_say_unsure(figures, half, right):
    said = figures[f"readings {half}"]
    assert said["right"] >= right
    assert said["wrong_but_unsure"] >= 0.75 * said["wrong"]
