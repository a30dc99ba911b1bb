"""``/api/coverage``: who is covered, the areas served, and the same as a job with progress."""

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api import documented
from api.asking import STAFF, ServedHere
from api.features import areas_json
from api.reach_queries import CoverageQuery, request_of
from api.replies import GEOJSON, unchanged_or
from api.reports import answered, started
from layers.progress import Progress
from layers.workspace import Workspace

if TYPE_CHECKING:
    from gis.coverage import CoverageRequest

router = APIRouter(prefix="/api/coverage", tags=["coverage"], dependencies=[STAFF])
_PROBLEMS = documented.problems(400, 401, 404, 409, 422)


@router.get(
    "",
    summary="服务覆盖 / Coverage",
    response_class=Response,
    responses=documented.answers(documented.REPORT) | documented.problems(304) | _PROBLEMS,
)
def measure(query: Annotated[CoverageQuery, Query()], request: Request, served: ServedHere) -> Response:
    """Measure coverage: definition, share, units with reasons, assumptions, norms, and how it was made."""
    return answered(request, served, _cover, request_of(query, served.workspace))


@router.get(
    "/areas",
    summary="服务范围 / Areas served",
    response_class=Response,
    responses=documented.answers(documented.AREAS, media_type=GEOJSON) | documented.problems(304) | _PROBLEMS,
)
def areas(query: Annotated[CoverageQuery, Query()], request: Request, served: ServedHere) -> Response:
    """Draw the area each facility serves, as GeoJSON."""
    wanted = request_of(query, served.workspace)
    key = ("areas", served.versions(), served.workspace.settings, wanted, served.workspace.day)

    def make() -> bytes:
        from gis.coverage import service_areas  # noqa: PLC0415 - scipy loads with the first question

        return areas_json(service_areas(served.workspace, wanted))

    return unchanged_or(request, served.bodies, key, make, media_type=GEOJSON)


@router.post(
    "/jobs",
    summary="后台测算 / Coverage in the background",
    status_code=202,
    responses=documented.answers(documented.JOB, status=202) | documented.problems(400, 401, 404, 409, 503),
)
def start(query: Annotated[CoverageQuery, Query()], request: Request, served: ServedHere) -> dict[str, Any]:
    """Start measuring in the background; ask ``/api/jobs/{id}`` how far it is, then read ``result_url``."""
    return started(request, served, _cover, request_of(query, served.workspace))


def _cover(workspace: Workspace, wanted: "CoverageRequest", progress: Progress) -> dict[str, Any]:
    from gis.coverage import cover  # noqa: PLC0415 - scipy loads with the first question

    return cover(workspace, wanted, progress).as_json()
