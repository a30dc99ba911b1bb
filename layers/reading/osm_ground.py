"""Lines and areas that cut the ground, and the houses on it: OSM ways to ``barrier`` and ``building``."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely

from layers.reading.osm import Houses, OsmExtract, Ways
from layers.vocabulary import code_for

_FENCED = frozenset({"motorway", "motorway_link"})
_FENCED_IF_SAID = frozenset({"trunk", "trunk_link"})
_GAP_DEG = 1e-4
"""Half the gap a level crossing leaves in a railway, about ten metres."""
_MOST_FLOORS = 200


def barrier_kind(tags: Mapping[str, str]) -> str | None:
    """Tell as what a way severs the ground: river, rail, expressway, or None when it does not.

    Bridges, tunnels and whatever runs covered or below ground sever nothing; nor do the tracks of yards and sidings,
    which lie beside the line they belong to. A trunk road severs only where it is a motor road or closed to walkers.
    """
    if any(tags.get(key, "no") != "no" for key in ("bridge", "tunnel", "covered")) or _is_underground(tags):
        return None
    if "waterway" in tags:
        return "river"
    if "railway" in tags:
        return "rail" if "service" not in tags else None
    kind = tags.get("highway", "")
    if kind in _FENCED:
        return "expressway"
    closed = tags.get("motorroad") == "yes" or tags.get("foot") == "no"
    return "expressway" if kind in _FENCED_IF_SAID and closed else None


def _is_underground(tags: Mapping[str, str]) -> bool:
    return tags.get("location") == "underground" or tags.get("layer", "").startswith("-")


def barrier_rows(extract: OsmExtract) -> list[dict[str, Any]]:
    """Return one row per stretch of river, railway and expressway (``w<way>-<n>``); railways open at their crossings.

    Areas of water are places, see ``layers.reading.osm_places``.
    """
    rows = [*_rows(extract.ways), *_rows(extract.lines)]
    _open_at(rows, extract.crossings)
    return [row for row in rows if not shapely.is_empty(row["geometry"])]


def _rows(ways: Ways) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    seen: dict[int, int] = {}
    for piece, tags in enumerate(ways.tags):
        kind = barrier_kind(tags)
        if kind is None:
            continue
        way = ways.ids[piece]
        seen[way] = number = seen.get(way, -1) + 1
        rows.append(
            {
                "id": f"w{way}-{number}",
                "name": tags.get("name"),
                "kind": kind,
                "attributes": json.dumps({"osm": tags}, ensure_ascii=False),
                "geometry": _line(ways, piece),
            }
        )
    return rows


def _line(ways: Ways, piece: int) -> shapely.LineString:
    part = slice(ways.starts[piece], ways.starts[piece + 1])
    return shapely.LineString(np.column_stack((ways.x[part], ways.y[part])) / 1e7)


def _open_at(rows: list[dict[str, Any]], crossings: Sequence[tuple[float, float]]) -> None:
    rails = [row for row in rows if row["kind"] == "rail"]
    if not rails or not crossings:
        return
    gaps = shapely.buffer(shapely.points(np.array(crossings)), _GAP_DEG)
    lines = np.array([row["geometry"] for row in rails], dtype=object)
    hit, gap = shapely.STRtree(gaps).query(lines, predicate="intersects")
    for line in np.unique(hit):
        rails[line]["geometry"] = lines[line].difference(shapely.union_all(gaps[gap[hit == line]]))


def crossings_open(rows: Sequence[Mapping[str, Any]], crossings: Sequence[tuple[float, float]]) -> int:
    """Count the level crossings at which the railways among some barriers are open."""
    rails = [row["geometry"] for row in rows if row["kind"] == "rail"]
    if not rails or not crossings:
        return 0
    points = shapely.points(np.array(crossings))
    near = shapely.STRtree(rails).query(points, predicate="dwithin", distance=_GAP_DEG * 1.01)
    return len(np.unique(near[0]))


def building_frame(houses: Houses) -> pd.DataFrame:
    """Return the buildings in the columns of ``building``.

    ``building=yes`` says no kind; every other value that is not in the list is "other". ``floors`` is missing where
    the tag is no number of storeys between 1 and 200. No houses give an empty frame.
    """
    if not houses.ids:
        return pd.DataFrame({"id": []})
    kinds = {word: _building_kind(word) for word in set(houses.kinds)}
    shapes = shapely.from_wkb(np.array(houses.outlines, dtype=object))
    alone = shapely.get_num_geometries(shapes) == 1
    shapes[alone] = shapely.get_geometry(shapes[alone], 0)
    levels = pd.to_numeric(pd.Series(houses.levels, dtype="object"), errors="coerce")
    return pd.DataFrame(
        {
            "id": houses.ids,
            "name": pd.Series(houses.names, dtype="object"),
            "kind": pd.Series([kinds[word] for word in houses.kinds], dtype="object"),
            "floors": np.floor(levels.where(levels.between(1, _MOST_FLOORS))).astype("Int64"),
            "geometry": shapes,
        }
    )


def _building_kind(word: str) -> str | None:
    return None if word == "yes" else code_for("building_kind", word) or "other"
