"""The command that checks a whole register of names at once: a workspace's, or a list of villages."""

import gc
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.destination import check_destination, chosen_form
from api.cli.failing import reported
from api.cli.language import picked, said
from api.cli.names.audit_output import give_audit_counts, give_audit_csv, give_audit_json
from api.cli.options import HERE, OnDate, Output, TableFormat
from api.cli.output import remark
from api.cli.progress import shown_progress
from api.outcomes import FOUND_SOMETHING
from api.written import day
from layers.errors import InputError
from layers.pauses import few_pauses
from layers.text import Text, counted

if TYPE_CHECKING:
    from datetime import date

    from gis.names import Pack
    from gis.names.namesakes.audit import AuditReport, Tally
    from gis.names.namesakes.villages import Villages
    from layers.progress import Progress


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the options say beside the register itself."""

    packs: tuple[str, ...]
    jurisdiction: str
    on: "date | None"
    notes: bool
    encoding: str | None


Form = Annotated[
    TableFormat | None,
    typer.Option(
        "--format",
        help="table 只给计数，json、csv 逐条给出 / table gives counts only, json and csv every finding",
        case_sensitive=False,
    ),
]


def add_to(group: typer.Typer) -> None:
    """Add the command to the group."""
    group.command("audit", help="一次检查全部地名：重名、同音和各条规则 / Check a whole register at once")(
        audit
    )


@reported
def audit(  # noqa: PLR0913, PLR0917 - one parameter per option
    workspace: Annotated[
        Path | None,
        typer.Option(
            "-w", "--workspace", help="工作区文件夹，默认当前文件夹 / Workspace folder, by default this one"
        ),
    ] = None,
    villages: Annotated[
        Path | None,
        typer.Option(
            "--villages",
            metavar="FILE",
            help="村（居）名单：.csv、.csv.gz、.csv.xz 或 .zip，有 code 与 name 两列 / A list of villages instead, "
            "with columns code and name",
        ),
    ] = None,
    pack: Annotated[
        list[str] | None,
        typer.Option(
            "--pack",
            help="规则包，可重复，后者覆盖前者；默认按辖区选 / Rule packs, later ones over earlier ones",
        ),
    ] = None,
    jurisdiction: Annotated[
        str,
        typer.Option(
            "--jurisdiction",
            metavar="CODE",
            help="只查名单中这一辖区，并作为没有代码的行的辖区 / Only this division of the list; also where rows "
            "without a code belong",
        ),
    ] = "",
    notes: Annotated[
        bool,
        typer.Option(
            "--notes", help="提示级也逐条写出，否则只计数 / Write notes out too, not only count them"
        ),
    ] = False,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="名单的文字编码，如 gb18030 / Text encoding of the list")
    ] = None,
    on: OnDate = None,
    form: Form = None,
    output: Output = None,
) -> None:
    """Audit a register; exit code 1 when somebody has to look at a name."""
    _refuse_both(workspace, villages)
    when = day(on)
    form = chosen_form(form, output, forms=TableFormat)
    check_destination(output)
    asked = _Asked(tuple(pack or ()), jurisdiction, when, notes=notes, encoding=encoding)
    with few_pauses(), shown_progress() as progress:
        report, extra = _report(workspace, villages, asked, progress)
        if form is TableFormat.JSON:
            give_audit_json(report, extra, output)
        elif form is TableFormat.CSV:
            give_audit_csv(report, output)
        else:
            give_audit_counts(report, output)
    gc.unfreeze()
    remark(_summary(report.tally, notes=notes))
    if any(number for name, number in report.tally.severity.items() if name != "note"):
        raise typer.Exit(FOUND_SOMETHING)


def _refuse_both(workspace: Path | None, villages: Path | None) -> None:
    if workspace is not None and villages is not None:
        raise InputError(
            Text("-w 与 --villages 只能用一个。", "-w and --villages cannot be used together."),
            Text("请选定查工作区还是查名单。", "Choose the workspace or the list."),
        )


def _report(
    workspace: Path | None, villages: Path | None, asked: _Asked, progress: "Progress"
) -> tuple["AuditReport", dict[str, Any]]:
    if villages is not None:
        return _of_list(villages, asked, progress)
    return _of_workspace(workspace or HERE, asked, progress), {}


def _of_list(path: Path, asked: _Asked, progress: "Progress") -> tuple["AuditReport", dict[str, Any]]:
    from gis.names.namesakes.audit import audit_parts, part_digits
    from gis.names.namesakes.villages import read_villages

    chosen = _pack(asked.packs or _packs_of(asked.jurisdiction))
    read = read_villages(path, encoding=asked.encoding)
    left_out = read.keep_only(asked.jurisdiction)
    _say_troubles(read, left_out)
    gc.freeze()  # the list stays to the end: no use in looking through it again and again
    parts = read.parts(part_digits(chosen), district_code=asked.jurisdiction)
    report = audit_parts(
        parts,
        chosen,
        on=asked.on,
        notes=asked.notes,
        progress=progress,
        total=len(read.rows),
        repeated=read.repeated(),
    )
    return report, {"rejects": dict(read.troubles), "left_out": left_out}


def _of_workspace(root: Path, asked: _Asked, progress: "Progress") -> "AuditReport":
    from gis.names.namesakes.audit import audit as audited
    from gis.names.packs import load_packs, packs_of_workspace
    from gis.names.register import candidates_of_workspace
    from layers.workspace import Workspace

    with Workspace.open(root) as opened:
        chosen = load_packs(asked.packs or packs_of_workspace(opened), folder=opened.root)
        candidates = candidates_of_workspace(opened)
        when = asked.on or opened.day
    if not candidates:
        remark(said("工作区里没有带名称的图层，没有可查的地名。", "The workspace has no layer with names."))
    return audited(candidates, chosen, on=when, notes=asked.notes, progress=progress)


def _packs_of(jurisdiction: str) -> tuple[str, ...]:
    from gis.names import packs_for

    return packs_for(jurisdiction) if jurisdiction else ("national-2022",)


def _pack(ids: tuple[str, ...]) -> "Pack":
    from gis.names import load_packs

    return load_packs(ids)


def _say_troubles(read: "Villages", left_out: int) -> None:
    from gis.names.namesakes.villages import REASONS

    if left_out:
        remark(
            said(
                f"辖区之外 {left_out} 行未检查。",
                f"{counted(left_out, 'row')} outside the jurisdiction: not checked.",
            )
        )
    for reason, number in read.troubles.items():
        quoted = "、".join(f"{line}:{code} {name}".strip() for line, code, name in read.examples[reason])
        remark(f"{number} × {picked(REASONS[reason])} ({quoted})")


def _summary(tally: "Tally", *, notes: bool) -> str:
    from layers.findings import Severity

    found, noted = tally.severity.total(), tally.severity[Severity.NOTE.value]
    zh = f"共 {tally.names} 个地名，发现 {found} 条，其中提示 {noted} 条"
    en = f"{counted(tally.names, 'name')}, {counted(found, 'finding')}, {noted} of them notes"
    if noted and not notes:
        return said(f"{zh}（只计数，--notes 可逐条写出）。", f"{en} (counted only; --notes writes them out).")
    return said(f"{zh}。", f"{en}.")
