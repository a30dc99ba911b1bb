"""Nodes and edges of the road network while it is built."""

from dataclasses import dataclass, field

from data.samples.plane import Floats


@dataclass(frozen=True, slots=True)
class Edge:
    """One piece of road between two nodes; ``way`` tells which pieces bear one name."""

    start: int
    stop: int
    line: Floats
    road_class: str
    way: str | None = None
    bridge: bool = False
    tunnel: bool = False


@dataclass
class Network:
    """Nodes and edges (appended to while the network is built, then read only)."""

    nodes: list[tuple[float, float]] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    at: dict[int, int] = field(default_factory=dict)

    def node(self, x: float, y: float) -> int:
        """Add a node and return its number."""
        self.nodes.append((x, y))
        return len(self.nodes) - 1

    def mesh_node(self, point: int, xy: Floats) -> int:
        """Return the node of a mesh point, added on first use."""
        if point not in self.at:
            self.at[point] = self.node(float(xy[point, 0]), float(xy[point, 1]))
        return self.at[point]
