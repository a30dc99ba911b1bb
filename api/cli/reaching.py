"""Options of the commands that ask what is in reach, and the request they make together."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.written import changes, day, pairs
from layers.errors import InputError
from layers.text import Text

if TYPE_CHECKING:
    from gis.coverage import CoverageRequest
    from gis.coverage.changes import Change
    from layers.workspace import Workspace


class Travel(StrEnum):
    """Ways to measure a distance."""

    NETWORK = "network"
    STRAIGHT = "straight"


class Mode(StrEnum):
    """Ways people go."""

    WALK = "walk"
    E_BIKE = "e-bike"
    DRIVE = "drive"


WithinMin = Annotated[
    float | None, typer.Option("--within-min", help="步行多少分钟之内 / Within so many minutes on foot")
]
WithinM = Annotated[float | None, typer.Option("--within-m", help="多少米之内 / Within so many metres")]
TravelBy = Annotated[
    Travel | None, typer.Option("--travel", help="network 走路网，straight 直线 / By roads or straight")
]
By = Annotated[
    str, typer.Option("--by", help="按什么统计：village town county，或面图层 / Units, or a layer of areas")
]
PopulationField = Annotated[
    str, typer.Option("--population-field", help="以哪个人口字段计 / Population field that counts")
]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", help="只算符合的设施，如 kind=care_home / Only facilities like kind=care_home"),
]
ModeOf = Annotated[
    Mode, typer.Option("--mode", help="walk 步行、e-bike 电动自行车、drive 驾车 / How people go")
]
Norms = Annotated[
    str | None,
    typer.Option("--norms", help="规范方案，不写用工作区的 / Norm profile; without it the workspace's own"),
]
BarrierLayers = Annotated[
    list[str] | None,
    typer.Option(
        "--barrier", help="道路不能穿过的图层（桥隧除外），可重复 / Layer that roads do not cross, repeatable"
    ),
]
NeedPer1000 = Annotated[
    float | None,
    typer.Option("--need-per-1000", help="每千人需要多少床位或餐 / Beds or meals that 1,000 people need"),
]
Add = Annotated[
    list[str] | None,
    typer.Option("--add", help="新增：编号@经度,纬度;名称;beds=40 / Add a facility: id@lon,lat;name;beds=40"),
]
Move = Annotated[
    list[str] | None, typer.Option("--move", help="迁移：编号@经度,纬度 / Move a facility: id@lon,lat")
]
Close = Annotated[list[str] | None, typer.Option("--close", help="关停：编号 / Close a facility: id")]
Open = Annotated[
    list[str] | None, typer.Option("--open", help="启用规划或停办的：编号 / Open a planned facility: id")
]
Resize = Annotated[
    list[str] | None, typer.Option("--resize", help="改规模：编号;beds=60 / Resize a facility: id;beds=60")
]
ScenarioName = Annotated[
    str | None,
    typer.Option("--scenario", help="已保存方案的名称，先于其他变动 / Saved scenario, before other changes"),
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


def reach_of(
    layer: str,
    *,
    travel: Travel | None = None,
    on: str | None = None,
    where: Sequence[str] | None = None,
    mode: Mode = Mode.WALK,
    barrier: Sequence[str] | None = None,
    changed: "tuple[Change, ...]" = (),
    **more: Any,  # noqa: ANN401 - further fields of the request, as they are
) -> "CoverageRequest":
    """Make the request from options as they were typed.

    Raises
    ------
    InputError
        When a date or a condition cannot be read.
    """
    from gis.coverage import CoverageRequest

    return CoverageRequest(
        layer_id=layer,
        travel=travel.value if travel else None,
        on=day(on),
        where=pairs(where or (), option="--where"),
        mode=mode.value,
        barriers=tuple(barrier or ()),
        changes=changed,
        **more,
    )


def with_scenario(
    workspace: "Workspace", requests: "Sequence[CoverageRequest]", name: str | None
) -> "list[CoverageRequest]":
    """Put the changes of a saved scenario before the own ones of requests about its layer; no name changes nothing.

    Raises
    ------
    InputError
        When the scenario is about another layer than all the requests.
    NotFoundError
        When no scenario of that name is saved.
    """
    if name is None:
        return list(requests)
    from gis.coverage.scenarios import load_scenario

    saved = load_scenario(workspace, name)
    if all(one.layer_id != saved.layer_id for one in requests):
        raise InputError(
            Text(
                f"方案“{name}”说的是图层 {saved.layer_id}，没有问到它。",
                f"Scenario {name!r} is about layer {saved.layer_id}, which is not asked for.",
            ),
            Text(f"请写 fangyu cover {saved.layer_id}。", f"Ask for it: fangyu cover {saved.layer_id}."),
        )
    return [
        replace(one, changes=(*saved.changes, *one.changes), scenario=name)
        if one.layer_id == saved.layer_id
        else one
        for one in requests
    ]
