"""The condition of markers and the five-year clock of joint inspections."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from gis.boundaries.register import (
    CATEGORY,
    JOINT_INSPECTION,
    LINES,
    MARKERS,
    REGULATION,
    Marker,
    about,
    unknown,
)
from gis.boundaries.tolerances import Tolerances
from layers.findings import Finding, Severity
from layers.model import Layer
from layers.text import Text, counted

_STATES: Mapping[str, tuple[Severity, Text]] = {
    "lost": (
        Severity.ERROR,
        Text(
            "已丢失。请会同毗邻方按登记表原位恢复",
            "is lost: put it back where the register says, with the other side",
        ),
    ),
    "damaged": (
        Severity.ERROR,
        Text("已损坏。请会同毗邻方修复", "is damaged: repair it in the presence of the other side"),
    ),
    "moved": (
        Severity.ERROR,
        Text(
            "已移位。任何一方不得擅自移动，请会同毗邻方恢复原位",
            "has moved: nobody may move a marker alone; put it back with the other side",
        ),
    ),
    "relocated": (
        Severity.REVIEW,
        Text(
            "已迁移。请核对双方测绘资料和备案，并更新登记表",
            "was relocated: see that the joint survey was filed and the register follows",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class _Clock:
    on: date
    years: int

    @property
    def due_since(self) -> date:
        """Inspections before this day are due again."""
        return (pd.Timestamp(self.on) - pd.DateOffset(years=self.years)).date()


def check_condition(register: Sequence[Marker]) -> list[Finding]:
    """Report markers that are lost, damaged, moved or relocated, and how many have no recorded condition."""
    found = [finding for marker in register for finding in _condition(marker)]
    return found + unrecorded(register, "state", Text("完好状况", "condition"))


def _condition(marker: Marker) -> Iterator[Finding]:
    if (known := _STATES.get(marker.state or "")) is None:
        return
    severity, what = known
    message = Text(f"界桩“{marker.label}”{what.zh}。", f"Marker {marker.label!r} {what.en}.")
    citation = f"{REGULATION}第六条"
    evidence = {"state": marker.state}
    yield about(marker, f"state-{marker.state}", severity, message, citation=citation, evidence=evidence)


def check_inspections(
    register: Sequence[Marker], lines: Layer | None, on: date, tolerances: Tolerances
) -> list[Finding]:
    """Report lines and markers whose last joint inspection is more than the allowed years before ``on``.

    A marker without a date of its own counts as inspected with its line.
    """
    clock = _Clock(on, tolerances.inspection_years)
    of_lines = _line_dates(lines)
    found = _overdue_lines(lines, clock)
    undated = []
    for marker in register:
        last = marker.last_inspected or of_lines.get(marker.line_number or "")
        if last is None:
            undated.append(marker.id)
        elif marker.last_inspected is not None and last < clock.due_since:
            found.append(_overdue_marker(marker, last, clock, of_lines.get(marker.line_number or "")))
    if undated:
        found.append(_undated(undated, MARKERS, Text("界桩", "markers")))
    return found


def _line_dates(lines: Layer | None) -> Mapping[str, date]:
    """Give the oldest inspection date among the features of each line number; undated features leave it out."""
    if lines is None:
        return {}
    dates = lines.frame[["line_number", "last_inspected"]].dropna(subset=["line_number"])
    oldest = (
        dates.groupby("line_number")["last_inspected"].agg(lambda given: given.min(skipna=False)).dropna()
    )
    return {str(number): pd.Timestamp(given).date() for number, given in oldest.items()}


def _overdue_lines(lines: Layer | None, clock: _Clock) -> list[Finding]:
    if lines is None:
        return [
            unknown(
                "lines-missing",
                LINES,
                Text(
                    "没有“行政区域界线”图层，无法判断界线联检是否逾期。请导入：fangyu import boundary_line 文件名。",
                    "There is no boundary_line layer, so overdue inspections of lines are unknown."
                    " Import one: fangyu import boundary_line FILE.",
                ),
                subject="inspection",
            )
        ]
    frame = lines.frame.sort_values("id")
    late = frame[frame["last_inspected"] < pd.Timestamp(clock.due_since)]
    found = [_overdue_line(row, clock) for row in late.drop(columns="geometry").to_dict("records")]
    undated = frame.loc[frame["last_inspected"].isna(), "id"].astype(str).tolist()
    return [*found, _undated(undated, LINES, Text("界线", "lines"))] if undated else found


def _overdue_line(row: Mapping[object, object], clock: _Clock) -> Finding:
    last = pd.Timestamp(str(row["last_inspected"])).date()
    message = Text(
        f"界线“{row['name']}”上次联检在{last}，已超过{clock.years}年。请与毗邻方安排联合检查。",
        f"Line {row['name']} was last inspected jointly on {last}, more than {clock.years} years ago:"
        " arrange the next inspection with the other side.",
    )
    return Finding(
        code="boundaries.line-inspection-overdue",
        severity=Severity.ERROR,
        layer_id=LINES,
        feature_id=str(row["id"]),
        feature_name=str(row["name"]),
        message=message,
        citation=JOINT_INSPECTION,
        category=CATEGORY,
        evidence={"line_number": row["line_number"], "last_inspected": str(last), "on": str(clock.on)},
    )


def _overdue_marker(marker: Marker, last: date, clock: _Clock, line_inspected: date | None) -> Finding:
    message = Text(
        f"界桩“{marker.label}”上次检查在{last}，已超过{clock.years}年。请列入下次联检。",
        f"Marker {marker.label!r} was last inspected on {last}, more than {clock.years} years ago:"
        " put it on the list of the next inspection.",
    )
    return about(
        marker,
        "inspection-overdue",
        Severity.SUSPECT,
        message,
        citation=JOINT_INSPECTION,
        evidence={
            "last_inspected": str(last),
            "line_last_inspected": None if line_inspected is None else str(line_inspected),
            "on": str(clock.on),
        },
    )


def _undated(ids: Sequence[str], layer_id: str, what: Text) -> Finding:
    return unknown(
        "inspection-unknown",
        layer_id,
        Text(
            f"{len(ids)}个{what.zh}没有联检日期，无法判断是否逾期。请补录“最近联检日期”。",
            f"{len(ids)} {what.en} have no inspection date, so overdue or not is unknown. Add last_inspected.",
        ),
        count=len(ids),
        ids=list(ids[:20]),
    )


def unrecorded(register: Sequence[Marker], field: str, label: Text) -> list[Finding]:
    """Say in one finding how many markers lack a field that a check needs; nothing when none does."""
    ids = [marker.id for marker in register if getattr(marker, field) is None]
    if not ids:
        return []
    message = Text(
        f"{len(ids)}个界桩没有登记{label.zh}，相应检查无法进行。请补录“{label.zh}”。",
        f"{counted(len(ids), 'marker has', 'markers have')} no recorded {label.en}, so it cannot be checked. "
        f"Add the field {field}.",
    )
    return [unknown("field-unknown", MARKERS, message, subject=field, count=len(ids), ids=ids[:20])]
