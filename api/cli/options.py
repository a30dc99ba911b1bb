"""Options and arguments that several commands share, each described once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class TableFormat(StrEnum):
    """Forms a list can be printed in."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class ReportFormat(StrEnum):
    """Forms a coverage report can be given in."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


class Profile(StrEnum):
    """Who a map is for."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Language(StrEnum):
    """Languages spoken."""

    ZH = "zh"
    EN = "en"


WorkspaceFolder = Annotated[
    Path,
    typer.Option(
        "-w", "--workspace", help="工作区文件夹，默认当前文件夹 / Workspace folder, by default this one"
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="写入文件而不是屏幕 / Write to this file, not the screen"),
]
PlotFile = Annotated[
    Path | None,
    typer.Option("--plot", help="另画一张图：.png、.svg 或 .pdf / Draw a plot, too: .png, .svg or .pdf"),
]
ListFormat = Annotated[
    TableFormat, typer.Option("--format", help="输出格式 / Form of the output", case_sensitive=False)
]
_FORM = typer.Option(
    "--format",
    help="输出格式，不写时由 -o 的扩展名定 / Form of the output; without it the suffix of -o decides",
    case_sensitive=False,
)
TableForm = Annotated[TableFormat | None, _FORM]
ReportForm = Annotated[ReportFormat | None, _FORM]
LayerId = Annotated[
    str, typer.Argument(metavar="LAYER", help="图层编号，见 fangyu layers / Layer id, see fangyu layers")
]
OnDate = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="YYYY-MM-DD",
        help="以哪一天为准，默认工作区的基准日，没有则今天 / The day that counts, by default the workspace's "
        "reference day, else today",
    ),
]
Who = Annotated[
    str | None,
    typer.Option(
        "--who", envvar="FANGYU_WHO", help="经办人，记入历史，默认系统用户 / Who does it, kept in the history"
    ),
]
Why = Annotated[str, typer.Option("--why", help="事由，记入历史 / Why, kept in the history")]
HERE = Path()
