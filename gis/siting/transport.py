"""Sharing people out over sites that are chosen already: as many as possible, the nearest first."""

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats
from gis.siting.highs import Program, solve

_NEARNESS = 1e-3
"""What the whole range of distances counts beside serving one person more."""


def served_by(reach: csr_matrix, people: Floats, room: Floats, chosen: Flags) -> csr_matrix:
    """Return how many people of each demand each chosen site serves: (n_demand, n_candidates), a linear program.

    Parameters
    ----------
    reach
        (n_demand, n_candidates) stored where a site reaches; its values order who is nearer.
    room
        People each column can hold; inf for no limit.
    """
    row = np.repeat(np.arange(reach.shape[0]), np.diff(reach.indptr))
    used = np.flatnonzero(chosen[reach.indices] & (people[row] > 0) & (room[reach.indices] > 0))
    if not len(used):
        return csr_matrix(reach.shape)
    row, column, far = row[used], reach.indices[used], reach.data[used]
    rows, at_row = np.unique(row, return_inverse=True)
    columns, at_column = np.unique(column, return_inverse=True)
    reach_m = float(far.max()) or 1.0
    variable = np.arange(len(used))
    by_column = np.argsort(at_column, kind="stable")
    ends = np.concatenate(
        [
            np.cumsum(np.bincount(at_row, minlength=len(rows))),
            len(used) + np.cumsum(np.bincount(at_column, minlength=len(columns))),
        ]
    )
    solved = solve(
        Program(
            cost=-1.0 + _NEARNESS * far / reach_m,
            lower=np.zeros(len(used)),
            upper=people[row],
            integer=np.zeros(len(used), bool),
            row_ptr=np.concatenate([[0], ends]),
            columns=np.concatenate([variable, by_column]),
            values=np.ones(2 * len(used)),
            row_lower=np.full(len(rows) + len(columns), -np.inf),
            row_upper=np.concatenate([people[rows], room[columns]]),
        ),
        time_limit_s=np.inf,
        gap=0.0,
    )
    shared = np.zeros(len(used)) if solved.values is None else np.maximum(solved.values, 0.0)
    kept = shared > 1e-9 * people[row]  # what is left of rounding is nobody
    return csr_matrix((shared[kept], (row[kept], column[kept])), shape=reach.shape)
