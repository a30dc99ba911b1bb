"""Care facilities and meal points."""

from layers.model import Field, Kind, LayerSpec
from layers.specs.parts import (
    ADDRESS,
    HOURS,
    ID,
    NAMED,
    PHONE,
    SERVED_UNITS,
    SERVICE_DATES,
    SITE,
    TAIL,
    UNIT_CODE,
    count,
    measure,
)
from layers.text import Text

CARE_FACILITY = LayerSpec(
    "care_facility",
    Text("养老服务设施", "Care facilities"),
    SITE,
    (
        ID,
        NAMED,
        Field(
            "kind",
            Kind.CODE,
            Text("设施类型", "Kind"),
            vocabulary="care_kind",
            public=True,
            headers=("类型", "设施类型", "机构类型", "类别", "sub_type"),
        ),
        Field(
            "tier",
            Kind.CODE,
            Text("层级", "Tier"),
            vocabulary="care_tier",
            public=True,
            headers=("层级", "等级", "级别"),
        ),
        Field(
            "functions",
            Kind.LIST,
            Text("服务功能", "Functions"),
            public=True,
            headers=("服务功能", "功能", "服务内容", "服务项目"),
        ),
        count("beds", Text("床位数", "Beds"), "张", "床位", "床位数", "总床位", "核定床位"),
        count(
            "nursing_beds", Text("护理型床位", "Nursing beds"), "张", "护理床位", "护理型床位", "护理型床位数"
        ),
        count("residents", Text("入住人数", "Residents"), "人", "入住人数", "在院人数", public=False),
        measure("area_m2", Text("建筑面积", "Floor area"), "m²", "建筑面积", "面积", "用房面积"),
        Field(
            "operator",
            Kind.TEXT,
            Text("运营方", "Operator"),
            public=True,
            headers=("运营方", "运营单位", "举办单位"),
        ),
        Field(
            "operator_mode",
            Kind.CODE,
            Text("运营方式", "Operation"),
            vocabulary="operator_mode",
            public=True,
            headers=("运营方式", "性质", "机构性质"),
        ),
        Field(
            "registration",
            Kind.CODE,
            Text("登记备案", "Registration"),
            vocabulary="registration",
            public=True,
            headers=("备案", "登记备案", "备案情况", "登记状态"),
        ),
        Field(
            "medical_link",
            Kind.CODE,
            Text("医养结合", "Medical link"),
            vocabulary="medical_link",
            public=True,
            headers=("医养结合", "医疗资源"),
        ),
        Field(
            "rating", Kind.TEXT, Text("等级评定", "Rating"), public=True, headers=("等级评定", "星级", "评级")
        ),
        Field("contact", Kind.TEXT, Text("负责人", "Person in charge"), headers=("负责人", "联系人", "法人")),
        *SERVICE_DATES,
        SERVED_UNITS,
        UNIT_CODE,
        ADDRESS,
        PHONE,
        HOURS,
        *TAIL,
    ),
)


MEAL_POINT = LayerSpec(
    "meal_point",
    Text("助餐点", "Meal points"),
    SITE,
    (
        ID,
        NAMED,
        Field(
            "tier",
            Kind.CODE,
            Text("助餐层级", "Tier"),
            vocabulary="meal_tier",
            public=True,
            headers=("层级", "类型", "助餐类型", "类别"),
        ),
        count(
            "meals_per_day",
            Text("日供餐能力", "Meals per day"),
            "份",
            "日供餐",
            "日供餐能力",
            "供餐能力",
            "日均供餐",
        ),
        count("seats", Text("餐位数", "Seats"), "个", "餐位", "餐位数", "座位数"),
        Field(
            "delivers",
            Kind.BOOL,
            Text("送餐上门", "Home delivery"),
            public=True,
            headers=("送餐", "送餐上门", "配送"),
        ),
        Field("kitchen_id", Kind.TEXT, Text("供餐厨房编号", "Supplied by"), headers=("供餐厨房", "中央厨房")),
        Field("operator", Kind.TEXT, Text("运营方", "Operator"), public=True, headers=("运营方", "运营单位")),
        *SERVICE_DATES,
        SERVED_UNITS,
        UNIT_CODE,
        ADDRESS,
        PHONE,
        HOURS,
        *TAIL,
    ),
)
