"""Values given by a person for one feature, checked against the specification."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.errors import InputError
from layers.model import Field, Kind, LayerSpec, Shape
from layers.store.blobs import encode
from layers.store.protocol import BBox
from layers.store.records import Row
from layers.text import Text
from layers.vocabulary import vocabulary

_FAMILIES = {
    "Point": Shape.POINT,
    "MultiPoint": Shape.POINT,
    "LineString": Shape.LINE,
    "MultiLineString": Shape.LINE,
    "Polygon": Shape.POLYGON,
    "MultiPolygon": Shape.POLYGON,
}
_TYPES: Mapping[Kind, tuple[type, ...]] = {
    Kind.TEXT: (str,),
    Kind.LIST: (str,),
    Kind.CODE: (str,),
    Kind.INT: (int,),
    Kind.FLOAT: (int, float),
    Kind.BOOL: (bool,),
    Kind.DATE: (date, str),
}


def edited_row(spec: LayerSpec, before: Row, values: Mapping[str, object]) -> tuple[Row, BBox | None]:
    """Lay checked values over a row; also give the box of a new geometry, or None.

    Raises
    ------
    NotFoundError
        When a field does not exist.
    InputError
        When a value does not fit, or ``id`` is among them.
    """
    row, box = list(before), None
    for name, value in values.items():
        if name == "geometry":
            row[0], box = _geometry(spec, value)
        else:
            row[1 + spec.field_names.index(spec.field(name).name)] = _checked(spec, spec.field(name), value)
    return tuple(row), box


def _geometry(spec: LayerSpec, value: object) -> tuple[bytes | None, BBox | None]:
    if value is None and not spec.geometry_required:
        return None, None
    fits = (
        isinstance(value, BaseGeometry)
        and _FAMILIES.get(value.geom_type) in spec.shapes
        and not value.is_empty
    )
    if not fits:
        raise _unfit(spec, "geometry", getattr(value, "geom_type", value))
    shapes = np.array([value], dtype=object)
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return encode(shapes)[0], (west, south, east, north)


def _checked(spec: LayerSpec, field: Field, value: object) -> Any:  # noqa: ANN401 - any SQL value
    if field.name == "id" or (value is None and field.required):
        raise _unfit(spec, field.name, value)
    if value is None:
        return None
    is_bool = isinstance(value, bool)
    if not isinstance(value, _TYPES[field.kind]) or is_bool != (field.kind is Kind.BOOL):
        raise _unfit(spec, field.name, value)
    if field.kind is Kind.DATE:
        return _day(spec, field, value)
    if field.kind is Kind.CODE and value not in vocabulary(field.vocabulary):
        raise _unfit(spec, field.name, value)
    if isinstance(value, int | float) and not _in_bounds(field, value):
        raise _unfit(spec, field.name, value)
    return int(value) if isinstance(value, bool) else value


def _day(spec: LayerSpec, field: Field, value: object) -> str:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise _unfit(spec, field.name, value) from error
    return (day.date() if isinstance(day, datetime) else day).isoformat()


def _in_bounds(field: Field, value: float) -> bool:
    low = -np.inf if field.minimum is None else field.minimum
    high = np.inf if field.maximum is None else field.maximum
    return bool(np.isfinite(value) and low <= value <= high)


def _unfit(spec: LayerSpec, name: str, value: object) -> InputError:
    return InputError(
        Text(f"{spec.id} 的 {name} 不能改为 {value!r}。", f"{name} of {spec.id} cannot become {value!r}."),
        Text(
            "编号不能改；其余请按字段说明的类型、取值和范围填写。",
            "Ids stay; other values must fit their field.",
        ),
    )
