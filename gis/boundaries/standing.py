"""Checks of place: distance to the line, both banks, order of the serials, faces and triple markers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np
import numpy.typing as npt

from gis.boundaries.courses import Course
from gis.boundaries.ordering import in_order
from gis.boundaries.placement import Place, allowed_m
from gis.boundaries.register import CATEGORY, LINES, NUMBERING, WORKING_VALUE, about, structure_of
from gis.boundaries.tolerances import Tolerances
from layers.findings import Finding, Severity
from layers.text import Text

_FEWEST_PAIRS = 3
"""Fewer pairs than this do not show which bank is A's."""

Group = tuple[Place, ...]
Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]


def check_standing(places: Sequence[Place], tolerances: Tolerances) -> list[Finding]:
    """Check where the markers stand; ``places`` as ``places_of`` gives them."""
    found = [finding for place in places for finding in _off_line(place, tolerances)]
    found += [finding for place in places for finding in _faces(place, tolerances)]
    found += [finding for place in places for finding in _triple(place, tolerances)]
    for _, on_line in groupby(places, key=lambda place: place.course.line_number):
        near = _by_serial([place for place in on_line if place.is_near(tolerances)])
        found += [finding for group in near.values() for finding in _banks(group)]
        found += _swapped(near)
        found += _order(near, tolerances)
    return found


def _by_serial(places: Sequence[Place]) -> Mapping[int, Group]:
    groups: dict[int, list[Place]] = {}
    for place in places:
        if place.marker.serial is not None:
            groups.setdefault(place.marker.serial, []).append(place)
    return {serial: tuple(groups[serial]) for serial in sorted(groups)}


def _off_line(place: Place, tolerances: Tolerances) -> Iterator[Finding]:
    if place.is_near(tolerances):
        return
    allowed = allowed_m(place.marker, tolerances)
    message = Text(
        f"界桩“{place.marker.label}”距界线“{place.course.name}”{place.distance_m:.0f}米，超过{allowed:g}米。"
        "请核对坐标和坐标系，或实地查看是否移位。",
        f"Marker {place.marker.label!r} is {place.distance_m:.0f} m from line {place.course.name}, over {allowed:g} m."
        " Check its coordinates and their system, or see on the ground whether it was moved.",
    )
    evidence = {
        "line_number": place.course.line_number,
        "distance_m": round(place.distance_m, 1),
        "allowed_m": allowed,
        "chainage_m": round(place.chainage_m),
    }
    yield about(
        place.marker, "off-line", Severity.SUSPECT, message, citation=WORKING_VALUE, evidence=evidence
    )


def _faces(place: Place, tolerances: Tolerances) -> Iterator[Finding]:
    """Markers have two faces, at a meeting of three units three; a lone line's end may be such a meeting."""
    marker = place.marker
    if marker.faces is None or structure_of(marker) == "triple":
        return
    at_end = place.to_end_m <= tolerances.junction_m
    right = {3} if place.lines_meeting > 1 else ({2, 3} if at_end else {2})
    if marker.faces in right:
        return
    want = "或".join(str(faces) for faces in sorted(right))
    message = Text(
        f"界桩“{marker.label}”登记为{marker.faces}面，按所在位置应为{want}面（一般两面，三交点三面）。请核对。",
        f"Marker {marker.label!r} is registered with {marker.faces} faces; where it stands it should have"
        f" {want.replace('或', ' or ')} (two as a rule, three where three units meet).",
    )
    evidence = {"faces": marker.faces, "expected": sorted(right), "lines_meeting": place.lines_meeting}
    yield about(marker, "faces", Severity.REVIEW, message, citation=NUMBERING, evidence=evidence)


def _triple(place: Place, tolerances: Tolerances) -> Iterator[Finding]:
    """Find triple markers far from the ends of their line: they belong where three units meet."""
    reach = tolerances.group_m
    if structure_of(place.marker) != "triple" or place.to_end_m <= reach:
        return
    message = Text(
        f"同号三立界桩“{place.marker.label}”距界线端点{place.to_end_m:.0f}米。三立界桩应在三方交会处，请核对。",
        f"Triple marker {place.marker.label!r} is {place.to_end_m:.0f} m from the end of its line; triple markers stand"
        " where three units meet.",
    )
    to_end = None if np.isinf(place.to_end_m) else round(place.to_end_m, 1)
    evidence = {"line_number": place.course.line_number, "to_end_m": to_end, "allowed_m": reach}
    yield about(
        place.marker, "triple-place", Severity.SUSPECT, message, citation=NUMBERING, evidence=evidence
    )


def _pair(group: Group) -> tuple[Place, Place] | None:
    """Give the one A and the one B of a serial, or None when there is not exactly one of each."""
    members = {letter: [p for p in group if p.marker.type_code == letter] for letter in "AB"}
    if len(members["A"]) == len(members["B"]) == 1:
        return members["A"][0], members["B"][0]
    return None


