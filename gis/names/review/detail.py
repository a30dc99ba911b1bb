"""One case in full: findings with what was dismissed, namesakes with their places, history, next steps."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any

import shapely

from gis.names.review.case import CaseDetail
from gis.names.review.early import actions_now
from gis.names.review.found import FoundCases
from gis.names.review.standing import Desk
from layers.errors import NotFoundError
from layers.workspace import Workspace


def case_detail(
    workspace: Workspace, case_id: str, found: FoundCases, *, on: date | None = None
) -> CaseDetail:
    """Give one case in full.

    Raises
    ------
    NotFoundError
        When nothing is found on such a name and nobody has acted on it.
    """
    (detail,) = case_details(workspace, [case_id], found, on=on)
    return detail


def case_details(
    workspace: Workspace,
    case_ids: Iterable[str],
    found: FoundCases,
    *,
    on: date | None = None,
    namesakes: bool = True,
) -> list[CaseDetail]:
    """Give several cases in full, in the order asked, if wanted without namesakes; raises as ``case_detail`` does."""
    ids = list(case_ids)
    desk = Desk.of(workspace, found, on, only=ids)
    return [_detail(workspace, desk, one, namesakes=namesakes) for one in ids]


def _detail(workspace: Workspace, desk: Desk, case_id: str, *, namesakes: bool) -> CaseDetail:
    case = desk.case(case_id)
    findings = [one.as_json() for one in desk.found.findings.get(case_id, ())]
    if not findings and (row := desk.rows.get(case_id)):
        findings = [dict(one) for one in row.findings]
    return CaseDetail(
        case=case,
        findings=tuple(one | {"dismissed": one["key"] in case.dismissed} for one in findings),
        namesakes=_namesakes(workspace, case.layer_id, findings) if namesakes else (),
        history=workspace.store.cases.steps(case_id) if case_id in desk.rows else (),
        actions=actions_now(case, desk.rows.get(case_id), desk.on),
    )


def _namesakes(
    workspace: Workspace, layer_id: str, findings: Iterable[Mapping[str, Any]]
) -> tuple[Mapping[str, Any], ...]:
    """Give the names that clash with a name, as its findings say, each once, nearest first, with their places."""
    named: dict[str, dict[str, Any]] = {}
    for finding in findings:
        for other in finding["evidence"].get("namesakes", ()):
            grade = finding["evidence"].get("grade") or finding["code"].partition(".")[2]
            named.setdefault(other["id"], {**other, "grade": other.get("grade", grade)})
    if not named or layer_id not in workspace.store.layer_ids():
        return tuple(named.values())
    places = _points(workspace, layer_id, named)
    listed = [
        {"id": one["id"], "name": one["name"], **places.get(one["id"], {"lon": None, "lat": None})}
        | {"distance_m": one.get("distance_m"), "grade": one["grade"]}
        for one in named.values()
    ]
    return tuple(sorted(listed, key=_nearest_first))


def _points(workspace: Workspace, layer_id: str, ids: Iterable[str]) -> dict[str, dict[str, float | None]]:
    return {one: _point(workspace, layer_id, one) for one in ids}


def _point(workspace: Workspace, layer_id: str, feature_id: str) -> dict[str, float | None]:
    """Give a point on a feature; nulls when it is gone or has no geometry."""
    with suppress(NotFoundError):
        shape = workspace.store.feature(layer_id, feature_id).frame.geometry.iloc[0]
        if shape is not None and not shape.is_empty:
            point = shapely.point_on_surface(shape)
            return {"lon": round(point.x, 6), "lat": round(point.y, 6)}
    return {"lon": None, "lat": None}


def _nearest_first(one: Mapping[str, Any]) -> tuple[bool, float, str]:
    far = one["distance_m"]
    return (far is None, far or 0.0, one["id"])
