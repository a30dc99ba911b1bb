"""Query parameters of the routes about proposed names."""

from datetime import date
from typing import Annotated

from pydantic import Field

from api import queries as asked

Name = Annotated[str, Field(min_length=1, max_length=400, description="名称 / The name")]
Class = Annotated[
    str,
    Field(
        alias="class", max_length=40, description="地名类别，不写由名称推定 / Class, else told by the name"
    ),
]
Size = Annotated[float | None, Field(ge=0, le=1e9, allow_inf_nan=False)]


class PrecheckQuery(asked.Query):
    """A proposed name, its class, jurisdiction, place and sizes: the same options as ``fangyu names precheck``."""

    name: Name
    entity_class: Class = ""
    county: Annotated[
        str,
        Field(max_length=12, description="区划代码，默认本区县 / Division code, by default this district"),
    ] = ""
    lon: Annotated[float | None, Field(ge=-180, le=180, description="经度（度）/ Longitude in degrees")] = (
        None
    )
    lat: Annotated[float | None, Field(ge=-90, le=90, description="纬度（度）/ Latitude in degrees")] = None
    place: Annotated[
        str | None,
        Field(max_length=20_000, description="图层:编号 或 GeoJSON / LAYER:ID of a feature, or GeoJSON"),
    ] = None
    site_m2: Annotated[Size, Field(description="用地面积（平方米）/ Site in m²")] = None
    floor_area_m2: Annotated[Size, Field(description="建筑面积（平方米）/ Floor area in m²")] = None
    floors: Annotated[Size, Field(description="层数 / Storeys")] = None
    green_rate: Annotated[
        float | None,
        Field(ge=0, le=100, allow_inf_nan=False, description="绿地率（%）/ Green rate in percent"),
    ] = None
    on: Annotated[date | None, Field(description="以哪一天为准 / The day that counts")] = None
    alternatives: Annotated[bool, Field(description="要不要备选名 / Whether to propose other names")] = True


class RomanizeQuery(asked.Query):
    """A name to be written in Hanyu Pinyin."""

    name: Name
    entity_class: Class = ""
