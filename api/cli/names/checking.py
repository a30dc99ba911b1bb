"""The command that checks a list of names without a workspace."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.destination import check_destination, chosen_form
from api.cli.failing import reported
from api.cli.language import picked, said
from api.cli.names.incoming import readable
from api.cli.names.workbook import need_file, write_workbook
from api.cli.options import OnDate, Output, ReportFormat
from api.cli.output import give_csv, give_json, give_table, remark
from api.outcomes import FOUND_SOMETHING
from api.written import day, pairs
from layers.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gis.names.listing import CheckedName
    from layers.findings import Finding

_LONGEST_SHOWN = 40
"""Characters of a name in the table; whole names are in the other forms."""
_AT_NAME = 1
_ROWS_ON_SCREEN = 200

Form = Annotated[
    ReportFormat | None,
    typer.Option(
        "--format",
        help="输出格式，不写时由 -o 的扩展名定 / Form of the output; without it the suffix of -o decides",
        case_sensitive=False,
    ),
]


def add_to(group: typer.Typer) -> None:
    """Add the command to the group."""
    group.command(
        "check", help="检查一份地名清单，不需要工作区 / Check a list of names, without a workspace"
    )(check)


@reported
def check(  # noqa: PLR0913, PLR0917 - one parameter per option
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="清单：.csv、.xlsx 或每行一个地名的 .txt；- 为标准输入 / The list: .csv, .xlsx, or a .txt with one "
            "name a line; - reads standard input",
        ),
    ],
    pack: Annotated[
        list[str] | None,
        typer.Option(
            "--pack", help="规则包，可重复，后者覆盖前者；默认按辖区选 / Rule packs, later ones over earlier"
        ),
    ] = None,
    jurisdiction: Annotated[
        str,
        typer.Option(
            "--jurisdiction",
            metavar="CODE",
            help="清单中没有写明辖区的行属于哪里，如 320413 / Division code of rows that say none",
        ),
    ] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--columns", help="字段=表头，表头认不出时用 / field=heading, where a heading is not understood"
        ),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="文字编码，如 gb18030 / Text encoding, such as gb18030")
    ] = None,
    on: OnDate = None,
    form: Form = None,
    output: Output = None,
) -> None:
    """Check every name of a list; exit code 1 when somebody has to look at one."""
    from gis.names.listing import check_list, read_list

    when = day(on)
    form = chosen_form(form, output, forms=ReportFormat)
    check_destination(output)
    need_file(form, output)
    with readable(file) as path:
        names = read_list(
            path,
            jurisdiction=jurisdiction,
            columns=pairs(columns or (), option="--columns"),
            encoding=encoding,
        )
    checked = check_list(names, packs=pack or (), on=when)
    _give(checked, form, output)
    for note in names.notes:
        remark(picked(note))
    remark(_summary(checked))
    if any(one.status != "clear" for one in checked):
        raise typer.Exit(FOUND_SOMETHING)


def _give(checked: "Sequence[CheckedName]", form: ReportFormat, output: Path | None) -> None:
    if form is ReportFormat.JSON:
        give_json([one.as_json() for one in checked], output)
    elif form is ReportFormat.CSV:
        give_csv(_header(), _lines(checked), output)
    elif form is ReportFormat.XLSX and output is not None:
        write_workbook(said("地名检查", "Names checked"), [_header(), *_lines(checked)], output)
    else:
        _give_screen(checked, output)


def _header() -> list[str]:
    return [
        said("行", "row"),
        said("名称", "name"),
        said("类别", "class"),
        said("结论", "status"),
        said("问题类别", "category"),
        said("程度", "severity"),
        said("问题", "finding"),
        said("规则", "rule"),
        said("依据", "citation"),
        said("已考虑的例外", "exceptions"),
        said("未能读取的内容", "problems"),
        said("说明", "notes"),
    ]


def _lines(checked: "Sequence[CheckedName]") -> list[list[object]]:
    """Write one row for each finding, and one for a name without any, so that no name is lost."""
    return [
        [*_about(one), *_of_finding(finding), *_rest(one)]
        for one in checked
        for finding in one.findings or (None,)
    ]


def _about(one: "CheckedName") -> list[object]:
    from gis.names.listing.rows import class_label

    status = picked(_STATUS[one.status])
    return [
        one.listed.row,
        one.listed.candidate.name,
        picked(class_label(one.entity_class)),
        status,
    ]


def _of_finding(finding: "Finding | None") -> list[object]:
    from layers.findings import SEVERITY_LABELS

    if finding is None:
        return [""] * 6
    return [
        finding.category,
        picked(SEVERITY_LABELS[finding.severity]),
        picked(finding.message),
        finding.code,
        finding.citation,
        "；".join(picked(text) for text in finding.exceptions),
    ]


def _rest(one: "CheckedName") -> list[object]:
    problems = [
        f"{problem.column}={problem.value}：{picked(problem.reason)}" for problem in one.listed.problems
    ]
    return ["；".join(problems), "；".join(picked(note) for note in one.listed.notes)]


_STATUS = {
    "clear": {"zh": "未发现问题", "en": "clear"},
    "review": {"zh": "待核", "en": "review"},
    "suspect": {"zh": "疑似", "en": "suspect"},
}


def _give_screen(checked: "Sequence[CheckedName]", output: Path | None) -> None:
    """Print the names that somebody has to look at, most at a terminal; in a file all of them."""
    wanted = [one for one in checked if one.status != "clear"]
    shown = wanted[:_ROWS_ON_SCREEN] if output is None and sys.stdout.isatty() else wanted
    rows = [
        [_shortened(cell) if at == _AT_NAME else cell for at, cell in enumerate(line[:8])]
        for line in _lines(shown)
    ]
    give_table(_header()[:8], rows, output=output)
    if len(shown) < len(wanted):
        more = len(wanted) - len(shown)
        remark(
            said(f"还有 {more} 个地名：加 -o 文件 可得全部。", f"{counted(more, 'more name')}: add -o FILE.")
        )


def _shortened(cell: object) -> object:
    text = str(cell)
    return cell if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _summary(checked: "Sequence[CheckedName]") -> str:
    numbers = Counter(one.status for one in checked)
    parts = [f"{picked(_STATUS[status])} {numbers[status]}" for status in ("suspect", "review", "clear")]
    troubled = sum(1 for one in checked if one.listed.problems)
    more = said(f"，{troubled} 行有读不懂的内容", f"; cells of {counted(troubled, 'row')} could not be read")
    head = said(f"共 {len(checked)} 个地名：", f"{counted(len(checked), 'name')}: ")
    return head + said("、", ", ").join(parts) + (more if troubled else "") + said("。", ".")
