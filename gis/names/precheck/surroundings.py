"""The named features around a place: divisions, roads, natural features, settlements, and names of old."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from gis.names.candidate import Candidate
from gis.names.precheck.place import Place
from gis.names.segment import segment
from layers.crs import metric_crs
from layers.model import STORAGE_CRS, Layer

if TYPE_CHECKING:
    from layers.workspace import Workspace

LAYERS = ("admin_unit", "road", "place_name")
"""What a name may cite stands in these."""
_SHORTEST = 2
_CITABLE = {"natural": "natural", "settlement": "settlement", "road": "road", "division": "division"}
_FORMER_M = 2000.0
"""Names of old this far away are no names of the place any more."""
_FAR_M = 200_000.0
"""Beyond this the metres of the projection are no distances."""
_FACTS = ("id", "name", "code", "entity_class", "status", "former_names")
_POLYGONS = (3, 6)
_HULL_M = 3000.0
"""How far beyond its outermost features a district of unknown area may reach."""
_NEAREST = 60


@dataclass(frozen=True, slots=True)
class Feature:
    """One named thing.

    Attributes
    ----------
    kind
        ``division``, ``road``, ``natural``, ``settlement`` or ``former`` (a name no longer in use).
    stem
        The specific part of the name.
    code
        Division code of a division, else ``""``.
    shape
        In metres (the system of the surroundings), or None when nobody knows where it is.
    lon, lat
        A point on it in degrees, or None.
    """

    layer_id: str
    id: str
    name: str
    kind: str
    stem: str
    code: str = ""
    shape: BaseGeometry | None = None
    lon: float | None = None
    lat: float | None = None

    @property
    def is_area(self) -> bool:
        """Tell whether its extent is known, not only a point of it."""
        return self.shape is not None and shapely.get_type_id(self.shape) in _POLYGONS


@dataclass(frozen=True)
class Surroundings:
    """Everything a name may cite, found by name or by place.

    Attributes
    ----------
    missing
        Layers of ``LAYERS`` that were never imported: what they would say is unknown.
    """

    features: tuple[Feature, ...] = ()
    missing: tuple[str, ...] = LAYERS
    crs: pyproj.CRS = field(default_factory=lambda: metric_crs((0, 0, 0, 0)))

    @classmethod
    def of_workspace(cls, workspace: "Workspace") -> "Surroundings":
        """Read the layers a name may cite; a layer without data is ``missing``."""
        layers = {one: workspace.layer_or_none(one) for one in LAYERS}
        here = [layer for layer in layers.values() if layer is not None]
        return cls.of_layers(here)

    @classmethod
    def of_layers(cls, layers: Iterable[Layer]) -> "Surroundings":
        """Take the named features of layers."""
        given = {layer.id: layer for layer in layers}
        boxes = np.array([layer.frame.total_bounds for layer in given.values() if len(layer)]).reshape(-1, 4)
        known = boxes[~np.isnan(boxes).any(axis=1)]
        box = (*known[:, :2].min(axis=0), *known[:, 2:].max(axis=0)) if len(known) else (0.0,) * 4
        crs = metric_crs((float(box[0]), float(box[1]), float(box[2]), float(box[3])))
        features = [one for layer in given.values() for one in _features(layer, crs)]
        return cls(tuple(features), tuple(one for one in LAYERS if one not in given), crs)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Feature, ...]]:
        """Features by their whole names."""
        return _grouped((one.name, one) for one in self.features if one.kind != "former")

    @cached_property
    def by_stem(self) -> Mapping[str, tuple[Feature, ...]]:
        """Divisions and settlements by their specific parts."""
        return _grouped((one.stem, one) for one in self.features if one.kind in {"division", "settlement"})

    @cached_property
    def longest(self) -> int:
        """Length of the longest name or stem."""
        return max(map(len, (*self.by_name, *self.by_stem)), default=0)

    @cached_property
    def _project(self) -> pyproj.Transformer:
        return pyproj.Transformer.from_crs(STORAGE_CRS, self.crs, always_xy=True)

    def in_metres(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return a shape given in degrees in the metres of these surroundings."""
        projected: BaseGeometry = shapely.transform(
            geometry, lambda points: np.column_stack(self._project.transform(points[:, 0], points[:, 1]))
        )
        return projected

    @cached_property
    def _placed(self) -> tuple[tuple[Feature, ...], shapely.STRtree]:
        placed = tuple(one for one in self.features if one.shape is not None and one.kind != "road")
        return placed, shapely.STRtree([one.shape for one in placed])

    def near(self, shape: BaseGeometry | None, within_m: float) -> tuple[tuple[Feature, float], ...]:
        """Return settlements, divisions, natural features with their distance, nearest first; old names within 2 km.

        Without a shape there is no neighbourhood, and nothing is near.
        """
        if shape is None:
            return ()
        placed, tree = self._placed
        found = tree.query(shape, predicate="dwithin", distance=within_m)
        metres = shapely.distance(shape, np.array([placed[at].shape for at in found], dtype=object))
        pairs = sorted(
            (
                (placed[at], float(far))
                for at, far in zip(found, metres, strict=True)
                if placed[at].kind != "former" or far <= _FORMER_M
            ),
            key=lambda pair: (round(pair[1]), pair[0].name, pair[0].id),
        )
        return tuple(pairs[:_NEAREST])

    @cached_property
    def _district(self) -> BaseGeometry | None:
        """The area of the divisions, or the hull of everything placed where no area is known."""
        placed, _ = self._placed
        areas = [one.shape for one in placed if one.kind == "division" and one.is_area]
        if areas:
            return shapely.union_all(areas)
        shapes = [one.shape for one in self.features if one.shape is not None]
        return shapely.convex_hull(shapely.geometrycollections(shapes)).buffer(_HULL_M) if shapes else None

    def outside_m(self, place: Place) -> float | None:
        """Return how far a place is from the district, 0 inside it; None when nothing here has a place."""
        district = self._district
        if district is None:
            return None
        metres = float(shapely.distance(self.in_metres(place.geometry), district))
        if metres <= _FAR_M:
            return metres
        one = next(one for one in self.features if one.lon is not None)
        return float(pyproj.Geod(ellps="WGS84").inv(one.lon, one.lat, place.lon, place.lat)[2])

    def division_at(self, shape: BaseGeometry) -> Feature | None:
        """Return the finest division (longest code) whose area holds the shape's point, or None."""
        placed, tree = self._placed
        at = tree.query(shape.representative_point(), predicate="within")
        inside = [
            placed[i] for i in at if placed[i].kind == "division" and placed[i].is_area and placed[i].code
        ]
        return max(inside, key=lambda one: (len(one.code.rstrip("0")), one.code), default=None)


