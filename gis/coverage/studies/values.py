"""Values of a study file, held against the types of the request they make."""

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from gis.coverage.changes import Change
from gis.coverage.periods import read_periods
from gis.coverage.request import CoverageRequest
from layers.errors import InputError
from layers.text import Text

ALIASES: Mapping[str, str] = {
    "layer": "layer_id",
    "barrier": "barriers",
    "kernel": "kernels",
    "supply": "supply_field",
}
"""Options of the command line under the name of the field they fill."""
ACTIONS = ("add", "move", "close", "open", "resize")
_NAMES: Mapping[type, Text] = {
    str: Text("文字", "text"),
    int: Text("整数", "a whole number"),
    float: Text("数字", "a number"),
    bool: Text("true 或 false", "true or false"),
    date: Text("日期", "a date"),
    Path: Text("文件路径", "a path"),
}
Refuse = Callable[[str, Text], InputError]
"""Makes the error for a key and what is wrong with it."""


def request_of(kind: type, given: Mapping[str, Any], refuse: Refuse, folder: Path) -> Any:  # noqa: ANN401 - of ``kind``
    """Make a request of a kind from the keys of a question.

    Parameters
    ----------
    kind
        A request dataclass; with a field ``reach``, the fields of ``CoverageRequest`` are keys, too.
    given
        Keys and values as TOML gives them, under the names of fields or of options of the command line.
    folder
        Where paths start from.

    Raises
    ------
    InputError
        When a key is unknown or given twice, a value of the wrong type, or a key without default is missing.
    """
    own = _types_of(kind)
    nested = _types_of(CoverageRequest) if "reach" in own else {}
    named = _named(given, {**nested, **own}, refuse)
    values = {
        name: _value(value, {**nested, **own}[name], partial_refusal(refuse, name), folder)
        for name, value in named.items()
    }
    reach = {name: value for name, value in values.items() if name in nested and name not in own}
    mine = {name: value for name, value in values.items() if name in own}
    try:
        return kind(**mine, **({"reach": CoverageRequest(**reach)} if nested else {}))
    except TypeError:
        absent = [one for one in own if one not in mine and one != "reach"]
        raise refuse(
            absent[0] if absent else "kind", Text("没有给出，没有默认值", "it is missing and has no default")
        ) from None


def partial_refusal(refuse: Refuse, key: str) -> Callable[[Text], InputError]:
    """Return what makes the error of one key."""
    return lambda what: refuse(key, what)


def _types_of(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}


def _named(given: Mapping[str, Any], known: Mapping[str, Any], refuse: Refuse) -> dict[str, Any]:
    """Put every value under the name of its field; changes written as options become ``changes``."""
    found: dict[str, Any] = {}
    changes: list[str] = []
    for key, value in given.items():
        plain = key.replace("-", "_")
        name = plain if plain in known else ALIASES.get(plain, plain)
        if plain in ACTIONS and "changes" in known:
            changes += [f"{plain}:{one}" for one in (value if isinstance(value, list) else [value])]
            continue
        name = "kernels" if plain == "kernel" and "kernels" in known else name
        if name not in known or name == "reach":
            raise refuse(key, _unknown(known))
        if name in found:
            raise refuse(key, Text("写了两次", "it is given twice"))
        found[name] = value
    if changes:
        found["changes"] = [*_listed(found.get("changes", [])), *changes]
    return found


def _unknown(known: Mapping[str, Any]) -> Text:
    names = [one for one in known if one != "reach"]
    return Text(f"没有这个键；可用：{'、'.join(names)}", f"there is no such key; keys: {', '.join(names)}")


