"""Two passes over a sparse table of travel: supply over the demand that reaches it, and back."""

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints
from gis.kernels.compiling import compiled


@compiled
def step_weights(travel: Floats, tops: Floats, weights: Floats) -> Floats:
    """Return the weight of the first step whose top is not below the travel, 0 above the last; no branches."""
    padded = np.zeros(len(tops) + 1)
    padded[: len(tops)] = weights
    out = np.empty(len(travel))
    for k in range(len(travel)):
        step = 0
        for one in range(len(tops)):
            step += travel[k] > tops[one]
        out[k] = padded[step]
    return out


@compiled
def shared_out(
    ptr: Ints, columns: Ints, weight: Floats, supply: Floats, demand: Floats
) -> tuple[Floats, Floats]:
    """Share each supply (row) among the weighted demand (columns) that reaches it.

    Returns
    -------
    tuple
        The score of each demand, and the weighted demand of each supply; a supply nobody asks of is in no score.
    """
    score, asked = np.zeros(len(demand)), np.zeros(len(ptr) - 1)
    for j in range(len(ptr) - 1):
        total = 0.0
        for k in range(ptr[j], ptr[j + 1]):
            total += weight[k] * demand[columns[k]]
        asked[j] = total
        ratio = supply[j] / total if total > 0.0 else 0.0
        for k in range(ptr[j], ptr[j + 1]):
            score[columns[k]] += weight[k] * ratio
    return score, asked


@compiled
def shared_in_steps(
    ptr: Ints, columns: Ints, travel: Floats, tops: Floats, weights: Floats, supply: Floats, demand: Floats
) -> tuple[Floats, Floats]:
    """Do as ``shared_out`` with the weights of ``step_weights``, kept for one row at a time."""
    padded = np.zeros(len(tops) + 1)
    padded[: len(tops)] = weights
    score, asked = np.zeros(len(demand)), np.zeros(len(ptr) - 1)
    row = np.empty(np.max(np.diff(ptr)) if len(ptr) > 1 else 0)
    for j in range(len(ptr) - 1):
        first, size = ptr[j], ptr[j + 1] - ptr[j]
        for k in range(size):
            step = 0
            for one in range(len(tops)):
                step += travel[first + k] > tops[one]
            row[k] = padded[step]
        total = 0.0
        for k in range(size):
            total += row[k] * demand[columns[first + k]]
        asked[j] = total
        ratio = supply[j] / total if total > 0.0 else 0.0
        for k in range(size):
            score[columns[first + k]] += row[k] * ratio
    return score, asked


@compiled
def in_reach(ptr: Ints, columns: Ints, weight: Floats, idle: Flags, size: int) -> Ints:
    """Tell what each demand (column) reaches: 0 nothing, 1 some supply, 2 one of the idle."""
    found = np.zeros(size, np.int8)
    for j in range(len(ptr) - 1):
        kind = 2 if idle[j] else 1
        for k in range(ptr[j], ptr[j + 1]):
            if weight[k] > 0.0 and found[columns[k]] < kind:
                found[columns[k]] = kind
    return found


@compiled
def selection(columns: Ints, weight: Floats, size: int) -> Floats:
    """Return each weight over the sum of the weights of its column: how likely a demand chooses that supply."""
    total = np.zeros(size)
    for k in range(len(columns)):
        total[columns[k]] += weight[k]
    share = np.zeros(len(columns))
    for k in range(len(columns)):
        if total[columns[k]] > 0.0:
            share[k] = weight[k] / total[columns[k]]
    return share
