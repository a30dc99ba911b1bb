"""The command that makes the gazetteer, or says how complete it is."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.destination import check_destination
from api.cli.failing import reported
from api.cli.language import chosen, picked, said
from api.cli.options import HERE, OnDate, TableFormat, WorkspaceFolder
from api.cli.output import give_csv, give_json, give_table, remark, wrote
from api.outcomes import FOUND_SOMETHING
from api.written import day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from gis.names.gazetteer import Completeness
    from layers.findings import Finding
    from layers.workspace import Workspace


class GazetteerFile(StrEnum):
    """Files the gazetteer itself can be written to."""

    XLSX = "xlsx"
    DOCX = "docx"
    JSON = "json"


def add_to(group: typer.Typer) -> None:
    """Add the command to the group."""
    group.command(
        "gazetteer",
        help="地名录：写成 xlsx、docx 或国家库行格式 json；不写 -o 时报告词条完整性 / Write the gazetteer; "
        "without -o say how complete it is",
    )(gazetteer)


@reported
def gazetteer(
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="地名录文件，按扩展名定格式：xlsx docx json / Gazetteer to write, the suffix says the form",
        ),
    ] = None,
    workspace: WorkspaceFolder = HERE,
    *,
    town: Annotated[
        str,
        typer.Option(
            "--town", metavar="CODE", help="只要这个镇（街道）：九位代码 / Only this town, nine digits"
        ),
    ] = "",
    public: Annotated[
        bool, typer.Option("--public", help="只含公开字段，位置按公开精度 / Public fields and places only")
    ] = False,
    check: Annotated[
        bool,
        typer.Option("--check", help="逐条列出不完整的词条 / List every incomplete entry"),
    ] = False,
    form: Annotated[
        TableFormat | None,
        typer.Option(
            "--format",
            help="完整性报告的格式，不能与 -o 同用 / Form of the report, not together with -o",
            case_sensitive=False,
        ),
    ] = None,
    on: OnDate = None,
) -> None:
    """Write the gazetteer, or say how complete its entries are."""
    when = day(on)
    _town(town)
    _file_or_report(output, form, check=check)
    check_destination(output)
    from layers.workspace import Workspace

    with Workspace.open(workspace) as opened:
        dated = when or opened.day
        if output is not None:
            made = _made(opened, output, town=town, public=public, on=dated)
            output.write_bytes(made)
            wrote(output)
            return
        _report(opened, form or TableFormat.TABLE, town=town, check=check, on=dated)


def _town(code: str) -> None:
    from layers.errors import InputError
    from layers.text import Text

    if code and not (code.isascii() and code.isdigit() and len(code) in {9, 12}):
        raise InputError(
            Text(f"镇（街道）代码“{code}”不是九位数字。", f"The town code {code!r} is not nine digits."),
            Text("例如 320413100。", "For example 320413100."),
        )


def _file_or_report(output: Path | None, form: TableFormat | None, *, check: bool) -> None:
    from layers.errors import InputError
    from layers.text import Text

    if output is not None and (check or form is not None):
        raise InputError(
            Text(
                "-o 写地名录，--check 和 --format 是完整性报告的选项，不能同用。",
                "-o writes the gazetteer; --check and --format belong to the report.",
            ),
            Text("请分两次运行。", "Run the command twice."),
        )
    if output is not None:
        _known_suffix(output)


def _known_suffix(output: Path) -> None:
    from layers.errors import InputError
    from layers.text import Text

    suffixes = [f".{one.value}" for one in GazetteerFile]
    if output.suffix.casefold() not in suffixes:
        raise InputError(
            Text(
                f"地名录不能写成“{output.suffix or output.name}”文件。",
                f"The gazetteer cannot be written as {output.suffix or output.name!r}.",
            ),
            Text(f"扩展名可用：{'、'.join(suffixes)}。", f"Suffixes: {', '.join(suffixes)}."),
        )


def _made(opened: "Workspace", output: Path, *, town: str, public: bool, on: "date") -> bytes:
    from gis.names.gazetteer import entries, national_page, national_rows
    from gis.names.readings import load_readings
    from layers.privacy import public_view
    from web.documents import gazetteer_document

    layer, units = opened.layer("place_name"), opened.layer_or_none("admin_unit")
    frame = public_view(layer, opened.settings) if public else None
    suffix = output.suffix.casefold().removeprefix(".")
    if suffix == GazetteerFile.JSON:
        page = national_page(national_rows(layer, units=units, town=town, frame=frame))
        return (json.dumps(page, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
    listed = entries(layer, units=units, town=town, frame=frame, readings=load_readings(opened.root))
    return gazetteer_document(opened, suffix, listed, on=on, lang=chosen())


def _report(opened: "Workspace", form: TableFormat, *, town: str, check: bool, on: "date") -> None:
    from gis.names.gazetteer import check_gazetteer, completeness

    layer, units = opened.layer("place_name"), opened.layer_or_none("admin_unit")
    counted = completeness(layer, on=on, units=units, town=town)
    findings = check_gazetteer(layer, on, units=units, town=town) if check else []
    if form is TableFormat.JSON:
        give_json(counted.as_json() | ({"findings": [one.as_json() for one in findings]} if check else {}))
    elif check:
        _give_findings(findings, form)
    else:
        _give_shares(counted, form)
    remark(
        said(
            f"共 {counted.entries} 条，完整 {counted.complete} 条。",
            f"{counted.entries} entries, {counted.complete} of them complete.",
        )
    )
    if findings:
        raise typer.Exit(FOUND_SOMETHING)


def _give_findings(findings: "list[Finding]", form: TableFormat) -> None:
    from layers.findings import SEVERITY_LABELS

    header = [
        said("编号", "Id"),
        said("名称", "Name"),
        said("程度", "Severity"),
        said("缺什么", "What is missing"),
    ]
    rows = [
        [one.feature_id, one.feature_name, picked(SEVERITY_LABELS[one.severity]), picked(one.message)]
        for one in findings
    ]
    (give_csv if form is TableFormat.CSV else give_table)(header, rows)


def _give_shares(counted: "Completeness", form: TableFormat) -> None:
    from gis.names.gazetteer.completeness import class_label

    groups: Mapping[str, Any] = {
        said("全部", "All"): counted,
        **{picked(class_label(code)): one for code, one in counted.classes.items()},
    }
    header = [said("字段", "Field"), *groups]
    rows: list[list[Any]] = [[said("词条数", "Entries"), *(one.entries for one in groups.values())]]
    rows.append([said("完整", "Complete"), *(one.complete for one in groups.values())])
    for at, share in enumerate(counted.fields):
        mark = "*" if share.demanded else ""
        rows.append([f"{picked(share.label)}{mark}", *(one.fields[at].filled for one in groups.values())])
    (give_csv if form is TableFormat.CSV else give_table)(header, rows)
