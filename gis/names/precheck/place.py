"""Where a proposed name would stand: a point, a shape, or a feature of the workspace."""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry.base import BaseGeometry

from layers.errors import InputError, NotFoundError
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace

_HINT = Text(
    "请用 --lon 与 --lat（度），或 --place 图层:编号，或 --place 文件.geojson。",
    "Give --lon and --lat in degrees, or --place LAYER:ID, or --place FILE.geojson.",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in storage CRS: the shape, and a point on it in degrees."""

    geometry: BaseGeometry
    lon: float
    lat: float

    @classmethod
    def at(cls, lon: float, lat: float) -> "Place":
        """Make a place of one point; raises InputError when it is not on earth."""
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004 - degrees
            raise InputError(Text(f"坐标 {lon}, {lat} 不是经纬度。", f"{lon}, {lat} are no degrees."), _HINT)
        return cls(shapely.Point(lon, lat), lon, lat)

    @classmethod
    def of(cls, geometry: BaseGeometry) -> "Place":
        """Make a place of a shape in degrees; raises InputError when it is empty or not on earth."""
        if geometry.is_empty:
            raise InputError(Text("位置是空的图形。", "The place is an empty shape."), _HINT)
        point = geometry.representative_point()
        checked = cls.at(point.x, point.y)
        return cls(geometry, checked.lon, checked.lat)


def place_of(
    workspace: "Workspace",
    *,
    lon: float | None = None,
    lat: float | None = None,
    place: str | None = None,
    may_read_files: bool = False,
) -> Place | None:
    """Return the place that was asked for, or None when none was.

    Parameters
    ----------
    place
        GeoJSON text, or ``layer:id`` of a feature of the workspace (``id`` alone: a place name).
    may_read_files
        ``place`` may also be the path of a GeoJSON file; never for what comes over the network.

    Raises
    ------
    InputError
        Only one of ``lon`` and ``lat`` is given, both a point and a place are, or the place cannot be understood.
    NotFoundError
        There is no such feature.
    """
    if (lon is None) != (lat is None) or (place is not None and lon is not None):
        raise InputError(Text("位置没有给全，或给了两次。", "The place is given in part, or twice."), _HINT)
    if lon is not None and lat is not None:
        return Place.at(lon, lat)
    if place is None:
        return None
    if place.lstrip().startswith("{"):
        return _of_geojson(place)
    path = Path(place)
    if may_read_files and path.suffix.casefold() in {".geojson", ".json"}:
        return _of_file(path)
    return _of_feature(workspace, place)


def _of_file(path: Path) -> Place:
    if not path.is_file():
        raise NotFoundError(Text(f"没有文件 {path}。", f"There is no file {path}."), _HINT)
    return _of_geojson(path.read_text(encoding="utf-8-sig"))


def _of_geojson(text: str) -> Place:
    try:
        geometry = shapely.geometry.shape(_geometry_in(json.loads(text)))
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        shapely.errors.GEOSException,
    ) as error:
        raise InputError(
            Text(f"GeoJSON 读不懂：{error}。", f"The GeoJSON cannot be understood: {error}."), _HINT
        ) from error
    return Place.of(geometry)


def _geometry_in(said: dict[str, Any]) -> dict[str, Any]:
    """Return the one geometry of a GeoJSON object: itself, a feature's, or that of the first feature."""
    if said["type"] == "FeatureCollection":
        said = said["features"][0]
    geometry: dict[str, Any] = said["geometry"] if said["type"] == "Feature" else said
    return geometry


def _of_feature(workspace: "Workspace", place: str) -> Place:
    layer_id, colon, feature_id = place.partition(":")
    if not colon:
        layer_id, feature_id = "place_name", place
    geometry = workspace.store.feature(layer_id, feature_id).frame.geometry.iloc[0]
    if geometry is None:
        raise InputError(
            Text(
                f"要素 {layer_id}:{feature_id} 没有位置。", f"Feature {layer_id}:{feature_id} has no place."
            ),
            _HINT,
        )
    return Place.of(geometry)
