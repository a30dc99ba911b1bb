"""Options of the commands that ask what is in reach, and the request they make together."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.options import LayerId
from api.written import changes, day, pairs

if TYPE_CHECKING:
    from gis.coverage import CoverageRequest
    from gis.coverage.changes import Change
    from layers.workspace import Workspace

REACH_PANEL = "问什么 / What is asked"
_CHANGES = "先作的变动 / Changes made first"


class Travel(StrEnum):
    """Ways to measure a distance."""

    NETWORK = "network"
    STRAIGHT = "straight"


class Mode(StrEnum):
    """Ways people go."""

    WALK = "walk"
    E_BIKE = "e-bike"
    DRIVE = "drive"


class Definition(StrEnum):
    """Definitions of coverage that can be computed."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"
    C6 = "C6"
    C7 = "C7"
    C8 = "C8"


WithinMin = Annotated[
    float | None,
    typer.Option("--within-min", help="多少分钟之内 / Within so many minutes", rich_help_panel=REACH_PANEL),
]
WithinM = Annotated[
    float | None,
    typer.Option("--within-m", help="多少米之内 / Within so many metres", rich_help_panel=REACH_PANEL),
]
TravelBy = Annotated[
    Travel | None,
    typer.Option(
        "--travel",
        help="network 走路网，straight 直线 / By roads or straight",
        rich_help_panel=REACH_PANEL,
    ),
]
DefinitionOf = Annotated[
    Definition | None,
    typer.Option(
        "--definition",
        case_sensitive=False,
        help="覆盖定义 / Definition of coverage",
        rich_help_panel=REACH_PANEL,
    ),
]
By = Annotated[
    str,
    typer.Option(
        "--by",
        help="按什么统计：village town county，或面图层 / Units, or a layer of areas",
        rich_help_panel=REACH_PANEL,
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="YYYY-MM-DD",
        help="以哪一天为准，默认工作区的基准日，没有则今天 / The day that counts, by default the "
        "workspace's reference day, else today",
        rich_help_panel=REACH_PANEL,
    ),
]
PopulationField = Annotated[
    str,
    typer.Option(
        "--population-field",
        help="以哪个人口字段计 / Population field that counts",
        rich_help_panel=REACH_PANEL,
    ),
]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        help="只算符合的设施，如 kind=care_home / Only facilities like kind=care_home",
        rich_help_panel=REACH_PANEL,
    ),
]
ModeOf = Annotated[
    Mode,
    typer.Option(
        "--mode",
        help="walk 步行、e-bike 电动自行车、drive 驾车 / How people go",
        rich_help_panel=REACH_PANEL,
    ),
]
SlopeOf = Annotated[
    bool,
    typer.Option(
        "--slope",
        help="步行时间计入坡度 / Walking time counts the way up and down",
        rich_help_panel=REACH_PANEL,
    ),
]
Norms = Annotated[
    str | None,
    typer.Option(
        "--norms",
        help="规范方案，不写用工作区的 / Norm profile; without it the workspace's own",
        rich_help_panel=REACH_PANEL,
    ),
]
BarrierLayers = Annotated[
    list[str] | None,
    typer.Option(
        "--barrier",
        help="道路不能穿过的图层（桥隧除外），可重复 / Layer that roads do not cross, repeatable",
        rich_help_panel=REACH_PANEL,
    ),
]
NeedPer1000 = Annotated[
    float | None,
    typer.Option(
        "--need-per-1000",
        help="每千人需要多少床位或餐，不写取规范 / Beds or meals that 1,000 people need, by default the norm's",
        rich_help_panel=REACH_PANEL,
    ),
]
KernelOf = Annotated[
    str | None,
    typer.Option(
        "--kernel",
        help="C8 的衰减函数：rectangle（缺省）step-slow step-fast gaussian 3sfca / Kernel of C8",
        rich_help_panel=REACH_PANEL,
    ),
]
Add = Annotated[
    list[str] | None,
    typer.Option(
        "--add",
        help="新增：编号@经度,纬度;名称;beds=40 / Add a facility: id@lon,lat;name;beds=40",
        rich_help_panel=_CHANGES,
    ),
]
Move = Annotated[
    list[str] | None,
    typer.Option(
        "--move", help="迁移：编号@经度,纬度 / Move a facility: id@lon,lat", rich_help_panel=_CHANGES
    ),
]
Close = Annotated[
    list[str] | None,
    typer.Option("--close", help="关停：编号 / Close a facility: id", rich_help_panel=_CHANGES),
]
Open = Annotated[
    list[str] | None,
    typer.Option(
        "--open", help="启用规划或停办的：编号 / Open a planned facility: id", rich_help_panel=_CHANGES
    ),
]
Resize = Annotated[
    list[str] | None,
    typer.Option(
        "--resize", help="改规模：编号;beds=60 / Resize a facility: id;beds=60", rich_help_panel=_CHANGES
    ),
]
ScenarioName = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        help="已保存方案的名称，先于其他变动 / Saved scenario, before other changes",
        rich_help_panel=_CHANGES,
    ),
]


