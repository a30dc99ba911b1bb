"""Work orders: one row for each sign, plate or road that needs something, in the order a crew can drive."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from gis.names.signs.checking import check_signs
from gis.names.signs.reported import PLATES, SIGNS
from gis.names.signs.routing import driving_order
from gis.names.signs.whereabouts import Spot, spots_of
from layers.findings import Finding, Severity
from layers.text import Text
from layers.workspace import Workspace

_WORTH_A_VISIT = (Severity.ERROR, Severity.SUSPECT, Severity.REVIEW)
OVERDUE, WRONG, TO_CHECK = 1, 2, 3
"""Priorities: overdue, very likely wrong, to be looked at."""
PRIORITY_LABELS: Mapping[int, Text] = {
    OVERDUE: Text("急", "urgent"),
    WRONG: Text("应办", "to do"),
    TO_CHECK: Text("待核", "to check"),
}
WORK_LABELS: Mapping[str, Text] = {
    "replace": Text("更换牌面", "replace the face"),
    "repair": Text("修复", "repair"),
    "set-up": Text("设置", "set up"),
    "renumber": Text("核对号码", "check the number"),
    "check": Text("现场核对", "check on site"),
}
_WORK = (
    ("set-up", {"setup-overdue", "road-unsigned"}),
    (
        "replace",
        {
            "old-name",
            "nonstandard-name",
            "generic-missing",
            "nonstandard-characters",
            "name-differs",
            "pinyin-letters",
            "pinyin-english",
            "plate-old-street",
        },
    ),
    ("repair", {"repair-overdue", "defect"}),
    ("renumber", {"plate-duplicate", "building-duplicate", "plate-side", "plate-order", "plate-number-form"}),
)
"""What a rule asks for, first match wins; every other rule asks for a look on site."""
_REPLACES = dict(_WORK)["replace"]
_NAME_OPEN = Text(
    "应写什么名称尚未确定，先不换牌：待该地名的案件认定、更名后再定。",
    "Which name is right is not decided, so nothing is replaced yet: wait for the case of the name.",
)


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """What one sign, plate or road needs.

    Attributes
    ----------
    number
        Position in the list, from 1: town by town, each in driving order.
    work
        Key of ``WORK_LABELS``.
    near
        Nearest named road or, without one, the village or community.
    old_text, right_text, right_pinyin
        As it stands, and as it should; ``""`` where not known: then nothing is replaced, only looked at.
        ``pinyin_unsure``: have the reading confirmed first.
    rules, keys
        Codes and keys of the findings it answers.
    due
        Last day, where one is known.
    """

    number: int
    layer_id: str
    feature_id: str
    work: str
    priority: int
    town: str
    near: str
    lon: float | None
    lat: float | None
    old_text: str
    right_text: str
    right_pinyin: str
    pinyin_unsure: bool
    why: tuple[Text, ...]
    rules: tuple[str, ...]
    keys: tuple[str, ...]
    due: date | None
    overdue: bool

    def as_json(self) -> dict[str, Any]:
        """Return the order as JSON values, labels in both languages."""
        return {
            "number": self.number,
            "layer": self.layer_id,
            "feature_id": self.feature_id,
            "work": self.work,
            "work_label": WORK_LABELS[self.work]._asdict(),
            "priority": self.priority,
            "priority_label": PRIORITY_LABELS[self.priority]._asdict(),
            "town": self.town,
            "near": self.near,
            "lon": self.lon,
            "lat": self.lat,
            "old_text": self.old_text,
            "right_text": self.right_text,
            "right_pinyin": self.right_pinyin,
            "pinyin_unsure": self.pinyin_unsure,
            "why": [one._asdict() for one in self.why],
            "rules": list(self.rules),
            "keys": list(self.keys),
            "due": self.due.isoformat() if self.due else None,
            "overdue": self.overdue,
        }


def work_orders(
    workspace: Workspace, findings: Iterable[Finding] | None = None, *, on: date | None = None
) -> list[WorkOrder]:
    """Turn findings about signs and plates into work orders.

    Parameters
    ----------
    findings
        Findings of ``check_signs``, perhaps without those a reviewer dismissed; made anew when not given. Notes and
        unknowns give no order.
    on
        The day the clocks are judged on; the workspace's own day when not given.

    Returns
    -------
    list of WorkOrder
        One for each feature, grouped by town (by name, unknown last), within a town the nearest next. Empty when
        nothing needs work.
    """
    found = check_signs(workspace, on=on) if findings is None else findings
    grouped = _by_feature(found)
    if not grouped:
        return []
    features = list(grouped)
    spots = spots_of(workspace, features)
    order = _route(features, spots)
    return [_order(number, features[at], grouped[features[at]], spots) for number, at in enumerate(order, 1)]


def _by_feature(findings: Iterable[Finding]) -> dict[tuple[str, str], list[Finding]]:
    grouped: dict[tuple[str, str], list[Finding]] = {}
    worth = (one for one in findings if one.severity in _WORTH_A_VISIT and one.feature_id)
    for finding in sorted(worth, key=lambda one: (one.layer_id, one.feature_id, one.code, one.key)):
        if finding.code.startswith("signs."):
            grouped.setdefault((finding.layer_id, finding.feature_id), []).append(finding)
    return grouped


def _route(features: Sequence[tuple[str, str]], spots: Mapping[tuple[str, str], Spot]) -> list[int]:
    """Put features into the order they are driven to: town by town, unknown town and place last."""
    towns: dict[str, list[int]] = {}
    for at, feature in enumerate(features):
        towns.setdefault(spots[feature].town, []).append(at)
    route: list[int] = []
    for town in sorted(towns, key=lambda name: (not name, name)):
        placed = [at for at in towns[town] if spots[features[at]].x is not None]
        xy = np.array([(spots[features[at]].x, spots[features[at]].y) for at in placed], dtype=float)
        route += [placed[one] for one in driving_order(xy.reshape(-1, 2))]
        route += [at for at in towns[town] if spots[features[at]].x is None]
    return route


def _order(
    number: int,
    feature: tuple[str, str],
    findings: Sequence[Finding],
    spots: Mapping[tuple[str, str], Spot],
) -> WorkOrder:
    layer_id, feature_id = feature
    spot = spots[feature]
    rules = tuple(dict.fromkeys(one.code for one in findings))
    evidence = {key: value for one in reversed(findings) for key, value in one.evidence.items()}
    due = evidence.get("due")
    waiting = [one for one in findings if _is_waiting(one)]
    doing = [one for one in findings if one not in waiting]
    overdue = any(one.evidence.get("overdue") is True for one in doing)
    return WorkOrder(
        number=number,
        layer_id=layer_id,
        feature_id=feature_id,
        work=_work([one.code for one in doing]),
        priority=_priority(doing, overdue=overdue),
        town=spot.town,
        near=spot.near,
        lon=spot.lon,
        lat=spot.lat,
        old_text=_old_text(layer_id, findings, evidence),
        right_text=str(evidence.get("right_text") or ""),
        right_pinyin=str(evidence.get("right_pinyin") or ""),
        pinyin_unsure=bool(evidence.get("right_pinyin_unsure")),
        why=(*(one.message for one in findings), *([_NAME_OPEN] if waiting else [])),
        rules=rules,
        keys=tuple(one.key for one in findings),
        due=date.fromisoformat(due) if isinstance(due, str) else None,
        overdue=overdue,
    )


def _is_waiting(finding: Finding) -> bool:
    """Tell whether a new face is asked for while nobody knows what to write on it."""
    return finding.code.removeprefix("signs.") in _REPLACES and not finding.evidence.get("right_text")


def _work(rules: Sequence[str]) -> str:
    codes = {rule.removeprefix("signs.") for rule in rules}
    return next((work for work, asking in _WORK if codes & asking), "check")


def _priority(findings: Sequence[Finding], *, overdue: bool) -> int:
    if overdue:
        return OVERDUE
    return WRONG if any(one.severity is not Severity.REVIEW for one in findings) else TO_CHECK


def _old_text(layer_id: str, findings: Sequence[Finding], evidence: Mapping[str, Any]) -> str:
    """Say what stands there now: the text with the pinyin that is wrong; nothing for a road without signs."""
    if layer_id not in {SIGNS, PLATES}:
        return ""
    spelt = evidence.get("sign_pinyin")
    return f"{findings[0].feature_name}{f' {spelt}' if spelt else ''}"
