"""Cemeteries and the zones where none may be."""

from layers.model import Field, Kind, LayerSpec
from layers.specs.parts import (
    ADDRESS,
    AREA,
    ID,
    NAMED,
    PHONE,
    SERVED_UNITS,
    SITE,
    TAIL,
    UNIT_CODE,
    count,
    measure,
)
from layers.text import Text

CEMETERY = LayerSpec(
    "cemetery",
    Text("公墓与骨灰堂", "Cemeteries and columbaria"),
    SITE,
    (
        ID,
        NAMED,
        Field(
            "kind",
            Kind.CODE,
            Text("类型", "Kind"),
            vocabulary="cemetery_kind",
            public=True,
            headers=("类型", "性质", "公墓性质", "类别"),
        ),
        count("plots", Text("墓穴总数", "Plots"), "穴", "墓穴数", "墓穴总数", "规划墓穴"),
        count("plots_used", Text("已用墓穴", "Plots used"), "穴", "已用墓穴", "已安葬", public=False),
        count("niches", Text("格位总数", "Niches"), "格", "格位数", "格位总数", "骨灰格位"),
        count("niches_used", Text("已用格位", "Niches used"), "格", "已用格位", public=False),
        measure("area_m2", Text("占地面积", "Area"), "m²", "占地面积", "面积", "批准面积"),
        Field(
            "greening",
            Kind.FLOAT,
            Text("绿化覆盖率", "Greening"),
            unit="%",
            public=True,
            headers=("绿化率", "绿化覆盖率"),
            minimum=0,
            maximum=100,
        ),
        measure("plot_m2", Text("单穴面积", "Area per plot"), "m²", "单穴面积", "穴均面积"),
        Field(
            "last_inspected",
            Kind.DATE,
            Text("最近年检日期", "Last annual inspection"),
            public=True,
            headers=("年检日期", "最近年检日期"),
        ),
        Field(
            "inspection_result",
            Kind.CODE,
            Text("年检结果", "Result"),
            vocabulary="inspection_result",
            public=True,
            headers=("年检结果", "年检结论"),
        ),
        Field(
            "permit_until",
            Kind.DATE,
            Text("许可有效期至", "Permit until"),
            headers=("许可有效期", "有效期至"),
        ),
        Field(
            "operator",
            Kind.TEXT,
            Text("管理单位", "Operator"),
            public=True,
            headers=("管理单位", "经营单位", "主办单位"),
        ),
        SERVED_UNITS,
        UNIT_CODE,
        ADDRESS,
        PHONE,
        *TAIL,
    ),
)


NO_BURIAL_ZONE = LayerSpec(
    "no_burial_zone",
    Text("禁坟区与限制区", "No-burial zones"),
    AREA,
    (
        ID,
        NAMED,
        Field(
            "kind",
            Kind.CODE,
            Text("区域类型", "Kind"),
            vocabulary="zone_kind",
            required=True,
            public=True,
            headers=("类型", "区域类型", "类别"),
        ),
        Field("basis", Kind.TEXT, Text("划定依据", "Legal basis"), public=True, headers=("依据", "划定依据")),
        Field("valid_from", Kind.DATE, Text("生效日期", "Valid from"), public=True, headers=("生效日期",)),
        *TAIL,
    ),
)
