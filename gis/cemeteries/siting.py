"""Where no grave may be: every cemetery is in a prohibited zone, to be reviewed, clear, or unknown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from layers.crs import metric_crs
from layers.errors import NotFoundError
from layers.model import Layer
from layers.norms import NormProfile

NATIONAL_KINDS = (
    "farmland",
    "forest",
    "park",
    "scenic",
    "heritage",
    "water_source",
    "river_bank",
    "transport_side",
)
"""Zone kinds of the national regulation of 2012, article 10. Without all of them nothing can be called clear."""

_BUFFER_NAMES: Mapping[str, tuple[str, ...]] = {
    "river_bank": ("reservoir", "river"),
    "transport_side": ("railway", "highway"),
}
"""The names norm profiles use for the distances around a kind of zone, beside the kind itself."""

_INSIDE_M2 = 1.0

Shapes = npt.NDArray[np.object_]


class SitingState(StrEnum):
    """The four answers."""

    PROHIBITED = "prohibited"
    REVIEW = "review"
    CLEAR = "clear"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ZoneContact:
    """One zone that a cemetery lies in or near.

    Attributes
    ----------
    inside
        The cemetery, or more than a square metre of it, lies in the zone.
    distance_m
        0 when inside or adjoining.
    buffer_m
        The distance within which the norm profile asks for a review.
    """

    zone_id: str
    zone_name: str
    kind: str
    inside: bool
    distance_m: float
    buffer_m: float


@dataclass(frozen=True, slots=True)
class Siting:
    """The answer for one cemetery, with what it rests on."""

    cemetery_id: str
    state: SitingState
    contacts: tuple[ZoneContact, ...]
    missing_kinds: tuple[str, ...]


def siting_state(*, inside: bool, near: bool, missing_kinds: Collection[str]) -> SitingState:
    """Put the answer together: inside a zone beats near one, and only complete zones allow *clear*."""
    if inside:
        return SitingState.PROHIBITED
    if near:
        return SitingState.REVIEW
    return SitingState.UNKNOWN if missing_kinds else SitingState.CLEAR


def review_buffers(profile: NormProfile, kinds: Collection[str], on: date) -> Mapping[str, float]:
    """Metres around each kind of zone within which the profile asks for a review; 0 where it gives none."""
    buffers = {}
    for kind in kinds:
        given = [0.0]
        for name in (kind, *_BUFFER_NAMES.get(kind, ())):
            try:
                given.append(profile.number("no_burial_buffer_m", applies_to=name, on=on))
            except NotFoundError:
                continue
        buffers[kind] = max(given)
    return buffers


def sitings(
    cemeteries: Layer, zones: Layer | None, buffers_m: Mapping[str, float], on: date
) -> tuple[Siting, ...]:
    """Judge every cemetery against the zones in force on a day, ordered by cemetery id.

    Parameters
    ----------
    zones
        Layer ``no_burial_zone``; None when it was never imported, which leaves every answer unknown.
    buffers_m
        Review distance by zone kind, as ``review_buffers`` gives it; kinds that are absent have none.

    Returns
    -------
    tuple of Siting
        A cemetery without a position is unknown whatever the zones.
    """
    usable = None if zones is None else _in_force(zones.frame, on)
    kinds = set() if usable is None else set(usable["kind"].dropna())
    missing = tuple(kind for kind in NATIONAL_KINDS if kind not in kinds)
    frame = cemeteries.frame.sort_values("id").reset_index(drop=True)
    contacts = {} if usable is None or usable.empty else _contacts(frame, usable, buffers_m)
    placed = (frame.geometry.notna() & ~frame.geometry.is_empty).tolist()
    return tuple(
        _siting(str(id_), contacts.get(row, ()), missing, has_place=placed[row])
        for row, id_ in enumerate(frame["id"])
    )


def _siting(
    cemetery_id: str, contacts: tuple[ZoneContact, ...], missing: tuple[str, ...], *, has_place: bool
) -> Siting:
    inside = any(contact.inside for contact in contacts)
    state = siting_state(inside=inside, near=bool(contacts), missing_kinds=missing)
    return Siting(cemetery_id, state if has_place else SitingState.UNKNOWN, contacts, missing)


def _in_force(zones: gpd.GeoDataFrame, on: date) -> gpd.GeoDataFrame:
    begun = zones["valid_from"].isna() | (zones["valid_from"] <= pd.Timestamp(on))
    return zones[begun & zones.geometry.notna() & ~zones.geometry.is_empty].sort_values("id")


def _contacts(
    cemeteries: gpd.GeoDataFrame, zones: gpd.GeoDataFrame, buffers_m: Mapping[str, float]
) -> Mapping[int, tuple[ZoneContact, ...]]:
    """Find the zones each row of ``cemeteries`` lies in or within the buffer of."""
    crs = metric_crs(tuple(zones.total_bounds))
    areas = shapely.make_valid(zones.geometry.to_crs(crs).to_numpy())
    sites = shapely.make_valid(cemeteries.geometry.to_crs(crs).to_numpy())
    buffers = zones["kind"].map(lambda kind: buffers_m.get(kind, 0.0)).to_numpy(dtype=float)
    at_site, at_zone = shapely.STRtree(areas).query(sites, predicate="dwithin", distance=float(buffers.max()))
    far = shapely.distance(sites[at_site], areas[at_zone])
    near = far <= buffers[at_zone]
    at_site, at_zone, far = at_site[near], at_zone[near], far[near]
    inside = _inside(sites[at_site], areas[at_zone])
    found: dict[int, list[ZoneContact]] = {}
    for row in np.lexsort((at_zone, at_site)):
        zone = zones.iloc[at_zone[row]]
        contact = ZoneContact(
            zone_id=str(zone["id"]),
            zone_name=str(zone["name"]),
            kind=str(zone["kind"]),
            inside=bool(inside[row]),
            distance_m=round(float(far[row]), 1),
            buffer_m=float(buffers[at_zone[row]]),
        )
        found.setdefault(int(at_site[row]), []).append(contact)
    return {row: tuple(contacts) for row, contacts in found.items()}


def _inside(sites: Shapes, areas: Shapes) -> npt.NDArray[np.bool_]:
    """Tell whether each site lies in its area: a point when it touches it, an area by more than a square metre."""
    is_area = shapely.get_dimensions(sites) == 2  # noqa: PLR2004 - dimension of an area
    shared_m2 = np.zeros(len(sites))
    shared_m2[is_area] = shapely.area(shapely.intersection(sites[is_area], areas[is_area]))
    return np.where(is_area, shared_m2 > _INSIDE_M2, shapely.intersects(sites, areas))
