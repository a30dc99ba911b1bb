"""Access, its most even spread and indicators: both doors give the same."""

import csv
import io
import json

import openpyxl
import pytest
from typer.testing import CliRunner

from api.cli import app

ON = "2026-06-30"
NEAR = ["--within-m", "1000", "--travel", "straight"]


def run(tiny, *args: str):
    return CliRunner().invoke(app, ["access", *args, "-w", str(tiny), "--on", ON], env={"FANGYU_LANG": "zh"})


def printed(tiny, *args: str):
    result = run(tiny, *args, "--format", "json")
    assert result.exit_code in {0, 1}, result.output
    return json.loads(result.stdout)


def served(staff, address: str):
    answer = staff.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_sheet_of_the_spread_starts_no_formula(tiny):
    result = run(tiny, "--redistribute", *NEAR, "--resize", "c2;beds=9", "--format", "csv")
    rows = list(csv.reader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert {row[0] for row in rows[1:]} == {"c1", "c2"}
    assert all(not cell.startswith("=") for row in rows for cell in row)


def test_a_workbook_says_what_it_rests_on(tiny, tmp_path):
    result = run(tiny, "--indicators", "-o", str(tmp_path / "r.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert result.exit_code == 0
    assert book.sheetnames == ["说明", "结果"]
    assert any("GB 50437" in str(row[0]) for row in book["说明"].iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--indicators", "--redistribute"], "只能写一个"),
        (["--indicators", "--within-m", "500"], "不看距离"),
        (["--redistribute", "--kernel", "gaussian", "--kernel", "3sfca"], "再分配只用一种衰减函数"),
        (["--kernel", "flat"], "没有名为“flat”的衰减函数"),
    ],
)
def test_contradictions_are_refused(tiny, options, message):
    result = run(tiny, *options)
    assert result.exit_code == 2
    assert message in result.stderr


def test_indicators_with_deficits_end_in_one_and_print_the_bound(tiny):
    result = run(tiny, "--indicators", "--by", "village", "--format", "csv")
    said = printed(tiny, "--indicators", "--by", "village")
    rows = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert result.exit_code == int(bool(said["deficits"]))
    bounds = {"exact": "", "at_least": "至少", "at_most": "至多", "unsure": "可能偏高或偏低（数据不全）"}
    values = [one for row in said["rows"] for one in row["indicators"].values()]
    shown = [row["性质"] for row in rows[: len(values)]]
    assert shown == ["" if one["value"] is None else bounds[one["bound"]] for one in values]


def test_an_unknown_zone_is_refused_on_both_doors(tiny, staff):
    refused = run(tiny, "--indicators", "--norms", "shanghai", "--zone", "nosuch")
    assert refused.exit_code == 2
    assert "没有分区“nosuch”" in refused.stderr
    assert staff.get("/api/indicators?norms=shanghai&zone=nosuch").status_code in {400, 422}
