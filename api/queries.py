"""Query parameters of every route: what may be asked, within which bounds. An unknown parameter is refused."""

import math
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

_BBOX = r"^\s*-?\d+(\.\d+)?(\s*,\s*-?\d+(\.\d+)?){3}\s*$"
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
