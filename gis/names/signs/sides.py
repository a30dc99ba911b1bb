"""Numbers along a street: far from it, out of order, on the wrong side."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from gis.names.signs.limits import SignLimits
from gis.names.signs.plates import Plates
from gis.names.signs.reported import NUMBERING, PLACING, PLATES, SIDES, about
from gis.names.signs.streets import Floats, Ints, Streets, along_and_off
from layers.findings import Finding, Severity, unjudged
from layers.text import Text, counted

_FEW, _ENOUGH = 6, 10
"""Plates from which a street shows a direction, and from which it shows a habit of sides."""
_CLEAR_ORDER, _NO_ORDER = 0.6, 0.3
_MOSTLY = 0.8
_OFF_CENTRE_M = 2.0
_SIDE_WORDS = {"left": Text("左", "left"), "right": Text("右", "right")}


@dataclass(frozen=True, slots=True)
class _Row:
    """The plates of one street: positions, numbers, metres along the way numbers rise, metres off to the left."""

    street: int
    at: Ints
    main: Ints
    along: Floats
    off: Floats
    order: float


def check_sides(plates: Plates, streets: Streets, limits: SignLimits) -> list[Finding]:
    """Find plates far from their street, out of order along it, or on the wrong side of it.

    What
    ----
    The way numbers rise is taken from the plates themselves. Numbers of one side that do not rise along the street;
    odd and even numbers on the wrong side by the local rule of the profile. A street that is numbered the other way
    round as a whole is one note, and its plates are held to its own habit; a street with both mixed is one review.
    Streets that fork or ring have no plain course: their order is unknown.

    Why
    ---
    People and ambulances count on numbers that rise and on odd and even sides.

    Source
    ------
    宁波市地名管理条例 art. 23 (a set order); sides are local rules, unverified, in ``plate_odd_side``.
    """
    found = [*_far(plates, limits), *_unplaced(plates, streets)]
    near = plates.is_door & (plates.street >= 0) & (plates.metres <= limits.plate_street_max_m)
    usable = np.flatnonzero(near & (plates.main > 0))
    usable = usable[np.lexsort((plates.main[usable], plates.street[usable]))]
    rows, without_course = _rows(plates, streets, usable)
    for row in rows:
        found += _order(plates, streets, row, limits)
        found += _sides(plates, streets, row, limits)
    if without_course:
        found.append(_courses_unknown(streets, without_course))
    return found


def _rows(plates: Plates, streets: Streets, usable: Ints) -> tuple[list[_Row], list[int]]:
    """Measure the plates of every street with a plain course and enough plates."""
    numbers, first, count = np.unique(plates.street[usable], return_index=True, return_counts=True)
    rows, without_course = [], []
    for street, start, many in zip(numbers.tolist(), first.tolist(), count.tolist(), strict=True):
        if many < _FEW:
            continue
        course = streets.courses[street]
        if course is None:
            without_course.append(street)
            continue
        at = usable[start : start + many]
        along, off = along_and_off(np.full(many, course, dtype=object), plates.points[at])
        main = plates.main[at]
        order = _rising(main, along)
        turn = 1.0 if order >= 0 else -1.0
        rows.append(_Row(street, at, main, along * turn, off * turn, abs(order)))
    return rows, without_course


def _rising(main: Ints, along: Floats) -> float:
    """Say how well numbers rise along the street, each side by itself: 1 always, -1 they fall, 0 no order."""
    sides = [main % 2 == parity for parity in (0, 1)]
    weights = np.array([max(int(side.sum()) - 1, 0) for side in sides], dtype=float)
    orders = np.array([_rank_correlation(main[side], along[side]) for side in sides])
    return float((orders * weights).sum() / weights.sum()) if weights.sum() else 0.0


def _rank_correlation(one: Ints, other: Floats) -> float:
    """Correlate two orders; 0 when one of them has no order."""
    if len(one) < 2:  # noqa: PLR2004 - two make an order
        return 0.0
    ranks = [np.unique(values, return_inverse=True)[1].astype(float) for values in (one, other)]
    if any(float(rank.std()) == 0 for rank in ranks):
        return 0.0
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def _far(plates: Plates, limits: SignLimits) -> Iterator[Finding]:
    for at in np.flatnonzero(plates.metres > limits.plate_street_max_m).tolist():
        away = round(float(plates.metres[at]))
        message = Text(
            f"门牌“{plates.name(at)}”距所在道路约 {away} 米（允许 {limits.plate_street_max_m:g} 米）：路名或坐标有误。",
            f"Plate {plates.name(at)!r} is about {away} m from its street (limit {limits.plate_street_max_m:g} m):"
            " wrong street, or wrong coordinates.",
        )
        yield about(
            PLATES,
            plates.feature(at),
            "plate-far",
            Severity.REVIEW,
            message,
            citation=PLACING,
            distance_m=away,
            allowed_m=limits.plate_street_max_m,
        )


def _unplaced(plates: Plates, streets: Streets) -> Iterator[Finding]:
    names = {str(one) for one in np.unique(plates.street_name[plates.is_door].astype(str))} - streets.known
    if names:
        count = int(np.isin(plates.street_name[plates.is_door].astype(str), list(names)).sum())
        message = Text(
            f"{count} 块门牌所在的 {len(names)} 条道路不在“道路”图层中，号序和方位无法检查。",
            f"{counted(len(names), 'street')} of {counted(count, 'plate')} cannot be found in the road layer: "
            "order and sides are unchecked.",
        )
        yield unjudged(
            "signs.plate-street-unknown",
            PLATES,
            message,
            category="标志",
            names=sorted(names)[:50],
            count=count,
        )


def _courses_unknown(streets: Streets, without_course: list[int]) -> Finding:
    names = sorted({str(streets.names[one]) for one in without_course})
    message = Text(
        f"{len(names)} 条道路分岔或成环，走向不明，门牌号序和方位无法检查（{'、'.join(names[:5])}…）。",
        f"{counted(len(names), 'street forks or rings', 'streets fork or ring')}: the order and sides of their "
        "plates are unchecked"
        f" ({', '.join(names[:5])} …).",
    )
    return unjudged(
        "signs.plate-course-unknown",
        PLATES,
        message,
        category="标志",
        names=names[:50],
        count=len(without_course),
    )


def _order(plates: Plates, streets: Streets, row: _Row, limits: SignLimits) -> Iterator[Finding]:
    if row.order < _NO_ORDER and len(row.at) >= _ENOUGH:
        name = str(streets.names[row.street])
        message = Text(
            f"“{name}”的门牌号码沿道路没有次序，请核对。", f"The numbers of {name} follow no order along it."
        )
        yield about(
            PLATES,
            (str(min(plates.ids[row.at])), name),
            "plate-order-none",
            Severity.REVIEW,
            message,
            citation=NUMBERING,
            count=len(row.at),
        )
    if row.order < _CLEAR_ORDER:
        return
    for parity in (0, 1):
        mine = np.flatnonzero(row.main % 2 == parity)
        mine = mine[np.lexsort((row.along[mine], row.main[mine]))]
        for one in _misplaced(row.along[mine], limits.order_slack_m):
            at = int(row.at[mine[one]])
            message = Text(
                f"门牌“{plates.name(at)}”与同侧前后号码次序不符（沿道路错位）。",
                f"Plate {plates.name(at)!r} is out of order with its neighbours on that side.",
            )
            yield about(
                PLATES,
                plates.feature(at),
                "plate-order",
                Severity.REVIEW,
                message,
                citation=NUMBERING,
                chainage_m=round(float(abs(row.along[mine[one]])), 1),
            )


def _misplaced(along: Floats, slack_m: float) -> list[int]:
    """Give the positions that have to move so that all values rise: outside the longest rising run, beyond slack."""
    tails: list[float] = []
    ends: list[int] = []
    before = [-1] * len(along)
    for at, value in enumerate(along.tolist()):
        place = bisect_right(tails, value)
        before[at] = ends[place - 1] if place else -1
        tails[place : place + 1], ends[place : place + 1] = [value], [at]
    kept = np.zeros(len(along), dtype=bool)
    at = ends[-1] if ends else -1
    while at >= 0:
        kept[at] = True
        at = before[at]
    least = np.maximum.accumulate(np.where(kept, along, -np.inf))
    most = np.minimum.accumulate(np.where(kept, along, np.inf)[::-1])[::-1]
    wrong = ~kept & ((along < least - slack_m) | (along > most + slack_m))
    return [int(one) for one in np.flatnonzero(wrong)]


def _sides(plates: Plates, streets: Streets, row: _Row, limits: SignLimits) -> Iterator[Finding]:
    if row.order < _CLEAR_ORDER:
        return
    seen = np.abs(row.off) >= _OFF_CENTRE_M
    left = np.where(seen, row.off > 0, plates.side[row.at] == "left")
    known = seen | np.isin(plates.side[row.at].astype(str), ["left", "right"])
    odd_left = limits.odd_side == "left"
    right = left == ((row.main % 2 == 1) == odd_left)
    share = float(right[known].mean()) if known.any() else 1.0
    if known.sum() >= _ENOUGH and share <= 1 - _MOSTLY:
        yield _whole_street(plates, streets, row, "plate-sides-reversed", Severity.NOTE, share)
        right, odd_left = ~right, not odd_left
    elif known.sum() >= _ENOUGH and share < _MOSTLY:
        yield _whole_street(plates, streets, row, "plate-sides-mixed", Severity.REVIEW, share)
        return
    for one in np.flatnonzero(known & ~right).tolist():
        yield _wrong_side(plates, int(row.at[one]), odd_left=odd_left)


def _wrong_side(plates: Plates, at: int, *, odd_left: bool) -> Finding:
    is_odd = bool(plates.main[at] % 2)
    should = _SIDE_WORDS["left" if is_odd == odd_left else "right"]
    message = Text(
        f"门牌“{plates.name(at)}”是{'单' if is_odd else '双'}号，应在{should.zh}侧（面向号码增大的方向），"
        "实际在另一侧。",
        f"Plate {plates.name(at)!r} is {'odd' if is_odd else 'even'} and belongs on the {should.en} (looking the way"
        " numbers rise), but stands on the other side.",
    )
    return about(
        PLATES,
        plates.feature(at),
        "plate-side",
        Severity.REVIEW,
        message,
        citation=SIDES,
        side=should.en,
        distance_m=round(float(plates.metres[at]), 1),
    )


_WHOLE = {
    "plate-sides-reversed": Text(
        "的门牌整体与规则方位相反，按其自身习惯检查",
        " is numbered the other way round; held to its own habit",
    ),
    "plate-sides-mixed": Text("两侧单双号混排", " has odd and even numbers on both sides"),
}


def _whole_street(
    plates: Plates, streets: Streets, row: _Row, code: str, severity: Severity, share: float
) -> Finding:
    name, said = str(streets.names[row.street]), _WHOLE[code]
    return about(
        PLATES,
        (str(min(plates.ids[row.at])), name),
        code,
        severity,
        Text(f"“{name}”{said.zh}。", f"{name}{said.en}."),
        citation=SIDES,
        share=round(share, 2),
        count=len(row.at),
    )
