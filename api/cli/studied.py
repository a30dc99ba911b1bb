"""A command line taken apart into the questions of a study: the same parser, the same options."""

from collections.abc import Mapping, Sequence
from enum import Enum
from itertools import product
from typing import Any

from api.cli.usage import UsageError, hint_of, message_of
from layers.errors import InputError
from layers.text import Text

_KINDS: Mapping[tuple[str, ...], str] = {
    ("cover",): "cover",
    ("gaps",): "gaps",
    ("access",): "access",
    ("site",): "site",
    ("meals",): "meals",
    ("phases",): "phases",
    ("scenarios", "compare"): "compare",
}
_ASIDE = frozenset({"workspace", "form", "output", "lang", "save_scenario", "plot", "map", "context"})
"""Options that say where things are or go, not what is asked."""
_RENAMED: Mapping[str, str] = {"names": "scenarios", "open_": "open"}
_ONE_EACH = ("layer", "definition", "within_min", "within_m")


def questions_of(program: Any, words: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - a click group
    """Take a command line apart into questions: kind, and the keys that were written.

    Parameters
    ----------
    program
        The program's own group of commands.
    words
        The command line, with or without ``fangyu``; ``cover`` of several layers, definitions or limits makes a
        question of each.

    Raises
    ------
    InputError
        When the command is none that a study can ask. Wrong options raise as on the command line.
    """
    line = list(words[1:] if words and words[0] == "fangyu" else words)
    for names, kind in _KINDS.items():
        if tuple(line[: len(names)]) == names:
            given = _given(program, names, line[len(names) :])
            return _asked(kind, given)
    listed = [" ".join(names) for names in _KINDS]
    raise InputError(
        Text(f"研究文件不能写命令 {' '.join(line[:1])}。", f"A study cannot ask {' '.join(line[:1])!r}."),
        Text(f"可用：{'、'.join(listed)}。", f"Commands: {', '.join(listed)}."),
    )


def _given(program: Any, names: Sequence[str], line: list[str]) -> dict[str, Any]:  # noqa: ANN401 - a click group
    """Return what was written on the command line, under the names of the parameters."""
    command = program
    for name in names:
        command = command.commands[name]
    try:
        context = command.make_context(names[-1], line)
    except UsageError as error:
        raise InputError(message_of(error), hint_of(error)) from error
    return {
        _RENAMED.get(name, name): _plain(value)
        for name, value in context.params.items()
        if name not in _ASIDE and str(context.get_parameter_source(name)).endswith("COMMANDLINE")
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever an option gives
    if isinstance(value, Enum):
        return value.value
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _asked(kind: str, given: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    if kind == "access":
        kind, given = _of_access(given)
    if kind != "cover":
        return [(kind, given)]
    if "all" in given.get("definition", []):
        raise InputError(
            Text("研究文件要写明每种定义。", "A study names every definition."),
            Text("请重复 --definition。", "Repeat --definition for each."),
        )
    several = {name: given.pop(name) for name in _ONE_EACH if isinstance(given.get(name), list)}
    minutes, metres = several.get("within_min", []), several.get("within_m", [])
    if minutes and metres:
        several |= {"within_min": minutes[:1], "within_m": metres[:1]}
    return [
        (kind, {**dict(zip(several, chosen, strict=True)), **given}) for chosen in product(*several.values())
    ]


def _of_access(given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Tell the three questions of ``fangyu access`` apart."""
    asked = dict(given)
    indicators, redistribute = asked.pop("indicators", False), asked.pop("redistribute", False)
    if indicators:
        return "indicators", {name: value for name, value in asked.items() if name != "layer"}
    if redistribute and isinstance(asked.get("kernel"), list):
        asked["kernel"] = asked["kernel"][0]
    return ("redistribute" if redistribute else "access"), asked
