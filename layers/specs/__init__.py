"""The layers of the one map, field by field.

Fields follow what the offices' own reports count and list. ``public=True`` is a decision per field: everything else
needs a login. No layer has a household or a person as its feature.
"""

from collections.abc import Mapping

from layers.errors import NotFoundError
from layers.model import LayerSpec
from layers.specs.boundaries import BOUNDARY_LINE, BOUNDARY_MARKER
from layers.specs.burial import CEMETERY, NO_BURIAL_ZONE
from layers.specs.care import CARE_FACILITY, MEAL_POINT
from layers.specs.ground import BARRIER, POINT_OF_INTEREST, ROAD, SHELTER
from layers.specs.names import PLACE_NAME
from layers.specs.signs import DOOR_PLATE, ROAD_SIGN
from layers.specs.units import ADMIN_UNIT, BUILDING, POPULATION, RESIDENTIAL_QUARTER, STUDY_AREA
from layers.text import Text

SPECS: Mapping[str, LayerSpec] = {
    spec.id: spec
    for spec in (
        ADMIN_UNIT,
        PLACE_NAME,
        BOUNDARY_LINE,
        BOUNDARY_MARKER,
        CARE_FACILITY,
        MEAL_POINT,
        CEMETERY,
        ROAD,
        BARRIER,
        POPULATION,
        RESIDENTIAL_QUARTER,
        BUILDING,
        NO_BURIAL_ZONE,
        SHELTER,
        POINT_OF_INTEREST,
        ROAD_SIGN,
        DOOR_PLATE,
        STUDY_AREA,
    )
}


def spec_of(layer_id: str) -> LayerSpec:
    """Return the specification of a layer.

    Raises
    ------
    NotFoundError
        When there is no layer of that id.
    """
    try:
        return SPECS[layer_id]
    except KeyError:
        raise NotFoundError(
            Text(f"没有名为“{layer_id}”的图层。", f"There is no layer called {layer_id!r}."),
            Text(f"可用的图层：{'、'.join(SPECS)}。", f"Layers: {', '.join(SPECS)}."),
        ) from None
