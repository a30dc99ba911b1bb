"""Two passes over a sparse table of travel: supply over the demand that reaches it, and back."""

import numpy as np

from gis.kernels.arrays import Floats, Ints
from gis.kernels.compiling import compiled


@compiled
def step_weights(travel: Floats, tops: Floats, weights: Floats) -> Floats:
    """Return the weight of the first step whose top is not below the travel, 0 above the last."""
    out = np.zeros(len(travel))
    for k in range(len(travel)):
        for step in range(len(tops)):
            if travel[k] <= tops[step]:
                out[k] = weights[step]
                break
    return out


@compiled
def weighted_demand(ptr: Ints, columns: Ints, weight: Floats, demand: Floats) -> Floats:
    """Sum weight times demand over each row (each supply)."""
    total = np.zeros(len(ptr) - 1)
    for j in range(len(ptr) - 1):
        for k in range(ptr[j], ptr[j + 1]):
            total[j] += weight[k] * demand[columns[k]]
    return total


@compiled
def shared_out(ptr: Ints, columns: Ints, weight: Floats, ratio: Floats, size: int) -> Floats:
    """Sum weight times the ratio of the row over each column (each demand)."""
    score = np.zeros(size)
    for j in range(len(ptr) - 1):
        for k in range(ptr[j], ptr[j + 1]):
            score[columns[k]] += weight[k] * ratio[j]
    return score


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
