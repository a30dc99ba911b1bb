"""The command that decides cases."""

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.failing import reported
from api.cli.language import picked, said
from api.cli.names.listing_cases import found_in
from api.cli.names.showing_case import show
from api.cli.options import HERE, ListFormat, TableFormat, WorkspaceFolder
from api.cli.output import give_json, give_table, remark
from api.outcomes import FAILED

if TYPE_CHECKING:
    from gis.names.review import Decision, FoundCases
    from layers.workspace import Workspace


def add_to(group: typer.Typer) -> None:
    """Add the command to the group."""
    group.command(
        "decide", help="处理审核案件：核实、认定、排除…… / Decide cases: verify, confirm, exclude …"
    )(decide)


@reported
def decide(  # noqa: PLR0913, PLR0917 - the options of the command
    case_ids: Annotated[
        list[str], typer.Argument(metavar="CASE_ID…", help="案件编号，可写多个 / Case ids, one or more")
    ],
    action: Annotated[
        str,
        typer.Argument(
            metavar="ACTION",
            help="verify 核实、confirm 认定、exclude 排除、argue 论证、notice 公示、object 异议、uphold 维持、"
            "withdraw 撤销、order 整改通知、rename 更名、restore 恢复标准名、replace 换牌、file 备案公告、"
            "archive 归档、reopen 重新核实 / What to do",
        ),
    ],
    workspace: WorkspaceFolder = HERE,
    who: Annotated[
        str, typer.Option("--who", envvar="FANGYU_WHO", help="经办人，必填 / Who decides, required")
    ] = "",
    note: Annotated[str, typer.Option("--note", help="说明，记入历史 / Note, kept in the history")] = "",
    reason: Annotated[
        str | None, typer.Option("--reason", help="排除原因，如 old_name 老地名 / Reason for exclusion")
    ] = None,
    category: Annotated[
        str | None, typer.Option("--category", help="认定类别，如 大 / Category confirmed")
    ] = None,
    new_name: Annotated[str | None, typer.Option("--new-name", help="新名称 / New name")] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="YYYY-MM-DD",
            help="办理日期；默认工作区的基准日，未设则今天 / Date of it; by default the workspace's "
            "reference_date, today when there is none",
        ),
    ] = None,
    version: Annotated[
        int | None,
        typer.Option(
            "--version", min=0, help="看到的版本，只用于一件 / Version looked at, for one case only"
        ),
    ] = None,
    form: ListFormat = TableFormat.TABLE,
) -> None:
    """Take one step with a case, or the same step with several; exit code 2 when any was refused."""
    from api.written import day
    from gis.names.review import Decision
    from layers.workspace import Workspace

    decision = Decision(
        action=action, who=who, note=note, reason=reason, category=category, new_name=new_name, on=day(on)
    )
    with Workspace.open(workspace) as opened:
        found = found_in(opened)
        if len(case_ids) == 1:
            _decide_one(opened, case_ids[0], decision, version, found, form)
        else:
            _refuse_version(version)
            _decide_many(opened, case_ids, decision, found, form)


def _decide_one(
    opened: "Workspace",
    case_id: str,
    decision: "Decision",
    version: int | None,
    found: "FoundCases",
    form: TableFormat,
) -> None:
    from gis.names.review import case_detail
    from gis.names.review import decide as decide_case

    seen = case_detail(opened, case_id, found).case.version if version is None else version
    detail = decide_case(opened, case_id, decision, version=seen, found=found)
    if form is TableFormat.JSON:
        give_json(detail.as_json())
    else:
        show(detail.as_json())


def _decide_many(
    opened: "Workspace", case_ids: list[str], decision: "Decision", found: "FoundCases", form: TableFormat
) -> None:
    from api.outcomes import body_of_error
    from gis.names.review import decide_many
    from gis.names.review.standing import Desk

    desk = Desk.of(opened, found)
    versions = [(one, desk.rows[one].version if one in desk.rows else 0) for one in case_ids]
    batch = decide_many(opened, versions, decision, found=found)
    if form is TableFormat.JSON:
        refused = [{"id": one, "problem": body_of_error(error)} for one, error in batch.refused]
        give_json({"done": [one.as_json() for one in batch.done], "refused": refused})
    else:
        header = [said("编号", "Id"), said("名称", "Name"), said("状态", "State")]
        give_table(header, [[one.id, one.name, picked(one.state_label)] for one in batch.done])
    for one, error in batch.refused:
        remark(f"{one}: {picked(error.message)}")
    done, refused_count = len(batch.done), len(batch.refused)
    remark(said(f"办理 {done} 件，未办 {refused_count} 件。", f"{done} decided, {refused_count} refused."))
    if batch.refused:
        raise typer.Exit(FAILED)


def _refuse_version(version: int | None) -> None:
    from layers.errors import InputError
    from layers.text import Text

    if version is not None:
        raise InputError(
            Text("--version 只能用于一件。", "--version is for one case only."),
            Text("请逐件办理，或去掉 --version。", "Decide one by one, or leave --version out."),
        )
