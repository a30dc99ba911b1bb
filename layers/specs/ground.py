"""Roads, what cuts them, shelters and other places."""

from layers.model import Field, Kind, LayerSpec
from layers.specs.parts import (
    ADDRESS,
    COURSE,
    ID,
    LINE,
    NAME,
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

ROAD = LayerSpec(
    "road",
    Text("道路", "Roads"),
    LINE,
    (
        ID,
        NAME,
        Field(
            "road_class",
            Kind.CODE,
            Text("道路等级", "Class"),
            vocabulary="road_class",
            public=True,
            headers=("道路等级", "等级", "fclass", "highway"),
        ),
        Field("walkable", Kind.BOOL, Text("可步行", "Walkable"), public=True, headers=("可步行",)),
        Field("oneway", Kind.BOOL, Text("单行", "One-way"), public=True, headers=("单行", "oneway")),
        Field("bridge", Kind.BOOL, Text("桥梁", "Bridge"), public=True, headers=("桥梁", "bridge")),
        Field("tunnel", Kind.BOOL, Text("隧道", "Tunnel"), public=True, headers=("隧道", "tunnel")),
        Field(
            "node_from",
            Kind.TEXT,
            Text("起点编号", "From node"),
            headers=("起点编号", "u", "from_node", "fnode", "起点节点", "起始节点"),
        ),
        Field(
            "node_to",
            Kind.TEXT,
            Text("终点编号", "To node"),
            headers=("终点编号", "v", "to_node", "tnode", "终点节点", "终止节点"),
        ),
        measure("length_m", Text("长度", "Length"), "m", "长度", "length"),
        Field(
            "incline_percent",
            Kind.FLOAT,
            Text("坡度", "Incline"),
            unit="%",
            public=True,
            headers=("坡度", "纵坡", "incline"),
            minimum=-100,
            maximum=100,
        ),
        *TAIL,
    ),
)
"""``incline_percent`` is the rise over 100 m from the first vertex to the last; missing is unknown, never flat."""


BARRIER = LayerSpec(
    "barrier",
    Text("阻隔", "Barriers"),
    COURSE,
    (
        ID,
        NAME,
        Field(
            "kind",
            Kind.CODE,
            Text("阻隔类型", "Kind"),
            vocabulary="barrier_kind",
            required=True,
            public=True,
            headers=("阻隔类型", "类型", "类别", "barrier"),
        ),
        *TAIL,
    ),
)
"""What people cannot cross on foot away from a bridge or an underpass; as a line, or as the area it takes up."""


SHELTER = LayerSpec(
    "shelter",
    Text("避灾安置场所", "Shelters"),
    SITE,
    (
        ID,
        NAMED,
        count("capacity", Text("可安置人数", "Capacity"), "人", "可安置人数", "容量", "安置人数"),
        Field(
            "kind",
            Kind.CODE,
            Text("级别", "Level"),
            vocabulary="shelter_kind",
            public=True,
            headers=("类型", "级别"),
        ),
        Field(
            "appraised_on",
            Kind.DATE,
            Text("房屋安全鉴定日期", "Safety appraisal"),
            headers=("鉴定日期", "安全鉴定日期"),
        ),
        Field("signs", Kind.BOOL, Text("标示牌齐全", "Signs in place"), headers=("标示牌",)),
        SERVED_UNITS,
        UNIT_CODE,
        ADDRESS,
        *TAIL,
    ),
)


POINT_OF_INTEREST = LayerSpec(
    "point_of_interest",
    Text("医院、餐馆等相关场所", "Hospitals, restaurants and the like"),
    SITE,
    (
        ID,
        NAME,
        Field(
            "kind",
            Kind.CODE,
            Text("类型", "Kind"),
            vocabulary="poi_kind",
            required=True,
            public=True,
            headers=("类型", "类别", "amenity"),
        ),
        ADDRESS,
        PHONE,
        *TAIL,
    ),
)
