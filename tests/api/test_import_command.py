import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from layers.workspace import Settings, Workspace

GOOD = "名称,经度,纬度,床位数\n东村养老院,119.51,31.71,40\n西村养老院,119.52,31.72,20\n"
ONE_BAD = "名称,经度,纬度,床位数\n东村养老院,119.51,31.71,40\n西村养老院,,,20\n"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    Workspace.create(tmp_path / "ws", Settings(code="320413", name="金坛区")).close()
    return tmp_path / "ws"


@pytest.fixture
def file(tmp_path: Path):
    def write(text: str) -> Path:
        path = tmp_path / "养老.csv"
        path.write_text(text, encoding="utf-8-sig")
        return path

    return write


def run(*args: object, lang: str = "en"):
    return CliRunner().invoke(app, [str(arg) for arg in args], env={"FANGYU_LANG": lang, "COLUMNS": "200"})


def counts(workspace: Path) -> dict[str, int]:
    answer = json.loads(run("layers", "-w", workspace, "--format", "json").stdout)
    return {one["id"]: one["count"] for one in answer["layers"]}


def test_a_clean_file_is_exit_code_zero_and_says_how_to_undo(empty, file):
    result = run("import", "care_facility", file(GOOD), "-w", empty, "--crs", "EPSG:4490", "--who", "经办人")
    assert result.exit_code == 0, result.output
    assert "read 2 rows, added 2, updated 0, rejected 0." in result.stderr
    assert "To take it back: fangyu undo 1" in result.stderr
    assert counts(empty) == {"care_facility": 2}


def test_rejects_are_exit_code_one_and_listed(empty, file):
    result = run(
        "import", "care_facility", file(ONE_BAD), "-w", empty, "--crs", "EPSG:4490", "--format", "json"
    )
    assert result.exit_code == 1, result.output
    (report,) = json.loads(result.stdout)
    assert (report["rows_read"], report["rows_imported"], report["reject_count"]) == (2, 1, 1)
    assert counts(empty) == {"care_facility": 1}


def test_a_dry_run_writes_nothing(empty, file):
    result = run("import", "care_facility", file(GOOD), "-w", empty, "--crs", "EPSG:4490", "--dry-run")
    assert "Dry run, nothing written" in result.stderr
    assert counts(empty) == {}


def test_a_missing_file_is_an_error(empty):
    result = run("import", "care_facility", "nothing.csv", "-w", empty)
    assert result.exit_code == 2
    assert "nothing.csv" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_layer_is_an_error_that_lists_the_layers(empty, file):
    result = run("import", "nonsense", file(GOOD), "-w", empty)
    assert result.exit_code == 2
    assert result.stderr.startswith(
        "Error: There is no layer called 'nonsense'.\nLayers: admin_unit, place_name"
    )


def test_undo_takes_the_rows_back_and_the_list_of_imports_says_so(empty, file):
    run("import", "care_facility", file(GOOD), "-w", empty, "--crs", "EPSG:4490")
    result = run("undo", "1", "-w", empty, "--who", "复核人", "--why", "导错了")
    assert result.exit_code == 0, result.output
    (record,) = json.loads(run("imports", "-w", empty, "--format", "json").stdout)
    assert record["undone_at"]
    assert counts(empty) == {"care_facility": 0}


def test_columns_can_be_named(empty, file):
    path = file("机构,X,Y\n东村养老院,119.51,31.71\n")
    result = run(
        "import",
        "care_facility",
        path,
        "-w",
        empty,
        "--crs",
        "EPSG:4490",
        "--columns",
        "name=机构,lon=X,lat=Y",
    )
    assert result.exit_code == 0, result.output


def many_bad(rows: int) -> str:
    bad = "".join(f"第{number}院,119.5,31.{number},约{number}\n" for number in range(10, 10 + rows))
    return f"名称,经度,纬度,床位数\n{bad}东村养老院,119.51,31.71,40\n西村养老院,,,20\n"


def test_the_summary_counts_rows_and_cells_apart(empty, file):
    result = run("import", "care_facility", file(many_bad(3)), "-w", empty, "--crs", "EPSG:4490", lang="zh")
    assert "读 5 行，新增 4 行，更新 0 行，退回 1 行，另有 3 格未取。" in result.stderr
    assert "退回报告：" in result.stderr
    assert "拒绝" not in result.output


def test_the_first_ten_rejects_are_on_the_screen_and_the_rest_in_the_file(empty, file):
    result = run("import", "care_facility", file(many_bad(14)), "-w", empty, "--crs", "EPSG:4490", lang="zh")
    assert "约19" in result.stdout
    assert "约20" not in result.stdout
    assert "其余 5 处见 " in result.stderr


def test_a_constant_for_every_row_is_understood_and_in_the_help(empty, file):
    path = file("名称,代码\n甲村,A01\n")
    result = run(
        "import", "admin_unit", path, "-w", empty, "--crs", "EPSG:4490", "--columns", "level==village"
    )
    assert result.exit_code == 0, result.output
    assert "field==value" in run("import", "--help").stdout


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_columns_that_match_no_field_are_named(empty, file, more):
    path = file("名称,经度,纬度,属相\n东村养老院,119.51,31.71,龙\n")
    result = run("import", "care_facility", path, "-w", empty, "--crs", "EPSG:4490", *more, lang="zh")
    assert "没有对上字段的列：属相；原样存进 attributes，不参与计算、不检查。" in result.stderr


def test_bad_counts_of_older_people_are_rejected_under_the_heading_of_an_office(empty, file):
    path = file("经度,纬度,65岁及以上人口\n119.51,31.71,-5\n119.52,31.72,约50\n119.53,31.73,60\n")
    result = run("import", "population", path, "-w", empty, "--crs", "EPSG:4490", lang="zh")
    assert result.exit_code == 1, result.output
    assert "另有 2 格未取。" in result.stderr
    assert all(word in result.stdout for word in ("行号", "原因", "舍去", "单格"))
