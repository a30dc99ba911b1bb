"""What may be shown without a login: public layers, public fields, no small counts, no exact private places."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from layers.errors import NotFoundError
from layers.exposure import public_fields
from layers.model import Layer, Shape
from layers.suppression import withheld
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Settings

SUPPRESSED = "suppressed"
"""Name of the column of a public view that lists the fields withheld in that row, joined by ``;``."""

PUBLISHED_PLACES = frozenset({"care_facility", "meal_point", "cemetery", "shelter", "point_of_interest"})
"""Layers whose points people must be able to find; they are shown exactly."""

_M_PER_DEGREE = 111_195.0
_DECIMALS = 7


def withheld_text(min_count: int) -> Text:
    """Say in place of a withheld count why it is not there; the same for small counts and for those guarding them."""
    return Text(
        f"不公布（少于 {min_count} 或防反推）", f"withheld (under {min_count}, or guarding one that is)"
    )


def public_view(layer: Layer, settings: "Settings") -> gpd.GeoDataFrame:
    """Give what may be shown of a layer without a login, as a new frame.

    Parameters
    ----------
    layer
        The whole layer: what guards a small count depends on its neighbours.
    settings
        ``public_min_count`` is the least count of people shown (0 is shown as well); ``public_precision_m`` is the
        grid to which points are moved, 0 for none. A point moves by 0.71 of it at most.

    Returns
    -------
    geopandas.GeoDataFrame
        Public fields, then ``suppressed`` where the layer counts people, then ``geometry``. A withheld count is
        missing and its field's name stands in ``suppressed``. Small counts and those withheld to guard them look
        alike; print ``withheld_text`` for both. A layer without rows gives a frame without rows.

    Raises
    ------
    NotFoundError
        When the layer is not public: to the public it does not exist.
    """
    spec = layer.spec
    if not spec.public:
        raise NotFoundError(
            Text(f"图层“{spec.label.zh}”（{spec.id}）不对外公开。", f"Layer {spec.id} is not public."),
            Text("登录后可以查看。", "Sign in to see it."),
        )
    shown = layer.frame[[*(one.name for one in public_fields(spec)), "geometry"]].copy()
    counts = [one.name for one in public_fields(spec) if one.count_of_people]
    if counts:
        marks = _withhold(layer, shown, counts, settings.public_min_count)
        shown.insert(len(shown.columns) - 1, SUPPRESSED, marks)
    if Shape.POINT in spec.shapes and spec.id not in PUBLISHED_PLACES and settings.public_precision_m > 0:
        shown["geometry"] = coarse(shown["geometry"].to_numpy(), precision_m=settings.public_precision_m)
    return shown


def _withhold(layer: Layer, shown: gpd.GeoDataFrame, counts: Sequence[str], k: int) -> "pd.Series[Any]":
    """Blank the counts to withhold in ``shown``; return the list of fields per row, or None."""
    above = _ancestors(layer)
    gone: list[list[str]] = [[] for _ in range(len(layer))]
    for name in counts:
        column = layer.frame[name]
        known = np.flatnonzero(column.notna().to_numpy())
        place = {row: at for at, row in enumerate(known.tolist())}
        parents = [_nearest(above, row, place) for row in place]
        hidden = [int(known[at]) for at in withheld(column.iloc[known].astype(int).tolist(), parents, k=k)]
        shown.loc[hidden, name] = None
        for row in hidden:
            gone[row].append(name)
    return pd.Series([";".join(names) or None for names in gone], dtype="object")


def _nearest(above: Sequence[int | None], row: int, place: dict[int, int]) -> int | None:
    """Find the nearest unit above a row that has a count."""
    up = above[row]
    while up is not None and up not in place:
        up = above[up]
    return None if up is None else place[up]


def _ancestors(layer: Layer) -> list[int | None]:
    """Find the row each row is a part of: by ``parent_code``, else by the digits of its code; None for the topmost."""
    if not {"code", "parent_code"} <= set(layer.spec.field_names):
        return [None] * len(layer)
    keys = [_key(code) for code in layer.frame["code"]]
    rows = {key: row for row, key in reversed(list(enumerate(keys))) if key}
    found: list[int | None] = []
    for row, parent in enumerate(layer.frame["parent_code"]):
        key = _key(parent) or _shorter(keys[row])
        while key and rows.get(key, row) == row:
            key = _shorter(key)
        found.append(rows[key] if key else None)
    return _without_circles(found)


def _without_circles(above: list[int | None]) -> list[int | None]:
    """Cut units loose that the data make a part of their own part."""
    for row in range(len(above)):
        up, steps = above[row], 0
        while up is not None and up != row and steps < len(above):
            up, steps = above[up], steps + 1
        if up == row:
            above[row] = None
    return above


def _key(code: str | None) -> str:
    """Cut the zeros that pad a division code to full length: 320413000000 and 320413 are one unit."""
    key = code or ""
    while len(key) > 6 and key.endswith("000"):  # noqa: PLR2004 - county codes have six digits
        key = key[:-3]
    while 2 < len(key) <= 6 and key.endswith("00"):  # noqa: PLR2004 - city four, province two
        key = key[:-2]
    return key


def _shorter(key: str) -> str:
    """Give the key of the level above: village 12 digits, town 9, county 6, city 4, province 2."""
    return next((key[:length] for length in (9, 6, 4, 2) if length < len(key)), "")


def coarse(shapes: npt.NDArray[Any], *, precision_m: float) -> npt.NDArray[Any]:
    """Move points to the nearest node of a fixed grid of about ``precision_m`` metres; leave lines and areas alone.

    The grid hangs on the equator and the prime meridian, so the same point always moves to the same node and
    repeated answers tell no more than one. Missing and empty geometries stay as they are.
    """
    is_point = np.isin(shapely.get_type_id(shapes), (0, 4)) & ~shapely.is_empty(shapes)
    moved = shapes.copy()
    moved[is_point] = shapely.transform(shapes[is_point], lambda xy: _to_grid(xy, precision_m))
    return moved


def _to_grid(xy: npt.NDArray[np.float64], precision_m: float) -> npt.NDArray[np.float64]:
    step_lat = precision_m / _M_PER_DEGREE
    lat = np.clip(np.round(xy[:, 1] / step_lat) * step_lat, -90, 90)
    step_lon = step_lat / np.maximum(np.cos(np.radians(lat)), 0.01)
    lon = np.round(xy[:, 0] / step_lon) * step_lon
    return np.column_stack((lon, lat)).astype(np.float64).round(_DECIMALS)
