"""Name signs and number plates: what the office sets up, inspects and replaces. Shown only to its own people."""

from dataclasses import replace

from layers.model import Field, Kind, LayerSpec
from layers.specs.parts import ADDRESS, ID, POINT, TAIL, UNIT_CODE
from layers.text import Text

_UPKEEP = (
    Field(
        "state",
        Kind.CODE,
        Text("状况", "Condition"),
        vocabulary="sign_state",
        headers=("状况", "状态", "完好状况", "标志状况"),
    ),
    Field(
        "set_on",
        Kind.DATE,
        Text("设置日期", "Set up on"),
        headers=("设置日期", "安装日期", "设立日期"),
    ),
    Field(
        "ordered_on",
        Kind.DATE,
        Text("要求设置日期", "Ordered on"),
        headers=("要求设置日期", "下达日期", "派单日期"),
    ),
    Field(
        "due_on",
        Kind.DATE,
        Text("完成期限", "Due on"),
        headers=("完成期限", "期限", "应设置日期"),
    ),
    Field(
        "found_on",
        Kind.DATE,
        Text("发现问题日期", "Defect found on"),
        headers=("发现问题日期", "发现日期", "报修日期"),
    ),
    Field(
        "inspected_on",
        Kind.DATE,
        Text("最近巡查日期", "Inspected on"),
        headers=("最近巡查日期", "巡查日期", "检查日期"),
    ),
    Field(
        "maintained_by",
        Kind.TEXT,
        Text("管护单位", "Maintained by"),
        headers=("管护单位", "维护单位", "责任单位"),
    ),
)
"""Condition and dates of upkeep: internal."""

ROAD_SIGN = LayerSpec(
    "road_sign",
    Text("地名标志", "Name signs"),
    POINT,
    (
        replace(
            ID,
            headers=(*ID.headers, "路牌编号", "路名牌编号", "标志编号", "标志牌编号", "标牌编号", "牌编号"),
        ),
        Field(
            "name",
            Kind.TEXT,
            Text("牌面文字", "Text on the sign"),
            public=True,
            headers=("牌面文字", "牌面", "标志文字", "路牌名称", "名称", "sign_text"),
        ),
        Field(
            "sign_pinyin",
            Kind.TEXT,
            Text("牌面拼音", "Pinyin on the sign"),
            public=True,
            headers=("牌面拼音", "标志拼音", "拼音"),
        ),
        Field(
            "kind",
            Kind.CODE,
            Text("标志类型", "Kind"),
            vocabulary="sign_kind",
            public=True,
            headers=("标志类型", "类型", "类别"),
        ),
        Field(
            "place_name",
            Kind.TEXT,
            Text("对应地名", "Place it names"),
            public=True,
            headers=("对应地名", "标准地名", "道路名称", "路名"),
        ),
        Field(
            "place_name_id",
            Kind.TEXT,
            Text("对应地名编号", "Id of that place name"),
            headers=("对应地名编号", "地名编号", "place_name_id"),
        ),
        *_UPKEEP,
        UNIT_CODE,
        *TAIL,
    ),
    public=False,
)

DOOR_PLATE = LayerSpec(
    "door_plate",
    Text("门楼牌", "Number plates"),
    POINT,
    (
        replace(ID, headers=(*ID.headers, "门牌编号", "门楼牌编号", "楼牌编号", "标牌编号", "牌编号")),
        Field(
            "kind",
            Kind.CODE,
            Text("门楼牌类型", "Kind"),
            vocabulary="plate_kind",
            required=True,
            public=True,
            headers=("门楼牌类型", "类型", "类别", "牌类"),
        ),
        Field(
            "number",
            Kind.TEXT,
            Text("号码", "Number"),
            public=True,
            headers=("号码", "门牌号", "门牌号码", "楼牌号", "牌号"),
        ),
        Field(
            "street",
            Kind.TEXT,
            Text("所在道路", "Street"),
            public=True,
            headers=("所在道路", "道路名称", "街路巷", "路名"),
        ),
        Field(
            "quarter",
            Kind.TEXT,
            Text("小区（院落）", "Quarter or court"),
            public=True,
            headers=("小区", "小区名称", "院落", "小区（院落）"),
        ),
        Field(
            "building",
            Kind.TEXT,
            Text("楼栋", "Building"),
            public=True,
            headers=("楼栋", "楼栋号", "幢号"),
        ),
        Field(
            "side",
            Kind.CODE,
            Text("所在侧", "Side of the street"),
            vocabulary="street_side",
            public=True,
            headers=("所在侧", "左右侧", "方位"),
        ),
        ADDRESS,
        *_UPKEEP,
        UNIT_CODE,
        *TAIL,
    ),
    public=False,
)
"""Doors, buildings and stairs, never a household: a row of another kind (户牌, 室号牌) is refused at the import."""
