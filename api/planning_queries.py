"""Query parameters of the planning set: the same options as ``fangyu planning-set``."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from api.queries import Query

_CHANGE = r"^(add|move|close|open|resize):[^\x00]+$"


class PlanningSetQuery(Query):
    """Which planning set is wanted."""

    form: Annotated[Literal["docx", "xlsx", "pdf", "html"], Field(description="格式 / Form")] = "docx"
    layer: Annotated[
        list[Annotated[str, Field(max_length=60)]],
        Field(description="设施图层，可重复 / Layer of services", max_length=5, default_factory=list),
    ]
    within_min: Annotated[
        str, Field(description="各等级的分钟数，5,10,15 / Minutes of the tiers", max_length=60)
    ] = "5,10,15"
    definition: Annotated[
        list[Literal["all", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"]],
        Field(
            description="覆盖矩阵用的定义，可重复 / Definitions of the matrix",
            max_length=9,
            default_factory=list,
        ),
    ]
    sites: Annotated[int | None, Field(description="近期新设几处 / New sites, near term", ge=1, le=200)] = (
        None
    )
    far_sites: Annotated[
        int | None, Field(description="远期再设几处 / Further sites, far term", ge=1, le=200)
    ] = None
    scenario: Annotated[str, Field(description="已保存的方案 / A saved scenario", max_length=200)] = ""
    profile: Annotated[
        Literal["internal", "public"], Field(description="内部或公开版 / Internal or public edition")
    ] = "internal"
    on: Annotated[date | None, Field(description="以哪一天为准 / The day that counts")] = None
    population_field: Annotated[str, Field(description="人口字段 / Population field", max_length=60)] = (
        "pop_65_plus"
    )
    mode: Annotated[Literal["walk", "e-bike", "drive"], Field(description="出行方式 / How people go")] = (
        "walk"
    )
    barrier: Annotated[
        list[Annotated[str, Field(max_length=60)]],
        Field(
            description="道路不能穿过的图层，可重复 / Layer that roads do not cross",
            max_length=5,
            default_factory=list,
        ),
    ]
    need_per_1000: Annotated[
        float | None,
        Field(description="每千人需要量 / Need per 1,000 people", gt=0, le=100_000, allow_inf_nan=False),
    ] = None
    norms: Annotated[str | None, Field(description="规范方案 / Norm profile", max_length=60)] = None
    change: Annotated[
        list[Annotated[str, Field(pattern=_CHANGE, max_length=300)]],
        Field(
            description="第一种服务的设施变动，如 close:c1，可重复 / Change, action:written",
            max_length=50,
            default_factory=list,
        ),
    ]
    lang: Annotated[Literal["zh", "en"] | None, Field(description="语言 / Language")] = None
