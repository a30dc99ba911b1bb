"""Scores of access added up by unit, and how evenly they are shared."""

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from gis.coverage.catchments.equity import deviation, gini, lorenz, palma
from gis.coverage.kernels import Scored
from gis.coverage.situation import Situation
from gis.kernels.arrays import Flags, Floats, Ints

_PER = 1000.0


def by_unit(here: Situation, people: Floats, scores: list[Scored]) -> tuple[list[Floats], Floats, Ints]:
    """Return, per kernel, the mean score of each unit that has people; the people; the units."""
    placed = here.demand.unit >= 0
    size = len(here.units.frame)
    heads = np.asarray(
        np.bincount(here.demand.unit[placed], weights=people[placed], minlength=size), np.float64
    )
    units = np.flatnonzero(heads > 0)
    means = [
        np.bincount(here.demand.unit[placed], weights=(one.values * people)[placed], minlength=size)[units]
        / heads[units]
        for one in scores
    ]
    return means, heads[units], units


def reaching_silent(share: csr_matrix, beds: Floats) -> Flags:
    """Tell which points of demand reach a facility that does not tell what it holds.

    ``share`` is (n_supply, n_demand), travel over the limit; ``beds`` is nan where nothing is told.
    """
    silent_ones = share[np.flatnonzero(np.isnan(beds))]
    reached = np.zeros(share.shape[1], bool)
    reached[silent_ones.indices[silent_ones.data <= 1.0]] = True
    return reached


def worst_share(kernels: tuple[str, ...], worst: Flags, heads: Floats) -> dict[str, float | None]:
    """Return, per kernel, the share of people in units marked ``worst`` (n_kernels, n_units); None without people."""
    whole = heads.sum()
    return {
        name: round(float(heads[members].sum() / whole), 4) if whole > 0 else None
        for name, members in zip(kernels, worst, strict=True)
    }


def people_by_unit(here: Situation, people: Floats, which: Flags, units: Ints) -> Floats:
    """Add up the people of some points of demand by unit."""
    placed = (here.demand.unit >= 0) & which
    size = len(here.units.frame)
    lost = np.bincount(here.demand.unit[placed], weights=people[placed], minlength=size)
    return np.asarray(lost[units], np.float64)


def evenness_of(
    here: Situation, values: Floats, heads: Floats, points: Floats, people: Floats
) -> dict[str, Any]:
    """Measure how evenly a score is shared, by units and by points; all None where nobody has anything."""
    if not (values * heads).sum() > 0:
        nothing = dict.fromkeys(("gini_units", "gini_points", "sd_units", "sd_points", "palma"))
        return {"level": here.plan.request.by, **nothing}
    best_over_worst = palma(points, people)
    curve = lorenz(values, heads)
    return {
        "level": here.plan.request.by,
        "gini_units": round(gini(values, heads), 4),
        "gini_points": round(gini(points, people), 4),
        "sd_units": round(deviation(values, heads) * _PER, 3),
        "sd_points": round(deviation(points, people) * _PER, 3),
        "palma": round(best_over_worst, 3) if np.isfinite(best_over_worst) else None,
        "lorenz": {
            "people": np.round(curve.people, 4).tolist(),
            "held": np.round(curve.held, 4).tolist(),
        },
    }
