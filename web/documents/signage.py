"""换牌工单: where, the old text, the new text, its pinyin as signs bear it, and what has to be corrected."""

from collections.abc import Mapping
from typing import Any

from layers.text import Text
from web.documents.book import Book
from web.documents.grounds import standard_of
from web.documents.issue import Issue
from web.documents.paper import Paper
from web.documents.plates import plates_of
from web.documents.spelling import spelling_of
from web.documents.wording import BLANK, number_of, old_name_of, open_field, place_of

TITLE = Text("地名标志更换工单", "Work order for signs")
_COUNTED: Mapping[str, str] = {"地名标志": "road_sign", "门楼牌": "door_plate"}
_PLACES = ("地名标志", "门楼牌", "交通标志", "广告牌匾", "公开地图和网络地图", "户籍、不动产、营业执照等证件")
"""Where the standard name is obligatory (条例 Art 18)."""
_HEADS = (
    Text("序号", "No."),
    Text("案件编号", "Case"),
    Text("地名类别", "Class"),
    Text("位置", "Place"),
    Text("原文字", "Old text"),
    Text("新文字", "New text"),
    Text("标志用拼音", "Pinyin on signs"),
    Text("汉语拼音", "Pinyin"),
    Text("地名标志（块）", "Signs"),
    Text("门楼牌（块）", "Number plates"),
    Text("同步更正", "To correct as well"),
    Text("施工单位", "Contractor"),
    Text("完成期限", "To be done by"),
    Text("完成日期", "Done on"),
)
_WIDTHS = (6, 18, 12, 30, 20, 20, 24, 24, 10, 10, 30, 16, 14, 14)


def signage_paper(issue: Issue) -> bytes:
    """Write one work order a case, each on a page of its own."""
    paper = Paper(issue, outward=True)
    for index, case in enumerate(issue.cases):
        paper.title(TITLE, new_page=index > 0)
        paper.form(_form(issue, case))
    return paper.content()


def _form(issue: Issue, case: Mapping[str, Any]) -> list[tuple[Text, Any]]:
    old, new = old_name_of(case), standard_of(case, issue.row_of(case))
    return [
        (Text("工单号", "Number"), BLANK),
        (Text("案件编号", "Case"), number_of(case)),
        (Text("地名类别", "Class"), issue.class_of(case)),
        (Text("位置", "Place"), place_of(case)),
        (Text("原文字", "Old text"), old),
        (Text("新文字", "New text"), open_field(new)),
        (Text("标志用拼音", "Pinyin on signs"), spelling_of(issue, case, new, on_sign=True)),
        (Text("汉语拼音", "Pinyin"), spelling_of(issue, case, new)),
        (Text("更换内容", "What to correct"), _to_correct(issue, case, old)),
        (Text("施工单位", "Contractor"), BLANK),
        (Text("完成期限", "To be done by"), BLANK),
        (Text("现场照片", "Photographs"), ["更换前：", "", "更换后：", ""]),
        (Text("验收", "Accepted"), "签名：　　　　　　　　　　日期：　　　　年　　月　　日"),
    ]


def _to_correct(issue: Issue, case: Mapping[str, Any], old: str) -> list[str]:
    """List what bears the name, with the number where the registers of signs and plates tell it."""
    counts = plates_of(issue, case, old)
    lines = []
    for one in _PLACES:
        count = counts.get(_COUNTED.get(one, ""))
        many = "　　　" if count is None else f"{count} 块"
        lines.append(f"□ {one}　数量：{many}　完成日期：")
    return lines


def signage_book(issue: Issue) -> bytes:
    """Write the work orders as a workbook, one row a case; what is not known yet is an empty cell to type into."""
    book = Book(issue, outward=True)
    rows = [_row(issue, number, case) for number, case in enumerate(issue.cases, 1)]
    book.sheet(TITLE, _HEADS, rows, widths=_WIDTHS)
    return book.content()


def _row(issue: Issue, number: int, case: Mapping[str, Any]) -> list[Any]:
    old, new = old_name_of(case), standard_of(case, issue.row_of(case))
    counts = plates_of(issue, case, old)
    return [
        number,
        case.get("number"),
        issue.class_of(case),
        place_of(case),
        old,
        new or None,
        spelling_of(issue, case, new, on_sign=True) if new else None,
        spelling_of(issue, case, new) if new else None,
        counts.get("road_sign"),
        counts.get("door_plate"),
        "、".join(one for one in _PLACES if one not in _COUNTED),
        None,
        None,
        None,
    ]
