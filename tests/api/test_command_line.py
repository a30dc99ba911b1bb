import csv
import io
import json

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.outcomes import CLEAN, FAILED

runner = CliRunner()


def run(*args: object, lang: str = "zh"):
    return runner.invoke(app, [str(arg) for arg in args], env={"FANGYU_LANG": lang, "FANGYU_DEBUG": None})


def test_init_makes_a_workspace(tmp_path):
    result = run("init", tmp_path / "ws", "--code", "320413", "--name", "金坛区")
    assert result.exit_code == CLEAN
    assert (tmp_path / "ws" / "fangyu.toml").is_file()
    assert "已建立工作区" in result.stderr
    assert result.stdout == ""


def test_a_bad_code_is_an_error_with_a_hint_and_no_traceback(tmp_path):
    result = run("init", tmp_path / "ws", "--code", "3204", "--name", "金坛区")
    assert result.exit_code == FAILED
    assert result.stderr == "错误：区划代码“3204”不是六位数字。\n例如 320413（金坛区）。\n"


def test_the_same_error_in_english(tmp_path):
    result = run("init", tmp_path / "ws", "--code", "3204", "--name", "X", lang="en")
    assert result.stderr == "Error: The code '3204' is not six digits.\nFor example 320413.\n"


def test_the_option_wins_over_the_environment(tmp_path):
    result = run("--lang", "en", "layers", "-w", tmp_path, lang="zh")
    assert result.exit_code == FAILED
    assert result.stderr.startswith(f"Error: {tmp_path} is no workspace")


def test_a_bug_is_one_sentence_and_the_way_to_its_details(tiny, monkeypatch):
    monkeypatch.setattr("layers.catalog.as_json", lambda *_, **__: 1 / 0)
    result = run("layers", "-w", tiny, lang="en")
    assert result.exit_code == FAILED
    assert "ZeroDivisionError: division by zero" in result.stderr
    assert "FANGYU_DEBUG=1" in result.stderr
    assert "Traceback" not in result.stderr


def test_with_debugging_on_the_traceback_is_shown(tiny, monkeypatch):
    monkeypatch.setattr("layers.catalog.as_json", lambda *_, **__: 1 / 0)
    result = runner.invoke(app, ["layers", "-w", str(tiny)], env={"FANGYU_DEBUG": "1"})
    assert "Traceback" in result.stderr


def test_layers_as_json_are_alone_on_stdout(tiny):
    result = run("layers", "-w", tiny, "--format", "json")
    assert result.exit_code == CLEAN
    assert [one["id"] for one in json.loads(result.stdout)["layers"]] == [
        "admin_unit",
        "place_name",
        "boundary_marker",
        "care_facility",
        "road",
    ]


def test_layers_as_csv_open_in_excel(tiny):
    result = run("layers", "-w", tiny, "--format", "csv")
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert [row["要素数"] for row in rows] == ["3", "31", "1", "2", "1"]


def test_layers_as_a_table_name_the_district(tiny):
    result = run("layers", "-w", tiny)
    assert "金坛区 320413" in result.stdout
    assert "养老服务设施" in result.stdout


def test_the_current_folder_is_the_workspace_unless_another_is_named(tiny, monkeypatch):
    monkeypatch.chdir(tiny)
    assert run("layers").exit_code == CLEAN


def test_imports_and_history_say_who(tiny):
    imports = json.loads(run("imports", "-w", tiny, "--format", "json").stdout)
    assert [one["layer"] for one in imports][-1] == "admin_unit"
    changes = json.loads(run("history", "-w", tiny, "--layer", "road", "--format", "json").stdout)
    assert [(one["feature_id"], one["action"], one["who"]) for one in changes] == [("r1", "add", "test")]


def test_undoing_an_import_that_never_was_is_an_error(tiny):
    result = run("undo", "999", "-w", tiny)
    assert result.exit_code == FAILED
    assert result.stderr == "错误：没有第 999 次导入。\n用 fangyu imports 查看导入记录。\n"


def test_the_history_says_in_words_what_was_done_to_which_feature(tiny):
    table = run("history", "-w", tiny, "--layer", "care_facility", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [(row["名称"], row["动作"]) for row in rows] == [
        ("'=HYPERLINK(1)", "新增"),
        ("东村养老院", "新增"),
    ]


def test_an_unknown_norm_profile_makes_no_workspace(tmp_path):
    result = run("init", tmp_path / "ws", "--code", "320413", "--name", "X", "--norms", "nope")
    assert result.exit_code == FAILED
    assert result.stderr.startswith("错误：没有规范方案“nope”。\n可用的方案：anhui、")
    assert not (tmp_path / "ws").exists()


@pytest.mark.parametrize("name", ["layers.gpkg", "fangyu.toml"])
def test_an_export_never_overwrites_the_workspace(tiny, name):
    before = (tiny / name).read_bytes()
    result = run("export", "road", "-w", tiny, "-o", tiny / name, lang="en")
    assert result.exit_code == FAILED
    assert "belongs to the workspace itself. Choose another file name." in result.stderr.replace("\n", " ")
    assert (tiny / name).read_bytes() == before


def test_an_unknown_option_is_exit_code_two():
    assert run("layers", "--nonsense").exit_code == FAILED


def test_a_missing_subcommand_shows_the_help():
    assert "一张图" in run().output
