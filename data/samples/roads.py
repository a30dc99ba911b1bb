"""The road network as edges between numbered nodes, with bridges, lanes, a motorway pair, a railway and a ferry."""

import numpy as np
import shapely

from data.samples.alignment import align
from data.samples.chance import stream
from data.samples.lanes import inner_lanes, village_lanes
from data.samples.mesh import Mesh
from data.samples.network import Edge, Network
from data.samples.plane import Floats
from data.samples.routes import CLASSES, Plan
from data.samples.settlements import Settlements
from data.samples.terrain import Terrain

BANK_M = 12.0


def build_roads(terrain: Terrain, mesh: Mesh, plan: Plan, homes: Settlements, seed: int) -> Network:
    """Build the whole network from the planned links."""
    aligned = align(terrain, mesh, plan)
    network = Network()
    for link, line in zip(aligned.links.tolist(), aligned.lines, strict=True):
        start, stop = plan.links[link].tolist()
        ends = network.mesh_node(start, aligned.xy), network.mesh_node(stop, aligned.xy)
        kind = CLASSES[int(plan.rank[link])]
        way = plan.names[int(plan.name[link])] if plan.name[link] >= 0 else None
        path = shapely.get_coordinates(line)
        if plan.crosses[link]:
            _bridged(network, terrain, ends, path, (kind, way))
        else:
            network.edges.append(Edge(*ends, path, kind, way))
    inner_lanes(network, terrain, stream(seed, "inner lanes"))
    village_lanes(network, terrain, homes, stream(seed, "village lanes"))
    return network


def _bridged(
    network: Network, terrain: Terrain, ends: tuple[int, int], path: Floats, kind: tuple[str, str | None]
) -> None:
    """Cut a straight road that crosses water into approach, bridge, approach."""
    road_class, way = kind
    start, stop = path[0], path[-1]
    length = float(np.hypot(*(stop - start)))
    wet = shapely.intersection(shapely.LineString(path), terrain.water)
    along = (
        np.hypot(*(shapely.get_coordinates(wet) - start).T) if not wet.is_empty else np.array([length / 2])
    )
    low, high = max(float(along.min()) - BANK_M, 0.0), min(float(along.max()) + BANK_M, length)
    cuts = [start + (stop - start) * (at / length) for at in (low, high)]
    chain = [ends[0]]
    places = [start]
    for at, cut in zip((low, high), cuts, strict=True):
        if 1.0 < at < length - 1.0:
            chain.append(network.node(float(cut[0]), float(cut[1])))
            places.append(cut)
    chain.append(ends[1])
    places.append(stop)
    for number in range(len(chain) - 1):
        middle = (np.hypot(*(places[number] - start)) + np.hypot(*(places[number + 1] - start))) / 2
        piece = np.vstack([places[number], places[number + 1]])
        network.edges.append(
            Edge(chain[number], chain[number + 1], piece, road_class, way, bridge=bool(low <= middle <= high))
        )