def _value(value: Any, wanted: Any, refuse: Callable[[Text], InputError], folder: Path) -> Any:  # noqa: ANN401 - any type
    """Return a TOML value as the type wanted; raises what ``refuse`` makes."""
    if wanted == tuple[Change, ...]:
        return _changes(value, refuse)
    if wanted == tuple[tuple[int, int], ...]:
        return _periods(value, refuse)
    if wanted == tuple[str, ...]:
        return tuple(_plain(one, str, refuse, folder) for one in _listed(value))
    if get_origin(wanted) is Literal:
        if value not in get_args(wanted):
            listed = [str(one) for one in get_args(wanted)]
            raise refuse(Text(f"只能是 {'、'.join(listed)}", f"it should be one of {', '.join(listed)}"))
        return value
    if get_origin(wanted) in {Union, types.UnionType}:
        return _one_of(value, [one for one in get_args(wanted) if one is not type(None)], refuse, folder)
    return _plain(value, wanted, refuse, folder)


def _one_of(
    value: Any,  # noqa: ANN401 - any TOML value
    choices: Sequence[Any],
    refuse: Callable[[Text], InputError],
    folder: Path,
) -> Any:  # noqa: ANN401 - any of the types
    if any(
        get_origin(one) is not None and issubclass(get_origin(one), Mapping)
        for one in choices
        if _generic(one)
    ):
        return _pairs(value, refuse)
    if len(choices) == 1:
        return _value(value, choices[0], refuse, folder)
    fitting = [one for one in choices if one in _NAMES and _fits(value, one)]
    return _plain(value, fitting[0] if fitting else choices[0], refuse, folder)


def _generic(wanted: Any) -> bool:  # noqa: ANN401 - any type
    return isinstance(get_origin(wanted), type)


def _fits(value: Any, wanted: type) -> bool:  # noqa: ANN401 - any TOML value
    if isinstance(value, bool):
        return wanted is bool
    if wanted is float:
        return isinstance(value, int | float)
    if wanted is date:
        return (isinstance(value, date) and not isinstance(value, datetime)) or _iso(value) is not None
    return isinstance(value, str if wanted is Path else wanted)


def _plain(value: Any, wanted: Any, refuse: Callable[[Text], InputError], folder: Path) -> Any:  # noqa: ANN401 - as wanted
    if not _fits(value, wanted):
        name = _NAMES[wanted]
        raise refuse(Text(f"值 {value!r} 应为{name.zh}", f"{value!r} should be {name.en}"))
    if wanted is date:
        return value if isinstance(value, date) else _iso(value)
    if wanted is Path:
        return folder / value
    return float(value) if wanted is float else value


def _iso(value: Any) -> date | None:  # noqa: ANN401 - any TOML value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 - any TOML value
    return value if isinstance(value, list) else [value]


def _pairs(value: Any, refuse: Callable[[Text], InputError]) -> dict[str, str]:  # noqa: ANN401 - any TOML value
    if isinstance(value, dict):
        return {name: str(one) for name, one in value.items()}
    found = {}
    for one in _listed(value):
        name, equals, said = str(one).partition("=")
        if not equals:
            raise refuse(Text(f"“{one}”应写成 字段=值", f"{one!r} should be written field=value"))
        found[name.strip()] = said.strip()
    return found


def _changes(value: Any, refuse: Callable[[Text], InputError]) -> tuple[Change, ...]:  # noqa: ANN401 - any TOML value
    found = []
    for one in _listed(value):
        if isinstance(one, dict):
            found.append(Change.from_json(one))
            continue
        action, colon, words = str(one).partition(":")
        if not colon or action not in ACTIONS:
            raise refuse(
                Text(
                    f"变动“{one}”应写成 add:编号@经度,纬度 等",
                    f"a change is written like add:id@lon,lat, not {one!r}",
                )
            )
        found.append(Change.read(action, words))  # type: ignore[arg-type]
    return tuple(found)


def _periods(value: Any, refuse: Callable[[Text], InputError]) -> tuple[tuple[int, int], ...]:  # noqa: ANN401
    if isinstance(value, str):
        return read_periods(value)
    if isinstance(value, dict) and all(
        str(year).isdigit() and _fits(new, int) for year, new in value.items()
    ):
        return tuple((int(year), new) for year, new in value.items())
    raise refuse(Text('应写成 "2026:3,2030:3"', 'write it "2026:3,2030:3"'))
