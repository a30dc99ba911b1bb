"""Convex quadratic programs over a box with one sum, solved by HiGHS, and a bound that needs no trust in the solver."""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats

_AT_BOUND = 1e-6
_ROUNDING = 1e-11
_ROUNDS = 50
_LARGE = 400
_ENOUGH, _ENOUGH_OF_MANY = 1e-12, 1e-7
"""Gap, as a share of the value, at which the walk ends: steps over many variables take long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadratic:
    """Least ``x @ matrix @ x``, ``sum(x) == total``, ``lower <= x <= upper``; the matrix is positive semidefinite."""

    matrix: Floats
    total: float
    lower: Floats
    upper: Floats

    def value(self, x: Floats) -> float:
        """Return what is made least."""
        return float(x @ self.matrix @ x)


def least_quadratic(program: Quadratic, start: Floats, *, time_limit_s: float) -> Floats:
    """Return the best point found: the solver's, walked on to the optimum by active sets; never worse than ``start``.

    Parameters
    ----------
    start
        A feasible point, (n,).
    time_limit_s
        Wall time for all of it.
    """
    if not program.total > 0 or time_limit_s <= 0:
        return start
    until = time.perf_counter() + time_limit_s
    found = _solved(program, time_limit_s)
    points = [start] if found is None else [found, start]
    best = min(points, key=program.value)
    walked = _walked(program, best, until)
    return min([best, walked], key=lambda one: linear_gap(program, one))


def linear_gap(program: Quadratic, x: Floats) -> float:
    """Return by how much ``value(x)`` can at most be above the least value.

    The function lies above its tangent plane, whose least value over the box and the sum is found exactly by filling
    up the cheapest variables first (the gap of Frank and Wolfe 1956).
    """
    slope = 2.0 * (program.matrix @ x)
    order = np.argsort(slope, kind="stable")
    room = np.minimum(program.upper - program.lower, program.total)[order]
    left = max(program.total - float(program.lower.sum()), 0.0)
    before = np.concatenate([[0.0], np.cumsum(room)[:-1]])
    cheapest = program.lower.copy()
    cheapest[order] += np.clip(left - before, 0.0, room)
    return max(float(slope @ (x - cheapest)), 0.0)


def _walked(program: Quadratic, x: Floats, until: float) -> Floats:
    """Walk from a feasible point by steps over the variables at no bound, until no pair of variables should trade."""
    kept = x
    near = _AT_BOUND * program.total / len(x)
    x = np.where(
        x <= program.lower + near, program.lower, np.where(x >= program.upper - near, program.upper, x)
    )
    held = (x <= program.lower) | (x >= program.upper)
    enough = _ENOUGH if len(x) <= _LARGE else _ENOUGH_OF_MANY
    for _ in range(_ROUNDS + 4 * len(x)):
        if time.perf_counter() > until:
            break
        if linear_gap(program, x) <= enough * program.value(x):
            break
        slope = program.matrix @ x
        step = _step(program, slope, ~held, program.total - float(x.sum()))
        if np.abs(step).max(initial=0.0) > _ROUNDING * program.total / len(x):
            x, held = _stepped(program, x, step, held)
            continue
        rising = int(np.argmin(np.where(x < program.upper, slope, np.inf)))
        falling = int(np.argmax(np.where(x > program.lower, slope, -np.inf)))
        if (
            not slope[falling] - slope[rising] > _ROUNDING * np.abs(slope).max()
            or not held[[rising, falling]].any()
        ):
            break
        held[[rising, falling]] = False
    adds_up = abs(float(x.sum()) - program.total) <= _ROUNDING * program.total
    return x if adds_up else kept


def _step(program: Quadratic, slope: Floats, free: Flags, rest: float) -> Floats:
    """Solve for the best step over the free variables that makes up for ``rest``; the shortest where many are."""
    size = int(free.sum())
    step = np.zeros(len(free))
    if not size:
        return step
    unit = float(np.diag(program.matrix)[free].mean()) or 1.0
    system = np.ones((size + 1, size + 1))
    system[:size, :size], system[size, size] = program.matrix[np.ix_(free, free)] / unit, 0.0
    wanted = np.append(-slope[free] / unit, rest)
    if size > _LARGE:
        system[np.arange(size), np.arange(size)] += 1e-12
        step[free] = np.linalg.solve(system, wanted)[:size]
    else:
        step[free] = np.linalg.lstsq(system, wanted, rcond=None)[0][:size]
    return step


def _stepped(program: Quadratic, x: Floats, step: Floats, held: Flags) -> tuple[Floats, Flags]:
    """Go as far along a step as the bounds let; what meets a bound is held there."""
    bound = np.where(step > 0, program.upper, program.lower)
    room = np.divide(bound - x, step, out=np.full(len(x), np.inf), where=step != 0)
    length = min(1.0, float(room.min()))
    meets = (room <= length) & (step != 0)
    return np.where(meets, bound, x + length * step), held | meets


def _solved(program: Quadratic, time_limit_s: float) -> Floats | None:
    """Ask HiGHS, in variables of about 1; None where it found nothing. It may turn in circles: few rounds."""
    import highspy  # noqa: PLC0415 - the solver loads with the first model

    size = len(program.lower)
    unit = program.total / size
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("time_limit", min(time_limit_s, 1e20)),
        ("qp_iteration_limit", _ROUNDS + 20 * size),
    ):
        solver.setOptionValue(option, value)
    solver.passModel(_model(program, unit))
    solver.run()
    if solver.getInfo().primal_solution_status != 2:  # noqa: PLR2004 - kSolutionStatusFeasible
        return None
    found = np.clip(np.array(solver.getSolution().col_value) * unit, program.lower, program.upper)
    rest = program.total - float(found.sum())
    room = np.maximum(program.upper - found, 0.0) if rest > 0 else found - program.lower
    room = np.minimum(room, program.total)
    return np.asarray(found + rest * room / room.sum()) if room.sum() > 0 else found


def _model(program: Quadratic, unit: float) -> Any:  # noqa: ANN401 - the solver's own class
    import highspy  # noqa: PLC0415 - as above

    size = len(program.lower)
    model: Any = highspy.HighsModel()
    linear, curve = model.lp_, model.hessian_
    linear.num_col_, linear.num_row_ = size, 1
    linear.col_cost_ = np.zeros(size)
    linear.col_lower_, linear.col_upper_ = program.lower / unit, program.upper / unit
    linear.row_lower_ = linear.row_upper_ = np.array([float(size)])
    linear.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    linear.a_matrix_.start_ = np.array([0, size], np.int32)
    linear.a_matrix_.index_, linear.a_matrix_.value_ = np.arange(size, dtype=np.int32), np.ones(size)
    scale = float(np.diag(program.matrix).mean()) or 1.0
    upper = csr_matrix(np.triu(program.matrix) / scale)
    curve.dim_, curve.format_ = size, highspy.HessianFormat.kTriangular
    curve.start_, curve.index_ = upper.indptr.astype(np.int32), upper.indices.astype(np.int32)
    curve.value_ = upper.data
    return model
