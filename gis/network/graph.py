"""The network itself: nodes, edges with their shapes, and the questions it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from scipy.sparse import csr_matrix

from gis.kernels.adjacency import adjacency, components
from gis.kernels.arrays import Adjacency, Floats, Ints, Nearest, ragged
from gis.kernels.hilbert import hilbert_order
from gis.kernels.intervals import EdgeIntervals, dissolved, reached_around, reached_from_ends
from gis.kernels.on_edges import along_same_edge, cheaper, entries_from_edges, through_ends
from gis.kernels.search import Entries, nearest_source
from gis.network.edges import Edges, checked_edges, straight_edges
from gis.network.places import Places, snap_to_lines
from gis.network.roads import edges_of_roads
from gis.network.travel import Beside, carried_on, cheaper_of, pairs_along_edges, travel_table
from layers.errors import InputError
from layers.model import Layer
from layers.specs import spec_of
from layers.text import Text

Unit = Literal["m", "min"]


@dataclass(frozen=True)
class Network:
    """A road network to walk on. Build it with one of the ``from_…`` methods.

    Attributes
    ----------
    edges
        Nodes in the plane of ``crs``, edges with cost and shape. Numbered along a Hilbert curve.
    graph
        Undirected adjacency; parallel edges count once, with the smallest cost.
    component
        Number of the connected part each node belongs to; 0 is the part with most nodes.
    unit
        What costs are in: metres when built from roads, so that minutes = metres / (speed x 60) and one search
        serves every speed; minutes when built from ``cost_min``.
    crs
        WKT of the metric system of the coordinates; empty when built from plain edges.
    notes
        What had to be assumed, for the reports.
    given
        Our number of the caller's node k; the identity when the caller numbered no nodes.
    """

    edges: Edges
    graph: Adjacency
    component: Ints
    unit: Unit = "m"
    crs: str = ""
    notes: tuple[Text, ...] = ()
    given: Ints | None = None

    @classmethod
    def from_edges(
        cls,
        x: npt.ArrayLike,
        y: npt.ArrayLike,
        u: npt.ArrayLike,
        v: npt.ArrayLike,
        cost_min: npt.ArrayLike | None = None,
        *,
        length_m: npt.ArrayLike | None = None,
    ) -> Self:
        """Build a network of straight edges between numbered nodes, walkable both ways.

        Parameters
        ----------
        x, y
            Node coordinates in one plane, metres.
        u, v
            Node numbers of the ends of each edge. Parallel edges count with the smallest cost, loops lead nowhere.
        cost_min, length_m
            Cost of each edge in minutes, or its length in metres: exactly one of them.

        Raises
        ------
        InputError
            When both or none of the costs are given, lengths differ, a number is negative or not finite, or an
            edge names a node that does not exist.
        """
        if (cost_min is None) == (length_m is None):
            raise InputError(
                Text("cost_min 与 length_m 必须且只能给一个。", "Give exactly one of cost_min and length_m.")
            )
        cost = cost_min if length_m is None else length_m
        edges, order = straight_edges(*checked_edges(x, y, u, v, cost))
        given = np.empty(len(order), np.int64)
        given[order] = np.arange(len(order))
        return cls._assembled(edges, unit="m" if cost_min is None else "min", given=given)

    @classmethod
    def from_roads(cls, layer: Layer, mode: str = "walk") -> Self:
        """Build the walking network of a road layer.

        Rows with ``node_from`` and ``node_to`` meet where they name the same node. Where the layer names no nodes,
        roads meet at vertices they share (within 1 cm); bridges and tunnels only at their ends. Roads that cross
        without a common vertex do not meet. Ways that may not be walked are left out; one-way does not bind walkers.
        Lengths come from ``length_m`` or else from the ellipsoid.

        Raises
        ------
        InputError
            When ``mode`` is not ``walk``.
        NetworkError
            When no road of the layer can be walked.
        """
        _check_mode(mode)
        edges, crs, notes = edges_of_roads(layer)
        return cls._assembled(_along_hilbert(edges), crs=crs.to_wkt(), notes=notes)

    @classmethod
    def from_osm(cls, path: Path | str, mode: str = "walk") -> Self:
        """Build the walking network of an OSM file (.osm, .pbf), by the same rules as importing it.

        Raises as ``from_roads`` does, NotFoundError when there is no such file, FileFormatError when it is no OSM data.
        """
        from layers.reading.osm import read_osm  # noqa: PLC0415 - osmium is needed for files only
        from layers.reading.osm_roads import road_edges  # noqa: PLC0415

        _check_mode(mode)
        return cls.from_roads(Layer(spec_of("road"), road_edges(read_osm(Path(path)).ways)), mode)

    @classmethod
    def _assembled(
        cls,
        edges: Edges,
        *,
        unit: Unit = "m",
        crs: str = "",
        notes: Sequence[Text] = (),
        given: Ints | None = None,
    ) -> Self:
        graph = adjacency(len(edges.x), edges.u, edges.v, edges.cost)
        return cls(edges, graph, components(graph), unit, crs, tuple(notes), given)

    @property
    def node_count(self) -> int:
        """Count the nodes."""
        return len(self.edges.x)

    @property
    def edge_count(self) -> int:
        """Count the edges, parallel ones and loops included."""
        return len(self.edges.u)

    @cached_property
    def shapes(self) -> "npt.NDArray[np.object_]":
        """Edges as shapely lines in the plane of the network."""
        flat, offsets = ragged(self.edges.offsets[:-1], self.edges.offsets[1:])
        points = np.column_stack([self.edges.shape_x[flat], self.edges.shape_y[flat]])
        return np.asarray(
            shapely.linestrings(points, indices=np.repeat(np.arange(len(offsets) - 1), np.diff(offsets)))
        )

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.shapes)

    @cached_property
    def _to_plane(self) -> pyproj.Transformer:
        return pyproj.Transformer.from_crs("EPSG:4490", pyproj.CRS.from_wkt(self.crs), always_xy=True)

    def to_plane(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Bring storage degrees into the plane of the network; needs a network with a ``crs``."""
        x, y = self._to_plane.transform(np.asarray(lon, float), np.asarray(lat, float))
        return np.asarray(x), np.asarray(y)

    def snap(self, x: npt.ArrayLike, y: npt.ArrayLike, max_m: float) -> Places:
        """Put points of the network's plane on the nearest point of an edge.

        The way to it counts at walking pace: its metres, or in a network of minutes its minutes at 1 m/s. Points
        farther than ``max_m`` from every edge get edge -1.
        """
        asked_x, asked_y = np.atleast_1d(np.asarray(x, float)), np.atleast_1d(np.asarray(y, float))
        per_m = 1.0 if self.unit == "m" else 1.0 / 60.0
        return snap_to_lines(self._tree, self.edges.cost, x=asked_x, y=asked_y, max_m=max_m, per_m=per_m)

    def nearest(self, sources: "Places | npt.ArrayLike", limit: float | None = None) -> Nearest:
        """Find, in one search, the cheapest source of every node.

        Parameters
        ----------
        sources
            Places from ``snap``, or node numbers as given to ``from_edges``.
        limit
            Costs above it come out as inf; None searches the whole network.

        Returns
        -------
        Nearest
            Cost per node, in ``unit`` (inf out of reach), and index of the source (-1 out of reach); nodes in the
            caller's order.
        """
        found = self._search(sources, limit)
        return found if self.given is None else Nearest(found.cost[self.given], found.source[self.given])

    def cost_of(self, places: Places, sources: Places, limit: float | None = None) -> Nearest:
        """Find the cheapest source of places on edges: by both ends of their edge, or straight along it.

        Off-road distances on both sides are included. Places without an edge get inf and -1.
        """
        nodes = self._search(sources, limit)
        by_ends = through_ends(
            places.edge,
            places.position,
            places.off,
            u=self.edges.u,
            v=self.edges.v,
            length=self.edges.cost,
            nodes=nodes,
        )
        direct = along_same_edge(
            places.edge,
            places.position,
            places.off,
            at_edge=sources.edge,
            at_position=sources.position,
            at_off=sources.off,
        )
        best = cheaper(by_ends, direct)
        if limit is None:
            return best
        within = best.cost <= limit
        return Nearest(np.where(within, best.cost, np.inf), np.where(within, best.source, -1))

    def within(self, sources: "Places | npt.ArrayLike", limit: float) -> csr_matrix:
        """Find everything within ``limit`` of every source: one bounded search per source.

        Parameters
        ----------
        sources
            As for ``nearest``.
        limit
            Finite, in ``unit``; a cost equal to it is within.

        Returns
        -------
        scipy.sparse.csr_matrix
            (n_sources, n_nodes), costs in ``unit``; a stored 0 is no distance. Nodes in the caller's order.

        Raises
        ------
        InputError
            When the limit is negative, infinite or not a number, or a node does not exist.
        """
        entries, count = self._entries(sources)
        table = travel_table(self.graph, entries, sources=count, limit=limit)
        if self.given is None:
            return table
        theirs = np.empty(self.node_count, np.int32)
        theirs[self.given] = np.arange(self.node_count, dtype=np.int32)
        return csr_matrix((table.data, theirs[table.indices], table.indptr), shape=table.shape)

    def travel(self, sources: Places, places: Places, limit: float) -> csr_matrix:
        """Find the cost from every source to every place on an edge within ``limit``: (n_sources, n_places).

        By both ends of the place's edge or straight along an edge they share, off-road distances on both sides
        included. Places and sources without an edge reach nothing. Raises as ``within`` does.
        """
        entries, count = self._entries(sources)
        nodes = travel_table(self.graph, entries, sources=count, limit=limit)
        by_ends = carried_on(nodes, self._beside(places), limit=limit)
        return cheaper_of(by_ends, pairs_along_edges(sources, places, limit=limit))

    def _beside(self, places: Places) -> Beside:
        ways = self._entries(places)[0]
        order = np.argsort(ways.node, kind="stable")
        counts = np.bincount(ways.node, minlength=self.node_count)
        ptr = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        return Beside(ptr, ways.source[order].astype(np.int32), ways.cost[order], len(places))

    def service_area(self, sources: "Places | npt.ArrayLike", limit: float) -> EdgeIntervals:
        """Give exactly the stretches of edges within ``limit`` of any source, partial edges included.

        Positions count from the edge's ``u`` end in ``unit``; stretches are disjoint and sorted by edge.
        """
        cost = self._search(sources, limit).cost
        edges = self.edges
        parts = [reached_from_ends(edges.cost, cost[edges.u], cost[edges.v], limit=limit)]
        if isinstance(sources, Places):
            parts.append(
                reached_around(sources.edge, sources.position, sources.off, length=edges.cost, limit=limit)
            )
        return dissolved(tuple(parts), edges.cost)

    def _search(self, sources: "Places | npt.ArrayLike", limit: float | None) -> Nearest:
        entries, count = self._entries(sources)
        return nearest_source(self.graph, entries, sources=count, limit=limit)

    def _entries(self, sources: "Places | npt.ArrayLike") -> tuple[Entries, int]:
        """Return where sources enter the graph, and how many there are."""
        if isinstance(sources, Places):
            entries = entries_from_edges(
                sources.edge,
                sources.position,
                sources.off,
                u=self.edges.u,
                v=self.edges.v,
                length=self.edges.cost,
            )
            return entries, len(sources)
        nodes = self._own_nodes(np.atleast_1d(np.asarray(sources, np.int64)))
        return Entries(np.arange(len(nodes)), nodes, np.zeros(len(nodes))), len(nodes)

    def _own_nodes(self, nodes: Ints) -> Ints:
        wrong = nodes[(nodes < 0) | (nodes >= self.node_count)]
        if len(wrong):
            raise InputError(
                Text(
                    f"节点编号 {wrong[0]} 不存在，共有 {self.node_count} 个节点。",
                    f"There is no node {wrong[0]}; the network has {self.node_count} nodes.",
                )
            )
        return nodes if self.given is None else self.given[nodes]


def _along_hilbert(edges: Edges) -> Edges:
    return edges.renumbered(hilbert_order(edges.x, edges.y))


def _check_mode(mode: str) -> None:
    if mode != "walk":
        raise InputError(
            Text(f"不支持出行方式“{mode}”。", f"There is no travel mode {mode!r}."),
            Text("目前可用：walk（步行）。", "Available: walk."),
        )
