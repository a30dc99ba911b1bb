"""Work that makes very many objects without cycles: the garbage collector looks seldom while it lasts."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_OBJECTS_BETWEEN_PAUSES = 200_000

_lock = Lock()
_usual: list[int] = []
"""The usual threshold, once for every piece of such work that is under way."""


@contextmanager
def few_pauses() -> Iterator[None]:
    """Let the garbage collector look at every 200,000 new objects only; afterwards as before.

    Holds for the whole process, until the last of several pieces of work at the same time is done.
    """
    with _lock:
        usual, *others = gc.get_threshold()
        _usual.append(_usual[0] if _usual else usual)
        gc.set_threshold(_OBJECTS_BETWEEN_PAUSES, *others)
    try:
        yield
    finally:
        with _lock:
            was = _usual.pop()
            if not _usual:
                gc.set_threshold(was, *gc.get_threshold()[1:])
