"""Who wants to know when machine code is about to be made: nobody, unless somebody asks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Told = Callable[[str], None]
"""Called with the name of a kernel; an inner one is told after the one that calls it."""
_WHO: list[Told] = []


@contextmanager
def telling(told: Told) -> Iterator[None]:
    """Call ``told`` before any kernel is compiled while the block lasts, in whatever thread; loaded code is not told.

    Numba need not be loaded yet. What ``told`` raises ends the call of the kernel.
    """
    _WHO.append(told)
    try:
        yield
    finally:
        _WHO.remove(told)


def tell(name: str) -> None:
    """Tell whoever asked that a kernel is about to be compiled."""
    for told in tuple(_WHO):
        told(name)
