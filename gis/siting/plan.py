"""What a siting model answers."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gis.kernels.arrays import Ints
from layers.text import Text, joined

ROUNDING = 1e-9
"""Relative difference below which a bound and an objective are one number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SitingPlan:
    """Chosen sites, and how good they are for certain.

    Attributes
    ----------
    sites
        Columns chosen, ascending, fixed ones included.
    assignment
        For every demand the column that serves it, -1 where none does.
    objective
        What the plan reaches: sites (LSCP), weight covered (MCLP), weighted cost (p-median), greatest cost (p-centre);
        the demands in ``unserved`` are not in it.
    bound
        What no plan can beat: a least value where the model minimises, a greatest one for MCLP.
    gap
        ``abs(bound - objective) / abs(objective)``; 0 when both are 0.
    proven
        True only if the bound meets the objective: no plan is better.
    seconds
        Wall time taken, building the model included.
    unserved
        Demands that no plan could serve, because no candidate reaches them.
    notes
        What a person should know: who cannot be served, that time ran out.
    """

    sites: Ints
    assignment: Ints
    objective: float
    bound: float
    gap: float
    proven: bool
    seconds: float
    unserved: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    notes: tuple[Text, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the plan as JSON values."""
        return {
            "sites": self.sites.tolist(),
            "assignment": self.assignment.tolist(),
            "objective": self.objective,
            "bound": self.bound,
            "gap": self.gap,
            "proven": self.proven,
            "seconds": round(self.seconds, 3),
            "unserved": self.unserved.tolist(),
            "notes": [note._asdict() for note in self.notes],
        }


def relative_gap(objective: float, bound: float) -> float:
    """Return how far the bound is from the objective, relative to the objective; 0 within rounding."""
    apart = abs(bound - objective)
    if apart <= ROUNDING * max(1.0, abs(objective)):
        return 0.0
    return apart / abs(objective) if objective else float("inf")


def out_of_time() -> Text:
    """Say that the search was stopped."""
    return Text(
        "限时已到：这是目前找到的最好方案，未证明最优；离最优最多差多少，见结果里的上界（下界）和差距。",
        "Time ran out: this is the best plan found so far, not proven; bound and gap say how far it can be from the "
        "best.",
    )


def nobody_reaches(rows: Ints) -> Text:
    """Name the demands that no candidate reaches."""
    shown = joined([*map(str, rows[:10].tolist()), *(["…"] if len(rows) > 10 else [])])  # noqa: PLR2004 - a line
    return Text(
        f"{len(rows)} 处需求没有任何候选点可达，任何方案都无法服务：第 {shown.zh} 行。",
        f"No candidate reaches {len(rows)} of the demands, so no plan can serve them: rows {shown.en}.",
    )
