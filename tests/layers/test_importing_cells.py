"""Cells that are not taken: what is stored instead, what is said, and how the counts add up."""

import csv

import openpyxl
import pytest

from layers.errors import ColumnError
from layers.importing import ImportOptions, import_file
from layers.store.protocol import By
from layers.vocabulary import code_for
from layers.workspace import Settings, Workspace

BY = By("test")
WGS84 = ImportOptions(crs="wgs84")


@pytest.fixture
def workspace(tmp_path):
    with Workspace.create(tmp_path / "ws", Settings("320413", "金坛区")) as opened:
        yield opened


def write(tmp_path, *lines: str):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("word", "code"),
    [
        *((word, "closed") for word in ("停业", "歇业", "已停业", "撤销", "已关停")),
        ("停业整顿", "suspended"),
        ("试运营", "operating"),
        ("筹建", "planned"),
        ("状态不明", "unknown"),
    ],
)
def test_words_offices_write_for_states(word, code):
    assert code_for("service_state", word) == code


def test_a_state_that_cannot_be_read_is_stored_as_unknown(workspace, tmp_path):
    path = write(tmp_path, "名称,经度,纬度,运营状态", "甲,119.5,31.7,情况待查", "乙,119.6,31.7,")
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    (reject,) = report.rejects
    assert (reject.row, reject.column, reject.value, reject.dropped) == (2, "运营状态", "情况待查", "cell")
    assert reject.reason.zh.startswith("“情况待查”不在词表 service_state 中；")
    assert reject.reason.zh.endswith("。存为“状态不明”，不算在营。")
    frame = workspace.layer("care_facility").frame
    assert frame["state"].tolist() == ["unknown", None]
    assert frame["attributes"].tolist() == ['{"运营状态": "情况待查"}', None]


@pytest.mark.parametrize(("heading", "dropped", "taken"), [("床位数", "cell", 2), ("属相", "cell", 2)])
def test_a_huge_cell_is_refused_and_the_other_rows_go_in(workspace, tmp_path, heading, dropped, taken):
    path = write(tmp_path, f"名称,经度,纬度,{heading}", f"甲,119.5,31.7,{'x' * 200_000}", "乙,119.6,31.7,3")
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    (reject,) = report.rejects
    assert (reject.row, reject.column, reject.dropped) == (2, heading, dropped)
    assert reject.reason.zh == "单元格过长（200000 字符，上限 100000）。"
    assert report.rows_imported == taken
    assert workspace.layer("care_facility").frame["attributes"].str.len().max() < 300


def test_a_huge_cell_in_a_required_column_rejects_its_row(workspace, tmp_path):
    path = write(tmp_path, "名称,经度,纬度", f"{'x' * 200_000},119.5,31.7", "乙,119.6,31.7")
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    assert next((one.row, one.reason.zh, one.dropped) for one in report.rejects) == (
        2,
        "单元格过长（200000 字符，上限 100000）。",
        "row",
    )
    assert (report.rows_imported, report.rows_rejected) == (1, 1)


def test_a_huge_coordinate_is_refused_for_its_length(workspace, tmp_path):
    path = write(tmp_path, "名称,经度,纬度", f"甲,{'1' * 150_000},31.7", "乙,119.6,31.7")
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    assert report.rejects[0].reason.zh == "单元格过长（150000 字符，上限 100000）。"


def test_a_formula_without_result_is_a_refused_cell(workspace, tmp_path):
    book = openpyxl.Workbook()
    for row in (("名称", "经度", "纬度", "床位数"), ("甲", 119.5, 31.7, "=5+5"), ("乙", 119.6, 31.7, 3)):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    report = import_file(workspace, "care_facility", tmp_path / "a.xlsx", WGS84, BY)
    (reject,) = report.rejects
    assert (reject.row, reject.column, reject.value) == (2, "床位数", "=5+5")
    assert reject.reason.zh == "公式没有保存结果，请用 Excel 打开后保存。"
    assert report.rows_imported == 2


def test_rows_and_cells_are_counted_apart_and_rows_add_up(workspace, tmp_path):
    path = write(
        tmp_path,
        "名称,经度,纬度,床位数,养老机构等级",
        "甲,119.5,31.7,约120,十级",
        ",0,0,3,",
        "乙,119.6,31.7,3,",
        "丙,119.6,31.8,若干,",
    )
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    assert (report.rows_read, report.rows_imported, report.rows_rejected) == (4, 3, 1)
    assert report.cells_rejected == sum(one.dropped == "cell" for one in report.rejects)
    assert report.reject_count == len(report.rejects)


def test_rejects_are_in_order_of_rows_and_columns(workspace, tmp_path):
    path = write(
        tmp_path,
        "床位数,名称,经度,纬度",
        "三张,甲,0,0",
        "约5,,119.5,31.7",
        "约6,乙,119.6,31.7",
        "7,丙,119.6,95",
    )
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    wanted = [(2, "床位数"), (2, "经度/纬度"), (3, "床位数"), (3, "名称"), (4, "床位数"), (5, "经度/纬度")]
    assert [(one.row, one.column) for one in report.rejects] == wanted
    with report.reject_file.open(encoding="utf-8-sig", newline="") as file:
        assert [(int(row["行号 row"]), row["列 column"]) for row in csv.DictReader(file)] == wanted


UNITS = ("名称,adcode", "甲村,A01")


def test_a_level_that_codes_do_not_tell_can_be_given_for_all_rows(workspace, tmp_path):
    options = ImportOptions(crs="wgs84", columns={"level": "=village"})
    report = import_file(workspace, "admin_unit", write(tmp_path, *UNITS), options, BY)
    assert (report.rows_imported, report.columns["code"]) == (1, "adcode")
    assert workspace.layer("admin_unit").frame["level"].tolist() == ["village"]


def test_a_level_that_nothing_tells_is_rejected_with_the_way_out(workspace, tmp_path):
    report = import_file(workspace, "admin_unit", write(tmp_path, *UNITS), WGS84, BY)
    assert [one.reason.zh for one in report.rejects] == [
        "缺少必填的“级别”。代码推不出级别；整个文件同一级时可写 --columns level==village，给每一行同一个值。"
    ]


@pytest.mark.parametrize("heading", ["adcode", "ADCODE", "AdCode", "行政代码"])
def test_headings_of_widespread_boundary_files(workspace, tmp_path, heading):
    path = write(tmp_path, f"名称,{heading},经度,纬度", "甲村,320413100200,119.5,31.7")
    report = import_file(workspace, "admin_unit", path, WGS84, BY)
    assert (report.rows_imported, report.columns["code"]) == (1, heading)
    assert workspace.layer("admin_unit").frame["level"].tolist() == ["village"]


def test_a_lacking_coded_column_can_be_given_for_all_rows(workspace, tmp_path):
    path = write(tmp_path, "名称,经度,纬度", "甲,119.5,31.7")
    with pytest.raises(ColumnError) as caught:
        import_file(workspace, "admin_unit", path, WGS84, BY)
    assert caught.value.said("zh") == (
        "a.csv 缺少必填列：“区划代码”（code）、“级别”（level）。现有列：名称、经度、纬度。"
        "用 --columns code=列名 指明；级别每一行都相同时写 --columns level==village（两个等号）。"
    )
