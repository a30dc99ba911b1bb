"""Segments of one road are one name: lines of the same name that (nearly) touch are merged before comparing."""

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely import STRtree, get_type_id

from layers.crs import to_metric

GAP_M = 60.0
"""Lines of one name this close are one road: dual carriageways and the gap at a junction."""

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
        The row with the least id of each road, with that row's geometry and cells.
    """
    is_line = np.isin(get_type_id(frame.geometry.to_numpy()), _LINES)
    lines = frame[is_line].sort_values("id")
    if len(lines) < 2:  # noqa: PLR2004 - nothing to merge
        return frame
    road = _road_numbers(to_metric(lines).geometry.to_numpy(), lines["name"].to_numpy(), gap_m)
    _, first = np.unique(road, return_index=True)
    merged: gpd.GeoDataFrame = pd.concat([frame[~is_line], lines.iloc[np.sort(first)]])
    return merged


def _road_numbers(shapes: np.ndarray, names: np.ndarray, gap_m: float) -> np.ndarray:
    """Give lines of equal names that are connected the same number."""
    left, right = STRtree(shapes).query(shapes, predicate="dwithin", distance=gap_m)
    same = names[left] == names[right]
    left, right = left[same], right[same]
    links = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(len(shapes), len(shapes)))
    numbers: np.ndarray = connected_components(links, directed=False)[1]
    return numbers
