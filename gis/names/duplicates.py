"""Groups of names that are written or read alike, and how to say so."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from math import asin, cos, hypot, inf, radians, sin, sqrt
from typing import Any

from gis.names.candidate import Candidate
from gis.names.registry import Case

MAX_SHOWN = 10
"""Namesakes named in the evidence; the count is always whole."""

MAX_COMPARED = 300
"""Namesakes whose distance is computed; beyond that a group is one finding's worth of trouble anyway."""

_EARTH_RADIUS_M = 6_371_008.8


def groups(cases: Sequence[Case], key: Callable[[Case], Hashable | None]) -> Iterator[list[int]]:
    """Yield the positions of cases that share a key, groups of two or more; None keys group with nobody."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for at, case in enumerate(cases):
        shared = key(case)
        if shared is not None:
            found[shared].append(at)
    return (members for members in found.values() if len(members) > 1)


def namesakes(cases: Sequence[Case], own: int, others: Iterable[int]) -> Mapping[str, Any]:
    """Return evidence on the names that clash with one: nearest first, with ids and distances in metres."""
    mine = cases[own].candidate
    rest = [other for other in others if other != own]
    known = sorted(
        (_described(mine, cases[other].candidate) for other in rest[:MAX_COMPARED]), key=_nearest_first
    )
    return {"namesakes": known[:MAX_SHOWN], "namesake_count": len(rest)}


def _described(mine: Candidate, other: Candidate) -> Mapping[str, Any]:
    return {"id": other.id, "name": other.name, "distance_m": distance_m(mine, other)}


def _nearest_first(described: Mapping[str, Any]) -> tuple[float, str]:
    far = described["distance_m"]
    return (inf if far is None else far, described["id"])


def distance_m(one: Candidate, other: Candidate) -> int | None:
    """Return the great-circle distance to the nearest metre (sphere: within 0.6 %), or None without positions."""
    if None in (one.lon, one.lat, other.lon, other.lat):
        return None
    lon1, lat1, lon2, lat2 = map(radians, (one.lon or 0, one.lat or 0, other.lon or 0, other.lat or 0))
    half = hypot(sin((lat2 - lat1) / 2), sqrt(cos(lat1) * cos(lat2)) * sin((lon2 - lon1) / 2))
    return round(2 * _EARTH_RADIUS_M * asin(min(1.0, half)))
