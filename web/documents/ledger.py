"""整改台账: where every case stands, the day of each step, and what is overdue."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from layers.text import Text
from web.documents.book import Book
from web.documents.issue import Issue
from web.documents.wording import kind_of, reason_of, said_text, state_of, town_of

TITLE = Text("不规范地名整改台账", "Ledger of rectification")
_STEPS: Mapping[str, Text] = {
    "confirmed": Text("认定日期", "Confirmed"),
    "excluded": Text("排除日期", "Excluded"),
    "argued": Text("论证日期", "Argued"),
    "noticed": Text("公示日期", "Noticed"),
    "ordered": Text("整改通知日期", "Ordered"),
    "renamed": Text("更名日期", "Renamed"),
    "replacing": Text("换牌日期", "Signs replaced"),
    "filed": Text("备案公告日期", "Filed"),
    "archived": Text("归档日期", "Archived"),
}
_BEFORE = (
    Text("序号", "No."),
    Text("编号", "Case"),
    Text("名称", "Name"),
    Text("地名类别", "Class"),
    Text("镇（街道）", "Town"),
    Text("类型", "Kind"),
    Text("新名称", "New name"),
    Text("状态", "State"),
    Text("发现日期", "Found"),
)
_AFTER = (
    Text("历时（天）", "Age (days)"),
    Text("时限", "Time limits"),
    Text("是否逾期", "Overdue"),
    Text("排除理由", "Why excluded"),
    Text("最近经办", "Last step by"),
)


def ledger_book(issue: Issue) -> bytes:
    """Write the ledger; dates are cells of dates, so that the office can sort and filter."""
    book = Book(issue)
    heads = (*_BEFORE, *_STEPS.values(), *_AFTER)
    widths = (6, 14, 20, 12, 14, 16, 18, 14, *[12] * (1 + len(_STEPS)), 8, 30, 8, 16, 12)
    book.sheet(TITLE, heads, [_row(issue, n, case) for n, case in enumerate(issue.cases, 1)], widths=widths)
    return book.content()


def _row(issue: Issue, number: int, case: Mapping[str, Any]) -> list[Any]:
    history = case.get("history") or []
    days = {str(step.get("to")): day_of(step.get("on")) for step in history}
    return [
        number,
        case.get("id"),
        case.get("name"),
        issue.class_of(case),
        town_of(case),
        kind_of(case),
        case.get("new_name"),
        state_of(case),
        day_of(case.get("opened_on")),
        *(days.get(state) for state in _STEPS),
        case.get("age_days"),
        "；".join(_clock(one) for one in case.get("clocks") or ()),
        "逾期" if case.get("overdue") else "否",
        reason_of(case),
        history[-1].get("who") if history else "",
    ]


def _clock(one: Mapping[str, Any]) -> str:
    late = "（逾期）" if one.get("overdue") else ""
    return f"{said_text(one.get('label'))} {one.get('due', '')}{late}"


def day_of(value: Any) -> date | None:  # noqa: ANN401 - a JSON value
    """Return a day written as ISO 8601, or None."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
