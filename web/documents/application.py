"""命名更名申报表 and 备案登记表 (条例 Art 11, 13, 14): plan, reasons, place and size; approval and filing."""

from collections.abc import Mapping
from typing import Any

from layers.text import Text
from web.documents.grounds import given_name
from web.documents.issue import Issue
from web.documents.paper import Paper
from web.documents.spelling import spelling_of
from web.documents.wording import (
    BLANK,
    category_of,
    day_text,
    findings_of,
    kind_of,
    old_name_of,
    open_field,
    place_of,
    said_text,
    step_day,
)

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
    paper = Paper(issue, outward=True)
    for index, case in enumerate(issue.cases):
        paper.title(TITLE, new_page=index > 0)
        paper.form(_application(issue, case))
        paper.title(FILING_TITLE, new_page=True)
        paper.form(_filing(issue, case))
    return paper.content()


def _application(issue: Issue, case: Mapping[str, Any]) -> list[tuple[Text, Any]]:
    row = issue.row_of(case)
    return [
        (Text("申请单位", "Applicant"), BLANK),
        (Text("申请事项", "Matter"), matter_of(case)),
        (Text("现用名称", "Present name"), old_name_of(case)),
        (Text("拟用名称", "Name applied for"), open_field(given_name(case, row))),
        (Text("拟用名称拼音", "Its pinyin"), spelling_of(issue, case, given_name(case, row))),
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
    return [f"现用名称不规范（{kind_of(case)}）。", *said] if said else [BLANK]


def sizes_of(row: Mapping[str, Any]) -> list[str]:
    """Write the sizes the register knows; the others are open fields."""
    return [
        f"{label}：{row[field]:,.10g} {unit}" if field in row else f"{label}：{BLANK}"
        for field, (label, unit) in _SIZES.items()
    ]


def matter_of(case: Mapping[str, Any]) -> str:
    """Tick what is applied for: a new name for one in use, or a name where there was none; else leave it open."""
    if category_of(case) == "有地无名":
        return "☑ 命名　　□ 更名"
    renamed = case.get("new_name") or step_day(case, "renamed", "renamed")
    return "□ 命名　　☑ 更名" if renamed else "□ 命名　　□ 更名"


def _filing(issue: Issue, case: Mapping[str, Any]) -> list[tuple[Text, Any]]:
    row, new = issue.row_of(case), given_name(case, issue.row_of(case))
    renamed, filed = step_day(case, "renamed", "renamed"), step_day(case, "filed", "filed")
    return [
        (Text("批准名称", "Approved name"), open_field(new)),
        (Text("汉语拼音", "Pinyin"), spelling_of(issue, case, new)),
        (Text("曾用名称", "Former name"), old_name_of(case)),
        (Text("批准机关", "Approved by"), BLANK),
        (Text("批准文号", "Approval number"), open_field(row.get("approval") if renamed else None)),
        (Text("批准日期", "Approved on"), day_text(renamed).zh if renamed else BLANK),
        (
            Text("报送备案日期", "Filed on"),
            f"{day_text(filed).zh if filed else BLANK}（自批准之日起15日内，第十三条）",
        ),
        (Text("备案机关", "Filed with"), BLANK),
        (Text("公告日期", "Announced on"), f"{BLANK}（15日内，第十四条）"),
        (Text("地名主管部门意见", "Place-name authority"), _SEALED),
        (Text("批准机关意见", "Approving authority"), _SEALED),
    ]
