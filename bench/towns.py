"""Networks like roads, drawn at random and kept in ``bench/out`` for the next run."""

from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

FACILITIES, DEMAND, M_PER_MIN = 2_000, 100_000, 72.0
OUT = Path(__file__).resolve().parent / "out"


def town(nodes: str | int) -> dict[str, Any]:
    """Return the town of so many nodes, see ``drawn``; from the file of an earlier run where there is one."""
    kept = OUT / f"roads-{int(nodes)}.npz"
    if not kept.is_file():
        kept.parent.mkdir(exist_ok=True)
        np.savez(kept, **drawn(int(nodes)))
    with np.load(kept) as said:
        return dict(said)


def drawn(size: int) -> dict[str, Any]:
    """Draw a network like roads: a triangulation, thinned to 1.35 edges a node so that it stays in one piece.

    No two edges join the same nodes. 40 m a step in a town of any size, every edge walkable both ways at 1.2 m/s.
    Seeded: the same on every run. Of 40,000 nodes of Chengdu's streets 17 % have one edge, 13 % two, 49 % three and
    20 % four; here 16, 32, 29 and 16 % do.
    """
    from scipy.sparse.csgraph import minimum_spanning_tree
    from scipy.spatial import Delaunay

    rng = np.random.default_rng(20260101)
    side = 25_000.0 * np.sqrt(size / 500_000)
    x, y = rng.random((2, size)) * side
    corners = Delaunay(np.column_stack([x, y])).simplices
    sides = np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]]).astype(np.int64)
    pairs = np.unique(np.sort(sides, axis=1), axis=0)
    number = csr_matrix((rng.permutation(len(pairs)) + 1.0, pairs.T), shape=(size, size))
    tree = minimum_spanning_tree(number).tocoo()
    kept = np.isin(pairs @ [size, 1], np.column_stack([tree.row, tree.col]).astype(np.int64) @ [size, 1])
    more = rng.choice(np.flatnonzero(~kept), int(1.35 * size) - int(kept.sum()), replace=False)
    u, v = rng.permutation(np.concatenate([pairs[kept], pairs[more]])).T
    minutes = np.hypot(x[u] - x[v], y[u] - y[v]) / M_PER_MIN
    return {
        "x": x, "y": y, "u": u, "v": v, "minutes": minutes,
        "sources": rng.choice(size, min(FACILITIES, size), replace=False),
        "demand": rng.choice(size, min(DEMAND, size), replace=False),
    }  # fmt: skip
