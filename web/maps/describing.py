"""A layer described for the drawing scripts: labels, units and vocabularies, in the shape of ``/api/layers``."""

from typing import Any

from layers.model import Field, LayerSpec
from layers.store.protocol import LayerSummary
from layers.vocabulary import vocabulary

DRAW_ORDER = (
    "admin_unit",
    "residential_quarter",
    "place_name",
    "road",
    "no_burial_zone",
    "boundary_line",
    "boundary_marker",
    "point_of_interest",
    "shelter",
    "cemetery",
    "meal_point",
    "care_facility",
)
"""From below to above; layers that are not named here are not drawn."""

HIDDEN_AT_FIRST = frozenset({"point_of_interest", "shelter", "no_burial_zone"})


def describe(spec: LayerSpec, summary: LayerSummary, *, public: bool) -> dict[str, Any]:
    """Return one layer as JSON values; in public only its public fields."""
    return {
        "id": spec.id,
        "label": spec.label._asdict(),
        "count": summary.count,
        "as_of": summary.as_of.isoformat() if summary.as_of else None,
        "sources": list(summary.sources),
        "version": summary.version,
        "fields": [_field(field) for field in spec.fields if field.public or not public],
    }


def _field(field: Field) -> dict[str, Any]:
    terms = vocabulary(field.vocabulary).values() if field.vocabulary else ()
    return {
        "name": field.name,
        "label": field.label._asdict(),
        "unit": field.unit,
        "kind": field.kind.value,
        "vocabulary": {term.code: term.label._asdict() for term in terms} or None,
    }
