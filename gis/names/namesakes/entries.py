"""The names an index holds with their keys, close together in memory."""

from array import array
from collections.abc import Iterator, Sequence
from math import nan

import numpy as np
import numpy.typing as npt

from gis.names.candidate import Candidate
from gis.names.namesakes.keys import Keys

_FIXED = len(Keys._fields) - 2
"""Numbers in front of the two tuples of a name's keys."""


class Entries:
    """Names by position; a position is never used again, and an id may stand for names of several layers.

    Names with equal keys are of one kind; keys are kept once a kind.
    """

    def __init__(self) -> None:
        self._candidates: list[Candidate | None] = []
        self._kinds = array("i")
        self._kind_by_hash: dict[int, int] = {}
        self._fixed = array("q")
        self._ragged: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._lonlat = array("d")
        self._by_id: dict[str, int | tuple[int, ...]] = {}
        self._count = 0

    def __len__(self) -> int:
        """Return how many names there are now."""
        return self._count

    def __contains__(self, position: int) -> bool:
        """Tell whether the name at a position is still there."""
        return self._candidates[position] is not None

    def __getitem__(self, position: int) -> Candidate:
        """Return the name at a position; KeyError when it is gone."""
        found = self._candidates[position]
        if found is None:
            raise KeyError(position)
        return found

    def add(self, candidate: Candidate, keys: Keys) -> int:
        """Enter a name and return its position."""
        position = len(self._candidates)
        self._candidates.append(candidate)
        self._kinds.append(self._kind_of(keys))
        self._lonlat.append(nan if candidate.lon is None else candidate.lon)
        self._lonlat.append(nan if candidate.lat is None else candidate.lat)
        if candidate.id:
            known = self.positions(candidate.id)
            self._by_id[candidate.id] = (*known, position) if known else position
        self._count += 1
        return position

    def remove(self, position: int) -> None:
        """Forget the name at a position."""
        candidate = self[position]
        self._candidates[position] = None
        left = tuple(one for one in self.positions(candidate.id) if one != position)
        if left:
            self._by_id[candidate.id] = left
        else:
            self._by_id.pop(candidate.id, None)
        self._count -= 1

    def keys(self, position: int) -> Keys:
        """Return the keys of the name at a position."""
        return self._keys_of(self._kinds[position])

    def kind(self, position: int) -> int:
        """Return a number that only names with equal keys have in common."""
        return self._kinds[position]

    def _keys_of(self, kind: int) -> Keys:
        fixed = self._fixed[kind * _FIXED : (kind + 1) * _FIXED]
        return Keys.of_numbers(fixed, *self._ragged.get(kind, ((), ())))

    def _kind_of(self, keys: Keys) -> int:
        known = self._kind_by_hash.get(hash(keys))
        if known is not None and self._keys_of(known) == keys:
            return known
        kind = self._kind_by_hash[hash(keys)] = len(self._fixed) // _FIXED
        self._fixed.extend(keys.numbers)
        if keys.shorter or keys.alternatives:
            self._ragged[kind] = keys.shorter, keys.alternatives
        return kind

    def degrees(self, positions: Sequence[int]) -> npt.NDArray[np.float64]:
        """Return longitude and latitude of names, one row each; NaN where they are not known."""
        flat = np.frombuffer(self._lonlat, dtype=np.float64)
        return flat.reshape(-1, 2)[np.asarray(positions, dtype=np.intp)]

    def positions(self, feature_id: str) -> tuple[int, ...]:
        """Return the positions of an id, one for each layer that has it."""
        found = self._by_id.get(feature_id, ())
        return (found,) if isinstance(found, int) else found

    def items(self) -> Iterator[tuple[int, Candidate]]:
        """Yield positions and names."""
        return ((at, one) for at, one in enumerate(self._candidates) if one is not None)

    def candidates(self) -> list[Candidate]:
        """Return the names as they stand now."""
        return [one for one in self._candidates if one is not None]
