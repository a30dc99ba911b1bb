"""How much supply each demand can reach, shared with everybody else who reaches it: floating catchments."""

import math
from collections.abc import Callable, Iterator, Sequence
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
    "no-demand": Text("可达的设施周围没有人，供给闲置", "nobody lives near what is in reach: it is idle"),
}
_WHY = ("out-of-reach", "no-supply", "no-demand")


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
        (n_supply, n_demand): travel from each supply; a stored entry is reachable, a stored 0 is no distance, a stored
        inf is out of reach whatever the limit.
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
        When shapes do not fit, a number is negative or missing, supply or demand is not finite, a pair is stored
        twice, or the method lacks what it needs.
    """
    travel = _checked_travel(travel_csr)
    beds = _checked("supply", supply, travel.shape[0])
    people = _checked("demand", demand, travel.shape[1])
    _check_how(method, limit)
    if method in {"2sfca", "e2sfca"}:
        tops, weights = _zones(((math.inf, 1.0),) if method == "2sfca" else steps, limit)
        return _scored_in_steps(travel, beds, people, tops, weights)
    return _scored(travel, beds, people, _weights(travel, method, limit=limit, steps=steps, sigma=sigma))


def _scored_in_steps(
    travel: csr_matrix, beds: Floats, people: Floats, tops: Floats, weights: Floats
) -> AccessScores:
    from gis.kernels.floating import shared_in_steps, step_weights  # noqa: PLC0415 - numba loads here

    scores, asked = shared_in_steps(travel.indptr, travel.indices, travel.data, tops, weights, beds, people)
    return _explained(travel, scores, asked, beds, lambda: step_weights(travel.data, tops, weights))


def _scored(travel: csr_matrix, beds: Floats, people: Floats, weight: Floats) -> AccessScores:
    from gis.kernels.floating import shared_out  # noqa: PLC0415 - as above

    scores, asked = shared_out(travel.indptr, travel.indices, weight, beds, people)
    return _explained(travel, scores, asked, beds, lambda: weight)


def _explained(
    travel: csr_matrix, scores: Floats, asked: Floats, beds: Floats, weight: Callable[[], Floats]
) -> AccessScores:
    """Say why a score is 0; the weights are asked for only where one is."""
    from gis.kernels.floating import in_reach  # noqa: PLC0415 - as above

    idle = (asked <= 0) & (beds > 0)
    reasons = np.zeros(len(scores), "U12")
    empty = scores <= 0
    if empty.any():
        found = in_reach(travel.indptr, travel.indices, weight(), idle, len(scores))
        reasons[empty] = np.array(_WHY)[found[empty]]
    return AccessScores(scores, reasons, np.flatnonzero(idle))


def _check_how(method: str, limit: float | None) -> None:
    if method not in get_args(Method):
        raise InputError(
            Text(f"不认识的方法“{method}”。", f"There is no method {method!r}."),
            Text(f"可用：{'、'.join(get_args(Method))}。", f"Methods: {', '.join(get_args(Method))}."),
        )
    if limit is not None and not limit >= 0:
        raise _bad("limit", "", limit)


def pulls(
    travel_csr: csr_array | csr_matrix,
    method: Method = "2sfca",
    *,
    limit: float | None = None,
    steps: Sequence[tuple[float, float]] | None = None,
    sigma: float | None = None,
) -> csr_matrix:
    """Return the weight ``access_scores`` gives each pair of supply and demand; it does not hang on the supply.

    Takes what ``access_scores`` takes and raises as it does; (n_supply, n_demand), pairs out of reach left out.
    """
    travel = _checked_travel(travel_csr)
    _check_how(method, limit)
    if method == "2sfca":
        steps = ((math.inf, 1.0),)
    weight = _weights(travel, method, limit=limit, steps=steps, sigma=sigma)
    found = csr_matrix((weight, travel.indices, travel.indptr), shape=travel.shape, copy=True)
    found.eliminate_zeros()
    return found


def _weights(
    travel: csr_matrix,
    method: str,
    *,
    limit: float | None,
    steps: Sequence[tuple[float, float]] | None,
    sigma: float | None,
) -> Floats:
    from gis.kernels.floating import selection, step_weights  # noqa: PLC0415 - as above

    if method == "gaussian":
        pull = _gaussian(travel.data, limit, sigma)
        return pull if limit is None else np.where(travel.data <= limit, pull, 0.0)
    tops, weights = _zones(steps, limit)
    pull = step_weights(travel.data, tops, weights)
    if method != "3sfca":
        return pull
    return np.asarray(pull * selection(travel.indices, pull, travel.shape[1]))


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


def _zones(steps: Sequence[tuple[float, float]] | None, limit: float | None) -> tuple[Floats, Floats]:
    """Return upper ends and weights of the zones, cut off at the limit."""
    zones = np.atleast_2d(np.asarray(steps or DEFAULT_STEPS, np.float64))
    tops, weights = np.ascontiguousarray(zones[:, 0]), np.ascontiguousarray(zones[:, -1])
    fits = zones.shape[1] == 2 and (np.diff(tops) > 0).all()  # noqa: PLR2004 - end and weight
    if not (fits and (weights >= 0).all() and np.isfinite(weights).all()):
        raise InputError(
            Text(f"steps {steps} 应为（上限，权重）的序列，上限递增，权重不为负。",
                 f"steps {steps} have to be (upper end, weight), ends rising, no weight negative."),
            Text("例如 [(10, 1), (20, 0.68), (30, 0.22)]。", "For example [(10, 1), (20, 0.68), (30, 0.22)]."),
        )  # fmt: skip
    end = np.finfo(np.float64).max if limit is None else limit
    kept = int(np.searchsorted(tops, end)) + 1
    return np.minimum(tops, end)[:kept], weights[:kept]


def _checked_travel(travel: csr_array | csr_matrix) -> csr_matrix:
    matrix = csr_matrix(travel)
    if matrix.dtype != np.float64:
        matrix = matrix.astype(np.float64)
    if matrix.nnz and not matrix.data.min() >= 0:
        wrong = int(np.flatnonzero(~(matrix.data >= 0))[0])
        raise _bad("travel_csr", _pair(matrix, wrong), matrix.data[wrong])
    if not matrix.has_canonical_format:
        _refuse_twice(matrix)
    return matrix


def _refuse_twice(matrix: csr_matrix) -> None:
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((matrix.indices, rows))
    same = (np.diff(rows[order]) == 0) & (np.diff(matrix.indices[order]) == 0)
    if same.any():
        pair = _pair(matrix, int(order[np.flatnonzero(same)[0]]))
        raise InputError(
            Text(f"travel_csr[{pair}] 存了两次。", f"travel_csr[{pair}] is stored twice."),
            Text("每一对供给和需求只保留最短的一条。", "Keep the shortest way of each pair."),
        )


def _pair(matrix: csr_matrix, at: int) -> str:
    row = int(np.searchsorted(matrix.indptr, at, side="right")) - 1
    return f"{row}, {matrix.indices[at]}"


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
