"""What a Lagrangian bound tells beside the bound: a good plan, and which columns no better plan can hold."""

from dataclasses import dataclass, replace

import numpy as np

from gis.kernels.arrays import Flags, Floats
from gis.kernels.covering import cover_bound, swap_cover
from gis.siting.cover_programs import point, weight_of
from gis.siting.highs import Program
from gis.siting.merging import Cover
from gis.siting.plan import ROUNDING

_PASSES = 8


@dataclass(frozen=True, slots=True)
class Priced:
    """A bound on the weight covered, and the price of every column (share of the rows it covers) it was proven with."""

    bound: float
    price: Floats


def priced_of(cover: Cover, must: Flags, number: int, found: float, goal: float, *, rounds: int) -> Priced:
    """Bound what ``number`` columns can cover, by prices on the rows; stops once the bound is at most ``goal``.

    Where every weight is a whole number, so is every plan: the bound is rounded down.
    """
    bound, multiplier = cover_bound(
        cover.row_ptr, cover.row_cols, cover.weight, must, number, found, rounds, goal
    )
    paid = np.repeat(multiplier, np.diff(cover.row_ptr))
    price = np.bincount(cover.row_cols, weights=paid, minlength=len(must))
    return Priced(float(bound), np.asarray(price, np.float64))


def suggested(cover: Cover, priced: Priced, must: Flags, number: int) -> Flags:
    """Return the columns of the highest price, improved by exchanges: near the best bound they are a good plan."""
    chosen = must.copy()
    order = np.argsort(np.where(must, -np.inf, priced.price))[::-1]
    chosen[order[: max(number - int(np.count_nonzero(must)), 0)]] = True
    swap_cover(cover.col_ptr, cover.col_rows, cover.weight, chosen, must, _PASSES)
    return chosen


def narrowed(
    program: Program, cover: Cover, priced: Priced, must: Flags, number: int, chosen: Flags
) -> tuple[Program, Floats | None]:
    """Fix what every plan better than ``chosen`` has in common (reduced-cost fixing), and give a start that fits.

    Forcing a column in, or out, lowers the bound by what its price lacks, or has, beside the last one taken; where
    that leaves no better plan, the column is settled. A narrowed program without a solution proves ``chosen`` best.
    """
    free = np.sort(priced.price[~must])[::-1]
    taken = number - int(np.count_nonzero(must))
    if not 0 < taken < len(free):
        return program, point(cover, chosen)
    whole = bool((cover.weight == np.rint(cover.weight)).all())
    found = weight_of(cover, chosen)
    wanted = found + 1.0 - 1e-6 if whole else found * (1.0 + ROUNDING)
    top = priced.price >= free[taken - 1]
    never = ~must & ~top & (priced.bound - free[taken - 1] + priced.price < wanted)
    always = ~must & top & (priced.bound - priced.price + free[taken] < wanted)
    columns = len(must)
    lower, upper = program.lower.copy(), program.upper.copy()
    lower[:columns][always], upper[:columns][never] = 1.0, 0.0
    fits = not (chosen & never).any() and bool(chosen[always].all())
    return replace(program, lower=lower, upper=upper), point(cover, chosen) if fits else None
