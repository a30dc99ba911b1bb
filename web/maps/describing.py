"""A layer described for the drawing scripts: labels, units and vocabularies, in the shape of ``/api/layers``."""

from typing import Any

from layers.catalog import CatalogEntry
from layers.exposure import public_fields
from layers.model import LayerSpec
from layers.store.protocol import LayerSummary

DRAW_ORDER = (
    "admin_unit",
    "residential_quarter",
    "place_name",
    "barrier",
    "building",
    "road",
    "no_burial_zone",
    "study_area",
    "boundary_line",
    "boundary_marker",
    "door_plate",
    "road_sign",
    "point_of_interest",
    "shelter",
    "cemetery",
    "meal_point",
    "care_facility",
)
"""From below to above; layers that are not named here are not drawn."""

HIDDEN_AT_FIRST = frozenset(
    {"point_of_interest", "shelter", "no_burial_zone", "door_plate", "road_sign", "building", "study_area"}
)
LIVE_ONLY = frozenset({"building"})
"""Too many features for a map in one file: drawn on live maps only, as tiles."""


def describe(spec: LayerSpec, summary: LayerSummary, *, public: bool) -> dict[str, Any]:
    """Return one layer as JSON values; in public only its public fields, and no file names."""
    fields = public_fields(spec) if public else spec.fields
    return CatalogEntry(spec, summary, fields).as_json(with_sources=not public)
