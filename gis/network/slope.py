"""Walking uphill and downhill: what a metre of road counts in metres of flat ground, by Tobler's hiking function.

Source: Tobler, W. (1993), "Three presentations on geographical analysis and modeling", NCGIA Technical Report 93-1:
walking speed is 6 exp(-3.5 |gradient + 0.05|) km/h, fastest on a gentle way down.
"""

from typing import NamedTuple

import numpy as np

from gis.kernels.arrays import Flags, Floats
from gis.network.edges import Edges
from layers.text import Text

MODEL = "Tobler 1993, NCGIA TR 93-1"
DECAY = 3.5
EASIEST = 0.05
"""Gradient downhill at which people walk fastest."""
STEEPEST = 0.5
"""Gradients beyond it count as this one; stairs are about as steep, and the function was drawn for walkers."""


class SlopeUse(NamedTuple):
    """Of how many metres of road the incline was known, and where from.

    ``steep_m`` are metres steeper than ``STEEPEST``, among those known; ``sources`` are files of heights, or "" for
    what the road layer said itself.
    """

    known_m: float
    unknown_m: float
    steep_m: float
    sources: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return what provenance says of it."""
        total = self.known_m + self.unknown_m
        return {
            "model": MODEL,
            "known_m": round(self.known_m),
            "unknown_m": round(self.unknown_m),
            "unknown_share": round(self.unknown_m / total, 4) if total > 0 else None,
            "steeper_than_half_m": round(self.steep_m),
            "sources": [one or "road" for one in self.sources],
        }


def pace(gradient: Floats) -> Floats:
    """Return the metres of flat ground that take as long as a metre at a gradient (rise over run, down negative).

    1 exactly on flat ground; less on gentle ways down, at least exp(-0.175) = 0.84. Unknown (nan) counts as flat.
    """
    known = np.clip(np.nan_to_num(gradient), -STEEPEST, STEEPEST)
    return np.asarray(np.exp(DECAY * (np.abs(known + EASIEST) - EASIEST)))


def sloped(edges: Edges, incline_percent: Floats, sources: tuple[str, ...]) -> tuple[Edges, SlopeUse]:
    """Give edges the pace of either direction; ``incline_percent`` is the rise from ``u`` to ``v``, nan for unknown.

    Where no incline at all is known, the edges stay as they are.
    """
    known = np.isfinite(incline_percent)
    gradient = incline_percent / 100.0
    steep = known & (np.abs(np.nan_to_num(gradient)) > STEEPEST)
    use = SlopeUse(_metres(edges, known), _metres(edges, ~known), _metres(edges, steep), sources)
    if not known.any():
        return edges, use
    return edges._replace(ahead=pace(gradient), back=pace(-gradient)), use


def _metres(edges: Edges, which: Flags) -> float:
    return float(edges.cost[which].sum())


def slope_note(use: SlopeUse) -> Text:
    """Say how slope was counted, and of how much road it is not known."""
    total = use.known_m + use.unknown_m
    share = use.unknown_m / total if total > 0 else 0.0
    origin = "、".join(one or "道路图层" for one in use.sources)
    origin_en = ", ".join(one or "the road layer" for one in use.sources)
    steep = _steep(use)
    return Text(
        f"计入坡度：步行时间按 Tobler 徒步函数（{MODEL}），上坡、下坡分别计；路程是走同样时间的平地米数，平地步速不变。"
        f"坡度来自：{origin or '无'}；{use.unknown_m:,.0f} 米道路（{share:.0%}）坡度不明，按平地计。{steep.zh}",
        f"Slope counts: walking time by Tobler's hiking function ({MODEL}), up and down each their own; distances are "
        f"the metres of flat ground that take as long. Inclines from: {origin_en or 'none'}; of {use.unknown_m:,.0f} m "
        f"of road ({share:.0%}) the incline is unknown: they count as flat.{steep.en}",
    )


def _steep(use: SlopeUse) -> Text:
    if not use.steep_m:
        return Text("", "")
    return Text(
        f"{use.steep_m:,.0f} 米道路陡于 {STEEPEST:.0%}，按 {STEEPEST:.0%} 计。",
        f" {use.steep_m:,.0f} m steeper than {STEEPEST:.0%} count as {STEEPEST:.0%}.",
    )
