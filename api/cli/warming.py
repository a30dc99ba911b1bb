"""The command that compiles all kernels beforehand, and the line that says when one is compiled on the way."""

from collections.abc import Callable

import typer

from api.cli.failing import reported
from api.cli.language import said
from api.cli.output import remark
from api.cli.progress import shown_progress
from layers.text import Text, counted


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "warm",
        help="安装后运行一次：编译全部计算内核，以后提问不再等待 / Compile every kernel once after installing",
    )(warm)


@reported
def warm() -> None:
    """Ask every kind of question of a tiny built-in town; the machine code is kept for the user who runs this."""
    from gis.coverage.warming import compile_everything

    with shown_progress() as progress:
        made = compile_everything(progress)
    if made == 0:
        remark(said("计算内核都已编译，可直接使用。", "Every kernel is compiled already."))
        return
    few = Text(f"已编译 {made} 个计算内核。", f"Compiled {counted(made, 'kernel')}.")
    remark(said(*few))


def said_once() -> Callable[[str], None]:
    """Return what to call before a kernel is compiled: it says so on stderr, the first time only."""
    words = said(
        "首次使用：正在为本机编译计算内核，约需半分钟，之后不再需要……",
        "First use: compiling the kernels for this machine, half a minute or so; not needed again …",
    )
    told: list[str] = []

    def say(kernel: str) -> None:
        if not told:
            told.append(kernel)
            remark(words)

    return say
