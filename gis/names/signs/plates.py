"""Plates as arrays: numbers taken apart once, streets found once, for all checks of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from gis.names.signs.numbers import parse_number
from gis.names.signs.register import plain
from gis.names.signs.streets import Floats, Ints, Shapes, Streets
from layers.model import Layer

if TYPE_CHECKING:
    import pandas as pd

_DOORS = ("main", "small")


@dataclass(frozen=True)
class Plates:
    """All plates of a layer; every array has one value a plate.

    Attributes
    ----------
    written, main, part
        The number as written (``""`` when not recorded), its number proper (-1 when unreadable) and the rest.
    street_name, quarter, building, address
        Plain texts, ``""`` when not recorded.
    is_door
        Doors along a street, as against buildings and stairs of a quarter.
    points
        In the metric CRS.
    street, metres
        Which of ``Streets`` a door is on (-1 for none), and how far from its centre line.
    """

    ids: Shapes
    kinds: Shapes
    written: Shapes
    main: Ints
    part: Shapes
    street_name: Shapes
    quarter: Shapes
    building: Shapes
    address: Shapes
    side: Shapes
    town: Shapes
    is_door: npt.NDArray[np.bool_]
    points: Shapes
    street: Ints
    metres: Floats

    def name(self, at: int) -> str:
        """Call a plate by its street or quarter and its number."""
        place = self.street_name[at] if self.is_door[at] else f"{self.quarter[at]}{self.building[at]}"
        return f"{place}{self.written[at]}"

    def feature(self, at: int) -> tuple[str, str]:
        """Id and name for a finding."""
        return str(self.ids[at]), self.name(at)

    def metres_between(self, one: int, other: int) -> float:
        """Distance of two plates; NaN when one has no place."""
        return float(shapely.distance(self.points[one], self.points[other]))


def plates_of(layer: Layer, streets: Streets | None, crs: Any) -> Plates:  # noqa: ANN401 - a pyproj CRS
    """Read a ``door_plate`` layer; without ``streets`` no plate has one."""
    frame = layer.frame
    texts = {one: _plain(frame[one]) for one in ("number", "street", "quarter", "building", "address")}
    read = [parse_number(one) if one else None for one in texts["number"]]
    is_door = frame["kind"].isin(_DOORS).to_numpy(dtype=bool) & (texts["street"] != "")
    points = np.asarray(frame.geometry.to_crs(crs).to_numpy(), dtype=object)
    asked = [name if door else None for name, door in zip(texts["street"], is_door, strict=True)]
    street, metres = _placed(asked, points, streets)
    return Plates(
        ids=frame["id"].to_numpy(dtype=object),
        kinds=frame["kind"].to_numpy(dtype=object),
        written=texts["number"],
        main=np.array([-1 if one is None else one.main for one in read], dtype=np.int64),
        part=np.array(["" if one is None else one.part for one in read], dtype=object),
        street_name=texts["street"],
        quarter=texts["quarter"],
        building=texts["building"],
        address=texts["address"],
        side=_plain(frame["side"]),
        town=_plain(frame["unit_code"].str[:9] if frame["unit_code"].notna().any() else frame["unit_code"]),
        is_door=is_door,
        points=points,
        street=street,
        metres=metres,
    )


def _placed(names: Sequence[str | None], points: Shapes, streets: Streets | None) -> tuple[Ints, Floats]:
    if streets is None:
        return np.full(len(points), -1, dtype=np.int64), np.full(len(points), np.nan)
    return streets.nearest(names, points)


def _plain(column: "pd.Series[Any]") -> Shapes:
    texts = column.astype("object").where(column.notna(), "")
    known = {one: plain(str(one)) for one in texts.unique()}
    return texts.map(known).to_numpy(dtype=object)
