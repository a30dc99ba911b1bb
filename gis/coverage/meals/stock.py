"""Candidates for new points and kitchens: stock, a layer or a grid; which of them cook themselves."""

from typing import TYPE_CHECKING

import numpy as np

from gis.coverage.meals.request import MealRequest
from gis.coverage.next_sites.candidates import Candidates, plane
from gis.coverage.offering import candidates_from
from gis.coverage.situation import Situation
from gis.kernels.arrays import Flags
from layers.text import Text, counted

if TYPE_CHECKING:
    from layers.workspace import Workspace

_COOKS = {"care_facility": "care_home", "point_of_interest": "restaurant"}
"""Kind of place, by layer, that has a kitchen of its own."""
_MOST_KITCHENS, _MOST_POINTS = 15, 3000


def candidates_for(workspace: "Workspace", request: MealRequest, here: Situation) -> tuple[Candidates, Flags]:
    """Take candidates for new points, and tell which of them cook themselves: care homes and restaurants of the stock.

    Raises
    ------
    InputError
        When none can be used, or there are more than 3,000.
    NotFoundError
        When a layer has no data, or no layer of stock has.
    """
    found = candidates_from(
        workspace,
        here,
        request.candidates,
        spacing_m=request.spacing_m,
        exclude=request.exclude,
        most=_MOST_POINTS,
    )
    found = found.taken(
        np.flatnonzero(
            [not (one and layer == "shelter") for one, layer in zip(found.stock, found.layers, strict=True)]
        )
    )
    cooks = _cooking(workspace, found)
    return found.taken(np.arange(len(found)), *_said(cooks)), cooks


def _cooking(workspace: "Workspace", found: Candidates) -> Flags:
    able: set[str] = set()
    for layer_id, kind in _COOKS.items():
        layer = workspace.layer_or_none(layer_id)
        if layer is not None:
            able |= {f"{layer_id}:{one}" for one in layer.frame["id"][layer.frame["kind"] == kind]}
    return np.asarray(found.stock & np.array([one in able for one in found.ids], bool))


def _said(cooks: Flags) -> list[Text]:
    if not cooks.any():
        return []
    count = int(cooks.sum())
    return [
        Text(
            f"存量候选中 {count} 处养老机构和餐馆按自己做饭计，其余由厨房供餐；是否有证照、愿不愿意，须现场核实。",
            f"Of the stock {count} care homes and restaurants count as cooking themselves, the others as supplied; "
            "whether they are licensed and willing has to be asked there.",
        )
    ]


def spread_out(found: Candidates) -> Candidates:
    """Keep at most 15 candidates for kitchens, far from each other: kitchens supply far, so near ones are alike."""
    if len(found) <= _MOST_KITCHENS:
        return found
    x, y = plane(found.lon, found.lat)
    chosen, away = np.zeros(len(x), bool), np.full(len(x), np.inf)
    one = int(np.argmin(np.hypot(x - x.mean(), y - y.mean())))
    for _ in range(_MOST_KITCHENS):
        chosen[one] = True
        away = np.minimum(away, np.hypot(x - x[one], y - y[one]))
        one = int(np.argmax(away))
    note = Text(
        f"新厨房的候选点从 {len(found)} 处中取相距最远的 {_MOST_KITCHENS} 处。",
        f"Of {counted(len(found), 'candidate')} for kitchens the {_MOST_KITCHENS} farthest apart are taken.",
    )
    return found.taken(np.flatnonzero(chosen), note)
