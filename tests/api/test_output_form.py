"""The suffix of the file says the form, unless --format does; the two may not contradict."""

import json

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from api.cli import app
from api.cli.language import choose, unit_word


def run(*args: object, lang: str = "zh"):
    return CliRunner().invoke(app, [str(arg) for arg in args], env={"FANGYU_LANG": lang})


def measured(tiny, output, *options: str, lang: str = "zh"):
    return run("cover", "--definition", "C1", "-w", tiny, "-o", output, *options, lang=lang)


def test_without_format_the_suffix_decides(tiny, tmp_path):
    for name in ("a.json", "a.csv", "a.xlsx", "a.txt"):
        assert measured(tiny, tmp_path / name).exit_code == 1
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["definition"]["id"] == "C1"
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["说明", "结果", "未覆盖"]
    assert "未覆盖单元: 1 / 2" in (tmp_path / "a.txt").read_text(encoding="utf-8")


def test_form_and_suffix_that_contradict_are_refused(tiny, tmp_path):
    result = measured(tiny, tmp_path / "x.xlsx", "--format", "csv")
    assert result.exit_code == 2
    assert result.stderr == (
        "错误：--format csv 与文件名 x.xlsx 的扩展名不一致。\n请改扩展名，或去掉 --format，由扩展名决定格式。\n"
    )
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.parametrize(
    ("command", "suffixes"), [("cover", ".csv, .json, .xlsx, .txt"), ("check", ".csv, .json, .txt")]
)
def test_a_suffix_of_no_form_is_refused(tiny, tmp_path, command, suffixes):
    result = run(command, "-w", tiny, "-o", tmp_path / "x.pdf", lang="en")
    assert result.stderr == (
        f"Error: Cannot write a .pdf file: x.pdf.\nSuffixes: {suffixes}; or say the form with --format.\n"
    )


def test_the_command_says_where_to_run_it_and_holds_no_path(tiny, tmp_path):
    measured(tiny, tmp_path / "a.json")
    command = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["command"]
    assert "/" not in command
    shown = run("cover", "--definition", "C1", "-w", tiny, lang="en").stdout
    assert f"Command: {command} (run it in the workspace folder)" in " ".join(shown.split())


def test_units_of_measure_are_in_the_language_of_the_reader():
    choose("en")
    assert [unit_word(one) for one in ("人", "张/千名老人", "m²")] == [
        "people",
        "beds per 1,000 older people",
        "m²",
    ]
    choose("zh")
    assert unit_word("人") == "人"
