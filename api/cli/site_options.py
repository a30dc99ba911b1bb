"""Options of the command that chooses sites."""

from enum import StrEnum
from typing import Annotated

import typer


class Model(StrEnum):
    """Models of siting."""

    MCLP = "mclp"
    LSCP = "lscp"
    MEDIAN = "p-median"
    CENTER = "p-center"
    CAPACITATED = "capacitated"


class SiteFormat(StrEnum):
    """Forms a plan can be given in."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    GEOJSON = "geojson"


class Counting(StrEnum):
    """Definitions of coverage by distance."""

    C5 = "C5"
    C6 = "C6"


ModelOf = Annotated[
    Model,
    typer.Option(
        "--model",
        help="mclp 最大覆盖、lscp 全覆盖、p-median 总里程最少、p-center 最远者最近、capacitated 带容量 / Model",
    ),
]
Sites = Annotated[int | None, typer.Option("--sites", help="新增几处 / How many new sites")]
TargetShare = Annotated[
    float | None,
    typer.Option("--target-share", help="要覆盖的人口份额，如 0.9 / Share of the people to cover"),
]
Budget = Annotated[
    float | None, typer.Option("--budget", help="新增站点总费用上限 / Most that new sites may cost together")
]
CostNew = Annotated[float, typer.Option("--cost-new", help="新建一处的费用 / Cost of a new site")]
CostStock = Annotated[
    float | None,
    typer.Option("--cost-stock", help="改造一处存量的费用，不写则同新建 / Cost of converting stock"),
]
CostField = Annotated[
    str | None,
    typer.Option(
        "--cost-field", help="候选图层里表示费用的字段 / Field of the candidates that tells the cost"
    ),
]
Capacity = Annotated[
    float | None, typer.Option("--capacity", help="每个新站点的容量 / What a new site holds (capacitated)")
]
CapacityField = Annotated[
    str | None,
    typer.Option(
        "--capacity-field", help="容量字段，如 beds meals_per_day / Field that says what a facility holds"
    ),
]
CandidatesOf = Annotated[
    str,
    typer.Option(
        "--candidates", help="候选点：图层、grid 网格或 stock 存量 / Layer of candidates, grid, or stock"
    ),
]
PreferStock = Annotated[
    float | None,
    typer.Option(
        "--prefer-stock",
        help="先用存量，新建多服务超过这个份额才换，如 0.2 / Stock first, unless a new site serves this much more",
    ),
]
Spacing = Annotated[float, typer.Option("--spacing-m", help="网格间距，米 / Spacing of the grid in metres")]
Apart = Annotated[
    float | None,
    typer.Option(
        "--apart-m", help="站点之间至少隔多少米，含现有设施 / Least distance between sites, standing ones too"
    ),
]
Per = Annotated[
    str | None,
    typer.Option("--per", help="按哪级单元限制数量：village town county / Units that limit the number"),
]
AtMostPer = Annotated[
    int | None,
    typer.Option(
        "--at-most-per",
        help="每个单元至多几处；不写时为 1，只给 --at-least-per 则不限 / "
        "Most sites of a unit; 1 unless only --at-least-per is given",
    ),
]
AtLeastPer = Annotated[int, typer.Option("--at-least-per", help="每个单元至少几处 / Fewest sites of a unit")]
Exclude = Annotated[
    list[str] | None,
    typer.Option("--exclude", help="禁入范围图层，可重复 / Layers of areas where nothing may stand"),
]
ReviewBuffer = Annotated[
    float,
    typer.Option("--review-buffer-m", help="禁入范围外多少米内须复核 / Metres around that call for a review"),
]
Curve = Annotated[
    int | None,
    typer.Option("--curve", help="曲线画到几处，0 为不画 / Greatest number on the curve, 0 for none"),
]
OtherPlans = Annotated[
    int, typer.Option("--alternatives", help="另给几个相近方案，0 为不给 / Other plans wanted, 0 for none")
]
Within = Annotated[
    float,
    typer.Option("--within", help="相近方案最多差多少，如 0.01 / Share that other plans may lose"),
]
TimeLimit = Annotated[float, typer.Option("--time-limit-s", help="求解时限，秒 / Seconds to look for a plan")]
Gap = Annotated[
    float, typer.Option("--gap", help="与上界差多少即可停，如 0.01 / Gap to the bound at which to stop")
]
DefinitionOf = Annotated[
    Counting | None,
    typer.Option(
        "--definition",
        case_sensitive=False,
        help="C5 直线、C6 路网 / Definition of coverage: straight, by road",
    ),
]
SaveScenario = Annotated[
    str | None,
    typer.Option(
        "--save-scenario", help="把方案存成这个名字的方案 / Keep the plan as a scenario of this name"
    ),
]
Replace = Annotated[bool, typer.Option("--replace", help="替换同名方案 / Replace the scenario of that name")]
Form = Annotated[
    SiteFormat | None,
    typer.Option(
        "--format",
        help="输出格式，不写时由 -o 的扩展名定 / Form of the output; without it the suffix of -o decides",
        case_sensitive=False,
    ),
]
