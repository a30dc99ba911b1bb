"""What the register says of the features the cases are about, for the lines of a form."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from layers.errors import NotFoundError
from layers.vocabulary import label_of

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.workspace import Workspace

Case = Mapping[str, Any]
Row = Mapping[str, Any]
_CLASS_BY_LAYER = {"road": "road", "residential_quarter": "residential", "care_facility": "facility"}
_FEW = 8
"""Up to this many features of a layer are read one by one; for more the layer is read once."""


def register_rows(workspace: "Workspace", cases: Iterable[Case]) -> dict[tuple[str, str], Row]:
    """Read the features of cases: layer and id to the known values by field; what is no longer there is left out."""
    wanted: dict[str, list[str]] = {}
    for case in cases:
        wanted.setdefault(str(case.get("layer", "")), []).append(str(case.get("feature_id", "")))
    there = workspace.store.layer_ids()
    return {
        (layer_id, str(row["id"])): row
        for layer_id, ids in wanted.items()
        if layer_id in there
        for frame in _frames(workspace, layer_id, ids)
        for row in _known(frame)
    }


def _frames(workspace: "Workspace", layer_id: str, ids: list[str]) -> "Iterable[gpd.GeoDataFrame]":
    if len(ids) > _FEW:
        frame = workspace.store.read(layer_id).frame
        return [frame[frame["id"].isin(ids)]]
    return [one for name in ids if (one := _feature(workspace, layer_id, name)) is not None]


def _feature(workspace: "Workspace", layer_id: str, feature_id: str) -> "gpd.GeoDataFrame | None":
    try:
        return workspace.store.feature(layer_id, feature_id).frame
    except NotFoundError:
        return None


def _known(frame: "gpd.GeoDataFrame") -> Iterable[Row]:
    for row in pd.DataFrame(frame.drop(columns="geometry")).to_dict("records"):
        yield {str(key): value for key, value in row.items() if not _missing(value)}


def _missing(value: Any) -> bool:  # noqa: ANN401 - a cell of any dtype
    return value is None or value is pd.NA or value != value  # noqa: PLR0124 - NaN and NaT


def class_label(row: Row, layer_id: str) -> str:
    """Name the class of the thing named, in Chinese; ``""`` when nobody says."""
    if layer_id == "admin_unit" and "level" in row:
        return label_of("unit_level", str(row["level"])).zh
    code = row.get("entity_class") or _CLASS_BY_LAYER.get(layer_id, "")
    return label_of("name_class", str(code)).zh if code else ""
