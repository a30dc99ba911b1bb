"""The command that spells names."""

import json

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from api.cli import app
from layers.workspace import Settings, Workspace


@pytest.fixture
def romanize():
    def run(*arguments, given=None):
        return CliRunner().invoke(app, ["names", "romanize", *map(str, arguments)], input=given)

    return run


def test_names_on_standard_input_are_spelt_and_the_unsure_ones_counted(romanize):
    ran = romanize("-", "--format", "json", given="兴通街\n乐陵市\n".encode())
    assert ran.exit_code == 0
    first, second = json.loads(ran.stdout)
    assert (first["pinyin"], first["unsure"]) == ("Xīngtōng Jiē", False)
    assert (second["unsure"], second["alternatives"]) == (True, ["Lèlíng Shì"])
    assert "共 2 个地名，其中 1 个读音不确定，请核对。" in ran.stderr


def test_a_table_in_gb18030_with_a_class_is_read(romanize, tmp_path):
    file = tmp_path / "names.csv"
    file.write_bytes("名称,类别\n太平沟,自然村\n".encode("gb18030"))
    ran = romanize(file, "--format", "csv")
    assert "太平沟,Tàipínggōu,TAIPINGGOU,," in ran.stdout


def test_a_row_that_cannot_be_spelt_stays_in_its_place(romanize, tmp_path):
    file = tmp_path / "names.csv"
    file.write_text(f"name,class\n{'路' * 300},\n兴通街,\n", encoding="utf-8")
    ran = romanize(file, "--format", "json")
    bad, good = json.loads(ran.stdout)
    assert (bad["pinyin"], bad["unsure"]) == ("", True)
    assert (
        bad["problem"]["en"] == "The name 路路路路路路路路路路… has 300 characters; a name has at most 100."
    )
    assert good["pinyin"] == "Xīngtōng Jiē"


def test_the_class_of_all_rows_can_be_said(romanize):
    ran = romanize("-", "--class", "settlement", "--format", "json", given="太平沟\n".encode())
    assert json.loads(ran.stdout)[0]["pinyin"] == "Tàipínggōu"


def test_an_unknown_class_is_refused(romanize):
    ran = romanize("-", "--class", "星球", given="太平沟\n".encode())
    assert ran.exit_code == 2
    assert "没有地名类别“星球”。" in ran.stderr


def test_a_workspace_has_its_own_readings(romanize, tmp_path):
    Workspace.create(tmp_path / "ws", Settings(code="320413", name="金坛区")).close()
    (tmp_path / "ws/readings.toml").write_text('[phrases]\n"云溪" = "yún qī"\n', encoding="utf-8")
    ran = romanize("-", "-w", tmp_path / "ws", "--format", "json", given="云溪路\n".encode())
    assert json.loads(ran.stdout)[0]["pinyin"] == "Yúnqī Lù"


def test_a_dictionary_with_a_fault_is_told(romanize, tmp_path):
    Workspace.create(tmp_path / "ws", Settings(code="320413", name="金坛区")).close()
    (tmp_path / "ws/readings.toml").write_text('[phrases]\n"云溪" = "yun"\n', encoding="utf-8")
    ran = romanize("-", "-w", tmp_path / "ws", given="云溪路\n".encode())
    assert ran.exit_code == 2
    assert "readings.toml：phrases.云溪：2 个字，却有 1 个音节。" in ran.stderr


def test_a_cell_never_starts_a_formula(romanize):
    ran = romanize("-", "--format", "csv", given="=cmd路\n".encode())
    assert "'=cmd路" in ran.stdout


def test_a_missing_file_is_an_error(romanize, tmp_path):
    ran = romanize(tmp_path / "none.csv")
    assert ran.exit_code == 2
    assert "没有文件" in ran.stderr


def test_a_remark_on_a_name_of_a_minority_language_has_a_column(romanize):
    ran = romanize("-", "--format", "csv", given="乌鲁木齐路\n兴通街\n".encode())
    head, first, second = ran.stdout.lstrip("\ufeff").splitlines()
    assert head.endswith("其他拼法,说明")
    assert "乌鲁木齐 Ürümqi" in first.rsplit(",", 1)[1]
    assert second.endswith(",")


def test_a_workbook_is_written_and_needs_a_file(romanize, tmp_path):
    out = tmp_path / "out.xlsx"
    assert romanize("-", "-o", out, given="兴通街\n".encode()).exit_code == 0
    rows = [[cell.value for cell in row] for row in load_workbook(out).active.iter_rows()]
    assert rows[0][:2] == ["名称", "拼音"]
    assert rows[1][:2] == ["兴通街", "Xīngtōng Jiē"]
    assert "xlsx 要写进文件。" in romanize("-", "--format", "xlsx", given="兴通街\n".encode()).stderr
