"""Covering models as programs for the solver, and constraints as rows of them."""

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.constraints import Rules
from gis.siting.highs import Program
from gis.siting.merging import Cover


class Rows(NamedTuple):
    """Rows to add to a program, compressed."""

    ptr: Ints
    columns: Ints
    values: Floats
    lower: Floats
    upper: Floats


def set_cover(cover: Cover, must: Flags) -> Program:
    """Build: minimise the number of columns, every row covered."""
    columns = len(must)
    return Program(
        cost=np.ones(columns),
        lower=must.astype(float),
        upper=np.ones(columns),
        integer=np.ones(columns, bool),
        row_ptr=cover.row_ptr,
        columns=cover.row_cols,
        values=np.ones(len(cover.row_cols)),
        row_lower=np.ones(cover.rows),
        row_upper=np.full(cover.rows, np.inf),
    )


def max_cover(cover: Cover, must: Flags, number: int) -> Program:
    """Build: minimise -Σ weight z, with z <= Σ y over its candidates and Σ y = number.

    A row with one candidate needs no z of its own: its weight goes to the candidate.
    """
    columns, alone, several = len(must), *_split(cover)
    cost_y = -np.bincount(
        cover.row_cols[cover.row_ptr[alone]], weights=cover.weight[alone], minlength=columns
    )
    ends, parts = _without(cover, several)
    ptr = np.concatenate([ends + np.arange(len(several) + 1), [len(parts) + len(several) + columns]])
    index = np.insert(parts, ends[1:], columns + np.arange(len(several)))
    values = np.insert(np.ones(len(parts)), ends[1:], -1.0)
    return Program(
        cost=np.concatenate([cost_y, -cover.weight[several]]),
        lower=np.concatenate([must.astype(float), np.zeros(len(several))]),
        upper=np.ones(columns + len(several)),
        integer=np.concatenate([np.ones(columns, bool), np.zeros(len(several), bool)]),
        row_ptr=ptr,
        columns=np.concatenate([index, np.arange(columns)]),
        values=np.concatenate([values, np.ones(columns)]),
        row_lower=np.concatenate([np.zeros(len(several)), [float(number)]]),
        row_upper=np.concatenate([np.full(len(several), np.inf), [float(number)]]),
    )


def point(cover: Cover, chosen: Flags) -> Floats:
    """Return the variables of ``max_cover`` at a choice of columns."""
    _, several = _split(cover)
    return np.concatenate([chosen.astype(float), rows_of(cover, chosen)[several].astype(float)])


def rows_of(cover: Cover, chosen: Flags) -> Flags:
    """Tell which merged rows a choice of columns covers."""
    hits = np.concatenate([[0], np.cumsum(chosen[cover.row_cols])])
    return np.asarray(hits[cover.row_ptr[1:]] > hits[cover.row_ptr[:-1]])


def weight_of(cover: Cover, chosen: Flags) -> float:
    """Return the weight a choice of columns covers."""
    return float(cover.weight[rows_of(cover, chosen)].sum())


def better_of(cover: Cover, one: Flags, other: Flags) -> Flags:
    """Return the choice that covers more; the first where both cover as much."""
    return other if weight_of(cover, other) > weight_of(cover, one) else one


def constrained(program: Program, rules: Rules, *, number: int | None) -> Program:
    """Add the rules to a program whose first variables are the columns; at most ``number`` columns in all."""
    columns = len(rules.must)
    extra = _joined([*_crowding(rules), *_groups(rules), *_knapsack(rules), *_count(columns, number)])
    upper = program.upper.copy()
    upper[:columns][rules.closed] = 0.0
    return Program(
        cost=program.cost,
        lower=program.lower,
        upper=upper,
        integer=program.integer,
        row_ptr=np.concatenate([program.row_ptr, program.row_ptr[-1] + extra.ptr[1:]]),
        columns=np.concatenate([program.columns, extra.columns]),
        values=np.concatenate([program.values, extra.values]),
        row_lower=np.concatenate([program.row_lower, extra.lower]),
        row_upper=np.concatenate([program.row_upper, extra.upper]),
    )


