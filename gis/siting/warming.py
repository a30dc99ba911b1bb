"""A siting problem that is small and yet hard, before the first hard one is asked."""

import numpy as np
from scipy.sparse import csr_matrix

from gis.siting.covering import mclp

_LINES = ((0, 1, 2), (0, 3, 4), (0, 5, 6), (1, 3, 5), (1, 4, 6), (2, 3, 6), (2, 4, 5))
"""The seven lines of the plane with seven points."""


def ask_a_hard_one_once() -> None:
    """Choose two lines of the Fano plane: no bound proves that they cover 5 of 7, so every means is tried."""
    reach = csr_matrix(np.array([[point in line for line in _LINES] for point in range(7)], float))
    mclp(reach, np.ones(7), 2)
