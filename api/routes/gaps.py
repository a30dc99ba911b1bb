"""``/api/coverage/gaps``: who is not served, why, and the cheapest single remedy."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api import documented
from api.asking import STAFF, ServedHere
from api.queries import CoverageQuery
from api.replies import JSON, json_bytes, unchanged_or
from api.routes.coverage import request_of

router = APIRouter(prefix="/api/coverage", tags=["coverage"], dependencies=[STAFF])
_PROBLEMS = documented.problems(400, 401, 404, 409, 422)


class GapsQuery(CoverageQuery):
    """What is listed: the same options as ``fangyu gaps``."""

    points: Annotated[bool, Field(description="逐个人口点 / Points of demand, not units")] = False


@router.get(
    "/gaps",
    summary="覆盖缺口与补救 / Gaps in coverage",
    response_class=Response,
    responses=documented.answers(documented.GAPS) | documented.problems(304) | _PROBLEMS,
)
def gaps(query: Annotated[GapsQuery, Query()], request: Request, served: ServedHere) -> Response:
    """List the gaps, most people first: reason code and sentence, distances, what lies between, remedies in order."""
    wanted = request_of(query)
    day = wanted.on or served.workspace.day
    key = ("gaps", query.points, served.versions(), served.workspace.settings, wanted, day)

    def make() -> bytes:
        from gis.coverage import gap_list  # noqa: PLC0415 - scipy loads with the first question

        return json_bytes(gap_list(served.workspace, wanted, by_points=query.points).as_json())

    return unchanged_or(request, served.bodies, key, make, media_type=JSON)
