"""The command that measures coverage, by one definition or by several at once."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.coverage_output import give_report
from api.cli.coverage_summary import give_several
from api.cli.destination import check_plot, chosen_form
from api.cli.failing import reported
from api.cli.language import picked
from api.cli.options import HERE, Output, PlotFile, ReportForm, ReportFormat, WorkspaceFolder
from api.cli.output import give_plot, remark
from api.cli.progress import shown_progress
from api.cli.reaching import Reach
from api.cli.taking import taking
from api.outcomes import FOUND_SOMETHING

if TYPE_CHECKING:
    from gis.coverage import CoverageRequest


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
@taking(Reach, without=("layer", "definition", "within_min", "within_m"))
def cover(  # noqa: PLR0913 - one parameter per option
    reach: Reach,
    *,
    layer: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LAYER]...",
            help="设施图层，可写几个，默认 care_facility / Layers of facilities, by default care_facility",
        ),
    ] = None,
    workspace: WorkspaceFolder = HERE,
    within_min: Annotated[
        list[float] | None,
        typer.Option("--within-min", help="多少分钟之内，可重复 / Within so many minutes, repeatable"),
    ] = None,
    within_m: Annotated[
        list[float] | None,
        typer.Option("--within-m", help="多少米之内，可重复 / Within so many metres, repeatable"),
    ] = None,
    definition: Annotated[
        list[Definitions] | None,
        typer.Option("--definition", case_sensitive=False, help=_DEFINITIONS),
    ] = None,
    form: ReportForm = None,
    output: Output = None,
    plot: PlotFile = None,
) -> None:
    """Measure coverage; exit code 1 when a unit is not covered."""
    written = chosen_form(form, output, forms=ReportFormat)
    check_plot(plot)
    from api.scenarios import with_scenario
    from gis.coverage import cover_several
    from layers.workspace import Workspace

    asked = _requests(reach, layer or ["care_facility"], definition or [], within_min or [], within_m or [])
    everything = Definitions.ALL in (definition or [])
    with Workspace.open(workspace) as opened, shown_progress() as progress:
        wanted = with_scenario(opened, asked, reach.scenario)
        several = cover_several(opened, wanted, progress, leave_out=everything)
    found = several.as_json()
    _say_idle(reach, [one["definition"]["id"] for one in found["reports"]])
    if plot is not None:
        give_plot(several.reports[0], plot)
    if len(wanted) == 1:
        give_report(found["reports"][0], written, output)
    else:
        give_several(found, written, output)
    if any(not row["covered"] for report in found["reports"] for row in report["rows"]):
        raise typer.Exit(FOUND_SOMETHING)


def _say_idle(reach: Reach, definitions: list[str]) -> None:
    """Say which options were given that none of the definitions looks at."""
    from gis.coverage.idle import idle_options

    for note in idle_options(reach.written(), definitions):
        remark(picked(note))


def _requests(
    reach: Reach,
    layers: list[str],
    definitions: list[Definitions],
    minutes: list[float],
    metres: list[float],
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
        wanted += by_definitions([reach.written(layer_id=layer, **one) for one in limits or [{}]], named)
    return list(dict.fromkeys(wanted))
