"""``/api/coverage``: who is covered, the areas served, and the same as a job with progress."""

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api import documented
from api.asking import STAFF, ServedHere
from api.features import areas_json
from api.queries import CoverageQuery
from api.replies import GEOJSON, JSON, json_bytes, unchanged_or
from api.served import Served
from api.written import changes, pairs
from layers.progress import Progress, silent

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
    wanted = request_of(query)
    key = ("coverage", *_key(served, wanted))

    def make() -> bytes:
        return json_bytes(report_of(served, wanted, silent))

    return unchanged_or(request, served.bodies, key, make, media_type=JSON)


@router.get(
    "/areas",
    summary="服务范围 / Areas served",
    response_class=Response,
    responses=documented.answers(documented.AREAS, media_type=GEOJSON) | documented.problems(304) | _PROBLEMS,
)
def areas(query: Annotated[CoverageQuery, Query()], request: Request, served: ServedHere) -> Response:
    """Draw the area each facility serves, as GeoJSON."""
    wanted = request_of(query)
    key = ("areas", *_key(served, wanted))

    def make() -> bytes:
        from gis.coverage import service_areas  # noqa: PLC0415 - scipy loads with the first question

        return areas_json(service_areas(served.workspace, wanted))

    return unchanged_or(request, served.bodies, key, make, media_type=GEOJSON)


@router.post(
    "/jobs",
    summary="后台测算 / Coverage in the background",
    status_code=202,
    responses=documented.answers(documented.JOB, status=202) | documented.problems(400, 401),
)
def start(query: Annotated[CoverageQuery, Query()], request: Request, served: ServedHere) -> dict[str, Any]:
    """Start measuring in the background; ask ``/api/jobs/{id}`` how far it is, then read ``result_url``."""
    wanted = request_of(query)
    address = request.url_for("measure").path
    question = f"?{request.url.query}" if request.url.query else ""
    job = served.jobs.start(
        lambda progress: report_of(served, wanted, progress), result_url=f"{address}{question}"
    )
    return job.as_json()


def request_of(query: CoverageQuery) -> "CoverageRequest":
    """Turn parameters into what ``gis.coverage`` is asked; raises InputError for a condition it cannot read."""
    from gis.coverage import CoverageRequest  # noqa: PLC0415 - scipy loads with the first question

    return CoverageRequest(
        layer_id=query.layer,
        definition=query.definition,
        within_min=query.within_min,
        within_m=query.within_m,
        travel=query.travel,
        by=query.by,
        on=query.on,
        population_field=query.population_field,
        where=pairs(query.where, option="where"),
        mode=query.mode,
        norms=query.norms,
        barriers=tuple(query.barrier),
        need_per_1000=query.need_per_1000,
        changes=changes(query.change),
    )


def report_of(served: Served, wanted: "CoverageRequest", progress: Progress) -> dict[str, Any]:
    """Measure, or give what was measured before on the same data."""
    from gis.coverage import cover  # noqa: PLC0415 - scipy loads with the first question

    return served.results.get(
        _key(served, wanted), lambda: cover(served.workspace, wanted, progress).as_json()
    )


def _key(served: Served, wanted: "CoverageRequest") -> tuple[object, ...]:
    return (served.versions(), served.workspace.settings, wanted, wanted.on or served.workspace.day)
