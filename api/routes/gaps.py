"""``/api/coverage/gaps``: who is not served, why, and the cheapest single remedy."""

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api import documented
from api.asking import STAFF, ServedHere
from api.reach_queries import CoverageQuery, request_of
from api.reports import answered, started
from layers.progress import Progress
from layers.workspace import Workspace

if TYPE_CHECKING:
    from gis.coverage import CoverageRequest

router = APIRouter(prefix="/api/coverage", tags=["coverage"], dependencies=[STAFF])
_PROBLEMS = documented.problems(400, 401, 404, 409, 422)


class GapsQuery(CoverageQuery):
    """What is listed: the same options as ``fangyu gaps``."""

    points: Annotated[bool, Field(description="逐个人口点 / Points of demand, not units")] = False


Asked = Annotated[GapsQuery, Query()]


@router.get(
    "/gaps",
    summary="覆盖缺口与补救 / Gaps in coverage",
    response_class=Response,
    responses=documented.answers(documented.GAPS) | documented.problems(304) | _PROBLEMS,
)
def gaps(query: Asked, request: Request, served: ServedHere) -> Response:
    """List the gaps, most people first: reason code and sentence, distances, what lies between, remedies in order."""
    return answered(request, served, _gaps, (request_of(query, served.workspace), query.points))


@router.post(
    "/gaps/jobs",
    summary="后台列缺口 / Gaps as a job",
    status_code=202,
    responses=documented.answers(documented.JOB, status=202) | documented.problems(400, 401, 404, 409, 503),
)
def start(query: Asked, request: Request, served: ServedHere) -> dict[str, Any]:
    """List the gaps in the background; ask ``/api/jobs/{id}`` how far it is, then read ``result_url``."""
    return started(request, served, _gaps, (request_of(query, served.workspace), query.points))


def _gaps(workspace: Workspace, wanted: "tuple[CoverageRequest, bool]", progress: Progress) -> dict[str, Any]:
    from gis.coverage import gap_list  # noqa: PLC0415 - scipy loads with the first question

    reach, by_points = wanted
    return gap_list(workspace, reach, progress, by_points=by_points).as_json()
