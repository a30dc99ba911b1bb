"""Ways to travel: which roads each may use, and whether one-way streets bind it."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gis.kernels.arrays import Flags
from layers.errors import InputError, NetworkError
from layers.text import Text, counted

if TYPE_CHECKING:
    import geopandas as gpd

_NO = frozenset({"no", "private"})
_NOT_ROLLED = frozenset({"steps", "platform", "elevator", "corridor"})
_NOT_DRIVEN = frozenset({"track", "bridleway", "footway", "pedestrian", "cycleway"})
_AGAINST = "oneway:bicycle"


@dataclass(frozen=True, slots=True)
class Mode:
    """One way to travel.

    Attributes
    ----------
    id
        As asked for: ``walk``, ``e-bike`` or ``drive``.
    label, can
        What it is called, and the word in "no road can be …".
    closed
        Classes of road it may not use where the layer says nothing closer.
    closed_kinds
        Likewise by the OpenStreetMap kind kept with the road (``highway`` among its attributes).
    tag
        Attribute that forbids it when it says no or private.
    one_way
        Whether one-way streets bind it.
    """

    id: str
    label: Text
    can: Text
    closed: frozenset[str]
    closed_kinds: frozenset[str]
    tag: str
    one_way: bool


MODES: dict[str, Mode] = {
    one.id: one
    for one in (
        Mode(
            "walk",
            Text("步行", "walking"),
            Text("步行", "walked"),
            frozenset({"motorway", "rail", "ferry"}),
            frozenset(),
            "foot",
            one_way=False,
        ),
        Mode(
            "e-bike",
            Text("电动自行车", "e-bike"),
            Text("骑行", "ridden by e-bike"),
            frozenset({"motorway", "rail", "ferry"}),
            _NOT_ROLLED,
            "bicycle",
            one_way=True,
        ),
        Mode(
            "drive",
            Text("驾车", "driving"),
            Text("行车", "driven"),
            frozenset({"path", "rail", "ferry"}),
            _NOT_ROLLED | _NOT_DRIVEN,
            "motor_vehicle",
            one_way=True,
        ),
    )
}


def mode_of(name: str) -> Mode:
    """Return a way to travel by its id; raises InputError when there is none."""
    if name not in MODES:
        known = tuple(MODES.values())
        raise InputError(
            Text(f"不支持出行方式“{name}”。", f"There is no travel mode {name!r}."),
            Text(
                f"可用：{'、'.join(f'{one.id}（{one.label.zh}）' for one in known)}。",
                f"Available: {', '.join(MODES)}.",
            ),
        )
    return MODES[name]


def check_sloped(mode: Mode) -> None:
    """Refuse to count slope for anything but walking; raises InputError."""
    if mode.id == "walk":
        return
    raise InputError(
        Text(
            f"坡度（--slope）只用于步行，不用于{mode.label.zh}（{mode.id}）。",
            f"Slope (--slope) counts for walking only, not for {mode.id}.",
        ),
        Text("去掉 --slope，或用 --mode walk。", "Leave out --slope, or use --mode walk."),
    )


def travelled(frame: "gpd.GeoDataFrame", mode: Mode) -> "tuple[gpd.GeoDataFrame, tuple[Text, ...]]":
    """Keep the roads that have a shape and may be used; raises NetworkError when there are none.

    Walkers go where ``walkable`` says, or else by class. E-bikes and cars go by class and by what OpenStreetMap said
    of the road; a road of no class is open to them. Paths that may not be walked are closed to e-bikes as well.
    """
    open_by_class = ~frame["road_class"].isin(mode.closed).to_numpy(bool)
    if mode.id == "walk":
        said = frame["walkable"]
        usable = np.where(said.notna(), said.fillna(value=False), open_by_class).astype(bool)
        unsaid = int(said.isna().sum())
    else:
        shut = frame["road_class"].eq("path") & frame["walkable"].eq(other=False)
        usable = open_by_class & ~_forbidden(frame, mode) & ~shut.fillna(value=False).to_numpy(bool)
        unsaid = int(frame["road_class"].isna().sum())
    shaped = (frame.geometry.notna() & ~frame.geometry.is_empty).to_numpy(bool)
    if not (usable & shaped).any():
        raise _nothing(len(frame), mode)
    notes = () if not unsaid else (_taken_as_open(unsaid, mode),)
    return frame[usable & shaped].reset_index(drop=True), notes


def binding(frame: "gpd.GeoDataFrame", mode: Mode) -> Flags:
    """Tell which roads may be used in the direction they are drawn in only.

    Where a road says that bicycles may go against its one-way (``oneway:bicycle=no``), e-bikes may too.
    """
    if not mode.one_way:
        return np.zeros(len(frame), bool)
    one_way: Flags = frame["oneway"].fillna(value=False).to_numpy(bool)
    if mode.id == "e-bike":
        against = [one.get(_AGAINST) == "no" for one in told(frame)]
        one_way = one_way & ~np.asarray(against, bool)
    return one_way


def _forbidden(frame: "gpd.GeoDataFrame", mode: Mode) -> Flags:
    """Tell which roads are of a kind, or carry a tag, that shuts the mode out."""

    def shut(said: dict[str, Any]) -> bool:
        allowed = said.get(mode.tag, said.get("access", ""))
        return said.get("highway") in mode.closed_kinds or allowed in _NO

    return np.asarray([shut(one) for one in told(frame)], bool)


def told(frame: "gpd.GeoDataFrame") -> list[dict[str, Any]]:
    """Return what was kept of the source's own words about each road; nothing where that is not an object."""
    if "attributes" not in frame.columns:
        return [{}] * len(frame)
    return [_object(one) for one in frame["attributes"]]


def _object(text: object) -> dict[str, Any]:
    if isinstance(text, dict):
        return text
    if not isinstance(text, str):
        return {}
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _nothing(count: int, mode: Mode) -> NetworkError:
    fields = Text("“可步行”和“道路等级”两列", "the fields walkable and road_class")
    return NetworkError(
        Text(
            f"道路图层的 {count} 条道路都不能{mode.can.zh}。",
            f"No road of the layer can be {mode.can.en} ({counted(count, 'road')}).",
        ),
        Text(f"请检查{fields.zh}。", f"Check {fields.en}."),
    )


def _taken_as_open(count: int, mode: Mode) -> Text:
    if mode.id == "walk":
        return Text(
            f"{count} 条道路未注明是否可步行：除高速公路、铁路、轮渡外按可步行计。",
            f"{counted(count, 'road does', 'roads do')} not say whether walking is possible: all but motorways, "
            "railways and ferries were taken as walkable.",
        )
    return Text(
        f"{count} 条道路未注明等级：按可{mode.can.zh}计。",
        f"{counted(count, 'road does', 'roads do')} not say the class: taken as open to {mode.label.en}.",
    )
