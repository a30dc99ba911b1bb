"""认定意见表: rule, evidence and exceptions considered, one table a case, with room for opinion, name and seal."""

from collections.abc import Mapping
from typing import Any

from layers.text import Text
from web.documents.book import Book
from web.documents.evidence import evidence_lines, rule_title
from web.documents.issue import Issue
from web.documents.paper import Paper
from web.documents.wording import (
    BLANK,
    INTERNAL,
    KINDS,
    category_of,
    findings_of,
    kind_of,
    number_of,
    numbered,
    place_of,
    principle_of,
    reason_of,
    said_text,
    severity_text,
    state_of,
)

TITLE = Text("不规范地名认定意见表", "Opinion on a suspected name")
NO_EXCEPTION = "未列出需要考虑的例外"
_SIGNED = "签名：　　　　　　　　　　日期：　　　　年　　月　　日"
_SEALED = "（盖章）　　　　　　　　　日期：　　　　年　　月　　日"


def recognition_paper(issue: Issue) -> bytes:
    """Write one form a case, each on a page of its own."""
    paper = Paper(issue)
    for index, case in enumerate(issue.cases):
        paper.title(TITLE, new_page=index > 0)
        paper.form(_form(issue, case))
    return paper.content()


def _form(issue: Issue, case: Mapping[str, Any]) -> list[tuple[Text, Any]]:
    return [
        (Text("编号", "Case"), number_of(case)),
        (Text("名称", "Name"), case.get("name")),
        (Text("地名类别", "Class"), issue.class_of(case)),
        (Text("位置", "Place"), place_of(case)),
        (Text("类型", "Kind"), kind_of(case)),
        (Text("适用规则", "Rule"), rules_of(case)),
        (Text("证据", "Evidence"), evidence_of(case)),
        (Text("已考虑的例外", "Exceptions considered"), exceptions_of(case)),
        (Text("条文依据", "Citation"), principle_of(case)),
        (Text("现状态", "State"), state_of(case)),
        (Text("认定意见", "Opinion"), opinion_of(case)),
        (Text("经办人", "Prepared by"), _SIGNED),
        (Text("审核人", "Reviewed by"), _SIGNED),
        (Text("单位意见", "Office"), ["", "", _SEALED]),
    ]


def rules_of(case: Mapping[str, Any]) -> list[str]:
    """Say rule by rule what it is about, what was found and how far it goes."""
    return numbered(_rule(one) for one in findings_of(case)) or [BLANK]


def _rule(one: Mapping[str, Any]) -> str:
    said = f"{said_text(one.get('message')).rstrip('。')}（{severity_text(one.get('severity'))}）"
    title = rule_title(str(one.get("code", "")))
    return f"{title}。{said}" if title else said


def evidence_of(case: Mapping[str, Any]) -> list[str]:
    """Give the evidence of every finding, numbered as the rules are."""
    lines = ["；".join(evidence_lines(one.get("evidence") or {})) for one in findings_of(case)]
    return [one for one in numbered(lines, empty="") if one] or [BLANK]


def exceptions_of(case: Mapping[str, Any]) -> list[str]:
    """Give the exceptions that were considered and how each came out, each once."""
    said = (said_text(text) for one in findings_of(case) for text in one.get("exceptions") or ())
    return list(dict.fromkeys(said)) or [NO_EXCEPTION]


def opinion_of(case: Mapping[str, Any]) -> list[str]:
    """Give the opinion as it was decided; boxes to tick while nobody decided."""
    if case.get("state") == "excluded":
        return [f"☑ 不认定为不规范地名，理由：{reason_of(case) or BLANK}"]
    if case.get("category"):
        return [f"☑ 认定为不规范地名，类型：{KINDS.get(category_of(case), Text(category_of(case), '')).zh}"]
    return [
        "□ 认定为不规范地名，类型：",
        "□ 不认定（老地名、历史宗教、商标、已批准、可改可不改等），理由：",
        "□ 需进一步核实：",
    ]


def recognition_book(issue: Issue) -> bytes:
    """Write the opinions as a workbook, one row a case."""
    book = Book(issue)
    heads = [*(label for label, _ in _form(issue, {})[:11]), INTERNAL]
    rows = [[*(value for _, value in _form(issue, case)[:11]), case.get("id")] for case in issue.cases]
    book.sheet(
        Text("认定意见表", "Opinions"),
        heads,
        rows,
        widths=(18, 20, 12, 26, 16, 44, 44, 40, 32, 12, 36, 14),
    )
    return book.content()
