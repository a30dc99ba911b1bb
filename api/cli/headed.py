"""Reports that stand under a headline: as JSON, flat as CSV, as a workbook, or the worst rows on the screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from api.cli.language import said
from api.cli.options import ReportFormat
from api.cli.output import give_csv, give_json, give_table
from api.cli.workbook import Sheets, write_sheets
from layers.text import counted

_ON_SCREEN = 40
Row = Sequence[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A report in its forms, each made only when it is asked for.

    Attributes
    ----------
    flat
        Heading and rows of the flat form.
    sheets
        Sheets of the workbook.
    lines
        The headline: a label and its text, line by line.
    columns, rows
        The table on the screen, the most important row first.
    """

    flat: Callable[[], tuple[Row, Sequence[Row]]]
    sheets: Callable[[], Sheets]
    lines: Callable[[], Sequence[tuple[str, str]]]
    columns: Row
    rows: Callable[[], Sequence[Row]]


def give_headed(report: Mapping[str, Any], headed: Headed, form: ReportFormat, output: Path | None) -> None:
    """Give a report in the form asked for; on the screen only its first rows.

    Raises
    ------
    InputError
        When a workbook is asked for without a file to write it to.
    """
    if form is ReportFormat.JSON:
        give_json(report, output)
    elif form is ReportFormat.CSV:
        heading, rows = headed.flat()
        give_csv(heading, rows, output)
    elif form is ReportFormat.XLSX:
        write_sheets(headed.sheets(), output)
    else:
        _give_screen(headed, output)


def _give_screen(headed: Headed, output: Path | None) -> None:
    rows = headed.rows()
    shown = rows if output else rows[:_ON_SCREEN]
    title = "\n".join(f"{label}: {text}" for label, text in headed.lines())
    give_table(headed.columns, shown, title=title, output=output)
    left = len(rows) - len(shown)
    if left:
        typer.echo(said(f"… 另有 {left} 行没有列出，全部见 --format csv 或 -o 文件。",
                        f"… {counted(left, 'more row')} not shown; all of them: --format csv or -o FILE."))  # fmt: skip
