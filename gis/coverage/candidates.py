"""Where a new site could stand: features of a layer, or points of a grid near people; never inside an exclusion."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from gis.coverage.demand import Demand
from gis.coverage.supply import points_of
from gis.kernels.arrays import Flags, Floats
from layers.crs import metric_crs
from layers.errors import InputError
from layers.text import Text

if TYPE_CHECKING:
    from layers.model import Layer
    from layers.workspace import Workspace

GRID = "grid"
_MOST = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Places to choose from.

    Attributes
    ----------
    ids, names
        As in their layer; of a grid ``grid-1`` … without names.
    excluded
        Names of those left out, because they lie in an exclusion.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    lon: Floats
    lat: Floats
    excluded: tuple[str, ...] = ()
    assumptions: tuple[Text, ...] = ()

    def __len__(self) -> int:
        """Count the places."""
        return len(self.ids)


def candidates_of(
    workspace: "Workspace", source: str, demand: Demand, *, spacing_m: float, exclude: tuple[str, ...]
) -> Candidates:
    """Take candidates from a layer, or from a grid of ``spacing_m`` around the people.

    Raises
    ------
    InputError
        When there is none with a place, all lie in exclusions, or there are more than 5,000.
    NotFoundError
        When a layer has no data.
    """
    found = _grid(demand, spacing_m) if source == GRID else _of_layer(workspace.layer(source))
    kept = _outside(found, [workspace.layer(one) for one in exclude])
    if not len(kept):
        raise InputError(
            Text(f"候选点“{source}”中没有可用的位置。", f"No candidate of {source!r} can be used."),
            Text(
                "请检查候选图层的位置和禁入图层。", "Check the places of the candidates and the exclusions."
            ),
        )
    if len(kept) > _MOST:
        raise InputError(
            Text(
                f"候选点有 {len(kept)} 个，超过 {_MOST} 个。",
                f"There are {len(kept)} candidates, more than {_MOST}.",
            ),
            Text("请加大网格间距或换一个候选图层。", "Use a wider grid or another layer."),
        )
    return kept


def _of_layer(layer: "Layer") -> Candidates:
    lon, lat = points_of(layer.frame.geometry.to_numpy())
    placed = np.flatnonzero(np.isfinite(lon))
    names = layer.frame["name"] if "name" in layer.frame else layer.frame["id"]
    lost = len(lon) - len(placed)
    notes = (
        (Text(f"{lost} 个候选点没有位置，没有计入。", f"{lost} candidates have no place and were left out."),)
        if lost
        else ()
    )
    return Candidates(
        ids=tuple(layer.frame["id"].iloc[placed].astype(str)),
        names=tuple(names.iloc[placed].fillna("").astype(str)),
        lon=lon[placed],
        lat=lat[placed],
        assumptions=notes,
    )


def _grid(demand: Demand, spacing_m: float) -> Candidates:
    """Lay one candidate into every cell that holds people, at the mean place of its points of demand."""
    if not spacing_m > 0:
        raise InputError(
            Text(f"网格间距 {spacing_m} 不是正数。", f"The grid spacing {spacing_m} is not above zero.")
        )
    known = np.flatnonzero(np.isfinite(demand.lon) & (np.nan_to_num(demand.weight) > 0))
    lon, lat = demand.lon[known], demand.lat[known]
    if not len(known):
        return Candidates(ids=(), names=(), lon=lon, lat=lat)
    crs = metric_crs((lon.min(), lat.min(), lon.max(), lat.max()))
    x, y = pyproj.Transformer.from_crs("EPSG:4490", crs, always_xy=True).transform(lon, lat)
    cells = np.column_stack([np.floor(np.asarray(x) / spacing_m), np.floor(np.asarray(y) / spacing_m)])
    _, group = np.unique(cells, axis=0, return_inverse=True)
    count = np.bincount(group.reshape(-1))
    mean = [np.bincount(group.reshape(-1), weights=one) / count for one in (lon, lat)]
    ids = tuple(f"grid-{number}" for number in range(1, len(count) + 1))
    note = Text(
        f"候选点为 {spacing_m:g} 米网格，每格一处，取格内人口点的平均位置。",
        f"Candidates are a grid of {spacing_m:g} m, one in every cell that holds people.",
    )
    return Candidates(ids=ids, names=ids, lon=mean[0], lat=mean[1], assumptions=(note,))


def _outside(found: Candidates, zones: "list[Layer]") -> Candidates:
    inside = np.zeros(len(found), bool)
    for zone in zones:
        inside |= _within(found, zone.frame.geometry.to_numpy())
    if not inside.any():
        return found
    kept = np.flatnonzero(~inside)
    names = tuple(found.names[at] or found.ids[at] for at in np.flatnonzero(inside))
    note = Text(
        f"{len(names)} 个候选点在禁入范围内，没有参选：{'、'.join(names[:5])}{' …' if len(names) > 5 else ''}。",  # noqa: PLR2004 - a line
        f"{len(names)} candidates lie in an exclusion and were left out: {', '.join(names[:5])}.",
    )
    return Candidates(
        ids=tuple(found.ids[at] for at in kept),
        names=tuple(found.names[at] for at in kept),
        lon=found.lon[kept],
        lat=found.lat[kept],
        excluded=names,
        assumptions=(*found.assumptions, note),
    )


def _within(found: Candidates, shapes: "npt.NDArray[np.object_]") -> Flags:
    tree = shapely.STRtree(shapes)
    hits = tree.query(shapely.points(found.lon, found.lat), predicate="intersects")
    flags = np.zeros(len(found), bool)
    flags[hits[0]] = True
    return flags
