"""The textbook model of a p-median, over the cells that matter."""

import numpy as np
from scipy.sparse import csr_matrix, vstack

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.highs import Program

_ROOM = 1e-9


def median_program(
    cost: Floats, people: Floats, must: Flags, number: int, left_out: float, *, most_cells: int
) -> tuple[float, Program] | None:
    """Build the model: y per column, x per cell that is cheaper than what stands, z per row nothing standing reaches.

    Parameters
    ----------
    cost
        (n_rows, n_columns) weighted costs, inf where a column does not reach a row.
    must
        Columns that stand; a row they reach costs at most what they offer.
    left_out
        People who may stay unreached.
    most_cells
        Cells above which there is no model.

    Returns
    -------
    tuple or None
        A constant to add to the objective (the cost of what stands), and the program: x <= y; every row that
        stands may have one x, every other one has an x or z; the people of z at most ``left_out``.
    """
    base = cost[:, must].min(axis=1, initial=np.inf)
    row, column = np.nonzero((cost < base[:, None]) & ~must[None, :])
    if len(row) > most_cells:
        return None
    stands = np.isfinite(base)
    open_rows = np.flatnonzero(~stands)
    columns, cells, spare = cost.shape[1], len(row), len(open_rows)
    gain = cost[row, column] - np.where(stands, base, 0.0)[row]
    table, low, high = _rows(row, column, stands, people, columns)
    low = np.concatenate([low, [-np.inf, float(number)]])
    high = np.concatenate([high, [left_out * (1 + _ROOM), float(number)]])
    program = Program(
        cost=np.concatenate([np.zeros(columns), gain, np.zeros(spare)]),
        lower=np.concatenate([must.astype(float), np.zeros(cells + spare)]),
        upper=np.ones(columns + cells + spare),
        integer=np.concatenate([np.ones(columns, bool), np.zeros(cells, bool), np.ones(spare, bool)]),
        row_ptr=table.indptr,
        columns=table.indices,
        values=table.data,
        row_lower=low,
        row_upper=high,
    )
    return float(base[stands].sum()), program


def _rows(
    row: Ints, column: Ints, stands: Flags, people: Floats, columns: int
) -> tuple[csr_matrix, Floats, Floats]:
    """Return all rows of the model, and the limits of all but the last two (people left out, number of columns)."""
    cells, rows, open_rows = len(row), len(stands), np.flatnonzero(~stands)
    width = columns + cells + len(open_rows)
    at = np.arange(cells)
    ones = np.ones(cells)
    links = csr_matrix(
        (
            np.concatenate([ones, -ones]),
            (np.concatenate([at, at]), np.concatenate([column, columns + at])),
        ),
        shape=(cells, width),
    )
    z = columns + cells + np.arange(len(open_rows))
    once = csr_matrix(
        (
            np.ones(cells + len(open_rows)),
            (np.concatenate([row, open_rows]), np.concatenate([columns + at, z])),
        ),
        shape=(rows, width),
    )
    missed = csr_matrix((people[open_rows], (np.zeros(len(z), np.int64), z)), shape=(1, width))
    y = np.arange(columns)
    count = csr_matrix((np.ones(columns), (np.zeros(columns, np.int64), y)), shape=(1, width))
    low = np.concatenate([np.zeros(cells), np.where(stands, 0.0, 1.0)])
    high = np.concatenate([np.full(cells, np.inf), np.ones(rows)])
    return csr_matrix(vstack([links, once, missed, count])), low, high
