"""The cheapest single remedy of each gap: tried in the declared order of effort, and judged by what it does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix

from gis.coverage.calling import called
from gis.coverage.gaps.effects import Shortfall, best_places, gains
from gis.coverage.gaps.effort import efforts
from gis.coverage.gaps.wording import (
    built_text,
    crossing_text,
    data_text,
    delivery_text,
    placed_text,
)
from layers.text import Text

if TYPE_CHECKING:
    from gis.coverage.gaps.places import Offers
    from gis.coverage.gaps.severing import Severing
    from gis.kernels.arrays import Ints

NEEDS_DATA = (
    "population_unknown",
    "location_unknown",
    "roads_end",
    "capacity_unknown",
    "off_road",
    "not_connected",
)
"""Reasons that better data may take away: nobody can say yet whether people are served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One thing that can be done about one gap.

    Attributes
    ----------
    kind, rank
        Code in ``remedy.toml``, and its order of effort there.
    adds_people, adds_everywhere
        People served then who are not now: of the unit, and of all units. None where nobody can tell beforehand.
    adds_amount
        How many beds, meals or places a facility gets more; None where that is not what is done.
    partial
        The unit stays below the share from which it counts as covered.
    facility_id, facility
        What is used; None for bare ground.
    lon, lat
        Where; None where it has no single place.
    estimate
        The figure is an estimate, and the text says of what kind.
    """

    kind: str
    rank: int
    text: Text
    adds_people: float | None = None
    adds_everywhere: float | None = None
    adds_amount: int | None = None
    partial: bool = False
    facility_id: str | None = None
    facility: str | None = None
    lon: float | None = None
    lat: float | None = None
    estimate: bool = False
    unit_cost: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return JSON values; degrees to six decimals, people to two."""
        return {
            "kind": self.kind,
            "label": efforts()[self.kind].label._asdict(),
            "rank": self.rank,
            "text": self.text._asdict(),
            "adds_people": _rounded(self.adds_people, 2),
            "adds_everywhere": _rounded(self.adds_everywhere, 2),
            "adds_amount": self.adds_amount,
            "partial": self.partial,
            "estimate": self.estimate,
            "facility_id": self.facility_id,
            "facility": self.facility,
            "lon": _rounded(self.lon, 6),
            "lat": _rounded(self.lat, 6),
            "unit_cost": self.unit_cost,
        }


def in_order(remedies: Sequence[Remedy]) -> tuple[Remedy, ...]:
    """Put the remedies of one gap in order: those that close it by effort, then the others by what they add."""

    def key(one: Remedy) -> tuple[bool, float, int]:
        return (one.partial, -(one.adds_people or 0.0) if one.partial else 0.0, one.rank)

    return tuple(sorted(remedies, key=key))


def data_remedy(code: str) -> Remedy | None:
    """Return the remedy for what is not known; None for reasons that are known well enough."""
    if code not in NEEDS_DATA:
        return None
    effort = efforts()["complete_data"]
    return Remedy(kind="complete_data", rank=effort.rank, text=data_text(code), unit_cost=effort.unit_cost)


def placed_remedies(
    offers: "Offers",
    reach: Callable[["Offers"], csr_matrix],
    shortfall: Shortfall,
    unit_of_measure: str,
    *,
    estimate: bool = False,
) -> dict[int, Remedy]:
    """Choose the best place of one kind for each gap; gaps where no place adds anybody are left out.

    ``reach`` gives (places, n_demand), whatever is stored is within reach.
    """
    if not len(offers) or not len(shortfall):
        return {}
    added, everywhere = gains(reach(offers), shortfall)
    best = best_places(added, everywhere, shortfall.lacking, offers.own)
    effort = efforts()[offers.kind]
    word = built_text if offers.kind == "build" else placed_text
    found: dict[int, Remedy] = {}
    for gap in np.flatnonzero(best.place >= 0).tolist():
        at = int(best.place[gap])
        here, all_ = float(best.here[gap]), float(best.everywhere[gap])
        text = word(offers, at, (here, all_), unit_of_measure, about=estimate)
        found[gap] = Remedy(
            kind=offers.kind,
            rank=effort.rank,
            text=text,
            adds_people=here,
            adds_everywhere=all_,
            partial=not bool(best.covers[gap]),
            facility_id=offers.ids[at] or None,
            facility=offers.names[at] or None,
            lon=float(offers.lon[at]),
            lat=float(offers.lat[at]),
            estimate=estimate,
            unit_cost=effort.unit_cost,
        )
    return found


