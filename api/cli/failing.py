"""How a command ends when it cannot go on: a message, a hint, an exit code, and no traceback."""

import functools
import os
import sys
import traceback
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import typer

from api.cli.language import chosen
from api.outcomes import BUG, BUG_HINT, FAILED
from layers.errors import FangyuError
from layers.text import Text

DEBUG_VARIABLE = "FANGYU_DEBUG"
P = ParamSpec("P")
R = TypeVar("R")


def reported(command: Callable[P, R]) -> Callable[P, R]:
    """Wrap a command so that any error becomes a message on stderr and exit code 2.

    With ``FANGYU_DEBUG=1`` in the environment the traceback is printed as well.
    """

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (typer.Exit, typer.Abort, typer.BadParameter, KeyboardInterrupt, BrokenPipeError):
            raise
        except FangyuError as error:
            _complain(error.message, error.hint)
        except OSError as error:
            _complain(*_about_files(error))
        except Exception as error:  # noqa: BLE001 - the last line of defence turns a bug into one readable sentence
            said = f"{type(error).__name__}: {error}"
            _complain(Text(f"{BUG.zh}（{said}）", f"{BUG.en} ({said})"), BUG_HINT)
        raise typer.Exit(FAILED)

    return run


def _complain(message: Text, hint: Text) -> None:
    lang = chosen()
    head = Text("错误：", "Error: ").pick(lang)
    typer.echo(f"{head}{message.pick(lang)}", err=True)
    if hint.pick(lang):
        typer.echo(hint.pick(lang), err=True)
    if debugging():
        traceback.print_exc(file=sys.stderr)


def debugging() -> bool:
    """Tell whether ``FANGYU_DEBUG`` asks for tracebacks and warnings."""
    return os.environ.get(DEBUG_VARIABLE, "") not in {"", "0"}


def _about_files(error: OSError) -> tuple[Text, Text]:
    what = f"{error.filename or ''}"
    why = error.strerror or str(error)
    return (
        Text(f"读写文件失败：{what}（{why}）。", f"A file could not be read or written: {what} ({why})."),
        Text("请检查路径、权限和磁盘空间。", "Check the path, the permissions and the disk space."),
    )
