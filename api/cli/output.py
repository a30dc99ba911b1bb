"""Tables, JSON and CSV; data on stdout (or in a file), remarks on stderr."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from api.cli.language import said
from layers.cells import harmless

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_WIDTH_WITHOUT_TERMINAL = 160
Row = Sequence[Any]


def remark(text: str) -> None:
    """Say something that is not the result: on stderr."""
    typer.echo(text, err=True)


def give(text: str, output: Path | None) -> None:
    """Print a result, or write it to a file and say so."""
    if output is None:
        typer.echo(text, nl=not text.endswith("\n"))
        return
    output.write_text(text, encoding="utf-8", newline="")
    wrote(output)


def give_plot(report: object, path: Path) -> None:
    """Plot a report into a picture file; raises InputError when it has nothing to plot."""
    from api.cli.language import chosen
    from web.plots import plot, save_plot

    save_plot(plot(report, lang="en" if chosen() == "en" else "zh"), path)
    wrote(path)


def wrote(path: Path) -> None:
    """Say that a file was written."""
    remark(said(f"已写入 {path}", f"Wrote {path}"))


def give_json(value: Any, output: Path | None = None) -> None:  # noqa: ANN401 - any JSON value
    """Print a JSON value, or write it to a file."""
    give(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n", output)


def give_csv(header: Row, rows: Iterable[Row], output: Path | None = None) -> None:
    """Print rows as CSV that Excel opens: UTF-8 with a byte order mark, no cell that starts a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    give("\ufeff" + text.getvalue(), output)


def give_table(
    header: Sequence[str], rows: Iterable[Row], *, title: str = "", output: Path | None = None
) -> None:
    """Print rows as a table under a title; None shows as an empty cell."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    printed = [["" if cell is None else str(cell) for cell in row] for row in rows]
    for at, name in enumerate(header):
        table.add_column(name, overflow="fold", no_wrap=at == 0 and _codes([row[at] for row in printed]))
    for row in printed:
        table.add_row(*(escape(cell) for cell in row))
    if output is not None:
        text = io.StringIO()
        _print(Console(file=text, width=_WIDTH_WITHOUT_TERMINAL), title, table)
        give(text.getvalue(), output)
        return
    _print(Console(width=None if sys.stdout.isatty() else _WIDTH_WITHOUT_TERMINAL), title, table)


def _codes(cells: Sequence[str]) -> bool:
    """Tell whether cells are codes, which are not broken over lines: digits only, none longer than twelve."""
    return any(cells) and all(len(one) <= _CODE_DIGITS and one.isdigit() for one in cells if one)


_CODE_DIGITS = 12


def _print(console: "Console", title: str, table: "Table") -> None:
    """Print the lines of the title whole, so that a command in them can be copied, and the table under them."""
    if title:
        console.print(title, soft_wrap=True, markup=False, highlight=False)
    console.print(table)
