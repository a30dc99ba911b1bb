"""Compiled loops: numba, with its cache where one can be written."""

from collections.abc import Callable
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
    except RuntimeError:
        fast = numba.njit(nogil=True)(function)
    return cast("Function", fast)
