"""The command that takes files in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.failing import reported
from api.cli.language import picked, said
from api.cli.options import HERE, ListFormat, TableFormat, Who, Why, WorkspaceFolder
from api.cli.output import give_csv, give_json, give_table, remark
from api.cli.progress import shown_progress
from api.outcomes import FOUND_SOMETHING
from api.written import pairs, signed
from layers.text import Text

if TYPE_CHECKING:
    from layers.importing import ImportReport

OSM = "osm"
_REJECTS_ON_SCREEN = 10
_COLUMNS_ON_SCREEN = 20
_DROPPED = {"row": Text("整行", "row"), "cell": Text("单格", "cell")}


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("import", help="导入一个文件 / Import a file")(import_file)


@reported
def import_file(  # noqa: PLR0913 - one parameter per option
    layer: Annotated[
        str,
        typer.Argument(
            metavar="LAYER", help="图层编号；osm 表示一次填多个图层 / Layer id; osm fills several layers"
        ),
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="要导入的文件 / File to import")],
    *,
    workspace: WorkspaceFolder = HERE,
    crs: Annotated[
        str | None,
        typer.Option(
            "--crs", help="坐标系：gcj02、bd09 或 EPSG:n / Coordinate system: gcj02, bd09 or EPSG:n"
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--columns",
            help="字段=表头，可重复或用逗号连写；字段==值 给每一行同一个值，如 level==village / "
            "field=header, again or joined by commas; field==value gives every row that value, "
            "such as level==village",
        ),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="文字编码，如 gb18030 / Text encoding, such as gb18030")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="工作表名 / Sheet of a workbook")] = None,
    source_layer: Annotated[
        str | None, typer.Option("--source-layer", help="文件里的图层名 / Layer inside the file")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            help="列名=取值：只取这一列是这个值的行，几个值用 | 隔开，可重复 / HEADING=VALUE: only rows with "
            "that value, several divided by |, repeatable",
        ),
    ] = None,
    nodes: Annotated[
        Path | None,
        typer.Option(
            "--nodes",
            metavar="FILE",
            help="道路表只有起止节点编号时：节点表，有编号和坐标 / For roads given by node numbers: the table of "
            "nodes with their coordinates",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只检查，不写入 / Check only, write nothing")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="编号已有的行更新旧值 / Rows with a known id update it")
    ] = False,
    heights: Annotated[
        Path | None,
        typer.Option(
            "--heights",
            metavar="FILE",
            help="高程栅格，给道路算坡度（GeoTIFF、ESRI ASCII） / Raster of heights for the incline of roads",
        ),
    ] = None,
    heights_crs: Annotated[
        str | None,
        typer.Option(
            "--heights-crs",
            help="高程栅格的坐标系，文件里没写时 / Coordinate system of the heights, where the file says none",
        ),
    ] = None,
    who: Who = None,
    why: Why = "",
    form: ListFormat = TableFormat.TABLE,
) -> None:
    """Import a file into a layer."""
    from layers.importing import ImportOptions, import_osm
    from layers.importing import import_file as take_in
    from layers.workspace import Workspace

    options = ImportOptions(
        crs=crs,
        columns=pairs(columns or (), option="--columns"),
        encoding=encoding,
        sheet=sheet,
        source_layer=source_layer,
        nodes=nodes,
        only=pairs(only or (), option="--only"),
        dry_run=dry_run,
        update=update,
        heights=heights,
        heights_crs=heights_crs,
    )
    by = signed(who, why)
    with Workspace.open(workspace) as opened, shown_progress() as progress:
        if layer == OSM:
            reports = import_osm(opened, file, options, by, progress)
        else:
            reports = (take_in(opened, layer, file, options, by, progress),)
    _give(reports, form)
    if any(report.reject_count for report in reports):
        raise typer.Exit(FOUND_SOMETHING)


def _give(reports: "tuple[ImportReport, ...]", form: TableFormat) -> None:
    if form is TableFormat.JSON:
        give_json([report.as_json() for report in reports])
        return
    header = _reject_header()
    if form is TableFormat.CSV:
        give_csv(
            (said("图层", "Layer"), *header),
            [(one.layer_id, *row) for one in reports for row in _rejects(one)],
        )
        return
    for report in reports:
        tell(report)
        if report.rejects:
            give_table(header, _rejects(report)[:_REJECTS_ON_SCREEN])
            _tell_rest(report)


def _reject_header() -> tuple[str, ...]:
    return (
        said("行号", "Row"),
        said("列", "Column"),
        said("值", "Value"),
        said("原因", "Reason"),
        said("舍去", "Dropped"),
    )


def _tell_rest(report: "ImportReport") -> None:
    """Say how many rejects were not shown, and where they are."""
    rest = report.reject_count - _REJECTS_ON_SCREEN
    if rest <= 0:
        return
    if report.reject_file is None:
        remark(
            said(
                f"其余 {rest} 处未列出（试运行不写退回报告）。", f"{rest} more (a dry run writes no report)."
            )
        )
        return
    remark(said(f"其余 {rest} 处见 {report.reject_file}", f"{rest} more in {report.reject_file}"))


def _rejects(report: "ImportReport") -> list[tuple[object, ...]]:
    return [
        (one.row, one.column, one.value, picked(one.reason), picked(_DROPPED[one.dropped]))
        for one in report.rejects
    ]


def tell(report: "ImportReport") -> None:
    """Say in a few lines what came of one import."""
    tally = counted(report)
    tried = said("试运行，未写入：", "Dry run, nothing written: ") if report.dry_run else ""
    remark(
        said(
            f"{tried}{report.layer_id} ← {report.file_name}：{tally.zh}。",
            f"{tried}{report.layer_id} <- {report.file_name}: {tally.en}.",
        )
    )
    if report.unknown_columns:
        remark(f"  · {picked(_unmatched(report.unknown_columns))}")
    for note in report.notes:
        remark(f"  · {picked(note)}")
    if report.import_id is not None:
        number = report.import_id
        remark(said(f"  撤销：fangyu undo {number}", f"  To take it back: fangyu undo {number}"))
    if report.reject_file is not None:
        remark(said(f"  退回报告：{report.reject_file}", f"  Reject report: {report.reject_file}"))


def _unmatched(columns: tuple[str, ...]) -> Text:
    """Name the columns that are no field: their values are kept, but nothing counts with them."""
    shown, rest = columns[:_COLUMNS_ON_SCREEN], len(columns) - _COLUMNS_ON_SCREEN
    more = Text(f" 等 {len(columns)} 列", f" and {rest} more") if rest > 0 else Text("", "")
    return Text(
        f"没有对上字段的列：{'、'.join(shown)}{more.zh}；原样存进 attributes，不参与计算、不检查。"
        "要用请写 --columns 字段=列名。",
        f"Columns that match no field: {', '.join(shown)}{more.en}; kept in attributes, neither used nor checked. "
        "To use one: --columns field=HEADING.",
    )


def counted(report: "ImportReport") -> Text:
    """Count the rows of an import so that they add up, and apart from them the cells that were not taken."""
    zh = f"读 {report.rows_read} 行，新增 {report.rows_imported} 行，更新 {report.rows_updated} 行，"
    en = f"read {report.rows_read} rows, added {report.rows_imported}, updated {report.rows_updated}, "
    if report.rows_unchanged:
        zh += f"未变 {report.rows_unchanged} 行，"
        en += f"unchanged {report.rows_unchanged}, "
    zh += f"退回 {report.rows_rejected} 行"
    en += f"rejected {report.rows_rejected}"
    if report.cells_rejected:
        zh += f"，另有 {report.cells_rejected} 格未取"
        en += f"; cells not taken: {report.cells_rejected}"
    return Text(zh, en)
