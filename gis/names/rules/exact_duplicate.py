"""The same name twice inside its legal scope."""

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any

from gis.names.duplicates import namesakes
from gis.names.nameless import is_nameless
from gis.names.namesakes.alike import alike_in
from gis.names.namesakes.grades import Grade
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, register_rule
from layers.findings import Severity
from layers.text import Text

SAME_PLACE_M = 600
"""Two residential areas of one name this close are most likely parts of one estate."""

SAME_ROAD_M = 3000
"""Pieces of a road of one name this close may well be one road with a gap in the data."""


@register_rule("exact-duplicate")
def exact_duplicate(cases: Sequence[Case], setting: RuleSetting) -> Iterator[tuple[int, Hit]]:
    """重名：同类地名在法定范围内完全相同。

    What
    ----
    Finds names of one class that are written the same inside the scope of the law, after prefix, body and branch are
    taken off and segments of one road are merged. Residential areas of one name within 600 m of each other are
    taken as parts of one estate, and labels that are no names (16, 保安室) may well occur again: a note; roads of
    one name within 3 km may be one road with a gap: a review.
    Sections of one estate (东区, 西区) are not compared; a village and the community of one name are the business
    of `names.same-specific`.

    Why
    ---
    Art 9(7) and 9(8) of the regulation: no same names among townships of a province, committee seats of a county,
    roads, residential areas and buildings of one built-up area. The built-up area is approximated by the county-level
    division, and the evidence says so.

    Exceptions
    ----------
    Names given before the regulation of 2022 (existing villages always): change only what has to be changed.
    """
    for own, by_grade in alike_in(cases, setting).items():
        others = [other for other, _ in by_grade.get(Grade.EXACT, ())]
        if others:
            yield own, _hit(cases[own], namesakes(cases, own, others, grade=Grade.EXACT))


def _hit(case: Case, detail: Mapping[str, Any]) -> Hit:
    stem, count = case.segments.stem, detail["namesake_count"]
    return Hit(
        word=stem,
        start=case.segments.specific_start,
        severity=_weakened(case, detail),
        detail=detail,
        message=Text(
            f"范围内另有 {count} 处同类地名也叫“{stem}”。",
            f"{count} more of the same class in scope are called {stem}.",
        ),
    )


def _weakened(case: Case, detail: Mapping[str, Any]) -> Severity | None:
    """Weaken what is no name, and what is likely one thing in two pieces: parts of an estate, a road with a gap."""
    if is_nameless(case.segments):
        return Severity.NOTE
    distances = [one["distance_m"] for one in detail["namesakes"]]
    farthest = max((inf if far is None else far for far in distances), default=inf)
    if case.segments.entity_class in {"residential", "building"} and farthest <= SAME_PLACE_M:
        return Severity.NOTE
    return Severity.REVIEW if case.segments.entity_class == "road" and farthest <= SAME_ROAD_M else None
