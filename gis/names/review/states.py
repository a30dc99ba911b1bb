"""The way of a case as data: states, actions, reasons, and what each action needs.

疑似 → 核实 → 认定 or 排除 → 论证 → 公示 → (异议 → 复核) → 整改通知 → 更名或恢复标准名 → 换牌改图改证 → 备案公告 → 归档.
The default is not to rename: 可改可不改的不改.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from layers.errors import InputError
from layers.text import Text


class State(StrEnum):
    """Where a case stands, in the order of the way."""

    SUSPECTED = "suspected"
    VERIFYING = "verifying"
    CONFIRMED = "confirmed"
    EXCLUDED = "excluded"
    ARGUED = "argued"
    NOTICED = "noticed"
    OBJECTED = "objected"
    ORDERED = "ordered"
    RENAMED = "renamed"
    REPLACING = "replacing"
    FILED = "filed"
    ARCHIVED = "archived"


STATE_LABELS: Mapping[str, Text] = {
    State.SUSPECTED: Text("疑似", "Suspected"),
    State.VERIFYING: Text("核实", "Verifying"),
    State.CONFIRMED: Text("认定", "Confirmed"),
    State.EXCLUDED: Text("排除", "Excluded"),
    State.ARGUED: Text("论证", "Argued by experts"),
    State.NOTICED: Text("公示", "On public notice"),
    State.OBJECTED: Text("异议复核", "Objection under review"),
    State.ORDERED: Text("整改通知", "Rectification ordered"),
    State.RENAMED: Text("更名或恢复标准名", "Renamed or standard name restored"),
    State.REPLACING: Text("换牌改图改证", "Signs, maps and papers being replaced"),
    State.FILED: Text("备案公告", "Filed and announced"),
    State.ARCHIVED: Text("归档", "Archived"),
}
RECTIFIED = frozenset({State.RENAMED, State.REPLACING, State.FILED, State.ARCHIVED})
"""States of cases whose name has been put right (已整改)."""
CLOSED = frozenset({State.EXCLUDED, State.ARCHIVED})
"""States in which nothing is to be done unless something new is found."""

CATEGORIES = ("大", "洋", "怪", "重", "一地多名", "擅自命名", "有地无名", "用字", "标志")
"""What a case can be confirmed as."""

KEEP = "keep"
REASONS: Mapping[str, Text] = {
    "old_name": Text("老地名", "Old name"),
    "historic_religious": Text("历史宗教", "Historic or religious"),
    "trademark": Text("商标", "Trademark"),
    "approved": Text("已批准", "Approved"),
    "out_of_scope": Text("不在范围", "Out of scope"),
    "ethnic": Text("民族语译写", "Written from a minority language"),
    "commemorative": Text("纪念", "Commemorative"),
    KEEP: Text("可改可不改的不改", "May stay: what need not be changed is not changed"),
    "wrong_data": Text("资料有误", "The data were wrong"),
}
"""Why a name is let stand, by code."""

NEEDS: Mapping[str, Text] = {
    "reason": Text("排除原因", "a reason for exclusion"),
    "category": Text("认定类别", "a category"),
    "new_name": Text("新名称", "a new name"),
    "note": Text("说明", "a note"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that can be done to a case.

    Attributes
    ----------
    sources
        States in which it is possible.
    needs
        Keys of ``NEEDS`` that must be given.
    """

    id: str
    label: Text
    sources: frozenset[State]
    to: State
    needs: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return id, label, the state it leads to, and what it needs."""
        return {"id": self.id, "label": self.label._asdict(), "to": self.to.value, "needs": list(self.needs)}


def _action(name: str, label: Text, sources: str, to: State, *needs: str) -> Action:
    return Action(
        id=name, label=label, sources=frozenset(State(one) for one in sources.split()), to=to, needs=needs
    )


ACTIONS: Mapping[str, Action] = {
    one.id: one
    for one in (
        _action("verify", Text("开始核实", "Begin to verify"), "suspected", State.VERIFYING),
        _action("confirm", Text("认定", "Confirm"), "suspected verifying", State.CONFIRMED, "category"),
        _action(
            "exclude",
            Text("排除", "Exclude"),
            "suspected verifying confirmed argued objected",
            State.EXCLUDED,
            "reason",
        ),
        _action("argue", Text("论证", "Expert argument"), "confirmed", State.ARGUED),
        _action("notice", Text("公示", "Public notice"), "argued", State.NOTICED),
        _action("object", Text("提出异议", "Objection"), "noticed", State.OBJECTED, "note"),
        _action("uphold", Text("异议不成立，维持认定", "Uphold"), "objected", State.NOTICED),
        _action("withdraw", Text("异议成立，撤销认定", "Withdraw"), "objected", State.EXCLUDED, "reason"),
        _action("order", Text("整改通知", "Order rectification"), "noticed", State.ORDERED),
        _action("rename", Text("更名", "Rename"), "ordered renamed", State.RENAMED, "new_name"),
        _action("restore", Text("恢复标准名", "Restore the standard name"), "ordered", State.RENAMED),
        _action(
            "replace", Text("换牌改图改证", "Replace signs, maps, papers"), "renamed filed", State.REPLACING
        ),
        _action("file", Text("备案公告", "File and announce"), "renamed replacing", State.FILED),
        _action("archive", Text("归档", "Archive"), "filed replacing", State.ARCHIVED),
        _action(
            "reopen",
            Text("重新核实", "Reopen"),
            "confirmed excluded argued noticed objected ordered archived",
            State.VERIFYING,
            "note",
        ),
    )
}
"""Every action: from which states, to which state, with what."""


def possible_actions(state: str) -> tuple[Action, ...]:
    """List what can be done in a state, in the order of the way."""
    return tuple(one for one in ACTIONS.values() if state in one.sources)


def action_in(state: str, action: str) -> Action:
    """Return an action that is possible in a state.

    Raises
    ------
    InputError
        When there is no such action, or it is not possible now; names state, action and what is possible.
    """
    known = ACTIONS.get(action)
    if known is None:
        raise InputError(
            Text(f"没有“{action}”这个处理动作。", f"There is no action {action!r}."),
            Text(
                f"动作：{_listed(ACTIONS.values(), 'zh')}。", f"Actions: {_listed(ACTIONS.values(), 'en')}."
            ),
        )
    if state not in known.sources:
        where, can = STATE_LABELS[state], possible_actions(state)
        raise InputError(
            Text(
                f"“{where.zh}”状态下不能“{known.label.zh}”（{action}）。",
                f"{action} is not possible while the case is {state} ({where.en}).",
            ),
            Text(f"现在可以：{_listed(can, 'zh')}。", f"Possible now: {_listed(can, 'en')}."),
        )
    return known


def _listed(actions: Iterable[Action], lang: str) -> str:
    if lang == "en":
        return ", ".join(one.id for one in actions)
    return "、".join(f"{one.id} {one.label.zh}" for one in actions)


def machine_json() -> dict[str, Any]:
    """Return states, actions, reasons and categories with their labels, for whoever draws the buttons."""
    return {
        "states": [
            {
                "id": state.value,
                "label": STATE_LABELS[state]._asdict(),
                "rectified": state in RECTIFIED,
                "closed": state in CLOSED,
            }
            for state in State
        ],
        "actions": [
            one.as_json() | {"from": [state.value for state in State if state in one.sources]}
            for one in ACTIONS.values()
        ],
        "reasons": [{"id": code, "label": label._asdict()} for code, label in REASONS.items()],
        "categories": list(CATEGORIES),
    }
