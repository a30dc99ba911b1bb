"""Which of a row of values are in rising order, and which few stand out of it."""

import numpy as np
import numpy.typing as npt


def in_order(values: npt.NDArray[np.float64], *, slack: float) -> npt.NDArray[np.bool_]:
    """Mark a largest possible selection of ``values`` (shape ``(n,)``) that rises from left to right.

    A step back of up to ``slack`` counts as rising. What is left out is the smallest number of values that have to
    be questioned to explain the disorder. Of equally large selections the one that ends and continues leftmost is
    taken, so that the answer depends on the values alone. Empty in, empty out. Time grows with the square of ``n``.
    """
    count = len(values)
    lengths, previous = np.ones(count, dtype=np.int64), np.full(count, -1)
    for at in range(1, count):
        fitting = np.flatnonzero(values[:at] <= values[at] + slack)
        if fitting.size:
            best = fitting[np.argmax(lengths[fitting])]
            lengths[at], previous[at] = lengths[best] + 1, best
    kept = np.zeros(count, dtype=bool)
    at = int(np.argmax(lengths)) if count else -1
    while at >= 0:
        kept[at] = True
        at = int(previous[at])
    return kept
