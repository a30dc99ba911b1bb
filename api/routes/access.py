"""``/api/access``, ``/api/redistribution``, ``/api/indicators``: supply in reach, its most even spread, the norms."""

from collections.abc import Callable, Hashable
from typing import Annotated, Any

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
from api.replies import JSON, json_bytes, unchanged_or
from api.routes.coverage import request_of
from api.served import Served

router = APIRouter(prefix="/api", tags=["access"], dependencies=[STAFF])
_PROBLEMS = documented.problems(304, 400, 401, 404, 409, 422)


@router.get(
    "/access",
    summary="可达供给 / Supply in reach",
    response_class=Response,
    responses=documented.answers(ACCESS) | _PROBLEMS,
)
def score(query: Annotated[AccessQuery, Query()], request: Request, served: ServedHere) -> Response:
    """Score what people of each unit reach per 1,000, under several kernels, and how evenly it is shared."""
    from gis.coverage import access  # noqa: PLC0415 - scipy loads with the first question

    wanted = access_request(query, request_of(query))
    return _answered(request, served, wanted, lambda: access(served.workspace, wanted).as_json())


@router.get(
    "/redistribution",
    summary="最均衡的分配 / Most even spread",
    response_class=Response,
    responses=documented.answers(REDISTRIBUTION) | _PROBLEMS,
)
def spread(query: Annotated[RedistributionQuery, Query()], request: Request, served: ServedHere) -> Response:
    """Spread what the facilities hold as evenly as can be, beside how it is and in proportion, with a proven bound."""
    from gis.coverage import redistribution  # noqa: PLC0415 - as above

    wanted = redistribution_request(query, request_of(query))
    return _answered(request, served, wanted, lambda: redistribution(served.workspace, wanted).as_json())


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
    from gis.coverage import indicators  # noqa: PLC0415 - as above

    wanted = indicator_request(query)
    return _answered(request, served, wanted, lambda: indicators(served.workspace, wanted).as_json())


def _answered(
    request: Request, served: Served, wanted: Hashable, make: Callable[[], dict[str, Any]]
) -> Response:
    key = (wanted, served.versions(), served.workspace.settings, served.workspace.day)
    return unchanged_or(request, served.bodies, key, lambda: json_bytes(make()), media_type=JSON)
