"""Which counts must be withheld so that none under k is shown, or worked out from sums (norms: E4 of the design).

A primary cell is a count from 1 to k-1. Zero is shown: it speaks of nobody. Complementary cells are withheld so that
no sum gives a withheld one away. The sums are those of the hierarchy: a unit's count is the total of its parts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Parts: TypeAlias = Mapping[int, Sequence[int]]


def withheld(values: Sequence[int], parents: Sequence[int | None], *, k: int) -> frozenset[int]:
    """Choose the cells to withhold.

    Afterwards every sum (a whole and its parts) has no withheld cell or at least two, and where the whole is shown,
    what is left when all shown parts are taken off it comes to k at least. In a hierarchy that is enough: the sums
    form a forest, and any combination of them keeps two withheld cells at its ends, so no subtraction yields one.

    Parameters
    ----------
    values
        One count per cell, all known.
    parents
        Position of the whole each cell is a part of, or None; never in a circle.
    k
        The least count that may be shown; below 2 nothing is withheld.

    Returns
    -------
    frozenset of int
        Positions to withhold. The same for the same input: ties go to the earlier position.
    """
    hidden = {at for at, value in enumerate(values) if 0 < value < k}
    parts = _parts(parents)
    found = bool(hidden)
    while found:
        found = False
        for whole in parts:
            chosen = _one_more(values, parts, whole, hidden, k)
            if chosen is not None:
                hidden.add(chosen)
                found = True
    return frozenset(hidden)


def _parts(parents: Sequence[int | None]) -> Parts:
    parts: dict[int, list[int]] = defaultdict(list)
    for at, parent in enumerate(parents):
        if parent is not None:
            parts[parent].append(at)
    return parts


def _one_more(values: Sequence[int], parts: Parts, whole: int, hidden: set[int], k: int) -> int | None:
    """Name the next cell of one sum to withhold, or None when the sum is safe."""
    gone = [at for at in parts[whole] if at in hidden]
    if gone and (whole in hidden or (len(gone) > 1 and _left(values, parts, whole, hidden) >= k)):
        return None
    if not gone and whole not in hidden:
        return None
    shown = [at for at in parts[whole] if at not in hidden and values[at] > 0]
    if shown:
        return min(shown, key=lambda at: (values[at], at))
    return None if whole in hidden or values[whole] == 0 else whole


def _left(values: Sequence[int], parts: Parts, whole: int, hidden: set[int]) -> int:
    """Add up what stays of a whole when every shown part of it, at any depth, is taken off."""
    gone = [at for at in parts.get(whole, ()) if at in hidden]
    return sum(_left(values, parts, at, hidden) for at in gone) if gone else values[whole]
