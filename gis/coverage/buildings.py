"""Buildings as what is counted: one each, wherever people live or not."""

from typing import TYPE_CHECKING

import numpy as np

from gis.coverage.demand import Demand
from gis.coverage.supply import points_of
from gis.coverage.units import Units
from layers.text import Text

if TYPE_CHECKING:
    from layers.model import Layer


def buildings_of(layer: "Layer", units: Units, *, level: str) -> Demand:
    """Take every building as one, at its point or at a point inside its outline.

    Each belongs to the unit of its code, else to the one it lies in, else to none. An empty layer gives no points.
    """
    frame = layer.frame
    lon, lat = points_of(frame.geometry.to_numpy())
    note = Text(
        f"建筑取自建筑图层的 {len(frame)} 栋，每栋计一，不论用途和大小；面以其内部一点代表。",
        f"Buildings are the {len(frame)} of the building layer, one each whatever their use and size; areas as a point "
        "inside.",
    )
    return Demand(
        lon=lon,
        lat=lat,
        weight=np.ones(len(frame)),
        unit=units.locate(lon, lat, frame["unit_code"].tolist(), level),
        measure=Text("建筑", "Buildings"),
        unit_of_measure="栋",
        layers=("building",),
        assumptions=(note,),
    )
