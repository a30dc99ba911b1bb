"""Candidates from a layer: rows become names to be judged, segments of one road become one name."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from gis.names.candidate import Candidate
from layers.model import Layer

CLASS_BY_LAYER: Mapping[str, str] = {
    "road": "road",
    "residential_quarter": "residential",
    "care_facility": "facility",
}
"""Entity class of the features of layers that hold one class only."""

CLASS_BY_LEVEL: Mapping[str, str] = {"village": "committee"}
"""Entity class of administrative units by level; the other levels are divisions."""

_NUMBERS = ("site_m2", "floor_area_m2", "floors", "green_rate")
_TEXTS = ("status", "registered_name", "specific", "generic")


def candidates_from_layer(layer: Layer, district_code: str) -> list[Candidate]:
    """Turn the named features of a layer into candidates, in the order of their ids.

    Lines of the same name and class that lie within a few metres of each other are one road and give one
    candidate, under the least of their ids. Features without a name are left out. ``district_code`` stands in for
    a missing unit code.
    """
    from gis.names.merging import merged_roads  # noqa: PLC0415 - rules stay free of the geometry library

    frame = merged_roads(layer.frame[layer.frame["name"].notna()])
    places = frame.geometry.representative_point()
    frame = pd.DataFrame(frame.drop(columns="geometry")).assign(_lon=places.x, _lat=places.y)
    rows = frame.sort_values("id").to_dict("records")
    return [_candidate(row, layer.id, district_code) for row in rows]


def _candidate(row: Mapping[Hashable, Any], layer_id: str, district_code: str) -> Candidate:
    values: dict[str, Any] = {key: _or_none(row.get(key)) for key in (*_NUMBERS, *_TEXTS)}
    former = _or_none(row.get("former_names")) or ""
    heritage = _or_none(row.get("heritage"))
    own_code = row.get("code" if layer_id == "admin_unit" else "unit_code")
    return Candidate(
        id=str(row["id"]),
        name=str(row["name"]),
        layer_id=layer_id,
        entity_class=_entity_class(row, layer_id),
        jurisdiction=str(_or_none(own_code) or district_code),
        approved_on=_day(row.get("approved_on")),
        in_use_since=_day(row.get("in_use_since")),
        former_names=tuple(part for part in str(former).split(";") if part),
        heritage=None if heritage is None else bool(heritage),
        lon=_or_none(row["_lon"]),
        lat=_or_none(row["_lat"]),
        **values,
    )


def _entity_class(row: Mapping[Hashable, Any], layer_id: str) -> str | None:
    if layer_id == "admin_unit":
        return CLASS_BY_LEVEL.get(str(row.get("level")), "division")
    given = _or_none(row.get("entity_class"))
    return CLASS_BY_LAYER.get(layer_id) if given is None else str(given)


def _or_none(value: Any) -> Any:  # noqa: ANN401 - a cell of any dtype
    return None if value is None or value is pd.NA or value != value else value  # noqa: PLR0124 - NaN and NaT


def _day(value: Any) -> Any:  # noqa: ANN401 - a timestamp, NaT or None
    known = _or_none(value)
    return None if known is None else known.date()
