"""A little town in memory for coverage tests: layers from rows, no files."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from shapely.geometry import LineString, Point, Polygon, box

from layers.errors import NotFoundError
from layers.frames import layer_from_rows
from layers.model import Layer, Provenance
from layers.specs import SPECS, spec_of
from layers.store.protocol import LayerSummary
from layers.text import Text
from layers.workspace import Settings, Workspace

LON, LAT = 119.5, 31.7
EAST = 1 / 94_700.0
"""Degrees of longitude in a metre here, near enough."""
NORTH = 1 / 110_900.0
ON = date(2026, 1, 1)


def at(east_m: float, north_m: float) -> tuple[float, float]:
    """Storage degrees of a place so many metres east and north of the corner of the town."""
    return LON + east_m * EAST, LAT + north_m * NORTH


def point(east_m: float, north_m: float) -> Point:
    return Point(*at(east_m, north_m))


def square(east_m: float, north_m: float, side_m: float) -> Polygon:
    return box(*at(east_m, north_m), *at(east_m + side_m, north_m + side_m))


def line(*places: tuple[float, float]) -> LineString:
    return LineString([at(*one) for one in places])


@dataclass
class Shelf:
    """A store of layers in memory."""

    layers: dict[str, Layer] = field(default_factory=dict)

    def layer_ids(self) -> tuple[str, ...]:
        return tuple(one for one in SPECS if one in self.layers)

    def read(self, layer_id: str, **_: Any) -> Layer:
        if layer_id not in self.layers:
            raise NotFoundError(Text(layer_id, layer_id))
        return self.layers[layer_id]

    def summary(self, layer_id: str) -> LayerSummary:
        layer = self.layers[layer_id]
        said = layer.provenance
        return LayerSummary(
            layer_id, len(layer), None, said.as_of, said.sources, said.synthetic, said.version
        )

    def close(self) -> None:
        """Nothing to release."""


def town(root: Path, **rows: list[dict[str, Any]]) -> Workspace:
    """Make a workspace from rows by layer id; an id is given to rows without one."""
    shelf = Shelf()
    for layer_id, some in rows.items():
        given = [{"id": f"{layer_id}-{n}", **row} for n, row in enumerate(some)]
        origin = Provenance(version="v1", sources=(f"{layer_id}.csv",))
        shelf.layers[layer_id] = layer_from_rows(spec_of(layer_id), given, origin)
    return Workspace(root, Settings(code="320413", name="测试区"), shelf)  # type: ignore[arg-type]


def village(number: int, east_m: float, north_m: float, side_m: float = 1000, **more: Any) -> dict[str, Any]:
    code = f"320413101{number:03d}"
    shape = square(east_m, north_m, side_m)
    return {"code": code, "name": f"第{number}村", "level": "village", "geometry": shape, **more}


def facility(east_m: float, north_m: float, **more: Any) -> dict[str, Any]:
    return {"name": "日间照料中心", "geometry": point(east_m, north_m), "opened_on": date(2020, 1, 1), **more}


def people(east_m: float, north_m: float, count: int | None, **more: Any) -> dict[str, Any]:
    return {"pop_65_plus": count, "geometry": point(east_m, north_m), **more}


def grid_roads(steps: int, step_m: float) -> list[dict[str, Any]]:
    """Roads along a square grid, meeting at shared vertices."""
    along = np.arange(steps + 1) * step_m
    rows = [line(*[(x, y) for x in along]) for y in along] + [line(*[(x, y) for y in along]) for x in along]
    return [{"geometry": shape, "walkable": True} for shape in rows]
