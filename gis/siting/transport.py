"""Sharing people out over sites that are chosen already: as many as possible, the nearest first."""

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats
from gis.siting.assigning import cheapest_flow


def served_by(reach: csr_matrix, people: Floats, room: Floats, chosen: Flags) -> csr_matrix:
    """Return how many people of each demand each chosen site serves: (n_demand, n_candidates), one flow.

    The most people, and of all ways to take so many one with the least sum of people times the values of ``reach``.

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
    row, column = row[used], reach.indices[used]
    rows, count = np.unique(row, return_counts=True)
    ends = np.concatenate([[0], np.cumsum(count)])
    cost = csr_matrix((reach.data[used], column, ends), shape=(len(rows), reach.shape[1]))
    shared = cheapest_flow(cost, people[rows], room)
    kept = shared > 1e-9 * people[row]  # what is left of rounding is nobody
    return csr_matrix((shared[kept], (row[kept], column[kept])), shape=reach.shape)
