"""A command line that was written wrongly: which part, why, and where to read how it is written."""

import re
from collections.abc import Sequence
from typing import Any

import typer

from layers.text import Text

UsageError: Any = typer.BadParameter.__base__
"""Every way a command line can be wrong; typer does not name the class itself."""
_REASONS: Sequence[tuple[str, Text]] = (
    (r"valid (number|float)", Text("应为数字", "it should be a number")),
    (r"valid int", Text("应为整数", "it should be a whole number")),
    (r"greater than or equal to (?P<a>\S+)", Text("不应小于 {a}", "it should be {a} or more")),
    (r"less than or equal to (?P<a>\S+)", Text("不应大于 {a}", "it should be {a} or less")),
    (
        r"in the range (?P<a>\S+?)<=x<=(?P<b>\S+?)\.?$",
        Text("应在 {a} 到 {b} 之间", "it should be between {a} and {b}"),
    ),
    (r"in the range x>=(?P<a>\S+?)\.?$", Text("不应小于 {a}", "it should be {a} or more")),
)


def message_of(error: Any) -> Text:  # noqa: ANN401 - a UsageError
    """Say what is wrong with the command line, naming the argument, option, value or command."""
    makers = {
        "NoSuchOption": _no_such_option,
        "MissingParameter": _missing,
        "BadOptionUsage": _without_value,
        "BadParameter": _bad_value,
    }
    return makers.get(type(error).__name__, _other)(error)


def hint_of(error: Any) -> Text:  # noqa: ANN401 - a UsageError
    """Say where the command is explained."""
    inside = error.ctx is not None and error.ctx.parent is not None
    command = f"fangyu {' '.join(_path(error.ctx))}" if inside else "fangyu"
    near = sorted(getattr(error, "possibilities", None) or ())
    meant = (
        Text(f"是不是 {' 或 '.join(near)}？", f"Did you mean {' or '.join(near)}? ") if near else Text("", "")
    )
    return Text(f"{meant.zh}用法见 {command} --help。", f"{meant.en}See {command} --help.")


def _path(ctx: Any) -> list[str]:  # noqa: ANN401 - a Context
    """Return the names of a command and the groups it is in, the program itself left out."""
    return [] if ctx.parent is None else [*_path(ctx.parent), str(ctx.info_name)]


def _no_such_option(error: Any) -> Text:  # noqa: ANN401
    name = error.option_name
    return Text(f"没有选项 {name}。", f"There is no option {name}.")


def _missing(error: Any) -> Text:  # noqa: ANN401
    name = _named(error)
    kind = Text("选项", "option") if name.startswith("-") else Text("参数", "argument")
    return Text(f"缺少{kind.zh} {name}。", f"{kind.en.capitalize()} {name} is missing.")


def _without_value(error: Any) -> Text:  # noqa: ANN401
    name = error.option_name
    return Text(f"选项 {name} 后面没有值，或不该有值。", f"Option {name} lacks its value, or takes none.")


def _bad_value(error: Any) -> Text:  # noqa: ANN401
    name, message = _named(error), str(error.message)
    value = _value(error)
    choices = re.search(r"is not one of (.+?)\.?$", message)
    if choices:
        words = re.findall(r"'([^']*)'", choices[1])
        reason = Text(f"只能是 {'、'.join(words)}", f"it should be one of {', '.join(words)}")
    else:
        reason = _reason(message)
    return Text(f"{name}{value}：{reason.zh}。", f"{name}{value}: {reason.en}.")


def _reason(message: str) -> Text:
    for pattern, reason in _REASONS:
        found = re.search(pattern, message)
        if found:
            return Text(reason.zh.format(**found.groupdict()), reason.en.format(**found.groupdict()))
    english = message.rstrip(".")
    return Text(f"这个值不能用（{english}）", english)


def _value(error: Any) -> str:  # noqa: ANN401
    """Return the value as ``=value``, from the error itself or from the one it was made of; else nothing."""
    quoted = re.search(r"'(.*?)' is not", str(error.message))
    if quoted:
        return f"={quoted[1]}"
    for source in (error.__cause__, error.__context__):
        if hasattr(source, "errors"):
            return f"={source.errors()[0]['input']}"
    return ""


def _named(error: Any) -> str:  # noqa: ANN401
    parameter = error.param
    if parameter is None:
        return str(error.param_hint or "?").strip("'\"")
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    return " / ".join(parameter.opts)


def _other(error: Any) -> Text:  # noqa: ANN401
    message = str(error.message)
    command = re.search(r"No such command '(.*?)'", message)
    if command:
        return Text(f"没有命令 {command[1]}。", f"There is no command {command[1]}.")
    extra = re.search(r"unexpected extra arguments? ?\(?s?\)? ?\((.*)\)", message)
    if extra:
        return Text(f"多出了 {extra[1]}。", f"{extra[1]} is too much.")
    if message.startswith("Missing command"):
        return Text("没有写明命令。", "No command is given.")
    return Text(f"写法有误（{message.rstrip('.')}）。", message)
