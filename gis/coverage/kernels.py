"""How the pull of a facility falls with the way to it: several published kernels on one scale, 0 to 1 at the limit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from gis.coverage.access import Method, access_scores, pulls
from gis.kernels.arrays import Flags, Floats, Ints
from layers.text import Text


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores under one kernel, who is out of reach, and which supplies are idle."""

    values: Floats
    out: Flags
    idle: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Kernel:
    """A method of ``access_scores`` with its parameters; travel counts as a share of the limit."""

    method: Method
    label: Text
    source: str
    steps: tuple[tuple[float, float], ...] | None = None

    def scores(self, share: csr_matrix, supply: Floats, demand: Floats) -> Scored:
        """Score every demand; ``share`` is (n_supply, n_demand), travel over the limit."""
        found = access_scores(share, supply, demand, self.method, limit=1.0, steps=self.steps)
        return Scored(found.scores, np.asarray(found.reasons == "out-of-reach"), found.idle)

    def pulls(self, share: csr_matrix) -> csr_matrix:
        """Return the weight of each pair, (n_supply, n_demand), pairs out of reach left out."""
        return pulls(share, self.method, limit=1.0, steps=self.steps)

    @property
    def steps_text(self) -> Text:
        """Say what weight each zone has, as shares of the limit; empty for a kernel without zones."""
        if not self.steps:
            return Text("", "")
        zones = [f"≤{top:.2g}：{weight:g}" for top, weight in self.steps]
        zones_en = [f"to {top:.2g}: {weight:g}" for top, weight in self.steps]
        return Text(
            f"，各段权重（占界限的比例）{'、'.join(zones)}",
            f", weight by share of the limit {', '.join(zones_en)}",
        )

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "method": self.method,
            "label": self.label._asdict(),
            "source": self.source,
            "steps": [list(one) for one in self.steps or ()],
        }


_THIRDS = (1 / 3, 2 / 3, 1.0)
_SLOW = tuple(zip(_THIRDS, (1.0, 0.68, 0.22), strict=True))
_FAST = tuple(zip(_THIRDS, (1.0, 0.42, 0.09), strict=True))

KERNELS: Mapping[str, Kernel] = {
    "rectangle": Kernel(
        method="2sfca",
        label=Text("两步移动搜索（界限内等权）", "2SFCA, all within the limit alike"),
        source="Luo & Wang 2003",
    ),
    "step-slow": Kernel(
        method="e2sfca",
        label=Text("分段衰减（慢）", "E2SFCA, slow steps"),
        source="Luo & Qi 2009",
        steps=_SLOW,
    ),
    "step-fast": Kernel(
        method="e2sfca",
        label=Text("分段衰减（快）", "E2SFCA, fast steps"),
        source="Luo & Qi 2009",
        steps=_FAST,
    ),
    "gaussian": Kernel(
        method="gaussian", label=Text("高斯衰减", "Gaussian, 0 at the limit"), source="Dai 2010"
    ),
    "3sfca": Kernel(
        method="3sfca",
        label=Text("三步移动搜索（慢）", "3SFCA, slow steps"),
        source="Wan, Zou & Sternberg 2012",
        steps=_SLOW,
    ),
}
"""The kernels of the ensemble, by id."""
DEFAULT = "rectangle"
"""Kernel of C8 where a question names none."""


def within_share(travel_m: csr_matrix, limit_m: float) -> csr_matrix:
    """Return travel as a share of the limit, which is what kernels take."""
    return csr_matrix((travel_m.data / limit_m, travel_m.indices, travel_m.indptr), shape=travel_m.shape)
