"""Where a new site could stand: features of a layer, points of a grid near people, or stock of other services."""

from dataclasses import dataclass

import numpy as np
import pyproj

from gis.coverage.demand import Demand
from gis.coverage.supply import points_of
from gis.kernels.arrays import Flags, Floats, Ints
from layers.crs import metric_crs
from layers.errors import InputError
from layers.model import Kind, Layer
from layers.text import Text, counted

MOST = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Places to choose from.

    Attributes
    ----------
    ids, names
        As in their layer; of a grid ``grid-1`` … without names.
    layers
        Layer each comes from, ``grid`` for points of a grid.
    stock
        Which are places of another service that could be converted.
    holds, cost
        What each holds, and what it costs; nan where it is not known.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    layers: tuple[str, ...]
    lon: Floats
    lat: Floats
    stock: Flags
    holds: Floats
    cost: Floats
    assumptions: tuple[Text, ...] = ()

    def __len__(self) -> int:
        """Count the places."""
        return len(self.ids)

    def taken(self, rows: Ints, *notes: Text) -> "Candidates":
        """Return some of them, with remarks added."""
        return Candidates(
            ids=tuple(self.ids[at] for at in rows),
            names=tuple(self.names[at] for at in rows),
            layers=tuple(self.layers[at] for at in rows),
            lon=self.lon[rows],
            lat=self.lat[rows],
            stock=self.stock[rows],
            holds=self.holds[rows],
            cost=self.cost[rows],
            assumptions=(*self.assumptions, *notes),
        )


def together(parts: "list[Candidates]") -> Candidates:
    """Put candidates of several sources one after another."""
    return Candidates(
        ids=tuple(one for part in parts for one in part.ids),
        names=tuple(one for part in parts for one in part.names),
        layers=tuple(one for part in parts for one in part.layers),
        lon=np.concatenate([part.lon for part in parts]),
        lat=np.concatenate([part.lat for part in parts]),
        stock=np.concatenate([part.stock for part in parts]),
        holds=np.concatenate([part.holds for part in parts]),
        cost=np.concatenate([part.cost for part in parts]),
        assumptions=tuple(one for part in parts for one in part.assumptions),
    )


def of_layer(
    layer: Layer, *, holds: str | None, cost: str | None, rows: Flags | None = None, stock: bool = False
) -> Candidates:
    """Take the features of a layer that have a place; ids of stock name their layer.

    Raises
    ------
    InputError
        When the layer has a field of cost that is no number.
    """
    frame = layer.frame if rows is None else layer.frame[rows]
    lon, lat = points_of(frame.geometry.to_numpy())
    placed = np.flatnonzero(np.isfinite(lon))
    names = frame["name"] if "name" in frame else frame["id"]
    lost, title = len(lon) - len(placed), layer.spec.label
    notes = (
        (
            Text(
                f"{lost} 个候选点没有位置，没有计入（{title.zh}）。",
                f"{counted(lost, 'candidate has', 'candidates have')} no place and were left out ({title.en}).",
            ),
        )
        if lost
        else ()
    )
    mark = f"{layer.spec.id}:" if stock else ""
    return Candidates(
        ids=tuple(f"{mark}{one}" for one in frame["id"].iloc[placed]),
        names=tuple(names.iloc[placed].fillna("").astype(str)),
        layers=(layer.spec.id,) * len(placed),
        lon=lon[placed],
        lat=lat[placed],
        stock=np.full(len(placed), stock),
        holds=_numbers(layer, holds, placed, rows, needed=False),
        cost=_numbers(layer, cost, placed, rows, needed=not stock),
        assumptions=notes,
    )


def _numbers(layer: Layer, name: str | None, placed: Ints, rows: Flags | None, *, needed: bool) -> Floats:
    """Return a field as numbers, nan where it is empty or the layer has none of the name."""
    if name is None or (not needed and name not in layer.frame):
        return np.full(len(placed), np.nan)
    if layer.spec.field(name).kind not in {Kind.INT, Kind.FLOAT}:
        raise InputError(
            Text(f"{layer.spec.id} 的字段 {name} 不是数。", f"Field {name} of {layer.spec.id} is no number.")
        )
    frame = layer.frame if rows is None else layer.frame[rows]
    return np.asarray(frame[name].to_numpy(dtype=float, na_value=np.nan)[placed])


def of_grid(demand: Demand, spacing_m: float) -> Candidates:
    """Lay one candidate into every cell that holds people, at the mean place of its points of demand.

    Raises
    ------
    InputError
        When the spacing is not above zero.
    """
    if not spacing_m > 0:
        raise InputError(
            Text(f"网格间距 {spacing_m} 不是正数。", f"The grid spacing {spacing_m} is not above zero.")
        )
    known = np.flatnonzero(np.isfinite(demand.lon) & (np.nan_to_num(demand.weight) > 0))
    lon, lat = demand.lon[known], demand.lat[known]
    if len(known):
        x, y = plane(lon, lat)
        cells = np.column_stack([np.floor(x / spacing_m), np.floor(y / spacing_m)])
        _, group = np.unique(cells, axis=0, return_inverse=True)
        count = np.bincount(group.reshape(-1))
        lon, lat = (np.bincount(group.reshape(-1), weights=one) / count for one in (lon, lat))
    ids = tuple(f"grid-{number}" for number in range(1, len(lon) + 1))
    note = Text(
        f"候选点为 {spacing_m:g} 米网格，每格一处，取格内人口点的平均位置。",
        f"Candidates are a grid of {spacing_m:g} m, one in every cell that holds people.",
    )
    empty = np.full(len(lon), np.nan)
    return Candidates(
        ids=ids,
        names=ids,
        layers=("grid",) * len(ids),
        lon=lon,
        lat=lat,
        stock=np.zeros(len(ids), bool),
        holds=empty,
        cost=empty,
        assumptions=(note,),
    )


def plane(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return metres east and north in the projection that fits the places; there must be one."""
    crs = metric_crs((float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())))
    x, y = pyproj.Transformer.from_crs("EPSG:4490", crs, always_xy=True).transform(lon, lat)
    return np.asarray(x), np.asarray(y)
