"""How much is covered with no new site, one, two, …: each number solved for itself, each with its bound."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.asking import Clock, Matrix, checked_fixed, checked_reach, checked_weight
from gis.siting.capacitated import capacitated_mclp
from gis.siting.constraints import Constraints
from gis.siting.covering import mclp
from gis.siting.merging import covered_by
from gis.siting.transport import served_by
from layers.errors import InputError

_GENEROUS = 4.0
"""Times its share of the time left that a number may take; few take any of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """So many new sites cover so much weight; no choice of as many covers more than ``bound``."""

    sites: int
    covered: float
    bound: float


def coverage_curve(  # noqa: PLR0913 - the parts of one question
    reach_csr: Matrix,
    weight: npt.ArrayLike,
    most: int,
    fixed: Sequence[int] | Ints = (),
    *,
    gap: float = 0.01,
    constraints: Constraints | None = None,
    capacity: npt.ArrayLike | None = None,
    time_limit_s: float = 10.0,
) -> tuple[CurvePoint, ...]:
    """Return the weight covered with 0, 1, … ``most`` sites beside the fixed ones; it never falls.

    Parameters
    ----------
    reach_csr, weight, fixed, constraints
        As for ``mclp``.
    most
        Most new sites; no more than there are candidates.
    capacity
        As for ``capacitated_mclp``; the curve then counts people served, not only reached.
    gap
        Relative gap at which each number is left.
    time_limit_s
        Time for all of them; numbers for which none is left get the greedy plan and its wider bound.

    Returns
    -------
    tuple of CurvePoint
        Numbers with which the constraints cannot be kept are left out.
    """
    clock, reach = Clock.start(time_limit_s), checked_reach(reach_csr)
    people, must = checked_weight(weight, reach.shape[0]), checked_fixed(fixed, reach.shape[1])
    standing = int(must.sum())
    most = min(most, reach.shape[1] - standing)
    room = None if capacity is None else np.asarray(capacity, np.float64)
    base = _base(reach, people, must, room)
    points = [CurvePoint(sites=0, covered=base, bound=base)]
    how: dict[str, Any] = {"fixed": np.flatnonzero(must), "gap": gap, "constraints": constraints}
    for number in range(1, most + 1):
        how["time_limit_s"] = max(_GENEROUS * clock.left_s / (most - number + 1), time_limit_s / most)
        try:
            found, bound = _solved(reach, people, room, standing + number, how)
        except InputError:
            continue
        covered = max(found, points[-1].covered)
        points.append(CurvePoint(sites=number, covered=covered, bound=max(bound, covered)))
    falling = constraints is None or constraints.at_least == 0
    return _tightened(_grown(points) if falling else points)


def _solved(
    reach: csr_matrix, people: Floats, room: Floats | None, number: int, how: dict[str, Any]
) -> tuple[float, float]:
    """Return what so many sites serve, and the bound."""
    if room is None:
        plan = mclp(reach, people, number, **how)
        return plan.objective, plan.bound
    held = capacitated_mclp(reach, people, room, number, **how)
    return held.objective, held.bound


def _base(reach: csr_matrix, people: Floats, must: Flags, room: Floats | None) -> float:
    """Return what the fixed sites serve."""
    if room is None:
        return float(people[covered_by(reach, must)].sum())
    return float(served_by(reach, people, np.nan_to_num(room, posinf=np.inf), must).sum())


def _grown(points: list[CurvePoint]) -> list[CurvePoint]:
    """Lower each bound by the one before: k sites add at most k / (k - 1) times what the best k - 1 add.

    Of the best k sites one adds no more than 1 / k of what all do: what is served is submodular (Nemhauser et al.
    1978).
    """
    kept, base = points[:1], points[0].covered
    for one in points[1:]:
        before = kept[-1]
        most = one.bound
        if before.sites == one.sites - 1 and before.sites:
            most = min(most, base + (before.bound - base) * one.sites / before.sites)
        kept.append(CurvePoint(sites=one.sites, covered=one.covered, bound=max(most, one.covered)))
    return kept


def _tightened(points: list[CurvePoint]) -> tuple[CurvePoint, ...]:
    """Lower each bound to that of any greater number of sites, which cannot cover less."""
    least, kept = float("inf"), []
    for one in reversed(points):
        least = min(least, one.bound)
        kept.append(CurvePoint(sites=one.sites, covered=one.covered, bound=max(least, one.covered)))
    return tuple(reversed(kept))