def without_last_row(program: Program) -> Program:
    """Drop the last row of a program: the one that fixes the number of sites."""
    end = int(program.row_ptr[-2])
    return Program(
        cost=program.cost,
        lower=program.lower,
        upper=program.upper,
        integer=program.integer,
        row_ptr=program.row_ptr[:-1],
        columns=program.columns[:end],
        values=program.values[:end],
        row_lower=program.row_lower[:-1],
        row_upper=program.row_upper[:-1],
    )


def priced_rows(rules: Rules) -> tuple[csr_matrix, Floats, Flags]:
    """Return spacing and budget as rows of "at most": (n_rows, n_columns), limits, and which rows are of spacing.

    A budget is counted in mean costs.
    """
    apart, columns = _crowding(rules), len(rules.must)
    rows = [*apart, *_knapsack(rules)]
    scale = [max(float(np.mean(np.abs(one[1]))), 1e-300) for one in rows]
    extra = _joined([(one[0], one[1] / by, one[2], one[3] / by) for one, by in zip(rows, scale, strict=True)])
    table = csr_matrix((extra.values, extra.columns, extra.ptr), shape=(len(rows), columns))
    return table, extra.upper, np.arange(len(rows)) < len(apart)


_Row = tuple[Ints, Floats, float, float]


def _joined(rows: list[_Row]) -> Rows:
    sizes = [len(one[0]) for one in rows]
    nothing = np.empty(0)
    return Rows(
        np.concatenate([[0], np.cumsum(np.array(sizes, np.int64))]),
        np.concatenate([np.empty(0, np.int64), *(one[0] for one in rows)]),
        np.concatenate([nothing, *(one[1] for one in rows)]),
        np.array([one[2] for one in rows], float),
        np.array([one[3] for one in rows], float),
    )


def _crowding(rules: Rules) -> list[_Row]:
    """Cover the pairs in conflict by cliques: one row of "at most one" for each, far tighter than a row per pair."""
    free = ~(rules.closed | rules.must)
    table = rules.near.copy()
    table.eliminate_zeros()
    near = [
        set(table.indices[table.indptr[one] : table.indptr[one + 1]].tolist())
        for one in range(len(rules.must))
    ]
    rows: list[_Row] = []
    done: set[tuple[int, int]] = set()
    for one in np.flatnonzero(free).tolist():
        for other in sorted(near[one]):
            if other < one or not free[other] or (one, other) in done:
                continue
            clique, shared = [one, other], near[one] & near[other]
            while shared:
                best = min(shared)
                clique.append(best)
                shared = shared & near[best]
            members = sorted(clique)
            done.update((a, b) for at, a in enumerate(members) for b in members[at + 1 :])
            kept = np.array([m for m in members if free[m]], np.int64)
            rows.append((kept, np.ones(len(kept)), -np.inf, 1.0))
    return rows


def _groups(rules: Rules) -> list[_Row]:
    rows: list[_Row] = []
    for number, (most, least) in enumerate(zip(rules.most, rules.least, strict=True)):
        members = np.flatnonzero(rules.group == number)
        if len(members) and (least > 0 or most < len(members)):
            rows.append((members, np.ones(len(members)), float(least), float(most)))
    return rows


def _knapsack(rules: Rules) -> list[_Row]:
    priced = np.flatnonzero((rules.cost > 0) & ~rules.closed)
    if not np.isfinite(rules.budget) or not len(priced):
        return []
    return [(priced, rules.cost[priced], -np.inf, rules.budget)]


def _count(columns: int, number: int | None) -> list[_Row]:
    if number is None:
        return []
    return [(np.arange(columns), np.ones(columns), -np.inf, float(number))]


def _split(cover: Cover) -> tuple[Ints, Ints]:
    """Return the rows with one candidate, and those with several."""
    sizes = np.diff(cover.row_ptr)
    return np.flatnonzero(sizes == 1), np.flatnonzero(sizes > 1)


def _without(cover: Cover, rows: Ints) -> tuple[Ints, Ints]:
    """Return the compressed rows of some rows only."""
    part = csr_matrix(
        (np.ones(len(cover.row_cols), np.int8), cover.row_cols, cover.row_ptr),
        shape=(cover.rows, len(cover.col_ptr) - 1),
    )[rows]
    return part.indptr.astype(np.int64), part.indices.astype(np.int64)
