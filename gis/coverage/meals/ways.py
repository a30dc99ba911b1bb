"""Minutes between kitchens, points and homes: driving, walking, and by e-bike."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from gis.coverage.homes import homes_of
from gis.coverage.meals.numbers import MealNumbers
from gis.coverage.meals.sites import MealSites
from gis.coverage.situation import Situation, travel_m
from gis.kernels.arrays import Floats
from gis.network import Network, workspace_network
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Minutes: kitchens to points (k, c), home to table (i, c), point to door (i, c), within their limits."""

    supply: Floats
    eat_in: csr_matrix
    delivery: csr_matrix
    assumptions: tuple[Text, ...]


def ways_of(
    workspace: "Workspace", here: Situation, kitchens: MealSites, points: MealSites, numbers: MealNumbers,
    *, relink: bool,
) -> Ways:  # fmt: skip
    """Measure; without roads straight distances count as longer by the detour factor."""
    notes: list[Text] = [] if here.network is not None else [_straight(numbers)]
    drive, ride = (_network(workspace, here, mode, notes) for mode in ("drive", "e-bike"))
    walk_m = numbers.eat_in_min * 60.0 * numbers.walk_m_s
    ride_m = numbers.delivery_m or (numbers.delivery_min or 0.0) * 60.0 * numbers.e_bike_m_s
    eat = _metres(here, here.network, points, walk_m, numbers, towards=True)
    door = _metres(here, ride, points, ride_m, numbers, towards=False)
    to_points = replace(
        here, demand=replace(here.demand, lon=points.lon, lat=points.lat, weight=np.ones(len(points)))
    )
    drive_m = numbers.hot_minutes * 60.0 * numbers.drive_m_s
    brought = _metres(to_points, drive, kitchens, drive_m, numbers, towards=False)
    return Ways(
        supply=_allowed(_dense(brought) / (60.0 * numbers.drive_m_s), points, relink=relink),
        eat_in=_scaled(eat.T.tocsr(), 1.0 / (60.0 * numbers.walk_m_s)),
        delivery=_scaled(_columns(door.T.tocsr(), points.delivers), 1.0 / (60.0 * numbers.e_bike_m_s)),
        assumptions=(*notes, *_said(numbers, walk_m, ride_m)),
    )


def _network(workspace: "Workspace", here: Situation, mode: str, notes: list[Text]) -> Network | None:
    if here.network is None:
        return None
    found = workspace_network(workspace, mode)
    if found is None:
        words = Text("驾车", "driving") if mode == "drive" else Text("骑行", "riding")
        notes.append(
            Text(f"没有可{words.zh}的路网，{words.zh}沿步行路网按其速度计。",
                 f"There is no network for {words.en}: it follows the walking network at its own speed.")
        )  # fmt: skip
    return found or here.network


def _metres(
    here: Situation,
    network: Network | None,
    sites: MealSites,
    limit_m: float,
    numbers: MealNumbers,
    *,
    towards: bool,
) -> csr_matrix:
    """Return metres (sites, demand) along a network, or straight ones made longer by the detour factor."""
    longer = 1.0 if network is not None else numbers.detour
    asked = replace(here, network=network, homes=homes_of(here.demand, network, snap_max_m=here.snap_max_m))
    table = travel_m(asked, sites.lon, sites.lat, limit_m=limit_m / longer, towards=towards)
    return _scaled(table, longer)


def _scaled(table: csr_matrix, by: float) -> csr_matrix:
    return csr_matrix((table.data * by, table.indices, table.indptr), shape=table.shape)


def _columns(table: csr_matrix, kept: "np.typing.NDArray[np.bool_]") -> csr_matrix:
    """Return the table without the cells of the other columns; stored zeros stay stored."""
    rows = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    flags = kept[table.indices]
    ptr = np.concatenate([[0], np.cumsum(np.bincount(rows[flags], minlength=table.shape[0]))])
    return csr_matrix((table.data[flags], table.indices[flags], ptr), shape=table.shape)


def _dense(table: csr_matrix) -> Floats:
    dense = np.full(table.shape, np.inf)
    dense[np.repeat(np.arange(table.shape[0]), np.diff(table.indptr)), table.indices] = table.data
    return dense


def _allowed(minutes: Floats, points: MealSites, *, relink: bool) -> Floats:
    """Keep a point that names its kitchen to that kitchen, unless links are free."""
    allowed = minutes.copy()
    for point, kitchen in enumerate(points.kitchen.tolist()):
        if kitchen != -1 and not relink:
            own = allowed[kitchen, point] if kitchen >= 0 else np.inf
            allowed[:, point] = np.inf
            if kitchen >= 0:
                allowed[kitchen, point] = own
    return allowed


def _straight(numbers: MealNumbers) -> Text:
    return Text(
        f"没有可用的路网：路程按直线距离 × 绕行系数 {numbers.detour:g} 计，是近似。",
        f"There are no usable roads: ways are straight distances x detour factor {numbers.detour:g}, an approximation.",
    )


def _said(numbers: MealNumbers, walk_m: float, ride_m: float) -> tuple[Text, ...]:
    return (
        Text(
            f"堂食：步行 {numbers.eat_in_min:g} 分钟（{walk_m:,.0f} 米）以内；"
            f"送餐上门：电动自行车 {ride_m:,.0f} 米以内；"
            f"厨房到助餐点驾车 {numbers.drive_m_s:g} 米/秒；热食从厨房到餐桌或家门不超过 {numbers.hot_minutes:g} 分钟，"
            "不含装车、等候的时间。",
            f"At the table: within {numbers.eat_in_min:g} min on foot ({walk_m:,.0f} m); at the door: within "
            f"{ride_m:,.0f} m by e-bike; kitchens to points by car at {numbers.drive_m_s:g} m/s; hot for at most "
            f"{numbers.hot_minutes:g} min from kitchen to table or door, loading and waiting left out.",
        ),
    )
