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
