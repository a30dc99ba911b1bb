"""Query parameters of every route: what may be asked, within which bounds. An unknown parameter is refused."""

import math
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

_BBOX = r"^\s*-?\d+(\.\d+)?(\s*,\s*-?\d+(\.\d+)?){3}\s*$"
_WHERE = r"^[^=\s]+=[^\x00]*$"
_CHANGE = r"^(add|move|close|open|resize):[^\x00]+$"
Metres = Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False)]
Minutes = Annotated[float, Field(gt=0, le=600, allow_inf_nan=False)]
Limit = Annotated[int, Field(ge=1, le=1000, description="一页最多几条 / At most so many on a page")]
Offset = Annotated[int, Field(ge=0, le=100_000_000, description="跳过几条 / Leave out so many first")]


def _on_earth(bbox: str | None) -> str | None:
    if bbox is not None:
        west, south, east, north = corners(bbox)
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):  # noqa: PLR2004 - degrees
            raise PydanticCustomError("bbox_order", "west,south,east,north in degrees")
    return bbox


def corners(bbox: str) -> tuple[float, float, float, float]:
    """Read ``west,south,east,north``; the text must have passed ``ItemsQuery``."""
    west, south, east, north = (float(part) for part in bbox.split(","))
    if not all(math.isfinite(part) for part in (west, south, east, north)):
        raise ValueError("bbox must be finite")
    return west, south, east, north


class Query(BaseModel):
    """Parameters of a route; any other is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ItemsQuery(Query):
    """Which features of a layer."""

    bbox: Annotated[
        str | None,
        Field(
            pattern=_BBOX,
            description="范围：西,南,东,北（度）/ West,south,east,north in degrees",
            max_length=200,
        ),
        AfterValidator(_on_earth),
    ] = None
    limit: Limit = 100
    offset: Offset = 0
    q: Annotated[
        str, Field(max_length=100, description="名称或曾用名里包含 / Part of the name or of a former one")
    ] = ""


class CoverageQuery(Query):
    """What is measured: the same options as ``fangyu cover``."""

    layer: Annotated[str, Field(description="设施图层 / Layer of facilities")] = "care_facility"
    definition: Annotated[
        Literal["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"] | None,
        Field(description="覆盖定义 / Definition of coverage"),
    ] = None
    within_min: Annotated[Minutes | None, Field(description="分钟 / Minutes")] = None
    within_m: Annotated[Metres | None, Field(description="米 / Metres")] = None
    travel: Annotated[
        Literal["network", "straight"] | None, Field(description="走路网或直线 / By roads or straight")
    ] = None
    by: Annotated[
        str,
        Field(
            description="统计单元或面图层 / Units: village town county, or a layer of areas", max_length=30
        ),
    ] = "village"
    on: Annotated[date | None, Field(description="以哪一天为准 / The day that counts")] = None
    population_field: Annotated[str, Field(description="人口字段 / Population field", max_length=60)] = (
        "pop_65_plus"
    )
    where: Annotated[
        list[Annotated[str, Field(pattern=_WHERE, max_length=200)]],
        Field(description="设施条件 字段=值，可重复 / Only facilities with key=value", max_length=10),
    ] = []
    mode: Annotated[Literal["walk", "e-bike", "drive"], Field(description="出行方式 / How people go")] = (
        "walk"
    )
    norms: Annotated[str | None, Field(description="规范方案 / Norm profile", max_length=60)] = None
    barrier: Annotated[
        list[Annotated[str, Field(max_length=60)]],
        Field(description="道路不能穿过的图层，可重复 / Layer that roads do not cross", max_length=5),
    ] = []
    need_per_1000: Annotated[
        float | None,
        Field(description="每千人需要量 / Need per 1,000 people", gt=0, le=100_000, allow_inf_nan=False),
    ] = None
    change: Annotated[
        list[Annotated[str, Field(pattern=_CHANGE, max_length=300)]],
        Field(description="设施变动 动作:写法，如 close:c1，可重复 / Change, action:written", max_length=50),
    ] = []


class FindingsQuery(Query):
    """Which findings."""

    check: Annotated[
        Literal["all", "quality", "names", "signs", "boundaries", "cemeteries"],
        Field(description="哪项检查 / Which check"),
    ] = "all"
    category: Annotated[str, Field(max_length=60, description="问题类别 / Category")] = ""
    severity: Annotated[
        Literal["", "error", "suspect", "review", "unknown", "note"], Field(description="程度 / Severity")
    ] = ""
    on: Annotated[date | None, Field(description="以哪一天为准 / The day that counts")] = None
    limit: Limit = 100
    offset: Offset = 0


class NoParameters(Query):
    """A route that takes none."""


class PageQuery(Query):
    """How a page is shown."""

    lang: Annotated[Literal["zh", "en"] | None, Field(description="语言 / Language")] = None


class LoginQuery(PageQuery):
    """How somebody signs in."""

    key: Annotated[str | None, Field(max_length=500, description="工作人员口令 / Staff key")] = None
    next: Annotated[str, Field(max_length=500, description="登录后去哪页 / Page to go to then")] = "/plan"
