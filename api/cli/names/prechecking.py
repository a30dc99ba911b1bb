"""The command that tells whether a name may be given."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.destination import check_destination
from api.cli.failing import reported
from api.cli.language import chosen, picked, said
from api.cli.options import HERE, OnDate, Output, WorkspaceFolder
from api.cli.output import give_json, give_table, remark, wrote
from api.outcomes import FOUND_SOMETHING
from api.written import day
from layers.text import counted

if TYPE_CHECKING:
    from gis.names.precheck import PrecheckReport
    from layers.findings import Finding
    from layers.workspace import Workspace

_HTML = ".html"


class PrecheckFormat(StrEnum):
    """Forms a precheck can be given in."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


def add_to(group: typer.Typer) -> None:
    """Add the command to the group."""
    group.command("precheck", help="核名：这个名称能不能用 / Precheck: may this name be given")(precheck)


@reported
def precheck(  # noqa: PLR0913, PLR0917 - one parameter per option
    name: Annotated[str, typer.Argument(metavar="NAME", help="拟用的名称 / The proposed name")],
    workspace: WorkspaceFolder = HERE,
    entity_class: Annotated[
        str,
        typer.Option(
            "--class",
            help="类别，如 residential、road；不写由名称推定 / Class such as residential; else told by the name",
        ),
    ] = "",
    county: Annotated[
        str,
        typer.Option(
            "--county",
            metavar="CODE",
            help="区划代码，默认工作区的 / Division code, by default the workspace's",
        ),
    ] = "",
    lon: Annotated[float | None, typer.Option("--lon", help="经度，度 / Longitude in degrees")] = None,
    lat: Annotated[float | None, typer.Option("--lat", help="纬度，度 / Latitude in degrees")] = None,
    place: Annotated[
        str | None,
        typer.Option("--place", help="图层:编号，或 GeoJSON 文件 / LAYER:ID of a feature, or a GeoJSON file"),
    ] = None,
    site_m2: Annotated[float | None, typer.Option("--site-m2", min=0, help="用地面积 / Site in m²")] = None,
    floor_area_m2: Annotated[
        float | None, typer.Option("--floor-area-m2", min=0, help="建筑面积 / Floor area in m²")
    ] = None,
    floors: Annotated[float | None, typer.Option("--floors", min=0, help="层数 / Storeys")] = None,
    green_rate: Annotated[
        float | None, typer.Option("--green-rate", min=0, max=100, help="绿地率，% / Green rate in percent")
    ] = None,
    pack: Annotated[
        list[str] | None,
        typer.Option("--pack", help="规则包，可重复，默认工作区的 / Rule packs, by default the workspace's"),
    ] = None,
    on: OnDate = None,
    form: Annotated[
        PrecheckFormat | None,
        typer.Option(
            "--format",
            help="table、json，或 html 带地图的一个文件 / table, json, or html: one file with a map",
            case_sensitive=False,
        ),
    ] = None,
    output: Output = None,
) -> None:
    """Check a proposed name; exit code 1 when somebody has to look at it."""
    from api.naming import Asked, report_on
    from gis.names.precheck import Register, place_of
    from layers.workspace import Workspace

    when = day(on)
    form = form or _form_of(output)
    _check_output(form, output)
    asked = Asked(
        name=name,
        entity_class=entity_class,
        county=county,
        site_m2=site_m2,
        floor_area_m2=floor_area_m2,
        floors=floors,
        green_rate=green_rate,
        on=when,
    )
    with Workspace.open(workspace) as opened:
        where = place_of(opened, lon=lon, lat=lat, place=place, may_read_files=True)
        register = Register.of_workspace(opened, tuple(pack or ()))
        report = report_on(opened, register, asked, where)
        _give(opened, report, form, output)
    if form is not PrecheckFormat.JSON:
        remark(picked(report.sentence))
    for note in report.notes:
        remark(picked(note))
    if report.status != "clear":
        raise typer.Exit(FOUND_SOMETHING)


def _form_of(output: Path | None) -> PrecheckFormat:
    suffix = "" if output is None else output.suffix.casefold()
    forms = {".json": PrecheckFormat.JSON, _HTML: PrecheckFormat.HTML}
    return forms.get(suffix, PrecheckFormat.TABLE)


def _check_output(form: PrecheckFormat, output: Path | None) -> None:
    from layers.errors import InputError
    from layers.text import Text

    check_destination(output)
    if form is PrecheckFormat.HTML and output is None:
        raise InputError(
            Text("html 要写进文件。", "A page with a map needs a file."),
            Text("请加 -o 核名.html。", "Add -o map.html."),
        )
    if output is not None and output.suffix.casefold() == _HTML and form is not PrecheckFormat.HTML:
        raise InputError(
            Text(
                f"--format {form.value} 与文件名 {output.name} 的扩展名不一致。",
                f"--format {form.value} contradicts the suffix of {output.name}.",
            ),
            Text("请改扩展名，或去掉 --format。", "Change the suffix, or leave --format out."),
        )


def _give(opened: "Workspace", report: "PrecheckReport", form: PrecheckFormat, output: Path | None) -> None:
    if form is PrecheckFormat.JSON:
        give_json(report.as_json(), output)
    elif form is PrecheckFormat.HTML and output is not None:
        from web.naming_export import export_precheck

        output.write_text(export_precheck(opened, report.as_json(), lang=chosen()), encoding="utf-8")
        wrote(output)
    else:
        header = [
            said("项目", "Part"),
            said("程度", "Severity"),
            said("内容", "What"),
            said("依据", "Grounds"),
        ]
        give_table(header, _lines(report), title=picked(report.sentence), output=output)


def _lines(report: "PrecheckReport") -> list[list[str]]:
    """Say everything line by line: findings, namesakes, place, reading, other names, and how it was made."""
    rows = [_of_finding(one) for one in report.findings]
    rows += [
        [said("同名近名", "Namesake"), picked(one.grade.label), one.candidate.name, _far(one.distance_m)]
        for one in report.namesakes
    ]
    rows.append([said("位置", "Place"), "", picked(report.location.text), ""])
    reading = report.reading
    sure = said("读音不确定", "reading not certain") if reading.get("unsure") else ""
    rows.append(
        [said("拼写", "Spelling"), sure, str(reading.get("pinyin", "")), str(reading.get("sign_form", ""))]
    )
    rows += [[said("备选名", "Other name"), "", one.name, picked(one.why)] for one in report.alternatives]
    made = report.made
    how = said(
        f"规则包 {made.pack}，比对 {made.index_size} 个地名",
        f"pack {made.pack}, {counted(made.index_size, 'name')}",
    )
    rows.append([said("如何得出", "How"), "", how, made.on.isoformat()])
    return rows


def _of_finding(one: "Finding") -> list[str]:
    from layers.findings import SEVERITY_LABELS

    part = one.category or said("其他", "Other")
    return [part, picked(SEVERITY_LABELS[one.severity]), picked(one.message), one.citation]


def _far(metres: float | None) -> str:
    return said("距离不明", "distance unknown") if metres is None else f"{metres:.0f} m"
