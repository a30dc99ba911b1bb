"""How many signs and number plates bear a name that is to be replaced."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from gis.names.signs.register import plain

if TYPE_CHECKING:
    import pandas as pd

    from web.documents.issue import Issue

_LAYERS: Mapping[str, tuple[str, ...]] = {
    "road_sign": ("name", "place_name"),
    "door_plate": ("street", "quarter"),
}
"""Layer to the fields in which a name stands."""


def plates_of(issue: "Issue", case: Mapping[str, Any], name: str) -> dict[str, int]:
    """Count the signs (``road_sign``) and plates (``door_plate``) of a name; a layer that is not there is left out.

    A sign counts when it shows the name, or is recorded as that of the place.
    """
    there = issue.workspace.store.layer_ids()
    return {one: _count(issue.table(one), one, case, plain(name)) for one in _LAYERS if one in there}


def _count(frame: "pd.DataFrame", layer_id: str, case: Mapping[str, Any], name: str) -> int:
    fields = _LAYERS[layer_id]
    meant = np.logical_or.reduce([frame[one].fillna("").astype(str).map(plain) == name for one in fields])
    if layer_id == "road_sign" and case.get("layer") == "place_name":
        meant |= (frame["place_name_id"].fillna("").astype(str) == str(case.get("feature_id", ""))).to_numpy()
    return int(meant.sum()) if name else 0
