"""Which rows of the register are standard names and so belong into the gazetteer, and of which town."""

from typing import TYPE_CHECKING

import geopandas as gpd

if TYPE_CHECKING:
    import pandas as pd

    from layers.model import Layer

_NO_ENTRY = frozenset({"proposed", "historic", "nonstandard"})
_TOWN_DIGITS = 9


def standard_names(layer: "Layer", *, units: "Layer | None" = None, town: str = "") -> gpd.GeoDataFrame:
    """Return the rows with a place in the gazetteer, as a new frame sorted by id.

    A name counts unless its status is proposed, historic or not standard (条例 Art 15: approved names are the standard
    ones); a missing status counts as standard. Rows without a name are left out.

    Parameters
    ----------
    units
        Administrative units, to tell by place the town of a name that has no unit code.
    town
        Nine digits (or the first nine of more) of a town; ``""`` keeps every town.
    """
    frame = layer.frame
    kept = frame["name"].notna() & ~frame["status"].isin(_NO_ENTRY)
    if town:
        kept &= town_codes(frame, units) == town[:_TOWN_DIGITS]
    return frame[kept].sort_values("id").reset_index(drop=True)


def town_codes(frame: gpd.GeoDataFrame, units: "Layer | None") -> "pd.Series[str]":
    """Return the nine-digit town code of every row: from its unit code, else from where it lies, else ``""``."""
    codes: pd.Series[str] = frame["unit_code"].fillna("").astype(str)
    codes = codes.where(codes.str.len() >= _TOWN_DIGITS, "").str[:_TOWN_DIGITS]
    if units is None or not (codes == "").any():
        return codes
    towns = units.frame[(units.frame["level"] == "town") & units.frame.geometry.notna()]
    lost = frame[(codes == "") & frame.geometry.notna()]
    if towns.empty or lost.empty:
        return codes
    points = gpd.GeoDataFrame(geometry=lost.geometry.representative_point(), crs=frame.crs)
    found = points.sjoin(towns[["code", "geometry"]], predicate="within")["code"].dropna()
    found = found[~found.index.duplicated()].astype(str).str[:_TOWN_DIGITS]
    placed: pd.Series[str] = codes.where(~codes.index.isin(found.index), found.reindex(codes.index))
    return placed
