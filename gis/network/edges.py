"""Edges between nodes in a plane, with their cost and shape, as plain arrays."""

from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from gis.kernels.arrays import Flags, Floats, Ints, ragged
from gis.kernels.on_edges import Roads
from layers.errors import InputError
from layers.text import Text


class Shapes(NamedTuple):
    """Vertices of lines, one after the other; those of line ``i`` are ``offsets[i]:offsets[i+1]``."""

    x: Floats
    y: Floats
    offsets: Ints


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
    oneway
        Which edges lead from ``u`` to ``v`` only.
    raised
        Which edges are bridges or tunnels: no barrier at ground level cuts them.
    shapes
        Vertices of the edges from ``u`` to ``v``; None when all of them are straight.
    """

    x: Floats
    y: Floats
    u: Ints
    v: Ints
    cost: Floats
    oneway: Flags
    raised: Flags
    shapes: Shapes | None = None

    @property
    def roads(self) -> Roads:
        """What a search of places on edges needs of them."""
        return Roads(self.u, self.v, self.cost, self.oneway)

    def drawn(self) -> Shapes:
        """Return the vertices of the edges; straight ones have two, their nodes."""
        if self.shapes is not None:
            return self.shapes
        ends = np.column_stack([self.u, self.v]).reshape(-1)
        return Shapes(self.x[ends], self.y[ends], np.arange(len(self.u) + 1, dtype=np.int64) * 2)

    def kept(self, which: Flags) -> Self:
        """Return the same nodes with some of the edges."""
        shapes = self.shapes
        if shapes is not None:
            flat, offsets = ragged(shapes.offsets[:-1][which], shapes.offsets[1:][which])
            shapes = Shapes(shapes.x[flat], shapes.y[flat], offsets)
        u, v, cost = self.u[which], self.v[which], self.cost[which]
        return self._replace(
            u=u, v=v, cost=cost, oneway=self.oneway[which], raised=self.raised[which], shapes=shapes
        )

    def renumbered(self, order: Ints, rank: Ints) -> Self:
        """Return the same edges with nodes in a new order (``order[k]`` is the old number of new node k).

        ``rank`` is the other way round, see ``ranks``.
        """
        return self._replace(x=self.x[order], y=self.y[order], u=rank[self.u], v=rank[self.v])


def ranks(order: Ints) -> Ints:
    """Return the new number of each old node: ``rank[order[k]] == k``."""
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return rank


def checked_edges(
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    u: npt.ArrayLike,
    v: npt.ArrayLike,
    cost: npt.ArrayLike | None,
    *,
    oneway: npt.ArrayLike | None = None,
) -> Edges:
    """Return straight edges in the right types; raises InputError, naming the first value that cannot be used."""
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
    bound = np.zeros(len(us), bool) if oneway is None else np.asarray(oneway, bool).reshape(-1)
    if len(bound) != len(us):
        raise InputError(
            Text(
                f"数组长度不一致：u {len(us)}，单行 {len(bound)}。",
                f"Arrays differ in length: u {len(us)}, oneway {len(bound)}.",
            )
        )
    return Edges(xs, ys, us, vs, costs, bound, np.zeros(len(us), bool))


def _refuse(wrong: npt.NDArray[np.bool_], values: npt.NDArray[np.generic], what: Text) -> None:
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InputError(
            Text(f"{what.zh}：第 {row} 项为 {values[row]}。", f"{what.en}: item {row} is {values[row]}.")
        )
