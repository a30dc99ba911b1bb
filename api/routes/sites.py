"""``/api/sites``: where the next sites go, and the same as a job with progress."""

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api import documented
from api.asking import STAFF, ServedHere
from api.reach_queries import request_of
from api.reports import answered, started
from api.site_documented import SITES
from api.site_queries import SiteQuery, site_request
from layers.progress import Progress
from layers.workspace import Workspace

if TYPE_CHECKING:
    from gis.coverage import SiteRequest

router = APIRouter(prefix="/api/sites", tags=["sites"], dependencies=[STAFF])
_PROBLEMS = documented.problems(400, 401, 404, 409, 422)
Asked = Annotated[SiteQuery, Query()]


@router.get(
    "",
    summary="选址 / Next sites",
    response_class=Response,
    responses=documented.answers(SITES) | documented.problems(304) | _PROBLEMS,
)
def place(query: Asked, request: Request, served: ServedHere) -> Response:
    """Choose sites: the plan, what each adds, bound, curve, alternatives, and who stays without and why."""
    return answered(request, served, _place, _wanted(query, served.workspace))


@router.post(
    "/jobs",
    status_code=202,
    summary="后台选址 / Next sites as a job",
    responses=documented.answers(documented.JOB, status=202) | documented.problems(400, 401, 404, 409, 503),
)
def start(query: Asked, request: Request, served: ServedHere) -> dict[str, Any]:
    """Choose sites in the background; ask ``/api/jobs/{id}`` how far it is, then read ``result_url``."""
    return started(request, served, _place, _wanted(query, served.workspace))


def _wanted(query: SiteQuery, workspace: Workspace) -> "SiteRequest":
    return site_request(query, request_of(query, workspace))


def _place(workspace: Workspace, wanted: "SiteRequest", progress: Progress) -> dict[str, Any]:
    from gis.coverage import place_sites  # noqa: PLC0415 - scipy loads with the first question

    return place_sites(workspace, wanted, progress).as_json()