def _grouped(pairs: Iterable[tuple[str, Feature]]) -> Mapping[str, tuple[Feature, ...]]:
    groups: dict[str, list[Feature]] = defaultdict(list)
    for key, one in pairs:
        if len(key) >= _SHORTEST:
            groups[key].append(one)
    return {key: tuple(some) for key, some in groups.items()}


def _features(layer: Layer, crs: pyproj.CRS) -> Iterable[Feature]:
    frame = layer.frame[layer.frame["name"].notna()]
    places = frame.geometry.representative_point()
    known = frame.geometry.notna().to_numpy()
    shapes = frame.geometry.to_crs(crs).to_numpy()
    lons, lats = (np.round(axis.to_numpy(), 6).tolist() for axis in (places.x, places.y))
    facts = frame[[one for one in _FACTS if one in frame]].to_dict("records")
    for at, row in enumerate(facts):
        where = (shapes[at], lons[at], lats[at]) if known[at] else (None, None, None)
        yield from _of_row(layer.id, row, where)


def _of_row(layer_id: str, facts: Mapping[Any, Any], where: tuple[Any, Any, Any]) -> Iterable[Feature]:
    said = {key: value for key, value in facts.items() if isinstance(value, str)}
    own_id, name, (shape, lon, lat) = str(facts["id"]), said["name"], where
    kind = {"admin_unit": "division", "road": "road"}.get(layer_id) or _CITABLE.get(
        said.get("entity_class", ""), ""
    )
    if said.get("status") == "historic":
        kind = "former"
    if kind:
        stem = name if kind == "road" else _stem(name)
        yield Feature(layer_id, own_id, name, kind, stem, said.get("code", ""), shape, lon, lat)
    for old in said.get("former_names", "").split(";"):
        if old.strip():
            yield Feature(layer_id, own_id, old.strip(), "former", _stem(old.strip()), "", shape, lon, lat)


def _stem(name: str) -> str:
    parts = segment(Candidate(name=name))
    return parts.specific or parts.text
