"""``/api/jobs``: how far long work is, calling it off, and the file it made."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from api import documented
from api.asking import STAFF, ServedHere
from api.planning import MEDIA_TYPES
from api.queries import NoParameters
from api.replies import attached

router = APIRouter(prefix="/api/jobs", tags=["jobs"], dependencies=[STAFF])
JobId = Annotated[str, Path(description="任务编号 / Job id", max_length=100)]
Nothing = Annotated[NoParameters, Query()]
_JOB = documented.answers(documented.JOB) | documented.problems(400, 401, 404)
_FILE = documented.files(*MEDIA_TYPES.values()) | documented.problems(400, 401, 404)


@router.get("/{job_id}", summary="任务进度 / Progress of a job", responses=_JOB)
def show_job(job_id: JobId, served: ServedHere, _: Nothing) -> dict[str, Any]:
    """Tell the state, place in the line, stage and steps of a job, and where its result will be."""
    return served.jobs.get(job_id).as_json()


@router.delete("/{job_id}", summary="取消任务 / Call a job off", responses=_JOB)
def cancel_job(job_id: JobId, served: ServedHere, _: Nothing) -> dict[str, Any]:
    """Take a job out of the line, or stop it at its next step; one that ended stays as it is."""
    return served.jobs.cancel(job_id).as_json()


@router.get(
    "/{job_id}/file", summary="任务做出的文件 / File a job made", response_class=Response, responses=_FILE
)
def give_file(job_id: JobId, served: ServedHere, _: Nothing) -> Response:
    """Give the file of a job that is done; the last eight files are kept."""
    made = served.jobs.file(job_id)
    return attached(made.content, made.name, made.media_type)
