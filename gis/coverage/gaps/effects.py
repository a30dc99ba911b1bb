"""What a place would add: people not served yet whom it would reach, gap by gap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints

_EPSILON = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """What is missing, gap by gap.

    Attributes
    ----------
    gap
        (n_demand,) the gap each point of demand belongs to; -1 for points of units that are covered, or of none.
    weight
        (n_demand,) people not served yet, of covered units too; 0 where nothing is known.
    lacking
        (n_gaps,) how many more must be served for the unit to count as covered.
    """

    gap: Ints
    weight: Floats
    lacking: Floats

    def __len__(self) -> int:
        """Count the gaps."""
        return len(self.lacking)

    def at(self, points: Ints) -> "Shortfall":
        """Return the same gaps, told by some points of demand only."""
        return replace(self, gap=self.gap[points], weight=self.weight[points])


class Best(NamedTuple):
    """The best place for each gap (-1: none adds anybody), what it adds there and everywhere, and whether that does."""

    place: Ints
    here: Floats
    everywhere: Floats
    covers: Flags


def shortfall_of(
    people: Floats, served: Floats, unserved: Floats, *, members: Sequence[Ints], least: float
) -> Shortfall:
    """Add up what each gap lacks.

    Parameters
    ----------
    people, served, unserved
        (n_demand,) people whose number and place are known (else 0), the share of them that is served, and the people
        known not to be.
    members
        Points of demand of each gap; no point belongs to two.
    least
        Share of its people from which a unit counts as covered.
    """
    gap = np.full(len(people), -1, np.int64)
    for number, points in enumerate(members):
        gap[points] = number
    slot, size = np.where(gap < 0, len(members), gap), len(members) + 1
    total = np.bincount(slot, weights=people, minlength=size)[:-1]
    has = np.bincount(slot, weights=people * served, minlength=size)[:-1]
    return Shortfall(gap=gap, weight=unserved, lacking=np.maximum(least * total - has, 0.0))


def gains(reach: csr_matrix, shortfall: Shortfall) -> tuple[csr_matrix, Floats]:
    """Count whom each place would add: (places, gaps) by gap, and (places,) everywhere.

    ``reach`` is (places, n_demand); whatever is stored counts as within reach, a stored 0 too.
    """
    open_ = np.flatnonzero(shortfall.weight > 0)
    hit = csr_matrix((np.ones(len(reach.indices)), reach.indices, reach.indptr), shape=reach.shape)
    everywhere = np.asarray(hit @ shortfall.weight)
    inside = open_[shortfall.gap[open_] >= 0]
    by_gap = csr_matrix(
        (shortfall.weight[inside], (inside, shortfall.gap[inside])), shape=(reach.shape[1], len(shortfall))
    )
    return csr_matrix(hit @ by_gap), everywhere


def best_places(added: csr_matrix, everywhere: Floats, lacking: Floats, own: Ints | None = None) -> Best:
    """Choose a place for each gap: of those that close it the one that adds most everywhere, else most there.

    Parameters
    ----------
    own
        (places,) the only gap each place may be chosen for; None lets every place be chosen for every gap.
    """
    cells = added.tocoo()
    place, gap, here = cells.row.astype(np.int64), cells.col.astype(np.int64), np.asarray(cells.data)
    keep = here > 0 if own is None else (here > 0) & (own[place] == gap)
    place, gap, here = place[keep], gap[keep], here[keep]
    covers = here >= lacking[gap] - _EPSILON
    worth = np.where(covers, everywhere[place], here)
    order = np.lexsort((place, -here, -worth, ~covers, gap))
    at = order[np.unique(gap[order], return_index=True)[1]]
    size = len(lacking)
    chosen = Best(np.full(size, -1, np.int64), np.zeros(size), np.zeros(size), np.zeros(size, bool))
    chosen.place[gap[at]], chosen.here[gap[at]] = place[at], here[at]
    chosen.everywhere[gap[at]], chosen.covers[gap[at]] = everywhere[place[at]], covers[at]
    return chosen
