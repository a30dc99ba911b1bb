"""Which of many namesakes come first, without looking closely at every one."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gis.names.candidate import Candidate
from gis.names.duplicates import EARTH_RADIUS_M
from gis.names.namesakes.entries import Entries
from gis.names.namesakes.grades import Relation
from gis.names.packs import Scope

_MANY = 4
"""So many times the limit are worth a preselection."""


class Match(NamedTuple):
    """A name at a position of the entries that is like the one asked for, and the scope they share."""

    position: int
    like: Relation
    scope: Scope


def preselected(
    entries: Entries, asked: Candidate, matches: Sequence[Match], *, limit: int
) -> Sequence[Match]:
    """Keep a few matches among which the strongest and nearest ``limit`` are; all when there are not many."""
    if len(matches) <= _MANY * limit or limit < 1:
        return matches
    away = _metres(entries.degrees([one.position for one in matches]), asked)
    weights = {one: one.grade.rank * 2 + one.possible for one in {match.like for match in matches}}
    strength = np.array([weights[one.like] for one in matches])
    last = np.lexsort((away, strength))[limit - 1]
    before = (strength < strength[last]) | ((strength == strength[last]) & (away <= away[last] + 1))
    return [matches[at] for at in np.flatnonzero(before).tolist()]


def _metres(degrees: npt.NDArray[np.float64], asked: Candidate) -> npt.NDArray[np.float64]:
    """Return whole metres from the place asked for, infinite where a position is missing."""
    if asked.lon is None or asked.lat is None:
        return np.full(len(degrees), np.inf)
    lon, lat = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    own_lon, own_lat = np.radians(asked.lon), np.radians(asked.lat)
    half = np.hypot(
        np.sin((lat - own_lat) / 2), np.sqrt(np.cos(own_lat) * np.cos(lat)) * np.sin((lon - own_lon) / 2)
    )
    metres = np.ceil(2 * EARTH_RADIUS_M * np.arcsin(np.minimum(1.0, half)))
    return np.where(np.isnan(metres), np.inf, metres)
