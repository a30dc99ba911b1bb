"""Which units hold a facility, and which are assigned to one by its list of units served."""

import re

import numpy as np

from gis.coverage.supply import Supply
from gis.coverage.units import Units
from gis.kernels.arrays import Flags
from layers.text import Text, counted, joined

_ENDINGS = (
    "社区居民委员会",
    "社区居委会",
    "居民委员会",
    "村民委员会",
    "居委会",
    "村委会",
    "社区",
    "行政村",
    "村",
    "街道",
    "镇",
    "乡",
)
_SHOWN = 5


def holding_units(units: Units, supply: Supply, *, level: str) -> tuple[Flags, tuple[Text, ...]]:
    """Tell which units of a level hold at least one facility, by its unit code or else by where it stands."""
    located = (
        units.locate(supply.lon, supply.lat, supply.frame["unit_code"].tolist(), level)
        if "unit_code" in supply.frame
        else units.locate(supply.lon, supply.lat, [None] * len(supply), level)
    )
    holds = np.zeros(len(units.frame), bool)
    holds[located[located >= 0]] = True
    outside = int((located < 0).sum())
    if not outside:
        return holds, ()
    note = Text(
        f"{outside} 处设施不在任何单元内（在区外，或没有位置和村居代码）。",
        f"{counted(outside, 'facility lies', 'facilities lie')} in no unit (outside, or without location and "
        "unit code).",
    )
    return holds, (note,)


def assigned_units(units: Units, supply: Supply, *, level: str) -> tuple[Flags, tuple[Text, ...]]:
    """Tell which units of a level some facility lists as served, by code or by name.

    A unit above (a whole town) stands for all units in it. A name several units bear means the one nearest in the
    hierarchy to the facility's own unit; when that does not settle it, the entry is not counted and is reported.
    """
    assigned = np.zeros(len(units.frame), bool)
    unclear: list[str] = []
    if "served_units" not in supply.frame:
        return assigned, ()
    names = _names(units)
    homes = (
        units.coded(supply.frame["unit_code"].tolist())
        if "unit_code" in supply.frame
        else np.full(len(supply), -1)
    )
    for home, said in zip(homes, supply.frame["served_units"], strict=True):
        for entry in re.split(r"[;；、，,]", said or ""):
            if not entry.strip():
                continue
            found = _unit_called(entry.strip(), int(home), units, names)
            if found < 0:
                unclear.append(entry.strip())
            else:
                assigned |= _inside(units, found)
    assigned &= (units.frame["level"] == level).to_numpy(bool)
    return assigned, _unclear_note(unclear)


def _names(units: Units) -> dict[str, list[int]]:
    names: dict[str, list[int]] = {}
    for index, name in enumerate(units.frame["name"]):
        for form in {str(name), _stem(str(name))}:
            names.setdefault(form, []).append(index)
    return names


def _stem(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name[: -len(ending)]
    return name


def _unit_called(entry: str, home: int, units: Units, names: dict[str, list[int]]) -> int:
    by_code = int(units.coded([entry])[0])
    if by_code >= 0:
        return by_code
    candidates = names.get(entry) or names.get(_stem(entry)) or []
    if len(candidates) > 1 and home >= 0:
        above = {home, int(units.parent[home])} - {-1}
        near = [one for one in candidates if one == home or int(units.parent[one]) in above]
        candidates = near or candidates
    return candidates[0] if len(candidates) == 1 else -1


def _inside(units: Units, index: int) -> Flags:
    """Tell which units are the given one or below it."""
    inside = np.zeros(len(units.frame), bool)
    inside[index] = True
    for _ in range(4):
        inside |= (units.parent >= 0) & inside[units.parent]
    return inside


def _unclear_note(unclear: list[str]) -> tuple[Text, ...]:
    if not unclear:
        return ()
    distinct = sorted(set(unclear))
    shown = joined([*distinct[:_SHOWN], *(["…"] if len(distinct) > _SHOWN else [])])
    return (
        Text(
            f"服务村居中有 {len(distinct)} 个名称或代码对不上唯一的单元，没有计入：{shown.zh}。",
            f"{counted(len(distinct), 'name or code', 'names or codes')} among the units served fit no single "
            "unit and did not count: "
            f"{shown.en}.",
        ),
    )
