"""Places that might serve: facilities not in service yet, what stands already, and where people live."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gis.coverage.filters import fitting
from gis.coverage.gaps.effects import Shortfall
from gis.coverage.gaps.effort import efforts
from gis.coverage.supply import Supply, in_service, points_of
from gis.kernels.arrays import Flags, Floats, Ints
from layers.specs import spec_of
from layers.text import Text
from layers.vocabulary import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import geopandas as gpd

    from layers.model import Layer
    from layers.workspace import Workspace

_MOST_BUILT = 4000
"""Places to build at that are tried; beyond it those with fewest people of a unit are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Places of one kind of remedy.

    Attributes
    ----------
    ids, names, what
        Id and name of each (empty for bare ground), and what it is now.
    own
        The only gap each may be chosen for; None where any may be.
    """

    kind: str
    lon: Floats
    lat: Floats
    ids: tuple[str, ...]
    names: tuple[str, ...]
    what: tuple[Text, ...]
    codes: tuple[str | None, ...]
    own: Ints | None = None

    def __len__(self) -> int:
        """Count the places."""
        return len(self.lon)


def waiting_facilities(
    layer: "Layer",
    supply: Supply,
    *,
    on: "date",
    filters: tuple[tuple[str, str], ...] = (),
    closed: tuple[str, ...] = (),
) -> Offers:
    """Offer the facilities that fit the filters and are planned, unfinished, suspended or not opened yet.

    Closed ones and those whose state could not be read are not offered, nor is anything that serves in ``supply`` or
    whose id is in ``closed``.
    """
    frame = layer.frame[fitting(layer, filters)]
    idle = ~in_service(frame, on=on) & ~_gone(frame, on) & ~_named(frame, (*supply.ids, *closed))
    frame = frame[idle]
    states = frame["state"] if "state" in frame else pd.Series([None] * len(frame), dtype="object")
    return _offers("open_facility", frame, [_state(one) for one in states])


def _named(frame: "gpd.GeoDataFrame", ids: tuple[str, ...]) -> Flags:
    return np.asarray(frame["id"].astype(str).isin(ids).to_numpy(bool))


def _gone(frame: "gpd.GeoDataFrame", on: "date") -> Flags:
    gone = np.zeros(len(frame), bool)
    if "state" in frame:
        gone |= frame["state"].isin(("closed", "unknown")).to_numpy(bool)
    if "closed_on" in frame:
        gone |= (frame["closed_on"] <= pd.Timestamp(on)).to_numpy(bool)
    return gone


def _state(code: object) -> Text:
    if isinstance(code, str) and code not in {"operating", ""}:
        return label_of("service_state", code)
    return Text("未启用", "not opened yet")


def delivering_facilities(supply: Supply) -> Offers:
    """Offer the facilities in service that deliver; none where the layer does not say who delivers."""
    frame = supply.frame
    told = frame["delivers"].fillna(value=False).astype(bool) if "delivers" in frame else None
    chosen = frame.iloc[:0] if told is None else frame[told.to_numpy(bool)]
    return _offers("deliver", chosen, [Text("送餐", "delivers")] * len(chosen))


def standing_places(workspace: "Workspace", layer_id: str, *, on: "date") -> Offers:
    """Offer what stands already and may host the service of a layer, as ``remedy.toml`` lists it."""
    effort = efforts()["host_in_stock"]
    parts = [_standing(workspace, one, on) for one in effort.hosts.get(layer_id, ())]
    return _joined("host_in_stock", parts)


def _standing(workspace: "Workspace", written: str, on: "date") -> Offers:
    layer_id, _, kind = written.partition(":")
    layer = workspace.layer_or_none(layer_id)
    if layer is None:
        return _joined("host_in_stock", [])
    frame = layer.frame[in_service(layer.frame, on=on)]
    label = spec_of(layer_id).label
    if kind:
        frame = frame[frame["kind"].isin([kind]).to_numpy(bool)]
        label = label_of(spec_of(layer_id).field("kind").vocabulary or "", kind)
    return _offers("host_in_stock", frame, [label] * len(frame))


def homes_to_build_at(lon: Floats, lat: Floats, shortfall: Shortfall) -> Offers:
    """Offer the places where people of a gap live, each for its own gap; at most 4,000, the emptier ones left out.

    ``lon`` and ``lat`` are of the points of demand that tell the shortfall.
    """
    open_ = np.flatnonzero((shortfall.gap >= 0) & (shortfall.weight > 0) & np.isfinite(lon))
    if len(open_) > _MOST_BUILT:
        ranked = open_[np.lexsort((-shortfall.weight[open_], shortfall.gap[open_]))]
        gap = shortfall.gap[ranked]
        place_in_gap = np.arange(len(ranked)) - np.searchsorted(gap, gap)
        open_ = np.sort(ranked[place_in_gap < max(1, _MOST_BUILT // len(shortfall))])
    nothing = ("",) * len(open_)
    return Offers(
        kind="build",
        lon=lon[open_],
        lat=lat[open_],
        ids=nothing,
        names=nothing,
        what=(Text("", ""),) * len(open_),
        codes=(None,) * len(open_),
        own=shortfall.gap[open_],
    )


def _offers(kind: str, frame: "gpd.GeoDataFrame", what: "Sequence[Text]") -> Offers:
    lon, lat = points_of(frame.geometry.to_numpy())
    placed: list[int] = np.flatnonzero(np.isfinite(lon)).tolist()
    names = (frame["name"] if "name" in frame else frame["id"]).fillna("").astype(str).to_numpy()
    codes = frame["unit_code"].tolist() if "unit_code" in frame else [None] * len(frame)
    return Offers(
        kind=kind,
        lon=lon[placed],
        lat=lat[placed],
        ids=tuple(str(frame["id"].iloc[at]) for at in placed),
        names=tuple(str(names[at]) for at in placed),
        what=tuple(what[at] for at in placed),
        codes=tuple(codes[at] for at in placed),
    )


def _joined(kind: str, parts: "Sequence[Offers]") -> Offers:
    nothing = np.empty(0)
    return Offers(
        kind=kind,
        lon=np.concatenate([nothing, *(one.lon for one in parts)]),
        lat=np.concatenate([nothing, *(one.lat for one in parts)]),
        ids=tuple(id_ for one in parts for id_ in one.ids),
        names=tuple(name for one in parts for name in one.names),
        what=tuple(what for one in parts for what in one.what),
        codes=tuple(code for one in parts for code in one.codes),
    )
