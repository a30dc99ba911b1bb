"""Finding features of a layer: inside a box, by name, page by page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

from api.served import Served, counts_are_suppressed

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from layers.store.protocol import BBox


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which features are wanted.

    Attributes
    ----------
    bbox
        West, south, east, north in degrees: features whose envelope meets it. None is everywhere, features
        without geometry included.
    q
        Part of a name, in any case; empty asks for all.
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
        frame = frame[_folded(frame["name"]).str.contains(wanted.q.casefold(), regex=False)]
    if wanted.bbox:
        touching = frame.sindex.query(shapely.box(*wanted.bbox), sort=True)
        frame = frame.iloc[touching]
    return frame


def _folded(names: "pd.Series[Any]") -> "pd.Series[str]":
    return names.fillna("").astype(str).str.casefold()
