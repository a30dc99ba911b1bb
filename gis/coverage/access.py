"""How much supply each demand can reach, shared with everybody else who reaches it: floating catchments."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, csr_matrix

from gis.kernels.arrays import Floats, Ints
from layers.errors import InputError
from layers.text import Text

Method = Literal["2sfca", "e2sfca", "gaussian", "3sfca"]
DEFAULT_STEPS = ((10.0, 1.0), (20.0, 0.68), (30.0, 0.22))
"""Upper end (minutes) and weight of each zone: Luo and Qi (2009), slow decay."""

REASONS = {
    "": Text("可达", "in reach"),
    "out-of-reach": Text("时限内没有可达的供给", "no supply within the limit"),
    "no-supply": Text("可达的设施没有供给量", "what is in reach has no supply"),
}


@dataclass(frozen=True, slots=True)
class AccessScores:
    """Supply per head for every demand; stands for its ``scores`` wherever an array is wanted.

    Attributes
    ----------
    scores
        (n_demand,), never NaN: 0 where nothing is in reach.
    reasons
        (n_demand,), a key of ``REASONS``: why a score is 0, empty where it is not.
    idle
        Supplies that no demand reaches; what they hold is in nobody's score.
    """

    scores: Floats
    reasons: "npt.NDArray[np.str_]"
    idle: Ints

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> "npt.NDArray[Any]":  # noqa: ANN401, FBT001 - numpy's protocol
        """Return the scores."""
        return np.array(self.scores, dtype=dtype, copy=copy)

    def __len__(self) -> int:
        """Count the demands."""
        return len(self.scores)

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401 - as numpy
        """Return some of the scores."""
        return self.scores[index]

    def __iter__(self) -> Iterator[float]:
        """Go through the scores."""
        return iter(self.scores.tolist())


def access_scores(
    travel_csr: csr_array | csr_matrix,
    supply: npt.ArrayLike,
    demand: npt.ArrayLike,
    method: Method = "2sfca",
    *,
    limit: float | None = None,
    steps: Sequence[tuple[float, float]] | None = None,
    sigma: float | None = None,
) -> AccessScores:
    """Score every demand by the supply it can reach.

    Parameters
    ----------
    travel_csr
        (n_supply, n_demand): travel from each supply; a stored entry is reachable, a stored 0 is no distance.
    supply
        (n_supply,): beds, meals, square metres; none negative.
    demand
        (n_demand,): people; none negative.
    method
        ``2sfca`` (Luo and Wang 2003): everything within ``limit`` counts alike. ``e2sfca`` (Luo and Qi 2009): zones of
        ``steps``. ``gaussian`` (Dai 2010): exp(-t²/2σ²) when ``sigma`` is given, else the Gaussian that falls to 0
        at ``limit``. ``3sfca`` (Wan, Zou and Sternberg 2012): zones, and each demand chooses among its supplies.
    limit
        Travel above it is out of reach (the limit itself is in); None: whatever is stored.
    steps
        (upper end, weight) of each zone, ends rising; ``DEFAULT_STEPS`` when not given.
    sigma
        Standard deviation of the Gaussian, in units of travel.

    Returns
    -------
    AccessScores
        Σ demand · score = Σ supply over the supplies that are not idle (and reach somebody).

    Raises
    ------
    InputError
        When shapes do not fit, a number is negative or not finite, or the method lacks what it needs.
    """
    travel = _checked_travel(travel_csr)
    beds = _checked("supply", supply, travel.shape[0])
    people = _checked("demand", demand, travel.shape[1])
    weight = _weights(travel.data, method, limit=limit, steps=steps, sigma=sigma)
    return _scored(travel, beds, people, weight, choosing=method == "3sfca")


def _scored(
    travel: csr_matrix, beds: Floats, people: Floats, weight: Floats, *, choosing: bool
) -> AccessScores:
    from gis.kernels.floating import selection, shared_out, weighted_demand  # noqa: PLC0415 - numba loads here

    ptr, columns, size = travel.indptr, travel.indices, travel.shape[1]
    if choosing:
        weight = weight * selection(columns, weight, size)
    asked = weighted_demand(ptr, columns, weight, people)
    ratio = np.divide(beds, asked, out=np.zeros(len(beds)), where=asked > 0)
    scores = shared_out(ptr, columns, weight, ratio, size)
    reached = np.bincount(columns[weight > 0], minlength=size) > 0
    reasons = np.where(scores > 0, "", np.where(reached, "no-supply", "out-of-reach"))
    return AccessScores(scores, reasons, np.flatnonzero((asked == 0) & (beds > 0)))


def _weights(
    travel: Floats,
    method: str,
    *,
    limit: float | None,
    steps: Sequence[tuple[float, float]] | None,
    sigma: float | None,
) -> Floats:
    if method not in get_args(Method):
        raise InputError(
            Text(f"不认识的方法“{method}”。", f"There is no method {method!r}."),
            Text(f"可用：{'、'.join(get_args(Method))}。", f"Methods: {', '.join(get_args(Method))}."),
        )
    if limit is not None and not limit >= 0:
        raise _bad("limit", "", limit)
    within = np.ones(len(travel), bool) if limit is None else travel <= limit
    if method == "2sfca":
        return within.astype(np.float64)
    if method == "gaussian":
        return np.where(within, _gaussian(travel, limit, sigma), 0.0)
    return np.where(within, _zones(travel, steps), 0.0)


def _gaussian(travel: Floats, limit: float | None, sigma: float | None) -> Floats:
    if sigma is not None:
        if not (sigma > 0 and math.isfinite(sigma)):
            raise _bad("sigma", "", sigma)
        return np.asarray(np.exp(-0.5 * (travel / sigma) ** 2))
    if limit is None or not limit > 0:
        raise InputError(
            Text(
                "高斯衰减需要 limit（大于零）或 sigma。", "Gaussian decay needs a limit above zero, or sigma."
            ),
            Text("例如 limit=15。", "For example limit=15."),
        )
    end = math.exp(-0.5)
    return np.asarray((np.exp(-0.5 * (travel / limit) ** 2) - end) / (1.0 - end))


def _zones(travel: Floats, steps: Sequence[tuple[float, float]] | None) -> Floats:
    from gis.kernels.floating import step_weights  # noqa: PLC0415 - as above

    zones = np.atleast_2d(np.asarray(steps or DEFAULT_STEPS, np.float64))
    tops, weights = np.ascontiguousarray(zones[:, 0]), np.ascontiguousarray(zones[:, -1])
    fits = zones.shape[1] == 2 and (np.diff(tops) > 0).all()  # noqa: PLR2004 - end and weight
    if not (fits and (weights >= 0).all() and np.isfinite(weights).all()):
        raise InputError(
            Text(f"steps {steps} 应为（上限，权重）的序列，上限递增，权重不为负。",
                 f"steps {steps} have to be (upper end, weight), ends rising, no weight negative."),
            Text("例如 [(10, 1), (20, 0.68), (30, 0.22)]。", "For example [(10, 1), (20, 0.68), (30, 0.22)]."),
        )  # fmt: skip
    return step_weights(travel, tops, weights)


def _checked_travel(travel: csr_array | csr_matrix) -> csr_matrix:
    matrix = csr_matrix(travel)
    matrix = csr_matrix(
        (np.asarray(matrix.data, np.float64), matrix.indices, matrix.indptr), shape=matrix.shape
    )
    wrong = np.flatnonzero(~(matrix.data >= 0))
    if len(wrong):
        row = int(np.searchsorted(matrix.indptr, wrong[0], side="right")) - 1
        raise _bad("travel_csr", f"{row}, {matrix.indices[wrong[0]]}", matrix.data[wrong[0]])
    return matrix


def _checked(name: str, values: npt.ArrayLike, size: int) -> Floats:
    array = np.atleast_1d(np.asarray(values, np.float64))
    if array.shape != (size,):
        raise InputError(
            Text(f"{name} 有 {array.size} 个值，表里有 {size} 个，个数应相同。",
                 f"{name} has {array.size} values where the table has {size}."),
            Text("travel_csr 的形状是（供给，需求）。", "travel_csr is (supply, demand)."),
        )  # fmt: skip
    wrong = np.flatnonzero(~(np.isfinite(array) & (array >= 0)))
    if len(wrong):
        raise _bad(name, str(wrong[0]), array[wrong[0]])
    return array


def _bad(name: str, at: str, value: float) -> InputError:
    where = f"[{at}]" if at else ""
    return InputError(
        Text(f"{name}{where} 是 {value}，应为零或正数。", f"{name}{where} is {value}, not zero or more."),
        Text(
            "请改正该值；缺失的值请先说明如何处理。",
            "Mend that value; say first what to do with a missing one.",
        ),
    )