def changes_of(
    *,
    add: Sequence[str] | None = None,
    move: Sequence[str] | None = None,
    close: Sequence[str] | None = None,
    open: Sequence[str] | None = None,  # noqa: A002 - the option's own name
    resize: Sequence[str] | None = None,
) -> "tuple[Change, ...]":
    """Read changes as they are written on the command line, in the order of the parameters.

    Raises
    ------
    InputError
        When a change cannot be read.
    """
    options = {"add": add, "move": move, "close": close, "open": open, "resize": resize}
    return changes([f"{action}:{one}" for action, some in options.items() for one in some or ()])


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Options that change what stands, each as it was typed."""

    add: Add = None
    move: Move = None
    close: Close = None
    open: Open = None
    resize: Resize = None

    def changes(self) -> "tuple[Change, ...]":
        """Read the changes, kind by kind; raises InputError for what makes none."""
        return changes_of(add=self.add, move=self.move, close=self.close, open=self.open, resize=self.resize)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach(Changed):
    """Options that say what is in reach of whom, each as it was typed."""

    layer: LayerId = "care_facility"
    within_min: WithinMin = None
    within_m: WithinM = None
    travel: TravelBy = None
    definition: DefinitionOf = None
    by: By = "village"
    on: On = None
    population_field: PopulationField = "pop_65_plus"
    where: Where = None
    mode: ModeOf = Mode.WALK
    slope: SlopeOf = False
    norms: Norms = None
    barrier: BarrierLayers = None
    need_per_1000: NeedPer1000 = None
    kernel: KernelOf = None
    scenario: ScenarioName = None

    def written(self, **own: Any) -> "CoverageRequest":  # noqa: ANN401 - fields of the request
        """Make the request without the saved scenario.

        Parameters
        ----------
        own
            Fields of ``CoverageRequest`` that the command has options of its own for.

        Raises
        ------
        InputError
            When a date, a condition or a change cannot be read.
        """
        from gis.coverage import CoverageRequest

        said: dict[str, Any] = {
            "layer_id": self.layer,
            "definition": self.definition.value if self.definition else None,
            "within_min": self.within_min,
            "within_m": self.within_m,
            "travel": self.travel.value if self.travel else None,
            "by": self.by,
            "on": day(self.on),
            "population_field": self.population_field,
            "where": pairs(self.where or (), option="--where"),
            "mode": self.mode.value,
            "slope": self.slope,
            "norms": self.norms,
            "barriers": tuple(self.barrier or ()),
            "need_per_1000": self.need_per_1000,
            "kernel": self.kernel,
            "changes": self.changes(),
        }
        return CoverageRequest(**(said | own))

    def request(self, workspace: "Workspace", **own: Any) -> "CoverageRequest":  # noqa: ANN401 - as above
        """Make the request, the changes of the saved scenario first; raises as ``written`` and ``with_scenario``."""
        from api.scenarios import with_scenario

        [asked] = with_scenario(workspace, [self.written(**own)], self.scenario)
        return asked
