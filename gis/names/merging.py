"""Segments of one road are one name, and lines of two names over each other are one road with two names."""

import re
from collections import defaultdict
from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree
from shapely import (
    STRtree,
    boundary,
    buffer,
    get_coordinates,
    get_type_id,
    intersection,
    length,
    line_interpolate_point,
)

from layers.crs import to_metric

GAP_M = 60.0
"""Lines of one name this close are one road: dual carriageways and the gap at a junction."""

ENDS_M = 300.0
"""Lines of one name whose ends are this close are one road with a gap: a large junction, a stretch not drawn."""

TRUNK_ENDS_M = 3_000.0
"""The same for trunk roads, which go on under one name beyond interchanges."""

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
_COUNTY_DIGITS = 6
_APART_M = 1e7
"""Names are put this far apart along a third axis, so that only ends of one name are neighbours."""

_THROUGH = re.compile(r"高速|绕城|快速(?:路|通道)|[一二三四五六七八]环路|国道|省道|^[GS][0-9]{1,4}")
"""Names of motorways, expressways, ring roads and numbered highways: one road in a county wherever its pieces lie."""


_Links = npt.NDArray[np.intp]
"""Positions of lines that belong together, a pair in each row."""


def merged_roads(frame: gpd.GeoDataFrame, *, gap_m: float = GAP_M) -> gpd.GeoDataFrame:
    """Keep one row for each road.

    Parameters
    ----------
    frame
        Rows with ``id``, ``name`` and ``geometry`` in storage CRS; rows that are no lines are kept as they are.
        ``road_class`` and ``unit_code`` are looked at where there are such columns.
    gap_m
        Lines of the same name within this distance belong together, and so does everything they chain to. So do
        lines whose ends are within ``ENDS_M`` (trunk roads ``TRUNK_ENDS_M``), and in one county all motorways,
        expressways and numbered highways of one name.

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
    road = _road_numbers(shapes, names, gap_m, _links_by_kind(lines, shapes))
    over = _names_over(shapes, names, road)
    _, first = np.unique(road, return_index=True)
    first = np.sort(first)
    kept = lines.iloc[first].assign(**{OVERLAID: [over.get(number, ()) for number in road[first].tolist()]})
    merged: gpd.GeoDataFrame = pd.concat([frame[~is_line], kept])
    return merged


def _road_numbers(shapes: np.ndarray, names: np.ndarray, gap_m: float, further: list[_Links]) -> np.ndarray:
    """Give lines of equal names that are connected the same number."""
    left, right = STRtree(shapes).query(shapes, predicate="dwithin", distance=gap_m)
    same = names[left] == names[right]
    pairs = np.concatenate([np.column_stack((left[same], right[same])), *further])
    links = coo_array(
        (np.ones(len(pairs), dtype=np.int8), (pairs[:, 0], pairs[:, 1])), shape=(len(shapes), len(shapes))
    )
    numbers: np.ndarray = connected_components(links, directed=False)[1]
    return numbers


def _links_by_kind(lines: gpd.GeoDataFrame, shapes: np.ndarray) -> list[_Links]:
    """Return which lines are one road although a gap is between them."""
    name = pd.factorize(lines["name"])[0]
    every = np.arange(len(lines))
    kind = lines["road_class"].to_numpy() if "road_class" in lines else np.full(len(lines), "")
    trunk = every[np.isin(kind, ("trunk", "motorway"))]
    through = every[(kind == "motorway") | lines["name"].str.contains(_THROUGH).to_numpy(dtype=bool)]
    return [
        _with_near_ends(every, shapes, name, ENDS_M),
        _with_near_ends(trunk, shapes, name, TRUNK_ENDS_M),
        _of_one_county(through, lines, name),
    ]


def _with_near_ends(which: np.ndarray, shapes: np.ndarray, name: np.ndarray, within_m: float) -> _Links:
    """Return those of some lines that have one name and ends near each other, in pairs."""
    ends, line = get_coordinates(boundary(shapes[which]), return_index=True)
    if not len(line):
        return np.empty((0, 2), dtype=np.intp)
    tree = cKDTree(np.column_stack((ends, name[which][line] * _APART_M)))
    pairs: _Links = which[line[tree.query_pairs(within_m, output_type="ndarray")]]
    return pairs


def _of_one_county(which: np.ndarray, lines: gpd.GeoDataFrame, name: np.ndarray) -> _Links:
    """Link each of some lines to the first one of its name and county."""
    county = (
        lines["unit_code"].fillna("").astype("str").str[:_COUNTY_DIGITS].to_numpy()[which]
        if "unit_code" in lines
        else ""
    )
    keys = pd.DataFrame({"name": name[which], "county": county, "at": which})
    first = keys.groupby(["name", "county"])["at"].transform("first").to_numpy(dtype=np.intp)
    return np.column_stack((which, first))


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
