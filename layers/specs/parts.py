"""Fields and shapes that several layers share."""

from layers.model import Field, Kind, Shape
from layers.text import Text

POINT = frozenset({Shape.POINT})
LINE = frozenset({Shape.LINE})
AREA = frozenset({Shape.POLYGON})
SITE = frozenset({Shape.POINT, Shape.POLYGON})
COURSE = frozenset({Shape.LINE, Shape.POLYGON})
ANY = frozenset(Shape)

ID = Field(
    "id",
    Kind.TEXT,
    Text("编号", "Id"),
    required=True,
    public=True,
    headers=("编号", "ID", "标识码", "osm_id", "code"),
)
NAME = Field(
    "name",
    Kind.TEXT,
    Text("名称", "Name"),
    public=True,
    headers=("名称", "名字", "单位名称", "机构名称", "设施名称", "NAME", "全称"),
)
NAMED = Field("name", Kind.TEXT, NAME.label, required=True, public=True, headers=NAME.headers)
UNIT_CODE = Field(
    "unit_code",
    Kind.TEXT,
    Text("所在村居代码", "Unit code"),
    public=True,
    headers=("村居代码", "区划代码", "行政区划代码", "所在村居代码", "社区代码"),
)
ADDRESS = Field(
    "address",
    Kind.TEXT,
    Text("地址", "Address"),
    public=True,
    headers=("地址", "详细地址", "所在地", "机构地址", "addr"),
)
PHONE = Field(
    "phone", Kind.TEXT, Text("电话", "Phone"), public=True, headers=("电话", "联系电话", "服务电话")
)
HOURS = Field(
    "hours",
    Kind.TEXT,
    Text("开放时间", "Opening hours"),
    public=True,
    headers=("开放时间", "服务时间", "营业时间"),
)
SERVED_UNITS = Field(
    "served_units",
    Kind.LIST,
    Text("服务村居", "Units served"),
    public=True,
    headers=("服务村居", "服务范围", "服务社区", "覆盖村居"),
)
SERVICE_DATES = (
    Field(
        "state",
        Kind.CODE,
        Text("状态", "State"),
        vocabulary="service_state",
        public=True,
        headers=("状态", "运营状态", "经营状态"),
    ),
    Field(
        "opened_on",
        Kind.DATE,
        Text("启用日期", "Opened on"),
        public=True,
        headers=("启用日期", "开业日期", "建成时间", "开办日期"),
    ),
    Field("suspended_on", Kind.DATE, Text("暂停日期", "Suspended on"), public=True, headers=("暂停日期",)),
    Field("resumed_on", Kind.DATE, Text("恢复日期", "Resumed on"), public=True, headers=("恢复日期",)),
    Field(
        "closed_on",
        Kind.DATE,
        Text("关停日期", "Closed on"),
        public=True,
        headers=("关停日期", "停用日期", "关闭日期"),
    ),
)
TAIL = (
    Field(
        "as_of",
        Kind.DATE,
        Text("数据截至", "As of"),
        public=True,
        headers=("数据截至", "统计日期", "截至日期"),
    ),
    Field("source", Kind.TEXT, Text("来源", "Source"), public=True, headers=("来源", "数据来源")),
    Field("remarks", Kind.TEXT, Text("备注", "Remarks"), headers=("备注", "说明")),
    Field("attributes", Kind.TEXT, Text("其他列（JSON）", "Other columns (JSON)")),
)


def people(name: str, label: Text, *headers: str) -> Field:
    """Describe a public count of people, suppressed where it is small."""
    return Field(
        name, Kind.INT, label, unit="人", public=True, count_of_people=True, headers=headers, minimum=0
    )


def count(name: str, label: Text, unit: str, *headers: str, public: bool = True) -> Field:
    """Describe a whole number of things, never negative."""
    return Field(name, Kind.INT, label, unit=unit, public=public, headers=headers, minimum=0)


def measure(name: str, label: Text, unit: str, *headers: str, public: bool = True) -> Field:
    """Describe a measured quantity, never negative."""
    return Field(name, Kind.FLOAT, label, unit=unit, public=public, headers=headers, minimum=0)


POPULATION_FIELDS = (
    people("population", Text("常住人口", "Population"), "常住人口", "人口", "总人口", "人口数"),
    people("pop_60_plus", Text("60岁以上人口", "Aged 60+"), "60岁及以上", "60+"),
    people("pop_65_plus", Text("65岁以上人口", "Aged 65+"), "65岁及以上", "65+", "老年人口"),
    people("pop_80_plus", Text("80岁以上人口", "Aged 80+"), "80岁及以上", "80+", "高龄老人"),
)
