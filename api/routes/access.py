"""``/api/access``, ``/api/redistribution``, ``/api/indicators``: supply in reach, its most even spread, the norms."""

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api import documented
from api.access_documented import ACCESS, INDICATORS, REDISTRIBUTION
from api.access_queries import (
    AccessQuery,
    IndicatorQuery,
    RedistributionQuery,
    access_request,
    indicator_request,
    redistribution_request,
)
from api.asking import STAFF, ServedHere
from api.reports import answered, started
from layers.progress import Progress
from layers.workspace import Workspace

if TYPE_CHECKING:
    from gis.coverage import AccessRequest, IndicatorRequest, RedistributionRequest

router = APIRouter(prefix="/api", tags=["access"], dependencies=[STAFF])
_PROBLEMS = documented.problems(304, 400, 401, 404, 409, 422)
_STARTED = documented.answers(documented.JOB, status=202) | documented.problems(400, 401, 404, 409, 503)


@router.get(
    "/access",
    summary="可达供给 / Supply in reach",
    response_class=Response,
    responses=documented.answers(ACCESS) | _PROBLEMS,
)
def score(query: Annotated[AccessQuery, Query()], request: Request, served: ServedHere) -> Response:
    """Score what people of each unit reach per 1,000, under several kernels, and how evenly it is shared."""
    return answered(request, served, _score, access_request(query, served.workspace))


@router.post(
    "/access/jobs", summary="后台计算可达供给 / Supply in reach as a job", status_code=202, responses=_STARTED
)
def start_score(
    query: Annotated[AccessQuery, Query()], request: Request, served: ServedHere
) -> dict[str, Any]:
    """Score in the background; ask ``/api/jobs/{id}`` how far it is, then read ``result_url``."""
    return started(request, served, _score, access_request(query, served.workspace))


@router.get(
    "/redistribution",
    summary="最均衡的分配 / Most even spread",
    response_class=Response,
    responses=documented.answers(REDISTRIBUTION) | _PROBLEMS,
)
def spread(query: Annotated[RedistributionQuery, Query()], request: Request, served: ServedHere) -> Response:
    """Spread what the facilities hold as evenly as can be, beside how it is and in proportion, with a proven bound."""
    return answered(request, served, _spread, redistribution_request(query, served.workspace))


@router.post(
    "/redistribution/jobs",
    summary="后台计算最均衡的分配 / Most even spread as a job",
    status_code=202,
    responses=_STARTED,
)
def start_spread(
    query: Annotated[RedistributionQuery, Query()], request: Request, served: ServedHere
) -> dict[str, Any]:
    """Spread in the background; ask ``/api/jobs/{id}`` how far it is, then read ``result_url``."""
    return started(request, served, _spread, redistribution_request(query, served.workspace))


@router.get(
    "/indicators",
    summary="配置指标 / Indicators against norms",
    response_class=Response,
    responses=documented.answers(INDICATORS) | _PROBLEMS,
)
def measure_indicators(
    query: Annotated[IndicatorQuery, Query()], request: Request, served: ServedHere
) -> Response:
    """Give beds, floor area and land per head of every unit, the norm of the day, and what lacks."""
    return answered(request, served, _indicators, indicator_request(query, served.workspace))


def _score(workspace: Workspace, wanted: "AccessRequest", progress: Progress) -> dict[str, Any]:
    from gis.coverage import access  # noqa: PLC0415 - scipy loads with the first question

    return access(workspace, wanted, progress).as_json()


def _spread(workspace: Workspace, wanted: "RedistributionRequest", progress: Progress) -> dict[str, Any]:
    from gis.coverage import redistribution  # noqa: PLC0415 - as above

    return redistribution(workspace, wanted, progress).as_json()


def _indicators(workspace: Workspace, wanted: "IndicatorRequest", _: Progress) -> dict[str, Any]:
    from gis.coverage import indicators  # noqa: PLC0415 - as above

    return indicators(workspace, wanted).as_json()
