"""Where signs stand: near the road they name, and at the ends of the roads that need them."""

from collections.abc import Iterator

import numpy as np
import shapely

from gis.names.signs.limits import SignLimits
from gis.names.signs.register import NameRegister
from gis.names.signs.reported import AT_ENDS, PLACING, SIGNS, about
from gis.names.signs.streets import Floats, Ints, Shapes, Streets
from gis.names.signs.texts import SignText
from layers.findings import Finding, Severity, unjudged
from layers.text import Text, counted


def roads_named(signs: list[SignText], register: NameRegister | None, streets: Streets) -> list[str | None]:
    """Give for each sign the name of the road it is for; None for signs of anything else."""
    return [_road_of(sign, register, streets) for sign in signs]


def _road_of(sign: SignText, register: NameRegister | None, streets: Streets) -> str | None:
    entry = sign.entry(register) if register else None
    names = (sign.target, entry.standard if entry else "", entry.name if entry else "", sign.text)
    known = next((name for name in names if name and name in streets.known), None)
    if sign.kind == "road":
        return known or next((name for name in names if name), None)
    return known if not sign.kind and (entry is None or entry.entity_class == "road") else None


def check_standing(
    signs: list[SignText], roads: list[str | None], points: Shapes, streets: Streets, limits: SignLimits
) -> list[Finding]:
    """Find signs far from their road and roads that lack signs.

    What
    ----
    A street sign farther from every road of its name than the profile's limit; a road of a class and length that
    needs signs and has none; one end of a signed road without a sign (a note).

    Why
    ---
    A sign in the wrong place misleads; streets are signed at both ends and at crossings.

    Source
    ------
    宁波市地名管理条例 art. 24 (wrong position is a defect); 上海市地名管理条例 art. 33(3); elsewhere unverified.
    """
    street, metres = streets.nearest(roads, points)
    return [
        *_far(signs, metres, limits),
        *_unplaced(roads, streets),
        *_unsigned(street, metres, points, streets, limits),
    ]


def _far(signs: list[SignText], metres: Floats, limits: SignLimits) -> Iterator[Finding]:
    for at in np.flatnonzero(metres > limits.sign_road_max_m).tolist():
        sign, away = signs[at], round(float(metres[at]))
        message = Text(
            f"标志“{sign.text or sign.target}”距同名道路最近处约 {away} 米（允许 {limits.sign_road_max_m:g} 米）："
            "位置不当，或坐标有误。",
            f"Sign {sign.text or sign.target!r} stands about {away} m from the nearest road of its name (limit"
            f" {limits.sign_road_max_m:g} m): wrongly placed, or wrong coordinates.",
        )
        yield about(
            SIGNS,
            sign.feature,
            "far-from-road",
            Severity.REVIEW,
            message,
            citation=PLACING,
            distance_m=away,
            allowed_m=limits.sign_road_max_m,
        )


def _unplaced(roads: list[str | None], streets: Streets) -> Iterator[Finding]:
    absent = sorted({name for name in roads if name and name not in streets.known})
    if absent:
        count = sum(1 for name in roads if name in set(absent))
        message = Text(
            f"{count} 块路名牌所指的道路不在“道路”图层中（{'、'.join(absent[:5])}{'…' if len(absent) > 5 else ''}）"  # noqa: PLR2004
            "，位置无法检查。",
            f"The roads of {counted(count, 'sign')} are not in the road layer ({', '.join(absent[:5])}): place "
            "unchecked.",
        )
        yield unjudged("signs.road-unknown", SIGNS, message, category="标志", names=absent[:50], count=count)


def _unsigned(
    street: Ints, metres: Floats, points: Shapes, streets: Streets, limits: SignLimits
) -> Iterator[Finding]:
    near = (street >= 0) & (metres <= limits.sign_road_max_m)
    signed = np.bincount(street[near], minlength=len(streets.names)) > 0
    least = np.array([limits.road_min_m.get(str(one), np.inf) for one in streets.classes])
    for at in np.flatnonzero(streets.lengths_m >= least).tolist():
        if not signed[at]:
            yield _without_sign(streets, at)
            continue
        course = streets.courses[at]
        if course is None:
            continue
        mine = points[near & (street == at)]
        for end in (0, -1):
            spot = shapely.get_point(course, end)
            if float(shapely.distance(mine, spot).min()) > limits.sign_end_m:
                yield _without_end(streets, at, spot, limits)


def _without_sign(streets: Streets, at: int) -> Finding:
    name, length = str(streets.names[at]), round(float(streets.lengths_m[at]))
    message = Text(
        f"道路“{name}”（约 {length} 米）没有路名牌。", f"Road {name!r} (about {length} m) has no sign."
    )
    feature = (str(streets.ids[at]), name)
    return about(
        "road",
        feature,
        "road-unsigned",
        Severity.REVIEW,
        message,
        citation=AT_ENDS,
        length_m=length,
        right_text=name,
    )


def _without_end(streets: Streets, at: int, spot: object, limits: SignLimits) -> Finding:
    name = str(streets.names[at])
    x, y = (round(float(one)) for one in (shapely.get_x(spot), shapely.get_y(spot)))
    message = Text(
        f"道路“{name}”有一端 {limits.sign_end_m:g} 米内没有路名牌。",
        f"Road {name!r} has no sign within {limits.sign_end_m:g} m of one of its ends.",
    )
    feature = (str(streets.ids[at]), name)
    return about(
        "road",
        feature,
        "road-end-unsigned",
        Severity.NOTE,
        message,
        citation=AT_ENDS,
        subject=f"{x},{y}",
        within_m=limits.sign_end_m,
    )
