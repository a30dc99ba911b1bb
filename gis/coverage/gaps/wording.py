"""Remedies in words: what to do, where, and for whom."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gis.coverage.calling import called
from gis.coverage.gaps.barriers import named
from layers.text import Text

if TYPE_CHECKING:
    from gis.coverage.gaps.places import Offers
    from gis.coverage.gaps.severing import Severing
    from layers.model import Field

_DATA: Mapping[str, Text] = {
    "population_unknown": Text(
        "补全该单元的人数，才能判断是否覆盖。",
        "Complete the number of people: whether they are served cannot be judged yet.",
    ),
    "location_unknown": Text(
        "补全单元边界或人口位置，才能判断是否覆盖。",
        "Complete the shape of the unit or where its people live: whether they are served cannot be judged yet.",
    ),
    "roads_end": Text(
        "补全该单元的道路资料（已导入的道路到不了这里），才能判断是否覆盖。",
        "Complete the roads of the unit (those imported end before it): whether it is served cannot be judged yet.",
    ),
    "capacity_unknown": Text(
        "补填这些设施的容量（床位、餐数），才能判断是否够用。",
        "Fill in what these facilities hold (beds, meals): whether that is enough cannot be judged yet.",
    ),
    "off_road": Text(
        "核对并补全附近的道路数据：最近的道路太远，多半是道路图层有缺。",
        "Check and complete the roads nearby: the nearest one is so far that the road layer probably lacks some.",
    ),
    "not_connected": Text(
        "核对道路数据：这里的道路与别处不相通，多半是连接处有缺；确是孤立的，再考虑其他办法。",
        "Check the roads: these are joined to no others, probably because a joint is missing; if they truly stand "
        "alone, look at the other remedies.",
    ),
}


def data_text(code: str) -> Text:
    """Say which data to complete for a reason that rests on unknowns."""
    return _DATA[code]


def placed_text(
    offers: "Offers", at: int, adds: tuple[float, float], unit: str, *, about: bool = False
) -> Text:
    """Say what to do with a place that stands already; ``about`` marks figures that are estimates."""
    name, what = called(offers.names[at], offers.ids[at]), offers.what[at]
    zh, en = {
        "open_facility": (f"启用{name.zh}（{what.zh}）", f"Open {name.en} ({what.en.lower()})"),
        "host_in_stock": (f"在{name.zh}（{what.zh}）加设", f"Host it in {name.en} ({what.en.lower()})"),
    }[offers.kind]
    effect = _effect(adds, unit, about=about)
    return Text(f"{zh}：{effect.zh}。", f"{en}: {effect.en}.")


def delivery_text(name: Text, metres: float, people: float, unit: str) -> Text:
    """Say who could deliver, and from how far."""
    counted, counted_en = amount(people, unit)
    return Text(
        f"由{name.zh}送餐（相距 {metres:,.0f} 米），把该单元列入其服务范围：增加 {counted}。",
        f"Have {name.en} deliver ({metres:,.0f} m away) and list the unit as served: {counted_en} more.",
    )


def enlarging_text(name: Text, more: int, field: "Field", people: float, unit: str) -> Text:
    """Say which facility to enlarge, and by how much."""
    counted, counted_en = amount(people, unit)
    return Text(
        f"{name.zh}增加{field.label.zh} {more:,} {field.unit}：该单元增加 {counted}。",
        f"Add {more:,} to {field.label.en.lower()} of {name.en}: {counted_en} more in the unit.",
    )


def built_text(
    offers: "Offers", at: int, adds: tuple[float, float], unit: str, *, about: bool = False
) -> Text:
    """Say where to build; ``about`` as above."""
    place = f"{offers.lon[at]:.5f}, {offers.lat[at]:.5f}"
    effect = _effect(adds, unit, about=about)
    return Text(f"在 {place} 附近新建：{effect.zh}。", f"Build near {place}: {effect.en}.")


def crossing_text(severed: "Severing", point: int, people: float, unit: str) -> Text:
    """Say where to cross a barrier, and that the figure is an estimate."""
    kind, barrier = severed.kind(point), named(severed.kind(point), severed.name(point))
    zh, en = _CROSSINGS.get(kind, _CROSSINGS["other"])
    counted, counted_en = amount(people, unit)
    return Text(
        f"在{barrier.zh}上{zh}：该单元约 {counted}可到对面的设施（估算：按直线可通计，实际会少些）。",
        f"{en} {barrier.en}: about {counted_en} of the unit would reach the facility across (an estimate that takes "
        "the straight way as open; fewer in fact).",
    )


_CROSSINGS: Mapping[str, tuple[str, str]] = {
    "river": ("修人行桥", "Build a footbridge over"),
    "rail": ("修人行天桥或地道", "Build a footbridge or an underpass across"),
    "expressway": ("修人行天桥或地道", "Build a footbridge or an underpass across"),
    "wall": ("开一个门", "Open a gate in"),
    "other": ("开一条通道", "Make a way through"),
}


def amount(value: float, unit: str) -> tuple[str, str]:
    """Write an amount in both languages; English names no unit but metres."""
    whole = f"{value:,.0f}"
    return f"{whole} {unit}", f"{whole} m²" if unit == "m²" else whole


def _effect(adds: tuple[float, float], unit: str, *, about: bool) -> Text:
    (here, here_en), (all_, all_en) = (amount(one, unit) for one in adds)
    around, around_en = ("约", "about ") if about else ("", "")
    if adds[1] - adds[0] < 1:
        return Text(f"该单元{around}增加 {here}", f"{around_en}{here_en} more in the unit")
    return Text(
        f"该单元{around}增加 {here}，连同其他单元共{around}增加 {all_}",
        f"{around_en}{here_en} more in the unit, {around_en}{all_en} with other units",
    )
