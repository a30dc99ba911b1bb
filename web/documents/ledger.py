"""整改台账: where every case stands, the day of each step, and what is overdue."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from layers.text import Text
from web.documents.book import Book
from web.documents.grounds import given_name
from web.documents.issue import Issue
from web.documents.wording import INTERNAL, day_of, kind_of, reason_of, said_text, state_of, step_day, town_of

TITLE = Text("不规范地名整改台账", "Ledger of rectification")
_STEPS: Mapping[str, tuple[Text, tuple[str, ...]]] = {
    "verified": (Text("核实", "Verified"), ("verifying",)),
    "confirmed": (Text("认定", "Confirmed"), ("confirmed",)),
    "excluded": (Text("排除", "Excluded"), ("excluded",)),
    "argued": (Text("论证", "Argued"), ("argued",)),
    "noticed": (Text("公示", "Noticed"), ("noticed",)),
    "objected": (Text("异议复核", "Objection reviewed"), ("objected",)),
    "ordered": (Text("整改通知", "Ordered"), ("ordered",)),
    "renamed": (Text("更名", "Renamed"), ("renamed",)),
    "replaced": (Text("换牌", "Signs replaced"), ("replacing",)),
    "filed": (Text("备案", "Filed"), ("filed",)),
    "archived": (Text("归档", "Archived"), ("archived",)),
}
"""Step, its column, and the states it leads to; every date is that of the first time."""
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
    INTERNAL,
)


def ledger_book(issue: Issue) -> bytes:
    """Write the ledger; dates are cells of dates, so that the office can sort and filter."""
    book = Book(issue)
    heads = (*_BEFORE, *(head for head, _ in _STEPS.values()), *_AFTER)
    widths = (6, 18, 20, 12, 14, 16, 18, 14, *[12] * (1 + len(_STEPS)), 8, 36, 8, 16, 12, 14)
    book.sheet(TITLE, heads, [_row(issue, n, case) for n, case in enumerate(issue.cases, 1)], widths=widths)
    return book.content()


def _row(issue: Issue, number: int, case: Mapping[str, Any]) -> list[Any]:
    history = case.get("history") or []
    return [
        number,
        case.get("number"),
        case.get("name"),
        issue.class_of(case),
        town_of(case),
        kind_of(case),
        given_name(case, issue.row_of(case)) or None,
        state_of(case),
        day_of(case.get("opened_on")),
        *(step_day(case, step, *states) for step, (_, states) in _STEPS.items()),
        case.get("age_days"),
        "；".join(_clock(one) for one in case.get("clocks") or ()),
        _overdue(case),
        reason_of(case),
        history[-1].get("who") if history else "",
        case.get("id"),
    ]


def _clock(one: Mapping[str, Any]) -> str:
    """Write a limit: its last day, and whether it was kept."""
    due, done = day_of(one.get("due")), day_of(one.get("done_on"))
    return f"{said_text(one.get('label'))} {due.isoformat() if due else '期限未定'}{_kept(one, done)}"


def _kept(one: Mapping[str, Any], done: date | None) -> str:
    on = f"，{done.isoformat()} 办结" if done else ""
    if one.get("late"):
        return f"（逾期办结{on}）"
    if one.get("overdue"):
        return "（逾期）"
    return f"（{on.removeprefix('，')}）" if done else ""


def _overdue(case: Mapping[str, Any]) -> str:
    if case.get("overdue"):
        return "逾期"
    return "逾期办结" if any(one.get("late") for one in case.get("clocks") or ()) else "否"
