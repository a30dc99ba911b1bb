"""All remedies of all gaps of one question, found together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gis.coverage.gaps.effects import Shortfall
from gis.coverage.gaps.enlarging import enlargements
from gis.coverage.gaps.judged import Judged
from gis.coverage.gaps.places import (
    Offers,
    delivering_facilities,
    homes_to_build_at,
    standing_places,
    waiting_facilities,
)
from gis.coverage.gaps.remedies import (
    Remedy,
    crossings,
    data_remedy,
    deliveries,
    in_order,
    placed_remedies,
)
from gis.coverage.situation import travel_m
from layers.text import Text

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from gis.kernels.arrays import Ints
    from layers.norms import NormValue
    from layers.workspace import Workspace

DELIVERY = ("hot_meal_minutes", "e_bike_speed_middle_m_s")
"""Norms of how far a meal travels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Remedies of each gap in order, best first, with what had to be assumed and the norms used."""

    remedies: tuple[tuple[Remedy, ...], ...]
    notes: tuple[Text, ...] = ()
    norms: tuple["NormValue", ...] = ()


def remedies_of(workspace: "Workspace", judged: Judged, shortfall: Shortfall, codes: Sequence[str]) -> Found:
    """Find the remedies of every gap.

    Parameters
    ----------
    shortfall
        What each gap lacks, over all points of demand.
    codes
        (n_gaps,) reason code of each gap.
    """
    if not codes:
        return Found(remedies=())
    points = np.flatnonzero(shortfall.weight > 0)
    unit, plan = judged.demand.unit_of_measure, judged.plan
    some = [
        *_placed(workspace, judged, shortfall, points),
        crossings(judged.outcome.severed, shortfall, unit),
    ]
    some.append(enlargements(judged, shortfall.at(points), points))
    norms: tuple[NormValue, ...] = ()
    if plan.definition.id == "C2" and "delivers" in judged.supply.frame:
        norms = tuple(judged.situation.profile.value(one, on=plan.on) for one in DELIVERY)
        some.append(_delivered(judged, shortfall, points))
    some.append({gap: one for gap, code in enumerate(codes) if (one := data_remedy(code))})
    several = [in_order([one[gap] for one in some if gap in one]) for gap in range(len(codes))]
    return Found(remedies=tuple(several), notes=_notes(judged), norms=norms)


def _placed(
    workspace: "Workspace", judged: Judged, shortfall: Shortfall, points: "Ints"
) -> list[dict[int, Remedy]]:
    """Try every kind of place that would serve by standing there."""
    plan, open_ = judged.plan, shortfall.at(points)
    asked, layer = plan.request, judged.situation.layer
    closed = tuple(one.id for one in asked.changes if one.action == "close")
    offers = (
        waiting_facilities(layer, judged.supply, on=plan.on, filters=asked.filters, closed=closed),
        standing_places(workspace, asked.layer_id, on=plan.on),
        homes_to_build_at(judged.demand.lon[points], judged.demand.lat[points], open_),
    )
    unit, estimate = judged.demand.unit_of_measure, plan.definition.id in _ESTIMATED
    reach = _reach(judged, points)
    return [placed_remedies(one, reach, open_, unit, estimate=estimate) for one in offers]


_ESTIMATED = ("C3", "C7", "C8")
"""Definitions whose figures a new place changes in more ways than by reaching people."""


def _reach(judged: Judged, points: "Ints") -> "Callable[[Offers], csr_matrix]":
    def inside(offers: Offers) -> "csr_matrix":
        return judged.holding(offers.lon, offers.lat, offers.codes, points)

    def near(offers: Offers) -> "csr_matrix":
        return travel_m(some, offers.lon, offers.lat, limit_m=judged.plan.limits_m[judged.plan.main])

    some = judged.only(points)
    return inside if judged.by_units else near


def _delivered(judged: Judged, shortfall: Shortfall, points: "Ints") -> dict[int, Remedy]:
    offers = delivering_facilities(judged.supply)
    minutes, speed = (judged.situation.profile.number(one, on=judged.plan.on) for one in DELIVERY)
    table = travel_m(judged.only(points), offers.lon, offers.lat, limit_m=minutes * 60.0 * speed)
    return deliveries(offers, table, shortfall.at(points), judged.demand.unit_of_measure)


def _notes(judged: Judged) -> tuple[Text, ...]:
    notes = [
        Text(
            "补救办法按投入由少到多逐项试算（次序见 data/vocabularies/remedy.toml，可改）："
            "能使单元达到“已覆盖”的第一项列为首选；都不能时列增加人数最多的一项并注明。每项单独计算，不叠加。",
            "Remedies are tried from little to much effort (the order is in data/vocabularies/remedy.toml and may be "
            "edited): the first that makes the unit count as covered comes first; where none does, the one that adds "
            "most people, marked as partial. Each is reckoned alone.",
        )
    ]
    if judged.plan.definition.id in _ESTIMATED:
        notes.append(
            Text(
                "这一覆盖定义下，新增地点的人数是估算：只按距离计，未计容量和用地形状。",
                "Under this definition the people a place adds are an estimate by distance, without capacity and the "
                "shape of land.",
            )
        )
    return tuple(notes)
