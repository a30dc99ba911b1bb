"""The same name twice inside its legal scope."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from math import inf
from typing import Any

from gis.names.duplicates import groups, namesakes
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
    taken as parts of one estate: a note; roads of one name within 3 km may be one road with a gap: a review.
    Sections of one estate (东区, 西区) are not compared.

    Why
    ---
    Art 9(7) and 9(8) of the regulation: no same names among townships of a province, committee seats of a county,
    roads, residential areas and buildings of one built-up area. The built-up area is approximated by the county-level
    division, and the evidence says so.

    Exceptions
    ----------
    Names given before the regulation of 2022 (existing villages always): change only what has to be changed; a
    village and the community of the same name.
    """
    del setting
    for members in groups(cases, _written):
        for own in members:
            detail = namesakes(cases, own, members)
            yield own, _hit(cases[own], detail, same_body=_same_body(cases, own, members))


def _written(case: Case) -> Hashable | None:
    stem = case.segments.stem
    return (stem, case.segments.section) if stem else None


def _same_body(cases: Sequence[Case], own: int, members: Sequence[int]) -> bool:
    kind = cases[own].segments.committee
    return any(cases[other].segments.committee == kind for other in members if other != own)


def _hit(case: Case, detail: Mapping[str, Any], *, same_body: bool) -> Hit:
    stem, count = case.segments.stem, detail["namesake_count"]
    return Hit(
        word=stem,
        start=case.segments.specific_start,
        severity=_weakened(case, detail),
        applies=() if same_body else ("village-and-community",),
        detail=detail,
        message=Text(
            f"范围内另有 {count} 处同类地名也叫“{stem}”。",
            f"{count} more of the same class in scope are called {stem}.",
        ),
    )


def _weakened(case: Case, detail: Mapping[str, Any]) -> Severity | None:
    """Weaken what is likely one thing in two pieces: parts of an estate, a road with a gap."""
    distances = [one["distance_m"] for one in detail["namesakes"]]
    farthest = max((inf if far is None else far for far in distances), default=inf)
    if case.segments.entity_class in {"residential", "building"} and farthest <= SAME_PLACE_M:
        return Severity.NOTE
    return Severity.REVIEW if case.segments.entity_class == "road" and farthest <= SAME_ROAD_M else None
