"""``/api/planning-set``: the planning set of a district as one file, at once or as a job."""

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Response

from api import documented
from api.asking import STAFF, InLanguage, ServedHere
from api.jobs import JobFile
from api.planning import FILE_NAME, MEDIA_TYPES, definitions_of, tiers_of
from api.planning_queries import PlanningSetQuery
from api.replies import attached
from api.written import changes
from layers.progress import Progress, silent
from layers.text import Lang

if TYPE_CHECKING:
    from layers.workspace import Workspace
    from web.planning_set import PlanningSetRequest

router = APIRouter(prefix="/api/planning-set", tags=["coverage"], dependencies=[STAFF])
_FILES = documented.files(*MEDIA_TYPES.values()) | documented.problems(400, 401, 404, 409, 422)
_STARTED = documented.answers(documented.JOB, status=202) | documented.problems(400, 401, 404, 503)
Asked = Annotated[PlanningSetQuery, Query()]


@router.get("", summary="布局规划图册 / Planning set", response_class=Response, responses=_FILES)
def give(query: Asked, served: ServedHere) -> Response:
    """Write indicators, a map per service and tier, gaps, sites and a page per town as docx, xlsx, pdf or html."""
    made = _file(served.workspace, query, _request_of(query), silent, query.lang or "zh")
    return attached(made.content, made.name, made.media_type)


@router.post("/jobs", status_code=202, summary="后台编制图册 / Planning set as a job", responses=_STARTED)
def start(query: Asked, served: ServedHere, lang: InLanguage) -> dict[str, Any]:
    """Make the set in the background; ask ``/api/jobs/{id}`` how far it is, then read the file at ``result_url``."""
    from web.planning_set import check_form  # noqa: PLC0415 - matplotlib loads with the first set

    wanted = _request_of(query)
    check_form(query.form)
    spoken = query.lang or lang
    job = served.jobs.start(
        lambda progress: _file(served.workspace, query, wanted, progress, spoken), lane="export"
    )
    return job.as_json()


def _file(
    workspace: "Workspace",
    query: PlanningSetQuery,
    wanted: "PlanningSetRequest",
    progress: Progress,
    lang: Lang,
) -> JobFile:
    from web.planning_set import planning_set  # noqa: PLC0415 - as above

    content = planning_set(workspace, wanted, query.form, progress, lang=lang)
    return JobFile(f"{FILE_NAME.pick(lang)}.{query.form}", MEDIA_TYPES[query.form], content)


def _request_of(query: PlanningSetQuery) -> "PlanningSetRequest":
    from web.planning_set import PlanningSetRequest  # noqa: PLC0415 - as above

    return PlanningSetRequest(
        layers=tuple(query.layer),
        within_min=tiers_of(query.within_min),
        definitions=definitions_of(query.definition),
        sites=query.sites,
        far_sites=query.far_sites,
        scenario=query.scenario,
        changes=changes(query.change),
        profile=query.profile,
        on=query.on,
        population_field=query.population_field,
        mode=query.mode,
        norms=query.norms,
        barriers=tuple(query.barrier),
        need_per_1000=query.need_per_1000,
    )
