"""Compiled loops: numba, with its cache where one can be written."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core.event import Event, Listener, register

from gis.kernels.first_use import tell

Function = TypeVar("Function", bound=Callable[..., Any])
_KERNELS: set[Callable[..., Any]] = set()
"""What is compiled here, as against what numba compiles of its own on the way."""


def compiled(function: Function) -> Function:
    """Compile a function of arrays on its first call; it releases the interpreter while it runs.

    The machine code is kept beside the module, or in the user's cache; where neither can be written it is made anew
    in every process. Whoever asked in ``first_use`` is told before a kernel is compiled, never when it is loaded.
    """
    _listening()
    _KERNELS.add(function)
    try:
        fast = numba.njit(cache=True, nogil=True)(function)
        _renewed_with_the_folder(fast)
    except RuntimeError:
        fast = numba.njit(nogil=True)(function)
    return cast("Function", fast)


class _Tells(Listener):
    """Hears numba begin to compile; what is found in the cache does not get so far."""

    def on_start(self, event: Event) -> None:
        function = event.data["dispatcher"].py_func
        if function in _KERNELS:
            tell(function.__name__)

    def on_end(self, event: Event) -> None:
        pass


@cache
def _listening() -> None:
    register("numba:compile", _Tells())  # type: ignore[no-untyped-call]


@cache
def _newest() -> tuple[float, int]:
    """Return when a kernel was last changed, and how much all of them hold."""
    told = [one.stat() for one in Path(__file__).parent.glob("*.py")]
    return max(one.st_mtime for one in told), sum(one.st_size for one in told)


def _renewed_with_the_folder(fast: Any) -> None:  # noqa: ANN401 - numba has no types
    """Let kept machine code count as old when any kernel changed: code of one module is built into another's.

    What was kept by a release whose modules are gone cannot even be read, and counts as old too.
    """
    kept: Any = getattr(getattr(fast, "_cache", None), "_cache_file", None)
    if hasattr(kept, "_source_stamp"):
        kept._source_stamp = _newest()  # noqa: SLF001 - numba looks at the function's own file only
        kept._load_index = partial(_readable, kept._load_index)  # noqa: SLF001 - nor is this one told


def _readable(load: Callable[[], dict[Any, str]]) -> dict[Any, str]:
    """Return what is kept, nothing where it speaks of modules or names that are no more."""
    try:
        return load()
    except (ImportError, AttributeError):
        return {}
