"""``/api/phases``: which site opens in which year, while the elderly grow in number."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from api import documented
from api import queries as asked
from api.asking import STAFF, ServedHere
from api.replies import JSON, json_bytes, unchanged_or
from api.served import Served
from api.written import pairs
from layers.progress import silent

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
_REACH = {"within_min", "within_m", "travel", "mode", "norms", "by", "on", "population_field"}
_OWN = {
    "periods", "growth", "candidates", "spacing_m", "exclude", "target_share", "horizon_years", "time_limit_s", "gap"
}  # fmt: skip


class PhasesQuery(asked.Query):
    """What is planned: the same options as ``fangyu phases``; growth as a rate only, tables are for the command."""

    periods: Annotated[
        str,
        Field(
            description="各期新增，如 2026:3,2030:3 / Years and how many open in each",
            pattern=r"^\s*\d{4}\s*:\s*\d{1,3}\s*(,\s*\d{4}\s*:\s*\d{1,3}\s*)*$",
            max_length=200,
        ),
    ]
    layer: Annotated[str, Field(description="设施图层 / Layer of facilities", max_length=60)] = (
        "care_facility"
    )
    within_min: Annotated[asked.Minutes | None, Field(description="分钟 / Minutes")] = None
    within_m: Annotated[asked.Metres | None, Field(description="米 / Metres")] = None
    travel: Annotated[
        Literal["network", "straight"] | None, Field(description="走路网或直线 / By roads or straight")
    ] = None
    mode: Annotated[Literal["walk", "e-bike", "drive"], Field(description="出行方式 / How people go")] = (
        "walk"
    )
    barrier: Annotated[
        tuple[Annotated[str, Field(max_length=60)], ...],
        Field(description="道路不能穿过的图层，可重复 / Layer that roads do not cross", max_length=5),
    ] = ()
    norms: Annotated[str | None, Field(description="规范方案 / Norm profile", max_length=60)] = None
    by: Annotated[str, Field(description="统计单元 / Units to report by", max_length=30)] = "village"
    on: Annotated[date | None, Field(description="以哪一天为准 / The day that counts")] = None
    population_field: Annotated[str, Field(description="人口字段 / Population field", max_length=60)] = (
        "pop_65_plus"
    )
    where: Annotated[
        tuple[Annotated[str, Field(max_length=200)], ...],
        Field(description="设施条件 字段=值，可重复 / Only facilities with key=value", max_length=10),
    ] = ()
    growth: Annotated[float | None, Field(ge=-0.5, le=0.5, description="每年增长率 / Growth a year")] = None
    candidates: Annotated[
        str,
        Field(max_length=60, description="候选点：grid、stock 或图层 / Candidates: grid, stock or a layer"),
    ] = "grid"
    spacing_m: Annotated[asked.Metres, Field(description="网格间距，米 / Spacing of the grid")] = 500.0
    exclude: Annotated[
        tuple[Annotated[str, Field(max_length=60)], ...],
        Field(description="禁入范围图层，可重复 / Layers of exclusions", max_length=10),
    ] = ()
    target_share: Annotated[
        float | None,
        Field(ge=0, le=1, description="覆盖率低于多少时提示 / Share below which to name the year"),
    ] = None
    horizon_years: Annotated[
        int, Field(ge=1, le=100, description="不新增时往后看几年 / Years to look ahead without new sites")
    ] = 20
    time_limit_s: Annotated[
        float, Field(ge=0, le=60, description="求解时限，秒 / Seconds to look for a plan")
    ] = 30.0
    gap: Annotated[float, Field(ge=0, le=1, description="与上界差多少即可停 / Gap at which to stop")] = 0.0


@router.get(
    "",
    summary="分期选址 / Sites over several periods",
    response_class=Response,
    responses=documented.answers(_PHASES) | documented.problems(304, 400, 401, 404, 409, 422),
)
def plan(query: Annotated[PhasesQuery, Query()], request: Request, served: ServedHere) -> Response:
    """Plan periods: which site opens when, coverage by period, against choosing year by year and no new sites."""
    wanted = request_of(query)
    day = wanted.reach.on or served.workspace.day
    key = ("phases", served.versions(), served.workspace.settings, wanted, day)

    def make() -> bytes:
        return json_bytes(served.results.get(key, lambda: _plan(served, wanted)))

    return unchanged_or(request, served.bodies, key, make, media_type=JSON)


def request_of(query: PhasesQuery) -> "PhaseRequest":
    """Turn parameters into what ``gis.coverage.periods`` is asked; raises InputError for what it cannot read."""
    from gis.coverage import CoverageRequest  # noqa: PLC0415 - as below
    from gis.coverage.periods import PhaseRequest, read_periods  # noqa: PLC0415 - scipy loads with the first question

    reach = CoverageRequest(
        layer_id=query.layer,
        barriers=query.barrier,
        where=pairs(query.where, option="where"),
        **query.model_dump(include=_REACH),
    )
    own = query.model_dump(include=_OWN)
    return PhaseRequest(reach=reach, **(own | {"periods": read_periods(query.periods)}))


def _plan(served: Served, wanted: "PhaseRequest") -> dict[str, Any]:
    from gis.coverage.periods import plan_phases  # noqa: PLC0415 - as above

    return plan_phases(served.workspace, wanted, silent).as_json()
