"""Names for the arrays kernels take and give."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]


class Adjacency(NamedTuple):
    """Who is next to whom, in compressed rows: neighbours of ``i`` are ``indices[indptr[i]:indptr[i+1]]``."""

    indptr: Ints
    indices: Ints
    weights: Floats

    @property
    def size(self) -> int:
        """Count the nodes."""
        return len(self.indptr) - 1


class Nearest(NamedTuple):
    """Cost to, and index of, the nearest source; inf and -1 where there is none."""

    cost: Floats
    source: Ints


def ragged(start: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """List the indices of many slices in a row, and where each slice begins (n+1 offsets).

    ``ragged([3, 7], [5, 8])`` gives ``[3, 4, 7]`` and ``[0, 2, 3]``.
    """
    sizes = np.maximum(np.asarray(stop, np.int64) - np.asarray(start, np.int64), 0)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    flat = np.arange(offsets[-1]) + np.repeat(np.asarray(start, np.int64) - offsets[:-1], sizes)
    return flat, offsets
