"""``/api/planning-set``: the planning set of a district as one file."""

from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from api import documented
from api.asking import STAFF, ServedHere
from api.planning import FILE_NAME, MEDIA_TYPES, definitions_of, tiers_of
from api.planning_queries import PlanningSetQuery
from api.written import changes

if TYPE_CHECKING:
    from web.planning_set import PlanningSetRequest

router = APIRouter(prefix="/api/planning-set", tags=["coverage"], dependencies=[STAFF])
_FILES: documented.Answers = {
    200: {
        "description": "文件 / The file",
        "content": {one.split(";")[0]: {"schema": documented.BINARY} for one in MEDIA_TYPES.values()},
    }
}


@router.get(
    "",
    summary="布局规划图册 / Planning set",
    response_class=Response,
    responses=_FILES | documented.problems(400, 401, 404, 409, 422),
)
def give(query: Annotated[PlanningSetQuery, Query()], served: ServedHere) -> Response:
    """Write indicators, a map per service and tier, gaps, sites and a page per town as docx, xlsx, pdf or html."""
    from web.planning_set import planning_set  # noqa: PLC0415 - matplotlib loads with the first set

    lang = query.lang or "zh"
    content = planning_set(served.workspace, _request_of(query), query.form, lang=lang)
    name = quote(f"{FILE_NAME.pick(lang)}.{query.form}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA_TYPES[query.form], headers=headers)


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
    )
