"""Which facilities serve on a given day, and where they stand."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gis.kernels.arrays import Flags, Floats
from layers.text import Text
from layers.vocabulary import code_for

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.model import Layer, LayerSpec

NOT_YET = ("planned", "building")
DATES = ("opened_on", "suspended_on", "resumed_on", "closed_on")


@dataclass(frozen=True, slots=True)
class Supply:
    """Facilities in service.

    Attributes
    ----------
    frame
        Their rows, as the layer keeps them.
    lon, lat
        One point each (of an area: a point inside it); nan where the location is unknown.
    """

    frame: "gpd.GeoDataFrame"
    lon: Floats
    lat: Floats
    assumptions: tuple[Text, ...]

    def __len__(self) -> int:
        """Count the facilities."""
        return len(self.frame)

    def name(self, index: int) -> str:
        """Return the name of a facility, or its id when it has none."""
        row = self.frame.iloc[index]
        return str(row["name"] or row["id"])


def supply_of(layer: "Layer", *, on: date, filters: tuple[tuple[str, str], ...] = ()) -> Supply:
    """Take the facilities of a layer that fit the filters and are in service on a day.

    Facilities outside the district stay in: they serve people inside.
    """
    fitting = layer.frame[_fits(layer.frame, layer.spec, filters)].reset_index(drop=True)
    serving = in_service(fitting, on=on)
    frame = fitting[serving].reset_index(drop=True)
    lon, lat = points_of(frame.geometry.to_numpy())
    return Supply(frame, lon, lat, _assumptions(frame, len(fitting) - len(frame), lon, on))


def in_service(frame: pd.DataFrame, *, on: date) -> Flags:
    """Tell which facilities are in service on a day.

    Dates decide first: opened by that day, not closed by it, and not suspended without having resumed. A state of
    closed or suspended without its date counts as closed or suspended; planned and unfinished never serve. A facility
    that says nothing at all counts as in service. Layers without states or dates are in service throughout.
    """
    day = pd.Timestamp(on)
    opened, suspended, resumed, closed = (_dates(frame, name) for name in DATES)
    state = frame["state"] if "state" in frame else pd.Series([None] * len(frame), dtype="object")
    paused = (suspended <= day) & ~((resumed >= suspended) & (resumed <= day))
    stands_still = (state == "suspended") & suspended.isna() & ~(resumed <= day)
    gone = (closed <= day) | ((state == "closed") & closed.isna())
    return np.asarray(~(state.isin(NOT_YET) | (opened > day) | gone | paused | stands_still), bool)


def _dates(frame: pd.DataFrame, name: str) -> "pd.Series[Any]":
    if name in frame:
        return frame[name]
    return pd.Series(pd.NaT, index=frame.index, dtype="datetime64[us]")


def _fits(frame: pd.DataFrame, spec: "LayerSpec", filters: tuple[tuple[str, str], ...]) -> Flags:
    fits = np.ones(len(frame), bool)
    for name, wanted in filters:
        words = spec.field(name).vocabulary
        value = (code_for(words, wanted) or wanted) if words else wanted
        fits &= np.asarray(frame[name].astype("object").astype(str) == value, bool)
    return fits


def points_of(shapes: "npt.NDArray[np.object_]") -> tuple[Floats, Floats]:
    """Give one point for each geometry: a point itself, of anything else a point inside; nan where there is none."""
    points = np.array(shapes, dtype=object)
    other = shapely.get_type_id(points) > 0
    points[other] = shapely.point_on_surface(points[other])
    return shapely.get_x(points), shapely.get_y(points)


def _assumptions(frame: pd.DataFrame, left_out: int, lon: Floats, on: date) -> tuple[Text, ...]:
    said: list[Text] = []
    if left_out:
        said.append(
            Text(
                f"{left_out} 处设施在 {on} 不在营（未启用、暂停、关停、规划或在建），没有计入。",
                f"{left_out} facilities were not in service on {on} (not opened, suspended, closed, planned or "
                "unfinished) and were left out.",
            )
        )
    silent = _silent(frame)
    if silent:
        said.append(
            Text(
                f"{silent} 处设施没有状态和日期，按在营计入。",
                f"{silent} facilities give neither state nor dates and were counted as in service.",
            )
        )
    nowhere = int(np.isnan(lon).sum())
    if nowhere:
        said.append(
            Text(
                f"{nowhere} 处设施没有位置，不能按距离计算。",
                f"{nowhere} facilities have no location and cannot be reached by distance.",
            )
        )
    return tuple(said)


def _silent(frame: pd.DataFrame) -> int:
    known = [name for name in ("state", *DATES) if name in frame]
    return int(frame[known].isna().all(axis=1).sum()) if known else len(frame)
