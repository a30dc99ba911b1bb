"""Edges strung together where they meet end to end and nothing branches off."""

import numpy as np

from gis.kernels.arrays import Flags, Ints
from gis.kernels.compiling import compiled


@compiled
def strung(u: Ints, v: Ints, at: Ints, through: Flags) -> tuple[Ints, Ints]:
    """Follow edges through nodes that join two of them.

    Parameters
    ----------
    u, v
        Ends of each edge.
    at
        (n_nodes, 2): the two edges at each node of ``through``; other rows are not read.
    through
        Nodes to go through: exactly two different edges meet there.

    Returns
    -------
    tuple
        Offsets of the chains, and their edges in order: 2 x edge, 1 more where the chain runs from ``v`` to ``u``. A
        chain begins at the end of its first edge that is no such node; rings of nothing but such nodes, and chains that
        come back to where they began, fall apart into single edges.
    """
    seen = np.zeros(len(u), np.bool_)
    codes, offsets = np.empty(len(u), np.int64), np.empty(len(u) + 1, np.int64)
    filled = chains = 0
    offsets[0] = 0
    for start in range(2 * len(u)):
        edge, turned = start >> 1, start & 1
        first = v[edge] if turned else u[edge]
        if seen[edge] or through[first]:
            continue
        begin = filled
        while True:
            seen[edge] = True
            codes[filled] = 2 * edge + turned
            filled += 1
            node = u[edge] if turned else v[edge]
            if not through[node]:
                break
            edge = at[node, 0] if at[node, 1] == edge else at[node, 1]
            turned = 0 if u[edge] == node else 1
        if node == first and filled > begin + 1:
            for k in range(begin, filled):
                chains += 1
                offsets[chains] = k + 1
        else:
            chains += 1
            offsets[chains] = filled
    for edge in range(len(u)):
        if not seen[edge]:
            codes[filled] = 2 * edge
            filled += 1
            chains += 1
            offsets[chains] = filled
    return offsets[: chains + 1].copy(), codes
