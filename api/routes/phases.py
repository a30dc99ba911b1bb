"""``/api/phases``: which site opens in which year, while the elderly grow in number."""

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api import documented
from api.asking import STAFF, ServedHere
from api.candidate_queries import CandidatesQuery
from api.reach_queries import ChangedQuery, ReachQuery, request_of
from api.reports import answered, started
from layers.progress import Progress
from layers.workspace import Workspace

if TYPE_CHECKING:
    from gis.coverage.periods import PhaseRequest

router = APIRouter(prefix="/api/phases", tags=["phases"], dependencies=[STAFF])
_PHASES: dict[str, Any] = {
    "type": "object",
    "required": [
        "request", "base_year", "growth", "existing", "sites", "periods", "unknown", "objective", "bound", "gap",
        "proven", "myopic", "outlook", "assumptions", "norms", "provenance", "command",
    ],
}  # fmt: skip
_OWN = {"growth", "target_share", "horizon_years", *CandidatesQuery.model_fields}


class PhasesQuery(CandidatesQuery, ChangedQuery, ReachQuery):
    """What is planned: the same options as ``fangyu phases``; growth as a rate only, tables are for the command."""

    periods: Annotated[
        str,
        Field(
            description="各期新增，如 2026:3,2030:3 / Years and how many open in each",
            pattern=r"^\s*\d{4}\s*:\s*\d{1,3}\s*(,\s*\d{4}\s*:\s*\d{1,3}\s*)*$",
            max_length=200,
        ),
    ]
    growth: Annotated[float | None, Field(ge=-0.5, le=0.5, description="每年增长率 / Growth a year")] = None
    target_share: Annotated[
        float | None,
        Field(ge=0, le=1, description="覆盖率低于多少时提示 / Share below which to name the year"),
    ] = None
    horizon_years: Annotated[
        int, Field(ge=1, le=100, description="不新增时往后看几年 / Years to look ahead without new sites")
    ] = 20


Asked = Annotated[PhasesQuery, Query()]


@router.get(
    "",
    summary="分期选址 / Sites over several periods",
    response_class=Response,
    responses=documented.answers(_PHASES) | documented.problems(304, 400, 401, 404, 409, 422),
)
def plan(query: Asked, request: Request, served: ServedHere) -> Response:
    """Plan periods: which site opens when, coverage by period, against choosing year by year and no new sites."""
    return answered(request, served, _plan, _wanted(query, served.workspace))


@router.post(
    "/jobs",
    summary="后台分期选址 / Sites over several periods as a job",
    status_code=202,
    responses=documented.answers(documented.JOB, status=202) | documented.problems(400, 401, 404, 409, 503),
)
def start(query: Asked, request: Request, served: ServedHere) -> dict[str, Any]:
    """Plan periods in the background; ask ``/api/jobs/{id}`` how far it is, then read ``result_url``."""
    return started(request, served, _plan, _wanted(query, served.workspace))


def _wanted(query: PhasesQuery, workspace: Workspace) -> "PhaseRequest":
    from gis.coverage.periods import PhaseRequest, read_periods  # noqa: PLC0415 - scipy loads with the first question

    own = query.model_dump(include=_OWN) | {"periods": read_periods(query.periods)}
    return PhaseRequest(reach=request_of(query, workspace), **own)


def _plan(workspace: Workspace, wanted: "PhaseRequest", progress: Progress) -> dict[str, Any]:
    from gis.coverage.periods import plan_phases  # noqa: PLC0415 - as above

    return plan_phases(workspace, wanted, progress).as_json()
