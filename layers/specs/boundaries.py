"""Boundary lines and their markers: never shown without a login."""

from layers.model import Field, Kind, LayerSpec
from layers.specs.parts import ID, LINE, NAME, NAMED, POINT, TAIL
from layers.text import Text

BOUNDARY_LINE = LayerSpec(
    "boundary_line",
    Text("行政区域界线", "Boundary lines"),
    LINE,
    (
        ID,
        NAMED,
        Field(
            "line_number",
            Kind.TEXT,
            Text("界线编号", "Line number"),
            headers=("界线编号", "界线代码", "线号"),
        ),
        Field(
            "level",
            Kind.CODE,
            Text("级别", "Level"),
            vocabulary="unit_level",
            public=True,
            headers=("级别", "界线级别"),
        ),
        Field("side_a", Kind.TEXT, Text("甲方", "Side A"), public=True, headers=("甲方", "左侧政区")),
        Field("side_b", Kind.TEXT, Text("乙方", "Side B"), public=True, headers=("乙方", "右侧政区")),
        Field("side_a_code", Kind.TEXT, Text("甲方代码", "Side A code"), headers=("甲方代码",)),
        Field("side_b_code", Kind.TEXT, Text("乙方代码", "Side B code"), headers=("乙方代码",)),
        Field(
            "last_inspected",
            Kind.DATE,
            Text("最近联检日期", "Last joint inspection"),
            headers=("联检日期", "最近联检日期"),
        ),
        *TAIL,
    ),
    public=False,
)


BOUNDARY_MARKER = LayerSpec(
    "boundary_marker",
    Text("界桩", "Boundary markers"),
    POINT,
    (
        ID,
        NAME,
        Field(
            "raw_number",
            Kind.TEXT,
            Text("界桩号（原文）", "Number as written"),
            required=True,
            headers=("界桩号", "界桩编号", "桩号"),
        ),
        Field(
            "line_number",
            Kind.TEXT,
            Text("界线编号", "Line number"),
            headers=("界线编号", "界线代码", "线号"),
        ),
        Field("serial", Kind.INT, Text("序号", "Serial"), headers=("界桩序号",), minimum=0),
        Field("type_code", Kind.TEXT, Text("类型码", "Type code"), headers=("类型码",)),
        Field(
            "structure",
            Kind.CODE,
            Text("立桩类型", "Single, double or triple"),
            vocabulary="marker_structure",
            headers=("立桩类型", "界桩类型", "类型"),
        ),
        Field("faces", Kind.INT, Text("面数", "Faces"), headers=("面数", "面型"), minimum=1, maximum=4),
        Field(
            "state",
            Kind.CODE,
            Text("完好状况", "Condition"),
            vocabulary="marker_state",
            headers=("状态", "完好状况", "界桩状况"),
        ),
        Field("set_on", Kind.DATE, Text("埋设日期", "Set on"), headers=("埋设日期", "树立日期")),
        Field(
            "last_inspected",
            Kind.DATE,
            Text("最近联检日期", "Last inspected"),
            headers=("联检日期", "最近联检日期", "检查日期"),
        ),
        Field("elevation_m", Kind.FLOAT, Text("高程", "Elevation"), unit="m", headers=("高程",)),
        Field(
            "location_note",
            Kind.TEXT,
            Text("位置说明", "Where it stands"),
            headers=("位置说明", "方位物", "所在地"),
        ),
        *TAIL,
    ),
    public=False,
)
