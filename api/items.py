"""Finding features of a layer: inside a box, by name, page by page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from api.served import Served, counts_are_suppressed

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from layers.store.protocol import BBox


FORMER_NAME = "matched_former_name"
"""Property of features that were found by a name they no longer bear: that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which features are wanted.

    Attributes
    ----------
    bbox
        West, south, east, north in degrees: features whose envelope meets it. None is everywhere, features
        without geometry included.
    q
        Part of a name, present or former, in any case; empty asks for all.
    """

    bbox: "BBox | None"
    q: str
    limit: int
    offset: int


def find(served: Served, layer_id: str, wanted: Wanted, *, signed_in: bool) -> tuple["gpd.GeoDataFrame", int]:
    """Return the wanted page of features, as their viewer may see them, and how many match in all.

    Raises
    ------
    NotFoundError
        When there is no such layer, or it has no data.
    SignInError
        When the layer needs a login.
    """
    served.may_see(layer_id, signed_in=signed_in)
    if wanted.q or (counts_are_suppressed(layer_id) and not signed_in):
        matching = _matching(served.whole(layer_id, signed_in=signed_in), wanted)
        return matching.iloc[wanted.offset : wanted.offset + wanted.limit], len(matching)
    page = served.part(
        layer_id, signed_in=signed_in, bbox=wanted.bbox, limit=wanted.limit, offset=wanted.offset
    )
    return page, served.workspace.store.count(layer_id, bbox=wanted.bbox)


def _matching(frame: "gpd.GeoDataFrame", wanted: Wanted) -> "gpd.GeoDataFrame":
    if wanted.q and "name" in frame:
        frame = _named(frame, wanted.q.casefold())
    if wanted.bbox:
        touching = frame.sindex.query(shapely.box(*wanted.bbox), sort=True)
        frame = frame.iloc[touching]
    return frame


def _named(frame: "gpd.GeoDataFrame", q: str) -> "gpd.GeoDataFrame":
    """Find features by their name, and after them those that used to bear it, with the old name that matched."""
    by_name = _folded(frame["name"]).str.contains(q, regex=False)
    if "former_names" not in frame:
        return frame[by_name]
    by_former = ~by_name & _folded(frame["former_names"]).str.contains(q, regex=False)
    if not by_former.any():
        return frame[by_name]
    rows = np.concatenate((np.flatnonzero(by_name), np.flatnonzero(by_former)))
    found = frame.iloc[rows]
    former = [_matched(names, q) for names in found["former_names"].to_numpy()[int(by_name.sum()) :]]
    return found.assign(**{FORMER_NAME: [*[None] * int(by_name.sum()), *former]})


def _matched(former_names: str, q: str) -> str:
    """Give the former name that holds ``q``; all of them when it runs over a separator."""
    listed = former_names.split(";")
    return next((one.strip() for one in listed if q in one.casefold()), former_names)


def _folded(names: "pd.Series[Any]") -> "pd.Series[str]":
    return names.fillna("").astype(str).str.casefold()
