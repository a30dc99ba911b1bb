"""Administrative units, the areas and houses in them, and how many people live there."""

from dataclasses import replace

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


BUILDING = LayerSpec(
    "building",
    Text("建筑", "Buildings"),
    SITE,
    (
        replace(ID, headers=(*ID.headers, "建筑编号", "楼栋编号")),
        replace(NAME, headers=(*NAME.headers, "建筑名称", "楼栋", "楼栋名称")),
        Field(
            "kind",
            Kind.CODE,
            Text("建筑类型", "Kind"),
            vocabulary="building_kind",
            public=True,
            headers=("建筑类型", "类型", "类别", "用途", "建筑用途", "building"),
        ),
        count("floors", Text("层数", "Floors"), "层", "层数", "地上层数", "楼层数", "building:levels"),
        count("households", Text("户数", "Households"), "户", "户数", "总户数", "住户数", public=False),
        UNIT_CODE,
        *TAIL,
    ),
)
"""Buildings, never households: how many households a building has needs a login."""


STUDY_AREA = LayerSpec(
    "study_area",
    Text("研究片区", "Study areas"),
    AREA,
    (
        replace(ID, headers=("编号", "ID", "标识码", "osm_id")),
        replace(NAMED, headers=(*NAMED.headers, "片区名称", "单元名称")),
        Field(
            "code",
            Kind.TEXT,
            Text("片区代码", "Code"),
            required=True,
            public=True,
            headers=("片区代码", "片区编号", "单元代码", "单元编号", "代码", "code"),
        ),
        Field(
            "kind",
            Kind.TEXT,
            Text("片区类型", "Kind"),
            public=True,
            headers=("片区类型", "类型", "类别", "单元类型"),
        ),
        Field(
            "note", Kind.TEXT, Text("片区说明", "Note"), public=True, headers=("片区说明", "规划说明", "note")
        ),
        *TAIL,
    ),
    public=False,
)
"""Areas of the planner's own to report by: planning sheets, service zones, living circles."""
