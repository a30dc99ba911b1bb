"""A layer of facilities as it would stand after changes; what contradicts itself is refused."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from gis.coverage.changes import ACTION_LABELS, Action, Change
from gis.kernels.arrays import Flags
from layers.errors import InputError, NotFoundError
from layers.model import Field, Kind
from layers.text import Text

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.model import Layer, LayerSpec

DATES = ("opened_on", "suspended_on", "resumed_on", "closed_on")
_OPERATING = "operating"
_FAR_KM, _KM_PER_DEGREE = 100.0, 111.2
_ALONE: tuple[Action, ...] = ("close", "add")


@dataclass(frozen=True, slots=True)
class Changed:
    """A layer after changes.

    Attributes
    ----------
    frame
        Every row the layer had, in its order, moved, opened and resized ones as they would be.
    closed
        Which of these rows are closed.
    added
        Rows that are new.
    """

    frame: "gpd.GeoDataFrame"
    closed: Flags
    added: "gpd.GeoDataFrame"


def changed(layer: "Layer", changes: Sequence[Change]) -> Changed:
    """Apply changes to a layer; the layer itself stays as it is.

    Raises
    ------
    InputError
        When changes contradict each other, an id to be added is taken, an amount is no count of the layer, or a place
        lies more than 100 km outside the facilities there are.
    NotFoundError
        When a facility to be moved, closed, opened or resized is not in the layer.
    """
    check_together(changes)
    rows = _rows_of(layer, changes)
    _check_places(layer, changes)
    frame = layer.frame.copy(deep=False)
    closed = np.zeros(len(frame), bool)
    closed[[rows[one.id] for one in changes if one.action == "close"]] = True
    _open(frame, [rows[one.id] for one in changes if one.action == "open"])
    _move(frame, {rows[one.id]: one for one in changes if one.action == "move"})
    _resize(layer.spec, frame, {rows[one.id]: one for one in changes if one.action == "resize"})
    return Changed(frame, closed, _added(layer, [one for one in changes if one.action == "add"]))


def check_together(changes: Sequence[Change]) -> None:
    """Refuse changes that contradict each other; raises InputError naming the facility.

    One facility may be moved, opened and resized, each once; one that is added or closed takes no other change.
    """
    done: dict[str, list[Action]] = {}
    for one in changes:
        before = done.setdefault(one.id, [])
        if one.action in before:
            raise InputError(
                Text(
                    f"{one.id} 写了两次{ACTION_LABELS[one.action].zh}。",
                    f"{one.id} is given {one.action} twice.",
                ),
                Text("请只留一次。", "Keep one of them."),
            )
        before.append(one.action)
        if len(before) > 1 and set(before) & set(_ALONE):
            said = "、".join(ACTION_LABELS[one].zh for one in before)
            raise InputError(
                Text(f"对 {one.id} 的变动互相矛盾：{said}。", f"Changes to {one.id} contradict each other: "
                     f"{', '.join(before)}."),
                Text(
                    "新增和关停不能与其他变动并用；新增的设施请直接写最终位置和数量。",
                    "A facility that is added or closed takes no other change; give an added one its final place.",
                ),
            )  # fmt: skip


def _rows_of(layer: "Layer", changes: Sequence[Change]) -> dict[str, int]:
    """Find the rows of the facilities changed, and that those added are new."""
    wanted = {one.id for one in changes}
    if not wanted:
        return {}
    ids = layer.frame["id"]
    at = np.flatnonzero(ids.isin(wanted).to_numpy(bool))
    rows = {str(ids.iloc[one]): int(one) for one in at}
    for one in changes:
        if one.action == "add" and one.id in rows:
            raise InputError(
                Text(
                    f"编号 {one.id} 已被图层 {layer.id} 里的设施使用，不能新增。",
                    f"Id {one.id} is taken in layer {layer.id}: it cannot be added.",
                ),
                Text(
                    "请换一个编号，或改用迁移（--move）、改规模（--resize）。",
                    "Choose another id, or use move or resize.",
                ),
            )
        if one.action != "add" and one.id not in rows:
            raise NotFoundError(
                Text(
                    f"图层 {layer.id} 里没有编号为 {one.id} 的设施，不能{ACTION_LABELS[one.action].zh}。",
                    f"Layer {layer.id} has no facility {one.id} to {one.action}.",
                ),
                Text("编号见图层的 id 列。", "Ids are in the id column of the layer."),
            )
    return rows


def _check_places(layer: "Layer", changes: Sequence[Change]) -> None:
    """Refuse places far from every facility of the layer: mistyped or swapped; raises InputError."""
    bounds = layer.frame.total_bounds
    if not len(layer.frame) or not np.isfinite(bounds).all():
        return
    west, south, east, north = bounds.tolist()
    for one in changes:
        if one.lon is None or one.lat is None:
            continue
        north_km = max(south - one.lat, one.lat - north, 0.0) * _KM_PER_DEGREE
        level = math.cos(math.radians(min(abs(one.lat), 89.0)))
        away = math.hypot(north_km, max(west - one.lon, one.lon - east, 0.0) * _KM_PER_DEGREE * level)
        if away > _FAR_KM:
            raise InputError(
                Text(f"{one.id} 的位置 {one.lon:g},{one.lat:g} 离图层里的设施约 {away:,.0f} 公里，不像在本辖区。",
                     f"The place of {one.id}, {one.lon:g},{one.lat:g}, is some {away:,.0f} km from the facilities of "
                     "the layer: outside the district, it seems."),
                Text(f"请核对经纬度（设施在 {west:.3f}–{east:.3f}，{south:.3f}–{north:.3f}）。",
                     f"Check the coordinates (facilities lie in {west:.3f}–{east:.3f}, {south:.3f}–{north:.3f})."),
            )  # fmt: skip


def _open(frame: "gpd.GeoDataFrame", rows: list[int]) -> None:
    if not rows:
        return
    for name in ("state", *DATES):
        if name in frame:
            column = frame[name].copy()
            column.iloc[rows] = _OPERATING if name == "state" else pd.NaT
            frame[name] = column


def _move(frame: "gpd.GeoDataFrame", to: Mapping[int, Change]) -> None:
    """Put facilities elsewhere; the unit they said they were in no longer holds."""
    if not to:
        return
    shapes = np.array(frame.geometry.to_numpy(), dtype=object)
    for row, one in to.items():
        shapes[row] = shapely.Point(one.lon, one.lat)
    frame["geometry"] = type(frame.geometry)(shapes, index=frame.index, crs=frame.crs)
    if "unit_code" in frame:
        codes = frame["unit_code"].copy()
        codes.iloc[list(to)] = None
        frame["unit_code"] = codes


def _resize(spec: "LayerSpec", frame: "gpd.GeoDataFrame", to: Mapping[int, Change]) -> None:
    for row, one in to.items():
        if not one.amounts:
            raise InputError(
                Text(f"resize {one.id} 没有写数量。", f"resize {one.id} names no amount."),
                Text("写法：编号;beds=60", "Write: id;beds=60"),
            )
        for name, value in _amounts(spec, one).items():
            column = frame[name].copy()
            column.iloc[row] = value
            frame[name] = column


def _added(layer: "Layer", changes: Sequence[Change]) -> "gpd.GeoDataFrame":
    """Make rows of the facilities added, every column of the type the layer keeps it in."""
    none = layer.frame.iloc[:0]
    if not changes:
        return none
    known = set(layer.spec.field_names)
    told = [
        {
            "id": one.id,
            **({"name": one.name or None} if "name" in known else {}),
            **({"state": _OPERATING} if "state" in known else {}),
            **_amounts(layer.spec, one),
        }
        for one in changes
    ]
    columns = {
        field.name: pd.array([row.get(field.name) for row in told], dtype=none[field.name].dtype)
        for field in layer.spec.fields
    }
    places = shapely.points([[one.lon, one.lat] for one in changes])
    return type(none)(columns, geometry=places, crs=none.crs)


def _amounts(spec: "LayerSpec", change: Change) -> dict[str, Any]:
    return {name: _amount(spec, change.id, name, value) for name, value in change.amounts}


def _amount(spec: "LayerSpec", id_: str, name: str, value: float) -> float | int:
    counts = countable(spec)
    field = next((one for one in counts if one.name == name), None)
    if field is None:
        names = [one.name for one in counts]
        raise InputError(
            Text(f"{id_} 的 {name} 不是图层 {spec.id} 的数量字段。",
                 f"{name} of {id_} is no amount of layer {spec.id}."),
            Text(f"可用：{'、'.join(names) or '无'}。", f"Use one of: {', '.join(names) or 'none'}."),
        )  # fmt: skip
    too_much = field.maximum is not None and value > field.maximum
    if too_much or (field.kind is Kind.INT and not float(value).is_integer()):
        raise InputError(
            Text(f"{id_} 的 {name} 不能是 {value:g}。", f"{name} of {id_} cannot be {value:g}."),
            Text("请写整数，且不超过上限。", "Give a whole number not above the bound of the field."),
        )
    return int(value) if field.kind is Kind.INT else value


def countable(spec: "LayerSpec") -> tuple[Field, ...]:
    """Give the fields of a layer that say how much a facility holds: numbers from zero upwards."""
    return tuple(one for one in spec.fields if one.kind in {Kind.INT, Kind.FLOAT} and one.minimum == 0)