def deliveries(
    offers: "Offers", table: csr_matrix, shortfall: Shortfall, unit_of_measure: str
) -> dict[int, Remedy]:
    """Let the nearest facility that delivers serve each gap; ``table`` holds the metres, (facilities, n_demand)."""
    cells = table.tocoo()
    place, gap = cells.row.astype(np.int64), shortfall.gap[cells.col]
    order = np.lexsort((place, cells.data, gap))
    order = order[gap[order] >= 0]
    first = order[np.unique(gap[order], return_index=True)[1]]
    people = np.bincount(shortfall.gap + 1, weights=shortfall.weight, minlength=len(shortfall) + 1)[1:]
    effort = efforts()["deliver"]
    return {
        int(gap[at]): Remedy(
            kind="deliver",
            rank=effort.rank,
            text=delivery_text(
                called(offers.names[place[at]], offers.ids[place[at]]),
                float(cells.data[at]),
                people[gap[at]],
                unit_of_measure,
            ),
            adds_people=float(people[gap[at]]),
            adds_everywhere=float(people[gap[at]]),
            facility_id=offers.ids[place[at]],
            facility=offers.names[place[at]] or None,
            lon=float(offers.lon[place[at]]),
            lat=float(offers.lat[place[at]]),
            unit_cost=effort.unit_cost,
        )
        for at in first.tolist()
    }


def crossings(severed: "Severing | None", shortfall: Shortfall, unit_of_measure: str) -> dict[int, Remedy]:
    """Estimate what one crossing of the barrier that severs most people of a gap would add.

    The estimate opens the straight way: people whose facility across is near in a straight line would reach it. Walks
    over a real crossing are longer, so fewer people would.
    """
    if severed is None or not severed.severed.any():
        return {}
    effort = efforts()["crossing"]
    cut = np.flatnonzero(severed.severed & (shortfall.gap >= 0) & (shortfall.weight > 0))
    course = severed.barriers.courses()
    found: dict[int, Remedy] = {}
    for gap, points in _by_gap(shortfall.gap, cut):
        along = course[severed.barrier[points]]
        across = np.bincount(along, weights=shortfall.weight[points])
        widest = int(np.argmax(across))
        here = float(across[widest])
        middle = _middle(points[along == widest], shortfall)
        found[gap] = Remedy(
            kind="crossing",
            rank=effort.rank,
            text=crossing_text(severed, middle, here, unit_of_measure),
            adds_people=here,
            partial=bool(here < shortfall.lacking[gap] - 1e-9),
            lon=float(severed.lon[middle]),
            lat=float(severed.lat[middle]),
            estimate=True,
            unit_cost=effort.unit_cost,
        )
    return found


def _by_gap(gap: "Ints", points: "Ints") -> list[tuple[int, "Ints"]]:
    order = points[np.argsort(gap[points], kind="stable")]
    numbers, starts = np.unique(gap[order], return_index=True)
    return list(zip(numbers.tolist(), np.split(order, starts[1:]), strict=True)) if len(order) else []


def _middle(points: "Ints", shortfall: Shortfall) -> int:
    """Pick the point in the middle of the people, in the order of the layer."""
    weight = np.cumsum(shortfall.weight[points])
    return int(points[min(int(np.searchsorted(weight, weight[-1] / 2)), len(points) - 1)])


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
