"""What passes through or over: motorways with ramps, a railway, and the ferry to the island."""

# ruff: noqa: PLR2004 - measures of the drawing

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
import shapely.ops

from data.samples.curves import spline
from data.samples.network import Edge, Network
from data.samples.plane import Floats
from data.samples.terrain import Terrain

RAMP_MAX_M = 2500.0


def add_through_lines(network: Network, terrain: Terrain, district: shapely.Polygon) -> None:
    """Add the motorways, the railway and the ferry; none of them carries people on foot."""
    for motorway in terrain.plan["motorway"].values():
        _motorway(network, terrain, district, motorway)
    railway = terrain.plan["railway"]
    _laid(network, terrain, district, railway, "rail", ())
    _ferry(network, terrain)


def _motorway(network: Network, terrain: Terrain, district: shapely.Polygon, plan: Mapping[str, Any]) -> None:
    line = shapely.LineString(spline(np.array(plan["points"]) * 1000, step_m=150))
    tree = shapely.STRtree([shapely.LineString(edge.line) for edge in network.edges])
    ramps = [_ramp(network, tree, line, np.array(at) * 1000) for at in plan["interchanges"]]
    found = [ramp for ramp in ramps if ramp is not None]
    joints = _laid(network, terrain, district, plan, "motorway", [at for at, _ in found])
    for (at, road_node), joint in zip(found, joints, strict=True):
        del at
        path = np.vstack([network.nodes[joint], network.nodes[road_node]])
        network.edges.append(Edge(joint, road_node, path, "motorway"))


def _ramp(
    network: Network, tree: shapely.STRtree, line: shapely.LineString, near: Floats
) -> tuple[float, int] | None:
    """Choose the node of a larger road an interchange leads to, and where on the motorway it leaves."""
    roads = [
        e
        for e in network.edges
        if e.road_class in {"trunk", "primary", "secondary", "tertiary"} and not e.bridge
    ]
    nodes = sorted({node for edge in roads for node in (edge.start, edge.stop)})
    places = np.array([network.nodes[node] for node in nodes])
    order = np.argsort(np.hypot(*(places - near).T))[:60]
    for one in order[np.argsort(shapely.distance(shapely.points(places[order]), line))].tolist():
        at = float(line.project(shapely.Point(places[one]))) + 180.0
        start = np.array(line.interpolate(at).coords[0])
        ramp = shapely.LineString([start, places[one] * 0.97 + start * 0.03])
        if 60.0 < ramp.length < RAMP_MAX_M and not len(tree.query(ramp, predicate="intersects")):
            return at, nodes[one]
    return None


def _laid(
    network: Network,
    terrain: Terrain,
    district: shapely.Polygon,
    plan: Mapping[str, Any],
    kind: str,
    joints_m: Sequence[float],
) -> list[int]:
    """Lay a line across the district, cut at water's edge and at the joints; return the nodes of the joints."""
    whole = shapely.LineString(spline(np.array(plan["points"]) * 1000, step_m=150))
    inside = shapely.get_parts(shapely.intersection(whole, district))
    main = max(inside, key=lambda part: part.length)
    start, stop = (whole.project(shapely.Point(main.coords[end])) for end in (0, -1))
    wet = shapely.get_parts(shapely.intersection(main, terrain.water))
    cuts = {start, stop, *joints_m}
    spans = []
    for part in wet:
        low, high = sorted(whole.project(shapely.Point(part.coords[end])) for end in (0, -1))
        spans.append((max(low - 15.0, start), min(high + 15.0, stop)))
        cuts.update(spans[-1])
    places = sorted(cut for cut in cuts if start <= cut <= stop)
    nodes = [network.node(*whole.interpolate(place).coords[0]) for place in places]
    for number in range(len(places) - 1):
        piece = shapely.ops.substring(whole, places[number], places[number + 1])
        middle = (places[number] + places[number + 1]) / 2
        over = any(low <= middle <= high for low, high in spans)
        path = shapely.get_coordinates(piece)
        network.edges.append(Edge(nodes[number], nodes[number + 1], path, kind, plan["name"], bridge=over))
    return [nodes[places.index(joint)] for joint in joints_m]


def _ferry(network: Network, terrain: Terrain) -> None:
    """Join the island's landing to the nearest road on the shore, by boat."""
    used = sorted(
        {
            node
            for edge in network.edges
            for node in (edge.start, edge.stop)
            if edge.road_class not in {"motorway", "rail"}
        }
    )
    points = shapely.points(np.array([network.nodes[node] for node in used]))
    home = np.flatnonzero(shapely.contains(terrain.island, points))
    shore = np.flatnonzero(~shapely.contains(terrain.lake.buffer(5.0), points))
    apart = shapely.distance(points[home][:, None], points[shore][None, :])
    one, other = np.unravel_index(apart.argmin(), apart.shape)
    ends = used[int(home[one])], used[int(shore[other])]
    path = np.vstack([network.nodes[ends[0]], network.nodes[ends[1]]])
    network.edges.append(Edge(*ends, path, "ferry", "湖心渡口"))
