"""Query parameters of the routes about supply in reach: the same options as ``fangyu access``."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from api.queries import CoverageQuery, Query
from api.written import changes, pairs

if TYPE_CHECKING:
    from gis.coverage import AccessRequest, CoverageRequest, IndicatorRequest, RedistributionRequest

_Kernel = Literal["rectangle", "step-slow", "step-fast", "gaussian", "3sfca"]
_Amount = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
_Name = Annotated[str, Field(max_length=60)]
_WHERE = r"^[^=\s]+=[^\x00]*$"
_CHANGE = r"^(add|move|close|open|resize):[^\x00]+$"
Supply = Annotated[_Name | None, Field(description="供给量字段 / Field of the supply")]


class AccessQuery(CoverageQuery):
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


class RedistributionQuery(CoverageQuery):
    """What is spread."""

    supply: Supply = None
    kernel: Annotated[_Kernel, Field(description="衰减函数 / Kernel")] = "gaussian"
    supply_total: Annotated[_Amount | None, Field(description="总量，默认现有 / Total to spread")] = None
    max_per_site: Annotated[_Amount | None, Field(description="每处上限 / Most for one facility")] = None
    keep_existing: Annotated[bool, Field(description="每处不减少 / No facility loses any")] = False


class IndicatorQuery(Query):
    """Which indicators."""

    by: Annotated[_Name, Field(description="统计单元或面图层 / Units, or a layer of areas")] = "town"
    on: Annotated[date | None, Field(description="以哪一天为准 / The day that counts")] = None
    population_field: Annotated[_Name, Field(description="老人按哪个人口字段 / Population field")] = (
        "pop_65_plus"
    )
    norms: Annotated[_Name | None, Field(description="规范方案 / Norm profile")] = None
    zone: Annotated[_Name, Field(description="规范的分区 / Zone whose norms count")] = ""
    new_since: Annotated[
        date | None, Field(description="哪天起交付算新建 / Day from which quarters are new")
    ] = None
    where: Annotated[
        list[Annotated[str, Field(pattern=_WHERE, max_length=200)]],
        Field(
            description="设施条件 字段=值，可重复 / Only facilities with key=value",
            max_length=10,
            default_factory=list,
        ),
    ]
    change: Annotated[
        list[Annotated[str, Field(pattern=_CHANGE, max_length=300)]],
        Field(
            description="设施变动 动作:写法，可重复 / Change, action:written",
            max_length=50,
            default_factory=list,
        ),
    ]


def access_request(query: AccessQuery, reach: "CoverageRequest") -> "AccessRequest":
    """Turn parameters into what ``gis.coverage.access`` is asked."""
    from gis.coverage import KERNELS, AccessRequest  # noqa: PLC0415 - scipy loads with the first question

    return AccessRequest(
        reach=reach, supply_field=query.supply, kernels=tuple(query.kernel or KERNELS), agree=query.agree
    )


def redistribution_request(query: RedistributionQuery, reach: "CoverageRequest") -> "RedistributionRequest":
    """Turn parameters into what ``gis.coverage.redistribution`` is asked."""
    from gis.coverage import RedistributionRequest  # noqa: PLC0415 - as above

    return RedistributionRequest(
        reach=reach,
        supply_field=query.supply,
        kernel=query.kernel,
        supply_total=query.supply_total,
        max_per_site=query.max_per_site,
        keep_existing=query.keep_existing,
    )


def indicator_request(query: IndicatorQuery) -> "IndicatorRequest":
    """Turn parameters into what ``gis.coverage.indicators`` is asked; raises InputError for what it cannot read."""
    from gis.coverage import IndicatorRequest  # noqa: PLC0415 - as above

    return IndicatorRequest(
        by=query.by,
        on=query.on,
        population_field=query.population_field,
        norms=query.norms,
        zone=query.zone,
        new_since=query.new_since,
        where=pairs(query.where, option="where"),
        changes=changes(query.change),
    )
