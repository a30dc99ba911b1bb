import csv
import io
import json

import pytest
from openpyxl import load_workbook

from api.cli.coverage_output import give_report
from api.cli.language import choose
from api.cli.options import ReportFormat
from layers.errors import InputError


def text(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def row(code: str, name: str, *, covered: bool) -> dict[str, object]:
    reason = None if covered else {"code": "too-far", "text": text("太远", "too far")}
    return {
        "code": code, "name": name, "level": "village", "parent_code": "3204", "numerator": 90.0 * covered,
        "denominator": 100.0, "share": 0.9 * covered, "covered": covered,
        "band": [{"speed_m_s": 0.76, "share": 0.8 * covered}], "reason": reason,
        "nearest": {"id": "c1", "name": "幸福院", "network_m": 2100.0, "straight_m": 1500.0},
        "lon": 119.5, "lat": 31.7,
    }  # fmt: skip


REPORT = {
    "definition": {
        "id": "C6",
        "label": text("路网时间人口", "people by walking time"),
        "formula": text("甲/乙", "a/b"),
    },
    "measure": {"label": text("65岁以上人口", "aged 65+"), "unit": "人"},
    "numerator": 90.0,
    "denominator": 200.0,
    "share": 0.45,
    "band": [{"speed_m_s": 0.76, "numerator": 80.0, "share": 0.4}],
    "rows": [row("1", "=东村", covered=True), row("2", "西村", covered=False)],
    "assumptions": [text("步行", "on foot")],
    "norms": {
        "profile": "national",
        "values": [
            {
                "param": "walk_min",
                "label": text("步行时间", "walking time"),
                "value": 15,
                "unit": "min",
                "source": "GB 50180",
                "clause": "4.0.1",
                "verified": False,
            }
        ],
    },
    "provenance": {
        "program": "fangyu 0.1.0",
        "layers": {"road": {"version": "7", "as_of": None, "sources": ["r.shp"], "synthetic": True}},
        "as_of": None,
    },
    "command": "fangyu cover care_facility --within-min 15",
}


@pytest.fixture(autouse=True)
def in_chinese():
    choose("zh")


def test_the_screen_never_shows_a_share_without_its_definition(capsys):
    give_report(REPORT, ReportFormat.TABLE, None)
    shown = capsys.readouterr().out
    for expected in (
        "C6 路网时间人口",
        "90 / 200 = 45.0% (0.76 m/s: 40.0%)",
        "步行",
        "步行时间 = 15 min (GB 50180 4.0.1; 未核)",
        "规范方案: 全国通用 (national)",
        "road: 版本 7",
        "fangyu cover care_facility --within-min 15（在该工作区文件夹里运行）",
        "1 / 2",
        "太远",
        "幸福院 (2,100 m 路网, 1,500 m 直线)",
    ):
        assert expected in shown


def test_json_is_the_report_itself(capsys):
    give_report(REPORT, ReportFormat.JSON, None)
    assert json.loads(capsys.readouterr().out) == REPORT


def test_csv_opens_in_excel_carries_the_definition_and_runs_no_formula(tmp_path):
    give_report(REPORT, ReportFormat.CSV, tmp_path / "r.csv")
    written = (tmp_path / "r.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
    assert [(one["名称"], one["级别"], one["定义"], one["已覆盖"], one["原因"]) for one in rows] == [
        ("'=东村", "村居", "C6", "是", ""),
        ("西村", "村居", "C6", "否", "太远"),
    ]


def test_a_workbook_has_three_sheets_and_no_formula(tmp_path):
    give_report(REPORT, ReportFormat.XLSX, tmp_path / "r.xlsx")
    book = load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == ["说明", "结果", "未覆盖"]
    assert book["结果"]["B2"].value == "'=东村"
    assert [one.value for one in book["未覆盖"]["B"]] == ["名称", "西村"]
    assert book["说明"]["B1"].value == "C6 路网时间人口"
    book.close()


def test_a_workbook_needs_a_file():
    with pytest.raises(InputError) as caught:
        give_report(REPORT, ReportFormat.XLSX, None)
    assert caught.value.said("en") == "A workbook needs a file. Add -o report.xlsx."


def test_an_unknown_share_is_a_dash_and_not_zero(capsys):
    give_report({**REPORT, "share": None, "denominator": None, "band": []}, ReportFormat.TABLE, None)
    assert "90 / – = –" in capsys.readouterr().out
