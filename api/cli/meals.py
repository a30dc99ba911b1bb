"""The command that plans meals: who gets one today, where the next kitchens and points go, what each adds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli import site_options as asked
from api.cli.candidates import CANDIDATES, Sought
from api.cli.destination import chosen_form
from api.cli.failing import reported
from api.cli.language import picked, said
from api.cli.options import HERE, Output, ReportForm, ReportFormat, WorkspaceFolder
from api.cli.progress import shown_progress
from api.cli.taking import taking
from api.cli.workbook import give_listed
from api.outcomes import FOUND_SOMETHING
from api.written import day
from layers.text import counted

Report = Mapping[str, Any]
_SHOWN = 12


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "meals",
        help="助餐布局：厨房→食堂、助餐点→老人，现状与新增方案；新点不足时退出码 1 / Meals: kitchens, points, homes, "
        "today and planned; exit code 1 when fewer points open than asked for",
    )(meals)


@dataclass(frozen=True, kw_only=True)
class _FromStock(Sought):
    """The same, points put up in existing places first."""

    candidates: asked.CandidatesOf = "stock"


@reported
@taking(
    _FromStock,
    only=("need_per_1000", "travel", "by", "on", "population_field", "norms", *CANDIDATES),
)
def meals(  # noqa: PLR0913 - one parameter per option
    reach: _FromStock,
    *,
    workspace: WorkspaceFolder = HERE,
    points: Annotated[
        int, typer.Option("--points", help="最多新增几处食堂或助餐点 / At most so many new points")
    ] = 5,
    kitchens: Annotated[
        int, typer.Option("--kitchens", help="最多新增几处中央厨房 / At most so many new kitchens")
    ] = 0,
    budget: Annotated[
        float | None, typer.Option("--budget", help="新增投入上限，万元 / Most to spend, 10,000 yuan")
    ] = None,
    disabled_share: Annotated[
        float | None,
        typer.Option("--disabled-share", help="须送餐上门的份额，默认取规范 / Share to be delivered"),
    ] = None,
    hot_minutes: Annotated[
        float | None,
        typer.Option("--hot-minutes", help="热食时限，分钟，默认取规范 / Minutes a meal stays hot"),
    ] = None,
    eat_in_min: Annotated[
        float | None,
        typer.Option("--eat-in-min", help="堂食最多步行几分钟 / Longest walk to a table, minutes"),
    ] = None,
    delivery_min: Annotated[
        float | None,
        typer.Option(
            "--delivery-min", help="送餐最多骑行几分钟，默认按规范半径 / Longest ride to a door, minutes"
        ),
    ] = None,
    new_meals: Annotated[
        float | None,
        typer.Option("--new-meals", help="新点每日供餐能力，默认取规范 / Meals a day of a new point"),
    ] = None,
    relink: Annotated[
        bool,
        typer.Option("--relink", help="不管现有供餐关系，任意厨房都可供餐 / Let any kitchen supply a point"),
    ] = False,
    form: ReportForm = None,
    output: Output = None,
) -> None:
    """Plan meals; kitchens and points in service stay.

    Exit code 1 when fewer points open than asked for while meals stay unserved.
    """
    written = chosen_form(form, output, forms=ReportFormat)
    from gis.coverage.meals import MealRequest, plan_meals
    from layers.workspace import Workspace

    request = MealRequest(
        points=points,
        kitchens=kitchens,
        budget=budget,
        need_per_1000=reach.need_per_1000,
        disabled_share=disabled_share,
        hot_minutes=hot_minutes,
        eat_in_min=eat_in_min,
        delivery_min=delivery_min,
        new_meals=new_meals,
        relink=relink,
        by=reach.by,
        on=day(reach.on),
        population_field=reach.population_field,
        travel=reach.travel.value if reach.travel else None,
        norms=reach.norms,
        **reach.sites(),
    )
    with Workspace.open(workspace) as opened, shown_progress() as progress:
        report = plan_meals(opened, request, progress).as_json()
    give_meals(report, written, output)
    opened_points = sum(one["tier"] != "kitchen" for one in report["new_sites"])
    if opened_points < points and report["after"]["unserved"] > 0:
        raise typer.Exit(FOUND_SOMETHING)


def give_meals(report: Report, form: StrEnum, output: Path | None) -> None:
    """Give a plan for meals (the JSON form of ``MealPlanReport``) in the form asked for.

    Raises
    ------
    InputError
        When a workbook is asked for without a file to write it to.
    """
    header, rows = _new_sites(report)
    give_listed(report, form, output, lines=_summary(report), header=header, rows=rows)


def _new_sites(report: Report) -> tuple[list[str], list[Sequence[Any]]]:
    from layers.vocabulary import label_of

    header = [
        said("次序", "Order"),
        said("层级", "Tier"),
        said("编号", "Id"),
        said("名称", "Name"),
        said("所在单元", "Unit"),
        said("经度", "Longitude"),
        said("纬度", "Latitude"),
        said("日供餐能力", "Meals a day"),
        said("投入（万元）", "Cost (10,000 yuan)"),
        said("增加份数", "Adds"),
    ]
    keys = ("id", "name", "unit", "lon", "lat", "capacity", "cost", "adds")
    return header, [
        [one["order"], picked(label_of("meal_tier", one["tier"])), *(one[key] for key in keys)]
        for one in report["new_sites"]
    ]


def _summary(report: Report) -> list[str]:
    from layers.text import Text

    proof = (
        said("已证明最优", "proven best")
        if report["proven"]
        else said(
            f"未证明最优，上界 {report['bound']:,.0f} 份", f"not proven, bound {report['bound']:,.0f} meals"
        )
    )
    return [
        said(
            f"每日需求 {report['wanted']:,.0f} 份（{report['people']:,.0f} 人）；{proof}；"
            f"人数或位置未知 {report['unknown']['points']} 处。",
            f"{report['wanted']:,.0f} meals a day wanted ({report['people']:,.0f} people); {proof}; "
            f"{counted(report['unknown']['points'], 'point')} of unknown number or place.",
        ),
        f"{said('现状', 'Today')}: {_state(report['before'])}",
        f"{said('方案', 'Plan')}: {_state(report['after'])}",
        f"{said('曲线', 'Curve')}: {_curve(report['curve'])}",
        f"{said('未满足最多的单元', 'Units with most unserved')}: {_worst(report['units'])}",
        *(picked(Text(**one)) for one in (*report["notes"], *report["assumptions"])),
        f"{said('重做命令', 'Command')}: {report['command']}",
    ]


def _state(state: Mapping[str, Any]) -> str:
    from layers.rounding import adding_up
    from layers.text import Text

    share = "–" if state["share"] is None else f"{state['share']:.1%}"
    served, unserved = adding_up(state["served"] + state["unserved"], [state["served"], state["unserved"]])
    eat_in, delivered = adding_up(served, [state["eat_in"], state["delivered"]])
    parts = adding_up(unserved, [one["meals"] for one in state["unserved_by"]])
    why = said("、", "; ").join(
        f"{picked(Text(**one['text']))} {meals:,.0f}"
        for one, meals in zip(state["unserved_by"], parts, strict=True)
    )
    zh, en = (f"（{why}）", f" ({why})") if why else ("", "")
    hot = "–" if state["hot_minutes_max"] is None else f"{state['hot_minutes_max']:g}"
    return said(
        f"{served:,.0f} 份（{share}），堂食 {eat_in:,.0f}，送餐 {delivered:,.0f}；"
        f"最长保热 {hot} 分钟；未满足 {unserved:,.0f}{zh}",
        f"{served:,.0f} meals ({share}), {eat_in:,.0f} at tables, {delivered:,.0f} at "
        f"doors; held hot for at most {hot} min; unserved {unserved:,.0f}{en}",
    )


def _curve(steps: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(f"{one['new_points']}: {one['unserved']:,.0f}" for one in steps)


def _worst(units: Sequence[Mapping[str, Any]]) -> str:
    short = [one for one in units if one["unserved"] > 0]
    named = ", ".join(f"{one['name'] or '–'} {one['unserved']:,.0f}" for one in short[:_SHOWN])
    return f"{named} …" if len(short) > _SHOWN else named or "–"
