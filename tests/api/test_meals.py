import json

import pytest
from fastapi.testclient import TestClient
from shapely import LineString, Point, box
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from layers.frames import layer_from_rows
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource
from layers.workspace import Settings, Workspace

ON = "2026-06-30"
WEST, SOUTH = 119.50, 31.70
ROWS = {
    "admin_unit": [
        {"id": "v1", "name": "东村", "code": "320413100201", "level": "village",
         "geometry": box(WEST, SOUTH, WEST + 0.02, SOUTH + 0.02)},
        {"id": "v2", "name": "西村", "code": "320413100202", "level": "village",
         "geometry": box(WEST + 0.02, SOUTH, WEST + 0.04, SOUTH + 0.02)},
    ],
    "population": [
        {"id": "p1", "pop_65_plus": 1000, "geometry": Point(WEST + 0.002, SOUTH + 0.01)},
        {"id": "p2", "pop_65_plus": 600, "geometry": Point(WEST + 0.035, SOUTH + 0.01)},
    ],
    "care_facility": [
        {"id": "c1", "name": "=西村养老院", "kind": "care_home", "beds": 30,
         "geometry": Point(WEST + 0.034, SOUTH + 0.01)},
    ],
    "meal_point": [
        {"id": "m1", "name": "东村食堂", "tier": "canteen", "meals_per_day": 20, "delivers": True,
         "geometry": Point(WEST + 0.003, SOUTH + 0.01)},
    ],
    "road": [
        {"id": "r1", "name": "中心路", "road_class": "residential",
         "geometry": LineString([(WEST, SOUTH + 0.01), (WEST + 0.04, SOUTH + 0.01)])},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("meals") / "ws"
    with Workspace.create(root, Settings(code="320413", name="金坛区")) as workspace:
        for layer_id, features in ROWS.items():
            source = ImportSource(file_name=f"{layer_id}.geojson")
            with workspace.store.importing(layer_id, source, By("test")) as sink:
                sink.append(layer_from_rows(spec_of(layer_id), features).frame)
    return root


@pytest.fixture
def client(folder):
    with TestClient(create_app(folder, key="k")) as someone:
        yield someone


def run(folder, *args, lang="zh"):
    return CliRunner().invoke(app, [*args, "-w", str(folder)], env={"FANGYU_LANG": lang, "COLUMNS": "250"})


def printed(folder, *args):
    result = run(folder, *args, "--format", "json")
    assert result.exit_code == 0, result.output
    return timeless(json.loads(result.stdout))


def served(client, address):
    assert client.get("/login?key=k", follow_redirects=False).status_code == 303
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return timeless(answer.json())


def timeless(said):
    return {name: value for name, value in said.items() if name != "seconds"}


def test_the_table_says_today_the_plan_and_the_reasons(folder):
    said = run(folder, "meals", "--on", ON, "--points", "1").stdout
    assert "每日需求 80 份（1,600 人）；已证明最优" in said
    assert "现状: 20 份（25.0%）" in said
    assert "方案: 50 份（62.5%）" in said
    assert "西村养老院" in said


def test_cells_of_the_csv_start_no_formula(folder):
    result = run(folder, "meals", "--on", ON, "--points", "1", "--format", "csv", lang="en")
    assert "'=西村养老院" in result.stdout
    assert "Today: 20 meals (25.0%)" in result.stderr


def test_phases_say_what_happens_without_new_sites(folder):
    said = run(folder, "phases", "care_facility", "--on", ON, "--periods", "2026:1", lang="en").stdout
    assert "people covered, summed over the periods" in said
    assert "beds per 1,000 people (now 18.75) first fall below 40 in: 2026" in said


def test_a_table_of_growth_is_checked_row_by_row(folder, tmp_path):
    table = tmp_path / "预测.csv"
    table.write_text("区划代码,年份,人数\n320413100202,2030,900\n1,2030,5\n", encoding="utf-8")
    said = run(
        folder, "phases", "care_facility", "--on", ON, "--periods", "2030:1", "--growth", str(table)
    ).stdout
    assert "预测表第 3 行未用：区划代码“1”没有这个代码的单元" in said


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["meals", "--points", "-1"], "新增助餐点数（--points）是 -1"),
        (["phases", "care_facility", "--periods", "soon"], "“soon”读不懂"),
        (["phases", "care_facility", "--periods", "2001:1"], "不早于"),
        (
            ["phases", "care_facility", "--periods", "2030:1", "--growth", "nowhere.csv"],
            "没有文件 nowhere.csv",
        ),
    ],
)
def test_wrong_options_are_explained_and_fail(folder, args, message):
    result = run(folder, *args, "--on", ON)
    assert result.exit_code == 2
    assert message in result.stderr
