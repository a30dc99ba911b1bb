"""The gap list over both doors, and in every form it can be given in."""

import csv
import json

from openpyxl import load_workbook
from typer.testing import CliRunner

from api.cli import app

ON = "2026-06-30"


def run(tiny, *args):
    asked = ["gaps", "care_facility", "--on", ON, "-w", str(tiny), *args]
    return CliRunner().invoke(app, asked, env={"FANGYU_LANG": "zh", "COLUMNS": "250"})


def test_the_gaps_of_a_plan_are_listed_with_its_changes(tiny):
    near = ["--within-m", "90000", "--travel", "straight", "--format", "json"]
    printed = run(tiny, *near, *(word for one in ("c1", "c2") for word in ("--close", one)))
    gaps = json.loads(printed.stdout)["gaps"]
    assert printed.exit_code == 1
    assert {one["reason"]["code"] for one in gaps} == {"no_facility"}
    assert {one["remedy"]["kind"] for one in gaps} == {"build"}


def test_an_unknown_parameter_is_refused(staff):
    assert staff.get("/api/coverage/gaps?nonsense=1").status_code == 400


def test_without_a_gap_the_exit_code_is_zero(tiny):
    assert run(tiny, "--within-m", "90000", "--travel", "straight").exit_code == 0


def test_the_screen_says_who_why_and_what_helps(tiny):
    shown = run(tiny, "--definition", "C1")
    assert "西村" in shown.stdout
    assert "境内没有设施 1 (1)" in shown.stdout
    assert "新建" in shown.stdout


def test_a_sheet_never_starts_a_formula_and_lists_every_remedy(tiny, tmp_path):
    file = tmp_path / "gaps.xlsx"
    assert run(tiny, "--within-m", "300", "--travel", "straight", "-o", str(file)).exit_code == 1
    book = load_workbook(file)
    assert book.sheetnames == ["说明", "缺口", "其他办法"]
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not [cell for cell in cells if isinstance(cell, str) and cell.startswith("=")]


def test_a_csv_has_a_column_for_each_fact(tiny):
    rows = list(
        csv.DictReader(
            run(tiny, "--definition", "C1", "--format", "csv").stdout.lstrip("\ufeff").splitlines()
        )
    )
    assert [row["原因代码"] for row in rows] == ["none_inside"]
    assert rows[0]["补救办法"] == "新建"


def test_a_workbook_needs_a_file(tiny):
    refused = run(tiny, "--format", "xlsx")
    assert refused.exit_code == 2
    assert "xlsx 要写进文件。" in refused.stderr
