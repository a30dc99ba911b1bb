"""Rows in the shape in which the public service of the national place-name database gives them.

One row a name: ``id``, ``place_code``, ``standard_name``, ``roman_alphabet_spelling``, ``place_type``,
``place_type_code``, ``area``, ``gdm`` (GeoJSON in CGCS2000 degrees, type in small letters, mostly ``multipoint``) and
``details`` with ``old_name``, ``place_meaning``, ``place_origin``, ``government_history`` and
``ethnic_minorities_writing``. What that shape has no place for goes under ``fangyu`` (sizes, approval, and under
``geometry`` the WKT of a shape that ``gdm`` changes), so that nothing is lost on the way back; remarks are of
the office and do not leave it.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from gis.names.gazetteer.standing import standard_names
from layers.place_type_codes import place_type_codes

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.model import Layer

_ROW: Mapping[str, str] = {
    "id": "id",
    "place_code": "place_code",
    "standard_name": "name",
    "roman_alphabet_spelling": "pinyin",
    "place_type_code": "place_type_code",
}
_DETAILS: Mapping[str, str] = {
    "old_name": "former_names",
    "place_meaning": "meaning",
    "place_origin": "origin",
    "government_history": "history",
    "ethnic_minorities_writing": "ethnic_writing",
}
_OURS = (
    "specific",
    "generic",
    "entity_class",
    "status",
    "approval",
    "approved_on",
    "in_use_since",
    "heritage",
)
_OURS_TOO = (
    "registered_name",
    "marketing_names",
    "unit_code",
    "site_m2",
    "floor_area_m2",
    "floors",
    "green_rate",
    "as_of",
    "source",
)
_AS_THEY_ARE = frozenset({"MultiPoint", "LineString", "MultiLineString"})
"""Shapes that ``gdm`` gives back unchanged."""
_AREA_DIGITS = (9, 6)


def national_rows(
    layer: "Layer",
    *,
    units: "Layer | None" = None,
    town: str = "",
    frame: "gpd.GeoDataFrame | None" = None,
) -> list[dict[str, Any]]:
    """Give the standard names as rows of the service, by id; only what the register itself says.

    ``frame`` stands in for the rows of the layer, such as its public view. Points and lines keep their shape, an area
    is one point inside it and whole under ``fangyu``; a name without a place has ``gdm`` null. An empty register gives
    no rows.
    """
    rows = standard_names(layer, units=units, town=town)
    if frame is not None:
        rows = frame[frame["id"].isin(rows["id"])].sort_values("id").reset_index(drop=True)
    records = pd.DataFrame(rows.drop(columns="geometry")).to_dict("records")
    return [
        _row({str(key): value for key, value in record.items()}, shape)
        for record, shape in zip(records, rows.geometry, strict=True)
    ]


def national_page(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Wrap rows as the service answers a search: ``total`` and ``records``."""
    records = list(rows)
    return {"total": len(records), "records": records}


def _row(said: Mapping[str, Any], shape: Any) -> dict[str, Any]:  # noqa: ANN401 - shapely is untyped
    row = {key: _plain(said.get(field)) or "" for key, field in _ROW.items()}
    known = place_type_codes().get(row["place_type_code"])
    row["place_type"] = known.label.zh if known else ""
    row["area"] = _area(_plain(said.get("unit_code")) or "")
    row["gdm"] = gdm_of(shape)
    row["details"] = {key: _plain(said.get(field)) or "" for key, field in _DETAILS.items()}
    ours = {name: _plain(said.get(name)) for name in (*_OURS, *_OURS_TOO)}
    ours["geometry"] = _whole(shape)
    row["fangyu"] = {name: value for name, value in ours.items() if value is not None}
    return row


def _whole(shape: Any) -> str | None:  # noqa: ANN401 - shapely is untyped
    """Write a shape that ``gdm`` does not give back as it is; None for one that it does, and for none."""
    if shape is None or shape.is_empty or shape.geom_type in _AS_THEY_ARE:
        return None
    return str(shape.wkt)


def _area(code: str) -> str:
    return next((code[:digits] for digits in _AREA_DIGITS if len(code) >= digits), "")


def gdm_of(shape: Any) -> dict[str, Any] | None:  # noqa: ANN401 - shapely is untyped
    """Write a geometry as the service does; None for a missing or empty one."""
    if shape is None or shape.is_empty:
        return None
    if shape.geom_type in {"LineString", "MultiLineString"}:
        written = shapely.geometry.mapping(shape)
        return {"type": shape.geom_type.casefold(), "coordinates": _lists(written["coordinates"])}
    points = (
        shapely.get_parts(shape) if shape.geom_type in {"Point", "MultiPoint"} else [shape.point_on_surface()]
    )
    return {"type": "multipoint", "coordinates": [[one.x, one.y] for one in points]}


def _lists(value: Any) -> Any:  # noqa: ANN401 - nested tuples of numbers
    return [_lists(one) for one in value] if isinstance(value, tuple | list) else float(value)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell of any dtype
    if value is None or value is pd.NA or value != value:  # noqa: PLR0124 - NaN and NaT
        return None
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else value
