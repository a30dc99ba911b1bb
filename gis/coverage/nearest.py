"""The facility that a unit's people are nearest to, with its distances."""

from dataclasses import dataclass
from typing import Any

from gis.coverage.outcome import Outcome
from gis.coverage.supply import Supply
from layers.crs import geodesic_m


@dataclass(frozen=True, slots=True)
class NearestFacility:
    """The facility nearest to a unit's people, with its distances in metres (None where not known)."""

    id: str
    name: str
    network_m: float | None
    straight_m: float | None

    def as_json(self) -> dict[str, Any]:
        """Return JSON values, metres to one decimal."""
        return {
            "id": self.id,
            "name": self.name,
            "network_m": _rounded(self.network_m),
            "straight_m": _rounded(self.straight_m),
        }


def nearest_facility(outcome: Outcome, supply: Supply, point: int) -> NearestFacility | None:
    """Name the facility nearest to a point: by road, or straight when no road leads to any.

    Both distances are to that one facility; another one may be nearer in a straight line. None when no facility has a
    place, or ``point`` is -1.
    """
    distances = outcome.distances
    if point < 0 or distances.straight.source[point] < 0:
        return None
    source, road = int(distances.straight.source[point]), None
    straight = float(distances.straight.cost[point])
    if distances.road is not None and distances.road.source[point] >= 0:
        near, source = source, int(distances.road.source[point])
        road = float(distances.road.cost[point])
        if source != near:
            lon, lat = outcome.demand.lon[point], outcome.demand.lat[point]
            straight = float(geodesic_m(lon, lat, supply.lon[source], supply.lat[source]))
    return NearestFacility(supply.ids[source], supply.name(source), road, straight)


def whole_metres(metres: float) -> str:
    """Write a distance in whole metres, as anybody would who rounds the value of ``as_json``."""
    return f"{int(round(metres, 1) + 0.5):,}"


def _rounded(metres: float | None) -> float | None:
    return None if metres is None else round(metres, 1)
