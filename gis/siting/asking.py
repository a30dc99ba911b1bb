"""What every siting model checks before it begins."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, csr_matrix, issparse

from gis.kernels.arrays import Flags, Floats, Ints
from layers.errors import InputError
from layers.text import Text, counted

Matrix = csr_array | csr_matrix | npt.ArrayLike


@dataclass(frozen=True, slots=True)
class Clock:
    """Wall time since a question was asked, and how much of it may be used."""

    started: float
    limit_s: float

    @classmethod
    def start(cls, time_limit_s: float | None) -> "Clock":
        """Start the clock.

        Raises
        ------
        InputError
            When the limit is negative or not a number.
        """
        limit = math.inf if time_limit_s is None else float(time_limit_s)
        if math.isnan(limit) or limit < 0:
            raise InputError(
                Text(
                    f"时限（--time-limit-s）是 {time_limit_s:g}，应为零或正数。",
                    f"The time limit (--time-limit-s) is {time_limit_s:g}, not zero or more.",
                ),
                Text("以秒为单位；不写则用默认值。", "Give seconds, or leave it out for the default."),
            )
        return cls(time.perf_counter(), limit)

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self.started

    @property
    def left_s(self) -> float:
        """Seconds left; never below zero."""
        return max(self.limit_s - self.seconds, 0.0)


def checked_reach(reach: Matrix) -> csr_matrix:
    """Return who can be served from where: (n_demand, n_candidates), a stored entry is "in reach", a stored 0 too.

    Columns of a row come out sorted. A dense array counts as reach where it is not 0.

    Raises
    ------
    InputError
        When a stored value is not a number or negative, or there are no candidates.
    """
    matrix = csr_matrix(reach) if issparse(reach) else csr_matrix(np.atleast_2d(np.asarray(reach, float)))
    if not matrix.has_canonical_format:
        matrix = matrix.copy()
        matrix.sum_duplicates()
    if matrix.shape[1] == 0:
        raise no_candidates()
    wrong = np.flatnonzero(~(matrix.data >= 0))
    if len(wrong):
        raise _bad_cost(matrix, int(wrong[0]))
    return matrix


def checked_cost(cost: Matrix) -> Floats:
    """Return costs as a dense array (n_demand, n_candidates), inf where a candidate does not reach a demand.

    Raises
    ------
    InputError
        When a cost is negative or not a number, or there are no candidates.
    """
    if issparse(cost):
        sparse = checked_reach(cost)
        dense = np.full(sparse.shape, np.inf)
        rows = np.repeat(np.arange(sparse.shape[0]), np.diff(sparse.indptr))
        dense[rows, sparse.indices] = sparse.data
        return dense
    dense = np.ascontiguousarray(np.atleast_2d(np.asarray(cost, np.float64)))
    if dense.shape[1] == 0:
        raise no_candidates()
    wrong = np.argwhere(~(dense >= 0))
    if len(wrong):
        row, column = wrong[0].tolist()
        raise bad_value("cost", f"{row}, {column}", dense[row, column])
    return dense


def checked_weight(weight: npt.ArrayLike, rows: int) -> Floats:
    """Return the weight of every demand.

    Raises
    ------
    InputError
        When there are not as many as demands, or one is negative or not finite.
    """
    values = np.atleast_1d(np.asarray(weight, np.float64))
    if values.shape != (rows,):
        raise InputError(
            Text(
                f"权重有 {values.size} 个，需求有 {rows} 处，个数应相同。",
                f"There are {values.size} weights for {counted(rows, 'demand')}.",
            )
        )
    wrong = np.flatnonzero(~(np.isfinite(values) & (values >= 0)))
    if len(wrong):
        raise bad_value("weight", str(wrong[0]), values[wrong[0]])
    return values


def checked_fixed(fixed: Sequence[int] | Ints, columns: int) -> Flags:
    """Return a flag per candidate: has to be in the plan.

    Raises
    ------
    InputError
        When a fixed site is no candidate, or is named twice.
    """
    named = np.asarray(fixed, np.int64).reshape(-1)
    wrong = named[(named < 0) | (named >= columns)]
    if len(wrong):
        raise InputError(
            Text(
                f"固定点 {wrong[0]} 不是候选点，候选点编号为 0 至 {columns - 1}。",
                f"Fixed site {wrong[0]} is no candidate; they are numbered 0 to {columns - 1}.",
            )
        )
    if len(np.unique(named)) != len(named):
        twice = next(int(one) for one in named if np.count_nonzero(named == one) > 1)
        raise InputError(Text(f"固定点 {twice} 写了两次。", f"Fixed site {twice} is named twice."))
    flags = np.zeros(columns, np.bool_)
    flags[named] = True
    return flags


def checked_sites(sites: int, fixed: Flags) -> int:
    """Return how many sites to choose in all, fixed ones included.

    Raises
    ------
    InputError
        When that is below one, more than there are candidates, or less than are fixed.
    """
    if isinstance(sites, bool) or int(sites) != sites or sites < 1:
        raise InputError(
            Text(
                f"站点数 {sites} 不是正整数。",
                f"The number of sites, {sites}, is not a whole number above zero.",
            )
        )
    if sites > len(fixed):
        raise InputError(
            Text(f"要选 {sites} 个站点，只有 {len(fixed)} 个候选点。",
                 f"{counted(sites, 'site is', 'sites are')} wanted, but there are only "
                 f"{counted(len(fixed), 'candidate')}."),
            Text("请减少站点数或增加候选点。", "Ask for fewer sites or give more candidates."),
        )  # fmt: skip
    if sites < np.count_nonzero(fixed):
        raise InputError(
            Text(f"固定点有 {np.count_nonzero(fixed)} 个，多于站点总数 {sites}。",
                 f"{counted(int(np.count_nonzero(fixed)), 'site is', 'sites are')} fixed, more than the {sites} "
                 "wanted in all."),
            Text("站点总数包含固定点，请调大站点数。", "The number of sites includes the fixed ones: raise it."),
        )  # fmt: skip
    return int(sites)


def checked_gap(gap: float) -> float:
    """Return the relative gap at which a search may stop.

    Raises
    ------
    InputError
        When it is negative or not a number.
    """
    if not gap >= 0:
        raise InputError(
            Text(f"差距（--gap）是 {gap:g}，应为零或正数。", f"The gap (--gap) is {gap:g}, not zero or more.")
        )
    return float(gap)


def no_candidates() -> InputError:
    """Say that there is nothing to choose from."""
    return InputError(
        Text("没有候选点。", "There are no candidates."),
        Text("请至少给出一个候选点。", "Give at least one candidate."),
    )


def bad_value(name: str, at: str, value: float) -> InputError:
    """Name a value that is negative or no number."""
    where = f"[{at}]" if at else ""
    return InputError(
        Text(f"{name}{where} 是 {value}，应为零或正数。", f"{name}{where} is {value}, not zero or more."),
        Text(
            "到不了的用 inf，或在稀疏矩阵中不存。", "Out of reach is inf, or not stored in a sparse matrix."
        ),
    )


def _bad_cost(matrix: csr_matrix, at: int) -> InputError:
    row = int(np.searchsorted(matrix.indptr, at, side="right")) - 1
    return bad_value("reach", f"{row}, {matrix.indices[at]}", matrix.data[at])
