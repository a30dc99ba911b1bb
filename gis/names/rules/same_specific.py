"""The same specific part with another generic part."""

from collections.abc import Hashable, Iterator, Sequence

from gis.names.duplicates import groups, namesakes
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, register_rule
from layers.findings import Severity
from layers.text import Text

SERIES_M = 2000
"""A lane beside the road it is named after (青龙路, 青龙南街) is a series, which is how lanes are named."""

_SHORT = 2
_LOOSE = frozenset({"residential", "building"})
"""Classes whose specific parts are few and whose generic parts tell names apart in daily use."""


@register_rule("same-specific")
def same_specific(cases: Sequence[Case], setting: RuleSetting) -> Iterator[tuple[int, Hit]]:
    """专名相同：专名一样，通名不同。

    What
    ----
    Finds names of one class inside the legal scope that share their specific part but not their generic part
    (青龙路, 青龙街). Roads of one series (人民东路, 人民西路) are one name with two directions and are left alone.

    Why
    ---
    Art 9(8) of the regulation does not say how generic parts count; several cities (Tongling, Ningbo) go by the
    specific part alone. So the finding asks for a review; for residential areas and buildings, and for roads within
    2 km of each other, which are named in series, it is a note.

    Exceptions
    ----------
    Names given before the regulation of 2022; a village and the community of the same name, which is normal.
    """
    del setting
    for members in groups(cases, _specific):
        for own in members:
            others = [at for at in members if _differs(cases[own], cases[at])]
            if others:
                yield own, _hit(cases, own, others)


def _specific(case: Case) -> Hashable | None:
    specific = case.segments.specific
    return specific if len(specific) >= _SHORT and case.segments.generic else None


def _differs(one: Case, other: Case) -> bool:
    mine, theirs = one.segments.generic, other.segments.generic
    in_series = mine[-1:] == theirs[-1:] and one.segments.entity_class == "road"
    return mine != theirs and not in_series


def _hit(cases: Sequence[Case], own: int, others: Sequence[int]) -> Hit:
    case = cases[own]
    detail = namesakes(cases, own, others)
    nearest = detail["namesakes"][0]["distance_m"]
    is_series = nearest is not None and nearest <= SERIES_M
    mixed = all(cases[at].segments.committee != case.segments.committee for at in others)
    return Hit(
        word=case.segments.specific,
        start=case.segments.specific_start,
        severity=Severity.NOTE if is_series or case.segments.entity_class in _LOOSE else None,
        applies=("village-and-community",) if mixed and case.segments.committee else (),
        detail=detail,
        message=Text(
            f"专名“{case.segments.specific}”在范围内另有 {detail['namesake_count']} 处同类地名使用。",
            f"{detail['namesake_count']} more of the same class in scope have the specific part "
            f"{case.segments.specific}.",
        ),
    )
