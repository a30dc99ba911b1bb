"""Candidates from a layer: rows become names to be judged, segments of one road become one name."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from gis.names.candidate import Candidate
from gis.names.registry import Case
from layers.model import Layer

if TYPE_CHECKING:
    from layers.workspace import Workspace

NAMED_LAYERS = ("place_name", "residential_quarter", "road", "admin_unit")
"""Layers whose names are compared, the best informed first: a name that stands in an earlier one is not repeated."""

_COUNTY_DIGITS = 6

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
_LISTS = ("former_names", "marketing_names")


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


def candidates_of_workspace(workspace: "Workspace") -> list[Candidate]:
    """Collect every name of a workspace once: register of names, quarters, roads and divisions, in this order.

    The county itself and what is above it are left out. A workspace without these layers gives no candidate.
    """
    layers = [workspace.layer_or_none(layer_id) for layer_id in NAMED_LAYERS]
    code = workspace.settings.code
    return list(_each_once(candidates_from_layer(layer, code) for layer in layers if layer is not None))


def _each_once(layers: Iterable[Iterable[Candidate]]) -> Iterator[Candidate]:
    """Leave out what an earlier layer names already: same class, county, body and name proper."""
    known: set[Hashable] = set()
    for candidates in layers:
        kept = [(one, _identity(one)) for one in candidates if not _is_above_towns(one)]
        yield from (one for one, identity in kept if identity not in known)
        known.update(identity for _, identity in kept)


def _identity(candidate: Candidate) -> Hashable:
    said = Case.of(candidate).segments
    county = candidate.jurisdiction[:_COUNTY_DIGITS]
    return said.scope_class, said.committee, said.stem, said.section, county


def _is_above_towns(candidate: Candidate) -> bool:
    return candidate.layer_id == "admin_unit" and len(candidate.jurisdiction) <= _COUNTY_DIGITS


def _candidate(row: Mapping[Hashable, Any], layer_id: str, district_code: str) -> Candidate:
    values: dict[str, Any] = {key: _or_none(row.get(key)) for key in (*_NUMBERS, *_TEXTS)}
    values |= {key: _listed(row.get(key)) for key in _LISTS}
    over = row.get("overlaid_by")
    heritage = _or_none(row.get("heritage"))
    own_code = row.get("code" if layer_id == "admin_unit" else "unit_code")
    return Candidate(
        id=str(row["id"]),
        name=str(row["name"]),
        layer_id=layer_id,
        overlaid_by=over if isinstance(over, tuple) else (),
        entity_class=_entity_class(row, layer_id),
        jurisdiction=str(_or_none(own_code) or district_code),
        approved_on=_day(row.get("approved_on")),
        in_use_since=_day(row.get("in_use_since")),
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


def _listed(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - a cell of any dtype
    return tuple(part for part in str(_or_none(value) or "").split(";") if part)


def _day(value: Any) -> Any:  # noqa: ANN401 - a timestamp, NaT or None
    known = _or_none(value)
    return None if known is None else known.date()
