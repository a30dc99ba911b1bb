"""The register of markers: each row with its number taken apart, ready to be checked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from gis.boundaries.numbers import STRUCTURE_OF_TYPE, UNREADABLE, MarkerNumber, parse_marker_number
from layers.findings import Finding, Severity, unjudged
from layers.model import Layer
from layers.text import Text

CATEGORY = "界桩"
MARKERS = "boundary_marker"
LINES = "boundary_line"

NUMBERING = "GB/T 17796 界桩编号规则（据转引，标准原文未见）"
REGULATION = "《行政区域界线管理条例》（国务院令第353号）"
JOINT_INSPECTION = f"{REGULATION}：界线每5年联合检查一次；民政部令第28号第六条"
WORKING_VALUE = "工作阈值，未见标准条文，可在规范档案中修改"


@dataclass(frozen=True, slots=True)
class Marker:
    """One row of the register.

    Attributes
    ----------
    number
        What its written number says.
    line_number, serial, type_code
        From the written number, else from the columns of the register; None where neither tells.
    columns
        Those three as the columns have them.
    perhaps
        Line and serial that an incomplete number may stand for, or None.
    position
        Row of the layer's frame.
    """

    id: str
    name: str
    raw: str
    number: MarkerNumber
    line_number: str | None
    serial: int | None
    type_code: str | None
    columns: Mapping[str, str | int | None]
    perhaps: tuple[str, int] | None
    structure: str | None
    faces: int | None
    state: str | None
    last_inspected: date | None
    position: int

    @property
    def label(self) -> str:
        """What people call it: its number as written, else its name, else its id."""
        return self.raw or self.name or self.id


def register_of(markers: Layer, known_lines: Collection[str]) -> tuple[Marker, ...]:
    """Read a ``boundary_marker`` layer into markers, ordered by id so that row order changes nothing."""
    columns = markers.frame.drop(columns="geometry").astype("object")
    rows = columns.where(columns.notna(), None).to_dict("records")
    read = (_marker(row, position, known_lines) for position, row in enumerate(rows))
    return tuple(sorted(read, key=lambda marker: marker.id))


def _marker(row: Mapping[Any, Any], position: int, known_lines: Collection[str]) -> Marker:
    raw = row["raw_number"] or ""
    number = parse_marker_number(raw, known_lines=known_lines, structure=row["structure"])
    columns = {
        "line_number": row["line_number"],
        "serial": None if row["serial"] is None else int(row["serial"]),
        "type_code": row["type_code"],
    }
    return Marker(
        id=str(row["id"]),
        name=row["name"] or "",
        raw=raw,
        number=number,
        line_number=number.line_number or columns["line_number"],
        serial=columns["serial"] if number.serial is None else number.serial,
        type_code=number.type_code or columns["type_code"],
        columns=columns,
        perhaps=_perhaps(number),
        structure=row["structure"],
        faces=None if row["faces"] is None else int(row["faces"]),
        state=row["state"],
        last_inspected=None if row["last_inspected"] is None else pd.Timestamp(row["last_inspected"]).date(),
        position=position,
    )


def _perhaps(number: MarkerNumber) -> tuple[str, int] | None:
    if number.suggestion is None or number.serial is None or UNREADABLE in number.suggestion[:4]:
        return None
    return number.suggestion[:4], number.serial


def placed_in_series(register: Iterable[Marker]) -> Mapping[str, Mapping[int, tuple[Marker, ...]]]:
    """Group the markers whose line and serial are known: line number, then serial, both ascending."""
    series: dict[str, dict[int, list[Marker]]] = {}
    for marker in register:
        if marker.line_number is not None and marker.serial is not None:
            series.setdefault(marker.line_number, {}).setdefault(marker.serial, []).append(marker)
    return {
        line: {serial: tuple(group) for serial, group in sorted(serials.items())}
        for line, serials in sorted(series.items())
    }


def structure_of(marker: Marker) -> str | None:
    """Single, double or triple: what the type letter says, else what the register says."""
    return STRUCTURE_OF_TYPE.get(marker.type_code or "", marker.structure)


def about(
    marker: Marker,
    code: str,
    severity: Severity,
    message: Text,
    *,
    citation: str,
    evidence: Mapping[str, Any],
    subject: str = "",
) -> Finding:
    """Make a finding about one marker; its written number always stands in the evidence."""
    return Finding(
        code=f"boundaries.{code}",
        severity=severity,
        layer_id=MARKERS,
        feature_id=marker.id,
        feature_name=marker.label,
        message=message,
        citation=citation,
        category=CATEGORY,
        subject=subject,
        evidence={"number": marker.raw, **evidence},
    )


def unknown(code: str, layer_id: str, message: Text, *, subject: str = "", **evidence: Any) -> Finding:  # noqa: ANN401
    """Say that something could not be checked: unknown is not clear."""
    return unjudged(f"boundaries.{code}", layer_id, message, category=CATEGORY, subject=subject, **evidence)
