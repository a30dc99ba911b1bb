"""Tables as offices make them: delimiters, headings over two rows, long cells, formulas."""

import openpyxl
import pytest

from layers.reading.delimited import MAX_CELL_CHARACTERS
from layers.reading.headings import knows
from layers.reading.opening import open_source
from layers.reading.source import Wish
from layers.reading.values import text_of
from layers.specs import spec_of

WISH = Wish(knows=knows(spec_of("care_facility")))


def text_file(tmp_path, *lines: str):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def workbook(tmp_path, *rows, merged=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def read(path, wish=WISH):
    with open_source(path, wish) as source:
        rows = [
            [text_of(cell) for cell in row] for batch in source.batches() for row in batch.table.to_numpy()
        ]
        return source.headings, rows, [note.zh for note in source.notes]


@pytest.mark.parametrize("mark", [",", "\t", ";", "|", "，"])
def test_the_delimiter_is_that_of_the_headings(tmp_path, mark):
    others = "".join(one for one in "\t;|、" if one != mark)
    cell = '"' + others.join("甲乙丙丁戊己庚辛") + '"'
    path = text_file(tmp_path, mark.join(("名称", "服务范围", "经度")), mark.join(("甲", cell, "119")))
    headings, rows, _ = read(path)
    assert headings == ("名称", "服务范围", "经度")
    assert (len(rows), len(rows[0])) == (1, 3)


def test_a_title_above_the_headings_does_not_hide_the_delimiter(tmp_path):
    path = text_file(tmp_path, "养老机构；一览；表", "名称;床位数", "甲;3")
    assert read(path)[0] == ("名称", "床位数")


def test_without_known_headings_the_delimiter_is_the_one_that_gives_even_rows(tmp_path):
    path = text_file(tmp_path, "a,b", "1;2;3;4;5,2", "3,4")
    assert read(path, Wish())[0] == ("a", "b")


TWO_ROWS = (
    ("名称", "床位数", "坐标", None, "备注"),
    (None, None, "经度", "纬度", None),
    ("甲", 12, 119.5, 31.7, "无"),
)


def test_merged_headings_over_two_rows_become_one(tmp_path):
    path = workbook(tmp_path, *TWO_ROWS, merged=("A1:A2", "B1:B2", "C1:D1", "E1:E2"))
    headings, rows, notes = read(path)
    assert headings == ("名称", "床位数", "经度", "纬度", "备注")
    assert rows == [["甲", "12", "119.5", "31.7", "无"]]
    assert notes == ["表头占第 1、2 两行，已合为一行。"]


def test_two_rows_of_headings_saved_as_csv_become_one_too(tmp_path):
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in TWO_ROWS]
    headings, rows, notes = read(text_file(tmp_path, "2025 年养老机构,,,,", *lines))
    assert headings == ("名称", "床位数", "经度", "纬度", "备注")
    assert len(rows) == 1
    assert notes == ["表头占第 2、3 两行，已合为一行。"]


def test_a_second_row_with_more_known_headings_keeps_those_above_it(tmp_path):
    path = text_file(
        tmp_path, "名称,地址,坐标,,规模,,", ",,经度,纬度,床位数,护理型床位,建筑面积", "甲,乙,119,31,3,2,1"
    )
    assert read(path)[0] == ("名称", "地址", "经度", "纬度", "床位数", "护理型床位", "建筑面积")


def test_group_titles_over_full_headings_are_passed_over(tmp_path):
    path = text_file(tmp_path, "基本信息,,位置,", "名称,床位数,经度,纬度", "甲,3,119,31")
    headings, rows, notes = read(path)
    assert (headings, len(rows)) == (("名称", "床位数", "经度", "纬度"), 1)
    assert notes == ["表头在第 2 行。"]


def test_a_first_row_with_blanks_is_not_taken_for_headings(tmp_path):
    headings, rows, notes = read(text_file(tmp_path, "名称,地址,备注,电话", "甲,,名称,", "乙,丙,,"))
    assert (headings, len(rows), notes) == (("名称", "地址", "备注", "电话"), 2, [])


def test_a_formula_without_a_saved_result_is_a_bad_cell(tmp_path):
    path = workbook(tmp_path, ("名称", "床位数"), ("甲", "=5+5"), ("乙", 3))
    with open_source(path, WISH) as source:
        (batch,) = source.batches()
    bad = batch.table["床位数"].iloc[0]
    assert (bad.shown, bad.reason.zh) == ("=5+5", "公式没有保存结果，请用 Excel 打开后保存。")
    assert batch.table["床位数"].iloc[1] == 3


def test_a_long_geometry_as_text_is_no_long_cell(tmp_path):
    ring = ", ".join(f"119.{n:06d} 31.7" for n in range(8000))
    assert len(ring) > MAX_CELL_CHARACTERS
    _, rows, _ = read(text_file(tmp_path, "名称,几何WKT", f'甲,"POLYGON (({ring}))"'))
    assert rows[0][1].endswith("31.7))")
