"""The command that writes the documents of the review."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli.destination import check_destination
from api.cli.failing import reported
from api.cli.language import chosen
from api.cli.names.listing_cases import found_in
from api.cli.options import HERE, OnDate, WorkspaceFolder
from api.cli.output import wrote


class Kind(StrEnum):
    """Documents there are."""

    INVENTORY = "inventory"
    RECOGNITION = "recognition"
    ARGUMENT = "argument"
    NOTICE = "notice"
    ORDER = "order"
    LEDGER = "ledger"
    SIGNAGE = "signage"
    APPLICATION = "application"
    SUMMARY = "summary"


def add_to(group: typer.Typer) -> None:
    """Add the command to the group."""
    group.command("document", help="生成审核文书（docx、xlsx） / Write a document of the review")(document)


@reported
def document(
    kind: Annotated[
        Kind,
        typer.Argument(
            metavar="KIND",
            help="inventory 排查清单、recognition 认定意见表、argument 专家论证意见、notice 公示、"
            "order 整改通知书、ledger 整改台账、signage 换牌工单、application 申报表、summary 汇总 / Kind",
        ),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="写入哪个文件，.docx 或 .xlsx / File to write")
    ],
    workspace: WorkspaceFolder = HERE,
    case: Annotated[
        list[str] | None,
        typer.Option("--case", help="案件编号，可重复；清单类不写为全部 / Case ids; lists take all without"),
    ] = None,
    on: OnDate = None,
) -> None:
    """Write one document; the suffix of the file decides its form."""
    from api.document_files import DocumentWanted, document_file
    from api.written import day
    from layers.workspace import Workspace

    check_destination(output)
    wanted = DocumentWanted(
        kind=kind.value,
        form=output.suffix.casefold().removeprefix("."),
        case_ids=case or (),
        on=day(on),
        lang=chosen(),
    )
    with Workspace.open(workspace) as opened:
        file = document_file(opened, found_in(opened), wanted)
    output.write_bytes(file.content)
    wrote(output)
