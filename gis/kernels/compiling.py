"""Compiled loops: numba, with its cache where one can be written."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function of arrays on its first call; it releases the interpreter while it runs.

    The machine code is kept beside the module, or in the user's cache; where neither can be written it is made anew
    in every process.
    """
    try:
        fast = numba.njit(cache=True, nogil=True)(function)
        _renewed_with_the_folder(fast)
    except RuntimeError:
        fast = numba.njit(nogil=True)(function)
    return cast("Function", fast)


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
