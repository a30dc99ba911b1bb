"""The order in which a crew drives to places."""

import numpy as np
import numpy.typing as npt

MOST_BY_NEAREST = 4000
"""More places of one town are taken column by column: going to the nearest takes time by the square of their number."""
_COLUMN_M = 500.0


def driving_order(xy: npt.NDArray[np.float64]) -> list[int]:
    """Order places so that the next one is the nearest still to visit, from the westernmost on.

    Parameters
    ----------
    xy
        Metres, shape ``(n, 2)``; may be empty. Not the shortest tour, but no driving to and fro.

    Returns
    -------
    list of int
        Every position once.
    """
    if not len(xy):
        return []
    if len(xy) > MOST_BY_NEAREST:
        return _by_columns(xy)
    order = [int(np.lexsort((xy[:, 1], xy[:, 0]))[0])]
    left = np.ones(len(xy), dtype=bool)
    left[order[0]] = False
    for _ in range(len(xy) - 1):
        away = np.where(left, ((xy - xy[order[-1]]) ** 2).sum(axis=1), np.inf)
        order.append(int(away.argmin()))
        left[order[-1]] = False
    return order


def _by_columns(xy: npt.NDArray[np.float64]) -> list[int]:
    """Go up one column of the map and down the next."""
    column = np.floor((xy[:, 0] - xy[:, 0].min()) / _COLUMN_M)
    north = np.where(column % 2 == 0, xy[:, 1], -xy[:, 1])
    return [int(one) for one in np.lexsort((north, column))]
