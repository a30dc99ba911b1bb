"""The program as a whole: the language is known before anything else, and wrong usage is explained in it."""

import copy
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from api.cli.helping import whole_help
from api.cli.language import choose, said
from api.cli.output import remark
from api.cli.usage import UsageError, hint_of, message_of
from api.cli.warming import said_once
from api.outcomes import FAILED
from gis.kernels.first_use import telling
from layers.text import Text

LANG_VARIABLE = "FANGYU_LANG"
_OPTION, _HELP = "--lang", frozenset({"--help", "-h"})


class Program(TyperGroup):
    """All commands; ``--lang`` is understood before and after the command."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 - typer's own parameters
        super().__init__(**attributes)
        own = next(one for one in self.params if _OPTION in one.opts)
        option = copy.copy(own)
        option.expose_value = False
        for command in _every_command(self):
            command.params.append(option)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **more: Any) -> Any:  # noqa: ANN401 - as typer's
        """Run a command line and leave with its exit code."""
        given = language_first(sys.argv[1:] if args is None else args)
        choose("en" if _asked(given).casefold()[:2] == "en" else "zh")
        more["standalone_mode"] = False
        if not given or _HELP & set(given):
            whole_help()
        try:
            with telling(said_once()):
                code = super().main(given, *rest, **more)
        except UsageError as error:
            _explain(error)
            code = FAILED
        except typer.Abort:
            remark(said("已中止。", "Stopped."))
            code = FAILED
        sys.exit(code if isinstance(code, int) else 0)


def _every_command(group: Any) -> Iterator[Any]:  # noqa: ANN401 - typer's own classes
    """Yield the commands of a group and of the groups in it."""
    for command in group.commands.values():
        yield command
        if hasattr(command, "commands"):
            yield from _every_command(command)


def language_first(args: Sequence[str]) -> list[str]:
    """Move ``--lang`` and its value, wherever they stand, before the command; what follows ``--`` is left alone."""
    end = args.index("--") if "--" in args else len(args)
    language: list[str] = []
    others: list[str] = []
    before = iter(args[:end])
    for one in before:
        if one == _OPTION:
            language = [one, *([value] if (value := next(before, None)) is not None else [])]
        elif one.startswith(f"{_OPTION}="):
            language = [one]
        else:
            others.append(one)
    bare = language == [_OPTION]
    return language if bare else [*language, *others, *args[end:]]


def _asked(args: Sequence[str]) -> str:
    """Return the language asked for by the first arguments, else by the environment."""
    if args and args[0].startswith(f"{_OPTION}="):
        return args[0].partition("=")[2]
    if len(args) > 1 and args[0] == _OPTION:
        return args[1]
    return os.environ.get(LANG_VARIABLE, "zh")


def _explain(error: Any) -> None:  # noqa: ANN401 - a UsageError
    if type(error).__name__ == "NoArgsIsHelpError":
        whole_help()
        error.show()
        return
    message, hint = message_of(error), hint_of(error)
    remark(said(*Text(f"参数错误：{message.zh}", f"Usage error: {message.en}")))
    remark(said(*hint))
