"""Words for figures that what is not known could move, the same wherever indicators are shown."""

from collections.abc import Mapping

from gis.coverage.provision.values import Bound
from layers.text import Text

BOUNDS: Mapping[Bound, Text] = {
    "exact": Text("", ""),
    "at_least": Text("至少", "at least"),
    "at_most": Text("至多", "at most"),
    "unsure": Text("可能偏高或偏低（数据不全）", "may be higher or lower (data incomplete)"),
}
"""In which direction what is not known could move a figure."""
_UNTOLD = {
    "张": Text("有设施未填床位", "some facilities do not tell their beds"),
    "m²": Text("有设施未填面积", "some facilities do not tell their area"),
}
_INCOMPLETE = Text("数据不全", "data incomplete")


def bounded(number: str, bound: Bound) -> Text:
    """Put a number, with its unit, under its bound: ``at most 334``, or the number and that it may move both ways."""
    word = BOUNDS[bound]
    if bound == "exact":
        return Text(number, number)
    if bound == "unsure":
        return Text(f"{number}，{word.zh}", f"{number}, {word.en}")
    return Text(f"{word.zh} {number}", f"{word.en} {number}")


def why_bounded(unit: str, bound: Bound) -> Text | None:
    """Say what is missing that makes a deficit a most or a least; None where it is exact or said already."""
    if bound == "at_most":
        return _UNTOLD.get(unit, _INCOMPLETE)
    return _INCOMPLETE if bound == "at_least" else None
