"""``fangyu names gazetteer``: the file, the report, and what is refused."""

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from api.cli import app


def run(*args: object, lang: str = "zh"):
    given = ["names", "gazetteer", *args]
    return CliRunner().invoke(app, [str(arg) for arg in given], env={"FANGYU_LANG": lang, "COLUMNS": "200"})


@pytest.mark.parametrize("suffix", ["xlsx", "docx", "json"])
def test_the_gazetteer_is_written_by_its_suffix(tiny, tmp_path, suffix):
    result = run("-w", tiny, "-o", tmp_path / f"地名录.{suffix}", "--on", "2026-11-21")
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert (tmp_path / f"地名录.{suffix}").stat().st_size > 0


def test_the_json_has_the_rows_of_the_national_service_and_can_be_imported(tiny, tmp_path):
    run("-w", tiny, "-o", tmp_path / "rows.json")
    page = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert page["total"] == len(page["records"]) == 31
    assert page["records"][1]["gdm"]["type"] == "multipoint"
    CliRunner().invoke(app, ["init", str(tmp_path / "other"), "--code", "320413", "--name", "金坛区"])
    taken = CliRunner().invoke(
        app, ["import", "place_name", str(tmp_path / "rows.json"), "-w", str(tmp_path / "other")]
    )
    assert taken.exit_code == 0, taken.output
    assert "新增 31 行" in taken.stderr


def test_a_town_has_only_its_own_names(tiny, tmp_path):
    run("-w", tiny, "-o", tmp_path / "town.xlsx", "--town", "320413100")
    sheet = openpyxl.load_workbook(tmp_path / "town.xlsx").worksheets[0]
    names = {row[1] for row in sheet.iter_rows(values_only=True)}
    assert "幸福路0号Plaza" not in names
    assert "幸福路1号Plaza" in names
    assert "无图名单" not in names


def test_public_places_are_on_the_public_grid(tiny, tmp_path):
    for name, more in (("own.json", ()), ("public.json", ("--public",))):
        run("-w", tiny, "-o", tmp_path / name, *more)
    own, public = (
        json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("own.json", "public.json")
    )
    assert [one["standard_name"] for one in own["records"]] == [
        one["standard_name"] for one in public["records"]
    ]
    assert own["records"][3]["gdm"] != public["records"][3]["gdm"]


def test_without_a_file_it_says_how_complete_the_entries_are(tiny):
    result = run("-w", tiny)
    assert result.exit_code == 0
    assert "汉语拼音*" in result.stdout
    assert result.stderr.strip() == "共 31 条，完整 0 条。"


def test_the_check_lists_every_gap_and_ends_with_one(tiny):
    result = run("-w", tiny, "--check", "--format", "json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (answer["entries"], len(answer["findings"])) == (31, 31)
    assert answer["findings"][0]["code"] == "names.entry-incomplete"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--town", "清溪镇"), "错误：镇（街道）代码“清溪镇”不是九位数字。"),
        (("-o", "a.pdf"), "错误：地名录不能写成“.pdf”文件。"),
        (
            ("-o", "a.xlsx", "--check"),
            "错误：-o 写地名录，--check 和 --format 是完整性报告的选项，不能同用。",
        ),
    ],
)
def test_what_cannot_be_done_is_said(tiny, args, message):
    result = run("-w", tiny, *args)
    assert result.exit_code == 2
    assert result.stderr.startswith(message)


def test_a_workspace_without_names_says_what_to_do(tmp_path: Path):
    CliRunner().invoke(app, ["init", str(tmp_path / "w"), "--code", "320413", "--name", "金坛区"])
    result = run("-w", tmp_path / "w")
    assert result.exit_code == 2
    assert "还没有数据" in result.stderr
