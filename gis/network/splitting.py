"""Lines split into edges at the vertices where they meet."""

from typing import NamedTuple

import numpy as np
import pyproj

from gis.kernels.arrays import Flags, Floats, Ints, ragged
from gis.network.edges import Edges, Shapes
from layers.crs import geodesic_m


class Lines(NamedTuple):
    """Single lines, vertex by vertex, in storage degrees and in a metric plane.

    ``line`` is the line of each vertex; the vertices of line ``i`` are ``offsets[i]:offsets[i+1]``.
    """

    lon: Floats
    lat: Floats
    x: Floats
    y: Floats
    line: Ints
    offsets: Ints

    @classmethod
    def in_plane(cls, lon: Floats, lat: Floats, line: Ints, count: int, crs: pyproj.CRS) -> "Lines":
        """Place ``count`` lines in a plane."""
        x, y = pyproj.Transformer.from_crs("EPSG:4490", crs, always_xy=True).transform(lon, lat)
        offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.bincount(line, minlength=count))])
        return cls(lon, lat, np.asarray(x), np.asarray(y), line, offsets)

    @property
    def ends(self) -> Flags:
        """Which vertices are first or last of their line."""
        ends = np.zeros(len(self.x), bool)
        ends[self.offsets[:-1]] = ends[self.offsets[1:] - 1] = True
        return ends


class Said(NamedTuple):
    """What the source says of each whole line: its length in metres (nan for nothing), and what kind of way it is."""

    length_m: Floats
    oneway: Flags
    raised: Flags


def split(lines: Lines, at: Ints, node: Ints, said: Said) -> Edges:
    """Split lines into edges.

    Parameters
    ----------
    at
        Sorted vertices to split at, both ends of every line among them.
    node
        Number of the node at each of them, 0…n-1 without gaps.
    said
        An edge that is a part of a line, or whose line says no length, is measured on the ellipsoid.
    """
    pairs = np.flatnonzero(lines.line[at[:-1]] == lines.line[at[1:]])
    first, last = at[pairs], at[pairs + 1]
    flat, offsets = ragged(first, last + 1)
    size = int(node.max()) + 1 if len(node) else 0
    x, y = np.empty(size), np.empty(size)
    x[node], y[node] = lines.x[at], lines.y[at]
    cost, line = _lengths(lines, first, last, said.length_m), lines.line[first]
    shapes = Shapes(lines.x[flat], lines.y[flat], offsets)
    return Edges(x, y, node[pairs], node[pairs + 1], cost, said.oneway[line], said.raised[line], shapes)


def _lengths(lines: Lines, first: Ints, last: Ints, said_m: Floats) -> Floats:
    steps = geodesic_m(lines.lon[:-1], lines.lat[:-1], lines.lon[1:], lines.lat[1:])
    along = np.concatenate([np.zeros(1), np.cumsum(np.where(lines.line[:-1] == lines.line[1:], steps, 0.0))])
    line = lines.line[first]
    is_whole = (first == lines.offsets[line]) & (last == lines.offsets[line + 1] - 1)
    said = said_m[line]
    return np.asarray(np.where(is_whole & (said > 0), said, along[last] - along[first]))
