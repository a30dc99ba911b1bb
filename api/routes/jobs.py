"""``/api/jobs``: how far long work is."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from api import documented
from api.asking import STAFF, ServedHere
from api.queries import NoParameters

router = APIRouter(prefix="/api/jobs", tags=["jobs"], dependencies=[STAFF])
JobId = Annotated[str, Path(description="任务编号 / Job id", max_length=100)]


@router.get(
    "/{job_id}",
    summary="任务进度 / Progress of a job",
    responses=documented.answers(documented.JOB) | documented.problems(400, 401, 404),
)
def show_job(job_id: JobId, served: ServedHere, _: Annotated[NoParameters, Query()]) -> dict[str, Any]:
    """Tell the state, stage and steps of a job, and where its result will be."""
    return served.jobs.get(job_id).as_json()
