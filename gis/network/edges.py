"""Edges between nodes in a plane, with their cost and shape, as plain arrays."""

from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from gis.kernels.arrays import Flags, Floats, Ints, ragged
from gis.kernels.hilbert import hilbert_order
from gis.kernels.on_edges import LEVEL, Roads
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
    ahead, back
        What one unit of length counts from ``u`` to ``v``, and from ``v`` to ``u`` (walking uphill and downhill); empty
        where every unit counts as one.
    """

    x: Floats
    y: Floats
    u: Ints
    v: Ints
    cost: Floats
    oneway: Flags
    raised: Flags
    shapes: Shapes | None = None
    ahead: Floats = LEVEL
    back: Floats = LEVEL

    @property
    def directed(self) -> bool:
        """Whether any way differs from the way back."""
        return len(self.ahead) > 0 or bool(self.oneway.any())

    @property
    def least_pace(self) -> float:
        """What a unit of length counts at least: less than one only where some way leads gently down."""
        return float(min(1.0, self.ahead.min(initial=1.0), self.back.min(initial=1.0)))

    @property
    def roads(self) -> Roads:
        """What a search of places on edges needs of them."""
        return Roads(self.u, self.v, self.cost, self.oneway, self.ahead, self.back)

    def drawn(self) -> Shapes:
        """Return the vertices of the edges; straight ones have two, their nodes."""
        if self.shapes is not None:
            return self.shapes
        ends = np.column_stack([self.u, self.v]).reshape(-1)
        return Shapes(self.x[ends], self.y[ends], np.arange(len(self.u) + 1, dtype=np.int64) * 2)

    def ways(self) -> tuple[Ints, Ints, Floats, Flags]:
        """Return ends, cost and one-way of what a graph is made of; edges of two paces as two one-way ones."""
        if len(self.ahead) == 0:
            return self.u, self.v, self.cost, self.oneway
        both = ~self.oneway
        cost = np.concatenate([self.cost * self.ahead, (self.cost * self.back)[both]])
        u, v = np.concatenate([self.u, self.v[both]]), np.concatenate([self.v, self.u[both]])
        return u, v, cost, np.ones(len(u), bool)

    def kept(self, which: Flags) -> Self:
        """Return the same nodes with some of the edges."""
        shapes = self.shapes
        if shapes is not None:
            flat, offsets = ragged(shapes.offsets[:-1][which], shapes.offsets[1:][which])
            shapes = Shapes(shapes.x[flat], shapes.y[flat], offsets)
        u, v, cost = self.u[which], self.v[which], self.cost[which]
        return self._replace(
            u=u, v=v, cost=cost, oneway=self.oneway[which], raised=self.raised[which], shapes=shapes,
            ahead=self.ahead if len(self.ahead) == 0 else self.ahead[which],
            back=self.back if len(self.back) == 0 else self.back[which],
        )  # fmt: skip


def along_curve(edges: Edges) -> tuple[Edges, Ints]:
    """Return the same edges with nodes numbered along a Hilbert curve, and the new number of each old node."""
    from gis.kernels.curve import in_order  # noqa: PLC0415 - numba loads with the first network

    x, y, rank = in_order(hilbert_order(edges.x, edges.y), edges.x, edges.y)
    return edges._replace(x=x, y=y, u=rank[edges.u], v=rank[edges.v]), rank


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
    us, vs = (_numbers(one) for one in (u, v))
    if len(xs) != len(ys) or not len(us) == len(vs) == len(costs):
        raise InputError(
            Text(
                f"数组长度不一致：x {len(xs)}，y {len(ys)}，u {len(us)}，v {len(vs)}，成本 {len(costs)}。",
                f"Arrays differ in length: x {len(xs)}, y {len(ys)}, u {len(us)}, v {len(vs)}, cost {len(costs)}.",
            )
        )
    for one in (xs, ys):
        _refuse(~np.isfinite(one), one, Text("节点坐标不是数", "Node coordinate is no number"))
    usable = np.isfinite(costs) & (costs >= 0)
    _refuse(~usable, costs, Text("边的成本为负或缺失", "Edge cost negative or missing"))
    for ends in (us, vs):
        if len(ends) and not 0 <= int(ends.min()) <= int(ends.max()) < len(xs):
            nowhere = (ends < 0) | (ends >= len(xs))
            _refuse(nowhere, ends, Text("边指向不存在的节点", "Edge names a node that does not exist"))
    bound = np.zeros(len(us), bool) if oneway is None else np.asarray(oneway, bool).reshape(-1)
    if len(bound) != len(us):
        raise InputError(
            Text(
                f"数组长度不一致：u {len(us)}，单行 {len(bound)}。",
                f"Arrays differ in length: u {len(us)}, oneway {len(bound)}.",
            )
        )
    return Edges(xs, ys, us, vs, costs, bound, np.zeros(len(us), bool))


def _numbers(nodes: npt.ArrayLike) -> Ints:
    """Return numbers of nodes as they are where they are whole numbers, so that large ones are not copied."""
    given = np.asarray(nodes).reshape(-1)
    return given if given.dtype in (np.dtype(np.int32), np.dtype(np.int64)) else given.astype(np.int64)


def _refuse(wrong: npt.NDArray[np.bool_], values: npt.NDArray[np.generic], what: Text) -> None:
    if wrong.any():
        row = int(np.argmax(wrong))
        raise InputError(
            Text(f"{what.zh}：第 {row} 项为 {values[row]}。", f"{what.en}: item {row} is {values[row]}.")
        )
