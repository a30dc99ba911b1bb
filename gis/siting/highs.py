"""Mixed-integer programs straight into HiGHS: sparse arrays in, values and a proven bound out."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Minimise ``cost @ x`` with ``row_lower <= A x <= row_upper``, ``lower <= x <= upper``; A by rows."""

    cost: Floats
    lower: Floats
    upper: Floats
    integer: Flags
    row_ptr: Ints
    columns: Ints
    values: Floats
    row_lower: Floats
    row_upper: Floats


@dataclass(frozen=True, slots=True)
class Solved:
    """What the solver says; ``values`` is None when it found nothing better than what it was given.

    ``bound`` is a proven least objective, -inf when there is none. ``infeasible`` is True only when proven.
    """

    values: Floats | None
    bound: float
    infeasible: bool


def solve(
    program: Program,
    *,
    time_limit_s: float,
    gap: float,
    start: Floats | None = None,
    cutoff: float | None = None,
    method: str | None = None,
) -> Solved:
    """Solve a program on one thread; the same input gives the same answer unless time runs out.

    Parameters
    ----------
    gap
        Relative gap at which to stop.
    start
        A feasible point to begin from.
    cutoff
        Objectives above it are of no interest.
    method
        ``ipm`` for large programs without integers; None lets the solver choose.
    """
    import highspy  # noqa: PLC0415 - the solver loads with the first model

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("mip_rel_gap", gap),
        ("mip_abs_gap", 1e-7),
        ("time_limit", min(time_limit_s, 1e20)),
    ):
        solver.setOptionValue(option, value)
    if method is not None:
        solver.setOptionValue("solver", method)
    if cutoff is not None:
        solver.setOptionValue("objective_bound", cutoff)
    solver.passModel(_model(program))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start.tolist()
        solver.setSolution(solution)
    solver.run()
    return _outcome(solver, program)


def _model(program: Program) -> Any:  # noqa: ANN401 - the solver's own class
    import highspy  # noqa: PLC0415 - as above

    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.cost), len(program.row_lower)
    model.col_cost_, model.col_lower_, model.col_upper_ = program.cost, program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = program.row_ptr.astype(np.int32)
    model.a_matrix_.index_ = program.columns.astype(np.int32)
    model.a_matrix_.value_ = program.values
    if program.integer.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(one)] for one in program.integer]
    return model


def _outcome(solver: Any, program: Program) -> Solved:  # noqa: ANN401 - as above
    import highspy  # noqa: PLC0415 - as above

    status = solver.getModelStatus()
    info = solver.getInfo()
    infeasible = status == highspy.HighsModelStatus.kInfeasible
    feasible = info.primal_solution_status == 2  # noqa: PLR2004 - kSolutionStatusFeasible
    values = np.array(solver.getSolution().col_value) if feasible and not infeasible else None
    if program.integer.any():
        bound = float(info.mip_dual_bound)
    else:
        bound = (
            float(info.objective_function_value) if status == highspy.HighsModelStatus.kOptimal else -np.inf
        )
    return Solved(values, bound if np.isfinite(bound) else -np.inf, infeasible)
