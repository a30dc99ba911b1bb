"""Which entries carry a key: sorted arrays for the bulk, a small table for what was added since."""

from array import array
from collections import defaultdict

import numpy as np

_SETTLE_AT = 200_000
"""Postings added one by one before they are sorted into the bulk."""


class Postings:
    """A map from hashed keys to positions that holds millions of postings in twelve bytes each.

    Positions are never taken out: whoever asks leaves out those that are gone.
    """

    def __init__(self) -> None:
        self._keys = np.empty(0, dtype=np.int64)
        self._positions = np.empty(0, dtype=np.int32)
        self._fresh: dict[int, list[int]] = defaultdict(list)
        self._fresh_count = 0
        self._bulk_keys = array("q")
        self._bulk_positions = array("i")
        self.is_loading = False

    def add(self, key: int, position: int) -> None:
        """Enter a position under a key."""
        if self.is_loading:
            self._bulk_keys.append(key)
            self._bulk_positions.append(position)
            return
        self._fresh[key].append(position)
        self._fresh_count += 1
        if self._fresh_count >= _SETTLE_AT:
            self._take_fresh()

    def settle(self) -> None:
        """Sort what was loaded in bulk, so that it can be found."""
        keys = np.concatenate([self._keys, np.frombuffer(self._bulk_keys, dtype=np.int64)])
        positions = np.concatenate([self._positions, np.frombuffer(self._bulk_positions, dtype=np.int32)])
        self._bulk_keys, self._bulk_positions = array("q"), array("i")
        order = np.argsort(keys, kind="stable")
        self._keys, self._positions = keys[order], positions[order]
        self.is_loading = False

    def find(self, key: int) -> list[int]:
        """Return the positions under a key, in the order they were entered."""
        first = int(self._keys.searchsorted(key, side="left"))
        found: list[int] = []
        if first < len(self._keys) and self._keys[first] == key:
            last = int(self._keys.searchsorted(key, side="right"))
            found = self._positions[first:last].tolist()
        return found + self._fresh[key] if key in self._fresh else found

    def _take_fresh(self) -> None:
        for key, positions in self._fresh.items():
            for position in positions:
                self._bulk_keys.append(key)
                self._bulk_positions.append(position)
        self._fresh.clear()
        self._fresh_count = 0
        self.settle()
