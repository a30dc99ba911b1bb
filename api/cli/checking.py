"""The command that checks data: quality, names, signs, boundaries and cemeteries."""

import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.destination import chosen_form
from api.cli.failing import reported
from api.cli.language import picked, said
from api.cli.options import HERE, OnDate, Output, TableForm, TableFormat, WorkspaceFolder
from api.cli.output import give_csv, give_json, give_table, remark
from api.cli.progress import shown_progress
from api.outcomes import FOUND_SOMETHING
from api.written import day
from layers.text import counted, joined

if TYPE_CHECKING:
    from layers.findings import Finding


_ROWS_ON_SCREEN = 100


class Check(StrEnum):
    """Checks there are."""

    ALL = "all"
    QUALITY = "quality"
    NAMES = "names"
    SIGNS = "signs"
    BOUNDARIES = "boundaries"
    CEMETERIES = "cemeteries"


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "check",
        help="检查数据、地名、标志门牌、界桩和公墓 / Check data, names, signs, markers and cemeteries",
    )(check)


@reported
def check(
    which: Annotated[
        Check,
        typer.Argument(
            metavar="CHECK",
            help="all 全部、quality 数据质量、names 地名、signs 标志门牌、boundaries 界线界桩、cemeteries 公墓"
            " / What to check",
        ),
    ] = Check.ALL,
    workspace: WorkspaceFolder = HERE,
    form: TableForm = None,
    output: Output = None,
    on: OnDate = None,
) -> None:
    """Run checks; exit code 1 when somebody has to look at something."""
    from api.answers import FindingsFilter, dismissed_keys, findings_answer, places_in
    from gis.checks import run_checks
    from layers.findings import calls_for_action
    from layers.workspace import Workspace

    when = day(on)
    form = chosen_form(form, output, forms=TableFormat)
    with Workspace.open(workspace) as opened, shown_progress() as progress:
        findings = run_checks(opened, which.value, on=when, progress=progress)
        aside = dismissed_keys(opened, findings)
        if form is TableFormat.JSON:
            give_json(findings_answer(findings, FindingsFilter(), places_in(opened), dismissed=aside), output)
    if form is not TableFormat.JSON:
        rows = [_row(one, is_aside=one.key in aside) for one in findings]
        if form is TableFormat.CSV:
            give_csv(_header(), rows, output)
        else:
            _give_screen(rows, output)
    remark(_summary(findings))
    if findings and form is TableFormat.TABLE:
        remark(said("各条依据见 --format csv 或 json。", "Citations: --format csv or json."))
    if aside:
        remark(
            said(
                f"其中 {len(aside)} 条已由审核排除，不计入退出码。",
                f"{len(aside)} of them were set aside by a reviewer and do not count for the exit code.",
            )
        )
    if any(calls_for_action(one) and one.key not in aside for one in findings):
        raise typer.Exit(FOUND_SOMETHING)


def _give_screen(rows: list[list[str]], output: Path | None) -> None:
    """Print a table without the long citations; at a terminal the first hundred rows, else all of them."""
    shown = rows[:_ROWS_ON_SCREEN] if output is None and sys.stdout.isatty() else rows
    give_table(_header()[:-1], [row[:-1] for row in shown], output=output)
    if len(shown) < len(rows):
        more = len(rows) - len(shown)
        remark(
            said(f"还有 {more} 条：加 -o 文件 可得全部。", f"{more} more: add -o FILE to get all of them.")
        )


def _header() -> list[str]:
    return [
        said("程度", "Severity"),
        said("类别", "Category"),
        said("图层", "Layer"),
        said("编号", "Id"),
        said("名称", "Name"),
        said("问题", "What was found"),
        said("规则", "Rule"),
        said("审核", "Review"),
        said("依据", "Citation"),
    ]


def _row(one: "Finding", *, is_aside: bool) -> list[str]:
    from layers.findings import SEVERITY_LABELS
    from layers.specs import spec_of

    return [
        picked(SEVERITY_LABELS[one.severity]),
        one.category,
        picked(spec_of(one.layer_id).label),
        one.feature_id,
        one.feature_name,
        picked(one.message),
        one.code,
        said("已排除", "dismissed") if is_aside else "",
        one.citation,
    ]


def _summary(findings: "list[Finding]") -> str:
    from layers.findings import SEVERITY_LABELS

    if not findings:
        return said("没有发现问题。", "Nothing was found.")
    tally = Counter(one.severity for one in findings)
    parts = [f"{picked(SEVERITY_LABELS[severity])} {number}" for severity, number in tally.most_common()]
    parted = joined(parts)
    return said(f"共 {len(findings)} 条：{parted.zh}。", f"{counted(len(findings), 'finding')}: {parted.en}.")
