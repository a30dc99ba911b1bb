import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from api.cli import app
from gis.coverage.scenarios import load_scenario
from layers.workspace import Workspace

ON = "2026-06-30"
ASKED = ["--on", ON, "--within-m", "300", "--sites", "1"]


def run(tiny, *args: str):
    return CliRunner().invoke(
        app, ["site", "care_facility", *args, "-w", str(tiny)], env={"FANGYU_LANG": "zh"}
    )


def answer_of(staff, query: str):
    answer = staff.get(f"/api/sites?on={ON}&within_m=300&{query}")
    assert answer.status_code == 200, answer.text
    return {name: value for name, value in answer.json().items() if name != "seconds"}


@pytest.mark.parametrize("query", ["sites=0", "model=best&sites=1", "sites=1&within=2", "sites=1&nonsense=1"])
def test_parameters_out_of_range_are_refused(staff, query):
    assert staff.get(f"/api/sites?{query}").status_code == 400


def test_the_table_says_what_each_site_adds_and_how_sure_that_is(tiny):
    result = run(tiny, *ASKED, "--exclude", "no_burial_zone")
    assert result.exit_code == 0, result.output
    assert "已证明最优" in result.stdout
    assert "站点数与覆盖: 0:" in result.stdout
    assert "不明" in result.stdout


def test_a_plan_as_geojson_is_a_collection_of_points(tiny, tmp_path):
    path = tmp_path / "plan.geojson"
    assert run(tiny, *ASKED, "-o", str(path)).exit_code == 0
    said = json.loads(path.read_text(encoding="utf-8"))
    assert said["type"] == "FeatureCollection"
    assert [one["geometry"]["type"] for one in said["features"]] == ["Point"]
    assert said["features"][0]["properties"]["order"] == 1


def test_a_plan_as_csv_and_as_a_workbook_has_a_row_per_site(tiny, tmp_path):
    table, book = tmp_path / "plan.csv", tmp_path / "plan.xlsx"
    assert run(tiny, *ASKED, "-o", str(table)).exit_code == 0
    assert run(tiny, *ASKED, "-o", str(book)).exit_code == 0
    assert len(table.read_text(encoding="utf-8-sig").strip().splitlines()) == 2
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == ["说明", "站点", "曲线", "替换与相近方案", "仍未覆盖", "禁入范围内的现有设施"]
    assert sheets["站点"].max_row == 2


def test_a_workbook_without_a_file_is_refused(tiny):
    result = run(tiny, *ASKED, "--format", "xlsx")
    assert result.exit_code == 2
    assert "xlsx 要写进文件" in result.stderr


def test_a_plan_is_kept_as_a_scenario(tiny, tmp_path):
    folder = Path(shutil.copytree(tiny, tmp_path / "w"))
    result = run(folder, *ASKED, "--save-scenario", "五年规划", "--format", "json")
    assert result.exit_code == 0, result.output
    with Workspace.open(folder) as workspace:
        kept = load_scenario(workspace, "五年规划")
    assert [one.as_json() for one in kept.changes] == json.loads(result.stdout)["changes"]
    assert run(folder, *ASKED, "--save-scenario", "a/b").exit_code == 2


def test_changes_are_made_before_sites_are_chosen(tiny):
    plain = json.loads(run(tiny, *ASKED, "--format", "json").stdout)
    closed = json.loads(run(tiny, *ASKED, "--close", "c1", "--close", "c2", "--format", "json").stdout)
    assert (plain["existing"], closed["existing"]) == (2, 0)
    assert "--close c1" in closed["command"]


def test_a_plan_replaces_a_scenario_of_its_name_only_when_told_to(tiny, tmp_path):
    folder = Path(shutil.copytree(tiny, tmp_path / "w"))
    assert run(folder, *ASKED, "--save-scenario", "重来").exit_code == 0
    taken = run(folder, *ASKED, "--save-scenario", "重来")
    assert taken.exit_code == 2
    assert "--replace" in taken.stderr
    assert run(folder, *ASKED, "--save-scenario", "重来", "--replace").exit_code == 0
