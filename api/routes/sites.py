"""``/api/sites``: where the next sites go, and the same as a job with progress."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api import documented
from api.asking import STAFF, ServedHere
from api.replies import JSON, json_bytes, unchanged_or
from api.routes.coverage import request_of
from api.served import Served
from api.site_documented import SITES
from api.site_queries import SiteQuery, site_request
from layers.progress import Progress, silent

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
    return unchanged_or(
        request,
        served.bodies,
        ("sites", *_key(served, query)),
        lambda: json_bytes(_report(served, query, silent)),
        media_type=JSON,
    )


@router.post(
    "/jobs",
    status_code=202,
    summary="后台选址 / Next sites as a job",
    responses=documented.answers(documented.JOB, status=202) | documented.problems(400, 401),
)
def start(query: Asked, request: Request, served: ServedHere) -> dict[str, Any]:
    """Choose sites in the background; ask ``/api/jobs/{id}`` how far it is, then read ``result_url``."""
    address = request.url_for("place").path
    question = f"?{request.url.query}" if request.url.query else ""
    job = served.jobs.start(
        lambda progress: _report(served, query, progress), result_url=f"{address}{question}"
    )
    return job.as_json()


def _report(served: Served, query: SiteQuery, progress: Progress) -> dict[str, Any]:
    from gis.coverage import place_sites  # noqa: PLC0415 - scipy loads with the first question

    wanted = site_request(query, request_of(query))
    return served.results.get(
        ("sites", *_key(served, query)), lambda: place_sites(served.workspace, wanted, progress).as_json()
    )


def _key(served: Served, query: SiteQuery) -> tuple[object, ...]:
    return (served.versions(), served.workspace.settings, query.model_dump_json(), served.workspace.day)
