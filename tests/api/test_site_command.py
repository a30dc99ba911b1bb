"""How ``fangyu site`` ends: 0 when the plan does what was asked, 1 when it falls short."""

import pytest
from coverage_town import ON, people, point, village
from typer.testing import CliRunner

from api.cli import app
from api.cli.language import choose
from layers.frames import layer_from_rows
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource
from layers.workspace import Settings, Workspace

ROWS = {
    "admin_unit": [village(1, 0, 0, 2000), village(2, 2000, 0, 2000)],
    "care_facility": [],
    "population": [people(200, 400, 100), people(2200, 600, 60)],
    "point_of_interest": [
        {"name": "甲", "kind": "hospital", "geometry": point(200, 400)},
        {"name": "乙", "kind": "hospital", "geometry": point(2200, 600)},
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two homes, and a place next to each."""
    root = tmp_path_factory.mktemp("site") / "ws"
    with Workspace.create(root, Settings(code="320413", name="金坛区")) as workspace:
        for layer_id, rows in ROWS.items():
            named = [{"id": f"{layer_id}-{number}", **row} for number, row in enumerate(rows)]
            source = ImportSource(file_name=f"{layer_id}.geojson")
            with workspace.store.importing(layer_id, source, By("test")) as sink:
                sink.append(layer_from_rows(spec_of(layer_id), named).frame)
    return root


@pytest.fixture(autouse=True)
def in_chinese():
    choose("zh")


def site(folder, *words):
    line = ["site", "-w", str(folder), "--within-m", "250", "--travel", "straight", "--on", str(ON)]
    line += ["--candidates", "point_of_interest", "--curve", "0"]
    result = CliRunner().invoke(app, [*line, *words])
    return result.exit_code, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--sites", "1"), 0),
        (("--sites", "2"), 0),
        (("--model", "lscp"), 0),
        (("--budget", "1", "--cost-new", "100"), 1),
        (("--sites", "2", "--apart-m", "9000"), 1),
    ],
)
def test_a_plan_that_falls_short_ends_with_one(folder, words, code):
    assert site(folder, *words)[0] == code


def test_people_whom_the_budget_leaves_out_are_told_so(folder):
    said = site(folder, "--budget", "1", "--cost-new", "100")[1]
    assert "没有新增站点：预算 1 不够任何一处（最便宜的 100），拦住 2 个候选点。" in said
    assert "第1村: 100, 有候选点，但（余下的）预算不够" in said
    assert "名额用在了别处" not in said


def test_a_time_limit_below_zero_is_refused_by_its_option(folder):
    code, said = site(folder, "--sites", "1", "--time-limit-s", "-1")
    assert code == 2
    assert "时限（--time-limit-s）是 -1，应为零或正数。" in said


def test_at_least_more_than_at_most_is_refused_in_words(folder):
    code, said = site(folder, "--sites", "1", "--per", "village", "--at-least-per", "3", "--at-most-per", "1")
    assert code == 2
    assert "每个村居至少 3 处、至多 1 处，不能同时满足。" in said
