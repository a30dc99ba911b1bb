"""The program ``fangyu``: all commands under one name."""

import io
import platform
import sys
import warnings
from typing import Annotated

import typer

from api.cli import (
    accessing,
    checking,
    covering,
    gaps,
    importing,
    mapping,
    meals,
    names,
    phases,
    planning,
    sampling,
    scenarios,
    serving,
    siting,
    studies,
    warming,
    workspaces,
)
from api.cli.failing import debugging, reported
from api.cli.options import Language
from api.cli.program import Program
from api.version import program_version

app = typer.Typer(
    name="fangyu",
    cls=Program,
    help="方舆：民政“一张图” / One map for a district's civil-affairs office",
    epilog="退出码：0 无问题，1 有发现，2 出错 / Exit codes: 0 clean, 1 findings, 2 error",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_PANELS = {
    "数据 / Data": (workspaces, importing),
    "检查与地名 / Checks and names": (checking, names),
    "覆盖与选址 / Coverage and sites": (
        covering,
        gaps,
        accessing,
        scenarios,
        siting,
        meals,
        phases,
        planning,
        studies,
    ),
    "地图与服务 / Maps and server": (mapping, serving, warming),
    "示例 / Sample": (sampling,),
}
"""Commands by the heading they stand under in the help."""
for panel, groups in _PANELS.items():
    for group in groups:
        group.add_to(app)
    for command in app.registered_commands:
        command.rich_help_panel = command.rich_help_panel or panel
    for kept in app.registered_groups:
        kept.rich_help_panel = kept.rich_help_panel or panel


@app.callback()
def before_any_command(
    lang: Annotated[
        Language | None,
        typer.Option(
            "--lang",
            help="输出语言，可写在命令前后，也可设 FANGYU_LANG / Language of the output, before or after the "
            "command, or set FANGYU_LANG",
        ),
    ] = None,
) -> None:
    """Take what stands before the command; ``Program`` has chosen the language already."""


@app.command("version", help="显示版本 / Show the version")
@reported
def show_version() -> None:
    """Print the version of the program and of Python."""
    typer.echo(f"fangyu {program_version()} (Python {platform.python_version()})")


def main() -> None:
    """Run the program; the entry point of the ``fangyu`` command.

    Warnings of libraries are for developers: they show with ``FANGYU_DEBUG=1`` only.
    """
    if not debugging():
        warnings.simplefilter("ignore")
    _speak_utf8()
    app()


def _speak_utf8() -> None:
    """Write files and pipes in UTF-8 whatever the system's code page; on a terminal never fail over a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
