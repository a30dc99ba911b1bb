"""How good the rules are on the cases at hand: the figures are printed by bench/names.py."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def figures(real_data):
    spec = importlib.util.spec_from_file_location("bench_names", ROOT / "bench/names.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module.report(real_data / "names")
    del sys.modules[spec.name]


@pytest.mark.parametrize(("half", "found", "right"), [("A", 0.95, 0.95), ("B", 0.90, 0.86)])
def test_most_officially_listed_names_are_found_in_the_right_category(figures, half, found, right):
    said = figures[f"official 大洋怪 {half}"]
    assert said["found"] >= found
    assert said["right_category"] >= right


@pytest.mark.parametrize("half", "AB")
def test_legitimate_look_alikes_are_mostly_left_alone(figures, half):
    said = figures[f"legitimate {half}"]
    assert said["suspect"] <= 0.01
    assert said["review"] <= 0.11


@pytest.mark.parametrize("half", "AB")
@pytest.mark.parametrize("kind", ["grey", "disputed"])
def test_grey_and_disputed_names_are_reviewed_and_not_suspected(figures, kind, half):
    assert figures[f"{kind} {half}"]["review"] >= 0.95
    assert figures[f"{kind} {half}"]["suspect"] == 0


def test_no_legal_name_of_a_village_is_suspect_for_a_trigger_word(figures):
    assert figures["villages with trigger words"]["suspect"] == 0


def test_ordinary_villages_are_hardly_ever_suspect(figures):
    said = figures["ordinary villages"]
    assert said["suspect"] <= 0.001
    assert said["review"] <= 0.004


def test_the_rules_beat_a_keyword_list_on_both_sides(figures):
    assert figures["keyword baseline: official"]["found"] < figures["official 大洋怪 B"]["found"]
    assert figures["keyword baseline: legitimate"]["found"] > figures["legitimate B"]["review"]


@pytest.mark.parametrize(("half", "right"), [("A", 0.97), ("B", 0.95)])
def test_readings_are_mostly_right_and_better_than_plain_pypinyin(figures, half, right):
    said = figures[f"readings {half}"]
    assert said["right"] >= right
    assert said["right"] > said["plain_pypinyin_right"] + 0.2


@pytest.mark.parametrize("half", "AB")
def test_pairs_of_names_are_graded_as_the_cases_say(figures, half):
    assert figures[f"homophones {half}"]["as_expected"] >= 0.98
