"""Edges between nodes in a plane, with their cost and shape, as plain arrays."""

from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from gis.kernels.arrays import Floats, Ints
from gis.kernels.hilbert import hilbert_order
from layers.errors import InputError
from layers.text import Text


class Edges(NamedTuple):
    """Nodes and edges.

    Attributes
    ----------
    x, y
        Coordinates of the nodes.
    u, v
        Node at either end of each edge.
    cost
        Length in metres (or minutes) of each edge.
    shape_x, shape_y, offsets
        Vertices of the edges from ``u`` to ``v``; those of edge ``i`` are ``offsets[i]:offsets[i+1]``.
    """

    x: Floats
    y: Floats
    u: Ints
    v: Ints
    cost: Floats
    shape_x: Floats
    shape_y: Floats
    offsets: Ints

    def renumbered(self, order: Ints) -> Self:
        """Return the same edges with nodes in a new order (``order[k]`` is the old number of new node k)."""
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        return self._replace(x=self.x[order], y=self.y[order], u=rank[self.u], v=rank[self.v])


def straight_edges(x: Floats, y: Floats, u: Ints, v: Ints, cost: Floats) -> tuple[Edges, Ints]:
    """Make straight edges and number the nodes along a Hilbert curve; also returns that order."""
    ends = np.column_stack([u, v]).reshape(-1)
    offsets = np.arange(len(u) + 1, dtype=np.int64) * 2
    order = hilbert_order(x, y)
    return Edges(x, y, u, v, cost, x[ends], y[ends], offsets).renumbered(order), order


def checked_edges(
    x: npt.ArrayLike, y: npt.ArrayLike, u: npt.ArrayLike, v: npt.ArrayLike, cost: npt.ArrayLike | None
) -> tuple[Floats, Floats, Ints, Ints, Floats]:
    """Return the arrays in the right types; raises InputError, naming the first value that cannot be used."""
    xs, ys, costs = (np.asarray(one, np.float64).reshape(-1) for one in (x, y, cost))
    us, vs = (np.asarray(one, np.int64).reshape(-1) for one in (u, v))
    if len(xs) != len(ys) or not len(us) == len(vs) == len(costs):
        raise InputError(
            Text(
                f"数组长度不一致：x {len(xs)}，y {len(ys)}，u {len(us)}，v {len(vs)}，成本 {len(costs)}。",
                f"Arrays differ in length: x {len(xs)}, y {len(ys)}, u {len(us)}, v {len(vs)}, cost {len(costs)}.",
            )
        )
    _refuse(~np.isfinite(xs) | ~np.isfinite(ys), xs, Text("节点坐标不是数", "Node coordinate is no number"))
    _refuse(
        ~(np.isfinite(costs) & (costs >= 0)),
        costs,
        Text("边的成本为负或缺失", "Edge cost negative or missing"),
    )
    ends = np.concatenate([us, vs])
    _refuse(
        (ends < 0) | (ends >= len(xs)),
        ends,
        Text("边指向不存在的节点", "Edge names a node that does not exist"),
    )
    return xs, ys, us, vs, costs


def _refuse(wrong: npt.NDArray[np.bool_], values: npt.NDArray[np.generic], what: Text) -> None:
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InputError(
            Text(f"{what.zh}：第 {row} 项为 {values[row]}。", f"{what.en}: item {row} is {values[row]}.")
        )
