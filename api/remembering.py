"""Results worth keeping: each made once however many ask for it at the same time, the oldest thrown away."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


def _one(_value: object) -> int:
    return 1


class Remembered(Generic[V]):
    """Results by key, kept while their weights together stay under a limit; safe between threads.

    Parameters
    ----------
    limit
        Most weight kept.
    weigh
        Weight of a result, by default 1 each. A result heavier than the limit is given but not kept.
    """

    def __init__(self, limit: int, *, weigh: Callable[[V], int] = _one) -> None:
        self._limit = limit
        self._weigh = weigh
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._weight = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """Return the result under ``key``, making it first when it is not there.

        When ``make`` raises, nothing is kept and the next caller tries again.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
            try:
                value = make()
                self._keep(key, value)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return value

    def _keep(self, key: Hashable, value: V) -> None:
        weight = self._weigh(value)
        if weight > self._limit:
            return
        with self._lock:
            self._kept[key] = value
            self._weight += weight
            while self._weight > self._limit:
                _, oldest = self._kept.popitem(last=False)
                self._weight -= self._weigh(oldest)
