"""Commands that write files for others: map and export."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from api.cli.destination import check_destination
from api.cli.failing import reported
from api.cli.language import chosen
from api.cli.options import HERE, LayerId, Profile, WorkspaceFolder
from api.cli.output import wrote
from api.cli.progress import shown_progress
from api.cli.reaching import Reach
from api.cli.taking import taking
from layers.errors import InputError
from layers.text import Text

_ASKED = (
    "within_min",
    "within_m",
    "travel",
    "definition",
    "on",
    "population_field",
    "where",
    "mode",
    "norms",
    "barrier",
    "scenario",
    "add",
    "move",
    "close",
    "open",
    "resize",
)
"""What can be asked of a map of coverage; its units are those of the map."""


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group to the program."""
    app.command(
        "map", help="导出一个网页地图文件，断网可看 / Write the map as one HTML file that works offline"
    )(draw)
    app.command("export", help="导出一个图层 / Write one layer to a file")(export)


@reported
@taking(Reach, only=_ASKED)
def draw(
    reach: Reach,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help="网页文件 / HTML file to write")],
    workspace: WorkspaceFolder = HERE,
    profile: Annotated[
        Profile, typer.Option("--profile", help="public 只含公开字段，internal 内部资料 / Who it is for")
    ] = Profile.PUBLIC,
    coverage: Annotated[
        str | None,
        typer.Option(
            "--coverage",
            metavar="LAYER",
            help="画出这个图层的服务覆盖和服务范围，只用于 internal / Draw the coverage of this layer, internal only",
        ),
    ] = None,
) -> None:
    """Write the map as one HTML file."""
    _not_the_workspace(output, workspace)
    check_destination(output)
    _check_coverage(coverage, profile, asked=reach != Reach())
    from layers.workspace import Workspace
    from web.export import export_map

    with Workspace.open(workspace) as opened, shown_progress() as progress:
        report, areas = None, None
        if coverage is not None:
            from gis.coverage import cover, service_areas

            wanted = replace(reach, layer=coverage).request(opened)
            report, areas = cover(opened, wanted, progress), service_areas(opened, wanted)
            areas = areas.iloc[len(areas) // 2 : len(areas) // 2 + 1]
        page = export_map(
            opened, profile=profile.value, lang=chosen(), coverage=report, areas=areas, progress=progress
        )
    output.write_text(page, encoding="utf-8")
    wrote(output)


@reported
def export(
    layer: LayerId,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            help="按扩展名定格式：gpkg geojson csv xlsx parquet kml zip / The suffix says the format",
        ),
    ],
    workspace: WorkspaceFolder = HERE,
) -> None:
    """Write one layer to a file."""
    _not_the_workspace(output, workspace)
    check_destination(output)
    from layers.workspace import Workspace
    from layers.writing import export_layer

    with Workspace.open(workspace) as opened:
        export_layer(opened.layer(layer), output, lang=chosen())
    wrote(output)


def _check_coverage(coverage: str | None, profile: Profile, *, asked: bool) -> None:
    """Refuse a coverage map for the public, and a question without a coverage map; raises InputError."""
    if coverage is not None and profile is Profile.PUBLIC:
        raise InputError(
            Text(
                "覆盖图含逐村人数，只能导出内部版。",
                "A map of coverage tells people by village and is internal only.",
            ),
            Text(
                "请加 --profile internal；公开版见 fangyu planning-set --profile public。",
                "Add --profile internal; for the public see fangyu planning-set --profile public.",
            ),
        )
    if coverage is None and asked:
        raise InputError(
            Text("给了界限等条件，没有说画哪个图层的覆盖。", "Limits are given, but no layer to cover."),
            Text("请加 --coverage care_facility。", "Add --coverage care_facility."),
        )


def _not_the_workspace(output: Path, workspace: Path) -> None:
    from layers.workspace import SETTINGS_FILE, STORE_FILE

    if output.resolve() in {(workspace / name).resolve() for name in (SETTINGS_FILE, STORE_FILE)}:
        raise InputError(
            Text(f"{output} 是工作区自己的文件，不能覆盖。", f"{output} belongs to the workspace itself."),
            Text("请换一个文件名。", "Choose another file name."),
        )
