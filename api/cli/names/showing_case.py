"""One case on the screen: what was found on the name, what was done, what can be done."""

from collections.abc import Mapping
from typing import Any

from api.cli.language import chosen, picked, said
from api.cli.output import give_table, remark
from api.written import local_minute
from layers.text import Text, joined

_OUTCOMES: Mapping[str, Text] = {
    "applies": Text("（适用）", " (applies)"),
    "does-not-apply": Text("（不适用）", " (does not apply)"),
    "unknown": Text("（不明）", " (unknown)"),
}


def show(detail: Mapping[str, Any]) -> None:
    """Print a case for a reader."""
    lang = chosen()
    remark(_title(detail))
    give_table(_finding_header(), [_finding_row(one) for one in detail["findings"]])
    if detail["history"]:
        give_table(step_header(), step_rows(detail))
    can = joined(f"{one['id']} {one['label'][lang]}" for one in detail["actions"])
    remark(said(f"现在可以：{can.zh}。", f"Possible now: {can.en}."))


def step_header() -> list[str]:
    """Head the columns of ``step_rows``."""
    return said("步 办理 状态 经办人 日期 记入时间 说明", "Step Action State Who On Entered Note").split()


def step_rows(detail: Mapping[str, Any]) -> list[list[object]]:
    """Give the steps of a case, one row each; when they were entered is local time."""
    return [
        [
            one["seq"],
            picked(one["label"]),
            picked(one["to_label"]),
            one["who"],
            one["on"],
            local_minute(one["at"]),
            one["note"],
        ]
        for one in detail["history"]
    ]


def _title(detail: Mapping[str, Any]) -> str:
    name = " → ".join(one for one in (detail["name"], detail["new_name"]) if one)
    called = "  ".join(one for one in (detail["id"], detail["number"], name) if one)
    clocks = "; ".join(said_ for one in detail["clocks"] if (said_ := _clock(one)))
    return f"{called}  [{picked(detail['state_label'])}]  v{detail['version']}  {clocks}".rstrip()


def _clock(one: Mapping[str, Any]) -> str:
    """Say when something is due, or that it was done late; nothing of what was done in time."""
    label, due = picked(one["label"]), one["due"] or said("期限不明", "limit unknown")
    if one["late"]:
        done = one["done_on"]
        return said(f"{label} {due}（{done} 逾期办结）", f"{label} {due} (done late, {done})")
    if one["done_on"]:
        return ""
    return f"{label} {due}{said('（逾期）', ' (overdue)') if one['overdue'] else ''}"


def _finding_header() -> list[str]:
    return said(
        "程度 类别 问题 已考虑的例外 已排除 依据", "Severity Category Found Exceptions Dismissed Citation"
    ).split()


def _exceptions(finding: Mapping[str, Any]) -> list[str]:
    """Give each exception considered with how it came out; the outcomes stand in the evidence, in the same order."""
    outcomes = [one.get("outcome", "") for one in finding["evidence"].get("exceptions", ())]
    padded = [*outcomes, *[""] * len(finding["exceptions"])]
    return [
        f"{picked(text)}{_OUTCOMES[outcome].pick(chosen()) if outcome in _OUTCOMES else ''}"
        for text, outcome in zip(finding["exceptions"], padded, strict=False)
    ]


def _finding_row(one: Mapping[str, Any]) -> list[str]:
    from layers.findings import SEVERITY_LABELS, Severity

    return [
        picked(SEVERITY_LABELS[Severity(one["severity"])]),
        one["category"],
        picked(one["message"]),
        said("；", "; ").join(_exceptions(one)),
        "✓" if one["dismissed"] else "",
        one["citation"],
    ]
