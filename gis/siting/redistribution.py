"""How beds are best spread over sites that stand: the most even access, as a convex quadratic program with a proof.

With the sites fixed, the supply a person reaches, A_i = sum over j of S_j f_ij / D_j, is linear in the beds S_j, so
that the least sum of P_i (A_i - mean)^2 with a given number of beds and bounds per site is a convex quadratic program.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.asking import Clock
from gis.siting.quadratic import Quadratic, least_quadratic, linear_gap
from layers.errors import InputError
from layers.text import Text

_PROVEN = 1e-6
_SLACK = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Redistribution:
    """How much each site holds, how even that is, and how even it could be at best.

    Attributes
    ----------
    supply
        (n_supply,): beds of each site, within its bounds, adding up to the total.
    objective
        Sum of P (A - mean)^2 over everybody, those out of reach included.
    bound
        What no other spread can go below: the objective less the linear gap of its gradient over all spreads.
    gap
        ``(objective - bound)`` over the sum of P A^2; 0 is the optimum.
    proven
        True only if the gap is at most 1e-6.
    idle
        Sites nobody asks of; they keep their lower bound, which is in nobody's access.
    seconds
        Wall time taken.
    """

    supply: Floats
    objective: float
    bound: float
    gap: float
    proven: bool
    idle: Ints
    seconds: float


@dataclass(frozen=True, slots=True)
class _Question:
    access_per_bed: csr_matrix
    people: Floats
    asked: Floats
    total: float
    lower: Floats
    upper: Floats

    @property
    def open(self) -> Flags:
        """Sites somebody asks of."""
        return np.asarray(self.asked > 0)


def redistribute(
    share_csr: csr_array | csr_matrix,
    people: npt.ArrayLike,
    supply_total: float,
    lower: npt.ArrayLike = 0.0,
    upper: npt.ArrayLike = np.inf,
    *,
    time_limit_s: float | None = None,
) -> Redistribution:
    """Spread a number of beds over sites so that access is as even as it can be.

    Parameters
    ----------
    share_csr
        (n_supply, n_demand): pull f of each site on each demand, 0 to 1, as ``gis.coverage.access.pulls`` gives it.
    people
        (n_demand,): none negative.
    supply_total
        Beds to spread over all sites.
    lower, upper
        Least and most of each site, or one number for all.
    time_limit_s
        Wall time; when it runs out the best spread so far is given with its gap.

    Raises
    ------
    InputError
        When shapes do not fit, a number is negative or missing, nobody is in reach, or the bounds leave no room for
        the total.
    """
    clock = Clock.start(time_limit_s)
    asked = _question(share_csr, people, supply_total, lower, upper)
    open_ = asked.open
    rows = asked.access_per_bed[open_]
    program = Quadratic(
        matrix=np.asarray((rows.multiply(asked.people) @ rows.T).todense(), np.float64),
        total=asked.total - float(asked.lower[~open_].sum()),
        lower=asked.lower[open_],
        upper=asked.upper[open_],
    )
    start = proportional(share_csr, people, supply_total, lower, upper)[open_]
    found = least_quadratic(program, start, time_limit_s=clock.left_s)
    supply = asked.lower.copy()
    supply[open_] = found
    return _measured(asked, supply, program, clock)


def _measured(asked: _Question, supply: Floats, program: Quadratic, clock: Clock) -> Redistribution:
    access = asked.access_per_bed.T @ np.where(asked.open, supply, 0.0)
    mean = float(access @ asked.people) / float(asked.people.sum())
    objective = float(asked.people @ (access - mean) ** 2)
    slack, size = linear_gap(program, supply[asked.open]), float(asked.people @ access**2)
    gap = slack / size if size > 0 else 0.0
    return Redistribution(
        supply=supply,
        objective=objective,
        bound=max(objective - slack, 0.0),
        gap=gap,
        proven=gap <= _PROVEN,
        idle=np.flatnonzero(~asked.open),
        seconds=clock.seconds,
    )


def proportional(
    share_csr: csr_array | csr_matrix,
    people: npt.ArrayLike,
    supply_total: float,
    lower: npt.ArrayLike = 0.0,
    upper: npt.ArrayLike = np.inf,
) -> Floats:
    """Spread beds in proportion to the weighted people who reach each site, as far as the bounds let it.

    Takes what ``redistribute`` takes and raises as it does. A site nobody reaches keeps its lower bound.
    """
    asked = _question(share_csr, people, supply_total, lower, upper)
    open_ = asked.open
    total = asked.total - float(asked.lower[~open_].sum())
    low, high, pull = asked.lower[open_], asked.upper[open_], asked.asked[open_]
    supply = asked.lower.copy()
    supply[open_] = np.clip(_level(low, high, pull, total) * pull, low, high)
    rest = asked.total - float(supply.sum())
    room = np.where(open_ & (supply > asked.lower) & (supply < asked.upper), asked.asked, 0.0)
    return np.asarray(supply + rest * room / room.sum()) if room.sum() > 0 else supply


def _level(lower: Floats, upper: Floats, pull: Floats, total: float) -> float:
    """Find the beds per head at which what fits between the bounds adds up to the total, by halving."""
    least, most = 0.0, float(max((lower / pull).max(), total / pull.min())) + 1.0
    for _ in range(200):
        middle = (least + most) / 2
        if float(np.clip(middle * pull, lower, upper).sum()) < total:
            least = middle
        else:
            most = middle
    return (least + most) / 2


def whole(supply: npt.ArrayLike, upper: npt.ArrayLike = np.inf) -> Floats:
    """Round to whole beds with the same (rounded) total: down, and the largest remainders up, none above ``upper``."""
    beds = np.asarray(supply, np.float64)
    most = np.floor(np.broadcast_to(np.asarray(upper, np.float64), beds.shape) + _SLACK)
    rounded = np.minimum(np.floor(beds + _SLACK), most)
    lacking = int(round(float(beds.sum())) - rounded.sum())
    order = np.lexsort((np.arange(len(beds)), -(beds - rounded)))
    order = order[rounded[order] + 1 <= most[order]]
    rounded[order[: max(lacking, 0)]] += 1
    return np.asarray(rounded)


def _question(
    share: csr_array | csr_matrix,
    people: npt.ArrayLike,
    total: float,
    lower: npt.ArrayLike,
    upper: npt.ArrayLike,
) -> _Question:
    pull = csr_matrix(share, dtype=np.float64)
    sites, demands = pull.shape
    heads = _numbers("people", people, demands)
    _none_negative("share_csr", pull.data)
    _none_negative("supply_total", np.array([total], np.float64))
    low, high = _numbers("lower", lower, sites), _numbers("upper", upper, sites, endless=True)
    asked = np.asarray(pull @ heads, np.float64)
    if not (asked > 0).any():
        raise InputError(
            Text(
                "没有任何人够得着任何设施，无从分配。", "Nobody reaches any site: there is nothing to spread."
            ),
            Text(
                "请放宽界限，或检查人口和设施的位置。",
                "Widen the limit, or check where people and sites are.",
            ),
        )
    _check_room(low, high, asked > 0, float(total))
    per_head = np.divide(1.0, asked, out=np.zeros(sites), where=asked > 0)
    return _Question(csr_matrix(pull.multiply(per_head[:, None])), heads, asked, float(total), low, high)


def _numbers(name: str, given: npt.ArrayLike, size: int, *, endless: bool = False) -> Floats:
    values = np.asarray(given, np.float64)
    if values.ndim == 0:
        values = np.full(size, float(values))
    if values.shape != (size,):
        raise InputError(
            Text(
                f"{name} 有 {values.size} 个值，应有 {size} 个。",
                f"{name} has {values.size} values, not {size}.",
            ),
            Text("share_csr 的形状是（设施，需求）。", "share_csr is (supply, demand)."),
        )
    _none_negative(name, values, endless=endless)
    return values


def _none_negative(name: str, values: Floats, *, endless: bool = False) -> None:
    wrong = np.flatnonzero(~((values >= 0) & (endless | np.isfinite(values))))
    if len(wrong):
        at = f"[{wrong[0]}]" if len(values) > 1 else ""
        raise InputError(
            Text(
                f"{name}{at} 是 {values[wrong[0]]}，应为零或正数。",
                f"{name}{at} is {values[wrong[0]]}, not zero or more.",
            )
        )


def _check_room(lower: Floats, upper: Floats, open_: Flags, total: float) -> None:
    crossed = np.flatnonzero(lower > upper)
    if len(crossed):
        at = int(crossed[0])
        raise InputError(
            Text(
                f"第 {at} 处设施的下限 {lower[at]:g} 大于上限 {upper[at]:g}。",
                f"The least of site {at}, {lower[at]:g}, is above its most, {upper[at]:g}.",
            )
        )
    least, most = float(lower.sum()), float(np.where(open_, upper, lower).sum())
    if not least <= total * (1 + _SLACK) or not total <= most * (1 + _SLACK):
        raise InputError(
            Text(
                f"总量 {total:g} 放不下：各设施下限合计 {least:g}，有人可达的设施"
                + (f"上限合计 {most:g}。" if np.isfinite(most) else "没有上限。"),
                f"A total of {total:g} does not fit: least {least:g}, and "
                + (f"at most {most:g}" if np.isfinite(most) else "no bound above")
                + " where people reach it.",
            ),
            Text("请改总量，或放宽每处的上下限。", "Change the total, or the bounds of the sites."),
        )
