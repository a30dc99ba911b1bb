"""Query parameters about who reaches what, for every route that asks it, and the request they make together."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from api.queries import Metres, Minutes, Query
from api.scenarios import with_scenario
from api.written import changes, pairs

if TYPE_CHECKING:
    from gis.coverage import CoverageRequest
    from layers.workspace import Workspace

_WHERE = r"^[^=\s]+=[^\x00]*$"
_CHANGE = r"^(add|move|close|open|resize):[^\x00]+$"
Name = Annotated[str, Field(max_length=60)]
Where = Annotated[
    tuple[Annotated[str, Field(pattern=_WHERE, max_length=200)], ...],
    Field(description="设施条件 字段=值，可重复 / Only facilities with key=value", max_length=10),
]


class PeopleQuery(Query):
    """Which people count, in which units, by which norms."""

    by: Annotated[
        str,
        Field(
            description="统计单元或面图层 / Units: village town county, or a layer of areas", max_length=30
        ),
    ] = "village"
    on: Annotated[date | None, Field(description="以哪一天为准 / The day that counts")] = None
    population_field: Annotated[Name, Field(description="人口字段 / Population field")] = "pop_65_plus"
    norms: Annotated[Name | None, Field(description="规范方案 / Norm profile")] = None


class ReachQuery(PeopleQuery):
    """What is in reach of whom."""

    layer: Annotated[Name, Field(description="设施图层 / Layer of facilities")] = "care_facility"
    within_min: Annotated[Minutes | None, Field(description="分钟 / Minutes")] = None
    within_m: Annotated[Metres | None, Field(description="米 / Metres")] = None
    travel: Annotated[
        Literal["network", "straight"] | None, Field(description="走路网或直线 / By roads or straight")
    ] = None
    where: Where = ()
    mode: Annotated[Literal["walk", "e-bike", "drive"], Field(description="出行方式 / How people go")] = (
        "walk"
    )
    slope: Annotated[
        bool, Field(description="步行时间计入坡度 / Walking time counts the way up and down")
    ] = False
    barrier: Annotated[
        tuple[Name, ...],
        Field(description="道路不能穿过的图层，可重复 / Layer that roads do not cross", max_length=5),
    ] = ()


class DefinedQuery(Query):
    """By which definition coverage is counted."""

    definition: Annotated[
        Literal["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"] | None,
        Field(description="覆盖定义 / Definition of coverage"),
    ] = None
    need_per_1000: Annotated[
        float | None,
        Field(description="每千人需要量 / Need per 1,000 people", gt=0, le=100_000, allow_inf_nan=False),
    ] = None


class KernelQuery(Query):
    """How what is in reach counts with distance."""

    kernel: Annotated[
        Literal["rectangle", "step-slow", "step-fast", "gaussian", "3sfca"] | None,
        Field(description="C8 的衰减函数，缺省 rectangle / Kernel of C8"),
    ] = None


class ChangedQuery(Query):
    """What is changed first."""

    scenario: Annotated[
        str | None,
        Field(description="已存方案，先于其他变动 / Saved scenario, before other changes", max_length=200),
    ] = None
    change: Annotated[
        tuple[Annotated[str, Field(pattern=_CHANGE, max_length=300)], ...],
        Field(description="设施变动 动作:写法，如 close:c1，可重复 / Change, action:written", max_length=50),
    ] = ()


class SoughtQuery(ChangedQuery, DefinedQuery, ReachQuery):
    """For whom sites are sought: as a measurement, without what only C8 asks."""


class CoverageQuery(KernelQuery, SoughtQuery):
    """What is measured: the same options as ``fangyu cover``."""


def request_of(query: ReachQuery, workspace: "Workspace") -> "CoverageRequest":
    """Turn parameters into what ``gis.coverage`` is asked.

    Raises
    ------
    InputError
        When a condition or a change cannot be read, or the scenario is about another layer.
    NotFoundError
        When no scenario of that name is saved.
    """
    from gis.coverage import CoverageRequest  # noqa: PLC0415 - scipy loads with the first question

    defined = query if isinstance(query, DefinedQuery) else DefinedQuery()
    changed = query if isinstance(query, ChangedQuery) else ChangedQuery()
    asked = CoverageRequest(
        layer_id=query.layer,
        definition=defined.definition,
        within_min=query.within_min,
        within_m=query.within_m,
        travel=query.travel,
        by=query.by,
        on=query.on,
        population_field=query.population_field,
        where=pairs(query.where, option="where"),
        mode=query.mode,
        slope=query.slope,
        norms=query.norms,
        barriers=query.barrier,
        need_per_1000=defined.need_per_1000,
        kernel=query.kernel if isinstance(query, KernelQuery) else None,
        changes=changes(changed.change),
    )
    [wanted] = with_scenario(workspace, [asked], changed.scenario)
    return wanted
