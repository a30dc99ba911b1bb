"""``/api/meals``: who gets a meal today, where the next kitchens and points go, and what each adds."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api import documented
from api import queries as asked
from api.asking import STAFF, ServedHere
from api.candidate_queries import Candidates, CandidatesQuery
from api.reach_queries import PeopleQuery
from api.reports import answered, started
from layers.progress import Progress
from layers.workspace import Workspace

if TYPE_CHECKING:
    from gis.coverage.meals import MealRequest

router = APIRouter(prefix="/api/meals", tags=["meals"], dependencies=[STAFF])
_Meals = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
_MEAL_PLAN: dict[str, Any] = {
    "type": "object",
    "required": [
        "request", "people", "unknown", "wanted", "before", "after", "new_sites", "kitchens", "points", "units",
        "curve", "bound", "gap", "proven", "assumptions", "norms", "provenance", "command",
    ],
}  # fmt: skip


class MealsQuery(CandidatesQuery, PeopleQuery):
    """What is planned: the same options as ``fangyu meals``."""

    points: Annotated[int, Field(ge=0, le=50, description="最多新增几处 / At most so many new points")] = 5
    kitchens: Annotated[int, Field(ge=0, le=10, description="最多新增几处中央厨房 / New kitchens")] = 0
    budget: Annotated[
        float | None,
        Field(ge=0, allow_inf_nan=False, description="投入上限，万元 / Most to spend, 10,000 yuan"),
    ] = None
    need_per_1000: Annotated[
        float | None, Field(ge=0, le=3000, description="每千人每日几份 / Meals a day per 1,000 people")
    ] = None
    disabled_share: Annotated[
        float | None, Field(ge=0, le=1, description="须送餐上门的份额 / Share to be delivered")
    ] = None
    hot_minutes: Annotated[asked.Minutes | None, Field(description="热食时限 / Minutes a meal stays hot")] = (
        None
    )
    eat_in_min: Annotated[
        asked.Minutes | None, Field(description="堂食步行分钟 / Longest walk to a table")
    ] = None
    delivery_min: Annotated[
        asked.Minutes | None, Field(description="送餐骑行分钟 / Longest ride to a door")
    ] = None
    candidates: Candidates = "stock"
    new_meals: Annotated[
        _Meals | None, Field(description="新点每日供餐能力 / Meals a day of a new point")
    ] = None
    relink: Annotated[bool, Field(description="任意厨房都可供餐 / Let any kitchen supply a point")] = False
    travel: Annotated[
        Literal["network", "straight"] | None, Field(description="走路网或直线 / By roads or straight")
    ] = None


Asked = Annotated[MealsQuery, Query()]


@router.get(
    "",
    summary="助餐布局 / Meals",
    response_class=Response,
    responses=documented.answers(_MEAL_PLAN) | documented.problems(304, 400, 401, 404, 409, 422),
)
def plan(query: Asked, request: Request, served: ServedHere) -> Response:
    """Plan meals in two tiers: today, the plan with its bound, loads, minutes, and who is left out and why."""
    return answered(request, served, _plan, _wanted(query))


@router.post(
    "/jobs",
    summary="后台助餐布局 / Meals as a job",
    status_code=202,
    responses=documented.answers(documented.JOB, status=202) | documented.problems(400, 401, 503),
)
def start(query: Asked, request: Request, served: ServedHere) -> dict[str, Any]:
    """Plan meals in the background; ask ``/api/jobs/{id}`` how far it is, then read ``result_url``."""
    return started(request, served, _plan, _wanted(query))


def _wanted(query: MealsQuery) -> "MealRequest":
    from gis.coverage.meals import MealRequest  # noqa: PLC0415 - scipy loads with the first question

    return MealRequest(**query.model_dump())


def _plan(workspace: Workspace, wanted: "MealRequest", progress: Progress) -> dict[str, Any]:
    from gis.coverage.meals import plan_meals  # noqa: PLC0415 - as above

    return plan_meals(workspace, wanted, progress).as_json()
