"""The command that measures coverage, by one definition or by several at once."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.coverage_output import give_report
from api.cli.coverage_summary import give_several
from api.cli.destination import check_destination, chosen_form
from api.cli.failing import reported
from api.cli.options import HERE, OnDate, Output, ReportFormat, WorkspaceFolder
from api.cli.progress import shown_progress
from api.cli.reaching import (
    Add,
    BarrierLayers,
    By,
    Close,
    Mode,
    ModeOf,
    Move,
    NeedPer1000,
    Norms,
    Open,
    PopulationField,
    Resize,
    ScenarioName,
    TravelBy,
    Where,
    changes_of,
    reach_of,
    with_scenario,
)
from api.outcomes import FOUND_SOMETHING

if TYPE_CHECKING:
    from gis.coverage import CoverageRequest


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


class Definitions(StrEnum):
    """One definition, or all of them."""

    ALL = "all"
    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"
    C6 = "C6"
    C7 = "C7"
    C8 = "C8"


_DEFINITIONS = (
    "C1 有无、C2 指定服务、C3 用地、C4 建筑、C5 直线人口、C6 路网人口、C7 容量内、C8 供给达标，all 全部；可重复"
    " / Definition of coverage, repeatable"
)


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "cover", help="测算服务覆盖：谁在范围内，谁不在，为什么 / Who is covered, who is not, and why"
    )(cover)


@reported
def cover(  # noqa: PLR0913 - one parameter per option
    layer: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LAYER]...",
            help="设施图层，可写几个，默认 care_facility / Layers of facilities, by default care_facility",
        ),
    ] = None,
    *,
    workspace: WorkspaceFolder = HERE,
    within_min: Annotated[
        list[float] | None,
        typer.Option("--within-min", help="多少分钟之内，可重复 / Within so many minutes, repeatable"),
    ] = None,
    within_m: Annotated[
        list[float] | None,
        typer.Option("--within-m", help="多少米之内，可重复 / Within so many metres, repeatable"),
    ] = None,
    travel: TravelBy = None,
    definition: Annotated[
        list[Definitions] | None,
        typer.Option("--definition", case_sensitive=False, help=_DEFINITIONS),
    ] = None,
    by: By = "village",
    on: OnDate = None,
    population_field: PopulationField = "pop_65_plus",
    where: Where = None,
    mode: ModeOf = Mode.WALK,
    norms: Norms = None,
    barrier: BarrierLayers = None,
    need_per_1000: NeedPer1000 = None,
    add: Add = None,
    move: Move = None,
    close: Close = None,
    open: Open = None,  # noqa: A002 - the option's own name
    resize: Resize = None,
    scenario: ScenarioName = None,
    form: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format",
            help="输出格式，不写时由 -o 的扩展名定 / Form of the output; without it the suffix of -o decides",
            case_sensitive=False,
        ),
    ] = None,
    output: Output = None,
) -> None:
    """Measure coverage; exit code 1 when a unit is not covered."""
    written = chosen_form(form, output, forms=ReportFormat)
    check_destination(output)
    from gis.coverage import cover_several
    from layers.workspace import Workspace

    shared: dict[str, Any] = {
        "travel": travel,
        "on": on,
        "where": where,
        "mode": mode,
        "barrier": barrier,
        "by": by,
        "population_field": population_field,
        "norms": norms,
        "need_per_1000": need_per_1000,
        "changed": changes_of(add=add, move=move, close=close, open=open, resize=resize),
    }
    asked = _requests(layer or ["care_facility"], definition or [], within_min or [], within_m or [], shared)
    everything = Definitions.ALL in (definition or [])
    with Workspace.open(workspace) as opened, shown_progress() as progress:
        wanted = with_scenario(opened, asked, scenario)
        found = cover_several(opened, wanted, progress, leave_out=everything).as_json()
    if len(wanted) == 1:
        give_report(found["reports"][0], written, output)
    else:
        give_several(found, written, output)
    if any(not row["covered"] for report in found["reports"] for row in report["rows"]):
        raise typer.Exit(FOUND_SOMETHING)


def _requests(
    layers: list[str],
    definitions: list[Definitions],
    minutes: list[float],
    metres: list[float],
    shared: dict[str, Any],
) -> "list[CoverageRequest]":
    """Ask of every layer every definition at every limit."""
    from gis.coverage import DEFINITIONS, by_definitions

    limits: list[dict[str, Any]] = [{"within_min": one} for one in minutes]
    limits += [{"within_m": one} for one in metres]
    if minutes and metres:
        limits = [{"within_min": minutes[0], "within_m": metres[0]}]
    named = tuple(DEFINITIONS) if Definitions.ALL in definitions else tuple(one.value for one in definitions)
    wanted: list[CoverageRequest] = []
    for layer in dict.fromkeys(layers):
        wanted += by_definitions([reach_of(layer, **shared, **one) for one in limits or [{}]], named)
    return list(dict.fromkeys(wanted))
