"""Stock: places of other services and the like that could be converted, each place once."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import KDTree

from gis.coverage.next_sites.candidates import Candidates, of_layer, plane, together
from gis.coverage.situation import Situation
from gis.coverage.supply import in_service
from gis.kernels.arrays import Floats, Ints
from layers.errors import NotFoundError
from layers.text import Text, counted, joined

if TYPE_CHECKING:
    from layers.workspace import Workspace

_Source = tuple[str, tuple[str, ...]]
_GATHERING = ("community_centre",)
_SOURCES: Mapping[str, tuple[_Source, ...]] = {
    "meal_point": (
        ("care_facility", ()),
        ("point_of_interest", ("restaurant", *_GATHERING)),
        ("shelter", ()),
    ),
    "care_facility": (("meal_point", ()), ("point_of_interest", _GATHERING), ("shelter", ())),
    "shelter": (("point_of_interest", ("school", *_GATHERING)), ("care_facility", ())),
}
_ANY: tuple[_Source, ...] = (("care_facility", ()), ("point_of_interest", _GATHERING), ("shelter", ()))
"""Layers, and kinds of place in them (all when empty), for other services."""
_SAME_PLACE_M = 20.0


def stock_of(workspace: "Workspace", here: Situation, *, holds: str | None, cost: str | None) -> Candidates:
    """Take stock in service that could be converted to the service asked about.

    Places within 20 m of each other are one, the first source counts; so does a place where a facility of the service
    stands already.

    Raises
    ------
    NotFoundError
        When none of the layers has data.
    """
    sources = list(_SOURCES.get(here.plan.request.layer_id, _ANY))
    present = [one for one in sources if workspace.layer_or_none(one[0]) is not None]
    if not present:
        names = joined(one for one, _ in sources)
        raise NotFoundError(
            Text(
                f"没有可利用的存量：{names.zh} 都没有数据。",
                f"There is no stock: none of {names.en} has data.",
            ),
            Text("先导入其中之一，或用 --candidates grid。", "Import one of them, or use --candidates grid."),
        )
    parts = []
    for layer_id, kinds in present:
        layer = workspace.layer(layer_id)
        rows = in_service(layer.frame, on=here.plan.on)
        rows = rows & layer.frame["kind"].isin(kinds).to_numpy(bool) if kinds else rows
        parts.append(of_layer(layer, holds=holds, cost=cost, rows=rows, stock=True))
    pool = together(parts)
    kept = _once(pool, here.supply.lon, here.supply.lat)
    lost = len(pool) - len(kept)
    missing = [one for one, _ in sources if one not in {two for two, _ in present}]
    return pool.taken(kept, *_notes(lost, missing))


def _once(pool: Candidates, lon: Floats, lat: Floats) -> Ints:
    """Return the first of every place, and none where a facility stands."""
    if not len(pool):
        return np.empty(0, np.int64)
    stands = np.isfinite(lon)
    x, y = plane(np.concatenate([lon[stands], pool.lon]), np.concatenate([lat[stands], pool.lat]))
    kept = np.ones(len(x), bool)
    pairs = KDTree(np.column_stack([x, y])).query_pairs(_SAME_PLACE_M)
    standing = int(stands.sum())
    for first, second in sorted((min(one), max(one)) for one in pairs):
        if kept[first] and second >= standing:
            kept[second] = False
    return np.flatnonzero(kept[standing:])


def _notes(lost: int, missing: list[str]) -> list[Text]:
    notes = [
        Text(
            "候选点含存量场所（其他服务的设施、餐馆、社区中心等）；能否改用、是否持证，要实地核实。",
            "Candidates include stock (facilities of other services, restaurants, community centres); whether one can "
            "be converted or is licensed has to be checked on the ground.",
        )
    ]
    if lost:
        notes.append(
            Text(
                f"{lost} 个存量场所与另一处同址（20 米内），没有重复计入。",
                f"Not counted twice: {counted(lost, 'place')} of stock within 20 m of another.",
            )
        )
    if missing:
        notes.append(
            Text(
                f"没有数据、因此不知道的存量图层：{'、'.join(missing)}。",
                f"Layers of stock without data, so unknown: {', '.join(missing)}.",
            )
        )
    return notes
