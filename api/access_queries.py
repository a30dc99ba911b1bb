"""Query parameters of the routes about supply in reach: the same options as ``fangyu access``."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from api.reach_queries import ChangedQuery, Name, PeopleQuery, ReachQuery, Where, request_of

if TYPE_CHECKING:
    from gis.coverage import AccessRequest, IndicatorRequest, RedistributionRequest
    from layers.workspace import Workspace

_Kernel = Literal["rectangle", "step-slow", "step-fast", "gaussian", "3sfca"]
_Amount = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
Supply = Annotated[
    Name | None,
    Field(
        description="供给量字段；count 表示每处计 1 / Field of the supply; count takes every facility as 1"
    ),
]


class AccessQuery(ChangedQuery, ReachQuery):
    """What is scored."""

    supply: Supply = None
    kernel: Annotated[
        list[_Kernel],
        Field(
            description="衰减函数，可重复，默认全部 / Kernels, all by default",
            max_length=5,
            default_factory=list,
        ),
    ]
    agree: Annotated[
        int | None, Field(description="至少几种函数一致才算短缺 / Kernels that must agree", ge=1, le=5)
    ] = None


class RedistributionQuery(ChangedQuery, ReachQuery):
    """What is spread."""

    supply: Supply = None
    kernel: Annotated[_Kernel, Field(description="衰减函数 / Kernel")] = "gaussian"
    supply_total: Annotated[_Amount | None, Field(description="总量，默认现有 / Total to spread")] = None
    max_per_site: Annotated[_Amount | None, Field(description="每处上限 / Most for one facility")] = None
    keep_existing: Annotated[bool, Field(description="每处不减少 / No facility loses any")] = False


class IndicatorQuery(ChangedQuery, PeopleQuery):
    """Which indicators."""

    by: Annotated[Name, Field(description="统计单元或面图层 / Units, or a layer of areas")] = "town"
    zone: Annotated[Name, Field(description="规范的分区 / Zone whose norms count")] = ""
    new_since: Annotated[
        date | None, Field(description="哪天起交付算新建 / Day from which quarters are new")
    ] = None
    where: Where = ()


class _Counted(ChangedQuery, ReachQuery):
    """What indicators take of a question about reach."""


def access_request(query: AccessQuery, workspace: "Workspace") -> "AccessRequest":
    """Turn parameters into what ``gis.coverage.access`` is asked; raises as ``request_of``."""
    from gis.coverage import KERNELS, AccessRequest  # noqa: PLC0415 - scipy loads with the first question

    return AccessRequest(
        reach=request_of(query, workspace),
        supply_field=query.supply,
        kernels=tuple(query.kernel or KERNELS),
        agree=query.agree,
    )


def redistribution_request(query: RedistributionQuery, workspace: "Workspace") -> "RedistributionRequest":
    """Turn parameters into what ``gis.coverage.redistribution`` is asked; raises as ``request_of``."""
    from gis.coverage import RedistributionRequest  # noqa: PLC0415 - as above

    return RedistributionRequest(
        reach=request_of(query, workspace),
        supply_field=query.supply,
        kernel=query.kernel,
        supply_total=query.supply_total,
        max_per_site=query.max_per_site,
        keep_existing=query.keep_existing,
    )


def indicator_request(query: IndicatorQuery, workspace: "Workspace") -> "IndicatorRequest":
    """Turn parameters into what ``gis.coverage.provision.judging`` is asked; raises as ``request_of``."""
    from gis.coverage import IndicatorRequest  # noqa: PLC0415 - as above

    given = query.model_dump(exclude={"zone", "new_since"})
    reach = request_of(_Counted.model_validate(given), workspace)
    return IndicatorRequest(
        by=reach.by,
        on=reach.on,
        population_field=reach.population_field,
        norms=reach.norms,
        zone=query.zone,
        new_since=query.new_since,
        where=reach.where,
        changes=reach.changes,
    )
