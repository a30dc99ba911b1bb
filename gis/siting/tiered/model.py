"""The program of two tiers: which sites are open, what each kitchen sends, what each point gives to whom."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.highs import Program
from gis.siting.tiered.arcs import Arcs, Sources, arcs_of, sources_of
from gis.siting.tiered.question import Tiers


@dataclass(frozen=True, slots=True)
class Model:
    """A program and what its columns mean.

    Columns in order: open kitchens, open points, meals from each source, meals eaten in by pair, meals delivered by
    pair, meals left over for slower pairs by source.

    Meals delivered must be hot over both legs. A pair of home and point can be served by the quickest sources of the
    point only; such sets lie within each other, so it is enough that at every source, quickest first, what came so far
    covers what had to come so far. No path from kitchen to home needs a column of its own.
    """

    program: Program
    tiers: Tiers
    sources: Sources
    eat: Arcs
    door: Arcs

    @classmethod
    def of(cls, tiers: Tiers, *, merge: bool = True) -> Self:
        """Build the program that maximises the meals served; the limits on new sites come with ``limited``."""
        sources = sources_of(tiers)
        eat = arcs_of(tiers.eat_in_min, tiers.eat_in, sources, tiers, delivered=False, merge=merge)
        door = arcs_of(tiers.delivery_min, tiers.delivered, sources, tiers, delivered=True, merge=merge)
        return cls(_program(tiers, sources, eat, door), tiers, sources, eat, door)

    @property
    def sites(self) -> int:
        """Count the columns of sites."""
        return self.tiers.kitchens + self.tiers.points

    def parts(self, values: Floats) -> tuple[Floats, Floats, Floats]:
        """Cut values into meals from sources, eaten in and delivered; rounding below zero is taken off."""
        ends = np.cumsum([self.sites, len(self.sources), len(self.eat), len(self.door)])
        cut = np.split(np.maximum(values, 0.0), ends)
        return cut[1], cut[2], cut[3]

    def limited(self, *, new_points: int | None, new_kitchens: int | None, budget: float | None) -> Self:
        """Add the limits on new sites."""
        free_k, free_c = ~self.tiers.kitchen_stands, ~self.tiers.point_stands
        kitchens, points = np.flatnonzero(free_k), self.tiers.kitchens + np.flatnonzero(free_c)
        rows = [
            (points, np.ones(len(points)), new_points),
            (kitchens, np.ones(len(kitchens)), new_kitchens),
            (
                np.concatenate([kitchens, points]),
                np.concatenate(
                    [_cost(self.tiers.kitchen_cost, free_k), _cost(self.tiers.point_cost, free_c)]
                ),
                budget,
            ),
        ]
        program = self.program
        for columns, values, most in rows:
            if most is not None and len(columns):
                program = _with_row(program, columns, values, upper=float(most))
        return replace(self, program=program)

    def held(self, is_open: Flags) -> Program:
        """Return the program with the sites settled: what can be served then is a linear program."""
        lower, upper = self.program.lower.copy(), self.program.upper.copy()
        lower[: self.sites] = upper[: self.sites] = is_open
        return replace(self.program, lower=lower, upper=upper, integer=np.zeros(len(lower), bool))

    def least_travel(self, is_open: Flags, served: float) -> Program:
        """Return the program that serves as many with the sites settled, in the least minutes over both legs."""
        held = self.held(is_open)
        cost = np.zeros(len(held.cost))
        start = self.sites
        for minutes in (self.sources.minutes, self.eat.minutes, self.door.minutes):
            cost[start : start + len(minutes)] = minutes
            start += len(minutes)
        flows = np.arange(self.sites + len(self.sources), start)
        row = _with_row(held, flows, np.ones(len(flows)), lower=served * (1 - 1e-9) - 1e-7)
        return replace(row, cost=cost)


def _cost(cost: Floats | None, flags: Flags) -> Floats:
    return np.ones(int(flags.sum())) if cost is None else cost[flags]


def _with_row(
    program: Program, columns: Ints, values: Floats, *, lower: float = -np.inf, upper: float = np.inf
) -> Program:
    return replace(
        program,
        row_ptr=np.append(program.row_ptr, program.row_ptr[-1] + len(columns)),
        columns=np.concatenate([program.columns, columns]),
        values=np.concatenate([program.values, values]),
        row_lower=np.append(program.row_lower, lower),
        row_upper=np.append(program.row_upper, upper),
    )


_Entry = tuple[Ints, Ints, Floats | float]


class _Rows:
    """Rows of a program, gathered block by block."""

    def __init__(self) -> None:
        self.count = 0
        self.parts: list[tuple[Ints, Ints, Floats]] = []
        self.ends: list[tuple[Floats, Floats]] = []

    def add(self, rows: int, *entries: _Entry, lower: float, upper: Floats | float) -> None:
        """Add so many rows; entries are row within the block, column, value."""
        for row, column, value in entries:
            self.parts.append(
                (row + self.count, column, np.broadcast_to(np.asarray(value, float), row.shape))
            )
        self.ends.append((np.full(rows, lower), np.broadcast_to(np.asarray(upper, float), (rows,))))
        self.count += rows

    def matrix(self, columns: int) -> csr_matrix:
        """Return the rows as one sparse matrix."""
        row, column, value = (np.concatenate(one) for one in zip(*self.parts, strict=True))
        return coo_matrix((value, (row, column)), shape=(self.count, columns)).tocsr()


def _program(tiers: Tiers, sources: Sources, eat: Arcs, door: Arcs) -> Program:
    sites = tiers.kitchens + tiers.points
    sent = sites + np.arange(len(sources))
    at_table = sent.size + sites + np.arange(len(eat))
    to_door = at_table.size + sent.size + sites + np.arange(len(door))
    over = to_door.size + at_table.size + sent.size + sites + np.arange(len(sources))
    rows = _Rows()
    for arcs, column in ((eat, at_table), (door, to_door)):
        rows.add(len(arcs.wanted), (arcs.group, column, 1.0), lower=-np.inf, upper=arcs.wanted)
        _link(rows, arcs, column, tiers)
    _capacities(rows, tiers, eat, door, at_table, to_door)
    _kitchens(rows, tiers, sources, sent, eat, door)
    _chain(rows, sources, (eat, door), (sent, at_table, to_door, over))
    total = sites + 2 * len(sources) + len(eat) + len(door)
    matrix = rows.matrix(total)
    lower = np.zeros(total)
    lower[:sites] = np.concatenate([tiers.kitchen_stands, tiers.point_stands])
    upper = np.full(total, np.inf)
    upper[:sites] = 1.0
    upper[sent] = np.where(sources.kitchen < 0, tiers.point_cooks[sources.point], np.inf)
    last = sources.start[1:][np.diff(sources.start) > 0] - 1
    upper[over[last]] = 0.0
    cost = np.zeros(total)
    cost[at_table] = cost[to_door] = -1.0
    return Program(
        cost=cost,
        lower=lower,
        upper=upper,
        integer=np.arange(total) < sites,
        row_ptr=matrix.indptr.astype(np.int64),
        columns=matrix.indices.astype(np.int64),
        values=matrix.data,
        row_lower=np.concatenate([one for one, _ in rows.ends]),
        row_upper=np.concatenate([one for _, one in rows.ends]),
    )


def _link(rows: _Rows, arcs: Arcs, column: Ints, tiers: Tiers) -> None:
    """Serve from open points only, pair by pair: far tighter than one row per point."""
    free = np.flatnonzero(~tiers.point_stands[arcs.point])
    most = np.minimum(arcs.wanted[arcs.group[free]], tiers.point_capacity[arcs.point[free]])
    at = np.arange(len(free))
    opened = tiers.kitchens + arcs.point[free]
    rows.add(len(free), (at, column[free], 1.0), (at, opened, -most), lower=-np.inf, upper=0.0)


def _capacities(rows: _Rows, tiers: Tiers, eat: Arcs, door: Arcs, at_table: Ints, to_door: Ints) -> None:
    for most, pairs in (
        (tiers.point_capacity, ((eat, at_table), (door, to_door))),
        (tiers.point_seats, ((eat, at_table),)),
    ):
        limited = np.flatnonzero(np.isfinite(most))
        at = np.full(tiers.points, -1)
        at[limited] = np.arange(len(limited))
        entries: list[_Entry] = []
        for arcs, column in pairs:
            kept = at[arcs.point] >= 0
            entries.append((at[arcs.point[kept]], column[kept], 1.0))
        entries.append((np.arange(len(limited)), tiers.kitchens + limited, -most[limited]))
        rows.add(len(limited), *entries, lower=-np.inf, upper=0.0)


def _kitchens(rows: _Rows, tiers: Tiers, sources: Sources, sent: Ints, eat: Arcs, door: Arcs) -> None:
    """Send no more than a kitchen cooks, and nothing from one that is not there."""
    limited = np.flatnonzero(np.isfinite(tiers.kitchen_capacity))
    at = np.full(tiers.kitchens + 1, -1)
    at[limited] = np.arange(len(limited))
    kept = at[sources.kitchen] >= 0
    rows.add(
        len(limited),
        (at[sources.kitchen[kept]], sent[kept], 1.0),
        (np.arange(len(limited)), limited, -tiers.kitchen_capacity[limited]),
        lower=-np.inf,
        upper=0.0,
    )
    free = np.flatnonzero((sources.kitchen >= 0) & ~np.append(tiers.kitchen_stands, True)[sources.kitchen])
    asked = sum(
        np.bincount(arcs.point, weights=arcs.wanted[arcs.group], minlength=tiers.points)
        for arcs in (eat, door)
    )
    kitchen, point = sources.kitchen[free], sources.point[free]
    most = np.minimum(np.minimum(asked, tiers.point_capacity)[point], tiers.kitchen_capacity[kitchen])
    here = np.arange(len(free))
    rows.add(len(free), (here, sent[free], 1.0), (here, kitchen, -most), lower=-np.inf, upper=0.0)


def _chain(
    rows: _Rows,
    sources: Sources,
    pairs: tuple[Arcs, Arcs],
    columns: tuple[Ints, Ints, Ints, Ints],
) -> None:
    """Carry what is left over from source to source, quickest first; at the last one nothing is left."""
    (eat, door), (sent, at_table, to_door, over) = pairs, columns
    here = np.arange(len(sources))
    later = np.flatnonzero(here > sources.start[sources.point])
    rows.add(
        len(sources),
        (here, sent, 1.0),
        (later, over[later - 1], 1.0),
        (here, over, -1.0),
        (sources.start[door.point] + door.level - 1, to_door, -1.0),
        (sources.start[eat.point + 1] - 1, at_table, -1.0),
        lower=0.0,
        upper=0.0,
    )
