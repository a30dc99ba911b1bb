"""Ways to road edges: cut exactly at the nodes where ways meet, by node identity and never by coordinates."""

import json
import math
import re
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from layers.crs import geodesic_m
from layers.frames import typed_frame
from layers.reading.osm import Ways
from layers.specs import spec_of
from layers.vocabulary import code_for

_NO = frozenset({"no", "private", "customers", "delivery", "agricultural", "forestry", "military"})
_ON_FOOT = frozenset({"yes", "designated", "permissive", "official"})
_CARS_ONLY = frozenset({"motorway", "motorway_link", "bus_guideway", "raceway", "busway"})
_BESIDE = frozenset({"both", "left", "right", "yes", "separate"})
_FAST = frozenset({"trunk", "trunk_link"})
_PATHS = frozenset({"platform", "elevator", "crossing"})
_NOT_THERE = frozenset(
    {"construction", "proposed", "abandoned", "razed", "planned", "disused", "services", "rest_area"}
)
_TOLD = ("highway", "access", "foot", "layer", "bicycle", "oneway:bicycle", "motor_vehicle", "incline")
_INCLINE = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(%|°)")
_STEEPEST_PERCENT = 100.0


def road_class(tags: dict[str, str]) -> str | None:
    """Give our class of a way, or None when it is not a road that exists."""
    kind = tags.get("highway", "")
    if tags.get("route") == "ferry" and not kind:
        return "ferry"
    if kind in _NOT_THERE:
        return None
    return "path" if kind in _PATHS else code_for("road_class", kind)


def is_walkable(tags: dict[str, str]) -> bool:
    """Tell whether one may walk along a way: no motorways, no trunk roads without a footway, nothing private."""
    kind, foot = tags.get("highway", ""), tags.get("foot", "")
    if foot in _ON_FOOT:
        return kind not in {"motorway", "motorway_link"}
    if foot in _NO or kind in _CARS_ONLY:
        return False
    if kind in _FAST and tags.get("sidewalk", "") not in _BESIDE:
        return False
    return tags.get("access", "") not in _NO


def incline_percent(said: str) -> float | None:
    """Read the value of ``incline``: ``12%`` or ``8°``, down negative; None for ``up``, ``down`` and what has no unit.

    What is steeper than 100 % is not believed.
    """
    found = _INCLINE.fullmatch(said.strip())
    if found is None:
        return None
    number = float(found[1])
    percent = number if found[2] == "%" else 100.0 * math.tan(math.radians(min(max(number, -89.0), 89.0)))
    return percent if abs(percent) <= _STEEPEST_PERCENT else None


def road_edges(ways: Ways) -> gpd.GeoDataFrame:
    """Return one row per edge between junctions (nodes where ways meet) or way ends, in the columns of ``road``.

    Vertices between stay in the geometry; ``length_m`` is ellipsoidal. No ways give an empty frame.
    """
    classes = [road_class(tags) for tags in ways.tags]
    kept = np.array([one is not None for one in classes], dtype=bool)
    if not kept.any():
        return typed_frame(spec_of("road"), pd.DataFrame({"id": []}))
    starts = np.asarray(ways.starts, dtype=np.int64)
    piece_of = np.repeat(np.arange(len(kept)), np.diff(starts))
    mask = kept[piece_of]
    nodes = np.asarray(ways.nodes, dtype=np.int64)[mask]
    lon, lat, owner = ways.lon[mask], ways.lat[mask], piece_of[mask]
    first, last = _cuts(nodes, owner)
    vertices, edge_of = _runs(first, last)
    shapes = shapely.linestrings(np.column_stack((lon[vertices], lat[vertices])), indices=edge_of)
    steps_m = geodesic_m(lon[:-1], lat[:-1], lon[1:], lat[1:]) if len(lon) > 1 else np.empty(0)
    along_m = np.concatenate(([0.0], np.cumsum(steps_m)))
    table = _attributes(ways, classes, owner[first])
    table["node_from"] = nodes[first].astype(str).astype(object)
    table["node_to"] = nodes[last].astype(str).astype(object)
    table["length_m"] = along_m[last] - along_m[first]
    table["geometry"] = shapes
    _turn_against(table)
    return typed_frame(spec_of("road"), table)


def _cuts(nodes: npt.NDArray[np.int64], owner: npt.NDArray[np.int64]) -> tuple[Any, Any]:
    """Give first and last vertex of every edge: pieces are cut at their ends and at nodes used more than once."""
    _, inverse, uses = np.unique(nodes, return_inverse=True, return_counts=True)
    ends = np.ones(len(nodes), dtype=bool)
    ends[1:-1] = (owner[1:-1] != owner[:-2]) | (owner[1:-1] != owner[2:])
    breaks = np.flatnonzero(ends | (uses[inverse] > 1))
    same = owner[breaks[:-1]] == owner[breaks[1:]]
    return breaks[:-1][same], breaks[1:][same]


def _runs(first: npt.NDArray[np.int64], last: npt.NDArray[np.int64]) -> tuple[Any, Any]:
    """List the vertices of all edges one after the other, and the edge each belongs to."""
    counts = last - first + 1
    edge_of = np.repeat(np.arange(len(first)), counts)
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return first[edge_of] + offsets, edge_of


def _attributes(ways: Ways, classes: list[str | None], pieces: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Give the columns that are the same for all edges of a way, and the ids ``w<way>-<n>``."""
    tags = ways.tags
    per_piece = pd.DataFrame(
        {
            "way": ways.ids,
            "name": [one.get("name") for one in tags],
            "road_class": classes,
            "walkable": [is_walkable(one) for one in tags],
            "oneway": [
                one.get("oneway") in {"yes", "1", "true", "-1"} or one.get("junction") == "roundabout"
                for one in tags
            ],
            "reversed": [one.get("oneway") == "-1" for one in tags],
            "bridge": [one.get("bridge", "no") != "no" for one in tags],
            "tunnel": [one.get("tunnel", "no") != "no" for one in tags],
            "incline_percent": [incline_percent(one.get("incline", "")) for one in tags],
            "attributes": [
                json.dumps({k: one[k] for k in _TOLD if k in one}, ensure_ascii=False) for one in tags
            ],
        }
    )
    table = per_piece.take(pieces).reset_index(drop=True)
    number = table.groupby("way", sort=False).cumcount()
    table["id"] = "w" + table["way"].astype(str) + "-" + number.astype(str)
    return table


def _turn_against(table: pd.DataFrame) -> None:
    """Turn edges around whose one-way runs against the drawing direction."""
    against = np.flatnonzero(table["reversed"].to_numpy())
    if len(against):
        shapes = table["geometry"].to_numpy(dtype=object, copy=True)
        shapes[against] = shapely.reverse(shapes[against])
        table["geometry"] = shapes
        table.loc[against, "incline_percent"] = -table.loc[against, "incline_percent"].astype(float)
        ends = table.loc[against, "node_from"].to_numpy(copy=True)
        table.loc[against, "node_from"] = table.loc[against, "node_to"].to_numpy()
        table.loc[against, "node_to"] = ends
