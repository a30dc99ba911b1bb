"""All checks of signs and plates over a workspace, in one call."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pyproj

from gis.names.readings import ReadingDictionary, load_readings
from gis.names.signs.addresses import check_addresses, check_listed_addresses, check_streets
from gis.names.signs.limits import SignLimits
from gis.names.signs.numbering import check_numbers
from gis.names.signs.plates import Plates, plates_of
from gis.names.signs.register import NameRegister
from gis.names.signs.reported import CATEGORY, PLATES, SIGNS
from gis.names.signs.sides import check_sides
from gis.names.signs.standing import check_standing, roads_named
from gis.names.signs.streets import Streets, streets_of
from gis.names.signs.texts import check_texts, sign_texts
from gis.names.signs.upkeep import check_upkeep
from layers.crs import metric_crs
from layers.findings import Finding, unjudged
from layers.model import Layer
from layers.norms import load_profile
from layers.text import Text
from layers.workspace import Workspace

_ADDRESSED = ("care_facility", "meal_point", "shelter", "point_of_interest")


@dataclass(frozen=True)
class _Ground:
    """The layers the checks look at, each None when it was never imported."""

    signs: Layer | None
    plates: Layer | None
    names: Layer | None
    roads: Layer | None
    readings: ReadingDictionary
    district_code: str

    @cached_property
    def register(self) -> NameRegister | None:
        return NameRegister.of(self.names, self.district_code)

    @cached_property
    def crs(self) -> pyproj.CRS:
        layer = self.roads or self.signs or self.plates
        bounds = layer.frame.total_bounds if layer is not None else (np.nan,) * 4
        return metric_crs(tuple(bounds))

    @cached_property
    def streets(self) -> Streets | None:
        return None if self.roads is None else streets_of(self.roads, self.crs)


def check_signs(workspace: Workspace, *, on: date | None = None) -> list[Finding]:
    """Check the signs and plates of a workspace against its names, roads and clocks.

    Parameters
    ----------
    on
        The day the clocks are judged on; the workspace's own day when not given.

    Returns
    -------
    list of Finding
        Codes ``signs.*`` (see ``RULES``), category 标志. A missing layer or column is a finding of severity
        *unknown*. The order of the rows changes nothing.

    Raises
    ------
    NotFoundError
        When the norm profile of the workspace lacks a limit.
    """
    day = on or workspace.day
    limits = SignLimits.of(load_profile(workspace.settings.norm_profile), day)
    signs, plates, names, roads = (
        workspace.layer_or_none(one) for one in (SIGNS, PLATES, "place_name", "road")
    )
    ground = _Ground(signs, plates, names, roads, load_readings(workspace.root), workspace.settings.code)
    addressed = [workspace.layer_or_none(one) for one in _ADDRESSED] if ground.plates is not None else []
    return [
        *_missing(ground),
        *(_signs(ground, limits, day) if ground.signs is not None else ()),
        *(_plates(ground, addressed, limits, day) if ground.plates is not None else ()),
    ]


def _signs(ground: _Ground, limits: SignLimits, on: date) -> list[Finding]:
    assert ground.signs is not None  # noqa: S101 - asked before
    signs = sign_texts(ground.signs)
    names = [sign.text or sign.target or sign.id for sign in signs]
    found = check_upkeep(ground.signs, names, limits, on)
    if ground.register is not None:
        found += check_texts(signs, ground.register, limits, on, ground.readings)
    if ground.streets is not None:
        points = np.asarray(ground.signs.frame.geometry.to_crs(ground.crs).to_numpy(), dtype=object)
        roads = roads_named(signs, ground.register, ground.streets)
        found += check_standing(signs, roads, points, ground.streets, limits)
    return found


def _plates(
    ground: _Ground, addressed: list[Layer | None], limits: SignLimits, on: date
) -> Iterator[Finding]:
    assert ground.plates is not None  # noqa: S101 - asked before
    plates: Plates = plates_of(ground.plates, ground.streets, ground.crs)
    names = [plates.name(at) for at in range(len(plates.ids))]
    yield from check_upkeep(ground.plates, names, limits, on)
    yield from check_numbers(plates, limits)
    yield from check_addresses(plates)
    yield from check_listed_addresses(plates, [one for one in addressed if one is not None])
    if ground.register is not None:
        yield from check_streets(plates, ground.register)
    if ground.streets is not None:
        yield from check_sides(plates, ground.streets, limits)


_NEEDS = {
    "signs-missing": (
        SIGNS,
        Text("地名标志", "road_sign"),
        Text("标志文字、拼音、位置、期限和无牌道路", "signs and roads without signs"),
    ),
    "plates-missing": (
        PLATES,
        Text("门楼牌", "door_plate"),
        Text("门楼牌号码、方位和地址", "numbers, sides and addresses of plates"),
    ),
    "register-missing": (
        "place_name",
        Text("标准地名", "place_name"),
        Text("标志和门牌上的名称是否标准", "whether names on signs and plates are standard"),
    ),
    "roads-missing": (
        "road",
        Text("道路", "road"),
        Text("标志的位置、门牌的号序和方位", "places of signs, order and sides of plates"),
    ),
}


def _missing(ground: _Ground) -> Iterator[Finding]:
    """Say for every layer that is not there what cannot be judged without it."""
    for code, layer in zip(_NEEDS, (ground.signs, ground.plates, ground.names, ground.roads), strict=True):
        nothing_to_hold = ground.signs is None and ground.plates is None
        if layer is not None or (code in {"register-missing", "roads-missing"} and nothing_to_hold):
            continue
        layer_id, label, what = _NEEDS[code]
        message = Text(
            f"没有“{label.zh}”图层，无法检查{what.zh}。请导入：fangyu import {layer_id} 文件名。",
            f"There is no {layer_id} layer, so these are unknown: {what.en}."
            f" Import one: fangyu import {layer_id} FILE.",
        )
        yield unjudged(f"signs.{code}", layer_id, message, category=CATEGORY)
