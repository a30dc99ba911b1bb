"""Networks like roads, drawn at random and kept in ``bench/out`` for the next run."""

from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

FACILITIES, DEMAND, M_PER_MIN = 2_000, 100_000, 72.0
OUT = Path(__file__).resolve().parent / "out"


def town(nodes: str | int) -> dict[str, Any]:
    """Return the town of so many nodes, see ``drawn``; from the file of an earlier run where there is one."""
    kept = OUT / f"town-{int(nodes)}.npz"
    if not kept.is_file():
        kept.parent.mkdir(exist_ok=True)
        np.savez(kept, **drawn(int(nodes)))
    with np.load(kept) as said:
        return dict(said)


def drawn(size: int) -> dict[str, Any]:
    """Draw a network like roads: a spanning tree of a triangulation and a third more of its short edges.

    Edges / nodes = 1.35, 24 m a step, every one walkable both ways at 1.2 m/s. Seeded: the same on every run.
    """
    from scipy.sparse.csgraph import minimum_spanning_tree
    from scipy.spatial import Delaunay

    rng = np.random.default_rng(20260101)
    side = 25_000.0 * np.sqrt(size / 500_000)
    x, y = rng.random((2, size)) * side
    corners = Delaunay(np.column_stack([x, y])).simplices
    pairs = np.unique(
        np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]]), axis=1), axis=0
    )
    length = np.hypot(*(one[pairs[:, 0]] - one[pairs[:, 1]] for one in (x, y)))
    tree = minimum_spanning_tree(csr_matrix((length, pairs.T), shape=(size, size))).tocoo()
    short = rng.choice(len(pairs), int(0.35 * size), replace=False, p=(1 / length) / (1 / length).sum())
    u, v = np.concatenate([tree.row, pairs[short, 0]]), np.concatenate([tree.col, pairs[short, 1]])
    minutes = np.hypot(x[u] - x[v], y[u] - y[v]) / M_PER_MIN
    return {
        "x": x, "y": y, "u": u, "v": v, "minutes": minutes,
        "sources": rng.choice(size, min(FACILITIES, size), replace=False),
        "demand": rng.choice(size, min(DEMAND, size), replace=False),
    }  # fmt: skip
