"""换牌工单: where, the old text, the new text, its pinyin as signs bear it, and what has to be corrected."""

from collections.abc import Mapping
from typing import Any

from gis.names.gazetteer.spelling import spelled
from gis.names.readings import load_readings
from layers.text import Text
from web.documents.book import Book
from web.documents.issue import Issue
from web.documents.paper import Paper
from web.documents.wording import BLANK, open_field, place_of

TITLE = Text("地名标志更换工单", "Work order for signs")
_PLACES = ("地名标志", "交通标志", "门楼牌", "广告牌匾", "公开地图和网络地图", "户籍、不动产、营业执照等证件")
"""Where the standard name is obligatory (条例 Art 18)."""


def signage_paper(issue: Issue) -> bytes:
    """Write one work order a case, each on a page of its own."""
    paper = Paper(issue)
    for index, case in enumerate(issue.cases):
        paper.title(TITLE, new_page=index > 0)
        paper.form(_form(issue, case))
    return paper.content()


def _form(issue: Issue, case: Mapping[str, Any]) -> list[tuple[Text, Any]]:
    return [
        (Text("工单号", "Number"), BLANK),
        (Text("关联编号", "Case"), case.get("id")),
        (Text("地名类别", "Class"), issue.class_of(case)),
        (Text("位置", "Place"), place_of(case)),
        (Text("原文字", "Old text"), case.get("name")),
        (Text("新文字", "New text"), open_field(case.get("new_name"))),
        (Text("新拼音", "New pinyin"), spelling_of(issue, case)),
        (Text("更换内容", "What to correct"), [f"□ {one}　数量：　　　完成日期：" for one in _PLACES]),
        (Text("施工单位", "Contractor"), BLANK),
        (Text("完成期限", "To be done by"), BLANK),
        (Text("现场照片", "Photographs"), ["更换前：", "", "更换后：", ""]),
        (Text("验收", "Accepted"), "签名：　　　　　　　　　　日期：　　　　年　　月　　日"),
    ]


def spelling_of(issue: Issue, case: Mapping[str, Any]) -> str:
    """Spell the new name as a sign bears it; a reading that is not certain says so."""
    new = case.get("new_name")
    if not new:
        return BLANK
    spelt = spelled(
        str(new),
        jurisdiction=str((case.get("town") or {}).get("code") or issue.workspace.settings.code),
        readings=load_readings(issue.workspace.root),
    )
    return f"{spelt.sign_form}（读音待核）" if spelt.unsure else spelt.sign_form


def signage_book(issue: Issue) -> bytes:
    """Write the work orders as a workbook, one row a case."""
    book = Book(issue)
    heads = [label for label, _ in _form(issue, {})]
    rows = [[value for _, value in _form(issue, case)] for case in issue.cases]
    book.sheet(TITLE, heads, rows, widths=(12, 14, 12, 26, 20, 20, 24, 36, 16, 14, 16, 24))
    return book.content()
