"""Generic parts of divisions or natural features at the end of a building's name."""

from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, single_rule
from layers.text import Text

_KINDS = {
    "division": Text("行政区划", "divisions"),
    "natural": Text("自然地理实体或其他类别", "natural features or other classes"),
}


@single_rule("other-class-generic")
def other_class_generic(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """通名借用：住宅区、楼宇用行政区划或自然地理实体的通名。

    What
    ----
    For places that say so: finds names of residential areas and buildings that end in a generic part of divisions
    (国 州 镇 …) or of natural features (海 港 湾 岛 …). Whether the bay or hill is there is not looked at,
    so the finding asks for a review. Words such as 小镇 that the place allows are left alone.

    Why
    ---
    The rules of the place, named in each finding; the criteria of 2018 name confused levels of generic parts (大).

    Exceptions
    ----------
    Approved names; names from before the local rules; settled and heritage names.
    """
    stem = case.segments.stem
    if any(stem.endswith(one) for one in setting.parameters.get("allowed", "").split()):
        return
    for kind, label in _KINDS.items():
        words = sorted(setting.parameters.get(kind, "").split(), key=len, reverse=True)
        ending = next((one for one in words if stem.endswith(one) and stem != one), "")
        if ending:
            yield Hit(
                word=ending,
                start=case.segments.specific_start + len(stem) - len(ending),
                message=Text(
                    f"末尾“{ending}”是{label.zh}的通名，须核实地理实体是否相符。",
                    f"The ending {ending} is a generic part of {label.en}; see whether the place fits.",
                ),
            )
            return
