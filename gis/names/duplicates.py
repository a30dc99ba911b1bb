"""How to say which names clash with one: nearest first, with ids, positions and distances."""

from collections.abc import Iterable, Mapping, Sequence
from math import asin, cos, hypot, inf, radians, sin, sqrt
from typing import Any

from gis.names.candidate import Candidate
from gis.names.registry import Case

MAX_SHOWN = 10
"""Namesakes named in the evidence; the count is always whole."""

MAX_COMPARED = 300
"""Namesakes whose distance is computed; beyond that a group is one finding's worth of trouble anyway."""

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth (GRS 80)."""


def namesakes(cases: Sequence[Case], own: int, others: Iterable[int], *, grade: str) -> Mapping[str, Any]:
    """Return evidence on the names that clash with one: nearest first, with ids, positions, distances in metres."""
    mine = cases[own].candidate
    rest = [other for other in others if other != own]
    known = sorted(
        (_described(mine, cases[other].candidate, grade) for other in rest[:MAX_COMPARED]),
        key=_nearest_first,
    )
    return {"namesakes": known[:MAX_SHOWN], "namesake_count": len(rest), "grade": grade}


def _described(mine: Candidate, other: Candidate, grade: str) -> Mapping[str, Any]:
    return {
        "id": other.id,
        "layer": other.layer_id,
        "name": other.name,
        "lon": other.lon,
        "lat": other.lat,
        "distance_m": distance_m(mine, other),
        "grade": grade,
    }


def _nearest_first(described: Mapping[str, Any]) -> tuple[float, str]:
    far = described["distance_m"]
    return (inf if far is None else far, described["id"])


def distance_m(one: Candidate, other: Candidate) -> int | None:
    """Return the great-circle distance to the nearest metre (sphere: within 0.6 %), or None without positions."""
    if None in (one.lon, one.lat, other.lon, other.lat):
        return None
    lon1, lat1, lon2, lat2 = map(radians, (one.lon or 0, one.lat or 0, other.lon or 0, other.lat or 0))
    half = hypot(sin((lat2 - lat1) / 2), sqrt(cos(lat1) * cos(lat2)) * sin((lon2 - lon1) / 2))
    return round(2 * EARTH_RADIUS_M * asin(min(1.0, half)))
