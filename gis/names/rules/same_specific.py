"""The same specific part with another generic part."""

from collections.abc import Iterator, Sequence

from gis.names.duplicates import namesakes
from gis.names.namesakes.alike import alike_in
from gis.names.namesakes.grades import Grade
from gis.names.namesakes.keys import compared_part
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, register_rule
from layers.findings import Severity
from layers.text import Text

SERIES_M = 2000
"""A lane beside the road it is named after (青龙路, 青龙南街) is a series, which is how lanes are named."""

_LOOSE = frozenset({"residential", "building"})
"""Classes whose specific parts are few and whose generic parts tell names apart in daily use."""


@register_rule("same-specific")
def same_specific(cases: Sequence[Case], setting: RuleSetting) -> Iterator[tuple[int, Hit]]:
    """专名相同：专名一样，通名不同。

    What
    ----
    Finds names of one class inside the legal scope that share their specific part but not their generic part
    (青龙路, 青龙街; 中南村, 中南社区). Roads of one series (人民东路, 人民西路) are one name with two directions and
    are left alone.

    Why
    ---
    Art 9(8) of the regulation does not say how generic parts count; several cities (Tongling, Ningbo) go by the
    specific part alone. So the finding asks for a review; for residential areas and buildings, and for roads within
    2 km of each other, which are named in series, it is a note, unless the pack's parameter `same_by` is `specific`.

    Exceptions
    ----------
    Names given before the regulation of 2022; a village and the community of the same name, which is normal.
    """
    for own, by_grade in alike_in(cases, setting).items():
        others = [other for other, _ in by_grade.get(Grade.SAME_SPECIFIC, ())]
        if others:
            yield own, _hit(cases, own, others, loosely=setting.shared.get("same_by") != "specific")


def _hit(cases: Sequence[Case], own: int, others: Sequence[int], *, loosely: bool) -> Hit:
    case = cases[own]
    specific = compared_part(case)
    detail = namesakes(cases, own, others, grade=Grade.SAME_SPECIFIC)
    nearest = detail["namesakes"][0]["distance_m"]
    is_loose = case.segments.entity_class in _LOOSE or (nearest is not None and nearest <= SERIES_M)
    return Hit(
        word=specific,
        start=case.segments.specific_start,
        severity=Severity.NOTE if loosely and is_loose else None,
        applies=("village-and-community",) if case.segments.committee else (),
        detail=detail,
        message=Text(
            f"专名“{specific}”在范围内另有 {detail['namesake_count']} 处同类地名使用。",
            f"{detail['namesake_count']} more of the same class in scope have the specific part {specific}.",
        ),
    )
