"""Administrative units and the people in them."""

from layers.model import Field, Kind, LayerSpec
from layers.specs.parts import (
    ADDRESS,
    AREA,
    ID,
    NAME,
    NAMED,
    POPULATION_FIELDS,
    SITE,
    TAIL,
    UNIT_CODE,
    count,
    measure,
    people,
)
from layers.text import Text

ADMIN_UNIT = LayerSpec(
    "admin_unit",
    Text("行政区划与村居", "Administrative units"),
    AREA,
    (
        ID,
        NAMED,
        Field(
            "code",
            Kind.TEXT,
            Text("区划代码", "NBS code"),
            required=True,
            public=True,
            headers=(
                "区划代码",
                "统计用区划代码",
                "行政区划代码",
                "代码",
                "adcode",
                "行政代码",
                "行政区代码",
            ),
        ),
        Field(
            "level",
            Kind.CODE,
            Text("级别", "Level"),
            vocabulary="unit_level",
            required=True,
            public=True,
            headers=("级别", "层级"),
        ),
        Field(
            "kind",
            Kind.CODE,
            Text("类别", "Kind"),
            vocabulary="unit_kind",
            public=True,
            headers=("类别", "类型"),
        ),
        Field(
            "urban_rural",
            Kind.CODE,
            Text("城乡", "Urban or rural"),
            vocabulary="urban_rural",
            public=True,
            headers=("城乡", "城乡分类", "城乡属性", "城乡分类代码"),
        ),
        Field(
            "parent_code",
            Kind.TEXT,
            Text("上级代码", "Parent code"),
            public=True,
            headers=("上级代码", "镇街代码", "所属镇街代码", "townCode"),
        ),
        Field("valid_from", Kind.DATE, Text("设立日期", "Valid from"), public=True, headers=("设立日期",)),
        Field("valid_to", Kind.DATE, Text("撤销日期", "Valid to"), public=True, headers=("撤销日期",)),
        count("households", Text("户数", "Households"), "户", "户数", "总户数", "家庭户数"),
        *POPULATION_FIELDS,
        people("deaths_per_year", Text("年死亡人数", "Deaths per year"), "年死亡人数", "死亡人数"),
        *TAIL,
    ),
    geometry_required=False,
)


POPULATION = LayerSpec(
    "population",
    Text("人口格网", "Population grid"),
    SITE,
    (ID, NAME, *POPULATION_FIELDS, UNIT_CODE, *TAIL),
    public=False,
)


RESIDENTIAL_QUARTER = LayerSpec(
    "residential_quarter",
    Text("居住区", "Residential quarters"),
    SITE,
    (
        ID,
        NAME,
        count("households", Text("户数", "Households"), "户", "户数", "总户数"),
        measure(
            "floor_area_m2", Text("地上建筑面积", "Floor area above ground"), "m²", "建筑面积", "地上建筑面积"
        ),
        measure(
            "care_area_m2",
            Text("配建养老用房面积", "Care floor area provided"),
            "m²",
            "养老用房面积",
            "配建养老用房",
        ),
        Field(
            "delivered_on",
            Kind.DATE,
            Text("交付日期", "Delivered on"),
            public=True,
            headers=("交付日期", "建成日期"),
        ),
        UNIT_CODE,
        ADDRESS,
        *TAIL,
    ),
)
