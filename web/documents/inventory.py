"""排查清单: every name under review, one row a name."""

from collections.abc import Mapping
from typing import Any

from layers.text import Text, counted
from web.documents.book import Book
from web.documents.issue import Issue
from web.documents.paper import Paper
from web.documents.wording import (
    BLANK,
    KINDS,
    day_text,
    findings_of,
    position_of,
    principle_of,
    said_text,
    severity_text,
    state_of,
    town_of,
)

TITLE = Text("不规范地名排查清单", "List of suspected names")
_HEADS = (
    Text("序号", "No."),
    Text("名称", "Name"),
    Text("地名类别", "Class"),
    Text("镇（街道）", "Town"),
    Text("位置", "Place"),
    Text("疑似类型", "Suspected kind"),
    Text("发现的问题", "What was found"),
    Text("依据", "Citation"),
    Text("程度", "Severity"),
    Text("状态", "State"),
)
_WIDTHS = (6, 20, 12, 14, 26, 16, 44, 32, 8, 12)
_ON_PAPER = (0, 1, 2, 3, 5, 6, 9)
"""Columns of the printed list; the workbook has them all."""


def inventory_book(issue: Issue) -> bytes:
    """Write the list as a workbook."""
    book = Book(issue)
    book.sheet(TITLE, _HEADS, _rows(issue), widths=_WIDTHS)
    return book.content()


def inventory_paper(issue: Issue) -> bytes:
    """Write the list as a paper in landscape."""
    paper = Paper(issue, landscape=True)
    paper.title(TITLE)
    paper.text(
        Text(
            f"截至{day_text(issue.on).zh}，共排查出 {len(issue.cases)} 个。疑似不等于认定，可改可不改的不改。",
            f"{counted(len(issue.cases), 'name')} as of {issue.on.isoformat()}. Suspected is not confirmed.",
        )
    )
    paper.table(
        [_HEADS[at] for at in _ON_PAPER],
        [[row[at] for at in _ON_PAPER] for row in _rows(issue)],
        widths=[_WIDTHS[at] for at in _ON_PAPER],
    )
    return paper.content()


def _rows(issue: Issue) -> list[list[Any]]:
    return [
        [
            number,
            case.get("name"),
            issue.class_of(case),
            town_of(case),
            position_of(case),
            _kinds(case),
            [said_text(one.get("message")) for one in findings_of(case)] or BLANK,
            principle_of(case),
            severity_text(case.get("severity")),
            state_of(case),
        ]
        for number, case in enumerate(issue.cases, 1)
    ]


def _kinds(case: Mapping[str, Any]) -> str:
    return "；".join(KINDS[one].zh if one in KINDS else one for one in case.get("categories") or ()) or BLANK
