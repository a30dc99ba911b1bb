"""Query parameters of the routes that choose sites: the same options as ``fangyu site``."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from api.reach_queries import Name, SoughtQuery

if TYPE_CHECKING:
    from gis.coverage import CoverageRequest, SiteRequest

_Positive = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]
_Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
_Metres = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
_SECONDS = 300.0


class SiteQuery(SoughtQuery):
    """Which sites are wanted."""

    definition: Annotated[
        Literal["C5", "C6"] | None,
        Field(description="C5 直线、C6 路网 / Definition of coverage: straight, by road"),
    ] = None
    model: Annotated[
        Literal["mclp", "lscp", "p-median", "p-center", "capacitated"],
        Field(description="选址模型 / Model of siting"),
    ] = "mclp"
    sites: Annotated[int | None, Field(ge=1, le=5000, description="新增几处 / How many new sites")] = None
    target_share: Annotated[
        _Share | None, Field(description="要覆盖的人口份额 / Share of the people to cover")
    ] = None
    budget: Annotated[_Positive | None, Field(description="总费用上限 / Most they may cost together")] = None
    cost_new: Annotated[_Positive, Field(description="新建一处的费用 / Cost of a new site")] = 1.0
    cost_stock: Annotated[
        _Positive | None, Field(description="改造一处存量的费用 / Cost of converting stock")
    ] = None
    cost_field: Annotated[
        Name | None, Field(description="候选图层的费用字段 / Field of the candidates that tells the cost")
    ] = None
    capacity: Annotated[_Positive | None, Field(description="新站点的容量 / What a new site holds")] = None
    capacity_field: Annotated[Name | None, Field(description="容量字段 / Field of the capacity")] = None
    candidates: Annotated[
        Name, Field(description="候选点：图层、grid 或 stock / Layer of candidates, grid or stock")
    ] = "grid"
    prefer_stock: Annotated[
        _Positive | None,
        Field(
            description="先用存量，新建多出这个份额才换 / Stock first unless a new site serves so much more"
        ),
    ] = None
    spacing_m: Annotated[
        Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False)],
        Field(description="网格间距 / Spacing of the grid"),
    ] = 500.0
    apart_m: Annotated[_Metres | None, Field(description="站点间最小间距 / Least distance between sites")] = (
        None
    )
    per: Annotated[
        Literal["village", "town", "county"] | None,
        Field(description="按哪级单元限制数量 / Units that limit the number"),
    ] = None
    at_most_per: Annotated[
        int | None, Field(ge=0, le=5000, description="每个单元至多几处 / Most sites of a unit")
    ] = None
    at_least_per: Annotated[
        int, Field(ge=0, le=5000, description="每个单元至少几处 / Fewest sites of a unit")
    ] = 0
    exclude: Annotated[
        list[Name],
        Field(
            default_factory=list,
            description="禁入范围图层，可重复 / Layers where nothing may stand",
            max_length=10,
        ),
    ]
    review_buffer_m: Annotated[
        _Metres, Field(description="禁入范围外多少米内须复核 / Metres around that call for a review")
    ] = 0.0
    curve: Annotated[
        int | None, Field(ge=0, le=200, description="曲线画到几处 / Greatest number on the curve")
    ] = None
    alternatives: Annotated[int, Field(ge=0, le=50, description="另给几个方案 / Other plans wanted")] = 5
    within: Annotated[_Share, Field(description="相近方案最多差多少 / Share other plans may lose")] = 0.01
    time_limit_s: Annotated[
        float,
        Field(
            ge=0, le=_SECONDS, allow_inf_nan=False, description="求解时限，秒 / Seconds to look for a plan"
        ),
    ] = 60.0
    gap: Annotated[_Share, Field(description="与上界差多少即可停 / Gap at which to stop")] = 0.0


_OWN = tuple(name for name in SiteQuery.model_fields if name not in SoughtQuery.model_fields)


def site_request(query: SiteQuery, reach: "CoverageRequest") -> "SiteRequest":
    """Turn parameters into what ``gis.coverage`` is asked."""
    from gis.coverage import SiteRequest  # noqa: PLC0415 - scipy loads with the first question

    own = {name: getattr(query, name) for name in _OWN}
    return SiteRequest(reach=reach, **(own | {"exclude": tuple(query.exclude)}))
