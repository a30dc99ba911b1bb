"""The columns a list of names may have, and the headings under which people write them."""

from layers.model import Field, Kind, LayerSpec
from layers.specs.names import PLACE_NAME
from layers.specs.parts import ANY
from layers.text import Text

_NAME_HEADINGS = (
    "名称", "地名", "地名名称", "标准地名", "标准名称", "道路名称", "路名", "小区名称", "住宅区名称", "楼盘名称",
    "楼宇名称", "建筑物名称", "村名", "村名称", "社区名称", "桥名", "公园名称", "名字", "全称", "place_name", "名稱",
)  # fmt: skip


def _text(name: str, label: Text, *headers: str) -> Field:
    return Field(name, Kind.TEXT, label, headers=headers)


def _of_register(name: str, *headers: str) -> Field:
    own = PLACE_NAME.field(name)
    return Field(
        name,
        own.kind,
        own.label,
        unit=own.unit,
        vocabulary=own.vocabulary,
        headers=(*own.headers, *headers),
        minimum=own.minimum,
        maximum=own.maximum,
    )


NAME_LIST = LayerSpec(
    "name_list",
    Text("地名清单", "List of names"),
    ANY,
    (
        Field("name", Kind.TEXT, Text("名称", "Name"), required=True, headers=_NAME_HEADINGS),
        _text("class", Text("类别", "Class"), "地名类别", "地名类型", "实体类别", "类型", "entity_class", "類別"),
        _text("province", Text("省", "Province"), "省份", "省级", "省（区、市）", "所在省"),
        _text("city", Text("市", "City"), "地市", "城市", "设区市", "地级市", "所在市"),
        _text("county", Text("县", "County"), "区县", "县区", "县（市、区）", "区（县）", "所在区县", "district"),
        _text("town", Text("镇街", "Town"), "乡镇", "乡镇街道", "街道", "镇", "所在镇街", "township"),
        _text("code", Text("区划代码", "Division code"), "行政区划代码", "统计用区划代码", "代码", "村居代码", "adcode",
              "unit_code", "jurisdiction"),
        _of_register("status"),
        _of_register("approved_on", "批复日期"),
        _of_register("in_use_since", "启用日期", "建成年份"),
        _of_register("registered_name", "登记名称", "备案名称"),
        _of_register("marketing_names", "marketing_name", "推广名称"),
        _of_register("former_names", "former_name", "旧名", "历史地名"),
        _text("signed_name", Text("标志用名", "Name on the sign"), "标志名", "路牌名称", "牌面名称"),
        _of_register("heritage"),
        _of_register("site_m2"),
        _of_register("floor_area_m2"),
        _of_register("floors"),
        _of_register("green_rate"),
    ),
    geometry_required=False,
)  # fmt: skip
"""Not a layer of a workspace: what ``layers.reading`` needs to understand the headings of such a list."""

READ_AS_THEY_STAND = frozenset({"name", "class", "province", "city", "county", "town", "code", "green_rate"})
"""Columns whose cells this package reads itself; the others go through ``layers.reading.values``."""
