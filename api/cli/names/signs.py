"""The command that lists the work signs and plates need, as table, workbook or map."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.destination import check_destination, chosen_form
from api.cli.failing import reported
from api.cli.language import chosen, picked, said
from api.cli.options import HERE, OnDate, Output, ReportFormat, WorkspaceFolder
from api.cli.output import give_csv, give_json, give_table, remark, wrote
from api.outcomes import FOUND_SOMETHING
from api.written import day
from layers.errors import InputError, NotFoundError
from layers.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gis.names.signs import WorkOrder
    from layers.workspace import Workspace


def add_to(group: typer.Typer) -> None:
    """Add the command to the group."""
    group.command(
        "signs",
        help="列出路名牌、门楼牌整改工单（行车次序） / Work orders for signs and plates, in driving order",
    )(signs)


@reported
def signs(
    workspace: WorkspaceFolder = HERE,
    form: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format",
            help="输出格式，不写时由 -o 的扩展名定；xlsx 要写进文件"
            " / Form of the output; without it the suffix of -o decides",
            case_sensitive=False,
        ),
    ] = None,
    output: Output = None,
    map_file: Annotated[
        Path | None,
        typer.Option(
            "--map",
            metavar="FILE.html",
            help="另写一个网页工单图，断网可看 / Also write a map that works offline",
        ),
    ] = None,
    town: Annotated[
        str | None, typer.Option("--town", help="只列这个镇街的工单 / Only the orders of this town")
    ] = None,
    on: OnDate = None,
) -> None:
    """List what every sign, plate or road needs; exit code 1 when anything does."""
    from gis.names.signs import work_orders
    from layers.workspace import Workspace

    when = day(on)
    form = chosen_form(form, output, forms=ReportFormat)
    if form is ReportFormat.XLSX and output is None:
        raise InputError(
            Text("xlsx 要写进文件。", "A workbook needs a file."),
            Text("请加 -o 工单.xlsx。", "Add -o orders.xlsx."),
        )
    check_destination(output)
    check_destination(map_file)
    with Workspace.open(workspace) as opened:
        orders = _of_town(work_orders(opened, on=when), town)
        _give(orders, form, output)
        if map_file is not None:
            _write_map(opened, orders, map_file)
    late = sum(one.overdue for one in orders)
    remark(
        said(
            f"共 {len(orders)} 件，其中逾期 {late} 件；无法判断的见 fangyu check signs。",
            f"{len(orders)} orders, {late} overdue; what could not be judged: fangyu check signs.",
        )
    )
    if orders:
        raise typer.Exit(FOUND_SOMETHING)


def _of_town(orders: "list[WorkOrder]", town: str | None) -> "list[WorkOrder]":
    """Keep the orders of one town, under the numbers they have in the whole list."""
    if town is None:
        return orders
    towns = list(dict.fromkeys(one.town for one in orders if one.town))
    if town not in towns:
        raise NotFoundError(
            Text(f"没有镇街“{town}”的工单。", f"There is no order in a town called {town!r}."),
            Text(
                f"有工单的镇街：{'、'.join(towns) or '无'}。",
                f"Towns with orders: {', '.join(towns) or 'none'}.",
            ),
        )
    return [one for one in orders if one.town == town]


def _give(orders: "list[WorkOrder]", form: ReportFormat, output: Path | None) -> None:
    if form is ReportFormat.JSON:
        give_json({"total": len(orders), "orders": [one.as_json() for one in orders]}, output)
    elif form is ReportFormat.CSV:
        give_csv(_header(), [_cells(one) for one in orders], output)
    elif form is ReportFormat.XLSX and output is not None:
        _write_workbook(orders, output)
    else:
        shown = (0, 1, 2, 3, 4, 7, 8, 9, 11)
        header, rows = _header(), [_cells(one) for one in orders]
        give_table([header[at] for at in shown], [[row[at] for at in shown] for row in rows], output=output)


def _header() -> list[str]:
    return [
        said("序号", "No."),
        said("镇街", "Town"),
        said("附近", "Near"),
        said("事项", "Work"),
        said("轻重", "Priority"),
        said("经度", "Longitude"),
        said("纬度", "Latitude"),
        said("现状", "As it stands"),
        said("应为", "Should be"),
        said("应为拼音", "Right pinyin"),
        said("读音待核", "Confirm reading"),
        said("期限", "Due"),
        said("逾期", "Overdue"),
        said("原因", "Why"),
        said("问题", "Found"),
        said("图层", "Layer"),
        said("编号", "Id"),
    ]


def _cells(one: "WorkOrder") -> list[Any]:
    from gis.names.signs import RULES
    from gis.names.signs.orders import PRIORITY_LABELS, WORK_LABELS
    from layers.specs import spec_of

    yes, no = said("是", "yes"), said("否", "no")
    return [
        one.number,
        one.town,
        one.near,
        picked(WORK_LABELS[one.work]),
        picked(PRIORITY_LABELS[one.priority]),
        one.lon,
        one.lat,
        one.old_text,
        one.right_text,
        one.right_pinyin,
        yes if one.pinyin_unsure else "",
        one.due.isoformat() if one.due else None,
        yes if one.overdue else no,
        " ".join(picked(text) for text in one.why),
        said("；", "; ").join(picked(RULES[rule.removeprefix("signs.")]) for rule in one.rules),
        picked(spec_of(one.layer_id).label),
        one.feature_id,
    ]


def _write_workbook(orders: "Sequence[WorkOrder]", output: Path) -> None:
    from api.cli.names.workbook import write_workbook

    write_workbook(said("整改工单", "Work orders"), [_header(), *(_cells(one) for one in orders)], output)


def _write_map(workspace: "Workspace", orders: "Sequence[WorkOrder]", map_file: Path) -> None:
    from web.work_orders import orders_map

    map_file.write_text(orders_map(workspace, orders, lang=chosen()), encoding="utf-8")
    wrote(map_file)
