"""Dead ends: service roads inside city blocks, lanes in villages."""

# ruff: noqa: ANN401, PLR2004 - shapely is untyped, measures of the drawing

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from data.samples.network import Edge, Network
from data.samples.plane import Bools, Floats
from data.samples.settlements import Settlements
from data.samples.terrain import Terrain

CLEAR_M = 11.0


def inner_lanes(network: Network, terrain: Terrain, rng: np.random.Generator) -> None:
    """Lead a service road from a street's middle into the block beside it, ending in two short arms."""
    streets = [
        number
        for number, edge in enumerate(network.edges)
        if edge.road_class in {"residential", "tertiary"}
        and (edge.way or "").startswith("grid/")
        and not edge.bridge
    ]
    drawn = [_court(network.edges[number], rng) for number in streets]
    shapes = np.array([shapely.multilinestrings([_off(stem), left, right]) for stem, left, right in drawn])
    for number, court, free in zip(streets, drawn, _free(shapes, network, terrain).tolist(), strict=True):
        if free:
            _add_court(network, number, court, rng)


def _court(edge: Edge, rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Draw the stem and the two arms of a service road beside a street."""
    a, b = edge.line[0], edge.line[-1]
    chord = b - a
    length = float(np.hypot(*chord))
    side = np.array([-chord[1], chord[0]]) / length * rng.choice([-1.0, 1.0])
    half = len(edge.line) // 2
    middle = edge.line[half] if len(edge.line) > 2 else a + chord * rng.uniform(0.4, 0.6)
    depth = length * rng.uniform(0.3, 0.42)
    heart = middle + side * depth
    left, right = (heart + chord / length * depth * rng.uniform(0.45, 0.7) * way for way in (1, -1))
    return np.vstack([middle, heart]), np.vstack([heart, left]), np.vstack([heart, right])


def _off(lane: Floats) -> Floats:
    """Give a lane without its first metres, so that it does not count as touching the road it leaves."""
    return np.vstack([lane[0] * 0.93 + lane[1] * 0.07, lane[1:]])


def _add_court(
    network: Network, number: int, court: tuple[Floats, Floats, Floats], rng: np.random.Generator
) -> None:
    edge, stem = network.edges[number], court[0]
    junction, inside = network.node(*stem[0].tolist()), network.node(*stem[1].tolist())
    half = max(1, len(edge.line) // 2)
    before = np.vstack([edge.line[:half], stem[:1]])
    after = np.vstack([stem[:1], edge.line[half + (len(edge.line) > 2) :]])
    network.edges[number] = Edge(edge.start, junction, before, edge.road_class, edge.way)
    network.edges.append(Edge(junction, edge.stop, after, edge.road_class, edge.way))
    network.edges.append(Edge(junction, inside, stem, "service"))
    for arm in court[1:]:
        kind = "service" if rng.random() < 0.6 else "path"
        network.edges.append(Edge(inside, network.node(*arm[1].tolist()), arm, kind))


def village_lanes(network: Network, terrain: Terrain, homes: Settlements, rng: np.random.Generator) -> None:
    """Give every natural village a few lanes that end at the last house."""
    starts, lanes = [], []
    for point, size in zip(homes.node.tolist(), homes.size.tolist(), strict=True):
        if point not in network.at:
            continue
        home = np.array(network.nodes[network.at[point]])
        count = int(np.clip(round(1.4 + 1.5 * size), 1, 6))
        turn = rng.uniform(0, 2 * np.pi)
        for number in range(count):
            starts.append(network.at[point])
            lanes.append(_lane(home, turn + 2 * np.pi * number / count + rng.normal(0, 0.25), size, rng))
    shapes = np.array([shapely.LineString(_off(lane)) for lane in lanes])
    for start, lane, free in zip(starts, lanes, _free(shapes, network, terrain).tolist(), strict=True):
        if free:
            kind = "path" if rng.random() < 0.3 else "service"
            network.edges.append(Edge(start, network.node(*lane[-1].tolist()), lane, kind))


def _lane(home: Floats, angle: float, size: float, rng: np.random.Generator) -> Floats:
    reach = rng.uniform(35, 75) * (0.8 + 0.25 * size)
    bend = angle + rng.normal(0, 0.5)
    middle = home + reach * np.array([np.cos(angle), np.sin(angle)])
    return np.vstack([home, middle, middle + reach * np.array([np.cos(bend), np.sin(bend)])])


def _free(shapes: Sequence[Any] | Any, network: Network, terrain: Terrain) -> Bools:
    """Tell which lanes touch no road, no water and no earlier lane, and stay in the district."""
    tree = shapely.STRtree([shapely.LineString(edge.line) for edge in network.edges])
    blocked = shapely.intersects(terrain.water, shapes) | ~shapely.contains(terrain.area, shapes)
    blocked[tree.query(shapes, predicate="intersects")[0]] = True
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=CLEAR_M)
    for later, earlier in sorted(zip(one.tolist(), other.tolist(), strict=True)):
        if earlier < later and not blocked[earlier]:
            blocked[later] = True
    free: Bools = ~blocked
    return free
