"""Options that several commands share, taken by a command as one value."""

import functools
import inspect
from collections.abc import Callable, Collection
from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

P = ParamSpec("P")
R = TypeVar("R")
Options = TypeVar("Options", bound="DataclassInstance")
_AT_THE_END = ("form", "output", "plot", "map")
_ARGUMENT = "layer"


def taking(
    options: type[Options], *, without: Collection[str] = (), only: Collection[str] | None = None
) -> Callable[[Callable[Concatenate[Options, P], R]], Callable[..., R]]:
    """Let a command offer the fields of a dataclass as options and take them as one value.

    Parameters
    ----------
    options
        Dataclass; every field is annotated with the option it is.
    without, only
        Fields not offered, or the only ones offered; those left out keep their defaults.

    Returns
    -------
    callable
        Decorator: the command takes the value as its first parameter. The program sees the fields in its place, after
        the command's own options and before those about the output; ``layer`` comes first.
    """
    offered = [
        one for one in fields(options) if one.name not in without and (only is None or one.name in only)
    ]
    names = {one.name for one in offered}

    def shown(command: Callable[Concatenate[Options, P], R]) -> Callable[..., R]:
        @functools.wraps(command)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            taken = {name: kwargs.pop(name) for name in names & set(kwargs)}
            return command(options(**taken), *args, **kwargs)

        signature = _signature(command, [_parameter(options, one) for one in offered])
        run.__signature__ = signature  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in signature.parameters.values()}
        return run

    return shown


def _parameter(options: type, one: "Field[object]") -> inspect.Parameter:
    default = inspect.Parameter.empty if one.default is MISSING else one.default
    hint = get_type_hints(options, include_extras=True)[one.name]
    return inspect.Parameter(one.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)


def _signature(command: Callable[..., object], shared: list[inspect.Parameter]) -> inspect.Signature:
    """Put shared parameters in the place of the command's first one."""
    _, *own = inspect.signature(command, eval_str=True).parameters.values()
    everything = [*own, *shared]
    first = [one for one in everything if one.name == _ARGUMENT or one.kind is not one.KEYWORD_ONLY]
    last = [one for one in own if one.name in _AT_THE_END]
    middle = [one for one in everything if one not in first and one not in last]
    ordered = [one.replace(kind=one.KEYWORD_ONLY) for one in (*first, *middle, *last)]
    return inspect.Signature(ordered)
