"""Geometry of a batch: found, brought to storage degrees, repaired, or refused with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from layers.crs import Conversion
from layers.crs.guards import Sample, in_china
from layers.model import Shape
from layers.reading.headings import LAT, LON, LONLAT, WKT
from layers.reading.source import BadCell, Batch, ObjectArray
from layers.reading.values import CellError, degrees_of, is_missing, text_of
from layers.text import Text

_FAMILIES: Mapping[int, Shape] = {
    0: Shape.POINT,
    1: Shape.LINE,
    2: Shape.LINE,
    3: Shape.POLYGON,
    4: Shape.POINT,
    5: Shape.LINE,
    6: Shape.POLYGON,
}
_SHAPE_WORDS: Mapping[Shape, Text] = {
    Shape.POINT: Text("点", "point"),
    Shape.LINE: Text("线", "line"),
    Shape.POLYGON: Text("面", "polygon"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """Geometries as the file has them, and why cells hold none, by position."""

    shapes: ObjectArray
    refused: dict[int, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """Geometries in storage degrees: two-dimensional, valid, of a family the layer takes.

    Attributes
    ----------
    refused
        Why a geometry was dropped, by position.
    repaired
        Positions of invalid geometries that were repaired.
    """

    shapes: ObjectArray
    refused: dict[int, Text]
    repaired: npt.NDArray[np.int64]


def find_shapes(batch: Batch, places: Mapping[str, str]) -> Found:
    """Give the geometry of each row in the file's own system.

    From the file itself; else from a WKT column, and where that is blank from the coordinate columns.
    """
    if batch.geometry is not None:
        return Found(batch.geometry)
    points = _points(batch, places)
    if WKT not in places:
        return points
    written = _from_wkt(batch.table[places[WKT]].to_numpy())
    blank = np.array([is_missing(cell) for cell in batch.table[places[WKT]]], dtype=bool)
    refused = {position: reason for position, reason in points.refused.items() if blank[position]}
    return Found(np.where(blank, points.shapes, written.shapes), written.refused | refused)


def _points(batch: Batch, places: Mapping[str, str]) -> Found:
    if LONLAT in places:
        return _from_pairs(batch.table[places[LONLAT]].to_numpy())
    if LON in places and LAT in places:
        return _from_columns(batch.table[places[LON]].to_numpy(), batch.table[places[LAT]].to_numpy())
    return Found(np.full(len(batch.rows), None, dtype=object))


def sample_of(shapes: ObjectArray, names: tuple[str, str]) -> Sample:
    """Give the first vertex of each geometry, without missing ones and 0/0."""
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    if len(coordinates):
        coordinates = coordinates[np.unique(owner, return_index=True)[1]]
    good = np.isfinite(coordinates).all(axis=1) & (coordinates != 0).any(axis=1)
    return Sample(coordinates[good, 0], coordinates[good, 1], *names)


def place_shapes(shapes: ObjectArray, convert: Conversion, families: frozenset[Shape]) -> Placed:
    """Convert geometries to storage degrees, drop Z, repair what is invalid, refuse what the layer cannot take."""
    placed = np.array(shapely.force_2d(shapes), dtype=object)
    refused: dict[int, Text] = {}
    _refuse_nowhere(placed, refused)
    placed = _converted(placed, convert)
    _refuse_off_earth(placed, shapes, refused)
    broken = ~shapely.is_valid(placed) & ~shapely.is_missing(placed)
    repaired = np.flatnonzero(broken)
    if len(repaired):
        placed[repaired] = [_repair(shape) for shape in placed[repaired]]
    _refuse_strangers(placed, families, refused)
    kept = np.array([position for position in repaired if position not in refused], dtype=np.int64)
    return Placed(placed, refused, kept)


def _from_wkt(cells: ObjectArray) -> Found:
    texts = [None if is_missing(cell) else text_of(cell) for cell in cells]
    shapes = np.asarray(shapely.from_wkt(np.array(texts, dtype=object), on_invalid="ignore"), dtype=object)
    refused = {
        position: Text(f"“{text[:40]}”不是 WKT 几何。", f"{text[:40]!r} is not a WKT geometry.")
        for position, (text, shape) in enumerate(zip(texts, shapes, strict=True))
        if text is not None and shape is None
    }
    refused |= _bad_cells(cells)
    return Found(shapes, refused)


def _bad_cells(cells: ObjectArray) -> dict[int, Text]:
    return {position: cell.reason for position, cell in enumerate(cells) if isinstance(cell, BadCell)}


def _from_pairs(cells: ObjectArray) -> Found:
    halves = [
        text_of(cell).replace("，", ",").replace(";", ",").strip("()（）[] ").split(",") for cell in cells
    ]
    halves = [pair if len(pair) > 1 else pair[0].split() for pair in halves]
    refused = {
        position: Text(
            f"“{text_of(cells[position])}”不是“经度,纬度”。",
            f"{text_of(cells[position])!r} is not 'lon,lat'.",
        )
        for position, pair in enumerate(halves)
        if len(pair) != 2 and not is_missing(cells[position])  # noqa: PLR2004 - a pair
    }
    firsts = np.array([pair[0] if len(pair) == 2 else None for pair in halves], dtype=object)  # noqa: PLR2004
    seconds = np.array([pair[1] if len(pair) == 2 else None for pair in halves], dtype=object)  # noqa: PLR2004
    found = _from_columns(firsts, seconds)
    return Found(found.shapes, found.refused | refused | _bad_cells(cells))


def _from_columns(x_cells: ObjectArray, y_cells: ObjectArray) -> Found:
    refused: dict[int, Text] = {}
    x, y = _coordinates(x_cells, refused), _coordinates(y_cells, refused)
    half = np.isnan(x) != np.isnan(y)
    for position in np.flatnonzero(half):
        refused.setdefault(
            int(position), Text("经纬度只有一半。", "Only one of the two coordinates is there.")
        )
    shapes = np.full(len(x), None, dtype=object)
    whole = ~(np.isnan(x) | np.isnan(y))
    shapes[whole] = shapely.points(x[whole], y[whole])
    return Found(shapes, refused)


def _coordinates(cells: Sequence[Any] | ObjectArray, refused: dict[int, Text]) -> npt.NDArray[np.float64]:
    try:
        return np.array([float(cell) for cell in cells])
    except (TypeError, ValueError):
        pass
    values = np.full(len(cells), np.nan)
    for position, cell in enumerate(cells):
        try:
            values[position] = degrees_of(cell)
        except CellError as error:
            refused[position] = error.reason
    return values


def _refuse_nowhere(shapes: ObjectArray, refused: dict[int, Text]) -> None:
    """Drop points at 0/0 (the mark of a failed look-up), empty geometries and coordinates that are no numbers."""
    empty = shapely.is_empty(shapes)
    points = shapely.get_type_id(shapes) == 0
    x, y = shapely.get_x(shapes), shapely.get_y(shapes)
    zero = points & (x == 0) & (y == 0)
    bounds = shapely.bounds(shapes)
    broken = ~np.isfinite(bounds).all(axis=1) & ~shapely.is_missing(shapes) & ~empty
    for test, reason in (
        (empty, Text("几何为空。", "The geometry is empty.")),
        (zero, Text("坐标是 0,0，通常是取点失败。", "The coordinates are 0,0: usually a failed look-up.")),
        (broken, Text("坐标不是有限的数。", "The coordinates are not finite.")),
    ):
        for position in np.flatnonzero(test):
            refused[int(position)] = reason
        shapes[test] = None


def _converted(shapes: ObjectArray, convert: Conversion) -> ObjectArray:
    there = ~shapely.is_missing(shapes)
    if not there.any():
        return shapes

    def step(coordinates: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(convert(coordinates[:, 0], coordinates[:, 1]))

    result = shapes.copy()
    result[there] = shapely.transform(shapes[there], step)
    return result


def _refuse_off_earth(shapes: ObjectArray, originals: ObjectArray, refused: dict[int, Text]) -> None:
    bounds = shapely.bounds(shapes)
    with np.errstate(invalid="ignore"):
        fine = (bounds[:, 0] >= -180) & (bounds[:, 2] <= 180) & (bounds[:, 1] >= -90) & (bounds[:, 3] <= 90)  # noqa: PLR2004
    for position in np.flatnonzero(~fine & ~shapely.is_missing(shapes)):
        x, y = shapely.get_coordinates(originals[position])[0]
        turned = bool(in_china(y, x))
        refused[int(position)] = Text(
            f"坐标（{x:.10g}, {y:.10g}）不在地球上：经度 -180~180，纬度 -90~90。"
            f"{'经纬度可能对调了。' if turned else ''}",
            f"The coordinates ({x:.10g}, {y:.10g}) are not on Earth: longitude -180..180, latitude -90..90."
            f"{' They may be swapped.' if turned else ''}",
        )
        shapes[position] = None


def _repair(shape: Any) -> Any:  # noqa: ANN401 - shapely is untyped
    """Make a geometry valid and keep the parts of its own dimension."""
    made = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    parts = shapely.get_parts(made)
    dimension = shapely.get_dimensions(shape)
    same = parts[shapely.get_dimensions(parts) == dimension]
    if made.geom_type != "GeometryCollection":
        return made
    return shapely.union_all(same) if len(same) else made


def _refuse_strangers(shapes: ObjectArray, families: frozenset[Shape], refused: dict[int, Text]) -> None:
    kinds = shapely.get_type_id(shapes)
    allowed = [kind for kind, family in _FAMILIES.items() if family in families]
    wrong = ~np.isin(kinds, allowed) & (kinds >= 0)
    empty = shapely.is_empty(shapes)
    expected = [_SHAPE_WORDS[family] for family in Shape if family in families]
    for position in np.flatnonzero(wrong | empty):
        refused[int(position)] = Text(
            f"几何类型 {shapes[position].geom_type} 不符，本图层要{'或'.join(one.zh for one in expected)}。",
            f"A {shapes[position].geom_type} does not fit, the layer takes {' or '.join(one.en for one in expected)}.",
        )
        shapes[position] = None
