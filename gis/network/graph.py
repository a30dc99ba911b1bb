"""The network itself: nodes, edges with their shapes, and the questions it answers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Literal, Self

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from scipy.sparse import csr_matrix
from shapely.geometry.base import BaseGeometry

from gis.kernels.adjacency import adjacency, components, reversed_ways
from gis.kernels.arrays import Adjacency, Floats, Ints, Nearest, ragged
from gis.kernels.intervals import (
    EdgeIntervals,
    EdgesAt,
    edges_at,
    reached_around,
    reached_by_nodes,
    with_sources,
)
from gis.kernels.on_edges import along_same_edge, cheaper, entries_from_edges, through_ends
from gis.kernels.search import Entries, Ground, nearest_source
from gis.network.contracting import contracted
from gis.network.cutting import crossing, cut_note
from gis.network.edges import Edges, along_curve, checked_edges
from gis.network.extent import extent_of
from gis.network.modes import mode_of
from gis.network.places import Places, snap_to_lines
from gis.network.roads import edges_of_roads
from gis.network.slope import SlopeUse
from gis.network.travel import (
    Columns,
    beside_nodes,
    carried_on,
    cheaper_of,
    check_limit,
    columns_of,
    pairs_along_edges,
    travel_table,
)
from layers.errors import InputError
from layers.model import Layer
from layers.specs import spec_of
from layers.text import Text

Unit = Literal["m", "min"]


@dataclass(frozen=True)
class Network:
    """A road network to travel on. Build it with one of the ``from_…`` methods.

    One-way edges are kept. Every question has a direction: ``towards=True``, the default, asks what it costs people
    to come to the sources (demand travels to the facility); ``towards=False`` what it costs to go out from them
    (a kitchen delivers). Without one-way edges, as on foot, both are the same.

    Attributes
    ----------
    edges
        Nodes in the plane of ``crs``, edges with cost, direction and shape. Numbered along a Hilbert curve.
    graph
        Adjacency along the directions; parallel edges count once, with the smallest cost.
    unit
        What costs are in: metres when built from roads, so that minutes = metres / (speed x 60) and one search
        serves every speed; minutes when built from ``cost_min``.
    crs
        WKT of the metric system of the coordinates; empty when built from plain edges.
    notes
        What had to be assumed, for the reports.
    given
        Our number of the caller's node k; the identity when the caller numbered no nodes.
    slope
        Where slope counts, what is known of it: costs are metres of flat ground, lengths and positions of road.
    """

    edges: Edges
    graph: Adjacency
    unit: Unit = "m"
    crs: str = ""
    notes: tuple[Text, ...] = ()
    given: Ints | None = None
    slope: SlopeUse | None = None

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
        oneway: npt.ArrayLike | None = None,
    ) -> Self:
        """Build a network of straight edges between numbered nodes.

        Parameters
        ----------
        x, y
            Node coordinates in one plane, metres.
        u, v
            Node numbers of the ends of each edge. Parallel edges count with the smallest cost, loops lead nowhere.
        cost_min, length_m
            Cost of each edge in minutes, or its length in metres: exactly one of them.
        oneway
            Which edges lead from ``u`` to ``v`` only; None: none of them.

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
        edges = checked_edges(x, y, u, v, cost, oneway=oneway)
        ordered, rank = along_curve(edges)
        unit: Unit = "m" if cost_min is None else "min"
        return cls._assembled(ordered, unit=unit, given=rank)

    @classmethod
    def from_roads(cls, layer: Layer, mode: str = "walk", *, slope: bool = False) -> Self:
        """Build the network of a road layer for one way to travel: ``walk``, ``e-bike`` or ``drive``.

        Rows with ``node_from`` and ``node_to`` meet where they name the same node. Where the layer names no nodes,
        roads meet at vertices they share (within 1 cm); bridges and tunnels only at their ends. Roads that cross
        without a common vertex do not meet. Roads closed to the mode are left out (see ``modes.travelled``); one-way
        binds e-bikes and cars, not walkers. Lengths come from ``length_m`` or else from the ellipsoid. With ``slope``
        the way up and the way down cost what ``slope.pace`` makes of ``incline_percent``.

        Raises
        ------
        InputError
            When there is no such mode, or slope is asked for one that does not walk.
        NetworkError
            When no road of the layer is open to the mode.
        """
        edges, crs, notes, used = edges_of_roads(layer, mode_of(mode), slope=slope)
        return replace(cls._assembled(along_curve(edges)[0], crs=crs.to_wkt(), notes=notes), slope=used)

    @classmethod
    def from_osm(cls, path: Path | str, mode: str = "walk", *, slope: bool = False) -> Self:
        """Build the network of an OSM file (.osm, .pbf) for one way to travel, by the same rules as importing it.

        Raises as ``from_roads`` does, NotFoundError when there is no such file, FileFormatError when it is no OSM data.
        """
        from layers.reading.osm import read_osm  # noqa: PLC0415 - osmium is needed for files only
        from layers.reading.osm_roads import road_edges  # noqa: PLC0415

        mode_of(mode)
        roads = Layer(spec_of("road"), road_edges(read_osm(Path(path)).ways))
        return cls.from_roads(roads, mode, slope=slope)

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
        graph = adjacency(len(edges.x), *edges.ways())
        return cls(edges, graph, unit, crs, tuple(notes), given)

    def cut(self, shapes: Iterable[BaseGeometry | None]) -> Self:
        """Return the network without the edges that cross a barrier; bridges and tunnels stay.

        Parameters
        ----------
        shapes
            Lines or areas in storage degrees (EPSG:4490), as layers hold them; in the plane of a network that has no
            ``crs``. An edge crosses an area when it enters it, and a line when they share more than an end of the
            edge. None and empty shapes cut nothing.

        Returns
        -------
        Network
            The same nodes; its notes say how many edges were cut.
        """
        given = [one for one in shapes if one is not None]
        if self.crs:
            given = [shapely.transform(one, self._to_plane.transform, interleaved=False) for one in given]
        hit = crossing(self.edges, self.shapes, given)
        edges, notes = self.edges.kept(~hit), (*self.notes, cut_note(int(hit.sum())))
        return replace(self, edges=edges, graph=adjacency(len(edges.x), *edges.ways()), notes=notes)

    def contracted(self) -> Self:
        """Return the same roads without the nodes that only join two edges (``contracting.contracted``)."""
        edges = along_curve(contracted(self.edges))[0]
        return replace(self, edges=edges, graph=adjacency(len(edges.x), *edges.ways()), given=None)

    @cached_property
    def component(self) -> Ints:
        """Number of the connected part each node belongs to; 0 is the part with most nodes."""
        return components(self.graph)

    @cached_property
    def _ready(self) -> dict[bool, tuple[Ground, Callable[[], EdgesAt]]]:
        return {}

    def _searched(self, *, towards: bool) -> tuple[Ground, Callable[[], EdgesAt]]:
        """Return the graph to search from the sources, against the directions when people come to them, and edges."""
        against = towards and self.edges.directed
        if against not in self._ready:
            graph = reversed_ways(self.graph) if against else self.graph
            beside = cache(partial(edges_at, self.node_count, self.edges.roads, towards=towards))
            self._ready[against] = Ground.of(graph, both_ways=not self.edges.directed), beside
        return self._ready[against]

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
        drawn = self.edges.drawn()
        flat, offsets = ragged(drawn.offsets[:-1], drawn.offsets[1:])
        points = np.column_stack([drawn.x[flat], drawn.y[flat]])
        line = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
        return np.asarray(shapely.linestrings(points, indices=line))

    @cached_property
    def extent(self) -> BaseGeometry:
        """Convex hull of the roads in the plane of the network."""
        return extent_of(self.edges)

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

    def nearest(
        self, sources: "Places | npt.ArrayLike", limit: float | None = None, *, towards: bool = True
    ) -> Nearest:
        """Find, in one search, the cheapest source of every node.

        Parameters
        ----------
        sources
            Places from ``snap``, or node numbers as given to ``from_edges``.
        limit
            Costs above it come out as inf; None searches the whole network.
        towards
            Whether nodes travel to the sources, or the sources to them.

        Returns
        -------
        Nearest
            Cost per node, in ``unit`` (inf out of reach), and index of the source (-1 out of reach); nodes in the
            caller's order.
        """
        found = self._search(sources, limit, towards=towards)
        return found if self.given is None else Nearest(found.cost[self.given], found.source[self.given])

    def cost_of(
        self, places: Places, sources: Places, limit: float | None = None, *, towards: bool = True
    ) -> Nearest:
        """Find the cheapest source of places on edges: by both ends of their edge, or straight along it.

        Off-road distances on both sides are included. Places without an edge get inf and -1. Where source and place
        share a one-way edge and the one lies behind the other, the way goes round.
        """
        nodes = self._search(sources, limit, towards=towards)
        by_ends = through_ends(places.spots, self.edges.roads, leaving=towards, nodes=nodes)
        direct = along_same_edge(places.spots, sources.spots, self.edges.roads, towards=towards)
        best = cheaper(by_ends, direct)
        if limit is None:
            return best
        within = best.cost <= limit
        return Nearest(np.where(within, best.cost, np.inf), np.where(within, best.source, -1))

    def within(
        self,
        sources: "Places | npt.ArrayLike",
        limit: float,
        *,
        targets: npt.ArrayLike | None = None,
        towards: bool = True,
    ) -> csr_matrix:
        """Find everything within ``limit`` of every source: one bounded search per source.

        Parameters
        ----------
        sources, towards
            As for ``nearest``.
        limit
            Finite, in ``unit``; a cost equal to it is within.
        targets
            Different node numbers that are asked for; None: all of them.

        Returns
        -------
        scipy.sparse.csr_matrix
            (n_sources, n_nodes or n_targets), costs in ``unit``; a stored 0 is no distance. Nodes in the caller's
            order, or targets in theirs.

        Raises
        ------
        InputError
            When the limit is negative, infinite or not a number, or a node does not exist or is asked for twice.
        """
        entries, count = self._entries(sources, towards=towards)
        ground = self._searched(towards=towards)[0]
        return travel_table(ground, entries, sources=count, limit=limit, columns=self._columns(targets))

    def _columns(self, targets: npt.ArrayLike | None) -> Columns | None:
        """Return the column each of our nodes is written to; None when that is its own number."""
        if targets is None:
            return None if self.given is None else columns_of(self.given, nodes=self.node_count)
        asked = np.atleast_1d(np.asarray(targets, np.int64))
        return columns_of(self._own_nodes(asked), nodes=self.node_count, asked=asked)

    def travel(self, sources: Places, places: Places, limit: float, *, towards: bool = True) -> csr_matrix:
        """Find the cost between every source and every place on an edge within ``limit``: (n_sources, n_places).

        By both ends of the place's edge or straight along an edge they share, off-road distances on both sides
        included. Places and sources without an edge reach nothing. ``towards`` and errors as for ``within``.
        """
        entries, count = self._entries(sources, towards=towards)
        ways = entries_from_edges(places.spots, self.edges.roads, leaving=towards)
        beside = beside_nodes(ways, nodes=self.node_count, places=len(places))
        ground = self._searched(towards=towards)[0]
        nodes = travel_table(ground, entries, sources=count, limit=limit, columns=beside.columns())
        along = pairs_along_edges(sources, places, self.edges.roads, limit=limit, towards=towards)
        return cheaper_of(carried_on(nodes, beside, limit=limit), along)

    def service_area(
        self, sources: "Places | npt.ArrayLike", limit: float, *, towards: bool = True
    ) -> EdgeIntervals:
        """Give exactly the stretches of edges within ``limit`` of any source, partial edges included.

        Positions count from the edge's ``u`` end in ``unit``; stretches are disjoint and sorted by edge. Only what is
        in reach is touched. ``towards`` and errors as for ``within``.
        """
        check_limit(limit)
        edges, entries = self.edges, self._entries(sources, towards=towards)[0]
        ground, beside = self._searched(towards=towards)
        reached = reached_by_nodes(ground, entries, beside=beside(), limit=limit)
        if not isinstance(sources, Places):
            return reached
        around = reached_around(sources.spots, edges.roads, limit=limit, towards=towards)
        return with_sources(reached, around, edges.cost)

    def _search(self, sources: "Places | npt.ArrayLike", limit: float | None, *, towards: bool) -> Nearest:
        entries, count = self._entries(sources, towards=towards)
        return nearest_source(self._searched(towards=towards)[0], entries, sources=count, limit=limit)

    def _entries(self, sources: "Places | npt.ArrayLike", *, towards: bool) -> tuple[Entries, int]:
        """Return where sources enter the graph, and how many there are."""
        if isinstance(sources, Places):
            return entries_from_edges(sources.spots, self.edges.roads, leaving=not towards), len(sources)
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
