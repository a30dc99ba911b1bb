"""From the columns of a solved program to who eats where, how long it is held hot, and who is left out and why."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.tiered.arcs import Arcs
from gis.siting.tiered.model import Model
from gis.siting.tiered.question import Tiers

_NOTHING = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """Meals by kitchen and point, cooked at the point, and by home and point; minutes over both legs."""

    supply: Floats
    cooked: Floats
    eat_in: csr_matrix
    delivered: csr_matrix
    travel_minutes: float
    hot_minutes: Floats

    @property
    def served(self) -> float:
        """Meals served in all."""
        return float(self.eat_in.sum() + self.delivered.sum())


def flows_of(model: Model, values: Floats) -> Flows:
    """Read the flows of a solved program; meals of merged homes are shared in proportion to what each wants."""
    tiers, sources = model.tiers, model.sources
    sent, at_table, to_door = model.parts(values)
    supply, cooked = np.zeros((tiers.kitchens, tiers.points)), np.zeros(tiers.points)
    brought = sources.kitchen >= 0
    supply[sources.kitchen[brought], sources.point[brought]] = sent[brought]
    cooked[sources.point[~brought]] = sent[~brought]
    eat = _shared(model.eat, at_table, tiers.eat_in, tiers.points)
    door = _shared(model.door, to_door, tiers.delivered, tiers.points)
    legs = _minutes(eat, tiers.eat_in_min), _minutes(door, tiers.delivery_min)
    travel = float(sent @ sources.minutes) + sum(
        float(one.data @ minutes) for one, minutes in zip((eat, door), legs, strict=True)
    )
    return Flows(
        supply=supply,
        cooked=cooked,
        eat_in=eat,
        delivered=door,
        travel_minutes=travel,
        hot_minutes=_hot(model, sent, eat, door, legs[1]),
    )


def _shared(arcs: Arcs, meals: Floats, wanted: Floats, points: int) -> csr_matrix:
    """Return meals by home and point."""
    used = np.flatnonzero(meals > _NOTHING)
    groups = csr_matrix((meals[used], (arcs.group[used], arcs.point[used])), shape=(len(arcs.wanted), points))
    homes = np.flatnonzero(arcs.group_of >= 0)
    group = arcs.group_of[homes]
    share = csr_matrix(
        (wanted[homes] / arcs.wanted[group], (homes, group)), shape=(len(wanted), len(arcs.wanted))
    )
    return csr_matrix(share @ groups)


def _minutes(meals: csr_matrix, table: csr_matrix) -> Floats:
    """Return the minutes of every stored pair of meals."""
    columns = table.shape[1]
    rows = np.repeat(np.arange(meals.shape[0]), np.diff(meals.indptr))
    known = (
        np.repeat(np.arange(table.shape[0]), np.diff(table.indptr)).astype(np.int64) * columns + table.indices
    )
    return np.asarray(table.data[np.searchsorted(known, rows.astype(np.int64) * columns + meals.indices)])


def _hot(model: Model, sent: Floats, eat: csr_matrix, door: csr_matrix, minutes: Floats) -> Floats:
    """Pair long deliveries with quick kitchens at every point, which keeps the longest way as short as can be."""
    sources, longest = model.sources, np.full(model.tiers.points, np.nan)
    at_table = np.asarray(eat.sum(axis=0)).reshape(-1)
    for point in range(model.tiers.points):
        here = slice(int(sources.start[point]), int(sources.start[point + 1]))
        mine = np.flatnonzero(door.indices == point)
        away = np.append(minutes[mine], 0.0)
        meals = np.append(door.data[mine], at_table[point])
        if meals.sum() > _NOTHING:
            longest[point] = _paired(sources.minutes[here], sent[here], away, meals)
    return longest


def _paired(source_min: Floats, sent: Floats, away_min: Floats, meals: Floats) -> float:
    """Return the longest sum when the quickest sources serve the longest ways; sources come quickest first."""
    order = np.argsort(-away_min, kind="stable")
    demand = np.concatenate([[0.0], np.cumsum(meals[order])])
    supply = np.concatenate([[0.0], np.cumsum(sent)])
    least = 1e-6 * max(1.0, float(demand[-1]))
    best = 0.0
    for at in range(len(sent)):
        first = int(np.searchsorted(demand, supply[at] + least, side="right")) - 1
        if sent[at] > least and first < len(order):
            best = max(best, float(source_min[at] + away_min[order[first]]))
    return best


def reasons_of(
    tiers: Tiers, flows: Flows, is_open: Flags
) -> tuple[Floats, Floats, npt.NDArray[np.str_], npt.NDArray[np.str_]]:
    """Return unserved meals at the table and at the door, and the reason of each home, empty where there are none."""
    kitchens, points = is_open[: tiers.kitchens], is_open[tiers.kitchens :]
    quickest = _quickest(tiers, kitchens)
    left, reasons = [], []
    for wanted, got, table, legs in (
        (tiers.eat_in, flows.eat_in, tiers.eat_in_min, False),
        (tiers.delivered, flows.delivered, tiers.delivery_min, True),
    ):
        unserved = wanted - np.asarray(got.sum(axis=1)).reshape(-1)
        unserved = np.where(unserved > 1e-6 * np.maximum(wanted, 1.0), unserved, 0.0)
        left.append(unserved)
        reasons.append(_reasons(unserved, table, points, quickest, tiers.hot_minutes, legs=legs))
    return left[0], left[1], reasons[0], reasons[1]


def _quickest(tiers: Tiers, kitchens: Flags) -> Floats:
    """Return the minutes to each point from its quickest open kitchen, inf without one."""
    supply = np.asarray(tiers.supply_min)[kitchens]
    brought = supply.min(axis=0) if len(supply) else np.full(tiers.points, np.inf)
    return np.where(tiers.point_cooks > 0, 0.0, brought)


def _reasons(
    unserved: Floats, table: csr_matrix, points: Flags, quickest: Floats, hot: float, *, legs: bool
) -> npt.NDArray[np.str_]:
    home = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    in_time = quickest[table.indices] + (table.data if legs else 0.0) <= hot * (1 + 1e-9)
    reached = _any(home, points[table.indices], len(unserved))
    warm = _any(home, points[table.indices] & in_time, len(unserved))
    possible = np.diff(table.indptr) > 0
    why = np.select(
        [unserved <= 0, ~possible, ~reached, ~warm],
        ["", "no_place_in_reach", "no_point_in_reach", "no_kitchen_in_time"],
        "capacity",
    )
    return np.asarray(why)


def _any(home: Ints, flags: Flags, homes: int) -> Flags:
    return np.bincount(home[flags], minlength=homes) > 0
