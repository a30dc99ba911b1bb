"""Demands with the same candidates are one demand: far smaller models, the same answers."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints


@dataclass(frozen=True, slots=True)
class Cover:
    """Rows that differ, what they weigh together, and the same table by columns.

    Attributes
    ----------
    row_ptr, row_cols
        Candidates of each merged row.
    col_ptr, col_rows
        Merged rows of each candidate.
    weight
        Sum of the weights of the rows merged.
    """

    row_ptr: Ints
    row_cols: Ints
    col_ptr: Ints
    col_rows: Ints
    weight: Floats

    @property
    def rows(self) -> int:
        """Count the merged rows."""
        return len(self.weight)


def merged(reach: csr_matrix, weight: Floats, *, leave_out: Flags) -> Cover:
    """Merge equal rows; rows in ``leave_out`` and rows without candidates are dropped."""
    kept = np.flatnonzero(~leave_out & (np.diff(reach.indptr) > 0))
    _, first, group = np.unique(_signatures(reach, kept), axis=0, return_index=True, return_inverse=True)
    together = np.bincount(group.reshape(-1), weights=weight[kept], minlength=len(first))
    rows = reach[kept[first]]
    by_column = csr_matrix((np.ones(rows.nnz, np.int8), rows.indices, rows.indptr), shape=rows.shape).tocsc()
    return Cover(
        rows.indptr.astype(np.int64),
        rows.indices.astype(np.int64),
        by_column.indptr.astype(np.int64),
        by_column.indices.astype(np.int64),
        np.asarray(together, np.float64),
    )


def _signatures(reach: csr_matrix, rows: Ints) -> Ints:
    """Return two 64-bit sums of random numbers of the columns of each row: different rows differ, surely enough.

    Two rows of a million clash with a chance of 1e-26.
    """
    numbers = np.random.default_rng(20260101).integers(0, 2**63, size=(2, reach.shape[1]), dtype=np.uint64)
    ends = np.concatenate([np.zeros((2, 1), np.uint64), np.cumsum(numbers[:, reach.indices], axis=1)], axis=1)
    sums = ends[:, reach.indptr[rows + 1]] - ends[:, reach.indptr[rows]]
    return np.asarray(sums.T.astype(np.int64, copy=False))


def covered_by(reach: csr_matrix, chosen: Flags) -> Flags:
    """Tell which rows a set of candidates covers."""
    hits = np.concatenate([[0], np.cumsum(chosen[reach.indices])])
    return np.asarray(hits[reach.indptr[1:]] > hits[reach.indptr[:-1]])


def assigned(reach: csr_matrix, chosen: Flags) -> Ints:
    """Give every row the chosen candidate with the smallest stored value (then the lowest number), -1 where none is."""
    rows = np.repeat(np.arange(reach.shape[0]), np.diff(reach.indptr))
    usable = np.flatnonzero(chosen[reach.indices])
    order = usable[np.lexsort((reach.indices[usable], reach.data[usable], rows[usable]))]
    served, first = np.unique(rows[order], return_index=True)
    column = np.full(reach.shape[0], -1, np.int64)
    column[served] = reach.indices[order[first]]
    return column
