"""From a road layer to edges: where roads meet, which way they lead, how long they are."""

from typing import TYPE_CHECKING

import numpy as np
import pyproj
import shapely

from gis.kernels.arrays import Flags, Floats, Ints
from gis.kernels.welding import weld
from gis.network.edges import Edges
from gis.network.modes import Mode, binding, check_sloped, told, travelled
from gis.network.slope import SlopeUse, slope_note, sloped
from gis.network.splitting import Lines, Said, split
from layers.crs import metric_crs
from layers.text import Text

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.model import Layer

WELD_M = 0.01
"""Coordinates no farther apart than this are one place."""
FROM_HEIGHTS = "incline_from"
"""Attribute of a road that names the file of heights its incline was measured in."""
HOW_THEY_MEET = Text(
    "路网没有节点编号：道路只在共用的顶点（1 厘米内）相接，桥梁和隧道只在端点相接；交叉而无共用顶点的道路视为不相通。",
    "Roads carry no node numbers: they meet only at vertices they share (within 1 cm), bridges and tunnels only at "
    "their ends; roads crossing without a common vertex are taken as not connected.",
)


def edges_of_roads(
    layer: "Layer", mode: Mode, *, slope: bool = False
) -> tuple[Edges, pyproj.CRS, tuple[Text, ...], SlopeUse | None]:
    """Turn a road layer into edges in a metric plane.

    Returns the edges, the plane, what had to be assumed, and what is known of slope where it counts. See
    ``Network.from_roads`` for the rules.

    Raises
    ------
    InputError
        When slope is asked for a mode that does not walk.
    NetworkError
        When no road is open to the mode.
    """
    if slope:
        check_sloped(mode)
    frame, notes = travelled(layer.frame, mode)
    crs = metric_crs(tuple(layer.frame.total_bounds))
    rows, lines = _single_lines(frame, crs)
    named = np.asarray((rows["node_from"].notna() & rows["node_to"].notna()).to_numpy(), bool)
    at = np.flatnonzero(lines.ends if named.any() else _meeting(lines, rows))
    if not named.all():
        notes = (*notes, HOW_THEY_MEET)
    said = Said(rows["length_m"].to_numpy(float), binding(rows, mode), _raised(rows))
    edges = split(lines, at, _nodes(lines, rows, at, named), said)
    if not slope:
        return edges, crs, notes, None
    edges, use = sloped(edges, *_inclines(rows, lines, at))
    return edges, crs, (*notes, slope_note(use)), use


def _inclines(rows: "gpd.GeoDataFrame", lines: Lines, at: Ints) -> tuple[Floats, tuple[str, ...]]:
    """Return the incline of each edge (nan: unknown), and where inclines come from."""
    incline = rows["incline_percent"].to_numpy(float, na_value=np.nan)
    known = np.isfinite(incline)
    sources = {str(one.get(FROM_HEIGHTS, "")) for one in told(rows[known])}
    line = lines.line[at]
    return incline[line[:-1][line[:-1] == line[1:]]], tuple(sorted(sources))


def _single_lines(frame: "gpd.GeoDataFrame", crs: pyproj.CRS) -> "tuple[gpd.GeoDataFrame, Lines]":
    """Take multi-lines apart; what a row said of the whole (nodes, length) is not said of its parts."""
    shapes, row = shapely.get_parts(frame.geometry.to_numpy(), return_index=True)
    rows = frame.iloc[row].reset_index(drop=True)
    several = np.bincount(row, minlength=len(frame))[row] > 1
    rows.loc[several, ["node_from", "node_to"]] = None
    rows.loc[several, "length_m"] = np.nan
    points, line = shapely.get_coordinates(shapes, return_index=True)
    return rows, Lines.in_plane(points[:, 0], points[:, 1], line, len(shapes), crs)


def _meeting(lines: Lines, rows: "gpd.GeoDataFrame") -> Flags:
    """Tell which vertices are ends or shared; inside bridges and tunnels nothing meets."""
    meets = lines.ends | ~_raised(rows)[lines.line]
    place = weld(lines.x, lines.y, tolerance=WELD_M)
    uses = np.bincount(place[meets], minlength=int(place.max()) + 1)
    return np.asarray(lines.ends | (meets & (uses[place] > 1)))


def _raised(rows: "gpd.GeoDataFrame") -> Flags:
    bridge, tunnel = (rows[name].fillna(value=False).to_numpy(bool) for name in ("bridge", "tunnel"))
    return np.asarray(bridge | tunnel)


def _nodes(lines: Lines, rows: "gpd.GeoDataFrame", at: Ints, named: Flags) -> Ints:
    """Give the nodes numbers: by name where the row names them, else by place (a named node's if any)."""
    place = weld(lines.x[at], lines.y[at], tolerance=WELD_M)
    if not named.any():
        return place
    is_named = named[lines.line[at]]
    begins = np.isin(at, lines.offsets[:-1])
    from_name, to_name = (rows[name].to_numpy(object)[lines.line[at]] for name in ("node_from", "node_to"))
    names = np.where(begins, from_name, to_name)[is_named].astype(str)
    unique, code = np.unique(names, return_inverse=True)
    node_at = np.arange(int(place.max()) + 1) + len(unique)
    node_at[place[is_named]] = code
    node = node_at[place]
    node[is_named] = code
    return np.asarray(np.unique(node, return_inverse=True)[1], np.int64)
