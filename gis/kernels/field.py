"""Distance from line segments on a grid, and the rings at which it reaches a value."""

from typing import NamedTuple

import numpy as np

from gis.kernels.arrays import Floats, Ints
from gis.kernels.compiling import compiled

SIDE = 64
"""Grid nodes along a block; blocks no segment comes near take no memory."""


class Field(NamedTuple):
    """A field known near some segments, in blocks of ``SIDE`` x ``SIDE`` grid nodes.

    Attributes
    ----------
    block
        Number of each block, (rows, columns); -1 where the field is not known, that is far away.
    value
        (blocks, SIDE, SIDE), row first.
    """

    block: Ints
    value: Floats


@compiled
def distances(x: Floats, y: Floats, to_x: Floats, to_y: Floats, reach: float) -> Field:
    """Return the distance from each grid node to the nearest segment, right up to ``reach``.

    Segments lead from (x, y) to (to_x, to_y), in steps of the grid, and stay ``reach`` + 2 clear of its lower bounds.
    """
    columns = int((max(x.max(), to_x.max()) + reach + 3) // SIDE) + 1
    rows = int((max(y.max(), to_y.max()) + reach + 3) // SIDE) + 1
    block = np.full((rows, columns), -1, np.int32)
    count = 0
    for k in range(len(x)):
        for row in range(
            int(min(y[k], to_y[k]) - reach - 1) // SIDE, int(max(y[k], to_y[k]) + reach + 2) // SIDE + 1
        ):
            for column in range(
                int(min(x[k], to_x[k]) - reach - 1) // SIDE, int(max(x[k], to_x[k]) + reach + 2) // SIDE + 1
            ):
                if block[row, column] < 0:
                    block[row, column] = count
                    count += 1
    value = np.full((count, SIDE, SIDE), np.inf, np.float64)
    for k in range(len(x)):
        _spread(block, value, x[k], y[k], to_x[k] - x[k], to_y[k] - y[k], reach)
    return Field(block, np.sqrt(value))


@compiled
def _spread(block: Ints, value: Floats, x: float, y: float, dx: float, dy: float, reach: float) -> None:
    """Lower the squared distance of the nodes near one segment."""
    square = dx * dx + dy * dy
    for row in range(int(min(y, y + dy) - reach), int(max(y, y + dy) + reach) + 2):
        for column in range(int(min(x, x + dx) - reach), int(max(x, x + dx) + reach) + 2):
            share = ((column - x) * dx + (row - y) * dy) / square if square > 0.0 else 0.0
            share = min(max(share, 0.0), 1.0)
            off_x, off_y = x + share * dx - column, y + share * dy - row
            at, inner_row, inner_column = block[row // SIDE, column // SIDE], row % SIDE, column % SIDE
            value[at, inner_row, inner_column] = min(
                value[at, inner_row, inner_column], off_x * off_x + off_y * off_y
            )


@compiled
def _known(block: Ints, value: Floats, row: int, column: int) -> float:
    if row // SIDE >= block.shape[0] or column // SIDE >= block.shape[1]:
        return np.inf
    at = block[row // SIDE, column // SIDE]
    return np.inf if at < 0 else value[at, row % SIDE, column % SIDE]


@compiled
def rings(block: Ints, value: Floats, level: float) -> tuple[Floats, Floats, Ints]:
    """Trace where the field equals ``level`` (marching squares, Lorensen and Cline 1987): closed rings.

    Smaller values lie to the left, so that rings round a part run counter-clockwise and rings round a hole clockwise.
    Returns the vertices end to end and the offsets of the rings; the first vertex of a ring is not repeated.
    """
    x, y, after = _crossings(block, value, level)
    out_x, out_y, offsets = np.empty(len(x)), np.empty(len(x)), [0]
    filled = 0
    for start in range(len(after)):
        at = start
        while after[at] >= 0:
            out_x[filled], out_y[filled] = x[at], y[at]
            filled += 1
            following = after[at]
            after[at] = -1
            at = following
        if filled > offsets[-1]:
            offsets.append(filled)
    return out_x[:filled], out_y[:filled], np.array(offsets)


@compiled
def _crossings(block: Ints, value: Floats, level: float) -> tuple[Floats, Floats, Ints]:
    """Return the points where the level crosses the grid's edges, and for each the next one along the ring."""
    mark = np.full((*value.shape, 2), -1, np.int32)
    xs, ys = np.empty(4096), np.empty(4096)
    count = 0
    for big_row in range(block.shape[0]):
        for big_column in range(block.shape[1]):
            at = block[big_row, big_column]
            if at < 0:
                continue
            for inner_row in range(SIDE):
                for inner_column in range(SIDE):
                    row, column = big_row * SIDE + inner_row, big_column * SIDE + inner_column
                    here = value[at, inner_row, inner_column]
                    if count + 2 > len(xs):
                        xs, ys = np.concatenate((xs, xs)), np.concatenate((ys, ys))
                    right = _known(block, value, row, column + 1)
                    if (here < level) != (right < level):
                        xs[count], ys[count] = column + _share(here, right, level), row
                        mark[at, inner_row, inner_column, 0] = count
                        count += 1
                    above = _known(block, value, row + 1, column)
                    if (here < level) != (above < level):
                        xs[count], ys[count] = column, row + _share(here, above, level)
                        mark[at, inner_row, inner_column, 1] = count
                        count += 1
    after = np.full(count, -1, np.int32)
    _link(block, value, mark, after, level)
    return xs[:count], ys[:count], after


@compiled
def _share(here: float, there: float, level: float) -> float:
    """Return how far from here to there the level lies; a value that is not known is one step beyond it."""
    here, there = min(here, level + 1.0), min(there, level + 1.0)
    return (level - here) / (there - here)


@compiled
def _link(block: Ints, value: Floats, mark: Ints, after: Ints, level: float) -> None:
    """Lead from crossing to crossing through every cell that has some, the inside to the left."""
    corner, crossing = np.empty(4), np.empty(4, np.int64)
    for big_row in range(block.shape[0]):
        for big_column in range(block.shape[1]):
            at = block[big_row, big_column]
            if at < 0:
                continue
            for inner_row in range(SIDE):
                for inner_column in range(SIDE):
                    row, column = big_row * SIDE + inner_row, big_column * SIDE + inner_column
                    corner[0] = min(value[at, inner_row, inner_column], level + 1.0)
                    corner[1] = min(_known(block, value, row, column + 1), level + 1.0)
                    corner[2] = min(_known(block, value, row + 1, column + 1), level + 1.0)
                    corner[3] = min(_known(block, value, row + 1, column), level + 1.0)
                    if corner.min() < level <= corner.max():
                        crossing[0], crossing[3] = mark[at, inner_row, inner_column]
                        crossing[1] = _mark(block, mark, row, column + 1, 1)
                        crossing[2] = _mark(block, mark, row + 1, column, 0)
                        _through(corner, crossing, level, after)


@compiled
def _mark(block: Ints, mark: Ints, row: int, column: int, which: int) -> int:
    if row // SIDE >= block.shape[0] or column // SIDE >= block.shape[1]:
        return -1
    at = block[row // SIDE, column // SIDE]
    return -1 if at < 0 else mark[at, row % SIDE, column % SIDE, which]


@compiled
def _through(corner: Floats, crossing: Ints, level: float, after: Ints) -> None:
    """Link the crossings of one cell.

    Corners and sides run counter-clockwise from the south-west corner and the south side. Going round, a side that
    leads from inside to outside begins a link, which ends at the next side leading back in; where two corners that lie
    across are inside and the middle of the cell is not, at the one before.
    """
    inside = corner < level
    apart = inside[0] == inside[2] and inside[1] == inside[3] and corner.mean() >= level
    for side in range(4):
        if inside[side] and not inside[(side + 1) % 4]:
            step = 1
            while inside[(side + step) % 4] or not inside[(side + step + 1) % 4]:
                step += 1
            if apart:
                step = 3
            after[crossing[side]] = crossing[(side + step) % 4]
