"""``fangyu names signs``: the list of work orders and its map."""

import csv
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from shapely import LineString, Point, box
from typer.testing import CliRunner

from api.cli import app
from layers.frames import layer_from_rows
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource
from layers.workspace import Settings, Workspace

WEST, SOUTH = 119.50, 31.70
ROWS = {
    "admin_unit": [
        {"id": "t1", "name": "清溪镇", "code": "320413100000", "level": "town",
         "geometry": box(WEST, SOUTH, WEST + 0.04, SOUTH + 0.02)},
    ],
    "place_name": [
        {"id": "n1", "name": "中心路", "entity_class": "road", "former_names": "=HYPERLINK(1)"},
    ],
    "road": [
        {"id": "r1", "name": "中心路", "road_class": "residential",
         "geometry": LineString([(WEST, SOUTH + 0.01), (WEST + 0.02, SOUTH + 0.01)])},
    ],
    "road_sign": [
        {"id": "s1", "name": "=HYPERLINK(1)", "kind": "road", "geometry": Point(WEST + 0.001, SOUTH + 0.01)},
        {"id": "s2", "name": "中心路", "sign_pinyin": "ZHONGXIN LU", "kind": "road", "state": "damaged",
         "due_on": date(2025, 1, 1), "geometry": Point(WEST + 0.019, SOUTH + 0.01)},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("signs") / "ws"
    with Workspace.create(made, Settings(code="320413", name="金坛区")) as workspace:
        for layer_id, features in ROWS.items():
            frame = layer_from_rows(spec_of(layer_id), features).frame
            source = ImportSource(file_name=f"{layer_id}.geojson")
            with workspace.store.importing(layer_id, source, By("test")) as sink:
                sink.append(frame)
    return made


def run(*args: object, lang: str = "zh"):
    return CliRunner().invoke(app, [str(arg) for arg in args], env={"FANGYU_LANG": lang})


def test_orders_come_as_json_and_the_exit_code_says_there_are_some(folder):
    result = run("names", "signs", "-w", folder, "--format", "json", "--on", "2026-01-01")
    assert result.exit_code == 1, result.output
    orders = json.loads(result.stdout)["orders"]
    assert [(one["feature_id"], one["work"], one["overdue"]) for one in orders] == [
        ("s1", "replace", False), ("s2", "repair", True)]  # fmt: skip
    assert orders[0]["right_text"] == "中心路"
    assert "共 2 件，其中逾期 1 件" in result.stderr


def test_a_text_that_looks_like_a_formula_stays_a_text(folder, tmp_path):
    run("names", "signs", "-w", folder, "-o", tmp_path / "orders.csv")
    run("names", "signs", "-w", folder, "-o", tmp_path / "orders.xlsx")
    with (tmp_path / "orders.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["现状"] == "'=HYPERLINK(1)"
    sheet = openpyxl.load_workbook(tmp_path / "orders.xlsx").active
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert sheet.max_row == 3


def test_sheets_say_what_was_found_in_words(folder, tmp_path):
    run("names", "signs", "-w", folder, "-o", tmp_path / "orders.csv")
    with (tmp_path / "orders.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(one["问题"], one["图层"]) for one in rows] == [
        ("牌面仍是曾用名", "地名标志"), ("缺损，逾期未修", "地名标志")]  # fmt: skip


def test_signs_are_imported_with_the_headers_of_an_office(tmp_path):
    (tmp_path / "signs.csv").write_text(
        "路牌编号,牌面文字,经度,纬度\nLP-1,中心路,119.5,31.7\n", encoding="utf-8"
    )
    target = tmp_path / "ws"
    Workspace.create(target, Settings(code="320413", name="金坛区")).close()
    result = run("import", "road_sign", tmp_path / "signs.csv", "-w", target, "--crs", "wgs84")
    assert result.exit_code == 0, result.output
    with Workspace.open(target) as workspace:
        assert workspace.layer("road_sign").frame["id"].tolist() == ["LP-1"]


def test_the_map_is_one_file(folder, tmp_path):
    result = run("names", "signs", "-w", folder, "--map", tmp_path / "orders.html", lang="en")
    assert result.exit_code == 1, result.output
    page = (tmp_path / "orders.html").read_text(encoding="utf-8")
    assert "金坛区: work orders for signs and plates" in page
    assert f"Wrote {tmp_path / 'orders.html'}" in result.stderr


def test_one_town_keeps_its_numbers_and_an_unknown_one_is_refused(folder):
    listed = run("names", "signs", "-w", folder, "--town", "清溪镇", "--format", "json")
    assert json.loads(listed.stdout)["total"] == 2
    refused = run("names", "signs", "-w", folder, "--town", "无名镇")
    assert refused.exit_code == 2
    assert refused.stderr == "错误：没有镇街“无名镇”的工单。\n有工单的镇街：清溪镇。\n"


def test_a_workbook_needs_a_file(folder):
    refused = run("names", "signs", "-w", folder, "--format", "xlsx", lang="en")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "Error: A workbook needs a file.\nAdd -o orders.xlsx.\n",
    )


def test_no_signs_at_all_is_no_order_and_not_clear(tmp_path):
    with Workspace.create(tmp_path / "ws", Settings(code="320413", name="金坛区")):
        pass
    result = run("names", "signs", "-w", tmp_path / "ws")
    assert result.exit_code == 0
    assert "无法判断的见 fangyu check signs" in result.stderr


def test_every_rule_is_in_the_guide():
    from gis.names.signs import RULES  # noqa: PLC0415 - the command itself is light

    guide = (Path(__file__).parents[2] / "docs" / "signs.md").read_text(encoding="utf-8")
    assert [code for code in RULES if f"`signs.{code}`" not in guide] == []