def _banks(group: Group) -> Iterator[Finding]:
    pair = _pair(group)
    if pair is None or pair[0].side * pair[1].side < 0:
        return
    first, second = pair
    message = Text(
        f"同号双立界桩“{first.marker.label}”与“{second.marker.label}”没有分立界线两侧，请核对坐标。",
        f"The double markers {first.marker.label!r} and {second.marker.label!r} do not stand on opposite sides of the"
        " line: check their coordinates.",
    )
    yield about(
        first.marker,
        "pair-same-side",
        Severity.SUSPECT,
        message,
        citation=NUMBERING,
        evidence={
            "ids": [first.marker.id, second.marker.id],
            "offset_m": [round(first.offset_m, 1), round(second.offset_m, 1)],
        },
        subject=second.marker.id,
    )


def _swapped(groups: Mapping[int, Group]) -> Iterator[Finding]:
    """Find pairs with A on the other bank than the line's other pairs: A is the side of the smaller code."""
    pairs = [pair for group in groups.values() if (pair := _pair(group)) and pair[0].side * pair[1].side < 0]
    sides = Counter(pair[0].side for pair in pairs)
    if len(pairs) < _FEWEST_PAIRS or sides[1] == sides[-1]:
        return
    usual = max(sides, key=lambda side: sides[side])
    for first, second in pairs:
        if first.side == usual:
            continue
        message = Text(
            f"界线“{first.course.name}”的{first.marker.serial:03d}号双立界桩A、B似乎互换：同线其他{sides[usual]}对的A都在另一侧。"
            "请核对编号和坐标。",
            f"A and B of number {first.marker.serial:03d} on line {first.course.name} seem exchanged: the A of"
            f" {sides[usual]} other pairs stands on the other side.",
        )
        yield about(
            first.marker,
            "pair-exchanged",
            Severity.SUSPECT,
            message,
            citation=NUMBERING,
            evidence={"ids": [first.marker.id, second.marker.id], "pairs_the_other_way": sides[usual]},
            subject=second.marker.id,
        )


def _order(groups: Mapping[int, Group], tolerances: Tolerances) -> Iterator[Finding]:
    """Compare serials with chainage; the fewest markers that explain the disorder are named."""
    if len(groups) < 2:  # noqa: PLR2004 - one marker is always in order
        return
    course = next(iter(groups.values()))[0].course
    if course.heading == "closed":
        yield _closed(course)
        return
    serials = list(groups)
    along = np.array([np.mean([place.chainage_m for place in group]) for group in groups.values()])
    forward = in_order(along, slack=tolerances.order_m)
    backward = in_order(-along, slack=tolerances.order_m)
    kept = forward
    if backward.sum() > forward.sum():
        kept = backward
        if not course.reverse_is_possible:
            yield _against_the_rule(course)
    for at in np.flatnonzero(~kept):
        yield _out_of_order(
            groups[serials[at]][0], float(along[at]), _neighbours(serials, along, kept, int(at))
        )


def _neighbours(serials: Sequence[int], along: Floats, kept: Marks, at: int) -> Mapping[str, float]:
    """Chainage of the nearest serials before and after that are in order, by serial."""
    before = [i for i in range(at) if kept[i]][-1:]
    after = [i for i in range(at + 1, len(serials)) if kept[i]][:1]
    return {f"{serials[i]:03d}": round(float(along[i])) for i in (*before, *after)}


def _out_of_order(place: Place, chainage_m: float, neighbours: Mapping[str, float]) -> Finding:
    beside = "、".join(f"{serial}号在{at:.0f}米" for serial, at in neighbours.items())
    beside_en = ", ".join(f"{serial} at {at:.0f} m" for serial, at in neighbours.items())
    message = Text(
        f"界桩“{place.marker.label}”沿界线“{place.course.name}”在{chainage_m:.0f}米处，与序号不符（{beside}）。请核对编号或坐标。",
        f"Marker {place.marker.label!r} stands at {chainage_m:.0f} m along line {place.course.name}, out of the"
        f" order of the serials ({beside_en}): check its number or its coordinates.",
    )
    return about(
        place.marker,
        "serial-order",
        Severity.SUSPECT,
        message,
        citation=NUMBERING,
        evidence={
            "line_number": place.course.line_number,
            "chainage_m": round(chainage_m),
            "neighbours_m": dict(neighbours),
        },
        subject=f"{place.course.line_number}{place.marker.serial:03d}",
    )


def _closed(course: Course) -> Finding:
    message = Text(
        f"界线“{course.name}”首尾相接，没有起点，无法判断界桩序号的顺序。",
        f"Line {course.name} is closed and has no beginning, so the order of its serials is unknown.",
    )
    return _of_line(course, "serial-order-unknown", Severity.UNKNOWN, message)


def _against_the_rule(course: Course) -> Finding:
    message = Text(
        f"界线“{course.name}”的界桩序号与自西向东或自北向南的编号方向相反。请核对登记表。",
        f"The serials of line {course.name} run against the rule, west to east or north to south: see the register.",
    )
    return _of_line(course, "serial-direction", Severity.REVIEW, message)


def _of_line(course: Course, code: str, severity: Severity, message: Text) -> Finding:
    return Finding(
        code=f"boundaries.{code}",
        severity=severity,
        layer_id=LINES,
        feature_id=course.feature_ids[0],
        feature_name=course.name,
        message=message,
        citation=NUMBERING,
        category=CATEGORY,
        evidence={"line_number": course.line_number, "heading": course.heading},
    )
