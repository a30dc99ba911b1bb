"""The commands that show cases under review: the queue, and one case in full."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.destination import check_destination, chosen_form
from api.cli.failing import reported
from api.cli.language import picked, said
from api.cli.names.showing_case import show, step_header, step_rows
from api.cli.options import HERE, ListFormat, Output, TableFormat, WorkspaceFolder
from api.cli.output import give_csv, give_json, give_table, remark
from api.cli.progress import shown_progress
from layers.text import counted

if TYPE_CHECKING:
    from gis.names.review import Case, CaseList, FoundCases
    from layers.workspace import Workspace

CaseIdArgument = Annotated[
    str, typer.Argument(metavar="CASE_ID", help="案件编号，见 fangyu names cases / Case id")
]


def add_to(group: typer.Typer) -> None:
    """Add the commands to the group."""
    group.command("cases", help="列出审核案件 / List the names under review")(cases)
    group.command("case", help="查看一个案件的依据与历史 / Show one case with evidence and history")(case)
    group.command(
        "summary", help="年报汇总：发现、已整改、待处理、排除 / Counts: found, rectified, pending, excluded"
    )(summary)


def found_in(opened: "Workspace") -> "FoundCases":
    """Check the names of a workspace and put the findings together by name."""
    from gis.checks import run_checks
    from gis.names.review import gather

    with shown_progress() as progress:
        return gather(opened, run_checks(opened, "names", on=opened.day, progress=progress))


@reported
def cases(  # noqa: PLR0913, PLR0917 - the options of the command
    workspace: WorkspaceFolder = HERE,
    state: Annotated[
        str,
        typer.Option(
            "--state", help="状态，如 疑似 或 suspected；open 未结 / State; open: not excluded, not archived"
        ),
    ] = "",
    category: Annotated[str, typer.Option("--category", help="类别，如 大 / Category")] = "",
    town: Annotated[
        str,
        typer.Option(
            "--town",
            help="乡镇街道名称或九位代码，- 为不明 / Name or nine digits of the town, - when unknown",
        ),
    ] = "",
    severity: Annotated[
        str,
        typer.Option(
            "--severity", help="程度：错误 疑似 待核 无法判断，或 error suspect review unknown / Severity"
        ),
    ] = "",
    overdue: Annotated[
        bool | None,
        typer.Option("--overdue/--in-time", help="只要逾期的，或只要未逾期的 / Past a deadline, or not"),
    ] = None,
    older_than_days: Annotated[
        int | None, typer.Option("--older-than-days", min=0, help="发现超过几天 / Found so many days ago")
    ] = None,
    q: Annotated[str, typer.Option("--q", help="名称或编号里包含 / Part of name or id")] = "",
    form: Annotated[
        TableFormat | None,
        typer.Option(
            "--format",
            help="输出格式，不写时由 -o 的扩展名定 / Form; without it the suffix of -o decides",
            case_sensitive=False,
        ),
    ] = None,
    output: Output = None,
) -> None:
    """List cases: overdue first, then by severity, then by name."""
    from api.cli.names.wanted_cases import category_in, severity_of, state_of, town_in
    from gis.names.review import CaseFilter, list_cases
    from layers.workspace import Workspace

    form = chosen_form(form, output, forms=TableFormat)
    check_destination(output)
    wanted = CaseFilter(
        state=state_of(state),
        severity=severity_of(severity),
        overdue=overdue,
        older_than_days=older_than_days,
        q=q,
    )
    with Workspace.open(workspace) as opened:
        found = found_in(opened)
        wanted = replace(wanted, category=category_in(found, category), town=town_in(found, town))
        listed = list_cases(opened, (), wanted, found=found)
    if form is TableFormat.JSON:
        give_json(listed.as_json(), output)
    elif form is TableFormat.CSV:
        give_csv(_header(), [_row(one) for one in listed.cases], output)
    else:
        give_table(_header(), [_row(one) for one in listed.cases], output=output)
    remark(_counted(listed))


@reported
def case(
    case_id: CaseIdArgument, workspace: WorkspaceFolder = HERE, form: ListFormat = TableFormat.TABLE
) -> None:
    """Show a case with its findings, its history, and what can be done now."""
    from gis.names.review import case_detail
    from layers.workspace import Workspace

    with Workspace.open(workspace) as opened:
        detail = case_detail(opened, case_id, found_in(opened)).as_json()
    if form is TableFormat.JSON:
        give_json(detail)
    elif form is TableFormat.CSV:
        give_csv(step_header(), step_rows(detail))
    else:
        show(detail)


@reported
def summary(
    workspace: WorkspaceFolder = HERE,
    first: Annotated[
        str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="发现日期从哪天起 / Found on or after")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="YYYY-MM-DD", help="发现日期到哪天止 / Found on or before")
    ] = None,
    form: ListFormat = TableFormat.TABLE,
) -> None:
    """Count the cases found in a period: found = rectified + pending + excluded."""
    from api.written import day
    from gis.names.review import summarise_cases
    from layers.workspace import Workspace

    with Workspace.open(workspace) as opened:
        counted = summarise_cases(opened, found_in(opened), first=day(first), last=day(last)).as_json()
    if form is TableFormat.JSON:
        give_json(counted)
        return
    header = [said("分类", "Of"), *_pick("发现 已整改 待处理 排除", "Found Rectified Pending Excluded")]
    named = [(one["category"], one) for one in counted["category"]]
    named += [(f"{one['code']} {one['name']}", one) for one in counted["town"]]
    rows = [[name, *_four(one)] for name, one in [(said("合计", "Total"), counted["total"]), *named]]
    (give_csv if form is TableFormat.CSV else give_table)(header, rows)


def _pick(chinese: str, english: str) -> list[str]:
    return said(chinese, english).split()


def _four(counts: dict[str, int]) -> list[int]:
    return [counts[name] for name in ("found", "rectified", "pending", "excluded")]


def _header() -> list[str]:
    return _pick(
        "编号 案号 版本 名称 新名称 状态 类别 程度 乡镇街道 发现日期 逾期",
        "Id Number Version Name Proposed State Category Severity Town Found Overdue",
    )


def _row(one: "Case") -> Sequence[object]:
    from layers.findings import SEVERITY_LABELS

    return [
        one.id,
        one.number,
        one.version,
        one.name,
        one.new_name,
        picked(one.state_label),
        one.category or "、".join(one.categories),
        picked(SEVERITY_LABELS[one.severity]),
        one.town_name or one.town_code,
        one.opened_on.isoformat(),
        said("是", "yes") if one.overdue else "",
    ]


def _counted(listed: "CaseList") -> str:
    overdue = sum(one.overdue for one in listed.cases)
    return said(
        f"共 {listed.total} 件，逾期 {overdue} 件。", f"{counted(listed.total, 'case')}, {overdue} overdue."
    )
