"""Many polylines in flat arrays: lengths, and stretches cut out of them."""

import numpy as np

from gis.kernels.arrays import Floats, Ints, ragged


def lengths(x: Floats, y: Floats, offsets: Ints) -> Floats:
    """Return the planar length of each polyline; vertices of line ``i`` are ``offsets[i]:offsets[i+1]``."""
    along = measures(x, y)
    return along[offsets[1:] - 1] - along[offsets[:-1]]


def measures(x: Floats, y: Floats) -> Floats:
    """Return the running length over all vertices laid end to end (the jumps between lines included)."""
    return np.concatenate([np.zeros(1), np.cumsum(np.hypot(np.diff(x), np.diff(y)))])


def cut(
    x: Floats, y: Floats, offsets: Ints, *, line: Ints, start: Floats, stop: Floats
) -> tuple[Floats, Floats, Ints]:
    """Cut stretches out of polylines.

    ``start`` and ``stop`` are planar distances along ``line``. Returns flat vertices and their n+1 offsets; every
    stretch has at least its two end points.
    """
    along = measures(x, y)
    first, last = offsets[line], offsets[line + 1] - 1
    begin, end = along[first] + start, np.minimum(along[first] + stop, along[last])
    inner_from = np.clip(np.searchsorted(along, begin, side="right"), first + 1, last)
    inner_to = np.clip(np.searchsorted(along, end, side="left"), inner_from, last)
    inner, inner_offsets = ragged(inner_from, inner_to)
    out_offsets = inner_offsets + 2 * np.arange(len(line) + 1)
    out_x, out_y = np.empty(out_offsets[-1]), np.empty(out_offsets[-1])
    is_end = np.zeros(out_offsets[-1], bool)
    is_end[out_offsets[:-1]] = is_end[out_offsets[1:] - 1] = True
    out_x[~is_end], out_y[~is_end] = x[inner], y[inner]
    for slot, at, after in ((out_offsets[:-1], begin, inner_from), (out_offsets[1:] - 1, end, inner_to)):
        out_x[slot], out_y[slot] = _between(x, y, along, at, after)
    return out_x, out_y, out_offsets


def _between(x: Floats, y: Floats, along: Floats, at: Floats, after: Ints) -> tuple[Floats, Floats]:
    """Interpolate on the segment that ends at vertex ``after``."""
    before = after - 1
    step = along[after] - along[before]
    share = np.divide(at - along[before], step, out=np.zeros(len(at)), where=step > 0)
    return x[before] + share * (x[after] - x[before]), y[before] + share * (y[after] - y[before])
