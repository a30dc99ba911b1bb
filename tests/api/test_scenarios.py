"""Scenarios over HTTP and on the command line: kept, replaced, compared, and what a click on the map would do."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app as program
from layers.store.protocol import By

KEY = "open-sesame"
ON = "2026-06-30"
ASK = {"on": ON, "definition": "C5", "within_m": 500}
NEW = {"action": "add", "id": "n1", "lon": 119.53, "lat": 31.71, "name": "新站"}
CLOSE = {"action": "close", "id": "c1"}


@pytest.fixture
def folder(tiny: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny, tmp_path / "ws", ignore=shutil.ignore_patterns("scenarios")))


@pytest.fixture
def planner(folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(folder, key=KEY)) as client:
        client.get(f"/login?key={KEY}", follow_redirects=False)
        yield client


@pytest.fixture
def run(folder: Path) -> Callable[..., tuple[int, str, str]]:
    def run(*args: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(
            program, [*args, "-w", str(folder)], env={"FANGYU_LANG": "zh", "COLUMNS": "300"}
        )
        return result.exit_code, result.stdout, result.stderr

    return run


def asked(planner, *changes, **more):
    return planner.post("/api/whatif", json={**ASK, "changes": list(changes), **more})


def save(planner, name, *changes, **more):
    return planner.post("/api/scenarios", json={"name": name, "changes": list(changes), **more})


def test_a_click_says_what_is_gained_and_ends_where_the_report_ends(planner):
    said = asked(planner, NEW).json()
    assert said["before"]["share"] < said["after"]["share"]
    assert (said["gained"], said["lost"]) == (4, 0)
    assert [row["name"] for row in said["rows_changed"]] == ["西村"]
    assert [one["sites"] for one in said["curve"]] == [2, 3]
    assert said["curve"][-1]["people"] == said["after"]["numerator"]
    assert said["seconds"] >= 0


def test_a_click_answers_what_coverage_with_the_changes_answers(planner):
    after = asked(planner, NEW, CLOSE).json()["after"]
    query = [*ASK.items(), ("change", "add:n1@119.53,31.71;新站"), ("change", "close:c1")]
    assert after == planner.get("/api/coverage", params=query).json()


def test_no_changes_are_things_as_they_are(planner):
    said = asked(planner).json()
    assert said["after"]["share"] == said["before"]["share"]
    assert (said["rows_changed"], said["gained"], said["lost"]) == ([], 0, 0)


def test_an_edit_of_the_data_is_seen_by_the_next_click(planner):
    before = asked(planner).json()["before"]["numerator"]
    planner.app.state.served.workspace.store.remove("care_facility", ["c1", "c2"], By("test"))
    assert (before, asked(planner).json()["before"]["numerator"]) == (296, 0)


def test_served_unserved_and_unknown_people_add_up_before_and_after(planner):
    said = asked(planner, NEW).json()
    for one in (said["before"]["people"], said["after"]["people"]):
        assert one["served"] + one["unserved"] + one["unknown"] == one["total"] == 300


def test_gaps_name_who_is_left_and_why(planner):
    gaps = asked(planner).json()["gaps"]
    assert [(one["name"], one["people"]) for one in gaps] == [("西村", 4)]
    assert gaps[0]["reason"]["code"] == "too_far"


@pytest.mark.parametrize(
    ("changes", "status", "zh"),
    [
        ([{**CLOSE, "id": "c9"}], 404, "图层 care_facility 里没有编号为 c9 的设施，不能关停。"),
        ([{**NEW, "id": "c1"}], 400, "编号 c1 已被图层 care_facility 里的设施使用，不能新增。"),
        ([CLOSE, {**NEW, "action": "move", "id": "c1"}], 400, "对 c1 的变动互相矛盾：关停、迁移。"),
        ([{**NEW, "lon": None}], 400, "新增 n1 的经纬度不对：–，31.71。"),
        ([{**NEW, "action": "burn"}], 400, None),
        ([{**NEW, "amounts": {"phone": 1}}], 400, "n1 的 phone 不是图层 care_facility 的数量字段。"),
        ([CLOSE] * 201, 400, None),
    ],
)
def test_changes_that_cannot_be_are_refused_with_the_reason(planner, changes, status, zh):
    answer = asked(planner, *changes)
    assert answer.status_code == status
    assert zh is None or answer.json()["message"]["zh"] == zh


def test_only_staff_ask_and_only_json_is_taken(folder):
    with TestClient(create_app(folder, key=KEY)) as stranger:
        assert asked(stranger, NEW).status_code == 401
        assert stranger.get("/api/scenarios").status_code == 401
        assert stranger.post("/api/whatif", data={"changes": "x"}).status_code == 415
        assert stranger.put("/api/scenarios/x", content="x" * 2_000_000).status_code == 415


def test_a_scenario_is_kept_read_replaced_and_deleted(planner):
    saved = save(planner, "北片", NEW, note="试算")
    assert saved.status_code == 201
    assert saved.headers["etag"] == f'"{saved.json()["version"]}"'
    assert planner.get("/api/scenarios/北片").json() == saved.json()
    again = planner.put("/api/scenarios/北片", json={"changes": [CLOSE], "version": saved.json()["version"]})
    assert [one["action"] for one in again.json()["changes"]] == ["close"]
    assert [one["name"] for one in planner.get("/api/scenarios").json()["scenarios"]] == ["北片"]
    assert planner.delete("/api/scenarios/北片").status_code == 204
    assert planner.get("/api/scenarios/北片").status_code == 404


def test_the_second_to_replace_is_told_what_it_is_now(planner):
    version = save(planner, "甲", NEW).json()["version"]
    said = {"changes": [NEW]}
    planner.put("/api/scenarios/甲", json={**said, "note": "先"}, headers={"If-Match": f'"{version}"'})
    late = planner.put("/api/scenarios/甲", json={**said, "note": "后", "version": version})
    assert (late.status_code, late.json()["current"]["note"]) == (409, "先")
    assert planner.delete(f"/api/scenarios/甲?version={version}").status_code == 409
    assert save(planner, "甲", NEW).status_code == 409


def test_a_scenario_that_changes_nothing_is_not_kept(planner, run):
    refused = save(planner, "空")
    assert refused.status_code == 400
    assert "“空”没有任何变动，没有保存" in refused.text
    code, _, told = run("scenarios", "save", "空", "--planned-until", "2000-01-01")
    assert code == 2
    assert "--undated" in told


@pytest.mark.parametrize("name", ["../x", "a/b", "compare", "", "x" * 61, " a", "nul"])
def test_a_hostile_name_is_refused_before_anything_is_written(planner, folder, name):
    assert save(planner, name).status_code == 400
    assert not (folder / "scenarios").exists()


def test_replacing_asks_for_the_version_and_does_not_rename(planner):
    save(planner, "甲")
    assert planner.put("/api/scenarios/甲", json={}).json()["message"]["zh"] == "没有给出看到的版本。"
    assert planner.put("/api/scenarios/甲", json={"name": "乙", "version": "1"}).status_code == 400


def test_a_scenario_that_does_not_fit_the_layer_is_not_kept(planner):
    assert save(planner, "甲", {**CLOSE, "id": "c9"}).status_code == 404
    assert planner.get("/api/scenarios").json() == {"scenarios": []}


def test_what_is_kept_at_one_door_is_there_at_the_other(planner, run):
    code, _, said = run("scenarios", "save", "北片", "--add", "n1@119.53,31.71;新站", "--close", "c1")
    assert (code, said) == (0, "已存方案“北片”，2 项变动。\n")
    listed = json.loads(run("scenarios", "list", "--format", "json")[1])
    assert listed == planner.get("/api/scenarios").json()
    shown = json.loads(run("scenarios", "show", "北片", "--format", "json")[1])
    assert shown == planner.get("/api/scenarios/北片").json()
    assert run("scenarios", "delete", "北片")[0] == 0
    assert planner.get("/api/scenarios").json() == {"scenarios": []}


def test_both_doors_compare_alike(planner, run):
    save(planner, "增", NEW)
    save(planner, "减", CLOSE)
    served = planner.get("/api/scenarios/compare", params={"name": ["增", "减"], "also": "C1", **ASK}).json()
    options = ["--definition", "C5", "--within-m", "500", "--on", ON, "--also", "C1"]
    code, printed, _ = run("scenarios", "compare", "增", "减", *options, "--format", "json")
    assert code == 0
    assert json.loads(printed) == served
    assert [one["gained"] for one in served["scenarios"]] == [4, 0]


def test_a_comparison_can_be_read_as_a_table_and_as_a_sheet(planner, run):
    save(planner, "增", NEW)
    _, table, _ = run("scenarios", "compare", "增", "--definition", "C5", "--within-m", "500")
    assert "增" in table
    assert "C5" in table
    _, sheet, _ = run("scenarios", "compare", "增", "--definition", "C1", "--format", "csv")
    assert sheet.splitlines()[0].endswith("增 已覆盖,增 覆盖份额,增 差,增 得到,增 失去")


def test_the_command_line_replaces_only_when_asked(planner, run):
    save(planner, "甲", NEW)
    assert run("scenarios", "save", "甲", "--close", "c1")[0] == 2
    assert run("scenarios", "save", "甲", "--close", "c1", "--replace")[0] == 0
    assert len(planner.get("/api/scenarios/甲").json()["changes"]) == 1


def test_a_saved_scenario_is_measured_by_cover(planner, run):
    save(planner, "增", NEW)
    options = ["--definition", "C5", "--within-m", "500", "--on", ON, "--format", "json"]
    report = json.loads(run("cover", "--scenario", "增", *options)[1])
    assert report["numerator"] == asked(planner, NEW).json()["after"]["numerator"]
    assert report["request"]["scenario"] == "增"


def test_a_comparison_is_written_as_a_workbook(planner, run, tmp_path):
    save(planner, "增", NEW)
    save(planner, "减", CLOSE)
    output = tmp_path / "比选.xlsx"
    options = ["--definition", "C5", "--within-m", "500", "--on", ON, "--also", "C1"]
    assert run("scenarios", "compare", "增", "减", *options, "-o", str(output))[0] == 0
    book = openpyxl.load_workbook(output)
    sheets = {one.title: list(one.iter_rows(values_only=True)) for one in book.worksheets}
    said = planner.get("/api/scenarios/compare", params={"name": ["增", "减"], "also": "C1", **ASK}).json()
    assert list(sheets) == ["说明", "总数", "单元", "各项变动", "设施"]
    assert [row[:5] for row in sheets["总数"][1:4]] == [
        (name, "C5", one["numerator"], one["denominator"], one["share"])
        for name, one in [
            ("现状", said["base"]),
            *((s["scenario"]["name"], s["totals"]) for s in said["scenarios"]),
        ]
    ]
    assert [row[1] for row in sheets["单元"][1:]] == [row["name"] for row in said["rows"]]
    assert [row[:3] for row in sheets["各项变动"][1:]] == [("增", "新增", "n1"), ("减", "关停", "c1")]
    assert {row[1] for row in sheets["设施"] if row[0] == "减"} == {"c2"}


def test_a_workbook_needs_a_file(planner, run):
    save(planner, "增", NEW)
    code, _, problem = run("scenarios", "compare", "增", "--format", "xlsx")
    assert code == 2
    assert "xlsx 要写进文件。" in problem
