"""Standard place names."""

from layers.model import Field, Kind, LayerSpec
from layers.specs.parts import ANY, ID, NAMED, TAIL, UNIT_CODE, count, measure
from layers.text import Text

PLACE_NAME = LayerSpec(
    "place_name",
    Text("标准地名", "Place names"),
    ANY,
    (
        ID,
        NAMED,
        Field("specific", Kind.TEXT, Text("专名", "Specific part"), public=True, headers=("专名",)),
        Field("generic", Kind.TEXT, Text("通名", "Generic part"), public=True, headers=("通名",)),
        Field(
            "pinyin",
            Kind.TEXT,
            Text("汉语拼音", "Hanyu Pinyin"),
            public=True,
            headers=("拼音", "汉语拼音", "罗马字母拼写"),
        ),
        Field(
            "entity_class",
            Kind.CODE,
            Text("地名类别", "Class"),
            vocabulary="name_class",
            public=True,
            headers=("类别", "地名类别", "地名类型", "place_type_code"),
        ),
        Field(
            "status",
            Kind.CODE,
            Text("地名状态", "Status"),
            vocabulary="name_status",
            public=True,
            headers=("状态", "使用状态", "地名状态"),
        ),
        Field(
            "approved_on",
            Kind.DATE,
            Text("批准日期", "Approved on"),
            public=True,
            headers=("批准日期", "命名日期", "批准时间"),
        ),
        Field(
            "in_use_since",
            Kind.DATE,
            Text("始用日期", "In use since"),
            public=True,
            headers=("始用日期", "启用年份", "使用时间"),
        ),
        Field(
            "former_names",
            Kind.LIST,
            Text("曾用名", "Former names"),
            public=True,
            headers=("曾用名", "别名", "原名", "old_name"),
        ),
        Field(
            "registered_name",
            Kind.TEXT,
            Text("备案名", "Registered name"),
            public=True,
            headers=("备案名", "登记名", "批准名称"),
        ),
        Field(
            "origin",
            Kind.TEXT,
            Text("来历含义", "Origin and meaning"),
            public=True,
            headers=("来历", "含义", "地名含义", "地名来历"),
        ),
        Field(
            "heritage",
            Kind.BOOL,
            Text("地名文化遗产", "Heritage name"),
            public=True,
            headers=("地名文化遗产", "遗产"),
        ),
        UNIT_CODE,
        measure("site_m2", Text("用地面积", "Site area"), "m²", "用地面积", "占地面积"),
        measure("floor_area_m2", Text("建筑面积", "Floor area"), "m²", "建筑面积", "总建筑面积"),
        count("floors", Text("层数", "Floors"), "层", "层数", "楼层"),
        Field(
            "green_rate",
            Kind.FLOAT,
            Text("绿地率", "Green rate"),
            unit="%",
            public=True,
            headers=("绿地率", "绿化率"),
            minimum=0,
            maximum=100,
        ),
        *TAIL,
    ),
    geometry_required=False,
)
