"""命名更名申报表 and 备案登记表 (条例 Art 11, 13, 14): plan, reasons, place and size; approval and filing."""

from collections.abc import Mapping
from typing import Any

from layers.text import Text
from web.documents.issue import Issue
from web.documents.paper import Paper
from web.documents.wording import BLANK, findings_of, kind_of, open_field, place_of, said_text

TITLE = Text("地名命名、更名申报表", "Application to name or rename")
FILING_TITLE = Text("地名备案登记表", "Filing of a name")
_SEALED = ["", "（盖章）　　　　　　　　　日期：　　　　年　　月　　日"]
_SIZES: Mapping[str, tuple[str, str]] = {
    "site_m2": ("用地面积", "平方米"),
    "floor_area_m2": ("建筑面积", "平方米"),
    "floors": ("层数", "层"),
    "green_rate": ("绿地率", "%"),
}


def application_paper(issue: Issue) -> bytes:
    """Write application and filing form of every case, two pages each."""
    paper = Paper(issue)
    for index, case in enumerate(issue.cases):
        paper.title(TITLE, new_page=index > 0)
        paper.form(_application(issue, case))
        paper.title(FILING_TITLE, new_page=True)
        paper.form(_filing(case))
    return paper.content()


def _application(issue: Issue, case: Mapping[str, Any]) -> list[tuple[Text, Any]]:
    row = issue.row_of(case)
    return [
        (Text("申请单位", "Applicant"), BLANK),
        (Text("申请事项", "Matter"), "□ 命名　　□ 更名"),
        (Text("现用名称", "Present name"), case.get("name")),
        (Text("拟用名称", "Name applied for"), open_field(case.get("new_name"))),
        (Text("拟用名称拼音", "Its pinyin"), BLANK),
        (Text("地名类别", "Class"), issue.class_of(case)),
        (Text("方案", "Plan"), [BLANK, ""]),
        (Text("理由", "Reasons"), _reasons(case)),
        (Text("位置", "Place"), place_of(case)),
        (Text("规模", "Size"), sizes_of(row)),
        (Text("性质", "Nature"), open_field(row.get("nature"))),
        (Text("含义及来历", "Meaning and origin"), open_field(row.get("meaning") or row.get("origin"))),
        (
            Text("随附报告", "Reports"),
            "□ 综合评估报告　□ 专家论证报告　□ 征求意见报告（《地名管理条例》第十一条）",
        ),
        (Text("申请单位意见", "Applicant's word"), _SEALED),
    ]


def _reasons(case: Mapping[str, Any]) -> list[str]:
    said = [said_text(one.get("message")) for one in findings_of(case)]
    return [f"现用名称属{kind_of(case)}：", *said] if said else [BLANK]


def sizes_of(row: Mapping[str, Any]) -> list[str]:
    """Write the sizes the register knows; the others are open fields."""
    return [
        f"{label}：{row[field]:,.10g} {unit}" if field in row else f"{label}：{BLANK}"
        for field, (label, unit) in _SIZES.items()
    ]


def _filing(case: Mapping[str, Any]) -> list[tuple[Text, Any]]:
    return [
        (Text("批准名称", "Approved name"), open_field(case.get("new_name"))),
        (Text("曾用名称", "Former name"), case.get("name")),
        (Text("批准机关", "Approved by"), BLANK),
        (Text("批准文号", "Approval number"), BLANK),
        (Text("批准日期", "Approved on"), BLANK),
        (Text("报送备案日期", "Filed on"), f"{BLANK}（自批准之日起15日内，第十三条）"),
        (Text("备案机关", "Filed with"), BLANK),
        (Text("公告日期", "Announced on"), f"{BLANK}（15日内，第十四条）"),
        (Text("地名主管部门意见", "Place-name authority"), _SEALED),
        (Text("批准机关意见", "Approving authority"), _SEALED),
    ]
