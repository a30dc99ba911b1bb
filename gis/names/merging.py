"""Segments of one road are one name, and lines of two names over each other are one road with two names."""

from collections import defaultdict
from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely import STRtree, buffer, get_type_id, intersection, length, line_interpolate_point

from layers.crs import to_metric

GAP_M = 60.0
"""Lines of one name this close are one road: dual carriageways and the gap at a junction."""

OVER_M = 5.0
"""Lines this close run over each other."""

OVER_SHARE = 0.8
"""Share of the shorter line that has to run over the other one; crossing and meeting lines share less."""

LEAST_OVER_M = 50.0
"""Shorter lines are left alone: a stub at a junction runs over whatever crosses there."""

OVERLAID = "overlaid_by"
"""Column that :func:`merged_roads` adds: names of the lines over a road, a tuple."""

_ONE_ABOVE_THE_OTHER = ("高架", "高速", "桥", "隧道", "立交", "匝道", "国道", "省道", "县道", "线", "环")
"""Roads that rightly share their ground with another: viaducts, bridges, tunnels, numbered highways."""

_LINES = (1, 5)


def merged_roads(frame: gpd.GeoDataFrame, *, gap_m: float = GAP_M) -> gpd.GeoDataFrame:
    """Keep one row for each road.

    Parameters
    ----------
    frame
        Rows with ``id``, ``name`` and ``geometry`` in storage CRS; rows that are no lines are kept as they are.
    gap_m
        Lines of the same name within this distance belong together, and so does everything they chain to.

    Returns
    -------
    geopandas.GeoDataFrame
        The row with the least id of each road, with that row's geometry and cells, and a further column
        ``overlaid_by``: the names of other roads whose lines run over any line of this one.
    """
    is_line = np.isin(get_type_id(frame.geometry.to_numpy()), _LINES)
    lines = frame[is_line].sort_values("id")
    if len(lines) < 2:  # noqa: PLR2004 - nothing to merge
        return frame
    shapes, names = to_metric(lines).geometry.to_numpy(), lines["name"].to_numpy()
    road = _road_numbers(shapes, names, gap_m)
    over = _names_over(shapes, names, road)
    _, first = np.unique(road, return_index=True)
    first = np.sort(first)
    kept = lines.iloc[first].assign(**{OVERLAID: [over.get(number, ()) for number in road[first].tolist()]})
    merged: gpd.GeoDataFrame = pd.concat([frame[~is_line], kept])
    return merged


def _road_numbers(shapes: np.ndarray, names: np.ndarray, gap_m: float) -> np.ndarray:
    """Give lines of equal names that are connected the same number."""
    left, right = STRtree(shapes).query(shapes, predicate="dwithin", distance=gap_m)
    same = names[left] == names[right]
    left, right = left[same], right[same]
    links = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(len(shapes), len(shapes)))
    numbers: np.ndarray = connected_components(links, directed=False)[1]
    return numbers


def _names_over(shapes: np.ndarray, names: np.ndarray, road: np.ndarray) -> Mapping[int, tuple[str, ...]]:
    """Return for every road by its number the other names that run over it, sorted."""
    shorter, longer = _over_each_other(shapes, names)
    found: dict[int, set[str]] = defaultdict(set)
    for one, other in zip(shorter.tolist(), longer.tolist(), strict=True):
        found[int(road[one])].add(str(names[other]))
        found[int(road[other])].add(str(names[one]))
    return {number: tuple(sorted(others)) for number, others in found.items()}


def _over_each_other(shapes: np.ndarray, names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the positions of lines that run over another line of another name, and those of the other lines."""
    one, other = STRtree(shapes).query(
        line_interpolate_point(shapes, 0.5, normalized=True), predicate="dwithin", distance=OVER_M
    )
    metres = length(shapes)
    plain = np.array([not any(word in name for word in _ONE_ABOVE_THE_OTHER) for name in names])
    may_be = (names[one] != names[other]) & plain[one] & plain[other]
    may_be &= (metres[one] <= metres[other]) & (metres[one] >= LEAST_OVER_M)
    one, other = one[may_be], other[may_be]
    shared = length(intersection(shapes[one], buffer(shapes[other], OVER_M)))
    over = shared >= OVER_SHARE * metres[one]
    return one[over], other[over]
